//! What becomes of the paper of the home: none is needed ("skødet henter jeg selv"), it lies there («договір суборенди ось»,
//! «контракт у теці, третій зверху»), a copy is handed over, or it will come («обіцяв роздрукувати»).

use super::lease::{self, LEASE};
use super::{begins, has, question, starts};
use crate::reader::belief::{Act, Heard};
use crate::reader::lease::another_paper_asked;
use crate::reader::memory::Memory;
use crate::reader::sentences::Sentence;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.lease_document";
/// The turn in which the citizen named the paper last.
const NAMED: &str = "home.lease_named";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    if u.is_staff() {
        staff(m, u);
    } else {
        citizen(m, u);
    }
}

fn hear(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence, value: &str) {
    if m.text(KEY) == Some(value) {
        return;
    }
    let act = if m.has(KEY) { Act::Correct } else { Act::Say };
    let heard = Heard::new(value, u.evidence_of_words(&sentence.words), 0.75);
    m.hear(KEY, heard.act(act));
}

const PAPERS: [&str; 8] = [
    "kontrakt",
    "lejekontrakt",
    "lejeaftale",
    "fremlejekontrakt",
    "fremlejeaftale",
    "skøde",
    "andelsbevis",
    "aftalen",
];

const OTHERS: [&str; 11] = [
    "erklæring",
    "logi",
    "fuldmagt",
    "attest",
    "pas",
    "samtykke",
    "kort",
    "opholds",
    "underskrift",
    "mitid",
    "mail",
];

fn staff(m: &mut Memory, u: &Utterance<'_>) {
    let told = m.heard_before.iter().any(|key| key == KEY);
    let asked = m.context().mentions_any(&[Topic::Lease, Topic::LeaseStart]);
    let mut named = false;
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let here = starts(&words, &PAPERS);
        named |= here && !sentence.question;
        let known = matches!(m.text(KEY), Some("shown" | "copy"));
        let meant = (told || asked || named)
            && has(&words, &["den", "det", "denne", "kopien", "scannet"])
            && !starts(&words, &OTHERS);
        if sentence.question && u.written
            || has(&words, &["hvis", "medmindre", "endnu"])
            || !(here || meant)
        {
            continue;
        }
        if needless(&words) && (here || !known) && !has(&words, &["skrive", "navn"]) {
            hear(m, u, sentence, "not_needed");
            return;
        }
        if copied(&words) {
            hear(m, u, sentence, "copy");
            return;
        }
        if here && seen(&words) && m.text(KEY).is_none_or(|known| known == "missing") {
            hear(m, u, sentence, "shown");
            return;
        }
        let lacks = has(&words, &["mangler"]) && !starts(&words, &OTHERS);
        if lacks && !m.has(KEY) {
            hear(m, u, sentence, "missing");
            return;
        }
        // «Можете зробити копію» – "Jeg kigger bare."
        if told && has(&words, &["bare", "kun"]) && starts(&words, &["kig"]) {
            hear(m, u, sentence, "shown");
            return;
        }
    }
}

/// "En kontrakt er ikke nødvendig", "så behøves den ikke", "den springer jeg over", "skødet henter jeg selv", "det ser
/// jeg i tingbogen", "kontrakten ligger i sagen hos mig".
fn needless(words: &[&str]) -> bool {
    let need = |w: &str| {
        begins(w, &["behøv", "nødvendig", "kræv"]) || matches!(w, "brug" | "bruge" | "bruges")
    };
    let not = |w: &&str| matches!(*w, "ikke" | "ingen" | "næppe");
    let denied = (0..words.len()).any(|at| {
        need(words[at])
            && words[at.saturating_sub(5)..words.len().min(at + 5)]
                .iter()
                .any(not)
    });
    let skipped = starts(words, &["spring"]) && has(words, &["over"]);
    let us = has(words, &["jeg", "vi", "mig", "os"]);
    let oneself = has(words, &["selv"]) && starts(words, &["hent", "find", "slå", "træk"])
        || has(words, &["tingbogen", "tingbog"]) && starts(words, &["se", "find", "slå"])
        || has(words, &["sagen", "systemet"]) && has(words, &["har", "ligger"]);
    let enough = has(words, &["nok"])
        && words
            .windows(2)
            .any(|w| w[0] == "ingen" && begins(w[1], &PAPERS));
    denied || skipped || enough || us && oneself && starts(words, &PAPERS)
}

/// "Kontrakten ser jeg", "den kontrakt, De viser mig", "aftalen kigger jeg på her".
fn seen(words: &[&str]) -> bool {
    let looks = words.windows(2).any(|w| {
        matches!(
            w,
            ["ser", "jeg"] | ["jeg", "ser"] | ["viser", "mig"] | ["kigger", "jeg"]
        )
    });
    looks && !has(words, &["ikke", "ingen", "skal", "kan", "når"])
}

/// "Så har jeg en kopi", "her ligger kopien", "tak, scannet", "skødet tager jeg som kopi", "der kom den".
fn copied(words: &[&str]) -> bool {
    let done = starts(words, &["scannet", "skannet", "kopieret"])
        || starts(words, &["kopi", "fotokopi"])
            && has(
                words,
                &["har", "fik", "ligger", "tager", "gemmer", "beholder", "som"],
            );
    let came = words.len() <= 6
        && words.windows(3).any(|w| {
            matches!(
                w,
                ["der", "kom", "det" | "den"] | ["den" | "det", "er", "kommet"]
            )
        });
    let later = starts(words, &["original"])
        || has(
            words,
            &[
                "skal", "må", "kan", "vil", "ikke", "send", "sende", "når", "nok",
            ],
        );
    (done || came) && !later
}

fn citizen(m: &mut Memory, u: &Utterance<'_>) {
    let staff = question(m);
    let wants_to_see = staff.len() <= 6
        && staff
            .windows(3)
            .any(|w| matches!(w, ["må" | "kan", "jeg", "se" | "kigge"]))
        && m.text(NAMED)
            .and_then(|turn| turn.parse::<usize>().ok())
            .is_some_and(|turn| turn + 2 >= m.turns);
    let papers = staff.len() <= 2 && starts(&staff, &["papir"])
        || staff
            .windows(3)
            .any(|w| w[0] == "har" && matches!(w[1], "du" | "i") && begins(w[2], &["papir"]));
    let asked = (m.asked.asks(Topic::Lease) || lease::asks(&staff) || wants_to_see || papers)
        && !has(&staff, &["hvem", "datoen"]);
    let home = asked
        || m.asked.asks_any(&[
            Topic::DwellingType,
            Topic::HostName,
            Topic::TemporaryUntil,
            Topic::LeaseStart,
        ])
        || starts(&staff, &["lej", "udlej", "fremlej", "andel", "købt"]);
    // «Ось папірець» with an address on it is no lease.
    let paper = home && !has(&staff, &["hvor", "ærinde"]);
    let all = u.all_words();
    let named = starts(&all, &LEASE);
    if named {
        let turn = m.turns.to_string();
        m.note(NAMED, &turn, u.evidence(0..0));
    }
    let other = m.asked.asks_any(&[
        Topic::Custody,
        Topic::PowerOfAttorney,
        Topic::OtherParentAgrees,
        Topic::Married,
        Topic::MaritalDate,
    ]);
    if other || another_paper_asked(m, &all) {
        return;
    }
    for (at, sentence) in u.sentences.iter().enumerate() {
        let words = u.words(sentence.words.clone());
        if sentence.question && u.written || lease::of_work(&all) || theirs(&words) {
            continue;
        }
        let noun = words
            .iter()
            .position(|w| begins(w, &LEASE) || paper && begins(w, &["папір", "папер"]));
        if noun.is_none() && !(asked && at == 0) {
            continue;
        }
        let near = near(&words, noun);
        let next = u.sentences.get(at + 1).map(|s| u.words(s.words.clone()));
        if let Some(value) = told(&words, near, next.as_deref(), asked, noun) {
            let now = m.text_is_now(KEY, "shown") || m.text_is_now(KEY, "missing");
            let better = value == "copy" && now
                || value == "missing" && asked && m.text_is_now(KEY, "shown");
            if !m.has(KEY) || better {
                hear(m, u, sentence, value);
            }
            return;
        }
    }
}

/// The words that belong to the paper; without signs a turn tells of many things.
fn near<'w, 'u>(words: &'w [&'u str], noun: Option<usize>) -> &'w [&'u str] {
    match noun {
        Some(noun) if words.len() > 10 => &words[noun.saturating_sub(5)..words.len().min(noun + 8)],
        _ => words,
    }
}

/// «Договір на ньому», without showing it.
fn theirs(words: &[&str]) -> bool {
    words
        .windows(2)
        .any(|w| w[0] == "на" && matches!(w[1], "ньому" | "ній" | "нього" | "неї" | "них"))
        && !starts(words, &["копі", "ксеро", "ось", "оце"])
}

fn told(
    words: &[&str],
    near: &[&str],
    next: Option<&[&str]>,
    asked: bool,
    noun: Option<usize>,
) -> Option<&'static str> {
    if copy(words) {
        return Some("copy");
    }
    if comes_later(near) {
        return (asked || noun.is_some()).then_some("missing");
    }
    if has(
        near,
        &["нема", "немає", "не", "без", "якщо", "буде", "завтра"],
    ) || starts(near, &["загуб", "порва"])
    {
        return None;
    }
    let beside =
        next.is_some_and(|next| next.len() <= 4 && next.first().is_some_and(|w| begins(w, &HERE)));
    let at_hand = noun.is_some_and(|at| {
        words[at.saturating_sub(2)..words.len().min(at + 3)]
            .iter()
            .any(|w| matches!(*w, "тут" | "отут"))
    });
    // «Договір у телефоні, можу переслати»: what could be sent was not shown.
    let offers = has(near, &["можу", "можемо"]) && starts(near, &["пересл", "надісл", "скинут"]);
    let held = noun.is_some() && in_hand(near) && !offers;
    let there = starts(near, &HERE) || beside || at_hand || held;
    there.then_some("shown")
}

const HERE: [&str; 14] = [
    "ось",
    "оце",
    "нате",
    "тримайт",
    "прошу",
    "дивіт",
    "гляньт",
    "глянь",
    "бачите",
    "показую",
    "покажу",
    "беріть",
    "поклал",
    "поклав",
];

/// «У мене в телефоні», «в сумці», «у теці третій зверху»
fn in_hand(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(w[0], "у" | "в" | "на" | "при" | "з" | "зі")
            && (begins(
                w[1],
                &[
                    "телефон",
                    "сумці",
                    "сумочці",
                    "конверт",
                    "папці",
                    "теці",
                    "течці",
                    "кишені",
                    "рюкзак",
                    "портфел",
                    "файл",
                    "планшет",
                    "паспорті",
                ],
            ) || matches!(w[0], "при" | "з" | "зі")
                && matches!(w[1], "собою" | "мною" | "собі" | "мені"))
    }) || starts(words, &["паперов"]) && has(words, &["маю", "є", "маємо"])
}

/// «Копію лишайте собі», «я вам копію зробив», «копію вкинув у щілину»; a mere leave to copy is none.
fn copy(words: &[&str]) -> bool {
    starts(words, &["копі", "ксеро", "скан", "фотокоп"])
        && has(
            words,
            &[
                "лишайте",
                "лишаю",
                "лишу",
                "залишаю",
                "залишу",
                "залишайте",
                "даю",
                "дам",
                "вам",
                "ось",
                "осьо",
                "тут",
                "тримайте",
                "беріть",
                "візьміть",
                "зробив",
                "зробила",
                "маю",
                "є",
                "собою",
                "папці",
                "вкинув",
                "вкинула",
                "надіслав",
                "надіслала",
                "принесла",
                "приніс",
                "роздрукувала",
                "роздрукував",
            ],
        )
        && !has(words, &["нема", "немає", "можете", "не", "завтра", "потім"])
}

/// «Обіцяв роздрукувати», «лишили в майстра, привезу», «не з собою», «на жаль, не взяла», «договір пишемо».
fn comes_later(words: &[&str]) -> bool {
    let not_here = words.windows(2).any(|w| {
        w[0] == "не"
            && matches!(
                w[1],
                "взяв" | "взяла" | "взяли" | "дали" | "дав" | "дала" | "видали" | "підписали"
            )
    }) || words.windows(3).any(|w| {
        matches!(
            w,
            ["не", "з" | "зі" | "при", "собою" | "мною" | "мені" | "собі"]
        )
    });
    let comes = starts(words, &["обіця", "пришле", "надішле", "привезу", "привезе"])
        || has(
            words,
            &["пишемо", "готують", "друкують", "донесу", "принесу"],
        );
    (not_here || comes) && !has(words, &["ось", "осьо", "вже", "уже"])
}
