//! Towns told by what stands beside them: «Кеґе, Нерреґаде сімдесят вісім», «есберг торвегаде сорок два».

use tolkebot_protocol::Lang;

use crate::address::ends_as_a_street;
use crate::numbers::read_at;
use crate::token::Token;

/// How far behind the town the street may stand.
const NEAR: usize = 6;

/// Whether a street with its number stands behind the words that may be a town: the town is named first, as in the
/// register of many countries.
pub(super) fn before_street(tokens: &[Token], at: usize, len: usize) -> bool {
    let from = at + len;
    // «Мілена у Вібю, на …»: a name that goes on is no town.
    let pause = tokens.get(from).is_some_and(|t| !t.is_word());
    let street = |n: usize| tokens.get(n).is_some_and(|t| ends_as_a_street(&t.text));
    if !pause && !street(from) && !street(from + 1) {
        return false;
    }
    (from..from + NEAR)
        .take_while(|n| tokens.get(*n).is_some_and(leads_on))
        .any(|n| ends_as_a_street(&tokens[n].text) && numbered(tokens, n + 1))
}

/// What may stand between a town and its street.
fn leads_on(token: &Token) -> bool {
    token.is_word() || token.is_sign(',') || token.is_dash() || token.ends_sentence()
}

/// A house number stands there, perhaps behind a comma or a word that announces it.
fn numbered(tokens: &[Token], at: usize) -> bool {
    (at..at + 3)
        .take_while(|n| {
            *n == at
                || tokens.get(n - 1).is_some_and(|t| {
                    t.is_sign(',') || matches!(t.text.as_str(), "номер" | "будинок" | "дім" | "буд")
                })
        })
        .any(|n| read_at(tokens, n, Lang::Uk).is_some_and(|read| (1..1000).contains(&read.value)))
}
