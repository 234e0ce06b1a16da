//! Extracts of the Danish address register (Danmarks Adresseregister) as a street table.
//!
//! The register's CSV files name a road beside each address or road-postal-code pair. Only names and
//! postal codes are kept: which house numbers exist is not checked by ear. The table that comes out is
//! loaded at start and widens the gazetteer ([`crate::address::Gazetteer::with_register`]).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::postal;

/// Why a row of an extract was refused, with its line in the file and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct RowError {
    /// Line in the file; the header is line 1.
    pub line: usize,
    /// What is wrong, and the remedy.
    pub problem: Problem,
}

/// What can be wrong with an extract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No column with one of these names.
    NoColumn(&'static str),
    /// Fewer cells than the header has.
    TooFewCells {
        /// Cells that the row needs.
        want: usize,
        /// Cells that it has.
        got: usize,
    },
    /// A quotation mark that is never closed.
    OpenQuote,
    /// No road name.
    NoName,
    /// A road name with signs that names don't have.
    BadName(String),
    /// Four digits are wanted.
    BadCode(String),
    /// No such postal code in the table.
    UnknownCode(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::NoColumn(names) => write!(
                f,
                "the header has no column {names}; export the extract with its header line, \
                 comma, semicolon or tab between the columns"
            ),
            Problem::TooFewCells { want, got } => write!(
                f,
                "{got} cells where the header has {want}; check for a line break inside a name, or \
                 export the extract again"
            ),
            Problem::OpenQuote => write!(
                f,
                "a quotation mark is not closed; close it, or export the extract again"
            ),
            Problem::NoName => write!(f, "the road has no name; fill it in or delete the row"),
            Problem::BadName(name) => write!(
                f,
                "\"{name}\" is no road name (letters, digits, spaces, . ' - / and at most 40 signs); \
                 correct or delete the row"
            ),
            Problem::BadCode(code) => write!(
                f,
                "\"{code}\" is no postal code; write four digits, with leading zeros"
            ),
            Problem::UnknownCode(code) => write!(
                f,
                "{code} is in no list of Danish postal codes; correct the code, or add it to \
                 crates/values/data/postal_codes_dk.tsv"
            ),
        }
    }
}

/// Roads with their postal codes, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roads {
    names: BTreeMap<String, BTreeSet<String>>,
    /// Rows that repeated a road and code already known.
    pub repeated: usize,
}

/// Column names of the register's extracts and of our own table, folded. The short name is the one that is
/// spoken.
const NAMES: [&str; 5] = [
    "vejnavn",
    "navn",
    "adresseringsvejnavn",
    "vejnavn_kort",
    "street",
];
const CODES: [&str; 5] = [
    "postnr",
    "postnummer",
    "postnr_nr",
    "postnummer_nr",
    "postal_code",
];
/// Longest road name that the register allows.
const LONGEST: usize = 40;

impl Roads {
    /// Reads one extract. Every bad row gives one error; the good ones are kept either way, so that the
    /// caller decides whether to go on.
    pub fn read(&mut self, text: &str) -> Vec<RowError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut lines = text.lines().enumerate();
        let Some((_, header)) = lines.find(|(_, line)| !line.trim().is_empty()) else {
            return vec![at(1, Problem::NoColumn("vejnavn"))];
        };
        let separator = separator(header);
        let Some(titles) = cells(header, separator) else {
            return vec![at(1, Problem::OpenQuote)];
        };
        let column = |wanted: &[&str]| {
            wanted
                .iter()
                .find_map(|want| titles.iter().position(|t| t.trim().to_lowercase() == *want))
        };
        let (Some(name), Some(code)) = (column(&NAMES), column(&CODES)) else {
            let missing = if column(&NAMES).is_none() {
                "vejnavn or navn"
            } else {
                "postnr or postnummer"
            };
            return vec![at(1, Problem::NoColumn(missing))];
        };
        let mut errors = Vec::new();
        for (index, line) in lines {
            if line.trim().is_empty() {
                continue;
            }
            if let Err(problem) = self.row(line, separator, name, code, titles.len()) {
                errors.push(at(index + 1, problem));
            }
        }
        errors
    }

    fn row(
        &mut self,
        line: &str,
        separator: char,
        name: usize,
        code: usize,
        columns: usize,
    ) -> Result<(), Problem> {
        let cells = cells(line, separator).ok_or(Problem::OpenQuote)?;
        let (Some(name), Some(code)) = (cells.get(name), cells.get(code)) else {
            return Err(Problem::TooFewCells {
                want: columns,
                got: cells.len(),
            });
        };
        let (name, code) = (name.trim(), code.trim());
        if name.is_empty() {
            return Err(Problem::NoName);
        }
        let allowed =
            |c: char| c.is_alphanumeric() || matches!(c, ' ' | '.' | '\'' | '-' | '/' | '`');
        if !name.chars().all(allowed)
            || name.chars().count() > LONGEST
            || !name.chars().any(char::is_alphabetic)
        {
            return Err(Problem::BadName(name.chars().take(LONGEST).collect()));
        }
        if code.len() != 4 || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Problem::BadCode(code.chars().take(10).collect()));
        }
        if postal::lookup(code).is_none() {
            return Err(Problem::UnknownCode(code.to_owned()));
        }
        let codes = self.names.entry(name.to_owned()).or_default();
        if !codes.insert(code.to_owned()) {
            self.repeated += 1;
        }
        Ok(())
    }

    /// Number of different road names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// No road was read.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Keeps roads with one of these postal codes.
    pub fn keep(&mut self, fits: impl Fn(&str) -> bool) {
        self.names.retain(|_, codes| {
            codes.retain(|code| fits(code));
            !codes.is_empty()
        });
    }

    /// Names with their postal codes, sorted.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names
            .iter()
            .flat_map(|(name, codes)| codes.iter().map(|code| (name.as_str(), code.as_str())))
    }

    /// The table as the gazetteer reads it: a header, then name and postal code, sorted.
    pub fn table(&self) -> String {
        let mut out = String::from("street\tpostal_code\n");
        for (name, code) in self.rows() {
            out.push_str(&format!("{name}\t{code}\n"));
        }
        out
    }
}

fn at(line: usize, problem: Problem) -> RowError {
    RowError { line, problem }
}

/// The separator that the header has most of.
fn separator(header: &str) -> char {
    [',', ';', '\t']
        .into_iter()
        .max_by_key(|c| header.matches(*c).count())
        .unwrap_or(',')
}

/// The cells of a line; `""` inside quotation marks is one. `None` when a mark is not closed.
fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                out.last_mut()?.push('"');
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => out.push(String::new()),
            c => out.last_mut()?.push(c),
        }
    }
    (!quoted).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extracts_in_three_shapes_give_one_table() {
        for text in [
            "id,kommunekode,vejnavn,postnr\n1,0751,Egebakken,8270\n2,0751,Aaløkken,8220\n",
            "\u{feff}VEJNAVN;POSTNR;HUSNR\r\nEgebakken;8270;1\r\nEgebakken;8270;3\r\nAaløkken;8220;2\r\n",
            "navn\tpostnummer\nAaløkken\t8220\n\n\"Egebakken\"\t8270\n",
        ] {
            let mut roads = Roads::default();
            assert_eq!(roads.read(text), vec![], "{text}");
            assert_eq!(
                roads.table(),
                "street\tpostal_code\nAaløkken\t8220\nEgebakken\t8270\n"
            );
        }
    }

    #[test]
    fn each_bad_row_says_its_line_and_the_remedy() {
        let text = "vejnavn,postnr\nEgebakken,8270\n,8270\nAaløkken,82\nX<y>,8220\nBøgevej,9999\n\
                    \"Elmevej,8220\nAlene\n";
        let mut roads = Roads::default();
        let errors = roads.read(text);
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 6, "{said:?}");
        for (at, (line, words)) in [
            (3, "no name"),
            (4, "four digits"),
            (5, "no road name"),
            (6, "no list of Danish postal codes"),
            (7, "not closed"),
            (8, "1 cells where the header has 2"),
        ]
        .into_iter()
        .enumerate()
        {
            assert!(
                said[at].starts_with(&format!("line {line}: ")),
                "{}",
                said[at]
            );
            assert!(said[at].contains(words), "{}", said[at]);
        }
        assert_eq!(roads.len(), 1);
    }

    #[test]
    fn a_file_without_the_columns_is_refused() {
        let error = |text: &str| Roads::default().read(text)[0].to_string();
        assert!(error("").contains("no column"));
        assert!(error("a,b\n1,2\n").contains("vejnavn or navn"));
        assert!(error("vejnavn,b\n1,2\n").contains("postnr or postnummer"));
    }

    #[test]
    fn codes_can_be_chosen() {
        let mut roads = Roads::default();
        roads.read("vejnavn,postnr\nEgebakken,8270\nEgebakken,9000\nFyrvej,9000\n");
        roads.keep(|code| code.starts_with('8'));
        assert_eq!(roads.table(), "street\tpostal_code\nEgebakken\t8270\n");
    }
}
