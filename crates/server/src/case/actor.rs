//! The task that runs one conversation.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tolkebot_casework::{NewEvent, StoreError};
use tolkebot_interpreter::PipeEvent;
use tolkebot_protocol::{
    CaseEvent, CaseId, ErrorCode, EventPayload, MicrophoneState, Role, ServerMessage, Speaker,
    UtteranceId,
};

use super::behind::Lag;
use super::ending::Draining;
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

/// One connected client.
pub(super) struct Client {
    pub id: ClientId,
    pub role: Role,
    pub account: Option<String>,
    pub outbox: Arc<Outbox>,
    /// True between `start_audio` and `end_audio`.
    pub audio_on: bool,
    /// When the conversation switched it off by itself.
    pub cut_off: Option<Instant>,
    /// Microphone and voice, as it said last.
    pub devices: Option<(MicrophoneState, bool)>,
    /// Whether its loudspeaker plays interpreted speech; `None` as long as it does not say.
    pub speaking: Option<bool>,
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
    /// Whose words stand on the screens as unsettled, because they wait to be stored: the newest of each side.
    pub(super) shown_unsaved: HashMap<Speaker, UtteranceId>,
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
            shown_unsaved: HashMap::new(),
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
            // Whatever took the form back, here or elsewhere.
            if !self.in_read_back() {
                self.stop_reading();
            }
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
        // A log in trouble wakes by itself; nobody is waited for then.
        let linger = self.linger_at().filter(|_| self.is_settled());
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

    fn leave(mut self) -> Option<Folded> {
        if let Some(talk) = self.talk.take() {
            talk.handle.close();
        }
        let events = self.journal.unsaved();
        let (code, message) = unsaved::goodbye(events);
        for client in self.clients.drain(..) {
            client.outbox.close(code, message);
        }
        // Not before: whoever finds nobody there takes the conversation for failed.
        self.inbox.close();
        if !self.is_settled() {
            tracing::error!(case = %self.case, events, "stopped before everything could be stored: it is lost");
        }
        self.journal.end()
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
                self.show_no_more_unsaved(&event.payload);
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

    pub(super) fn send(&self, to: Audience, out: &Out) {
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
