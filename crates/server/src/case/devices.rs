//! What the screens' microphones and loudspeakers do: each side is told of the other's.

use tolkebot_protocol::{MicrophoneState, Role, ServerMessage};

use super::ClientId;
use super::actor::Actor;

impl Actor {
    pub(super) fn devices(&mut self, id: ClientId, microphone: MicrophoneState, voice: bool) {
        let Some(client) = self.clients.iter_mut().find(|c| c.id == id) else {
            return;
        };
        client.devices = Some((microphone, voice));
        let role = client.role;
        for other in self.clients.iter().filter(|c| c.role != role) {
            other.outbox.send(&message(role, microphone, voice));
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
