//! What the screens' microphones and loudspeakers do: each side is told of the other's, and the interpreter when they
//! speak.

use tolkebot_protocol::{MicrophoneState, Role, ServerMessage, Speaker};

use super::ClientId;
use super::actor::Actor;

impl Actor {
    pub(super) fn devices(&mut self, id: ClientId, microphone: MicrophoneState, voice: bool) {
        let Some(client) = self.clients.iter_mut().find(|c| c.id == id) else {
            return;
        };
        let role = client.role;
        // Each sentence that is spoken here is told as well: nothing new to the others.
        if client.devices.replace((microphone, voice)) == Some((microphone, voice)) {
            return;
        }
        for other in self.clients.iter().filter(|c| c.role != role) {
            other.outbox.send(&message(role, microphone, voice));
        }
    }

    /// Takes in whether a device plays interpreted speech. The interpreter is told of changes only, and the first time:
    /// what it believed before is over.
    pub(super) fn speaking(&mut self, id: ClientId, listener: Speaker, speaking: Option<bool>) {
        let Some(client) = self.clients.iter_mut().find(|c| c.id == id) else {
            return;
        };
        if std::mem::replace(&mut client.speaking, speaking) != speaking {
            self.speaks(listener, speaking == Some(true));
        }
    }

    /// A client went away: nobody tells any more when its device has ended to speak.
    pub(super) fn voice_lost(&self, listener: Speaker, speaking: Option<bool>) {
        if speaking == Some(true) {
            self.speaks(listener, false);
        }
    }

    /// Tells an interpreter that begins in the middle of a sentence which devices speak.
    pub(super) fn tell_speaking(&self) {
        let speaking = self.clients.iter().filter(|c| c.speaking == Some(true));
        for listener in speaking.filter_map(|c| c.role.speaker()) {
            self.speaks(listener, true);
        }
    }

    fn speaks(&self, listener: Speaker, speaks: bool) {
        if let Some(talk) = &self.talk {
            talk.handle.speaks(listener, speaks);
        }
    }

    /// Tells a client that has come what the others said of theirs.
    pub(super) fn tell_devices(&self, id: ClientId) {
        let Some(new) = self.clients.iter().find(|c| c.id == id) else {
            return;
        };
        for other in self.clients.iter().filter(|c| c.role != new.role) {
            if let Some((microphone, voice)) = other.devices {
                new.outbox.send(&message(other.role, microphone, voice));
            }
        }
    }
}

fn message(role: Role, microphone: MicrophoneState, voice: bool) -> ServerMessage {
    ServerMessage::Devices {
        role,
        microphone,
        voice,
    }
}
