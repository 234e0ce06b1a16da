//! `tolkebot accounts`: who may sign in.

use std::io::{BufRead, Write};

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use tolkebot_server::Accounts;

use crate::args::{AccountsArgs, AccountsCommand};
use crate::data;

pub fn run(args: AccountsArgs) -> Result<()> {
    let config = data::config(&args.data)?;
    // Before anything is made or opened: what would be refused leaves nothing behind.
    let secret = match &args.command {
        AccountsCommand::Add { name, .. } | AccountsCommand::Password { name } => {
            let secret = password()?;
            tolkebot_server::check_account(name, &secret)?;
            secret
        }
        _ => String::new(),
    };
    // The first account may come before the first start; all else is about what is there, and a
    // mistyped folder must not become a new log with a new master key.
    let store = match args.command {
        AccountsCommand::Add { .. } => data::open_or_make(&config)?,
        _ => data::open(&config)?,
    };
    let accounts = Accounts::new(store)?;
    let now = Timestamp::now();
    let mut out = std::io::stdout();
    match args.command {
        AccountsCommand::Add {
            name,
            role,
            second_factor,
        } => {
            let address = accounts.add(&name, role, &secret, second_factor, now)?;
            let place = match config.store.url.is_empty() {
                true => format!("the data folder {}", config.data_dir.display()),
                false => "the database".to_owned(),
            };
            writeln!(out, "account {name} made in {place}")?;
            if let Some(address) = address {
                writeln!(out, "authenticator: {address}")?;
                writeln!(
                    out,
                    "It is shown this once: enter it into the authenticator now."
                )?;
            }
        }
        AccountsCommand::Password { name } => {
            accounts.set_password(&name, &secret, now)?;
            writeln!(out, "account {name} has a new password")?;
        }
        AccountsCommand::Disable { name } => {
            accounts.set_disabled(&name, true, now)?;
            writeln!(out, "account {name} is disabled")?;
        }
        AccountsCommand::Enable { name } => {
            accounts.set_disabled(&name, false, now)?;
            writeln!(out, "account {name} is enabled")?;
        }
        AccountsCommand::Remove { name } => {
            accounts.remove(&name, now)?;
            writeln!(out, "account {name} is removed; its name stays taken")?;
        }
        AccountsCommand::List => {
            for line in accounts.list(now)? {
                let factor = if line.second_factor {
                    "  second factor"
                } else {
                    ""
                };
                let disabled = if line.disabled { "  disabled" } else { "" };
                let role = format!("{:?}", line.role).to_lowercase();
                writeln!(out, "{:<20}  {role:<10}{factor}{disabled}", line.name)?;
            }
        }
    }
    Ok(())
}

/// The first line of standard input.
fn password() -> Result<String> {
    let mut line = String::new();
    std::io::stdin()
        .lock()
        .read_line(&mut line)
        .context("cannot read the password from standard input")?;
    let password = line.trim_end_matches(['\n', '\r']);
    if password.is_empty() {
        bail!("no password came: write it on standard input, on one line");
    }
    Ok(password.to_owned())
}
