//! How sure it is which address a street belongs to, and what becomes of the street that the address had.

use super::*;
use crate::reader::sentences::Sentence;

impl Mention<'_, '_> {
    /// Whether the place is sure or a guess, for what comes later.
    pub(super) fn note_certainty(&self, m: &mut Memory, reading: &Reading, choice: &Choice) {
        let Reading {
            known, explicit, ..
        } = *reading;
        let Choice { place, flipped, .. } = *choice;
        if known.is_none() && explicit.is_none() && !flipped && self.only_asks(choice) {
            return;
        }
        // A question that was only taken to be for this address places nothing.
        let supposed = m.asked_by_guess || self.u.is_staff() && m.told_by_guess == Some(place);
        let firm = explicit.is_some()
            || !flipped && choice.asked == Some(place) && !supposed
            || by_named_town(m, &self.hit.value) == Some(place);
        if firm && !m.placed.contains(&place) {
            m.placed.push(place);
        } else if !firm && known.is_none() {
            m.placed.retain(|p| *p != place);
        }
        if firm && !self.u.is_staff() {
            // "Hvor i Gandrup?" of who has said that they moved there is no question in general.
            let town_told = m.asked_town.as_ref().is_some_and(AskedTown::is_told);
            let general = explicit.is_none() && !town_told && asked_in_general(m);
            m.told_in_general = general.then_some(place);
        }
        if firm {
            m.told_by_guess = m.told_by_guess.filter(|told| *told != place);
        } else if m.asked_by_guess && known.is_none() && !self.u.is_staff() {
            m.told_by_guess = Some(place);
        }
        // "Hvor bor du i dag?" may be either.
        let today = m.asked.asks(Topic::CurrentAddress)
            && m.tense_so_far().is_none()
            && !m.asked.asks_any(&[Topic::OldAddress, Topic::NewAddress]);
        let unasked = flipped || today || by_question(m, self.u).is_none();
        if explicit.is_none() && known.is_none() && unasked {
            m.guessed = Some(place);
        } else if explicit.is_some() || (known.is_none() && m.guessed == Some(place)) {
            m.guessed = m.guessed.filter(|g| *g != place);
        }
    }

    /// "Er det Vestergade 5?" of a home that was told when it was asked for: only a yes replaces it.
    fn only_asks(&self, choice: &Choice) -> bool {
        let sentence = self.u.sentence_at(self.street.span.start);
        // "Ringvej nitten, har du etage?" reads it back.
        let ends = |s: &Sentence| s.words.end <= self.u.word_at(self.hit.span.end) + 1;
        self.u.is_staff()
            && !choice.unplaced
            && self.number.is_some()
            && sentence.is_some_and(|s| s.question && ends(s))
    }

    /// Moves or forgets the street that the address had; whether it still has one.
    pub(super) fn make_room(&self, m: &mut Memory, reading: &Reading, choice: &Choice) -> bool {
        let Reading {
            known, explicit, ..
        } = *reading;
        let place = choice.place;
        let had = m
            .text(&format!("{}.street_name", place.prefix()))
            .map(str::to_owned);
        let empty_other = is_empty(m, place.other());
        // "Din nuværende adresse er ifølge registret …": the street that was taken for it is the new one.
        let register = reads_old(m, self.u).is_some()
            && known.is_none()
            && empty_other
            && had.is_some()
            && !m.context().asks(Topic::OldAddress);
        let street = &self.street.value;
        let another = had.as_ref().is_some_and(|had| {
            *had != street.name && likeness(m, place, street, self.number, self.u.is_staff()) == 0.0
        });
        // A street that was only guessed to be here makes room for the one that surely is: "hvor bor du nu?" – «На
        // Хадерслеввей» … "og i Vejle boede du på Horsensvej".
        let told = explicit == Some(place)
            && choice.unplaced
            && another
            && self.number.is_some()
            && !choice.corrects
            && !choice.objected;
        let asked = m.guessed == Some(place)
            && (choice.unplaced || !self.u.is_staff())
            && explicit.is_none()
            && choice.asked == Some(place);
        let guessed = place != Place::Contact
            && (told || asked)
            && known.is_none()
            && empty_other
            && had.is_some();
        if register || guessed {
            swap(m);
            m.guessed = None;
            if told {
                m.placed = vec![place];
            }
            return false;
        }
        if had.is_none() {
            return false;
        }
        if another {
            if known.is_none()
                && empty_other
                && !choice.corrects
                && !choice.objected
                && place != Place::Contact
                && agreed_street(m, place)
            {
                m.replaced = Some(place);
            }
            // Of three homes that are told of, one is none of the two.
            let told = !self.u.is_staff() && !choice.corrects && !choice.objected;
            let whole = self.number.is_some() && agreed_street(m, place);
            if known.is_none() && told && whole && place != Place::Contact {
                m.three_homes = true;
            }
            let staff_spelled = self.u.is_staff() && self.number.is_none();
            if !staff_spelled && !reading.renamed && !self.only_asks(choice) {
                // Another street: nothing of the old one goes with it.
                forget(m, place);
            }
        }
        true
    }
}
