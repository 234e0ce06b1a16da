//! Halves of what is counted: «пів години», "halvandet år", «дві з половиною тисячі».

use std::ops::Range;

use tolkebot_protocol::Lang;

use super::clock::{Item, Told};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Year,
    Thousand,
}

/// Beginnings of the units' names; Danish ones may have an ending behind them.
const UNITS_DA: [(&str, Unit); 6] = [
    ("time", Unit::Hour),
    ("dag", Unit::Day),
    ("uge", Unit::Week),
    ("måned", Unit::Month),
    ("år", Unit::Year),
    ("tusind", Unit::Thousand),
];
const ENDINGS_DA: [&str; 10] = ["", "r", "rs", "s", "n", "t", "ts", "e", "en", "et"];
const UNITS_UK: [(&str, Unit); 9] = [
    ("годин", Unit::Hour),
    ("дня", Unit::Day),
    ("дні", Unit::Day),
    ("тижн", Unit::Week),
    ("місяц", Unit::Month),
    ("рок", Unit::Year),
    ("рік", Unit::Year),
    ("тисяч", Unit::Thousand),
    ("тищ", Unit::Thousand),
];

/// So many halves of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Half {
    halves: u64,
    /// None for a half of anything else («пів століття»), which may be one of these in other words.
    unit: Option<Unit>,
    span: Range<usize>,
}

impl Half {
    /// The whole numbers that say the same in a smaller unit.
    fn whole(&self) -> Vec<u64> {
        let n = self.halves;
        match self.unit {
            Some(Unit::Hour) => vec![n * 30],
            Some(Unit::Day) => vec![n * 12],
            Some(Unit::Week) => vec![n * 3, n * 4, n * 7 / 2],
            Some(Unit::Month) => vec![n * 2, n * 14, n * 15],
            Some(Unit::Year) => vec![n * 6],
            Some(Unit::Thousand) => vec![n * 500],
            None => Vec::new(),
        }
    }

    /// The same in whole numbers, which the model translates more surely.
    fn written(&self, lang: Lang) -> Option<String> {
        let whole = self.whole().first().copied()?;
        let unit = match (self.unit, lang) {
            (Some(Unit::Hour), Lang::Da) => " minutter",
            (Some(Unit::Hour), Lang::Uk) => " хвилин",
            (Some(Unit::Year), Lang::Da) => " måneder",
            (Some(Unit::Year), Lang::Uk) => " місяців",
            (Some(Unit::Thousand), _) => "",
            (None | Some(Unit::Day | Unit::Week | Unit::Month), _) => return None,
        };
        Some(format!("{whole}{unit}"))
    }

    /// Where it stands among these otherwise than with a half, if it does.
    fn otherwise(&self, items: &[Item], text: &str) -> Option<Range<usize>> {
        let whole = self.whole();
        let counted = |item: &&Item| item.number.is_some_and(|n| whole.contains(&n));
        let tenths = items.windows(2).find(|pair| {
            let between = &text[pair[0].span.end..pair[1].span.start];
            let (Some(a), Some(b)) = (pair[0].number, pair[1].number) else {
                return false;
            };
            let tenths = a == self.halves / 2 && b == 5 && matches!(between, "," | ".");
            // "1.500"
            tenths
                || b >= 100
                    && matches!(between, " " | ".")
                    && whole.contains(&(a.saturating_mul(1000).saturating_add(b)))
        });
        let tenths = tenths.map(|pair| pair[0].span.start..pair[1].span.end);
        tenths.or_else(|| Some(items.iter().find(counted)?.span.clone()))
    }
}

fn find(items: &[Item], text: &str, lang: Lang) -> Vec<Half> {
    let units: &[(&str, Unit)] = match lang {
        Lang::Da => &UNITS_DA,
        Lang::Uk => &UNITS_UK,
    };
    let named = |word: &str| {
        let fits = |rest: &str| lang == Lang::Uk || ENDINGS_DA.contains(&rest);
        let unit = units
            .iter()
            .find(|(u, _)| word.strip_prefix(u).is_some_and(fits));
        unit.map(|u| u.1)
    };
    // A thousand is a number.
    let unit = |at: usize| match items.get(at) {
        Some(item) if item.number == Some(1000) && !item.written => Some(Unit::Thousand),
        Some(item) => named(&item.word),
        None => None,
    };
    let number = |at: Option<usize>| at.and_then(|at| items[at].number);
    let mut out = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let before = at.checked_sub(1);
        let mut start = at;
        let mut end = at + 1;
        let with = before.is_some_and(|b| ["з", "із"].contains(&items[b].word.as_str()));
        let next = unit(at + 1);
        let found = match (lang, item.word.as_str()) {
            (Lang::Uk, "пів") => Some((1, next)),
            (Lang::Uk, "півтора" | "півтори") => Some((3, next)),
            (Lang::Uk, "половиною") if with => {
                start = at.saturating_sub(2);
                let count = number(at.checked_sub(2));
                Some((count.map_or(1, |n| n * 2 + 1), next))
            }
            (Lang::Da, "halvanden" | "halvandet") => Some((3, next)),
            (Lang::Da, "halv" | "halvt") => Some({
                // "To en halv time", "to og et halvt år"
                let article = before.filter(|b| items[*b].number == Some(1));
                let count = article.and_then(|a| {
                    let and = a.checked_sub(1).filter(|b| items[*b].word == "og");
                    let at = and.unwrap_or(a).checked_sub(1)?;
                    let adjacent = items[at].number.filter(|n| (1..100).contains(n))?;
                    start = at;
                    Some(adjacent)
                });
                (count.map_or(1, |n| n * 2 + 1), next)
            }),
            (Lang::Da, "halvtime" | "halvtimes" | "halvtimen") => {
                end = at;
                Some((1, Some(Unit::Hour)))
            }
            (Lang::Uk, word) => {
                end = at;
                // «Південь» is the south.
                let joined = word
                    .strip_prefix("пів")
                    .filter(|rest| !rest.starts_with("дн"));
                let joined = joined.map(|rest| match rest.strip_prefix("тора") {
                    Some(rest) => (3, rest),
                    None => (1, rest),
                });
                joined.and_then(|(n, rest)| Some((n, Some(named(rest)?))))
            }
            _ => None,
        };
        // "Om et halvt." is half of nothing.
        let of_something = |unit: &Option<Unit>| {
            let next = items
                .get(at + 1)
                .map(|next| &text[item.span.end..next.span.start]);
            unit.is_some() || next == Some(" ")
        };
        if let Some((halves, unit)) = found.filter(|(_, unit)| of_something(unit)) {
            let last = items.get(end).filter(|_| unit.is_some()).unwrap_or(item);
            let span = items[start].span.start..last.span.end;
            out.push(Half { halves, unit, span });
        }
    }
    out
}

pub(super) fn compare(
    source: &str,
    here: &[Item],
    target: &str,
    there: &[Item],
    from: Lang,
    told: &mut Told,
) {
    let in_times = |half: &Half, times: &[Range<usize>]| {
        times
            .iter()
            .any(|t| half.span.start < t.end && t.start < half.span.end)
    };
    let mut rest = find(there, target, from.other());
    rest.retain(|half| !in_times(half, &told.in_target));
    let mut said = find(here, source, from);
    said.retain(|half| !in_times(half, &told.in_source));
    for half in &said {
        told.in_source.push(half.span.clone());
        let same = |t: &Half| {
            let unit = t.unit == half.unit || t.unit.is_none() || half.unit.is_none();
            t.halves == half.halves && unit
        };
        if let Some(at) = rest.iter().position(same) {
            told.in_target.push(rest.remove(at).span);
        } else if let Some(span) = half.otherwise(there, target) {
            told.in_target.push(span);
        } else if half.unit.is_some() {
            told.missing.push((half.span.clone(), half.written(from)));
        }
    }
    for half in rest {
        match half.otherwise(here, source) {
            Some(span) => told.in_source.push(span),
            None => told.invented |= half.unit.is_some(),
        }
        told.in_target.push(half.span);
    }
}

#[cfg(test)]
mod tests {
    use super::super::clock;
    use tolkebot_protocol::Lang;

    fn faults(source: &str, target: &str, from: Lang) -> (Vec<String>, bool) {
        let told = clock::compare(source, target, from);
        let missing = told.missing.into_iter();
        let written = missing.map(|(_, written)| written.unwrap_or_default());
        (written.collect(), told.invented)
    }

    #[test]
    fn half_an_hour_is_not_half_a_year() {
        for (source, target, written) in [
            ("Через півгодини.", "Gennem et halvt år.", "30 хвилин"),
            (
                "Я прийду через півгодини.",
                "Jeg kommer om halvanden.",
                "30 хвилин",
            ),
            (
                "Я прийду через півгодини.",
                "Jeg kommer om et halvt.",
                "30 хвилин",
            ),
            (
                "Я чекаю вже пів години.",
                "Jeg har ventet i halvanden time.",
                "30 хвилин",
            ),
            ("Десь півтори тисячі.", "Et halvtusind et.", "1500"),
            ("Дві з половиною години.", "To timer.", "150 хвилин"),
        ] {
            assert_eq!(faults(source, target, Lang::Uk).0, [written], "{source}");
        }
        let lost = faults("Vent et halvt år.", "Чекайте півтора року.", Lang::Da);
        assert_eq!(lost, (vec!["6 måneder".to_owned()], true));
        for (da, uk) in [
            ("Om en halv time.", "Через півгодини."),
            ("Om en halv time.", "Через тридцять хвилин."),
            ("I halvandet år.", "Півтора року."),
            ("Halvanden time.", "Півторагодини."),
            ("Det koster 1.500 kroner.", "Це коштує півтори тисячі крон."),
            ("To en halv time.", "Дві з половиною години."),
            ("To og et halvt år.", "2,5 роки."),
            ("Vi bor her et halvt år.", "Ми живемо тут шість місяців."),
        ] {
            assert_eq!(faults(da, uk, Lang::Da), (vec![], false), "{da}");
            assert_eq!(faults(uk, da, Lang::Uk), (vec![], false), "{uk}");
        }
    }
}
