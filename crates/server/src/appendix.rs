//! Where the values of a case come from: what was said, who decided, and what an employee noted.

use tolkebot_casework::{CaseView, evidence};
use tolkebot_document::{EvidenceRow, FilledForm, FilledRow, moment};
use tolkebot_protocol::{Decided, DecisionView, Lang, Role, Speaker};

/// The field that an employee notes in what was told and matters for the decision.
const NOTE: &str = "staff.note";

/// Where each value was heard, in both languages: the form's rows with its labels, and each turn once,
/// however many parts of it a value rests on. After it who decided about the value, if somebody did.
pub(crate) fn appendix_of(view: &CaseView, form: &FilledForm) -> Vec<EvidenceRow> {
    let said = evidence(view);
    let shown = view.form();
    let slots: Vec<_> = shown.sections.iter().flat_map(|s| &s.slots).collect();
    let mut rows = Vec::new();
    for row in form.sections.iter().flat_map(|s| &s.rows) {
        let slot = slots.iter().find(|slot| slot.key == row.key);
        let Some(slot) = slot.filter(|slot| !slot.value.is_null()) else {
            continue;
        };
        let mut told = Vec::new();
        for one in &slot.evidence {
            let Some(found) = said.iter().find(|s| s.utterance == one.utterance) else {
                continue;
            };
            if told.contains(&one.utterance) {
                continue;
            }
            told.push(one.utterance);
            let (da, uk) = match found.lang {
                Lang::Da => (&found.text, &found.translation),
                Lang::Uk => (&found.translation, &found.text),
            };
            rows.push(EvidenceRow {
                label_da: row.label_da.clone(),
                label_uk: row.label_uk.clone(),
                said_da: da.clone(),
                said_uk: uk.clone(),
                speaker: match found.speaker {
                    Speaker::Staff => "medarbejder",
                    Speaker::Citizen => "borger",
                }
                .to_owned(),
                decision: false,
            });
        }
        if let Some(decided) = &slot.decided {
            rows.push(decision(row, decided));
        }
    }
    rows
}

/// Who decided about a row's value, and when.
fn decision(row: &FilledRow, decided: &DecisionView) -> EvidenceRow {
    let (said_da, said_uk) = in_words(decided);
    EvidenceRow {
        label_da: row.label_da.clone(),
        label_uk: row.label_uk.clone(),
        said_da,
        said_uk,
        speaker: match decided.actor {
            Role::Citizen => "borger",
            Role::Staff | Role::Supervisor | Role::System => "medarbejder",
        }
        .to_owned(),
        decision: true,
    }
}

/// A decision in Danish and in Ukrainian.
fn in_words(decided: &DecisionView) -> (String, String) {
    let (did_da, did_uk) = match decided.what {
        Decided::Confirmed => ("Bekræftet af", "Підтверджено:"),
        Decided::Corrected => ("Skrevet af", "Записано:"),
        Decided::Cleared => ("Slettet af", "Видалено:"),
    };
    let (who_da, who_uk) = match decided.actor {
        Role::Citizen => ("borgeren", "громадянин (громадянка)"),
        Role::Staff | Role::Supervisor | Role::System => {
            ("medarbejderen", "працівник муніципалітету")
        }
    };
    let account = match &decided.by {
        Some(account) => format!(" ({account})"),
        None => String::new(),
    };
    let at = |lang| moment(&decided.at, lang);
    (
        format!("{did_da} {who_da}{account}, {}", at(Lang::Da)),
        format!("{did_uk} {who_uk}{account}, {}", at(Lang::Uk)),
    )
}

/// The employee's note as a text of its own, with who vouched for it and when: oral information that
/// matters is put on record (offentlighedsloven, section 13). `None` if there is no note.
pub(crate) fn note_of(view: &CaseView, authority: &str) -> Option<String> {
    let form = view.form();
    let mut slots = form.sections.iter().flat_map(|s| &s.slots);
    let slot = slots.find(|slot| slot.key == NOTE)?;
    let text = slot.value.as_str()?.trim();
    if text.is_empty() {
        return None;
    }
    let mut note = format!("Notat i sag {}, {authority}\n", view.case());
    if let Some(decided) = &slot.decided {
        note += &format!("{}\n", in_words(decided).0);
    }
    Some(format!("{note}\n{text}\n"))
}

/// When the employee's note was last decided about, as its field says it; empty if nobody has. The digest of what is
/// signed says nothing of it.
pub(crate) fn noted_at(view: &CaseView) -> String {
    let note = view.form_state().slot(NOTE);
    let decided = note.and_then(|slot| slot.decided.as_ref());
    decided.map(|one| one.at.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tolkebot_protocol::{EventPayload, Utterance, UtteranceId, UtteranceSource};

    use super::*;
    use crate::documents::document_of;
    use crate::documents::tests::case_of;

    fn write(key: &str, value: &str, by: Option<&str>) -> EventPayload {
        EventPayload::SlotCorrected {
            key: key.to_owned(),
            value: json!(value),
            by: by.map(str::to_owned),
        }
    }

    #[test]
    fn the_appendix_names_a_turn_once_for_each_value_and_numbers_people_as_the_form_does() {
        let turns = [
            (Speaker::Staff, "Hvor bor I nu?"),
            (
                Speaker::Citizen,
                "Зараз ми живемо на Гудрунсвей вісім, на другому поверсі ліворуч.",
            ),
            (
                Speaker::Staff,
                "I registeret står der Gudrunsvej otte, første sal til venstre. Otte tusind to \
                 hundrede og tyve Brabrand, passer det?",
            ),
            (Speaker::Citizen, "Так, саме там. Переїжджаємо всі четверо."),
            (Speaker::Staff, "Hvem flytter sammen med dig?"),
            (
                Speaker::Citizen,
                "Мій чоловік Андрій і двоє дітей, Софія та Максим. Прізвище в усіх однакове.",
            ),
        ];
        let said = (1..).zip(turns).flat_map(|(n, (speaker, text))| {
            let spoken = EventPayload::UtteranceSettled(Utterance {
                id: UtteranceId(n),
                speaker,
                lang: speaker.lang(),
                text: text.to_owned(),
                source: UtteranceSource::Speech,
                start_ms: u64::from(n) * 5_000,
                end_ms: u64::from(n) * 5_000 + 4_000,
                confidence: 0.9,
                reconsidered: Vec::new(),
                interrupted: false,
                sent_as: None,
            });
            let translated = EventPayload::TranslationSettled {
                utterance: UtteranceId(n),
                lang: match speaker {
                    Speaker::Staff => Lang::Uk,
                    Speaker::Citizen => Lang::Da,
                },
                text: "–".to_owned(),
                confidence: 0.9,
                warnings: Vec::new(),
                verified: false,
            };
            [spoken, translated]
        });
        let view = case_of(said);
        let (_, extras) = document_of(&view, "Aarhus Kommune", true);
        let rows = |label: &str| -> Vec<&EvidenceRow> {
            extras
                .evidence
                .iter()
                .filter(|row| row.label_da == label)
                .collect()
        };
        // The address rests on several parts of two turns.
        let form = view.form();
        let mut slots = form.sections.iter().flat_map(|s| &s.slots);
        let address = slots.find(|s| s.key == "to.address_line").unwrap();
        assert!(address.evidence.len() > 2, "{:?}", address.evidence);
        let heard: Vec<&str> = rows("Tilflytningsadresse")
            .iter()
            .map(|row| row.speaker.as_str())
            .collect();
        assert_eq!(heard, ["borger", "medarbejder"]);
        assert!(extras.evidence.iter().all(|row| !row.decision));
        assert!(
            !rows("Medflytter 2: fornavn(e)").is_empty(),
            "{:?}",
            extras.evidence
        );
    }

    #[test]
    fn the_appendix_says_who_decided_about_a_value_also_about_one_that_nobody_said() {
        let view = case_of([
            write("mover.surname", "Kovalenko", Some("anne")),
            write("mover.given_names", "Oksana", None),
            EventPayload::SlotConfirmed {
                key: "mover.given_names".to_owned(),
                value: json!("Oksana"),
                by: Some("bent".to_owned()),
            },
            write("mover.email", "a@example.dk", None),
        ]);
        let (_, extras) = document_of(&view, "Aarhus Kommune", true);
        let all: Vec<(&str, &str, &str)> = extras
            .evidence
            .iter()
            .filter(|row| row.decision)
            .map(|row| {
                (
                    row.said_da.as_str(),
                    row.said_uk.as_str(),
                    row.speaker.as_str(),
                )
            })
            .collect();
        let (at_da, at_uk) = ("1. december 2026 kl. 11.00", "1 грудня 2026 року об 11:00");
        for (da, uk) in [
            (
                "Skrevet af medarbejderen (anne)",
                "Записано: працівник муніципалітету (anne)",
            ),
            (
                "Bekræftet af medarbejderen (bent)",
                "Підтверджено: працівник муніципалітету (bent)",
            ),
            (
                "Skrevet af medarbejderen",
                "Записано: працівник муніципалітету",
            ),
        ] {
            let (da, uk) = (format!("{da}, {at_da}"), format!("{uk}, {at_uk}"));
            assert!(
                all.contains(&(da.as_str(), uk.as_str(), "medarbejder")),
                "{da}: {all:?}"
            );
        }
        // The newest decision counts.
        assert_eq!(all.len(), 3, "{all:?}");
        // The document itself names nobody.
        assert!(
            document_of(&view, "Aarhus Kommune", false)
                .1
                .evidence
                .is_empty()
        );
    }

    #[test]
    fn a_note_goes_along_with_who_wrote_it() {
        assert_eq!(note_of(&case_of([]), "Aarhus Kommune"), None);
        let text = "Borger oplyser, at hun har boet på adressen siden 1. december.";
        let view = case_of([write("staff.note", text, Some("anne"))]);
        assert_eq!(
            note_of(&view, "Aarhus Kommune").unwrap(),
            format!(
                "Notat i sag a-1, Aarhus Kommune\n\
                 Skrevet af medarbejderen (anne), 1. december 2026 kl. 11.00\n\n{text}\n"
            )
        );
    }
}
