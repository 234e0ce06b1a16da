//! The master key from a program, as a key management system's client is.

#![cfg(unix)]
#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::path::PathBuf;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tolkebot_casework::{KeyCommand, KeyError, MasterKey};

/// A key system in a few lines of shell: it keeps the key in a file of its own and gives out the
/// file's number. `$1` is the folder.
const SYSTEM: &str = r#"
read -r line
case "$line" in
*'"action":"wrap"'*)
    printf '%s' "$line" | sed 's/.*"key":"\([^"]*\)".*/\1/' > "$1/key"
    echo '{"wrapped":"key number 1"}' ;;
*'"action":"unwrap"'*'"key number 1"'*)
    printf '{"key":"%s"}\n' "$(cat "$1/key")" ;;
*)
    echo "no such key" >&2; exit 3 ;;
esac
"#;

struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(TempDir::new().unwrap())
    }

    fn command(&self, script: &str) -> KeyCommand {
        let folder = self.0.path().display().to_string();
        let command = ["sh", "-c", script, "sh", &folder];
        KeyCommand {
            command: command.map(ToOwned::to_owned).to_vec(),
            timeout: Duration::from_secs(20),
        }
    }

    fn file(&self) -> PathBuf {
        self.0.path().join("master.key.wrapped")
    }
}

fn said(result: Result<MasterKey, KeyError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_key_is_made_once_wrapped_and_unwrapped_at_every_start() {
    let folder = Folder::new();
    let system = folder.command(SYSTEM);
    let made = system.read_or_make(&folder.file()).unwrap();
    assert_eq!(system.read_or_make(&folder.file()).unwrap().id(), made.id());
    assert_eq!(system.read(&folder.file()).unwrap().id(), made.id());
    // The file has the wrapped key and no more, for its owner only.
    let kept = std::fs::read_to_string(folder.file()).unwrap();
    let secret = std::fs::read_to_string(folder.0.path().join("key")).unwrap();
    assert!(kept.contains("key number 1") && !kept.contains(&secret));
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(folder.file()).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    let left = std::fs::read_dir(folder.0.path()).unwrap().count();
    assert_eq!(left, 2, "nothing is left beside the two files");
}

#[test]
fn another_key_a_changed_file_and_a_lost_key_are_refused() {
    let folder = Folder::new();
    let system = folder.command(SYSTEM);
    system.read_or_make(&folder.file()).unwrap();
    let secret = folder.0.path().join("key");
    std::fs::write(&secret, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap();
    let error = said(system.read_or_make(&folder.file()));
    assert!(error.contains("gave the master key"), "{error}");
    std::fs::write(&secret, "c2hvcnQ=").unwrap();
    let error = said(system.read(&folder.file()));
    assert!(error.contains("32 bytes"), "{error}");
    let kept = std::fs::read_to_string(folder.file()).unwrap();
    std::fs::write(folder.file(), kept.replace("number 1", "number 2")).unwrap();
    let error = said(system.read(&folder.file()));
    assert!(error.contains("exit status: 3"), "{error}");
    assert!(error.contains("no such key"), "{error}");
    std::fs::write(folder.file(), "{}").unwrap();
    let error = said(system.read_or_make(&folder.file()));
    assert!(error.contains("no wrapped master key"), "{error}");
}

/// No key is made, kept or sealed with unless the program gave it back first.
#[test]
fn a_program_that_fails_leaves_no_file() {
    let wraps_only =
        r#"read -r line; case "$line" in *unwrap*) exit 1;; *) echo '{"wrapped":"x"}';; esac"#;
    let forgets = r#"read -r line; case "$line" in
        *unwrap*) echo '{"key":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}';;
        *) echo '{"wrapped":"x"}';; esac"#;
    for (script, word) in [
        ("exit 4", "exit status: 4"),
        ("kill -9 $$", "signal: 9"),
        ("echo hello", "one line of JSON"),
        ("yes hello | head -c 1000000", "one line of JSON"),
        ("echo '{}'", "no `wrapped`"),
        ("echo '[]'", "one line of JSON"),
        (wraps_only, "exit status: 1"),
        (forgets, "unwraps another key"),
    ] {
        let folder = Folder::new();
        let error = said(folder.command(script).read_or_make(&folder.file()));
        assert!(error.contains(word), "{script}: {error}");
        assert!(!folder.file().exists(), "{script}");
    }
    let folder = Folder::new();
    let mut none = folder.command("");
    none.command = vec!["/no/such/program".to_owned(), "hemmelig".to_owned()];
    let error = said(none.read_or_make(&folder.file()));
    assert!(
        error.contains("/no/such/program` cannot be started"),
        "{error}"
    );
    assert!(!error.contains("hemmelig"), "{error}");
    none.command.clear();
    let error = said(none.read_or_make(&folder.file()));
    assert!(error.contains("keys.command"), "{error}");
}

#[test]
fn a_program_that_hangs_is_ended_and_named() {
    let begun = Instant::now();
    for script in ["read -r line; exec sleep 600", "sleep 3 & exit 0"] {
        let folder = Folder::new();
        let mut command = folder.command(script);
        command.timeout = Duration::from_millis(300);
        let error = said(command.read_or_make(&folder.file()));
        assert!(error.contains("within 0.3 s (`keys.timeout_s`)"), "{error}");
    }
    assert!(
        begun.elapsed() < Duration::from_secs(300),
        "nobody waited for it"
    );
}
