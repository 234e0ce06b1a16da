//! How a question is answered in everyday words that are neither «так» nor «ні»: «а як же», «боронь Боже»,
//! «нікого»; and one answer to two questions.

use super::mood::{self, Mood};
use super::topic::Topic;
use super::utterance::Utterance;

/// What a turn answers to a question that asks for yes or no.
pub(super) fn reply(u: &Utterance<'_>) -> Mood {
    let mood = mood::mood(u);
    if mood.agreed || mood.objected {
        return mood;
    }
    let words = u.all_words();
    let start = words.iter().position(|w| !fills(w)).unwrap_or(0);
    let said = &words[start..];
    let (agreed, objected) = (affirms(said) || each_so(u, start), denies(said));
    Mood {
        agreed: agreed && !objected,
        objected,
        hedged: mood.hedged,
        bare: mood.bare,
    }
}

/// «Не знаю», «не розумію», «ні, я не пам'ятаю»: neither yes nor no, though «не» stands first.
pub(super) fn knows_not(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let mut said = words.as_slice();
    let mut refused = false;
    while let [first, rest @ ..] = said {
        let no = matches!(*first, "ні" | "нє" | "нет");
        let me = matches!(
            *first,
            "я" | "ми" | "чесно" | "поки" | "що" | "ще" | "навіть" | "точно"
        );
        if !(no || me || fills(first)) {
            break;
        }
        refused |= no;
        said = rest;
    }
    let ["не", word, rest @ ..] = said else {
        return false;
    };
    let unaware = ["розумі", "зрозумі", "пам'ята", "впевнен", "певн"]
        .iter()
        .any(|stem| word.starts_with(stem))
        || matches!(*word, "знаю" | "знаємо" | "в" if *word != "в" || rest.first() == Some(&"курсі"));
    // «Ні, не питала» is a no to whether it was done; without the «ні» nobody has heard an answer.
    let open = matches!(
        *word,
        "питала" | "питав" | "питали" | "чула" | "чув" | "чули" | "завадило" | "завадить"
    );
    unaware || open && !refused
}

/// "Vil du have det?", "ønsker du det så?": a question whose matter was named before.
pub(super) fn wants_it(u: &Utterance<'_>) -> bool {
    u.sentences.last().is_some_and(|s| {
        let words = u.words(s.words.clone());
        let verb = words
            .iter()
            .find(|w| !matches!(**w, "og" | "så" | "men" | "okay"));
        let it = words
            .iter()
            .rev()
            .take(2)
            .any(|w| matches!(*w, "det" | "den" | "dem"));
        words.len() <= 7 && it && matches!(verb, Some(&("vil" | "ønsker" | "har" | "skal")))
    })
}

fn fills(word: &str) -> bool {
    matches!(
        word,
        "ой" | "а"
            | "ну"
            | "е"
            | "ем"
            | "та"
            | "еее"
            | "ох"
            | "о"
            | "м"
            | "і"
            | "й"
            | "ай"
            | "йой"
            | "то"
    )
}

/// «Я так, а мама відпросилась», «обоє так»: a yes of somebody's, but «я так думаю» is none.
fn each_so(u: &Utterance<'_>, start: usize) -> bool {
    let words = u.all_words();
    let [who, "так" | "да", rest @ ..] = &words[start..] else {
        return false;
    };
    let somebody = matches!(
        *who,
        "я" | "ми" | "обоє" | "обидва" | "обидві" | "усі" | "всі" | "вона" | "він"
    );
    let goes_on = !rest.is_empty() && u.word_tokens[start + 2] == u.word_tokens[start + 1] + 1;
    let turns = rest.first().is_none_or(|w| {
        matches!(
            *w,
            "а" | "але" | "бо" | "і" | "й" | "з" | "у" | "в" | "та" | "на" | "до"
        )
    });
    let so = matches!(rest, ["і" | "й", verb, ..] if is_verb_of_doing(verb));
    somebody && (!goes_on || turns) && !so
}

/// «Я так і думав», «ми так і живемо»
fn is_verb_of_doing(word: &str) -> bool {
    ["ю", "ємо", "имо", "ав", "ала", "ив", "ила", "али", "или"]
        .iter()
        .any(|end| word.ends_with(end))
        && word.chars().count() > 3
}

fn affirms(words: &[&str]) -> bool {
    matches!(
        words,
        ["як", "же" | "ж" | "інакше", ..]
            | [
                "якже" | "йо" | "природно" | "залюбки" | "можна" | "можете",
                ..
            ]
            | ["ще", "б", "пак" | "не", ..]
            | [
                "чого" | "чому" | "чо",
                "ж" | "же" | "б",
                "ні" | "не" | "нє",
                ..
            ]
            | ["само", "собою", ..]
            | ["ще", "питаєте" | "питаєш" | "питаєтесь", ..]
            | ["ясна" | "певна", "річ", ..]
            | ["без", "питань" | "проблем" | "сумніву", ..]
            | ["є" | "маю" | "маємо" | "мається", ..]
            | [
                "думаю"
                    | "здається"
                    | "наче"
                    | "начебто"
                    | "ніби"
                    | "нібито"
                    | "вроді"
                    | "таки"
                    | "поки",
                "так" | "да",
                ..
            ]
            | ["поки", "що", "так" | "да", ..]
            | ["на", "жаль", "так" | "да", ..]
            | ["і", "те", "і", "те" | "друге"]
    )
}

fn denies(words: &[&str]) -> bool {
    matches!(
        words,
        ["нема" | "немає" | "нєма" | "нету" | "нєту", ..]
            | [
                "нікого"
                    | "ніхто"
                    | "нічого"
                    | "ніколи"
                    | "нізащо"
                    | "жодного"
                    | "жодної"
                    | "жоден"
                    | "жодна"
                    | "ніякого"
                    | "ніякої"
                    | "ніяких"
                    | "відсутній"
                    | "відсутня",
                ..
            ]
            | [
                "боронь" | "борони" | "крий" | "упаси" | "сохрани" | "збав" | "храни",
                "боже" | "бог" | "господи",
                ..
            ]
            | [
                "боже",
                "борони" | "збав" | "упаси" | "сохрани" | "бережи" | "храни",
                ..
            ]
            | ["куди" | "де" | "звідки", "там", ..]
            | ["куди" | "де" | "звідки"]
            | ["яке" | "який" | "яка" | "які", "там", ..]
            | [
                "поки" | "покищо" | "ще" | "зовсім" | "взагалі" | "дякую",
                "ні" | "нє",
                ..
            ]
            | ["поки", "що", "ні" | "не" | "нема", ..]
            | ["на", "щастя" | "жаль", "ні" | "нема", ..]
            | ["слава", "богу", "ні" | "нема", ..]
            | ["нащо" | "навіщо", ..]
            | ["ще", "чого", ..]
    )
}

/// «І перше так, і друге так», «на обидва так»: one answer to everything that was asked.
pub(super) fn to_all(u: &Utterance<'_>) -> Option<bool> {
    let words = u.all_words();
    let all = words.windows(2).any(|w| {
        matches!(
            w,
            ["і" | "й", "перше" | "те"]
                | ["на", "обидва" | "обидві" | "обоє" | "все" | "усе"]
                | ["двічі", "так" | "ні"]
        )
    }) && (words.contains(&"друге")
        || words.windows(2).filter(|w| *w == ["і", "те"]).count() > 1
        || words.contains(&"обидва")
        || words.contains(&"обидві")
        || words.contains(&"двічі"))
        || matches!(
            words.as_slice(),
            ["так", "і" | "та", "так", ..] | ["ні", "і" | "та", "ні", ..]
        );
    let yes = words.iter().any(|w| matches!(*w, "так" | "да" | "ага"));
    let no = words.iter().any(|w| matches!(*w, "ні" | "нє" | "не"));
    (all && words.len() <= 10 && yes != no).then_some(yes)
}

/// "Beholder I ikke boligen?", "du skal ikke have skjult navn, vel?": a yes says that it is not so.
pub(super) fn denied_by_yes(topic: Topic, staff: &[String]) -> bool {
    let Some(at) = staff.iter().position(|w| w == "ikke") else {
        return false;
    };
    let next = staff.get(at + 1).map(String::as_str);
    match topic {
        Topic::KeepsDwelling => {
            staff[..at].iter().any(|w| w.starts_with("behold")) && next.is_some()
        }
        Topic::Protection => matches!(next, Some("have" | "ønsker" | "vil" | "brug")),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialogue::Turn;
    use tolkebot_protocol::{Lang, Speaker};
    use tolkebot_values::address::Gazetteer;

    fn said(text: &str) -> (bool, bool) {
        let turn = Turn::new(1, Speaker::Citizen, Lang::Uk, text);
        let mood = reply(&Utterance::new(&turn, &Gazetteer::shipped()));
        (mood.agreed, mood.objected)
    }

    #[test]
    fn everyday_words_affirm_and_deny() {
        for text in [
            "А як же!",
            "ще б пак",
            "Само собою",
            "Є, у телефоні",
            "ну ясна річ",
        ] {
            assert_eq!(said(text), (true, false), "{text}");
        }
        for text in [
            "Боронь Боже",
            "та де там",
            "Нікого, всі поїхали",
            "поки що ні",
            "Та куди!",
        ] {
            assert_eq!(said(text), (false, true), "{text}");
        }
        assert_eq!(said("Вона ще думає"), (false, false));
    }

    #[test]
    fn one_answer_to_two_questions() {
        let both = |text: &str| {
            let turn = Turn::new(1, Speaker::Citizen, Lang::Uk, text);
            to_all(&Utterance::new(&turn, &Gazetteer::shipped()))
        };
        assert_eq!(both("І перше так, і друге так."), Some(true));
        assert_eq!(both("на обидва питання ні"), Some(false));
        assert_eq!(both("Так, у мене є картка"), None);
    }
}
