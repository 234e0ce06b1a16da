//! Addresses that the employee has on record: the old one.

use super::*;

/// An employee who names a street nobody mentioned reads it from the register: the old one.
pub(super) fn by_register(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let words = u.all_words();
    let reads = words.iter().any(|w| {
        matches!(
            *w,
            "register" | "registret" | "registeret" | "står" | "stod"
        )
    }) || u
        .sentences
        .iter()
        .any(|s| s.question && u.words(s.words.clone()).iter().any(|w| w.len() > 4));
    // "og han bor på struer vej", where nobody asked for a home or named one before
    let third = m.mover != 0;
    let lives = words.windows(3).any(|w| {
        (matches!(w[0], "du" | "i") || third && matches!(w[0], "han" | "hun" | "de"))
            && matches!(w[1], "bor" | "boede")
            && matches!(w[2], "på" | "hjemme" | "i")
    }) && !words
        .iter()
        .any(|w| matches!(*w, "nu" | "så") || w.contains("kontrakt"));
    let asked = m
        .context()
        .asks_any(&[Topic::NewAddress, Topic::CurrentAddress]);
    let reads = reads || lives && !asked && !m.has("to.street_name");
    // "Hvilket nummer på Dæmningen?": the street was named before.
    let repeats = words
        .windows(3)
        .any(|w| w[0] == "hvilket" && w[1] == "nummer" && matches!(w[2], "på" | "i"))
        // "Hedder den Mellemvej eller Mellemvang?": a name that was only heard.
        || words.windows(2).any(|w| w[0] == "hedder" && matches!(w[1], "den" | "vejen" | "gaden"))
        || u.addresses().iter().filter(|a| a.value.street.is_some()).count() == 2
            && words.contains(&"eller")
        // "Og vejen var Vestre Landevej?": the name once more.
        || words.windows(2).any(|w| {
            matches!(w[0], "vejen" | "gaden" | "vejnavnet") && matches!(w[1], "er" | "var" | "hedder" | "hed")
        });
    let old = u.is_staff()
        && reads
        && !repeats
        && !m.has("from.street_name")
        && !m.context().asks(Topic::NewAddress)
        && !m.asked.asks(Topic::NewAddress);
    (old && (m.has("to.street_name") || m.talked <= 12)).then_some(Place::Old)
}

/// "Hvad er den nye adresse?" – «…» – "Jeg kan se, du står på Vestergade 5. Flytter du derfra?", "bor der nogen tilbage på
/// Vestergade 5?": with the new home told when it was asked for, the other one is where somebody stands, lived or leaves.
pub(super) fn beside_the_new(m: &Memory, u: &Utterance<'_>, number: Option<&str>) -> Option<Place> {
    let words = u.all_words();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let recorded = words.iter().any(|w| {
        ["folkereg", "registr", "registeret", "tilmeldt"]
            .iter()
            .any(|stem| w.starts_with(stem))
    }) || words.windows(2).any(|w| {
        matches!(
            w,
            ["du" | "i", "står" | "stod" | "bor" | "boede"]
                | ["står" | "stod" | "boede", "du" | "i"]
        )
    });
    let left = has(&[
        "tilbage", "boende", "tom", "tømt", "tømte", "forladt", "derfra",
    ]);
    let goes = has(&["skal", "hen", "til", "nye", "ny", "ind"]) && !left;
    // A name that was only heard otherwise keeps its number.
    let another = number.is_some() && m.text("to.house_number") != number;
    let open = !m.has("from.street_name")
        && m.from_abroad.is_none()
        && m.text("case.move_type") != Some("to_abroad");
    let told = m.placed.contains(&Place::New) && m.has("to.street_name");
    (u.is_staff() && told && open && another && (recorded || left) && !goes).then_some(Place::Old)
}

/// "Din nuværende adresse er ifølge registeret …": an employee who says of which address they read.
pub(super) fn reads_old(m: &Memory, u: &Utterance<'_>) -> Option<Place> {
    let old = u.is_staff()
        && m.asked.mentions(Topic::OldAddress)
        && !m.asked.mentions(Topic::NewAddress)
        && m.text("case.move_type") != Some("to_abroad")
        && u.all_words().iter().any(|w| {
            matches!(*w, "nuværende" | "hidtidige" | "tidligere" | "gamle")
                || w.starts_with("registe")
                || w.starts_with("registr")
                || w.starts_with("fraflytning")
        });
    // "Og den adresse, du står på nu, er det Søndergade 204?"
    let stands = u.is_staff()
        && u.all_words().windows(4).any(|w| {
            w[0].starts_with("adresse")
                && matches!(w[1], "du" | "i")
                && w[2] == "står"
                && w[3] == "på"
        });
    // "Så har jeg jer på Vestergade otte", "jeg har dig stående på …"
    let kept = u.is_staff()
        && !m.has("from.street_name")
        && !m
            .context()
            .asks_any(&[Topic::NewAddress, Topic::CurrentAddress])
        && m.text("case.move_type") != Some("to_abroad")
        && u.all_words().windows(4).any(|w| {
            (matches!(w, ["har", "jeg", ..]) || matches!(w, ["jeg", "har", ..]))
                && matches!(w[2], "dig" | "jer" | "ham" | "hende")
                && matches!(
                    w[3],
                    "på" | "i" | "stående" | "noteret" | "registreret" | "skrevet"
                )
        });
    // "Så bor du på Vesterport toogtredive i Grenaa.": what follows from all that was said.
    let concluded = u.is_staff()
        && !m.has("to.street_name")
        && u.all_words().starts_with(&["så", "bor"])
        && !u
            .all_words()
            .iter()
            .any(|w| matches!(*w, "nu" | "dag" | "stadig" | "fortsat" | "endnu"))
        && !u.sentences.first().is_some_and(|s| s.question);
    if concluded {
        return Some(Place::New);
    }
    (old || stands || kept).then_some(Place::Old)
}

/// "Har du kontrakten?" – «Прочитайте самі» – "Boulevarden femogtredive, tredje sal midtfor.": what an employee reads
/// right then stands in the contract, which is that of the new home.
pub(super) fn reads_lease(m: &Memory, u: &Utterance<'_>, number: Option<&str>) -> bool {
    let asked = m.context();
    u.is_staff()
        && number.is_some()
        && asked.asks(Topic::Lease)
        && !asked.asks_any(&[Topic::OldAddress, Topic::CurrentAddress])
        && !m.has("to.house_number")
        && u.sentences.first().is_some_and(|s| !s.question)
}
