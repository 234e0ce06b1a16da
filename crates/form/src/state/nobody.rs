//! Rows that were emptied: they keep their place, so that nobody else's row gets another number, and are nobody's.

use super::{FormState, SlotStatus, UNNAMED_CHILD};

impl FormState {
    /// Whether a row of the household is nobody's any more: a person emptied something of it, and nothing is left.
    pub(super) fn is_nobody(&self, at: usize) -> bool {
        let row = format!("household[{at}].");
        let (mut emptied, mut empty) = (false, true);
        let from = self.slots.range(row.clone()..);
        for (_, slot) in from.take_while(|(key, _)| key.starts_with(&row)) {
            emptied |= slot.status == SlotStatus::Cleared;
            empty &= slot.value.is_none() && slot.rivals.is_empty();
        }
        emptied && empty
    }

    /// The same of whom a row of the children is about.
    fn child_is_nobody(&self, n: usize) -> bool {
        let person = self.children.get(n);
        if person == Some(&UNNAMED_CHILD) {
            return self.unnamed_is_nobody(n);
        }
        let at = person.and_then(|child| self.household.iter().position(|p| p == child));
        at.is_some_and(|at| self.is_nobody(at))
    }

    /// The same of the row for a child of whom was only spoken: it has none in the household that could be emptied.
    fn unnamed_is_nobody(&self, n: usize) -> bool {
        let own = format!("children[#{UNNAMED_CHILD}].");
        let decisions = self.decisions.range(own.clone()..);
        let emptied = decisions
            .take_while(|(key, _)| key.starts_with(&own))
            .any(|(_, decision)| decision.empties());
        let row = format!("children[{n}].");
        let mut slots = self
            .slots
            .range(row.clone()..)
            .take_while(|(key, _)| key.starts_with(&row));
        emptied && slots.all(|(_, slot)| slot.value.is_none() && slot.rivals.is_empty())
    }

    /// Whether a row of `household` or `children` is nobody's.
    pub(super) fn row_is_nobody(&self, group: &str, index: usize) -> bool {
        match group {
            "household" => self.is_nobody(index),
            "children" => self.child_is_nobody(index),
            _ => false,
        }
    }

    /// How many persons move along.
    pub(super) fn persons_along(&self) -> usize {
        let rows = 0..self.household_len();
        rows.filter(|at| !self.is_nobody(*at)).count()
    }

    /// How many children the children's questions are about.
    pub(super) fn children_asked_about(&self) -> usize {
        let rows = 0..self.children_len();
        rows.filter(|n| !self.child_is_nobody(*n)).count()
    }

    /// What was heard or written about a child's custody and home goes with the child. It comes back when
    /// somebody fills the row again.
    pub(super) fn drop_children_of_nobody(&mut self) {
        let rows: Vec<String> = (0..self.children_len())
            .filter(|n| self.child_is_nobody(*n))
            .map(|n| format!("children[{n}]."))
            .collect();
        if !rows.is_empty() {
            let of_nobody = |key: &String| rows.iter().any(|row| key.starts_with(row));
            self.slots.retain(|key, _| !of_nobody(key));
        }
    }
}
