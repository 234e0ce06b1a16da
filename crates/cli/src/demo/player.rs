//! Plays a recording into a server over its sockets, as a staff browser and a tablet would.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::sync::mpsc;
use tolkebot_protocol::{
    CaseOpened, ClientMessage, EventPayload, Notice, OpenCase, PairTablet, SAMPLE_RATE,
    ServerMessage, Speaker, TabletPaired, UtteranceId,
};

use super::recording::{RecordedTurn, Recording};
use super::screen::Screen;
use crate::client::{self, Incoming, Receiver, Sender};

/// A microphone's frame: 100 ms.
const FRAME: usize = SAMPLE_RATE as usize / 10;
/// Silence after a turn before it can count as over, so that a pause inside is not the end.
const AFTER_TURN: Duration = Duration::from_millis(1200);
/// A turn in which nothing was recognised is given up after this.
const NOTHING_HEARD: Duration = Duration::from_secs(8);
/// A turn that is not interpreted by then means that the server is stuck.
const STUCK: Duration = Duration::from_secs(90);

/// One interpreted utterance.
#[derive(Debug, Clone)]
pub struct Interpreted {
    pub id: UtteranceId,
    pub speaker: Speaker,
    pub text: String,
    pub translation: Option<String>,
    pub settled_ms: Option<u64>,
    pub translated_ms: Option<u64>,
    pub spoken_ms: Option<u64>,
    /// Interpreted speech: samples per second and PCM16.
    pub sound: (u32, Vec<u8>),
    pub spoken: bool,
}

/// What playing a recording brought.
pub struct Played {
    pub case: String,
    pub cookie: String,
    pub utterances: BTreeMap<u32, Interpreted>,
    /// For each turn: who spoke, and the last utterance before it.
    pub turn_starts: Vec<(Speaker, u32)>,
    pub wall: Duration,
    pub speech: Duration,
}

/// An opened case with a paired tablet.
pub struct OpenedCase {
    staff: CaseOpened,
    tablet: TabletPaired,
    /// The cookie by which the server knows the browser that opened the case.
    cookie: String,
}

/// Opens a case and pairs a tablet.
pub async fn open_case(base: &str, today: &str) -> Result<OpenedCase> {
    let base = base.to_owned();
    let today = today.to_owned();
    tokio::task::spawn_blocking(move || {
        let body = OpenCase { today: Some(today) };
        let (staff, cookie): (CaseOpened, _) = post(&base, "/api/cases", &body)?;
        let code = staff.pairing.code.clone();
        let (tablet, _) = post(&base, "/api/pair", &PairTablet { code })?;
        Ok(OpenedCase {
            staff,
            tablet,
            cookie,
        })
    })
    .await?
}

/// Posts JSON; returns the answer and the cookie that came with it.
fn post<T: serde::de::DeserializeOwned>(
    base: &str,
    path: &str,
    body: &impl serde::Serialize,
) -> Result<(T, String)> {
    let url = format!("{base}{path}");
    let mut answer = ureq::post(&url)
        .header("Content-Type", "application/json")
        .send(serde_json::to_string(body)?.as_str())
        .with_context(|| format!("POST {url} failed"))?;
    let cookie = answer
        .headers()
        .get("set-cookie")
        .and_then(|value| value.to_str().ok());
    let cookie = cookie
        .and_then(|value| value.split(';').next())
        .unwrap_or_default()
        .to_owned();
    let text = answer.body_mut().read_to_string()?;
    let parsed =
        serde_json::from_str(&text).with_context(|| format!("unexpected answer from {url}"))?;
    Ok((parsed, cookie))
}

/// Plays the first `turns` turns of a recording and shows what happens.
pub async fn play(
    base: &str,
    recording: &Recording,
    turns: usize,
    typed: bool,
    screen: &mut Screen,
) -> Result<Played> {
    let opened = open_case(base, &recording.today).await?;
    let socket = format!("{}/api/ws", base.replacen("http", "ws", 1));
    let (incoming, mut inbox) = mpsc::channel(1024);
    let mut microphones = Vec::new();
    for (speaker, ticket) in [
        (Speaker::Staff, &opened.staff.ticket),
        (Speaker::Citizen, &opened.tablet.ticket),
    ] {
        let (mut sender, receiver) = client::connect(&socket, ticket).await?;
        for notice in [Notice::AiDisclosure, Notice::Processing] {
            sender
                .send(&ClientMessage::Consent {
                    notice,
                    accepted: true,
                })
                .await?;
        }
        sender
            .send(&ClientMessage::StartAudio {
                sample_rate: SAMPLE_RATE,
            })
            .await?;
        tokio::spawn(forward(speaker, receiver, incoming.clone()));
        microphones.push(Microphone::start(sender));
    }
    drop(incoming);

    let started = Instant::now();
    let mut state = State {
        played: Played {
            case: opened.staff.case.to_string(),
            cookie: opened.cookie,
            utterances: BTreeMap::new(),
            turn_starts: Vec::new(),
            wall: Duration::ZERO,
            speech: Duration::ZERO,
        },
        speaking: [false; 2],
        last_event: Instant::now(),
        sound_of: [None; 2],
        told: BTreeSet::new(),
    };
    for turn in recording.turns.iter().take(turns) {
        let microphone = &microphones[index(turn.speaker)];
        let (length, input) = if typed {
            (Duration::ZERO, Input::Text(turn.text.clone()))
        } else {
            let sound = recording.sound(turn)?;
            let length = sound.len() as f64 / f64::from(SAMPLE_RATE);
            (Duration::from_secs_f64(length), Input::Sound(sound))
        };
        screen.turn(turn);
        let before = state
            .played
            .utterances
            .keys()
            .next_back()
            .copied()
            .unwrap_or(0);
        state.played.turn_starts.push((turn.speaker, before));
        state.played.speech += length;
        microphone.give(input).await?;
        play_turn(&mut state, turn, length, before, &mut inbox, screen).await?;
    }
    for microphone in microphones {
        microphone.stop().await;
    }
    state.played.wall = started.elapsed();
    Ok(state.played)
}

fn index(speaker: Speaker) -> usize {
    match speaker {
        Speaker::Staff => 0,
        Speaker::Citizen => 1,
    }
}

struct State {
    played: Played,
    /// Whether unsettled words of the speaker are on the screen.
    speaking: [bool; 2],
    last_event: Instant,
    /// The utterance that the next binary frame of this client belongs to.
    sound_of: [Option<UtteranceId>; 2],
    /// Events that a client received.
    told: BTreeSet<u64>,
}

/// Waits until everything that was said in a turn of this length is interpreted. `before`: the last
/// utterance before the turn.
async fn play_turn(
    state: &mut State,
    turn: &RecordedTurn,
    length: Duration,
    before: u32,
    inbox: &mut mpsc::Receiver<(Speaker, Result<Option<Incoming>>)>,
    screen: &mut Screen,
) -> Result<()> {
    let begun = Instant::now();
    loop {
        let over = begun.elapsed() > length + AFTER_TURN
            && state.last_event.elapsed() > Duration::from_millis(300)
            && state.is_interpreted(turn.speaker, before);
        let nothing = begun.elapsed() > length + NOTHING_HEARD
            && !state.speaking[index(turn.speaker)]
            && !state.has_utterance(turn.speaker, before);
        if over || nothing {
            return Ok(());
        }
        if begun.elapsed() > length + STUCK {
            bail!(
                "turn {} was not interpreted within {} s",
                turn.n,
                STUCK.as_secs()
            );
        }
        match tokio::time::timeout(Duration::from_millis(100), inbox.recv()).await {
            Err(_) => {}
            Ok(None) => bail!("the server closed both connections"),
            Ok(Some((client, incoming))) => match incoming? {
                None => bail!("the server closed the {client:?} connection"),
                Some(incoming) => state.handle(client, incoming, screen)?,
            },
        }
    }
}

impl State {
    fn of_turn(&self, speaker: Speaker, before: u32) -> impl Iterator<Item = &Interpreted> {
        let later = self.played.utterances.range(before + 1..).map(|(_, u)| u);
        later.filter(move |u| u.speaker == speaker)
    }

    fn has_utterance(&self, speaker: Speaker, before: u32) -> bool {
        self.of_turn(speaker, before).next().is_some()
    }

    /// Whether everything heard since utterance `before` is translated and spoken.
    fn is_interpreted(&self, speaker: Speaker, before: u32) -> bool {
        !self.speaking[index(speaker)]
            && self.has_utterance(speaker, before)
            && self.of_turn(speaker, before).all(|u| match &u.translation {
                Some(text) => u.spoken || text.is_empty(),
                None => false,
            })
    }

    fn handle(&mut self, client: Speaker, incoming: Incoming, screen: &mut Screen) -> Result<()> {
        let message = match incoming {
            Incoming::Sound(bytes) => {
                if let Some(id) = self.sound_of[index(client)]
                    && let Some(utterance) = self.played.utterances.get_mut(&id.0)
                {
                    utterance.sound.1.extend_from_slice(&bytes);
                }
                return Ok(());
            }
            Incoming::Message(message) => *message,
        };
        if let ServerMessage::Event(event) = &message
            && self.told.insert(event.seq)
        {
            screen.event(&self.played.case, event);
        }
        // Interpreted speech comes to the listener's client; everything else comes to both, and the
        // staff client's copy is used.
        match message {
            ServerMessage::Speech {
                utterance,
                sample_rate,
                last,
                ..
            } => {
                self.sound_of[index(client)] = Some(utterance);
                if let Some(interpreted) = self.played.utterances.get_mut(&utterance.0) {
                    interpreted.sound.0 = sample_rate;
                    interpreted.spoken |= last;
                }
                self.last_event = Instant::now();
            }
            ServerMessage::Error {
                code,
                message,
                fatal,
                ..
            } => {
                screen.trouble(&format!("{code:?}: {message}"));
                if fatal {
                    bail!("the server gave up: {message}");
                }
            }
            _ if client == Speaker::Citizen => {}
            ServerMessage::Partial {
                speaker,
                text,
                settled_chars,
                ..
            } => {
                self.speaking[index(speaker)] = !text.is_empty();
                self.last_event = Instant::now();
                screen.partial(speaker, &text, settled_chars as usize);
            }
            // A terminal has one line for what is still being said; the browser shows both.
            ServerMessage::Draft { .. } => self.last_event = Instant::now(),
            ServerMessage::Event(event) => {
                self.last_event = Instant::now();
                self.event(event.payload, screen);
            }
            ServerMessage::Form(form) => screen.form(&form),
            ServerMessage::Timing {
                utterance,
                settled_ms,
                translated_ms,
                spoken_ms,
            } => {
                if let Some(interpreted) = self.played.utterances.get_mut(&utterance.0) {
                    interpreted.settled_ms = Some(settled_ms);
                    interpreted.translated_ms = Some(translated_ms);
                    interpreted.spoken_ms = spoken_ms.or(interpreted.spoken_ms);
                }
            }
            ServerMessage::Welcome { .. }
            | ServerMessage::Presence { .. }
            | ServerMessage::Devices { .. }
            | ServerMessage::Behind { .. }
            | ServerMessage::TextTaken { .. }
            | ServerMessage::Stage(_) => {}
        }
        Ok(())
    }

    fn event(&mut self, payload: EventPayload, screen: &mut Screen) {
        match payload {
            EventPayload::UtteranceSettled(u) => {
                self.speaking[index(u.speaker)] = false;
                screen.settled(u.speaker, &u.text);
                let interpreted = Interpreted {
                    id: u.id,
                    speaker: u.speaker,
                    text: u.text,
                    translation: None,
                    settled_ms: None,
                    translated_ms: None,
                    spoken_ms: None,
                    sound: (0, Vec::new()),
                    spoken: false,
                };
                self.played.utterances.insert(u.id.0, interpreted);
            }
            EventPayload::TranslationSettled {
                utterance,
                text,
                warnings,
                ..
            } => {
                if let Some(interpreted) = self.played.utterances.get_mut(&utterance.0) {
                    screen.translated(interpreted.speaker, &text, &warnings);
                    interpreted.translation = Some(text);
                }
            }
            _ => {}
        }
    }
}

async fn forward(
    speaker: Speaker,
    mut receiver: Receiver,
    inbox: mpsc::Sender<(Speaker, Result<Option<Incoming>>)>,
) {
    loop {
        let incoming = receiver.next().await;
        let ended = !matches!(incoming, Ok(Some(_)));
        if inbox.send((speaker, incoming)).await.is_err() || ended {
            return;
        }
    }
}

/// What a client is given to say.
enum Input {
    /// 16 kHz mono.
    Sound(Vec<f32>),
    /// Typed instead of spoken.
    Text(String),
}

/// A microphone that is always on: sends what is said, in real time, and silence otherwise.
struct Microphone {
    inputs: mpsc::Sender<Input>,
    task: tokio::task::JoinHandle<()>,
}

impl Microphone {
    fn start(mut sender: Sender) -> Self {
        let (inputs, mut wanted) = mpsc::channel(1);
        let task = tokio::spawn(async move {
            let mut tick = tokio::time::interval(Duration::from_millis(100));
            let mut sound = Vec::new();
            let mut position = 0;
            loop {
                tick.tick().await;
                if position >= sound.len() {
                    match wanted.try_recv() {
                        Ok(Input::Sound(next)) => (sound, position) = (next, 0),
                        Ok(Input::Text(text)) => {
                            if sender
                                .send(&ClientMessage::TypeText { text, id: None })
                                .await
                                .is_err()
                            {
                                return;
                            }
                        }
                        Err(mpsc::error::TryRecvError::Empty) => {}
                        Err(mpsc::error::TryRecvError::Disconnected) => break,
                    }
                }
                let end = (position + FRAME).min(sound.len());
                let mut frame = sound[position.min(end)..end].to_vec();
                frame.resize(FRAME, 0.0);
                position = end;
                if sender.send_sound(&frame).await.is_err() {
                    return;
                }
            }
            let _ = sender.send(&ClientMessage::EndAudio {}).await;
            sender.close().await;
        });
        Microphone { inputs, task }
    }

    /// Says or types something, after what it was given before.
    async fn give(&self, input: Input) -> Result<()> {
        self.inputs
            .send(input)
            .await
            .ok()
            .context("the client's connection broke")
    }

    async fn stop(self) {
        drop(self.inputs);
        let _ = self.task.await;
    }
}
