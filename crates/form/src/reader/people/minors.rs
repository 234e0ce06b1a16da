//! Children by their age: whoever has the birth date of a child right behind the name is one.

use tolkebot_values::cpr;
use tolkebot_values::dates::{self, DateContext, DateKind, Purpose};

use super::*;

/// Until when somebody is a child here.
const GROWN_UP: i16 = 18;

/// «Арсен Мельничук, восьме липня п'ятнадцятого»: a birth date or a number that begins right behind the name and is
/// a child's.
pub(super) fn minor_behind(m: &Memory, u: &Utterance<'_>, follows: usize) -> bool {
    if u.is_staff() || follows == 0 || follows >= u.word_tokens.len() {
        return false;
    }
    let end = u.token(follows - 1).span.end;
    let right_behind = |start: usize| {
        start >= end && {
            let at = u.word_at(start).max(follows);
            let gap = u.words(follows..at);
            behind_age(u, follows) == Some(at)
                || gap.iter().all(|w| {
                    matches!(
                        *w,
                        "вона" | "він" | "це" | "від" | "народилася" | "народилась" | "народився"
                    )
                })
        }
    };
    let young = |date: jiff::civil::Date| {
        date <= m.today && date.saturating_add(jiff::Span::new().years(GROWN_UP)) > m.today
    };
    let context = DateContext::new(m.today, Purpose::Birth);
    let dated = dates::find(&u.said, u.lang(), &context)
        .into_iter()
        .any(|hit| {
            hit.value.kind == DateKind::Absolute
                && right_behind(hit.span.start)
                && hit.value.date.is_some_and(young)
        });
    dated
        || cpr::find_expected(&u.said, u.lang())
            .into_iter()
            .any(|hit| {
                hit.confidence >= 0.7
                    && right_behind(hit.span.start)
                    && hit.value.birth_date().is_some_and(young)
            })
}

/// A child named with its birth date or number right behind, where nobody is asked for by a word for a relative; that
/// it is the citizen's own and comes along is asked about.
pub(super) fn named(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    follows: usize,
) -> Option<PersonId> {
    name.given()?;
    let others = [
        Topic::OthersRegistered,
        Topic::HostName,
        Topic::RelativesAbroad,
        Topic::OtherParentName,
    ];
    let open = m.mover == 0 && m.asked.kin().is_none() && !m.asked.asks_any(&others);
    if !open || children_elsewhere(m) || !minor_behind(m, u, follows) {
        return None;
    }
    let id = match only_nameless(m, name) {
        Some(id) => id,
        None => m.add_person(Some(child_of(name))),
    };
    m.note(
        &Memory::key(id, GUESSED),
        "yes",
        u.evidence_of_words(&(word..follows)),
    );
    Some(joins_children(m, id))
}

/// «…, а найменший одинадцятого лютого двадцятого»: of the children who were named, the one who is not named in this
/// turn and has neither number nor birth date.
pub(super) fn left_over(
    m: &Memory,
    u: &Utterance<'_>,
    word: usize,
    refs: &[Ref],
) -> Option<PersonId> {
    let token = u.token(word);
    let next = u.word_tokens.get(word + 1).map(|_| u.token(word + 1))?;
    if u.is_staff() || !ranks(&token.text) || next.capital {
        return None;
    }
    let sex = if token.text.ends_with(['а', 'я']) {
        Sex::Female
    } else {
        Sex::Male
    };
    let mut open = m.people.iter().filter(|p| {
        p.id != 0
            && p.kin.is_some_and(Kin::is_child)
            && p.sex.is_none_or(|s| s == sex)
            && m.has(&Memory::key(p.id, "given_names"))
            && !m.has(&Memory::key(p.id, "cpr_number"))
            && !m.has(&Memory::key(p.id, "birth_date"))
            && !refs.iter().any(|r| r.who == Who::Person(p.id))
    });
    let one = open.next()?;
    open.next().is_none().then_some(one.id)
}

/// Marks a relation that nobody said: it is asked about.
pub(in crate::reader) const GUESSED: &str = "kin_guessed";

/// Marks husband or wife of whom only «мій» or «моя» was said: the relation is asked about.
pub(in crate::reader) const UNSAID: &str = "kin_unsaid";

/// Whoever comes along, is a child by birth date and whose relation nobody said is taken for the mover's own.
pub(in crate::reader) fn child_by_age(m: &mut Memory, u: &Utterance<'_>, id: PersonId) {
    let Some(person) = m.person_mut(id) else {
        return;
    };
    if person.kin.is_some() || person.moves != Some(true) || id == 0 {
        return;
    }
    person.kin = Some(match person.sex {
        Some(Sex::Female) => Kin::Daughter,
        Some(Sex::Male) => Kin::Son,
        None => Kin::Child,
    });
    m.note(&Memory::key(id, GUESSED), "yes", u.evidence(0..0));
}

/// «Сини з нами не живуть: Андрій у Копенгагені, Руслан у Молдові»: children who are told of as living elsewhere.
pub(super) fn lives_apart(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let own = word - sentence.words.start;
    words.windows(2).enumerate().any(|(at, w)| {
        let apart = matches!(
            w,
            ["не", "живе" | "живуть"]
                | ["живе" | "живуть", "окремо" | "самі" | "сам" | "сама"]
                | ["окремо", "живе" | "живуть"]
        );
        // «Син Максим, його тато Андрій Бондар живе окремо»: the father.
        let of_other = words[own.min(at)..at]
            .iter()
            .any(|w| kin(w, u.lang()).is_some_and(|k| !k.is_child()));
        apart && !of_other
    })
}

/// «Четвертий Тимур, …, йому двадцять три»: old enough to be written down by nobody else.
pub(super) fn grown_up(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    (word..sentence.words.end.saturating_sub(1)).any(|at| {
        matches!(u.token(at).text.as_str(), "йому" | "їй")
            && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[at + 1], u.lang())
                .is_some_and(|n| (18..=70).contains(&n.value))
    })
}
