//! `tolkebot serve`: the server, until it is told to stop.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;
use tolkebot_casework::{MemoryStore, Store as CaseStore};
use tolkebot_interpreter::{Interpreter, InterpreterConfig, Pipe};
use tolkebot_models::Store;
use tolkebot_server::config_text as text;
use tolkebot_server::{Clock, Server, ServerConfig, SystemClock};

use crate::args::{ModelArgs, ServeArgs};
use crate::settings_text::explained;
use crate::{data, engines, register};

/// How long a stop waits for what is done beside the conversations.
const LAST_STEPS: Duration = Duration::from_secs(5);

/// How forms are read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct FormSettings {
    /// Table of `tolkebot register import`. Empty: the streets that ship with the program.
    register: PathBuf,
}

/// Reads the settings file, which the environment overrules: the server's settings at the top, the pipe's in
/// `[interpreter]`, the form's in `[form]`.
pub fn settings(path: Option<&Path>) -> Result<(ServerConfig, InterpreterConfig)> {
    let (file, origin) = match path {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the settings {}", path.display()))?;
            (text, path.display().to_string())
        }
        None => (String::new(), "defaults".to_owned()),
    };
    let mut table = text::table(&file, &origin)?;
    let form: FormSettings = part(&mut table, "form", &file, &origin)?;
    let interpreter: InterpreterConfig = part(&mut table, "interpreter", &file, &origin)?;
    interpreter.check()?;
    if !form.register.as_os_str().is_empty() {
        register::load(&form.register)?;
    }
    // The rest is the server's, which refuses unknown keys.
    let server: ServerConfig = text::from_table(table, "", &file, &origin)?;
    let server = server.overruled_by(std::env::vars())?;
    Ok((server, interpreter))
}

/// Takes one table of the settings file out of it.
fn part<T: DeserializeOwned>(
    table: &mut toml::Table,
    key: &str,
    file: &str,
    origin: &str,
) -> Result<T> {
    let part = match table.remove(key) {
        Some(toml::Value::Table(part)) => part,
        Some(_) => anyhow::bail!(
            "the settings {origin} are not usable: `{key}` must be a table: write [{key}]"
        ),
        None => toml::Table::new(),
    };
    Ok(text::from_table(part, key, file, origin)?)
}

pub fn run(models: &ModelArgs, args: ServeArgs) -> Result<()> {
    let (mut config, mut pipe_config) = settings(args.config.as_deref())?;
    if let Some(listen) = args.listen {
        config.listen = listen;
    }
    pipe_config.speech &= config.speech;
    config.speech = pipe_config.speech;
    config.check()?;
    let (store, profile) = engines::open(models)?;
    config.web_dir = web_dir(&store, &config.web_dir);
    one_client(&config.web_dir)?;
    if !config.web_dir.is_dir() {
        eprintln!(
            "tolkebot: the web client is not in {}: browsers will be told so until it is built (`cargo xtask setup`) or \
             `web_dir` names its folder",
            config.web_dir.display()
        );
    }
    // First: opening the log brings it to this program's version, also under a server that is at work there.
    let _alone = data::alone(&config)?;
    let cases = data::open_or_make(&config)?;
    Server::check(&config, SystemClock.now())?;
    let remembered = config.data_dir.join(engines::CALIBRATION);
    let pipe_config = engines::calibrated(&store, &profile, pipe_config, &remembered)?;
    let pipe = Interpreter::load(&store, &profile, pipe_config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    to_the_end(runtime, async {
        let server = Server::bind(config, Arc::new(pipe), cases, Arc::new(SystemClock)).await?;
        let url = server.url();
        writeln!(std::io::stdout(), "listening on {url} (staff: {url}/staff)")?;
        if let Some(fingerprint) = server.fingerprint() {
            writeln!(std::io::stdout(), "certificate SHA-256 {fingerprint}")?;
        }
        asked_to_stop().await?;
        eprintln!("tolkebot: stopping: what is being said is settled first");
        server.shutdown().await;
        Ok(())
    })
}

/// Does what the server does. What is being handed in or erased at its end bears to be cut off: a receiver that does
/// not answer must not keep the next server out of the data folder.
fn to_the_end(runtime: Runtime, serves: impl Future<Output = Result<()>>) -> Result<()> {
    let served = runtime.block_on(serves);
    runtime.shutdown_timeout(LAST_STEPS);
    served
}

/// Ctrl-C, or a service manager's SIGTERM.
async fn asked_to_stop() -> Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            done = tokio::signal::ctrl_c() => done?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

/// The web client's folder: as configured, or the same folder of the repository that the models
/// belong to, so that the binary works from any folder.
fn web_dir(store: &Store, configured: &Path) -> PathBuf {
    if configured.is_dir() || configured.is_absolute() {
        return configured.to_owned();
    }
    match store.repository().and_then(Path::parent) {
        Some(root) => root.join(configured),
        None => configured.to_owned(),
    }
}

/// Refuses a web client with another one in it: `cp -r` onto the folder of an older version copies into it, and browsers
/// would go on getting the old screens, without a word.
fn one_client(dir: &Path) -> Result<()> {
    let inner = dir.join("dist");
    if inner.join("staff/index.html").is_file() {
        anyhow::bail!(
            "the web client in {0} has another one in it, {1}: remove {0} and copy the new one again, or set `web_dir` \
             to the one that browsers are to get",
            dir.display(),
            inner.display()
        );
    }
    Ok(())
}

/// Prints every setting with its default and what it means.
pub fn print_config() -> Result<()> {
    write!(std::io::stdout(), "{}", config_text()?)?;
    Ok(())
}

/// All settings with their defaults and explanations, as a settings file.
fn config_text() -> Result<String> {
    let server = toml::to_string_pretty(&ServerConfig::default())?;
    let server = explained("ServerConfig", &server);
    let interpreter = toml::to_string_pretty(&InterpreterConfig::default())?;
    let interpreter = explained("InterpreterConfig", &interpreter);
    let form = toml::to_string_pretty(&FormSettings::default())?;
    let form = explained("FormSettings", &form);
    Ok(format!(
        "# Settings of `tolkebot serve --config FILE`, with their defaults.\n\
         # Environment variables overrule the server's: TOLKEBOT_LISTEN, TOLKEBOT_LIMITS_SOCKETS …\n\n\
         {server}\n\
         # How conversations are interpreted.\n[interpreter]\n{interpreter}\n\
         # How forms are read.\n[form]\n{form}"
    ))
}

/// A server inside this process.
pub struct DemoServer {
    server: Server,
}

/// Starts a server for the demo: a free port, or the usual one if it stays up; a log in memory, or
/// in a folder.
pub async fn start_for_demo(
    store: &Store,
    pipe: Arc<dyn Pipe>,
    stays_up: bool,
    data: Option<&Path>,
) -> Result<DemoServer> {
    let (mut config, _) = settings(None)?;
    if !stays_up {
        config.listen = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    }
    // The demo's own clients speak plain HTTP on this machine.
    config.tls = tolkebot_server::Tls::default();
    config.store = tolkebot_server::StoreSettings::default();
    config.web_dir = web_dir(store, &config.web_dir);
    let cases: Arc<dyn CaseStore> = match data {
        Some(folder) => {
            folder.clone_into(&mut config.data_dir);
            data::open_for_demo(&config)?
        }
        None => Arc::new(MemoryStore::new()),
    };
    let server = Server::bind(config, pipe, cases, Arc::new(SystemClock)).await?;
    Ok(DemoServer { server })
}

impl DemoServer {
    /// Address of the server, for example `http://127.0.0.1:8600`.
    pub fn base(&self) -> String {
        format!("http://{}", self.server.address())
    }

    /// Stops the server.
    pub async fn stop(self) -> Result<()> {
        self.server.shutdown().await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_printed_setting_is_explained_and_has_its_default() {
        let text = config_text().unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let is_setting = pair[1].contains(" = ") && !pair[1].starts_with('#');
            if is_setting || pair[1].starts_with('[') {
                assert!(pair[0].starts_with("# "), "{} is not explained", pair[1]);
            }
        }
        assert!(text.contains("\n# Whether translations are spoken. Off: text only.\nspeech = "));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.toml");
        std::fs::write(&path, &text).unwrap();
        let (server, pipe) = settings(Some(&path)).unwrap();
        assert_eq!(server, ServerConfig::default());
        assert_eq!(
            format!("{pipe:?}"),
            format!("{:?}", InterpreterConfig::default())
        );
    }

    #[test]
    fn what_hangs_beside_the_server_does_not_hold_up_its_end() {
        let runtime = Runtime::new().unwrap();
        let (answer, never) = std::sync::mpsc::channel::<()>();
        let (ended, has_ended) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let served = to_the_end(runtime, async {
                let (begun, has_begun) = tokio::sync::oneshot::channel();
                tokio::task::spawn_blocking(move || {
                    let _ = begun.send(());
                    never.recv()
                });
                Ok(has_begun.await?)
            });
            let _ = ended.send(served.is_ok());
        });
        let told = has_ended.recv_timeout(10 * LAST_STEPS);
        drop(answer);
        assert_eq!(told, Ok(true));
    }

    #[test]
    fn the_printed_settings_are_accepted_and_unknown_ones_are_not() {
        let server = toml::to_string(&ServerConfig::default()).unwrap();
        let pipe = toml::to_string(&InterpreterConfig::default()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.toml");
        std::fs::write(&path, format!("{server}\n[interpreter]\n{pipe}")).unwrap();
        assert_eq!(settings(Some(&path)).unwrap().0, ServerConfig::default());
        for wrong in [
            "lisen = \"x\"",
            "[interpreter]\nspeach = true",
            "listen = 5",
        ] {
            std::fs::write(&path, wrong).unwrap();
            assert!(settings(Some(&path)).is_err(), "{wrong}");
        }
    }
}
