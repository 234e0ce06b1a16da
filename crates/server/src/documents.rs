//! A case's papers: the document with what stands beside its values, the receipt, and where the
//! case stands on its way there.

use serde_json::Value;
use tolkebot_casework::CaseView;
use tolkebot_document::{
    DocumentError, Extras, FilledForm, Memo, MemoError, Receipt, SignatureMark, Vouched, digest,
};
use tolkebot_form::{FormDefinition, ReadBackLine, ReadBackOptions, display};
use tolkebot_protocol::{CaseStage, Lang, ReadBackView, Role, SignatureView, StageView};

use crate::appendix::appendix_of;
use crate::delivery::MemoConfig;

/// The values of a case as a document shows them. Its date is the day of the case, so that the
/// same case gives the same document on every day. What an employee wrote for the authority's own
/// record is not in it: the citizen does not see it, so it is not signed. It is handed in beside it.
pub fn form_of(view: &CaseView, authority: &str) -> FilledForm {
    let date = view.today().to_string();
    let definition = view.form_state().definition();
    let mut shown = view.form();
    for section in &mut shown.sections {
        section
            .slots
            .retain(|slot| !definition.field(&slot.key).is_some_and(|f| f.internal));
    }
    FilledForm::from_view(&shown, &view.case().0, authority, &date)
}

/// The document of a case as it stands: its values, and what stands beside them. `appendix`: also
/// where each value was heard; such a document is for looking at and never sealed.
pub fn document_of(view: &CaseView, authority: &str, appendix: bool) -> (FilledForm, Extras) {
    let form = form_of(view, authority);
    let life = view.lifecycle();
    let signature = life.signature().map(|signature| SignatureMark {
        method: signature.method,
        signer: if signature.signer.is_empty() {
            signer_in(view)
        } else {
            signature.signer.clone()
        },
        at: signature.at.clone(),
        digest: signature.digest.clone(),
        declaration: signature.declaration,
        ink: signature.ink.clone(),
        void: signature.void,
    });
    let extras = Extras {
        draft: false,
        cancelled: life.stage() == CaseStage::Cancelled,
        on_paper: false,
        confirmed_by: vouched(view),
        signature,
        evidence: if appendix {
            appendix_of(view, &form)
        } else {
            Vec::new()
        },
    };
    (form, extras)
}

/// Who signs, as the form says now: the person who moves, or who holds their power of attorney. Of
/// whoever else may report a move the form has no name, so that their part stands for it.
pub(crate) fn signer_in(view: &CaseView) -> String {
    let form = view.form_state();
    let text = |key: &str| form.value(key).and_then(Value::as_str);
    let mover = match form.full_name("mover") {
        name if name.is_empty() => "borgeren".to_owned(),
        name => name,
    };
    match text("case.reporter_role") {
        None | Some("self") => mover,
        Some("power_of_attorney") if text("poa.holder_name").is_some() => {
            text("poa.holder_name").unwrap_or_default().to_owned()
        }
        Some(role) => {
            let role = FormDefinition::embedded()
                .field("case.reporter_role")
                .map_or_else(|| role.to_owned(), |f| display(f, &role.into(), Lang::Da));
            format!("{role} for {mover}")
        }
    }
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
    let decided = |who: Role| {
        let mut all = slots.iter().filter_map(|(_, slot)| slot.decided.as_ref());
        all.any(|decision| decision.actor == who)
    };
    let life = view.lifecycle();
    if life.is_confirmed() {
        add(
            "borgeren efter oplæsning på ukrainsk",
            "громадянин (громадянка) після зачитування українською",
        );
    } else if decided(Role::Citizen) {
        add("borgeren", "громадянин (громадянка)");
    }
    if decided(Role::Staff) {
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

/// The citizen's copy; `None` if nobody signed, the signature does not hold any more, or the case was given up: then
/// nothing was received.
///
/// # Errors
/// [`DocumentError`] if the time of the signature is none.
pub fn receipt_of(view: &CaseView, authority: &str) -> Result<Option<Receipt>, DocumentError> {
    let signature = view.lifecycle().signature();
    let cancelled = view.lifecycle().stage() == CaseStage::Cancelled;
    let Some(signature) = signature.filter(|signature| !signature.void && !cancelled) else {
        return Ok(None);
    };
    let protected = view.form_state().is_protected();
    Receipt::of(&form_of(view, authority), &signature.at, protected).map(Some)
}

/// Why there is no message for Digital Post.
#[derive(Debug, thiserror::Error)]
pub enum MemoTrouble {
    /// Nobody signed, or the signature does not hold any more.
    #[error(
        "no signature of the case holds, or it was given up: a receipt is made of what was signed"
    )]
    NotSigned,
    /// The receipt cannot be made.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The message cannot be made.
    #[error(transparent)]
    Memo(#[from] MemoError),
}

/// The citizen's copy as a message for Digital Post, MeMo 1.2.
///
/// # Errors
/// [`MemoTrouble`].
pub fn memo_of(
    view: &CaseView,
    authority: &str,
    sender: &MemoConfig,
) -> Result<String, MemoTrouble> {
    let life = view.lifecycle();
    let receipt = receipt_of(view, authority)?.ok_or(MemoTrouble::NotSigned)?;
    let form = view.form_state();
    let cpr = form.value("mover.cpr_number").and_then(Value::as_str);
    let name = match sender.sender.as_str() {
        "" => authority,
        name => name,
    };
    let memo = Memo::with_receipt(
        &receipt,
        (&sender.sender_cvr, name),
        cpr.unwrap_or_default(),
        &view.case().0,
        // The same at every try.
        life.since(),
    )?;
    Ok(memo.xml()?)
}

/// Where a case stands, as screens show it.
pub fn stage_of(view: &CaseView, authority: &str) -> StageView {
    let life = view.lifecycle();
    let open = view.open_as_read();
    let form = view.form_state();
    let (lines, unread) = match life.stage() {
        CaseStage::ReadBack => (form.read_back(ReadBackOptions::default()), form.unread()),
        _ => Default::default(),
    };
    let spoken = |line: ReadBackLine| ReadBackView {
        da: line.da,
        uk: line.uk,
    };
    let (reason, comments) = life.returned().unwrap_or_default();
    StageView {
        state: life.stage(),
        digest: digest(&form_of(view, authority)),
        missing: open.missing,
        unconfirmed: open.unconfirmed,
        blocked_by: open.blocked_by,
        read_back: lines.into_iter().map(spoken).collect(),
        unread,
        read_back_confirmed: life.is_confirmed(),
        read_back_doubted: life.is_doubted(),
        signature: life.signature().map(|signature| SignatureView {
            method: signature.method,
            signer: signature.signer.clone(),
            at: signature.at.clone(),
            digest: signature.digest.clone(),
            void: signature.void,
        }),
        returned_because: reason.to_owned(),
        comments: comments.to_vec(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;
    use tolkebot_casework::FORM;
    use tolkebot_protocol::{CaseEvent, CaseId, EventPayload, Role};

    use super::*;

    /// A case of these events.
    pub(crate) fn case_of(payloads: impl IntoIterator<Item = EventPayload>) -> CaseView {
        let first = EventPayload::CaseOpened {
            form: FORM.to_owned(),
            today: "2026-12-01".to_owned(),
        };
        let events: Vec<CaseEvent> = std::iter::once(first)
            .chain(payloads)
            .zip(1..)
            .map(|(payload, seq)| CaseEvent {
                seq,
                at: "2026-12-01T10:00:00Z".to_owned(),
                actor: Role::Staff,
                payload,
            })
            .collect();
        CaseView::fold(&CaseId("a-1".to_owned()), &events).unwrap()
    }

    fn signer(values: &[(&str, Value)]) -> String {
        let written = values
            .iter()
            .map(|(key, value)| EventPayload::SlotCorrected {
                key: (*key).to_owned(),
                value: value.clone(),
                by: None,
            });
        signer_in(&case_of(written))
    }

    #[test]
    fn who_signs_is_whom_the_form_names_for_it() {
        let names = [
            ("mover.surname", json!("Kovalenko")),
            ("mover.given_names", json!("Oksana")),
        ];
        let with = |more: &[(&'static str, Value)]| signer(&[&names[..], more].concat());
        assert_eq!(signer(&[]), "borgeren");
        assert_eq!(with(&[]), "Oksana Kovalenko");
        let role = |role: &str| ("case.reporter_role", json!(role));
        assert_eq!(with(&[role("self")]), "Oksana Kovalenko");
        let holder = [
            role("power_of_attorney"),
            ("poa.used", json!(true)),
            ("poa.holder_name", json!("Ivan Bondarenko")),
        ];
        assert_eq!(with(&holder), "Ivan Bondarenko");
        // The form has no name for them.
        assert_eq!(with(&[role("guardian")]), "Værge for Oksana Kovalenko");
        assert_eq!(
            with(&[role("power_of_attorney")]),
            "Fuldmagtshaver for Oksana Kovalenko"
        );
    }
}
