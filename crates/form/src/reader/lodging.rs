//! With whom somebody lodges, as citizens describe it: «у пані Біргіт», «в одного діда, Аксель …», «квартиру наймає наш
//! шеф, …»; and who is named but does not live there.

use super::utterance::Utterance;

/// «Сам. Ганна моя померла», «ні, Оленка ще влітку виїхала»: whoever is named then does not live there.
pub(super) fn lives_alone(u: &Utterance<'_>, word: usize) -> bool {
    let words = u.all_words();
    let alone = words.iter().take(2).any(|w| {
        matches!(
            *w,
            "сам" | "сама" | "самі" | "ні" | "ніхто" | "нікого" | "один" | "одна"
        )
    });
    let gone = u
        .sentences
        .iter()
        .find(|s| s.words.contains(&word))
        .is_some_and(|s| {
            u.words(s.words.clone()).iter().any(|w| {
                [
                    "помер",
                    "вмер",
                    "загину",
                    "виїха",
                    "з'їха",
                    "перебра",
                    "переїха",
                    "покійн",
                ]
                .iter()
                .any(|stem| w.starts_with(stem))
            })
        });
    alone || gone
}

/// «у пані Біргіт», «живу в Метте», «кімнатка в Єспера».
pub(super) fn hosts(u: &Utterance<'_>, word: usize) -> bool {
    let before = u.words(word.saturating_sub(6)..word);
    // «До пані Еллен я зайшов дев'ятого», «до пана бруно еріксена»
    let titled = matches!(before.as_slice(), [.., "до" | "у" | "в", "пані" | "пана"]);
    // «Ну, у друга, Магнус Вінтер звати»
    let friend = matches!(
        before.as_slice(),
        [
            ..,
            "до" | "у" | "в",
            "хлопця"
                | "дівчини"
                | "друга"
                | "подруги"
                | "кореша"
                | "товариша"
                | "знайомого"
                | "знайомої"
                | "колеги"
        ]
    );
    if described(u, word) {
        return true;
    }
    let guest = u.all_words().iter().any(|w| {
        ["гост", "переноч", "ночува", "спав", "спала"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if titled || friend && !guest {
        return true;
    }
    let at = matches!(before.last(), Some(&("у" | "в")))
        || matches!(
            before.get(before.len().saturating_sub(2)..),
            Some([
                "у" | "в",
                "пані"
                    | "пана"
                    | "тітки"
                    | "друга"
                    | "подруги"
                    | "сестри"
                    | "брата"
                    | "знайомого"
                    | "знайомої"
                    | "однієї"
                    | "одної"
                    | "одного"
            ])
        );
    at && before.iter().any(|w| {
        w.starts_with("жив")
            || w.starts_with("кімнат")
            || w.starts_with("зніма")
            || w.starts_with("фрем")
            || w.starts_with("суборен")
            || w.starts_with("здає")
            || w.starts_with("пані")
            || w.starts_with("пана")
    })
}

/// People as somebody's host is described, behind «у» and «в».
const PEOPLE: [&str; 44] = [
    "хлопа",
    "хлопця",
    "діда",
    "дідуся",
    "дядька",
    "бабусі",
    "бабці",
    "баби",
    "жінки",
    "жіночки",
    "чоловіка",
    "пана",
    "пані",
    "данця",
    "данки",
    "лікаря",
    "лікарки",
    "сусіда",
    "сусідки",
    "дівчини",
    "шефа",
    "начальника",
    "начальниці",
    "бригадира",
    "фермера",
    "колеги",
    "кореша",
    "товариша",
    "товаришки",
    "подруги",
    "друга",
    "приятеля",
    "приятельки",
    "знайомого",
    "знайомої",
    "вчителя",
    "вчительки",
    "пенсіонера",
    "пенсіонерки",
    "хазяїна",
    "хазяйки",
    "господаря",
    "господині",
    "вдови",
];

/// «Жінка там живе, вдова, Карін Гольст»: at home where somebody moves in, told before the name in one sentence.
pub(super) fn at_home(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let before = u.words(word.saturating_sub(6).max(sentence.words.start)..word);
    let has = |list: &[&str]| before.iter().any(|w| list.contains(w));
    has(&["живе", "мешкає"])
        && has(&["там", "тут", "внизу", "нагорі", "поруч"])
        && !has(&["не", "я", "ми", "раніше", "колись", "ще", "досі"])
}

/// «В одного діда, Аксель …», «у тутешньої пані Лоне», «кімнату мені здає одна пані, Бенте …»: the name stands right
/// behind the words for whoever it is.
pub(super) fn described(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let before = u.words(word.saturating_sub(5).max(sentence.words.start)..word);
    let whole = u.words(sentence.words.clone());
    let elsewhere = whole.iter().any(|w| {
        [
            "гост",
            "переноч",
            "перебу",
            "пересид",
            "працю",
            "робл",
            "колись",
            "раніше",
            "був",
            "була",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    if elsewhere {
        return false;
    }
    let person = before.last().is_some_and(|w| PEOPLE.contains(w));
    let adjective =
        |w: &str| w.ends_with("го") || w.ends_with("ої") || w.ends_with("ої") || w == "моєї";
    let at = before
        .iter()
        .rev()
        .skip(1)
        .find(|w| !adjective(w) && !PEOPLE.contains(w));
    if person && matches!(at, Some(&("у" | "в"))) {
        // «Я у шефа Єнса працюю» is no home; alone «у пані» was known before.
        return before.len() >= 3 || whole.iter().any(|w| w.starts_with("жив"));
    }
    // «Квартиру наймає наш шеф, Матіас …»: whose lease it is, whether they live there or not.
    let rents = before
        .iter()
        .rposition(|w| matches!(*w, "наймає" | "винаймає" | "орендує" | "знімає"));
    let who = |w: &str| {
        matches!(
            w,
            "шеф"
                | "начальник"
                | "колега"
                | "товариш"
                | "друг"
                | "подруга"
                | "знайомий"
                | "знайома"
                | "кум"
                | "кума"
                | "пані"
                | "пан"
                | "хлопець"
                | "дівчина"
                | "жінка"
                | "чоловік"
                | "вчителька"
                | "вчитель"
        )
    };
    let ours = |w: &str| {
        matches!(
            w,
            "наш"
                | "наша"
                | "мій"
                | "моя"
                | "один"
                | "одна"
                | "такий"
                | "така"
                | "її"
                | "його"
        )
    };
    if let Some(at) = rents
        && before[at + 1..].iter().any(|w| who(w))
        && before[at + 1..].iter().all(|w| who(w) || ours(w))
    {
        return true;
    }
    // Who lets a room lives there, who lets a whole home does not.
    let room = whole.iter().any(|w| w.starts_with("кімнат"));
    let lets = before.iter().rposition(|w| {
        [
            "здає",
            "здав",
            "здала",
            "пустив",
            "пустила",
            "прихистив",
            "прихистила",
        ]
        .contains(w)
    });
    room && lets.is_some_and(|at| {
        before[at + 1..].iter().all(|w| {
            matches!(
                *w,
                "мені"
                    | "нам"
                    | "одна"
                    | "один"
                    | "пані"
                    | "пан"
                    | "жінка"
                    | "чоловік"
                    | "дівчина"
                    | "хлопець"
                    | "дід"
                    | "бабуся"
                    | "така"
                    | "такий"
                    | "тут"
                    | "данка"
                    | "данець"
                    | "знайома"
                    | "знайомий"
            )
        })
    })
}
