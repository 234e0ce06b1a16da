//! Past or future: the verb nearest to the date, first in its clause, then in its sentence.

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::Tense;
use crate::token::{Token, TokenKind};

/// The tense around a mention.
pub(super) fn of(tokens: &[Token], range: &Range<usize>, lang: Lang) -> Option<Tense> {
    let before = range
        .start
        .checked_sub(1)
        .map_or("", |at| tokens[at].text.as_str());
    // A deadline lies ahead, whatever the verb: «до тридцять першого», "senest den fjerde".
    if matches!(before, "до" | "senest" | "inden") {
        return Some(Tense::Future);
    }
    let clause = clause(tokens, range);
    let sentence = bounds(tokens, range, Token::ends_sentence);
    [clause, sentence, 0..tokens.len()]
        .into_iter()
        .find_map(|part| nearest(tokens, range, part, lang))
}

/// Whether a Ukrainian clause tells what happened «через тиждень» or «за два дні»: such a stretch does not begin today.
/// What was said, wished or planned then does («казали, через тиждень», «хотіли б переїхати через тиждень»).
pub(super) fn told(tokens: &[Token], range: &Range<usize>) -> bool {
    const SAID: &[&str] = &[
        "сказа",
        "каза",
        "обіця",
        "домов",
        "написа",
        "записа",
        "виріши",
        "плану",
        "зібра",
        "хоті",
        "дума",
    ];
    let within = tokens.get(range.start).is_some_and(|t| t.is("за"));
    let words: Vec<&str> = clause(tokens, range)
        .filter(|at| !range.contains(at) && tokens[*at].is_word())
        .map(|at| tokens[at].text.as_str())
        .collect();
    let planned = |text: &&str| {
        let infinitive = ["ти", "тися", "тись"].iter().any(|end| text.ends_with(end));
        matches!(*text, "б" | "би")
            || SAID.iter().any(|stem| text.starts_with(stem))
            || !within && infinitive
            || ukrainian(text) == Some(Tense::Future)
    };
    // «меблів», «друзів»: genitives.
    let past = |text: &&str| !text.ends_with("ів") && ukrainian(text) == Some(Tense::Past);
    !words.iter().any(planned) && words.iter().any(past)
}

fn clause(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    bounds(tokens, range, |t| {
        t.kind == TokenKind::Sign && !t.is_sign('\'')
    })
}

fn bounds(tokens: &[Token], range: &Range<usize>, stops: impl Fn(&Token) -> bool) -> Range<usize> {
    let start = (0..range.start)
        .rev()
        .find(|&i| stops(&tokens[i]))
        .map_or(0, |i| i + 1);
    let end = (range.end..tokens.len())
        .find(|&i| stops(&tokens[i]))
        .unwrap_or(tokens.len());
    start..end
}

fn nearest(
    tokens: &[Token],
    range: &Range<usize>,
    part: Range<usize>,
    lang: Lang,
) -> Option<Tense> {
    part.filter(|at| !range.contains(at) && tokens[*at].is_word())
        .filter_map(|at| {
            let tense = match lang {
                Lang::Da => danish(tokens, at),
                Lang::Uk => ukrainian(&tokens[at].text),
            }?;
            let distance = if at < range.start {
                range.start - at
            } else {
                at - range.end + 1
            };
            Some((distance, tense))
        })
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, tense)| tense)
}

fn danish(tokens: &[Token], at: usize) -> Option<Tense> {
    let text = tokens[at].text.as_str();
    const PAST: &[&str] = &[
        "flyttede",
        "flyttet",
        "sov",
        "boede",
        "kom",
        "var",
        "rykkede",
        "fik",
        "overtog",
        "ankom",
        "rejste",
        "indrejste",
        "begyndte",
        "startede",
        "skete",
        "fandt",
        "blev",
        "havde",
        "sovet",
        "boet",
        "kommet",
        "rykket",
        "overnattede",
        "landede",
        "ankommet",
        "indrejst",
        "tog",
        "siden",
        "gik",
    ];
    const FUTURE: &[&str] = &[
        "flytter",
        "vil",
        "skal",
        "kommer",
        "rykker",
        "sover",
        "får",
        "overtager",
        "rejser",
        "starter",
        "begynder",
        "bliver",
        "ankommer",
        "tager",
        "går",
    ];
    if PAST.contains(&text) {
        return Some(Tense::Past);
    }
    FUTURE.contains(&text).then_some(Tense::Future)
}

fn ukrainian(text: &str) -> Option<Tense> {
    const FUTURE: &[&str] = &[
        "буду",
        "будемо",
        "буде",
        "будуть",
        "хочу",
        "хочемо",
        "треба",
        "планую",
        "плануємо",
        "збираюся",
        "збираємося",
        "маю",
        "маємо",
    ];
    if FUTURE.contains(&text) {
        return Some(Tense::Future);
    }
    if past(text) {
        return Some(Tense::Past);
    }
    future(text).then_some(Tense::Future)
}

/// Past forms end in -в, -ла, -ло, -ли (and -ся, -сь); nouns with such endings are few here.
fn past(text: &str) -> bool {
    const NOUNS: &[&str] = &[
        "київ",
        "львів",
        "харків",
        "миколаїв",
        "чернігів",
        "днів",
        "тижнів",
        "років",
        "місяців",
        "школа",
        "школи",
        "коли",
        "ніколи",
        "якщоли",
        "документів",
        "мила",
        "ціла",
        "було-б",
        "мала-б",
        "інколи",
        "сусідів",
        "батьків",
        "листів",
        "поверхів",
        "ключів",
        "чоловіків",
        "паспортів",
        "контрактів",
        "квартала",
        "сила",
        "сала",
        "сали",
        "кула",
        "села",
        "столи",
        "лев",
        "любов",
        "кров",
        "знов",
        "адже",
        "підпала",
        "бв",
        "вілла",
        "вілли",
        "аніела",
        "нікола",
        "павла",
        "михайла",
        "данила",
        "кирила",
        "микола",
    ];
    if NOUNS.contains(&text) || text.chars().count() < 3 {
        return false;
    }
    const ENDINGS: &[&str] = &[
        "вся", "лася", "лося", "лися", "лась", "лись", "вся", "всь", "ла", "ло", "ли", "в",
    ];
    let stem_ok = |ending: &str| {
        text.strip_suffix(ending).is_some_and(|stem| {
            stem.chars()
                .next_back()
                .is_some_and(|c| "аиіїоуеєяюв".contains(c) || ending != "в")
                && stem.chars().count() >= 1
        })
    };
    ENDINGS.iter().any(|ending| stem_ok(ending))
}

/// First persons of the verbs that go with moving; the present is used for plans.
fn future(text: &str) -> bool {
    const STEMS: &[&str] = &[
        "переїжджа",
        "переїзджа",
        "переїд",
        "переїду",
        "в'їжджа",
        "в'їд",
        "поїд",
        "приїд",
        "приїжджа",
        "виїжджа",
        "виїд",
        "переберу",
        "переберемо",
        "заїжджа",
        "заїд",
        "заселя",
        "переселя",
        "ночуватим",
        "житим",
        "спатим",
        "отриму",
        "отрима",
        "поверн",
        "з'їжджа",
        "переноч",
        "почина",
        "почн",
        "забер",
        "їду",
        "їдемо",
        "вселя",
    ];
    STEMS.iter().any(|stem| text.starts_with(stem))
}
