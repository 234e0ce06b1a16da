//! The task that runs one conversation.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tolkebot_casework::{NewEvent, StoreError};
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{
    CaseEvent, CaseId, ErrorCode, EventPayload, MicrophoneState, Role, ServerMessage, Speaker,
};

use super::behind::Lag;
use super::journal::{Journal, Told};
use super::keeper::{Keeper, KeeperTold};
use super::paper::Shown;
use super::resting::Folded;
use super::sounds::Sounds;
use super::talk::Talk;
use super::unsaved::{self, Standing};
use super::waiting::Waiting;
use super::{ClientId, LoadError, Refusal, Request, rest, wake};
use crate::citizen;
use crate::metrics::add;
use crate::outbox::{Out, Outbox};
use crate::state::Shared;

/// What is told to clients before their sockets get a turn.
const MOST_AT_ONCE: u32 = 32;
/// How long a stopping server waits for the log to take the last events.
const LAST_APPEND: Duration = Duration::from_secs(5);

/// One connected client.
pub(super) struct Client {
    pub id: ClientId,
    pub role: Role,
    pub account: Option<String>,
    pub outbox: Arc<Outbox>,
    /// True between `start_audio` and `end_audio`.
    pub audio_on: bool,
    /// Microphone and voice, as it said last.
    pub devices: Option<(MicrophoneState, bool)>,
}

/// Something to send, in order with the events.
pub(super) struct Delivery {
    pub to: Audience,
    pub out: Out,
}

/// Whom a delivery is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Audience {
    All,
    Side(Speaker),
}

/// The conversation listens no more and waits for what is still in the pipe.
pub(super) struct Draining {
    /// Channels that still have something in the pipe.
    pub waiting: Vec<Speaker>,
    pub deadline: Instant,
    /// Words are waited for longer than speech, until then.
    pub words_by: Instant,
    /// Record the end of the conversation then.
    pub ends_conversation: bool,
    /// A read-back was given meanwhile: read it out then.
    pub then_read: bool,
}

/// How many times longer than for speech a conversation's end waits for words: what was said must not be lost
/// because the machine is behind.
const WORDS_PATIENCE: u32 = 6;

/// One conversation.
pub(super) struct Actor {
    pub shared: Arc<Shared>,
    pub case: CaseId,
    pub journal: Journal<Delivery>,
    pub clients: Vec<Client>,
    pub talk: Option<Talk>,
    pub sounds: Sounds,
    pub keeper: Keeper,
    pub draining: Option<Draining>,
    pub lag: Lag,
    pub(super) waiting: Waiting,
    /// When the citizen last asked for a human interpreter.
    pub(super) human_asked_at: Option<jiff::Timestamp>,
    /// The form and the stage as each side's screens show them.
    pub(super) shown: Shown,
    inbox: mpsc::Receiver<Request>,
    stopping: watch::Receiver<bool>,
    standing: Standing,
    pub(super) next_client: ClientId,
    pub(super) empty_since: Option<Instant>,
    /// Set while the server stops: when the clients are told at the latest.
    pub(super) goodbye_by: Option<Instant>,
}

/// Runs a case's conversation until everybody has left or the server stops.
pub(super) async fn run(shared: Arc<Shared>, case: CaseId, mut inbox: mpsc::Receiver<Request>) {
    let _alive = shared.alive.upgrade();
    match wake(&shared, &case).await {
        Ok(folded) => {
            let actor = Actor::new(shared.clone(), case.clone(), inbox, folded);
            if let Some(folded) = actor.run().await {
                rest(&shared, folded);
            }
        }
        Err(error) => {
            let refusal = refusal(&error);
            inbox.close();
            while let Some(request) = inbox.recv().await {
                if let Request::Join { reply, .. } = request {
                    let _ = reply.send(Err(refusal.clone()));
                }
            }
        }
    }
    shared.cases.remove_closed(&case);
}

fn refusal(error: &LoadError) -> Refusal {
    let code = match error {
        LoadError::Fold(_) | LoadError::Store(StoreError::Erased(_)) => ErrorCode::BadTicket,
        LoadError::Store(_) | LoadError::Stopped => ErrorCode::NotSaved,
    };
    tracing::error!(%error, "a case cannot be loaded");
    Refusal {
        code,
        message: error.to_string(),
    }
}

enum Step {
    Request(Option<Request>),
    Pipe(Option<PipeEvent>),
    Journal(Told<Delivery>),
    Keeper(KeeperTold),
    Stop,
    Time,
}

impl Actor {
    fn new(
        shared: Arc<Shared>,
        case: CaseId,
        inbox: mpsc::Receiver<Request>,
        folded: Folded,
    ) -> Actor {
        let per_s = shared.config.limits.saves_per_s;
        let mut actor = Actor {
            journal: Journal::new(shared.store.clone(), folded, per_s),
            shown: Shown::default(),
            keeper: Keeper::new(&shared, &case),
            sounds: Sounds::new(shared.config.limits.speech_cache_bytes as usize),
            stopping: shared.stopping.clone(),
            standing: Standing::new(&shared.metrics),
            clients: Vec::new(),
            talk: None,
            draining: None,
            lag: Lag::default(),
            waiting: Waiting::default(),
            human_asked_at: None,
            next_client: 1,
            empty_since: Some(Instant::now()),
            goodbye_by: None,
            shared,
            case,
            inbox,
        };
        actor.shown = actor.show();
        actor.resume_sound();
        actor
    }

    /// Runs to the end; returns the case as it is then, if all of it is stored.
    async fn run(mut self) -> Option<Folded> {
        let mut told_at_once = 0;
        loop {
            // What was written together comes out together: the sockets must get a turn in between, or
            // clients that read would seem slow.
            if told_at_once >= MOST_AT_ONCE {
                told_at_once = 0;
                tokio::task::yield_now().await;
            }
            let wake = self.wake_at();
            let step = tokio::select! {
                request = self.inbox.recv() => Step::Request(request),
                event = next_event(&mut self.talk) => Step::Pipe(event),
                told = self.journal.next() => Step::Journal(told),
                told = self.keeper.next() => Step::Keeper(told),
                () = stopped(&mut self.stopping), if self.goodbye_by.is_none() => Step::Stop,
                () = sleep_until(wake.unwrap_or_else(Instant::now)), if wake.is_some() => Step::Time,
            };
            match step {
                Step::Request(Some(request)) => self.request(request),
                Step::Request(None) => break,
                Step::Pipe(Some(event)) => self.pipe_event(event),
                Step::Pipe(None) => self.pipe_broke(),
                Step::Journal(told) => {
                    told_at_once += 1;
                    self.told(told);
                }
                Step::Keeper(told) => self.keeper_told(told),
                Step::Stop => self.stop(),
                Step::Time => {
                    self.drained_or_late();
                    self.tell_behind();
                }
            }
            self.write_typed();
            let waiting = self.journal.unsaved();
            self.standing.set(self.journal.in_trouble(), waiting);
            if self.is_over() {
                break;
            }
        }
        self.leave()
    }

    /// When something is due although nothing happens.
    fn wake_at(&self) -> Option<Instant> {
        let draining = self.draining.as_ref().map(|d| d.deadline);
        let linger = self.empty_since.map(|since| {
            since + Duration::from_secs(u64::from(self.shared.config.timeouts.linger_s))
        });
        // A log in trouble wakes by itself; nobody is waited for then.
        let linger = linger.filter(|_| self.is_settled());
        let behind = self.lag.look_at();
        [
            draining,
            linger,
            behind,
            self.goodbye_by,
            self.waiting.wake_at(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn is_over(&self) -> bool {
        let now = Instant::now();
        if let Some(by) = self.goodbye_by {
            let quiet = self.draining.is_none() && self.is_settled();
            return quiet || now >= by;
        }
        let linger = Duration::from_secs(u64::from(self.shared.config.timeouts.linger_s));
        self.empty_since.is_some_and(|since| now >= since + linger) && self.is_settled()
    }

    /// True if nothing waits to be written down or stored.
    fn is_settled(&self) -> bool {
        self.journal.is_settled() && self.keeper.is_idle() && self.waiting.is_empty()
    }

    fn leave(mut self) -> Option<Folded> {
        self.inbox.close();
        if let Some(talk) = self.talk.take() {
            talk.handle.close();
        }
        let events = self.journal.unsaved();
        let (code, message) = unsaved::goodbye(events);
        for client in self.clients.drain(..) {
            client.outbox.close(code, message);
        }
        if !self.is_settled() {
            tracing::error!(case = %self.case, events, "stopped before everything could be stored: it is lost");
        }
        self.journal.end()
    }

    fn stop(&mut self) {
        let drain = Duration::from_secs(u64::from(self.shared.config.timeouts.drain_s));
        self.goodbye_by = Some(Instant::now() + drain + LAST_APPEND);
        if self.draining.is_none() {
            self.drain(false);
        }
    }

    /// Listens no more; what is in the pipe comes out until a deadline.
    pub(super) fn drain(&mut self, ends_conversation: bool) {
        self.write_all_typed();
        for client in &mut self.clients {
            client.audio_on = false;
        }
        let mut waiting = Vec::new();
        if let Some(talk) = &self.talk {
            for speaker in [Speaker::Staff, Speaker::Citizen] {
                talk.handle.end_speech(speaker);
                waiting.push(speaker);
            }
        }
        let drain = Duration::from_secs(u64::from(self.shared.config.timeouts.drain_s));
        self.draining = Some(Draining {
            waiting,
            deadline: Instant::now() + drain,
            // A stop has its own time, and what is in the log goes on after it.
            words_by: Instant::now() + drain * if ends_conversation { WORDS_PATIENCE } else { 1 },
            ends_conversation,
            then_read: false,
        });
        self.drained_or_late();
    }

    /// Goes on when the pipe is empty, or has had its time.
    pub(super) fn drained_or_late(&mut self) {
        let now = Instant::now();
        let words_wait = self.talk.as_ref().is_some_and(|t| t.handle.words_wait());
        let Some(draining) = &mut self.draining else {
            return;
        };
        if !draining.waiting.is_empty() {
            if now < draining.deadline {
                return;
            }
            if words_wait && now < draining.words_by {
                draining.deadline = draining.words_by.min(now + Duration::from_millis(500));
                return;
            }
        }
        let lost = words_wait && !draining.waiting.is_empty();
        let Some(draining) = self.draining.take() else {
            return;
        };
        if lost {
            tracing::warn!(case = %self.case, "the last words were not recognised in time");
            self.trouble(
                ErrorCode::EngineFailed,
                "the last words that were said could not be written down in time: ask what they were, and type them into the form",
            );
        }
        if let Some(talk) = self.talk.take() {
            talk.handle.close();
            self.sounds.forget_incomplete();
        }
        if draining.ends_conversation {
            self.record(Role::Staff, EventPayload::ConversationEnded {});
            if draining.then_read
                && self.in_read_back()
                && let Err((code, message)) = self.read_aloud()
            {
                self.trouble(code, &message);
            }
        }
    }

    fn request(&mut self, request: Request) {
        match request {
            Request::Join { visit, reply } => {
                let _ = reply.send(self.join(&visit));
            }
            Request::LookAgain => self.journal.look_again(),
            Request::Leave(id) => self.client_left(id),
            Request::Message(id, message) => {
                add(&self.shared.metrics.messages, 1);
                self.message(id, message);
            }
            Request::Audio(id, samples) => self.audio(id, &samples),
        }
    }

    /// Settles what was said so far when a microphone goes away.
    pub(super) fn microphone_off(&self, speaker: Speaker, was_on: bool) {
        if let Some(talk) = self.talk.as_ref().filter(|_| was_on) {
            talk.handle.end_speech(speaker);
        }
    }

    /// Records an event with the present time.
    pub(super) fn record(&mut self, actor: Role, payload: EventPayload) {
        let at = self.shared.clock.now();
        let event = NewEvent { at, actor, payload };
        if self.journal.in_trouble() {
            self.show_unsaved(&event);
        }
        self.journal.record(event);
    }

    /// Sends a message to all, in order with the events.
    pub(super) fn tell_all(&mut self, message: &ServerMessage) {
        self.journal.deliver(Delivery {
            to: Audience::All,
            out: Out::message(message),
        });
    }

    /// Tells all of trouble.
    pub(super) fn trouble(&self, code: ErrorCode, message: &str) {
        for client in &self.clients {
            client.outbox.error(code, message);
        }
    }

    fn told(&mut self, told: Told<Delivery>) {
        let metrics = &self.shared.metrics;
        match told {
            Told::Appended(event) => {
                add(&metrics.events_appended, 1);
                self.sound_follows(&event);
                self.send_event(event);
            }
            Told::FormChanged => {
                let shown = self.show();
                for side in [Speaker::Staff, Speaker::Citizen] {
                    let (now, before) = (shown.to(side), self.shown.to(side));
                    if now.form != before.form {
                        self.send(Audience::Side(side), &Out::Text(now.form.clone()));
                    }
                    if now.stage != before.stage {
                        self.send(Audience::Side(side), &Out::Text(now.stage.clone()));
                    }
                }
                self.shown = shown;
                self.expect();
            }
            Told::Deliver(delivery) => self.send(delivery.to, &delivery.out),
            Told::NotSaved(reason) => {
                add(&metrics.append_failures, 1);
                tracing::error!(case = %self.case, %reason, "events cannot be stored");
                self.trouble(
                    ErrorCode::NotSaved,
                    "events cannot be stored at the moment; they are kept and tried again: tell \
                     whoever runs this server",
                );
                self.show_all_unsaved();
            }
            // At the level of the failure's end: whoever saw that must see this without asking.
            Told::SavedAgain { events, after } => tracing::warn!(
                case = %self.case, events, seconds = after.as_secs(), "events are stored again"
            ),
            Told::Erased => {
                self.keeper.forget();
                for client in self.clients.drain(..) {
                    client
                        .outbox
                        .close(ErrorCode::NotAllowed, "the case was erased: open a new one");
                }
                if let Some(talk) = self.talk.take() {
                    talk.handle.close();
                }
                self.goodbye_by = Some(Instant::now());
            }
            Told::Dropped(reason) => {
                add(&metrics.append_failures, 1);
                tracing::error!(case = %self.case, %reason, "an event was dropped");
                self.trouble(ErrorCode::NotSaved, &reason);
            }
        }
    }

    /// Shows an event to each side as it may see it.
    fn send_event(&self, event: CaseEvent) {
        let citizens = citizen::event(event.clone());
        let all = citizens == event;
        let to = if all {
            Audience::All
        } else {
            let out = Out::message(&ServerMessage::Event(citizens));
            self.send(Audience::Side(Speaker::Citizen), &out);
            Audience::Side(Speaker::Staff)
        };
        self.send(to, &Out::message(&ServerMessage::Event(event)));
    }

    fn send(&self, to: Audience, out: &Out) {
        for client in &self.clients {
            let meant = match to {
                Audience::All => true,
                Audience::Side(speaker) => client.role.speaker() == Some(speaker),
            };
            if meant {
                client.outbox.push(out.clone());
            }
        }
    }
}

async fn next_event(talk: &mut Option<Talk>) -> Option<PipeEvent> {
    match talk {
        Some(talk) => talk.events.recv().await,
        None => std::future::pending().await,
    }
}

async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, which is a stop too.
    let _ = stopping.wait_for(|stop| *stop).await;
}
