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
        "Italien" => titled(&letters(&fold(name), ITALIAN)),
        "Sverige" | "Norge" => titled(&letters(&fold(name), NORDIC)),
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
    // «Мадалінського»: in the genitive.
    ("нського", "ńskiego"),
    ("ського", "skiego"),
    ("цького", "ckiego"),
    ("нськ", "ńsk"),
    ("ницьк", "nick"),
    ("кевич", "kiewicz"),
    ("кевіч", "kiewicz"),
    // What sounds as ж or ш behind a consonant is written rz.
    ("гж", "grz"),
    ("ґж", "grz"),
    ("бж", "brz"),
    ("вж", "wrz"),
    ("пш", "prz"),
    ("кш", "krz"),
    ("тш", "trz"),
    ("ль", "l"),
    ("лі", "li"),
    ("ле", "le"),
    ("лє", "le"),
    ("лю", "lu"),
    ("ля", "la"),
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
    ("з", "s"),
    ("ю", "ü"),
    ("й", "i"),
    ("г", "g"),
    ("ґ", "g"),
    ("ь", ""),
    ("'", ""),
];

const ITALIAN: &[(&str, &str)] = &[
    ("ія", "ia"),
    ("че", "ce"),
    ("чі", "ci"),
    ("ча", "cia"),
    ("чо", "cio"),
    ("дже", "ge"),
    ("джі", "gi"),
    ("ке", "che"),
    ("кі", "chi"),
    ("к", "c"),
    ("г", "g"),
    ("ґ", "g"),
    ("ц", "z"),
    ("й", "i"),
    ("я", "ia"),
    ("ю", "iu"),
    ("є", "ie"),
    ("ь", ""),
    ("'", ""),
];

const NORDIC: &[(&str, &str)] = &[
    ("вейєн", "veien"),
    ("вейен", "veien"),
    ("веєн", "veien"),
    ("вей", "vei"),
    ("кс", "x"),
    ("х", "h"),
    ("г", "g"),
    ("ґ", "g"),
    ("й", "j"),
    ("я", "ja"),
    ("ю", "y"),
    ("є", "je"),
    ("ш", "sj"),
    ("ь", ""),
    ("'", ""),
];
