//! A conversation as input: turns in order, each with its speaker, language and text.

use jiff::civil::Date;
use serde_json::Value;
use thiserror::Error;
use tolkebot_protocol::{Lang, Speaker};

/// Longest accepted input in bytes.
pub const MAX_INPUT_BYTES: usize = 10 * 1024 * 1024;
/// Most turns in one conversation.
pub const MAX_TURNS: usize = 5_000;
/// Longest utterance in bytes. A minute of fast speech is about 2,000.
pub const MAX_TEXT_BYTES: usize = 20_000;

/// One utterance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Number of the turn, counted from 1 unless the input says otherwise.
    pub n: u32,
    /// Who spoke.
    pub speaker: Speaker,
    /// The language spoken.
    pub lang: Lang,
    /// What was said, as recognised.
    pub text: String,
    /// Its translation into the other language, when there is one.
    pub translation: Option<String>,
}

impl Turn {
    /// A turn without translation.
    pub fn new(n: u32, speaker: Speaker, lang: Lang, text: impl Into<String>) -> Turn {
        Turn {
            n,
            speaker,
            lang,
            text: text.into(),
            translation: None,
        }
    }
}

/// Why a conversation cannot be read.
#[derive(Debug, Error)]
pub enum DialogueError {
    /// The input is larger than [`MAX_INPUT_BYTES`].
    #[error("the conversation is {0} bytes long, the limit is 10 MiB; split it into several files")]
    TooLarge(usize),
    /// Not JSON.
    #[error("the conversation is not valid JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// No list of turns.
    #[error(
        "the conversation needs a field `turns` with a list of turns, like \
         {{\"turns\":[{{\"speaker\":\"staff\",\"lang\":\"da\",\"text\":\"…\"}}]}}; found {0}"
    )]
    NoTurns(&'static str),
    /// More turns than [`MAX_TURNS`].
    #[error("the conversation has {0} turns, the limit is 5000; split it into several files")]
    TooManyTurns(usize),
    /// One turn is wrong.
    #[error("turn {turn}, field `{field}`: {problem}")]
    Turn {
        /// Number of the turn, counted from 1 in the order of the input.
        turn: usize,
        /// The field's name.
        field: &'static str,
        /// What is wrong and what is expected.
        problem: String,
    },
    /// The reference date is no date.
    #[error("field `today`: `{0}` is no date; write YYYY-MM-DD")]
    Today(String),
}

/// A whole conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    /// The day of the conversation, when the input names one.
    pub today: Option<Date>,
    /// The turns in the order in which they were spoken.
    pub turns: Vec<Turn>,
}

impl Dialogue {
    /// Reads `{"turns":[{"speaker":"staff"|"citizen","lang":"da"|"uk","text":"…"}]}`.
    ///
    /// Optional: `today` (ISO date) beside `turns`; `n` (turn number) and `translation` in a turn.
    /// Other fields are ignored.
    pub fn from_json(text: &str) -> Result<Dialogue, DialogueError> {
        if text.len() > MAX_INPUT_BYTES {
            return Err(DialogueError::TooLarge(text.len()));
        }
        let root: Value = serde_json::from_str(text)?;
        let today = match root.get("today") {
            None | Some(Value::Null) => None,
            Some(value) => {
                let date = value.as_str().and_then(|s| s.parse::<Date>().ok());
                Some(date.ok_or_else(|| DialogueError::Today(shorten(value)))?)
            }
        };
        let list = match root.get("turns") {
            Some(Value::Array(list)) => list,
            Some(other) => return Err(DialogueError::NoTurns(kind(other))),
            None => return Err(DialogueError::NoTurns("no such field")),
        };
        if list.len() > MAX_TURNS {
            return Err(DialogueError::TooManyTurns(list.len()));
        }
        let turns = list
            .iter()
            .enumerate()
            .map(|(at, value)| turn(at, value))
            .collect::<Result<_, _>>()?;
        Ok(Dialogue { today, turns })
    }
}

fn turn(at: usize, value: &Value) -> Result<Turn, DialogueError> {
    let number = at + 1;
    let fail = |field, problem: String| DialogueError::Turn {
        turn: number,
        field,
        problem,
    };
    if !value.is_object() {
        return Err(fail(
            "turns",
            format!("expected an object, found {}", kind(value)),
        ));
    }
    let text_of = |field: &'static str| match value.get(field) {
        Some(Value::String(s)) => Ok(s.as_str()),
        Some(other) => Err(fail(field, format!("expected text, found {}", kind(other)))),
        None => Err(fail(field, "is missing".to_owned())),
    };
    let speaker = match text_of("speaker")? {
        "staff" => Speaker::Staff,
        "citizen" => Speaker::Citizen,
        other => {
            let seen = cut(other);
            return Err(fail(
                "speaker",
                format!("`{seen}` is neither `staff` nor `citizen`"),
            ));
        }
    };
    let lang = text_of("lang")?
        .parse::<Lang>()
        .map_err(|e| fail("lang", e.to_string()))?;
    let text = text_of("text")?;
    let translation = match value.get("translation") {
        None | Some(Value::Null) => None,
        Some(_) => Some(text_of("translation")?.to_owned()),
    };
    for (field, text) in [
        ("text", Some(text)),
        ("translation", translation.as_deref()),
    ] {
        let length = text.map_or(0, str::len);
        if length > MAX_TEXT_BYTES {
            return Err(fail(
                field,
                format!("is {length} bytes long, the limit is {MAX_TEXT_BYTES}; split the turn"),
            ));
        }
    }
    let n = match value.get("n") {
        None | Some(Value::Null) => u32::try_from(number).unwrap_or(u32::MAX),
        Some(n) => n
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .ok_or_else(|| fail("n", format!("{} is no turn number", shorten(n))))?,
    };
    Ok(Turn {
        n,
        speaker,
        lang,
        text: text.to_owned(),
        translation,
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn cut(text: &str) -> String {
    text.chars().take(30).collect()
}

fn shorten(value: &Value) -> String {
    match value {
        Value::String(s) => cut(s),
        other => cut(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        Dialogue::from_json(text)
            .expect_err("must be refused")
            .to_string()
    }

    #[test]
    fn reads_turns_and_tolerates_extra_fields() {
        let dialogue = Dialogue::from_json(
            r#"{"id":"x","today":"2026-09-08","turns":[
                {"speaker":"staff","lang":"da","text":"Hej","ref":"Привіт"},
                {"n":7,"speaker":"citizen","lang":"uk","text":"Добрий день","translation":"Goddag"}]}"#,
        )
        .expect("dialogue");
        assert_eq!(dialogue.today, Some(jiff::civil::date(2026, 9, 8)));
        assert_eq!(dialogue.turns[0].n, 1);
        assert_eq!(dialogue.turns[1].n, 7);
        assert_eq!(dialogue.turns[1].translation.as_deref(), Some("Goddag"));
    }

    #[test]
    fn errors_name_turn_and_field() {
        let message = error(
            r#"{"turns":[{"speaker":"staff","lang":"da","text":"a"},{"speaker":"boss","lang":"da","text":""}]}"#,
        );
        assert!(
            message.contains("turn 2") && message.contains("`speaker`"),
            "{message}"
        );
        let message = error(r#"{"turns":[{"speaker":"staff","lang":"ru","text":"a"}]}"#);
        assert!(
            message.contains("turn 1") && message.contains("`lang`"),
            "{message}"
        );
        let message = error(r#"{"turns":[{"speaker":"staff","lang":"da"}]}"#);
        assert!(message.contains("`text`: is missing"), "{message}");
        let message = error(r#"{"turns":[{"speaker":"staff","lang":"da","text":5}]}"#);
        assert!(message.contains("found a number"), "{message}");
        let message = error(r#"{"turns":[3]}"#);
        assert!(message.contains("turn 1"), "{message}");
        assert!(error(r#"{"turn":[]}"#).contains("`turns`"));
        assert!(error(r#"{"turns":{}}"#).contains("an object"));
        assert!(error("[1").contains("not valid JSON"));
        assert!(error(r#"{"today":"soon","turns":[]}"#).contains("soon"));
    }

    #[test]
    fn large_inputs_are_refused_before_work() {
        let huge = format!("{{\"turns\":\"{}\"}}", "x".repeat(MAX_INPUT_BYTES));
        assert!(matches!(
            Dialogue::from_json(&huge),
            Err(DialogueError::TooLarge(_))
        ));
        let long = format!(
            r#"{{"turns":[{{"speaker":"staff","lang":"da","text":"{}"}}]}}"#,
            "x".repeat(MAX_TEXT_BYTES + 1)
        );
        assert!(error(&long).contains("limit is 20000"));
        let many = format!(
            r#"{{"turns":[{}]}}"#,
            vec![r#"{"speaker":"staff","lang":"da","text":""}"#; MAX_TURNS + 1].join(",")
        );
        assert!(matches!(
            Dialogue::from_json(&many),
            Err(DialogueError::TooManyTurns(5001))
        ));
    }
}
