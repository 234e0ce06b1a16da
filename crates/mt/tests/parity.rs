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
    // The reference was written on a processor with VNNI. Without it the runtime's 8-bit products round
    // otherwise, and so does the reference there: 17 of 200 sentences take another, near word (AVX2 alone).
    let as_there = std::arch::is_x86_feature_detected!("avx512vnni");
    let differing = if as_there { 0 } else { lines / 10 };
    assert!(
        wrong.len() <= differing,
        "{} of {lines} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}
