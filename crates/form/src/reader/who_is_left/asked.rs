//! Questions for who is in the home that is left, by what they take for granted, and short answers to them: "er I alle
//! ude?" – «Навіть піаніно», "boede du sammen med nogen?" – «Із колегою», "er der stadig nogen?" – «Хіба павук».

use tolkebot_protocol::Lang;

use crate::reader::kin::kin;
use crate::reader::memory::Memory;
use crate::reader::mood;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

/// What a question for those in the old home takes for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asks {
    /// "Er I alle ude?", "flyttede alle tre?"
    AllGone,
    /// "Bliver der nogen?", "er der stadig nogen af jer?"
    Anybody,
    /// "Bor han der endnu?", "så hun bliver der?"
    ThatOne,
    /// "Hvem boede der ellers?", "boede du sammen med nogen?"
    WithWhom,
    /// "Var du alene der?"
    Alone,
}

/// What the employee's last turn asked of the home that is left.
pub(super) fn asks(m: &Memory) -> Option<Asks> {
    let staff = &m.staff_words;
    let has = |list: &[&str]| staff.iter().any(|w| list.contains(&w.as_str()));
    let pair = |first: &[&str], second: &[&str]| {
        staff
            .windows(2)
            .any(|w| first.contains(&w[0].as_str()) && second.contains(&w[1].as_str()))
    };
    let about_rights = m.asked.mentions(Topic::Custody);
    let new = has(&["nye", "ny", "nyt", "hen", "ind", "indflytning"]);
    if about_rights || new {
        return None;
    }
    let lived = has(&["boede", "boet", "var"]);
    let together = pair(&["sammen"], &["med"]) || has(&["ellers", "eneste", "alene"]);
    if lived && together {
        let alone = has(&["eneste", "alene"]) && !pair(&["sammen"], &["med"]);
        return Some(if alone { Asks::Alone } else { Asks::WithWhom });
    }
    let whole =
        has(&["alle", "begge", "helt"]) || pair(&["hele"], &["familien", "flokken", "husstanden"]);
    let out = has(&["ude", "væk", "derfra", "ud"]) || pair(&["med"], &["fra"]);
    if whole && out {
        return Some(Asks::AllGone);
    }
    // "Hvem bor på Farimagsgade nu?"
    if has(&["hvem"]) && has(&["bor", "er", "bliver"]) && has(&["nu", "tilbage", "stadig"]) {
        return Some(Asks::Anybody);
    }
    let stays = has(&["bliver", "blev", "bor", "er", "sidder"]);
    let still = has(&[
        "tilbage",
        "stadig",
        "endnu",
        "boende",
        "stadigvæk",
        "fortsat",
    ]);
    if stays && has(&["nogen", "ingen"]) && (still || pair(&["bliver", "blev"], &["nogen", "der"]))
    {
        return Some(Asks::Anybody);
    }
    let third = pair(
        &["bliver", "blev", "bor"],
        &["han", "hun", "de", "din", "jeres"],
    ) || pair(&["er"], &["han", "hun", "de"])
        || pair(&["han", "hun", "de"], &["bliver", "blev", "bor"]);
    let there = still || has(&["der", "dér", "gamle"]);
    (third && there).then_some(Asks::ThatOne)
}

/// Whether all who lived there have left, by a short answer.
pub(super) fn answered(u: &Utterance<'_>, asks: Asks) -> Option<bool> {
    let first = u.sentences.first().filter(|s| !s.question)?;
    let words = u.words(first.words.clone());
    let mood = mood::mood(u);
    match asks {
        Asks::AllGone if all_and_everything(&words) => Some(true),
        Asks::Anybody if not_one(&words) => Some(true),
        Asks::ThatOne if gone(&u.all_words()) || words.contains(&"не") => None,
        Asks::ThatOne if mood.agreed && !mood.hedged => Some(false),
        // «Лишився там», «сидить, куди йому»
        Asks::ThatOne if words.iter().take(3).any(|w| super::is_staying(w)) => Some(false),
        Asks::Alone if mood.agreed && !mood.objected && !mood.hedged => Some(true),
        Asks::WithWhom | Asks::Alone if alone(&words) => Some(true),
        Asks::WithWhom | Asks::Alone if with_somebody(&words) => Some(others_gone(u)),
        _ => None,
    }
}

/// «Усі, і кіт», «навіть піаніно», «останню ложку забрали», «вся родина»
fn all_and_everything(words: &[&str]) -> bool {
    let first = words
        .iter()
        .find(|w| !matches!(**w, "так" | "ага" | "ну" | "та" | "авжеж"))
        .copied()
        .unwrap_or("");
    let all = matches!(
        first,
        "усі"
            | "всі"
            | "вся"
            | "уся"
            | "весь"
            | "увесь"
            | "навіть"
            | "геть"
            | "обоє"
            | "обидва"
            | "обидві"
    ) || first.starts_with("останн");
    all && !words.iter().any(|w| {
        matches!(*w, "крім" | "окрім" | "не") || w.starts_with("лиша") || w.starts_with("залиша")
    })
}

/// «Жодного», «ні душі», «хіба павук», «нікого»: nobody, or nobody who counts.
fn not_one(words: &[&str]) -> bool {
    let rest = match words {
        ["ні" | "та" | "ой", rest @ ..] => rest,
        all => all,
    };
    match rest {
        [
            "жодного" | "жодної" | "жоден" | "жодна" | "нікого" | "ніхто",
            ..,
        ] => true,
        ["хіба" | "тільки" | "лише" | "лиш", rest @ ..] => {
            let thing = rest
                .iter()
                .find(|w| !matches!(**w, "що" | "мій" | "моя" | "наш" | "наша" | "старий"));
            thing.is_some_and(|w| is_no_person(w))
        }
        _ => false,
    }
}

/// Animals and things that are left in jest.
fn is_no_person(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "павук",
        "папуг",
        "собак",
        "пес",
        "псом",
        "риб",
        "миш",
        "тарган",
        "муха",
        "мухи",
        "привид",
        "кіт",
        "кот",
        "пил",
        "диван",
        "шаф",
        "плям",
        "дірк",
        "запах",
        "спогад",
        "стін",
        "цвях",
        "вітер",
        "тіні",
        "порох",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

/// «Сам, звісно», «так, одна», «тільки я»
fn alone(words: &[&str]) -> bool {
    let own = |w: &str| {
        matches!(
            w,
            "сам" | "сама" | "один" | "одна" | "сам-один" | "самісінька"
        )
    };
    words.iter().take(3).any(|w| own(w))
        && !words
            .iter()
            .any(|w| matches!(*w, "не" | "ні" | "з" | "із" | "зі" | "раніше" | "спершу"))
        || matches!(words, ["тільки" | "лише" | "лиш", "я" | "ми", ..])
}

/// «Із колегою, Едуардом», «з двома дівчатами», «там ще була дівчина»
fn with_somebody(words: &[&str]) -> bool {
    let rest = match words {
        // «З дві тисячі двадцять третього»: since when.
        ["так", "з" | "із", ..] => return false,
        ["ні" | "так" | "та" | "ну", rest @ ..] => rest,
        all => all,
    };
    let with = matches!(rest.first(), Some(&("з" | "із" | "зі" | "разом"))) && rest.len() > 1;
    let mine = rest
        .iter()
        .skip(1)
        .take(3)
        .any(|w| kin(w, Lang::Uk).is_some_and(|k| k.is_couple() || k.is_child()));
    with && !mine && !rest.get(1).is_some_and(|w| is_no_person(w))
}

/// … and it is said of the others, not of the citizen: «він там, я ж поїхав».
fn others_gone(u: &Utterance<'_>) -> bool {
    u.sentences.iter().any(|s| {
        let words = u.words(s.words.clone());
        gone(&words) && !words.iter().any(|w| matches!(*w, "я" | "ми"))
    })
}

/// Whoever lived there has gone away as well.
fn gone(words: &[&str]) -> bool {
    words.iter().any(|w| {
        [
            "виїха",
            "поїха",
            "переїха",
            "помер",
            "загину",
            "з'їха",
            "пішл",
            "пішов",
            "забрал",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })
}
