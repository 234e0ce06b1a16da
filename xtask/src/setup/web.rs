//! The web client's packages and its build.

use anyhow::{Context, Result};

use super::stamp::Stamp;
use crate::report::{Done, Progress};
use crate::workspace::{Workspace, output};

/// What npm and the build put into the web client's folder themselves.
const MADE_HERE: [&str; 4] = ["node_modules", "dist", "test-results", "out"];

/// Exactly what the lock file names, and none of the programs that packages would like to run when
/// they are installed: nothing here needs them.
const INSTALL: [&str; 6] = [
    "ci",
    // Also where the environment (`NODE_ENV=production`) or npm's settings are for running only: what is here is for
    // building and testing.
    "--include=dev",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
];

/// Installs exactly what `package-lock.json` names. The headless Chromium of the browser test is
/// one of those packages, so no browser need be on the machine.
pub fn install(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let Some(folder) = workspace.web_client() else {
        return Ok(not_written());
    };
    let stamp = Stamp::new(workspace, "web-packages")
        .fills(&folder.join("node_modules"))
        .text(&INSTALL.join(" "))
        .file(&folder.join("package-lock.json"))?;
    if stamp.holds() {
        return Ok(Done::Already);
    }
    stamp.begin()?;
    progress.say("fetching the web client's packages");
    output(&mut workspace.npm(INSTALL)).context(
        "npm couldn't install the web client's packages: check the network (and the proxy \
         settings npm uses), then start this again",
    )?;
    stamp.keep()?;
    Ok(Done::Worked)
}

/// Installs the OpenID provider that the server's tests sign in with.
pub fn install_oidc(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let folder = workspace.path("crates/server/tests/oidc");
    let stamp = Stamp::new(workspace, "oidc-packages")
        .fills(&folder.join("node_modules"))
        .text(&INSTALL.join(" "))
        .file(&folder.join("package-lock.json"))?;
    if stamp.holds() {
        return Ok(Done::Already);
    }
    stamp.begin()?;
    progress.say("fetching the OpenID provider of the tests");
    output(workspace.npm(INSTALL).current_dir(folder)).context(
        "npm couldn't install the OpenID provider of the tests: check the network (and the proxy \
         settings npm uses), then start this again",
    )?;
    stamp.keep()?;
    Ok(Done::Worked)
}

/// Builds the screens into `web-client/dist`, which the server hands out.
pub fn build(workspace: &Workspace, progress: &Progress) -> Result<Done> {
    let Some(folder) = workspace.web_client() else {
        return Ok(not_written());
    };
    let stamp = Stamp::new(workspace, "web-build")
        .fills(&folder.join("dist"))
        .tree(&folder, &MADE_HERE)?;
    if stamp.holds() {
        return Ok(Done::Already);
    }
    stamp.begin()?;
    progress.say("building the screens");
    output(&mut workspace.npm(["run", "build"]))?;
    stamp.keep()?;
    Ok(Done::Worked)
}

fn not_written() -> Done {
    Done::Skipped("web-client has no package.json yet".to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A package of the same folder, so that nothing is fetched.
    #[test]
    fn what_is_for_building_is_installed_on_a_machine_for_running_too() {
        let folder = tempfile::tempdir().unwrap();
        let client = folder.path().join("web-client");
        let tool = client.join("tool");
        fs::create_dir_all(&tool).unwrap();
        fs::write(
            tool.join("package.json"),
            r#"{"name": "tool", "version": "1.0.0"}"#,
        )
        .unwrap();
        let package = r#""name": "client", "devDependencies": {"tool": "file:tool"}"#;
        fs::write(client.join("package.json"), format!("{{{package}}}")).unwrap();
        let lock = format!(
            r#"{{"name": "client", "lockfileVersion": 3, "packages": {{
                "": {{{package}}},
                "node_modules/tool": {{"resolved": "tool", "link": true}},
                "tool": {{"version": "1.0.0", "dev": true}}}}}}"#
        );
        fs::write(client.join("package-lock.json"), lock).unwrap();
        let workspace = Workspace::at(folder.path());
        output(workspace.npm(INSTALL).env("NODE_ENV", "production")).unwrap();
        assert!(client.join("node_modules/tool/package.json").is_file());
    }
}
