//! Telling what was said from what Whisper makes up.
//!
//! On silence and noise Whisper writes what stood under silent film in its training data: thanks
//! for watching, names of subtitlers. Such text is dropped if the sound gives little reason to
//! believe it; a person who really says it is believed.

use crate::sound::Levels;
use crate::transcript::Nothing;

/// What is known about one recognised text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Evidence<'a> {
    pub text: &'a str,
    /// Length of the sound, pauses included.
    pub seconds: f32,
    pub levels: Levels,
    /// Mean log probability of the tokens.
    pub mean_log_probability: f32,
    pub no_speech: f32,
    /// Share of the words to which the model's attention gave no time of their own.
    pub crowded: f32,
    /// Whether the end had to be forced.
    pub forced: bool,
    /// The prompt, which Whisper sometimes recites.
    pub prompt: &'a str,
}

/// Below this mean log probability a text is worth nothing whatever it says. Understood speech of
/// the base model lies between -0.2 and -0.8.
const HOPELESS: f32 = -1.5;
/// Below this one it is worth nothing if anything else speaks against it.
const DOUBTFUL: f32 = -0.9;
/// Above this probability of no speech nobody spoke, unless the model is sure of its words. The
/// base model gave speech 0.00 to 0.05, and whistles, thuds, breath and hiss 0.36 to 0.90.
const NO_SPEECH: f32 = 0.5;
/// Mean log probability of words that the model is sure of.
const SURE: f32 = -0.2;
/// Above this probability of no speech, anything else that speaks against a text is enough.
const MAYBE_NO_SPEECH: f32 = 0.2;
/// If more of the words than this have no time of their own, they do not follow the sound.
const CROWDED: f32 = 0.5;
/// The fastest speakers say some 25 letters a second.
const MOST_LETTERS_PER_SECOND: f32 = 35.0;

/// Why a text should be dropped, if it should.
pub(crate) fn judge(evidence: &Evidence<'_>) -> Option<Nothing> {
    let plain = plain(evidence.text);
    if plain.is_empty() {
        return Some(Nothing::NoWords);
    }
    if evidence.mean_log_probability < HOPELESS {
        return Some(Nothing::Improbable);
    }
    let letters = plain.chars().filter(|c| c.is_alphanumeric()).count() as f32;
    if letters > MOST_LETTERS_PER_SECOND * (evidence.seconds + 0.5) {
        return Some(Nothing::Impossible);
    }
    let doubtful = evidence.mean_log_probability < DOUBTFUL;
    if evidence.forced && doubtful {
        return Some(Nothing::Impossible);
    }
    if evidence.no_speech > NO_SPEECH && evidence.mean_log_probability < SURE {
        return Some(Nothing::Improbable);
    }
    let crowded = evidence.crowded > CROWDED;
    if (doubtful || crowded)
        && (evidence.no_speech > MAYBE_NO_SPEECH || evidence.levels.contrast < 2.5)
    {
        return Some(Nothing::Improbable);
    }
    let unheard = is_weak(evidence) && is_known(&plain)
        || evidence.no_speech > MAYBE_NO_SPEECH && plain.starts_with(SAID_HERE);
    if unheard {
        return Some(Nothing::KnownPhrase);
    }
    // A prompt is what was said before, and people say things again: short answers and read-backs. So more
    // speaks against a recital than that it is short or unclear: the words do not follow the sound.
    let voiced_s = evidence.levels.voiced_ms as f32 / 1_000.0;
    let unspoken = evidence.no_speech > MAYBE_NO_SPEECH
        || crowded
        || letters > MOST_LETTERS_PER_SECOND * voiced_s;
    if unspoken && recites(&plain, evidence.prompt) {
        return Some(Nothing::KnownPhrase);
    }
    None
}

/// Whether the sound gives little reason to believe a phrase that is usually made up.
fn is_weak(evidence: &Evidence<'_>) -> bool {
    evidence.levels.voiced_ms < 1_200
        || evidence.levels.contrast < 3.0
        || evidence.mean_log_probability < -0.5
        || evidence.crowded > 0.3
        || evidence.no_speech > 0.15
}

/// Lower case, letters and digits only, single spaces.
fn plain(text: &str) -> String {
    let letters: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Texts that begin like this are credits.
const CREDITS: [&str; 14] = [
    "tekster af",
    "danske tekster",
    "undertekster",
    "undertekst af",
    "tekstet af",
    "teksting av",
    "scandinavian text service",
    "субтитри",
    "субтитрував",
    "субтитры",
    "редактор субтитр",
    "переклад субтитр",
    "корректор",
    "продолжение следует",
];

/// A credit that is also asked of every foreign certificate: "Oversat af hvem?" That it is short or unclear is not enough.
const SAID_HERE: &str = "oversat af";

/// Texts that are made up if they are all that was said.
const FAREWELLS: [&str; 14] = [
    "tak fordi du så med",
    "tak fordi i så med",
    "tak for at se med",
    "tak for at have set med",
    "tak for at du så med",
    "husk at abonnere",
    "дякую за перегляд",
    "дякуємо за перегляд",
    "дякую за увагу",
    "дякую вам за перегляд",
    "дякую за перегляд до зустрічі",
    "підписуйтесь на канал",
    "спасибо за просмотр",
    "thank you for watching",
];

fn is_known(plain: &str) -> bool {
    CREDITS.iter().any(|credit| plain.starts_with(credit)) || FAREWELLS.contains(&plain)
}

/// Whether the text is a piece of the prompt of at least three words.
fn recites(plain_text: &str, prompt: &str) -> bool {
    plain_text.split(' ').count() >= 3 && plain(prompt).contains(plain_text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(text: &str) -> Evidence<'_> {
        Evidence {
            text,
            seconds: 3.0,
            levels: Levels {
                peak: 0.1,
                contrast: 20.0,
                voiced_ms: 2_500,
            },
            mean_log_probability: -0.3,
            no_speech: 0.05,
            crowded: 0.0,
            forced: false,
            prompt: "",
        }
    }

    fn faint(text: &str) -> Evidence<'_> {
        Evidence {
            levels: Levels {
                peak: 0.01,
                contrast: 4.0,
                voiced_ms: 400,
            },
            mean_log_probability: -0.6,
            no_speech: 0.15,
            ..spoken(text)
        }
    }

    #[test]
    fn known_phrases_fall_on_weak_evidence_only() {
        for text in [
            "Tekster af Nicolai Winther",
            "Danske tekster af Jesper Buhl",
            "Undertekster: A. B.",
            "Дякую за перегляд!",
            "Субтитри: хтось",
            "Tak fordi du så med.",
        ] {
            assert_eq!(judge(&faint(text)), Some(Nothing::KnownPhrase), "{text}");
            assert_eq!(judge(&spoken(text)), None, "{text}");
        }
    }

    #[test]
    fn ordinary_answers_stay_even_when_faint() {
        for text in [
            "Ja.",
            "Nej tak",
            "Так",
            "Ні, дякую.",
            "Tak",
            "Дякую!",
            "0912",
        ] {
            assert_eq!(judge(&faint(text)), None, "{text}");
        }
    }

    #[test]
    fn who_translated_a_certificate_may_be_asked_in_a_word() {
        for text in ["Oversat af hvem?", "Oversat af en autoriseret translatør?"] {
            let short = Evidence {
                levels: Levels {
                    voiced_ms: 900,
                    ..spoken(text).levels
                },
                mean_log_probability: -0.6,
                no_speech: 0.02,
                ..spoken(text)
            };
            assert_eq!(judge(&short), None, "{text}");
            // The model thinks that nobody spoke.
            let noise = Evidence {
                no_speech: 0.36,
                ..short
            };
            assert_eq!(judge(&noise), Some(Nothing::KnownPhrase), "{text}");
        }
    }

    #[test]
    fn what_the_model_does_not_believe_is_dropped() {
        let hopeless = Evidence {
            mean_log_probability: -1.6,
            ..spoken("Fisk flyver")
        };
        assert_eq!(judge(&hopeless), Some(Nothing::Improbable));
        let doubtful = Evidence {
            mean_log_probability: -1.0,
            ..spoken("Jeg bor i Aarhus")
        };
        assert_eq!(judge(&doubtful), None);
        assert_eq!(
            judge(&Evidence {
                no_speech: 0.3,
                ..doubtful
            }),
            Some(Nothing::Improbable)
        );
        assert_eq!(
            judge(&Evidence {
                forced: true,
                ..doubtful
            }),
            Some(Nothing::Impossible)
        );
    }

    #[test]
    fn noise_is_told_from_speech_by_what_the_model_thinks_of_it() {
        let noise = Evidence {
            no_speech: 0.7,
            ..spoken("Det er en vej")
        };
        assert_eq!(judge(&noise), Some(Nothing::Improbable));
        assert_eq!(
            judge(&Evidence {
                mean_log_probability: -0.1,
                ..noise
            }),
            None
        );
        let hiss = Evidence {
            no_speech: 0.36,
            crowded: 0.7,
            ..noise
        };
        assert_eq!(judge(&hiss), Some(Nothing::Improbable));
        assert_eq!(
            judge(&Evidence {
                crowded: 0.2,
                ..hiss
            }),
            None
        );
        assert_eq!(
            judge(&Evidence {
                no_speech: 0.05,
                ..hiss
            }),
            None
        );
    }

    #[test]
    fn more_than_anyone_can_say_is_dropped() {
        let long = "jeg flytter fra den ene ende af landet til den anden ende af landet";
        let mut evidence = spoken(long);
        assert_eq!(judge(&evidence), None);
        evidence.seconds = 1.0;
        assert_eq!(judge(&evidence), Some(Nothing::Impossible));
    }

    #[test]
    fn punctuation_alone_is_nothing() {
        for text in ["", " ", "...", "♪", "- ?"] {
            assert_eq!(judge(&spoken(text)), Some(Nothing::NoWords), "{text}");
        }
    }

    #[test]
    fn a_recited_prompt_falls_on_weak_evidence_only() {
        let prompt = "Flytteanmeldelse, lejekontrakt, CPR-nummer, Aarhus Kommune.";
        let text = "Lejekontrakt, CPR-nummer, Aarhus Kommune";
        assert_eq!(
            judge(&Evidence {
                prompt,
                ..faint(text)
            }),
            Some(Nothing::KnownPhrase)
        );
        assert_eq!(
            judge(&Evidence {
                prompt,
                ..spoken(text)
            }),
            None
        );
        assert_eq!(
            judge(&Evidence {
                prompt,
                ..faint("lejekontrakt")
            }),
            None
        );
    }

    #[test]
    fn what_was_said_before_may_be_said_again() {
        let prompt = "Hvornår flytter du? Я не розумію. Den første december.";
        for (text, voiced_ms) in [("Я не розумію.", 850), ("Den første december.", 1_100)]
        {
            let again = Evidence {
                prompt,
                levels: Levels {
                    voiced_ms,
                    ..spoken(text).levels
                },
                mean_log_probability: -0.6,
                ..spoken(text)
            };
            assert_eq!(judge(&again), None, "{text}");
            let hiss = Evidence {
                no_speech: 0.3,
                ..again
            };
            assert_eq!(judge(&hiss), Some(Nothing::KnownPhrase), "{text}");
        }
    }
}
