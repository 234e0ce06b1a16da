//! Who leaves the country: said in the first turns, often by both sides together.

use tolkebot_values::places::PlaceKind;

use super::belief::Heard;
use super::cues;
use super::memory::Memory;
use super::utterance::Utterance;

/// Turns in which somebody says what they have come for.
const OPENING: usize = 8;

/// "Til udrejse. Hvortil?" – «У Канаду.»: one side speaks of leaving, the other names the country.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.turns > OPENING {
        return;
    }
    let words = u.all_words();
    if u.is_staff() {
        let leaves = words.iter().any(|w| {
            ["udrejse", "afrejse", "rejsedato", "udvandr", "flyet"]
                .iter()
                .any(|stem| w.starts_with(stem))
        }) || words.windows(2).any(|w| {
            matches!(
                w,
                ["forlade" | "forlader" | "forlod", "danmark" | "landet"]
                    | [
                        "rejser" | "rejse" | "flytter" | "flytte",
                        "ud" | "udenlands"
                    ]
                    | ["til", "udlandet"]
            )
        });
        // "Hvor skal I hen?", "Hvortil?", "hvilket land"
        m.asked_whither = words
            .windows(2)
            .any(|w| matches!(w, ["hvor", "hen"] | ["hvilket", "land"]))
            || words.iter().any(|w| matches!(*w, "hvortil" | "hvorhen"))
            || words.contains(&"hvor") && words.last() == Some(&"hen");
        m.leaving_spoken |= leaves && !arrives(&words);
        return;
    }
    m.leaving_spoken |= words.iter().any(|w| {
        [
            "виїзд",
            "від'їзд",
            "вибут",
            "випису",
            "виписат",
            "виписк",
            "випишіт",
            "еміграц",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let towards = u.places().iter().any(|p| {
        let left = cues::left(u, 0, p.span.start);
        matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown)
            && p.value.country != "Danmark"
            && match left.last() {
                Some(word) => matches!(*word, "до" | "в" | "у"),
                None => m.asked_whither,
            }
    });
    // «Подруга їздила до Іспанії» is about somebody else.
    let goes = words.iter().any(|w| {
        matches!(
            *w,
            "їду"
                | "їдемо"
                | "лечу"
                | "летимо"
                | "виїжджаю"
                | "виїжджаємо"
                | "повертаюся"
                | "повертаємося"
                | "вертаюся"
                | "вертаємося"
                | "переїжджаю"
                | "переїжджаємо"
        )
    });
    if m.leaving_spoken
        && (m.asked_whither || goes)
        && towards
        && m.from_abroad.is_none()
        && !m.has("case.move_type")
    {
        let evidence = u.evidence(0..0);
        m.hear("case.move_type", Heard::new("to_abroad", evidence, 0.8));
    }
}

/// "Er I kommet fra udlandet?", "indrejse": the other way round.
fn arrives(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| w.starts_with("indrejse") || matches!(*w, "kommet" | "ankommet" | "fra"))
}
