//! The seam between a server and the pipe, so that a server is tested without models.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tolkebot_asr::Expected;
use tolkebot_protocol::{Lang, Speaker};

use crate::{InterpreterError, PipeEvent};

/// Opens conversations.
pub trait Pipe: Send + Sync {
    /// Opens a conversation: a handle to feed and the events that come out.
    ///
    /// # Errors
    /// [`InterpreterError::Busy`] or [`InterpreterError::Behind`] if the machine cannot keep
    /// another conversation in real time.
    fn open(
        &self,
    ) -> Result<(Arc<dyn ConversationHandle>, mpsc::Receiver<PipeEvent>), InterpreterError>;
}

/// One conversation's way in. All methods return at once.
pub trait ConversationHandle: Send + Sync {
    /// Adds sound to a channel: 16 kHz mono, -1 to 1.
    ///
    /// # Errors
    /// [`InterpreterError::TooFast`] if the sound cannot be taken in (it is dropped), and
    /// [`InterpreterError::Closed`].
    fn push(&self, speaker: Speaker, samples: &[f32]) -> Result<(), InterpreterError>;

    /// From now on these words of a language are expected, because somebody asked for one of them;
    /// `None`: no words in particular. Counts for stretches of speech that begin later.
    fn expect(&self, lang: Lang, words: Option<Arc<Expected>>);

    /// The microphone is off: what was said so far is settled at once, and
    /// [`PipeEvent::Drained`] follows when all of it is done.
    fn end_speech(&self, speaker: Speaker);

    /// The microphone is gone, with its connection: like [`end_speech`](Self::end_speech), but what was being said goes
    /// on unheard, and is marked as interrupted.
    fn break_off(&self, speaker: Speaker);

    /// Interpreted speech of this length is on its way to a listener, whose device does not say when it plays it. The
    /// microphones on the counter hear it as well.
    fn playing(&self, listener: Speaker, length: Duration);

    /// A listener's device says that it begins to play interpreted speech, or that it has ended. What was believed because of
    /// [`playing`](Self::playing) is over with that. To be called for a device that goes away while it plays, too.
    fn speaks(&self, listener: Speaker, speaks: bool);

    /// Whether something that was said or typed has not been settled and translated yet. Speech of the
    /// translation does not count.
    fn words_wait(&self) -> bool;

    /// Translates and speaks typed text. Returns its number; [`PipeEvent::Settled`] is not sent.
    fn translate_typed(&self, speaker: Speaker, text: String) -> u32;

    /// The same for typed text whose translation is known: that is what is shown and spoken, as a fixed one.
    fn type_translated(&self, speaker: Speaker, text: String, translation: String) -> u32;

    /// Speaks a text to a listener, in the listener's language, without translating it. Returns
    /// its number, under which [`PipeEvent::Speech`] comes; nothing else is sent.
    fn say(&self, listener: Speaker, text: String) -> u32;

    /// What [`say`](Self::say) was given for a listener and nobody has begun to speak is not wanted any more: it is not
    /// spoken, and nothing more is told of it.
    fn hush(&self, listener: Speaker);

    /// Continues the numbering of an earlier conversation of the same case.
    fn number_from(&self, next: u32);

    /// Ends the conversation; waiting work is dropped.
    fn close(&self);
}
