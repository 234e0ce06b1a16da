//! What is asked again once the text of a stretch stands.

use tolkebot_protocol::Lang;

use super::RecogniserSession;
use crate::ffi::{self, Heard, Job};
use crate::judging::Judging;
use crate::offers::{Offer, consider};
use crate::options::DecodeOptions;
use crate::reconsider::reconsider;
use crate::rows;

impl RecogniserSession {
    /// Takes another text where sound and language together find it better.
    pub(super) fn reconsider(
        &mut self,
        output: &mut ffi::Output,
        job: &Job<'_>,
        options: &DecodeOptions,
    ) {
        let (context, opinions) = (&self.recogniser.context, &self.recogniser.opinions);
        let Some(opinion) = opinions.get(&self.lang) else {
            return;
        };
        let Some(mut decoder) = self.state.forking(job) else {
            return;
        };
        let mut judge = Judging {
            context,
            opinion,
            expected: None,
        };
        let most = options.second_thoughts;
        let tokens = std::mem::take(&mut output.tokens);
        let end = (context.end(), output.end);
        let fixed = settled(&tokens, options.settled_until_ms);
        let (forks, limits) = (&output.forks, (fixed, most));
        let text = reconsider(tokens, forks, end, limits, &mut decoder, &judge);
        let behind = |offer: &Offer| offer.at.start >= fixed;
        let one = |mut offers: Vec<Offer>| {
            offers.retain(behind);
            offers
        };
        let all = |mut groups: Vec<Vec<Offer>>| {
            groups.retain(|group| group.iter().all(behind));
            groups
        };
        let missed = match most {
            0 => Vec::new(),
            _ => all(judge.missed_numbers(&text)),
        };
        let text = rows::consider(text, missed, end, &mut decoder);
        // Only what sounds like an expected word may become one.
        judge.expected = options.expected.as_deref();
        let offers = one(judge.offers(&text));
        let text = consider(text, offers, end, most / 2, &mut decoder, &judge);
        judge.expected = None;
        let text = match (most, self.lang) {
            // Ukrainians give the code and seldom the town.
            (0, _) | (_, Lang::Uk) => text,
            (_, Lang::Da) => {
                let codes = all(judge.codes_of_towns(&text));
                let text = rows::consider(text, codes, end, &mut decoder);
                let ends = all(judge.ends_of_addresses(&text));
                let text = rows::consider(text, ends, end, &mut decoder);
                let towns = judge.towns_of_codes(&text);
                let asked = one(towns.asked);
                let text = consider(text, asked, end, most / 2, &mut decoder, &judge);
                let towns = judge.towns_of_codes(&text);
                rows::consider(text, all(towns.certain), end, &mut decoder)
            }
        };
        judge.expected = options.expected.as_deref();
        let strange = match most {
            0 => Vec::new(),
            _ => one(judge.strange_words(&text)),
        };
        judge.expected = None;
        output.tokens = consider(text, strange, end, most / 2, &mut decoder, &judge);
    }
}

/// How many pieces at the beginning of a text begin before `until_ms`. Pieces without times may all change.
fn settled(tokens: &[Heard], until_ms: u64) -> usize {
    let is_settled = |heard: &&Heard| heard.start_ms.is_some_and(|start_ms| start_ms < until_ms);
    tokens.iter().take_while(is_settled).count()
}
