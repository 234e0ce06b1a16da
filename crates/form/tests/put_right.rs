//! Corrections of one part, also a turn later, and second values that nobody asked for.

mod talk;

use serde_json::{Value, json};
use tolkebot_form::{Decider, Evidence, FormDefinition, FormReader, Slot, SlotStatus};
use tolkebot_protocol::Role;

fn slot(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .cloned()
        .unwrap_or(Value::Null)
}

fn value(turns: &[&str], key: &str) -> Value {
    slot(turns, key)["value"].clone()
}

#[test]
fn a_pair_of_digits_is_put_right_a_turn_later() {
    for (next, answer) in [
        (
            "Og hvad er din mail?",
            "Ні, там сорок п'ять, а не п'ятдесят чотири.",
        ),
        (
            "22 33 54 60 har du en mail",
            "ні сорок п'ять не п'ятдесят чотири",
        ),
        ("22 33 54 60.", "Не п'ятдесят чотири, а сорок п'ять."),
    ] {
        let turns = [
            "Hvad er dit telefonnummer?",
            "Двадцять два, тридцять три, п'ятдесят чотири, шістдесят.",
            next,
            answer,
        ];
        assert_eq!(value(&turns, "mover.phone"), "+4522334560", "{answer}");
    }
    let cpr = [
        "Hvad er dit CPR-nummer?",
        "Нуль три нуль п'ять дев'яносто, тринадцять сорок вісім.",
        "030590-1348. Hvor flytter du hen?",
        "Там не сорок вісім, а вісімдесят чотири в кінці.",
    ];
    assert_eq!(value(&cpr, "mover.cpr_number"), "030590-1384");
}

/// Which pair is meant, one other digit tells.
#[test]
fn a_pair_alone_puts_right_what_was_just_read_out() {
    let cpr = |read: &str, answer: &str| {
        let turns = ["Må jeg se dit kort?", "Ось.", read, answer];
        slot(&turns, "mover.cpr_number")
    };
    let read = "Nul syv elleve fireogtres, elleve niogtredive.";
    let year = "Seksten nul ni nioghalvfems, elleve tooghalvtreds?";
    for (read, answer, right) in [
        (read, "Сімдесят чотири.", "071174-1139"),
        (year, "Ні! Я вісімдесят дев’ятого!", "160989-1152"),
        (
            year,
            "Вісімдесят дев’ятого я! Там подряпина.",
            "160989-1152",
        ),
        // No pair of it is one digit away from that, or more than one is.
        (read, "Двадцять.", "071164-1139"),
        (read, "Дев’яносто один.", "071164-1139"),
        // A day, a year of somebody else's, an answer to something else.
        (
            year,
            "Вісімдесят дев’ятий — то чоловіків рік.",
            "160999-1152",
        ),
        (read, "Сімдесят чотири квартири в будинку.", "071164-1139"),
    ] {
        let slot = cpr(read, answer);
        assert_eq!(slot["value"], right, "{answer}");
        assert_ne!(slot["status"], "proposed", "{answer}");
    }
}

#[test]
fn a_number_from_abroad_has_no_pairs() {
    let turns = [
        "Hvad er dit telefonnummer?",
        "Український: плюс триста вісімдесят, шістдесят сім, сто двадцять три, сорок п'ять, шістдесят сім.",
        "+380671234567?",
        "Тридцять три.",
    ];
    assert_eq!(value(&turns, "mover.phone"), "+380671234567");
}

#[test]
fn the_last_pair_is_taken_back_in_the_same_breath() {
    for (asked, told, key, right) in [
        (
            "Hun har noteret telefonen som treogtyve, firs, elleve, syvogfyrre.",
            "Двадцять три, вісімдесят, одинадцять… сорок сім? Ні, шістдесят сім.",
            "mover.phone",
            "+4523801167",
        ),
        (
            "hvad er dit cpr nummer",
            "дев’ятнадцять нуль два вісімдесят три одинадцять двадцять п’ять ні двадцять сім",
            "mover.cpr_number",
            "190283-1127",
        ),
        (
            "Hvad er dit telefonnummer?",
            "П’ятдесят чотири, дев’ятнадцять, сімдесят, вісім. Нуль вісім.",
            "mover.phone",
            "+4554197008",
        ),
        // Not a digit of it is the same: something else follows.
        (
            "Hvad er dit telefonnummer?",
            "Двадцять три, вісімдесят, одинадцять, сорок сім. Ні, тридцять.",
            "mover.phone",
            "+4523801147",
        ),
    ] {
        assert_eq!(value(&[asked, told], key), right, "{told}");
    }
}

#[test]
fn a_day_of_the_permit_that_the_citizen_reads_otherwise_is_read_again() {
    let permit = |answer: &str, again: &str| {
        let turns = [
            "Goddag. Har du alle papirer med?",
            "Так, ось паспорт, ось картка.",
            "Født den tredivte marts nitten hundrede nioghalvfems, i Rivne?",
            "Так, у Рівному.",
            "Statsborgerskab Ukraine. Og opholdskortet her siger, at du er under særloven, gyldigt til den fjerde marts næste år.",
            answer,
            again,
        ];
        value(&turns, "mover.residence_permit_valid_until")
    };
    let doubt = "Четвертого? Там сімнадцяте, здається.";
    for again in [
        "Den syttende marts to tusind og syvogtyve, ja. Ettallet var lidt udtværet.",
        "Den syttende marts, ja.",
    ] {
        assert_eq!(permit(doubt, again), "2027-03-17", "{again}");
    }
    // Another day, and one that the employee does not read.
    assert_eq!(
        permit(doubt, "Flyttede du den sekstende april?"),
        "2027-03-04"
    );
    assert_eq!(
        permit("Так.", "Den syttende marts flyttede du?"),
        "2027-03-04"
    );
}

#[test]
fn another_surname_of_ones_own_stands_beside_the_agreed_one() {
    let agreed = [
        "Hvad hedder du?",
        "Мене звати Ірина Мельник.",
        "Iryna Melnyk.",
        "Так.",
        "Hvor bor du?",
    ];
    let surname = |answer: &str| slot(&[&agreed[..], &[answer]].concat(), "mover.surname");
    for answer in [
        "Моє прізвище Коваленко.",
        "моє прізвище коваленко",
        "У Вайле. А прізвище Коваленко.",
    ] {
        let name = surname(answer);
        assert_eq!(name["value"], "Melnyk", "{answer}");
        assert_eq!(name["status"], "conflict", "{answer}");
    }
    let hers = ["Hvad hedder hun til efternavn?", "Прізвище Коваленко."];
    let hers = [&agreed[..], &["У сестри."], &hers].concat();
    assert_eq!(slot(&hers, "mover.surname")["status"], "proposed");
    for other in [
        "Моє прізвище Мельник.",
        "Дівоче прізвище Коваленко.",
        "У сестри, її прізвище Коваленко.",
        "На скриньці прізвище Коваленко.",
    ] {
        let name = surname(other);
        assert_eq!(name["value"], "Melnyk", "{other}");
        assert_eq!(name["status"], "proposed", "{other}");
    }
}

#[test]
fn two_numbers_for_one_stand_side_by_side() {
    let address = |answer: &str| ["Hvad er din nye adresse?", answer].map(str::to_owned);
    let rival = |turns: &[&str], key: &str| {
        let form = talk::form(turns, jiff::civil::date(2026, 9, 8));
        let conflicts = form["conflicts"].as_array().expect("conflicts").clone();
        let of = conflicts.into_iter().find(|c| c["key"] == key);
        of.map_or(Value::Null, |c| c["values"][1]["value"].clone())
    };
    for (answer, key, one, other) in [
        (
            "Рандерсвей дев'яносто п'ять, або дев'яносто сім, вісім тисяч Орхус.",
            "to.house_number",
            "95",
            "97",
        ),
        (
            "рандерсвей дев'яносто п'ять чи дев'яносто сім вісім тисяч орхус",
            "to.house_number",
            "95",
            "97",
        ),
    ] {
        let turns = address(answer);
        let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
        assert_eq!(value(&turns, key), one, "{answer}");
        assert_eq!(slot(&turns, key)["status"], "conflict", "{answer}");
        assert_eq!(rival(&turns, key), other, "{answer}");
        // Said once more, it is that one.
        let settled = [&turns[..], &["Hvilket nummer?", "Дев'яносто сім."]].concat();
        assert_eq!(value(&settled, key), "97", "{answer}");
        assert_ne!(slot(&settled, key)["status"], "conflict", "{answer}");
    }
    // Which of two postal codes or people is another matter.
    let turns = address("Рандерсвей дев'яносто п'ять, вісім тисяч Орхус, двоє або троє нас буде.");
    let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
    assert_eq!(value(&turns, "to.house_number"), "95");
    assert_ne!(slot(&turns, "to.house_number")["status"], "conflict");
}

#[test]
fn three_or_four_is_no_count() {
    let turns = ["Hvor mange flytter I?", "Троє або четверо."];
    assert_eq!(
        slot(&turns, "household.count")["status"],
        "needs_confirmation"
    );
    let turns = ["Hvor mange flytter I?", "Троє."];
    assert_eq!(slot(&turns, "household.count")["status"], "proposed");
}

#[test]
fn another_day_of_the_own_move_stands_beside_the_agreed_one() {
    let agreed = [
        "Hvornår flytter du?",
        "Першого жовтня.",
        "Den første oktober.",
        "Так.",
        "Hvad er din nye adresse?",
    ];
    let date = |answer: &str| slot(&[&agreed[..], &[answer]].concat(), "move_date");
    for answer in [
        "Вестергаде вісім, вісім тисяч Орхус. Переїжджаю десятого жовтня.",
        "вестергаде вісім вісім тисяч орхус ми переїдемо десятого",
    ] {
        let date = date(answer);
        assert_eq!(date["value"], "2026-10-01", "{answer}");
        assert_eq!(date["status"], "conflict", "{answer}");
    }
    for other in [
        "Вестергаде вісім. Чоловік переїде десятого жовтня.",
        "Вестергаде вісім. Ключі дадуть десятого жовтня.",
        "Вестергаде вісім. Ми хотіли переїхати десятого жовтня.",
        "Вестергаде вісім. Переїжджаю першого.",
    ] {
        assert_eq!(date(other)["status"], "proposed", "{other}");
    }
}

#[test]
fn an_unasked_second_number_stands_beside_the_agreed_one() {
    let turns = [
        "Hvad er dit telefonnummer?",
        "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
        "22 33 44 55.",
        "Так.",
        "Hvornår flytter du?",
        "Першого жовтня. Телефон двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.",
    ];
    let phone = slot(&turns, "mover.phone");
    assert_eq!(phone["value"], "+4522334455");
    assert_eq!(phone["status"], "conflict");
    let house = [
        "Hvad er din nye adresse?",
        "Вестергаде вісім, вісім тисяч Орхус.",
        "Vestergade 8, 8000 Aarhus C.",
        "Так.",
        "Hvad hedder du?",
        "Ірина Коваленко. Живу на Вестергаде вісімнадцять.",
    ];
    let number = slot(&house, "to.house_number");
    assert_eq!(number["value"], "8");
    assert_eq!(number["status"], "conflict");
    // Asked again, the answer counts.
    let again = [
        &turns[..4],
        &[
            "Hvad var dit telefonnummer nu igen?",
            "Двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.",
        ],
    ]
    .concat();
    assert_eq!(value(&again, "mover.phone"), "+4522334655");
}

const PHONE: &str = "mover.phone";
/// The telephone number that both sides agree on.
const AGREED: [&str; 4] = [
    "Hvad er dit telefonnummer?",
    "Двадцять два, тридцять три, сорок чотири, п'ятдесят п'ять.",
    "22 33 44 55.",
    "Так.",
];
/// Another one, unasked.
const UNASKED: [&str; 2] = [
    "Hvornår flytter du?",
    "Першого жовтня. Телефон двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.",
];

fn staff() -> Decider {
    Decider {
        role: Role::Staff,
        account: None,
        at: String::new(),
    }
}

fn reader(turns: &[&str]) -> FormReader {
    let today = jiff::civil::date(2026, 9, 8);
    let mut reader = FormReader::new(FormDefinition::embedded(), today);
    talk::say(&mut reader, 1, turns);
    reader
}

fn turns(evidence: &[Evidence]) -> Vec<u32> {
    evidence.iter().map(|e| e.turn).collect()
}

/// Value and status of the telephone number, and what stands beside it with the turns in which it was said.
type Phone = (Option<Value>, SlotStatus, Vec<(Value, Vec<u32>)>);

fn phone(reader: &FormReader) -> Phone {
    let slot: &Slot = reader.state().slot(PHONE).expect("a number");
    let beside = slot.rivals.iter();
    let beside = beside.map(|r| (r.value.clone(), turns(&r.evidence)));
    (slot.value.clone(), slot.status, beside.collect())
}

/// Whatever a person does with the agreed number, another one that comes up after that is no less news.
#[test]
fn an_unasked_second_number_stands_beside_the_one_that_was_decided() {
    let (one, other) = (json!("+4522334455"), json!("+4522334655"));
    let beside = vec![(other.clone(), vec![6])];
    type Decide = fn(&mut FormReader);
    let decisions: [(Decide, Option<Value>, SlotStatus); 3] = [
        (
            |form| drop(form.confirm(PHONE, &staff()).expect("a number")),
            Some(one.clone()),
            SlotStatus::Confirmed,
        ),
        (
            |form| {
                let number = json!("+4522334455");
                drop(form.correct(PHONE, number, &staff()).expect("a number"));
            },
            Some(one.clone()),
            SlotStatus::Corrected,
        ),
        (
            |form| drop(form.clear(PHONE, &staff()).expect("a number")),
            None,
            SlotStatus::Cleared,
        ),
    ];
    for (decide, value, status) in decisions {
        let mut form = reader(&AGREED);
        decide(&mut form);
        assert_eq!(phone(&form), (value.clone(), status, vec![]));
        talk::say(&mut form, 5, &UNASKED);
        let conflict = (value, SlotStatus::Conflict, beside.clone());
        assert_eq!(phone(&form), conflict, "{status:?}");
        // Whoever decides now has seen both, and goes on seeing what was put aside.
        form.correct(PHONE, one.clone(), &staff())
            .expect("a number");
        let settled = (Some(one.clone()), SlotStatus::Corrected, beside.clone());
        assert_eq!(phone(&form), settled, "{status:?}");
        talk::say(&mut form, 7, &["Har du en mail?", "Ні."]);
        assert_eq!(phone(&form), settled, "{status:?}");
    }
    let mut form = reader(&AGREED);
    form.confirm(PHONE, &staff()).expect("a number");
    talk::say(&mut form, 5, &UNASKED);
    form.confirm(PHONE, &staff()).expect("a number");
    let settled = (Some(one), SlotStatus::Confirmed, beside);
    assert_eq!(phone(&form), settled);
    // What was put aside is news again once it takes the place of the other.
    talk::say(
        &mut form,
        7,
        &[
            "Hvad var dit telefonnummer nu igen?",
            "Двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.",
        ],
    );
    assert_eq!(phone(&form).1, SlotStatus::Conflict);
}

/// What somebody vouched for stands on the words that say it, and what was heard last stands beside it.
#[test]
fn what_was_heard_last_and_put_aside_is_not_what_the_value_stands_on() {
    let (one, other) = (json!("+4522334455"), json!("+4522334655"));
    let mut form = reader(&AGREED[..2]);
    form.confirm(PHONE, &staff()).expect("a number");
    let no = "Ні, двадцять два, тридцять три, сорок шість, п'ятдесят п'ять.";
    talk::say(&mut form, 3, &["22 33 44 55.", no]);
    let beside = vec![(other, vec![4])];
    let conflict = (Some(one.clone()), SlotStatus::Conflict, beside.clone());
    assert_eq!(phone(&form), conflict);
    form.confirm(PHONE, &staff()).expect("a number");
    let settled = (Some(one), SlotStatus::Confirmed, beside);
    assert_eq!(phone(&form), settled);
    let slot = form.state().slot(PHONE).expect("a number");
    assert!(!turns(&slot.evidence).contains(&4), "{slot:?}");
    assert!(turns(&slot.evidence).contains(&2), "{slot:?}");
}

#[test]
fn only_the_side_is_another_one() {
    let turns = [
        "Din nye adresse er Vestergade 8, 2. tv., 8000 Aarhus C?",
        "Не ліворуч, а праворуч.",
    ];
    for (key, want) in [
        ("to.street_name", "Vestergade"),
        ("to.house_number", "8"),
        ("to.floor", "2"),
        ("to.door", "th"),
    ] {
        assert_eq!(value(&turns, key), want, "{key}");
        assert_eq!(slot(&turns, key)["status"], "needs_confirmation", "{key}");
    }
    let floor = [
        "Din nye adresse er Vestergade 8, 2. tv., 8000 Aarhus C?",
        "Ні, поверх інший.",
    ];
    assert_eq!(value(&floor, "to.street_name"), "Vestergade");
    assert_eq!(value(&floor, "to.floor"), Value::Null);
}

#[test]
fn a_count_that_is_taken_back_makes_room() {
    for answer in ["Троє. Ні, четверо, ще бабуся.", "троє ой четверо"]
    {
        let turns = ["Hvor mange er I?", answer, "Fire i alt.", "Так."];
        assert_eq!(value(&turns, "household.count"), 4, "{answer}");
    }
}

#[test]
fn a_letter_that_is_offered_is_not_told() {
    let turns = [
        "Hvad er husnummeret?",
        "Вестергаде дванадцять.",
        "Tolv A eller B?",
        "Бе.",
    ];
    assert_ne!(value(&turns, "to.house_letter"), "A");
}

#[test]
fn the_surname_of_the_papers_and_the_one_taken_back_count() {
    let passport = [
        "Hvad hedder du?",
        "Ірина Коваленко, але в паспорті ще Бондар, бо я вийшла заміж.",
    ];
    assert_eq!(value(&passport, "mover.surname"), "Bondar");
    let maiden = [
        "hvad er dit efternavn",
        "зараз коваленко після розлучення повернула дівоче мельник",
    ];
    assert_eq!(value(&maiden, "mover.surname"), "Melnyk");
}

#[test]
fn the_number_of_the_house_next_door_is_put_right() {
    let number = |answer: &str| {
        let turns = [
            "Hvor flytter I hen?",
            "Сількеборґ, Марієнлундсвей п'ятнадцять. Внизу.",
            "Jeg læser det op: Marienlundsvej femten, stuen til højre, 8600 Silkeborg.",
            answer,
        ];
        value(&turns, "to.house_number")
    };
    let neighbours = "Усе так, тільки номер я збрехала. П'ятнадцять то в сусідів, де я ключ брала. Наш — сімнадцять.";
    assert_eq!(number(neighbours), "17");
    // Somebody else's number, and one's own that is no house.
    assert_eq!(number("Усе так. У сусідів двадцять один."), "15");
    assert_eq!(
        number("П'ятнадцять. У сусідів дві кішки, наш пес — один."),
        "15"
    );
}
