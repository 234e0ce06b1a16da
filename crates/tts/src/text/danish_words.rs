//! Danish words for what is written in digits.

pub(super) const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

const SMALL: [&str; 20] = [
    "nul", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv",
    "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten",
];

const TENS: [&str; 10] = [
    "",
    "ti",
    "tyve",
    "tredive",
    "fyrre",
    "halvtreds",
    "tres",
    "halvfjerds",
    "firs",
    "halvfems",
];

/// A number in words. At a billion and above: digit by digit.
pub(super) fn number(n: u64) -> String {
    let joined = |head: String, rest: u64| match rest {
        0 => head,
        1..100 => format!("{head} og {}", number(rest)),
        _ => format!("{head} {}", number(rest)),
    };
    match (n, n / 10, n % 10) {
        (0..20, ..) => SMALL[n as usize].to_owned(),
        (20..100, tens, 0) => TENS[tens as usize].to_owned(),
        (20..100, tens, ones) => {
            let ones = if ones == 1 {
                "en"
            } else {
                SMALL[ones as usize]
            };
            format!("{ones}og{}", TENS[tens as usize])
        }
        (100..1_000, ..) => joined(format!("{} hundrede", SMALL[(n / 100) as usize]), n % 100),
        // "nitten hundrede og fireogfirs": years and prices alike.
        (1_100..2_000, ..) => joined(format!("{} hundrede", SMALL[(n / 100) as usize]), n % 100),
        (1_000..1_000_000, ..) => joined(format!("{} tusind", number(n / 1_000)), n % 1_000),
        (1_000_000..2_000_000, ..) => joined("en million".to_owned(), n % 1_000_000),
        (2_000_000..1_000_000_000, ..) => joined(
            format!("{} millioner", number(n / 1_000_000)),
            n % 1_000_000,
        ),
        _ => digits(&n.to_string()),
    }
}

/// Digit by digit; anything else is skipped.
pub(super) fn digits(s: &str) -> String {
    let words: Vec<&str> = s
        .chars()
        .filter_map(|c| c.to_digit(10))
        .map(|d| SMALL[d as usize])
        .collect();
    words.join(" ")
}

/// Nouns of the neuter gender that are counted at the counter.
const NEUTER: [&str; 58] = [
    "ansøgningsskema",
    "apotek",
    "ark",
    "barn",
    "beløb",
    "besøg",
    "bevis",
    "bibliotek",
    "billede",
    "blad",
    "bogstav",
    "brev",
    "center",
    "certifikat",
    "ciffer",
    "døgn",
    "dokument",
    "eksempel",
    "eksemplar",
    "felt",
    "firma",
    "forhold",
    "foto",
    "gebyr",
    "hospital",
    "hus",
    "job",
    "kontor",
    "kort",
    "kvarter",
    "køkken",
    "lån",
    "medlem",
    "minut",
    "møde",
    "navn",
    "nummer",
    "ord",
    "par",
    "pas",
    "problem",
    "punkt",
    "rum",
    "sekund",
    "skema",
    "spørgsmål",
    "sprog",
    "sted",
    "stk",
    "svar",
    "telefonnummer",
    "tilbud",
    "tilfælde",
    "toilet",
    "vindue",
    "visum",
    "værelse",
    "øjeblik",
];

/// Last parts of compounds that are neuter as well: "et sundhedskort", "et barnebarn".
const NEUTER_PARTS: [&str; 16] = [
    "barn",
    "bevis",
    "billede",
    "brev",
    "center",
    "dokument",
    "kontor",
    "kort",
    "minut",
    "møde",
    "navn",
    "nummer",
    "skema",
    "spørgsmål",
    "vindue",
    "værelse",
];

/// Whether a noun in lower case is neuter: "et barn", but "en person".
pub(super) fn neuter(noun: &str) -> bool {
    noun == "år" || NEUTER.contains(&noun) || NEUTER_PARTS.iter().any(|part| noun.ends_with(part))
}

const ORDINALS: [&str; 32] = [
    "nulte",
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
    "tyvende",
    "enogtyvende",
    "toogtyvende",
    "treogtyvende",
    "fireogtyvende",
    "femogtyvende",
    "seksogtyvende",
    "syvogtyvende",
    "otteogtyvende",
    "niogtyvende",
    "tredivte",
    "enogtredivte",
];

/// 1st–31st, which covers dates and floors.
pub(super) fn ordinal(n: u32) -> Option<&'static str> {
    ORDINALS.get(n as usize).copied().filter(|_| n > 0)
}

/// Abbreviations that espeak-ng spells or misreads, without their last full stop, in lower case.
pub(super) fn abbreviation(word: &str) -> Option<&'static str> {
    Some(match word {
        "kl" => "klokken",
        "nr" => "nummer",
        "tlf" => "telefon",
        "ca" => "cirka",
        "kr" => "kroner",
        "pr" => "per",
        "stk" => "styk",
        "f.eks" => "for eksempel",
        "fx" => "for eksempel",
        "bl.a" => "blandt andet",
        "dvs" => "det vil sige",
        "osv" => "og så videre",
        "m.m" => "med mere",
        "mv" | "m.v" => "med videre",
        "mht" => "med hensyn til",
        "ift" => "i forhold til",
        "evt" => "eventuelt",
        "inkl" => "inklusive",
        "ekskl" => "eksklusive",
        "vedr" => "vedrørende",
        "jf" => "jævnfør",
        "t.o.m" => "til og med",
        "f.o.m" => "fra og med",
        "adr" => "adresse",
        "postnr" => "postnummer",
        "cpr-nr" => "CPR-nummer",
        "afd" => "afdeling",
        "hr" => "herr",
        _ => return None,
    })
}

/// A sign that stands for a word.
pub(super) fn sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "%" => "procent",
        "€" => "euro",
        "$" => "dollar",
        "£" => "pund",
        "m2" => "kvadratmeter",
        "km2" => "kvadratkilometer",
        "§" | "§§" => "paragraf",
        _ => return None,
    })
}

/// Where on a floor a flat lies.
pub(super) fn side(word: &str) -> Option<&'static str> {
    Some(match word {
        "th" => "til højre",
        "tv" => "til venstre",
        "mf" => "midtfor",
        _ => return None,
    })
}
