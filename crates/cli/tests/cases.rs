//! The commands that look at the case log without a server: list, export, audit, erase.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail the test")]

mod common;

use std::path::Path;

use common::tolkebot;
use jiff::Timestamp;
use serde_json::Value;
use tolkebot_casework::{
    FORM, MasterKey, NewEvent, Retention, SqliteStore, Store, last_retained, retain,
};
use tolkebot_protocol::{CaseId, EventPayload, Role, SoundBasis, UtteranceId};

/// A data folder as a server leaves it, with two cases.
fn folder() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let key = MasterKey::read_or_make(&dir.path().join("master.key")).unwrap();
    let store = SqliteStore::open_with(dir.path().join("cases.sqlite"), Some(key)).unwrap();
    for (case, at) in [
        ("a-1", "2020-01-02T09:00:00Z"),
        ("b-2", "2099-01-02T09:00:00Z"),
    ] {
        let at: Timestamp = at.parse().unwrap();
        let event = |payload| NewEvent {
            at,
            actor: Role::Staff,
            payload,
        };
        let events = [
            event(EventPayload::CaseOpened {
                form: FORM.into(),
                today: "2020-01-02".into(),
            }),
            event(EventPayload::SlotCorrected {
                key: "mover.surname".into(),
                value: "Kovalenko".into(),
                by: None,
            }),
        ];
        store.append(&CaseId(case.into()), 0, &events).unwrap();
    }
    dir
}

fn run(dir: &Path, args: &[&str]) -> common::Run {
    let data = ["--data", dir.to_str().unwrap()];
    tolkebot(&[args, &data].concat(), b"")
}

fn json(dir: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&run(dir, args).ok().out).unwrap()
}

#[test]
fn cases_are_listed_and_exported() {
    let dir = folder();
    let list = json(dir.path(), &["cases", "--json"]);
    assert_eq!(list[0]["case"], "a-1");
    assert_eq!(
        (&list[0]["state"], &list[0]["events"]),
        (&"open".into(), &2.into())
    );
    let case = json(dir.path(), &["export", "--case", "a-1"]);
    assert_eq!(case["events"][1]["value"], "Kovalenko");
    assert_eq!(case["form"]["slots"]["mover.surname"]["value"], "Kovalenko");
    run(dir.path(), &["export", "--case", "nobody"]).failed("nobody");
    let pdf = dir.path().join("a.pdf");
    let to_pdf = ["export", "--case", "a-1", "--pdf", pdf.to_str().unwrap()];
    run(dir.path(), &to_pdf).ok();
    assert!(std::fs::read(&pdf).unwrap().starts_with(b"%PDF-1.7"));
    // It is never written over another one, and only its owner reads it.
    run(dir.path(), &to_pdf).failed("a.pdf");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&pdf).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    run(dir.path(), &["export", "--case", "../x"]).failed("no case id");
    run(Path::new("/nonexistent"), &["cases"]).failed("--data");
}

#[test]
fn an_audit_names_the_first_bad_event() {
    let dir = folder();
    let intact = run(dir.path(), &["audit", "verify"]).ok();
    assert!(intact.out.ends_with("intact\n"), "{}", intact.out);
    let head = intact
        .out
        .lines()
        .find_map(|l| l.strip_prefix("head "))
        .unwrap();
    run(dir.path(), &["audit", "verify", "--head", head]).ok();
    assert_eq!(
        json(dir.path(), &["audit", "verify", "--json"])["opened"],
        4
    );
    // Without the key, too.
    std::fs::remove_file(dir.path().join("master.key")).unwrap();
    assert_eq!(
        json(dir.path(), &["audit", "verify", "--json"])["opened"],
        0
    );

    let log = dir.path().join("cases.sqlite");
    let db = rusqlite::Connection::open(&log).unwrap();
    db.execute("DELETE FROM events WHERE case_id = 'b-2' AND seq = 2", [])
        .unwrap();
    drop(db);
    run(dir.path(), &["audit", "verify"]).failed("case b-2, event 2");
    run(dir.path(), &["audit", "verify", "--case", "b-2"]).failed("case b-2, event 2");
    run(dir.path(), &["audit", "verify", "--case", "a-1"]).ok();
    run(dir.path(), &["audit", "verify", "--case", "c-3"]).failed("no case c-3");
    let db = ["audit", "verify", "--db", log.to_str().unwrap()];
    tolkebot(&db, b"").failed("case b-2, event 2");
}

/// While a server writes the log, a plain copy of its file lacks what stands in the write-ahead log.
#[test]
fn a_backup_is_whole_while_the_log_is_in_use() {
    let dir = folder();
    let key = MasterKey::read(&dir.path().join("master.key")).unwrap();
    let log = dir.path().join("cases.sqlite");
    let in_use = SqliteStore::open_with(&log, Some(key)).unwrap();
    let event = NewEvent {
        at: "2099-01-02T09:00:00Z".parse().unwrap(),
        actor: Role::Staff,
        payload: EventPayload::SlotCorrected {
            key: "mover.surname".into(),
            value: "Shevchenko".into(),
            by: None,
        },
    };
    in_use.append(&CaseId("b-2".into()), 2, &[event]).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("cases.sqlite");
    let to = ["cases", "backup", "--to", copy.to_str().unwrap()];
    let said = run(dir.path(), &to).ok();
    assert!(
        said.out.contains("2 cases (0 erased), 5 events"),
        "{}",
        said.out
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&copy).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let files = std::fs::read_dir(elsewhere.path()).unwrap().count();
    assert_eq!(files, 1, "nothing half done is left");
    // One that is there is not written over.
    run(dir.path(), &to).failed("cases.sqlite is there already");
    // Restored beside its key it is the log.
    std::fs::copy(
        dir.path().join("master.key"),
        elsewhere.path().join("master.key"),
    )
    .unwrap();
    let restored = json(elsewhere.path(), &["export", "--case", "b-2"]);
    assert_eq!(
        restored["form"]["slots"]["mover.surname"]["value"],
        "Shevchenko"
    );
    // What is not whole is not copied as if it were.
    drop(in_use);
    let db = rusqlite::Connection::open(&log).unwrap();
    db.execute("DELETE FROM events WHERE case_id = 'a-1' AND seq = 2", [])
        .unwrap();
    drop(db);
    let other = elsewhere.path().join("other.sqlite");
    run(
        dir.path(),
        &["cases", "backup", "--to", other.to_str().unwrap()],
    )
    .failed("not whole");
    assert!(!other.exists());
}

/// A start that is refused changes nothing: a log of the new program's form could not be opened by the server that is at
/// work there, nor by the program to go back to.
#[test]
fn a_second_server_leaves_the_log_as_it_is() {
    let dir = folder();
    let db = rusqlite::Connection::open(dir.path().join("cases.sqlite")).unwrap();
    let version = |db: &rusqlite::Connection| -> u32 {
        db.query_row("PRAGMA user_version", [], |row| row.get(0))
            .unwrap()
    };
    // As an older program left it.
    db.execute_batch("DROP TABLE sounds; DROP TABLE sound_keys; PRAGMA user_version = 5;")
        .unwrap();
    let lock = std::fs::File::create(dir.path().join("server.lock")).unwrap();
    lock.lock().unwrap();
    let settings = dir.path().join("t.toml");
    let text = format!(
        "listen = \"127.0.0.1:0\"\ndata_dir = '{}'\n",
        dir.path().display()
    );
    std::fs::write(&settings, text).unwrap();
    let serve = ["serve", "--config", settings.to_str().unwrap()];
    tolkebot(&serve, b"").failed("another server works in the data folder");
    assert_eq!(version(&db), 5);
    // What is to be done before the new program's first start is said by its backup.
    let copy = dir.path().join("copy.sqlite");
    let backup = ["cases", "backup", "--to", copy.to_str().unwrap()];
    run(dir.path(), &backup).failed("back it up with the program that wrote it");
    assert_eq!(version(&db), 5);
}

/// The commands ask the same key management system as the server.
#[cfg(unix)]
#[test]
fn a_key_program_of_the_settings_opens_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let key = MasterKey::parse(&"0".repeat(64), "test").unwrap();
    let wrapped = serde_json::json!({"master": key.id(), "wrapped": "n1"});
    std::fs::write(dir.path().join("master.key.wrapped"), wrapped.to_string()).unwrap();
    let store = SqliteStore::open_with(dir.path().join("cases.sqlite"), Some(key)).unwrap();
    let opened = NewEvent {
        at: Timestamp::UNIX_EPOCH,
        actor: Role::Staff,
        payload: EventPayload::CaseOpened {
            form: FORM.into(),
            today: "2020-01-02".into(),
        },
    };
    store.append(&CaseId("a-1".into()), 0, &[opened]).unwrap();
    drop(store);

    let settings = dir.path().join("t.toml");
    let with = |program: &str| {
        let text = format!("[keys]\ncommand = [\"sh\", \"-c\", '''{program}''']\n");
        std::fs::write(&settings, text).unwrap();
        let verify = ["audit", "verify", "--json", "--config"];
        run(
            dir.path(),
            &[&verify[..], &[settings.to_str().unwrap()]].concat(),
        )
    };
    let zeros = format!("{}=", "A".repeat(43));
    let right = with(&format!("read -r q; echo '{{\"key\":\"{zeros}\"}}'")).ok();
    let report: Value = serde_json::from_str(&right.out).unwrap();
    assert_eq!(report["opened"], 1);
    with("echo the vault is away >&2; exit 5").failed("the vault is away");
}

/// With another key, or none, nothing is changed: an erasure would leave a ledger that nobody can verify any more, and what
/// can't be read is not "nothing".
#[test]
fn a_log_that_is_sealed_with_another_key_is_not_changed() {
    let dir = folder();
    let key = dir.path().join("master.key");
    let rules = dir.path().join("t.toml");
    std::fs::write(&rules, "[retention]\nopen_days = 30\n").unwrap();
    let rules = rules.to_str().unwrap();
    let own = dir.path().join("own.key");
    std::fs::rename(&key, &own).unwrap();
    let foreign = dir.path().join("foreign.key");
    MasterKey::read_or_make(&foreign).unwrap();
    for other in [None, Some(&foreign)] {
        if let Some(other) = other {
            // With its mode: a key that others can read is refused.
            std::fs::copy(other, &key).unwrap();
        }
        for command in [
            &["cases", "erase", "--case", "b-2"][..],
            &["cases", "retain", "--config", rules],
            &["accounts", "list"],
        ] {
            run(dir.path(), command).failed("sealed with another master key");
        }
        run(
            dir.path(),
            &["cases", "retain", "--dry-run", "--config", rules],
        )
        .failed("cannot be read");
        assert_eq!(key.exists(), other.is_some(), "no new key is made");
    }
    std::fs::rename(&own, &key).unwrap();
    run(dir.path(), &["audit", "verify"]).ok();
    run(dir.path(), &["cases", "erase", "--case", "b-2"]).ok();
    run(dir.path(), &["audit", "verify"]).ok();
}

#[test]
fn cases_are_erased_by_age_or_one_by_one() {
    let dir = folder();
    let rules = dir.path().join("t.toml");
    std::fs::write(&rules, "[retention]\nopen_days = 30\n").unwrap();
    let rules = rules.to_str().unwrap();
    run(dir.path(), &["cases", "retain", "--dry-run"]).failed("[retention]");
    let dry = json(
        dir.path(),
        &["cases", "retain", "--dry-run", "--json", "--config", rules],
    );
    assert_eq!(
        (&dry["dry_run"], &dry["expired"][0]["case"]),
        (&true.into(), &"a-1".into())
    );
    assert_eq!(dry["expired"].as_array().unwrap().len(), 1);
    assert_eq!(json(dir.path(), &["cases", "--json"])[0]["state"], "open");
    run(dir.path(), &["cases", "retain", "--config", rules]).ok();
    let receipt = json(dir.path(), &["cases", "erase", "--case", "b-2", "--json"]);
    assert_eq!(receipt["erased"], "b-2");
    let list = json(dir.path(), &["cases", "--json"]);
    assert_eq!(
        (&list[0]["state"], &list[1]["state"]),
        (&"erased".into(), &"erased".into())
    );
    run(dir.path(), &["export", "--case", "b-2"]).failed("was erased");
    let head = receipt["ledger_head"].as_str().unwrap();
    run(dir.path(), &["audit", "verify", "--head", head]).ok();
}

/// A server that was off for long erases nothing until a person says that its clock is right, also where the settings keep
/// every case: sound is destroyed by age all the same.
#[test]
fn whoever_erases_by_age_says_that_the_clock_is_right() {
    let dir = folder();
    let open = || {
        let key = MasterKey::read(&dir.path().join("master.key")).unwrap();
        SqliteStore::open_with(dir.path().join("cases.sqlite"), Some(key)).unwrap()
    };
    let long_ago = "2020-01-03T09:00:00Z".parse().unwrap();
    retain(&open(), &Retention::default(), long_ago, false).unwrap();
    let begun = Timestamp::now();
    let done = run(dir.path(), &["cases", "retain"]).ok();
    assert!(done.out.contains("0 cases erased"), "{}", done.out);
    assert!(done.err.contains("[retention]"), "{}", done.err);
    let looked = last_retained(&open(), Timestamp::now()).unwrap();
    assert!(looked.is_some_and(|at| at >= begun), "{looked:?}");
    let list = json(dir.path(), &["cases", "--json"]);
    assert_eq!(list[0]["state"], "open");
}

#[test]
fn kept_sound_is_exported_and_destroyed_by_age_or_on_request() {
    let dir = folder();
    let key = MasterKey::read(&dir.path().join("master.key")).unwrap();
    let store = SqliteStore::open_with(dir.path().join("cases.sqlite"), Some(key)).unwrap();
    for (id, at) in [
        ("a-1", "2020-01-02T09:00:00Z"),
        ("b-2", "2099-01-02T09:00:00Z"),
    ] {
        let case = CaseId(id.into());
        let started = NewEvent {
            at: at.parse().unwrap(),
            actor: Role::Staff,
            payload: EventPayload::SoundKeepingStarted {
                basis: SoundBasis::PublicTask,
                by: None,
            },
        };
        store.append(&case, 2, &[started]).unwrap();
        store.begin_sound(&case).unwrap();
        let wav = b"RIFF of nobody".to_vec().into();
        store.keep_sound(&case, UtteranceId(1), &wav, 1000).unwrap();
    }
    drop(store);
    let sounds = |case: &str| json(dir.path(), &["export", "--case", case])["sounds"].clone();
    assert_eq!(sounds("a-1")[0]["wav_base64"], "UklGRiBvZiBub2JvZHk=");
    let dry = run(dir.path(), &["cases", "retain", "--dry-run"]).ok().out;
    assert!(dry.contains("a-1  sound"), "{dry}");
    assert!(
        dry.contains("would be erased") && !dry.contains("b-2"),
        "{dry}"
    );
    let done = json(dir.path(), &["cases", "retain", "--json"]);
    assert_eq!(done["sounds"][0]["case"], "a-1");
    assert_eq!(sounds("a-1"), Value::Array(vec![]));
    let erase = ["cases", "erase", "--sound", "--case", "b-2", "--json"];
    assert_eq!(json(dir.path(), &erase)["sound_erased"], "b-2");
    assert_eq!(sounds("b-2"), Value::Array(vec![]));
    run(dir.path(), &erase).failed("nothing to destroy");
    run(dir.path(), &["audit", "verify"]).ok();
    let events = &json(dir.path(), &["export", "--case", "b-2"])["events"];
    assert_eq!(events[3]["reason"], "withdrawn");
}

/// With a demo's settings, approved cases would be sealed for trying out and handed in.
#[test]
fn a_demo_keeps_out_of_a_servers_folder() {
    let demo = ["demo", "--typed", "--turns", "1", "--json"];
    let used = tempfile::tempdir().unwrap();
    std::fs::write(used.path().join("server.lock"), "").unwrap();
    let told = run(used.path(), &demo).failed("name another folder");
    assert!(
        told.err.contains(used.path().to_str().unwrap()),
        "{}",
        told.err
    );
    let files = std::fs::read_dir(used.path()).unwrap().count();
    assert_eq!(files, 1, "nothing is made there");
    // A log that was put back, before the server is started again.
    let restored = folder();
    run(restored.path(), &demo).failed("name another folder");
    let list = json(restored.path(), &["cases", "--json"]);
    assert_eq!(list.as_array().unwrap().len(), 2, "{list}");
}

#[test]
fn accounts_are_made_listed_and_removed() {
    let dir = tempfile::tempdir().unwrap();
    let data = ["--data", dir.path().to_str().unwrap()];
    let accounts = |args: &[&str], input: &str| {
        tolkebot(&[&["accounts"], args, &data].concat(), input.as_bytes())
    };
    let password = "korrekt hest batteri\n";
    let mistyped = dir.path().join("mistyped");
    for command in [
        &["accounts", "list"][..],
        &["accounts", "password", "anne"],
        &["accounts", "disable", "anne"],
        &["accounts", "enable", "anne"],
        &["accounts", "remove", "anne"],
    ] {
        let data = ["--data", mistyped.to_str().unwrap()];
        let run = tolkebot(&[command, &data].concat(), password.as_bytes());
        run.failed("there is no case log");
        assert!(!mistyped.exists(), "{command:?}");
    }
    let add = ["add", "anne", "--role", "staff", "--second-factor"];
    // What is refused leaves no folder and no master key behind.
    accounts(&["add", "anne smith", "--role", "staff"], password).failed("anne smith");
    assert!(!dir.path().join("master.key").exists());
    let made = accounts(&add, password).ok();
    assert!(made.out.contains("otpauth://totp/"), "{}", made.out);
    accounts(&["add", "bo", "--role", "admin"], "kort\n").failed("12 to 128");
    // Accounts that another key sealed are no accounts that nobody has: whoever starts with it is told.
    let key = dir.path().join("master.key");
    std::fs::rename(&key, dir.path().join("kept")).unwrap();
    MasterKey::read_or_make(&key).unwrap();
    accounts(&["list"], "").failed("the accounts of this log are sealed with another master key");
    std::fs::rename(dir.path().join("kept"), &key).unwrap();
    accounts(&["add", "bo", "--role", "admin"], "").failed("standard input");
    assert_eq!(accounts(&["add", "bo", "--role", "boss"], password).code, 2);
    let list = accounts(&["list"], "").ok().out;
    assert!(
        list.contains("anne") && list.contains("second factor"),
        "{list}"
    );
    accounts(&["disable", "anne"], "").ok();
    assert!(accounts(&["list"], "").ok().out.contains("disabled"));
    accounts(&["remove", "anne"], "").ok();
    accounts(&["remove", "anne"], "").failed("no account `anne`");
    assert!(!accounts(&["list"], "").ok().out.contains("anne"));
    accounts(&add, password).failed("there is or was an account `anne`");
}

#[test]
fn what_waits_to_be_handed_in_is_listed() {
    let dir = folder();
    // Neither case has been approved.
    assert_eq!(
        json(dir.path(), &["outbox", "--json"]),
        Value::Array(vec![])
    );
    let list = run(dir.path(), &["outbox"]).ok();
    assert!(list.out.starts_with("0 cases wait"), "{}", list.out);
    let refused = run(dir.path(), &["outbox", "retry", "--case", "a-1"]);
    assert!(
        refused.err.contains("case a-1 does not wait"),
        "{}",
        refused.err
    );
}
