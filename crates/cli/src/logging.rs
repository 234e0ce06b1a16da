//! What is logged, and how much of it.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

/// Starts logging to stderr: warnings, or more with `-v`; `TOLKEBOT_LOG` comes before that.
pub fn start(verbose: u8) {
    let default = match verbose {
        0 => "warn",
        // What whisper.cpp tells of every model that it loads is for the next level.
        1 => "info,whisper_rs=warn",
        _ => "debug",
    };
    let wanted = std::env::var("TOLKEBOT_LOG").unwrap_or_default();
    let filter = match filter(&wanted) {
        Ok(filter) => filter.unwrap_or_else(|| EnvFilter::new(default)),
        Err(why) => {
            eprintln!("tolkebot: TOLKEBOT_LOG is `{wanted}`: {why}; logging `{default}` instead");
            EnvFilter::new(default)
        }
    };
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// The filter of a list such as `info,tolkebot_server=debug`; none if it is empty.
fn filter(list: &str) -> Result<Option<EnvFilter>, String> {
    let remedy = "write error, warn, info, debug, trace or off, or a module with one of them: `info,tolkebot_server=debug`";
    let mut parts = list
        .split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .peekable();
    if parts.peek().is_none() {
        return Ok(None);
    }
    for part in parts {
        // A bare word that is no level would be taken for a module, and everything else be silent.
        let bare = !part.contains(['=', '[', ':']);
        if bare && part.parse::<LevelFilter>().is_err() && !part.starts_with("tolkebot") {
            return Err(format!("`{part}` is no level: {remedy}"));
        }
    }
    EnvFilter::try_new(list)
        .map(Some)
        .map_err(|e| format!("{e}: {remedy}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_level_silences_nothing() {
        for good in [
            "info",
            "WARN",
            "info,tolkebot_server=debug",
            "off",
            "tolkebot_asr",
        ] {
            assert!(filter(good).unwrap().is_some(), "{good}");
        }
        assert!(filter("").unwrap().is_none());
        for bad in ["inof", "info,tolkebot_server=debgu", "warn,degub"] {
            assert!(
                filter(bad).unwrap_err().contains("write error, warn"),
                "{bad}"
            );
        }
    }
}
