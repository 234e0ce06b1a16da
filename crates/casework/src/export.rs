//! Everything that is kept of a case, for the citizen who asks for it (GDPR article 15) and for
//! whoever must look at a case outside the server.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};
use tolkebot_protocol::{CaseEvent, CaseId};

use crate::exported::chain;
use crate::store::is_note_of;
use crate::{CaseView, FoldError, MasterKey, Store, StoreError};

/// Why a case cannot be exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Its events make no case.
    #[error(transparent)]
    Fold(#[from] FoldError),
}

/// A case as JSON: what was said with its translations, the form with its evidence, the answers to
/// notices, every event of the log with its hash in the log (`hash`) and in this export (`chain`, see
/// [`Exported`](crate::Exported)), the kept sound, if there is any, as WAV files in
/// base64, and the notes about it as they stand: who opened it, and documents that wait to be handed in or were
/// signed elsewhere, in base64.
///
/// # Errors
/// [`ExportError`] if the case is unknown, erased or damaged.
pub fn export(store: &dyn Store, case: &CaseId, now: Timestamp) -> Result<Value, ExportError> {
    export_signed(store, case, now, None)
}

/// Like [`export`], with the end of the export's chain signed by `key`, if there is one.
///
/// # Errors
/// [`ExportError`] if the case is unknown, erased or damaged.
pub fn export_signed(
    store: &dyn Store,
    case: &CaseId,
    now: Timestamp,
    key: Option<&MasterKey>,
) -> Result<Value, ExportError> {
    let stored = store.load(case, 0)?;
    let events: Vec<CaseEvent> = stored.iter().map(|one| one.event.clone()).collect();
    let view = CaseView::fold(case, &events)?;
    let said: Vec<Value> = view
        .utterances()
        .iter()
        .map(|u| {
            json!({
                "id": u.utterance.id,
                "speaker": u.utterance.speaker,
                "lang": u.utterance.lang,
                "text": u.utterance.text,
                "translation": u.translation.as_ref().map(|t| json!({
                    "lang": t.lang,
                    "text": t.text,
                })),
            })
        })
        .collect();
    let mut log = Vec::with_capacity(stored.len());
    for one in &stored {
        let mut event = as_json(&one.event);
        event["hash"] = json!(one.hash.to_string());
        log.push(event);
    }
    let end = chain(case, &mut log, key);
    let mut sounds = Vec::new();
    for utterance in store.sounds(case)? {
        if let Some(wav) = store.sound(case, utterance)? {
            let wav = STANDARD.encode(&*wav);
            sounds.push(json!({ "utterance": utterance, "wav_base64": wav }));
        }
    }
    let mut notes = Vec::new();
    for key in store.note_keys("", now)? {
        if is_note_of(&key, case)
            && let Some(value) = store.note(&key, now)?
        {
            notes.push(json!({ "key": key, "value": value }));
        }
    }
    Ok(json!({
        "case": case,
        "exported_at": format!("{now:.3}"),
        "form_id": view.form_id(),
        "today": view.today().to_string(),
        "ended": view.ended(),
        "cancelled": view.cancelled(),
        "interpreter_requested": view.interpreter_requested(),
        "utterances": said,
        "sounds": sounds,
        "form": view.form_state().to_contract_json(),
        "events": log,
        "chain": end,
        "notes": notes,
    }))
}

/// An event as JSON. Through text, so that an f32 keeps its short decimal form (0.9, not
/// 0.8999999761581421).
pub fn as_json(event: &CaseEvent) -> Value {
    serde_json::to_string(event)
        .and_then(|text| serde_json::from_str(&text))
        .unwrap_or_default()
}
