//! Staff finds the cases again that wait for them.

use serde_json::{Value, json};
use tolkebot_server::{AccountRole, Accounts, Clock};

use crate::common::{House, house};
use crate::desk::{desk, sign_in, staffed, stage};

async fn own(house: &House, cookie: &str) -> Value {
    let answer = house.get("/api/cases/own", &[("cookie", cookie)]).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[tokio::test]
async fn a_case_that_was_sent_back_is_found_and_taken_up_again_in_another_browser() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let mut desk = desk(&house).await;
    let list = own(&house, &desk.anne).await;
    assert_eq!(list[0]["case"], desk.case.as_str());
    assert_eq!(list[0]["state"], "open");
    assert_eq!(list[0]["move_date"], "2026-12-05");
    desk.sign().await;
    desk.staff.send(json!({"type": "send_to_review"})).await;
    stage(&mut desk.staff, "in_review").await;
    // It is a colleague's now.
    assert_eq!(own(&house, &desk.anne).await, json!([]));
    let bo = sign_in(&house, "bo").await;
    let path = format!("/api/cases/{}/review/return", desk.case);
    let body = json!({"reason": "Se datoen."}).to_string();
    let returned = house.post(&path, &[("cookie", &bo)], &body).await;
    assert_eq!(returned.status, 200, "{}", returned.text());
    stage(&mut desk.staff, "returned").await;
    // The next citizen has been served meanwhile: what was sent back stands first.
    let next = house
        .post("/api/cases", &[("cookie", &desk.anne)], "{}")
        .await;
    assert_eq!(next.status, 200);

    let anne = sign_in(&house, "anne").await;
    let list = own(&house, &anne).await;
    let states: Vec<&Value> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["state"])
        .collect();
    assert_eq!(states, ["returned", "open"]);
    assert_eq!(list[0]["case"], desk.case.as_str());
    let path = format!("/api/cases/{}/ticket", desk.case);
    let ticket = house.post(&path, &[("cookie", &anne)], "{}").await.json();
    let mut staff = house.client(ticket["ticket"].as_str().unwrap(), None).await;
    stage(&mut staff, "returned").await;
    staff.send(json!({"type": "reopen"})).await;
    stage(&mut staff, "open").await;
}

#[tokio::test]
async fn nobody_sees_the_cases_of_others() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let _desk = desk(&house).await;
    let accounts = Accounts::new(house.store.clone()).unwrap();
    let (role, now) = (AccountRole::Staff, house.clock.now());
    accounts
        .add("carla", role, "korrekt hest batteri", false, now)
        .unwrap();
    let carla = sign_in(&house, "carla").await;
    assert_eq!(own(&house, &carla).await, json!([]));
    assert_eq!(house.get("/api/cases/own", &[]).await.status, 401);
    for who in ["bo", "eva", "dan"] {
        let cookie = sign_in(&house, who).await;
        let refused = house.get("/api/cases/own", &[("cookie", &cookie)]).await;
        assert_eq!(refused.status, 403, "{who}");
    }
}

#[tokio::test]
async fn without_accounts_a_browser_finds_what_it_opened() {
    let house = house().await;
    let (opened, cookie) = house.open_case().await;
    let list = own(&house, &cookie).await;
    assert_eq!(list[0]["case"], json!(opened.case));
    assert_eq!(list.as_array().unwrap().len(), 1);
    // A tablet opened nothing, nor did a browser that nobody knows.
    let body = format!(r#"{{"code":"{}"}}"#, opened.pairing.code);
    let tablet = house.post("/api/pair", &[], &body).await.cookie();
    assert_eq!(own(&house, &tablet).await, json!([]));
    assert_eq!(own(&house, "").await, json!([]));
    // Given up: nobody has to go on with it.
    let mut staff = house.client(&opened.ticket, None).await;
    staff
        .send(json!({"type": "cancel_case", "reason": "Gik igen."}))
        .await;
    stage(&mut staff, "cancelled").await;
    assert_eq!(own(&house, &cookie).await, json!([]));
}
