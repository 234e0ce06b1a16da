//! The live view in the terminal.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};

use serde_json::Value;
use tolkebot_protocol::{CaseEvent, FormView, SlotStatus, Speaker, TranslationWarning};

use super::recording::RecordedTurn;

const DIM: &str = "\x1b[2m";
const BOLD: &str = "\x1b[1m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const RESET: &str = "\x1b[0m";

/// Prints the conversation as it happens; silent when the report is JSON.
pub struct Screen {
    quiet: bool,
    /// Print events as JSON lines.
    events: bool,
    colour: bool,
    /// Whether an unsettled line is on the last row.
    unsettled: bool,
    shown: BTreeMap<String, String>,
}

impl Screen {
    /// A view on stdout; colours and overwritten lines only on a terminal.
    pub fn new(quiet: bool, events: bool) -> Self {
        let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Screen {
            quiet,
            events,
            colour,
            unsettled: false,
            shown: BTreeMap::new(),
        }
    }

    /// Tells of an event that a client received.
    pub fn event(&self, case: &str, event: &CaseEvent) {
        if !self.events {
            return;
        }
        let Value::Object(mut line) = tolkebot_casework::as_json(event) else {
            return;
        };
        let kind = line.remove("kind").unwrap_or_default();
        line.insert("type".to_owned(), kind);
        line.insert("case".to_owned(), case.into());
        // Whoever reads may end early; the conversation goes on.
        let _ = writeln!(std::io::stdout(), "{}", Value::Object(line));
    }

    fn style(&self, style: &str, text: &str) -> String {
        if self.colour {
            format!("{style}{text}{RESET}")
        } else {
            text.to_owned()
        }
    }

    fn line(&mut self, text: &str) {
        if self.quiet {
            return;
        }
        let mut out = std::io::stdout().lock();
        if std::mem::take(&mut self.unsettled) {
            let _ = write!(out, "\r\x1b[K");
        }
        let _ = writeln!(out, "{text}");
    }

    /// A new turn of the recording begins.
    pub fn turn(&mut self, turn: &RecordedTurn) {
        let text = format!("── turn {} ──", turn.n);
        let text = self.style(DIM, &text);
        self.line(&text);
    }

    /// Words of a stretch that is still spoken; the first `settled` characters will not change.
    pub fn partial(&mut self, speaker: Speaker, text: &str, settled: usize) {
        if self.quiet || !self.colour {
            return;
        }
        let hidden = text.chars().count().saturating_sub(room(columns()));
        let shown = |from: usize, to: usize| -> String {
            let from = from.max(hidden);
            text.chars()
                .skip(from)
                .take(to.saturating_sub(from))
                .collect()
        };
        let (bright, dim) = (shown(0, settled), shown(settled, usize::MAX));
        print!(
            "\r\x1b[K{DIM}{}{RESET} {bright}{DIM}{dim}{RESET}",
            name(speaker)
        );
        let _ = std::io::stdout().flush();
        self.unsettled = true;
    }

    /// Settled words.
    pub fn settled(&mut self, speaker: Speaker, text: &str) {
        let text = format!("{} {}", name(speaker), self.style(BOLD, text));
        self.line(&text);
    }

    /// A settled translation.
    pub fn translated(&mut self, speaker: Speaker, text: &str, warnings: &[TranslationWarning]) {
        let mut line = format!("        → {} {text}", speaker.other().lang());
        if !warnings.is_empty() {
            let warnings: Vec<String> = warnings.iter().map(|w| format!("{w:?}")).collect();
            line.push(' ');
            line.push_str(&self.style(YELLOW, &format!("[{}]", warnings.join(", "))));
        }
        self.line(&line);
    }

    /// The form changed: shows the slots that did, with their newest evidence.
    pub fn form(&mut self, form: &FormView) {
        let slots = form.sections.iter().flat_map(|s| &s.slots);
        let mut lines = Vec::new();
        for slot in slots {
            if slot.status == SlotStatus::Empty && !self.shown.contains_key(&slot.key) {
                continue;
            }
            let state = format!("{:?} {}", slot.status, slot.value);
            if self.shown.get(&slot.key) == Some(&state) {
                continue;
            }
            let evidence = slot.evidence.last().map_or(String::new(), |e| {
                format!("  « {} » {}", e.quote, name(e.speaker).trim())
            });
            let value = self.style(GREEN, &slot.display_da);
            let status = format!("{:?}", slot.status);
            let status = self.style(DIM, &status);
            lines.push(format!(
                "          ▪ {} = {value} {status}{evidence}",
                slot.key
            ));
            self.shown.insert(slot.key.clone(), state);
        }
        for line in lines {
            self.line(&line);
        }
    }

    /// Something went wrong.
    pub fn trouble(&mut self, text: &str) {
        let text = self.style(YELLOW, &format!("! {text}"));
        self.line(&text);
    }

    /// Plain text.
    pub fn say(&mut self, text: &str) {
        self.line(text);
    }
}

/// The terminal's width; asked each time, because it changes.
fn columns() -> usize {
    let size = console::Term::stdout().size_checked();
    size.map_or(100, |(_, columns)| columns.into())
}

/// How many characters of what is being said fit beside the speaker's name: a line that wraps can't
/// be overwritten.
fn room(columns: usize) -> usize {
    let name = name(Speaker::Citizen).len() + 1;
    // The last column stays free: some terminals wrap as soon as it is written to.
    columns.saturating_sub(name + 1)
}

fn name(speaker: Speaker) -> &'static str {
    match speaker {
        Speaker::Staff => "STAFF  ",
        Speaker::Citizen => "CITIZEN",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unsettled_line_fits_the_terminal() {
        for columns in [20, 80, 200] {
            assert_eq!(name(Speaker::Staff).len() + 1 + room(columns) + 1, columns);
        }
        assert_eq!(room(3), 0);
    }
}
