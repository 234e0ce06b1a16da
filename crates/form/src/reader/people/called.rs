//! Somebody whose name is told with «її звати», and somebody who is called by name.

use super::*;
use crate::state::Evidence;

/// For how many turns a relative stays the one whose name is told.
const SPOKEN_OF: usize = 6;

/// «Єва її звати», «звати його Лука»: the name of the relative spoken of, never the citizen's. `Some(None)` where
/// nobody fits.
pub(super) fn called(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    follows: usize,
) -> Option<Option<PersonId>> {
    let given = name.given()?;
    let calls = |w: &str| matches!(w, "звати" | "звуть" | "зовуть");
    let whose = |w: &str| match w {
        "його" => Some(Sex::Male),
        "її" => Some(Sex::Female),
        _ => None,
    };
    let pair = |pair: &[&str]| match pair {
        [a, b] if calls(a) => whose(b),
        [a, b] if calls(b) => whose(a),
        _ => None,
    };
    let after = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    let before = u.words(word.saturating_sub(2)..word);
    // «А сестри: …. Любов звати.»: behind the number of a relative, with no word for whom.
    let bare = || {
        let next = after.first().is_some_and(|w| calls(w));
        let alone = u
            .sentences
            .iter()
            .any(|s| s.words.start == word && s.words.end == follows + 1);
        (!u.is_staff() && next && alone && m.has(&Memory::key(0, "given_names")))
            .then(|| sex_of(name))
            .flatten()
    };
    let sex = pair(&after).or_else(|| pair(&before)).or_else(bare)?;
    if m.asked.asks_any(&[
        Topic::HostName,
        Topic::HostRole,
        Topic::HostStays,
        Topic::OthersRegistered,
    ]) {
        return None;
    }
    let known = m.people.iter().any(|p| {
        m.text(&Memory::key(p.id, "given_names"))
            .is_some_and(|have| same(have, &given))
    });
    if known {
        return None;
    }
    let open = m
        .people
        .iter()
        .filter(|p| {
            p.id != 0
                && p.sex.is_none_or(|s| s == sex)
                && p.kin
                    .is_some_and(|k| k != Kin::Landlord && !(k.is_couple() && m.parted))
                && p.last_turn + SPOKEN_OF >= m.turns
                && !m.has(&Memory::key(p.id, "given_names"))
        })
        .max_by_key(|p| p.last_turn)
        .map(|p| (p.id, p.kin.is_some_and(Kin::is_child)));
    match open {
        Some((id, child)) => {
            // "Hvad hedder den lille?": whoever is asked for at the counter is there to move.
            let asked = m.asked_before.asks(Topic::Name) || m.asked.asks(Topic::Name);
            let id = if child && asked {
                joins_children(m, id)
            } else {
                id
            };
            Some(Some(id))
        }
        // A child's, and not the citizen's who has no name yet.
        None if m.children_spoken_of && !m.has(&Memory::key(0, "given_names")) => Some(None),
        // «Двірник, Йоан його звати»: somebody else's, whoever that is.
        None if m.mover == 0
            && !m.asked.is_about(Target::Third)
            && !m.asked.is_about(Target::ParentOfThird)
            && !m.has(&Memory::key(0, "given_names")) =>
        {
            Some(None)
        }
        None => None,
    }
}

/// «Я жінку не лишу. Інно, йди сюди»: the one relative spoken of just now without a name bears the name that is
/// called, also when the employee greets her by it.
pub(super) fn greeted(m: &mut Memory, u: &Utterance<'_>, name: &Found<PersonName>, word: usize) {
    let [part] = name.value.parts.as_slice() else {
        return;
    };
    let said = u.token(word).text.as_str();
    let vocative = said.ends_with(['о', 'е', 'ю']) && !said_in_nominative(u, part);
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    if u.is_staff() || !u.written || !vocative || !opens {
        return;
    }
    if let Some(id) = only_nameless(m, &name.value) {
        write_parts(m, u, id, name, None, None);
    }
}

/// "Og hende her?", "hvem er den anden?", "hvem har du med?": the employee asks for somebody who stands there.
pub(super) fn shown_by_staff(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let ends = words.len().saturating_sub(6);
    let tail = &words[ends..];
    let here = tail.windows(2).any(|w| {
        matches!(
            w,
            [
                "hende" | "ham" | "damen" | "fyren" | "herren" | "manden" | "pigen",
                "her" | "der"
            ] | ["og", "hende" | "ham" | "damen" | "herren" | "fyren"]
        )
    });
    let who = words.windows(3).any(|w| {
        matches!(
            w,
            ["hvem", "er", "hun" | "han" | "hende" | "ham" | "damen"]
                | ["den", "anden", "på"]
                | ["er", "den", "anden"]
        )
    });
    let along = words.windows(4).any(|w| {
        matches!(
            w,
            ["hvem", "har", "du" | "i", "med"] | ["hvem", "er", "det", "du"]
        )
    });
    (here || who || along) && m.host.is_none() && m.mover == 0
}

/// Who came along to the counter: husband or wife, where only that was said so far, else somebody new.
pub(super) fn companion(m: &mut Memory, name: &PersonName) -> PersonId {
    let spouse = sex_of(name)
        .and_then(|sex| spouse_without_name(m, sex))
        .filter(|id| Some(*id) != m.other_parent)
        .filter(|id| m.person(*id).is_some_and(|p| p.moves != Some(false)));
    match spouse {
        Some(id) => joins_children(m, id),
        None => newcomer(m, name),
    }
}

/// Somebody who comes along and of whom nobody spoke before.
pub(super) fn newcomer(m: &mut Memory, name: &PersonName) -> PersonId {
    let id = m.add_person(None);
    if let Some(person) = m.person_mut(id) {
        person.sex = name.gender.map(|g| match g {
            Gender::Feminine => Sex::Female,
            Gender::Masculine => Sex::Male,
        });
    }
    joins_children(m, id)
}

/// «Оксана Шульга, її мама»: the words right behind a name say that it is the children's other parent.
pub(super) fn parent_behind(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
) -> Option<PersonId> {
    let given = name.given()?;
    if let Some(sex) = at_parents(m, u, name) {
        let id = m.other_parent.unwrap_or_else(|| m.add_person(None));
        if let Some(person) = m.person_mut(id) {
            person.sex = Some(sex);
        }
        m.other_parent = Some(id);
        return (!m.has(&Memory::key(id, "given_names"))).then_some(id);
    }
    let after = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    // "Har moren også forældremyndighed?" – «Разом. Тетяна Вишневська, мати»
    let bare = after
        .first()
        .is_some_and(|w| matches!(*w, "мати" | "мама" | "батько" | "тато"))
        && m.parent_spoken
            .is_some_and(|(turn, sex)| turn + 1 >= m.turns && sex_of(name) == Some(sex));
    let (whose, parent) = match after.as_slice() {
        [parent, ..] if bare => (&"", parent),
        [whose, parent] => (whose, parent),
        _ => return None,
    };
    let of_child = bare
        || matches!(
            *whose,
            "її" | "його"
                | "їхня"
                | "їхній"
                | "їх"
                | "дитини"
                | "дітей"
                | "малої"
                | "малого"
        );
    let sex = match *parent {
        "мама" | "мати" | "матір" => Sex::Female,
        "тато" | "батько" => Sex::Male,
        _ => return None,
    };
    // «Донька Софія. Її тато Андрій Бондар …»: the parent is named behind the word, and the name before it is the child's.
    let named_behind = u
        .word_tokens
        .get(follows + 2)
        .map(|_| u.token(follows + 2).span.start)
        .is_some_and(|start| u.names().iter().any(|n| n.span.start == start));
    if named_behind {
        return None;
    }
    let child = m.children_spoken_of || m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child));
    if !of_child || !child || u.is_staff() || !crate::reader::parted::speaks_for_children(m) {
        return None;
    }
    // Whoever was called by that name a moment ago, or the spouse from whom the citizen parted.
    let couple = m
        .people
        .iter()
        .find(|p| p.kin.is_some_and(Kin::is_couple) && p.sex == Some(sex))
        .map(|p| p.id)
        .filter(|id| {
            m.text(&Memory::key(*id, "given_names"))
                .is_none_or(|have| same(have, &given))
        });
    let known = m.other_parent.or(couple);
    Some(m.other_parent_is(known, sex))
}

/// "Hvor har Nestor boet indtil nu?" – «У мами, в Інни»: the child's parent by name.
fn at_parents(m: &Memory, u: &Utterance<'_>, name: &PersonName) -> Option<Sex> {
    if u.is_staff() || m.mover != 0 || !m.asked.asks(Topic::LivedBefore) {
        return None;
    }
    let start = name.parts.first()?.span.start;
    let at = u.word_at(start);
    let before = u.words(at.saturating_sub(3)..at);
    let sex = match before.as_slice() {
        [.., "у" | "в", "мами" | "матері", "в" | "у"]
        | [.., "у" | "в", "мами" | "матері"]
        | [.., "своєї" | "її" | "його", "мами" | "матері"] => Sex::Female,
        [.., "у" | "в", "тата" | "батька", "в" | "у"]
        | [.., "у" | "в", "тата" | "батька"]
        | [.., "свого" | "її" | "його", "тата" | "батька"] => Sex::Male,
        _ => return None,
    };
    let of_name = match name.gender? {
        Gender::Feminine => Sex::Female,
        Gender::Masculine => Sex::Male,
    };
    (of_name == sex).then_some(sex)
}

/// Whom «мій …», «моя …» before a name means: the one asked about, else husband or wife.
pub(super) fn called_mine(
    m: &mut Memory,
    name: &PersonName,
    asked_kin: Option<Kin>,
    evidence: Evidence,
) -> PersonId {
    // "Er det din datter?" – «Моя, Єва»
    let sex = sex_of(name);
    if let Some(asked) = asked_kin.filter(|k| {
        let near = k.is_child() || k.is_couple() || k.relation() == Some("parent");
        near && (k.sex().is_none() || k.sex() == sex)
    }) {
        let id = if asked == Kin::Children {
            PersonId::MAX
        } else {
            m.person_for_kin(asked)
        };
        return of_relative(m, asked, id, name);
    }
    // «а то мій Василь», but of the citizen's own sex nobody knows what
    let own = m.person(0).and_then(|p| p.sex);
    if own.is_some() && own == sex {
        return m.add_person(None);
    }
    // «Мій Максимко, він у третьому класі»: a pet name is as well a child's.
    if name.parts.iter().any(|p| !p.short_for.is_empty()) {
        return m.add_person(None);
    }
    let kin = if name.gender == Some(Gender::Feminine) {
        Kin::Wife
    } else {
        Kin::Husband
    };
    if let Some(id) = m.person_by_kin(kin) {
        return id;
    }
    let id = m.person_for_kin(kin);
    m.note(&Memory::key(id, minors::UNSAID), "yes", evidence);
    id
}
