//! What the log says of people: nothing. A whole conversation of each fixture is had with a server
//! that also gets into trouble, and everything logged at `info` and above is searched for what the
//! people in it said and are called.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tolkebot_casework::{ErasureReason, MasterKey, SqliteStore, Store};
use tolkebot_protocol::Speaker;
use tolkebot_server::{AccountRole, Accounts, Clock};
use tracing_subscriber::fmt::MakeWriter;

use crate::common::{Client, config, house_with};

/// Everything that is logged in this process.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Lines;

    fn make_writer(&self) -> Lines {
        self.clone()
    }
}

fn fixtures() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/conversations");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path().join("dialogue.json")).unwrap();
        found.push(serde_json::from_str(&text).unwrap());
    }
    assert!(found.len() >= 3);
    found
}

/// The strings of a value, however deep.
fn strings(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            into.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|v| strings(v, into)),
        Value::Object(map) => map.values().for_each(|v| strings(v, into)),
        _ => {}
    }
}

/// What must not be in the log: what was said, and every name, number and address of the form.
/// Words of the form's own vocabulary (`domestic_within_municipality`) are nobody's.
fn secrets(dialogue: &Value) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    strings(&dialogue["form"], &mut values);
    strings(&dialogue["household"], &mut values);
    let personal = |text: &String| {
        text.chars().count() >= 4
            && (text.chars().any(|c| c.is_uppercase() || c.is_ascii_digit()) || text.contains('@'))
    };
    let mut secrets: BTreeSet<String> = values.into_iter().filter(personal).collect();
    for turn in dialogue["turns"].as_array().unwrap() {
        for key in ["text", "ref"] {
            let text = turn[key].as_str().unwrap_or_default();
            if text.chars().count() >= 12 {
                secrets.insert(text.to_owned());
            }
        }
    }
    // A CPR number without its hyphen is one, too.
    let bare: Vec<String> = secrets.iter().map(|s| s.replace('-', "")).collect();
    secrets.extend(bare);
    secrets
}

#[tokio::test]
async fn nothing_that_people_say_or_are_called_is_logged() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::INFO)
        .with_writer(lines.clone())
        // The day of the test may be one that somebody moves on.
        .without_time()
        .finish();
    // Of this whole process: work is done on other threads, too.
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let mut all = BTreeSet::new();
    for dialogue in fixtures() {
        all.extend(secrets(&dialogue));
        converse(&dialogue).await;
    }
    assert!(all.len() > 100, "only {} secrets", all.len());
    let logged = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    for line in [
        "a case cannot be loaded",
        "listening",
        "an account was locked",
    ] {
        assert!(logged.contains(line), "`{line}` is not logged: {logged}");
    }
    for secret in &all {
        assert!(!logged.contains(secret.as_str()), "`{secret}` is logged");
    }
}

/// Everything that a fixture's people say and write, and what may go wrong with it.
async fn converse(dialogue: &Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.sqlite");
    let key = MasterKey::generate().unwrap();
    let store = Arc::new(SqliteStore::open_with(&path, Some(key)).unwrap());
    let mut patient = config();
    patient.limits.errors_per_minute = 100_000;
    patient.limits.messages_per_s = 10_000;
    let house = house_with(patient, store.clone()).await;
    let mut c = house.conversation().await;
    for turn in dialogue["turns"].as_array().unwrap() {
        let speaker = match turn["speaker"].as_str().unwrap() {
            "staff" => Speaker::Staff,
            _ => Speaker::Citizen,
        };
        let (text, translation) = (turn["text"].as_str().unwrap(), turn["ref"].as_str());
        let translation = translation.unwrap_or("…");
        let n = c.talk.say(speaker, text, translation).await;
        c.staff
            .until_event("translation_settled", |e| e["utterance"] == n)
            .await;
    }
    let form = dialogue["form"].as_object().unwrap();
    for (key, value) in form {
        for kind in ["correct_slot", "confirm_slot"] {
            // Some of these are refused: then the value must not be in the log either.
            c.staff
                .send(json!({"type": kind, "key": key, "value": value}))
                .await;
            c.staff
                .send(json!({"type": kind, "key": value.to_string(), "value": key}))
                .await;
        }
        c.tablet
            .send(json!({"type": "type_text", "text": value.to_string()}))
            .await;
        c.tablet.send_text(&format!("{{\"type\":{value}")).await;
    }
    c.staff.settle().await;

    // Requests that name people where they should not.
    for value in form.values() {
        let text = value.as_str().unwrap_or("Iryna").replace([' ', ','], "-");
        house
            .get(&format!("/api/cases/{text}/form.json"), &[])
            .await;
        house
            .post("/api/pair", &[], &json!({"code": text}).to_string())
            .await;
        house
            .post("/api/session", &[], &json!({"name": text}).to_string())
            .await;
    }
    let mut client = Client::connect(house.address()).await.unwrap();
    let name = form["mover.surname"].as_str().unwrap();
    client.send(json!({"type": "hello", "ticket": name})).await;
    client.until_closed().await;
    let accounts = Accounts::new(store.clone()).unwrap();
    let now = house.clock.now();
    let account = name.to_lowercase();
    accounts
        .add(
            &account,
            AccountRole::Staff,
            "korrekt hest batteri",
            false,
            now,
        )
        .unwrap();
    drop(house);
    with_accounts(&store, name).await;

    // A log that cannot be read, and one that is erased.
    let cookie = [("cookie", c.cookie.as_str())];
    let house = house_with(config(), store.clone()).await;
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute("UPDATE events SET body = body || 'x' WHERE seq = 9", [])
        .unwrap();
    let form_path = format!("/api/cases/{}/form.json", c.case);
    assert_eq!(house.get(&form_path, &cookie).await.status, 503);
    store.erase(&c.case, ErasureReason::Request, now).unwrap();
    assert_eq!(house.get(&form_path, &cookie).await.status, 410);
}

/// Wrong passwords until the account is locked.
async fn with_accounts(store: &Arc<SqliteStore>, name: &str) {
    let mut config = config();
    config.access.accounts = true;
    let house = house_with(config, store.clone()).await;
    for _ in 0..6 {
        let body = json!({"name": name, "password": "forkert kodeord"}).to_string();
        house.post("/api/session", &[], &body).await;
    }
}
