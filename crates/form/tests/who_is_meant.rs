//! Who is meant: relatives of the employee, names that are called, names behind a pronoun, whoever reports for
//! another, and who is left in the old home.

mod talk;

use jiff::civil::date;
use serde_json::{Map, Value};

fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, date(2026, 9, 15))
}

fn text<'a>(slots: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    slots.get(key).and_then(|slot| slot.get("value"))
}

#[test]
fn relatives_of_the_employee_are_nobodys_here() {
    let s = slots(&[
        "Min svigerinde bor i Ribe, måske kender du hende? Hvad hedder du, og hvad er dit CPR-nummer?",
        "Кравець Поліна. Нуль третє, одинадцяте, вісімдесят восьмого, двадцять чотири, сімдесят.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Polina".into()));
    assert_eq!(text(&s, "mover.cpr_number"), Some(&"031188-2470".into()));
    assert!(!s.contains_key("household[0].given_names"));
}

#[test]
fn whom_a_name_comes_from_does_not_come_along() {
    let s = slots(&[
        "Hvad hedder du?",
        "Журба Валентина Степанівна.",
        "Og Stepanivna, det er efter din far, ikke?",
        "Так, за батьком, за Степаном.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Valentyna".into()));
    assert!(!s.contains_key("household[0].given_names"));
}

#[test]
fn a_sentence_before_says_nothing_of_the_next_name() {
    let s = slots(&[
        "Hvad hedder du?",
        "Журба Валентина.",
        "Er du gift?",
        "Вдова я. Степан мій помер торік.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Valentyna".into()));
}

#[test]
fn who_is_called_by_name_is_not_the_citizen() {
    let s = slots(&[
        "Hvad kan jeg gøre for jer?",
        "Соломіє, не крути стілець. Ми до вас про переїзд.",
        "Hvad hedder du selv?",
        "Мороз Богдана.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Bohdana".into()));
}

#[test]
fn a_pronoun_asks_for_the_one_who_has_no_name_yet() {
    let s = slots(&[
        "Er du alene om det?",
        "З сином.",
        "Så er I to: dig og drengen. Hvem er du?",
        "Мороз Богдана. Нуль третє, одинадцяте, вісімдесят восьмого, двадцять чотири, сімдесят.",
        "Og han?",
        "Лук’ян, теж Мороз.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Lukian".into()));
    assert_eq!(text(&s, "household[0].relation"), Some(&"child".into()));
    assert_eq!(text(&s, "household.count"), Some(&2.into()));
}

#[test]
fn the_next_by_name_is_who_came_along() {
    let s = slots(&[
        "Hvad er dit navn og CPR-nummer?",
        "Кравець Тарас. Нуль третє, одинадцяте, вісімдесят восьмого, двадцять три, сімдесят один.",
        "Nul tre elleve otteogfirs, treogtyve enoghalvfjerds. Og Bohdana?",
        "Двадцять, нуль шість, дев’яносто, двадцять, чотирнадцять.",
    ]);
    assert_eq!(
        text(&s, "household[0].given_names"),
        Some(&"Bohdana".into())
    );
    assert_eq!(
        text(&s, "household[0].cpr_number"),
        Some(&"200690-2014".into())
    );
}

#[test]
fn a_former_spouse_is_the_childrens_other_parent() {
    let s = slots(&[
        "Hvad hedder du?",
        "Кравець Тарас.",
        "Flytter du med familien?",
        "Ми з Іриною навесні розійшлися. Зі мною донька Зоряна.",
        "Har I forældremyndigheden begge to?",
        "Обоє.",
    ]);
    assert_eq!(
        text(&s, "children[].other_parent_name"),
        Some(&"Iryna".into())
    );
    assert_eq!(
        text(&s, "children[].other_parent_moves"),
        Some(&false.into())
    );
    assert_eq!(
        text(&s, "household[0].given_names"),
        Some(&"Zoriana".into())
    );
    assert!(!s.contains_key("household[1].given_names"));
}

#[test]
fn who_comes_for_another_is_not_the_one_who_moves() {
    let s = slots(&[
        "Добрий день, я тут замість дідуся. Йому важко ходити.",
        "Hvad hedder din bedstefar?",
        "Журба Степан.",
        "Så anmelder du som medlem af husstanden. Hvad hedder du selv?",
        "Журба Тетяна.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Stepan".into()));
    assert_eq!(
        text(&s, "case.reporter_role"),
        Some(&"household_member".into())
    );
}

#[test]
fn a_parent_reports_for_the_child_that_was_named() {
    let s = slots(&[
        "Hvem af jer er det, der flytter?",
        "Та донька. Зоряна, тринадцять років, від мами до мене.",
        "Så anmelder du for hende som far. Hvad hedder du?",
        "Кравець Тарас.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Zoriana".into()));
    assert_eq!(
        text(&s, "case.reporter_role"),
        Some(&"custody_holder".into())
    );
    assert_eq!(text(&s, "household.count"), Some(&1.into()));
}

#[test]
fn only_the_citizen_moves_where_they_say_so() {
    let s = slots(&[
        "Hvad hedder du?",
        "Кравець Тарас.",
        "Hvor mange børn er der?",
        "Двоє, Марко і Зоряна.",
        "Så flytter kun du?",
        "Тільки я, діти лишаються з мамою.",
    ]);
    assert!(!s.contains_key("household[0].given_names"));
    assert_eq!(text(&s, "household.count"), Some(&1.into()));
}

#[test]
fn a_birthday_of_last_week_is_no_birth_date() {
    let s = slots(&[
        "Hvad hedder du, og hvad er dit CPR-nummer?",
        "Мороз Богдана. Дванадцяте, дев’яте, дев’яносто восьмого, двадцять чотири, сімдесят.",
        "Så har du lige haft fødselsdag i lørdags!",
        "Так, дякую.",
    ]);
    assert_ne!(text(&s, "mover.birth_date"), Some(&"2026-09-12".into()));
}

#[test]
fn words_of_talk_are_no_surnames() {
    let s = slots(&[
        "navn og cpr nummer",
        "коваль тарас нуль три одинадцять вісімдесят вісім двадцять три сімдесят один",
        "og din kone",
        "авжеж ірина коваль двадцять нуль шість дев'яносто двадцять чотирнадцять",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Iryna".into()));
    assert_eq!(text(&s, "household[0].surname"), Some(&"Koval".into()));
}

#[test]
fn whoever_dictates_does_not_break_the_number() {
    let s = slots(&[
        "navn og cpr nummer",
        "коваль тарас нуль три одинадцять вісімдесят вісім каже двадцять три сімдесят один",
    ]);
    assert_eq!(text(&s, "mover.cpr_number"), Some(&"031188-2371".into()));
}

#[test]
fn somebody_stays_in_the_old_home() {
    for answer in [
        "Нордре Алле двадцять два, перший сал, ліворуч. Там двоє литовців лишилися.",
        "Нордре Алле двадцять два. Господиня там і далі живе.",
    ] {
        let s = slots(&["Hvilken adresse flytter du fra?", answer]);
        assert_eq!(
            text(&s, "from.whole_household_moves"),
            Some(&false.into()),
            "{answer}"
        );
    }
    let s = slots(&[
        "Hvilken adresse flytter du fra?",
        "Нордре Алле двадцять два. Там тепер інші люди живуть.",
    ]);
    assert_ne!(text(&s, "from.whole_household_moves"), Some(&false.into()));
}

#[test]
fn an_address_of_mail_says_nothing_of_the_passport_name() {
    let s = slots(&[
        "Hvad hedder du?",
        "Кравець Тарас.",
        "Har du en mail?",
        "Тарас крапка кравець, собачка, екзампл крапка ком. Латинкою, як у паспорті.",
    ]);
    assert!(!s.contains_key("mover.name_source"));
}

#[test]
fn zeros_that_were_left_out_are_told_behind() {
    let s = slots(&[
        "Hvad hedder du?",
        "Мороз Богдана.",
        "Hvad er dit CPR-nummer?",
        "Три, одинадцять, вісімдесят вісім, із нулем, двадцять чотири сімдесят.",
    ]);
    assert_eq!(text(&s, "mover.cpr_number"), Some(&"031188-2470".into()));
}

#[test]
fn children_in_a_list_need_no_list_of_names() {
    let s = slots(&[
        "Hvad er dit navn og din fødselsdato?",
        "Мороз Богдана, третє листопада вісімдесят восьмого.",
        "Børnene, ældste først.",
        "Марко, другого травня дванадцятого. Малина, восьмого липня шістнадцятого.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Marko".into()));
    assert_eq!(
        text(&s, "household[0].birth_date"),
        Some(&"2012-05-02".into())
    );
    assert_eq!(text(&s, "household[1].given_names"), Some(&"Malyna".into()));
    assert_eq!(
        text(&s, "household[1].birth_date"),
        Some(&"2016-07-08".into())
    );
}

#[test]
fn a_surname_may_stand_before_me_and_in_the_plural() {
    let s = slots(&["Hvad hedder du?", "Дрозд я, Степан."]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Stepan".into()));
    assert_eq!(text(&s, "mover.surname"), Some(&"Drozd".into()));
}

#[test]
fn the_employee_names_the_other_parent() {
    let s = slots(&[
        "hvad hedder du",
        "мороз богдана",
        "og pigen hvad hedder hun",
        "зоряна кравець за татом",
        "er taras kravets faren",
        "так він",
        "har i forældremyndigheden sammen",
        "так спільні",
    ]);
    assert_eq!(
        text(&s, "children[].other_parent_name"),
        Some(&"Taras Kravets".into())
    );
}

#[test]
fn a_name_told_of_somebody_else_is_not_the_citizens() {
    let day = jiff::civil::date(2026, 9, 9);
    let slots = talk::slots(
        &[
            "Bliver der nogen tilbage i den gamle lejlighed?",
            "Колишній, Аркадій Блащук. Він лишається.",
        ],
        day,
    );
    assert!(slots.get("mover.given_names").is_none());
    let slots = talk::slots(
        &[
            "Står dit eget navn på døren?",
            "Ні, там тільки Лассе Крістофферсен, я ж у нього.",
        ],
        day,
    );
    assert_eq!(slots["host.name"]["value"], "Lasse Kristoffersen");
    assert!(slots.get("mover.surname").is_none());
}

#[test]
fn the_landlords_mail_is_not_the_citizens() {
    let slots = talk::slots(
        &[
            "Hvordan får vi fat i din udlejer?",
            "Телефону не дає, тільки пошту: keld крапка bang собачка example крапка dk.",
        ],
        jiff::civil::date(2026, 9, 9),
    );
    assert_eq!(slots["host.email"]["value"], "keld.bang@example.dk");
    assert!(slots.get("mover.email").is_none());
}
