//! The work queue of one engine: fair between channels, in order within one, newest partial wins.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// Names one microphone: conversation number and channel index.
pub(crate) type ChannelKey = (u64, u8);

/// Work for one engine.
///
/// *Firm* jobs are never dropped and are done in the order of their channel. A channel has at most
/// one *partial* job waiting: a newer one replaces it, and a firm one removes it, because the firm
/// one covers the same sound. Firm work of any channel goes before partial work of every channel,
/// and channels take turns, so that nobody's long speech holds up another conversation.
///
/// A queue *in order* does the firm jobs of a conversation one after the other, in the order in which they came, whatever
/// their channel: a short "ja" must not be written down before the long question that it answers.
pub(crate) struct WorkQueue<J> {
    inner: Mutex<Inner<J>>,
    ready: Condvar,
}

struct Inner<J> {
    channels: BTreeMap<ChannelKey, Channel<J>>,
    last_served: ChannelKey,
    in_order: bool,
    closed: bool,
}

struct Channel<J> {
    firm: VecDeque<(J, Instant)>,
    partial: Option<J>,
    in_flight: bool,
    /// The job in flight is a firm one.
    firm_in_flight: bool,
}

impl<J> WorkQueue<J> {
    pub(crate) fn new() -> Self {
        Self::with_order(false)
    }

    /// A queue that keeps the order of each conversation.
    pub(crate) fn in_order() -> Self {
        Self::with_order(true)
    }

    fn with_order(in_order: bool) -> Self {
        WorkQueue {
            inner: Mutex::new(Inner {
                channels: BTreeMap::new(),
                last_served: (0, 0),
                in_order,
                closed: false,
            }),
            ready: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<J>> {
        // A worker that panicked leaves the queue itself intact: every change below is complete
        // before anything can panic.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a job that must be done.
    pub(crate) fn push_firm(&self, key: ChannelKey, job: J) {
        let mut inner = self.lock();
        let channel = inner.channel(key);
        channel.partial = None;
        channel.firm.push_back((job, Instant::now()));
        drop(inner);
        self.ready.notify_one();
    }

    /// Adds a job that must be done, before those at the channel's end that can wait for it.
    pub(crate) fn push_before(&self, key: ChannelKey, job: J, can_wait: impl Fn(&J) -> bool) {
        let mut inner = self.lock();
        let channel = inner.channel(key);
        channel.partial = None;
        let waiting = channel.firm.iter().rev();
        let behind = waiting.take_while(|(job, _)| can_wait(job)).count();
        let at = channel.firm.len() - behind;
        channel.firm.insert(at, (job, Instant::now()));
        drop(inner);
        self.ready.notify_one();
    }

    /// Adds or replaces the channel's partial job. Ignored while firm work of the channel waits.
    pub(crate) fn offer_partial(&self, key: ChannelKey, job: J) {
        let mut inner = self.lock();
        let channel = inner.channel(key);
        if channel.firm.is_empty() {
            channel.partial = Some(job);
            drop(inner);
            self.ready.notify_one();
        }
    }

    /// True if the channel has a partial job waiting or any job in progress.
    pub(crate) fn is_busy(&self, key: ChannelKey) -> bool {
        let inner = self.lock();
        inner
            .channels
            .get(&key)
            .is_some_and(|c| c.in_flight || c.partial.is_some())
    }

    /// Takes the next job; waits for one. `None` once the queue is closed.
    ///
    /// The channel gets no other job until [`WorkQueue::done`] is called with its key.
    pub(crate) fn pop(&self) -> Option<(ChannelKey, J)> {
        let mut inner = self.lock();
        loop {
            if inner.closed {
                return None;
            }
            if let Some(found) = inner.take() {
                return Some(found);
            }
            inner = self
                .ready
                .wait(inner)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// The job taken for this channel is finished.
    pub(crate) fn done(&self, key: ChannelKey) {
        let mut inner = self.lock();
        if let Some(channel) = inner.channels.get_mut(&key) {
            channel.in_flight = false;
            channel.firm_in_flight = false;
            if channel.firm.is_empty() && channel.partial.is_none() {
                inner.channels.remove(&key);
            }
        }
        drop(inner);
        self.ready.notify_one();
    }

    /// The job taken for this channel is done in part: the rest comes before the channel's other jobs, after a turn of the
    /// other channels.
    pub(crate) fn put_back(&self, key: ChannelKey, rest: J) {
        let mut inner = self.lock();
        let channel = inner.channel(key);
        channel.in_flight = false;
        channel.firm_in_flight = false;
        channel.firm.push_front((rest, Instant::now()));
        drop(inner);
        self.ready.notify_one();
    }

    /// Takes out the channel's firm jobs that wait and are not wanted any more; returns how many there were.
    pub(crate) fn take_out(&self, key: ChannelKey, unwanted: impl Fn(&J) -> bool) -> usize {
        let mut inner = self.lock();
        let Some(channel) = inner.channels.get_mut(&key) else {
            return 0;
        };
        let before = channel.firm.len();
        channel.firm.retain(|(job, _)| !unwanted(job));
        before - channel.firm.len()
    }

    /// Drops all waiting jobs of a conversation and returns how many firm ones there were.
    pub(crate) fn forget(&self, conversation: u64) -> usize {
        let mut inner = self.lock();
        let mut dropped = 0;
        for (key, channel) in &mut inner.channels {
            if key.0 == conversation {
                dropped += channel.firm.len();
                channel.firm.clear();
                channel.partial = None;
            }
        }
        inner
            .channels
            .retain(|key, c| key.0 != conversation || c.in_flight);
        dropped
    }

    /// True if a firm job waits.
    pub(crate) fn has_firm(&self) -> bool {
        self.lock().channels.values().any(|c| !c.firm.is_empty())
    }

    /// How long the oldest firm job has waited, in ms.
    pub(crate) fn oldest_wait_ms(&self) -> u64 {
        let inner = self.lock();
        let oldest = inner
            .channels
            .values()
            .filter_map(|c| c.firm.front())
            .map(|(_, t)| *t)
            .min();
        oldest.map_or(0, |t| t.elapsed().as_millis() as u64)
    }

    /// Wakes all workers and makes [`WorkQueue::pop`] return `None`.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.ready.notify_all();
    }
}

impl<J> Inner<J> {
    fn channel(&mut self, key: ChannelKey) -> &mut Channel<J> {
        self.channels.entry(key).or_insert_with(|| Channel {
            firm: VecDeque::new(),
            partial: None,
            in_flight: false,
            firm_in_flight: false,
        })
    }

    /// Whether another channel of the same conversation has something firm that came earlier.
    fn waits_for_another(&self, key: ChannelKey) -> bool {
        let came = |channel: &Channel<J>| channel.firm.front().map(|(_, at)| *at);
        let own = self.channels.get(&key).and_then(came);
        let of_conversation = self.channels.range((key.0, 0)..=(key.0, u8::MAX));
        let mut others = of_conversation.filter(|(other, _)| **other != key);
        others.any(|(_, other)| {
            other.firm_in_flight || came(other).zip(own).is_some_and(|(their, own)| their < own)
        })
    }

    fn take(&mut self) -> Option<(ChannelKey, J)> {
        let last = self.last_served;
        // Channels after the one served last come first, then the others from the beginning.
        let order: Vec<ChannelKey> = self
            .channels
            .range((std::ops::Bound::Excluded(last), std::ops::Bound::Unbounded))
            .chain(self.channels.range(..=last))
            .map(|(key, _)| *key)
            .collect();
        for firm in [true, false] {
            for key in &order {
                if firm && self.in_order && self.waits_for_another(*key) {
                    continue;
                }
                let Some(channel) = self.channels.get_mut(key) else {
                    continue;
                };
                if channel.in_flight {
                    continue;
                }
                let job = if firm {
                    channel.firm.pop_front().map(|(job, _)| job)
                } else {
                    channel.partial.take()
                };
                if let Some(job) = job {
                    channel.in_flight = true;
                    channel.firm_in_flight = firm;
                    self.last_served = *key;
                    return Some((*key, job));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: ChannelKey = (1, 0);
    const B: ChannelKey = (2, 0);

    fn drain(queue: &WorkQueue<&'static str>, n: usize) -> Vec<&'static str> {
        (0..n)
            .map(|_| {
                let (key, job) = queue.pop().unwrap();
                queue.done(key);
                job
            })
            .collect()
    }

    #[test]
    fn channels_take_turns_and_keep_their_order() {
        let queue = WorkQueue::new();
        for job in ["a1", "a2", "a3"] {
            queue.push_firm(A, job);
        }
        queue.push_firm(B, "b1");
        assert_eq!(drain(&queue, 4), ["a1", "b1", "a2", "a3"]);
    }

    #[test]
    fn a_newer_partial_replaces_the_older_one() {
        let queue = WorkQueue::new();
        queue.offer_partial(A, "old");
        queue.offer_partial(A, "new");
        queue.push_firm(B, "b");
        assert_eq!(drain(&queue, 2), ["b", "new"]);
        queue.close();
        assert!(queue.pop().is_none());
    }

    #[test]
    fn firm_work_removes_the_partial_of_its_channel_only() {
        let queue = WorkQueue::new();
        queue.offer_partial(A, "partial a");
        queue.offer_partial(B, "partial b");
        queue.push_firm(A, "firm a");
        queue.offer_partial(A, "late partial a");
        assert!(queue.has_firm());
        assert_eq!(drain(&queue, 2), ["firm a", "partial b"]);
        assert!(!queue.has_firm());
    }

    #[test]
    fn a_channel_has_one_job_in_progress_at_a_time() {
        let queue = WorkQueue::new();
        queue.push_firm(A, "a1");
        queue.push_firm(A, "a2");
        queue.push_firm(B, "b1");
        let (first, _) = queue.pop().unwrap();
        assert_eq!(first, A);
        let (second, job) = queue.pop().unwrap();
        assert_eq!((second, job), (B, "b1"));
        queue.done(A);
        assert_eq!(queue.pop().unwrap().1, "a2");
    }

    /// Several workers, two people of one conversation: what was said first is written down first.
    #[test]
    fn a_queue_in_order_keeps_the_order_of_a_conversation() {
        const OTHER: ChannelKey = (1, 1);
        let queue = WorkQueue::in_order();
        queue.push_firm(A, "question");
        queue.push_firm(OTHER, "ja");
        queue.push_firm(A, "more");
        queue.offer_partial(OTHER, "never: the firm one covers it");
        queue.push_firm(B, "another conversation");
        assert_eq!(queue.pop().unwrap(), (A, "question"));
        // A second worker leaves "ja" where it is, and serves somebody else meanwhile.
        assert_eq!(queue.pop().unwrap(), (B, "another conversation"));
        assert!(queue.lock().take().is_none());
        queue.done(A);
        assert_eq!(queue.pop().unwrap(), (OTHER, "ja"));
        assert!(queue.lock().take().is_none());
        queue.done(OTHER);
        assert_eq!(queue.pop().unwrap(), (A, "more"));
        // Partials wait for nobody.
        queue.offer_partial(OTHER, "partial");
        assert_eq!(queue.pop().unwrap(), (OTHER, "partial"));
    }

    #[test]
    fn the_rest_of_a_long_job_takes_turns_and_stays_before_what_follows() {
        let queue = WorkQueue::new();
        queue.push_firm(A, "a1");
        queue.push_firm(A, "a2");
        queue.push_firm(B, "b1");
        assert_eq!(queue.pop().unwrap(), (A, "a1"));
        queue.put_back(A, "rest of a1");
        assert_eq!(drain(&queue, 3), ["b1", "rest of a1", "a2"]);
    }

    #[test]
    fn what_can_wait_lets_others_go_first() {
        let queue = WorkQueue::new();
        for job in ["begun", "later 1", "later 2"] {
            queue.push_firm(A, job);
        }
        let later = |job: &&str| job.starts_with("later");
        queue.push_before(A, "answer", later);
        queue.push_before(A, "answer to it", later);
        let order = ["begun", "answer", "answer to it", "later 1", "later 2"];
        assert_eq!(drain(&queue, 5), order);
    }

    #[test]
    fn what_is_taken_out_is_not_done_and_the_rest_keeps_its_order() {
        let queue = WorkQueue::new();
        for job in ["begun", "later 1", "answer", "later 2"] {
            queue.push_firm(A, job);
        }
        queue.push_firm(B, "later b");
        let later = |job: &&str| job.starts_with("later");
        assert_eq!(queue.pop().unwrap(), (A, "begun"));
        assert_eq!(queue.take_out(A, later), 2);
        assert_eq!(queue.take_out(A, later), 0);
        assert_eq!(queue.take_out((3, 0), later), 0);
        queue.done(A);
        assert_eq!(drain(&queue, 2), ["later b", "answer"]);
    }

    #[test]
    fn forgetting_a_conversation_leaves_the_others() {
        let queue = WorkQueue::new();
        queue.push_firm(A, "a1");
        queue.push_firm(B, "b1");
        assert_eq!(queue.forget(1), 1);
        assert_eq!(drain(&queue, 1), ["b1"]);
    }
}
