//! The value guard: what was said in numbers, dates, addresses and names must be found in the
//! translation, and what was denied must be denied.

mod addresses;
mod alone;
mod calendar;
mod clock;
mod danes;
mod floors;
mod halves;
mod kin;
mod letters;
mod names;
mod negation;
mod numbers;
mod register;
mod respell;
mod streets;
mod surnames;
mod ukrainians;

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::{cpr, names as people, phone, postal, render};

use crate::text::{is_cyrillic, is_latin};
use crate::{MtWarning, ValueKind};

pub(crate) use addresses::put_right as address_put_right;
pub(crate) use alone::only_a_name;
use calendar::Calendar;
pub(crate) use calendar::declined;
use numbers::Numbers;
pub(crate) use respell::names_put_right;

/// What is wrong with a target, and how another attempt may put it right.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Report {
    /// What to tell a person, each warning once.
    pub warnings: Vec<MtWarning>,
    /// Wordings that the target lacks: alternatives of one in each.
    pub wanted: Vec<Vec<String>>,
    /// Places in the source that another attempt should read otherwise, because the target lacks them:
    /// numbers in words as digits, names as they are written in Latin letters.
    pub reread: Vec<(Range<usize>, String)>,
    /// Where the source names people whom the target lacks, each as the target should write them.
    pub people: Vec<(Range<usize>, String)>,
    /// The dates of a source of which one is not in the target, in digits.
    pub dates: Vec<(Range<usize>, String)>,
    /// How bad it is; 0 is faultless.
    pub badness: u32,
    /// How badly it is put, beside that.
    pub manners: u32,
}

impl Report {
    fn add(&mut self, warning: MtWarning, badness: u32) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
        self.badness += badness;
    }
}

/// The text without its addresses, to tell its language by.
pub(crate) fn without_addresses(text: &str) -> String {
    let mut out = text.to_owned();
    for address in addresses::find(text) {
        out = out.replace(address, " ");
    }
    out
}

/// The addresses of a source, as wanted wordings: no model spells them by itself.
pub(crate) fn addresses_of(source: &str) -> Vec<Vec<String>> {
    addresses::find(source)
        .into_iter()
        .map(|a| vec![a.to_owned()])
        .collect()
}

/// Compares a translation with its source.
pub(crate) fn check(source: &str, target: &str, from: Lang) -> Report {
    let mut report = Report::default();
    check_numbers(source, target, from, &mut report);
    if !report.warnings.is_empty() {
        report.dates = calendar::in_digits(source, from);
    }
    for (span, written) in letters::missing(source, target, from) {
        report.add(MtWarning::ValueMismatch(ValueKind::Number), 2);
        let outside = |r: &Range<usize>| r.end <= span.start || span.end <= r.start;
        report.reread.retain(|(place, _)| outside(place));
        report.reread.push((span, written));
    }
    for address in addresses::find(source) {
        if !addresses::has(target, address) {
            report.add(MtWarning::ValueMismatch(ValueKind::Address), 3);
            report.wanted.push(vec![address.to_owned()]);
        }
    }
    for (span, latin) in letters::missing_series(source, target, from) {
        report.add(MtWarning::ValueMismatch(ValueKind::Number), 2);
        report.reread.push((span, latin));
    }
    check_names(source, target, from, &mut report);
    for relative in kin::missing(source, target, from) {
        report.add(MtWarning::ValueMismatch(ValueKind::Person), 2);
        report.wanted.push(relative);
    }
    if negation::differs(source, target, from) {
        report.add(MtWarning::Negation, 2);
    }
    let polite = register::missing(source, target, from);
    // A fault, but none to warn of: what it says is right.
    report.manners = u32::from(!polite.is_empty());
    report.wanted.extend(polite.into_iter().map(|p| vec![p]));
    check_length(source, target, &mut report);
    if from == Lang::Da && has_foreign_words(source, target) {
        report.add(MtWarning::WrongScript, 2);
    }
    report
}

/// What to tell of a fixed translation: it is right, but a storey is counted from the ground floor of its language.
pub(crate) fn of_memory(source: &str, target: &str, from: Lang) -> Vec<MtWarning> {
    let read = |text, lang| Numbers::read(text, lang);
    let (said, got) = (read(source, from), read(target, from.other()));
    let floor = numbers::compare(&said, &got).floor;
    floor.then_some(MtWarning::FloorCount).into_iter().collect()
}

fn check_numbers(source: &str, target: &str, from: Lang, report: &mut Report) {
    let (there, here) = (
        Calendar::read(target, from.other()),
        Calendar::read(source, from),
    );
    let (mut said, mut got) = (
        Numbers::read(source, from),
        Numbers::read(target, from.other()),
    );
    let times = clock::compare(source, target, from);
    said.strike(&times.in_source);
    got.strike(&times.in_target);
    let mut difference = numbers::compare(&said, &got);
    // "den femtende i tolvte" is «п'ятнадцятого грудня», but "den 5. maj" is not «у травні».
    let month = |digits: &str, calendar: &Calendar| {
        digits
            .parse()
            .is_ok_and(|n: u8| calendar.months.contains(&n))
    };
    let month_in_digits = |n: &Numbers, m: u8| n.plain.iter().any(|p| p.digits.parse() == Ok(m));
    let before = difference.missing.len();
    let told = |n: &numbers::Number, calendar, other| {
        month(&n.digits, calendar) && !month(&n.digits, other)
    };
    difference.missing.retain(|n| !told(n, &there, &here));
    if before > difference.missing.len() && difference.missing.is_empty() {
        difference.invented = false;
    }
    if difference.invented && got.plain.iter().any(|n| told(n, &here, &there)) {
        difference.invented = false;
    }
    for number in &difference.missing {
        report.add(
            MtWarning::ValueMismatch(kind_of(source, &number.span, from)),
            2,
        );
        if number.written {
            report.wanted.push(vec![number.digits.clone()]);
        } else {
            report
                .reread
                .push((number.span.clone(), number.digits.clone()));
        }
    }
    if (difference.invented || times.invented)
        && difference.missing.is_empty()
        && times.missing.is_empty()
    {
        report.add(MtWarning::ValueMismatch(ValueKind::Number), 1);
    }
    for (span, written) in times.missing {
        report.add(MtWarning::ValueMismatch(ValueKind::Number), 2);
        report.reread.extend(written.map(|written| (span, written)));
    }
    let lost = here
        .months
        .iter()
        .filter(|m| !there.months.contains(m) && !month_in_digits(&got, **m));
    let lost: Vec<u8> = lost.copied().collect();
    let invented = there
        .months
        .iter()
        .any(|m| !here.months.contains(m) && !month_in_digits(&said, *m));
    let moved = here.moved_to(&there);
    if !lost.is_empty() || invented || moved || here.days != there.days {
        report.add(MtWarning::ValueMismatch(ValueKind::Date), 2);
    }
    if let Some(day) = calendar::passed(source, target, from) {
        // The day alone is right for both: a fault, but none to warn of.
        report.badness += 1;
        report.wanted.push(vec![day.to_owned()]);
    }
    if let Some(year) = numbers::year_as_time(source, target) {
        report.add(MtWarning::ValueMismatch(ValueKind::Date), 2);
        report.wanted.push(vec![year]);
    }
    for month in lost {
        let forms = render::month_forms(month, from.other());
        report
            .wanted
            .push(forms.into_iter().map(str::to_owned).collect());
    }
    if difference.floor {
        report.add(MtWarning::FloorCount, 0);
    }
}

/// What kind of value a number of the source belongs to.
fn kind_of(source: &str, span: &Range<usize>, lang: Lang) -> ValueKind {
    let within = |found: &Range<usize>| found.start <= span.start && span.end <= found.end;
    if cpr::find(source, lang).iter().any(|f| within(&f.span)) {
        ValueKind::Cpr
    } else if phone::find(source, lang).iter().any(|f| within(&f.span)) {
        ValueKind::Phone
    } else if postal::find(source, lang).iter().any(|f| within(&f.span)) {
        ValueKind::PostalCode
    } else {
        ValueKind::Number
    }
}

fn check_names(source: &str, target: &str, from: Lang, report: &mut Report) {
    for name in names::missing(source, target, from) {
        report.add(MtWarning::ValueMismatch(ValueKind::Name), 2);
        let spellings = names::spellings(&name, source, from);
        // The model copies Latin letters, where it takes «Чорний» for a colour.
        if let Some(latin) = spellings.first()
            && names::is_surely_one(&name, source, from)
        {
            if names::is_person(&name, source, from) {
                report.people.push((name.span.clone(), latin.clone()));
            }
            report.reread.push((name.span, latin.clone()));
        }
        report.wanted.push(spellings);
    }
    let called = match from {
        Lang::Uk => surnames::find(source),
        Lang::Da => Vec::new(),
    };
    for span in called {
        let latin = people::romanise(&source[span.clone()]);
        let mut letters = latin.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let latin: String = first.chain(letters).collect();
        let known = report
            .reread
            .iter()
            .any(|(place, _)| place.start <= span.start && span.end <= place.end);
        if !known && !target.contains(&latin) {
            report.add(MtWarning::ValueMismatch(ValueKind::Name), 2);
            report.wanted.push(vec![latin.clone()]);
            report.reread.push((span, latin));
        }
    }
}

/// Faithful translations of more than 40 characters have 0.4 to 2 times as many.
fn check_length(source: &str, target: &str, report: &mut Report) {
    // A digit may stand for a word.
    let length = |text: &str| -> usize {
        text.chars()
            .map(|c| if c.is_ascii_digit() { 5 } else { 1 })
            .sum()
    };
    let (said, got) = (length(source), length(target));
    let odd = said > 40 && (got * 10 < said * 4 || got > said * 2);
    if target.is_empty() || odd {
        report.add(MtWarning::Incomplete, 3);
    }
}

/// Words of a Ukrainian target that mix both scripts, or that are Latin and only part of a word
/// of the source.
fn has_foreign_words(source: &str, target: &str) -> bool {
    let source = source.to_lowercase();
    let words: Vec<&str> = source.split(|c: char| !c.is_alphanumeric()).collect();
    target.split(|c: char| !c.is_alphanumeric()).any(|word| {
        let latin = word.chars().any(is_latin);
        let mixed = latin && word.chars().any(is_cyrillic);
        let roman = word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
        mixed || latin && !roman && !words.contains(&word.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests;
