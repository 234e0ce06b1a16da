//! Whether a move stays within one municipality, where somebody says so: "det er samme kommune", "er det Odense til
//! Odense?" – «Так», «в межах міста».

use tolkebot_values::municipality::of_code;

use super::belief::Heard;
use super::memory::Memory;
use super::mood;
use super::topic::Topic;
use super::utterance::Utterance;

const WITHIN: &str = "domestic_within_municipality";
const TO: &str = "domestic_to_municipality";
/// The table of postal codes marks its codes, and the one of municipalities leaves them out.
const AARHUS: &str = "Aarhus";

/// Keeps the municipalities whose towns are named where an address of the move is asked for.
fn keep_named(m: &mut Memory, u: &Utterance<'_>) {
    // «Вона у Вейле, у неї своя сім'я» is nobody's move.
    let of_move = m.asked.asks_any(&[
        Topic::OldAddress,
        Topic::NewAddress,
        Topic::CurrentAddress,
        Topic::PostalCode,
    ]);
    if !of_move {
        return;
    }
    for place in u.places().iter().filter(|p| p.value.country == "Danmark") {
        if place.value.in_aarhus && !m.municipalities.contains(&AARHUS) {
            m.municipalities.push(AARHUS);
            continue;
        }
        let mut names = place.value.postal_codes.iter().map(|c| of_code(c));
        let Some(first) = names.next().flatten() else {
            continue;
        };
        if names.all(|name| name == Some(first)) && !m.municipalities.contains(&first) {
            m.municipalities.push(first);
        }
    }
}

/// Takes what a turn says about the municipality.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    keep_named(m, u);
    let key = "case.move_type";
    let known = matches!(
        m.text(key),
        Some("to_abroad" | "from_abroad" | "no_fixed_address")
    );
    if known || m.from_abroad.is_some() {
        return;
    }
    let kind = if u.is_staff() {
        u.sentences
            .iter()
            .filter(|s| !s.question)
            .find_map(|s| told_by_staff(&u.words(s.words.clone())))
            .or_else(|| answers_itself(&u.all_words()))
    } else {
        told(m, u)
    };
    if let Some(kind) = kind
        && m.text(key) != Some(kind)
    {
        m.hear(key, Heard::new(kind, u.evidence(0..0), 0.8));
    }
}

/// "Det er jo samme kommune", "Ribe er stadig Esbjerg Kommune", "Skagen hører under Frederikshavn".
fn told_by_staff(words: &[&str]) -> Option<&'static str> {
    let unsure = words.iter().any(|w| {
        matches!(
            *w,
            "hvis" | "eller" | "om" | "når" | "man" | "ikke" | "læge" | "lægen"
        )
    });
    if unsure {
        return None;
    }
    let pair = |list: &[[&str; 2]]| words.windows(2).any(|w| list.iter().any(|p| w == p));
    if pair(&[
        ["samme", "kommune"],
        ["inden", "for"],
        ["internt", "i"],
        ["indenfor", "kommunen"],
    ]) && words.iter().any(|w| w.starts_with("kommune"))
    {
        return Some(WITHIN);
    }
    let still = words.windows(4).any(|w| {
        matches!(w, ["er" | "hører", "stadig" | "også" | "jo", _, last]
            if last.starts_with("kommune"))
    }) || words.windows(5).any(|w| {
        matches!(w, ["er" | "hører", "jo" | "nu", "også" | "stadig", _, last]
            if last.starts_with("kommune"))
    });
    // "Aabenraa Kommune begge steder", "en flytning i Holstebro, begge veje"
    let both = pair(&[["begge", "steder"], ["begge", "veje"], ["begge", "dele"]])
        && words
            .iter()
            .any(|w| w.starts_with("kommune") || w.starts_with("flytning"));
    if still || both {
        return Some(WITHIN);
    }
    // "Det er hertil Hedensted Kommune, så det er tilflytning."
    let newcomer = words
        .iter()
        .any(|w| matches!(*w, "tilflytning" | "tilflytter" | "tilflyttere"))
        && words.iter().any(|w| matches!(*w, "er" | "bliver"));
    if newcomer {
        return Some(TO);
    }
    pair(&[["anden", "kommune"], ["ny", "kommune"], ["kommunen", "fra"]])
        .then_some(TO)
        .filter(|_| {
            words
                .iter()
                .any(|w| matches!(*w, "flytter" | "flyttet" | "kommer" | "tilflytter"))
        })
}

/// "Ligger Nakskov ikke i samme kommune? Jo, begge er Lolland."
fn answers_itself(words: &[&str]) -> Option<&'static str> {
    let at = words.windows(2).position(|w| w == ["samme", "kommune"])?;
    let answer = words[at + 2..]
        .iter()
        .find(|w| matches!(**w, "ja" | "jo" | "nej"))?;
    Some(if *answer == "nej" { TO } else { WITHIN })
}

/// «Жили теж у Нествед», «в тому ж Сеннерборзі», asked for an address: the town that was named before.
fn same_town(m: &Memory, u: &Utterance<'_>, words: &[&str]) -> bool {
    let asked = m.asked.asks_any(&[
        Topic::OldAddress,
        Topic::NewAddress,
        Topic::CurrentAddress,
        Topic::PostalCode,
    ]);
    let danish = |at: usize| {
        let start = u.token(at).span.start;
        u.places()
            .iter()
            .any(|p| p.value.country == "Danmark" && p.span.start == start)
    };
    // "Hvor bor hendes far?" asks for somebody else's.
    let other = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "han" | "hun" | "hans" | "hendes" | "faren" | "moren"
        )
    });
    asked
        && !other
        && (0..words.len()).any(|at| match &words[..at] {
            [.., "теж" | "також", "у" | "в"]
            | [.., "теж" | "також"]
            | [.., "тому" | "самому" | "самій", "ж" | "самому" | "же"]
            | [.., "цьому", "ж" | "самому"] => danish(at),
            _ => false,
        })
}

/// «В межах міста», «комуна та сама», or a yes to "er det Odense til Odense?".
fn told(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let words = u.all_words();
    let staff = &m.staff_words;
    let asked = staff
        .iter()
        .any(|w| w.starts_with("kommune") || *w == "internt" || *w == "udefra")
        || staff.windows(3).any(|w| w[1] == "til" && w[0] == w[2]);
    let pair = |list: &[[&str; 2]]| words.windows(2).any(|w| list.iter().any(|p| w == p));
    // «Ось. Обидві в Орхусі.»
    let both = words
        .iter()
        .any(|w| matches!(*w, "обидві" | "обидва" | "обоє"))
        && u.places().iter().any(|p| p.value.country == "Danmark")
        && staff.iter().any(|w| w.starts_with("adresse"));
    if both {
        return Some(WITHIN);
    }
    if same_town(m, u, &words) {
        return Some(WITHIN);
    }
    let inside = pair(&[
        ["самій", "комуні"],
        ["самої", "комуни"],
        ["самому", "місті"],
        ["одній", "комуні"],
        ["в", "межах"],
        ["у", "межах"],
        ["межах", "міста"],
        ["межах", "комуни"],
        ["комуна", "та"],
        ["тій", "самій"],
        ["та", "сама"],
    ]) && words
        .iter()
        .any(|w| w.starts_with("міст") || w.starts_with("комун") || *w == "межах");
    if inside && (asked || words.iter().any(|w| w.starts_with("комун"))) {
        return Some(WITHIN);
    }
    // «Місто те саме», «з одного кінця Гольстебро в інший»
    let same_place = words.windows(3).any(|w| {
        matches!(w, [town, "те" | "та", "саме" | "сама" | "ж"] | ["те" | "та", "саме" | "сама" | "ж", town]
            if matches!(*town, "місто" | "містечко" | "комуна" | "село"))
    }) || words.windows(6).any(|w| {
        matches!(w, ["з", "одного", "кінця" | "боку", ..])
            && w.iter().any(|w| matches!(*w, "інший" | "другий"))
    });
    if same_place {
        return Some(WITHIN);
    }
    let other = words.windows(3).any(|w| {
        w[0].starts_with("комун") && w.iter().any(|x| matches!(*x, "інша" | "друга" | "чужа"))
    }) || asked_of_kommune(staff)
        && words
            .iter()
            .any(|w| matches!(*w, "інша" | "іншу" | "іншої"))
        || pair(&[["інша", "комуна"], ["друга", "комуна"], ["іншої", "комуни"]]);
    if other {
        return Some(TO);
    }
    // "Er centret i samme kommune?", "er det en anden kommune?"
    if let Some(asked) = asked_which(staff) {
        let mood = mood::mood(u);
        return match (mood.agreed, mood.objected, asked) {
            (true, false, kind) => Some(kind),
            (false, true, WITHIN) if words.len() <= 6 => Some(TO),
            (false, true, TO) if words.len() <= 6 => Some(WITHIN),
            _ => None,
        };
    }
    // "Er det Odense til Odense?"
    let same = staff
        .windows(3)
        .any(|w| w[1] == "til" && w[0] == w[2] && w[0].len() > 2);
    (same && mood::mood(u).agreed).then_some(WITHIN)
}

/// The kind of move that a yes to the question would mean.
fn asked_which(staff: &[String]) -> Option<&'static str> {
    let doctor = staff.iter().any(|w| w.starts_with("læge"));
    // "Det er samme kommune, så hvilket nummer?"
    let told = staff.windows(3).any(|w| {
        w[0] == "det" && w[1] == "er" && matches!(w[2].as_str(), "samme" | "jo" | "en" | "også")
    });
    if told {
        return None;
    }
    staff
        .windows(2)
        .filter(|w| w[1].starts_with("kommune") && !doctor)
        .find_map(|w| match w[0].as_str() {
            "samme" => Some(WITHIN),
            "anden" => Some(TO),
            _ => None,
        })
}

/// "Flytter du til en anden kommune?"
fn asked_of_kommune(staff: &[String]) -> bool {
    staff
        .windows(2)
        .any(|w| matches!(w[0].as_str(), "anden" | "ny" | "samme") && w[1].starts_with("kommune"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Option<&'static str> {
        told_by_staff(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn the_employee_says_that_it_is_one_municipality() {
        assert_eq!(said("det er jo samme kommune"), Some(WITHIN));
        assert_eq!(said("assens er stadig assens kommune"), Some(WITHIN));
        assert_eq!(said("er det ikke samme kommune"), None);
        assert_eq!(said("hvis det er samme kommune"), None);
    }
}
