//! The WebSocket protocol itself (RFC 6455), frame by frame: what must be understood, and what must
//! end the connection. In the order of the sections of the Autobahn test suite.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tolkebot_protocol::Speaker;

use crate::common::{House, house};

/// Long enough for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// A frame as a client sends it.
#[derive(Clone)]
struct Frame {
    end: bool,
    reserved: u8,
    opcode: u8,
    masked: bool,
    payload: Vec<u8>,
    /// Bytes of the length field instead of the shortest way: 2 or 8.
    length: usize,
}

fn frame(opcode: u8, payload: impl AsRef<[u8]>) -> Frame {
    Frame {
        end: true,
        reserved: 0,
        opcode,
        masked: true,
        payload: payload.as_ref().to_vec(),
        length: 0,
    }
}

/// A frame with more of its message to come.
fn part(opcode: u8, payload: impl AsRef<[u8]>) -> Frame {
    Frame {
        end: false,
        ..frame(opcode, payload)
    }
}

impl Frame {
    fn bytes(&self) -> Vec<u8> {
        let n = self.payload.len();
        let mut out = vec![u8::from(self.end) << 7 | self.reserved << 4 | self.opcode];
        let mask = u8::from(self.masked) << 7;
        match (self.length, n) {
            (0, 0..=125) => out.push(mask | n as u8),
            (0 | 2, 0..=0xffff) => {
                out.push(mask | 126);
                out.extend((n as u16).to_be_bytes());
            }
            _ => {
                out.push(mask | 127);
                out.extend((n as u64).to_be_bytes());
            }
        }
        if !self.masked {
            out.extend(&self.payload);
            return out;
        }
        let key = [0x37, 0xfa, 0x21, 0x3d];
        out.extend(key);
        let masked = self.payload.iter().zip(key.iter().cycle());
        out.extend(masked.map(|(byte, key)| byte ^ key));
        out
    }
}

/// A socket without a library.
struct Raw {
    tcp: TcpStream,
    read: Vec<u8>,
}

impl Raw {
    async fn open(house: &House) -> Raw {
        let mut tcp = TcpStream::connect(house.address()).await.unwrap();
        let upgrade = "GET /api/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\n\
                       upgrade: websocket\r\nsec-websocket-version: 13\r\n\
                       sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\
                       sec-websocket-protocol: tolkebot.v1\r\n\r\n";
        tcp.write_all(upgrade.as_bytes()).await.unwrap();
        let mut raw = Raw {
            tcp,
            read: Vec::new(),
        };
        let end = loop {
            if let Some(at) = raw.read.windows(4).position(|w| w == b"\r\n\r\n") {
                break at + 4;
            }
            assert!(raw.more().await, "no answer to the upgrade");
        };
        let head = String::from_utf8_lossy(&raw.read[..end]).to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 101 "), "{head}");
        // RFC 6455, section 1.3: the answer to this very key.
        assert!(
            head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo="),
            "{head}"
        );
        raw.read.drain(..end);
        raw
    }

    /// A socket of staff in a case of its own.
    async fn welcome(house: &House) -> Raw {
        let (opened, _) = house.open_case().await;
        let mut raw = Raw::open(house).await;
        let hello = json!({"type": "hello", "ticket": opened.ticket}).to_string();
        raw.send(&[frame(TEXT, hello)]).await;
        raw.until("welcome").await;
        raw
    }

    async fn send(&mut self, frames: &[Frame]) {
        let bytes: Vec<u8> = frames.iter().flat_map(Frame::bytes).collect();
        // A server that has enough closes while we write.
        let _ = self.tcp.write_all(&bytes).await;
    }

    async fn more(&mut self) -> bool {
        let mut buffer = [0; 4096];
        let n = timeout(PATIENCE, self.tcp.read(&mut buffer))
            .await
            .expect("the server says nothing and does not close")
            .unwrap_or(0);
        self.read.extend(&buffer[..n]);
        n > 0
    }

    /// The next frame; `None` at the end of the connection.
    async fn next(&mut self) -> Option<(u8, Vec<u8>)> {
        loop {
            if let Some((opcode, from, to)) = self.whole() {
                let payload = self.read[from..to].to_vec();
                self.read.drain(..to);
                return Some((opcode, payload));
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Where a whole frame lies in what was read.
    fn whole(&self) -> Option<(u8, usize, usize)> {
        let (first, second) = (*self.read.first()?, *self.read.get(1)?);
        assert_eq!(first & 0x70, 0, "the server sets no reserved bits");
        assert_eq!(second & 0x80, 0, "the server masks nothing");
        let (from, length) = match second {
            126 => {
                let bytes = self.read.get(2..4)?.try_into().unwrap();
                (4, usize::from(u16::from_be_bytes(bytes)))
            }
            127 => {
                let bytes = self.read.get(2..10)?.try_into().unwrap();
                (10, u64::from_be_bytes(bytes) as usize)
            }
            n => (2, usize::from(n)),
        };
        (self.read.len() >= from + length).then_some((first & 0x0f, from, from + length))
    }

    /// Reads on to a message of a type.
    async fn until(&mut self, kind: &str) -> Value {
        loop {
            match self.next().await {
                Some((TEXT, payload)) => {
                    let message: Value = serde_json::from_slice(&payload).unwrap();
                    if message["type"] == kind {
                        return message;
                    }
                }
                Some((CLOSE, payload)) => panic!("closed while waiting for {kind}: {payload:?}"),
                Some(_) => {}
                None => panic!("cut off while waiting for {kind}"),
            }
        }
    }

    /// Reads on to a control frame.
    async fn until_control(&mut self, wanted: u8) -> Vec<u8> {
        loop {
            match self.next().await {
                Some((opcode, payload)) if opcode == wanted => return payload,
                Some((CLOSE, payload)) => panic!("closed: {payload:?}"),
                Some(_) => {}
                None => panic!("cut off"),
            }
        }
    }

    /// Reads to the end; the code that the server closed with, 0 if it said none.
    async fn until_end(&mut self) -> u16 {
        let mut code = 0;
        while let Some((opcode, payload)) = self.next().await {
            if opcode == CLOSE && code == 0 {
                let bytes = payload.get(..2).map(|b| [b[0], b[1]]);
                code = bytes.map_or(1005, u16::from_be_bytes);
            }
        }
        code
    }
}

/// A message that the server understands well enough to refuse it.
const PROBE: &str = r#"{"type":"type_text","text":"Привіт 😀"}"#;

#[tokio::test]
async fn whole_and_broken_up_messages_are_understood() {
    let house = house().await;
    let mut raw = Raw::welcome(&house).await;
    let bytes = PROBE.as_bytes();
    let (one, two) = bytes.split_at(30);
    // Section 1, 5: framing and fragmentation, down to one byte a frame and to empty frames.
    let mut single: Vec<Frame> = bytes.iter().map(|b| part(CONTINUATION, [*b])).collect();
    single[0].opcode = TEXT;
    single.last_mut().unwrap().end = true;
    let long = |length| Frame {
        length,
        ..frame(TEXT, PROBE)
    };
    for frames in [
        vec![frame(TEXT, PROBE)],
        vec![part(TEXT, one), frame(CONTINUATION, two)],
        vec![
            part(TEXT, ""),
            part(CONTINUATION, bytes),
            frame(CONTINUATION, ""),
        ],
        single,
        vec![long(2)],
        vec![long(8)],
    ] {
        raw.send(&frames).await;
        // The notices were not accepted: the message as such was understood.
        let error = raw.until("error").await;
        assert_eq!(error["code"], "not_allowed", "{error}");
    }
    // Cut anywhere on the wire, also within a head or a letter.
    let sent = frame(TEXT, PROBE).bytes();
    for cut in [1, 2, 3, 5, 7, 40, sent.len() - 1] {
        raw.tcp.write_all(&sent[..cut]).await.unwrap();
        raw.tcp.flush().await.unwrap();
        tokio::time::sleep(Duration::from_millis(5)).await;
        raw.tcp.write_all(&sent[cut..]).await.unwrap();
        assert_eq!(raw.until("error").await["code"], "not_allowed");
    }
}

#[tokio::test]
async fn pings_are_answered_also_between_parts_of_a_message() {
    let house = house().await;
    let mut raw = Raw::welcome(&house).await;
    // Section 2: payload of 0 to 125 bytes comes back; pongs that nobody asked for are ignored.
    for payload in [&b""[..], b"Hej", &[0xfe; 125]] {
        raw.send(&[frame(PING, payload)]).await;
        assert_eq!(raw.until_control(PONG).await, payload);
    }
    raw.send(&[frame(PONG, "nobody asked"), frame(PING, "x")])
        .await;
    assert_eq!(raw.until_control(PONG).await, b"x");
    let (one, two) = PROBE.as_bytes().split_at(20);
    raw.send(&[
        part(TEXT, one),
        frame(PING, "between"),
        frame(PONG, ""),
        frame(CONTINUATION, two),
    ])
    .await;
    assert_eq!(raw.until_control(PONG).await, b"between");
    assert_eq!(raw.until("error").await["code"], "not_allowed");
}

#[tokio::test]
async fn what_is_no_websocket_protocol_ends_the_connection_and_nobody_elses() {
    let house = house().await;
    let mut c = house.conversation().await;
    let reserved = |bits| Frame {
        reserved: bits,
        ..frame(TEXT, PROBE)
    };
    let unmasked = Frame {
        masked: false,
        ..frame(TEXT, PROBE)
    };
    let mut cases: Vec<(&str, Vec<Frame>)> = vec![
        // 2.5
        ("a ping of 126 bytes", vec![frame(PING, [0; 126])]),
        // 3
        ("reserved bit 1, packed", vec![reserved(4)]),
        ("reserved bit 2", vec![reserved(2)]),
        ("reserved bit 3", vec![reserved(1)]),
        ("all reserved bits", vec![reserved(7)]),
        ("no mask", vec![unmasked]),
        // 5
        (
            "a ping in parts",
            vec![part(PING, "a"), frame(CONTINUATION, "b")],
        ),
        (
            "a pong in parts",
            vec![part(PONG, "a"), frame(CONTINUATION, "b")],
        ),
        ("a close in parts", vec![part(CLOSE, [3, 232])]),
        ("a rest of nothing", vec![frame(CONTINUATION, "x")]),
        ("a part of nothing", vec![part(CONTINUATION, "x")]),
        (
            "a message within another",
            vec![part(TEXT, "{"), frame(TEXT, "}")],
        ),
        (
            "sound within a text",
            vec![part(TEXT, "{"), frame(BINARY, [0; 2])],
        ),
        // 7
        ("a close of one byte", vec![frame(CLOSE, [3])]),
        ("a close of 126 bytes", vec![frame(CLOSE, [3; 126])]),
    ];
    // 4
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] {
        cases.push(("an unknown opcode", vec![frame(opcode, "x")]));
    }
    // 7.9
    for code in [
        0u16, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 65535,
    ] {
        cases.push(("a bad close code", vec![frame(CLOSE, code.to_be_bytes())]));
    }
    for (name, frames) in cases {
        let mut raw = Raw::welcome(&house).await;
        raw.send(&frames).await;
        let code = raw.until_end().await;
        // RFC 6455 lets a server say why or just hang up.
        assert!([0, 1002].contains(&code), "{name}: {code}");
    }
    c.talk.say(Speaker::Staff, "Hej.", "Привіт.").await;
    c.tablet.until_event("translation_settled", |_| true).await;
}

#[tokio::test]
async fn text_that_is_no_utf_8_ends_the_connection() {
    let house = house().await;
    // Section 6: bare continuation bytes, overlong forms, surrogates, too high, cut off.
    let bad: [&[u8]; 10] = [
        b"\xff",
        b"\x80",
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xf0\x80\x80\xaf",
        b"\xed\xa0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xce",
        b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
    ];
    for bytes in bad {
        let middle = bytes.len() / 2;
        for frames in [
            vec![frame(TEXT, bytes)],
            vec![
                part(TEXT, &bytes[..middle]),
                frame(PING, "x"),
                frame(CONTINUATION, &bytes[middle..]),
            ],
        ] {
            let mut raw = Raw::welcome(&house).await;
            raw.send(&frames).await;
            let code = raw.until_end().await;
            assert!([0, 1007].contains(&code), "{bytes:x?}: {code}");
        }
    }
    // A reason to close is a text, too.
    let mut raw = Raw::welcome(&house).await;
    raw.send(&[frame(CLOSE, b"\x03\xe8\xff")]).await;
    let code = raw.until_end().await;
    assert!([0, 1002, 1007].contains(&code), "{code}");
    // A letter that is cut by parts is whole in the end.
    let mut raw = Raw::welcome(&house).await;
    let at = PROBE.find('П').unwrap() + 1;
    let (one, two) = PROBE.as_bytes().split_at(at);
    raw.send(&[part(TEXT, one), frame(CONTINUATION, two)]).await;
    assert_eq!(raw.until("error").await["code"], "not_allowed");
}

#[tokio::test]
async fn a_goodbye_is_answered_with_the_same_code() {
    let house = house().await;
    for code in [1000u16, 1001, 1003, 1007, 1011, 3000, 3999, 4000, 4999] {
        let mut raw = Raw::welcome(&house).await;
        let mut payload = code.to_be_bytes().to_vec();
        payload.extend("farvel".as_bytes());
        raw.send(&[frame(CLOSE, payload)]).await;
        assert_eq!(raw.until_end().await, code);
    }
    let mut raw = Raw::welcome(&house).await;
    raw.send(&[frame(CLOSE, "")]).await;
    assert!([1000, 1005].contains(&raw.until_end().await));
    // What comes after a goodbye is not heard.
    let mut raw = Raw::welcome(&house).await;
    raw.send(&[
        frame(CLOSE, 1000u16.to_be_bytes()),
        frame(TEXT, PROBE),
        frame(PING, "x"),
    ])
    .await;
    while let Some((opcode, payload)) = raw.next().await {
        let text = String::from_utf8_lossy(&payload);
        assert!(opcode != PONG && !text.contains("not_allowed"), "{text}");
    }
}

#[tokio::test]
async fn a_frame_that_promises_too_much_costs_no_memory() {
    let house = house().await;
    // 16 exabytes, one gigabyte, and a mebibyte and a bit: nothing of them is waited for.
    for promised in [u64::MAX / 2, 1 << 30, (1 << 20) + 1] {
        let mut raw = Raw::welcome(&house).await;
        let mut head = vec![0x80 | BINARY, 0x80 | 127];
        head.extend(promised.to_be_bytes());
        head.extend([0; 4]);
        raw.tcp.write_all(&head).await.unwrap();
        let code = raw.until_end().await;
        assert!([0, 1002, 1009, 4001].contains(&code), "{promised}: {code}");
    }
    // The same in parts, each of them small enough.
    let mut raw = Raw::welcome(&house).await;
    raw.send(&[part(BINARY, vec![0; 60_000])]).await;
    for _ in 0..40 {
        raw.send(&[part(CONTINUATION, vec![0; 60_000])]).await;
    }
    let code = raw.until_end().await;
    assert!([0, 1009, 4001].contains(&code), "{code}");
}

#[tokio::test]
async fn a_ticket_that_was_overheard_is_worth_nothing() {
    let house = house().await;
    let (opened, _) = house.open_case().await;
    let hello = json!({"type": "hello", "ticket": opened.ticket}).to_string();
    // Two sockets with one ticket at the same moment: one gets in.
    let (mut one, mut two) = (Raw::open(&house).await, Raw::open(&house).await);
    let hello = [frame(TEXT, &hello)];
    tokio::join!(one.send(&hello), two.send(&hello));
    let mut welcome = 0;
    for raw in [&mut one, &mut two] {
        let (_, payload) = raw.next().await.unwrap();
        let first: Value = serde_json::from_slice(&payload).unwrap();
        welcome += u32::from(first["type"] == "welcome");
        if first["type"] != "welcome" {
            assert_eq!(first["code"], "bad_ticket", "{first}");
        }
    }
    assert_eq!(welcome, 1);
}
