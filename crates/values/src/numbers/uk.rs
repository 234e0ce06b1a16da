//! Ukrainian numbers: hundreds, tens, units; the last word may be an ordinal in any case.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Form, Rank, Read, written_at};
use crate::table::Table;
use crate::tables::ukrainian_numerals;
use crate::token::{Token, TokenKind};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Atom {
    value: u64,
    form: Form,
}

/// Colloquial, clipped, mixed-language and oblique forms that the table doesn't list.
const MORE: &[(u64, Form, &str)] = &[
    (1, Form::Oblique, "одному одним одній однією одну однієї"),
    (2, Form::Oblique, "двом двома"),
    (3, Form::Oblique, "трьом трьома"),
    (4, Form::Oblique, "чотирьом чотирма"),
    (5, Form::Oblique, "пятьох пятьом пятьма"),
    (6, Form::Oblique, "шістьох шістьом шістьма"),
    (7, Form::Oblique, "сімох сімом сьома сімома"),
    (8, Form::Oblique, "вісьмох вісьмом вісьмома"),
    (9, Form::Oblique, "девятьох девятьом девятьма"),
    (10, Form::Oblique, "десятьох десятьом десятьма"),
    (20, Form::Oblique, "двадцятьох двадцятьом двадцятьма"),
    (30, Form::Oblique, "тридцятьох тридцятьом"),
    (1, Form::Cardinal, "адін"),
    (2, Form::Cardinal, "двє"),
    (4, Form::Cardinal, "чотирі чотире чотирє"),
    (6, Form::Cardinal, "шість шесть"),
    (7, Form::Cardinal, "сємь семь"),
    (8, Form::Cardinal, "восем восемь"),
    (11, Form::Cardinal, "одинадцить одинадцядь"),
    (14, Form::Cardinal, "чотирнацять"),
    (15, Form::Cardinal, "пятнацять пятнадцать"),
    (13, Form::Cardinal, "тринацять"),
    (16, Form::Cardinal, "шіснадцять шістнацять"),
    (17, Form::Cardinal, "сімнацять"),
    (18, Form::Cardinal, "вісімнацять"),
    (19, Form::Cardinal, "девятнацять"),
    (20, Form::Cardinal, "двадцять двадцать двадцядь"),
    (30, Form::Cardinal, "трицять тридцать"),
    (
        50,
        Form::Cardinal,
        "пятдесят пятьдесят пядесят пісят пядисят",
    ),
    (60, Form::Cardinal, "шісят шісдесят шістьдесят шестьдесят"),
    (70, Form::Cardinal, "сімдесять сімсят сємдесят"),
    (80, Form::Cardinal, "вісімсят вісімдесять восємдесят"),
    (90, Form::Cardinal, "девяносто девяноста"),
    (500, Form::Cardinal, "пятьсот"),
    (600, Form::Cardinal, "шістьсот шісот"),
    (700, Form::Cardinal, "сємсот"),
    (1000, Form::Cardinal, "тисячі тисяч тисячу тисячей тищі"),
    (1000, Form::Oblique, "тисячею тисячам тисячами тисячах"),
    (2, Form::Collective, "двоє обоє"),
    (3, Form::Collective, "троє"),
    (4, Form::Collective, "четверо"),
    (5, Form::Collective, "пятеро"),
    (6, Form::Collective, "шестеро"),
    (7, Form::Collective, "семеро"),
    (8, Form::Collective, "восьмеро"),
    (9, Form::Collective, "девятеро"),
    (10, Form::Collective, "десятеро"),
    (1000, Form::Ordinal(Rank::Genitive), "тисячного"),
    (200, Form::Ordinal(Rank::Genitive), "двохсотого"),
    (300, Form::Ordinal(Rank::Genitive), "трьохсотого"),
    (400, Form::Ordinal(Rank::Genitive), "чотирьохсотого"),
    (500, Form::Ordinal(Rank::Genitive), "пятисотого"),
    (600, Form::Ordinal(Rank::Genitive), "шестисотого"),
    (700, Form::Ordinal(Rank::Genitive), "семисотого"),
    (800, Form::Ordinal(Rank::Genitive), "восьмисотого"),
    (
        900,
        Form::Ordinal(Rank::Genitive),
        "девятисотого девятсотого",
    ),
    (
        2000,
        Form::Ordinal(Rank::Genitive),
        "двотисячного двохтисячного",
    ),
    (
        2000,
        Form::Ordinal(Rank::Locative),
        "двотисячному двохтисячному",
    ),
    (
        2000,
        Form::Ordinal(Rank::Masculine),
        "двотисячний двохтисячний",
    ),
];

fn column_form(column: &str) -> Option<Form> {
    Some(match column {
        "cardinal" | "cardinal_variants" => Form::Cardinal,
        "cardinal_gen" => Form::Oblique,
        "ord_nom_m" => Form::Ordinal(Rank::Masculine),
        "ord_nom_n" => Form::Ordinal(Rank::Neuter),
        "ord_gen_mn" => Form::Ordinal(Rank::Genitive),
        "ord_dat_loc_mn" => Form::Ordinal(Rank::Locative),
        "ord_ins_mn" => Form::Ordinal(Rank::Instrumental),
        "ord_nom_f" | "ord_gen_f" | "ord_acc_f" | "ord_loc_f" => Form::Ordinal(Rank::Feminine),
        _ => return None,
    })
}

/// Key of the lexicon: no apostrophes, so that «пять» and «п'ять» are one word.
fn key(text: &str) -> Cow<'_, str> {
    if text.contains('\'') {
        Cow::Owned(text.replace('\'', ""))
    } else {
        Cow::Borrowed(text)
    }
}

static WORDS: LazyLock<Table<String, Atom>> = LazyLock::new(|| {
    let mut words = Table::default();
    for (value, column, form) in ukrainian_numerals() {
        // «раз» is "once" far more often than "one".
        if form.contains(' ') || form == "раз" {
            continue;
        }
        if let Some(kind) = column_form(column) {
            words
                .entry(key(&form).into_owned())
                .or_insert(Atom { value, form: kind });
        }
    }
    for &(value, form, list) in MORE {
        for word in list.split(' ') {
            words
                .entry(word.to_string())
                .or_insert(Atom { value, form });
        }
    }
    words
});

/// Tens and hundreds that a word may begin with, three letters or more, by their first letter, the
/// shortest first.
static HEADS: LazyLock<Table<char, Vec<(&str, u64)>>> = LazyLock::new(|| {
    let mut heads: Table<char, Vec<(&str, u64)>> = Table::default();
    for (word, atom) in WORDS.iter() {
        let head = atom.form == Form::Cardinal && room(atom.value).is_some();
        if head && word.chars().count() >= 3 {
            let first = heads.entry(word.chars().next().unwrap_or_default());
            first.or_default().push((word, atom.value));
        }
    }
    for list in heads.values_mut() {
        list.sort_unstable_by_key(|(word, _)| (word.len(), *word));
    }
    heads
});

fn atom(text: &str) -> Option<Atom> {
    WORDS.get(&*key(text)).copied()
}

/// «двадцятьп'ять» as one word: a ten or hundred with its unit behind.
fn joined(text: &str) -> Option<Atom> {
    let text = key(text);
    if text.len() > 80 {
        return None;
    }
    let heads = HEADS.get(&text.chars().next()?)?;
    heads.iter().find_map(|(head, value)| {
        let room = room(*value)?;
        let tail = WORDS
            .get(text.strip_prefix(head)?)
            .filter(|t| t.value > 0 && t.value < room)?;
        Some(Atom {
            value: value + tail.value,
            form: tail.form,
        })
    })
}

/// What may follow: units after tens, anything below 100 after hundreds.
fn room(value: u64) -> Option<u64> {
    match value {
        20..=90 if value.is_multiple_of(10) => Some(10),
        100..=900 if value.is_multiple_of(100) => Some(100),
        _ => None,
    }
}

fn merge_form(head: Form, tail: Form) -> Form {
    if head == Form::Oblique && tail == Form::Cardinal {
        Form::Oblique
    } else {
        tail
    }
}

/// Numbers below 1000 at `at`, in words.
fn below_thousand(tokens: &[Token], at: usize) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    let Some(token) = tokens.get(at).filter(|t| t.is_word()) else {
        return out;
    };
    let Some(first) = atom(&token.text).or_else(|| joined(&token.text)) else {
        return out;
    };
    if first.value == 1000 {
        return out;
    }
    out.push(Read::spoken(first.value, first.form, at, at + 1));
    let mut next = 0;
    while next < out.len() && out.len() < 16 {
        let read = out[next].clone();
        next += 1;
        if !matches!(read.form, Form::Cardinal | Form::Oblique) {
            continue;
        }
        // 120 leaves room for a unit, 100 for anything below 100.
        let part = if read.value.is_multiple_of(100) {
            read.value
        } else {
            read.value % 100
        };
        let Some(room) = room(part) else { continue };
        let Some(tail) = tokens
            .get(read.end)
            .filter(|t| t.is_word())
            .and_then(|t| atom(&t.text).or_else(|| joined(&t.text)))
        else {
            continue;
        };
        if tail.value == 0 || tail.value >= room || tail.form == Form::Collective {
            continue;
        }
        out.push(Read::spoken(
            read.value + tail.value,
            merge_form(read.form, tail.form),
            at,
            read.end + 1,
        ));
    }
    out
}

fn thousand(tokens: &[Token], at: usize) -> Option<Form> {
    let token = tokens.get(at).filter(|t| t.is_word())?;
    atom(&token.text)
        .filter(|a| a.value == 1000)
        .map(|a| a.form)
}

/// «28-го», «5те»: digits with the ending of an ordinal.
fn written_ordinal(tokens: &[Token], at: usize) -> Option<Read> {
    let mut read = written_at(tokens, at)?;
    let dash = tokens.get(at + 1).is_some_and(|t| t.glued && t.is_dash());
    let end = at + 1 + usize::from(dash);
    let suffix = tokens
        .get(end)
        .filter(|t| t.glued && t.kind == TokenKind::Word)?;
    read.form = Form::Ordinal(match suffix.text.as_str() {
        "го" | "ого" | "ього" => Rank::Genitive,
        "е" | "є" | "ше" | "ге" | "те" | "тє" | "ме" => Rank::Neuter,
        "й" | "ий" | "ій" => Rank::Masculine,
        "му" | "ому" => Rank::Locative,
        "я" | "а" | "та" | "ша" | "ма" if dash => Rank::Feminine,
        _ => return None,
    });
    read.end = end + 1;
    Some(read)
}

/// All numbers at `at`.
pub(super) fn reads(tokens: &[Token], at: usize) -> Vec<Read> {
    let mut out = below_thousand(tokens, at);
    out.extend(written_at(tokens, at));
    let mut with_thousands = Vec::new();
    let mut add = |count: u64, count_form: Form, start: usize| {
        // «чотири тисяча» are two numbers: the singular goes with one.
        let singular = tokens
            .get(start)
            .is_some_and(|t| matches!(t.text.as_str(), "тисяча" | "тисячу"));
        if singular && (count % 10 != 1 || count % 100 == 11) {
            return;
        }
        let Some(form) = thousand(tokens, start) else {
            return;
        };
        // «три тисячі»: the noun's case follows the count, which is in the nominative.
        let form = match (count_form, form) {
            (Form::Cardinal, Form::Oblique) if start > at => Form::Cardinal,
            (Form::Oblique, Form::Cardinal) => Form::Oblique,
            (_, form) => form,
        };
        let base = count * 1000;
        with_thousands.push(Read::spoken(base, form, at, start + 1));
        if !matches!(form, Form::Cardinal | Form::Oblique) {
            return;
        }
        for tail in below_thousand(tokens, start + 1) {
            if tail.value > 0 && tail.form != Form::Collective {
                with_thousands.push(Read::spoken(base + tail.value, tail.form, at, tail.end));
            }
        }
    };
    for read in &out {
        if (1..1000).contains(&read.value) && matches!(read.form, Form::Cardinal | Form::Oblique) {
            add(read.value, read.form, read.end);
        }
    }
    add(1, Form::Cardinal, at);
    out.extend(with_thousands);
    out.extend(written_ordinal(tokens, at));
    out
}
