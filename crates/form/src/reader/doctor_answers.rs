//! What an answer about the doctor comes to as a whole, where it says more than one thing: «Лікаря там лишати далеко, тож
//! змінюю», «Нового, поближче. Ще не вирішив якого», «Перевозьте… тобто ні, до того звик», «Нічого не рухайте».

use std::ops::Range;
use std::sync::LazyLock;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::pattern::Lexicon;
use super::topic::Topic;
use super::utterance::Utterance;

const CHOICE: &str = "gp.choice";
const CLINIC: &str = "gp.clinic_name";

/// What a clause of the answer says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Keep,
    Change,
    /// Which one is not chosen yet.
    Open,
}

static CLAUSES: LazyLock<Lexicon<Says>> = LazyLock::new(|| {
    Lexicon::closed(&[
        (
            Says::Keep,
            &[
                "не рухай~|рухаємо|рухаєм|рухати|рухаймо|рухаю",
                "не чіпай~|чіпати|чіпаємо|чіпаю|зачіпайте",
                "нічого не рухай~|чіпай~|міняй~",
                "хай|нехай|най стоїть|лишається|залишається|зостається|лишиться|залишиться",
                "який|яка був|була такий|така|той|та і|й? буде|хай|лишається",
                "де був|була|були там і|й? буду|будемо|зостанусь|зостануся|лишусь|лишуся|залишусь|залишуся",
                "там і|й зостанусь|зостануся|лишусь|лишуся|залишусь|залишуся|лишаюсь|лишаюся",
                "зоставлю|зоставимо|зоставляю|зоставляємо|зоставте|зостаюсь|зостаюся|зостанусь|зостануся",
                "лишу|лишимо|лишаю|лишаємо|лишаєм|лишіть|лишила|лишив|лишили",
                "залишу|залишимо|залишаю|залишаємо|залишаєм|залишіть|залиште|залишили|залишила|залишив",
                "лишайте|залишайте",
                "отой|отого|отій|той|того|ту самий|самого|саму",
                "до того|нього|неї|тієї|них звик|звикла|звикли",
                "та|той що є|маю|маємо",
                "незмінно|незмінний|незмінна",
                "без змін",
                "від добра добра не",
                "на тому|тім й|і? стоїмо|стою",
                "хай|нехай|най мій|моя|наш|наша|свій|своя",
                "лікар~ хай|нехай|най він|вона",
                "лікаря|лікарку поки|покищо",
                "у|в нас|мене є? свій|своя|наш|наша",
                "мене веде|вела|лікує|лікувала моя|мій",
            ],
        ),
        (
            Says::Change,
            &[
                "змінюю|змінюємо|зміню|змінимо|змініть|змінюйте|змінюється|змінить",
                "міняю|міняємо|міняйте|поміняю|поміняємо|поміняйте|поміняв|поміняла|міняємо",
                "далеко|далеченько * лишати|залишати|їздити|доїжджати|возити|добиратися|добиратись",
                "лишати|залишати|їздити|доїжджати|возити * далеко|задалеко",
                "записались|записалися|записався|записалась|записалася до|в|у",
                "дайте|дай * когось|якогось|якусь|будь",
                "найближч~",
                "до|моєї|мого його|її|їхнього|їхньої|моєї|мого|нашого|нашої лікар~|доктор~",
                "моєї|мого|моєму лікарки|лікаря|доктора",
                "лікар~|доктор~ їхнього|їхню|його|її|родини|сім'ї|закладу",
                "нового|нову|новий в|у|на|тут|там",
                "краще|хочу|хочемо|треба|дайте|беріть|беремо|візьміть іншого|іншу|нового|нову",
                "якусь|якогось|когось|хтось тут|там|в|у|на|з",
                "скажемо|кажемо|кажу|скажу па|бувай~|прощавай~|дякую",
                "хай|нехай|най буде хтось|лікар|лікарка|доктор",
                "той|та|ту|того що|котрий|котра|який|яка * приїздить|приїжджає|приходить|ходить|приймає",
                "припишіть|перепишіть|переведіть|переписуйте|приписуйте",
                "переписати|перевести|перейти|перевестись|перевестися",
            ],
        ),
        (
            Says::Open,
            &[
                "ще не обрали|обрав|обрала|вибрали|вибрав|вибрала|вирішив|вирішила|вирішили|визначились|визначилися",
                "поки|покищо|ще не знаю|знаємо|знаєм",
                "не знаю|знаємо|вирішив|вирішила|вирішили який|яку|яка|якого|котрий|котрого|котру|кого",
                "який|яку|яка|якого|котрого|котру|кого не знаю|знаємо",
                "пізніше|потім|згодом|далі побачу|побачимо|побачим|подивимось|подивимося|видно",
                "пізніше|потім|згодом|тоді й|і? я|ми? оберемо|оберу|виберу|виберемо|вирішу|вирішимо|пошукаю|пошукаємо",
                "оберемо|оберу|виберу|виберемо|вирішу|вирішимо пізніше|потім|згодом|сам|сама|самі",
                "пошукаю|пошукаємо|пошукаєм|шукатиму|шукатимемо",
                "ще подивлюсь|подивлюся|подивимось|подивимося|роздивлюсь|роздивлюся",
                "подивлюсь|подивлюся|подивимось|подивимося увечері|ввечері|вдома|потім|пізніше|завтра",
                "обирати|вибирати|обиратиму|вибиратиму буду|будемо|будем",
                "поможе|допоможе вибрати|обрати|підібрати",
                "не поспішайте|підганяйте|квапте",
                "дайте|дай мені|нам? список|перелік|час",
                "коли * треба буде",
                "зараз|поки нічого|нікого",
            ],
        ),
    ])
});

/// Decides what the answer about the doctor comes to, against what its single words were taken for.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !m.asked.mentions(Topic::Doctor) {
        return;
    }
    if let Some(value) = new_one_offered(m, u).filter(|_| !m.heard_now.iter().any(|k| k == CHOICE))
    {
        choose(m, u, value);
        return;
    }
    if !m.asked.asks(Topic::Doctor) {
        return;
    }
    if accepts_offer(m, u) {
        choose(m, u, "change");
        return;
    }
    let Some(value) = weighed(m, u) else { return };
    if m.text(CHOICE) != Some(value) {
        choose(m, u, value);
    }
}

/// The last clause that says something; that the choice is open goes before a change.
fn weighed(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let mut last = None;
    let mut open = false;
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        if u.written && of_something_else(&words) {
            continue;
        }
        let mut hits = CLAUSES.find_all(&words);
        hits.retain(|(says, range)| {
            let name = *says == Says::Open && of_the_name(&words, range);
            // «Хай буде та, що є, поміняю, якщо набридне»
            let some_day = *says == Says::Change
                && matches!(words.get(range.end), Some(&("якщо" | "якби" | "коли")));
            !negated(&words, range.start) && !name && !some_day
        });
        // The hit that ends last, of those the longest.
        hits.sort_by_key(|(_, range)| (range.end, range.len()));
        open |= hits.iter().any(|(says, _)| *says == Says::Open);
        if let Some((says, _)) = hits.iter().rfind(|(says, _)| *says != Says::Open) {
            last = Some(*says);
        }
    }
    match (last, open) {
        (Some(Says::Keep), true) => None,
        (Some(Says::Keep), false) => Some("keep"),
        (_, true) => (!names_one(m)).then_some("later"),
        (Some(Says::Change), false) => (m.text(CHOICE) != Some("first")).then_some("change"),
        _ => None,
    }
}

/// «Телефону не дам, я номер міняю», «Школу поміняємо»: the sentence is about another thing that is kept or changed.
fn of_something_else(words: &[&str]) -> bool {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    starts(&[
        "телефон",
        "номер",
        "школ",
        "садок",
        "садоч",
        "прізвищ",
        "пошт",
        "банк",
    ]) && !starts(&["лікар", "сімейн", "доктор", "клінік"])
}

/// «Імені не знаю, яку дасте»: only what the new doctor is called is open.
fn of_the_name(words: &[&str], range: &Range<usize>) -> bool {
    words[range.start.saturating_sub(3)..range.end]
        .iter()
        .any(|w| {
            matches!(
                *w,
                "ім'я" | "імені" | "назву" | "назви" | "прізвище" | "прізвища"
            )
        })
}

/// The answer names a surgery: that one is chosen.
fn names_one(m: &Memory) -> bool {
    m.heard_now.iter().any(|key| key == CLINIC)
}

fn negated(words: &[&str], start: usize) -> bool {
    start > 0
        && matches!(words[start - 1], "не" | "нащо" | "навіщо" | "ні")
        && !matches!(words[start], "не" | "ні")
        // «Ой, ні, беріть нового» takes back what was said before.
        && !(words[start - 1] == "ні"
            && words[..start - 1]
                .iter()
                .all(|w| matches!(*w, "ой" | "та" | "ну" | "а" | "тобто")))
}

/// "Lægehuset Mors, hvis I vil." – «Хай буде.», "lægerne ved havnen har plads" – «то до них давайте»
fn accepts_offer(m: &Memory, u: &Utterance<'_>) -> bool {
    let offered = m.heard_before.iter().any(|key| key == CLINIC);
    if !offered || m.objected || m.text(CHOICE) == Some("first") {
        return false;
    }
    let words = u.all_words();
    let first: Vec<&str> = words
        .iter()
        .copied()
        .filter(|w| {
            !matches!(
                *w,
                "ну" | "та" | "то" | "так" | "ага" | "добре" | "гаразд" | "і" | "тоді"
            )
        })
        .take(3)
        .collect();
    let kept = words.iter().any(|w| {
        ["лиш", "залиш", "наш", "мій", "мо", "свій", "сво", "стар"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let takes = matches!(
        first.as_slice(),
        [] | ["хай" | "нехай" | "най", "буде", ..]
            | ["до", "них" | "нього" | "неї", ..]
            | [
                "їх" | "його"
                    | "її"
                    | "туди"
                    | "давайте"
                    | "давай"
                    | "запишіть"
                    | "пишіть"
                    | "підходить"
                    | "годиться"
                    | "можна",
                ..
            ]
    );
    takes && !kept && words.len() <= 9
}

/// "Din læge er i Odense. Vil du have en ny her?" – «Так.»
fn new_one_offered(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let last = m.staff_sentences.last()?.clone();
    let words: Vec<&str> = m
        .staff_words
        .get(last)?
        .iter()
        .map(String::as_str)
        .collect();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let offered = has(&["vil", "skal", "ønsker"])
        && has(&["have", "vælge", "finde"])
        && has(&["ny", "anden"])
        && !has(&["beholde", "eller", "hvilken", "hvem", "ikke", "hvad"]);
    let short = u.word_tokens.len() <= 2;
    match *u.all_words().first()? {
        "так" | "ага" | "звісно" | "звичайно" | "аякже" | "авжеж" if offered && short => {
            Some("change")
        }
        "ні" | "нє" if offered && short => Some("keep"),
        _ => None,
    }
}

fn choose(m: &mut Memory, u: &Utterance<'_>, value: &str) {
    let act = if m.has(CHOICE) {
        Act::Correct
    } else {
        Act::Say
    };
    m.hear(CHOICE, Heard::new(value, u.evidence(0..0), 0.7).act(act));
}
