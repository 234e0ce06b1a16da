//! `tolkebot bench neighbours`: how long other people's typed lines take while a client misbehaves,
//! against the moments before and after. A real server on real sockets and a real file.
//!
//! | module | what it is |
//! |---|---|
//! | here | the order of quiet and misbehaving periods, and the report |
//! | `conversation` | the conversations that are measured |
//! | `misbehave` | the client that misbehaves |
//! | `at_once` | an interpreter that costs nothing |
//! | `compare` | the ratio of two 95th percentiles with its interval |
//! | `work` | the processor's time, by whose it is |
//!
//! A round is: quiet, a neighbour, quiet, the next neighbour, … , quiet; each round begins with another
//! neighbour. So each is compared with the quiet periods right before and right after it, and a machine
//! that slowly gets faster or slower changes nothing. One of the neighbours is nobody: what is found beside
//! it is the measurement's own error.
//!
//! The client that misbehaves is another machine in reality. Here its threads have the lowest priority, so
//! that they take no core from whoever is measured, and their work is counted apart from the server's.

mod at_once;
mod compare;
mod conversation;
mod misbehave;
mod work;

use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use tokio::runtime::{Builder, Runtime};
use tolkebot_casework::{MasterKey, SqliteStore};
use tolkebot_server::{Server, ServerConfig, SystemClock};

use super::folder::{Folder, on_disk};
use crate::{bench, engines};
use at_once::AtOnce;
use compare::{Chance, More, Stretch, Verdict};
use conversation::Conversation;
use misbehave::Neighbour;
use work::{MEASURING, MISBEHAVING, Work};

/// A neighbour is under way, or has been gone, for so long before the first line is measured.
const SETTLED: Duration = Duration::from_secs(2);
/// By how much a neighbour may delay others.
const GOAL: f64 = 0.05;
/// With fewer rounds the interval is too narrow.
const ENOUGH: u32 = 8;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub rounds: u32,
    /// Lines of each conversation in a period.
    pub lines: u32,
    /// Conversations that are measured, all at once.
    pub conversations: u32,
    /// Another limit on saving.
    pub saves_per_s: Option<u32>,
    /// Between the beginning of a period and its first line.
    settled: Duration,
}

impl Plan {
    pub fn new(rounds: u32, lines: u32, conversations: u32, saves_per_s: Option<u32>) -> Plan {
        Plan {
            rounds,
            lines,
            conversations,
            saves_per_s,
            settled: SETTLED,
        }
    }
}

/// What was found beside one neighbour.
#[derive(Debug, Default)]
struct Beside {
    stretches: Vec<Stretch>,
    acts: u64,
    spent: Spent,
}

/// Work in periods of one kind.
#[derive(Debug, Default, Clone, Copy)]
struct Spent {
    work: Work,
    time: Duration,
}

/// Measures as planned in a folder of its own.
pub fn run(folder: Option<PathBuf>, plan: Plan) -> Result<()> {
    let within = folder.unwrap_or_else(on_disk);
    let (quiet, found) = measure(&Folder::make("neighbours", &within)?, plan)?;
    report(&mut std::io::stdout(), &within, &quiet, &found)
}

fn measure(folder: &Folder, plan: Plan) -> Result<(Beside, Vec<(Neighbour, Beside)>)> {
    let store =
        SqliteStore::open_with(folder.0.join("cases.sqlite"), Some(MasterKey::generate()?))?;
    let mut config = ServerConfig {
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        data_dir: folder.0.clone(),
        ..ServerConfig::default()
    };
    if let Some(saves_per_s) = plan.saves_per_s {
        config.limits.saves_per_s = saves_per_s;
    }
    // Three runtimes, so that clients wait for the server and not for each other.
    let serving = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let measuring = clients(MEASURING, || {})?;
    let misbehaving = clients(MISBEHAVING, give_way)?;
    let server = serving.block_on(Server::bind(
        config,
        Arc::new(AtOnce),
        Arc::new(store),
        Arc::new(SystemClock),
    ))?;
    let mut machine = Machine {
        to: server.address(),
        plan,
        measuring,
        misbehaving,
        chance: Chance(20_261_127),
        conversations: Vec::new(),
    };
    let mut alone = Beside::default();
    let mut found: Vec<(Neighbour, Beside)> = Neighbour::ALL.map(|n| (n, Beside::default())).into();
    for round in 0..plan.rounds {
        bench::progress(&format!("round {} of {}", round + 1, plan.rounds));
        // A conversation's log gets longer, and the next round is not to pay for it.
        machine.open_conversations()?;
        let mut before = machine.period(Neighbour::Nobody, &mut alone)?;
        for at in 0..found.len() {
            let at = (at + round as usize) % found.len();
            let (neighbour, beside) = &mut found[at];
            let times = machine.period(*neighbour, beside)?;
            let after = machine.period(Neighbour::Nobody, &mut alone)?;
            beside.stretches.push(Stretch {
                quiet: [before, after.clone()].concat(),
                beside: times,
            });
            alone.stretches.push(Stretch {
                quiet: after.clone(),
                beside: Vec::new(),
            });
            before = after;
        }
    }
    machine.conversations.clear();
    serving.block_on(server.shutdown());
    Ok((alone, found))
}

/// A runtime with one thread for clients.
fn clients(name: &str, begins: impl Fn() + Send + Sync + 'static) -> Result<Runtime> {
    Ok(Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name(name)
        .on_thread_start(begins)
        .enable_all()
        .build()?)
}

/// The calling thread gets a processor only when nobody else wants it.
fn give_way() {
    // On Linux this is a thread's. Where it isn't allowed, the client only gets in the way more.
    let _ = rustix::process::nice(19);
}

/// The server, and who uses it.
struct Machine {
    to: SocketAddr,
    plan: Plan,
    measuring: Runtime,
    misbehaving: Runtime,
    chance: Chance,
    conversations: Vec<Conversation>,
}

impl Machine {
    fn open_conversations(&mut self) -> Result<()> {
        self.conversations.clear();
        for _ in 0..self.plan.conversations {
            let opening = self.measuring.spawn(Conversation::open(self.to));
            self.conversations.push(self.measuring.block_on(opening)??);
        }
        Ok(())
    }

    /// All conversations type their lines beside a neighbour; how long each line took, µs.
    fn period(&mut self, neighbour: Neighbour, into: &mut Beside) -> Result<Vec<u64>> {
        let acts = Arc::new(AtomicU64::new(0));
        let (to, counted) = (self.to, acts.clone());
        let beside = self
            .misbehaving
            .spawn(async move { neighbour.misbehave(to, &counted).await });
        let settled = self.plan.settled;
        self.measuring
            .block_on(async { tokio::time::sleep(settled).await });
        let (before, begun) = (Work::so_far(), Instant::now());
        let done_before = acts.load(Ordering::Relaxed);
        let lines = self.plan.lines;
        let typing: Vec<_> = self
            .conversations
            .drain(..)
            .map(|conversation| {
                let chance = self.chance.split();
                self.measuring.spawn(conversation.lines(lines, chance))
            })
            .collect();
        let mut times = Vec::new();
        for typing in typing {
            let (conversation, its) = self.measuring.block_on(typing)??;
            self.conversations.push(conversation);
            times.extend(its);
        }
        into.acts += acts.load(Ordering::Relaxed) - done_before;
        if let (Some(before), Some(after)) = (before, Work::so_far()) {
            into.spent.work += after.since(&before);
            into.spent.time += begun.elapsed();
        }
        beside.abort();
        // What it left behind belongs to nobody else's time.
        if let Ok(Err(error)) = self.misbehaving.block_on(beside) {
            bail!(
                "the neighbour ({}) could not misbehave: {error:#}",
                neighbour.name()
            );
        }
        Ok(times)
    }
}

fn report(
    out: &mut impl Write,
    within: &Path,
    alone: &Beside,
    found: &[(Neighbour, Beside)],
) -> Result<()> {
    let (machine, date) = (bench::machine(), engines::now().date());
    writeln!(
        out,
        "{}, {} cores, {date}, in {}\n",
        machine.cpu,
        machine.cores,
        within.display()
    )?;
    writeln!(
        out,
        "| beside | its acts | lines | p50 ms | p95 ms | p95 against quiet | server's work | the client's own |\n\
         |---|---|---|---|---|---|---|---|"
    )?;
    let times = |beside: &Beside, which: fn(&Stretch) -> &Vec<u64>| -> Vec<u64> {
        beside.stretches.iter().flat_map(which).copied().collect()
    };
    let ms = |times: &[u64], p| bench::percentile(times, p) as f64 / 1000.0;
    let quiet = times(alone, |s| &s.quiet);
    writeln!(
        out,
        "| quiet | | {} | {:.1} | {:.1} | | {} | |",
        quiet.len(),
        ms(&quiet, 50),
        ms(&quiet, 95),
        share(alone.spent, |work| work.server),
    )?;
    let compared = |beside: &Beside| More::of(&beside.stretches, Chance(1));
    let rounds = found.first().map_or(0, |(_, b)| b.stretches.len());
    let enough = rounds >= ENOUGH as usize;
    let sound = found
        .iter()
        .filter(|(neighbour, _)| *neighbour == Neighbour::Nobody)
        .map(|(_, beside)| compared(beside).between)
        .all(|(from, to)| from <= 0.0 && to >= 0.0);
    for (neighbour, beside) in found {
        let more = compared(beside);
        // The verdict is only as good as the measurement.
        let verdict = match more.against(GOAL) {
            _ if !enough || !sound => Verdict::Open,
            verdict => verdict,
        };
        let all = times(beside, |s| &s.beside);
        writeln!(
            out,
            "| {} | {} | {} | {:.1} | {:.1} | {} | {} | {} |",
            neighbour.name(),
            beside.acts,
            all.len(),
            ms(&all, 50),
            ms(&all, 95),
            said(&more, verdict),
            share(beside.spent, |work| work.server),
            share(beside.spent, |work| work.misbehaving),
        )?;
    }
    writeln!(
        out,
        "\nWork is the processor's time in a second of the clock, of one core. The goal is {:.0} % at most; \
         in brackets where the true figure lies with 95 %.",
        GOAL * 100.0
    )?;
    if !enough {
        writeln!(
            out,
            "Fewer than {ENOUGH} rounds: the brackets are too narrow."
        )?;
    }
    if !sound {
        writeln!(
            out,
            "Nobody differs from nobody: something else was going on, and the figures say nothing."
        )?;
    }
    Ok(())
}

fn said(more: &More, verdict: Verdict) -> String {
    let verdict = match verdict {
        Verdict::Within => "within the goal",
        Verdict::Beyond => "beyond the goal",
        Verdict::Open => "cannot be told",
    };
    format!(
        "{:+.1} % ({:+.1} to {:+.1}), {verdict}",
        more.found * 100.0,
        more.between.0 * 100.0,
        more.between.1 * 100.0
    )
}

fn share(spent: Spent, whose: fn(Work) -> Duration) -> String {
    if spent.time.is_zero() {
        return "–".to_owned();
    }
    let share = whose(spent.work).as_secs_f64() / spent.time.as_secs_f64();
    format!("{:.1} %", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_neighbour_is_measured_between_two_quiet_periods_and_does_misbehave() {
        let dir = tempfile::TempDir::new().unwrap();
        let folder = Folder::make("neighbours", dir.path()).unwrap();
        let plan = Plan {
            settled: Duration::from_millis(200),
            ..Plan::new(1, 2, 2, None)
        };
        let (alone, found) = measure(&folder, plan).unwrap();
        for (neighbour, beside) in &found {
            assert_eq!(beside.stretches.len(), 1, "{neighbour:?}");
            for stretch in &beside.stretches {
                assert_eq!((stretch.beside.len(), stretch.quiet.len()), (4, 8));
            }
            let none = *neighbour == Neighbour::Nobody;
            assert_eq!(beside.acts == 0, none, "{neighbour:?}");
        }
        let mut out = Vec::new();
        report(&mut out, dir.path(), &alone, &found).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains(dir.path().to_str().unwrap()), "{text}");
        for neighbour in Neighbour::ALL {
            assert!(text.contains(neighbour.name()), "{text}");
        }
        // So few lines allow no verdict.
        assert!(text.contains("Fewer than 8 rounds"), "{text}");
        assert!(!text.contains("the goal |"), "{text}");
    }
}
