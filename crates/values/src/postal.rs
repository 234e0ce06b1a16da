//! Postal codes and districts.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use tolkebot_protocol::Lang;

use crate::digits::{Piece, Style, bytes, greedy, runs};
use crate::found::{Ambiguity, Found, Reason};
use crate::table::Table;
use crate::tables::{POSTAL, PostalRow};
use crate::token::{Token, fold, tokenise};

/// A postal code of the table with its district.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PostalCode {
    /// Four digits, leading zero kept.
    pub code: String,
    /// Post district as it is written; empty for codes that the table lacks.
    pub district: String,
}

static BY_CODE: LazyLock<Table<&'static str, &'static PostalRow>> =
    LazyLock::new(|| POSTAL.iter().map(|row| (row.code, row)).collect());

static BY_DISTRICT: LazyLock<Table<String, Vec<&'static PostalRow>>> = LazyLock::new(|| {
    let mut map: Table<String, Vec<&'static PostalRow>> = Table::default();
    for row in POSTAL.iter() {
        map.entry(fold(row.district)).or_default().push(row);
        if !row.alias.is_empty() {
            map.entry(fold(row.alias)).or_default().push(row);
        }
    }
    map
});

/// The row of a code.
pub fn lookup(code: &str) -> Option<&'static PostalRow> {
    BY_CODE.get(code).copied()
}

/// All rows of a district (`Aarhus C`, case ignored).
pub fn of_district(district: &str) -> &'static [&'static PostalRow] {
    BY_DISTRICT.get(&fold(district)).map_or(&[], Vec::as_slice)
}

/// All rows, ascending by code.
pub fn all() -> &'static [PostalRow] {
    &POSTAL
}

/// Postal codes of the table in a text. A number that fills a run of its own is surer than one
/// beside others (a house number in front, «дев'яносто п'ять, вісім тисяч двісті»).
pub fn find(text: &str, lang: Lang) -> Vec<Found<PostalCode>> {
    let tokens = tokenise(text, lang);
    let mut found = Vec::new();
    for run in runs(&tokens, lang, Style::Plain) {
        let cut = greedy(&tokens, run.range.clone(), lang, Style::Plain);
        let announced = announced(&tokens, run.range.start);
        if cut.len() == 4 {
            let row = lookup(&cut.digits());
            let span = bytes(&tokens, &run.range);
            if let Some(row) = row {
                let confidence = match announced {
                    true => 0.98,
                    false if two_pairs_apart(&tokens, &cut.pieces) => 0.35,
                    false => 0.9,
                };
                found.push(Found::new(value(row), span, confidence));
            } else if announced {
                let code = PostalCode {
                    code: cut.digits(),
                    district: String::new(),
                };
                let note = Ambiguity::of(Reason::UnknownPostalCode);
                found.push(Found::new(code, span, 0.4).with_note(note));
            }
            continue;
        }
        // Eight and ten digits are telephone and CPR numbers, unless a sign parts them.
        if cut.len() > 4 && !run.plus {
            found.extend(window(&tokens, &cut.pieces, cut.len()));
        }
    }
    found
}

fn value(row: &PostalRow) -> PostalCode {
    PostalCode {
        code: row.code.into(),
        district: row.district.into(),
    }
}

/// The last four digits that are a code and stand behind a sign or form one number.
fn window(tokens: &[Token], pieces: &[Piece], total: usize) -> Option<Found<PostalCode>> {
    for start in (0..pieces.len()).rev() {
        let digits: String = pieces[start..].iter().map(|p| p.digits.as_str()).collect();
        if digits.len() > 4 {
            return None;
        }
        let (Some(first), Some(last)) = (pieces.get(start), pieces.last()) else {
            return None;
        };
        let Some(row) = lookup(&digits).filter(|_| digits.len() == 4) else {
            continue;
        };
        let behind_sign = first
            .range
            .start
            .checked_sub(1)
            .is_some_and(|before| matches!(tokens[before].text.as_str(), "," | "." | ";"));
        let single = start + 1 == pieces.len();
        let confidence = match (behind_sign, single, total) {
            (_, _, 8 | 10) => return None,
            (true, true, _) => 0.8,
            (true, false, _) => 0.6,
            (false, true, _) => 0.7,
            (false, false, _) => 0.45,
        };
        let range = first.range.start..last.range.end;
        return Some(Found::new(value(row), bytes(tokens, &range), confidence));
    }
    None
}

/// «дев'ятнадцять, двадцять»: two pairs with a sign between are any two numbers.
pub(crate) fn two_pairs_apart(tokens: &[Token], pieces: &[Piece]) -> bool {
    match pieces {
        [first, second] => {
            let gap = tokens
                .get(first.range.end..second.range.start)
                .unwrap_or(&[]);
            first.digits.len() == 2 && second.digits.len() == 2 && !gap.is_empty()
        }
        _ => false,
    }
}

/// True when the word before says that a postal code follows.
pub(crate) fn announced(tokens: &[Token], start: usize) -> bool {
    tokens[..start].iter().rev().take(3).any(|t| {
        t.text.starts_with("postnummer")
            || t.text.starts_with("postnr")
            || t.text.starts_with("індекс")
            || t.text.starts_with("поштов")
            || t.text.starts_with("индекс")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, lang: Lang) -> Vec<String> {
        find(text, lang).into_iter().map(|f| f.value.code).collect()
    }

    #[test]
    fn spoken_codes() {
        for (lang, text, code) in [
            (Lang::Da, "otte tusind to hundrede", "8200"),
            (Lang::Da, "toogfirs tyve", "8220"),
            (Lang::Da, "i Aarhus, 8000", "8000"),
            (Lang::Uk, "вісім шістсот шістдесят", "8660"),
            (Lang::Uk, "вісім двісті", "8200"),
            (Lang::Uk, "п'ять два три нуль", "5230"),
            (Lang::Uk, "вісім тисяч, центр", "8000"),
            (Lang::Uk, "вісім п'ять сорок один", "8541"),
        ] {
            assert_eq!(codes(text, lang), [code], "{text}");
        }
    }

    #[test]
    fn a_code_behind_a_house_number() {
        let text = "Рандерсвей дев'яносто п'ять, вісім тисяч двісті";
        let found = find(text, Lang::Uk);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].span.clone()], "вісім тисяч двісті");
    }

    #[test]
    fn telephone_numbers_hold_no_codes() {
        assert!(codes("21 45 82 00", Lang::Da).is_empty());
        assert!(codes("+45 21 45 82 00", Lang::Da).is_empty());
    }

    #[test]
    fn an_announced_code_that_no_list_knows_is_marked() {
        let found = find("postnummeret er 8299", Lang::Da);
        assert_eq!(
            found[0].note.as_ref().map(|n| n.reason),
            Some(Reason::UnknownPostalCode)
        );
        assert!(find("der kom 8299 breve", Lang::Da).is_empty());
    }

    #[test]
    fn districts_have_their_codes() {
        assert_eq!(
            of_district("aarhus n").first().map(|r| r.code),
            Some("8200")
        );
        assert_eq!(
            of_district("Kongens Lyngby").first().map(|r| r.code),
            Some("2800")
        );
        assert!(of_district("Atlantis").is_empty());
    }
}
