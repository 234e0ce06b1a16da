//! Children who are listed one after another, and whose name is followed by their number or birth date.

use super::*;

/// For how many turns after children were spoken of the next name may be one of theirs.
const RECENT: usize = 4;

/// Words for one of several children: «старша», «найменша», «третій».
pub(super) fn ranks(word: &str) -> bool {
    [
        "старш",
        "молодш",
        "менш",
        "середн",
        "найстарш",
        "наймолодш",
        "найменш",
        "старшеньк",
        "меншеньк",
    ]
    .iter()
    .any(|stem| {
        word.strip_prefix(stem)
            .is_some_and(|rest| matches!(rest, "ий" | "а" | "ій" | "я" | "енький" | "енька"))
    })
}

/// Words that go on with a list: «потім», «далі», «а», «третій».
pub(super) fn goes_on(word: &str) -> bool {
    matches!(
        word,
        "потім"
            | "далі"
            | "ще"
            | "а"
            | "і"
            | "й"
            | "та"
            | "перший"
            | "перша"
            | "другий"
            | "друга"
            | "третій"
            | "третя"
            | "четвертий"
            | "четверта"
            | "п'ятий"
            | "п'ята"
            | "останній"
            | "остання"
            | "наступний"
            | "наступна"
    )
}

/// «… потім тимур п'ятнадцять дванадцять сімнадцять …», «Третій Остап, нуль три …»: a new child, where
/// children were spoken of a moment ago and the name has a number or a birth date right behind it.
pub(super) fn listed_child(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
    before: &[&str],
) -> Option<PersonId> {
    name.given()?;
    if u.is_staff() || m.mover != 0 || !m.has(&Memory::key(0, "given_names")) {
        return None;
    }
    let child_known = m
        .people
        .iter()
        .any(|p| p.kin.is_some_and(Kin::is_child) && p.last_turn + 2 >= m.turns);
    let asked = m.children_asked_turn > 0 && m.children_asked_turn + RECENT >= m.turns;
    if !(child_known || asked) {
        return None;
    }
    let leads = before.last().is_none_or(|w| goes_on(w)) || before_sign(u, name);
    (leads && numbered(u, follows)).then(|| {
        let id = m.add_person(Some(child_of(name)));
        joins_children(m, id)
    })
}

/// A sign stands right before the name: it opens a part of its own.
fn before_sign(u: &Utterance<'_>, name: &PersonName) -> bool {
    let Some(part) = name.parts.first() else {
        return false;
    };
    u.turn.text[..part.span.start]
        .trim_end()
        .ends_with([':', ',', '…', '.', '—', '–', '!', ';'])
}

/// A number of at least three words starts here, a pronoun or a sign may stand before it.
fn numbered(u: &Utterance<'_>, word: usize) -> bool {
    let row = |word: usize| {
        let mut at = word;
        for _ in 0..3 {
            if at >= u.word_tokens.len() {
                return false;
            }
            let token = u.word_tokens[at];
            let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, token, u.lang()) else {
                // «сьомого вересня»: a month stands for a number.
                return at > word && is_month(u.token(at).text.as_str());
            };
            at += u.word_tokens[at..]
                .iter()
                .take_while(|t| **t < read.end)
                .count()
                .max(1);
        }
        true
    };
    row(word)
        || u.word_tokens.len() > word
            && matches!(
                u.token(word).text.as_str(),
                "вона" | "він" | "це" | "її" | "його"
            )
            && row(word + 1)
}

fn is_month(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "січн",
        "лют",
        "берез",
        "квіт",
        "трав",
        "черв",
        "лип",
        "серп",
        "верес",
        "жовт",
        "листоп",
        "груд",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}
