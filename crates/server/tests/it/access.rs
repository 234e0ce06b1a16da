//! Who may come in and what each may do: tickets, codes, origins, roles, consents; the HTTP API.

use crate::common::{Call, Client, Frame, config, house, house_with, http, log_of, write};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;
use tolkebot_casework::MemoryStore;
use tolkebot_protocol::Speaker;

#[tokio::test]
async fn a_case_is_opened_with_everything_that_two_clients_need() {
    let house = house().await;
    let answer = house.post("/api/cases", &[], "{}").await;
    assert_eq!(answer.status, 200);
    let opened = answer.json();
    let code = opened["pairing"]["code"].as_str().unwrap();
    assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(
        opened["pairing"]["url"],
        format!("http://{}/tablet#code={code}", house.address())
    );
    assert_eq!(opened["pairing"]["expires_in_s"], 600);
    let svg = opened["pairing"]["qr_svg"].as_str().unwrap();
    assert!(svg.starts_with("<svg") && svg.ends_with("</svg>") && !svg.contains("style="));
    let cookie = answer.header("set-cookie").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Path=/api"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let mut staff = house.client(opened["ticket"].as_str().unwrap(), None).await;
    let event = staff.until_event("case_opened", |_| true).await;
    assert_eq!(event["today"], "2026-11-24", "the day in Denmark");
    assert_eq!(event["form"], "flytteanmeldelse");
    let form = staff.until("form").await;
    assert!(!form["missing"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn the_day_is_that_of_denmark_and_may_be_given() {
    let house = house().await;
    house.clock.advance(14 * 3600); // 24 November, 23:00 UTC: the 25th has begun in Denmark
    let answer = house.post("/api/cases", &[], "{}").await.json();
    let mut staff = house.client(answer["ticket"].as_str().unwrap(), None).await;
    assert_eq!(
        staff.until_event("case_opened", |_| true).await["today"],
        "2026-11-25"
    );
    let bad = house.post("/api/cases", &[], r#"{"today":"25/11"}"#).await;
    assert_eq!(bad.status, 422);
    assert!(
        bad.json()["message"]
            .as_str()
            .unwrap()
            .contains("YYYY-MM-DD")
    );
}

#[tokio::test]
async fn bad_requests_get_an_error_with_a_remedy() {
    let house = house().await;
    for (path, headers, body, status, code) in [
        ("/api/cases", &[][..], "{", 400, "bad_message"),
        ("/api/cases", &[], r#"{"day":"x"}"#, 422, "bad_message"),
        (
            "/api/cases",
            &[("content-type", "text/plain")],
            "{}",
            415,
            "bad_message",
        ),
        ("/api/pair", &[], r#"{"code":"000000"}"#, 404, "bad_ticket"),
        ("/api/cases/nobody/pairing", &[], "", 403, "not_allowed"),
        ("/api/elsewhere", &[], "{}", 404, "bad_message"),
        (
            "/api/cases",
            &[("origin", "https://evil.example")],
            "{}",
            403,
            "not_allowed",
        ),
        ("/api/pair", &[("origin", "null")], "{}", 403, "not_allowed"),
    ] {
        let answer = house.post(path, headers, body).await;
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.text());
        let error = answer.json();
        assert_eq!(error["code"], code, "{path} {body}");
        assert!(error["message"].as_str().unwrap().len() > 10);
    }
    let long = house
        .post(
            "/api/cases",
            &[],
            &format!("{{\"today\":\"{}\"}}", "x".repeat(20_000)),
        )
        .await;
    assert_eq!(
        (long.status, &long.json()["code"]),
        (413, &json!("too_large"))
    );
}

#[tokio::test]
async fn a_code_pairs_one_tablet_once_and_in_time() {
    let house = house().await;
    let (opened, cookie) = house.open_case().await;
    let code = opened.pairing.code.clone();
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let paired = house.pair(&spaced).await;
    assert_eq!(paired.case, opened.case);
    let again = house
        .post("/api/pair", &[], &json!({"code": code}).to_string())
        .await;
    assert_eq!(again.status, 404);

    // Staff, and only staff, gets a new code, which expires.
    let path = format!("/api/cases/{}/pairing", opened.case);
    assert_eq!(house.post(&path, &[], "").await.status, 403);
    let renewed = house.post(&path, &[("cookie", &cookie)], "{}").await;
    assert_eq!(renewed.status, 200);
    let code = renewed.json()["code"].as_str().unwrap().to_owned();
    house.clock.advance(601);
    let late = house
        .post("/api/pair", &[], &json!({"code": code}).to_string())
        .await;
    assert_eq!(late.status, 404);
    assert!(
        late.json()["message"]
            .as_str()
            .unwrap()
            .contains("ask staff")
    );
}

#[tokio::test]
async fn codes_cannot_be_guessed() {
    let house = house().await;
    let (opened, _) = house.open_case().await;
    let right = opened.pairing.code.clone();
    for n in 0..10 {
        let guess = format!("{:06}", (right.parse::<u32>().unwrap() + 1 + n) % 1_000_000);
        let answer = house
            .post("/api/pair", &[], &json!({"code": guess}).to_string())
            .await;
        assert_eq!(answer.status, 404);
    }
    let answer = house
        .post("/api/pair", &[], &json!({"code": right}).to_string())
        .await;
    assert_eq!(
        (answer.status, &answer.json()["code"]),
        (429, &json!("too_fast"))
    );
}

#[tokio::test]
async fn a_ticket_expires() {
    let house = house().await;
    let (opened, _) = house.open_case().await;
    house.clock.advance(601);
    let mut staff = Client::connect(house.address()).await.unwrap();
    staff
        .send(json!({"type": "hello", "ticket": opened.ticket}))
        .await;
    assert_eq!(staff.until_closed().await, ("bad_ticket".into(), 4003));
}

#[tokio::test]
async fn sockets_need_our_protocol_and_a_page_of_ours() {
    let mut config = config();
    config.allowed_origins = vec!["http://localhost:5173".into()];
    config.access.open_to_network = true;
    config.public_url = "https://tolk.example.dk/".into();
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let to = house.address();
    for protocol in [None, Some("tolkebot.v2")] {
        let refused = Client::connect_with(to, protocol, None)
            .await
            .err()
            .unwrap();
        assert_eq!(refused.status, 400);
        assert!(
            refused.body["message"]
                .as_str()
                .unwrap()
                .contains("tolkebot.v1")
        );
    }
    let own = format!("http://{to}");
    for (origin, welcome) in [
        (own.as_str(), true),
        ("http://localhost:5173", true),
        ("https://TOLK.example.dk:443", true),
        ("http://tolk.example.dk", false),
        ("http://localhost:5174", false),
        ("null", false),
    ] {
        match Client::connect_with(to, Some("tolkebot.v1"), Some(origin)).await {
            Ok(_) => assert!(welcome, "{origin}"),
            Err(refused) => {
                assert!(!welcome, "{origin}");
                assert_eq!(
                    (refused.status, &refused.body["code"]),
                    (403, &json!("not_allowed"))
                );
            }
        }
    }
    Client::connect_with(to, Some("other, tolkebot.v1"), None)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_first_message_is_hello_and_comes_soon() {
    let mut config = config();
    config.timeouts.hello_s = 1;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let first = |message: &'static str| {
        let to = house.address();
        async move {
            let mut client = Client::connect(to).await.unwrap();
            client.send_text(message).await;
            client.until_closed().await
        }
    };
    assert_eq!(
        first(r#"{"type":"end_audio"}"#).await,
        ("bad_message".into(), 4000)
    );
    assert_eq!(first("hello").await, ("bad_message".into(), 4000));
    assert_eq!(
        first(r#"{"type":"hello","ticket":"made up"}"#).await,
        ("bad_ticket".into(), 4003)
    );
    let mut sound = Client::connect(house.address()).await.unwrap();
    sound.send_binary(vec![0; 20]).await;
    assert_eq!(sound.until_closed().await, ("bad_message".into(), 4000));
    let mut silent = Client::connect(house.address()).await.unwrap();
    assert_eq!(silent.until_closed().await, ("idle_timeout".into(), 4012));
}

#[tokio::test]
async fn nobody_is_heard_before_the_notices_are_accepted() {
    let house = house().await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    let paired = house.pair(&opened.pairing.code).await;
    let mut tablet = house.client(&paired.ticket, None).await;
    let talk = house.pipe.conversation(0).await;

    for client in [&mut staff, &mut tablet] {
        client.send_binary(vec![0; 64]).await;
        client.until_error("not_allowed").await;
        client.start_audio().await;
        client.until_error("not_allowed").await;
    }
    tablet
        .send(json!({"type": "type_text", "text": "Так"}))
        .await;
    tablet.until_error("not_allowed").await;

    staff.consent("ai_disclosure").await;
    staff.start_audio().await;
    staff.send_binary(vec![0; 64]).await;
    talk.called(|c| *c == Call::Push(Speaker::Staff, 32)).await;

    tablet.consent("ai_disclosure").await;
    tablet.start_audio().await;
    let error = tablet.until_error("not_allowed").await;
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("processing notice")
    );
    tablet.consent("processing").await;
    tablet.start_audio().await;
    tablet.send_binary(vec![0; 64]).await;
    talk.called(|c| *c == Call::Push(Speaker::Citizen, 32))
        .await;

    // Taking it back switches the microphone off.
    tablet
        .send(json!({"type": "consent", "notice": "processing", "accepted": false}))
        .await;
    talk.called(|c| *c == Call::EndSpeech(Speaker::Citizen))
        .await;
    let before = talk.calls().len();
    tablet.send_binary(vec![0; 64]).await;
    tablet.settle().await;
    assert_eq!(talk.calls().len(), before);
    tokio::time::sleep(Duration::from_millis(1100)).await; // sound errors are told once a second
    tablet.send_binary(vec![0; 64]).await;
    tablet.until_error("not_allowed").await;
}

#[tokio::test]
async fn each_role_may_do_its_own() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.tablet.send(json!({"type": "end_conversation"})).await;
    c.tablet.until_error("not_allowed").await;
    c.staff.send(json!({"type": "request_interpreter"})).await;
    c.staff.until_error("not_allowed").await;
    for _ in 0..2 {
        c.tablet.send(json!({"type": "request_interpreter"})).await;
    }
    c.tablet.settle().await;
    let asked = c.staff.until_event("interpreter_requested", |_| true).await;
    assert_eq!(asked["actor"], "citizen");
    let asked = || {
        let log = log_of(&*house.store, &c.case);
        let asked = log.iter().filter(|e| e["kind"] == "interpreter_requested");
        asked.count()
    };
    assert_eq!(asked(), 1);
    // Asked again later, it is told again: staff may have ticked the first off.
    house.clock.advance(11);
    c.tablet.send(json!({"type": "request_interpreter"})).await;
    c.staff.until_event("interpreter_requested", |_| true).await;
    assert_eq!(asked(), 2);
}

#[tokio::test]
async fn the_newer_screen_of_a_role_replaces_the_older() {
    let house = house().await;
    let mut c = house.conversation().await;
    let ticket = c.staff.resume_ticket.clone();
    let mut newer = house.client(&ticket, None).await;
    assert_eq!(c.staff.until_closed().await, ("replaced".into(), 4011));
    newer
        .until_that("presence", |p| p["staff"] == 1 && p["citizen"] == 1)
        .await;
    c.tablet.settle().await;
    newer.start_audio().await;
    newer.send_binary(vec![0; 64]).await;
    c.talk
        .called(|call| *call == Call::Push(Speaker::Staff, 32))
        .await;
}

#[tokio::test]
async fn the_filled_form_is_for_the_browsers_of_the_case_only() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.staff
        .send(json!({"type": "correct_slot", "key": "move_date", "value": "2026-12-15"}))
        .await;
    c.staff.until_event("slot_corrected", |_| true).await;
    let path = format!("/api/cases/{}/form.json", c.case);
    assert_eq!(house.get(&path, &[]).await.status, 403);
    assert_eq!(
        house
            .get(&path, &[("cookie", "tolkebot_session=abc")])
            .await
            .status,
        403
    );
    let mine = house.get(&path, &[("cookie", &c.cookie)]).await;
    assert_eq!(mine.status, 200);
    assert_eq!(mine.header("cache-control").unwrap(), "no-store");
    assert_eq!(mine.json()["slots"]["move_date"]["value"], "2026-12-15");
    let pdf = path.replace(".json", ".pdf");
    assert_eq!(house.get(&pdf, &[]).await.status, 403);
    let pdf = house.get(&pdf, &[("cookie", &c.cookie)]).await;
    assert_eq!(pdf.status, 200, "{}", pdf.text());
    assert_eq!(pdf.header("content-type").unwrap(), "application/pdf");
    assert!(
        pdf.header("content-disposition")
            .unwrap()
            .contains("flytteanmeldelse-2026-11-24.pdf")
    );
    assert!(pdf.body.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn the_web_client_is_served_with_strict_headers() {
    let dir = tempfile::tempdir().unwrap();
    let mut config = config();
    config.web_dir = dir.path().to_owned();
    config.access.open_to_network = true;
    config.public_url = "https://tolk.example.dk".into();
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let to = house.address();
    let missing = house.get("/staff", &[]).await;
    assert_eq!(missing.status, 404);
    assert!(
        missing.json()["message"]
            .as_str()
            .unwrap()
            .contains("build it")
    );
    assert_eq!(
        house.get("/", &[]).await.header("location").unwrap(),
        "/staff"
    );

    write(dir.path().join("staff/index.html"), "<p>staff");
    write(dir.path().join("tablet.html"), "<p>tablet");
    write(dir.path().join("assets/a-1.js"), "export {}");
    for (path, text) in [
        ("/staff", "<p>staff"),
        ("/staff/", "<p>staff"),
        ("/staff/case/1", "<p>staff"),
        ("/tablet", "<p>tablet"),
    ] {
        let page = house.get(path, &[]).await;
        assert_eq!((page.status, page.text().as_str()), (200, text), "{path}");
        let csp = page.header("content-security-policy").unwrap();
        assert!(
            csp.contains("script-src 'self';") && !csp.contains("unsafe"),
            "{csp}"
        );
        assert!(csp.contains("frame-ancestors 'none'"));
        assert_eq!(page.header("x-content-type-options").unwrap(), "nosniff");
        assert_eq!(page.header("cache-control").unwrap(), "no-cache");
        assert!(page.header("strict-transport-security").is_some());
        assert!(
            page.header("content-type")
                .unwrap()
                .starts_with("text/html")
        );
    }
    write(dir.path().join("index.html"), "<p>home");
    assert_eq!(house.get("/", &[]).await.text(), "<p>home");
    let script = house.get("/assets/a-1.js", &[]).await;
    assert!(
        script
            .header("content-type")
            .unwrap()
            .contains("javascript")
    );
    assert!(
        script
            .header("cache-control")
            .unwrap()
            .contains("immutable")
    );
    for outside in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/nothing"] {
        assert_eq!(
            http(to, "GET", outside, &[], "").await.status,
            404,
            "{outside}"
        );
    }
    let error = house.get("/api/nothing", &[]).await;
    assert!(error.header("content-security-policy").is_some());
}

#[tokio::test]
async fn operators_see_health_and_counters_without_persons() {
    let house = house().await;
    let mut c = house.conversation().await;
    c.talk
        .say(Speaker::Citizen, "Мене звати Олена.", "Jeg hedder Olena.")
        .await;
    c.staff.until_event("translation_settled", |_| true).await;
    c.staff.send_text("nonsense").await;
    c.staff.until_error("bad_message").await;
    assert_eq!(house.get("/healthz", &[]).await.text(), "ok\n");
    assert_eq!(house.get("/readyz", &[]).await.text(), "ready\n");
    let metrics = house.get("/metrics", &[]).await.text();
    for line in [
        "tolkebot_cases_opened_total 1",
        "tolkebot_tablets_paired_total 1",
        "tolkebot_sockets 2",
        "tolkebot_conversations 1",
        "tolkebot_utterances_total 1",
        "tolkebot_errors_total{code=\"bad_message\"} 1",
    ] {
        assert!(
            metrics.lines().any(|l| l == line),
            "{line} is not in\n{metrics}"
        );
    }
    assert!(!metrics.contains("Олена") && !metrics.contains(&c.case.0));
}

#[tokio::test]
async fn too_many_sockets_and_cases_are_turned_away() {
    let mut config = config();
    config.limits.sockets = 1;
    config.limits.cases_per_minute = 2;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    let refused = Client::connect(house.address()).await.err().unwrap();
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (503, &json!("busy"))
    );
    house.open_case().await;
    assert_eq!(house.post("/api/cases", &[], "{}").await.status, 429);
    staff.send_text("{}").await;
    assert!(
        matches!(staff.next().await, Frame::Json(_)),
        "who is in is not disturbed"
    );
}
