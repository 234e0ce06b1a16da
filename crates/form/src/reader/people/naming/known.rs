//! Whoever is known already: by this name or another form of it, or as the one who was just named or spoken of.

use super::*;

impl Mention<'_, '_> {
    /// Whoever is known already.
    pub(super) fn of_known(&self, m: &mut Memory) -> Decision {
        let (u, name, word, before) = (self.u, self.name, self.word, self.before);
        self.by_alias(m)
            .or_else(|| self.surname_behind_name(m))
            .or_else(|| self.renamed(m))
            .or_else(|| of_the_one_before(m, u, name, before))
            .or_else(|| self.of_stayer(m))
            .or_else(|| self.surname_behind_pronoun(m))
            .map(Some)
            .or_else(|| self.of_parted(m))
            .or_else(|| {
                reports_for::names_one(m, u, name, word, before)
                    .or_else(|| self.first_in_answer(m))
                    .or_else(|| self.by_name(m))
                    .map(Some)
            })
    }

    /// Somebody who is called by another form of the name.
    fn by_alias(&self, m: &mut Memory) -> Option<PersonId> {
        let id = alias(m, self.name, self.last).filter(|id| !self.is_stranger(m, *id))?;
        tells_of_mover(m, id);
        Some(id)
    }

    /// «Кума моя, Леся»: no pet name of the wife.
    fn is_stranger(&self, m: &Memory, id: PersonId) -> bool {
        let known = m.person(id).and_then(|p| p.kin);
        self.near.is_some_and(|(kin, ..)| {
            kin.relation() == Some("other") && known.is_some_and(|k| !k.agrees(kin))
        })
    }

    /// The one spoken of last, where a citizen says nothing but a surname and theirs is not known.
    fn last_without_surname(&self, m: &Memory) -> Option<PersonId> {
        match self.last {
            Some(Who::Person(id))
                if self.given.is_none()
                    && !self.u.is_staff()
                    && m.has(&Memory::key(id, "given_names"))
                    && !m.has(&Memory::key(id, "surname")) =>
            {
                Some(id)
            }
            _ => None,
        }
    }

    /// «Донька Міра, Голуб, як і я», «Мирослава, так само Сагайдак»: the surname of whoever was just
    /// named, also when the citizen bears it.
    fn surname_behind_name(&self, m: &Memory) -> Option<PersonId> {
        self.last_without_surname(m).filter(|id| {
            let have = m.text(&Memory::key(*id, "given_names")).unwrap_or("");
            self.before
                .iter()
                .any(|word| same(have, &names::romanise(word)))
        })
    }

    /// A citizen puts a name right that was said a moment ago.
    fn renamed(&self, m: &mut Memory) -> Option<PersonId> {
        if self.u.is_staff() {
            return None;
        }
        renamed_now(m, self.name, self.before, self.last)
    }

    /// A citizen names who stays in the old home.
    fn of_stayer(&self, m: &Memory) -> Option<PersonId> {
        if self.u.is_staff() {
            return None;
        }
        stayer(m, self.name)
    }

    /// «Старший Остап, він по-чоловічому Бережний»: whoever the pronoun before it means.
    fn surname_behind_pronoun(&self, m: &Memory) -> Option<PersonId> {
        let (u, word) = (self.u, self.word);
        self.last_without_surname(m).filter(|_| {
            (word.saturating_sub(3)..word).any(|at| {
                matches!(u.token(at).text.as_str(), "він" | "вона") && same_sentence(u, at, word)
            })
        })
    }

    /// «Ми з Соломією розлучилися»: a name that nobody bore so far.
    fn of_parted(&self, m: &mut Memory) -> Decision {
        if self.u.is_staff() || !with_parted(self.u, self.word, self.before) {
            return None;
        }
        let known = m.people.iter().any(|p| {
            m.text(&Memory::key(p.id, "given_names"))
                .is_some_and(|have| self.given.as_ref().is_some_and(|g| same(have, g)))
        });
        (!known).then(|| parted_from(m, self.name))
    }

    /// The citizen, whose own name was asked for before another one's number.
    fn first_in_answer(&self, m: &Memory) -> Option<PersonId> {
        (self.near.is_none() && own_name_asked(m, self.u, self.word)).then_some(0)
    }

    /// Somebody who is known by this name; it may also tell who they are to the citizen.
    fn by_name(&self, m: &mut Memory) -> Option<PersonId> {
        let asked_kin = m.asked.kin();
        let id = known_by_name(m, self.name, self.near)?;
        tells_of_mover(m, id);
        let turn = m.turns;
        if let Some(person) = m.person_mut(id)
            && person.kin.is_none()
            && id != 0
            && !self.u.is_staff()
        {
            // «Ми з Микитою», and later "Og din samlever?" – «Микита Сорока».
            let near_kin = self.near.map(|(kin, _, _)| kin).or(asked_kin);
            person.kin = near_kin.filter(|k| *k != Kin::Children);
            person.last_turn = turn;
        }
        Some(id)
    }
}
