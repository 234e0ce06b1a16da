//! A case's papers: the document with what stands beside its values, the receipt, and where the
//! case stands on its way there.

use tolkebot_casework::{CaseView, evidence};
use tolkebot_document::{EvidenceRow, Extras, FilledForm, Receipt, SignatureMark, Vouched, digest};
use tolkebot_form::{ReadBackOptions, date_long};
use tolkebot_protocol::{
    CaseStage, FormView, Lang, ReadBackView, SignatureView, Speaker, StageView,
};

/// The values of a case as a document shows them. Its date is the day of the case, so that the
/// same case gives the same document on every day.
pub fn form_of(view: &CaseView, authority: &str) -> FilledForm {
    let date = view.today().to_string();
    FilledForm::from_view(&view.form(), &view.case().0, authority, &date)
}

/// The document of a case as it stands: its values, and what stands beside them. `appendix`: also
/// where each value was heard; such a document is for looking at and never sealed.
pub fn document_of(view: &CaseView, authority: &str, appendix: bool) -> (FilledForm, Extras) {
    let form = form_of(view, authority);
    let life = view.lifecycle();
    let person = view.form_state().full_name("mover");
    let signature = life.signature().map(|signature| SignatureMark {
        method: signature.method,
        signer: if person.is_empty() {
            "borgeren".to_owned()
        } else {
            person
        },
        at: signature.at.clone(),
        digest: signature.digest.clone(),
        ink: signature.ink.clone(),
    });
    let extras = Extras {
        draft: false,
        confirmed_by: vouched(view),
        signature,
        evidence: if appendix {
            appendix_of(view, &view.form())
        } else {
            Vec::new()
        },
    };
    (form, extras)
}

/// Who vouched for the values.
fn vouched(view: &CaseView) -> Vec<Vouched> {
    let mut all = Vec::new();
    let mut add = |da: &str, uk: &str| {
        all.push(Vouched {
            da: da.to_owned(),
            uk: uk.to_owned(),
        });
    };
    let slots = view.form_state().slots();
    let decided = |who: &str| {
        let mut actors = slots.iter().filter_map(|(_, slot)| slot.actor.as_deref());
        actors.any(|actor| actor == who)
    };
    let life = view.lifecycle();
    if life.is_confirmed() {
        add(
            "borgeren efter oplæsning på ukrainsk",
            "громадянин (громадянка) після зачитування українською",
        );
    } else if decided("citizen") {
        add("borgeren", "громадянин (громадянка)");
    }
    if decided("staff") {
        add("medarbejderen", "працівник муніципалітету");
    }
    if matches!(life.stage(), CaseStage::Approved | CaseStage::Submitted) {
        add(
            "en anden medarbejder ved gennemsyn",
            "другий працівник після перевірки",
        );
    }
    all
}

/// Where each value was heard, in both languages.
fn appendix_of(view: &CaseView, form: &FormView) -> Vec<EvidenceRow> {
    let said = evidence(view);
    let slots = form.sections.iter().flat_map(|s| &s.slots);
    let mut rows = Vec::new();
    for slot in slots.filter(|slot| !slot.value.is_null()) {
        for one in &slot.evidence {
            let Some(found) = said.iter().find(|s| s.utterance == one.utterance) else {
                continue;
            };
            let (da, uk) = match found.lang {
                Lang::Da => (&found.text, &found.translation),
                Lang::Uk => (&found.translation, &found.text),
            };
            rows.push(EvidenceRow {
                label_da: slot.label_da.clone(),
                label_uk: slot.label_uk.clone(),
                said_da: da.clone(),
                said_uk: uk.clone(),
                speaker: match found.speaker {
                    Speaker::Staff => "medarbejder",
                    Speaker::Citizen => "borger",
                }
                .to_owned(),
            });
        }
    }
    rows
}

/// The citizen's copy.
pub fn receipt_of(view: &CaseView, authority: &str) -> Receipt {
    let (da, uk) = (
        date_long(view.today(), Lang::Da),
        date_long(view.today(), Lang::Uk),
    );
    let protected = view.form_state().is_protected();
    Receipt::of(&form_of(view, authority), &da, &uk, protected)
}

/// Where a case stands, as screens show it.
pub fn stage_of(view: &CaseView, authority: &str) -> StageView {
    let life = view.lifecycle();
    let open = view.open();
    let read_back = match life.stage() {
        CaseStage::ReadBack => view
            .form_state()
            .read_back(ReadBackOptions::default())
            .into_iter()
            .map(|line| ReadBackView {
                da: line.da,
                uk: line.uk,
            })
            .collect(),
        _ => Vec::new(),
    };
    let (reason, comments) = life.returned().unwrap_or_default();
    StageView {
        state: life.stage(),
        digest: digest(&form_of(view, authority)),
        missing: open.missing,
        unconfirmed: open.unconfirmed,
        blocked_by: open.blocked_by,
        read_back,
        read_back_confirmed: life.is_confirmed(),
        signature: life.signature().map(|signature| SignatureView {
            method: signature.method,
            at: signature.at.clone(),
            digest: signature.digest.clone(),
            void: signature.void,
        }),
        returned_because: reason.to_owned(),
        comments: comments.to_vec(),
    }
}
