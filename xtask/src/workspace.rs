//! Where things are, and how the commands that do the work are started.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// The checkout that the command was started for.
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// Finds the checkout: cargo names this package's folder when it runs it.
    pub fn locate() -> Result<Workspace> {
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().map(Path::to_path_buf).unwrap_or_default();
        ensure!(
            root.join("models").is_dir() && root.join("Cargo.toml").is_file(),
            "{} isn't a TolkeBOT checkout: start this as `cargo xtask` inside one",
            root.display()
        );
        Ok(Workspace { root })
    }

    /// A checkout in this folder, whatever is there.
    #[cfg(test)]
    pub fn at(root: &Path) -> Workspace {
        let root = root.to_path_buf();
        Workspace { root }
    }

    /// The checkout's top folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the top folder.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// The web client's folder, if it has been written.
    pub fn web_client(&self) -> Option<PathBuf> {
        let folder = self.path("web-client");
        folder.join("package.json").is_file().then_some(folder)
    }

    /// `cargo` with `arguments`, in the top folder so that `.cargo/config.toml` applies.
    pub fn cargo<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = self.command(cargo, arguments);
        // What cargo told this program about itself isn't true of the packages it builds next.
        for (name, _) in std::env::vars_os() {
            let Some(text) = name.to_str() else { continue };
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(text);
            }
        }
        command
    }

    /// `npm` with `arguments`, in the web client's folder.
    pub fn npm<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(&self, arguments: I) -> Command {
        let mut command = self.command("npm", arguments);
        command.current_dir(self.path("web-client"));
        command
    }

    /// Any program, in the top folder.
    pub fn command<P: AsRef<OsStr>, I: IntoIterator<Item = S>, S: AsRef<OsStr>>(
        &self,
        program: P,
        arguments: I,
    ) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        command
    }

    /// Where cargo puts what it builds: an environment variable or a setting may have moved it.
    pub fn target_directory(&self) -> Result<PathBuf> {
        let metadata = self.metadata(&["--no-deps"])?;
        let folder = metadata["target_directory"].as_str();
        Ok(PathBuf::from(
            folder.context("`cargo metadata` names no target directory")?,
        ))
    }

    /// `cargo metadata` as JSON.
    pub fn metadata(&self, arguments: &[&str]) -> Result<serde_json::Value> {
        let mut command = self.cargo(["metadata", "--format-version", "1"]);
        command.args(arguments);
        let text = output(&mut command)?;
        serde_json::from_str(&text).context("`cargo metadata` printed something else than JSON")
    }
}

/// The command as somebody would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![
        program
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    ];
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

/// Runs a command to its end with this terminal as its input and output.
pub fn status(command: &mut Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("`{}` couldn't be started", shown(command)))
}

/// Runs a command to its end; an error unless it succeeds.
pub fn succeed(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    ensure!(status.success(), "`{}` ended with {status}", shown(command));
    Ok(())
}

/// Runs a command and hands back what it wrote to its standard output.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{}` couldn't be started", shown(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` ended with {}:\n{}",
            shown(command),
            output.status,
            tail(&said, 20)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The last `lines` lines of a text: what a tool says last is nearly always the reason.
pub fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.trim_end().lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
