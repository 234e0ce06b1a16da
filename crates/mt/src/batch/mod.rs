//! Targets that are written at the same time share the runs of one model.
//!
//! A run over several rows costs little more than over one, because the weights are read once. So whoever translates
//! beside somebody else does not wait for the other's whole line, but goes on with it piece by piece in the same runs. What
//! comes out does not depend on who else is there: every row is worked out by itself.
//!
//! There is no thread for it: whoever finds that all who write have handed in their next pieces runs the model for all of
//! them.

mod graph;

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(crate) use graph::{Graph, Row};

use crate::MtError;
use crate::model::Token;

/// How long those who have handed in their next pieces wait for one who is still choosing. Choosing takes less than a
/// millisecond on a free core.
const PATIENCE: Duration = Duration::from_millis(3);
/// Most rows in one run: more take as long as two runs.
const MAX_ROWS: usize = 32;

/// New pieces of one target: as many for each of its rows.
pub(crate) struct Feed {
    /// What was fed before, for each hypothesis.
    pub rows: Vec<Row>,
    /// The new pieces, row after row.
    pub tokens: Vec<Token>,
}

impl Feed {
    /// A piece more for every row of a target that was begun: can be run together with others. The rest (sources, beginnings
    /// that are given) is run by itself.
    fn is_step(&self) -> bool {
        self.tokens.len() == self.rows.len() && self.rows.iter().all(|row| row.len() > 0)
    }
}

/// What a run made of a [`Feed`].
pub(crate) struct Fed {
    /// The rows with the new pieces.
    pub rows: Vec<Row>,
    /// Unnormalised scores of the next piece: a vocabulary for each row.
    pub scores: Vec<f32>,
}

/// What runs the feeds.
pub(crate) trait Step: Send {
    /// One run over all of them. Several only if each [`Feed::is_step`].
    fn run(&mut self, feeds: &[&Feed]) -> Result<Vec<Fed>, MtError>;

    /// Whether rows of different lengths can be run together.
    fn side_by_side(&self) -> bool;
}

/// A model with those who write with it.
pub(crate) struct Batch<S = Graph> {
    model: Mutex<S>,
    state: Mutex<State>,
    changed: Condvar,
    side_by_side: bool,
}

#[derive(Default)]
struct State {
    waiting: Vec<Waiting>,
    answers: HashMap<u64, Result<Fed, MtError>>,
    next_ticket: u64,
    /// Seats that will hand in a next piece soon.
    writing: usize,
    running: bool,
    /// When the last run ended.
    ended: Option<Instant>,
    /// Whether the last run was not a common one: reading and writing take turns.
    alone_last: bool,
}

struct Waiting {
    ticket: u64,
    feed: Feed,
    since: Instant,
}

impl<S: Step> Batch<S> {
    pub(crate) fn new(model: S) -> Batch<S> {
        let side_by_side = model.side_by_side();
        Batch {
            model: Mutex::new(model),
            state: Mutex::default(),
            changed: Condvar::new(),
            side_by_side,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Whoever panics while running puts the state right first (`Running`).
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands in new pieces and waits for what becomes of them.
    fn feed(&self, feed: Feed) -> Result<Fed, MtError> {
        let mut state = self.lock();
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        state.waiting.push(Waiting {
            ticket,
            feed,
            since: Instant::now(),
        });
        // It may be the last one that somebody waited for.
        self.changed.notify_all();
        loop {
            if let Some(answer) = state.answers.remove(&ticket) {
                return answer;
            }
            if state.running {
                state = self.wait(state, None);
                continue;
            }
            match state.due(self.side_by_side) {
                Due::Now(taken) => {
                    state.running = true;
                    drop(state);
                    self.run(taken);
                    state = self.lock();
                }
                Due::Later(time) => state = self.wait(state, Some(time)),
            }
        }
    }

    fn wait<'a>(
        &self,
        state: MutexGuard<'a, State>,
        at_most: Option<Duration>,
    ) -> MutexGuard<'a, State> {
        match at_most {
            None => self
                .changed
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner),
            Some(time) => {
                let waited = self.changed.wait_timeout(state, time);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        }
    }

    fn run(&self, taken: Vec<Waiting>) {
        let mut running = Running {
            batch: self,
            tickets: taken.iter().map(|w| w.ticket).collect(),
            answers: Vec::new(),
        };
        let feeds: Vec<&Feed> = taken.iter().map(|w| &w.feed).collect();
        let mut model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
        running.answers = match model.run(&feeds) {
            Ok(fed) => fed.into_iter().map(Ok).collect(),
            Err(error) if feeds.len() == 1 => vec![Err(error)],
            // What is wrong with one line is no other's fault.
            Err(_) => feeds
                .iter()
                .map(|feed| {
                    let mut fed = model.run(&[feed])?;
                    fed.pop().ok_or_else(unanswered)
                })
                .collect(),
        };
    }
}

/// Gives the answers out, also if the run panicked.
struct Running<'a, S: Step> {
    batch: &'a Batch<S>,
    tickets: Vec<u64>,
    answers: Vec<Result<Fed, MtError>>,
}

impl<S: Step> Drop for Running<'_, S> {
    fn drop(&mut self) {
        let mut state = self.batch.lock();
        let mut answers = self.answers.drain(..);
        for ticket in self.tickets.drain(..) {
            let answer = answers.next().unwrap_or_else(|| Err(unanswered()));
            state.answers.insert(ticket, answer);
        }
        state.running = false;
        state.ended = Some(Instant::now());
        drop(state);
        self.batch.changed.notify_all();
    }
}

fn unanswered() -> MtError {
    MtError::Shape("the model gave no answer".to_owned())
}

enum Due {
    Now(Vec<Waiting>),
    /// Nothing is to be run before somebody else comes or this time has gone by.
    Later(Duration),
}

impl State {
    /// Takes what is to be run next.
    fn due(&mut self, side_by_side: bool) -> Due {
        let steps = |w: &Waiting| side_by_side && w.feed.is_step();
        let oldest_step = self
            .waiting
            .iter()
            .filter(|w| steps(w))
            .map(|w| w.since)
            .min();
        let alone = self.waiting.iter().position(|w| !steps(w));
        let Some(oldest) = oldest_step.filter(|_| alone.is_none() || self.alone_last) else {
            return match alone {
                Some(place) => {
                    self.alone_last = true;
                    Due::Now(vec![self.waiting.remove(place)])
                }
                None => Due::Later(PATIENCE),
            };
        };
        let come = self.waiting.iter().filter(|w| steps(w)).count();
        // Those who were in the last run could not choose before it ended.
        let waited = self.ended.map_or(oldest, |at| at.max(oldest)).elapsed();
        if come < self.writing && waited < PATIENCE {
            return Due::Later(PATIENCE.saturating_sub(waited));
        }
        self.alone_last = false;
        let mut rows = 0;
        let (taken, left) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|w| {
                let own = w.feed.rows.len();
                let fits = steps(w) && (rows == 0 || rows + own <= MAX_ROWS);
                if fits {
                    rows += own;
                }
                fits
            });
        self.waiting = left;
        Due::Now(taken)
    }
}

/// A place at a model for one target at a time.
pub(crate) struct Seat<S: Step = Graph> {
    batch: Arc<Batch<S>>,
    writing: bool,
}

impl<S: Step> Seat<S> {
    pub(crate) fn new(batch: Arc<Batch<S>>) -> Seat<S> {
        Seat {
            batch,
            writing: false,
        }
    }

    /// Another place at the same model.
    pub(crate) fn another(&self) -> Seat<S> {
        Seat::new(Arc::clone(&self.batch))
    }

    /// Runs new pieces, together with those of others if they can be.
    ///
    /// # Errors
    /// [`MtError::Runtime`], [`MtError::Shape`] if the model fails.
    pub(crate) fn feed(&mut self, feed: Feed) -> Result<Fed, MtError> {
        if feed.is_step() && !self.writing {
            self.writing = true;
            self.batch.lock().writing += 1;
        }
        self.batch.feed(feed)
    }

    /// No more pieces come for now: nobody waits for them.
    pub(crate) fn rest(&mut self) {
        if std::mem::take(&mut self.writing) {
            let mut state = self.batch.lock();
            state.writing = state.writing.saturating_sub(1);
            drop(state);
            self.batch.changed.notify_all();
        }
    }
}

impl<S: Step> Drop for Seat<S> {
    fn drop(&mut self) {
        self.rest();
    }
}

#[cfg(test)]
mod tests;
