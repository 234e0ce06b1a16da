//! What an employee's question asks of whose home it is.

use super::context;
use crate::reader::asked::Target;
use crate::reader::kin::Sex;
use crate::reader::memory::{Memory, Place};
use crate::reader::topic::Topic;

/// How a question asks for the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Question {
    /// "Hvem ejer huset?", "er han lejer eller ejer?", "hvem står på kontrakten?"
    Holder,
    /// "Hvad hedder hun?" of somebody whose home was spoken of.
    Name,
    /// "Dorit hvad?", "Levko hedder hvad til efternavn?": the given name that stands in the question.
    Surname(String),
}

/// The question that the citizen's turn answers, where it is for the host.
pub(super) fn question(m: &Memory) -> Option<Question> {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let others = [
        Topic::Cpr,
        Topic::BirthDate,
        Topic::Age,
        Topic::WhoMoves,
        Topic::HowMany,
        Topic::Custody,
        Topic::OtherParentAgrees,
        Topic::OtherParentMoves,
        Topic::Doctor,
        Topic::OldAddress,
        Topic::Remaining,
    ];
    // "Og din søn, hvad hedder han, og hvor bor han?" asks for a grown one.
    let child = m.asked.kin().is_some_and(|k| k.is_child()) && !context::home(&words);
    let left = m.place == Some(Place::Old) && !context::recent(m, None);
    let old = left || m.asked_before.asks(Topic::OldAddress);
    // "Og han får lov at svare. Hvad hedder han?" of the children's father.
    let parent = m.asked_before.asks_any(&[
        Topic::Custody,
        Topic::OtherParentAgrees,
        Topic::OtherParentMoves,
        Topic::OtherParentName,
    ]) && !context::home(&words);
    if m.asked.asks_any(&others) || child || old || parent || of_old_home(&words) {
        return None;
    }
    if let Some(given) = given_before_hvad(&words) {
        return context::recent(m, None).then(|| Question::Surname(given.to_owned()));
    }
    if from_whom(&words) && !shared(m) {
        return None;
    }
    let holder = holder(&words) || m.asked.asks(Topic::HostRole);
    if holder && !about_you(&words) {
        return Some(Question::Holder);
    }
    // Whoever comes is asked for their own name first.
    let known = m.has(&Memory::key(m.mover, "given_names"));
    // "Hvad hedder han, og hvor bor han?": whoever lives somewhere else.
    // "Hvad hedder hende, du bor sammen med?": whoever may come along.
    let elsewhere = words.windows(2).any(|w| w == ["hvor", "bor"]) || words.contains(&"sammen");
    let named = asks_name(m, &words) && !about_you(&words) && known && !elsewhere;
    let home = context::home(&words);
    let spoken = m.host.is_some_and(|id| id != 0) || context::recent(m, third(&words));
    (named && (home || spoken)).then_some(Question::Name)
}

/// "Hvem lejer du af?", "hvem udlejer?": whoever lets a whole home lives elsewhere and is no host.
fn from_whom(words: &[&str]) -> bool {
    let lets = words.iter().any(|w| w.starts_with("udlej"));
    let of = words.contains(&"af") && words.iter().any(|w| w.starts_with("lej"));
    lets || of
}

/// The home is a room, or others live there, too.
fn shared(m: &Memory) -> bool {
    matches!(m.text("dwelling.type"), Some("room" | "sublet"))
        || m.text_is("dwelling.others_registered", true)
        || m.declaration
}

/// "Hvor boede du før?", "… på den gamle adresse"
fn of_old_home(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "gamle" | "gammel" | "tidligere" | "forrige" | "boede" | "før" | "tilbage"
        )
    })
}

/// "Er det dig, der har lejemålet?", "ejer du huset?", "hvad hedder du?"
fn about_you(words: &[&str]) -> bool {
    let who = words.contains(&"hvem") || words.contains(&"hvis");
    let named = words.windows(2).any(|w| {
        matches!(
            w,
            ["hedder", "du" | "i"] | ["dit" | "jeres", "navn" | "fulde"]
        )
    });
    let yours = words.windows(2).any(|w| {
        matches!(
            w,
            ["ejer" | "lejer", "du" | "i"] | ["det", "dig"] | ["du", "ejer" | "lejer"]
        )
    });
    named || yours && !who
}

/// Who holds the home: "hvem ejer", "hvem udlejer", "hvem står for huset", "er det hendes lejemål"
fn holder(words: &[&str]) -> bool {
    let who = words.iter().any(|w| matches!(*w, "hvem" | "hvis"));
    let holds = words.iter().any(|w| {
        [
            "udlej",
            "ejer",
            "ejes",
            "lej",
            "fremlej",
            "kontrakt",
            "tilhør",
            "logivært",
            "landmand",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    }) || words.windows(2).any(|w| {
        matches!(
            w,
            ["står", "for" | "på" | "bag"] | ["råder", "over"] | ["sige", "god"]
        )
    }) && context::home(words);
    let theirs = words.windows(2).any(|w| {
        matches!(
            w[0],
            "hans" | "hendes" | "deres" | "mands" | "kones" | "søsters" | "brors"
        ) && (context::is_home(w[1]) || w[1].starts_with("leje") || w[1].starts_with("ege"))
    });
    let role = words.windows(3).any(|w| {
        matches!(w, ["ejer" | "lejer", "eller", "ejer" | "lejer"])
            || matches!(w[0], "ejer" | "lejer") && matches!(w[1], "han" | "hun" | "de")
    }) || words
        .windows(2)
        .any(|w| matches!(w, ["ejer" | "lejer", "han" | "hun" | "de"]));
    who && holds || theirs || role
}

/// "Hvad hedder hun?", "hele navnet til ham?", "hvem er han?"
fn asks_name(m: &Memory, words: &[&str]) -> bool {
    let third = m.asked.is_about(Target::Third) || m.asked.kin().is_some();
    let hedder = words.iter().any(|w| matches!(*w, "hedder" | "hedde"));
    // "Hvad hedder firmaet?", "hvad hedder gaden?" ask for nobody.
    let somebody = words.iter().any(|w| {
        matches!(
            *w,
            "han" | "hun" | "ham" | "hende" | "vedkommende" | "de" | "dem"
        ) || ["ejer", "udlejer", "logi", "vært", "mand", "dame", "kvinde"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let navn = words
        .iter()
        .any(|w| w.starts_with("navn") || w.starts_with("efternavn") || w.ends_with("navnet"));
    let who = words
        .windows(3)
        .any(|w| matches!(w, ["hvem", "er", "han" | "hun" | "det"]));
    m.asked.asks(Topic::HostName)
        || (hedder || navn) && third
        || hedder && somebody && !words.contains(&"du")
        || who
}

/// "Dorit hvad?", "Nicolai hvad?", "Levko hedder hvad til efternavn?"
fn given_before_hvad<'a>(words: &[&'a str]) -> Option<&'a str> {
    let at = words.iter().rposition(|w| *w == "hvad")?;
    let before = words[..at].last()?;
    let ends = at + 1 == words.len()
        || words[at + 1..].starts_with(&["til"])
        || words[at + 1..].starts_with(&["og"]);
    let name = if *before == "hedder" {
        words[..at - 1].last()?
    } else {
        before
    };
    let plain = [
        "og", "ja", "så", "okay", "fint", "eller", "men", "det", "er", "på", "til", "med", "hun",
        "han", "du", "i", "altså", "siger",
    ];
    // "Vestergade hvad?" asks for a house number.
    let street = [
        "gade", "vej", "vænget", "torv", "stræde", "allé", "plads", "parken",
    ]
    .iter()
    .any(|end| name.ends_with(end));
    let fits = ends && !street && !plain.contains(name) && name.chars().count() >= 3;
    fits.then_some(*name)
}

fn third(words: &[&str]) -> Option<Sex> {
    words.iter().find_map(|w| match *w {
        "han" | "ham" | "hans" => Some(Sex::Male),
        "hun" | "hende" | "hendes" => Some(Sex::Female),
        _ => None,
    })
}
