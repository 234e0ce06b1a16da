//! Streets abroad in Latin letters, as their countries write them.

use crate::names::romanise;
use crate::token::fold;

/// A street's name in Latin letters, as the country writes it. `country` is its Danish name.
pub fn street_in_latin(name: &str, country: &str) -> String {
    if !name.chars().any(crate::token::is_cyrillic) {
        return titled(name);
    }
    match country {
        "Ukraine" => titled(&romanise(&nominative(&fold(name)))),
        "Polen" => titled(&letters(&nominative(&fold(name)), POLISH)),
        "Tyskland" | "Østrig" | "Schweiz" => titled(&letters(&fold(name), GERMAN)),
        _ => titled(&romanise(&fold(name))),
    }
}

/// «Зеленій», «Клочківській»: the name in the nominative.
fn nominative(name: &str) -> String {
    let locative = name
        .strip_suffix("ій")
        .filter(|stem| stem.chars().count() >= 4);
    match locative {
        Some(stem) => format!("{stem}а"),
        None => name.to_owned(),
    }
}

fn titled(name: &str) -> String {
    name.split(' ')
        .filter(|w| !w.is_empty())
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect()
            })
        })
        .collect::<Vec<String>>()
        .join(" ")
}

fn letters(name: &str, table: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = name;
    'next: while let Some(first) = rest.chars().next() {
        for (from, to) in table {
            if let Some(after) = rest.strip_prefix(from) {
                out.push_str(to);
                rest = after;
                continue 'next;
            }
        }
        if first == ' ' || first == '-' {
            out.push(first);
        } else {
            out.push_str(&romanise(&first.to_string()).to_lowercase());
        }
        rest = &rest[first.len_utf8()..];
    }
    out
}

const POLISH: &[(&str, &str)] = &[
    ("зьк", "sk"),
    ("ськ", "sk"),
    ("цьк", "ck"),
    ("щ", "szcz"),
    ("ш", "sz"),
    ("ч", "cz"),
    ("ж", "ż"),
    ("х", "ch"),
    ("в", "w"),
    ("ц", "c"),
    ("й", "j"),
    ("я", "ia"),
    ("ю", "iu"),
    ("є", "ie"),
    ("ї", "i"),
    ("и", "y"),
    ("г", "g"),
    ("ґ", "g"),
    ("ь", ""),
    ("'", ""),
];

const GERMAN: &[(&str, &str)] = &[
    ("штрассе", "straße"),
    ("штрасе", "straße"),
    ("плац", "platz"),
    ("ай", "ei"),
    ("ой", "eu"),
    ("шт", "st"),
    ("шп", "sp"),
    ("ш", "sch"),
    ("х", "ch"),
    ("в", "w"),
    ("ц", "z"),
    ("ю", "ü"),
    ("й", "i"),
    ("г", "g"),
    ("ґ", "g"),
    ("ь", ""),
    ("'", ""),
];
