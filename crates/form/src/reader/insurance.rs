//! In which of the two groups of the health insurance somebody is: "du er i gruppe to, skal det fortsætte?" – «Так».

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "gp.insurance_group";

/// Takes what a citizen answers about the group.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    // A child may be in a group, too.
    let of_insurance = |w: &str| matches!(w, "et" | "ét" | "to" | "1" | "2");
    let asked = m.staff_words.windows(2).any(|w| {
        w[0] == "gruppe" && of_insurance(&w[1])
            || matches!(w[0].as_str(), "almindelige" | "sædvanlige" | "normale") && w[1] == "gruppe"
    });
    let words = u.all_words();
    let doctor = m.asked.mentions(Topic::Doctor) || m.has("gp.choice");
    let spoken = doctor && words.iter().any(|w| w.starts_with("груп"));
    if u.is_staff() || !(asked || spoken) {
        return;
    }
    let said = named(&words, asked);
    let value = said.or_else(|| if asked { agreed(m, u) } else { None });
    if let Some(value) = value.filter(|value| m.text(KEY) != Some(value)) {
        let act = if m.has(KEY) { Act::Correct } else { Act::Say };
        m.hear(KEY, Heard::new(value, u.evidence(0..0), 0.7).act(act));
    }
}

/// «Я в другій групі», «давайте першу», «я так, в одиничці»: the first that is named, and none that is refused.
fn named(words: &[&str], asked: bool) -> Option<&'static str> {
    let of_group = |at: usize| {
        asked
            || words[at.saturating_sub(2)..(at + 3).min(words.len())]
                .iter()
                .any(|w| w.starts_with("груп"))
    };
    words.iter().enumerate().find_map(|(at, w)| {
        let value = if ["звичайн", "одинич"].iter().any(|stem| w.starts_with(stem))
            || matches!(
                *w,
                "першу" | "першій" | "перша" | "першої" | "один" | "одну"
            ) {
            "1"
        } else if w.starts_with("двійц")
            || matches!(*w, "другу" | "другій" | "друга" | "другої" | "два")
        {
            "2"
        } else {
            return None;
        };
        let refused = at > 0 && matches!(words[at - 1], "не" | "ні");
        (of_group(at) && !refused).then_some(value)
    })
}

/// "Skal det fortsætte?" of the one group that the employee named.
fn agreed(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let has = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let first = has(&["et", "ét", "1", "almindelige", "sædvanlige", "normale"]);
    let second = m
        .staff_words
        .windows(2)
        .any(|w| w[0].starts_with("gruppe") && matches!(w[1].as_str(), "to" | "2"));
    let stays = u.all_words().iter().any(|w| {
        ["лиша", "залиш", "лиші"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let mood = super::replies::reply(u);
    let named = match (first, second) {
        (true, false) => "1",
        (false, true) => "2",
        _ => return None,
    };
    // "Vil I også have gruppe to?" – «Та ні-ні»: then the ordinary one.
    match (mood.agreed || stays, mood.objected) {
        (true, false) => Some(named),
        (false, true) if named == "2" && has(&["vil", "have", "vælge"]) => Some("1"),
        _ => None,
    }
}
