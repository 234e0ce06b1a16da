//! The question that a name answers: for a parent, for whoever was spoken of, for a relative, for the host.

use super::*;

/// What an employee asks for of somebody who is there to move.
const DATA: &[Topic] = &[
    Topic::Name,
    Topic::Cpr,
    Topic::BirthDate,
    Topic::WhoMoves,
    Topic::Age,
];

impl Mention<'_, '_> {
    /// Whoever was asked for.
    pub(super) fn by_question(&self, m: &mut Memory) -> Decision {
        self.of_parent_of_third(m)
            .or_else(|| self.of_third(m).map(Some))
            .or_else(|| self.of_pronoun(m).map(Some))
            .or_else(|| self.of_movers_spouse(m).map(Some))
            .or_else(|| self.of_nobody_spoken_of(m))
            .or_else(|| self.of_called_host(m).map(Some))
            .or_else(|| self.instead_of_kin(m).map(Some))
            .or_else(|| self.of_asked_kin(m))
            .or_else(|| self.of_asked_host(m))
            .or_else(|| self.of_asked_parent(m))
    }

    /// Mother or father of whoever was spoken of: a spouse's is one by marriage.
    fn of_parent_of_third(&self, m: &mut Memory) -> Decision {
        if !m.asked.is_about(Target::ParentOfThird) {
            return None;
        }
        let couple = m.focus != 0
            && m.person(m.focus)
                .and_then(|p| p.kin)
                .is_some_and(Kin::is_couple);
        let id = if couple {
            m.person_for_kin(Kin::InLaw)
        } else {
            other_parent_or_new(m)
        };
        Some((!named(m, id)).then_some(id))
    }

    /// "Hvad hedder hun?" of whoever moves, or else of whoever's data are being taken.
    fn of_third(&self, m: &mut Memory) -> Option<PersonId> {
        // "Jeres datter, hvad hedder hun?": the daughter, whoever was spoken of last.
        let third_alone = m.asked.kin().is_none_or(|asked| {
            m.mover != 0
                || m.person(m.focus)
                    .and_then(|p| p.kin)
                    .is_some_and(|have| have.agrees(asked))
        });
        let asked = third_alone && m.asked.is_about(Target::Third) && m.asked.asks(Topic::Name);
        let id = if m.mover != 0 { m.mover } else { m.focus };
        if !asked || id == 0 || named(m, id) {
            return None;
        }
        let data = m.asked.asks_any(&[Topic::Cpr, Topic::BirthDate]);
        let child = data && m.person(id).and_then(|p| p.kin).is_some_and(Kin::is_child);
        Some(if child && m.asked.kin().is_some_and(Kin::is_child) {
            joins_children(m, id)
        } else {
            id
        })
    }

    /// "Og han?" after "dig og drengen"
    fn of_pronoun(&self, m: &Memory) -> Option<PersonId> {
        let sex = sex_of(self.name)?;
        let asked = m.mover == 0
            && self.given.is_some()
            && (self.opens || !self.u.written)
            && asked_by_pronoun(m, sex);
        asked.then(|| nameless(m, sex)).flatten()
    }

    /// "Hendes?" of the other one of a couple for whom somebody else reports.
    fn of_movers_spouse(&self, m: &mut Memory) -> Option<PersonId> {
        let sex = sex_of(self.name)?;
        self.given.as_ref()?;
        let mover = m.person(m.mover).filter(|p| p.id != 0)?;
        let other = match mover.kin? {
            Kin::Father => Kin::Mother,
            Kin::Mother => Kin::Father,
            Kin::Grandfather => Kin::Grandmother,
            Kin::Grandmother => Kin::Grandfather,
            Kin::InLaw => Kin::InLaw,
            _ => return None,
        };
        let pronouns: &[&str] = match sex {
            Sex::Male => &["hans", "ham"],
            Sex::Female => &["hendes", "hende"],
        };
        let asked = self.opens && m.staff_words.iter().any(|w| pronouns.contains(&w.as_str()));
        let apart = mover.sex.is_some_and(|of_mover| of_mover != sex) && named(m, m.mover);
        if !asked || !apart || !numbered(self.u, self.follows) {
            return None;
        }
        let known = m.people.iter().find(|p| {
            p.id != 0
                && p.id != m.mover
                && p.kin == Some(other)
                && p.sex.is_none_or(|s| s == sex)
                && !m.has(&Memory::key(p.id, "given_names"))
        });
        let id = match known.map(|p| p.id) {
            Some(id) => id,
            None => m.add_person(Some(other)),
        };
        Some(joins_children(m, id))
    }

    /// "Hvad er hendes navn?" about nobody who was spoken of.
    fn of_nobody_spoken_of(&self, m: &mut Memory) -> Decision {
        (!self.says_me && asked_of_nobody(m)).then(|| named_by_pronoun(m, self.given.is_some()))
    }

    /// "Er hun ejer eller lejer?" – «Вона орендує, звати її …»
    fn of_called_host(&self, m: &mut Memory) -> Option<PersonId> {
        let told = self.before.contains(&"звати")
            && m.host.is_none_or(|id| !named(m, id))
            && m.asked
                .asks_any(&[Topic::HostRole, Topic::HostStays, Topic::OthersRegistered]);
        told.then(|| host_or_new(m))
    }

    /// Whoever the citizen said it is instead of the relative who was asked for.
    fn instead_of_kin(&self, m: &Memory) -> Option<PersonId> {
        m.asked.kin()?;
        named_instead(m, self.u)
    }

    /// The relative who was asked for.
    fn of_asked_kin(&self, m: &mut Memory) -> Decision {
        let kin = m.asked.kin().filter(|k| self.fits(*k))?;
        // A surname alone is nobody new.
        if kin == Kin::Children && self.given.is_none() {
            return Some(None);
        }
        let taken = kin.is_child() && m.person_by_kin(kin).is_none_or(|id| named(m, id));
        // "Hvad hedder din søn?" – «Орест. Квартиру купив, як із Наталкою сходився»: nobody's child.
        if taken && kin != Kin::Children && !self.opens && !self.nominative {
            return Some(None);
        }
        if kin == Kin::Children || taken {
            return Some(Some(self.of_another_child(m)));
        }
        let id = m.person_for_kin(kin);
        if kin == Kin::Landlord && m.host.is_none() && landlord_lives_there(m) {
            m.host = Some(id);
        }
        if named(m, id) {
            return None;
        }
        // "Og konen?" – «Уляна, третього березня …»: nobody tells the data of who does not move.
        let counted = kin.relation().is_some()
            && !kin.is_couple()
            && !(kin.is_child() && m.people.iter().any(|p| p.id != id && p.moves == Some(true)))
            && m.mover == 0
            && m.host != Some(id)
            && m.other_parent != Some(id)
            && m.person(id).is_some_and(|p| p.moves.is_none())
            && numbered(self.u, self.follows);
        let joins = counted || kin.is_child() && asked_for_data(m);
        Some(Some(if joins { joins_children(m, id) } else { id }))
    }

    /// Whether the name can be that relative's. "Og pigen?" – «Її картку Ярослав десь посіяв»: a man's name is no
    /// answer.
    fn fits(&self, kin: Kin) -> bool {
        let sex = sex_of(self.name);
        !kin.is_child() || self.opens || kin.sex().is_none() || sex.is_none() || kin.sex() == sex
    }

    /// One more of the children who were asked for.
    fn of_another_child(&self, m: &mut Memory) -> PersonId {
        let kin = match (m.asked.kin(), sex_of(self.name)) {
            (Some(Kin::StepSon | Kin::StepDaughter), Some(Sex::Male)) => Kin::StepSon,
            (Some(Kin::StepSon | Kin::StepDaughter), _) => Kin::StepDaughter,
            _ => child_of(self.name),
        };
        let id = m.add_person(Some(kin));
        let apart = minors::grown_up(self.u, self.word) || minors::lives_apart(self.u, self.word);
        if asked_for_data(m) && !children_elsewhere(m) && !apart {
            joins_children(m, id)
        } else {
            id
        }
    }

    /// With whom the citizen lives, or who else does.
    fn of_asked_host(&self, m: &mut Memory) -> Decision {
        let (u, word) = (self.u, self.word);
        let lodging = m.asked.asks(Topic::OthersRegistered)
            && m.asked.kin().is_none()
            && !lives_alone(u, word);
        let asked = m.asked.asks(Topic::HostName) || hosts(u, word) || lodging && named(m, 0);
        if !asked {
            return None;
        }
        // A second name beside the host's is nobody's.
        if m.host.is_some_and(|id| named(m, id)) {
            return Some(None);
        }
        Some(Some(host_or_new(m)))
    }

    /// The children's other parent.
    fn of_asked_parent(&self, m: &mut Memory) -> Decision {
        if !m.asked.asks(Topic::OtherParentName) {
            return None;
        }
        let id = other_parent_or_new(m);
        Some((!named(m, id)).then_some(id))
    }
}

/// Whether a child is asked for by its data: who is asked for so at the counter is there to move.
fn asked_for_data(m: &Memory) -> bool {
    m.asked.asks_any(DATA) || asked_by_word_alone(&m.staff_words)
}

/// Whether the landlord whose name is asked for lives in the new home.
fn landlord_lives_there(m: &Memory) -> bool {
    // "Bor din udlejer der også?" – «Так, пані Лоне Вестергор.»
    m.staff_words.iter().any(|w| w == "også" || w == "bor")
        // "Hvad hedder ejeren?" of a room: whoever lets it lives there.
        || m.text("dwelling.type") == Some("room")
}
