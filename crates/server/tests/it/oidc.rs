//! Signing in at a real OpenID provider, which node runs.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use serde_json::{Value, json};
use tolkebot_casework::{MemoryStore, Store};
use tolkebot_protocol::CaseOpened;
use tolkebot_server::{AccountRole, Accounts, Clock};

use crate::common::{Answer, Client, House, config, house_with, http};

const SECRET: &str = "a secret of the tests, 32 letters long";

/// A running provider; it ends when this is dropped, however the test ends.
struct Provider {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
}

impl Provider {
    fn start() -> Provider {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oidc");
        assert!(
            folder.join("node_modules/oidc-provider").is_dir(),
            "the provider of this test is not there: run `cargo xtask setup`"
        );
        let mut child = Command::new("node")
            .arg("provider.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node starts");
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = said.next().unwrap().unwrap();
        let port: u16 = port.strip_prefix("port ").unwrap().parse().unwrap();
        Provider {
            child,
            said,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
        }
    }

    /// Tells it where browsers are sent back to.
    fn register(&mut self, server: SocketAddr) {
        let line = json!({
            "redirect": format!("http://{server}/api/oidc/callback"),
            "back": format!("http://{server}/staff"),
        });
        writeln!(self.child.stdin.as_ref().unwrap(), "{line}").unwrap();
        let ready = self.said.find(|line| line.as_ref().unwrap() == "ready");
        ready
            .expect("the provider says why on its standard error")
            .unwrap();
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser: cookies of each server, and no more.
#[derive(Default)]
struct Browser {
    cookies: BTreeMap<(SocketAddr, String), String>,
}

impl Browser {
    async fn ask(&mut self, to: SocketAddr, method: &str, path: &str, body: &str) -> Answer {
        let own = self.cookies.iter().filter(|((at, _), _)| *at == to);
        let own: Vec<String> = own
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        let own = own.join("; ");
        let mut headers = vec![("cookie", own.as_str())];
        if method == "POST" {
            headers.push(("content-type", "application/x-www-form-urlencoded"));
        }
        let answer = http(to, method, path, &headers, body).await;
        for line in answer.head.lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            if !key.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            let pair = value.trim().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            let key = (to, name.to_owned());
            if value.is_empty() {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        answer
    }

    /// Begins a sign-in; the provider's address for it.
    async fn begin(&mut self, server: SocketAddr) -> String {
        let answer = self.ask(server, "GET", "/api/oidc/start", "").await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer.header("location").unwrap()
    }

    /// Does what the provider asks for until it sends the browser back; the way back.
    async fn at_provider(&mut self, provider: SocketAddr, url: &str, login: &str) -> String {
        let base = format!("http://{provider}");
        let mut path = url.strip_prefix(&base).unwrap().to_owned();
        for _ in 0..12 {
            let mut answer = self.ask(provider, "GET", &path, "").await;
            if answer.status == 200 {
                let page = answer.text();
                let action = page.split("action=\"").nth(1).expect(&page);
                let action = action.split('"').next().unwrap();
                let action = action.strip_prefix(&base).unwrap_or(action).to_owned();
                let body = if page.contains("value=\"login\"") {
                    format!("prompt=login&login={login}&password=x")
                } else {
                    "prompt=consent".to_owned()
                };
                answer = self.ask(provider, "POST", &action, &body).await;
            }
            let to = answer.header("location").unwrap_or_else(|| {
                panic!("no way on from {path}: {} {}", answer.status, answer.text())
            });
            match to
                .strip_prefix(&base)
                .or(to.strip_prefix('/').map(|_| to.as_str()))
            {
                Some(next) => path = next.to_owned(),
                None => return to,
            }
        }
        panic!("the provider sends the browser around in circles");
    }

    /// The whole way; where the server sends the browser in the end.
    async fn sign_in(&mut self, house: &House, provider: &Provider, login: &str) -> String {
        let url = self.begin(house.address()).await;
        let back = self.at_provider(provider.address, &url, login).await;
        self.come_back(house.address(), &back).await
    }

    async fn come_back(&mut self, server: SocketAddr, back: &str) -> String {
        let path = back.strip_prefix(&format!("http://{server}")).unwrap();
        let answer = self.ask(server, "GET", path, "").await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert_eq!(answer.header("cache-control").unwrap(), "no-store");
        answer.header("location").unwrap()
    }

    /// The cookie of the one sign-in that was begun.
    fn begun(&self, server: SocketAddr) -> (String, String) {
        let mut all = self.cookies.iter().filter(|((at, name), _)| {
            *at == server && name.starts_with("tolkebot_oidc_") && !name.ends_with("anew")
        });
        let ((_, name), state) = all.next().expect("a sign-in was begun");
        (name.clone(), state.clone())
    }

    fn session(&self, server: SocketAddr) -> String {
        let value = self.cookies.get(&(server, "tolkebot_session".to_owned()));
        format!("tolkebot_session={}", value.map_or("", String::as_str))
    }

    async fn account(&self, house: &House) -> Value {
        let cookie = self.session(house.address());
        let answer = house.get("/api/session", &[("cookie", &cookie)]).await;
        answer.json()["account"].clone()
    }
}

/// A server with a provider. Its clock is the machine's, as the provider's is.
async fn with_provider(passwords: bool) -> (House, Provider, Arc<MemoryStore>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let secret = folder.path().join("secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let mut provider = Provider::start();
    let mut config = config();
    config.access.accounts = true;
    config.oidc.issuer = format!("http://{}", provider.address);
    config.oidc.name = "Aarhus".into();
    config.oidc.client_id = "tolkebot".into();
    config.oidc.client_secret_file = secret;
    config.oidc.passwords = passwords;
    config.oidc.roles = [
        ("counter".to_owned(), AccountRole::Staff),
        ("leads".to_owned(), AccountRole::Supervisor),
    ]
    .into();
    let store = Arc::new(MemoryStore::new());
    let house = house_with(config, store.clone()).await;
    provider.register(house.address());
    (house, provider, store, folder)
}

#[tokio::test]
async fn people_sign_in_at_the_provider_with_the_role_of_their_group_and_out_again() {
    let (house, provider, _, _folder) = with_provider(true).await;
    let session = house.get("/api/session", &[]).await.json();
    assert_eq!(
        session,
        json!({"accounts": true, "account": null,
               "provider": {"name": "Aarhus", "passwords": true}})
    );
    let mut anne = Browser::default();
    let to = anne.sign_in(&house, &provider, "anne.x.counter").await;
    assert_eq!(to, "/staff");
    assert_eq!(
        anne.account(&house).await,
        json!({"name": "anne", "role": "staff"})
    );
    let mut lene = Browser::default();
    lene.sign_in(&house, &provider, "lene.leads").await;
    assert_eq!(lene.account(&house).await["role"], "supervisor");

    // The role is what each may do; whose case it is is known by the provider's name for them.
    let cookie = anne.session(house.address());
    let opened = house.post("/api/cases", &[("cookie", &cookie)], "{}").await;
    assert_eq!(opened.status, 200, "{}", opened.text());
    let opened: CaseOpened = serde_json::from_slice(&opened.body).unwrap();
    let other = lene.session(house.address());
    let refused = house.post("/api/cases", &[("cookie", &other)], "{}").await;
    assert_eq!(refused.status, 403);
    let form = format!("/api/cases/{}/form.json", opened.case);
    assert_eq!(house.get(&form, &[("cookie", &other)]).await.status, 200);
    let mut again = Browser::default();
    again.sign_in(&house, &provider, "anne.x.counter").await;
    let cookie_again = again.session(house.address());
    let ticket = format!("/api/cases/{}/ticket", opened.case);
    let ticket = house.post(&ticket, &[("cookie", &cookie_again)], "").await;
    assert_eq!(ticket.status, 200, "she comes back to her own case");

    // Signing out ends it here and names where it ends at the provider.
    let staff = house.client(&opened.ticket, None).await;
    let signed_in_for = staff.seen[0]["signed_in_for_s"].as_u64().unwrap();
    assert!(
        (28_700..=28_800).contains(&signed_in_for),
        "{signed_in_for}"
    );
    let out = anne
        .ask(house.address(), "DELETE", "/api/session", "")
        .await;
    let url = out.json()["sign_out_at"].as_str().unwrap().to_owned();
    assert!(
        url.starts_with(&format!("http://{}/session/end?", provider.address)),
        "{url}"
    );
    assert!(url.contains("post_logout_redirect_uri"), "{url}");
    let path = url.split_once(&provider.address.to_string()).unwrap().1;
    assert_eq!(
        anne.ask(provider.address, "GET", path, "").await.status,
        200
    );
    let answer = house.get(&form, &[("cookie", &cookie)]).await;
    assert_eq!(answer.status, 403);
    let mut client = Client::connect(house.address()).await.unwrap();
    client
        .send(json!({"type": "hello", "ticket": staff.resume_ticket}))
        .await;
    assert_eq!(client.until_closed().await, ("signed_out".into(), 4014));
}

#[tokio::test]
async fn a_sign_in_ends_and_the_provider_is_asked_again() {
    let (house, provider, _, _folder) = with_provider(true).await;
    let mut anne = Browser::default();
    anne.sign_in(&house, &provider, "anne.counter").await;
    // Whatever is done meanwhile, eight hours are the longest.
    for _ in 0..2 {
        house.clock.advance(4 * 3600 - 1);
        let cookie = anne.session(house.address());
        let opened = house.post("/api/cases", &[("cookie", &cookie)], "{}").await;
        assert_eq!(opened.status, 200);
    }
    house.clock.advance(2);
    assert_eq!(anne.account(&house).await, Value::Null);
}

#[tokio::test]
async fn who_has_no_group_of_ours_is_not_let_in() {
    let (house, provider, _, _folder) = with_provider(true).await;
    let mut bo = Browser::default();
    let to = bo.sign_in(&house, &provider, "bo.cleaning").await;
    assert_eq!(to, "/staff?sign_in=no_role");
    assert_eq!(bo.account(&house).await, Value::Null);
}

#[tokio::test]
async fn who_has_no_role_or_has_signed_out_may_be_somebody_else_the_next_time() {
    let (house, provider, _, _folder) = with_provider(true).await;
    let server = house.address();
    let asks = |url: &str| url.contains("prompt=select_account");
    let mut bo = Browser::default();
    let url = bo.begin(server).await;
    assert!(!asks(&url), "{url}");
    let back = bo.at_provider(provider.address, &url, "bo.cleaning").await;
    assert_eq!(bo.come_back(server, &back).await, "/staff?sign_in=no_role");
    assert!(asks(&bo.begin(server).await));

    // Given up there: nobody's fault, and asked the same way again.
    let answer = |bo: &Browser, error: &str| {
        let (_, state) = bo.begun(server);
        format!("http://{server}/api/oidc/callback?error={error}&state={state}")
    };
    let given_up = bo.come_back(server, &answer(&bo, "access_denied")).await;
    assert_eq!(given_up, "/staff?sign_in=given_up");
    assert!(asks(&bo.begin(server).await));
    // A provider that cannot ask so must not shut everybody out.
    let refused = bo.come_back(server, &answer(&bo, "invalid_request")).await;
    assert_eq!(refused, "/staff?sign_in=refused");
    assert!(!asks(&bo.begin(server).await));

    let mut anne = Browser::default();
    let to = anne.sign_in(&house, &provider, "anne.counter").await;
    assert_eq!(to, "/staff");
    anne.ask(server, "DELETE", "/api/session", "").await;
    assert_eq!(anne.account(&house).await, Value::Null);
    assert!(asks(&anne.begin(server).await));
}

#[tokio::test]
async fn sign_ins_that_were_begun_in_two_tabs_both_end_well() {
    let (house, provider, _, _folder) = with_provider(true).await;
    let server = house.address();
    let mut anne = Browser::default();
    let first = anne.begin(server).await;
    let second = anne.begin(server).await;
    // An answer that nobody here asked for costs the others nothing.
    let foreign = format!("http://{server}/api/oidc/callback?code=x&state=y");
    let refused = anne.come_back(server, &foreign).await;
    assert_eq!(refused, "/staff?sign_in=refused");
    for url in [first, second] {
        let back = anne
            .at_provider(provider.address, &url, "anne.counter")
            .await;
        assert_eq!(anne.come_back(server, &back).await, "/staff");
        assert_eq!(anne.account(&house).await["name"], "anne");
    }
}

#[tokio::test]
async fn an_answer_is_good_for_the_browser_that_asked_and_once() {
    let (house, provider, _, _folder) = with_provider(true).await;
    let server = house.address();
    let refused = "/staff?sign_in=refused";
    let mut anne = Browser::default();
    let url = anne.begin(server).await;
    for part in [
        "state=",
        "nonce=",
        "code_challenge=",
        "code_challenge_method=S256",
    ] {
        assert!(url.contains(part), "{url}");
    }
    assert!(!url.contains("secret"), "{url}");
    let back = anne
        .at_provider(provider.address, &url, "anne.counter")
        .await;

    // Another browser: somebody is made to follow a link.
    let mut victim = Browser::default();
    assert_eq!(victim.come_back(server, &back).await, refused);
    let mut victim = Browser::default();
    victim.begin(server).await;
    assert_eq!(victim.come_back(server, &back).await, refused);
    assert_eq!(victim.account(&house).await, Value::Null);

    // A stolen code in another sign-in: PKCE and the nonce are that one's.
    let code = back.split("code=").nth(1).unwrap();
    let code = code.split('&').next().unwrap();
    let mut thief = Browser::default();
    let own = thief.begin(server).await;
    let state = own.split("state=").nth(1).unwrap();
    let state = state.split('&').next().unwrap();
    let forged = format!("http://{server}/api/oidc/callback?code={code}&state={state}");
    assert_eq!(thief.come_back(server, &forged).await, refused);
    assert_eq!(thief.account(&house).await, Value::Null);

    // The right browser, twice: the second time the code and the state are used.
    let mut anne = Browser::default();
    let url = anne.begin(server).await;
    let (name, state) = anne.begun(server);
    let back = anne
        .at_provider(provider.address, &url, "anne.counter")
        .await;
    assert_eq!(anne.come_back(server, &back).await, "/staff");
    anne.cookies.insert((server, name), state);
    assert_eq!(anne.come_back(server, &back).await, refused);

    // Late, failed at the provider, and nonsense.
    let mut late = Browser::default();
    let url = late.begin(server).await;
    let back = late
        .at_provider(provider.address, &url, "anne.counter")
        .await;
    house.clock.advance(601);
    assert_eq!(late.come_back(server, &back).await, refused);
    for query in [
        "error=server_error&state=",
        "code=x&state=",
        "state=%ff",
        "",
        "code=x",
    ] {
        let mut browser = Browser::default();
        browser.begin(server).await;
        let (_, state) = browser.begun(server);
        let query = query.replace("state=", &format!("state={state}"));
        let forged = format!("http://{server}/api/oidc/callback?{query}");
        assert_eq!(browser.come_back(server, &forged).await, refused, "{query}");
    }
}

#[tokio::test]
async fn an_id_token_with_another_nonce_is_refused() {
    let (house, provider, store, _folder) = with_provider(true).await;
    let mut anne = Browser::default();
    let url = anne.begin(house.address()).await;
    let back = anne
        .at_provider(provider.address, &url, "anne.counter")
        .await;
    // The token belongs to another sign-in than the one that is kept here.
    let (_, state) = anne.begun(house.address());
    let key = note_of(&state);
    let now = house.clock.now();
    let kept = store.note(&key, now).unwrap().unwrap();
    let mut changed: Value = serde_json::from_str(&kept).unwrap();
    changed["nonce"] = "another".into();
    let expires = now + jiff::SignedDuration::from_mins(5);
    store
        .put_note(&key, &changed.to_string(), expires, now)
        .unwrap();
    let to = anne.come_back(house.address(), &back).await;
    assert_eq!(to, "/staff?sign_in=refused");
}

/// Under which note a sign-in is kept: its `state` is not in the store.
fn note_of(state: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(state.as_bytes());
    let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("oidc:{digits}")
}

#[tokio::test]
async fn passwords_can_be_left_to_the_provider() {
    let (house, _provider, store, _folder) = with_provider(false).await;
    let accounts = Accounts::new(store).unwrap();
    let now = house.clock.now();
    accounts
        .add(
            "anne",
            AccountRole::Staff,
            "korrekt hest batteri",
            false,
            now,
        )
        .unwrap();
    let body = json!({"name": "anne", "password": "korrekt hest batteri"}).to_string();
    let answer = house.post("/api/session", &[], &body).await;
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("provider"), "{}", answer.text());
}

#[tokio::test]
async fn a_provider_that_is_away_costs_nobody_else_anything() {
    let (house, provider, store, _folder) = with_provider(true).await;
    drop(provider);
    let mut anne = Browser::default();
    let answer = anne
        .ask(house.address(), "GET", "/api/oidc/start", "")
        .await;
    let to = answer.header("location").unwrap();
    assert_eq!(to, "/staff?sign_in=unavailable");
    let accounts = Accounts::new(store).unwrap();
    let now = house.clock.now();
    accounts
        .add("bo", AccountRole::Staff, "korrekt hest batteri", false, now)
        .unwrap();
    let body = json!({"name": "bo", "password": "korrekt hest batteri"}).to_string();
    assert_eq!(house.post("/api/session", &[], &body).await.status, 200);
    // Without a provider there is no such way.
    let plain = crate::common::house().await;
    assert_eq!(plain.get("/api/oidc/start", &[]).await.status, 403);
    assert_eq!(plain.get("/api/oidc/callback", &[]).await.status, 403);
}
