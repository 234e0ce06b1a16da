//! Settings of the pipe, and what they come to on this machine.

use serde::{Deserialize, Serialize};
use tolkebot_asr::{Opening, Overdue, SettlingPolicy};
use tolkebot_audio::SegmenterConfig;

/// How the pipe is set up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InterpreterConfig {
    /// Conversations at the same time. 0: one for each core, at least one.
    pub max_conversations: usize,
    /// Recognition threads. 0: one for every two cores, at least one.
    pub recognisers: usize,
    /// CPU threads of one recognition. 0: as was measured on this machine ([`Calibration`]), one
    /// where nothing was.
    ///
    /// [`Calibration`]: crate::Calibration
    pub asr_threads: usize,
    /// Whether translations are spoken.
    pub speech: bool,
    /// Whether settled words are translated while somebody still speaks.
    pub simultaneous: bool,
    /// Whether the recogniser is told what was said last, for each conversation.
    pub context: bool,
    /// Whether words that were just asked for count as usual ones; needs `second_opinion`.
    pub expected_words: bool,
    /// Whether the language has a say where the sound leaves two texts open (needs example
    /// sentences beside the speech model).
    pub second_opinion: bool,
    /// CPU threads of the voices. 0: one for each core, at most four.
    pub voice_threads: usize,
    /// Unsettled words are asked for after this much new sound, ms.
    pub partial_every_ms: u64,
    /// A word stays while somebody still speaks when so many hypotheses agree on it. 1: one is
    /// enough; 0: no word stays before the pause.
    pub settle_hypotheses: usize,
    /// … and when it ends at least so long before the end of the sound, ms.
    pub settle_guard_ms: u64,
    /// … and words that begin in so much of a stretch of speech need two hypotheses more, ms.
    pub settle_opening_ms: u64,
    /// A word that ends so long before the end of the sound stays also when only one of the last three hypotheses had it as
    /// the newest has it and that one is not in doubt about it, ms. 0: it waits for those above, or for the pause.
    pub settle_overdue_ms: u64,
    /// Silence that ends a stretch of speech, ms.
    pub pause_ms: u32,
    /// Words that are likely to come, told to the Danish recogniser; empty: none.
    pub prompt_da: String,
    /// Words that are likely to come, told to the Ukrainian recogniser; empty: none.
    pub prompt_uk: String,
    /// Folder of a translation model from Danish into Ukrainian; empty: the profile's.
    pub mt_da_uk: String,
    /// Folder of a translation model from Ukrainian into Danish; empty: the profile's.
    pub mt_uk_da: String,
    /// Utterances that are translated side by side, by one copy of the model. 0: as many as conversations, at most eight.
    pub translators: usize,
    /// Hypotheses that the translator follows side by side, 1 to 16; 1 is fastest.
    pub mt_beam: usize,
    /// A municipality's own fixed translations: Danish, a tab, Ukrainian on each line; empty: only
    /// the shipped ones.
    pub phrases_file: String,
    /// A municipality's own terms: Danish wordings, a tab, Ukrainian wordings on each line, each
    /// separated by `|`; empty: only the shipped ones.
    pub glossary_file: String,
    /// A new conversation is refused while a stretch of speech has waited longer than this, ms.
    pub max_behind_ms: u64,
}

impl Default for InterpreterConfig {
    fn default() -> Self {
        InterpreterConfig {
            max_conversations: 0,
            recognisers: 0,
            asr_threads: 0,
            speech: true,
            simultaneous: true,
            context: true,
            expected_words: true,
            second_opinion: true,
            voice_threads: 0,
            partial_every_ms: 400,
            settle_hypotheses: 2,
            // Not needed where two hypotheses agree and the language had its say in each.
            settle_guard_ms: 0,
            // What is heard with little sound behind it is often agreed on and wrong.
            settle_opening_ms: 1_000,
            // One hypothesis that heard otherwise holds up everything behind it.
            settle_overdue_ms: 1_500,
            pause_ms: SegmenterConfig::default().pause_ms,
            prompt_da: String::new(),
            prompt_uk: String::new(),
            mt_da_uk: String::new(),
            mt_uk_da: String::new(),
            translators: 0,
            // Half of what four are worth for a third of their time: people wait.
            mt_beam: 2,
            phrases_file: String::new(),
            glossary_file: String::new(),
            max_behind_ms: 6_000,
        }
    }
}

impl InterpreterConfig {
    pub(crate) fn cores() -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }

    /// Conversations at the same time, with 0 resolved for this machine.
    pub fn conversation_limit(&self) -> usize {
        if self.max_conversations > 0 {
            self.max_conversations
        } else {
            Self::cores().max(1)
        }
    }

    /// How words are settled.
    pub fn settling(&self) -> SettlingPolicy {
        let guard_ms = self.settle_guard_ms;
        match self.settle_hypotheses {
            0 => SettlingPolicy::AtPause,
            1 => SettlingPolicy::AlignmentGuard { guard_ms },
            hypotheses => SettlingPolicy::GuardedAgreement {
                hypotheses,
                guard_ms,
                opening: Opening {
                    until_ms: self.settle_opening_ms,
                    more: 2,
                },
                overdue: Overdue::after(self.settle_overdue_ms),
            },
        }
    }

    /// Threads of the voices, with 0 resolved for this machine. The voices are the slowest engine
    /// and work when nobody speaks.
    pub fn resolved_voice_threads(&self) -> usize {
        if self.voice_threads > 0 {
            self.voice_threads
        } else {
            Self::cores().clamp(1, 4)
        }
    }

    /// Utterances translated side by side, with 0 resolved for this machine. More than eight make each slower and all
    /// together no faster.
    pub fn translator_threads(&self) -> usize {
        if self.translators > 0 {
            self.translators
        } else {
            self.conversation_limit().min(8)
        }
    }

    /// Recognition threads, with 0 resolved for this machine.
    pub fn recogniser_threads(&self) -> usize {
        if self.recognisers > 0 {
            self.recognisers
        } else {
            (Self::cores() / 2).max(1)
        }
    }
}
