//! A counter with accounts: its people, a case with a whole form and its two screens.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tolkebot_casework::{MemoryStore, Store};
use tolkebot_server::{AccountRole, Accounts, Clock, ServerConfig};

use crate::common::{Client, House, config, house_with, ink, whole_form};

const PASSWORD: &str = "korrekt hest batteri";

pub async fn staffed(data: &Path) -> House {
    let mut config = config();
    config.data_dir = data.to_owned();
    staffed_with(config).await
}

pub async fn staffed_with(config: ServerConfig) -> House {
    staffed_on(config, Arc::new(MemoryStore::new())).await
}

pub async fn staffed_on(mut config: ServerConfig, store: Arc<dyn Store>) -> House {
    config.access.accounts = true;
    let house = house_with(config, store.clone()).await;
    let accounts = Accounts::new(store).unwrap();
    let now = house.clock.now();
    for (name, role) in [
        ("anne", AccountRole::Staff),
        ("bo", AccountRole::Supervisor),
        ("eva", AccountRole::Auditor),
        ("dan", AccountRole::Admin),
    ] {
        accounts.add(name, role, PASSWORD, false, now).unwrap();
    }
    house
}

pub async fn sign_in(house: &House, name: &str) -> String {
    let body = json!({"name": name, "password": PASSWORD, "code": ""}).to_string();
    let answer = house.post("/api/session", &[], &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.cookie()
}

/// A case with a whole form, its two screens and the staff's cookie.
pub struct Desk {
    pub case: String,
    pub staff: Client,
    pub tablet: Client,
    pub anne: String,
}

pub async fn desk(house: &House) -> Desk {
    let anne = sign_in(house, "anne").await;
    let opened = house.post("/api/cases", &[("cookie", &anne)], "{}").await;
    let opened = opened.json();
    let ticket = opened["ticket"].as_str().unwrap();
    let mut staff = house.client(ticket, None).await;
    let code = opened["pairing"]["code"].as_str().unwrap();
    let paired = house.pair(code).await;
    let tablet = house.client(&paired.ticket, None).await;
    for (key, value) in whole_form() {
        staff
            .send(json!({"type": "correct_slot", "key": key, "value": value}))
            .await;
        staff
            .until_event("slot_corrected", |e| e["key"] == key)
            .await;
    }
    staff
        .until_that("stage", |s| s["missing"] == json!([]))
        .await;
    Desk {
        case: opened["case"].as_str().unwrap().to_owned(),
        staff,
        tablet,
        anne,
    }
}

/// The stage as the server shows it once it is `state`.
pub async fn stage(client: &mut Client, state: &str) -> Value {
    client.until_that("stage", |s| s["state"] == state).await
}

impl Desk {
    /// Staff writes, confirms and empties a value; the citizen writes it anew and confirms it.
    pub async fn settle_e_mail(&mut self) {
        let (key, value) = ("mover.email", "a@example.dk");
        let write = json!({"type": "correct_slot", "key": key, "value": value});
        let confirm = json!({"type": "confirm_slot", "key": key, "value": value});
        let empty = json!({"type": "clear_slot", "key": key});
        for (staff, message) in [
            (true, &write),
            (true, &confirm),
            (true, &empty),
            (false, &write),
            (false, &confirm),
        ] {
            let client = if staff {
                &mut self.staff
            } else {
                &mut self.tablet
            };
            client.send(message.clone()).await;
            client.settle().await;
        }
        // What the tablet did last is seen at the counter, too: the event, the form that it makes,
        // and the stage right behind that.
        self.staff
            .until_event("slot_confirmed", |e| e["actor"] == "citizen")
            .await;
        self.staff.until_that("form", |_| true).await;
        self.staff.settle().await;
    }

    /// Reads back; returns the digest.
    pub async fn read_back(&mut self) -> String {
        let shown = self.staff.seen.iter().rfind(|m| m["type"] == "stage");
        let open = shown.expect("a stage").clone();
        assert_eq!(open["missing"], json!([]));
        let digest = open["digest"].as_str().unwrap().to_owned();
        self.staff
            .send(json!({"type": "read_back", "digest": digest}))
            .await;
        let reading = stage(&mut self.tablet, "read_back").await;
        assert_eq!(reading["digest"], digest.as_str());
        assert!(reading["read_back"].as_array().unwrap().len() > 5);
        digest
    }

    /// Reads back and confirms; returns the digest.
    pub async fn confirm(&mut self) -> String {
        let digest = self.read_back().await;
        self.tablet
            .send(json!({"type": "confirm_read_back", "digest": digest}))
            .await;
        self.tablet
            .until_that("stage", |s| s["read_back_confirmed"] == true)
            .await;
        digest
    }

    /// Reads back, confirms and signs; returns the digest.
    pub async fn sign(&mut self) -> String {
        let digest = self.confirm().await;
        self.tablet
            .send(json!({"type": "sign", "digest": digest, "ink": ink()}))
            .await;
        stage(&mut self.staff, "signed").await;
        digest
    }

    /// Opens the form again and corrects the house number; the stage of what stands there now is the newest seen.
    pub async fn put_right(&mut self) {
        self.staff.send(json!({"type": "reopen"})).await;
        stage(&mut self.staff, "open").await;
        self.staff
            .send(json!({"type": "correct_slot", "key": "to.house_number", "value": 97}))
            .await;
        self.staff
            .until_event("slot_corrected", |e| e["value"] == "97")
            .await;
        self.staff.until("stage").await;
    }
}
