//! The case log and its master key, for the commands that work without a server.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use tolkebot_casework::{MasterKey, PostgresStore, SqliteStore, Store};
use tolkebot_protocol::CaseId;
use tolkebot_server::ServerConfig;

use crate::args::DataArgs;
use crate::{own_file, serve};

/// Name of the case log in its folder.
pub const LOG: &str = "cases.sqlite";

/// Every server that keeps its log in a folder leaves this file there.
const LOCK: &str = "server.lock";

/// Note that only the master key opens with which the first server started.
const KEY_NOTE: &str = "master-key";

/// Says that a demo made the log of its folder.
const DEMO: &str = "demo";

/// The server's settings with `--data` as the data folder.
pub fn config(args: &DataArgs) -> Result<ServerConfig> {
    let mut config = serve::settings(args.config.as_deref())?.0;
    if let Some(data) = &args.data {
        config.data_dir.clone_from(data);
    }
    Ok(config)
}

/// Where the master key file is.
fn key_file(config: &ServerConfig) -> PathBuf {
    match &config.master_key_file {
        path if path.as_os_str().is_empty() => config.data_dir.join("master.key"),
        path => path.clone(),
    }
}

fn key_from_environment() -> Result<Option<MasterKey>> {
    match std::env::var(MasterKey::VARIABLE) {
        Ok(text) if !text.is_empty() => {
            let origin = format!("the environment variable {}", MasterKey::VARIABLE);
            Ok(Some(MasterKey::parse(&text, &origin)?))
        }
        _ => Ok(None),
    }
}

/// The master key, if there is one here.
pub fn key(config: &ServerConfig) -> Result<Option<MasterKey>> {
    if let Some(key) = key_from_environment()? {
        return Ok(Some(key));
    }
    if let Some((command, file)) = config.keys.program(&config.data_dir) {
        return Ok(file.exists().then(|| command.read(&file)).transpose()?);
    }
    let path = key_file(config);
    if path.exists() {
        return Ok(Some(MasterKey::read(&path)?));
    }
    Ok(None)
}

/// Opens the case log for a server: makes folder, log and master key where there are none.
pub fn open_or_make(config: &ServerConfig) -> Result<Arc<dyn Store>> {
    let dir = &config.data_dir;
    own_file::make_folder(dir)
        .with_context(|| format!("cannot make the data folder {}", dir.display()))?;
    if key(config)?.is_none() {
        // A key that is made now would open nothing of a log that was sealed before.
        if !config.store.url.is_empty() {
            opens(&on_server(config, None)?)?;
        } else if let Ok(log) = SqliteStore::inspect(dir.join(LOG), None) {
            opens(&log)?;
        }
    }
    let key = match (key_from_environment()?, config.keys.program(dir)) {
        (Some(key), _) => key,
        (None, Some((command, file))) => command.read_or_make(&file)?,
        (None, None) => MasterKey::read_or_make(&key_file(config))?,
    };
    if !config.store.url.is_empty() {
        let store = on_server(config, Some(key))?;
        opens_for_good(&store)?;
        return Ok(Arc::new(store));
    }
    let log = dir.join(LOG);
    if !log.exists() {
        // Before SQLite makes it: its other two files get the permissions of this one.
        own_file::write_new(&log, b"")?;
    }
    let store = SqliteStore::open_with(&log, Some(key))
        .with_context(|| format!("cannot open the case log {}", log.display()))?;
    opens_for_good(&store)?;
    Ok(Arc::new(store))
}

/// Keeps a second server out of a data folder whose log is a file, as long as the returned file is open: two servers
/// would each hold half of a conversation in memory. The operating system lets go of it however a server ends.
pub fn alone(config: &ServerConfig) -> Result<Option<File>> {
    if !config.store.url.is_empty() {
        return Ok(None);
    }
    let dir = &config.data_dir;
    own_file::make_folder(dir)
        .with_context(|| format!("cannot make the data folder {}", dir.display()))?;
    let path = dir.join(LOCK);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "another server works in the data folder {}: stop it first, or give this one a folder of its own with \
             `data_dir` (several servers share a PostgreSQL database, see `store`)",
            dir.display()
        ),
        // A file system without locks: the operator was told in the documentation.
        Err(TryLockError::Error(_)) => Ok(Some(file)),
    }
}

/// Refuses a folder whose cases are no demo's: with a demo's settings, what waits there would be sealed for trying out
/// and handed in to a folder, and nothing brings that back. A server may be at work there, too.
pub fn for_demo(folder: &Path) -> Result<()> {
    let log = folder.join(LOG);
    // One that was restored, or made by `tolkebot accounts`, has seen no server yet.
    let foreign = log.exists() && !folder.join(DEMO).exists();
    if foreign || folder.join(LOCK).exists() {
        bail!(
            "the cases in {} are a server's, or may be, and what is approved there would be handed in: name another \
             folder for the demo with --data",
            folder.display()
        );
    }
    Ok(())
}

/// Opens the case log of a demo, or makes one that a later demo knows again.
pub fn open_for_demo(config: &ServerConfig) -> Result<Arc<dyn Store>> {
    let dir = &config.data_dir;
    for_demo(dir)?;
    own_file::make_folder(dir)
        .with_context(|| format!("cannot make the data folder {}", dir.display()))?;
    // First: a log without it is taken for a server's.
    own_file::write(&dir.join(DEMO), b"")?;
    open_or_make(config)
}

/// Refuses a log whose cases are sealed with another master key than the one it was opened with: an erasure without
/// the key leaves the ledger unsigned for ever, and what can't be read would count as "nothing there".
fn opens(store: &dyn Store) -> Result<()> {
    let now = jiff::Timestamp::now();
    let sealed = if !tolkebot_server::accounts_open(store, now)? {
        "accounts"
    } else if store.is_sealed_by_another()? {
        "cases"
    } else if has_key_note(store, now)? && store.note(KEY_NOTE, now)?.as_deref() != Some(KEY_NOTE) {
        "notes"
    } else {
        return Ok(());
    };
    bail!(
        "the {sealed} of this log are sealed with another master key: set {} or `master_key_file` to the key that its \
         server uses (a key that is lost is lost with its cases: then begin with a new data folder or database)",
        MasterKey::VARIABLE
    )
}

fn has_key_note(store: &dyn Store, now: jiff::Timestamp) -> Result<bool> {
    Ok(store
        .note_keys(KEY_NOTE, now)?
        .iter()
        .any(|key| key == KEY_NOTE))
}

/// The same for a server, which leaves a note by which a second one sees that it has another key, also while there are
/// no cases yet: each would seal its own, and nobody could read all of them any more.
fn opens_for_good(store: &dyn Store) -> Result<()> {
    opens(store)?;
    let now = jiff::Timestamp::now();
    if !has_key_note(store, now)? {
        // Of two that start at the same moment one leaves it, and the other sees whose it is.
        store.claim_note(KEY_NOTE, KEY_NOTE, jiff::SignedDuration::MAX, now)?;
        opens(store)?;
    }
    Ok(())
}

/// Opens the case log that is there, for changing it.
pub fn open(config: &ServerConfig) -> Result<Arc<dyn Store>> {
    if !config.store.url.is_empty() {
        let store = on_server(config, key(config)?)?;
        opens(&store)?;
        return Ok(Arc::new(store));
    }
    let log = existing(&config.data_dir)?;
    let store = SqliteStore::open_with(log, key(config)?)?;
    opens(&store)?;
    Ok(Arc::new(store))
}

/// Opens the case log that is there, for reading.
pub fn inspect(config: &ServerConfig) -> Result<Arc<dyn Store>> {
    if !config.store.url.is_empty() {
        let (url, ca) = (config.store.url.expose(), ca_file(config));
        return Ok(Arc::new(PostgresStore::inspect(url, ca, key(config)?)?));
    }
    let log = existing(&config.data_dir)?;
    Ok(Arc::new(SqliteStore::inspect(log, key(config)?)?))
}

fn on_server(config: &ServerConfig, key: Option<MasterKey>) -> Result<PostgresStore> {
    let (url, count) = (config.store.url.expose(), config.store.connections);
    Ok(PostgresStore::open(
        url,
        ca_file(config),
        count as usize,
        key,
    )?)
}

fn ca_file(config: &ServerConfig) -> Option<&Path> {
    let path = &config.store.ca_file;
    (!path.as_os_str().is_empty()).then_some(path)
}

fn existing(dir: &Path) -> Result<PathBuf> {
    let log = dir.join(LOG);
    if !log.is_file() {
        bail!(
            "there is no case log {}: give the server's data folder with --data",
            log.display()
        );
    }
    Ok(log)
}

/// A case id from the command line.
pub fn case_id(text: &str) -> Result<CaseId> {
    let case = CaseId(text.to_owned());
    if !case.is_well_formed() {
        bail!("`{text}` is no case id: `tolkebot cases` lists them");
    }
    Ok(case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_log_that_is_made() {
        use std::os::unix::fs::PermissionsExt;
        let above = tempfile::tempdir().unwrap();
        let config = ServerConfig {
            data_dir: above.path().join("data"),
            ..ServerConfig::default()
        };
        let store = open_or_make(&config).unwrap();
        store.note_keys("", jiff::Timestamp::UNIX_EPOCH).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&config.data_dir), 0o700);
        for file in std::fs::read_dir(&config.data_dir).unwrap() {
            let path = file.unwrap().path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }

    #[test]
    fn a_second_server_with_a_key_of_its_own_is_refused_before_there_is_a_case() {
        let folder = tempfile::tempdir().unwrap();
        let with = |key: &str| ServerConfig {
            data_dir: folder.path().to_owned(),
            master_key_file: folder.path().join(key),
            ..ServerConfig::default()
        };
        for _ in 0..2 {
            open_or_make(&with("a.key")).unwrap();
        }
        let refused = |key: &str| match open_or_make(&with(key)) {
            Ok(_) => panic!("it starts with {key}"),
            Err(error) => error.to_string(),
        };
        let told = refused("b.key");
        assert!(told.contains("another master key"), "{told}");
        assert!(!folder.path().join("b.key").exists(), "no key is made");
        // Nor with one that is there already.
        MasterKey::read_or_make(&folder.path().join("c.key")).unwrap();
        let told = refused("c.key");
        assert!(told.contains("another master key"), "{told}");
        open_or_make(&with("a.key")).unwrap();
        open(&with("a.key")).unwrap();
    }

    #[test]
    fn a_demo_comes_back_to_its_own_folder_until_a_server_takes_it() {
        let above = tempfile::tempdir().unwrap();
        let config = ServerConfig {
            data_dir: above.path().join("data"),
            ..ServerConfig::default()
        };
        for _ in 0..2 {
            open_for_demo(&config).unwrap();
        }
        drop(alone(&config).unwrap());
        assert!(open_for_demo(&config).is_err());
    }

    #[test]
    fn a_second_server_is_kept_out_of_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let config = ServerConfig {
            data_dir: folder.path().to_owned(),
            ..ServerConfig::default()
        };
        let first = alone(&config).unwrap();
        let told = alone(&config).unwrap_err().to_string();
        assert!(told.contains("another server"), "{told}");
        drop(first);
        alone(&config).unwrap();
    }
}
