//! What is told in passing, of other people and of other homes: asked about, or nobody's value.

mod talk;

use serde_json::{Map, Value};

fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, jiff::civil::date(2026, 9, 9))
}

fn value(turns: &[&str], key: &str) -> Value {
    slots(turns)
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn status(turns: &[&str], key: &str) -> Value {
    slots(turns)
        .get(key)
        .map_or(Value::Null, |slot| slot["status"].clone())
}

const NAMED: [&str; 2] = [
    "Hvad hedder du, og hvad er dit CPR-nummer?",
    "Мельник Оксана, нуль сім, одинадцять, вісімдесят п'ять, тридцять чотири, двадцять два.",
];

fn after_name(turns: &[&'static str]) -> Vec<&'static str> {
    NAMED.iter().copied().chain(turns.iter().copied()).collect()
}

#[test]
fn a_kind_of_home_that_nobody_asked_for_is_asked_about() {
    let passing = ["Hvornår flytter I?", "У суботу. Ми квартиру купили."];
    assert_eq!(value(&passing, "dwelling.type"), "owned");
    assert_eq!(status(&passing, "dwelling.type"), "needs_confirmation");
    let asked = ["Ejer eller lejer I boligen?", "Ми квартиру купили."];
    assert_eq!(status(&asked, "dwelling.type"), "proposed");
}

#[test]
fn what_the_employee_repeats_stands() {
    let turns = [
        "Hvornår flytter I?",
        "У суботу. Ми квартиру купили.",
        "Tillykke, så er det en ejerbolig.",
    ];
    assert_eq!(status(&turns, "dwelling.type"), "proposed");
}

#[test]
fn who_else_lives_there_is_not_settled_by_one_side() {
    let turns = ["Bor der andre på adressen?", "Ні, нікого."];
    assert_eq!(value(&turns, "dwelling.others_registered"), false);
    assert_eq!(
        status(&turns, "dwelling.others_registered"),
        "needs_confirmation"
    );
}

#[test]
fn another_home_and_another_owner_fill_no_kind_of_home() {
    for turns in [
        vec![
            "Hvornår kom I?",
            "У понеділок, п'ять ночей були в гуртожитку.",
        ],
        vec!["Hvor længe bliver du?", "До травня, поки своє знайду."],
        vec![
            "Er det en almindelig udlejer?",
            "Стоматолог, він і є власник.",
        ],
        vec!["Og I kom fra den midlertidige bolig på Vestergade?"],
        vec!["Hvad hedder svigerinden?", "Марта. Вони ту хату купили."],
    ] {
        assert_eq!(value(&turns, "dwelling.type"), Value::Null, "{turns:?}");
    }
}

#[test]
fn another_paper_is_no_lease() {
    let turns = [
        "Hedder hun Pavliuk?",
        "У мене копія її паспорта в телефоні.",
    ];
    assert_eq!(value(&turns, "dwelling.lease_document"), Value::Null);
}

#[test]
fn a_wish_for_somebody_else_is_none_of_the_mover() {
    let turns = [
        "Vil du have navne- og adressebeskyttelse?",
        "Так, хочу.",
        "Hvem skal beskyttelsen gælde?",
        "Мене. Чоловікові не треба.",
    ];
    assert_eq!(value(&turns, "protection.requested"), true);
}

#[test]
fn half_a_name_is_asked_about() {
    let turns = [
        "Hvem bor du hos?",
        "У подруги Олени.",
        "Vi sender Olena en logiværtserklæring.",
        "Добре.",
    ];
    assert_ne!(status(&turns, "host.name"), "proposed");
}

#[test]
fn a_street_repeated_before_the_question_for_the_name_is_no_name() {
    let turns = [
        "Hvor i Italien har du boet?",
        "У Болоньї, Віа Мазіні, вісімнадцять.",
        "Via Masini, smuk by. Hvad er dit navn?",
    ];
    assert_eq!(value(&turns, "mover.given_names"), Value::Null);
}

#[test]
fn a_childs_number_is_no_parents() {
    let turns = after_name(&[
        "Hvem flytter med?",
        "Син Артем. А мама лишається.",
        "Hvad er sønnens nummer?",
        "Двадцять один, нуль чотири, чотирнадцять, шістдесят п'ять, сорок три. Ой, це мама дзвонить.",
    ]);
    assert_eq!(value(&turns, "household[0].given_names"), "Artem");
    assert_eq!(value(&turns, "household[0].cpr_number"), "210414-6543");
}

#[test]
fn the_spouses_child_is_a_stepchild() {
    let turns = after_name(&[
        "Hvem flytter med?",
        "Дочка Катерина.",
        "Er hun din mands datter?",
        "Так, чоловіка.",
    ]);
    assert_eq!(value(&turns, "household[0].relation"), "stepchild");
}

#[test]
fn the_employees_count_is_taken_when_nobody_denies_it() {
    let turns = after_name(&["Skal I alle tre have ny adresse?", "Так."]);
    assert_eq!(value(&turns, "household.count"), 3);
}

#[test]
fn flatmates_are_no_children() {
    let turns = after_name(&["Hvem bor der i dag?", "Троє дівчат, Оля, Аня і португалка."]);
    assert_eq!(value(&turns, "household[0].relation"), Value::Null);
}

#[test]
fn custody_alone_moves_nobody_alone() {
    let turns = after_name(&["Så har du forældremyndigheden alene?", "Так."]);
    let slots = slots(&turns);
    let count = slots.get("household.count");
    assert!(count.is_none_or(|slot| slot["status"] != "proposed"));
}

#[test]
fn a_number_noted_at_the_citizens_is_the_hosts() {
    let turns = after_name(&[
        "Hvem bor du hos?",
        "У сестри, Ганна Бойко.",
        "Hanna Boiko. Jeg sender hende en erklæring. Hvad er hendes nummer?",
        "У мене на папірці: двадцять чотири, сорок вісім, дев'яносто один, тридцять.",
    ]);
    assert_eq!(value(&turns, "mover.phone"), Value::Null);
    assert_eq!(value(&turns, "host.phone"), "+4524489130");
}

#[test]
fn a_home_that_may_come_replaces_none() {
    let turns = [
        "Hvad er den nye adresse?",
        "Рандерсвей дев'яносто п'ять.",
        "Hvor længe bliver du der?",
        "До березня, а потім, може, дадуть квартиру на Вестергаде вісім.",
    ];
    assert_eq!(value(&turns, "to.street_name"), "Randersvej");
}

#[test]
fn which_doctor_is_chosen_later_and_not_whether() {
    let turns = ["Og lægen?", "Нового беремо. Назви не знаю, виберемо потім."];
    assert_eq!(value(&turns, "gp.choice"), "change");
}

#[test]
fn a_name_between_care_of_and_a_preposition_is_none() {
    let turns = ["skal der c o på", "Не треба, нас там знають."];
    assert_eq!(value(&turns, "to.co_name"), Value::Null);
}

#[test]
fn a_hall_bears_the_name_of_its_street() {
    let turns = [
        "Hvad hedder kollegiet?",
        "Мункеб'єрг Колегіет, Мункеб'єргвей сто тридцять чотири.",
        "Munkebjergvej hundrede og fireogtredive.",
    ];
    assert_eq!(value(&turns, "to.location_name"), "Munkebjerg Kollegiet");
}

#[test]
fn where_a_relative_lives_is_no_town_of_the_address() {
    let turns = [
        "Er du lige kommet til Danmark?",
        "Так, приїхала у суботу, назовсім.",
        "Hvor boede du?",
        "У Полтаві, вулиця Сінна дванадцять, квартира тридцять.",
        "Hvem af familien er tilbage?",
        "Тато у Лубнах.",
    ];
    assert_eq!(
        value(&turns, "from.foreign_address"),
        "vul. Sinna 12, kv. 30, Poltava, Ukraine"
    );
}

#[test]
fn the_house_number_behind_a_restart_counts() {
    for (told, number) in [
        ("Рандерсвей п'ять... зачекайте, п'ятдесят п'ять.", "55"),
        (
            "Рандерсвей двадцять сім… ні, то в сина. У нас тридцять сім.",
            "37",
        ),
        ("Рандерсвей двадцять сім, ой, забула, другий поверх.", "27"),
    ] {
        let turns = ["Hvad er den nye adresse?", told];
        assert_eq!(value(&turns, "to.house_number"), number, "{told}");
    }
}

#[test]
fn protection_is_for_those_who_are_named() {
    let turns = after_name(&[
        "Hvem flytter med?",
        "Чоловік Денис і донька Марта.",
        "Vil I have navne- og adressebeskyttelse?",
        "Так, хочу.",
        "Hvem skal beskyttelsen gælde?",
        "Мене і Марту.",
    ]);
    let slots = slots(&turns);
    let persons = slots["protection.persons"]["value"].to_string();
    let marta =
        (0..2).find(|at| slots[&format!("household[{at}].given_names")]["value"] == "Marta");
    let marta = marta.expect("a row");
    assert_eq!(persons, format!("[\"mover\",\"household[{marta}]\"]"));
}

#[test]
fn a_door_that_the_employee_leaves_out_is_none() {
    let turns = [
        "Hvad er den nye adresse?",
        "Клостервей тридцять один, вісім шість вісім нуль, кімната номер чотири.",
        "Værelse fire, står det i adressen?",
        "Та це ми самі так наклеїли.",
        "Så skriver jeg ingen dør.",
    ];
    assert_eq!(value(&turns, "to.door"), Value::Null);
}

#[test]
fn a_town_on_the_way_is_no_country_of_departure() {
    let turns = [
        "Er du lige kommet til Danmark?",
        "Так, приїхала назовсім.",
        "Hvor boede du?",
        "У Рівному, вулиця Соборна дванадцять, квартира п'ять, Україна.",
        "Hvornår kom du?",
        "Двадцятого серпня, літаком з Варшави.",
    ];
    assert_eq!(value(&turns, "arrival.from_country"), "Ukraine");
}

#[test]
fn who_buried_their_parents_is_not_widowed() {
    let turns = [
        "Er du lige kommet til Danmark?",
        "Так, приїхала назовсім.",
        "Er du gift?",
        "Розлучена.",
        "Fraskilt. Børn eller forældre?",
        "Донька доросла. Батьків давно поховала.",
    ];
    assert_eq!(value(&turns, "arrival.marital_status"), "F");
}

#[test]
fn a_cut_surname_is_whole_in_the_question_for_it() {
    let turns = [
        "fulde navn og cpr",
        "пала марчук мирослава двадцять чотири нуль сім девяносто двадцять двадцять два",
        "fire og tyve nul syv halvfems tyve to og tyve og din mand",
        "арсен",
        "og i hedder alle palamarchuk",
        "всі до одного",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Palamarchuk");
}

#[test]
fn the_hosts_mail_is_not_the_movers() {
    let turns = after_name(&[
        "Hvem lejer du af?",
        "Дівчина одна, поїхала в Берген.",
        "Jeg sender hende en logiværtserklæring. Kan hun nås på e-mail?",
        "Так: софі крапка краг собачка екзампл крапка орг.",
    ]);
    assert_eq!(value(&turns, "mover.email"), Value::Null);
}

#[test]
fn a_spelling_of_two_alphabets_is_asked_about() {
    let turns = [
        "Hvad hedder du?",
        "Любомир Дзюба. Ель, ю, бе, о, ем, ігрек, ер.",
    ];
    assert_eq!(status(&turns, "mover.given_names"), "needs_confirmation");
}

#[test]
fn the_day_from_which_the_contract_runs_is_no_move() {
    let turns = [
        "Hvornår flytter du?",
        "У п’ятницю, шістнадцяте. Контракт, правда, з п’ятнадцятого.",
    ];
    assert_eq!(value(&turns, "move_date"), "2026-10-16");
    assert_eq!(value(&turns, "dwelling.lease_start"), "2026-10-15");
}

#[test]
fn no_before_a_kind_of_home_answers() {
    let turns = [
        "er det jeres egen kontrakt",
        "ні суборенда ми знімаємо в майї",
    ];
    assert_eq!(value(&turns, "dwelling.type"), "sublet");
}

#[test]
fn whoever_moves_in_with_the_one_who_reports_has_a_number_of_their_own() {
    let turns = [
        "Hvem skal flytte?",
        "Мій тато, він від мами до мене перебирається.",
        "Hvad hedder han?",
        "Іван Бойко.",
        "Kan man ringe til ham?",
        "Можна. Сімдесят один, нуль вісім, тридцять три, дев’яносто шість.",
    ];
    assert_eq!(value(&turns, "host.phone"), Value::Null);
}

#[test]
fn who_stays_at_the_address_that_is_left_is_no_neighbour_in_the_new_home() {
    let turns = [
        "Og kollegiets adresse?",
        "Рандерсвей сто тридцять чотири.",
        "Før det boede du hos dine forældre. Var det Herredsvej hundrede og to?",
        "Герредсвей сто дванадцять. Вони там лишаються.",
    ];
    assert_eq!(value(&turns, "dwelling.others_stay"), Value::Null);
}
