//! Whole conversations, written for this test, give the forms they should: typed ones and some as a
//! recogniser writes them. The people are invented.

#[allow(dead_code)]
mod scoring;

const CONVERSATIONS: &str = include_str!("data/conversations.jsonl");

#[test]
fn conversations_fill_their_forms() {
    let samples = scoring::load(CONVERSATIONS);
    let report = scoring::score(&samples, true);
    let all = report.total(|_| true);
    let listed: Vec<String> = report
        .deviations
        .iter()
        .map(|d| format!("{} {}: {:?} for {:?}", d.id, d.key, d.got, d.want))
        .collect();
    let listed = listed.join("\n");
    assert!(all.precision() >= 0.95, "{:.3}\n{listed}", all.precision());
    assert!(all.recall() >= 0.90, "{:.3}\n{listed}", all.recall());
}

#[test]
fn no_critical_value_is_wrong_without_being_asked_about() {
    let samples = scoring::load(CONVERSATIONS);
    let report = scoring::score(&samples, false);
    let wrong: Vec<String> = report
        .deviations
        .iter()
        .filter(|d| scoring::is_critical(&scoring::without_index(&d.key)))
        .filter(|d| {
            d.got
                .as_ref()
                .is_some_and(|(_, status)| scoring::is_sure(status))
        })
        .map(|d| format!("{} {}: {:?} for {:?}", d.id, d.key, d.got, d.want))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
