//! Yes, no, corrections, doubt: the words that steer a conversation.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::found::Found;
use crate::phrases::Phrases;
use crate::token::{Token, TokenKind, span_of, tokenise};

/// What a marker does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marker {
    /// "ja", «так». Danish "jo" is [`Marker::YesToNegative`].
    Yes,
    /// "jo": yes to a negative question.
    YesToNegative,
    /// "nej", «ні».
    No,
    /// What was said before is taken back ("undskyld, jeg mente", «ой, помилилася»).
    Correction,
    /// "det ved jeg ikke", «не пам'ятаю».
    DontKnow,
    /// "en gang til", «повторіть».
    Repeat,
    /// "lige et øjeblik", «зачекайте».
    Wait,
    /// What follows is not a fact ("hvis", «якщо»).
    Hypothetical,
    /// "øh", «ну», «здається»: the value behind it is less sure.
    Hesitation,
}

static DANISH: LazyLock<Phrases<Marker>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "ja;jep;jeps;jada;ja tak;ja da;ja ja;lige præcis;netop;præcis;det er rigtigt;rigtigt;\
             det stemmer;stemmer;korrekt;det passer;nemlig;det er korrekt;selvfølgelig;okay;ok",
            Marker::Yes,
        ),
        ("jo;jo tak;jo da;jojo", Marker::YesToNegative),
        (
            "nej;næ;niks;nej tak;det er forkert;forkert;det er ikke rigtigt;det passer ikke;\
             det stemmer ikke;ikke rigtigt;overhovedet ikke",
            Marker::No,
        ),
        (
            "undskyld;jeg mente;jeg mener;nej hov;hov;altså;det vil sige;rettelse;jeg tog fejl;\
             eller rettere;rettere sagt;snarere;nej vent;nej undskyld;ups",
            Marker::Correction,
        ),
        (
            "det ved jeg ikke;ved jeg ikke;ved ikke;ved det ikke;jeg er ikke sikker;ikke sikker;\
             jeg kan ikke huske;kan ikke huske;det husker jeg ikke;jeg husker ikke;aner det ikke;\
             ingen anelse",
            Marker::DontKnow,
        ),
        (
            "hvad siger du;en gang til;sig det igen;hvabehar;gentag;kan du gentage;kan du sige det igen",
            Marker::Repeat,
        ),
        (
            "lige et øjeblik;et øjeblik;vent;vent lidt;lige et sekund;to sekunder",
            Marker::Wait,
        ),
        (
            "hvis;såfremt;medmindre;for eksempel;lad os sige;forudsat",
            Marker::Hypothetical,
        ),
        (
            "øh;øhm;æh;hm;hmm;måske;vistnok;vist;jeg tror;tror jeg;cirka;omkring;nok",
            Marker::Hesitation,
        ),
    ])
});

static UKRAINIAN: LazyLock<Phrases<Marker>> = LazyLock::new(|| {
    Phrases::new(&[
        (
            "так;ага;угу;правильно;вірно;точно;саме так;так так;звичайно;звісно;авжеж;аякже;\
             все правильно;усе правильно;все вірно;усе вірно;так звичайно;ну так;так правильно;\
             так вірно;сходиться;добре;гаразд;ок;окей;да;еге",
            Marker::Yes,
        ),
        (
            "ні;не так;неправильно;невірно;ні дякую;аж ніяк;ніколи;зовсім ні;не правильно;не вірно;\
             та ні;нє;нєт;не треба;не потрібно",
            Marker::No,
        ),
        (
            "ой;вибачте;перепрошую;помилився;помилилася;помилилась;тобто;точніше;вірніше;тьху;\
             хотів сказати;хотіла сказати;я мав на увазі;я мала на увазі;обмовився;обмовилася;\
             ой ні;брешу;ні брешу;неправда;ні неправда;тобто ні;пробачте;ой помилилася;ой помилився;\
             не те",
            Marker::Correction,
        ),
        (
            "не знаю;не пам'ятаю;не памятаю;не впевнений;не впевнена;не певен;не певна;без поняття;\
             важко сказати;точно не скажу;не скажу;забув;забула;я не знаю;гадки не маю",
            Marker::DontKnow,
        ),
        (
            "що;повторіть;повторіть будь ласка;ще раз;ще раз будь ласка;прошу;не почула;не почув;\
          не зрозуміла;не зрозумів",
            Marker::Repeat,
        ),
        (
            "хвилинку;зачекайте;секунду;секундочку;почекайте;одну хвилинку;заждіть;момент;стривайте",
            Marker::Wait,
        ),
        (
            "якщо;якби;наприклад;раптом;припустимо;скажімо;а якщо",
            Marker::Hypothetical,
        ),
        (
            "е;ем;ну;мабуть;здається;наче;ніби;може;можливо;десь;приблизно;напевно;певно;типу",
            Marker::Hesitation,
        ),
    ])
});

/// All markers of a text, left to right. Words that are markers only at the start of a clause
/// («так», "ok") have a low confidence elsewhere.
pub fn find(text: &str, lang: Lang) -> Vec<Found<Marker>> {
    find_in(&tokenise(text, lang), lang)
}

/// [`find`] over tokens.
pub fn find_in(tokens: &[Token], lang: Lang) -> Vec<Found<Marker>> {
    let phrases = match lang {
        Lang::Da => &*DANISH,
        Lang::Uk => &*UKRAINIAN,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some((marker, end)) = phrases.at(tokens, at) else {
            at += 1;
            continue;
        };
        let confidence = confidence(tokens, at, end, marker);
        out.push(Found::new(marker, span_of(&tokens[at..end]), confidence));
        at = end;
    }
    out
}

fn confidence(tokens: &[Token], at: usize, end: usize, marker: Marker) -> f32 {
    let opens = at == 0 || tokens[at - 1].kind == TokenKind::Sign;
    let closes = tokens.get(end).is_none_or(|t| t.kind == TokenKind::Sign);
    let text = tokens[at].text.as_str();
    let next = tokens.get(end).map_or("", |t| t.text.as_str());
    // «так само», «що ви…», "altså det", «добре, що»: the word is part of the sentence.
    if end - at == 1 && matches!((text, next), ("так", "само" | "як" | "і") | ("точно", "не"))
    {
        return 0.2;
    }
    let loose = end - at == 1
        && matches!(
            text,
            "так"
                | "що"
                | "може"
                | "добре"
                | "точно"
                | "прошу"
                | "ok"
                | "okay"
                | "nok"
                | "vist"
                | "altså"
                | "ну"
                | "е"
                | "да"
                | "момент"
                | "десь"
                | "правильно"
                | "вірно"
        );
    match (marker, opens, closes) {
        (Marker::Hypothetical, _, _) => 0.9,
        (Marker::Repeat, _, _) if text == "що" && !(opens && closes) => 0.1,
        (_, true, true) => 0.98,
        (_, true, false) => 0.85,
        (_, false, _) if loose => 0.3,
        (_, false, true) => 0.8,
        (_, false, false) => 0.6,
    }
}

/// How a whole answer comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A plain yes.
    Yes,
    /// "jo": yes, when the question was negative.
    YesToNegative,
    /// A plain no.
    No,
    /// Says that it isn't known.
    Unknown,
}

/// A yes-or-no answer, from the first marker that opens the text or a sentence. «Так» to a negative
/// question means nothing; the caller knows the question.
pub fn answer(text: &str, lang: Lang) -> Option<Found<Answer>> {
    let found = find(text, lang);
    if let Some(hit) = found.iter().find(|f| f.value == Marker::DontKnow) {
        return Some(hit.clone().map(|_| Answer::Unknown));
    }
    found.into_iter().find_map(|hit| {
        let answer = match hit.value {
            Marker::Yes => Answer::Yes,
            Marker::YesToNegative => Answer::YesToNegative,
            Marker::No => Answer::No,
            _ => return None,
        };
        (hit.confidence >= 0.5).then(|| hit.map(|_| answer))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, lang: Lang) -> Option<Answer> {
        answer(text, lang).map(|f| f.value)
    }

    #[test]
    fn answers_in_both_languages() {
        for (lang, text, expected) in [
            (Lang::Da, "Ja, det er rigtigt", Some(Answer::Yes)),
            (Lang::Da, "jo", Some(Answer::YesToNegative)),
            (Lang::Da, "Nej tak", Some(Answer::No)),
            (Lang::Da, "det ved jeg ikke", Some(Answer::Unknown)),
            (Lang::Da, "jeg bor der alene", None),
            (Lang::Uk, "Так, правильно.", Some(Answer::Yes)),
            (Lang::Uk, "угу", Some(Answer::Yes)),
            (Lang::Uk, "Ні, дякую, не потрібно.", Some(Answer::No)),
            (Lang::Uk, "не пам\u{2019}ятаю", Some(Answer::Unknown)),
            (Lang::Uk, "не так", Some(Answer::No)),
            (Lang::Uk, "у паспорті написано так само", None),
            (Lang::Uk, "саме так", Some(Answer::Yes)),
        ] {
            assert_eq!(said(text, lang), expected, "{text}");
        }
    }

    #[test]
    fn markers_have_spans() {
        let text = "Ой, помилилася: якщо можна, двадцять два";
        let found = find(text, Lang::Uk);
        let all: Vec<_> = found
            .iter()
            .map(|f| (f.value, &text[f.span.clone()]))
            .collect();
        assert_eq!(
            all,
            [
                (Marker::Correction, "Ой, помилилася"),
                (Marker::Hypothetical, "якщо")
            ]
        );
    }

    #[test]
    fn the_longest_phrase_counts() {
        let found = find("nej hov, jeg mente B", Lang::Da);
        assert_eq!(found[0].value, Marker::Correction);
        assert_eq!(found[1].value, Marker::Correction);
    }
}
