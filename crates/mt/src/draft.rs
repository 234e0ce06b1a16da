//! The translation of an utterance that is still being spoken.

use tolkebot_protocol::Lang;

use crate::plan::Plan;
use crate::search::{Search, beam_while};
use crate::text;
use crate::translator::{allowing, limit, pass_through};
use crate::{MtError, Translator};

impl Translator {
    /// Translates the beginning of an utterance, quickly: one hypothesis, one attempt, no guard.
    /// The draft begins with `held`, what the reader has already seen of it. `go_on` is asked before
    /// every piece. `None`: given up, because `go_on` said so or the text is longer than the model takes
    /// at once.
    ///
    /// # Errors
    /// As [`Translator::translate`].
    pub fn draft(
        &mut self,
        text: &str,
        from: Lang,
        held: &str,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<String>, MtError> {
        let to = from.other();
        self.check_target(to)?;
        let (words, _) = text::split_pictures(&text::clean(text, from));
        if let Some(passed) = pass_through(&words, "", from) {
            return Ok(Some(passed.text).filter(|t| t.starts_with(held)));
        }
        let tokens = self.model.encode(&words, from)?;
        if tokens.len() > self.config.max_pieces {
            return Ok(None);
        }
        let plan = Plan::first(&words);
        let wanted = self.wanted(&plan, to)?;
        let forbidden = allowing(&self.pieces.forbidden(&words, to), &wanted);
        let held = match held.is_empty() {
            true => Vec::new(),
            false => self.model.encode(held, to)?,
        };
        let search = Search {
            limit: limit(&tokens).saturating_sub(held.len()),
            width: 1,
            held: &held,
            forbidden: &forbidden,
            repetition_penalty: 1.0,
            wanted: &wanted,
            pull: plan.pull,
        };
        self.read(tokens, to)?;
        self.model.force(&held)?;
        let found = beam_while(self.model.as_mut(), &search, go_on)?;
        match found.first() {
            Some(best) => Ok(Some(self.model.decode(&best.tokens)?.trim().to_owned())),
            None => Ok(None),
        }
    }
}
