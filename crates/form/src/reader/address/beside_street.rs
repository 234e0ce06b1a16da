//! What the words right beside a street say of it.

use super::street::{Mention, is_empty};
use super::*;

impl Mention<'_, '_> {
    /// "Var det ikke Vestergade 8?": who asks so takes it to be.
    pub(super) fn is_presumed(&self) -> bool {
        let verb = |w: &str| matches!(w, "er" | "var" | "hedder" | "hed" | "bor" | "boede");
        let asks = matches!(self.left, [.., v, "det" | "den" | "du" | "i", "ikke"] if verb(v));
        self.u.is_staff() && self.left.last() == Some(&"ikke") && (asks || self.is_asked())
    }

    pub(super) fn is_asked(&self) -> bool {
        let sentence = self.u.sentence_at(self.street.span.start);
        sentence.is_some_and(|s| s.question)
    }

    /// "Hvor bor du nu?" – «Тепер живу на …»: the «тепер» is the question's "nu" and no move's, while no home is known.
    pub(super) fn answers_where_now(&self, m: &Memory) -> bool {
        let now = self.left.iter().position(|w| *w == "тепер");
        now.is_some_and(|at| at == 0 || self.left[at - 1] != "а")
            && m.asked.asks(Topic::CurrentAddress)
            && is_empty(m, Place::Old)
            && is_empty(m, Place::New)
    }

    /// "Og i Vejle boede du på Horsensvej femogfyrre": what stands between the town and the street; «з Бенлесе на Аллегаде»
    /// goes to the street.
    pub(super) fn said_behind_town(&self, m: &Memory) -> Option<Place> {
        if !self.u.is_staff() && behind_origin(self.u, self.street.span.start) {
            return Some(Place::New);
        }
        let town = self.hit.value.place.as_ref()?;
        let (from, to) = (
            self.u.word_at(town.span.end),
            self.u.word_at(self.street.span.start),
        );
        let between = (from < to).then(|| self.u.words(from..to))?;
        let lived = between
            .iter()
            .any(|w| matches!(*w, "boede" | "boet" | "жив" | "жила" | "жили"));
        lived.then(|| old_or_new::place(&between, &[], m.tense_so_far()))?
    }

    /// «Егьо Мьоллевей», "Himmelev Bygade": the village before it may be part of the name.
    pub(super) fn may_name_a_village(&self) -> bool {
        self.hit.value.place.as_ref().is_some_and(|town| {
            let gap = self.u.said.get(town.span.end..self.street.span.start);
            gap.is_some_and(|gap| gap.trim().is_empty())
                && !town
                    .value
                    .postal_codes
                    .iter()
                    .any(|code| self.street.value.postal_codes.contains(code))
        })
    }

    /// The house number is another one than that of `place`, and the other address is still empty.
    pub(super) fn has_another_number(&self, m: &Memory, place: Place) -> bool {
        self.number.is_some_and(|number| {
            m.text(&format!("{}.house_number", place.prefix()))
                .is_some_and(|n| n != number)
        }) && is_empty(m, place.other())
    }
}
