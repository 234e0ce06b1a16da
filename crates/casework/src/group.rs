//! Group commit: appends that wait while a sync runs share the next one.
//!
//! A sync of the disk takes longer than everything else about an append. Whoever comes while nobody
//! writes, writes at once, for everybody who waits; whoever comes meanwhile waits for the next turn.
//! So one writer alone is as fast as before, and many writers need one sync together instead of one
//! each. No thread of its own: nothing to start, to stop or to lose.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use tolkebot_protocol::CaseId;

use crate::{NewEvent, StoreError, StoredEvent};

/// Appends of one transaction: more would make the first of them wait for too much work.
const MOST: usize = 64;
/// Appends that may wait; whoever comes then waits with its events in its own hands.
const WAITING: usize = 1024;

/// An append that waits for its turn.
#[derive(Debug, Clone)]
pub(crate) struct Append {
    pub case: CaseId,
    /// The newest event that the caller knows.
    pub expected: u64,
    pub events: Vec<NewEvent>,
}

/// What became of an append.
pub(crate) type Appended = Result<Vec<StoredEvent>, StoreError>;

/// Whoever waits, and what became of those who did.
#[derive(Debug, Default)]
pub(crate) struct Group {
    state: Mutex<State>,
    turn: Condvar,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    /// In the order in which they came.
    waiting: Vec<(u64, Append)>,
    /// `None`: the writer failed before it could say.
    done: HashMap<u64, Option<Appended>>,
    /// Somebody is writing.
    busy: bool,
}

impl Group {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody writes, and how many wait.
    #[cfg(test)]
    pub fn standing(&self) -> (bool, usize) {
        let state = self.state();
        (state.busy, state.waiting.len())
    }

    /// Appends, together with whoever waits. `write` is called with the appends of one transaction, in
    /// order, and says what became of each; it returns once that is durable. Returns what became
    /// of `one`; `None` if the thread that wrote it panicked, so that nobody knows.
    pub fn append(
        &self,
        one: Append,
        mut write: impl FnMut(Vec<Append>) -> Vec<Appended>,
    ) -> Option<Appended> {
        let full = |state: &mut State| state.waiting.len() >= WAITING;
        // Those who wait write, and wake everybody when they have.
        let mut state = self
            .turn
            .wait_while(self.state(), full)
            .unwrap_or_else(PoisonError::into_inner);
        let number = state.next;
        state.next += 1;
        state.waiting.push((number, one));
        loop {
            if let Some(done) = state.done.remove(&number) {
                return done;
            }
            if state.busy {
                state = self
                    .turn
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.busy = true;
            let count = state.waiting.len().min(MOST);
            let (numbers, group) = state.waiting.drain(..count).unzip();
            drop(state);
            let mut turn = Turn {
                group: self,
                numbers,
                done: Vec::new(),
            };
            turn.done = write(group);
            drop(turn);
            state = self.state();
        }
    }
}

/// A writer's turn. When it ends, however it ends, everybody in it is told and the next may write.
struct Turn<'a> {
    group: &'a Group,
    numbers: Vec<u64>,
    done: Vec<Appended>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.group.state();
        state.busy = false;
        let mut done = self.done.drain(..);
        for number in self.numbers.drain(..) {
            state.done.insert(number, done.next());
        }
        drop(state);
        self.group.turn.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::thread::JoinHandle;

    use super::*;

    /// Writers whose turns are let through one by one; each turn says which appends it holds.
    struct Gate {
        group: Arc<Group>,
        turns: Receiver<(Vec<u64>, Sender<()>)>,
        ask: Sender<(Vec<u64>, Sender<()>)>,
    }

    impl Gate {
        fn new() -> Gate {
            let (ask, turns) = channel();
            Gate {
                group: Arc::default(),
                turns,
                ask,
            }
        }

        /// Starts an append of `expected` and returns once it waits or writes.
        fn start(&self, expected: u64) -> JoinHandle<Option<Appended>> {
            let (group, ask) = (self.group.clone(), self.ask.clone());
            let before = self.group.state().next;
            let one = Append {
                case: CaseId("a".into()),
                expected,
                events: Vec::new(),
            };
            let thread = std::thread::spawn(move || {
                group.append(one, |turn| {
                    let (go, wait) = channel();
                    ask.send((turn.iter().map(|one| one.expected).collect(), go))
                        .unwrap();
                    wait.recv().expect("told to fail");
                    turn.into_iter().map(refused).collect()
                })
            });
            while self.group.state().next == before {
                std::thread::yield_now();
            }
            thread
        }
    }

    /// Something that names the append.
    fn refused(one: Append) -> Appended {
        Err(StoreError::BadCaseId(one.expected.to_string()))
    }

    fn name(done: Option<Appended>) -> String {
        match done {
            Some(Err(StoreError::BadCaseId(name))) => name,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn whoever_waits_shares_the_next_turn_in_order_and_gets_its_own_answer() {
        let gate = Gate::new();
        let mut threads = vec![gate.start(0)];
        let (first, go) = gate.turns.recv().unwrap();
        assert_eq!(first, [0], "nobody waits for others to come");
        threads.extend((1..=100).map(|n| gate.start(n)));
        go.send(()).unwrap();
        let (second, go) = gate.turns.recv().unwrap();
        assert_eq!(second, (1..=MOST as u64).collect::<Vec<_>>());
        go.send(()).unwrap();
        let (third, go) = gate.turns.recv().unwrap();
        assert_eq!(third, (MOST as u64 + 1..=100).collect::<Vec<_>>());
        go.send(()).unwrap();
        for (n, thread) in threads.into_iter().enumerate() {
            assert_eq!(name(thread.join().unwrap()), n.to_string());
        }
        let state = gate.group.state();
        assert!(state.done.is_empty() && state.waiting.is_empty() && !state.busy);
    }

    #[test]
    fn a_writer_that_fails_leaves_nobody_waiting() {
        let gate = Gate::new();
        let first = gate.start(0);
        let (_, go) = gate.turns.recv().unwrap();
        let (second, third) = (gate.start(1), gate.start(2));
        drop(go);
        assert!(first.join().is_err(), "the one who wrote panicked");
        let (turn, go) = gate.turns.recv().unwrap();
        assert_eq!(turn, [1, 2]);
        // Whichever of the two writes panics; the other is told that nobody knows.
        drop(go);
        let mut ends = [second.join().ok(), third.join().ok()];
        ends.sort_by_key(Option::is_some);
        assert!(matches!(ends, [None, Some(None)]), "{ends:?}");
        let last = gate.start(3);
        gate.turns.recv().unwrap().1.send(()).unwrap();
        assert_eq!(name(last.join().unwrap()), "3");
    }
}
