//! Which words the next answer is likely to hold, by what is open.

use std::collections::BTreeSet;

use tolkebot_values::WordGroup;

use super::asked::Asked;
use super::memory::Memory;
use super::topic::Topic;
use crate::definition::{FieldDef, FieldType};
use crate::state::FormState;

/// What the employee asked for last, and what the form would ask for next: both may be answered.
pub(super) fn expected(memory: &Memory, state: &FormState) -> Vec<WordGroup> {
    let asked = [&memory.asked, &memory.asked_before].map(of_asked);
    let mut groups: BTreeSet<WordGroup> = asked
        .into_iter()
        .find(|groups| !groups.is_empty())
        .unwrap_or_default();
    let next = state.next_question();
    let field = next.and_then(|question| state.definition().field(&question.key));
    groups.extend(field.into_iter().flat_map(of_field));
    groups.into_iter().collect()
}

fn of_asked(asked: &Asked) -> BTreeSet<WordGroup> {
    let topics = asked.asks.iter().map(|ask| ask.topic);
    topics.flat_map(of_topic).copied().collect()
}

fn of_topic(topic: Topic) -> &'static [WordGroup] {
    use WordGroup::{Letters, Months, Names, Places, Streets};
    match topic {
        Topic::Name
        | Topic::Spelling
        | Topic::HostName
        | Topic::CoName
        | Topic::Mailbox
        | Topic::OtherParentName
        | Topic::NameSource => &[Names, Letters],
        Topic::WhoMoves | Topic::RelativesAbroad | Topic::Married | Topic::Doctor => &[Names],
        Topic::OldAddress
        | Topic::NewAddress
        | Topic::CurrentAddress
        | Topic::ContactAddress
        | Topic::PostalCode => &[Streets, Places],
        Topic::Country
        | Topic::BirthPlace
        | Topic::MaritalPlace
        | Topic::DepartureCountry
        | Topic::Residence => &[Places],
        Topic::Arrival | Topic::Departure => &[Places, Months],
        topic if topic.is_date() => &[Months],
        _ => &[],
    }
}

fn of_field(field: &FieldDef) -> &'static [WordGroup] {
    use WordGroup::{Letters, Months, Names, Places, Streets};
    match field.kind {
        FieldType::Date => &[Months],
        FieldType::Address => &[Streets, Places],
        FieldType::PostalCode => &[Places],
        FieldType::String if field.key.ends_with("street_name") => &[Streets, Places],
        FieldType::String if field.key.ends_with("name") || field.key.ends_with("names") => {
            &[Names, Letters]
        }
        FieldType::String if field.key.ends_with("country") || field.key.ends_with("place") => {
            &[Places]
        }
        _ => &[],
    }
}
