//! Whether a word for a relative means one: «чоловік» is also "man", «друга» also "second", and "mand" needs its owner.

use super::*;
use crate::reader::{kin, targets};

/// A word, and those around it.
struct Around<'u, 'a> {
    u: &'u Utterance<'a>,
    word: usize,
    text: &'u str,
    before: &'u str,
    next: &'u str,
    kin: Kin,
}

/// Whether the word speaks of somebody who is a relative.
pub(super) fn is_relative(u: &Utterance<'_>, word: usize, kin: Kin) -> bool {
    let text = u.token(word).text.as_str();
    let before = word.checked_sub(1).map_or("", |b| u.token(b).text.as_str());
    let next = u
        .word_tokens
        .get(word + 1)
        .map_or("", |_| u.token(word + 1).text.as_str());
    let around = Around {
        u,
        word,
        text,
        before,
        next,
        kin,
    };
    let is_no_person = is_half_of_a_term(&around)
        || match u.lang() {
            Lang::Uk => of_whom(u, word) || is_the_speaker(&around) || is_a_side(&around),
            Lang::Da => is_the_employees(&around),
        };
    !is_no_person
        && match u.lang() {
            Lang::Da => danish(&around),
            Lang::Uk => ukrainian(&around),
        }
}

/// «двоюрідний брат»: one person, and told by the second word.
fn is_half_of_a_term(around: &Around<'_, '_>) -> bool {
    ["двоюрідн", "зведен", "троюрідн"]
        .iter()
        .any(|stem| around.text.starts_with(stem))
        && kin::kin(around.next, around.u.lang()).is_some()
}

/// «я його онука», «я донька».
fn is_the_speaker(around: &Around<'_, '_>) -> bool {
    let Around {
        u,
        word,
        text,
        before,
        kin,
        ..
    } = *around;
    let earlier = word.checked_sub(2).map_or("", |b| u.token(b).text.as_str());
    // «я чоловіка хочу переписати»: no nominative, somebody else.
    let object = text.ends_with(['у', 'ю'])
        || kin.sex() == Some(Sex::Male) && text.ends_with('а') && !text.ends_with("та");
    // «Та де я! Тато»: another sentence.
    let joined = word > 0 && {
        let from = u.token(word - 1).span.end;
        let gap = u.said.get(from..u.token(word).span.start);
        gap.is_none_or(|gap| !gap.contains(['!', '?']))
    };
    !object
        && joined
        && !is_in_a_list(around)
        && (before == "я" && earlier != "не"
            || earlier == "я" && matches!(before, "його" | "її" | "їхня" | "їхній"))
}

/// «Нас троє: я, сестра і бабуся»: the next behind the speaker.
fn is_in_a_list(around: &Around<'_, '_>) -> bool {
    let Around {
        u, word, before, ..
    } = *around;
    let gap = |from: usize, sign: char| {
        u.turn
            .text
            .get(u.token(from).span.end..u.token(from + 1).span.start)
            .is_some_and(|gap| gap.contains(sign))
    };
    // «Ну я, донька і її дитина»: more than one behind «я» and a comma.
    let goes_on = || {
        let rest = u
            .sentences
            .iter()
            .find(|s| s.words.contains(&word))
            .map_or(word..word, |s| word + 1..s.words.end);
        let words = u.words(rest);
        words.iter().enumerate().any(|(at, w)| {
            matches!(*w, "і" | "й" | "та")
                && words[at + 1..]
                    .iter()
                    .take(3)
                    .any(|w| kin::kin(w, u.lang()).is_some())
        })
    };
    before == "я" && gap(word - 1, ',') && (word > 1 && gap(word - 2, ':') || goes_on())
}

/// «Бабуся мамина, тому прізвище інше»: on whose side, and nobody else.
fn is_a_side(around: &Around<'_, '_>) -> bool {
    let Around {
        u,
        word,
        text,
        before,
        ..
    } = *around;
    matches!(text, "мамин" | "мамина" | "мамине" | "мамину")
        && word > 0
        && kin::kin(before, u.lang()).is_some()
        && same_sentence(u, word - 1, word)
}

/// "Min mand kørte rutebil": the employee's own.
fn is_the_employees(around: &Around<'_, '_>) -> bool {
    let Around { u, word, kin, .. } = *around;
    let words = u.words(word.saturating_sub(3)..word + 1);
    // "… det er efter din far, ikke?": whom a name comes from.
    let after = words.iter().rev().skip(1).any(|w| *w == "efter");
    u.is_staff()
        && (targets::of_the_speaker(&words, words.len() - 1)
            || after && matches!(kin, Kin::Father | Kin::Mother | Kin::Husband))
}

/// A Danish word that means something else, too: by what stands beside it.
fn danish(around: &Around<'_, '_>) -> bool {
    let Around {
        text,
        before,
        next,
        kin,
        ..
    } = *around;
    match text {
        "mand" | "kone" | "mands" | "kones" | "mors" | "fars" | "mor" | "far" | "søn"
        | "datter" | "ven" | "barn" => {
            matches!(
                before,
                "din"
                    | "dit"
                    | "hans"
                    | "hendes"
                    | "jeres"
                    | "deres"
                    | "en"
                    | "min"
                    | "børnenes"
                    | "drengens"
                    | "pigens"
                    | "og"
            ) || kin == Kin::Child
        }
        "lille" => before == "den",
        // "En logivært erklæring", "så er du også logivært", "han bliver jo din logivært": no other person.
        "logivært" => {
            !next.starts_with("erklæring")
                && !matches!(before, "en" | "også" | "selv" | "du" | "er")
        }
        _ => true,
    }
}

/// The same of a Ukrainian one.
fn ukrainian(around: &Around<'_, '_>) -> bool {
    let Around {
        u,
        word,
        text,
        before,
        next,
        kin,
    } = *around;
    match text {
        // «Дружина мала там бути»: a verb.
        "мала"
            if u.words(word + 1..(word + 3).min(u.word_tokens.len()))
                .iter()
                .any(|w| w.ends_with("ти") && w.chars().count() > 3) =>
        {
            false
        }
        // «А хлопець — мій небіж»: what he is comes behind.
        "хлопець" | "дівчина" | "хлопчик" | "дівчинка"
            if matches!(next, "мій" | "моя" | "наш" | "наша")
                && u.word_tokens[word + 1] > u.word_tokens[word] + 1 =>
        {
            false
        }
        "друга" | "мала" | "малий" | "малу" => {
            !matches!(next, "сал" | "поверх" | "ліворуч" | "праворуч")
                && (text != "друга" || matches!(before, "у" | "в" | "від" | "до"))
        }
        // «я кухар, а жінка швачка», «моя жінка»; else any woman.
        "жінка" | "жінкою" | "жінку" | "жінці" => {
            matches!(
                before,
                "я" | "моя"
                    | "мою"
                    | "моєю"
                    | "моїй"
                    | "з"
                    | "із"
                    | "зі"
                    | "а"
                    | "і"
                    | "й"
                    | "та"
                    | "це"
            ) && !next.ends_with("а") | matches!(next, "швачка" | "вчителька" | "вдома")
                || next == "моя"
                || matches!(next, "зі" | "зо")
                || wife_beside_children(u, word, next)
        }
        // «наші хлопці», not any lads.
        "дівчата" | "дівчат" | "дівчатам" | "дівчатами" | "хлопці" | "хлопців" | "хлопцям"
        | "хлопцями" => {
            matches!(
                before,
                "мої"
                    | "моїх"
                    | "наші"
                    | "наших"
                    | "два"
                    | "дві"
                    | "двох"
                    | "двоє"
                    | "двома"
                    | "три"
                    | "трьох"
                    | "троє"
                    | "обидва"
                    | "обидві"
                    | "з"
                    | "із"
                    | "і"
                    | "й"
            )
        }
        // «двоє малих», «наші малі», not «малі кімнати».
        "малі" | "малих" | "малими" => {
            matches!(
                before,
                "мої"
                    | "моїх"
                    | "моїми"
                    | "наші"
                    | "наших"
                    | "нашими"
                    | "двоє"
                    | "двох"
                    | "двома"
                    | "троє"
                    | "трьох"
                    | "трьома"
                    | "четверо"
                    | "обоє"
            ) && !next.starts_with("кімнат")
        }
        // «вона по чоловікові Стець»: whose surname it is, nobody is spoken of.
        "чоловікові" | "чоловіку" | "батькові" | "батьку" | "татові" | "мамі" | "матері"
            if before == "по" =>
        {
            false
        }
        "татом" | "батьком" | "мамою" | "матір'ю" | "чоловіком" if before == "за" => {
            false
        }
        // «записана на тата»
        "тата" | "батька" | "маму" | "матір" if before == "на" => false,
        // «Не лізь поперед батька»
        _ if before == "поперед" => false,
        // «Мамо, я хочу пити!»: somebody is called.
        "мамо" => false,
        // «з мене пиши, доню»: whom the citizen talks to.
        "доню" | "доцю" | "дочко" | "донечко" | "синку" | "сину" => {
            !addresses(before)
        }
        // «мій хлопець», not «у нас новий хлопець».
        "хлопець" | "хлопця" | "хлопцем" | "хлопцеві" => !matches!(
            before,
            "новий"
                | "цей"
                | "цього"
                | "один"
                | "одного"
                | "старший"
                | "молодший"
                | "менший"
        ),
        // «моя дівчина», not any girl.
        "дівчина" | "дівчини" | "дівчиною" | "дівчину" | "дівчині" => {
            matches!(
                before,
                "моя" | "моєї" | "моєю" | "мою" | "моїй" | "з" | "із" | "зі"
            ) || kin == Kin::Daughter
        }
        _ => true,
    }
}

/// «Жінка з донькою лишаються», «жінка й діти», «жінка лишається»: the wife, by who stands beside her or by what she does.
fn wife_beside_children(u: &Utterance<'_>, word: usize, next: &str) -> bool {
    let stays = ["лиша", "залиш", "зоста"]
        .iter()
        .any(|stem| next.starts_with(stem));
    let beside = u.words(word + 2..(word + 3).min(u.word_tokens.len()).max(word + 2));
    let children = beside
        .first()
        .is_some_and(|w| kin(w, u.lang()).is_some_and(Kin::is_child));
    stays || matches!(next, "з" | "із" | "і" | "й" | "та") && children
}
