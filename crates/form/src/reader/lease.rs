//! The lease on the table: shown, copied, sent for.

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::mood;
use super::topic::Topic;
use super::utterance::Utterance;

/// Papers of a home in the citizen's hands, and the employee who has looked at them: «Контракт? Він у телефоні,
/// показать?» – "Ja tak … den er set."
pub(super) fn papers(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let key = "dwelling.lease_document";
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    if u.is_staff() {
        let seen = words
            .iter()
            .any(|w| matches!(*w, "set" | "læst" | "kigget" | "kigger"))
            || words.windows(2).any(|w| {
                matches!(
                    w,
                    ["fin" | "fint" | "godt" | "rigtigt" | "ordentlig", "ud"] | ["i", "orden"]
                )
            });
        let kept = starts(&["kopi", "fotokopi", "kopier"]) && !starts(&["original"]);
        let there = words.windows(3).any(|w| w == ["der", "er", "den"])
            || words
                .iter()
                .any(|w| matches!(*w, "underskrevet" | "fint" | "fin"));
        let refused = words
            .windows(2)
            .any(|w| matches!(w, ["ikke", "set"] | ["endnu", "ikke"]));
        let names = u.sentences.iter().any(|s| {
            let words = u.words(s.words.clone());
            let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
            !s.question
                && words.iter().any(|w| {
                    ["kontrakt", "lejekontrakt", "lejeaftale", "fremlejekontrakt"]
                        .iter()
                        .any(|stem| w.starts_with(stem))
                })
                && has(&["kig", "kigget", "set", "læst"])
                && !has(&["ikke", "hvis", "når", "skal", "vil", "kan", "må"])
        });
        if names && !m.has(key) {
            m.hear(key, Heard::new("shown", u.evidence(0..0), 0.7));
            return;
        }
        let Some((turn, copy)) = m.lease_turn.take() else {
            return;
        };
        // «Ось фотка» – "så skriver jeg kopi"
        let takes = kept && !u.sentences.iter().any(|s| s.question && s.words.len() > 12);
        if turn + 1 == m.turns && takes && m.text(key) == Some("shown") && !starts(&OTHER_DA) {
            m.hear(
                key,
                Heard::new("copy", u.evidence(0..0), 0.7).act(Act::Correct),
            );
            return;
        }
        let sent_for = super::wanting::sends_for(&words) && !kept;
        let missing = m.text(key) == Some("missing");
        if turn + 1 < m.turns || m.has(key) && !missing || starts(&OTHER_DA) || refused || sent_for
        {
            return;
        }
        // A lease that was missing is there once it has been seen.
        let enough = seen || !missing && (kept || there);
        if !enough {
            return;
        }
        let real = starts(&["rigtige", "original"]);
        let value = if (copy || kept) && !real {
            "copy"
        } else {
            "shown"
        };
        let act = if m.has(key) { Act::Correct } else { Act::Say };
        m.hear(key, Heard::new(value, u.evidence(0..0), 0.7).act(act));
        return;
    }
    if sent_at_once(m, &words) {
        let copy = Heard::new("copy", u.evidence(0..0), 0.7).act(Act::Correct);
        m.hear(key, copy);
        return;
    }
    if let Some(value) = answered_plainly(m, &words).filter(|_| !m.has(key)) {
        m.hear(key, Heard::new(value, u.evidence(0..0), 0.7));
        return;
    }
    let asked = m.asked.asks(Topic::Lease);
    let other =
        starts(&OTHER_UK) && !starts(&["андел", "пай", "пайов"]) && !words.contains(&"голови");
    let lease = asked || starts(&["догов", "контракт", "угод", "купч"]);
    let held = m.asked.mentions(Topic::DwellingType) && starts(&["папір", "папер"]);
    if other || !(lease || held) {
        return;
    }
    let copy = starts(&[
        "копі",
        "ксеро",
        "скрин",
        "скан",
        "фото",
        "сфот",
        "знімок",
        "знімк",
    ]);
    let shows = starts(&[
        "ось",
        "осьо",
        "дивіт",
        "дивис",
        "нате",
        "держ",
        "прошу",
        "зараз",
        "щас",
        "перед",
        "поклал",
        "роздрук",
        "оригінал",
        "подив",
        "покаж",
        "показ",
        "трима",
        "собою",
        "телефон",
        "от",
    ]) || words
        .windows(2)
        .any(|w| matches!(w, ["є" | "маю", "ось" | "от"]));
    let denied = starts(&["нема", "забу", "усно", "словах"]);
    if (shows || copy) && !denied {
        m.lease_turn = Some((m.turns, copy));
    }
    // "Må jeg tage en kopi af aftalen?" – «Робіть.»
    let wanted = asked && m.staff_words.iter().any(|w| w.starts_with("kopi"));
    let allows =
        starts(&["роб", "бер", "звісн", "будь", "прошу", "трима", "знім"]) || mood::mood(u).agreed;
    let refuses = mood::mood(u).objected || starts(&["нема", "забу"]);
    let had = copy && asked && starts(&["зняла", "зняв", "зняли", "зроби", "є", "ось", "от"]);
    if (wanted && allows || had) && !refuses {
        let act = if m.has(key) { Act::Correct } else { Act::Say };
        m.hear(key, Heard::new("copy", u.evidence(0..0), 0.7).act(act));
    }
}

/// "Har du lejekontrakten med?" – «Так.», «Ні.», «Вдома.»
fn answered_plainly(m: &Memory, words: &[&str]) -> Option<&'static str> {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let named = m
        .staff_words
        .iter()
        .any(|w| w.contains("kontrakt") || w.starts_with("lejeaftale"));
    let with_them = named
        && says(&["med", "her"])
        && says(&["har", "havde", "fået"])
        && !says(&["hvor", "hvad", "eller", "ikke"]);
    if !with_them || !m.asked.asks(Topic::Lease) {
        return None;
    }
    match words {
        ["так" | "є" | "ага" | "маю" | "звісно" | "звичайно" | "аякже"]
        | ["так", "маю" | "звісно" | "звичайно" | "взяв" | "взяла"] => {
            Some("shown")
        }
        ["ні" | "нє" | "нема" | "немає" | "вдома" | "удома" | "дома"]
        | ["ні" | "нє", "вдома" | "удома" | "дома" | "він" | "не"]
        | ["ні" | "нє", "він", "вдома" | "удома" | "дома"]
        | ["він" | "лишився" | "залишився", "вдома" | "удома" | "дома"] => {
            Some("missing")
        }
        _ => None,
    }
}

/// "Send den til os, tak." – «Відправив.»: what was wanted has come while both sit there.
fn sent_at_once(m: &Memory, words: &[&str]) -> bool {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let sent = words.iter().take(3).any(|w| {
        [
            "відправив",
            "відправила",
            "надіслав",
            "надіслала",
            "переслав",
            "переслала",
            "скинув",
            "скинула",
            "відіслав",
            "відіслала",
        ]
        .contains(w)
    });
    let earlier = words.iter().any(|w| {
        matches!(
            *w,
            "не" | "вчора" | "учора" | "вже" | "уже" | "пошту" | "поштою"
        ) || w.starts_with("догов") && words.len() > 4
    });
    m.text("dwelling.lease_document") == Some("missing")
        && super::wanting::sends_for(&staff)
        && sent
        && !earlier
}

/// «Тільки фото в телефоні» to "har du vielsesattesten med?", «ось папір» to "har hun skrevet under på
/// logiværtserklæringen?": nothing of a lease, unless one of the two names it.
pub(super) fn another_paper_asked(m: &Memory, citizens: &[&str]) -> bool {
    let lease = |word: &str| {
        [
            "kontrakt",
            "lejekontrakt",
            "lejeaftale",
            "fremlejekontrakt",
            "skøde",
            "andelsbevis",
        ]
        .iter()
        .chain(&["догов", "контракт", "оренд", "угод", "купч", "пай"])
        .any(|stem| word.starts_with(stem))
    };
    let asked = m.staff_words.iter().map(String::as_str);
    let other = |word: &str| {
        let whole = ["attest", "fuldmagt", "erklæring", "samtykke"];
        word != "passer"
            && (whole.iter().any(|part| word.contains(part))
                || word.starts_with("pas") && word.len() <= "passene".len()
                || word.starts_with("opholds"))
    };
    asked.clone().any(other) && !asked.chain(citizens.iter().copied()).any(lease)
}

const OTHER_DA: [&str; 9] = [
    "logi",
    "vært",
    "fuldmagt",
    "samtykke",
    "attest",
    "opholds",
    "erklæring",
    "afgørelse",
    "pas",
];
const OTHER_UK: [&str; 7] = [
    "довірен",
    "доручен",
    "свідоцтв",
    "паспорт",
    "рішенн",
    "довідк",
    "картк",
];
