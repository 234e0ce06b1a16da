//! A real server process on a real file, on a disk that takes no more: the operating system refuses
//! every write beyond a size (`RLIMIT_FSIZE`), as a full disk does.

use std::process::Command;

use serde_json::json;
use tolkebot_casework::{MasterKey, SqliteStore, Store};

use crate::common::{Client, Frame};
use crate::kill::{Browser, Process, check, open};

/// Sets how large a file the process may write, bytes or `unlimited`.
fn limit(process: &Process, size: &str) {
    let pid = process.child.id().to_string();
    let set = Command::new("prlimit")
        .args(["--pid", &pid, &format!("--fsize={size}:")])
        .status();
    assert!(set.expect("prlimit is there").success());
}

/// Reads on, checking that events come in order and once, until a message fulfils `wanted`.
pub async fn until(
    browser: &mut Browser,
    client: &mut Client,
    wanted: impl Fn(&serde_json::Value) -> bool,
) {
    loop {
        match client.next().await {
            Frame::Json(message) => {
                let found = wanted(&message);
                browser.take(message);
                if found {
                    return;
                }
            }
            Frame::Binary(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_the_conversation_goes_on_says_so_and_is_saved_later() {
    let folder = tempfile::tempdir().unwrap();
    let process = Process::start(folder.path());
    let mut browsers = open(process.address).await;
    let staff = &mut browsers[0];
    let mut client = staff.connect(process.address).await.unwrap();
    client.consent("ai_disclosure").await;
    client.start_audio().await;
    client.send_binary(vec![0; 640]).await;
    until(staff, &mut client, |m| m["kind"] == "translation_settled").await;
    let before = staff.seen();

    limit(&process, "4096");
    client.send_binary(vec![0; 640]).await;
    until(staff, &mut client, |m| m["code"] == "not_saved").await;
    // What comes now is heard and seen, as something that is not settled.
    client.send_binary(vec![0; 640]).await;
    until(staff, &mut client, |m| {
        m["type"] == "partial" && m["text"] == "ytring 3"
    })
    .await;
    let value = json!({"type": "correct_slot", "key": "mover.surname", "value": "Koval"});
    client.send(value).await;
    assert_eq!(staff.seen(), before, "nothing is shown as settled");

    limit(&process, "unlimited");
    until(staff, &mut client, |m| m["kind"] == "slot_corrected").await;
    assert!(staff.seen() >= before + 3);
    process.kill();
    check(folder.path(), &browsers, 0);
    let key = MasterKey::read(&folder.path().join("master.key")).unwrap();
    let store = SqliteStore::inspect(folder.path().join("cases.sqlite"), Some(key)).unwrap();
    assert_eq!(store.audit(None, None).unwrap().findings, []);
}
