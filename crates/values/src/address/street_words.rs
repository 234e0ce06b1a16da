//! Which words are the names of streets by how they end, and which words only look like it.

use crate::token::Token;

/// How names of streets end.
const SUFFIXES: &[&str] = &[
    "vej",
    "vejen",
    "gade",
    "gaden",
    "allé",
    "alle",
    "alléen",
    "boulevard",
    "boulevarden",
    "torv",
    "torvet",
    "plads",
    "pladsen",
    "parken",
    "vænget",
    "bakken",
    "toften",
    "stræde",
    "strædet",
    "stien",
    "haven",
    "ager",
    "vangen",
    "marken",
    "gården",
    "krogen",
    "høj",
    "højen",
    "dalen",
    "lunden",
    "skrænten",
    "svinget",
    "kvarteret",
    "brinken",
    "engen",
    "skellet",
    "ringgade",
    "avenue",
    "kaj",
    "bryggen",
    "løkken",
    "stræde",
    "kollegiet",
    "bro",
    "broen",
    "brygge",
    "gyden",
    "holmen",
    "kilden",
    "kær",
    "kæret",
    "mosen",
    "passagen",
    "sletten",
    "vang",
    "åsen",
    "banen",
    "grunden",
    "løkke",
    "promenaden",
    "herred",
    "hede",
    "gårde",
];

/// Suffixes that alone make a word a street; the others need a number behind.
pub(super) fn street_suffix(word: &str) -> Option<&'static str> {
    SUFFIXES
        .iter()
        .filter(|suffix| word.ends_with(**suffix))
        .max_by_key(|suffix| suffix.len())
        .copied()
}

/// Words with such endings that are no streets.
pub(super) const WORDS: &[&str] = &[
    "udvej",
    "omvej",
    "genvej",
    "motorvej",
    "undervej",
    "halvvej",
    "hovedvej",
    "gade",
    "vej",
    "gaden",
    "vejen",
    "plads",
    "pladsen",
    "arbejdsplads",
    "parkeringsplads",
    "legeplads",
    "haven",
    "gården",
    "boulevard",
    "kollegiet",
    "baggården",
    "skolegården",
    "børnehaven",
    "indkørslen",
    "byggeplads",
    "adresse",
    "allé",
    "alle",
    "torv",
    "torvet",
    "marken",
    "høj",
    "bro",
    "broen",
    "brygge",
    "gyden",
    "holmen",
    "kilden",
    "kær",
    "kæret",
    "mosen",
    "passagen",
    "sletten",
    "vang",
    "åsen",
    "skoven",
    "engen",
    "stien",
    "parken",
    "allerhøj",
    "kaj",
    "dalen",
    "forhaven",
    "tager",
    "modtager",
    "deltager",
    "overtager",
    "medtager",
    "antager",
    "undtager",
    "bager",
    "kager",
    "sager",
    "lager",
    "dager",
    "klager",
    "smager",
    "drager",
    "behager",
    "banen",
    "grunden",
    "baggrunden",
    "promenaden",
    "herred",
    "togbanen",
    "jernbanen",
    "hede",
    "gårde",
];

/// Words that open a sentence before a street: "Så Søndre Ringgade 41".
pub(super) const OPENERS: &[&str] = &[
    "så", "og", "er", "det", "på", "i", "til", "fra", "den", "ja", "nej", "hvad", "ved", "men",
    "altså", "okay", "ok", "godt", "tak", "jeg", "du", "nu", "her", "ligger", "hos", "din", "dit",
    "jeres", "bor", "boede", "hedder", "flytter", "han", "hun", "de", "vi",
];

/// Words of their own before the name of a street.
const COMPASS: &[&str] = &[
    "nørre", "sønder", "østre", "vestre", "nordre", "søndre", "indre", "ydre", "nedre", "øvre",
    "gammel", "sankt", "sct", "skt", "gl", "ndr", "sdr", "store", "lille",
];

/// Whether the name of a street may begin here with a word of its own: "Gamle Kongevej", but "den gamle Vestergade".
pub(super) fn compass(tokens: &[Token], at: usize, cased: bool) -> bool {
    let before = at.checked_sub(1).map_or("", |b| tokens[b].text.as_str());
    let old = tokens[at].text == "gamle"
        && (tokens[at].capital || !cased)
        && !matches!(
            before,
            "den" | "det" | "din" | "jeres" | "hans" | "hendes" | "deres" | "min" | "vores"
        );
    old || COMPASS.contains(&tokens[at].text.as_str())
}

/// Whether a word without its capital letter stands where employees name a street: behind "hedder", before the question
/// for its number, behind "vejen er".
pub(super) fn told(tokens: &[Token], at: usize, strong: bool) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |n| tokens[n].text.as_str());
    let named = matches!(before(1), "er" | "hedder" | "hed" | "var")
        && matches!(
            before(2),
            "vejen" | "gaden" | "vejnavnet" | "gadenavnet" | "adressen" | "den"
        );
    let on = matches!(before(1), "hedder" | "altså");
    let next = |n: usize| tokens.get(at + n).map_or("", |t| t.text.as_str());
    let asks = next(1) == "hvilket" && next(2).ends_with("nummer");
    // "Skalborgvej med ét l", "Skolevej, altså?"
    let opens = at == 0 && tokens[at].capital;
    const ROADS: &[&str] = &[
        "landevej",
        "villavej",
        "grusvej",
        "sidevej",
        "sidegade",
        "gågade",
        "gågaden",
        "blindvej",
        "cykelvej",
        "privatvej",
        "skolevej",
        "adgangsvej",
        "tilkørselsvej",
        "stikvej",
    ];
    let road = ROADS.contains(&tokens[at].text.as_str());
    !road && (named || strong && (on || asks || opens))
}

/// "Mellemvej eller Mellemvang?": what is the other one of two streets.
pub(super) fn beside_another(tokens: &[Token], at: usize) -> bool {
    let street = |n: usize| {
        tokens.get(n).is_some_and(|t| {
            let suffix = street_suffix(&t.text);
            t.capital
                && !WORDS.contains(&t.text.as_str())
                && suffix.is_some_and(|s| s.starts_with("vej") || s.starts_with("gade"))
        })
    };
    let or = |n: usize| tokens.get(n).is_some_and(|t| t.text == "eller");
    or(at + 1) && street(at + 2) || at >= 2 && or(at - 1) && street(at - 2)
}
