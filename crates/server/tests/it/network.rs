//! Connections as such: proxies in front, slow and oversized requests, too many at once.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tolkebot_casework::MemoryStore;
use tolkebot_server::{Server, ServerError};

use crate::common::{Client, House, config, house, house_with, try_http};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// Guesses a pairing code in the name of others; the status.
async fn guess(house: &House, forwarded: &str) -> u16 {
    let body = json!({"code": "x"}).to_string();
    let headers = [("x-forwarded-for", forwarded)];
    house.post("/api/pair", &headers, &body).await.status
}

#[tokio::test]
async fn what_a_trusted_proxy_says_of_the_client_counts() {
    let mut config = config();
    config.access.open_to_network = true;
    config.trusted_proxies = vec!["127.0.0.0/8".into(), "10.1.0.0/16".into()];
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    for _ in 0..10 {
        assert_eq!(guess(&house, "192.0.2.7").await, 404);
    }
    assert_eq!(guess(&house, "192.0.2.7").await, 429);
    // What a client writes in front itself changes nothing, nor does a second proxy.
    assert_eq!(guess(&house, "198.51.100.1, 192.0.2.7").await, 429);
    assert_eq!(guess(&house, "192.0.2.7, 10.1.2.3").await, 429);
    assert_eq!(guess(&house, "192.0.2.8").await, 404);
    assert_eq!(guess(&house, "2001:db8::1").await, 404);
}

#[tokio::test]
async fn what_anybody_else_says_of_the_client_does_not_count() {
    let house = house().await;
    for n in 0..10 {
        assert_eq!(guess(&house, &format!("192.0.2.{n}")).await, 404);
    }
    assert_eq!(guess(&house, "192.0.2.99").await, 429);
}

/// Writes `text` and reads to the end of the connection.
async fn send(house: &House, text: &[u8]) -> String {
    let mut tcp = TcpStream::connect(house.address()).await.unwrap();
    tcp.write_all(text).await.unwrap();
    let mut answer = Vec::new();
    timeout(PATIENCE, tcp.read_to_end(&mut answer))
        .await
        .expect("the connection stays open")
        .ok();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn a_request_that_does_not_come_to_its_end_is_given_up() {
    let mut config = config();
    config.timeouts.headers_s = 1;
    config.timeouts.request_s = 1;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    // A head that stops, nothing at all, and a second request that never comes.
    for begun in [
        &b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: "[..],
        b"",
        b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n",
    ] {
        send(&house, begun).await;
    }
    // A body that never comes.
    let begun = b"POST /api/pair HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
                  content-length: 20\r\n\r\n{\"code\"";
    let answer = send(&house, begun).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    // A head that comes a letter at a time is slow, too.
    let mut tcp = TcpStream::connect(house.address()).await.unwrap();
    tcp.write_all(b"GET /healthz HTTP/1.1\r\n").await.unwrap();
    let dripping = async {
        while tcp.write_all(b"x-a: b\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(PATIENCE, dripping).await.expect("it drips on");
}

#[tokio::test]
async fn a_socket_lives_on_when_the_limits_of_requests_are_over() {
    let mut config = config();
    config.timeouts.headers_s = 1;
    config.timeouts.request_s = 1;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let (opened, _) = house.open_case().await;
    let mut staff = house.client(&opened.ticket, None).await;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    staff.settle().await;
}

#[tokio::test]
async fn heads_have_a_largest_size_and_number() {
    let house = house().await;
    let long = format!(
        "GET /healthz HTTP/1.1\r\nhost: x\r\nx-a: {}\r\n\r\n",
        "a".repeat(20 * 1024)
    );
    let many: String = (0..200).map(|n| format!("x-{n}: 1\r\n")).collect();
    let many = format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{many}\r\n");
    let address = format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", "a".repeat(20 * 1024));
    for (request, status) in [(long, "431"), (many, "431"), (address, "4")] {
        let answer = send(&house, request.as_bytes()).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{answer}"
        );
    }
    let large = format!(
        "POST /api/pair HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\
         content-type: application/json\r\n\r\n{}",
        1024 * 1024,
        " ".repeat(17 * 1024)
    );
    let answer = send(&house, large.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[tokio::test]
async fn smuggled_requests_are_refused() {
    let house = house().await;
    for request in [
        "POST /api/pair HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nabcde",
        "POST /api/pair HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        "GET /healthz HTTP/1.1\r\nhost : x\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n",
        "GET /healthz HTTP/1.1\nhost: x\0\n\n",
    ] {
        let answer = send(&house, request.as_bytes()).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(refused, "{request:?}: {answer}");
    }
}

#[tokio::test]
async fn packed_bodies_are_not_unpacked_and_packing_is_never_offered() {
    let house = house().await;
    let headers = [
        ("content-encoding", "gzip"),
        ("accept-encoding", "gzip, br"),
    ];
    let answer = house.post("/api/pair", &headers, "\u{1f}\u{8b}bomb").await;
    assert!(answer.status >= 400, "{}", answer.text());
    let health = house.get("/healthz", &headers).await;
    assert_eq!(health.header("content-encoding"), None);
    // A socket that offers packing gets none: small messages cannot become large ones.
    let upgrade = "GET /api/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
                   sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                   sec-websocket-protocol: tolkebot.v1\r\n\
                   sec-websocket-extensions: permessage-deflate; client_max_window_bits\r\n\r\n";
    let mut tcp = TcpStream::connect(house.address()).await.unwrap();
    tcp.write_all(upgrade.as_bytes()).await.unwrap();
    let mut head = vec![0; 4096];
    let n = tcp.read(&mut head).await.unwrap();
    let head = String::from_utf8_lossy(&head[..n]).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 101 "), "{head}");
    assert!(!head.contains("sec-websocket-extensions"), "{head}");
}

#[tokio::test]
async fn connections_are_counted_and_places_come_back() {
    let mut config = config();
    config.limits.connections_per_address = 4;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        held.push(TcpStream::connect(house.address()).await.unwrap());
    }
    // The fifth is closed at once.
    let mut fifth = TcpStream::connect(house.address()).await.unwrap();
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, fifth.read_to_end(&mut answer))
        .await
        .expect("the connection stays open");
    assert!(answer.is_empty());
    held.pop();
    loop {
        let answer = try_http(house.address(), "GET", "/healthz", &[], "").await;
        if answer.is_some_and(|answer| answer.status == 200) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Sockets need a ticket only with their first message: whoever opens many and says nothing must not keep others out.
#[tokio::test]
async fn sockets_that_say_nothing_leave_room_for_others() {
    let mut config = config();
    config.limits.new_sockets_per_address = 4;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut silent = Vec::new();
    for _ in 0..4 {
        silent.push(Client::connect(house.address()).await.unwrap());
    }
    let refused = Client::connect(house.address()).await.err().unwrap();
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (503, &json!("busy"))
    );
    // Whoever says hello, or leaves, makes room.
    drop(silent.pop());
    let (opened, _) = house.open_case().await;
    for n in 0.. {
        assert!(n < 200, "the place does not come back");
        match Client::connect(house.address()).await {
            Ok(mut client) => {
                let hello = json!({"type": "hello", "ticket": opened.ticket});
                client.send(hello).await;
                client.until_that("welcome", |_| true).await;
                silent.push(client);
                break;
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    silent.push(Client::connect(house.address()).await.unwrap());
    assert!(Client::connect(house.address()).await.is_err());
}

/// A socket is a connection too, however it began.
#[tokio::test]
async fn sockets_count_among_the_connections_of_their_address() {
    let mut config = config();
    config.limits.connections_per_address = 3;
    let house = house_with(config, Arc::new(MemoryStore::new())).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(Client::connect(house.address()).await.unwrap());
    }
    let fourth = try_http(house.address(), "GET", "/healthz", &[], "").await;
    assert!(fourth.is_none(), "closed at once");
    drop(open);
    for n in 0.. {
        assert!(n < 200, "the places do not come back");
        let answer = try_http(house.address(), "GET", "/healthz", &[], "").await;
        if answer.is_some_and(|answer| answer.status == 200) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_thousand_sockets_that_open_and_close_leave_nothing_behind() {
    let house = house().await;
    let mut c = house.conversation().await;
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..1000 {
        let to = house.address();
        while tasks.len() >= 50 {
            tasks.join_next().await;
        }
        tasks.spawn(async move {
            // Some say nothing, some say goodbye, some are cut off.
            let Some(mut client) = Client::try_connect(to).await else {
                return;
            };
            match n % 3 {
                0 => drop(client),
                1 => client.send_text("{}").await,
                _ => {
                    client.send_text(r#"{"type":"hello","ticket":"x"}"#).await;
                    let _ = client.until_closed().await;
                }
            }
        });
    }
    while tasks.join_next().await.is_some() {}
    c.talk
        .say(tolkebot_protocol::Speaker::Staff, "Hej.", "Привіт.")
        .await;
    c.tablet.until_event("translation_settled", |_| true).await;
    loop {
        let metrics = house.get("/metrics", &[]).await.text();
        if metrics.lines().any(|line| line == "tolkebot_sockets 2") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_taken_address_and_missing_files_are_told_before_anything_is_loaded() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let now = jiff::Timestamp::UNIX_EPOCH;
    let mut config = config();
    Server::check(&config, now).unwrap();
    config.nemlogin.roots_file = "/no/such/roots.pem".into();
    let told = Server::check(&config, now).unwrap_err().to_string();
    assert!(told.contains("/no/such/roots.pem"), "{told}");
    config.listen = taken.local_addr().unwrap();
    let told = Server::check(&config, now).unwrap_err();
    assert!(matches!(told, ServerError::Listen { .. }), "{told}");
}
