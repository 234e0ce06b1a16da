//! What employees sum up and citizens tell about people and papers, in sentences that no pattern was
//! written for: most are read, none is read wrongly.

use tolkebot_form::{FormDefinition, FormReader, Turn};
use tolkebot_protocol::{Lang, Speaker};

/// A mother who arrived from abroad with her son.
const BEFORE: &[(Speaker, &str)] = &[
    (Speaker::Staff, "Velkommen til Danmark. Hvad hedder du?"),
    (Speaker::Citizen, "Ірина Бойко."),
    (Speaker::Staff, "Hvem flytter med dig?"),
    (
        Speaker::Citizen,
        "Мій син Максим Бойко, народився третього березня дві тисячі п'ятнадцятого.",
    ),
    (Speaker::Staff, "Tak."),
];

/// Slot, value ("" where nothing may be read), the question before, what is said. Sentences after an
/// empty question that are Danish are the employee's.
const SAID: &[(&str, &str, &str, &str)] = &[
    (
        "custody",
        "joint",
        "",
        "Så skriver jeg, at forældremyndigheden er fælles.",
    ),
    (
        "custody",
        "joint",
        "",
        "I deler myndigheden over drengen, det er noteret.",
    ),
    (
        "custody",
        "sole_reporter",
        "",
        "Godt, så har du forældremyndigheden alene.",
    ),
    (
        "custody",
        "sole_other",
        "",
        "Forældremyndigheden ligger hos faren, kan jeg se.",
    ),
    (
        "custody",
        "third_party",
        "",
        "Forældremyndigheden ligger hos hans mormor.",
    ),
    (
        "custody",
        "",
        "",
        "Når to forældre har fælles forældremyndighed, hører vi den anden.",
    ),
    (
        "custody",
        "joint",
        "Hvem har forældremyndigheden?",
        "У нас порівну, ми ж не сварилися.",
    ),
    (
        "custody",
        "sole_reporter",
        "Hvem har forældremyndigheden?",
        "Його позбавили прав ще вдома.",
    ),
    ("custody", "", "", "У моєї сусідки спільна опіка, і нічого."),
    (
        "lived_with_before",
        "reporter",
        "",
        "Drengen har altid boet hos dig, fint.",
    ),
    (
        "lived_with_before",
        "both",
        "",
        "Han har boet hos jer begge indtil nu.",
    ),
    (
        "lived_with_before",
        "other_parent",
        "",
        "Maksym boede hos sin far i Lviv.",
    ),
    (
        "lived_with_before",
        "other",
        "",
        "Han boede hos sin moster det sidste år.",
    ),
    (
        "lived_with_before",
        "other",
        "Hvem har han boet hos?",
        "У тітки, поки я шукала роботу.",
    ),
    (
        "other_parent_moves",
        "false",
        "",
        "Faren flytter altså ikke med.",
    ),
    (
        "other_parent_moves",
        "true",
        "",
        "Hans far flytter med, så er familien samlet.",
    ),
    (
        "other_parent_statement",
        "agrees",
        "",
        "Faren er indforstået, skriver jeg.",
    ),
    (
        "other_parent_statement",
        "disagrees",
        "",
        "Faren er imod flytningen, har han skrevet.",
    ),
    (
        "other_parent_statement",
        "co_signed",
        "",
        "Jeg har farens underskrift her på side to.",
    ),
    (
        "other_parent_statement",
        "not_reachable",
        "",
        "Faren er meldt savnet siden foråret.",
    ),
    (
        "other_parent_statement",
        "not_reachable",
        "Hvad siger faren til det?",
        "Він зник, зв'язку нема.",
    ),
    (
        "six_weeks_notice",
        "true",
        "",
        "Faren er varslet i god tid.",
    ),
    (
        "six_weeks_notice",
        "false",
        "",
        "Faren er ikke varslet endnu.",
    ),
    (
        "residence_pattern",
        "equal",
        "",
        "Han er lige meget hos jer begge, hver anden uge.",
    ),
    (
        "residence_pattern",
        "mostly_other",
        "",
        "Drengen er mest hos sin far.",
    ),
    (
        "mover.digital_post",
        "exempt",
        "",
        "Du er fritaget for Digital Post, ser jeg.",
    ),
    (
        "mover.digital_post",
        "registered",
        "Er du tilmeldt Digital Post?",
        "Так, усе туди приходить.",
    ),
    (
        "mover.digital_post",
        "",
        "",
        "Man kan godt blive fritaget for Digital Post.",
    ),
    (
        "mover.has_mitid",
        "false",
        "",
        "Du har ikke MitID endnu, så vi bruger papir.",
    ),
    (
        "protection.existing",
        "true",
        "",
        "Du er allerede beskyttet, kan jeg se.",
    ),
    (
        "protection.requested",
        "true",
        "",
        "Du ønsker adressebeskyttelse, det noterer jeg.",
    ),
    (
        "protection.requested",
        "false",
        "",
        "Du ønsker ikke beskyttelse, fint.",
    ),
    ("arrival.marital_status", "F", "", "Så er du fraskilt."),
    (
        "arrival.marital_status",
        "E",
        "Er du gift?",
        "Ні, я овдовіла торік.",
    ),
    (
        "arrival.marital_status",
        "",
        "",
        "Min bror er fraskilt, det går nok.",
    ),
    (
        "arrival.documents_presented",
        "marriage_certificate",
        "",
        "Vielsesattesten er set i original.",
    ),
    (
        "documents.missing",
        "birth_certificate",
        "",
        "Fødselsattesten mangler stadig.",
    ),
    (
        "documents.missing",
        "residence_permit",
        "",
        "Посвідки на проживання поки немає.",
    ),
    (
        "mover.id_document_type",
        "driving_licence",
        "",
        "Kørekortet er forevist.",
    ),
    ("mover.name_source", "cpr", "", "Navnet er hentet fra CPR."),
];

#[test]
fn most_sentences_are_read_and_none_wrongly() {
    let definition = FormDefinition::embedded();
    let mut base = FormReader::new(definition, "2026-06-10".parse().expect("date"));
    let turn = |number: u32, speaker: Speaker, text: &str| {
        let lang = match speaker {
            Speaker::Staff => Lang::Da,
            Speaker::Citizen => Lang::Uk,
        };
        Turn::new(number, speaker, lang, text)
    };
    for (at, (speaker, text)) in BEFORE.iter().enumerate() {
        base.push(&turn(at as u32 + 1, *speaker, text));
    }
    let mut missed = Vec::new();
    let mut wrong = Vec::new();
    for (slot, want, question, said) in SAID {
        let mut reader = base.clone();
        if !question.is_empty() {
            reader.push(&turn(10, Speaker::Staff, question));
        }
        let danish = said.chars().any(|c| c.is_ascii_alphabetic());
        let speaker = if danish {
            Speaker::Staff
        } else {
            Speaker::Citizen
        };
        let changes = reader.push(&turn(11, speaker, said));
        let got = changes
            .iter()
            .filter(|c| c.key.ends_with(slot))
            .find_map(|c| c.after.as_ref()?.value.clone())
            .map(|value| match value {
                serde_json::Value::String(text) => text,
                serde_json::Value::Array(list) => list
                    .last()
                    .and_then(|v| v.as_str())
                    .unwrap_or_default()
                    .to_owned(),
                other => other.to_string(),
            })
            .unwrap_or_default();
        if got.is_empty() && !want.is_empty() {
            missed.push(*said);
        } else if got != *want {
            wrong.push((*said, got));
        }
    }
    assert!(wrong.is_empty(), "read wrongly: {wrong:?}");
    assert!(missed.len() <= 4, "missed: {missed:?}");
}
