//! A plain conversation fills the same form in whatever order its questions are asked, and in whatever usual words.

mod talk;
#[allow(dead_code)]
mod told;

use serde_json::{Value, json};

/// Conversations that are tried.
const CONVERSATIONS: u64 = 120;

/// What is asked, what is answered, and what the form says then.
type Matter = (
    &'static [&'static str],
    &'static [&'static str],
    &'static [(&'static str, Told)],
);

enum Told {
    Text(&'static str),
    Count(u64),
    Flag(bool),
}
use Told::{Count, Flag, Text};

impl Told {
    fn value(&self) -> Value {
        match self {
            Text(text) => json!(text),
            Count(count) => json!(count),
            Flag(flag) => json!(flag),
        }
    }
}

const MATTERS: &[Matter] = &[
    (
        &[
            "Hvad hedder du?",
            "Dit navn, tak.",
            "Må jeg få dit fulde navn?",
        ],
        &["Павло Кушнір.", "Мене звати Павло Кушнір.", "Кушнір Павло."],
        &[
            ("mover.given_names", Text("Pavlo")),
            ("mover.surname", Text("Kushnir")),
        ],
    ),
    (
        &[
            "Hvad er dit CPR-nummer?",
            "Og dit CPR-nummer?",
            "Må jeg bede om dit personnummer?",
        ],
        &[
            "Чотирнадцять нуль дев'ять вісімдесят сім, двадцять три вісімнадцять.",
            "Один чотири нуль дев'ять вісім сім два три один вісім.",
        ],
        &[("mover.cpr_number", Text("140987-2318"))],
    ),
    (
        &[
            "Hvad er den nye adresse?",
            "Hvor flytter du hen?",
            "Hvor skal du bo?",
            "Hvor bor du nu, efter flytningen?",
        ],
        &[
            "Рандерсвей дев'яносто п'ять, другий сал ліворуч, вісім двісті Орхус Н.",
            "На Рандерсвей дев'яносто п'ять, другий сал, тв, вісім два нуль нуль Орхус Н.",
        ],
        &[(
            "to.address_line",
            Text("Randersvej 95, 2. tv, 8200 Aarhus N"),
        )],
    ),
    (
        &[
            "Hvilken adresse flytter du fra?",
            "Hvor boede du før?",
            "Og den gamle adresse?",
        ],
        &[
            "Вестергаде п'ять, перший сал праворуч, вісім тисяч Орхус Це.",
            "З Вестергаде п'ять, перший сал, тх, вісім тисяч Орхус Це.",
        ],
        &[
            (
                "from.address_line",
                Text("Vestergade 5, 1. th, 8000 Aarhus C"),
            ),
            ("case.move_type", Text("domestic_within_municipality")),
        ],
    ),
    (
        &[
            "Hvornår flyttede du ind?",
            "Hvornår er flyttedatoen?",
            "Fra hvilken dag bor du der?",
        ],
        &["Першого травня.", "З першого травня.", "Перше п'яте."],
        &[("move_date", Text("2026-05-01"))],
    ),
    (
        &[
            "Hvem flytter med?",
            "Flytter der nogen med dig?",
            "Er der andre, der flytter med?",
        ],
        &[
            "Дружина Олена і син Марко.",
            "Зі мною дружина Олена та син Марко.",
        ],
        &[
            ("household.count", Count(3)),
            ("household[0].given_names", Text("Olena")),
            ("household[0].relation", Text("spouse")),
            ("household[1].given_names", Text("Marko")),
            ("household[1].relation", Text("child")),
        ],
    ),
    (
        &[
            "Hvad er dit telefonnummer?",
            "Hvilket nummer kan vi ringe på?",
            "Og din telefon?",
        ],
        &[
            "Двадцять два, сорок п'ять, шістдесят, нуль три.",
            "Два два, чотири п'ять, шість нуль, нуль три.",
        ],
        &[("mover.phone", Text("+4522456003"))],
    ),
    (
        &[
            "Vil du beholde din læge?",
            "Hvad med lægen, beholder du den?",
        ],
        &["Так, залишаю.", "Так.", "Залишу свого."],
        &[("gp.choice", Text("keep"))],
    ),
    (
        &[
            "Hvad er det for en bolig?",
            "Lejer du, eller ejer du?",
            "Hvilken slags bolig er det?",
        ],
        &["Орендую в приватної особи.", "Приватна оренда."],
        &[("dwelling.type", Text("rented_private"))],
    ),
    (
        &[
            "Bor der allerede nogen på adressen?",
            "Bor der andre i lejligheden?",
        ],
        &["Ні, нікого.", "Ні.", "Нікого, вона порожня."],
        &[("dwelling.others_registered", Flag(false))],
    ),
    (
        &[
            "Ønsker du navne- og adressebeskyttelse?",
            "Skal du have adressebeskyttelse?",
            "Vil du have beskyttet din adresse?",
        ],
        &["Ні.", "Ні, не треба.", "Не потрібно."],
        &[("protection.requested", Flag(false))],
    ),
    (
        &["Har du MitID?", "Og MitID, har du det?"],
        &["Так.", "Є.", "Так, є."],
        &[("mover.has_mitid", Flag(true))],
    ),
    (
        &[
            "Flytter hele husstanden?",
            "Flytter alle fra den gamle adresse?",
        ],
        &["Так, усі.", "Усі виїхали."],
        &[("from.whole_household_moves", Flag(true))],
    ),
];

/// A small generator of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn the_order_of_the_questions_changes_nothing() {
    for seed in 1..=CONVERSATIONS {
        let mut dice = Dice(seed);
        let mut order: Vec<usize> = (0..MATTERS.len()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at + 1));
        }
        let mut turns = Vec::new();
        for at in order {
            let (asked, answers, _) = &MATTERS[at];
            turns.push(asked[dice.below(asked.len())]);
            turns.push(answers[dice.below(answers.len())]);
        }
        let slots = told::slots(&turns);
        for (key, want) in MATTERS.iter().flat_map(|(_, _, told)| *told) {
            let value = slots
                .get(*key)
                .map_or(Value::Null, |slot| slot["value"].clone());
            assert_eq!(
                value,
                want.value(),
                "{key} in conversation {seed}: {turns:#?}"
            );
        }
    }
}

#[test]
fn where_somebody_lives_today_is_the_new_home_once_the_old_one_is_told() {
    for now in [
        "Hvor bor du nu?",
        "Hvor bor du?",
        "Hvad er din adresse?",
        "Hvor bor du i dag?",
    ] {
        for before in ["Hvor boede du før?", "Og den gamle adresse?"] {
            let turns = [
                "Hvad hedder du?",
                "Павло Кушнір.",
                now,
                "Рандерсвей дев'яносто п'ять, другий сал ліворуч, вісім двісті Орхус Н.",
                before,
                "Вестергаде п'ять, вісім тисяч Орхус Це.",
            ];
            let new = told::value(&turns, "to.address_line");
            assert_eq!(
                new,
                json!("Randersvej 95, 2. tv, 8200 Aarhus N"),
                "{now} {before}"
            );
            let old = told::value(&turns, "from.address_line");
            assert_eq!(old, json!("Vestergade 5, 8000 Aarhus C"), "{now} {before}");
        }
    }
}
