//! CPR numbers, telephone numbers and e-mail addresses, and whose they are.

mod again;
mod blanks;
mod cpr_owner;
mod cpr_parts;
mod cpr_whole;
mod disowned;
pub(super) mod fitting;
mod halves;
mod loose;
mod noted;
mod parents_phone;
mod phone_parts;
mod phones;
mod said;
mod twins;
mod whose;
mod zeros;

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::cpr::{self, CprNumber};
use tolkebot_values::dates::{self, DateContext, Purpose};
use tolkebot_values::{Found, Reason, phone};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::cues;
use super::homes;
use super::memory::Memory;
use super::people::minors;
use super::people::{Ref, Who, owner};
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;
use again::last_pair_again;
use blanks::without_ages;
use cpr_owner::{cpr_owner, unlike};
use cpr_parts::cpr_parts;
use cpr_whole::{cpr_number, cpr_numbers};
pub(super) use halves::joined_with_birth;
use halves::{read_from_register, two_halves};
use parents_phone::of_other_parent;
pub(super) use phone_parts::PhoneStart;
use phones::*;
use whose::*;

/// Reads the numbers of a turn; returns the byte ranges they fill, so that nothing else reads them.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
    disowned::not_own(m, u);
    disowned::wrong_card(m, u);
    disowned::reporters_own(m, u);
    if let Some(spans) = phone_parts::read(m, u, refs) {
        said::keep(m, u);
        return spans;
    }
    let day = twins::born_together(m, u, refs);
    let mut ends = twins::last_fours(m, u, refs);
    if !ends.is_empty() {
        said::keep(m, u);
        ends.extend(day);
        return ends;
    }
    let mut taken = cpr_numbers(m, u, refs);
    taken.extend(day);
    taken.extend(phones(m, u, refs, &taken.clone()));
    said::keep(m, u);
    taken
}

fn at_token(u: &Utterance<'_>, word: usize) -> usize {
    u.word_tokens[word]
}

fn restarted(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    u.words(0..u.word_at(span.start))
        .iter()
        .skip(1)
        .any(|w| cues::is_restart(w))
}
