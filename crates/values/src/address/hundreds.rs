//! Postal codes told in hundreds: «дев'яносто дев'ять сотень», and «вісімдесят чотириста», in which a recogniser joined
//! «чотири» and «сто».

use tolkebot_protocol::Lang;

use crate::dates::word;
use crate::numbers::{Form, read_at};
use crate::postal;
use crate::tables::PostalRow;
use crate::token::Token;

/// The code that begins at `at` in a run of numbers up to `run_end`, and the index behind.
pub(super) fn code(
    tokens: &[Token],
    at: usize,
    run_end: usize,
) -> Option<(&'static PostalRow, usize)> {
    let first = read_at(tokens, at, Lang::Uk)
        .filter(|r| !r.written && r.form == Form::Cardinal && (10..=99).contains(&r.value))?;
    let counted = matches!(
        word(tokens, first.end),
        "сотень" | "сотен" | "сотні" | "сотня" | "соток"
    );
    if counted {
        let row = postal::lookup(&(first.value * 100).to_string())?;
        return Some((row, first.end + 1));
    }
    let second = read_at(tokens, first.end, Lang::Uk)
        .filter(|r| !r.written && r.form == Form::Cardinal && r.end == run_end)
        .filter(|r| (200..=900).contains(&r.value) && r.value % 100 == 0)?;
    let joined = first.value % 10 == 0 && first.end == at + 1 && second.start == first.end;
    let row = postal::lookup(&(first.value * 100 + second.value).to_string())?;
    joined.then_some((row, second.end))
}
