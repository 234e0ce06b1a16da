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
mod values;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use jiff::civil::Date;
use tolkebot_asr::{
    AsrConfig, DecodeOptions, Opening, Recogniser, RecogniserSession, Settling, SettlingPolicy,
    Word,
};
use tolkebot_audio::{Segment, SegmentEvent, Segmenter, SegmenterConfig, SileroVad};
use tolkebot_eval::{ErrorRate, Lag, LagStats, cer, laal, wer};
use tolkebot_interpreter::{Expected, Known};
use tolkebot_models::Store;
use tolkebot_protocol::Lang;

use self::asked::{AskedFor, ListedWords};
use self::stream::{Pass, Stretch, whole};
use self::values::ValuesHeard;
use crate::args::{ModelArgs, PromptOf};
use crate::demo::{RecordedTurn, Recording};
use crate::engines;

/// Samples per millisecond.
const SAMPLES_PER_MS: u64 = 16;

/// The ways of settling words that are compared.
const POLICIES: [(&str, SettlingPolicy); 8] = [
    ("at the pause", SettlingPolicy::AtPause),
    (
        "agreement of 2",
        SettlingPolicy::LocalAgreement { hypotheses: 2 },
    ),
    ("2, opening 1 s: 3", agreement(2, 0, 1_000, 1)),
    ("2, opening 1 s: 4", agreement(2, 0, 1_000, 2)),
    (
        "agreement of 3",
        SettlingPolicy::LocalAgreement { hypotheses: 3 },
    ),
    (
        "guard 500 ms",
        SettlingPolicy::AlignmentGuard { guard_ms: 500 },
    ),
    ("2, guard 600 ms", agreement(2, 600, 0, 0)),
    ("3, guard 600 ms", agreement(3, 600, 0, 0)),
];

const fn agreement(hypotheses: usize, guard_ms: u64, until_ms: u64, more: usize) -> SettlingPolicy {
    SettlingPolicy::GuardedAgreement {
        hypotheses,
        guard_ms,
        opening: Opening { until_ms, more },
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
        let policies = if how.offline { 1 } else { POLICIES.len() };
        let mut figures: Vec<Figures> = (0..policies).map(|_| Figures::default()).collect();
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
                let heard = turn_figures(&mut session, &vad, &sound, &said, &mut figures)?;
                if how.details {
                    writeln!(out, "{} {} said:  {}", recording.id, turn.n, turn.text)?;
                    writeln!(out, "{} {} heard: {heard}", recording.id, turn.n)?;
                }
            }
        }
        let names = POLICIES.iter().map(|(name, _)| match how.offline {
            true => "whole turns".to_owned(),
            false => (*name).to_owned(),
        });
        let mut rows: Vec<Row> = names.zip(figures).collect();
        for file in peers {
            rows.extend(peer::figures(file, &recordings, lang)?);
        }
        table.push((lang, rows));
    }
    print(&mut out, &table)
}

fn open(store: &Store, folder: &Path) -> Result<Recording> {
    let Some(name) = folder.to_str() else {
        bail!("the folder {} has no readable name", folder.display());
    };
    Recording::open(&engines::conversation_folder(store, name)?, true)
}

/// A turn, and what is known before it is heard.
struct Said<'a> {
    turn: &'a RecordedTurn,
    /// The day on which it was said.
    today: Date,
    /// Words that were asked for, whether the recogniser is told of them or not.
    listed: Option<&'a Expected>,
    known: Known,
}

/// Adds one turn to every policy's figures; returns what was heard in it as a whole.
fn turn_figures(
    session: &mut RecogniserSession,
    vad: &Path,
    sound: &[f32],
    said: &Said<'_>,
    figures: &mut [Figures],
) -> Result<String> {
    let lang = session.lang();
    let (text, number) = (said.turn.text.as_str(), said.turn.n);
    let reference_words = text.split_whitespace().count();
    let mut heard = vec![String::new(); figures.len()];
    let mut delays = vec![Vec::new(); figures.len()];
    let offline = figures.len() == 1;
    // The processor is still busy with the stretch before when the next one begins after a short pause.
    let mut busy_until_ms: u64 = 0;
    let mut segments = segments(vad, sound)?.into_iter().peekable();
    while let Some(segment) = segments.next() {
        let length_ms = segment.samples.len() as u64 / SAMPLES_PER_MS;
        let mut decode = |sound_ms: u64, is_whole: bool| {
            let samples = match is_whole {
                true => &segment.samples[..],
                false => &segment.samples[..(sound_ms * SAMPLES_PER_MS) as usize],
            };
            decode(session, samples, &options(&said.known, is_whole))
        };
        let passes = if offline {
            vec![whole(length_ms, length_ms, &mut decode)?]
        } else {
            let stretch = Stretch {
                length_ms,
                free_ms: busy_until_ms.saturating_sub(segment.start_ms),
            };
            stream::passes(stretch, &mut decode)?
        };
        // What goes on with the next sample was cut because it had become long.
        let goes_on = segments
            .peek()
            .is_some_and(|next| next.start_ms == segment.end_ms);
        let cut_at = goes_on.then_some(length_ms);
        busy_until_ms = segment.start_ms + passes.last().map_or(0, |pass| pass.done_ms);
        for (n, (_, policy)) in POLICIES.iter().take(figures.len()).enumerate() {
            let settled = replay(*policy, &passes, cut_at, &mut figures[n]);
            for (word, at_ms) in &settled {
                if !offline {
                    let ms = at_ms.saturating_sub(word.end_ms);
                    figures[n].lags.push(Lag { turn: number, ms });
                    delays[n].push((segment.start_ms + at_ms) as f64);
                }
                if !heard[n].is_empty() {
                    heard[n].push(' ');
                }
                heard[n].push_str(&word.text);
            }
        }
    }
    for (n, figures) in figures.iter_mut().enumerate() {
        figures.turns += 1;
        figures.words += wer(text, &heard[n], lang);
        figures.letters += cer(text, &heard[n], lang);
        figures.values.count(text, &heard[n], lang, said.today);
        if let Some(listed) = said.listed {
            figures.listed.count(listed, text, &heard[n]);
        }
        figures.sound_ms += sound.len() as u64 / SAMPLES_PER_MS;
        let source = sound.len() as f64 / SAMPLES_PER_MS as f64;
        figures
            .laal
            .extend(laal(&delays[n], source, reference_words));
    }
    Ok(heard.swap_remove(0))
}

fn segments(vad: &Path, sound: &[f32]) -> Result<Vec<Segment>> {
    let mut segmenter = Segmenter::new(Box::new(SileroVad::load(vad)?), SegmenterConfig::default());
    let mut events = segmenter.push(sound)?;
    events.extend(segmenter.flush());
    Ok(events
        .into_iter()
        .filter_map(|event| match event {
            SegmentEvent::Ended(segment) => Some(segment),
            SegmentEvent::Started { .. } => None,
        })
        .collect())
}

fn decode(
    session: &mut RecogniserSession,
    samples: &[f32],
    options: &DecodeOptions,
) -> Result<(Vec<Word>, u64)> {
    let begun = processor_ms();
    let transcript = session.transcribe(samples, options)?;
    Ok((transcript.words, processor_ms().saturating_sub(begun)))
}

fn options(known: &Known, is_whole: bool) -> DecodeOptions {
    let effort = match is_whole {
        true => DecodeOptions::settled(),
        false => DecodeOptions::partial(),
    };
    DecodeOptions {
        prompt: known.context.clone(),
        expected: known.expected.clone(),
        ..effort
    }
}

/// Processor time of this thread, which is the recogniser's only one, in ms.
fn processor_ms() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as u64 * 1000 + time.tv_nsec as u64 / 1_000_000
}

/// Lets a policy settle the words of a stretch: each word with the moment when it was settled. Words behind `cut_at`, in ms,
/// are the next stretch's, which settles them anew here.
fn replay(
    policy: SettlingPolicy,
    passes: &[Pass],
    cut_at: Option<u64>,
    figures: &mut Figures,
) -> Vec<(Word, u64)> {
    let mut settling = Settling::new(policy);
    let mut times = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    for (n, pass) in passes.iter().enumerate() {
        figures.work_ms += pass.work_ms;
        let words: Vec<String> = if n + 1 == passes.len() {
            break;
        } else {
            let settled = settling.hypothesis(&pass.words, pass.sound_ms);
            times.extend(std::iter::repeat_n(pass.done_ms, settled));
            let all = settling.settled().iter().chain(settling.unsettled());
            all.map(|word| word.text.clone()).collect()
        };
        figures.erased += erased(&shown, &words);
        shown = words;
    }
    let Some(last) = passes.last() else {
        return Vec::new();
    };
    if let Some(sound_ms) = cut_at {
        settling = settling.split(sound_ms).0;
        times.truncate(settling.settled().len());
    }
    let words = settling.finish(&last.words);
    let texts: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
    figures.erased += erased(&shown, &texts);
    figures.shown += words.len();
    times.resize(words.len(), last.done_ms);
    words.into_iter().zip(times).collect()
}

/// Words on the screen that the next version takes away or changes.
fn erased(before: &[String], after: &[String]) -> usize {
    let kept = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    before.len() - kept
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
