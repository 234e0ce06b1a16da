//! `tolkebot translate`: lines in, lines out.

use std::io::{BufRead, Write};

use anyhow::{Result, bail};
use tolkebot_mt::{MtConfig, Translator};

use crate::args::{ModelArgs, TranslateArgs};
use crate::engines;

/// Longest line that is translated, in bytes: an hour of speech in one breath.
const MAX_LINE: usize = 64 * 1024;

pub fn run(models: &ModelArgs, args: TranslateArgs) -> Result<()> {
    let args = args.translator;
    engines::check_direction(args.from, args.to)?;
    let (store, profile) = engines::open(models)?;
    let dir = engines::translator_dir(&store, &profile, args.from, args.model.as_deref())?;
    let config = MtConfig {
        beam: args.beam,
        ..MtConfig::default()
    };
    let mut translator = Translator::load(&dir, &config)?;
    let mut input = std::io::stdin().lock();
    let mut out = std::io::stdout().lock();
    let mut failed = 0;
    let mut number = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        // A line that cannot be translated becomes an empty one: the caller counts on one line out
        // for each line in.
        let translated = match checked(&line) {
            Ok("") => Ok(String::new()),
            Ok(text) => translator
                .translate(text, args.from, args.to)
                .map(|t| t.text)
                .map_err(|e| e.to_string()),
            Err(why) => Err(why),
        };
        match translated {
            Ok(text) => writeln!(out, "{}", text.replace(['\n', '\r'], " "))?,
            Err(why) => {
                failed += 1;
                eprintln!("tolkebot: line {number}: {}", why.replace('\n', " "));
                writeln!(out)?;
            }
        }
        out.flush()?;
    }
    if failed > 0 {
        bail!("{failed} of {number} lines could not be translated; they are empty in the output");
    }
    Ok(())
}

fn checked(line: &[u8]) -> Result<&str, String> {
    if line.len() > MAX_LINE {
        let length = line.len();
        return Err(format!(
            "has {length} bytes, more than {MAX_LINE}: put one sentence on a line"
        ));
    }
    let text = std::str::from_utf8(line).map_err(|e| {
        format!(
            "is not UTF-8 from byte {}: convert the input",
            e.valid_up_to()
        )
    })?;
    Ok(text.trim())
}
