//! What a surname looks like, and how one person or the other sex bears it.

use super::*;

/// Whether a word has the shape of a surname.
pub(super) fn is_surname_word(_m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let token = u.token(word);
    // «кінець», «разів», «двадцятого» end like surnames.
    const NO: &[&str] = &[
        "звати",
        "зробила",
        "зробив",
        "звуть",
        "свого",
        "мого",
        "того",
        "кінець",
        "кінця",
        "зараз",
        "нараз",
        "відразу",
        "разів",
        "років",
        "днів",
        "тижнів",
        "місяців",
        "поверхів",
        "метрів",
        "місяць",
        "близько",
        "далеко",
        "тільки",
        "стільки",
        "скільки",
        "трохи",
        "братів",
        "синів",
        "чоловік",
        "номерів",
        "паперів",
        "записаний",
        "однакове",
        "моє",
        "моя",
        "мою",
        "моїм",
        "наше",
        "наша",
        "таке",
        "така",
        "саме",
        "подвійне",
        "дівоче",
        "собі",
        "своє",
        "інше",
        "інакше",
        "лишила",
        "лишив",
        "залишила",
        "взяла",
        "міняла",
        "змінила",
        "досі",
    ];
    let number = tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang());
    let shows = matches!(
        token.text.as_str(),
        "ось"
            | "осьо"
            | "номер"
            | "свою"
            | "свій"
            | "своя"
            | "своє"
            | "свого"
            | "cpr"
            | "mitid"
    );
    // «Руденко» sounds like a town, but none ends so.
    let town = !names::is_known_surname(&token.text)
        && !token.text.ends_with("нко")
        && u.places()
            .iter()
            .any(|p| p.value.kind == PlaceKind::DanishTown && p.span == token.span);
    if shows || town || !u.written && (NO.contains(&token.text.as_str()) || number.is_some()) {
        return false;
    }
    // «Баунвей» is where somebody lives.
    let street = ["вей", "вай", "гаде", "ґаде"]
        .iter()
        .any(|end| token.text.ends_with(end));
    if street {
        return false;
    }
    let long = token.text.chars().count() >= 3;
    let relative = kin(&token.text, u.lang()).is_some();
    let shaped = if u.written {
        token.capital
    } else {
        names::looks_like_surname(&token.text)
    };
    long && !relative && shaped
}

/// A surname in Latin letters; of several who bear it («обоє Гриценки») as one bears it.
pub(super) fn surname_of(said: &str) -> String {
    let latin = names::in_latin(said);
    let mut chars = latin.chars();
    let Some(first) = chars.next() else {
        return String::new();
    };
    let value: String = first.to_uppercase().chain(chars).collect();
    let plural = ["enky", "chuky", "iuky", "uky"]
        .iter()
        .any(|end| value.ends_with(end));
    match plural {
        true if value.ends_with("enky") => format!("{}o", &value[..value.len() - 1]),
        true => value[..value.len() - 1].to_owned(),
        false => value,
    }
}

/// The surname as the other sex has it: Kovalskyi / Kovalska.
pub(in crate::reader) fn surname_for(surname: &str, sex: Option<Sex>) -> String {
    let swap = |from: &str, to: &str| surname.strip_suffix(from).map(|stem| format!("{stem}{to}"));
    let changed = match sex {
        Some(Sex::Male) => swap("ska", "skyi")
            .or_else(|| swap("tska", "tskyi"))
            .or_else(|| swap("ova", "ov"))
            .or_else(|| swap("eva", "ev"))
            .or_else(|| {
                swap("na", "nyi").filter(|_| surname.ends_with("yna") || surname.ends_with("rna"))
            }),
        Some(Sex::Female) => swap("skyi", "ska")
            .or_else(|| swap("skyy", "ska"))
            .or_else(|| swap("yi", "a"))
            .or_else(|| swap("ov", "ova"))
            .or_else(|| swap("ev", "eva")),
        None => None,
    };
    changed.unwrap_or_else(|| surname.to_owned())
}
