//! One line per step, with its time: a moving line on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow};
use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

/// How a step that didn't fail ended.
pub enum Done {
    /// The work was done.
    Worked,
    /// It had been done before.
    Already,
    /// It doesn't apply here; the text says why.
    Skipped(String),
}

/// Runs steps and remembers how they went.
pub struct Report {
    steps: Vec<(String, Duration, String)>,
    started: Instant,
}

impl Report {
    /// An empty report; the clock starts.
    pub fn new() -> Report {
        Report {
            steps: Vec::new(),
            started: Instant::now(),
        }
    }

    /// Runs a step whose own output is wanted on the screen (a compiler's, a test run's).
    pub fn loud(&mut self, name: &str, work: impl FnOnce() -> Result<Done>) -> Result<()> {
        println!("\n=== {name}");
        let started = Instant::now();
        let result = work();
        self.record(name, started.elapsed(), result)
    }

    /// Runs a step that is silent itself; the spinner shows its messages meanwhile.
    pub fn quiet(
        &mut self,
        name: &str,
        work: impl FnOnce(&Progress) -> Result<Done>,
    ) -> Result<()> {
        let progress = Progress::start(name);
        let started = Instant::now();
        let result = work(&progress);
        progress.clear();
        self.record(name, started.elapsed(), result)
    }

    fn record(&mut self, name: &str, took: Duration, result: Result<Done>) -> Result<()> {
        let (mark, error) = match result {
            Ok(Done::Worked) => ("ok".to_owned(), None),
            Ok(Done::Already) => ("already there".to_owned(), None),
            Ok(Done::Skipped(why)) => (format!("skipped: {why}"), None),
            Err(error) => ("FAILED".to_owned(), Some(error)),
        };
        println!("{}", line(name, took, &mark));
        self.steps.push((name.to_owned(), took, mark));
        error.map_or(Ok(()), |error| Err(anyhow!("{name}: {error:#}")))
    }

    /// Prints all steps again and the whole time: what a long log is read for.
    pub fn summary(&self) {
        println!("\n--- summary");
        for (name, took, mark) in &self.steps {
            println!("{}", line(name, *took, mark));
        }
        println!(
            "{:>52}",
            format!("total {}", HumanDuration(self.started.elapsed()))
        );
    }
}

fn line(name: &str, took: Duration, mark: &str) -> String {
    format!("  {name:<36} {:>8.1} s  {mark}", took.as_secs_f64())
}

/// What a silent step says about how far it is.
pub struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    fn start(name: &str) -> Progress {
        if !std::io::stderr().is_terminal() {
            return Progress { bar: None };
        }
        let bar = ProgressBar::new_spinner();
        let style = ProgressStyle::with_template("  {spinner} {prefix} {wide_msg} {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.set_prefix(name.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress { bar: Some(bar) }
    }

    /// Shows nothing on a terminal.
    #[cfg(test)]
    pub fn none() -> Progress {
        Progress { bar: None }
    }

    /// Says what is going on now: in place on a terminal, else as a line of its own.
    pub fn say(&self, message: impl Into<String>) {
        let message = message.into();
        match &self.bar {
            Some(bar) => bar.set_message(message),
            None => println!("    {message}"),
        }
    }

    /// Shows how far a download is; only on a terminal, where it replaces itself.
    pub fn tick(&self, message: impl FnOnce() -> String) {
        if let Some(bar) = &self.bar {
            bar.set_message(message());
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
