//! Conversations in few lines: what is said in Danish is the employee's, the rest the citizen's.

use jiff::civil::Date;
use serde_json::{Map, Value};
use tolkebot_form::{FormDefinition, FormReader, Turn};
use tolkebot_protocol::{Lang, Speaker};

/// The slots after turns that were said on a day, as in the contract's JSON.
pub fn slots(turns: &[&str], today: Date) -> Map<String, Value> {
    let json = form(turns, today);
    json["slots"].as_object().expect("slots").clone()
}

/// The whole form after turns that were said on a day, as in the contract's JSON.
pub fn form(turns: &[&str], today: Date) -> Value {
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    say(&mut reader, 1, turns);
    reader.state().to_contract_json()
}

/// Says these turns; the first one has the number `first`.
pub fn say(reader: &mut FormReader, first: u32, turns: &[&str]) {
    for (n, text) in (first..).zip(turns) {
        let cyrillic = text.chars().any(|c| ('\u{400}'..='\u{4ff}').contains(&c));
        let (speaker, lang) = match cyrillic {
            true => (Speaker::Citizen, Lang::Uk),
            false => (Speaker::Staff, Lang::Da),
        };
        reader.push(&Turn::new(n, speaker, lang, *text));
    }
}
