//! Keeping the sound of a case: not without being allowed, agreed and recorded; and its end.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;
use tolkebot_audio::{encode_wav, parse_wav};
use tolkebot_casework::{ErasureReason, MasterKey, SqliteStore, export};
use tolkebot_protocol::{CaseId, Lang, Speaker, UtteranceId};
use tolkebot_server::{KeepSound, ServerConfig};

use crate::common::{Client, Conversation, Flaky, House, config, house_with, log_of};

fn allowed() -> ServerConfig {
    let mut config = config();
    config.privacy.keep_sound = KeepSound::WhenAgreed;
    config
}

/// A house on a file, and the file's folder.
async fn house_on_disk(config: ServerConfig) -> (House, TempDir) {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("cases.sqlite");
    let key = MasterKey::generate().unwrap();
    let store = SqliteStore::open_with(&path, Some(key)).unwrap();
    (house_with(config, Arc::new(store)).await, dir)
}

/// Half a second that no file holds by chance, as a client sends it.
fn pcm(seed: u32) -> Vec<u8> {
    let samples = (0..8000u32).map(|n| (n.wrapping_mul(40_503).wrapping_add(seed) >> 7) as i16);
    samples.flat_map(i16::to_le_bytes).collect()
}

/// Says something with that sound; returns the utterance once it is in the log.
async fn say(c: &mut Conversation, speaker: Speaker, pcm: &[u8]) -> u32 {
    let client = match speaker {
        Speaker::Staff => &mut c.staff,
        Speaker::Citizen => &mut c.tablet,
    };
    client.start_audio().await;
    for frame in pcm.chunks(6400) {
        client.send_binary(frame.to_vec()).await;
    }
    client.settle().await;
    let n = c.talk.say(speaker, "Ja.", "Так.").await;
    c.staff
        .until_event("utterance_settled", |e| e["id"] == n)
        .await;
    n
}

/// The sound of an utterance once it is kept, as it was sent.
async fn kept(house: &House, case: &CaseId, n: u32) -> Vec<u8> {
    for _ in 0..1000 {
        let sound = house.store.sound(case, UtteranceId(n)).unwrap();
        if let Some(wav) = sound {
            let samples = parse_wav(&wav).unwrap();
            assert_eq!(encode_wav(&samples, 16_000).unwrap(), *wav);
            return wav[44..].to_vec();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the sound of utterance {n} is never kept");
}

async fn gone(house: &House) {
    for _ in 0..1000 {
        if house.store.cases_with_sound().unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the sound is never destroyed");
}

/// True if any file of the folder holds a part of the sound.
fn is_on_disk(dir: &Path, pcm: &[u8]) -> bool {
    std::fs::read_dir(dir).unwrap().any(|file| {
        let content = std::fs::read(file.unwrap().path()).unwrap();
        let has = |piece: &[u8]| content.windows(piece.len()).any(|w| w == piece);
        pcm.chunks_exact(2000).any(|piece| has(&piece[..64]))
    })
}

fn rows(dir: &Path, table: &str) -> i64 {
    let db = Connection::open(dir.join("cases.sqlite")).unwrap();
    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))
        .unwrap()
}

async fn refused(client: &mut Client, message: Value, words: &str) {
    client.send(message).await;
    let error = client.until_error("not_allowed").await;
    let text = error["message"].as_str().unwrap();
    assert!(text.contains(words), "{text}");
    assert_eq!(error["fatal"], false);
}

async fn ask_and_agree(c: &mut Conversation) {
    c.staff.send(json!({"type": "ask_keep_sound"})).await;
    c.tablet.until_event("sound_keeping_asked", |_| true).await;
    c.tablet.consent("sound_keeping").await;
    c.staff
        .until_event("consent_given", |e| e["notice"] == "sound_keeping")
        .await;
}

async fn start(c: &mut Conversation, basis: &str) {
    c.staff
        .send(json!({"type": "keep_sound", "basis": basis}))
        .await;
    for client in [&mut c.staff, &mut c.tablet] {
        client
            .until_event("sound_keeping_started", |e| e["basis"] == basis)
            .await;
    }
}

#[tokio::test]
async fn nothing_of_the_sound_is_on_disk_unless_a_case_opts_in() {
    for config in [config(), allowed()] {
        let may = config.privacy.keep_sound == KeepSound::WhenAgreed;
        let (house, dir) = house_on_disk(config).await;
        let mut c = house.conversation().await;
        let welcome = c.staff.seen.iter().find(|m| m["type"] == "welcome");
        let flag = &welcome.unwrap()["sound_may_be_kept"];
        assert_eq!(*flag, if may { json!(true) } else { Value::Null });
        let sounds = [pcm(1), pcm(2)];
        say(&mut c, Speaker::Staff, &sounds[0]).await;
        say(&mut c, Speaker::Citizen, &sounds[1]).await;
        if !may {
            for message in [
                json!({"type": "ask_keep_sound"}),
                json!({"type": "keep_sound", "basis": "public_task"}),
                json!({"type": "keep_sound", "basis": "consent"}),
            ] {
                refused(&mut c.staff, message, "privacy.keep_sound").await;
            }
            say(&mut c, Speaker::Staff, &sounds[0]).await;
        }
        house.server.shutdown().await;
        for pcm in &sounds {
            assert!(!is_on_disk(dir.path(), pcm));
        }
        assert_eq!(rows(dir.path(), "sounds"), 0);
        assert_eq!(rows(dir.path(), "sound_keys"), 0);
        let kinds = log_of(&*house.store, &c.case);
        let kinds = kinds.iter().map(|e| e["kind"].as_str().unwrap());
        assert!(!kinds.into_iter().any(|kind| kind.starts_with("sound_")));
    }
}

#[tokio::test]
async fn with_consent_the_sound_of_both_sides_is_kept_sealed_as_it_was_sent() {
    let (house, dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    // Nobody but staff, nothing without the citizen's yes, no yes to what nobody asked.
    let keep = json!({"type": "keep_sound", "basis": "consent"});
    refused(&mut c.tablet, keep.clone(), "only staff").await;
    refused(&mut c.staff, keep.clone(), "has not consented").await;
    let yes = json!({"type": "consent", "notice": "sound_keeping", "accepted": true});
    refused(&mut c.tablet, yes.clone(), "nobody has asked").await;
    refused(&mut c.staff, yes, "only the citizen").await;
    ask_and_agree(&mut c).await;
    start(&mut c, "consent").await;
    refused(&mut c.staff, keep, "already").await;

    let sounds = [pcm(1), pcm(2)];
    let staff = say(&mut c, Speaker::Staff, &sounds[0]).await;
    let citizen = say(&mut c, Speaker::Citizen, &sounds[1]).await;
    assert_eq!(kept(&house, &c.case, staff).await, sounds[0]);
    assert_eq!(kept(&house, &c.case, citizen).await, sounds[1]);
    for pcm in &sounds {
        assert!(!is_on_disk(dir.path(), pcm), "what is kept is sealed");
    }
    let exported = export(&*house.store, &c.case, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(exported["sounds"].as_array().unwrap().len(), 2);

    // Staff may end it, too.
    c.staff.send(json!({"type": "withdraw_sound"})).await;
    let ended = c.tablet.until_event("sound_destroyed", |_| true).await;
    assert_eq!(
        (&ended["actor"], &ended["reason"]),
        (&json!("staff"), &json!("withdrawn"))
    );
    gone(&house).await;
}

/// What was being said when it was decided began before, and is not kept.
#[tokio::test]
async fn what_began_before_the_opt_in_is_not_kept() {
    let (house, _dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    say(&mut c, Speaker::Citizen, &pcm(0)).await;
    start(&mut c, "public_task").await;
    // The scripted pipe says of every stretch that it began at 100 ms: the citizen's began before.
    say(&mut c, Speaker::Citizen, &pcm(1)).await;
    let staff = say(&mut c, Speaker::Staff, &pcm(2)).await;
    assert_eq!(kept(&house, &c.case, staff).await, pcm(2));
    let ids = house.store.sounds(&c.case).unwrap();
    assert_eq!(ids, [UtteranceId(staff)]);
}

#[tokio::test]
async fn the_citizen_withdraws_and_everything_is_destroyed_at_once() {
    let (house, dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    ask_and_agree(&mut c).await;
    start(&mut c, "consent").await;
    let sounds = [pcm(1), pcm(2), pcm(3)];
    let staff = say(&mut c, Speaker::Staff, &sounds[0]).await;
    let citizen = say(&mut c, Speaker::Citizen, &sounds[1]).await;
    assert_eq!(kept(&house, &c.case, staff).await, sounds[0]);
    assert_eq!(kept(&house, &c.case, citizen).await, sounds[1]);

    c.tablet.send(json!({"type": "withdraw_sound"})).await;
    let ended = c.staff.until_event("sound_destroyed", |_| true).await;
    assert_eq!(ended["actor"], "citizen");
    gone(&house).await;
    say(&mut c, Speaker::Citizen, &sounds[2]).await;
    let none = json!({"type": "withdraw_sound"});
    refused(&mut c.staff, none, "nothing to destroy").await;
    // The consent is used up.
    let keep = json!({"type": "keep_sound", "basis": "consent"});
    refused(&mut c.staff, keep, "has not consented").await;
    // And having it destroyed is a no.
    let task = json!({"type": "keep_sound", "basis": "public_task"});
    refused(&mut c.staff, task.clone(), "does not want").await;
    assert_eq!(rows(dir.path(), "sounds"), 0);

    // A no to the question is one to everything.
    c.staff.send(json!({"type": "ask_keep_sound"})).await;
    c.tablet
        .send(json!({"type": "consent", "notice": "sound_keeping", "accepted": false}))
        .await;
    c.staff
        .until_event("consent_given", |e| e["accepted"] == false)
        .await;
    for basis in ["consent", "public_task"] {
        let keep = json!({"type": "keep_sound", "basis": basis});
        refused(&mut c.staff, keep, "does not want").await;
    }
    // To be asked once more is no yes.
    c.staff.send(json!({"type": "ask_keep_sound"})).await;
    c.staff.until_event("sound_keeping_asked", |_| true).await;
    refused(&mut c.staff, task, "does not want").await;
    house.server.shutdown().await;
    let report = house.store.audit(None, None).unwrap();
    assert!(report.is_intact(), "{:?}", report.findings);
    for pcm in &sounds {
        assert!(!is_on_disk(dir.path(), pcm));
    }
}

#[tokio::test]
async fn an_answer_that_is_changed_to_no_destroys_what_is_kept() {
    let (house, _dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    ask_and_agree(&mut c).await;
    start(&mut c, "consent").await;
    let n = say(&mut c, Speaker::Staff, &pcm(1)).await;
    kept(&house, &c.case, n).await;
    c.tablet
        .send(json!({"type": "consent", "notice": "sound_keeping", "accepted": false}))
        .await;
    c.staff.until_event("sound_destroyed", |_| true).await;
    gone(&house).await;
    // The no outlives what was kept, until there is a yes.
    let task = json!({"type": "keep_sound", "basis": "public_task"});
    refused(&mut c.staff, task, "does not want").await;
    ask_and_agree(&mut c).await;
    start(&mut c, "public_task").await;
}

#[tokio::test]
async fn a_case_has_only_so_much_sound_and_the_conversation_goes_on() {
    let mut config = allowed();
    config.privacy.sound_minutes = 1;
    let (house, _dir) = house_on_disk(config).await;
    let mut c = house.conversation().await;
    start(&mut c, "public_task").await;
    let long = vec![0.25; 40 * 16_000];
    let first = c
        .talk
        .settle_sound(Speaker::Staff, "Et.", long.clone())
        .await;
    kept(&house, &c.case, first).await;
    c.talk.settle_sound(Speaker::Staff, "To.", long).await;
    for client in [&mut c.staff, &mut c.tablet] {
        let stop = client.until_event("sound_keeping_stopped", |_| true).await;
        assert_eq!(
            (&stop["reason"], &stop["actor"]),
            (&json!("limit"), &json!("system"))
        );
    }
    // A short one would fit; but what has stopped has stopped.
    let third = say(&mut c, Speaker::Staff, &pcm(3)).await;
    c.staff
        .until_event("translation_settled", |e| e["utterance"] == third)
        .await;
    let ids = house.store.sounds(&c.case).unwrap();
    assert_eq!(ids, [UtteranceId(first)]);
    let keep = json!({"type": "keep_sound", "basis": "public_task"});
    refused(&mut c.staff, keep, "no more sound").await;
    // One that is longer than all a case may have does not even wait in memory.
    c.staff.send(json!({"type": "withdraw_sound"})).await;
    c.staff.until_event("sound_destroyed", |_| true).await;
    start(&mut c, "public_task").await;
    let endless = vec![0.25; 61 * 16_000];
    c.talk.settle_sound(Speaker::Citizen, "Три.", endless).await;
    c.staff.until_event("sound_keeping_stopped", |_| true).await;
}

#[tokio::test]
async fn an_erased_case_keeps_no_sound() {
    let (house, dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    start(&mut c, "public_task").await;
    let n = say(&mut c, Speaker::Staff, &pcm(1)).await;
    kept(&house, &c.case, n).await;
    let now = Timestamp::from_second(1_795_510_900).unwrap();
    house
        .store
        .erase(&c.case, ErasureReason::Request, now)
        .unwrap();
    c.talk.settle(Speaker::Staff, "To.").await;
    assert_eq!(c.staff.until_closed().await.0, "not_allowed");
    house.server.shutdown().await;
    assert_eq!(rows(dir.path(), "sounds"), 0);
    assert_eq!(rows(dir.path(), "sound_keys"), 0);
}

/// There is room for a withdrawal and none for ten seconds of sound: what is no longer wanted is not tried for ever
/// before what is there is destroyed.
#[tokio::test]
async fn sound_that_cannot_be_stored_does_not_hold_up_its_own_end() {
    let store = Arc::new(Flaky::default());
    let house = house_with(allowed(), store.clone()).await;
    let mut c = house.conversation().await;
    start(&mut c, "public_task").await;
    store.stall_sounds(true);
    say(&mut c, Speaker::Staff, &pcm(1)).await;
    while store.sounds.load(Ordering::SeqCst) == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(house.store.cases_with_sound().unwrap().len(), 1);
    c.tablet.send(json!({"type": "withdraw_sound"})).await;
    c.staff.until_event("sound_destroyed", |_| true).await;
    store.stall_sounds(false);
    gone(&house).await;
}

/// A file that cannot be written: the words and the sound wait, and are kept later.
#[tokio::test]
async fn while_nothing_can_be_written_the_sound_waits_and_the_conversation_goes_on() {
    let (house, dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    start(&mut c, "public_task").await;
    let first = say(&mut c, Speaker::Staff, &pcm(1)).await;
    kept(&house, &c.case, first).await;
    assert_eq!(c.tablet.until_binary().await.len(), 480);
    let other = Connection::open(dir.path().join("cases.sqlite")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let second = c
        .talk
        .settle_sound(Speaker::Staff, "To.", vec![0.5; 160])
        .await;
    c.staff.until_error("not_saved").await;
    c.talk.speak(second, Lang::Uk, 300, 0, true).await;
    assert_eq!(c.tablet.until_binary().await.len(), 600);
    assert_eq!(house.store.sounds(&c.case).unwrap().len(), 1);
    other.execute_batch("ROLLBACK").unwrap();
    c.staff
        .until_event("utterance_settled", |e| e["id"] == second)
        .await;
    let half = 16_384i16.to_le_bytes().repeat(160);
    assert_eq!(kept(&house, &c.case, second).await, half);
}

/// A later run goes on keeping what was agreed; one whose settings say never stops, and keeps what
/// there is until it is withdrawn or its time is over.
#[tokio::test]
async fn a_restarted_server_goes_on_or_stops_as_its_settings_say() {
    let (house, dir) = house_on_disk(allowed()).await;
    let mut c = house.conversation().await;
    start(&mut c, "public_task").await;
    let n = say(&mut c, Speaker::Staff, &pcm(1)).await;
    kept(&house, &c.case, n).await;
    let store = house.store.clone();
    house.server.shutdown().await;

    let house = house_with(allowed(), store.clone()).await;
    let mut staff = house.client(&c.staff.resume_ticket, None).await;
    let talk = house.pipe.conversation(0).await;
    let sound = vec![0.5; 160];
    let n = talk.settle_sound(Speaker::Citizen, "Так.", sound).await;
    staff
        .until_event("utterance_settled", |e| e["id"] == n)
        .await;
    kept(&house, &c.case, n).await;
    let ticket = staff.resume_ticket.clone();
    house.server.shutdown().await;

    let house = house_with(config(), store).await;
    let mut staff = house.client(&ticket, None).await;
    let stop = staff.until_event("sound_keeping_stopped", |_| true).await;
    assert_eq!(stop["reason"], "settings");
    let talk = house.pipe.conversation(0).await;
    let n = talk
        .settle_sound(Speaker::Citizen, "Ні.", vec![0.5; 160])
        .await;
    staff
        .until_event("utterance_settled", |e| e["id"] == n)
        .await;
    assert_eq!(house.store.sounds(&c.case).unwrap().len(), 2);
    staff.send(json!({"type": "withdraw_sound"})).await;
    staff.until_event("sound_destroyed", |_| true).await;
    gone(&house).await;
    house.server.shutdown().await;
    assert_eq!(rows(dir.path(), "sounds"), 0);
}
