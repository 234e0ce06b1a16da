//! What stands between the digits of a number and is none of them.

use super::*;
use crate::reader::people::is_years;

/// The text with ages blanked out («йому шість, сімнадцять …»), so that they are no digits of a
/// number. Every byte keeps its place.
pub(super) fn without_ages(u: &Utterance<'_>) -> String {
    let mut text = u.said.clone().into_owned();
    let words = u.all_words();
    for (at, word) in words.iter().enumerate() {
        if !matches!(*word, "йому" | "їй") || at + 1 >= words.len() {
            continue;
        }
        let Some(read) =
            tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[at + 1], u.lang())
        else {
            continue;
        };
        let span = u.tokens[at_token(u, at)].span.start..u.tokens[read.end - 1].span.end;
        let ends = text
            .get(span.end..)
            .is_some_and(|rest| rest.starts_with([',', '.', ':', ';']) || rest.starts_with(" рок"));
        if ends && read.value <= 99 && text.is_char_boundary(span.start) {
            text.replace_range(span.clone(), &" ".repeat(span.len()));
        }
    }
    // «…, шістдесят шість. Чотирнадцять років, …», «Денис, десять років: нуль дев'ять, …», «Денису десять: …»: a part
    // of its own
    for (at, first) in u.word_tokens.iter().enumerate() {
        let opens = *first == 0 || !u.tokens[first - 1].is_word();
        let named = !opens
            && u.names()
                .iter()
                .any(|n| at > 0 && n.span.end == u.token(at - 1).span.end);
        if !opens && !named {
            continue;
        }
        let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, *first, u.lang()) else {
            continue;
        };
        let next = u.tokens.get(read.end);
        let years = opens && next.is_some_and(|t| is_years(&t.text));
        let told = named && next.is_some_and(|t| t.is_sign(':'));
        let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
        if (years || told) && !read.is_ordinal() && read.value <= 99 {
            text.replace_range(span.clone(), &" ".repeat(span.len()));
        }
    }
    // «ганю диктуй дев'ятнадцять … сімдесят каже двадцять …»: who dictates is no part of the number.
    for (at, word) in words.iter().enumerate() {
        let number = |at: usize| {
            u.word_tokens.get(at).is_some_and(|token| {
                tolkebot_values::numbers::read_at(&u.tokens, *token, u.lang()).is_some()
            })
        };
        let inside = matches!(*word, "каже" | "говорить" | "підказує" | "киває")
            && at > 0
            && number(at + 1)
            && u.word_tokens[at - 1] + 1 == u.word_tokens[at]
            && (0..at).rev().take(2).any(number);
        if inside {
            let span = u.token(at).span.clone();
            text.replace_range(span.clone(), &" ".repeat(span.len()));
        }
    }
    without_false_start(u, text)
}

/// «Восьме… нуль вісім, нуль вісім, …»: what was broken off before a whole number is no part of it.
fn without_false_start(u: &Utterance<'_>, mut text: String) -> String {
    let breaks: Vec<usize> = text.match_indices('…').map(|(at, _)| at).collect();
    for at in breaks {
        let rest = at + '…'.len_utf8();
        let whole = cpr::find_expected(&text[rest..], u.lang())
            .iter()
            .any(|hit| hit.note.is_none() && text[rest..rest + hit.span.start].trim().is_empty());
        let word = u.word_at(at);
        if !whole || word == 0 {
            continue;
        }
        // One word, and nothing but that since the sentence began.
        let opens = u.sentences.iter().any(|s| s.words.start == word - 1);
        let token = u.token(word - 1);
        let number = tolkebot_values::numbers::read_at(&u.tokens, at_token(u, word - 1), u.lang());
        if opens && number.is_some() {
            let span = token.span.clone();
            text.replace_range(span.clone(), &" ".repeat(span.len()));
        }
    }
    text
}
