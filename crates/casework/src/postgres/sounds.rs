//! The sound of cases that opted in, in the database.

use postgres::{Client, GenericClient};
use tolkebot_protocol::{CaseId, UtteranceId};
use zeroize::Zeroizing;

use super::cases::kept_key;
use super::connections::Failed;
use super::{LOCK, Trouble, ledger};
use crate::sound::{self, SoundKept};
use crate::{MasterKey, StoreError};

fn sound_key(db: &mut impl GenericClient, case: &CaseId) -> Result<Option<Vec<u8>>, Failed> {
    let row = db.query_opt(
        "SELECT wrapped FROM sound_keys WHERE case_id = $1",
        &[&case.0],
    )?;
    row.map(|row| row.try_get(0)).transpose()
}

/// Makes the key for a case's sound, if it has none.
pub(super) fn begin(
    db: &mut Client,
    case: &CaseId,
    master: Option<&MasterKey>,
) -> Result<(), Trouble> {
    let mut tx = db.transaction()?;
    // An erasure comes before it, or takes it along.
    tx.batch_execute(LOCK)?;
    if ledger::is_erased(&mut tx, case)? {
        return Err(StoreError::Erased(case.clone()).into());
    }
    if sound_key(&mut tx, case)?.is_some() {
        return Ok(());
    }
    let wrapped = sound::new_key(case, kept_key(&mut tx, case, master)?.as_ref())?;
    tx.execute(
        "INSERT INTO sound_keys (case_id, wrapped) VALUES ($1, $2)",
        &[&case.0, &wrapped],
    )?;
    Ok(tx.commit()?)
}

/// Keeps the sound of an utterance.
pub(super) fn keep(
    db: &mut Client,
    case: &CaseId,
    utterance: UtteranceId,
    wav: &[u8],
    most: u64,
    master: Option<&MasterKey>,
) -> Result<SoundKept, Trouble> {
    let mut tx = db.transaction()?;
    // Held until the sound is there: a withdrawal comes before it and leaves no key, or takes it along.
    // Not the writers' lock: sound is large, and the log must not wait for it.
    let row = tx.query_opt(
        "SELECT wrapped FROM sound_keys WHERE case_id = $1 FOR UPDATE",
        &[&case.0],
    )?;
    let Some(row) = row else {
        return Ok(SoundKept::Off);
    };
    let case_key = kept_key(&mut tx, case, master)?;
    let key = sound::open_key(case, case_key.as_ref(), row.try_get(0)?)?;
    let body = key.seal_bytes(&sound::about(case, utterance), wav)?;
    let number = i64::from(utterance.0);
    let others: i64 = tx
        .query_one(
            "SELECT coalesce(sum(length(body)), 0)::bigint FROM sounds \
             WHERE case_id = $1 AND utterance <> $2",
            &[&case.0, &number],
        )?
        .try_get(0)?;
    if others.cast_unsigned() + body.len() as u64 > most {
        return Ok(SoundKept::Full);
    }
    tx.execute(
        "INSERT INTO sounds (case_id, utterance, body) VALUES ($1, $2, $3) \
         ON CONFLICT (case_id, utterance) DO UPDATE SET body = excluded.body",
        &[&case.0, &number, &body],
    )?;
    tx.commit()?;
    Ok(SoundKept::Stored)
}

/// The utterances of a case whose sound is kept.
pub(super) fn of(db: &mut Client, case: &CaseId) -> Result<Vec<UtteranceId>, Failed> {
    db.query(
        "SELECT utterance FROM sounds WHERE case_id = $1 ORDER BY utterance",
        &[&case.0],
    )?
    .iter()
    .map(|row| {
        let number: i64 = row.try_get(0)?;
        Ok(UtteranceId(u32::try_from(number).unwrap_or(u32::MAX)))
    })
    .collect()
}

/// The kept sound of an utterance.
pub(super) fn one(
    db: &mut Client,
    case: &CaseId,
    utterance: UtteranceId,
    master: Option<&MasterKey>,
) -> Result<Option<Zeroizing<Vec<u8>>>, Trouble> {
    let row = db.query_opt(
        "SELECT body FROM sounds WHERE case_id = $1 AND utterance = $2",
        &[&case.0, &i64::from(utterance.0)],
    )?;
    let Some(row) = row else { return Ok(None) };
    let wrapped = sound_key(db, case)?.ok_or_else(|| sound::damaged(case))?;
    let key = sound::open_key(case, kept_key(db, case, master)?.as_ref(), &wrapped)?;
    let wav = key.open_bytes(&sound::about(case, utterance), row.try_get(0)?);
    Ok(Some(wav.ok_or_else(|| sound::damaged(case))?))
}

/// Removes the key and the sound of a case, within a transaction.
pub(super) fn remove(tx: &mut impl GenericClient, case: &CaseId) -> Result<(), Failed> {
    // The key first: whoever keeps sound at this moment holds it.
    tx.execute("DELETE FROM sound_keys WHERE case_id = $1", &[&case.0])?;
    tx.execute("DELETE FROM sounds WHERE case_id = $1", &[&case.0])?;
    Ok(())
}

/// Has the places of what was removed used again soon.
pub(super) fn sweep(db: &mut Client) -> Result<(), Failed> {
    db.batch_execute("VACUUM sound_keys")?;
    db.batch_execute("VACUUM sounds")
}

/// Destroys the sound of a case.
pub(super) fn destroy(db: &mut Client, case: &CaseId) -> Result<(), Failed> {
    let mut tx = db.transaction()?;
    let was_there = sound_key(&mut tx, case)?.is_some();
    remove(&mut tx, case)?;
    tx.commit()?;
    if was_there && sweep(db).is_err() {
        tracing::warn!(%case, "destroyed sound stays in the server's files for now");
    }
    Ok(())
}

/// The cases with a key for sound.
pub(super) fn with_sound(db: &mut Client) -> Result<Vec<CaseId>, Failed> {
    db.query("SELECT case_id FROM sound_keys ORDER BY case_id", &[])?
        .iter()
        .map(|row| row.try_get(0).map(CaseId))
        .collect()
}
