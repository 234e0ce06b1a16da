//! The cases of Ukrainian given names, and the way back to the nominative.

use std::sync::LazyLock;

use super::Gender;
use crate::table::{Table, TableSet};
use crate::tables::{given_name_rows, surname_rows};
use crate::token::fold;

/// A given name that a form belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Given {
    /// Nominative in lower case.
    pub nominative: String,
    pub gender: Gender,
    /// The form itself is the nominative.
    pub is_nominative: bool,
    /// Full names when the form is a diminutive; empty otherwise.
    pub full: Vec<String>,
}

/// Every form of every given name in the table.
static FORMS: LazyLock<Table<String, Vec<Given>>> = LazyLock::new(|| {
    let mut forms: Table<String, Vec<Given>> = Table::default();
    let mut add = |form: String, given: Given| {
        let list = forms.entry(form).or_default();
        match list
            .iter_mut()
            .find(|g| g.nominative == given.nominative && g.gender == given.gender)
        {
            Some(same) => {
                same.is_nominative |= given.is_nominative;
                for full in given.full {
                    if !same.full.contains(&full) {
                        same.full.push(full);
                    }
                }
            }
            None => list.push(given),
        }
    };
    for row in given_name_rows() {
        let gender = if row.feminine {
            Gender::Feminine
        } else {
            Gender::Masculine
        };
        for (name, full) in std::iter::once((row.name, None))
            .chain(row.diminutives.iter().map(|d| (*d, Some(row.name))))
        {
            let nominative = fold(name);
            let full: Vec<String> = full.into_iter().map(fold).collect();
            for form in declined(&nominative, gender) {
                let given = Given {
                    is_nominative: form == nominative,
                    nominative: nominative.clone(),
                    gender,
                    full: full.clone(),
                };
                add(form, given);
            }
        }
    }
    forms
});

/// The given names a form may belong to; nominatives and full names first.
pub(crate) fn given(form: &str) -> Vec<Given> {
    let mut hits = FORMS.get(form).cloned().unwrap_or_default();
    if hits.is_empty()
        && let Some(other) = as_in_russian(form)
    {
        hits = FORMS.get(&other).cloned().unwrap_or_default();
    }
    // «Інґа», «Аґата»
    if hits.is_empty() && form.contains('ґ') {
        hits = FORMS
            .get(&form.replace('ґ', "г"))
            .cloned()
            .unwrap_or_default();
    }
    hits.sort_by_key(|hit| (!hit.is_nominative, !hit.full.is_empty()));
    hits
}

/// «Лєна», «Вадік»: the Russian sound of a name that the table has as «Лена», «Вадик».
fn as_in_russian(form: &str) -> Option<String> {
    let vowel = |c: char| "аеєиіїоуюя'".contains(c);
    let mut before = None;
    let mut out = String::with_capacity(form.len());
    for c in form.chars() {
        let soft = c == 'є' && before.is_some_and(|b| !vowel(b));
        out.push(if soft { 'е' } else { c });
        before = Some(c);
    }
    for (said, written) in [
        ("ік", "ик"),
        ("іка", "ика"),
        ("іком", "иком"),
        ("іку", "ику"),
    ] {
        if let Some(stem) = out.strip_suffix(said)
            && stem.chars().count() >= 3
        {
            out = format!("{stem}{written}");
            break;
        }
    }
    (out != form).then_some(out)
}

fn swap_end(stem: &str, endings: &[&str], out: &mut Vec<String>) {
    out.extend(endings.iter().map(|ending| format!("{stem}{ending}")));
}

/// All case forms of a name, nominative first.
pub(crate) fn declined(name: &str, gender: Gender) -> Vec<String> {
    let mut out = vec![name.to_string()];
    if let Some(stem) = name.strip_suffix("ія") {
        swap_end(stem, &["ії", "ію", "ією", "іє"], &mut out);
    } else if let Some(stem) = name.strip_suffix("'я") {
        swap_end(stem, &["'ї", "'ю", "'єю", "'є"], &mut out);
    } else if name.ends_with("лля") {
        let stem = &name[..name.len() - "я".len()];
        swap_end(stem, &["і", "ю", "ею", "е"], &mut out);
    } else if let Some(stem) = name.strip_suffix('я') {
        let soft = stem.ends_with(['а', 'о', 'е', 'і', 'й']);
        let endings: &[&str] = if soft {
            &["ї", "ю", "єю", "є"]
        } else {
            &["і", "ю", "ею", "ю"]
        };
        swap_end(stem, endings, &mut out);
    } else if let Some(stem) = name.strip_suffix('а') {
        let hush = stem.ends_with(['ж', 'ч', 'ш', 'щ']);
        let endings: &[&str] = if hush {
            &["і", "у", "ею", "о"]
        } else {
            &["и", "у", "ою", "о"]
        };
        swap_end(stem, endings, &mut out);
        out.push(format!("{}і", softened(stem)));
    } else if gender == Gender::Masculine {
        masculine(name, &mut out);
    } else if name.ends_with("ов") {
        swap_end(name, &["і", "'ю"], &mut out);
    }
    out
}

/// Before -і the stems in г, к, х change: Ольга → Ользі.
fn softened(stem: &str) -> String {
    let change = [('г', 'з'), ('ґ', 'з'), ('к', 'ц'), ('х', 'с')];
    for (from, to) in change {
        if let Some(rest) = stem.strip_suffix(from) {
            return format!("{rest}{to}");
        }
    }
    stem.to_string()
}

fn masculine(name: &str, out: &mut Vec<String>) {
    if let Some(stem) = name.strip_suffix('й') {
        swap_end(stem, &["я", "єві", "ю", "єм", "ї"], out);
    } else if let Some(stem) = name.strip_suffix('ь') {
        swap_end(stem, &["я", "еві", "ю", "ем"], out);
    } else if let Some(stem) = name.strip_suffix('о') {
        swap_end(stem, &["а", "ові", "у", "ом", "е"], out);
    } else if name == "ігор" || name == "лазар" {
        swap_end(name, &["я", "еві", "ю", "ем"], out);
    } else if name == "лев" {
        swap_end("лев", &["а", "ові", "у", "ом", "е"], out);
        swap_end("льв", &["а", "ові", "у", "ом"], out);
    } else if name == "федір" || name == "яків" || name == "антін" {
        let stem = match name {
            "федір" => "федор",
            "яків" => "яков",
            _ => "антон",
        };
        swap_end(stem, &["а", "ові", "у", "ом", "е"], out);
    } else {
        swap_end(name, &["а", "ові", "у", "ом", "е", "і"], out);
    }
}

/// The nominative of a surname in the case that was said, and whether that is certain. Feminine
/// surnames outside -ська and -а don't change.
pub(crate) fn surname_nominative(said: &str, gender: Option<Gender>) -> (String, bool) {
    if let Some(nominative) = adjective(said, gender) {
        return (nominative, gender.is_some());
    }
    if gender != Some(Gender::Feminine)
        && let Some(nominative) = known_surname(said)
    {
        return (nominative.to_string(), gender.is_some());
    }
    if gender != Some(Gender::Feminine)
        && let Some(nominative) = noun(said)
    {
        return (nominative, gender == Some(Gender::Masculine));
    }
    if gender == Some(Gender::Masculine)
        && let Some(nominative) = super::oblique::of_genitive(said)
    {
        return (nominative, false);
    }
    (said.to_string(), true)
}

fn adjective(said: &str, gender: Option<Gender>) -> Option<String> {
    let hard = |stem: &str| match gender {
        Some(Gender::Feminine) => format!("{stem}а"),
        _ => format!("{stem}ий"),
    };
    for middle in ["ськ", "цьк", "зьк"] {
        for ending in ["ого", "ому", "им"] {
            if let Some(stem) = said.strip_suffix(ending).filter(|s| s.ends_with(middle)) {
                return Some(format!("{stem}ий"));
            }
        }
        for ending in ["ої", "ій", "у", "ою"] {
            if let Some(stem) = said.strip_suffix(ending).filter(|s| s.ends_with(middle)) {
                return Some(hard_feminine(stem));
            }
        }
    }
    for ending in ["ого", "ому"] {
        if let Some(stem) = said.strip_suffix(ending).filter(|s| s.chars().count() > 3) {
            return Some(hard(stem));
        }
    }
    None
}

fn hard_feminine(stem: &str) -> String {
    format!("{stem}а")
}

fn noun(said: &str) -> Option<String> {
    const O_STEMS: &[&str] = &["енк", "єнк", "ченк", "йк", "шк", "тк"];
    for ending in ["ові", "ом", "а", "у", "и"] {
        let Some(stem) = said.strip_suffix(ending) else {
            continue;
        };
        if O_STEMS.iter().any(|o| stem.ends_with(o)) {
            return Some(format!("{stem}о"));
        }
        if stem.ends_with("ук")
            || stem.ends_with("юк")
            || stem.ends_with("ик")
            || stem.ends_with("ак")
            || stem.ends_with("як")
            || stem.ends_with("ун")
            || stem.ends_with("ан")
            || stem.ends_with("ич")
        {
            return Some(stem.to_string());
        }
    }
    for ending in ["еві", "ем"] {
        if let Some(stem) = said.strip_suffix(ending).filter(|s| s.ends_with("ич")) {
            return Some(stem.to_string());
        }
    }
    None
}

/// Every form of the surnames that no ending gives away, with their nominative.
static SURNAMES: LazyLock<Table<String, String>> = LazyLock::new(|| {
    let mut forms = Table::default();
    for name in surname_rows() {
        let nominative = fold(name);
        for form in declined(&nominative, Gender::Masculine) {
            forms.entry(form).or_insert_with(|| nominative.clone());
        }
    }
    forms
});

static LATIN_SURNAMES: LazyLock<TableSet<String>> = LazyLock::new(|| {
    surname_rows()
        .map(|name| fold(&super::romanise(name)))
        .collect()
});

/// The nominative of a listed surname in any case.
pub(crate) fn known_surname(form: &str) -> Option<&'static str> {
    SURNAMES.get(form).map(String::as_str)
}

/// True for a listed surname in Latin letters (2010 table).
pub(crate) fn known_surname_latin(word: &str) -> bool {
    LATIN_SURNAMES.contains(word)
}

/// True for patronymics in any case: Михайлівна, Михайлович.
pub fn is_patronymic(word: &str) -> bool {
    let word = fold(word);
    const FEMININE: &[&str] = &["івн", "ївн"];
    const MASCULINE: &[&str] = &["ович", "йович", "евич", "євич"];
    let feminine = ["а", "и", "і", "у", "ою", "о"].iter().any(|ending| {
        word.strip_suffix(ending)
            .is_some_and(|stem| FEMININE.iter().any(|m| stem.ends_with(m)))
    });
    let masculine = ["", "а", "у", "ем", "еві", "і"].iter().any(|ending| {
        word.strip_suffix(ending).is_some_and(|stem| {
            MASCULINE.iter().any(|m| stem.ends_with(m)) && stem.chars().count() > 6
        })
    });
    word.chars().count() > 6 && (feminine || masculine)
}

/// Nominative of a patronymic, in the letters of `word` (lower case), and its gender.
pub fn patronymic_nominative(word: &str) -> (String, Gender) {
    for ending in ["ою", "и", "і", "у", "о", "а"] {
        if let Some(stem) = word.strip_suffix(ending)
            && (stem.ends_with("івн") || stem.ends_with("ївн"))
        {
            return (format!("{stem}а"), Gender::Feminine);
        }
    }
    for ending in ["еві", "ем", "у", "а", "і"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|s| s.ends_with("ич")) {
            return (stem.to_string(), Gender::Masculine);
        }
    }
    (word.to_string(), Gender::Masculine)
}

/// True for endings that hardly any other word has.
pub(crate) fn strong_surname(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "енк", "єнк", "чук", "нюк", "люк", "сюк", "дюк", "ьськ", "вськ", "нськ", "цьк",
    ];
    [
        "", "о", "а", "у", "и", "ий", "ові", "ом", "ого", "ої", "ій", "ою",
    ]
    .iter()
    .any(|ending| {
        word.strip_suffix(ending).is_some_and(|stem| {
            STEMS.iter().any(|s| stem.ends_with(s)) && stem.chars().count() >= 4
        })
    })
}

/// True when a word ends like a Ukrainian surname, in any case.
pub fn looks_like_surname(word: &str) -> bool {
    let word = fold(word);
    if word.chars().count() < 4 {
        return false;
    }
    if known_surname(&word).is_some() {
        return true;
    }
    const STEMS: &[&str] = &[
        "енк",
        "єнк",
        "ук",
        "юк",
        "чук",
        "ськ",
        "цьк",
        "зьк",
        "щак",
        "няк",
        "ляк",
        "чак",
        "бик",
        "лик",
        "ник",
        "рик",
        "тик",
        "инськ",
        "івськ",
    ];
    const ENDINGS: &[&str] = &[
        "", "о", "а", "у", "ові", "ом", "ий", "ого", "ому", "им", "ої", "ій", "ою",
    ];
    const WHOLE: &[&str] = &[
        "ець",
        "єць",
        "ко",
        "ишин",
        "їшин",
        "ович",
        "евич",
        "ський",
        "ак",
        "як",
        "ик",
        "ів",
        "їв",
        "аєв",
        "аєва",
        "єєв",
        "єєва",
        "ар",
        "ач",
        "ун",
        "айло",
        "ило",
        "ій",
    ];
    ENDINGS.iter().any(|ending| {
        word.strip_suffix(ending)
            .is_some_and(|stem| STEMS.iter().any(|s| stem.ends_with(s)))
    }) || WHOLE
        .iter()
        .any(|ending| word.ends_with(ending) && word.chars().count() >= 5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_back_to_the_nominative() {
        for (form, nominative) in [
            ("оксани", "оксана"),
            ("оксаною", "оксана"),
            ("наталії", "наталія"),
            ("софією", "софія"),
            ("сергієм", "сергій"),
            ("сергієві", "сергій"),
            ("олександром", "олександр"),
            ("ігоря", "ігор"),
            ("богданом", "богдан"),
            ("ользі", "ольга"),
            ("олени", "олена"),
            ("миколи", "микола"),
            ("дмитром", "дмитро"),
            ("василя", "василь"),
            ("арсене", "арсен"),
            ("іллею", "ілля"),
            ("марії", "марія"),
            ("левові", "лев"),
        ] {
            let hits = given(form);
            assert!(
                hits.iter().any(|g| g.nominative == nominative),
                "{form} {hits:?}"
            );
        }
        assert!(given("телефон").is_empty());
    }

    #[test]
    fn surnames_lead_back_to_the_nominative() {
        use Gender::*;
        for (said, gender, expected) in [
            ("коваленка", Masculine, "коваленко"),
            ("коваленкові", Masculine, "коваленко"),
            ("коваленко", Feminine, "коваленко"),
            ("шевчуком", Masculine, "шевчук"),
            ("шевчук", Feminine, "шевчук"),
            ("ковальської", Feminine, "ковальська"),
            ("ковальською", Feminine, "ковальська"),
            ("ковальського", Masculine, "ковальський"),
        ] {
            assert_eq!(surname_nominative(said, Some(gender)).0, expected, "{said}");
        }
    }

    #[test]
    fn patronymics_are_told_from_surnames() {
        assert!(is_patronymic("Михайлівна") && is_patronymic("Михайлівни"));
        assert!(is_patronymic("Михайлович") && is_patronymic("Сергійовичем"));
        assert!(!is_patronymic("Коваленко") && !is_patronymic("Бабич"));
        assert_eq!(patronymic_nominative("михайлівною").0, "михайлівна");
    }

    #[test]
    fn surname_endings() {
        for name in [
            "Коваленко",
            "Шевчук",
            "Ковальська",
            "Панасюк",
            "Білик",
            "Швець",
            "Гриценка",
        ] {
            assert!(looks_like_surname(name), "{name}");
        }
        assert!(!looks_like_surname("так"));
    }
}
