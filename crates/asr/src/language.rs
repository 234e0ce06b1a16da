//! What language speech sounded like.

use serde::{Deserialize, Serialize};

use tolkebot_protocol::Lang;

use crate::ffi::Opinion;

/// From this probability on another language is believed,
const BELIEVED: f32 = 0.55;
/// if the channel's has no more than this one. The starter model gave 22 recordings of Ukrainian
/// 0.95 and more, and ten Russian sentences of espeak-ng's voices 0.04 to 0.72.
const DOUBTED: f32 = 0.42;
/// With less voice than this the model guesses: "Ja, tak." and "Vent lidt." were Ukrainian to it with 0.93
/// and 0.99, «Ні, ні.» and «Одну хвилинку.» Danish with 1.00 and 0.98. They had 480 to 900 ms.
const LEAST_VOICE_MS: u64 = 1_000;
/// And with less than this the other side's is believed only if it is sure: "Hedder du Svitlana Moroz?" has a Ukrainian
/// name and 1,200 ms, and was Ukrainian with 0.66; the shortest of 50 answers that were, with 0.96 and more.
const SHORT_VOICE_MS: u64 = 2_000;
const SURE: f32 = 0.9;
const HARDLY: f32 = 0.1;
/// What people at this counter change to, beside the other channel's language. Others are mistakes
/// of the model: it takes Danish for Norwegian and Swedish, and Ukrainian with a hum behind it for
/// Latin.
const SPOKEN_HERE: [&str; 4] = ["ru", "en", "de", "pl"];
/// What only the citizen changes to: on the employee's channel it is the citizen, whom the employee's
/// microphone hears too.
const CITIZENS: &str = "ru";

/// What the model takes the language of a sound for. It writes in the channel's language whatever
/// it hears, so a citizen who changes to Russian is rendered as if they had spoken Ukrainian, and
/// badly: this is how one can tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Language {
    /// ISO 639-1 code of the likeliest language.
    pub likeliest: String,
    /// Its probability among all languages, 0 to 1.
    pub probability: f32,
    /// The probability of the channel's language, 0 to 1.
    pub expected: f32,
    /// How much of the sound may be speech, ms.
    pub voiced_ms: u64,
}

impl Language {
    pub(crate) fn of(opinion: &Opinion, voiced_ms: u64) -> Option<Language> {
        let (likeliest, probability) = opinion.language?;
        Some(Language {
            likeliest: likeliest.to_owned(),
            probability,
            expected: opinion.expected,
            voiced_ms,
        })
    }

    /// Which language was spoken. The model is believed only if it is sure: a false alarm at every
    /// second sentence would be read by nobody.
    pub fn spoken_on(&self, channel: Lang) -> SpokenIn {
        let is_at_least =
            |believed, doubted| self.probability >= believed && self.expected <= doubted;
        let likeliest = self.likeliest.as_str();
        let is_sure = self.voiced_ms >= SHORT_VOICE_MS || is_at_least(SURE, HARDLY);
        if self.voiced_ms < LEAST_VOICE_MS || !is_at_least(BELIEVED, DOUBTED) {
            SpokenIn::Channels
        } else if likeliest == channel.other().code() {
            match is_sure {
                true => SpokenIn::OtherSides,
                false => SpokenIn::Channels,
            }
        } else if channel == Lang::Da && likeliest == CITIZENS && is_sure {
            SpokenIn::OtherSides
        } else if SPOKEN_HERE.contains(&likeliest) {
            SpokenIn::Another
        } else {
            SpokenIn::Channels
        }
    }
}

/// Which language was spoken on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SpokenIn {
    /// The channel's, or nobody can tell.
    #[default]
    Channels,
    /// The other side's: the listener's own; on the Danish channel Russian, too.
    OtherSides,
    /// One that neither channel has.
    Another,
}

impl SpokenIn {
    /// Whether it is another one than the channel's.
    pub fn is_other(self) -> bool {
        self != SpokenIn::Channels
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(on: Lang, likeliest: &str, probability: f32, expected: f32) -> SpokenIn {
        for_ms(on, likeliest, probability, expected, 3_000)
    }

    fn for_ms(
        on: Lang,
        likeliest: &str,
        probability: f32,
        expected: f32,
        voiced_ms: u64,
    ) -> SpokenIn {
        let heard = Language {
            likeliest: likeliest.to_owned(),
            probability,
            expected,
            voiced_ms,
        };
        heard.spoken_on(on)
    }

    #[test]
    fn only_a_sure_guess_of_a_language_that_is_spoken_here_counts() {
        use SpokenIn::{Another, Channels, OtherSides};
        assert_eq!(spoken(Lang::Uk, "ru", 0.9, 0.05), Another);
        assert_eq!(spoken(Lang::Uk, "da", 0.9, 0.05), OtherSides);
        assert_eq!(spoken(Lang::Da, "uk", 0.9, 0.05), OtherSides);
        assert_eq!(spoken(Lang::Uk, "uk", 0.95, 0.95), Channels);
        assert_eq!(spoken(Lang::Uk, "ru", 0.58, 0.41), Another);
        assert_eq!(spoken(Lang::Uk, "ru", 0.52, 0.4), Channels);
        assert_eq!(spoken(Lang::Uk, "ru", 0.56, 0.43), Channels);
        assert_eq!(spoken(Lang::Da, "no", 0.9, 0.05), Channels);
        assert_eq!(spoken(Lang::Uk, "la", 0.9, 0.0), Channels);
        assert_eq!(spoken(Lang::Uk, "ru", f32::NAN, f32::NAN), Channels);
    }

    #[test]
    fn russian_on_the_employees_channel_is_the_citizen() {
        use SpokenIn::{Another, Channels, OtherSides};
        assert_eq!(spoken(Lang::Da, "ru", 0.8, 0.01), OtherSides);
        assert_eq!(for_ms(Lang::Da, "ru", 0.95, 0.02, 1_300), OtherSides);
        // Not sure enough to leave it to the other microphone.
        assert_eq!(for_ms(Lang::Da, "ru", 0.63, 0.3, 1_300), Another);
        assert_eq!(for_ms(Lang::Da, "ru", 0.95, 0.02, 900), Channels);
        // Both sides speak English and German.
        assert_eq!(spoken(Lang::Da, "en", 0.9, 0.05), Another);
        assert_eq!(spoken(Lang::Uk, "ru", 0.8, 0.01), Another);
    }

    #[test]
    fn a_short_answer_is_in_the_channels_language() {
        use SpokenIn::{Channels, OtherSides};
        // What the starter model gave "Ja, tak.", «Ні, ні.», «Одну хвилинку.», "Hedder du Svitlana Moroz?".
        assert_eq!(for_ms(Lang::Da, "uk", 0.93, 0.02, 560), Channels);
        assert_eq!(for_ms(Lang::Uk, "da", 1.0, 0.0, 580), Channels);
        assert_eq!(for_ms(Lang::Uk, "da", 0.98, 0.01, 900), Channels);
        assert_eq!(for_ms(Lang::Da, "uk", 0.66, 0.33, 1_200), Channels);
        // Another language is told of as little: 18 of 58 Russian sentences of espeak-ng's had such figures.
        assert_eq!(for_ms(Lang::Uk, "ru", 0.63, 0.36, 1_300), SpokenIn::Another);
        // And the shortest Ukrainian answers on the Danish channel that must be told.
        assert_eq!(for_ms(Lang::Da, "uk", 0.97, 0.0, 1_100), OtherSides);
    }
}
