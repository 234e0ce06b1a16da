//! Who leaves the country: said in the first turns, often by both sides together.

use tolkebot_values::places::PlaceKind;

use super::belief::Heard;
use super::cues;
use super::memory::Memory;
use super::utterance::Utterance;

/// Turns in which somebody says what they have come for.
const OPENING: usize = 8;

/// What somebody says of their own journey.
const GOES: [&str; 14] = [
    "їдемо",
    "їду",
    "поїду",
    "поїдемо",
    "виїжджаємо",
    "виїжджаю",
    "летимо",
    "лечу",
    "повертаємося",
    "повертаюся",
    "повертаємось",
    "вертаюся",
    "вертаємося",
    "вертаємось",
];

/// "Til udrejse. Hvortil?" – «У Канаду.»: one side speaks of leaving, the other names the country.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    if u.is_staff() {
        if m.turns > OPENING {
            return;
        }
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
    m.leaving_spoken |= m.turns <= OPENING
        && words.iter().any(|w| {
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
    if m.has("case.move_type") {
        return;
    }
    // «Ми їдемо з Данії», «їдемо назовсім»; «Подруга їздила до Іспанії» is about somebody else.
    let goes = words.iter().any(|w| GOES.contains(w));
    let out_of = words.windows(2).any(|w| matches!(w, ["з", "данії"]));
    let for_good = words.iter().any(|w| matches!(*w, "назовсім" | "назавжди"));
    let towards = towards(m, u);
    // «хочу виписатися», but «її виписали» is somebody else.
    let signs_off = words
        .iter()
        .any(|w| w.starts_with("випис") && !w.starts_with("виписал"));
    let comes = m.from_abroad.is_some();
    let alone = goes && (out_of || for_good)
        || m.turns <= 4 && !comes && (goes && towards || signs_off && (goes || towards));
    // "Så du vil forlade Danmark?" – «Так, переїжджаємо до Чехії»: alone it may be any move.
    let moves = words
        .iter()
        .any(|w| matches!(*w, "переїжджаю" | "переїжджаємо"));
    let asked = m.turns <= OPENING && m.leaving_spoken && !comes;
    let together = asked && (m.asked_whither || goes || moves) && towards;
    if alone || together {
        let evidence = u.evidence(0..0);
        m.hear("case.move_type", Heard::new("to_abroad", evidence, 0.8));
    }
}

/// A country or town abroad as where somebody goes: «до Польщі», or alone when that was asked.
fn towards(m: &Memory, u: &Utterance<'_>) -> bool {
    u.places().iter().any(|p| {
        let left = cues::left(u, 0, p.span.start);
        matches!(p.value.kind, PlaceKind::Country | PlaceKind::ForeignTown)
            && p.value.country != "Danmark"
            && match left.last() {
                Some(word) => matches!(*word, "до" | "в" | "у"),
                None => m.asked_whither,
            }
    })
}

/// "Er I kommet fra udlandet?", "indrejse": the other way round.
fn arrives(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| w.starts_with("indrejse") || matches!(*w, "kommet" | "ankommet" | "fra"))
}
