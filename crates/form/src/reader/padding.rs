//! What people say around what they say: "øh", «е-е», «ну» while they are still thinking, "tak" before the next question, «ось так»
//! after an answer. It says nothing, and a rule that looks at the first or the last word of a turn, or counts its words, is to
//! see those that say something.

use std::borrow::Cow;

use tolkebot_protocol::{Lang, Speaker};
use tolkebot_values::{Token, TokenKind, tokenise};

/// The text with spaces for what says nothing, so that every other letter stays in its place; all of it if nothing else was said.
pub(super) fn left_out(text: &str, lang: Lang, speaker: Speaker) -> Cow<'_, str> {
    let tokens = tokenise(text, lang);
    let kept = meant(&tokens, lang, speaker);
    if kept.len() == tokens.len() || kept.iter().all(|t| t.kind == TokenKind::Sign) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for token in kept {
        out.extend(std::iter::repeat_n(' ', token.span.start - out.len()));
        out.push_str(&text[token.span.clone()]);
    }
    out.extend(std::iter::repeat_n(' ', text.len() - out.len()));
    Cow::Owned(out)
}

/// The tokens that say something, or belong to what does.
fn meant(tokens: &[Token], lang: Lang, speaker: Speaker) -> Vec<&Token> {
    let written = tokens.iter().any(|t| t.ends_sentence() || t.capital);
    let tokens = without_sounds(tokens, lang, written);
    let mut inner = 0..tokens.len();
    loop {
        let left = Left {
            tokens: &tokens[inner.clone()],
            written,
        };
        let (before, behind) = match (lang, speaker) {
            (Lang::Uk, _) => (left.before_uk(), left.behind_uk()),
            (Lang::Da, Speaker::Staff) => (left.before_da().or_else(|| left.thanks()), None),
            (Lang::Da, Speaker::Citizen) => (left.before_da(), None),
        };
        match (before, behind) {
            (Some(words), _) => inner.start += words + left.signs_behind(words),
            (None, Some(words)) => inner.end -= words,
            (None, None) => break,
        }
    }
    tokens[inner].to_vec()
}

/// «Рандерсвей, е-е, дев'яносто п'ять»: the sound, and the signs that are there because of it.
fn without_sounds(tokens: &[Token], lang: Lang, written: bool) -> Vec<&Token> {
    let all: Vec<&Token> = tokens.iter().collect();
    let sounds = |at: usize| {
        let left = Left {
            tokens: &all[at..],
            written,
        };
        match lang {
            Lang::Uk if left.text(0) == "ем" && is_letter(tokens, at) => None,
            Lang::Uk => left.sound_uk().or_else(|| {
                let before = at.checked_sub(1).map_or("", |at| tokens[at].text.as_str());
                let apart = matches!(before, "," | "…") && left.sign(1);
                // «Та ну», «ну так», «ну що»: an answer, a question.
                // «Бе а бе і і ну в паспорті дві»: it parts what is spelled from the rest.
                let answers = matches!(before, "та" | "ні" | "да" | "")
                    || before.chars().count() == 1
                    || matches!(
                        left.text(1),
                        "так" | "ні" | "да" | "що" | "і" | "й" | "а" | ""
                    );
                (left.text(0) == "ну" && (apart || !written && !answers)).then_some(1)
            }),
            Lang::Da => left.sound_da(),
        }
    };
    let mut kept: Vec<&Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let Some(length) = sounds(at) else {
            kept.push(&tokens[at]);
            at += 1;
            continue;
        };
        let sound = tokens[at].text != "ну";
        at += length;
        let pauses = |t: &Token| matches!(t.text.as_str(), "," | "…");
        // «Юля, ну, Юлія»: a word says something else behind it, and the comma stays.
        if sound && kept.last().is_some_and(|t| pauses(t)) && tokens.get(at).is_some_and(pauses) {
            kept.pop();
        }
        while tokens.get(at).is_some_and(pauses) {
            at += 1;
        }
    }
    kept
}

/// «Те, і, ем, о»: the letter of that name, beside others; alone at the beginning it is a sound.
fn is_letter(tokens: &[Token], at: usize) -> bool {
    let long = |t: Option<&Token>| t.is_some_and(|t| t.text.chars().count() > 3);
    let words = |t: &&Token| t.kind != TokenKind::Sign;
    let before = tokens[..at].iter().rev().find(words);
    let after = tokens[at + 1..].iter().find(words);
    let begins = before.is_none()
        && tokens
            .get(at + 1)
            .is_some_and(|t| t.kind == TokenKind::Sign);
    !(begins || (before.is_none() || long(before)) && long(after))
}

/// What is left of a turn.
struct Left<'a> {
    tokens: &'a [&'a Token],
    /// Whether it has signs and capitals; unwritten speech has no sign that could set a word apart.
    written: bool,
}

impl Left<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |t| t.text.as_str())
    }

    /// Whether a sign stands there, as it does behind and before what does not belong to the sentence.
    fn sign(&self, at: usize) -> bool {
        matches!(self.text(at), "," | "…" | "." | "!" | "–" | "—")
    }

    fn apart(&self, at: usize) -> bool {
        self.sign(at) || !self.written && at < self.tokens.len()
    }

    fn signs_behind(&self, at: usize) -> usize {
        (at..self.tokens.len())
            .take_while(|&at| self.sign(at))
            .count()
    }

    /// «Е-е», «ем»: how many tokens.
    fn sound_uk(&self) -> Option<usize> {
        match (self.text(0), self.text(1)) {
            ("е", "-") if self.text(2) == "е" => {
                let more = self.text(3) == "-" && self.text(4) == "е";
                Some(if more { 5 } else { 3 })
            }
            ("ее" | "еее" | "е-е" | "е-е-е" | "ем" | "емм" | "ммм" | "гм" | "хм", _) => {
                Some(1)
            }
            _ => None,
        }
    }

    /// "Øh", "øhm".
    fn sound_da(&self) -> Option<usize> {
        matches!(
            self.text(0),
            "øh" | "øhh" | "øhm" | "øhmm" | "eh" | "ehm" | "hm" | "hmm"
        )
        .then_some(1)
    }

    /// «Ну …», «значить, …»: how many tokens. A single «е» may be a letter that is spelled or a misheard «є», unless a sign sets it
    /// apart; «ну так», «ну ні» answer.
    fn before_uk(&self) -> Option<usize> {
        match (self.text(0), self.text(1)) {
            ("е" | "м" | "зараз", _) if self.sign(1) => Some(1),
            ("ну", "так" | "ні" | "да" | "нє" | "і" | "й" | "а") => None,
            ("ну", _) => Some(1),
            ("значить" | "слухайте", _) if self.apart(1) => Some(1),
            ("так", "от") if self.apart(2) => Some(2),
            _ => None,
        }
    }

    /// "Altså, …", "så … hvad …".
    fn before_da(&self) -> Option<usize> {
        match self.text(0) {
            "altså" | "jamen" | "okay" if self.apart(1) => Some(1),
            "så" if self.sign(1) => Some(1),
            _ => None,
        }
    }

    /// "Tak. …", "godt, tak. …": before the employee's next question.
    fn thanks(&self) -> Option<usize> {
        match (self.text(0), self.text(1)) {
            ("mange" | "selv", "tak") if self.apart(2) => Some(2),
            ("tak" | "fint" | "super" | "perfekt" | "dejligt" | "glimrende", _)
                if self.apart(1) =>
            {
                Some(1)
            }
            ("godt" | "sådan", _) if self.sign(1) => Some(1),
            _ => None,
        }
    }

    /// «…. Ось так.», «… Дякую.»: how many tokens; the sign that ends what stands before stays.
    fn behind_uk(&self) -> Option<usize> {
        let last = self
            .tokens
            .iter()
            .rposition(|t| t.kind != TokenKind::Sign)?;
        let back = |words: usize| last.checked_sub(words);
        let before = |words: usize| back(words).map_or("", |at| self.text(at));
        let apart = |words: usize| back(words).is_some_and(|at| self.apart(at));
        // «Ні, дякую» is one answer.
        let refused = |words: usize| {
            let sign = back(words).is_some_and(|at| self.text(at) == ",");
            matches!(before(words + usize::from(sign)), "ні" | "не" | "нє")
        };
        let words = match (before(1), before(0)) {
            ("ось" | "якось" | "отак" | "от", "так") if apart(2) => 2,
            ("дякую" | "спасибі", "вам" | "дуже") if apart(2) && !refused(2) => {
                2
            }
            (_, "дякую" | "спасибі" | "правильно") if apart(1) && !refused(1) => {
                1
            }
            _ => return None,
        };
        Some(self.tokens.len() - last - 1 + words)
    }
}
