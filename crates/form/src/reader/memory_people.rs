//! Whom the conversation is about, and whose a key is.

use super::kin::{Kin, Sex};
use super::memory::{Memory, Person};
use crate::state::PersonId;

impl Memory {
    pub(crate) fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|p| p.id == id)
    }

    pub(crate) fn person_mut(&mut self, id: PersonId) -> Option<&mut Person> {
        self.people.iter_mut().find(|p| p.id == id)
    }

    /// Key of a person's belief.
    pub(crate) fn key(id: PersonId, field: &str) -> String {
        format!("p{id}.{field}")
    }

    /// A new person.
    pub(crate) fn add_person(&mut self, kin: Option<Kin>) -> PersonId {
        let id = self.people.iter().map(|p| p.id).max().unwrap_or(0) + 1;
        self.people.push(Person {
            id,
            kin,
            sex: kin.and_then(Kin::sex),
            moves: None,
            stays_behind: false,
            age: None,
            last_turn: self.turns,
        });
        id
    }

    /// The person of a relation that was spoken of last; several sons are several persons.
    pub(crate) fn person_by_kin(&self, kin: Kin) -> Option<PersonId> {
        self.people
            .iter()
            .filter(|p| p.kin.is_some_and(|k| k.agrees(kin)))
            .max_by_key(|p| p.last_turn)
            .map(|p| p.id)
            .or_else(|| self.only_young_relative(kin))
    }

    /// "Og drengen?" of a grandson or a nephew who moves along, where there is no son.
    fn only_young_relative(&self, kin: Kin) -> Option<PersonId> {
        let mut relatives = self
            .people
            .iter()
            .filter(|p| p.moves == Some(true) && p.kin == Some(Kin::Relative));
        let only = relatives.next().filter(|_| relatives.next().is_none())?;
        let fits = match (kin.sex(), only.sex) {
            (Some(asked), Some(theirs)) => asked == theirs,
            _ => true,
        };
        (matches!(kin, Kin::Son | Kin::Daughter | Kin::Child) && fits).then_some(only.id)
    }

    /// The person of a relation, made up when there is none yet.
    pub(crate) fn person_for_kin(&mut self, kin: Kin) -> PersonId {
        let id = self
            .person_by_kin(kin)
            .unwrap_or_else(|| self.add_person(Some(kin)));
        let turn = self.turns;
        if let Some(person) = self.person_mut(id) {
            person.last_turn = turn;
            // «дитина» becomes «донька» once it is said.
            if person.kin.is_none() || (person.sex.is_none() && kin.sex().is_some()) {
                person.kin = Some(kin);
                person.sex = kin.sex();
            }
        }
        id
    }

    /// Persons who move along: husband, wife or partner, then the others in the order in which they were
    /// first spoken of.
    pub(crate) fn household(&self) -> Vec<PersonId> {
        let couple = |id: &PersonId| {
            self.person(*id)
                .and_then(|p| p.kin)
                .is_some_and(Kin::is_couple)
        };
        let (mut first, mut others): (Vec<PersonId>, Vec<PersonId>) =
            self.moving().partition(couple);
        self.in_order_of_numbers(&mut others);
        first.extend(others);
        first
    }

    /// «Северин найвищий, а за віком Ярина перша: двадцять три, нуль сім, …»: once all have their numbers, they stand
    /// in the order in which these were told.
    fn in_order_of_numbers(&self, ids: &mut [PersonId]) {
        let told = |id: PersonId| {
            let slot = self.belief(&Memory::key(id, "cpr_number"))?.slot()?;
            // A number that was put right since keeps its place.
            let before = slot.history.iter().flat_map(|old| &old.evidence);
            slot.evidence
                .iter()
                .chain(before)
                .map(|e| (e.turn, e.bytes.start))
                .min()
        };
        if ids.iter().all(|id| told(*id).is_some()) {
            ids.sort_by_key(|id| told(*id));
        }
    }

    fn moving(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.people
            .iter()
            .filter(|p| p.id != self.mover && p.moves == Some(true) && p.id != 0)
            .filter(|p| {
                Some(p.id) != self.host && (Some(p.id) != self.other_parent || p.kin.is_some())
            })
            .map(|p| p.id)
    }

    /// Whose data an employee asks for by "hans" or "hendes", and by nothing else.
    pub(crate) fn asked_of_third(&self) -> Option<Sex> {
        let yours = self.asked.is_about(super::asked::Target::You);
        let named = self.asked_person.is_some() || self.asked.kin().is_some();
        self.staff_words
            .iter()
            .zip(self.staff_words.iter().skip(1).map(String::as_str))
            .find_map(|(owner, thing)| {
                let data = ["cpr", "nummer", "personn", "fødsels", "kort"]
                    .iter()
                    .any(|stem| thing.starts_with(stem));
                match owner.as_str() {
                    "hans" if data => Some(Sex::Male),
                    "hendes" if data => Some(Sex::Female),
                    _ => None,
                }
            })
            .filter(|_| !yours && !named)
    }

    /// "Hvornår er hun født?": whose birth date an employee asks for by a pronoun.
    pub(crate) fn asked_birth_of(&self) -> Option<Sex> {
        let named = self.asked_person.is_some() || self.asked.kin().is_some();
        self.staff_words
            .windows(2)
            .find_map(|pair| match (pair[0].as_str(), pair[1].as_str()) {
                ("han", "født") => Some(Sex::Male),
                ("hun", "født") => Some(Sex::Female),
                _ => None,
            })
            .filter(|_| !named)
    }

    /// The person of that sex who was spoken of last, but not the citizen.
    pub(crate) fn third(&self, sex: Sex, fits: impl Fn(PersonId) -> bool) -> Option<PersonId> {
        self.people
            .iter()
            .filter(|p| p.id != 0 && p.sex.is_none_or(|s| s == sex) && fits(p.id))
            .max_by_key(|p| (p.last_turn, p.moves == Some(true)))
            .map(|p| p.id)
    }

    /// A CPR number is awaited: somebody who moves has none yet, or half of one was said.
    pub(crate) fn cpr_open(&self) -> bool {
        self.cpr_start.is_some() || !self.has(&Memory::key(self.mover, "cpr_number"))
    }

    /// The key that holds this telephone number.
    pub(crate) fn phone_key(&self, number: &str) -> Option<String> {
        let mine = Memory::key(self.mover, "phone");
        let parent = Some("children[].other_parent_contact".to_owned());
        [mine, "host.phone".to_owned()]
            .into_iter()
            .chain(parent.filter(|_| self.parent_phone_asked))
            .find(|key| self.text(key) == Some(number))
    }

    /// The key whose number differs from this one in at most three digits.
    pub(crate) fn close_phone(&self, number: &str) -> Option<String> {
        let mine = Memory::key(self.mover, "phone");
        [mine, "host.phone".to_owned()].into_iter().find(|key| {
            self.text(key).is_some_and(|known| {
                known.len() == number.len()
                    && known
                        .bytes()
                        .zip(number.bytes())
                        .filter(|(a, b)| a != b)
                        .count()
                        <= 3
            })
        })
    }

    /// The employee's last turn was about the person the citizen lives with.
    pub(crate) fn asked_about_host(&self) -> bool {
        use super::topic::Topic;
        // "Kan man ringe til ham?" of whoever moves in with the one who reports.
        let reporter = self.mover != 0 && self.host == Some(0);
        let third = self.asked.targets.contains(&super::asked::Target::Third) && !reporter;
        let you = self.asked.targets.contains(&super::asked::Target::You);
        let about = self.asked.mentions(Topic::HostName)
            || self.asked.mentions(Topic::CoName)
            || self.asked.kin().is_some_and(|k| k == Kin::Landlord);
        let named = self.host_named_by_staff && !you;
        self.host.is_some() && (third && !you || about || named)
    }
}
