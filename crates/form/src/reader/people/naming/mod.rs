//! Whose name a name is. The steps are taken in their order, and the first that knows it decides: whoever is known
//! already, what stands beside the name, the employee's own way of naming people, how citizens say that a name is
//! theirs, the question that it answers, and last what the name by itself lets suppose.

mod apposed;
mod by_question;
mod by_words;
mod known;
mod own;
mod several;
mod unasked;

use super::*;

/// What a step decides: whose the name is, or that it is nobody's here. `None` leaves it to the steps behind.
type Decision = Option<Option<PersonId>>;

/// A name as it was said, with what stands around it.
struct Mention<'a, 'u> {
    u: &'a Utterance<'u>,
    name: &'a PersonName,
    /// The given names in Latin letters.
    given: Option<String>,
    /// The name's first word.
    word: usize,
    /// The word right behind the name.
    follows: usize,
    /// The word for a relative close before the name: what it says, whom it means, where it stands.
    near: Option<(Kin, PersonId, usize)>,
    /// Up to three words before the name.
    before: &'a [&'a str],
    /// Whom the last pointer before the name means.
    last: Option<Who>,
    /// It opens an answer or a part of it.
    opens: bool,
    /// The citizen was asked for a name, and for no relative's.
    asked_name: bool,
    /// The words around it say that it is the citizen's.
    says_me: bool,
    /// Its given names are full ones in the nominative.
    nominative: bool,
    /// One of its given names is short for another.
    pet: bool,
}

/// Whose name it is; `None` where it is nobody's here.
pub(super) fn decide(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
    before: &[&str],
    last: Option<Who>,
) -> Option<PersonId> {
    let mention = Mention::new(m, u, name, word, near, before, last);
    if !u.is_staff() && near.is_none() {
        let sure = (mention.asked_name && mention.opens) || mention.says_me;
        let contrast = match before {
            [.., "а", "я"] => Some(true),
            [.., "мене", "звати" | "звуть" | "зовуть"] => Some(false),
            _ => None,
        };
        displaced(m, name, sure, contrast);
    }
    mention
        .of_known(m)
        .or_else(|| mention.by_words(m))
        .or_else(|| mention.by_staff(m))
        .or_else(|| mention.of_several(m).map(Some))
        .or_else(|| mention.by_own_words(m))
        .or_else(|| mention.by_question(m))
        .or_else(|| mention.unasked(m))
        .flatten()
}

impl<'a, 'u> Mention<'a, 'u> {
    fn new(
        m: &Memory,
        u: &'a Utterance<'u>,
        name: &'a PersonName,
        word: usize,
        near: Option<(Kin, PersonId, usize)>,
        before: &'a [&'a str],
        last: Option<Who>,
    ) -> Self {
        let follows = name
            .parts
            .iter()
            .map(|p| p.span.end)
            .max()
            .map_or(word, |end| u.word_at(end));
        let given_parts = || name.parts.iter().filter(|p| p.kind == PartKind::Given);
        Mention {
            u,
            name,
            given: name.given(),
            word,
            follows,
            near,
            before,
            last,
            opens: introduced::opens_answer(u, word, before),
            asked_name: m.asked.asks(Topic::Name)
                && m.asked.kin().is_none()
                && !m.asked.is_about(Target::Third)
                && !m.asked.is_about(Target::ParentOfThird),
            says_me: introduced::says_me(u, name, word, follows, before),
            nominative: given_parts().all(|p| p.short_for.is_empty() && said_in_nominative(u, p)),
            pet: given_parts().any(|p| !p.short_for.is_empty()),
        }
    }

    /// A name that an employee says and that no step before could place.
    fn by_staff(&self, m: &mut Memory) -> Decision {
        let mover_named = named(m, m.mover);
        self.u
            .is_staff()
            .then(|| staff_name(m, self.u, self.word, mover_named, self.name))
    }
}

/// Whether somebody said that one's given name.
fn named(m: &Memory, id: PersonId) -> bool {
    m.belief(&Memory::key(id, "given_names"))
        .is_some_and(|b| b.is_said())
}

/// The host, made up where nobody is known as one.
fn host_or_new(m: &mut Memory) -> PersonId {
    let id = m.host.unwrap_or_else(|| m.add_person(None));
    m.host = Some(id);
    id
}

/// The children's other parent, made up where nobody is known as one.
fn other_parent_or_new(m: &mut Memory) -> PersonId {
    let id = m.other_parent.unwrap_or_else(|| m.add_person(None));
    m.other_parent = Some(id);
    id
}
