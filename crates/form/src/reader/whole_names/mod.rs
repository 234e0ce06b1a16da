//! A whole name as somebody says it who was asked for it, also where no list has its parts: «Доріт Скоубо», «зінчук
//! варвара», «Андерс Крістоффер Тране».

mod parts;
mod spelled;

use std::ops::Range;

use super::memory::Memory;
use super::utterance::Utterance;
pub(super) use parts::is_lead;
use parts::{spoken, written};
pub(super) use spelled::by_ear;
use spelled::{in_latin, is_danish, is_given, is_surname, surname_first};

/// Words that make up a name, one range for each part: «Ткач-Лунд» is one.
type Row = Vec<Range<usize>>;

/// A name of two parts or more in Latin letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whole {
    pub given: String,
    pub surname: String,
    /// The bytes of the given names and of the surname.
    pub given_at: Range<usize>,
    pub surname_at: Range<usize>,
    /// The words of all of it.
    pub words: Range<usize>,
    /// A list has one of its parts, or the surname has the shape of one.
    pub listed: bool,
}

/// All whole names of a citizen's turn, in their order.
pub(super) fn whole_names(m: &Memory, u: &Utterance<'_>) -> Vec<Whole> {
    all(m, u, false)
}

/// The same where the name is of somebody from Ukraine.
pub(super) fn own_names(m: &Memory, u: &Utterance<'_>) -> Vec<Whole> {
    all(m, u, true)
}

fn all(m: &Memory, u: &Utterance<'_>, own: bool) -> Vec<Whole> {
    let rows = if u.written { written(u) } else { spoken(u) };
    rows.iter()
        .filter(|row| !inside(u, row))
        .filter_map(|row| whole(m, u, row, own))
        .collect()
}

/// A street or a place, or part of an address that is spelled.
fn inside(u: &Utterance<'_>, row: &Row) -> bool {
    let bytes = bytes(u, row);
    let overlaps = |span: &Range<usize>| span.start < bytes.end && bytes.start < span.end;
    u.addresses().iter().any(|a| overlaps(&a.span))
        || u.emails().iter().any(|e| overlaps(&e.span))
        || u.places()
            .iter()
            .any(|p| p.span.start <= bytes.start && bytes.end <= p.span.end)
}

fn bytes(u: &Utterance<'_>, row: &[Range<usize>]) -> Range<usize> {
    match (row.first(), row.last()) {
        (Some(first), Some(last)) => u.bytes(&(first.start..last.end)),
        _ => 0..0,
    }
}

/// Which part is the surname, and how all are written.
fn whole(m: &Memory, u: &Utterance<'_>, row: &Row, own: bool) -> Option<Whole> {
    // «Вест Болігер», "Boligforeningen Vendelbo": a firm.
    let firm = u
        .words(row[0].start..row[row.len() - 1].end)
        .iter()
        .any(|w| {
            [
                "bolig",
                "forening",
                "боліг",
                "болиг",
                "аренд",
                "фірм",
                "комун",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    if row.len() < 2 || firm {
        return None;
    }
    let row = &without_patronymic(u, row);
    if row.len() < 2 {
        return None;
    }
    let said: Vec<&str> = row
        .iter()
        .map(|part| u.said.get(u.bytes(part)).unwrap_or(""))
        .collect();
    // «Я Тодоська Лящ»: the given name stands right behind «я».
    let me = row[0].start > 0 && u.token(row[0].start - 1).text == "я";
    let first = row.len() == 2 && surname_first(said[0], said[1]) && (!me || is_given(said[1]));
    let (given, surname) = if first {
        (&row[1..], &row[..1])
    } else {
        row.split_at(row.len() - 1)
    };
    let text = |part: &Range<usize>| u.said.get(u.bytes(part)).unwrap_or("");
    let names: Vec<&str> = given.iter().map(text).collect();
    let danish = !own && is_danish(&names, text(&surname[0]));
    let written: Vec<String> = names
        .iter()
        .map(|name| in_latin(m, name, true, danish))
        .collect();
    let family = in_latin(m, text(&surname[0]), false, danish);
    // Another of the mover's name.
    let mine = m
        .text(&Memory::key(m.mover, "surname"))
        .filter(|mine| tolkebot_values::names::same_name(mine, text(&surname[0])) >= 0.97);
    Some(Whole {
        given: written.join(" "),
        surname: mine.map_or(family, str::to_owned),
        given_at: bytes(u, given),
        surname_at: bytes(u, surname),
        words: row[0].start..row[row.len() - 1].end,
        listed: names.iter().flat_map(|name| name.split('-')).any(is_given)
            || is_surname(text(&surname[0])),
    })
}

/// «Кравець Панас Гнатович», «Надія Степанівна»: the father's name at the end is neither given name nor surname.
fn without_patronymic(u: &Utterance<'_>, row: &Row) -> Row {
    let text = |part: &Range<usize>| u.said.get(u.bytes(part)).unwrap_or("");
    let mut row = row.clone();
    let [.., before, last] = row.as_slice() else {
        return row;
    };
    if tolkebot_values::names::is_patronymic(text(last)) && is_given(text(before)) {
        row.pop();
    }
    row
}

/// A surname or another single name part, as it is written beside a known given name.
pub(super) fn single(m: &Memory, said: &str, danish: bool) -> String {
    in_latin(m, said, false, danish)
}

/// Whether a given name in Latin letters is of Danes and of no Ukrainian.
pub(super) fn foreign(given: &str) -> bool {
    tolkebot_values::names::only_danish(given)
}
