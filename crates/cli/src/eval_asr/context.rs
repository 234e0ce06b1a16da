//! What the recogniser is told before it hears a turn.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use tolkebot_asr::{AsrConfig, DecodeOptions, Recogniser};
use tolkebot_interpreter::{InterpreterConfig, context_of};
use tolkebot_models::{Profile, Store};
use tolkebot_mt::{MtConfig, Translator};
use tolkebot_protocol::Lang;

use super::turn::segments;
use crate::demo::{RecordedTurn, Recording};
use crate::engines;

/// What was said last in that language, or its translation: the context that it is spoken in.
pub(super) fn turn_before(turns: &[RecordedTurn], lang: Lang) -> Option<Arc<str>> {
    let turn = turns.last()?;
    let text = match turn.lang == lang {
        true => &turn.text,
        false => &turn.reference,
    };
    Some(Arc::from(text.as_str()))
}

/// The last names (words with a capital that begin no sentence) of turns in that language, said or
/// translated, as a prompt.
pub(super) fn names_before(turns: &[RecordedTurn], lang: Lang) -> Option<Arc<str>> {
    const MOST: usize = 8;
    let mut names: Vec<&str> = Vec::new();
    for turn in turns.iter().rev() {
        let text = if turn.lang == lang {
            &turn.text
        } else {
            &turn.reference
        };
        let mut begins = true;
        for word in text.split_whitespace() {
            let name = word.trim_matches(|c: char| !c.is_alphanumeric());
            let capital = name.chars().next().is_some_and(char::is_uppercase);
            if capital && !begins && !names.contains(&name) && names.len() < MOST {
                names.push(name);
            }
            begins = word.ends_with(['.', '?', '!']);
        }
    }
    (!names.is_empty()).then(|| Arc::from(format!("{}.", names.join(", "))))
}

/// What a conversation's recogniser has to go by: what it heard in the turn before, or the
/// translation of that.
#[derive(Default)]
pub(super) struct Heard(HashMap<(String, u32), Arc<str>>);

impl Heard {
    pub(super) fn get(&self, conversation: &str, turn: u32) -> Option<Arc<str>> {
        self.0.get(&(conversation.to_owned(), turn)).cloned()
    }

    /// Listens to whole conversations, turn by turn.
    pub(super) fn of(
        store: &Store,
        profile: &Profile,
        model: Option<&Path>,
        recordings: &[Recording],
    ) -> Result<Heard> {
        let vad = store.main_file(&profile.vad)?;
        let mut sessions = HashMap::new();
        let mut translators = HashMap::new();
        for lang in Lang::ALL {
            let file = match model {
                Some(file) => file.to_owned(),
                None => store.main_file(engines::recogniser_id(profile, lang))?,
            };
            let recogniser = Recogniser::load(&file, &AsrConfig::default())?;
            sessions.insert(lang, recogniser.session(lang)?);
            let dir = store.dir(engines::translator_id(profile, lang))?;
            let config = MtConfig {
                beam: InterpreterConfig::default().mt_beam,
                ..MtConfig::default()
            };
            translators.insert(lang, Translator::load(&dir, &config)?);
        }
        let mut contexts = HashMap::new();
        for recording in recordings {
            let mut known: HashMap<Lang, Arc<str>> = HashMap::new();
            for turn in &recording.turns {
                let lang = turn.lang;
                let prompt = known.get(&lang).cloned();
                if let Some(prompt) = &prompt {
                    contexts.insert((recording.id.clone(), turn.n), Arc::clone(prompt));
                }
                let (Some(session), Some(translator)) =
                    (sessions.get_mut(&lang), translators.get_mut(&lang))
                else {
                    continue;
                };
                let options = DecodeOptions {
                    prompt,
                    ..DecodeOptions::settled()
                };
                let mut texts = Vec::new();
                for segment in segments(&vad, &recording.sound(turn)?)? {
                    texts.push(session.transcribe(&segment.samples, &options)?.text);
                }
                let text = texts.join(" ");
                let translation = translator.translate(&text, lang, lang.other())?.text;
                known.extend(context_of(&text).map(|text| (lang, text)));
                known.extend(context_of(&translation).map(|text| (lang.other(), text)));
            }
        }
        Ok(Heard(contexts))
    }
}
