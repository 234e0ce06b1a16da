//! Who else is in the home and whether they stay.

use super::{begins, fill, has, starts};
use crate::reader::home_answers;
use crate::reader::memory::{Memory, Place};
use crate::reader::taken_back;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const OTHERS: &str = "dwelling.others_registered";
const STAY: &str = "dwelling.others_stay";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    let staff: Vec<String> = m.staff_words.clone();
    let staff: Vec<&str> = staff.iter().map(String::as_str).collect();
    if of_the_old(m, &staff) {
        return;
    }
    let asks_stay = asks_stay(&staff) || m.asked.asks(Topic::HostStays);
    let rooms = m.text("dwelling.type") == Some("student_hall");
    let asks_there = !rooms
        && (asks_there(&staff)
            || m.asked.asks(Topic::OthersRegistered) && !starts(&staff, &["etage", "veje"]));
    // Somebody's home that is moved into has been spoken of.
    let at_new = m.host.is_some() || m.text_is(OTHERS, true) || m.place == Some(Place::New);
    if home_answers::of_old_home(m) || m.has(taken_back::APART) {
        return;
    }
    let asks_gone = asks_gone(&staff);
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question && words.len() > 3 {
            continue;
        }
        let at = sentence.words.clone();
        if at_new
            && (asks_stay || asks_there || asks_gone)
            && !has(&words, &["ніхто"])
            && stays(&words, asks_stay)
        {
            fill(m, u, OTHERS, true, at.clone());
            fill(m, u, STAY, true, at);
            return;
        }
        if asks_gone && registered(&words) {
            fill(m, u, OTHERS, true, at);
            return;
        }
        if m.host.is_none()
            && (asks_there || asks_gone)
            && nobody(u, &words, asks_gone, asks_there, has(&staff, &["alene"]))
        {
            fill(m, u, OTHERS, false, at);
            return;
        }
    }
}

/// "Bliver din mor boende i den gamle?"
pub(super) fn of_the_old(m: &Memory, staff: &[&str]) -> bool {
    has(
        staff,
        &[
            "tilbage",
            "gamle",
            "boede",
            "boet",
            "var",
            "havde",
            "efterladt",
            "rejser",
            "derfra",
        ],
    ) && !has(staff, &["ejere", "lejere"])
        || m.asked.asks_any(&[Topic::Remaining, Topic::KeepsDwelling])
            && m.host.is_none()
            && !m.has(OTHERS)
        || m.asked.asks_any(&[
            Topic::WhoMoves,
            Topic::HowMany,
            Topic::Married,
            Topic::LivedBefore,
        ])
}

/// "Bliver de?", "og hun har tænkt sig at blive der?", "de andre tre bliver der", "bor de der alle".
pub(super) fn asks_stay(staff: &[&str]) -> bool {
    let stays = staff.iter().position(|w| matches!(*w, "bliver" | "blive"));
    let somebody = |w: &&str| {
        matches!(
            *w,
            "han"
                | "hun"
                | "de"
                | "dem"
                | "alle"
                | "begge"
                | "andre"
                | "to"
                | "tre"
                | "mor"
                | "far"
        )
    };
    let of_you = has(staff, &["du", "i", "dig"]) || has(staff, &["læge", "lægen", "det", "den"]);
    let blive =
        stays.is_some() && (staff.iter().any(somebody) || has(staff, &["boende"])) && !of_you;
    let still = has(staff, &["stadig", "allerede", "fortsat", "også", "selv"])
        && has(staff, &["bor", "står"])
        && has(staff, &["der", "de", "han", "hun"])
        // "Bor der allerede nogen på adressen?" does not ask whether they stay.
        && !has(staff, &["du", "i", "nogen"]);
    blive || still
}

/// "Har damen nogen boende?", "skal du dele den med nogen?", "er du alene på værelset?", "er der folk i det?"
pub(super) fn asks_there(staff: &[&str]) -> bool {
    let moving = starts(
        staff,
        &["flyt", "rejs", "kommer", "tager", "lejer", "låner"],
    );
    let alone =
        has(staff, &["alene"]) && has(staff, &["du", "i", "de"]) && has(staff, &["er", "bor"]);
    let home = starts(
        staff,
        &[
            "værelse",
            "lejlighed",
            "hus",
            "bolig",
            "adresse",
            "nye",
            "genhus",
            "sted",
            "boende",
            "den",
            "det",
            "der",
            "forvejen",
            "tilmeldt",
            "registreret",
            "bor",
        ],
    );
    let others = staff.iter().enumerate().any(|(at, w)| {
        matches!(*w, "nogen" | "andre" | "folk" | "flere" | "eneste")
            && staff.get(at + 1).is_none_or(|w| {
                matches!(
                    *w,
                    "der"
                        | "i"
                        | "på"
                        | "boende"
                        | "registreret"
                        | "tilmeldt"
                        | "end"
                        | "som"
                        | "før"
                        | "nu"
                        | "ellers"
                        | "her"
                )
            })
    }) && has(staff, &["er", "står", "bor", "har", "ingen"]);
    let shares = has(staff, &["dele", "deler"]) && !starts(staff, &["forældre"]);
    let lives = staff
        .windows(2)
        .any(|w| w[0] == "bor" && !matches!(w[1], "du" | "i" | "jeg" | "nu"))
        && has(staff, &["også", "der"]);
    !moving && ((alone || others) && home || shares || lives)
}

/// "Står Kristian der stadig?", "er hun flyttet fra adressen?", "har de gamle ejere forladt det?"
pub(super) fn asks_gone(staff: &[&str]) -> bool {
    let you = has(staff, &["du", "i", "dig"]);
    let still = has(staff, &["stadig", "endnu", "længere"])
        && (has(
            staff,
            &["står", "bor", "tilmeldt", "registreret", "adressen"],
        ));
    let left = starts(staff, &["forladt", "meldt"]) && has(staff, &["fra", "forladt"])
        || staff.windows(2).any(|w| w == ["flyttet", "fra"]);
    let old = starts(staff, &["sælger"])
        || staff
            .windows(2)
            .any(|w| w[0] == "gamle" && begins(w[1], &["ejer", "lejer"]));
    !you && (still || left) || old
}

const LEAVING: [&str; 16] = [
    "їде",
    "їдуть",
    "йде",
    "йдуть",
    "діва",
    "дінет",
    "дінут",
    "діти",
    "рушат",
    "виїжджа",
    "виїде",
    "збира",
    "подін",
    "з'їжджа",
    "виселя",
    "переїжджа",
];

/// «Нікуди не діваються», «куди їй із Скаґена», «до скону», «хто ж їх вижене», «всі будуть жити, поки дах стоїть».
pub(super) fn stays(words: &[&str], asked: bool) -> bool {
    let mine = has(words, &["я", "ми"]) && !has(words, &["вона", "він", "вони"]);
    let never = words.windows(2).enumerate().any(|(at, w)| {
        w[0] == "не"
            && begins(w[1], &LEAVING)
            && words[..at].iter().rev().take(3).any(|w| {
                matches!(*w, "нікуди" | "ніде" | "ніхто" | "звідти")
                    || asked && matches!(*w, "вони" | "вона" | "він")
            })
    });
    let whither = words.first().is_some_and(|w| matches!(*w, "куди" | "де"))
        || words
            .windows(2)
            .any(|w| w[0] == "куди" && matches!(w[1], "їй" | "йому" | "їм" | "ж" | "же"));
    let ever = words
        .windows(2)
        .any(|w| matches!(w[0], "до") && matches!(w[1], "скону" | "смерті" | "гробу" | "кінця"))
        || starts(words, &["вижене", "виженеш", "виженуть"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["далі", "живе" | "живуть"] | ["живе" | "живуть", "далі"]))
        || words
            .windows(2)
            .any(|w| matches!(w, ["не", "виїхали" | "виїхала" | "виїхав"]))
            && has(words, &["вік", "би"]);
    let verbs = has(
        words,
        &[
            "лишається",
            "залишається",
            "лишаються",
            "залишаються",
            "сидить",
            "сидять",
            "житимуть",
            "житиме",
        ],
    );
    let there = asked
        && (matches!(
            words,
            ["так", "він" | "вона" | "вони" | "обидві" | "обоє", ..] | ["так", "і", ..]
        ) || words
            .windows(2)
            .any(|w| matches!(w, ["він" | "вона" | "вони", "там"])));
    let gone = starts(words, &["виїха", "випис", "поїха", "помер"]);
    !mine && !gone && (never && !mine || asked && (whither || ever || verbs || there))
}

fn registered(words: &[&str]) -> bool {
    let at = words
        .iter()
        .position(|w| begins(w, &["прописан", "записан", "зареєстрован", "реєстрі"]));
    at.is_some_and(|at| {
        let near = &words[at.saturating_sub(3)..at];
        let elsewhere = words[at + 1..]
            .windows(2)
            .next()
            .is_some_and(|w| matches!(w[0], "в" | "у" | "тепер" | "до" | "вже"));
        !has(near, &["не", "ніхто", "ніде", "нікого", "я", "ми"]) && !elsewhere
    })
}

const PEOPLE: [&str; 24] = [
    "сусід",
    "хлоп",
    "дівч",
    "господ",
    "хазя",
    "власни",
    "мам",
    "тат",
    "бать",
    "брат",
    "сестр",
    "син",
    "доньк",
    "дочк",
    "друг",
    "подруг",
    "колег",
    "дід",
    "баб",
    "пан",
    "жінк",
    "чолов",
    "дружин",
    "родин",
];

/// «Порожній стояв», «сама», «чайки хіба», «виписалися ще взимку».
fn nobody(
    u: &Utterance<'_>,
    words: &[&str],
    gone_asked: bool,
    there_asked: bool,
    asked_alone: bool,
) -> bool {
    let more = words
        .windows(2)
        .any(|w| w[0] == "ще" && matches!(w[1], "один" | "одна" | "двоє" | "троє"))
        || has(words, &["двоє", "троє", "четверо", "п'ятеро", "шестеро"])
            && !has(words, &["нас", "ми", "тільки", "лише"]);
    if more || registered(words) {
        return false;
    }
    let empty = starts(words, &["порожн", "пуст"]) && !has(words, &["не"]);
    let lives = |w: &str| {
        begins(
            w,
            &[
                "жив",
                "мешка",
                "прописан",
                "зареєстр",
                "записан",
                "нема",
                "лишил",
            ],
        )
    };
    let none = has(words, &["ніхто", "нікого", "жодної"])
        && words
            .iter()
            .position(|w| *w == "не")
            .is_none_or(|at| words.get(at + 1).is_some_and(|w| lives(w)))
        && !has(words, &["після", "виїжджаємо", "здаємо"]);
    let left = starts(
        words,
        &[
            "виїха",
            "випис",
            "відпис",
            "з'їха",
            "переїха",
            "перебра",
            "помер",
            "подал",
            "вимельд",
        ],
    ) && !has(words, &["не", "ми", "я", "після"]);
    let head = &words[..words.len().min(3)];
    let head = if has(words, &["живу", "буду", "живемо"]) {
        words
    } else {
        head
    };
    let storey = starts(words, &["поверх", "сал"]);
    // "Bor du alene?" – «Одна»: so many come, and nobody is asked who else is there.
    let alone = !storey
        && !asked_alone
        && !has(words, &["знаю"])
        && has(
            head,
            &[
                "сам",
                "сама",
                "самі",
                "одна",
                "один",
                "самотня",
                "самотній",
                "вдвох",
                "удвох",
                "утрьох",
                "втрьох",
            ],
        )
        || starts(words, &["одиноч", "одномісн", "самісін"]);
    let people = starts(words, &PEOPLE) || !u.names().is_empty();
    let only = has(words, &["тільки", "лише", "лиш", "хіба"]) && words.len() <= 5 && !people;
    there_asked && (empty || none && !people || alone && !people && words.len() <= 12 || only)
        || gone_asked && (empty || left)
}
