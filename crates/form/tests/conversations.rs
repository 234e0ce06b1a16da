//! Whole conversations, written for this test, give the forms they should: typed ones and some as a
//! recogniser writes them. The people are invented.

#[allow(dead_code)]
mod scoring;

use tolkebot_form::{FormDefinition, FormReader};

const CONVERSATIONS: &str = include_str!("data/conversations.jsonl");
/// Conversations in which questions are asked around corners and answers stand beside them.
const COUNTER: &str = include_str!("data/counter.jsonl");
/// Conversations by somebody who never saw the reader, long counted before anybody read them (606 right, 41 wrong, 95
/// missing, 5 critical ones without a question, then), then read.
const UNSEEN: &str = include_str!("data/unseen.jsonl");
/// Conversations by two writers who never saw the reader. They were scored once before anybody read them; the
/// figures are in docs/benchmarks.md.
const FRESH: &str = include_str!("data/fresh.jsonl");
/// Another 48 by two other writers, scored once before anybody read them; then the first half was read for
/// what was wrong without a question, the second never.
const LATER: &str = include_str!("data/later.jsonl");
/// Another 48 by two more writers, scored once before anybody read them (740 right, 140 wrong, 369 missing),
/// then read.
const NEWER: &str = include_str!("data/newer.jsonl");
/// 36 by three more writers, scored once before anybody read them (597 right, 131 wrong, 335 missing), then
/// read.
const NEWEST: &str = include_str!("data/newest.jsonl");
/// 12 by a fourth writer, long counted before anybody read them (259 right, 43 wrong, 79 missing before `newest.jsonl`
/// was read; 284 right, 29 wrong, 54 missing, 4 critical ones without a question before they were), then read.
const KEPT: &str = include_str!("data/kept.jsonl");
/// 72 by six more writers, scored once before anybody read them (1226 right, 261 wrong, 615 missing), then
/// read.
const FURTHER: &str = include_str!("data/further.jsonl");
/// 12 by a seventh writer, counted before anybody read them (198 right, 28 wrong, 98 missing before `further.jsonl`
/// was read; 213 right, 25 wrong, 83 missing, one critical without a question before they were), then read.
const SEALED: &str = include_str!("data/sealed.jsonl");
/// 14 by an eighth writer, scored once before anybody read them (246 right, 49 wrong, 123 missing), then read for
/// what was wrong without a question.
const RECENT: &str = include_str!("data/recent.jsonl");
/// 14 by a ninth writer, scored once before anybody read them (264 right, 57 wrong, 95 missing; 4 critical ones wrong
/// without a question), then read.
const SPARE: &str = include_str!("data/spare.jsonl");
/// 14 ordinary ones by a tenth writer, scored once before anybody read them (386 right, 29 wrong, 56 missing), then read.
const RESERVE: &str = include_str!("data/reserve.jsonl");
/// 16 ordinary ones by an eleventh writer, counted and not read but for one value that a rule had made wrong (373 right, 23
/// wrong, 61 missing before `spare.jsonl` and `sealed.jsonl` were read).
const ORDINARY: &str = include_str!("data/ordinary.jsonl");
/// 14 knotty ones by a twelfth writer, scored before anybody read them (297 right, 49 wrong, 90 missing; 6 critical ones
/// wrong without a question), then read.
const KNOTTY: &str = include_str!("data/knotty.jsonl");
/// Short exchanges about homes and moves by a thirteenth writer, scored once before anybody read them (193 right, 57
/// wrong, 214 missing, 2 critical ones without a question), then read.
const HOMES: &str = include_str!("data/homes.jsonl");
/// Short exchanges about people by a fourteenth writer, scored before anybody read them (119 right, 93 wrong, 225
/// missing; 7 critical ones wrong without a question), then read.
const PEOPLE: &str = include_str!("data/people.jsonl");
/// 16 ordinary ones by a fifteenth writer, counted and never read (351 right, 32 wrong, 81 missing at first).
const USUAL: &str = include_str!("data/usual.jsonl");
/// 14 tangled ones by a sixteenth writer, counted and never read (277 right, 39 wrong, 86 missing at first).
const TANGLED: &str = include_str!("data/tangled.jsonl");
/// The other half of the exchanges about homes, counted and never read (172 right, 76 wrong, 214 missing at first).
const HOMES_UNREAD: &str = include_str!("data/homes_unread.jsonl");
/// The other half of the exchanges about people, counted and never read (113 right, 111 wrong, 238 missing at first).
const PEOPLE_UNREAD: &str = include_str!("data/people_unread.jsonl");
/// Short exchanges about whose a value is, by a seventeenth writer, scored before anybody read them (124 right, 75 wrong, 126
/// missing; 13 critical ones wrong without a question), then read.
const WHOSE: &str = include_str!("data/whose.jsonl");
/// Their other half, counted and never read (127 right, 83 wrong, 169 missing at first).
const WHOSE_UNREAD: &str = include_str!("data/whose_unread.jsonl");
/// Short exchanges about the move itself, by an eighteenth writer, scored before anybody read them (144 right, 28 wrong, 89
/// missing), then read.
const STAYS: &str = include_str!("data/stays.jsonl");
/// Their other half, counted and never read (106 right, 55 wrong, 117 missing at first).
const STAYS_UNREAD: &str = include_str!("data/stays_unread.jsonl");
/// 24 lively ones by a nineteenth writer, scored before anybody read them (445 right, 72 wrong, 119 missing; 8 critical
/// ones wrong without a question), then read.
const LIVELY: &str = include_str!("data/lively.jsonl");
/// Short exchanges about telephones, papers, hosts and who acts for whom, by a twentieth writer, scored before anybody
/// read them (61 right, 37 wrong, 79 missing), then read.
const PAPERS: &str = include_str!("data/papers.jsonl");
/// Their other half, counted and never read.
const PAPERS_UNREAD: &str = include_str!("data/papers_unread.jsonl");
/// 12 of a usual day by a twenty-first writer, scored before anybody read them (258 right, 17 wrong, 32 missing), then read.
const WEEKDAY: &str = include_str!("data/weekday.jsonl");
/// Another 12, counted and never read (236 right, 31 wrong, 53 missing at first).
const WEEKDAY_UNREAD: &str = include_str!("data/weekday_unread.jsonl");
/// 24 in which much is put right and mixed up, by a twenty-second writer, scored before anybody read them (413 right, 117
/// wrong, 140 missing; 14 critical ones wrong without a question); then the first half was read, and of the second what
/// was wrong about addresses without a question.
const TURNED: &str = include_str!("data/turned.jsonl");
/// 24 of less usual households by a twenty-third writer, scored before anybody read them (495 right, 87 wrong, 173 missing; 9
/// critical ones without a question), then read in the same way.
const UNLIKE: &str = include_str!("data/unlike.jsonl");
/// 20 with talkative citizens, by a twenty-fourth writer, scored before anybody read them (398 right, 72 wrong, 173
/// missing; 4 critical ones without a question), then read.
const TALKATIVE: &str = include_str!("data/talkative.jsonl");
/// 8 with hurried employees who ask two things at once, by a twenty-fifth writer, the hardest of 20, scored before
/// anybody read them (151 right, 64 wrong, 101 missing; 12 critical ones without a question), then read.
const HURRIED: &str = include_str!("data/hurried.jsonl");
/// The other 12, counted and never read (242 right, 29 wrong, 50 missing at first).
const HURRIED_UNREAD: &str = include_str!("data/hurried_unread.jsonl");
/// 54 of a mixed day (arrivals and departures, twins, lodgers, papers read aloud) by three further writers, scored before
/// anybody read them (917 right, 121 wrong, 190 missing; 6 critical ones without a question), then a third of them read.
const MIXED: &str = include_str!("data/mixed.jsonl");
/// Every fourth of theirs and all 24 of a fourth writer, counted and never read (875 right, 89 wrong, 184 missing; 3 at
/// first).
const MIXED_UNREAD: &str = include_str!("data/mixed_unread.jsonl");
/// 344 by seven writers whose people seldom use the form's own words, scored before anybody read them (4955 right, 1356
/// wrong, 3739 missing; 82 critical ones without a question), then read field by field. Turns are marked with what they tell.
const VARIED: &str = include_str!("data/varied.jsonl");
/// Every fourth of theirs, counted and never read (1478 right, 427 wrong, 1169 missing; 22 at first).
const VARIED_UNREAD: &str = include_str!("data/varied_unread.jsonl");
/// 340 by seven more writers, half of them ordinary, a quarter tangled, a quarter told in paraphrase, scored before anybody
/// read them (6179 right, 1199 wrong, 2663 missing; 84 critical ones without a question), then read field by field. Turns are marked with what they
/// tell.
const QUEUE: &str = include_str!("data/queue.jsonl");
/// Every fourth of theirs, counted and never read (2012 right, 373 wrong, 850 missing; 17 at first).
const QUEUE_UNREAD: &str = include_str!("data/queue_unread.jsonl");
/// Single exchanges: each names only the values that it is about.
const WORDINGS: &str = include_str!("data/wordings.jsonl");

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

/// Scores that must not fall (at least `right`, at most `wrong`, at most `silent` critical ones without a question);
/// raise them when the reader gets better.
fn read_as_well_as_ever(conversations: &str, right: usize, wrong: usize, silent: usize) {
    let samples = scoring::load(conversations);
    let all = scoring::score(&samples, true).total(|_| true);
    let sure = scoring::score(&samples, false).total(scoring::is_critical);
    assert!(all.right >= right, "{all:?}");
    assert!(all.wrong <= wrong, "{all:?}");
    assert!(sure.wrong <= silent, "{sure:?}");
}

#[test]
fn roundabout_conversations_are_read_as_well_as_ever() {
    read_as_well_as_ever(COUNTER, COUNTER_RIGHT, COUNTER_WRONG, 0);
}

#[test]
fn fresh_conversations_are_read_as_well_as_ever() {
    read_as_well_as_ever(FRESH, FRESH_RIGHT, FRESH_WRONG, 0);
}

#[test]
fn conversations_written_by_others_are_read_as_well_as_ever() {
    read_as_well_as_ever(LATER, LATER_RIGHT, LATER_WRONG, LATER_SURE_WRONG);
}

#[test]
fn conversations_of_two_more_writers_are_read_as_well_as_ever() {
    read_as_well_as_ever(NEWER, NEWER_RIGHT, NEWER_WRONG, NEWER_SURE_WRONG);
}

#[test]
fn conversations_of_three_more_writers_are_read_as_well_as_ever() {
    read_as_well_as_ever(NEWEST, NEWEST_RIGHT, NEWEST_WRONG, NEWEST_SURE_WRONG);
}

/// What may be expected of talk that nobody prepared for.
#[test]
fn conversations_never_looked_at_are_read_as_well_as_ever() {
    read_as_well_as_ever(UNSEEN, UNSEEN_RIGHT, UNSEEN_WRONG, UNSEEN_SURE_WRONG);
}

#[test]
fn more_conversations_never_looked_at_are_read_as_well_as_ever() {
    read_as_well_as_ever(KEPT, KEPT_RIGHT, KEPT_WRONG, KEPT_SURE_WRONG);
}

#[test]
fn conversations_of_six_more_writers_are_read_as_well_as_ever() {
    read_as_well_as_ever(FURTHER, FURTHER_RIGHT, FURTHER_WRONG, FURTHER_SURE_WRONG);
}

#[test]
fn conversations_of_a_seventh_writer_are_read_as_well_as_ever() {
    read_as_well_as_ever(SEALED, SEALED_RIGHT, SEALED_WRONG, SEALED_SURE_WRONG);
}

#[test]
fn conversations_of_an_eighth_writer_are_read_as_well_as_ever() {
    read_as_well_as_ever(RECENT, RECENT_RIGHT, RECENT_WRONG, RECENT_SURE_WRONG);
}

#[test]
fn conversations_of_a_ninth_writer_are_read_as_well_as_ever() {
    read_as_well_as_ever(SPARE, SPARE_RIGHT, SPARE_WRONG, SPARE_SURE_WRONG);
}

#[test]
fn conversations_of_a_tenth_writer_are_read_as_well_as_ever() {
    read_as_well_as_ever(RESERVE, RESERVE_RIGHT, RESERVE_WRONG, RESERVE_SURE_WRONG);
}

#[test]
fn ordinary_conversations_never_looked_at_are_read_as_well_as_ever() {
    read_as_well_as_ever(
        ORDINARY,
        ORDINARY_RIGHT,
        ORDINARY_WRONG,
        ORDINARY_SURE_WRONG,
    );
}

#[test]
fn knotty_conversations_are_read_as_well_as_ever() {
    read_as_well_as_ever(KNOTTY, KNOTTY_RIGHT, KNOTTY_WRONG, KNOTTY_SURE_WRONG);
}

#[test]
fn exchanges_about_homes_are_read_as_well_as_ever() {
    read_as_well_as_ever(HOMES, HOMES_RIGHT, HOMES_WRONG, HOMES_SURE_WRONG);
}

#[test]
fn short_exchanges_about_people_are_read_as_well_as_ever() {
    read_as_well_as_ever(PEOPLE, PEOPLE_RIGHT, PEOPLE_WRONG, PEOPLE_SURE_WRONG);
}

#[test]
fn usual_conversations_never_looked_at_are_read_as_well_as_ever() {
    read_as_well_as_ever(USUAL, 378, 28, 1);
}

#[test]
fn tangled_conversations_never_looked_at_are_read_as_well_as_ever() {
    read_as_well_as_ever(TANGLED, 296, 36, 4);
}

#[test]
fn exchanges_never_looked_at_are_read_as_well_as_ever() {
    read_as_well_as_ever(HOMES_UNREAD, 217, 68, 7);
    read_as_well_as_ever(PEOPLE_UNREAD, 158, 94, 3);
    read_as_well_as_ever(WHOSE_UNREAD, 140, 82, 6);
    read_as_well_as_ever(STAYS_UNREAD, 128, 49, 5);
}

#[test]
fn exchanges_about_whose_a_value_is_are_read_as_well_as_ever() {
    read_as_well_as_ever(WHOSE, 178, 47, 1);
}

#[test]
fn exchanges_about_the_move_itself_are_read_as_well_as_ever() {
    read_as_well_as_ever(STAYS, 195, 22, 0);
}

#[test]
fn lively_conversations_are_read_as_well_as_ever() {
    read_as_well_as_ever(LIVELY, 528, 18, 0);
}

#[test]
fn exchanges_about_papers_are_read_as_well_as_ever() {
    read_as_well_as_ever(PAPERS, 79, 27, 0);
    read_as_well_as_ever(PAPERS_UNREAD, 72, 36, 3);
}

#[test]
fn conversations_of_three_late_writers_are_read_as_well_as_ever() {
    read_as_well_as_ever(WEEKDAY, 267, 12, 0);
    read_as_well_as_ever(WEEKDAY_UNREAD, 247, 28, 0);
    read_as_well_as_ever(TURNED, 482, 56, 3);
    read_as_well_as_ever(UNLIKE, 570, 42, 2);
}

#[test]
fn conversations_of_talkative_and_hurried_people_are_read_as_well_as_ever() {
    read_as_well_as_ever(TALKATIVE, 467, 47, 1);
    read_as_well_as_ever(HURRIED, 208, 18, 1);
    read_as_well_as_ever(HURRIED_UNREAD, 255, 26, 0);
}

#[test]
fn conversations_of_a_mixed_day_are_read_as_well_as_ever() {
    read_as_well_as_ever(MIXED, 968, 88, 0);
    read_as_well_as_ever(MIXED_UNREAD, 873, 90, 3);
}

#[test]
fn varied_conversations_are_read_as_well_as_ever() {
    read_as_well_as_ever(VARIED, 6440, 1190, 33);
    read_as_well_as_ever(VARIED_UNREAD, 1776, 399, 12);
}

#[test]
fn conversations_of_a_whole_queue_are_read_as_well_as_ever() {
    read_as_well_as_ever(QUEUE, 7387, 736, 15);
    read_as_well_as_ever(QUEUE_UNREAD, 2132, 354, 15);
}

const PEOPLE_RIGHT: usize = 216;
const PEOPLE_WRONG: usize = 65;
const PEOPLE_SURE_WRONG: usize = 1;
const HOMES_RIGHT: usize = 333;
const HOMES_WRONG: usize = 19;
const HOMES_SURE_WRONG: usize = 0;
const ORDINARY_RIGHT: usize = 403;
const ORDINARY_WRONG: usize = 13;
const ORDINARY_SURE_WRONG: usize = 0;
const KNOTTY_RIGHT: usize = 342;
const KNOTTY_WRONG: usize = 24;
const KNOTTY_SURE_WRONG: usize = 0;
const RESERVE_RIGHT: usize = 435;
const RESERVE_WRONG: usize = 9;
const RESERVE_SURE_WRONG: usize = 0;
const RECENT_RIGHT: usize = 357;
const RECENT_WRONG: usize = 8;
const RECENT_SURE_WRONG: usize = 0;
const SPARE_RIGHT: usize = 351;
const SPARE_WRONG: usize = 14;
const SPARE_SURE_WRONG: usize = 1;
const SEALED_RIGHT: usize = 285;
const SEALED_WRONG: usize = 2;
const SEALED_SURE_WRONG: usize = 0;
const FURTHER_RIGHT: usize = 1710;
const FURTHER_WRONG: usize = 54;
const FURTHER_SURE_WRONG: usize = 1;
const KEPT_RIGHT: usize = 310;
const KEPT_WRONG: usize = 14;
const KEPT_SURE_WRONG: usize = 0;
const FRESH_RIGHT: usize = 1065;
const FRESH_WRONG: usize = 27;
const UNSEEN_RIGHT: usize = 658;
const UNSEEN_WRONG: usize = 20;
const UNSEEN_SURE_WRONG: usize = 3;
const LATER_RIGHT: usize = 1024;
const LATER_WRONG: usize = 48;
const LATER_SURE_WRONG: usize = 1;
const NEWER_RIGHT: usize = 1052;
const NEWER_WRONG: usize = 20;
const NEWER_SURE_WRONG: usize = 0;
const NEWEST_RIGHT: usize = 883;
const NEWEST_WRONG: usize = 17;
const NEWEST_SURE_WRONG: usize = 0;
const COUNTER_RIGHT: usize = 614;
const COUNTER_WRONG: usize = 11;

#[test]
fn one_thing_is_understood_in_many_wordings() {
    let samples = scoring::load(WORDINGS);
    let report = scoring::score(&samples, true);
    let missed: Vec<String> = report
        .deviations
        .iter()
        .filter(|d| d.want.is_some())
        .map(|d| format!("{} {}: {:?} for {:?}", d.id, d.key, d.got, d.want))
        .collect();
    assert!(missed.len() <= WORDINGS_MISSED, "{}", missed.join("\n"));
}

const WORDINGS_MISSED: usize = 3;

#[test]
fn turns_read_at_once_give_the_form_that_they_give_one_by_one() {
    for sample in scoring::load(CONVERSATIONS) {
        let today = sample.dialogue.today.expect("today");
        let reader = || FormReader::new(FormDefinition::embedded(), today);
        let (mut single, mut at_once) = (reader(), reader());
        for turn in &sample.dialogue.turns {
            single.push(turn);
        }
        at_once.push_all(&sample.dialogue.turns);
        assert_eq!(
            single.state().to_contract_json(),
            at_once.state().to_contract_json(),
            "{}",
            sample.id
        );
    }
}

/// So many turns are prepared side by side.
#[test]
fn many_turns_read_at_once_give_the_form_that_they_give_one_by_one() {
    let samples = scoring::load(CONVERSATIONS);
    let today = samples[0].dialogue.today.expect("today");
    let mut turns: Vec<_> = samples
        .iter()
        .flat_map(|sample| sample.dialogue.turns.clone())
        .take(300)
        .collect();
    for (n, turn) in (1..).zip(&mut turns) {
        turn.n = n;
    }
    let reader = || FormReader::new(FormDefinition::embedded(), today);
    let (mut single, mut at_once) = (reader(), reader());
    for turn in &turns {
        single.push(turn);
    }
    at_once.push_all(&turns);
    assert_eq!(
        single.state().to_contract_json(),
        at_once.state().to_contract_json()
    );
}
