//! What a question means by words that stand for something else elsewhere.

use super::asked::{Ask, Target};
use super::memory::Memory;
use super::topic::Topic;

/// Puts right what the employee's present turn was taken to ask for.
pub(super) fn put_right(m: &mut Memory) {
    surname_of_citizen(m);
    post_of_other(m);
    own_number(m);
    begins_with_you(m);
    where_wed(m);
    on_whose_behalf(m);
    kept_secret(m);
}

/// "Vil du have beskyttet din adresse?": whether, and not which one.
fn kept_secret(m: &mut Memory) {
    let starts = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    if starts(&["beskyt", "hemmelig", "skjul"]) && !starts(&["hvor", "hvad", "hvilken"]) {
        m.asked
            .asks
            .retain(|ask| !matches!(ask.topic, Topic::NewAddress | Topic::OldAddress));
    }
}

/// "Er det for dig selv?", "kommer du for dig selv?": who moves, and not who else is in the home.
fn on_whose_behalf(m: &mut Memory) {
    let behalf: &[&str] = &["det", "du", "melder", "kommer", "flytter", "flytning"];
    if says(m, &[behalf, &["for"], &["dig", "jer"], &["selv"]])
        && !says(m, &[&["har", "bor"], &["du", "i"]])
    {
        m.asked
            .asks
            .retain(|ask| ask.topic != Topic::OthersRegistered);
    }
}

/// "Hvornår blev I gift?" – «Двадцятого серпня.» – "Hvor?": where the wedding was.
fn where_wed(m: &mut Memory) {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let words = match words.as_slice() {
        ["og" | "nå" | "tak" | "ja", rest @ ..] => rest,
        all => all,
    };
    let bare = matches!(
        words,
        ["hvor"] | ["hvor", "henne" | "da"] | ["i", "hvilken", "by"]
    );
    if bare && m.asked_before.asks(Topic::MaritalDate) {
        m.asked.asks = vec![Ask {
            topic: Topic::MaritalPlace,
            question: true,
            words: 0..1,
        }];
        m.asked.statement = false;
    }
}

fn says(m: &Memory, row: &[&[&str]]) -> bool {
    m.staff_words
        .windows(row.len())
        .any(|w| w.iter().zip(row).all(|(w, any)| any.contains(&w.as_str())))
}

/// "Hvad er dit efternavn og nummer?" asks for nobody's but the citizen's.
fn surname_of_citizen(m: &mut Memory) {
    let own = says(m, &[&["dit", "jeres"], &["efternavn"], &["og"]]);
    let host = m.staff_words.iter().any(|w| {
        ["udlejer", "vært", "ejer", "logivært"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if own && !host {
        m.asked.asks.retain(|ask| ask.topic != Topic::HostName);
    }
}

/// "Han får erklæringen i sin Digitale Post": what is sent to somebody else asks nothing about the citizen's.
fn post_of_other(m: &mut Memory) {
    let theirs = says(
        m,
        &[
            &["sin", "hans", "hendes", "deres"],
            &["digitale", "digital", "e"],
            &["post", "boks"],
        ],
    );
    if theirs && m.mover == 0 {
        m.asked
            .asks
            .retain(|ask| !matches!(ask.topic, Topic::DigitalPost | Topic::DigitalExempt));
    }
}

/// "Så starter vi med dig, og så hører hun efter": the name of who speaks.
fn begins_with_you(m: &mut Memory) {
    let begins = says(
        m,
        &[
            &["starter", "begynder", "tager"],
            &["vi", "jeg"],
            &["med"],
            &["dig"],
        ],
    ) || says(
        m,
        &[
            &["starter", "begynder", "begynde", "starte"],
            &["med"],
            &["dig"],
        ],
    ) || says(m, &[&["dig"], &["først"]])
        || only_you(m);
    // "Og dig?" behind "Hvad er hans fødselsdag?" asks that again.
    let again = m.data_asked_turn > 0 && m.data_asked_turn + 6 >= m.turns && only_you(m);
    let again = again && !m.data_asked.is_empty() && !m.asked.targets.is_empty();
    if !begins
        || again
        || m.has(&Memory::key(0, "given_names"))
        || m.asked.questions().next().is_some()
    {
        return;
    }
    m.asked.asks.push(Ask {
        topic: Topic::Name,
        question: true,
        words: 0..1,
    });
    m.asked.targets = vec![Target::You];
    m.asked.statement = false;
}

/// "Og dig?", "Du og din kone?", "fint og dig selv", "Vi begynder fra toppen: dig.": a turn that is nothing but who is
/// spoken to, or ends on it.
fn only_you(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let words: Vec<&str> = words
        .into_iter()
        .skip_while(|w| super::requests::opens_talk(w) || matches!(*w, "nå" | "fint" | "godt"))
        .collect();
    let begins = words
        .iter()
        .any(|w| matches!(*w, "begynder" | "starter" | "tager"));
    matches!(words.as_slice(), ["du" | "dig"] | ["du" | "dig", "selv"])
        || matches!(
            words.as_slice(),
            [
                "du" | "dig",
                "og",
                "din" | "dit" | "ham" | "hende" | "børnene",
                ..
            ]
        ) && words.len() <= 5
        || begins && words.last() == Some(&"dig")
}

/// "Og dit eget nummer?" to whoever has given the CPR number and somebody else's telephone: the telephone.
fn own_number(m: &mut Memory) {
    let eget = says(m, &[&["dit"], &["eget"], &["nummer"]]);
    let own = eget || says(m, &[&["dit"], &["nummer"]]);
    let personal = m
        .staff_words
        .iter()
        .any(|w| w.contains("cpr") || w.starts_with("person"));
    let known = m.has(&Memory::key(m.mover, "cpr_number"));
    // Once the personal number is known and no question for it is open, "dit nummer" is the one to ring.
    let told = m.cpr_start.is_none() && m.last_cpr_turn + 6 < m.turns;
    let other = (m.last_phone.is_some() || told) && !m.has(&Memory::key(m.mover, "phone"));
    if !own || personal || !known || !other {
        return;
    }
    let asked = m.asked.asks.iter().find(|ask| ask.topic == Topic::Cpr);
    let words = asked.map_or(0..1, |ask| ask.words.clone());
    m.asked.asks.retain(|ask| ask.topic != Topic::Cpr);
    if !m.asked.asks(Topic::Phone) {
        m.asked.asks.push(Ask {
            topic: Topic::Phone,
            question: true,
            words,
        });
    }
}

/// "Nummeret ender på ulige, er det dit eget?": whose number, and not whose home.
pub(super) fn whose_number(m: &mut Memory) {
    let any = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    if any(&[
        "nummer", "cpr", "cifr", "ender", "tallet", "telefon", "mail",
    ]) && !any(&[
        "bolig",
        "lejlighed",
        "hus",
        "værelse",
        "lejer",
        "udlejer",
        "ejer",
    ]) {
        m.asked.asks.retain(|ask| ask.topic != Topic::DwellingType);
    }
}

/// "Hvornår kan du komme med papirerne?", "hvornår har du tid?": the day of a visit here.
pub(super) fn asks_appointment(staff: &[String]) -> bool {
    let says = |list: &[&str]| staff.iter().any(|w| list.contains(&w.as_str()));
    let comes = says(&["komme", "kommer", "kigge", "aflevere"])
        && (says(&[
            "igen",
            "tilbage",
            "forbi",
            "papirerne",
            "papiret",
            "kontrakten",
            "passet",
        ]) || staff.windows(2).any(|w| w[0] == "komme" && w[1] == "med"));
    let time = staff
        .windows(3)
        .any(|w| w[0] == "har" && matches!(w[1].as_str(), "du" | "i") && w[2] == "tid");
    says(&["hvornår"]) && (comes || time)
}

/// "Og dit CPR-nummer?", "Personnummer?": of the one at the counter, and of nobody else.
pub(super) fn asks_own_number(m: &Memory) -> bool {
    let asked = m.asked.asks_any(&[Topic::Cpr, Topic::BirthDate]);
    let third = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "hans" | "hendes" | "han" | "hun" | "barnets"));
    let targets = &m.asked.targets;
    // "Dit nummer?" behind another's number is asked for to ring.
    let others = m.people.iter().any(|p| {
        let number = Memory::key(p.id, "cpr_number");
        p.id != m.mover && m.has(&number)
    });
    asked && !others && (m.asked.is_about(Target::You) || targets.is_empty() && !third)
}
