//! CPR numbers said without their zeros: «вісім, одинадцять, п'ятнадцять … спереду нуль», «дев'ять, два,
//! вісімдесят сім, із нулями, двадцять два тридцять вісім».

use tolkebot_values::Found;
use tolkebot_values::cpr::CprNumber;
use tolkebot_values::numbers::read_at;

use crate::reader::utterance::Utterance;

/// How many other words may stand between two parts of a number.
const GAP: usize = 5;

/// The first number of a turn that is said so, with the bytes of its words.
pub(super) fn without_zeros(u: &Utterance<'_>) -> Option<Found<CprNumber>> {
    let words = u.all_words();
    let told = words.windows(2).any(|w| {
        matches!(
            w,
            [
                "із" | "з" | "зі",
                "нулем" | "нулями" | "нуликом" | "нуликами"
            ] | ["спереду" | "попереду", "нуль" | "нулі" | "ноль"]
                | ["нуль" | "нулі" | "ноль", "спереду" | "попереду"]
        )
    });
    if !told || u.is_staff() {
        return None;
    }
    // Numbers with the word where they stand and the word behind them.
    let mut parts: Vec<(u64, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(read) = read_at(&u.tokens, u.word_tokens[at], u.lang()) else {
            at += 1;
            continue;
        };
        let next = u
            .word_tokens
            .partition_point(|token| *token < read.end)
            .max(at + 1);
        // «бо восьме число», «спереду нуль» are no parts.
        if read.value > 0 {
            parts.push((read.value, at, next));
        }
        at = next;
    }
    parts.windows(5).find_map(|five| {
        let close = five.windows(2).all(|pair| pair[1].1 - pair[0].2 <= GAP);
        let [day, month, year, first, last] = [0, 1, 2, 3, 4].map(|n| five[n].0);
        let short = day < 10 || month < 10;
        let fits = day <= 31 && month <= 12 && year <= 99 && first <= 99 && last <= 99;
        if !close || !short || !fits || first < 10 || last < 10 {
            return None;
        }
        let digits = format!("{day:02}{month:02}{year:02}{first:02}{last:02}");
        let number = CprNumber::parse(&digits).ok()?;
        number.birth_date()?;
        let span = u.token(five[0].1).span.start..u.token(five[4].2 - 1).span.end;
        Some(Found::new(number, span, 0.8))
    })
}
