//! Whose a name is: the citizen's only where it was asked for, told as their own or read back to them; else of whoever
//! was asked about or told of.

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
fn a_name_agreed_on_is_of_whoever_was_asked_about() {
    let s = slots(&[
        "Og din mands navn og fødselsdato, han flytter jo med?",
        "Назар Коваленко, третє травня вісімдесят першого.",
        "Nazar Kovalenko, tredje i femte enogfirs.",
        "Ага.",
    ]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Nazar".into()));
}

#[test]
fn a_name_agreed_on_behind_a_relative_is_the_relatives() {
    let s = slots(&[
        "og bente er hun din kone",
        "дружина вже рік як бенте лунд вона зі мною переїжджає",
        "bente lund og du er",
        "оксана коломієць",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Oksana".into()));
    assert_eq!(text(&s, "mover.surname"), Some(&"Kolomiiets".into()));
}

#[test]
fn what_was_asked_otherwise_names_nobody_at_the_counter() {
    let s = slots(&[
        "hvor mange er i",
        "я сама а в череві данило тож рахуйте як хочете",
    ]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    let s = slots(&[
        "Flytter hele husstanden?",
        "Я виїжджаю, а Надя з кумою лишаються.",
        "Nadia og hvem?",
        "Надія Мороз і кума.",
    ]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    // But who opens the talk introduces themselves.
    let s = slots(&["Hej. Er I flyttet?", "Так. Мороз Богдана."]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Bohdana".into()));
}

#[test]
fn who_stands_beside_you_in_a_question_is_a_third() {
    let s = slots(&[
        "Hvor skal Ostap sove mest, hos dig eller hos sin mor?",
        "Порівну.",
    ]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Ostap".into()));
    let s = slots(&["Jeres Polina er født den anden maj tyve?", "Так."]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    assert_eq!(text(&s, "household[0].relation"), Some(&"child".into()));
}

#[test]
fn ones_own_surname_behind_me() {
    let s = slots(&[
        "Skal der stå c/o Bruun? Det er ikke dit eget efternavn?",
        "Ні, я Яремчук.",
    ]);
    assert_eq!(text(&s, "mover.surname"), Some(&"Yaremchuk".into()));
    let s = slots(&[
        "Hvad er fornavn, og hvad er efternavn? Roman Marian?",
        "Роман це прізвище! Мене всі плутають. Мар’ян Роман.",
    ]);
    assert_eq!(text(&s, "mover.surname"), Some(&"Roman".into()));
    assert_eq!(text(&s, "mover.given_names"), Some(&"Marian".into()));
}

#[test]
fn ones_own_name_stands_against_one_read_out() {
    let s = slots(&[
        "Er det dit pas? Der står Mykhailo.",
        "Ой, то синів! Галина я, Мороз.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Halyna".into()));
    let s = slots(&[
        "Så du hedder Oleh Moroz?",
        "Так… Ой, ні! Це брат мій, ми двійнята. Я Ігор.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Ihor".into()));
    assert_eq!(text(&s, "mover.surname"), Some(&"Moroz".into()));
}

#[test]
fn who_speaks_for_another_is_not_the_one_who_moves() {
    let s = slots(&[
        "Borgerservice, hvem taler jeg med?",
        "Це Юлія Мороз, але я за маму дзвоню, вона переїздить. Мороз Стефанія.",
        "Har du en fuldmagt fra hende?",
        "Є на папері.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Stefaniia".into()));
    assert_eq!(text(&s, "poa.holder_name"), Some(&"Yuliia Moroz".into()));
    let s = slots(&[
        "Og hvem af jer to er det, der flytter?",
        "Я тільки допомагаю, я Світлана. Переїжджає вона, Мирослава Мороз.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Myroslava".into()));
}

#[test]
fn who_is_told_of_beside_me_comes_along() {
    let s = slots(&[
        "I siger, at I er to søstre. Flytter I begge?",
        "Обидві, ми завжди разом. Я Клавдія, вона Лідія.",
    ]);
    assert_eq!(text(&s, "mover.given_names"), Some(&"Klavdiia".into()));
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Lidiia".into()));
    assert_eq!(text(&s, "household[0].relation"), Some(&"sibling".into()));
}

#[test]
fn a_name_in_a_list_is_not_the_husbands_when_it_is_a_womans() {
    let s = slots(&["Hvor mange er I?", "Четверо: я, чоловік, Марина і старший."]);
    let names: Vec<_> = s
        .iter()
        .filter(|(key, _)| key.ends_with("given_names"))
        .collect();
    assert!(
        names.iter().all(|(key, _)| {
            let row = key.trim_end_matches("given_names");
            text(&s, &format!("{row}relation")) != Some(&"spouse".into())
        }),
        "{s:?}"
    );
}

#[test]
fn relatives_of_relatives_are_nobodys_children() {
    let s = slots(&[
        "Hvem flytter med dig?",
        "Сестра Олена і її син Данило, вони теж переїжджають.",
    ]);
    for (key, slot) in &s {
        if key.ends_with("relation") {
            assert_ne!(slot.get("value"), Some(&"child".into()), "{key}");
        }
    }
}

#[test]
fn a_birth_date_asked_for_by_a_pronoun_is_the_thirds() {
    let s = slots(&[
        "Og hun, der flytter med, hvem er hun?",
        "Сестра, молодша. Мороз Злата, ми разом переїдемо.",
        "Så må du ringe med nummeret. Hvornår er hun født?",
        "Двадцять шосте грудня дві тисячі третього.",
    ]);
    assert!(!s.contains_key("mover.birth_date"), "{s:?}");
    assert_eq!(
        text(&s, "household[0].birth_date"),
        Some(&"2003-12-26".into())
    );
}

#[test]
fn to_whom_something_was_sent_owns_no_number() {
    let s = slots(&[
        "Hvor mange er I?",
        "Двоє, я і Дмитро, мій цивільний чоловік.",
        "Dmytros CPR-nummer, har du det?",
        "Він мені колись писав… Тридцять перше, десяте, вісімдесят сьоме, п’ятнадцять, дев’яносто.",
    ]);
    assert!(!s.contains_key("mover.cpr_number"), "{s:?}");
    assert_eq!(
        text(&s, "household[0].relation"),
        Some(&"cohabitant".into())
    );
}

#[test]
fn as_many_as_there_are_now_are_counted() {
    let s = slots(&[
        "Hvor mange flytter I?",
        "Нас буде троє! Ну, поки двоє, я й чоловік.",
    ]);
    assert_eq!(text(&s, "household.count"), Some(&2.into()));
    let s = slots(&[
        "hvor mange er i der skal flytte",
        "нас було п’ятеро а тепер троє",
    ]);
    assert_eq!(text(&s, "household.count"), Some(&3.into()));
}

#[test]
fn children_of_whom_only_the_number_is_told_have_their_rows() {
    let s = slots(&[
        "hvem flytter så med dig",
        "зі мною дві доньки",
        "så det er tre personer",
        "так троє",
    ]);
    assert_eq!(text(&s, "household.count"), Some(&3.into()));
    assert_eq!(text(&s, "household[1].relation"), Some(&"child".into()));
    assert!(!s.contains_key("household[2].relation"));
}

#[test]
fn what_the_citizen_disowns_is_forgotten() {
    let s = slots(&[
        "Dit telefonnummer?",
        "Вісімдесят шість, дванадцять, тридцять п’ять, сорок сім.",
        "Det ligner et fastnetnummer. Er det dit?",
        "А, ні, це лікарня.",
    ]);
    assert!(!s.contains_key("mover.phone"), "{s:?}");
    let s = slots(&[
        "Dit CPR-nummer?",
        "Нуль дев’ять, дванадцять, сімдесят сім, сімнадцять, двадцять один. Стоп, це ж Олегова картка. Моя ось: тридцять, нуль шість, вісімдесят, чотирнадцять, нуль вісім.",
    ]);
    assert_eq!(text(&s, "mover.cpr_number"), Some(&"300680-1408".into()));
}

#[test]
fn names_of_third_persons_are_nobodys_at_the_counter() {
    let s = slots(&[
        "Hvem har du skrevet kontrakt med?",
        "Біргіт Тостесен, вона власниця, сама живе в Іспанії.",
        "Birgit med to t'er?",
        "Ні.",
    ]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    let s = slots(&[
        "Hvad hedder du?",
        "Мороз — дівоче. Тепер я Ткаченко, Богдана Ткаченко.",
    ]);
    assert_eq!(text(&s, "mover.surname"), Some(&"Tkachenko".into()));
}

#[test]
fn two_names_joined_behind_a_word_for_children_are_theirs() {
    let s = slots(&[
        "Så er de på papiret dine papbørn. Er det i orden?",
        "Пишіть. Кирило й Данило, сміються з них у школі.",
    ]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
    assert_eq!(text(&s, "household[1].relation"), Some(&"stepchild".into()));
}

#[test]
fn the_surname_of_all_who_were_named() {
    let s = slots(&["Hvem er I?", "Я Клавдія, вона Лідія, Мороз ми."]);
    assert_eq!(text(&s, "mover.surname"), Some(&"Moroz".into()));
}

#[test]
fn whoever_is_not_the_spouse_is_none() {
    let s = slots(&[
        "og din kone",
        "то не моя жінка вона їде з нами марина мороз",
        "så hun flytter med",
        "так як рідня",
    ]);
    assert_ne!(text(&s, "household[0].relation"), Some(&"spouse".into()));
}

#[test]
fn how_many_move_is_a_question_while_nobody_asked() {
    let status = |turns: &[&str]| {
        let s = slots(turns);
        let slot = s.get("household.count").and_then(|slot| slot.get("status"));
        slot.and_then(Value::as_str).map(str::to_owned)
    };
    let data = "Марко Мороз, двадцять восьме травня дві тисячі вісімнадцятого.";
    let open = status(&["Og din søns navn og fødselsdato?", data]);
    assert_eq!(open.as_deref(), Some("needs_confirmation"));
    let asked = status(&["Hvem flytter med dig?", "Донька Марина."]);
    assert_eq!(asked.as_deref(), Some("proposed"));
}

#[test]
fn of_whom_an_employee_asks_is_not_who_is_spoken_to() {
    for question in [
        "Står Mykola Bondar også på kontrakten?",
        "Er det Larysa, du flytter ind hos?",
        "Ved Dmytro, at I flytter?",
        "Har Olha selv MitID?",
        "Hvor gammel er Danylo?",
    ] {
        let s = slots(&[question, "Так."]);
        assert!(!s.contains_key("mover.given_names"), "{question}");
    }
    for question in [
        "Jeg har en Olena Bondar her, er det dig?",
        "Olena Bondar?",
        "Goddag, Olena.",
    ] {
        let s = slots(&[question, "Так."]);
        assert_eq!(
            text(&s, "mover.given_names"),
            Some(&"Olena".into()),
            "{question}"
        );
    }
    let s = slots(&["Så Danylo og Maryna flytter med dig?", "Так, обоє, діти."]);
    assert_eq!(text(&s, "household[1].relation"), Some(&"child".into()));
}

#[test]
fn who_only_interprets_does_not_come_along() {
    let s = slots(&[
        "Hvad hedder du, og hvem er det med dig?",
        "Бойко Тетяна. А це мій брат Олег, він тільки перекладає.",
    ]);
    assert!(!s.contains_key("household[0].given_names"), "{s:?}");
    let s = slots(&["Bor du alene?", "Ні, з хлопцем."]);
    assert_ne!(text(&s, "household.count"), Some(&1.into()));
}

#[test]
fn a_surname_in_the_plural_is_one_of_its_bearers() {
    let s = slots(&["Hvad hedder I?", "Тетяна і Микола Бойки."]);
    assert_eq!(text(&s, "mover.surname"), Some(&"Boiko".into()));
    let s = slots(&[
        "Og børnene, navn og alder?",
        "Остап, дванадцять, і Марина, п’ять, обоє Кравці.",
    ]);
    assert_eq!(text(&s, "household[0].surname"), Some(&"Kravets".into()));
}

#[test]
fn the_sentence_behind_says_who_comes_along() {
    let s = slots(&[
        "Og hvem er den unge mand?",
        "Син, Андрій. Переїжджає з нами.",
    ]);
    assert_eq!(text(&s, "household[0].given_names"), Some(&"Andrii".into()));
    let s = slots(&["Er Oleh din bror?", "Так."]);
    assert!(!s.contains_key("mover.given_names"), "{s:?}");
}

#[test]
fn a_patronymic_goes_into_its_working_field() {
    let of = |turns: &[&str]| text(&slots(turns), "mover.patronymic_native").cloned();
    let asked = "Hvad er dit fulde navn?";
    assert_eq!(
        of(&[asked, "Гнатюк Марта Ігорівна."]),
        Some("Ігорівна".into())
    );
    assert_eq!(
        of(&[
            asked,
            "мене звати параска дзюба",
            "Ja?",
            "по батькові іллівна"
        ]),
        Some("Іллівна".into())
    );
    // A surname that looks like one, and the one that is named for what it is.
    let s = [
        asked,
        "Михайло Петрович.",
        "Petrovych, er det et fadersnavn?",
        "Прізвище таке! Михайло Петрович, а по батькові Іванович.",
    ];
    assert_eq!(of(&s), Some("Іванович".into()));
    // Nobody else's: neither another sex's nor a relative's.
    let s = [
        "Hvad er dit fulde navn?",
        "Оксана Коваль.",
        "Og din mand?",
        "Чоловік, по батькові Іванович.",
    ];
    assert_eq!(of(&s), None);
    assert_eq!(
        of(&[
            asked,
            "Оксана Коваль. По батькові Іванович, але то не для Вас."
        ]),
        None
    );
}
