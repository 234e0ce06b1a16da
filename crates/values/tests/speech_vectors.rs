//! Every utterance of the domain's speech vectors gives its value and its status.

use jiff::civil::Date;
use tolkebot_protocol::Lang;
use tolkebot_values::{ParseContext, ValueKind, parse_kind};

#[test]
fn every_vector_passes() {
    let today = Date::constant(2026, 12, 1);
    let ctx = ParseContext::new(today);
    let mut failures = Vec::new();
    let mut rows = 0;
    for row in include_str!("data/speech_vectors.tsv").lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [lang, kind, text, expected, status] = cells[..5] else {
            panic!("{row}")
        };
        let lang: Lang = lang.parse().expect("language");
        let kind: ValueKind = kind.parse().expect("kind");
        let outcome = parse_kind(lang, kind, text, &ctx);
        let said = serde_json::to_value(outcome.status).expect("status");
        let value = outcome.value.map(|v| v.value).unwrap_or_default();
        if said != status || value != expected {
            failures.push(format!(
                "{text}: {said} `{value}`, not {status} `{expected}`"
            ));
        }
        rows += 1;
    }
    assert_eq!(rows, 185, "the table lost rows");
    assert!(
        failures.is_empty(),
        "{} of {rows}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
