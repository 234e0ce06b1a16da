//! Signing in: who gets in, what each role may do, and how somebody is out again.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tolkebot_casework::{MasterKey, MemoryStore, SqliteStore, Store};
use tolkebot_protocol::{CaseOpened, Speaker};
use tolkebot_server::{AccountRole, Accounts, Clock, Server, ServerConfig};

use crate::common::{Answer, Call, Client, Flaky, House, config, house, house_with, http};
use crate::desk::staffed_on;

const PASSWORD: &str = "korrekt hest batteri";

/// A server with one account of each role, and `bo`, who is staff too.
async fn staffed() -> (House, Arc<Accounts>) {
    staffed_with(config()).await
}

async fn staffed_with(mut config: ServerConfig) -> (House, Arc<Accounts>) {
    let store = Arc::new(MemoryStore::new());
    config.access.accounts = true;
    let house = house_with(config, store.clone()).await;
    let accounts = Arc::new(Accounts::new(store).unwrap());
    let now = house.clock.now();
    for (name, role) in [
        ("anne", AccountRole::Staff),
        ("bo", AccountRole::Staff),
        ("supervisor", AccountRole::Supervisor),
        ("admin", AccountRole::Admin),
        ("auditor", AccountRole::Auditor),
    ] {
        accounts.add(name, role, PASSWORD, false, now).unwrap();
    }
    (house, accounts)
}

async fn try_sign_in(house: &House, name: &str, password: &str) -> Answer {
    let body = json!({"name": name, "password": password}).to_string();
    house.post("/api/session", &[], &body).await
}

async fn sign_in(house: &House, name: &str) -> String {
    let answer = try_sign_in(house, name, PASSWORD).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.cookie()
}

async fn open(house: &House, cookie: &str) -> CaseOpened {
    let answer = house.post("/api/cases", &[("cookie", cookie)], "{}").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.cookie(), cookie, "the session stays the same");
    serde_json::from_slice(&answer.body).unwrap()
}

#[tokio::test]
async fn nobody_opens_a_case_without_signing_in() {
    let (house, _) = staffed().await;
    let refused = house.post("/api/cases", &[], "{}").await;
    assert_eq!(refused.status, 401);
    assert!(
        refused.json()["message"]
            .as_str()
            .unwrap()
            .contains("sign in")
    );
    let session = house.get("/api/session", &[]).await.json();
    assert_eq!(session, json!({"accounts": true, "account": null}));

    let answer = try_sign_in(&house, "anne", PASSWORD).await;
    let set = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/api", "Max-Age=43200"] {
        assert!(set.contains(part), "{set}");
    }
    let cookie = answer.cookie();
    let session = house
        .get("/api/session", &[("cookie", &cookie)])
        .await
        .json();
    assert_eq!(session["account"], json!({"name": "anne", "role": "staff"}));
    let opened = open(&house, &cookie).await;
    let mut staff = house.client(&opened.ticket, None).await;
    staff.until_event("case_opened", |_| true).await;
    // The citizen at the tablet needs no account.
    let paired = house.pair(&opened.pairing.code).await;
    let mut tablet = house.client(&paired.ticket, None).await;
    tablet.until_event("case_opened", |_| true).await;
}

/// Accounts that another master key sealed are not "no accounts": the next one made would be written over them.
#[test]
fn accounts_of_another_key_are_not_written_over() {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("cases.sqlite");
    let accounts = |digit: &str| {
        let key = MasterKey::parse(&digit.repeat(64), "test").unwrap();
        let store = SqliteStore::open_with(&log, Some(key)).unwrap();
        Accounts::new(Arc::new(store)).unwrap()
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let add = |accounts: &Accounts, name: &str| {
        accounts.add(name, AccountRole::Staff, PASSWORD, false, now)
    };
    add(&accounts("1"), "anne").unwrap();
    let error = add(&accounts("2"), "bo").unwrap_err();
    assert!(error.to_string().contains("master key"), "{error}");
    assert!(accounts("2").list(now).is_err());
    assert_eq!(accounts("1").list(now).unwrap().len(), 1);
}

#[tokio::test]
async fn with_https_the_cookie_goes_over_https_only() {
    let store = Arc::new(MemoryStore::new());
    let mut config = config();
    config.access.accounts = true;
    config.public_url = "https://tolk.example.dk".into();
    let house = house_with(config, store.clone()).await;
    let accounts = Accounts::new(store).unwrap();
    accounts
        .add(
            "anne",
            AccountRole::Staff,
            PASSWORD,
            false,
            house.clock.now(),
        )
        .unwrap();
    let answer = try_sign_in(&house, "anne", PASSWORD).await;
    assert!(answer.header("set-cookie").unwrap().ends_with("; Secure"));
}

#[tokio::test]
async fn each_role_sees_what_it_is_for() {
    let (house, _) = staffed().await;
    let anne = sign_in(&house, "anne").await;
    let opened = open(&house, &anne).await;
    let case = format!("/api/cases/{}", opened.case);
    let [form, pdf] = ["form.json", "form.pdf"].map(|f| format!("{case}/{f}"));
    let [ticket, pairing] = ["ticket", "pairing"].map(|f| format!("{case}/{f}"));
    // Status of: form, PDF, list of cases, accounts, audit, opening, ticket, pairing.
    for (name, wanted) in [
        ("anne", [200, 200, 403, 403, 403, 200, 200, 200]),
        ("bo", [403, 403, 403, 403, 403, 200, 403, 403]),
        ("supervisor", [200, 200, 200, 403, 403, 403, 403, 403]),
        ("admin", [403, 403, 403, 200, 403, 403, 403, 403]),
        ("auditor", [403, 403, 200, 200, 200, 403, 403, 403]),
        ("", [403, 403, 401, 401, 401, 401, 403, 403]),
    ] {
        let cookie = match name {
            "" => "tolkebot_session=made-up".to_owned(),
            "anne" => anne.clone(),
            _ => sign_in(&house, name).await,
        };
        let cookie = [("cookie", cookie.as_str())];
        let mut found = Vec::new();
        for path in [&form, &pdf, "/api/cases", "/api/accounts", "/api/audit"] {
            found.push(house.get(path, &cookie).await.status);
        }
        for path in ["/api/cases", &ticket, &pairing] {
            found.push(house.post(path, &cookie, "{}").await.status);
        }
        assert_eq!(found, wanted, "{name}");
    }
    // Lists say nothing of what is in a case, and no list shows a secret.
    let auditor = sign_in(&house, "auditor").await;
    let cookie = [("cookie", auditor.as_str())];
    let cases = house.get("/api/cases", &cookie).await.json();
    let keys: Vec<&String> = cases[0].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["case", "changed_at", "erased", "events", "opened_at"]
    );
    let accounts = house.get("/api/accounts", &cookie).await.text();
    assert!(
        accounts.contains("\"anne\"") && !accounts.contains("argon2"),
        "{accounts}"
    );
    let audit = house.get("/api/audit", &cookie).await.json();
    assert_eq!(
        (&audit["intact"], &audit["findings"]),
        (&json!(true), &json!([]))
    );
}

#[tokio::test]
async fn staff_comes_back_to_an_own_case_with_a_new_session() {
    let (house, _) = staffed().await;
    let first = sign_in(&house, "anne").await;
    let opened = open(&house, &first).await;
    let again = sign_in(&house, "anne").await;
    assert_ne!(first, again);
    let path = format!("/api/cases/{}/ticket", opened.case);
    let ticket = house.post(&path, &[("cookie", &again)], "").await.json();
    house.client(ticket["ticket"].as_str().unwrap(), None).await;
}

#[tokio::test]
async fn signing_in_gives_a_new_cookie_and_signing_out_ends_everything() {
    let (house, _) = staffed().await;
    let body = json!({"name": "anne", "password": PASSWORD}).to_string();
    let first = house.post("/api/session", &[], &body).await.cookie();
    let second = house
        .post("/api/session", &[("cookie", &first)], &body)
        .await
        .cookie();
    assert_ne!(first, second, "a cookie planted before is worth nothing");
    let account = |answer: Answer| answer.json()["account"].clone();
    let old = house.get("/api/session", &[("cookie", &first)]).await;
    assert_eq!(account(old), Value::Null);

    let opened = open(&house, &second).await;
    let staff = house.client(&opened.ticket, None).await;
    let form = format!("/api/cases/{}/form.json", opened.case);
    let out = http(
        house.address(),
        "DELETE",
        "/api/session",
        &[("cookie", &second)],
        "",
    )
    .await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").unwrap().contains("Max-Age=0"));
    assert_eq!(house.get(&form, &[("cookie", &second)]).await.status, 403);
    let mut client = Client::connect(house.address()).await.unwrap();
    client
        .send(json!({"type": "hello", "ticket": staff.resume_ticket}))
        .await;
    assert_eq!(client.until_closed().await, ("signed_out".into(), 4014));
}

#[tokio::test]
async fn a_disabled_account_is_out_at_once() {
    let (house, accounts) = staffed().await;
    let cookie = sign_in(&house, "anne").await;
    let opened = open(&house, &cookie).await;
    accounts
        .set_disabled("anne", true, house.clock.now())
        .unwrap();
    assert_eq!(
        house
            .post("/api/cases", &[("cookie", &cookie)], "{}")
            .await
            .status,
        401
    );
    let mut client = Client::connect(house.address()).await.unwrap();
    client
        .send(json!({"type": "hello", "ticket": opened.ticket}))
        .await;
    assert_eq!(client.until_closed().await, ("signed_out".into(), 4014));
    assert_eq!(try_sign_in(&house, "anne", PASSWORD).await.status, 401);
}

#[tokio::test]
async fn an_open_socket_ends_with_the_sign_in_and_the_tablets_stays() {
    let mut config = config();
    config.timeouts.ping_s = 1;
    let (house, accounts) = staffed_with(config).await;
    for way in ["signed out", "new password", "disabled"] {
        let cookie = sign_in(&house, "anne").await;
        let opened = open(&house, &cookie).await;
        let mut staff = house.client(&opened.ticket, None).await;
        let paired = house.pair(&opened.pairing.code).await;
        let mut tablet = house.client(&paired.ticket, None).await;
        let now = house.clock.now();
        match way {
            "signed out" => {
                let headers = [("cookie", cookie.as_str())];
                let out = http(house.address(), "DELETE", "/api/session", &headers, "").await;
                assert_eq!(out.status, 204);
            }
            "new password" => accounts.set_password("anne", PASSWORD, now).unwrap(),
            _ => accounts.set_disabled("anne", true, now).unwrap(),
        }
        assert_eq!(
            staff.until_closed().await,
            ("signed_out".into(), 4014),
            "{way}"
        );
        assert_eq!(
            house
                .get("/api/cases/own", &[("cookie", &cookie)])
                .await
                .status,
            401
        );
        // Whoever sits at the tablet has no account to be signed in with.
        tablet.settle().await;
    }
}

#[tokio::test]
async fn a_session_ends_after_half_a_day() {
    let (house, _) = staffed().await;
    let cookie = sign_in(&house, "anne").await;
    house.clock.advance(12 * 3600 - 1);
    let status = house
        .post("/api/cases", &[("cookie", &cookie)], "{}")
        .await
        .status;
    assert_eq!(status, 200);
    // Opening a case made the session new; without anything done it ends.
    house.clock.advance(12 * 3600 + 1);
    let session = house
        .get("/api/session", &[("cookie", &cookie)])
        .await
        .json();
    assert_eq!(session["account"], Value::Null);
}

#[tokio::test]
async fn guessing_is_stopped_for_the_account_and_for_the_address() {
    let (house, _) = staffed().await;
    let wrong = try_sign_in(&house, "anne", "wrong").await;
    let unknown = try_sign_in(&house, "nobody", "wrong").await;
    assert_eq!((wrong.status, unknown.status), (401, 401));
    assert_eq!(
        wrong.body, unknown.body,
        "the answer does not tell which names there are"
    );
    for _ in 0..4 {
        try_sign_in(&house, "anne", "wrong").await;
    }
    assert_eq!(
        try_sign_in(&house, "anne", PASSWORD).await.status,
        429,
        "locked"
    );
    assert_eq!(try_sign_in(&house, "bo", PASSWORD).await.status, 200);
    house.clock.advance(15 * 60);
    assert_eq!(try_sign_in(&house, "anne", PASSWORD).await.status, 200);
    let mut status = 0;
    for _ in 0..10 {
        status = try_sign_in(&house, "nobody", "wrong").await.status;
    }
    assert_eq!(status, 429, "ten wrong ones a minute from one address");
    assert_eq!(try_sign_in(&house, "bo", PASSWORD).await.status, 429);
}

#[tokio::test]
async fn other_sites_pages_can_neither_sign_in_nor_out() {
    let (house, _) = staffed().await;
    let cookie = sign_in(&house, "anne").await;
    let evil = [
        ("origin", "https://evil.example"),
        ("cookie", cookie.as_str()),
    ];
    let body = json!({"name": "anne", "password": PASSWORD}).to_string();
    for (method, path, body) in [
        ("POST", "/api/session", body.as_str()),
        ("DELETE", "/api/session", ""),
        ("POST", "/api/cases", "{}"),
    ] {
        let answer = http(house.address(), method, path, &evil, body).await;
        assert_eq!(answer.status, 403, "{method} {path}");
    }
    let session = house
        .get("/api/session", &[("cookie", &cookie)])
        .await
        .json();
    assert_eq!(session["account"]["name"], "anne", "still signed in");
}

#[tokio::test]
async fn what_is_typed_wrong_is_never_sent_back() {
    let (house, _) = staffed().await;
    for body in [
        r#"{"name":"anne","password":["hemmelig1234"]}"#,
        r#"{"name":"anne","password":"hemmelig1234","x":1}"#,
        r#"{"name":"anne","password":"hemmelig1234""#,
        r#"{"name":"anne","password":"hemmelig1234"}"#,
    ] {
        let answer = house.post("/api/session", &[], body).await;
        assert!(answer.status >= 400);
        assert!(!answer.text().contains("hemmelig"), "{}", answer.text());
        assert_eq!(answer.header("cache-control").as_deref(), Some("no-store"));
    }
}

#[tokio::test]
async fn a_first_try_needs_no_account_and_says_so() {
    let house = house().await;
    let session = house.get("/api/session", &[]).await.json();
    assert_eq!(session, json!({"accounts": false, "account": null}));
    assert_eq!(try_sign_in(&house, "anne", PASSWORD).await.status, 403);
    for path in ["/api/cases", "/api/accounts", "/api/audit"] {
        assert_eq!(house.get(path, &[]).await.status, 403, "{path}");
    }
}

#[tokio::test]
async fn a_network_is_served_with_accounts_and_https_or_expressly_as_a_trial() {
    let bind = |change: fn(&mut ServerConfig)| async move {
        let mut config = config();
        config.listen = "0.0.0.0:0".parse().unwrap();
        change(&mut config);
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let pipe = Arc::new(crate::common::FakePipe::default());
        let clock = Arc::new(tolkebot_server::SystemClock);
        Server::bind(config, pipe, store, clock).await
    };
    let open = bind(|_| {}).await.unwrap_err().to_string();
    assert!(open.contains("access.accounts"), "{open}");
    let plain = bind(|c| c.access.accounts = true).await.unwrap_err();
    assert!(plain.to_string().contains("public_url"), "{plain}");
    let good = bind(|c| {
        c.access.accounts = true;
        c.public_url = "https://tolk.example.dk".into();
    });
    good.await.unwrap().shutdown().await;
    bind(|c| c.access.open_to_network = true)
        .await
        .unwrap()
        .shutdown()
        .await;
}

/// A database that hangs says nothing of who is signed in, for as long as it hangs.
#[tokio::test]
async fn whoever_speaks_is_heard_while_nobody_can_say_who_is_signed_in() {
    let store = Arc::new(Flaky::default());
    let mut config = config();
    config.timeouts.ping_s = 1;
    let house = staffed_on(config, store.clone()).await;
    let anne = sign_in(&house, "anne").await;
    let opened = open(&house, &anne).await;
    let mut staff = house.client(&opened.ticket, None).await;
    let talk = house.pipe.conversation(0).await;
    staff.consent("ai_disclosure").await;
    staff.start_audio().await;
    staff.settle().await;
    store.stall_notes(true);
    // It is looked for by then.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    staff.send_binary(vec![0; 640]).await;
    let pushed = talk.called(|call| *call == Call::Push(Speaker::Staff, 320));
    let heard = tokio::time::timeout(Duration::from_secs(4), pushed).await;
    // The test's own threads wait at it, too.
    store.stall_notes(false);
    heard.unwrap();
}

/// The log of some years is read for minutes.
#[tokio::test]
async fn the_log_is_checked_for_as_long_as_it_takes_and_once_at_a_time() {
    let store = Arc::new(Flaky::default());
    let mut config = config();
    config.timeouts.request_s = 1;
    let house = staffed_on(config, store.clone()).await;
    let eva = sign_in(&house, "eva").await;
    let cookie = [("cookie", eva.as_str())];
    store.stall_audits(true);
    let meanwhile = async {
        while store.audits.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let second = house.get("/api/audit", &cookie).await;
        // Longer than others may take to answer.
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        store.stall_audits(false);
        second
    };
    let (first, second) = tokio::join!(house.get("/api/audit", &cookie), meanwhile);
    assert_eq!(
        (second.status, &second.json()["code"]),
        (429, &json!("busy"))
    );
    assert_eq!(
        (first.status, &first.json()["intact"]),
        (200, &json!(true)),
        "{first:?}"
    );
    assert_eq!(store.audits.load(Ordering::SeqCst), 1);
    assert_eq!(house.get("/api/audit", &cookie).await.status, 200);
}
