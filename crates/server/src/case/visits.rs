//! Who comes into a conversation and leaves it.

use tokio::time::Instant;
use tolkebot_protocol::{
    CaseStage, ErrorCode, EventPayload, Role, SUBPROTOCOL, ServerMessage, Speaker,
};

use super::actor::{Actor, Client};
use super::{ClientId, Refusal, Visit};
use crate::citizen;
use crate::outbox::Out;
use crate::socket::OTHER_TABLET;

impl Actor {
    pub(super) fn join(&mut self, visit: &Visit) -> Result<ClientId, Refusal> {
        let Visit { role, outbox, .. } = visit;
        let role = *role;
        let Some(speaker) = role.speaker() else {
            return Err(Refusal {
                code: ErrorCode::NotAllowed,
                message: "only staff and the citizen take part in a conversation".to_owned(),
            });
        };
        if self.goodbye_by.is_some() {
            return Err(Refusal {
                code: ErrorCode::ShuttingDown,
                message: "the server is stopping: try again in a moment".to_owned(),
            });
        }
        if let Some(at) = self.clients.iter().position(|c| c.role == role) {
            let older = self.clients.remove(at);
            self.write_all_typed();
            self.microphone_lost(speaker, older.audio_on);
            self.voice_lost(speaker, older.speaking);
            match visit.paired {
                true => older.outbox.close(ErrorCode::BadTicket, OTHER_TABLET),
                false => older.outbox.close(
                    ErrorCode::Replaced,
                    "this conversation was opened on another screen: use that one",
                ),
            }
        }
        let id = self.next_client;
        self.next_client += 1;
        self.welcome(visit, speaker);
        self.clients.push(Client {
            id,
            role,
            account: visit.account.clone(),
            outbox: outbox.clone(),
            audio_on: false,
            // Whoever comes in during a drain comes back, and is not heard any more than before.
            cut_off: self.draining.as_ref().map(|_| Instant::now()),
            devices: None,
            speaking: None,
        });
        self.empty_since = None;
        self.record(
            role,
            EventPayload::ParticipantJoined {
                role,
                paired: visit.paired,
            },
        );
        self.presence();
        self.tell_devices(id);
        if self.journal.in_trouble() {
            outbox.error(
                ErrorCode::NotSaved,
                "events cannot be stored at the moment; they are kept and tried again",
            );
            for message in self.all_unsaved() {
                outbox.send(&message);
            }
        }
        // Elsewhere people look at the case or correct it: it is opened when somebody speaks.
        let stage = self.journal.view().lifecycle().stage();
        if !self.journal.view().ended()
            && matches!(stage, CaseStage::Open | CaseStage::ReadBack)
            && let Err((code, message)) = self.open_talk()
        {
            outbox.error(code, message);
        }
        Ok(id)
    }

    fn welcome(&self, visit: &Visit, speaker: Speaker) {
        let outbox = &visit.outbox;
        let log = self.journal.told_so_far();
        outbox.send(&ServerMessage::Welcome {
            protocol: SUBPROTOCOL.to_owned(),
            case: self.case.clone(),
            role: visit.role,
            lang: speaker.lang(),
            seq: log.len() as u64,
            resume_ticket: visit.resume_ticket.clone(),
            sound_may_be_kept: self.sound_may_be_kept(),
            authority: self.shared.config.authority.clone(),
            erased_after_days: self.shared.config.retention.at_the_latest(),
            signed_in_for_s: visit.signed_in_for_s,
        });
        // A client that has seen more than there is remembers another log: it gets this one.
        let seen = visit
            .resume_after
            .and_then(|seq| usize::try_from(seq).ok())
            .filter(|seq| *seq <= log.len())
            .unwrap_or(0);
        if seen < log.len() {
            let missed = &log[seen..];
            outbox.push(Out::Replay(match speaker {
                Speaker::Staff => missed.into(),
                Speaker::Citizen => missed.iter().cloned().map(citizen::event).collect(),
            }));
        }
        // What waits to be stored is not shown yet, to nobody.
        let shown = self.shown.to(speaker);
        outbox.push(Out::Text(shown.form.clone()));
        outbox.push(Out::Text(shown.stage.clone()));
    }

    pub(super) fn client_left(&mut self, id: ClientId) {
        let Some(at) = self.clients.iter().position(|c| c.id == id) else {
            return;
        };
        let client = self.clients.remove(at);
        // It may come back, and must see then what of its words arrived.
        self.write_all_typed();
        if let Some(speaker) = client.role.speaker() {
            self.microphone_lost(speaker, client.audio_on);
            self.voice_lost(speaker, client.speaking);
        }
        self.presence();
        if self.clients.is_empty() {
            self.empty_since = Some(Instant::now());
        }
    }

    /// Settles what was heard so far when a client went away without switching its microphone off: what was said
    /// then goes on unheard.
    fn microphone_lost(&self, speaker: Speaker, was_on: bool) {
        if let Some(talk) = self.talk.as_ref().filter(|_| was_on) {
            talk.handle.break_off(speaker);
        }
    }

    fn presence(&self) {
        let count = |role| self.clients.iter().filter(|c| c.role == role).count() as u32;
        let presence = ServerMessage::Presence {
            staff: count(Role::Staff),
            citizen: count(Role::Citizen),
        };
        for client in &self.clients {
            client.outbox.send(&presence);
        }
    }
}
