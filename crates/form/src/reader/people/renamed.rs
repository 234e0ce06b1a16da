//! Surnames that somebody had before, and the one they have now.

use super::*;

/// Words between «тепер» and the surname.
const FILLERS: &[&str] = &[
    "я",
    "вже",
    "уже",
    "знову",
    "просто",
    "стала",
    "став",
    "прізвище",
    "це",
    "за",
    "по",
    "паспортом",
    "паспорту",
    "документами",
    "документах",
];

/// «Галушко — дівоче. Після весілля я Галушко-Рева», «повернула дівоче, Сокирка», "hvad hed du, før du blev gift?" –
/// «Вербицька. А тепер Жук»: the present one is the surname, the one before is none.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || u.lang() != Lang::Uk || m.mover != 0 || m.asked.kin().is_some() {
        return;
    }
    if !u.written {
        taken_back(m, u);
        return;
    }
    let (mut former, mut present) = (Vec::new(), None);
    let count = u.word_tokens.len();
    let before_wedding = m.staff_words.iter().any(|w| w.starts_with("pigenavn"))
        || m.staff_words.iter().any(|w| w == "hed") && m.staff_words.iter().any(|w| w == "før");
    // «Живу тепер …» tells of a home.
    let of_names = before_wedding
        || m.asked.asks_any(&[Topic::Name, Topic::Spelling])
        || u.all_words().iter().any(|w| {
            [
                "прізвищ",
                "дівоч",
                "весілл",
                "заміж",
                "одруж",
                "розлуч",
                "паспорт",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    for word in 0..count {
        let text = u.token(word).text.as_str();
        let two = (
            text,
            u.word_tokens
                .get(word + 1)
                .map_or("", |_| u.token(word + 1).text.as_str()),
        );
        if text.starts_with("дівоч") || text == "дошлюбне" {
            let back = u.words(word.saturating_sub(3)..word).iter().any(|w| {
                w.starts_with("поверну") || w.starts_with("взяла") || w.starts_with("знову")
            });
            let left = word.checked_sub(1).filter(|at| is_surname(u, *at));
            let right = named_from(u, word + 1);
            match (back, left, right) {
                (true, _, Some(at)) => present = Some(at),
                (false, Some(at), _) | (false, None, Some(at)) => former.push(at),
                _ => {}
            }
        }
        let now = match two {
            ("тепер" | "зараз" | "нині" | "відтепер", _) if of_names => {
                Some(word + 1)
            }
            ("після", "весілля" | "шлюбу" | "одруження" | "розлучення")
            | ("по", "чоловікові" | "чоловіку" | "мужу")
            | ("за", "чоловіком" | "мужем") => Some(word + 2),
            ("стала" | "став", _) => Some(word + 1),
            // «Коваленко, але в паспорті ще Бондар»: what the papers say.
            ("паспорті" | "документах" | "паспорту", "ще" | "досі" | "поки") => {
                Some(word + 2)
            }
            _ => None,
        };
        if let Some(at) = now.and_then(|at| named_from(u, at)) {
            present = Some(at);
        }
    }
    if before_wedding && is_surname(u, 0) {
        former.push(0);
    }
    // «За чоловіком Галич» alone of somebody else is not the citizen's.
    if present.is_none() && former.is_empty() {
        return;
    }
    let key = Memory::key(0, "surname");
    let latin = |at: usize| names::romanise(u.said.get(u.token(at).span.clone()).unwrap_or(""));
    let was_former = former
        .iter()
        .any(|at| m.text(&key).is_some_and(|have| same(have, &latin(*at))));
    if was_former && m.heard_now.contains(&key) {
        m.beliefs.remove(&key);
    }
    // Said of oneself, or of nobody else in the turn.
    let mine = |at: usize| {
        let sentence = u.sentences.iter().find(|s| s.words.contains(&at));
        let words = sentence.map_or(Vec::new(), |s| u.words(s.words.clone()));
        let theirs = words.iter().any(|w| matches!(*w, "він" | "вона" | "вони"));
        let own = words
            .iter()
            .any(|w| matches!(*w, "я" | "мене" | "моє" | "мені"));
        !theirs && (own || before_wedding || !former.is_empty())
    };
    if let Some(at) = present.filter(|at| mine(*at)) {
        let span = u.token(at).span.clone();
        m.beliefs.remove(&key);
        write_name(m, u, 0, "surname", &latin(at), span, 0.85, false);
    }
}

/// «після розлучення повернула дівоче мельник», as a recogniser writes it, in answer to a question for the name.
fn taken_back(m: &mut Memory, u: &Utterance<'_>) {
    if !m.asked.asks_any(&[Topic::Name, Topic::Spelling]) {
        return;
    }
    let at = (1..u.word_tokens.len()).find(|at| {
        let back = u.token(at - 1).text.as_str();
        u.token(*at).text.starts_with("дівоч")
            && ["поверну", "взяла", "лишила"]
                .iter()
                .any(|stem| back.starts_with(stem))
    });
    let Some(at) = at else { return };
    let at = at
        + 1
        + usize::from(
            u.word_tokens
                .get(at + 1)
                .is_some_and(|_| u.token(at + 1).text == "прізвище"),
        );
    let Some(token) = u.word_tokens.get(at).map(|_| u.token(at)) else {
        return;
    };
    if names::is_known_surname(&token.text) || names::looks_like_surname(&token.text) {
        let span = token.span.clone();
        let latin = names::romanise(u.said.get(span.clone()).unwrap_or(""));
        m.beliefs.remove(&Memory::key(0, "surname"));
        write_name(
            m,
            u,
            0,
            "surname",
            &crate::reader::echoes::in_capitals(&latin),
            span,
            0.8,
            true,
        );
    }
}

/// The surname that stands here, behind words like «я» and «знову».
fn named_from(u: &Utterance<'_>, from: usize) -> Option<usize> {
    let sentence = u.sentences.iter().find(|s| s.words.contains(&from))?;
    (from..sentence.words.end.min(from + 4))
        .take_while(|at| *at == from || FILLERS.contains(&u.token(at - 1).text.as_str()))
        .find(|at| is_surname(u, *at))
}

/// A capitalised word that is nothing else, and no given name.
fn is_surname(u: &Utterance<'_>, at: usize) -> bool {
    let Some(token) = u.word_tokens.get(at).map(|_| u.token(at)) else {
        return false;
    };
    token.capital
        && token.is_cyrillic()
        && token.text.chars().count() >= 3
        && kin(&token.text, u.lang()).is_none()
        && names::to_nominative(&token.text).is_none()
        && !u.places().iter().any(|p| p.span.start == token.span.start)
        && !u
            .addresses()
            .iter()
            .any(|a| a.span.contains(&token.span.start))
        && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[at], u.lang()).is_none()
        && (names::is_known_surname(&token.text)
            || names::looks_like_surname(&token.text)
            || !u.sentences.iter().any(|s| s.words.start == at)
            || u.tokens
                .get(u.word_tokens[at] + 1)
                .is_none_or(|t| !t.is_word()))
}
