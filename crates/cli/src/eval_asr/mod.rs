//! `tolkebot eval asr`: how well speech is recognised, whole and while it is spoken.
//!
//! Streaming is simulated on the sound's own clock with one recogniser: a decoding begins when
//! there is enough new sound and the one before is done, takes the processor time that it really
//! took, and its words are on the screen when it ends. So the figures do not depend on what else
//! the machine does, and one run compares all policies on the same sound.

mod asked;
mod context;
mod peer;
mod stream;
mod turn;
mod values;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use tolkebot_asr::{AsrConfig, Opening, Overdue, Recogniser, SettlingPolicy};
use tolkebot_eval::{ErrorRate, Lag, LagStats};
use tolkebot_interpreter::Known;
use tolkebot_models::Store;
use tolkebot_protocol::Lang;

use self::asked::{AskedFor, ListedWords};
use self::turn::{Hears, Run, Said, stretches, turn_figures};
use self::values::ValuesHeard;
use crate::args::{ModelArgs, PromptOf};
use crate::demo::Recording;
use crate::engines;

/// Samples per millisecond.
const SAMPLES_PER_MS: u64 = 16;

/// The ways of settling words that are compared.
const POLICIES: [(&str, SettlingPolicy); 9] = [
    ("at the pause", SettlingPolicy::AtPause),
    (
        "agreement of 2",
        SettlingPolicy::LocalAgreement { hypotheses: 2 },
    ),
    ("2, opening 1 s: 3", agreement(2, 0, 1_000, 1, 0)),
    ("2, opening 1 s: 4", agreement(2, 0, 1_000, 2, 0)),
    ("…, overdue 1.5 s", agreement(2, 0, 1_000, 2, 1_500)),
    (
        "agreement of 3",
        SettlingPolicy::LocalAgreement { hypotheses: 3 },
    ),
    (
        "guard 500 ms",
        SettlingPolicy::AlignmentGuard { guard_ms: 500 },
    ),
    ("2, guard 600 ms", agreement(2, 600, 0, 0, 0)),
    ("3, guard 600 ms", agreement(3, 600, 0, 0, 0)),
];

/// What must agree on a word, and after how many ms less of that is enough.
const fn agreement(
    hypotheses: usize,
    guard_ms: u64,
    until_ms: u64,
    more: usize,
    after_ms: u64,
) -> SettlingPolicy {
    SettlingPolicy::GuardedAgreement {
        hypotheses,
        guard_ms,
        opening: Opening { until_ms, more },
        overdue: Overdue::after(after_ms),
    }
}

/// What one policy reached in one language.
#[derive(Default)]
struct Figures {
    turns: usize,
    words: ErrorRate,
    letters: ErrorRate,
    /// From the end of a word's sound to its being settled, ms. None of whole turns, which are heard when they are
    /// over and not while they are said.
    lags: Vec<Lag>,
    laal: Vec<f64>,
    erased: usize,
    shown: usize,
    sound_ms: u64,
    work_ms: u64,
    /// Words that were asked for.
    listed: ListedWords,
    /// Values of the form.
    values: ValuesHeard,
}

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Only whole turns.
    pub offline: bool,
    /// Only as conversations hear, without comparing policies.
    pub as_shipped: bool,
    /// What the recogniser is told before it hears a turn.
    pub prompt: PromptOf,
    /// Tell it which words were asked for.
    pub asked_for: bool,
    /// Let the sound alone decide.
    pub sound_alone: bool,
    /// Print every turn.
    pub details: bool,
}

/// What is compared on which conversations.
#[derive(Debug, Clone, Copy)]
pub struct What<'a> {
    /// Conversations.
    pub folders: &'a [PathBuf],
    /// Another model than the profile's.
    pub model: Option<&'a Path>,
    /// What other recognisers wrote about them.
    pub peers: &'a [PathBuf],
}

/// A line of the table.
type Row = (String, Figures);

pub fn run(models: &ModelArgs, what: What<'_>, how: How) -> Result<()> {
    let What {
        folders,
        model,
        peers,
    } = what;
    let (store, profile) = engines::open(models)?;
    let vad = store.main_file(&profile.vad)?;
    let mut out = std::io::stdout().lock();
    let recordings: Vec<Recording> = folders
        .iter()
        .map(|folder| open(&store, folder))
        .collect::<Result<_>>()?;
    let heard = match how.prompt {
        PromptOf::Heard => context::Heard::of(&store, &profile, model, &recordings)?,
        _ => context::Heard::default(),
    };
    let asked_for = AskedFor::of(&recordings)?;
    let mut table: Vec<(Lang, Vec<Row>)> = Vec::new();
    let spoken = |lang| {
        recordings
            .iter()
            .any(|r| r.turns.iter().any(|turn| turn.lang == lang))
    };
    if !Lang::ALL.into_iter().any(spoken) {
        bail!("there is no turn in what was named: nothing can be measured");
    }
    for lang in Lang::ALL.into_iter().filter(|lang| spoken(*lang)) {
        let file = match model {
            Some(file) => file.to_owned(),
            None => store.main_file(engines::recogniser_id(&profile, lang))?,
        };
        let config = AsrConfig {
            second_opinion: !how.sound_alone,
            ..AsrConfig::default()
        };
        let mut session = Recogniser::load(&file, &config)?.session(lang)?;
        let mut runs = runs(how);
        for recording in &recordings {
            let today = values::day(&recording.today, &recording.id)?;
            for (at, turn) in recording.turns.iter().enumerate() {
                if turn.lang != lang {
                    continue;
                }
                let sound = recording.sound(turn)?;
                let before = &recording.turns[..at];
                let context = match how.prompt {
                    PromptOf::Nothing => None,
                    PromptOf::Names => context::names_before(before, lang),
                    PromptOf::Turn => context::turn_before(before, lang),
                    PromptOf::Heard => heard.get(&recording.id, turn.n),
                };
                let asked_for = asked_for.get(&recording.id, turn.n);
                let said = Said {
                    turn,
                    today,
                    listed: asked_for.as_deref(),
                    known: Known {
                        context,
                        expected: asked_for.clone().filter(|_| how.asked_for),
                    },
                };
                let stretches = stretches(&vad, &sound)?;
                let sound_ms = sound.len() as u64 / SAMPLES_PER_MS;
                if how.details {
                    writeln!(out, "{} {} said:  {}", recording.id, turn.n, turn.text)?;
                }
                for run in &mut runs {
                    let heard = turn_figures(&mut session, &stretches, sound_ms, &said, run)?;
                    if how.details {
                        writeln!(out, "{} {} heard: {heard}", recording.id, turn.n)?;
                    }
                }
            }
        }
        let rows = runs.into_iter().flat_map(|run| run.rows);
        let mut rows: Vec<Row> = rows.map(|(name, _, figures)| (name, figures)).collect();
        for file in peers {
            rows.extend(peer::figures(file, &recordings, lang)?);
        }
        table.push((lang, rows));
    }
    print(&mut out, &table)
}

/// The simulations that are asked for.
fn runs(how: How) -> Vec<Run> {
    let run = |hears, policies: &[(&str, SettlingPolicy)]| {
        let rows = policies.iter();
        let row = |(name, policy): &(&str, SettlingPolicy)| {
            ((*name).to_owned(), *policy, Figures::default())
        };
        Run {
            hears,
            rows: rows.map(row).collect(),
        }
    };
    if how.offline {
        return vec![run(
            Hears::Whole,
            &[("whole turns", SettlingPolicy::AtPause)],
        )];
    }
    let shipped = [("as in conversations", SettlingPolicy::default())];
    let mut runs = vec![run(Hears::FromSettled, &shipped)];
    if !how.as_shipped {
        runs.insert(0, run(Hears::SoFar, &POLICIES));
    }
    runs
}

fn open(store: &Store, folder: &Path) -> Result<Recording> {
    let Some(name) = folder.to_str() else {
        bail!("the folder {} has no readable name", folder.display());
    };
    Recording::open(&engines::conversation_folder(store, name)?, true)
}

fn print(out: &mut impl Write, table: &[(Lang, Vec<Row>)]) -> Result<()> {
    writeln!(
        out,
        "{:<6}{:<31}{:>6}{:>7}{:>8}{:>8}{:>10}{:>9}{:>9}{:>8}{:>7}",
        "lang",
        "settled by",
        "turns",
        "words",
        "WER",
        "CER",
        "lag p50",
        "p95",
        "LAAL",
        "erased",
        "RTF"
    )?;
    for (lang, rows) in table {
        for (name, row) in rows.iter().filter(|(_, row)| row.turns > 0) {
            writeln!(out, "{:<6}{}", lang.code(), line(name, row))?;
        }
    }
    for (lang, rows) in table {
        for (name, row) in rows.iter().filter(|(_, row)| row.values.said > 0) {
            let ValuesHeard { said, right, other } = row.values;
            writeln!(
                out,
                "{lang}, {name}: {right} of {said} values as they were said, {other} others"
            )?;
        }
    }
    for (lang, rows) in table {
        for (name, row) in rows.iter().filter(|(_, row)| row.listed.said > 0) {
            let ListedWords {
                said,
                heard,
                made_up,
            } = row.listed;
            writeln!(
                out,
                "{lang}, {name}: {heard} of {said} words that were asked for, {made_up} made up"
            )?;
        }
    }
    Ok(())
}

/// A policy's figures. What nothing was measured of has none: no words would seem to be the quickest.
fn line(name: &str, row: &Figures) -> String {
    let lags = LagStats::of(row.lags.iter().copied());
    let ms = |ms: u64| match row.lags.is_empty() {
        true => "–".to_owned(),
        false => format!("{ms} ms"),
    };
    let laal = match row.laal.len() {
        0 => "–".to_owned(),
        count => format!("{:.0} ms", row.laal.iter().sum::<f64>() / count as f64),
    };
    let rate = |rate: &ErrorRate| match rate.reference {
        0 => "–".to_owned(),
        _ => format!("{:.1}%", 100.0 * rate.rate()),
    };
    let share = |part: f64, of: f64| match of > 0.0 {
        true => format!("{:.2}", part / of),
        false => "–".to_owned(),
    };
    format!(
        "{name:<31}{:>6}{:>7}{:>8}{:>8}{:>10}{:>9}{:>9}{:>8}{:>7}",
        row.turns,
        row.words.reference,
        rate(&row.words),
        rate(&row.letters),
        ms(lags.p50),
        ms(lags.p95),
        laal,
        share(row.erased as f64, row.shown as f64),
        share(row.work_ms as f64, row.sound_ms as f64),
    )
}

#[cfg(test)]
mod tests {
    use tolkebot_eval::{cer, wer};

    use super::*;

    #[test]
    fn what_heard_nothing_is_not_the_quickest() {
        let deaf = Figures {
            turns: 2,
            words: wer("to ord", "", Lang::Da),
            letters: cer("to ord", "", Lang::Da),
            sound_ms: 1000,
            work_ms: 100,
            ..Figures::default()
        };
        let columns: Vec<String> = line("deaf", &deaf)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        assert_eq!(
            columns,
            [
                "deaf", "2", "2", "100.0%", "100.0%", "–", "–", "–", "–", "0.10"
            ]
        );
    }
}
