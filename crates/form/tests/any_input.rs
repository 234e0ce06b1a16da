//! No conversation makes the reader panic, and the same conversation always gives the same form.

use proptest::prelude::*;
use tolkebot_form::{FormDefinition, FormReader, Turn};
use tolkebot_protocol::{Lang, Speaker};

/// Words that steer the reader, in both languages, and some that are nothing.
const WORDS: [&str; 88] = [
    "ні,",
    "так",
    "не",
    "а",
    "Я",
    "моя",
    "її",
    "чоловік",
    "дружина",
    "син",
    "донька",
    "мама",
    "обоє",
    "теж",
    "прізвище",
    "Олена",
    "Коваль",
    "Мадс",
    "Йоргенсен",
    "йому",
    "шість,",
    "двадцять",
    "сім",
    "нуль",
    "дванадцять",
    "кінець",
    "далі",
    "третій",
    "поверх",
    "праворуч",
    "стуен",
    "з",
    "до",
    "у",
    "Рандерсвей",
    "Вестергаде",
    "та",
    "сама",
    "вулиця",
    "тільки",
    "грудня",
    "п'ятого",
    "завтра",
    "c/o",
    "Ґ",
    "’",
    "hvad",
    "hedder",
    "din",
    "mands",
    "CPR-nummer?",
    "adresse",
    "fra",
    "og",
    "til",
    "Så",
    "Ringgade",
    "41",
    "8200",
    "telefonnummer?",
    "Karins",
    "bliver",
    "nogen",
    "boende?",
    "вулиця",
    "Зелена",
    "квартира",
    "індекс",
    "Харкова",
    "Кракові",
    "штрасе",
    "ulica",
    "strasse",
    "streg",
    "їду",
    "виписатися",
    "тобто",
    "Сашко",
    "Олександр",
    "Лікарі",
    "«Лікарський",
    "дім",
    "Легегус",
    "fuldmagt",
    "fuldmagten",
    "hans nummer?",
    "logiværtserklæringen",
    "De",
];

fn turn() -> impl Strategy<Value = (bool, Vec<usize>)> {
    (any::<bool>(), prop::collection::vec(0..WORDS.len(), 0..14))
}

fn read(turns: &[Turn]) -> String {
    let today = "2026-12-01".parse().expect("a date");
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    for turn in turns {
        reader.push(turn);
    }
    let state = reader.state();
    let _ = (state.next_question(), state.issues(), state.completeness());
    state.to_contract_json().to_string()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_jumble_of_words_gives_a_form_and_always_the_same(
        turns in prop::collection::vec(turn(), 0..10)
    ) {
        let turns: Vec<Turn> = turns
            .iter()
            .enumerate()
            .map(|(n, (staff, words))| {
                let text: Vec<&str> = words.iter().map(|w| WORDS[*w]).collect();
                let (speaker, lang) = if *staff {
                    (Speaker::Staff, Lang::Da)
                } else {
                    (Speaker::Citizen, Lang::Uk)
                };
                Turn::new(n as u32 + 1, speaker, lang, text.join(" "))
            })
            .collect();
        prop_assert_eq!(read(&turns), read(&turns));
    }

    #[test]
    fn the_same_address_said_often_is_read_in_one_go(times in 1..60usize) {
        let said = "Рандерсвей дев'яносто п'ять, другий сал праворуч, вісім двісті, ";
        let turns = [
            Turn::new(1, Speaker::Staff, Lang::Da, "Hvad er den nye adresse?"),
            Turn::new(2, Speaker::Citizen, Lang::Uk, said.repeat(times)),
        ];
        prop_assert!(read(&turns).contains("Randersvej"));
    }

    #[test]
    fn any_text_is_survived(texts in prop::collection::vec(any::<String>(), 0..4)) {
        let turns: Vec<Turn> = texts
            .into_iter()
            .enumerate()
            .map(|(n, text)| {
                let staff = n % 2 == 0;
                let speaker = if staff { Speaker::Staff } else { Speaker::Citizen };
                let lang = if staff { Lang::Da } else { Lang::Uk };
                Turn::new(n as u32 + 1, speaker, lang, text)
            })
            .collect();
        read(&turns);
    }
}
