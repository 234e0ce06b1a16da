//! What short answers about the doctor mean, and which are none.

use super::belief::{Act, Heard};
use super::facts::{Fact, Hit};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// «А плакат, до речі, залишу» when nobody asks any more; «Ні, у будинку свій лікар» to whether the old one is kept.
pub(super) fn no_answer(m: &Memory, words: &[&str], hit: &Hit) -> bool {
    if hit.row.asked.is_empty() {
        return false;
    }
    let keep = hit.row.fact == Fact::Text("keep");
    let keeps = words[hit.words.clone()].iter().any(|w| {
        ["лиш", "залиш", "трима", "не"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    // "Så vælger vi lægehuset i Ry." – «Хай буде.»
    let picks = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "vælger" | "sætter" | "skriver"));
    let changes = m.text("gp.choice") == Some("change") && picks && !keeps && !m.objected;
    let chosen = m.has("gp.clinic_name") || changes;
    let settled = keep && chosen && m.asked.questions().next().is_none();
    let refused = keep && m.objected && asks_to_keep(m) && !keeps;
    settled || refused
}

/// "Bliver hun hos den, hun har?", "vil du beholde lægen?"
pub(super) fn asks_to_keep(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let stays = words
        .windows(3)
        .any(|w| matches!(w[0], "bliver" | "blive" | "bliv") && w[1..].contains(&"hos"));
    let keeps = words.iter().any(|w| {
        matches!(
            *w,
            "beholde" | "beholder" | "behold" | "fortsætte" | "fortsætter"
        )
    });
    let changes = words
        .iter()
        .any(|w| matches!(*w, "skifte" | "skifter" | "ny" | "nye" | "anden"));
    (stays || keeps) && !changes
}

/// "Du har ikke haft en læge i Danmark før?" – «Ніколи, дайте тих, що на …»: whichever is chosen is the first.
pub(super) fn first_one(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let had = says(&["haft"]) && says(&["læge"]) && says(&["før", "aldrig"]);
    let words = u.all_words();
    let never = words.iter().take(4).any(|w| {
        matches!(
            *w,
            "ніколи" | "ні" | "нє" | "немає" | "нема" | "уперше" | "вперше"
        )
    }) || says(&["ikke", "aldrig"]) && super::mood::mood(u).agreed;
    let once = words
        .iter()
        .any(|w| matches!(*w, "був" | "була" | "мав" | "мала" | "мали"));
    if !had || !never || once {
        return false;
    }
    let heard = Heard::new("first", u.evidence(0..0), 0.75);
    m.hear("gp.choice", heard.act(Act::Correct));
    true
}

/// "Skal han have ny læge?" – «Тут, до мого»: whoever moves to the one who reports gets that one's doctor.
pub(super) fn that_of_reporter(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let to_mine = u
        .all_words()
        .windows(2)
        .any(|w| w[0] == "до" && matches!(w[1], "мого" | "моєї" | "нашого" | "нашої"));
    if m.mover == 0 || !to_mine || !m.asked.asks(Topic::Doctor) || asks_to_keep(m) {
        return false;
    }
    let heard = Heard::new("change", u.evidence(0..0), 0.75);
    m.hear("gp.choice", heard.act(Act::Correct));
    true
}

/// "Så beholder du hende.", "I skifter altså.", "Så venter vi.": what the employee takes from an answer about the
/// doctor, where that answer said neither plainly.
pub(super) fn concluded(m: &mut Memory, u: &Utterance<'_>) {
    let key = "gp.choice";
    if !u.is_staff() || m.has(key) || !m.asked_before.asks(Topic::Doctor) {
        return;
    }
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
        let you = has(&["du", "i", "han", "hun", "de"]);
        let not = has(&["ikke", "hvis", "kan", "om", "må"]);
        // A statement begins with what is concluded, or the one spoken of stands before the verb.
        let told = matches!(
            words.first(),
            Some(&("så" | "okay" | "godt" | "altså" | "fint"))
        ) || words.windows(2).any(
            |w| matches!(w, ["du" | "i" | "han" | "hun" | "de", verb] if verb.ends_with("er")),
        );
        let value = if not || !told || words.len() > 9 {
            continue;
        } else if you && has(&["beholder"]) || words.windows(2).any(|w| w == ["den", "samme"]) {
            "keep"
        } else if you && has(&["skifter", "skifte"])
            // "Så får I hende begge to.", "Så skriver jeg ham."
            || has(&["får", "skriver", "noterer", "sætter"])
                && has(&["ham", "hende", "dem"])
                && m.asked_before.asks(Topic::Doctor)
                && !m.objected
                && !has(&["til", "med", "på", "som", "et", "en", "op", "ned"])
        {
            "change"
        } else if (has(&["senere"])
            // "Så venter vi.", but "så venter du på kortet"
            || words.windows(2).any(|w| matches!(w, ["venter", "vi"] | ["vi", "venter"])) && !has(&["på"]))
            && !has(&["skriver"])
        {
            "later"
        } else {
            continue;
        };
        let evidence = u.evidence_of_words(&sentence.words);
        m.hear(key, Heard::new(value, evidence, 0.6).act(Act::Imply));
        return;
    }
}
