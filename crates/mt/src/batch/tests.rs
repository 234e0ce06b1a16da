use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::*;

/// Keeps the sizes of its runs. A row's score is its piece; piece 13 is more than it can take.
struct Counting {
    runs: Arc<Mutex<Vec<usize>>>,
    panics: Arc<AtomicBool>,
}

impl Step for Counting {
    fn run(&mut self, feeds: &[&Feed]) -> Result<Vec<Fed>, MtError> {
        assert!(!self.panics.load(Ordering::SeqCst), "told to");
        self.runs.lock().unwrap().push(feeds.len());
        if feeds.iter().any(|feed| feed.tokens.contains(&13)) {
            return Err(MtError::Shape("thirteen".to_owned()));
        }
        Ok(feeds
            .iter()
            .map(|feed| Fed {
                rows: feed
                    .rows
                    .iter()
                    .map(|row| Row::of_length(row.len() + 1))
                    .collect(),
                scores: feed.tokens.iter().map(|&token| token as f32).collect(),
            })
            .collect())
    }

    fn side_by_side(&self) -> bool {
        true
    }
}

struct Bench {
    batch: Arc<Batch<Counting>>,
    runs: Arc<Mutex<Vec<usize>>>,
    panics: Arc<AtomicBool>,
}

fn bench() -> Bench {
    let runs = Arc::<Mutex<Vec<usize>>>::default();
    let panics = Arc::<AtomicBool>::default();
    let model = Counting {
        runs: Arc::clone(&runs),
        panics: Arc::clone(&panics),
    };
    Bench {
        batch: Arc::new(Batch::new(model)),
        runs,
        panics,
    }
}

fn piece(token: Token) -> Feed {
    Feed {
        rows: vec![Row::of_length(3)],
        tokens: vec![token],
    }
}

fn source() -> Feed {
    Feed {
        rows: vec![Row::default()],
        tokens: vec![1, 2, 3],
    }
}

/// Hands in a piece from another thread and comes back when it lies there.
fn hand_in(batch: &Arc<Batch<Counting>>, feed: Feed) -> thread::JoinHandle<Result<Fed, MtError>> {
    let before = batch.lock().waiting.len();
    let mut seat = Seat::new(Arc::clone(batch));
    // It goes on writing afterwards, as far as the others know.
    let handle = thread::spawn(move || {
        let fed = seat.feed(feed);
        std::mem::forget(seat);
        fed
    });
    while batch.lock().waiting.len() == before && !handle.is_finished() {
        thread::yield_now();
    }
    handle
}

#[test]
fn who_is_alone_waits_for_nobody() {
    let Bench { batch, runs, .. } = bench();
    let mut seat = Seat::new(batch);
    for token in 0..5 {
        assert_eq!(seat.feed(piece(token)).unwrap().scores, [token as f32]);
    }
    assert_eq!(*runs.lock().unwrap(), [1; 5]);
}

#[test]
fn those_who_write_share_a_run() {
    let Bench { batch, runs, .. } = bench();
    // Held, so that nobody runs before all three lie there.
    let model = batch.model.lock().unwrap();
    batch.lock().running = true;
    let waiting: Vec<_> = [4, 5, 6].map(|t| hand_in(&batch, piece(t))).into();
    batch.lock().running = false;
    drop(model);
    batch.changed.notify_all();
    let scores: Vec<f32> = waiting
        .into_iter()
        .flat_map(|w| w.join().unwrap().unwrap().scores)
        .collect();
    assert_eq!(scores, [4.0, 5.0, 6.0], "everybody gets their own");
    assert_eq!(*runs.lock().unwrap(), [3]);
}

#[test]
fn nobody_waits_long_for_one_who_is_slow_nor_at_all_for_one_who_rests() {
    let Bench { batch, runs, .. } = bench();
    let mut slow = Seat::new(Arc::clone(&batch));
    slow.feed(piece(1)).unwrap();
    // It is choosing, and takes its time.
    let mut quick = Seat::new(Arc::clone(&batch));
    assert_eq!(quick.feed(piece(2)).unwrap().scores, [2.0]);
    slow.rest();
    assert_eq!(batch.lock().writing, 1);
    let due = {
        let mut state = batch.lock();
        state.waiting.push(Waiting {
            ticket: 99,
            feed: piece(3),
            since: Instant::now(),
        });
        state.due(true)
    };
    assert!(matches!(due, Due::Now(taken) if taken.len() == 1));
    drop(quick);
    assert_eq!(batch.lock().writing, 0, "who leaves does not write");
    assert_eq!(*runs.lock().unwrap(), [1, 1]);
}

/// Else two who write would run in turn for ever, each during the other's choosing.
#[test]
fn those_of_the_last_run_have_time_to_choose() {
    let Bench { batch, .. } = bench();
    let mut state = batch.lock();
    state.writing = 2;
    state.waiting.push(Waiting {
        ticket: 0,
        feed: piece(3),
        since: Instant::now() - PATIENCE * 4,
    });
    state.ended = Some(Instant::now());
    assert!(matches!(state.due(true), Due::Later(_)));
    state.ended = Some(Instant::now() - PATIENCE * 2);
    assert!(matches!(state.due(true), Due::Now(_)));
}

#[test]
fn a_line_that_fails_takes_no_other_with_it() {
    let Bench { batch, runs, .. } = bench();
    batch.lock().running = true;
    let waiting: Vec<_> = [4, 13, 6].map(|t| hand_in(&batch, piece(t))).into();
    batch.lock().running = false;
    batch.changed.notify_all();
    let fed: Vec<_> = waiting.into_iter().map(|w| w.join().unwrap()).collect();
    assert_eq!(fed[0].as_ref().unwrap().scores, [4.0]);
    assert!(fed[1].is_err());
    assert_eq!(fed[2].as_ref().unwrap().scores, [6.0]);
    assert_eq!(*runs.lock().unwrap(), [3, 1, 1, 1]);
}

#[test]
fn a_model_that_panics_fails_those_in_the_run_and_goes_on() {
    let Bench { batch, panics, .. } = bench();
    panics.store(true, Ordering::SeqCst);
    batch.lock().running = true;
    let waiting: Vec<_> = [4, 5].map(|t| hand_in(&batch, piece(t))).into();
    batch.lock().running = false;
    batch.changed.notify_all();
    let ends: Vec<_> = waiting.into_iter().map(|w| w.join()).collect();
    let panicked = ends.iter().filter(|end| end.is_err()).count();
    let failed = ends.iter().filter(|end| matches!(end, Ok(Err(_)))).count();
    assert_eq!((panicked, failed), (1, 1), "the one who ran it, the other");
    panics.store(false, Ordering::SeqCst);
    let mut seat = Seat::new(batch);
    assert_eq!(seat.feed(piece(7)).unwrap().scores, [7.0]);
}

#[test]
fn reading_and_writing_take_turns() {
    let Bench { batch, .. } = bench();
    let mut state = batch.lock();
    let tokens = [source(), source(), piece(4), piece(5)];
    for (ticket, feed) in tokens.into_iter().enumerate() {
        state.waiting.push(Waiting {
            ticket: ticket as u64,
            feed,
            since: Instant::now(),
        });
    }
    let mut order = Vec::new();
    while let Due::Now(taken) = state.due(true) {
        order.push(taken.iter().map(|w| w.ticket).collect::<Vec<_>>());
    }
    assert_eq!(order, [vec![0], vec![2, 3], vec![1]]);
}

#[test]
fn a_run_holds_only_so_many_rows() {
    let Bench { batch, .. } = bench();
    let mut state = batch.lock();
    for ticket in 0..3 {
        state.waiting.push(Waiting {
            ticket,
            feed: Feed {
                rows: vec![Row::of_length(2); MAX_ROWS / 2],
                tokens: vec![5; MAX_ROWS / 2],
            },
            since: Instant::now(),
        });
    }
    let mut sizes = Vec::new();
    while let Due::Now(taken) = state.due(true) {
        sizes.push(taken.len());
    }
    assert_eq!(sizes, [2, 1]);
}
