//! What kind of home it is, by who lets it, who bought it and what stands around it.

use super::lessors::{lets, rents_oneself};
use super::{begins, fill, has, home, question, starts};
use crate::reader::memory::Memory;
use crate::reader::sentences::Sentence;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const KEY: &str = "dwelling.type";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.has(KEY) || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let said = Said::of(m);
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question && words.len() > 3 || of_elsewhere(&words) {
            continue;
        }
        if let Some(value) = kind(m, u, sentence, &words, said) {
            fill(m, u, KEY, value, sentence.words.clone());
            return;
        }
    }
}

/// What the turn answers.
#[derive(Clone, Copy)]
pub(super) struct Said {
    /// The new home is asked about or its address is being told.
    pub of_new: bool,
    /// Of whom it is rented, whose it is.
    pub whose: bool,
    /// Whether it is the citizen's own.
    own: bool,
    /// A home with care is spoken of.
    cared: bool,
}

impl Said {
    fn of(m: &Memory) -> Said {
        let staff = question(m);
        let heard = |start: &str| m.heard_now.iter().any(|key| key.starts_with(start));
        let old = heard("from.") && !heard("to.")
            || m.asked.asks(Topic::OldAddress) && !m.asked.asks(Topic::NewAddress)
            || has(&staff, &["boede", "boet", "gamle", "fra", "før"]) && !has(&staff, &["hvem"]);
        let kind = m
            .asked
            .asks_any(&[Topic::DwellingType, Topic::HostName, Topic::HostRole]);
        let new = heard("to.")
            || kind
            || m.asked.asks(Topic::NewAddress)
            || staff.windows(2).any(|w| {
                w[0] == "hvor"
                    && begins(w[1], &["bor", "skal", "flytter", "rykker", "er", "ligger"])
            });
        let whose = starts(&staff, &["lejer", "lejet", "lejemål", "udlej", "leje"])
            || has(&staff, &["ejer", "privat"]);
        let own = !has(&staff, &["han", "hun", "hans", "hendes", "deres", "hvem"])
            && (has(&staff, &["din", "dit", "jeres", "egen", "eget", "købt"])
                || staff
                    .windows(2)
                    .any(|w| matches!(w, ["ejer", "du" | "i"] | ["du" | "i", "ejer"])));
        Said {
            of_new: new && !old,
            whose: whose && !old,
            own: own && kind && !old,
            cared: starts(&staff, &["plej", "omsorg", "bosted", "botilbud"]),
        }
    }
}

/// The home before, homes in Ukraine, homes to come.
pub(super) fn of_elsewhere(words: &[&str]) -> bool {
    has(
        words,
        &[
            "раніше",
            "колись",
            "україні",
            "була",
            "був",
            "жили",
            "жила",
            "жив",
            "стара",
            "старій",
            "старої",
            "якщо",
            "хотіли",
            "хочемо",
            "шукаємо",
            "шукаю",
        ],
    ) || starts(words, &["продал", "продав", "якби"])
}

fn kind(
    m: &Memory,
    u: &Utterance<'_>,
    sentence: &Sentence,
    words: &[&str],
    said: Said,
) -> Option<&'static str> {
    if let Some(value) = by_place(words, said) {
        return Some(value);
    }
    if sublets(words) {
        return Some("sublet");
    }
    if room(u, sentence, words, said) {
        return Some("room");
    }
    if shares(words) && said.of_new {
        return Some("cooperative");
    }
    if of_municipality(words) && said.of_new {
        return Some("municipal_temporary");
    }
    if owns(m, words, said) {
        return Some("owned");
    }
    lets(m, u, sentence, words, said)
}

/// «На баржі живу», «дача, та й годі», «там, де старенькі, з доглядом».
fn by_place(words: &[&str], said: Said) -> Option<&'static str> {
    let lives = starts(words, &["живу", "живем", "мешка", "житим"]);
    if lives
        && !starts(words, &["ніч", "ноч"])
        && has(
            words,
            &[
                "баржі",
                "човні",
                "яхті",
                "кораблі",
                "катері",
                "вагончику",
                "трейлері",
                "караван",
                "каравані",
            ],
        )
        && !starts(words, &["працю"])
    {
        return Some("other");
    }
    if !said.of_new && !lives {
        return None;
    }
    if starts(words, &["дач", "кемпінг"]) && !has(words, &["двоповерхова"])
        || starts(words, &["літн"]) && words.iter().any(|w| home(w))
    {
        return Some("holiday_home");
    }
    let women = words
        .windows(2)
        .any(|w| matches!(w, ["для", "жінок"] | ["жінки", "з"]))
        && starts(words, &["дом", "дім", "будин", "місц", "центр"]);
    if women || starts(words, &["ховають"]) {
        return Some("crisis_centre");
    }
    let cared = starts(
        words,
        &["старенькі", "старих", "літніх", "доглядом", "інвалід"],
    ) || words.windows(2).any(|w| w[0] == "для" && w[1] == "людей")
        || starts(
            words,
            &[
                "інтернат",
                "омсорґ",
                "омсорг",
                "плейє",
                "плейг",
                "ефтерскол",
            ],
        );
    let home = starts(
        words,
        &[
            "дім",
            "домі",
            "будин",
            "центр",
            "там",
            "заклад",
            "інтернат",
            "омсор",
            "плей",
            "ефтерскол",
        ],
    );
    let taken = starts(words, &["забрал", "перевез", "переїх"]);
    (cared && home && !taken).then_some("institution")
}

/// «Знімаю в дівчини, вона сама знімає», «хлопець передає на рік, поки в Канаді».
fn sublets(words: &[&str]) -> bool {
    let third = words.windows(2).any(|w| {
        matches!(w[0], "він" | "вона" | "сам" | "сама" | "вони")
            && matches!(w[1], "орендує" | "винаймає" | "знімає" | "наймає")
    });
    let passes = has(
        words,
        &[
            "передає",
            "передав",
            "передала",
            "віддає",
            "віддав",
            "віддала",
            "пустив",
            "пустила",
            "лишає",
            "лишив",
            "залишає",
        ],
    ) && has(words, &["мені", "нам", "мене", "нас", "рік"]);
    let away = starts(
        words,
        &["поїха", "їде", "поки", "повернет", "семестр", "відряджен"],
    ) && (has(
        words,
        &["рік", "семестр", "півроку", "місяців", "року", "поки"],
    ));
    third && rents_oneself(words) || passes && away
}

/// «Кімната в сім'ї», «ми зняли дві кімнати в однієї пані», «мені кімнату дав».
fn room(u: &Utterance<'_>, sentence: &Sentence, words: &[&str], said: Said) -> bool {
    let Some(at) = words.iter().position(|w| begins(w, &["кімнат"])) else {
        return false;
    };
    if said.of_new && matches!(words, ["кімната" | "кімнату" | "кімнатка" | "кімнатку"])
    {
        return true;
    }
    if said.cared
        || starts(
            words,
            &["гуртож", "колегі", "общаг", "двокімнат", "квартир"],
        )
        || has(words, &["балконом", "вся", "всю", "усю", "гостей"])
    {
        return false;
    }
    let gives = has(
        words,
        &[
            "дав",
            "дала",
            "дали",
            "здав",
            "здала",
            "здає",
            "здають",
            "маю",
            "виділили",
            "виділив",
            "взяли",
            "зняли",
            "зняла",
            "зняв",
            "знімаю",
            "звільнили",
        ],
    );
    let with = words[at + 1..].windows(2).any(|w| {
        matches!(w[0], "у" | "в")
            && (begins(
                w[1],
                &[
                    "сім'",
                    "хат",
                    "будин",
                    "домі",
                    "пан",
                    "неї",
                    "нього",
                    "них",
                    "одн",
                    "тітк",
                    "дядьк",
                    "подружж",
                    "знайом",
                    "колег",
                    "прибудов",
                    "господ",
                    "хазя",
                ],
            ))
    });
    let named = words[at + 1..].iter().enumerate().any(|(next, w)| {
        matches!(*w, "у" | "в") && {
            let word = sentence.words.start + at + next + 2;
            word < sentence.words.end
                && u.names()
                    .iter()
                    .any(|n| n.span.contains(&u.token(word).span.start))
        }
    });
    let before = words[..at]
        .windows(2)
        .any(|w| matches!(w, ["у" | "в", "неї" | "нього"]));
    let own = at > 0
        && matches!(
            words[at - 1],
            "моя" | "мою" | "другу" | "дальню" | "меншу" | "окрема" | "в" | "у"
        )
        && has(words, &["живу", "живемо", "я", "один", "одна"]);
    said.of_new && (gives || with || named || before || own) || with && gives
}

/// «Пайовий ряд, з нашою вкладкою», «пайовик тепер», «мені дали частку».
fn shares(words: &[&str]) -> bool {
    has(
        words,
        &[
            "пай",
            "паєм",
            "частка",
            "частку",
            "часткою",
            "андель",
            "андел",
        ],
    ) || starts(words, &["пайов", "пайовик", "андельс", "анделс"])
        || starts(words, &["кооператив"])
            && starts(
                words,
                &[
                    "вніс",
                    "внесл",
                    "внеск",
                    "внесок",
                    "вклад",
                    "заощадж",
                    "частк",
                ],
            )
}

/// «Квартира від комуни, нам до кінця лютого», «від комуни, поки щось краще знайдеться».
fn of_municipality(words: &[&str]) -> bool {
    let of = words.windows(2).any(|w| {
        matches!(w[0], "від" | "з" | "комуна" | "муніципалітет")
            && begins(w[1], &["комун", "муніципал", "дал", "виділ"])
    }) || starts(words, &["комунальн"]);
    let short = has(
        words,
        &[
            "до",
            "поки",
            "тимчасово",
            "тимчасова",
            "року",
            "місяців",
            "місяці",
        ],
    );
    of && short && !starts(words, &["черг", "оренд"])
}

/// «Купили хутір», «я її купила», «свій, батько помагав викупити», "Og den er din?" – «Моя, моя».
fn owns(m: &Memory, words: &[&str], said: Said) -> bool {
    let other = m.mover == 0 && {
        let third = |w: &str| {
            matches!(
                w,
                "він"
                    | "вона"
                    | "вони"
                    | "господар"
                    | "господиня"
                    | "хазяїн"
                    | "хазяйка"
                    | "власник"
                    | "власниця"
                    | "її"
                    | "його"
                    | "їхня"
                    | "їхній"
            )
        };
        words.iter().any(|w| third(w)) && !has(words, &["ми", "я", "наш", "наша", "моя", "мій"])
    };
    // "Bliver han boende?" – «Купив ту хату, живе з жінкою»
    let other = other || has(words, &["живе", "живуть"]) && !has(words, &["ми", "я"]);
    let rented = has(words, &["знімає", "орендує", "винаймає", "наймає"]);
    // «У Василя своя хата»
    let somebodys = words.windows(3).any(|w| {
        matches!(w[0], "у" | "в")
            && !matches!(w[1], "мене" | "нас")
            && begins(w[2], &["своя", "свій", "своє", "власн"])
    });
    if other || rented || somebodys || m.host.is_some() || rents_oneself(words) {
        return false;
    }
    let denied = words
        .windows(2)
        .any(|w| w[0] == "не" && (begins(w[1], &["купи", "наш", "мо", "мій", "сво", "влас"])));
    let buys = words.iter().position(|w| {
        matches!(
            *w,
            "купив"
                | "купила"
                | "купили"
                | "купував"
                | "купувала"
                | "викупив"
                | "викупила"
                | "викупили"
                | "придбали"
                | "придбав"
                | "придбала"
                | "купленій"
                | "куплена"
                | "куплений"
        )
    });
    let bank = starts(words, &["взял", "взяв"])
        && words
            .windows(2)
            .any(|w| matches!(w[0], "у" | "в") && begins(w[1], &["банк", "кредит", "іпотек"]));
    let own = |w: &str| {
        matches!(
            w,
            "свій"
                | "своя"
                | "своє"
                | "свою"
                | "своїй"
                | "своєму"
                | "наше"
                | "наш"
                | "наша"
                | "моя"
                | "мій"
                | "моє"
        ) || begins(w, &["власн"]) && !begins(w, &["власни", "власне"])
    };
    let homes = words.iter().any(|w| home(w));
    let thing = starts(
        words,
        &[
            "авто",
            "машин",
            "меблі",
            "ліжк",
            "квит",
            "телефон",
            "велосип",
            "холодильник",
            "стіл",
            "диван",
            "торт",
        ],
    );
    let bought = buys.is_some_and(|at| {
        let next = words.get(at + 1).copied().unwrap_or("");
        homes
            || said.own
            || said.of_new
                && (at == 0
                    || matches!(next, "на" | "в" | "у")
                    || words[at.saturating_sub(2)..at]
                        .iter()
                        .any(|w| matches!(*w, "її" | "його" | "самі")))
    });
    let beside = words
        .windows(2)
        .any(|w| own(w[0]) && home(w[1]) || home(w[0]) && own(w[1]));
    let of_somebody = words.iter().take(3).any(|w| matches!(*w, "у" | "в"))
        && !has(words, &["нас", "мене", "ми", "я"]);
    let possessed = words.iter().any(|w| own(w))
        && (said.own || said.of_new && beside && !of_somebody)
        && !starts(
            words,
            &[
                "прізвищ",
                "телефон",
                "номер",
                "ключ",
                "вхід",
                "ванн",
                "скриньк",
                "син",
                "доньк",
                "начальник",
                "шеф",
                "договір",
                "контракт",
                "фірм",
            ],
        );
    !denied
        && !thing
        && (bought && (said.of_new || said.own || homes) || bank && said.of_new || possessed)
}
