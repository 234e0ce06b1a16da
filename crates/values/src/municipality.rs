//! Which municipality a postal code belongs to.

use std::sync::LazyLock;

use crate::tables::municipality_rows;

static RANGES: LazyLock<Vec<(u16, u16, &'static str)>> = LazyLock::new(|| {
    let mut ranges: Vec<(u16, u16, &'static str)> = municipality_rows()
        .flat_map(|(name, codes)| {
            codes.split(' ').filter_map(move |code| {
                let (first, last) = code.split_once('-').unwrap_or((code, code));
                Some((first.parse().ok()?, last.parse().ok()?, name))
            })
        })
        .collect();
    ranges.sort_unstable();
    ranges
});

/// The municipality in which most addresses of a postal code lie; `None` for codes shared by several and for
/// those of Aarhus, which the table of postal codes marks.
pub fn of_code(code: &str) -> Option<&'static str> {
    let code: u16 = code.parse().ok()?;
    let at = RANGES.partition_point(|(first, _, _)| *first <= code);
    let (_, last, name) = RANGES.get(at.checked_sub(1)?)?;
    (code <= *last).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postal;

    #[test]
    fn codes_of_one_municipality() {
        assert_eq!(of_code("8370"), of_code("8382"));
        assert_eq!(of_code("1650"), of_code("2300"));
        assert_ne!(of_code("1850"), of_code("1650"));
        assert_eq!(of_code("8000"), None);
        assert_eq!(of_code("9999"), None);
    }

    #[test]
    fn every_code_is_one_of_the_table_and_stands_once() {
        for pair in RANGES.windows(2) {
            assert!(pair[0].1 < pair[1].0, "{pair:?}");
        }
        for (first, last, name) in RANGES.iter().filter(|(first, last, _)| first == last) {
            let row = postal::lookup(&first.to_string());
            assert!(
                row.is_some_and(|row| row.aarhus != "core"),
                "{name} {first} {last}"
            );
        }
    }
}
