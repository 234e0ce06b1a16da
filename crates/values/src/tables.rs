//! The embedded tables, parsed once.

use std::sync::LazyLock;

use crate::table::Table;
use crate::token::fold;

/// Rows of a tab-separated table without its header.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| line.split('\t').collect())
}

fn cell<'a>(row: &[&'a str], column: usize) -> &'a str {
    row.get(column).copied().unwrap_or("")
}

fn alternatives(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|part| !part.is_empty())
}

/// `numerals_da.tsv`: value, is it an ordinal, normalised form.
pub(crate) fn danish_numerals() -> Vec<(u64, bool, String)> {
    let mut out = Vec::new();
    for row in rows(include_str!("../data/numerals_da.tsv")) {
        let Ok(value) = cell(&row, 0).parse::<u64>() else {
            continue;
        };
        for column in 1..=5 {
            for form in alternatives(cell(&row, column)) {
                out.push((value, column >= 4, fold(form)));
            }
        }
    }
    out
}

/// `municipalities.tsv`: name, postal codes and ranges of them with a space between.
pub(crate) fn municipality_rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("../data/municipalities.tsv")).map(|row| (cell(&row, 0), cell(&row, 1)))
}

/// `numerals_uk.tsv`: value, column name, normalised form.
pub(crate) fn ukrainian_numerals() -> Vec<(u64, &'static str, String)> {
    let table = include_str!("../data/numerals_uk.tsv");
    let header: Vec<&str> = table.lines().next().unwrap_or("").split('\t').collect();
    let mut out = Vec::new();
    for row in rows(table) {
        let Ok(value) = cell(&row, 0).parse::<u64>() else {
            continue;
        };
        for (column, &name) in header.iter().enumerate().skip(1) {
            if name == "note" {
                continue;
            }
            for form in alternatives(cell(&row, column)) {
                out.push((value, name, fold(form)));
            }
        }
    }
    out
}

/// A month name in one of its forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MonthForm {
    /// 1–12.
    pub month: i8,
    /// The form that follows a day of the month in Ukrainian (грудня); always true in Danish.
    pub genitive: bool,
    /// The whole name in one of the two languages: no abbreviation («лист» is a letter), no Russian form («марта» is
    /// mostly somebody's name).
    pub whole: bool,
}

/// Month names of both languages, without the full stop of abbreviations.
pub(crate) static MONTHS: LazyLock<Table<String, MonthForm>> = LazyLock::new(|| {
    let mut map = Table::default();
    for row in rows(include_str!("../data/months.tsv")) {
        let Ok(month) = cell(&row, 0).parse::<i8>() else {
            continue;
        };
        let mut add = |column: usize, genitive: bool| {
            for form in alternatives(cell(&row, column)) {
                let key = fold(form.trim_end_matches('.'));
                let entry = map.entry(key).or_insert(MonthForm {
                    month,
                    genitive,
                    whole: false,
                });
                entry.genitive |= genitive;
                entry.whole |= !matches!(column, 2 | 10 | 11);
            }
        };
        for column in [1, 2] {
            add(column, true);
        }
        for column in [5, 10, 11] {
            add(column, true);
        }
        for column in [4, 6, 7, 8, 9] {
            add(column, false);
        }
    }
    map
});

/// Danish and Ukrainian names for read-back: nominative Danish, nominative and genitive Ukrainian.
pub(crate) static MONTH_NAMES: LazyLock<Vec<(String, String, String)>> = LazyLock::new(|| {
    rows(include_str!("../data/months.tsv"))
        .map(|row| {
            (
                cell(&row, 1).into(),
                cell(&row, 4).into(),
                cell(&row, 5).into(),
            )
        })
        .collect()
});

/// Ukrainian months in the locative («у січні»), January first.
pub(crate) static MONTH_LOCATIVES: LazyLock<Vec<String>> = LazyLock::new(|| {
    rows(include_str!("../data/months.tsv"))
        .map(|row| cell(&row, 9).into())
        .collect()
});

/// One row of the postal code table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostalRow {
    /// Four digits, leading zero kept.
    pub code: &'static str,
    /// Post district as it is written.
    pub district: &'static str,
    /// Another spelling of the district; may be empty.
    pub alias: &'static str,
    /// Codes of large recipients have no homes.
    pub large_recipient: bool,
    /// `core`, `border`, `legacy` or `none`: whether Aarhus Kommune has homes there.
    pub aarhus: &'static str,
    /// `current`, `check` or `legacy`.
    pub status: &'static str,
}

/// All Danish postal codes, ascending.
pub(crate) static POSTAL: LazyLock<Vec<PostalRow>> = LazyLock::new(|| {
    rows(include_str!("../data/postal_codes_dk.tsv"))
        .map(|row| PostalRow {
            code: cell(&row, 0),
            district: cell(&row, 1),
            alias: cell(&row, 2),
            large_recipient: cell(&row, 3) == "1",
            aarhus: cell(&row, 4),
            status: cell(&row, 5),
        })
        .collect()
});

/// One street of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreetRow {
    /// Name as it is written.
    pub name: String,
    /// Postal code of this stretch of the street.
    pub postal_code: String,
    /// Ways it is said or typed in Danish.
    pub spoken: Vec<String>,
    /// Ways a Ukrainian recogniser wrote it.
    pub heard: Vec<String>,
}

/// Streets of Aarhus Kommune with the ways they are said. Names that are not here exist too.
pub(crate) fn shipped_streets() -> impl Iterator<Item = StreetRow> {
    rows(include_str!("../data/streets_aarhus.tsv")).map(|row| StreetRow {
        name: cell(&row, 0).to_owned(),
        postal_code: cell(&row, 1).to_owned(),
        spoken: alternatives(cell(&row, 4)).map(fold).collect(),
        heard: alternatives(cell(&row, 5)).map(fold).collect(),
    })
}

/// One row of `places.tsv`.
pub(crate) struct PlaceRow {
    /// `country`, `town` (abroad), `area` (of Aarhus) or `danish`.
    pub kind: &'static str,
    pub name: &'static str,
    /// Ukrainian stems, to which case endings are added.
    pub stems: Vec<String>,
    pub danish: Vec<String>,
    pub country: &'static str,
    pub postal_codes: Vec<&'static str>,
    /// Of a country: its name in Ukrainian.
    pub ukrainian: &'static str,
}

/// Places that the postal table lacks, and Ukrainian names of Danish towns.
pub(crate) fn place_rows() -> Vec<PlaceRow> {
    rows(include_str!("../data/places.tsv"))
        .map(|row| PlaceRow {
            kind: cell(&row, 0),
            name: cell(&row, 1),
            stems: alternatives(cell(&row, 2)).map(fold).collect(),
            danish: alternatives(cell(&row, 3)).map(fold).collect(),
            country: cell(&row, 4),
            postal_codes: alternatives(cell(&row, 5)).collect(),
            ukrainian: cell(&row, 6),
        })
        .collect()
}

/// Street names that many Danish towns have.
pub(crate) fn common_streets() -> impl Iterator<Item = &'static str> {
    rows(include_str!("../data/streets_common.tsv")).map(|row| cell(&row, 0))
}

/// First parts of Danish street names (`Vester`, `Jernbane`).
pub(crate) fn street_parts() -> impl Iterator<Item = &'static str> {
    rows(include_str!("../data/street_parts.tsv")).map(|row| cell(&row, 0))
}

/// One row of `given_names_uk.tsv`.
pub(crate) struct GivenNameRow {
    pub name: &'static str,
    pub feminine: bool,
    pub diminutives: Vec<&'static str>,
}

/// Ukrainian given names with their short forms.
pub(crate) fn given_name_rows() -> impl Iterator<Item = GivenNameRow> {
    rows(include_str!("../data/given_names_uk.tsv")).map(|row| GivenNameRow {
        name: cell(&row, 0),
        feminine: cell(&row, 1) == "f",
        diminutives: alternatives(cell(&row, 2)).collect(),
    })
}

/// Ukrainian surnames that no ending gives away.
pub(crate) fn surname_rows() -> impl Iterator<Item = &'static str> {
    rows(include_str!("../data/surnames_uk.tsv")).map(|row| cell(&row, 0))
}

/// Danish names: name, `given` or `surname`.
pub(crate) fn danish_name_rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    rows(include_str!("../data/names_da.tsv")).map(|row| (cell(&row, 0), cell(&row, 1)))
}

/// Romanisation: Cyrillic letter or cluster, Latin at the start of a word, Latin elsewhere.
pub(crate) static ROMANISATION: LazyLock<Vec<(&str, &str, &str)>> = LazyLock::new(|| {
    rows(include_str!("../data/romanisation_uk.tsv"))
        .map(|row| (cell(&row, 1), cell(&row, 2), cell(&row, 3)))
        .collect()
});

/// Century of a CPR birth year: seventh digit, years from and to, what to add.
pub(crate) static CENTURIES: LazyLock<Vec<(u8, i16, i16, i16)>> = LazyLock::new(|| {
    rows(include_str!("../data/cpr_century.tsv"))
        .filter_map(|row| {
            Some((
                cell(&row, 0).parse().ok()?,
                cell(&row, 1).parse().ok()?,
                cell(&row, 2).parse().ok()?,
                cell(&row, 3).parse().ok()?,
            ))
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_have_the_rows_they_should() {
        assert_eq!(POSTAL.len(), 1110);
        assert_eq!(shipped_streets().count(), 165);
        assert_eq!(ROMANISATION.len(), 35);
        assert_eq!(CENTURIES.len(), 16);
        assert_eq!(MONTH_NAMES.len(), 12);
        assert_eq!(
            MONTHS.get("грудня"),
            Some(&MonthForm {
                month: 12,
                genitive: true,
                whole: true,
            })
        );
        assert_eq!(
            MONTHS.get("груднем"),
            Some(&MonthForm {
                month: 12,
                genitive: false,
                whole: true,
            })
        );
        assert_eq!(
            MONTHS.get("декабря"),
            Some(&MonthForm {
                month: 12,
                genitive: true,
                whole: false,
            })
        );
    }

    #[test]
    fn postal_codes_are_four_digits_and_unique() {
        let mut codes: Vec<_> = POSTAL.iter().map(|row| row.code).collect();
        assert!(
            codes
                .iter()
                .all(|c| c.len() == 4 && c.bytes().all(|b| b.is_ascii_digit()))
        );
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), POSTAL.len());
    }
}
