//! Who somebody is when nobody asks for it in so many words: children by their birth dates, surnames in two forms,
//! parents who have parted, names said last.

mod talk;
mod told;

use serde_json::Value;

use told::{rows, slots, value};

#[test]
fn a_name_with_a_childs_birth_date_is_no_movers() {
    let turns = [
        "Hvem er I?",
        "Богдан Стець, восьме липня п'ятнадцятого; Олена Стець, двадцять п'яте жовтня сімнадцятого. Я Кравець, Марія.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Mariia");
    assert_eq!(value(&turns, "mover.surname"), "Kravets");
    assert_eq!(rows(&turns, "given_names"), ["Bohdan", "Olena"]);
    assert_eq!(rows(&turns, "birth_date"), ["2015-07-08", "2017-10-25"]);
    // Nobody said whose children they are.
    let slots = slots(&turns);
    assert_eq!(
        slots["household[0].relation"]["status"],
        "needs_confirmation"
    );
}

#[test]
fn who_is_told_of_by_name_is_somebody_else() {
    let turns = ["Hvornår flyttede I?", "У суботу. Богдан з нами."];
    assert_eq!(value(&turns, "mover.given_names"), Value::Null);
}

#[test]
fn a_whole_name_before_ja_is_the_citizens() {
    let turns = [
        "Du skal flytte tre børn?",
        "Одну дівчинку. Андрій Гончар я.",
    ];
    assert_eq!(value(&turns, "mover.given_names"), "Andrii");
    assert_eq!(value(&turns, "mover.surname"), "Honchar");
    assert!(rows(&turns, "given_names").is_empty());
}

#[test]
fn the_youngest_is_the_child_who_was_not_named_again() {
    let turns = [
        "Hvad hedder du?",
        "Світлана Бойко.",
        "Og børnene?",
        "Назар, Ярина і Тимофій.",
        "Hvornår er de født?",
        "Назар п'ятого березня дванадцятого, Ярина дев'ятнадцятого серпня шістнадцятого, а найменший одинадцятого лютого двадцятого. Дві тисячі, звісно.",
    ];
    assert_eq!(
        rows(&turns, "birth_date"),
        ["2012-03-05", "2016-08-19", "2020-02-11"]
    );
    assert!(rows(&turns, "cpr_number").is_empty());
}

#[test]
fn one_surname_in_two_forms_is_husbands_and_wifes() {
    let turns = [
        "Hvem flytter?",
        "Ми з дружиною.",
        "Hvem er du, og hvem er din kone?",
        "Я Андрій, вона Олена. Малиновський і Малиновська.",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Malynovskyi");
    assert_eq!(rows(&turns, "surname"), ["Malynovska"]);
}

#[test]
fn a_surname_in_the_plural_is_the_movers() {
    let turns = [
        "Hvad hedder du?",
        "Марина Білоус.",
        "Og børnene?",
        "Соломія і Денис, теж Білоуси.",
    ];
    assert_eq!(rows(&turns, "surname"), ["Bilous", "Bilous"]);
}

#[test]
fn a_relation_told_behind_the_name_counts() {
    let turns = [
        "Hej, hvad drejer det sig om?",
        "Ми з Левом переїхали. Брат мій, не чоловік.",
    ];
    assert_eq!(rows(&turns, "relation"), ["sibling"]);
}

#[test]
fn a_husband_who_was_left_is_the_childrens_other_parent() {
    let turns = [
        "Hvad hedder du?",
        "Лідія Бережна. Ми з чоловіком роз'їхалися, я з дітьми на квартирі.",
        "Hvad hedder børnene?",
        "Остап і Юстина.",
        "Er forældremyndigheden fælles?",
        "Спільна. Гнат там і зостається.",
    ];
    assert_eq!(value(&turns, "children[].other_parent_name"), "Hnat");
    assert_eq!(value(&turns, "children[].other_parent_moves"), false);
}

#[test]
fn the_host_is_no_father_of_the_child() {
    let turns = [
        "Hvad hedder du?",
        "Інна Вовк. Переїжджаю з сином до мого хлопця, Мадса, це його хата.",
        "Hvad hedder drengen?",
        "Давид.",
        "Og hans far, er han i Danmark?",
        "Ні, у Черкасах.",
    ];
    assert_ne!(value(&turns, "children[].other_parent_name"), "Mads");
}

#[test]
fn a_childs_number_does_not_replace_the_citizens() {
    let turns = [
        "Dit CPR-nummer?",
        "Андрій Гончар, тридцяте, нуль один, вісімдесят п'ятий, двадцять два, сімнадцять.",
        "Tredive nul et femogfirs, toogtyve sytten. Og datteren, bor hun hos dig?",
        "Поліна, так. У мене. Номер: 01 12 14, 44 16.",
    ];
    assert_eq!(value(&turns, "mover.cpr_number"), "300185-2217");
    assert_eq!(rows(&turns, "cpr_number"), ["011214-4416"]);
}

#[test]
fn the_passport_in_the_employees_hand_names_the_citizen() {
    let turns = ["Jeg har passet her: Dmytrenko Zhanna.", "Так."];
    assert_eq!(value(&turns, "mover.given_names"), "Zhanna");
    assert_eq!(value(&turns, "mover.surname"), "Dmytrenko");
    assert_eq!(value(&turns, "mover.name_source"), "passport");
}

#[test]
fn somebody_elses_telephone_is_not_the_movers() {
    let turns = [
        "Og et nummer til vedkommende?",
        "Її телефон двадцять шість, сорок, дев'яносто три, сімдесят один.",
    ];
    assert_eq!(value(&turns, "mover.phone"), Value::Null);
}

#[test]
fn an_answer_that_begins_with_of_course_names_the_wife() {
    let turns = [
        "hvad hedder du",
        "волошин павло тридцять нуль шість вісімдесят сім тридцять три девятнадцять",
        "tak og konen hun er vel med",
        "аякже інна волошина чотирнадцять нуль пять девяносто один двадцять два шістдесят два",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Inna"]);
    assert_eq!(rows(&turns, "surname"), ["Voloshyna"]);
}

#[test]
fn a_verb_or_my_little_one_is_nobodys_name_or_husband() {
    let turns = [
        "Dit navn?",
        "Тарас.",
        "Bekræfter du, at det, du har oplyst, er rigtigt?",
        "Підтверджую. Олено, ходімо!",
    ];
    assert_eq!(value(&turns, "mover.surname"), Value::Null);
    let turns = [
        "Er I klar?",
        "Давайте швидко, у брата зміна о другій.",
        "Dit navn?",
        "Тарас Бойко.",
        "Og din kammerat hedder?",
        "То не товариш, то малий мій, Данило. Бойко, звичайно.",
        "Hvad er Danylos nummer?",
        "Двадцять шосте січня четвертого, п'ятдесят п'ять, сімдесят сім.",
    ];
    assert_eq!(rows(&turns, "relation"), ["sibling"]);
    assert_eq!(value(&turns, "household[0].surname"), "Boiko");
}

#[test]
fn a_relative_may_be_named_first() {
    let turns = [
        "må jeg se jeres pas",
        "ось паспорти бойко тарас а то олена моя дружина ми разом",
    ];
    let slots = slots(&turns);
    assert!(slots.contains_key("mover.given_names"), "{slots:?}");
    let turns = [
        "Hvem flytter med?",
        "Ми з дружиною.",
        "Hvad hedder I?",
        "Тарас Бойко, а то Олена, моя дружина.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Olena"]);
    assert_eq!(rows(&turns, "relation"), ["spouse"]);
}

#[test]
fn a_number_asked_for_by_name_and_the_age_behind_it() {
    let turns = [
        "Hvad hedder du?",
        "Тарас Бойко. Переїжджає зі мною дочка Ярина.",
        "Og Yarynas nummer?",
        "П'ятнадцять, нуль шість, дванадцять, сорок чотири, шістдесят шість. Чотирнадцять років уже.",
    ];
    assert_eq!(rows(&turns, "cpr_number"), ["150612-4466"]);
}

#[test]
fn the_last_pair_may_be_taken_back() {
    let turns = [
        "Dit CPR-nummer?",
        "Шосте жовтня шістдесят третього, одинадцять, сорок сім… Яке сорок сім, сорок вісім! Сорок вісім.",
    ];
    assert_eq!(value(&turns, "mover.cpr_number"), "061063-1148");
}

#[test]
fn a_surname_that_a_recogniser_cut_in_two_is_the_employees() {
    let turns = [
        "må jeg se pas og kort",
        "ось паспорт і карточка шев чук тарас",
        "shevchuk med to i passet ja",
    ];
    assert_eq!(value(&turns, "mover.surname"), "Shevchuk");
}

#[test]
fn two_brothers_say_what_they_are() {
    let turns = [
        "Hej I to. Er det sammen, I skal have hjælp?",
        "Так, ми брати.",
        "Hvem taler?",
        "Я Назар, говорю. Данило мовчить, він молодший. Гончар обидва.",
        "Dit nummer, Nazar?",
        "Сімнадцять, нуль два, нуль один, сімдесят сім, тридцять дев'ять.",
        "Og Danylos?",
        "Тридцять, нуль вісім, нуль чотири, сімдесят шість, двадцять дев'ять.",
    ];
    assert_eq!(rows(&turns, "given_names"), ["Danylo"]);
    assert_eq!(rows(&turns, "relation"), ["sibling"]);
    assert_eq!(rows(&turns, "cpr_number"), ["300804-7629"]);
    assert_eq!(value(&turns, "mover.surname"), "Honchar");
}

#[test]
fn a_pair_that_was_broken_off_is_said_again() {
    let turns = [
        "Dit CPR-nummer?",
        "Сімнадцяте восьмого п'ятдесят п'ятого, а далі дванадцять шістдесят… мамо? Шістдесят чотири.",
    ];
    assert_eq!(value(&turns, "mover.cpr_number"), "170855-1264");
}

#[test]
fn whoever_gets_the_declaration_is_the_host() {
    let turns = [
        "Hej, hvad hedder du?",
        "Марія Гнатюк, я живу в доньки.",
        "Hvad hedder din datter?",
        "Тетяна Ларсен, вона за данцем.",
        "Så sender jeg en logi værts erklæring til Tetiana.",
    ];
    assert_eq!(told::value(&turns, "host.name"), "Tetiana Larsen");
    assert!(told::rows(&turns, "given_names").is_empty());
}

#[test]
fn the_lease_that_is_read_out_names_who_sublets() {
    let turns = [
        "Hej, hvad hedder du?",
        "Віра Клименко.",
        "Hvad slags bolig er det?",
        "Дівчина одна здала нам свою квартиру на рік.",
        "Fremlejekontrakt, Signe Østergaard, til og med den 31. juli næste år. Fint.",
    ];
    assert_eq!(told::value(&turns, "host.name"), "Signe Østergaard");
}

#[test]
fn who_has_moved_already_reports_for_the_one_who_joins_them() {
    let turns = [
        "Hej. Hvem skal flytte, og hvad hedder du?",
        "Журавель Олексій, але я вже переїхав, ще навесні. Тепер дружина їде до мене, а з нею теща.",
        "Hvad hedder din kone?",
        "Вікторія, теж Журавель.",
        "Viktoriias CPR?",
        "Нуль дев'ять, нуль вісім, дев'яносто два, двадцять один, п'ятдесят.",
        "090892-2150. Og svigermor?",
        "Раїса Бондар, сімнадцяте четвертого п'ятдесят сьомого, чотирнадцять тридцять.",
    ];
    assert_eq!(told::value(&turns, "mover.given_names"), "Viktoriia");
    assert_eq!(told::value(&turns, "mover.cpr_number"), "090892-2150");
    assert_eq!(
        told::value(&turns, "case.reporter_role"),
        "household_member"
    );
    assert_eq!(told::rows(&turns, "cpr_number"), ["170457-1430"]);
    assert_eq!(told::rows(&turns, "relation"), ["parent"]);
}

#[test]
fn the_employee_says_for_whom_somebody_reports() {
    let turns = [
        "Hej, hvad drejer det sig om?",
        "Я прийшов записати дружину.",
        "Så du er husstandsmedlem og melder for din kone. Hvad hedder du?",
        "Литвиненко Вадим.",
        "Og din kone?",
        "Лариса. Теж Литвиненко.",
    ];
    assert_eq!(told::value(&turns, "mover.given_names"), "Larysa");
    assert_eq!(
        told::value(&turns, "case.reporter_role"),
        "household_member"
    );
}

#[test]
fn the_relative_who_holds_the_lease_is_the_host() {
    let turns = [
        "Hej, hvad hedder du?",
        "Ігор Стельмах. Дружина з дівчатками вже рік тут, а я тепер до них.",
        "Det er altså din kone, der står som lejer, hvad hedder hun?",
        "Надія Стельмах. Квартира на неї записана.",
    ];
    assert_eq!(told::value(&turns, "host.name"), "Nadiia Stelmakh");
}

#[test]
fn a_letter_or_a_deed_is_no_surname() {
    let turns = [
        "Hej, hvad drejer det sig om?",
        "Я прийшов записати дружину.",
        "Så melder du for din kone. Hvad hedder du?",
        "Литвиненко Вадим.",
        "Og din kone?",
        "Лариса.",
        "Har du hendes CPR-nummer?",
        "Сфотографував. Двадцять один нуль сім вісімдесят один, тринадцять дев'яносто два.",
    ];
    assert_ne!(told::value(&turns, "mover.surname"), "Sfotohrafuvav");
}

#[test]
fn who_reports_and_holds_the_lease_is_the_host() {
    let turns = [
        "Hej, hvad drejer det sig om?",
        "Я прийшов записати дружину.",
        "Så melder du for din kone. Hvad hedder du?",
        "Литвиненко Вадим.",
        "Ja, Vadym Lytvynenko, du står som lejer på Vendersgade. Og din kone?",
        "Лариса.",
    ];
    assert_eq!(told::value(&turns, "host.name"), "Vadym Lytvynenko");
}

#[test]
fn who_decides_to_live_apart_is_the_childrens_other_parent() {
    let turns = [
        "Kom indenfor. Hvad er situationen?",
        "Ми з Олексієм вирішили жити окремо. Я винайняла квартиру, діти будуть зі мною.",
        "Dit navn?",
        "Алла Сидоренко.",
        "Og børnene?",
        "Кіра, чотирнадцятого серпня шістнадцятого.",
    ];
    let slots = told::slots(&turns);
    let parent = slots
        .iter()
        .find(|(key, _)| key.ends_with(".other_parent_name"));
    let name = parent.and_then(|(_, slot)| slot["value"].as_str());
    assert!(
        name.is_some_and(|name| name.starts_with("Oleksii")),
        "{name:?}"
    );
}
