//! What is likely to be said next, told to the recogniser.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tolkebot_form::{FormDefinition, LikelyWords, WordGroup};
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
    /// The words of some groups in a language; `None` for no groups. The lists are kept, so all
    /// calls must be for one form.
    pub fn of(
        &self,
        groups: &[WordGroup],
        lang: Lang,
        form: &FormDefinition,
    ) -> Option<Arc<Expected>> {
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

/// Whoever moves, and where, may be named at any time: the employee asks for one number after the
/// other and reads addresses back.
fn and_again(again: LikelyWords, asked: Option<Arc<Expected>>) -> Option<Arc<Expected>> {
    match again.words.is_empty() {
        true => asked,
        false => Some(Arc::new(Expected::of(again.words, again.stems).and(asked))),
    }
}

impl Actor {
    /// Tells the recogniser which words were asked for, in both languages: staff reads answers back.
    pub(super) fn expect(&self) {
        let Some(talk) = &self.talk else { return };
        let view = self.journal.view();
        let groups = view.expected();
        let form = view.form_state().definition();
        let known = view.form_state();
        let (people, streets) = (known.given_names(), known.street_names());
        for lang in Lang::ALL {
            let words = in_place(|| self.shared.vocabulary.of(&groups, lang, form));
            let again = form.names_again(&people, &streets, lang);
            talk.handle.expect(lang, and_again(again, words));
        }
    }
}
