//! What is likely to be said next, told to the recogniser.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tolkebot_form::{FormDefinition, FormState, WordGroup};
use tolkebot_interpreter::Expected;
use tolkebot_protocol::Lang;

use super::actor::Actor;
use crate::heavy::in_place;

/// What a list is made of.
type Wanted = (Vec<WordGroup>, Lang);

/// Lists of words that conversations have needed; made once and shared by all.
#[derive(Debug, Default)]
pub struct Vocabulary {
    lists: Mutex<HashMap<Wanted, Arc<Expected>>>,
}

impl Vocabulary {
    /// What is likely to be said next in a language: the words of the groups that were asked for, and
    /// the names that the form holds by now. Whoever moves, and where, may be named at any time: the
    /// employee asks for one number after the other and reads addresses back.
    pub fn expected(
        &self,
        groups: &[WordGroup],
        lang: Lang,
        state: &FormState,
    ) -> Option<Arc<Expected>> {
        let form = state.definition();
        let asked = self.of(groups, lang, form);
        let again = form.names_again(&state.known_names(), lang);
        match again.words.is_empty() {
            true => asked,
            false => Some(Arc::new(Expected::of(again.words, again.stems).and(asked))),
        }
    }

    /// The words of some groups in a language; `None` for no groups. The lists are kept, so all
    /// calls must be for one form.
    fn of(&self, groups: &[WordGroup], lang: Lang, form: &FormDefinition) -> Option<Arc<Expected>> {
        if groups.is_empty() {
            return None;
        }
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let list = lists.entry((groups.to_vec(), lang)).or_insert_with(|| {
            let likely = form.likely_words(groups, lang);
            Arc::new(Expected::of(likely.words, likely.stems))
        });
        Some(Arc::clone(list))
    }
}

impl Actor {
    /// Tells the recogniser which words were asked for, in both languages: staff reads answers back.
    pub(super) fn expect(&self) {
        let Some(talk) = &self.talk else { return };
        let view = self.journal.view();
        let groups = view.expected();
        for lang in Lang::ALL {
            let words = in_place(|| {
                let vocabulary = &self.shared.vocabulary;
                vocabulary.expected(&groups, lang, view.form_state())
            });
            talk.handle.expect(lang, words);
        }
    }
}
