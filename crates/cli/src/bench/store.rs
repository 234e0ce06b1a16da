//! `tolkebot bench store`: speed of the case log on this machine's disk.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use jiff::Timestamp;
use tolkebot_casework::{
    CaseView, FORM, MasterKey, NewEvent, PostgresStore, Progress, SqliteStore, Store, cases_in,
    outline,
};
use tolkebot_protocol::{
    CaseId, EventPayload, Lang, Role, Speaker, Utterance, UtteranceId, UtteranceSource,
};

use super::folder::{Folder, on_disk};
use crate::{bench, engines, serve};

/// Writers at a time in the second measurement.
const WRITERS: u32 = 8;
/// Events of each case whose log is opened after a fall.
const CASE_EVENTS: u32 = 40;
/// Writers that fill that log: so many share a sync.
const FILLERS: u32 = 64;
/// Lines of a page of the list.
const PAGE: usize = 100;

pub fn run(
    folder: Option<PathBuf>,
    config: Option<&Path>,
    cases: &[u32],
    events: u32,
) -> Result<()> {
    let within = folder.unwrap_or_else(on_disk);
    let folder = Folder::make("store", &within)?;
    let mut out = std::io::stdout();
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
        "| store | one by one, events/s | p50 µs | p95 µs | {WRITERS} writers, events/s | 10 at once, events/s |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    let sqlite = SqliteStore::open_with(folder.0.join("append.sqlite"), key()?)?;
    appends(&mut out, "SQLite", Arc::new(sqlite), events)?;
    if let Some(path) = config {
        let settings = serve::settings(Some(path))?.0.store;
        if settings.url.is_empty() {
            bail!("{} names no `store.url`", path.display());
        }
        let ca = (!settings.ca_file.as_os_str().is_empty()).then_some(settings.ca_file.as_path());
        let store = PostgresStore::open(settings.url.expose(), ca, WRITERS as usize, key()?)?;
        appends(&mut out, "PostgreSQL", Arc::new(store), events)?;
    }

    writeln!(
        out,
        "\n| events of a case | fold, ms | its outline again, ms |\n|---|---|---|"
    )?;
    let sealed = SqliteStore::open_with(folder.0.join("fold.sqlite"), key()?)?;
    for length in FOLDED {
        let fold = fold(length)?.as_secs_f64() * 1000.0;
        let kept = outline_again(&sealed, length)?.as_secs_f64() * 1000.0;
        writeln!(out, "| {length} | {fold:.1} | {kept:.2} |")?;
    }

    writeln!(
        out,
        "\n| cases | events | file, MiB | filled, s | open after a fall, ms | list, ms | a page of it, ms | those in review, ms | load one, ms | audit, s | memory for it, MiB |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|---|---|")?;
    for count in cases {
        fallen(&mut out, &folder.0, *count)?;
    }
    Ok(())
}

/// Lengths of the cases that are folded, events: a conversation has 60 to 150.
const FOLDED: [u32; 4] = [25, 50, 100, 1000];

/// What citizens say in the measurement, one after the other.
const SAID: [&str; 6] = [
    "Добрий день. Я хочу повідомити про переїзд.",
    "Ми переїжджаємо п'ятнадцятого грудня.",
    "На Рандерсвей, сорок один, другий поверх праворуч.",
    "Так, правильно.",
    "Зі мною їде чоловік і двоє дітей.",
    "Дякую, до побачення.",
];

fn key() -> Result<Option<MasterKey>> {
    Ok(Some(MasterKey::generate()?))
}

fn case(name: &str, n: u32) -> CaseId {
    CaseId(format!("{name}-{n}"))
}

/// Event `n` of a case: its opening, then utterances with their translations, as long as people
/// talk at a counter.
fn event(n: u32) -> NewEvent {
    let id = UtteranceId(n / 2 + 1);
    let payload = match n {
        0 => EventPayload::CaseOpened {
            form: FORM.to_owned(),
            today: "2026-12-01".to_owned(),
        },
        _ if n % 2 == 1 => EventPayload::UtteranceSettled(Utterance {
            id,
            speaker: Speaker::Citizen,
            lang: Lang::Uk,
            text: SAID[n as usize / 2 % SAID.len()].to_owned(),
            source: UtteranceSource::Speech,
            start_ms: u64::from(n) * 3000,
            end_ms: u64::from(n) * 3000 + 2500,
            confidence: 0.9,
            reconsidered: Vec::new(),
            interrupted: false,
            sent_as: None,
        }),
        _ => EventPayload::TranslationSettled {
            utterance: UtteranceId(n / 2),
            lang: Lang::Da,
            text: "Vi flytter den femtende december til Randersvej enogfyrre.".to_owned(),
            confidence: 0.8,
            warnings: Vec::new(),
            verified: false,
        },
    };
    NewEvent {
        at: Timestamp::UNIX_EPOCH,
        actor: Role::System,
        payload,
    }
}

fn appends(out: &mut impl Write, name: &str, store: Arc<dyn Store>, events: u32) -> Result<()> {
    let one = case("one", 0);
    let mut times = Vec::new();
    let begun = Instant::now();
    for n in 0..events {
        let at = Instant::now();
        store.append(&one, u64::from(n), &[event(n)])?;
        times.push(at.elapsed().as_micros() as u64);
    }
    let single = f64::from(events) / begun.elapsed().as_secs_f64();

    let each = (events / WRITERS).max(1);
    let begun = Instant::now();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || {
                (0..each).try_for_each(|n| {
                    store
                        .append(&case("many", writer), u64::from(n), &[event(n)])
                        .map(|_| ())
                })
            })
        })
        .collect();
    for writer in writers {
        match writer.join() {
            Ok(done) => done?,
            Err(_) => bail!("a writer failed"),
        }
    }
    let many = f64::from(each * WRITERS) / begun.elapsed().as_secs_f64();

    let batches = (events / 10).max(1);
    let begun = Instant::now();
    for batch in 0..batches {
        let first = batch * 10;
        let ten: Vec<NewEvent> = (first..first + 10).map(event).collect();
        store.append(&case("ten", 0), u64::from(first), &ten)?;
    }
    let ten = f64::from(batches * 10) / begun.elapsed().as_secs_f64();
    let (p50, p95) = (bench::percentile(&times, 50), bench::percentile(&times, 95));
    writeln!(
        out,
        "| {name} | {single:.0} | {p50} | {p95} | {many:.0} | {ten:.0} |"
    )?;
    Ok(())
}

fn fold(length: u32) -> Result<Duration> {
    let store = tolkebot_casework::MemoryStore::new();
    let one = case("fold", 0);
    let events: Vec<NewEvent> = (0..length).map(event).collect();
    let stored = store.append(&one, 0, &events)?;
    let events: Vec<_> = stored.into_iter().map(|one| one.event).collect();
    let begun = Instant::now();
    let view = CaseView::fold(&one, &events)?;
    let _ = view.form();
    Ok(begun.elapsed())
}

/// What a list needs for a case that it has shown before.
fn outline_again(store: &dyn Store, length: u32) -> Result<Duration> {
    let one = case("outline", length);
    let events: Vec<NewEvent> = (0..length).map(event).collect();
    store.append(&one, 0, &events)?;
    let first = outline(store, &one)?;
    let begun = Instant::now();
    if outline(store, &one)? != first {
        bail!("the outline of a case is not the same twice");
    }
    Ok(begun.elapsed())
}

/// Fills a file, copies it as it lies there while the program runs, and opens the copy: what a
/// start after a fall does.
fn fallen(out: &mut impl Write, folder: &Path, count: u32) -> Result<()> {
    let master = MasterKey::generate()?;
    let live = folder.join(format!("live-{count}.sqlite"));
    let store = SqliteStore::open_with(&live, Some(master.clone()))?;
    let events: Vec<NewEvent> = (0..CASE_EVENTS).map(event).collect();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let (store, events) = (&store, &events);
        let fillers: Vec<_> = (0..FILLERS)
            .map(|filler| {
                scope.spawn(move || {
                    (filler..count)
                        .step_by(FILLERS as usize)
                        .try_for_each(|n| store.append(&case("case", n), 0, events).map(|_| ()))
                })
            })
            .collect();
        for filler in fillers {
            match filler.join() {
                Ok(done) => done?,
                Err(_) => bail!("a writer failed"),
            }
        }
        anyhow::Ok(())
    })?;
    let filled = begun.elapsed().as_secs_f64();
    let copy = folder.join(format!("copy-{count}.sqlite"));
    let beside = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    std::fs::copy(&live, &copy)?;
    std::fs::copy(beside(&live), beside(&copy))?;
    drop(store);
    std::fs::remove_file(&live)?;
    let mib = std::fs::metadata(&copy)?.len() >> 20;

    let ms = |begun: Instant| begun.elapsed().as_secs_f64() * 1000.0;
    let begun = Instant::now();
    let store = SqliteStore::open_with(&copy, Some(master))?;
    let head = store.last(&case("case", count / 2))?;
    let open = ms(begun);
    if head.is_none() {
        bail!("the copy of {} lost a case", live.display());
    }
    let begun = Instant::now();
    let listed = store.list()?.len();
    let list = ms(begun);
    let begun = Instant::now();
    let page = store.list_page(Some(&case("case", count / 2)), PAGE)?.len();
    let paged = ms(begun);
    let begun = Instant::now();
    let waiting = cases_in(&store, &[Progress::InReview, Progress::Approved])?.len();
    let found = ms(begun);
    let begun = Instant::now();
    let loaded = store.load(&case("case", count / 3), 0)?.len();
    let load = ms(begun);
    let before = memory(true);
    let begun = Instant::now();
    let report = store.audit(None, None)?;
    let audit = begun.elapsed().as_secs_f64();
    let grown = match (before, memory(false)) {
        (Some(before), Some(most)) => (most.saturating_sub(before) >> 10).to_string(),
        _ => "–".to_owned(),
    };
    if listed != count as usize
        || page > PAGE
        || waiting != 0
        || loaded != CASE_EVENTS as usize
        || !report.is_intact()
    {
        bail!("the copy of {} is not whole", live.display());
    }
    let all = u64::from(count) * u64::from(CASE_EVENTS);
    writeln!(
        out,
        "| {count} | {all} | {mib} | {filled:.0} | {open:.1} | {list:.0} | {paged:.1} | {found:.2} | {load:.1} | {audit:.1} | {grown} |"
    )?;
    drop(store);
    let _ = std::fs::remove_file(&copy);
    Ok(())
}

/// The most memory that this process has used, KiB, counted from now on with `anew`; `None` where the
/// system does not say.
fn memory(anew: bool) -> Option<u64> {
    if anew {
        std::fs::write("/proc/self/clear_refs", "5").ok()?;
    }
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}
