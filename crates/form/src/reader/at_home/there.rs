//! Who else is in the home, by the kind of question ("kun jer to i boligen?", "er den tom?", "er der andre?") and by what
//! lasts («вони як жили, так і житимуть», «ногами вперед»); and whoever lets a whole home and lives in another.

use super::answered::{asks_stay, of_the_old};
use super::landlord::elsewhere;
use super::{begins, fill, has, question, starts, suppose};
use crate::reader::belief::{Act, Heard};
use crate::reader::home_answers;
use crate::reader::memory::{Memory, Place};
use crate::reader::replies;
use crate::reader::sentences::Sentence;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const OTHERS: &str = "dwelling.others_registered";
const STAY: &str = "dwelling.others_stay";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    with_them(m, u);
    crowd(m, u);
    stays_on(m, u);
    only_us(m, u);
    lessor_elsewhere(m, u);
}

/// "På et værelse hos dem?" – «Угу»: whoever that is, they live there.
fn with_them(m: &mut Memory, u: &Utterance<'_>) {
    let staff = question(m);
    let with = staff
        .windows(2)
        .any(|w| w[0] == "hos" && matches!(w[1], "ham" | "hende" | "dem"));
    let now =
        with && !has(
            &staff,
            &["boede", "boet", "læge", "lægen", "hvor", "hvornår", "ikke"],
        ) && starts(&staff, &["værelse", "bor", "bo", "flytter", "logi"]);
    let away = m.text("dwelling.type") == Some("sublet");
    if now && !away && replies::reply(u).agreed {
        let at = 0..u.word_tokens.len().min(1);
        suppose(m, u, OTHERS, true, at.clone());
        suppose(m, u, STAY, true, at);
    }
}

/// «Там уже двоє наших», «нас там дванадцятеро», «у домі ще вісім людей»: so many others, who do not move.
fn crowd(m: &mut Memory, u: &Utterance<'_>) {
    let staff = question(m);
    let new = m.text("dwelling.type") == Some("room")
        || starts(&staff, &["værelse", "barak", "hus", "bofælles"])
            && !starts(&staff, &["flyt", "husstand"])
        || m.asked.asks(Topic::OthersRegistered);
    if !new || m.has(OTHERS) || of_old(m, &staff) || m.asked.asks(Topic::WhoMoves) {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let many = words.windows(2).any(|w| {
            matches!(w[0], "там" | "ще" | "уже" | "вже") && is_crowd(w[1])
                || matches!(w[1], "людей") && w[0] != "нема"
        });
        let theirs = has(&words, &["там", "тут", "домі", "хаті", "живуть", "живе"])
            && !has(&words, &["мої", "моїх", "зі", "зо", "дітей", "діток"]);
        if many && theirs && !sentence.question && !goes(&words) {
            let here = sentence.words.clone();
            suppose(m, u, OTHERS, true, here);
            return;
        }
    }
}

fn is_crowd(word: &str) -> bool {
    matches!(word, "двоє" | "троє" | "четверо") || word.ends_with("теро")
}

/// The home that is left is spoken of.
fn of_old(m: &Memory, staff: &[&str]) -> bool {
    let recent = m.place == Some(Place::Old) && m.place_turn + 2 >= m.turns;
    let names_new = has(
        staff,
        &[
            "nye",
            "ny",
            "hen",
            "forvejen",
            "tilmeldt",
            "registreret",
            "hos",
        ],
    );
    home_answers::of_old_home(m)
        || recent && !names_new
        || has(staff, &["tilbage", "gamle", "efterladt", "derfra"])
}

/// «Вони як жили, так і житимуть», «вона тут корені пустила», «ногами вперед»; "bor de der videre?" – «Завжди там».
fn stays_on(m: &mut Memory, u: &Utterance<'_>) {
    if m.has(STAY) {
        return;
    }
    let staff = question(m);
    if m.asked.asks(Topic::Doctor) {
        return;
    }
    let asked = asks_stay(&staff) || m.asked.asks(Topic::HostStays) || lives_on(&staff);
    let known = m.host.is_some() || m.text_is(OTHERS, true) || m.place == Some(Place::New);
    if !known || of_the_old(m, &staff) || of_old(m, &staff) && !m.text_is(OTHERS, true) {
        return;
    }
    let leaving = asks_leaving(&staff);
    // "Du bliver boende, og han flytter": of who answers.
    let yours = m.host != Some(0)
        && staff
            .windows(2)
            .any(|w| matches!(w, ["du", "bliver"] | ["bliver", "du"] | ["du", "vel"]));
    let asked = asked && !yours;
    let there = m.host.is_some() || m.text_is(OTHERS, true);
    let reply = replies::reply(u);
    for (at, sentence) in u.sentences.iter().enumerate() {
        let words = u.words(sentence.words.clone());
        if sentence.question && words.len() > 3 {
            continue;
        }
        let answers = at == 0
            && (asked && (reply.agreed || all_of_them(&words)) || leaving && reply.objected);
        if there && (asked || leaving) && leaves(&words) {
            fill(m, u, STAY, false, sentence.words.clone());
            return;
        }
        let firm = asked || m.host.is_some() || m.text_is(OTHERS, true);
        let stays =
            rooted(&words) || firm && lasts(&words, asked) || answers && !goes(&u.all_words());
        if stays {
            let here = sentence.words.clone();
            fill(m, u, STAY, true, here);
            return;
        }
    }
}

/// "Bor de der videre?", "Kharlam og hans kone bliver boende?"
fn lives_on(staff: &[&str]) -> bool {
    let you = has(staff, &["du", "i", "dig", "længe", "læge", "lægen"]);
    !you && (has(staff, &["videre", "fremover"]) && has(staff, &["bor", "bo"])
        || has(staff, &["bliver", "blive"]) && has(staff, &["boende", "der"]))
}

/// "Rejser hun snart?", "skal han flytte?"
fn asks_leaving(staff: &[&str]) -> bool {
    staff.windows(2).any(|w| {
        matches!(w[0], "rejser" | "flytter" | "skal") && matches!(w[1], "hun" | "han" | "de")
    }) && has(staff, &["snart", "ud", "væk", "igen"])
        && !has(staff, &["du", "hvornår", "hvor"])
}

fn all_of_them(words: &[&str]) -> bool {
    words.first().is_some_and(|w| {
        matches!(
            *w,
            "обоє" | "обидва" | "обидві" | "всі" | "усі" | "двоє" | "троє" | "четверо"
        )
    }) && !goes(words)
}

/// «Поки записаний, але виїздить двадцять п'ятого».
fn leaves(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "виїзди",
            "виїжджа",
            "виїде",
            "з'їжджа",
            "з'їде",
            "поїде",
            "випиш",
        ],
    ) && !has(words, &["не", "нікуди", "ні", "ми", "я", "якщо"])
}

fn goes(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "виїжджа",
            "виїзди",
            "виїде",
            "з'їжджа",
            "з'їде",
            "випис",
            "поїде",
            "їде",
            "поїха",
            "переїжджа",
            "переїде",
            "помер",
            "виїха",
        ],
    ) && !has(words, &["нікуди", "не"])
}

/// What somebody else does for good.
fn lasts(words: &[&str], asked: bool) -> bool {
    let onward = words.windows(2).any(|w| {
        matches!(w[0], "далі" | "так" | "й" | "і") && matches!(w[1], "житимуть" | "житиме")
            || w[0] == "далі" && matches!(w[1], "будуть" | "буде" | "живуть" | "живе")
    });
    let nowhere = has(words, &["нікуди"])
        && !has(words, &["я", "ми", "мені", "нам"])
        && (asked || has(words, &["вона", "він", "вони", "їм", "їй", "йому"]));
    let always = asked && has(words, &["завжди", "вічно", "довіку", "назавжди"]);
    !of_us(words) && (onward || nowhere || always)
}

fn of_us(words: &[&str]) -> bool {
    has(words, &["я", "ми"]) && !has(words, &["він", "вона", "вони"])
}

/// «Вони як жили, так і житимуть», «корені пустила», «ногами вперед»: nothing but a dweller for good is spoken of so.
fn rooted(words: &[&str]) -> bool {
    let as_ever = words
        .windows(2)
        .any(|w| w[0] == "як" && begins(w[1], &["жили", "жив", "жила"]))
        && starts(words, &["житим"]);
    let roots = starts(words, &["корен", "корін"]) && starts(words, &["пуст", "прирос"])
        || words.windows(2).any(|w| w == ["ногами", "вперед"]);
    !of_us(words) && (as_ever || roots || let_be(words))
}

/// «Вона вже зареєстрована, її не чіпаємо», «його не треба чіпати»: whoever was there before.
fn let_be(words: &[&str]) -> bool {
    starts(words, &["чіпа"])
        && has(words, &["не"])
        && has(words, &["його", "її", "їх"])
        && !starts(words, &["лікар"])
}

const HOME: [&str; 10] = [
    "bolig",
    "lejlighed",
    "hus",
    "værelse",
    "adresse",
    "bor",
    "hytte",
    "båd",
    "sted",
    "rækkehus",
];

/// "Kun jer to i boligen?", "er I ene i lejligheden?", "bor du alene i huset?"
fn asks_only_you(staff: &[&str]) -> bool {
    let place = staff.windows(2).any(|w| {
        matches!(w[0], "i" | "på") && begins(w[1], &HOME[..5]) || matches!(w, ["der", "bor"])
    });
    has(staff, &["kun", "bare", "alene", "ene", "eneste"])
        && has(staff, &["jer", "dig", "du", "i"])
        && place
}

/// "Er lejligheden ellers tom?", "er det tomt nu?"
fn asks_empty(staff: &[&str]) -> bool {
    has(staff, &["tom", "tomt", "tomme", "ubeboet"])
        && (starts(staff, &HOME) || staff.len() <= 6)
        && !starts(staff, &["postkasse", "efterlad", "aflever"])
        && !has(staff, &["bliver"])
}

/// "Er der andre?", "bor der flere?", "er der nogen inde i huset?"
fn asks_others(staff: &[&str]) -> bool {
    let moving = starts(staff, &["flyt", "rejs", "tager"]);
    let who = has(staff, &["andre", "flere", "nogen", "folk"]);
    let there = has(staff, &["bor", "står", "boende", "tilmeldt", "registreret"])
        || has(staff, &["er"]) && starts(staff, &HOME);
    who && there && !moving && !starts(staff, &["læge", "børn", "barn", "kort", "telefon", "navn"])
}

fn only_us(m: &mut Memory, u: &Utterance<'_>) {
    let staff = question(m);
    let (us, empty, others) = (
        asks_only_you(&staff),
        // Of which home is only known where the new one was spoken of.
        asks_empty(&staff) && m.place == Some(Place::New),
        asks_others(&staff),
    );
    let past = has(&staff, &["boede", "boet", "var", "havde"])
        && !has(&staff, &["forvejen", "inden", "stadig"]);
    if !(us || empty || others) || past || of_old(m, &staff) {
        return;
    }
    if m.text("dwelling.type") == Some("student_hall") {
        return;
    }
    let someone = m.host.is_some_and(|id| id != 0) || m.text("dwelling.type") == Some("room");
    if someone && m.text("host.role") != Some("landlord") {
        return;
    }
    let reply = replies::reply(u);
    let pair = has(&staff, &["to", "tre", "fire"]);
    let words = u.all_words();
    if more(&words) {
        return;
    }
    let alone = says_only_us(&words, pair);
    let bare = starts(&words, &["порожн", "пуст"]) && !has(&words, &["не"]);
    let none = words.len() <= 8 && has(&words, &["нікого", "ніхто", "душі"])
        || words
            .windows(2)
            .any(|w| matches!(w, ["людей", "нема" | "немає"]));
    let so = us && (reply.agreed || alone || none)
        || empty && (reply.agreed || bare || alone || none)
        || others && (alone || bare || none && !reply.agreed);
    let Some(first) = u.sentences.first().filter(|_| so) else {
        return;
    };
    let here = first.words.clone();
    if m.text_is(OTHERS, true) && m.heard_now.iter().any(|k| k == OTHERS) {
        let heard = Heard::new(false, u.evidence_of_words(&here), 0.7);
        m.hear(OTHERS, heard.act(Act::Correct));
        return;
    }
    fill(m, u, OTHERS, false, here);
}

/// «Ще один студент», «господар унизу»: somebody besides those who come.
fn more(words: &[&str]) -> bool {
    let further = words.windows(2).any(|w| {
        w[0] == "ще"
            && (matches!(w[1], "один" | "одна" | "двоє" | "троє" | "хтось" | "є")
                || begins(
                    w[1],
                    &["сусід", "господ", "хазя", "студент", "хлоп", "дівч"],
                ))
    });
    let lives = has(
        words,
        &[
            "живе",
            "живуть",
            "мешкає",
            "мешкають",
            "прописаний",
            "прописана",
        ],
    ) && !has(words, &["не", "ніхто", "ми", "я"]);
    further || lives
}

/// «Тільки ми двоє», «ні, лише ми», «удвох», «самі», «тільки миші».
fn says_only_us(words: &[&str], pair: bool) -> bool {
    let lead = |w: &&str| {
        matches!(
            *w,
            "так"
                | "ні"
                | "нє"
                | "ага"
                | "угу"
                | "да"
                | "ну"
                | "та"
                | "же"
                | "ж"
                | "а"
                | "і"
                | "там"
                | "нема"
                | "немає"
                | "більше"
                | "нас"
        )
    };
    let rest: Vec<&str> = words.iter().skip_while(|w| lead(w)).copied().collect();
    let Some(first) = rest.first() else {
        return false;
    };
    let only = matches!(*first, "тільки" | "лише" | "лиш" | "хіба" | "самі" | "одні");
    let counted = matches!(
        *first,
        "удвох"
            | "вдвох"
            | "утрьох"
            | "втрьох"
            | "учотирьох"
            | "вчотирьох"
            | "сам"
            | "сама"
    ) || pair && matches!(*first, "двоє" | "троє" | "четверо");
    let kin = starts(
        words,
        &[
            "господ",
            "хазя",
            "власни",
            "сусід",
            "мам",
            "тат",
            "бать",
            "дід",
            "баб",
            "свек",
            "тещ",
        ],
    );
    let ours = has(words, &["ми", "нас", "я", "мої", "моя", "мій"]);
    (only || counted) && (ours || !kin)
}

/// «Знімаємо в лікаря, він у Копенгагені», «він на хуторі, там нікого»: nobody else in what is let as a whole.
fn lessor_elsewhere(m: &mut Memory, u: &Utterance<'_>) {
    let lets = m.text("dwelling.type") == Some("rented_private");
    if !lets || m.declaration || m.has(OTHERS) || m.mover != 0 || m.host.is_some() {
        return;
    }
    let staff = question(m);
    let asked = starts(&staff, &["lejer", "lejet", "udlej", "leje", "ejer", "ejes"])
        || m.asked
            .asks_any(&[Topic::HostName, Topic::DwellingType, Topic::HostStays]);
    if !asked || of_old(m, &staff) {
        return;
    }
    let found = |s: &&Sentence| !s.question && elsewhere(u, s);
    if let Some(sentence) = u.sentences.iter().find(found) {
        let here = sentence.words.clone();
        suppose(m, u, OTHERS, false, here);
    }
}
