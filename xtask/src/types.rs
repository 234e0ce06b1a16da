//! The web client's types, generated from the protocol crate.

use std::fs;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::report::Done;
use crate::workspace::Workspace;

const FILE: &str = "web-client/src/protocol/types.ts";

/// Options of `types`.
#[derive(Args)]
pub struct TypesArgs {
    /// Write nothing; fail when the file isn't what would be written.
    #[arg(long)]
    check: bool,
}

/// Runs `types` as a command of its own.
pub fn run(workspace: &Workspace, args: &TypesArgs) -> Result<()> {
    match if args.check {
        check(workspace)?
    } else {
        write(workspace)?
    } {
        Done::Worked => println!("{FILE} written"),
        Done::Already | Done::Skipped(_) => println!("{FILE} is up to date"),
    }
    Ok(())
}

fn write(workspace: &Workspace) -> Result<Done> {
    let fresh = tolkebot_protocol::typescript();
    let path = workspace.path(FILE);
    if fs::read_to_string(&path).is_ok_and(|now| now == fresh) {
        return Ok(Done::Already);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&path, fresh).with_context(|| format!("can't write {}", path.display()))?;
    Ok(Done::Worked)
}

/// Fails when the committed types aren't those of the protocol crate.
pub fn check(workspace: &Workspace) -> Result<Done> {
    let fresh = tolkebot_protocol::typescript();
    let path = workspace.path(FILE);
    let now = fs::read_to_string(&path).with_context(|| {
        format!(
            "can't read {}: run `cargo xtask types` to write it",
            path.display()
        )
    })?;
    if let Some(line) = first_difference(&now, &fresh) {
        bail!(
            "{FILE} differs from crates/protocol from line {line} on: run `cargo xtask types` and \
             commit the result"
        );
    }
    Ok(Done::Already)
}

/// Number of the first line in which two texts differ, from 1.
fn first_difference(left: &str, right: &str) -> Option<usize> {
    if left == right {
        return None;
    }
    let same = left
        .lines()
        .zip(right.lines())
        .take_while(|(a, b)| a == b)
        .count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(first_difference("a\n", "a\nb\n"), Some(2));
    }
}
