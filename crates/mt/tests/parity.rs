//! The engine writes what the reference implementation wrote for the same model, piece by piece.

mod common;

use common::translator;
use tolkebot_mt::MtConfig;
use tolkebot_protocol::Lang;

/// `language of the target, source, target of the reference`, tab-separated; greedy decoding. Sentences for which the reference
/// writes what the engine never allows are not among them: Cyrillic in Danish, Latin words in Ukrainian that the source
/// does not hold, a mark of the sequence in its middle.
const EXPECTED: &str = include_str!("data/parity.tsv");

#[test]
fn greedy_decoding_equals_the_reference() {
    let mut translator = translator(&MtConfig {
        guard: false,
        phrases: None,
        beam: 1,
        ..MtConfig::default()
    });
    let mut lines = 0;
    let mut wrong = Vec::new();
    for line in EXPECTED.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [to, source, expected] = fields[..] else {
            panic!("bad line: {line}")
        };
        let to: Lang = to.parse().unwrap();
        let got = translator.translate(source, to.other(), to).unwrap();
        if got.text != expected.trim() {
            wrong.push(format!(
                "{source}\n  reference {expected}\n  engine    {}",
                got.text
            ));
        }
        lines += 1;
    }
    assert!(lines >= 200, "only {lines} lines of expected output");
    assert!(
        wrong.is_empty(),
        "{} of {lines} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
