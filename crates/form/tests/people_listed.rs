//! Children in a list, names from the register, and whose number, name and move it is. Each in several wordings.

mod talk;

use serde_json::{Map, Value};

fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, jiff::civil::date(2026, 5, 5))
}

fn text(slots: &Map<String, Value>, key: &str) -> String {
    let value = slots.get(key).and_then(|slot| slot["value"].as_str());
    value.unwrap_or("-").to_owned()
}

const MOTHER: [&str; 2] = [
    "hvad er dit navn og cpr nummer",
    "бойко ірина дванадцять нуль три вісімдесят п'ять двадцять чотирнадцять",
];

fn after_mother(more: &[&str]) -> Map<String, Value> {
    let turns: Vec<&str> = MOTHER.iter().chain(more).copied().collect();
    slots(&turns)
}

#[test]
fn children_are_listed_one_after_another() {
    for second in [
        "потім тимур п'ятнадцять дванадцять сімнадцять сімдесят три вісімдесят дев'ять",
        "а найменший тимур п'ятнадцять дванадцять сімнадцять сімдесят три вісімдесят дев'ять",
        "Далі Тимур, п'ятнадцять, дванадцять, сімнадцять, сімдесят три, вісімдесят дев'ять.",
        "Третій Тимур, п'ятнадцять, дванадцять, сімнадцять, сімдесят три, вісімдесят дев'ять.",
    ] {
        let s = after_mother(&[
            "og børnene",
            "старша мілана шістнадцять нуль шість одинадцять п'ятдесят один нуль сім",
            "seksten nul seks elleve en og halvtreds nul syv",
            second,
        ]);
        assert_eq!(text(&s, "household[0].given_names"), "Milana", "{second}");
        assert_eq!(text(&s, "household[1].given_names"), "Tymur", "{second}");
        assert_eq!(text(&s, "household[1].relation"), "child", "{second}");
        assert_eq!(
            text(&s, "household[1].cpr_number"),
            "151217-7389",
            "{second}"
        );
        assert_ne!(text(&s, "household[1].surname"), "Tretii", "{second}");
    }
}

#[test]
fn an_employee_asks_for_the_next_child() {
    for question in ["Så nummer to.", "Og den tredje?", "Og lillepigen?"] {
        let s = after_mother(&[
            "Og børnene?",
            "Ілля, нуль п'ять, нуль п'ять, дванадцять, шістдесят дев'ять, вісімдесят п'ять.",
            question,
            "Соломія. Одинадцяте одинадцятого двадцять третього.",
        ]);
        assert_eq!(
            text(&s, "household[1].given_names"),
            "Solomiia",
            "{question}"
        );
    }
}

#[test]
fn the_relative_named_before_the_question_is_asked_about() {
    let s = after_mother(&["og barnet hvad hedder det", "соломія ткаченко"]);
    assert_eq!(text(&s, "household[0].given_names"), "Solomiia");
    assert_eq!(text(&s, "household[0].relation"), "child");
}

#[test]
fn a_number_asked_of_a_relative_is_not_the_citizens() {
    let s = after_mother(&[
        "og din mand",
        "богдан мій богдан теж бойко нуль п'ять нуль сім вісімдесят один сімнадцять дев'ятнадцять",
    ]);
    assert_eq!(text(&s, "mover.cpr_number"), "120385-2014");
    assert_eq!(text(&s, "household[0].cpr_number"), "050781-1719");
    assert_eq!(text(&s, "household[0].relation"), "spouse");
}

#[test]
fn my_own_names_whoever_was_asked_about() {
    for (question, answer, relation) in [
        ("Er det din datter, der venter?", "Моя, Єва.", "child"),
        ("Er det din søn?", "Мій, Лук'ян.", "child"),
    ] {
        let s = after_mother(&[
            question,
            answer,
            "Hvad er nummeret?",
            "п'ятнадцять нуль шість одинадцять п'ятдесят п'ять двадцять два",
        ]);
        assert_eq!(text(&s, "household[0].relation"), relation, "{answer}");
    }
}

#[test]
fn a_name_in_another_case_does_not_replace_it() {
    let s = after_mother(&[
        "Og din mand?",
        "Орест, нуль сім, нуль два, вісімдесят три, тринадцять, п'ятдесят один.",
        "Hvem har bilen?",
        "Вона в Ореста.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), "Orest");
}

#[test]
fn a_word_of_address_is_no_daughter() {
    let s = slots(&[
        "hvem begynder vi med",
        "з мене пиши доню мостовий григорій двадцять чотири десять шістдесят чотири тридцять п'ятдесят сім",
    ]);
    assert_eq!(text(&s, "mover.given_names"), "Hryhorii");
    assert_eq!(text(&s, "mover.surname"), "Mostovyi");
    assert_eq!(text(&s, "mover.cpr_number"), "241064-3057");
    assert_eq!(text(&s, "household[0].relation"), "-");
}

#[test]
fn the_employee_says_the_name_that_the_register_has() {
    for (answer, said) in [
        (
            "Вісімнадцять дванадцять нуль два, шістдесят три сімдесят чотири.",
            "Atten tolv nul to, treogtres fireoghalvfjerds. Lina Rud?",
        ),
        (
            "вісімнадцять дванадцять нуль два шістдесят три сімдесят чотири",
            "atten tolv nul to tre og tres fire og halvfjerds lina rud",
        ),
        (
            "вісімнадцять дванадцять нуль два шістдесят три сімдесят чотири",
            "atten tolv nul to tre og tres fire og halvfjerds ja rud lina",
        ),
    ] {
        let s = slots(&["Hvad er dit CPR-nummer?", answer, said]);
        let name = [text(&s, "mover.given_names"), text(&s, "mover.surname")];
        if said.contains("rud lina") {
            // A surname of three letters may be any word: nothing is taken.
            assert_ne!(name[0], "Rud", "{said}");
        } else {
            assert_eq!(name, ["Lina", "Rud"], "{said}");
        }
    }
}

#[test]
fn things_behind_a_name_are_no_surname() {
    let s = slots(&[
        "Hvad hedder du?",
        "Віра.",
        "Har Vira MitID? Hans CPR-nummer?",
    ]);
    assert_eq!(text(&s, "mover.given_names"), "Vira");
    assert_eq!(text(&s, "mover.surname"), "-");
}

#[test]
fn of_two_given_names_the_surname_stands_first() {
    let s = slots(&["Dit navn?", "Ярема Вероніка."]);
    assert_eq!(text(&s, "mover.given_names"), "Veronika");
    assert_eq!(text(&s, "mover.surname"), "Yarema");
}

#[test]
fn couples_without_a_marriage_are_cohabitants() {
    for said in [
        "Ні, живемо так, без штампа.",
        "Ми не розписані.",
        "У цивільному шлюбі.",
    ] {
        let s = after_mother(&[
            "Og din mand?",
            "Назар, двадцять вісім нуль сім вісімдесят чотири, сімнадцять нуль три.",
            "Er I gift?",
            said,
        ]);
        assert_eq!(text(&s, "household[0].relation"), "cohabitant", "{said}");
    }
}

#[test]
fn somebody_else_moves() {
    let child = slots(&[
        "Er det dig, der skal flytte, eller er det drengen?",
        "Він. Я лишаюся.",
        "Hvad hedder han?",
        "Микита Лотоцький.",
    ]);
    assert_eq!(text(&child, "mover.given_names"), "Mykyta");
    assert_eq!(text(&child, "case.reporter_role"), "custody_holder");

    let granddaughter = slots(&[
        "Det drejer sig om din morfar?",
        "Так, дід сам не може. Я його онука, Костів Ярина.",
        "Har du noget på skrift?",
        "Є доручення, він підписав.",
        "Hans fulde navn?",
        "Омельчук Петро.",
    ]);
    assert_eq!(text(&granddaughter, "mover.given_names"), "Petro");
    assert_eq!(text(&granddaughter, "poa.holder_name"), "Yaryna Kostiv");

    let resident = slots(&[
        "Hvad hedder du?",
        "Мене звуть Зоряна Мельник.",
        "Og det er på institutionens vegne, du anmelder?",
        "Від установи, так. У нас новий хлопець, Денис Горобець.",
    ]);
    assert_eq!(text(&resident, "mover.given_names"), "Denys");
}

#[test]
fn a_family_that_stays_is_no_row() {
    for said in [
        "Дружина і сини, Роман і Давид, живуть там і житимуть.",
        "наталія і двоє синів роман і давид їх не чіпайте вони там прописані",
    ] {
        let s = after_mother(&[
            "Flytter du alene?",
            "Я сама переїжджаю.",
            "Hvem bliver boende?",
            said,
        ]);
        assert_eq!(text(&s, "household[0].given_names"), "-", "{said}");
        assert_eq!(s["household.count"]["value"], 1, "{said}");
    }
}

#[test]
fn what_was_broken_off_is_no_part_of_a_number() {
    let s = slots(&[
        "Hvad er dit CPR-nummer?",
        "Восьме… нуль вісім, нуль вісім, вісімдесят дев'ять, тридцять два, тридцять п'ять.",
    ]);
    assert_eq!(text(&s, "mover.cpr_number"), "080889-3235");
}

#[test]
fn a_number_that_begins_a_sentence_is_nobodys_name() {
    let s = after_mother(&[
        "Og den lille?",
        "Віра. Десять, нуль два, двадцять, шістдесят шість, п'ятдесят.",
        "Ti nul to tyve, seksogtres halvtreds. Har du en telefon?",
        "Сорок, сімдесят сім, тринадцять, п'ятдесят вісім.",
        "Fyrre syvoghalvfjerds tretten otteoghalvtreds. Perfekt.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), "Vira");
}

#[test]
fn the_day_behind_a_babys_name_is_its_birth_and_no_move() {
    let s = after_mother(&[
        "Hvornår flytter I?",
        "Двадцятого вересня.",
        "Den tyvende september. Og den lille?",
        "Емілія. Чотирнадцятого березня цього року.",
        "Emiliia, fjortende marts. Tak.",
    ]);
    assert_eq!(text(&s, "household[0].birth_date"), "2026-03-14");
    assert_eq!(text(&s, "move_date"), "2026-09-20");
}

#[test]
fn the_father_whom_a_hearing_goes_to_has_a_number_of_his_own() {
    let s = after_mother(&[
        "Hvem flytter med dig?",
        "Син, Артем Бойко. А чоловік Денис лишається там.",
        "Har I fælles forældremyndighed?",
        "Спільна, так.",
        "Så sender vi en høring til ham. Har du hans telefonnummer?",
        "Шістдесят один, нуль чотири, двадцять вісім, тридцять дев'ять.",
        "Enogtres nul fire otteogtyve niogtredive. Og dit eget nummer?",
        "Двадцять дев'ять, сімдесят шість, п'ятдесят, вісімнадцять.",
    ]);
    assert_eq!(text(&s, "children[].other_parent_contact"), "+4561042839");
    assert_eq!(text(&s, "mover.phone"), "+4529765018");
}

#[test]
fn a_town_is_not_the_name_of_whoever_has_a_house_there() {
    let s = after_mother(&[
        "Og hvor bor kæresten?",
        "У нього хата в Рьонне, Сторегаде двадцять шість.",
    ]);
    assert_eq!(text(&s, "host.name"), "-");
}
