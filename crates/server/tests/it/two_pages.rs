//! Staff's page and the tablet's page in one browser: neither takes the other's place.

use serde_json::json;
use tolkebot_protocol::CaseOpened;

use crate::common::{Answer, Client, House, house};
use crate::desk::{sign_in, staffed};

/// What a new ticket makes of whoever comes with it.
async fn role_of(house: &House, answer: Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let ticket = answer.json()["ticket"].as_str().unwrap().to_owned();
    let client = house.client(&ticket, None).await;
    client.seen[0]["role"].as_str().unwrap().to_owned()
}

async fn pair_here(house: &House, opened: &CaseOpened, cookie: &str) {
    let body = json!({"code": opened.pairing.code}).to_string();
    let paired = house.post("/api/pair", &[("cookie", cookie)], &body).await;
    assert_eq!(
        paired.header("set-cookie").unwrap().split(';').next(),
        Some(cookie)
    );
    assert_eq!(role_of(house, paired).await, "citizen");
}

/// Staff can still do what is theirs, and each page gets a ticket of its own kind.
async fn both_go_on(house: &House, opened: &CaseOpened, cookie: &str) {
    let cookie = [("cookie", cookie)];
    let pairing = format!("/api/cases/{}/pairing", opened.case);
    assert_eq!(house.post(&pairing, &cookie, "{}").await.status, 200);
    let ticket = format!("/api/cases/{}/ticket", opened.case);
    for (path, role) in [
        (ticket.clone(), "staff"),
        (format!("{ticket}?role=staff"), "staff"),
        (format!("{ticket}?role=citizen"), "citizen"),
    ] {
        let answer = house.post(&path, &cookie, "{}").await;
        assert_eq!(role_of(house, answer).await, role, "{path}");
    }
}

#[tokio::test]
async fn the_tablets_page_in_staffs_browser_takes_nothing_from_staff() {
    let house = house().await;
    let (opened, cookie) = house.open_case().await;
    let asks = format!("/api/cases/{}/ticket?role=citizen", opened.case);
    let unpaired = house.post(&asks, &[("cookie", &cookie)], "{}").await;
    assert_eq!(unpaired.status, 403, "it is no tablet yet");
    pair_here(&house, &opened, &cookie).await;
    both_go_on(&house, &opened, &cookie).await;
    // A tablet of its own is still no more than that.
    let pairing = format!("/api/cases/{}/pairing", opened.case);
    let code = house.post(&pairing, &[("cookie", &cookie)], "{}").await;
    let body = json!({"code": code.json()["code"]}).to_string();
    let tablet = house.post("/api/pair", &[], &body).await.cookie();
    let tablet = [("cookie", tablet.as_str())];
    assert_eq!(house.post(&pairing, &tablet, "{}").await.status, 403);
    let asks = asks.replace("citizen", "staff");
    assert_eq!(house.post(&asks, &tablet, "{}").await.status, 403);
}

#[tokio::test]
async fn nor_from_the_account_that_opened_the_case() {
    let data = tempfile::tempdir().unwrap();
    let house = staffed(data.path()).await;
    let anne = sign_in(&house, "anne").await;
    let opened = house.post("/api/cases", &[("cookie", &anne)], "{}").await;
    let opened: CaseOpened = serde_json::from_slice(&opened.body).unwrap();
    // She comes back to it in another browser, which knows of no case yet.
    let elsewhere = sign_in(&house, "anne").await;
    pair_here(&house, &opened, &elsewhere).await;
    both_go_on(&house, &opened, &elsewhere).await;
    // Somebody else's browser that was paired is a tablet, whoever is signed in there.
    let pairing = format!("/api/cases/{}/pairing", opened.case);
    let code = house.post(&pairing, &[("cookie", &anne)], "{}").await;
    let bo = sign_in(&house, "bo").await;
    let body = json!({"code": code.json()["code"]}).to_string();
    let paired = house.post("/api/pair", &[("cookie", &bo)], &body).await;
    assert_eq!(role_of(&house, paired).await, "citizen");
    assert_eq!(
        house.post(&pairing, &[("cookie", &bo)], "{}").await.status,
        403
    );
}

/// Staff changes the tablet because the wrong one was paired: it is another citizen's.
#[tokio::test]
async fn a_new_tablet_locks_the_one_before_it_out() {
    let house = house().await;
    let (opened, staffs) = house.open_case().await;
    let first = json!({"code": opened.pairing.code}).to_string();
    let first = house.post("/api/pair", &[], &first).await;
    let cookie = first.cookie();
    let cookie = [("cookie", cookie.as_str())];
    let asks = format!("/api/cases/{}/ticket?role=citizen", opened.case);
    let unused = house.post(&asks, &cookie, "{}").await.json();
    let ticket = first.json()["ticket"].as_str().unwrap().to_owned();
    let mut old = house.client(&ticket, None).await;
    let resume = old.resume_ticket.clone();

    let pairing = format!("/api/cases/{}/pairing", opened.case);
    let code = house.post(&pairing, &[("cookie", &staffs)], "{}").await;
    let body = json!({"code": code.json()["code"]}).to_string();
    let second = house.post("/api/pair", &[], &body).await;
    let ticket = second.json()["ticket"].as_str().unwrap().to_owned();
    let new = house.client(&ticket, None).await;
    assert_eq!(old.until_closed().await, ("bad_ticket".into(), 4003));
    // Nothing that it holds lets it in again, nor read the form.
    for ticket in [resume.as_str(), unused["ticket"].as_str().unwrap()] {
        let mut again = Client::connect(house.address()).await.unwrap();
        again.send(json!({"type": "hello", "ticket": ticket})).await;
        assert_eq!(again.until_closed().await, ("bad_ticket".into(), 4003));
    }
    assert_eq!(house.post(&asks, &cookie, "{}").await.status, 403);
    let plain = asks.replace("?role=citizen", "");
    assert_eq!(house.post(&plain, &cookie, "{}").await.status, 403);
    // The new one goes on, also after a break.
    let resume = new.resume_ticket.clone();
    new.vanish();
    let back = house.client(&resume, None).await;
    assert_eq!(back.seen[0]["role"], "citizen");
}
