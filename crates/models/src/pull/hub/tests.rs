//! Against a real HTTP server on this machine that misbehaves in known ways.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use super::*;
use crate::Silent;

const BODY: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Sum of `BODY`.
fn sum() -> String {
    use sha2::{Digest, Sha256};
    verify::hex(&Sha256::digest(BODY))
}

/// What the server does with one request.
#[derive(Clone, Copy)]
enum Turn {
    /// Answers as it should, but closes after so many bytes of the body.
    CutAfter(usize),
    /// Sends all of it, whatever was asked for.
    IgnoreRange,
    Status(&'static str),
    /// Like `CutAfter`, and with a mark that promises nothing.
    Weak(usize),
    /// A portal's page instead of the file.
    Page,
}

const PROPER: Turn = Turn::CutAfter(usize::MAX);

/// A request's `Range` and `If-Range`.
type Asked = (Option<String>, Option<String>);

/// Serves one turn per connection and tells each request's `Range` and `If-Range`.
fn serve(turns: Vec<Turn>) -> (String, Receiver<Asked>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/model.bin", listener.local_addr().unwrap());
    let (tell, asked) = channel();
    std::thread::spawn(move || {
        for turn in turns {
            let (stream, _) = listener.accept().unwrap();
            let (range, if_range) = request(&stream);
            let _ = tell.send((range.clone(), if_range));
            answer(stream, turn, range);
        }
    });
    (url, asked)
}

fn request(stream: &TcpStream) -> Asked {
    let (mut range, mut if_range) = (None, None);
    for line in BufReader::new(stream).lines() {
        let line = line.unwrap();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(": ").unwrap_or((&line, ""));
        match name.to_ascii_lowercase().as_str() {
            "range" => range = Some(value.to_owned()),
            "if-range" => if_range = Some(value.to_owned()),
            _ => {}
        }
    }
    (range, if_range)
}

fn answer(mut stream: TcpStream, turn: Turn, range: Option<String>) {
    let from = range
        .filter(|_| !matches!(turn, Turn::IgnoreRange | Turn::Page))
        .map(|range| {
            range["bytes=".len()..range.len() - 1]
                .parse::<usize>()
                .unwrap()
        });
    let (status, body) = match (turn, from) {
        (Turn::Status(status), _) => (status, &b""[..]),
        (_, Some(from)) if from >= BODY.len() => ("416 Range Not Satisfiable", &b""[..]),
        (_, Some(from)) => ("206 Partial Content", &BODY[from..]),
        (_, None) => ("200 OK", BODY),
    };
    let mark = if let Turn::Weak(_) = turn {
        "W/\"v1\""
    } else {
        "\"v1\""
    };
    let kind = if let Turn::Page = turn {
        "text/html; charset=utf-8"
    } else {
        "application/octet-stream"
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nETag: {mark}\r\n\
         Connection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let end = if let Turn::CutAfter(end) | Turn::Weak(end) = turn {
        end.min(body.len())
    } else {
        body.len()
    };
    stream.write_all(&body[..end]).unwrap();
}

fn get(url: &str, sha256: Option<&str>, to: &Path) -> Result<PathBuf, ModelError> {
    fetch(
        "m",
        &Wanted {
            url,
            size: None,
            sha256,
        },
        to,
        &mut Silent,
    )
}

fn names(folder: &Path) -> Vec<String> {
    verify::walk(folder).unwrap()
}

#[test]
fn a_file_is_fetched_checked_and_not_fetched_again() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("deep/model.bin");
    let (url, asked) = serve(vec![PROPER]);
    let mut seen = Vec::new();
    let wanted = Wanted {
        url: &url,
        size: Some(36),
        sha256: Some(&sum()),
    };
    fetch("m", &wanted, &to, &mut |event: Event<'_>| {
        if let Event::Fetching { done, total, .. } = event {
            seen.push((done, total));
        }
    })
    .unwrap();
    assert_eq!(fs::read(&to).unwrap(), BODY);
    assert_eq!(seen, [(0, Some(36)), (36, Some(36))]);
    assert_eq!(names(folder.path()), ["deep/model.bin"]);
    // The server is gone: a second request would fail.
    fetch("m", &wanted, &to, &mut Silent).unwrap();
    assert_eq!(asked.iter().count(), 1);
}

#[test]
fn a_broken_connection_is_continued_with_the_servers_mark() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    let (url, asked) = serve(vec![Turn::CutAfter(10), Turn::CutAfter(5), PROPER]);
    get(&url, Some(&sum()), &to).unwrap();
    assert_eq!(fs::read(&to).unwrap(), BODY);
    let asked: Vec<_> = asked.iter().collect();
    let mark = Some("\"v1\"".to_owned());
    assert_eq!(
        asked,
        [
            (None, None),
            (Some("bytes=10-".to_owned()), mark.clone()),
            (Some("bytes=15-".to_owned()), mark)
        ]
    );
}

#[test]
fn a_second_run_goes_on_where_the_first_one_gave_up() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    let (url, _asked) = serve(vec![Turn::CutAfter(7), Turn::CutAfter(0)]);
    let error = get(&url, Some(&sum()), &to).unwrap_err().to_string();
    assert!(error.contains("again to go on"), "{error}");
    let (url, asked) = serve(vec![PROPER]);
    get(&url, Some(&sum()), &to).unwrap();
    assert_eq!(fs::read(&to).unwrap(), BODY);
    assert_eq!(asked.recv().unwrap().0.as_deref(), Some("bytes=7-"));
}

#[test]
fn what_nothing_proves_to_belong_together_is_not_joined() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    // It may be the beginning of another version: nothing says which.
    fs::write(folder.path().join("model.bin.part"), b"XX").unwrap();
    let (url, asked) = serve(vec![Turn::Weak(9), Turn::Weak(usize::MAX)]);
    get(&url, None, &to).unwrap();
    assert_eq!(fs::read(&to).unwrap(), BODY);
    assert_eq!(
        asked.iter().collect::<Vec<_>>(),
        [(None, None), (None, None)]
    );

    // A checksum proves it.
    fs::remove_file(&to).unwrap();
    let (url, asked) = serve(vec![Turn::Weak(9), Turn::Weak(usize::MAX)]);
    get(&url, Some(&sum()), &to).unwrap();
    let asked: Vec<_> = asked.iter().map(|(range, _)| range).collect();
    assert_eq!(asked, [None, Some("bytes=9-".to_owned())]);
}

#[test]
fn a_server_that_ignores_the_range_or_has_another_file_begins_again() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    fs::write(folder.path().join("model.bin.part"), b"other beginning").unwrap();
    let (url, _asked) = serve(vec![Turn::IgnoreRange]);
    get(&url, Some(&sum()), &to).unwrap();
    assert_eq!(fs::read(&to).unwrap(), BODY);

    fs::remove_file(&to).unwrap();
    fs::write(folder.path().join("model.bin.part"), [b'x'; 99]).unwrap();
    let (url, asked) = serve(vec![PROPER, PROPER]);
    get(&url, Some(&sum()), &to).unwrap();
    assert_eq!(fs::read(&to).unwrap(), BODY);
    assert_eq!(asked.iter().count(), 2);
}

#[test]
fn a_wrong_file_is_named_with_both_checksums_and_does_not_stay() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    let (url, _asked) = serve(vec![PROPER]);
    let wrong = "0".repeat(64);
    let error = get(&url, Some(&wrong), &to).unwrap_err();
    assert!(matches!(error, ModelError::Checksum { .. }));
    let error = error.to_string();
    assert!(error.contains(&wrong) && error.contains(&sum()), "{error}");
    assert_eq!(names(folder.path()), Vec::<String>::new());
}

#[test]
fn a_file_of_unknown_checksum_tells_the_one_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    let (url, _asked) = serve(vec![PROPER]);
    let mut told = None;
    fetch(
        "m",
        &Wanted {
            url: &url,
            size: None,
            sha256: None,
        },
        &to,
        &mut |event: Event<'_>| {
            if let Event::Unknown { sha256, .. } = event {
                told = Some(sha256.to_owned());
            }
        },
    )
    .unwrap();
    assert_eq!(told, Some(sum()));
}

/// Nothing else would find it out where no checksum is known.
#[test]
fn a_portals_page_is_not_taken_for_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    for known in [None, Some(sum())] {
        let (url, _asked) = serve(vec![Turn::Page]);
        let error = get(&url, known.as_deref(), &to).unwrap_err().to_string();
        assert!(error.contains("a web page came"), "{error}");
        assert!(error.contains(to.to_str().unwrap()), "{error}");
        assert_eq!(names(folder.path()), Vec::<String>::new());
    }
}

#[test]
fn what_a_server_refuses_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("model.bin");
    for (status, expected) in [
        ("404 Not Found", "has moved"),
        ("401 Unauthorized", "signed-in"),
        ("503 Service Unavailable", "later"),
    ] {
        let (url, _asked) = serve(vec![Turn::Status(status)]);
        let error = get(&url, None, &to).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains(&url), "{error}");
        // What a browser fetched is put where this looks for it.
        let place = error.contains(to.to_str().unwrap());
        assert_eq!(place, status.starts_with("401"), "{error}");
    }
    fs::write(&to, BODY).unwrap();
    get("http://127.0.0.1:9/nobody", None, &to).unwrap();
    fs::remove_file(&to).unwrap();
    // Nobody listens on a port that was just given back.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let error = get(&format!("http://127.0.0.1:{port}/x"), None, &to)
        .unwrap_err()
        .to_string();
    assert!(error.contains("check the network"), "{error}");
}
