//! Whose street is spoken of and which of the two it is, numbers that come late, days that count twice.

use jiff::civil::date;
use serde_json::{Map, Value};

mod talk;

/// The slots after a conversation on Wednesday 9 September 2026.
fn slots(turns: &[&str]) -> Map<String, Value> {
    talk::slots(turns, date(2026, 9, 9))
}

fn value(slots: &Map<String, Value>, key: &str) -> Option<String> {
    slots.get(key)?["value"].as_str().map(str::to_owned)
}

fn gives(turns: &[&str], key: &str, want: &str) {
    assert_eq!(
        value(&slots(turns), key).as_deref(),
        Some(want),
        "{turns:?}"
    );
}

fn gives_nothing(turns: &[&str], key: &str) {
    assert_eq!(value(&slots(turns), key), None, "{turns:?}");
}

#[test]
fn what_the_employee_tells_of_their_own_family_is_nobodys_address() {
    for told in [
        "Min moster bor på Elmevej toogtyve, måske kender du hende?",
        "Jeg har selv boet på Elmevej toogtyve.",
        "Elmevej toogtyve, der bor min svigerfar.",
        "det kender jeg min kollega boede på elmevej to og tyve i mange år",
    ] {
        gives_nothing(&[told, "Ні, не знаю."], "to.street_name");
        gives_nothing(&[told, "Ні, не знаю."], "from.address_line");
    }
    // What is read back stays, whoever else lives there.
    let turns = [
        "Hvad er den nye adresse?",
        "Рандерсвей дев'яносто п'ять.",
        "Randersvej femoghalvfems, der bor min bror også.",
    ];
    gives(&turns, "to.street_name", "Randersvej");
}

#[test]
fn a_few_nights_with_friends_are_no_home() {
    for stay in [
        "Ключі дали в суботу, але дві ночі я ще в подруги була на Рюесгаде шість.",
        "Перші три ночі в брата на Рюесгаде шість перебула, бо ліжка не було.",
    ] {
        let turns = [
            "Hvor boede du før?",
            "На Рандерсвей дев'яносто п'ять.",
            "Hvad er den nye adresse?",
            "Бредгаде сімнадцять.",
            "Hvornår flyttede du?",
            stay,
        ];
        gives(&turns, "to.street_name", "Bredgade");
        assert!(
            value(&slots(&turns), "from.address_line")
                .is_some_and(|a| a.starts_with("Randersvej 95"))
        );
    }
}

#[test]
fn where_a_relative_lives_is_no_address_of_the_mover() {
    let turns = [
        "Flytter I alle?",
        "Усі. Тільки син лишив коробки, але він давно в центрі живе, на Рюесгаде шість.",
    ];
    gives_nothing(&turns, "to.street_name");
}

#[test]
fn earlier_and_now_may_stand_in_the_sentence_before() {
    let turns = [
        "Hos hvem har du boet, og hvor bor du så nu?",
        "Раніше в Гадстені, у знайомих. Скольвей дванадцять. А тепер у Ранерсі, у хлопця. Рюесгаде шість.",
    ];
    let slots = slots(&turns);
    assert!(
        value(&slots, "from.address_line").is_some_and(|a| a.starts_with("Skolevej 12")),
        "{slots:?}"
    );
    assert_eq!(value(&slots, "to.street_name").as_deref(), Some("Ryesgade"));
}

#[test]
fn the_last_try_at_a_house_number_counts() {
    let start = ["Og den nye adresse er på Elmevej. Hvilket nummer?"];
    let turns = |answer| [start[0], answer];
    gives(
        &turns("Дванадцять. Чи двадцять? Ні, двадцять два."),
        "to.house_number",
        "22",
    );
    gives(&turns("Дванадцять."), "to.house_number", "12");
    let again = [start[0], "Дванадцять.", "Toogtyve, ja, det står her."];
    gives(&again, "to.house_number", "22");
}

#[test]
fn a_number_that_was_read_back_wrong_is_said_again() {
    let turns = [
        "Hvad er den nye adresse?",
        "Рандерсвей дев'яносто п'ять.",
        "Randersvej femogfirs, otte tusind to hundrede.",
        "Дев'яносто п'ять же.",
    ];
    gives(&turns, "to.house_number", "95");
}

#[test]
fn a_village_belongs_to_the_name_of_its_main_street() {
    for (said, want) in [
        (
            "Greve Strandvej halvtreds, seksogtyve halvfjerds Greve.",
            "Greve Strandvej",
        ),
        (
            "ja lyngby hoved gade tolv anden til venstre otte og tyve hundrede",
            "Lyngby Hovedgade",
        ),
        (
            "du står på jernbane alle tre og tredive i vanløse",
            "Jernbane Allé",
        ),
    ] {
        let turns = ["Hvor boede du før?", "Зараз скажу.", said, "Так."];
        let line = value(&slots(&turns), "from.address_line").unwrap_or_default();
        assert!(line.starts_with(want), "{said}: {line}");
    }
    gives_nothing(&["så flytter i alle fire", "Так."], "to.street_name");
}

#[test]
fn a_name_with_its_number_from_both_sides_is_a_street() {
    let turns = [
        "Hvad er den nye adresse?",
        "Фредеріксборг сімнадцять.",
        "Frederiksborg sytten, otteogfirs hundrede Viborg.",
    ];
    gives(&turns, "to.street_name", "Frederiksborg");
    gives(&turns, "to.house_number", "17");
}

#[test]
fn where_we_can_write_to_somebody_who_leaves() {
    for asked in [
        "Er der nogen i Danmark, vi kan skrive til?",
        "Hvis vi skal skrive til jer herfra, hvor skal brevet så hen?",
        "Hvor kan vi sende et brev hen bagefter?",
    ] {
        let turns = [
            "Hvad drejer det sig om?",
            "Хочу виписатися, їду до Польщі назовсім.",
            "Og her bor du på Randersvej femoghalvfems?",
            "Так.",
            asked,
            "До сина, Рюесгаде шість.",
        ];
        let slots = slots(&turns);
        let line = value(&slots, "departure.contact_address").unwrap_or_default();
        assert!(line.starts_with("Ryesgade 6"), "{asked}: {slots:?}");
    }
}

#[test]
fn one_municipality_with_two_postal_codes() {
    let turns = [
        "Hvor boede du før?",
        "Скольвей дванадцять.",
        "Skolevej tolv, otte tre syv nul Hadsten.",
        "Так.",
        "Og den nye adresse?",
        "Сковвей сім.",
        "Skovvej syv, otte tre otte to Hinnerup.",
        "Так.",
    ];
    gives(&turns, "case.move_type", "domestic_within_municipality");
}

#[test]
fn the_employee_sets_the_deadline() {
    let turns = [
        "Lejekontrakten mangler, så send den inden den femogtyvende september.",
        "До двадцять п'ятого встигну, у неділю поїду по неї.",
    ];
    gives(&turns, "documents.deadline", "2026-09-25");
}

#[test]
fn a_street_abroad_is_known_by_its_repetition() {
    let turns = [
        "Hvad drejer det sig om?",
        "Хочу виписатися, їду до Німеччини.",
        "Hvad bliver adressen i Tyskland?",
        "Нойшадтсваль тридцять, у Бремені.",
        "Neustadtswall tredive, Bremen.",
    ];
    gives(
        &turns,
        "departure.foreign_address",
        "Neustadtswall 30, Bremen, Tyskland",
    );
}

#[test]
fn the_later_of_two_homes_abroad() {
    let turns = [
        "Velkommen til Danmark. Hvor boede I sidst?",
        "Усе життя в Херсоні, на Садовій двадцять. Відтоді у Вінниці, вулиця Зелена шість, квартира два.",
    ];
    gives(
        &turns,
        "from.foreign_address",
        "vul. Zelena 6, kv. 2, Vinnytsia, Ukraine",
    );
}

#[test]
fn what_the_employee_has_on_record_is_the_old_address() {
    for turns in [
        vec![
            "Så har jeg jer på Elmevej otte, første til højre.",
            "Вісім, перший праворуч, усе так.",
            "Og hvor er I så landet nu?",
            "На Рандерсвей двадцять сім.",
        ],
        vec![
            "og han bor på elme vej otte",
            "вісім так",
            "og hvor skal han hen",
            "на рандерсвей двадцять сім",
        ],
    ] {
        gives(&turns, "to.street_name", "Randersvej");
    }
}

#[test]
fn a_number_announced_as_one_belongs_to_the_street_before() {
    let turns = [
        "I bor på Elmevej, kan jeg se. Nummer otteoghalvtreds, første sal til venstre.",
        "Так.",
        "otte tusind Aarhus C",
        "Так.",
    ];
    gives(
        &turns,
        "from.address_line",
        "Elmevej 58, 1. tv, 8000 Aarhus C",
    );
    // Digits in a row are somebody's number.
    let turns = [
        "Du bor på Elmevej?",
        "Так. Номер сорок вісім, дванадцять, тридцять, п'ятдесят.",
        "otte tusind Aarhus C",
        "Так.",
    ];
    gives_nothing(&turns, "from.address_line");
}

#[test]
fn a_refused_number_leaves_its_street() {
    let turns = [
        "Du står i Ringsted på Elmevej fyrre?",
        "Чотирнадцять, не сорок.",
        "Tak.",
    ];
    gives(&turns, "from.address_line", "Elmevej 14, 4100 Ringsted");
}

#[test]
fn an_old_address_without_a_town_lies_where_the_new_one_does() {
    let turns = [
        "Elmevej tredive, der står I endnu.",
        "Так, тридцять.",
        "Og hvor er det nye?",
        "Тьондервей, сімдесят сім.",
        "Tøndervej syvoghalvfjerds, seks tusind Kolding.",
        "Так.",
    ];
    gives(&turns, "from.address_line", "Elmevej 30, 6000 Kolding");
    assert_eq!(
        slots(&turns)["from.address_line"]["status"],
        "needs_confirmation"
    );
}

#[test]
fn a_day_agreed_to_stands_beside_others() {
    let turns = [
        "Hvornår flyttede I ind?",
        "Ми вже дві ночі переспали на новому.",
        "To nætter, så er det fra i søndags, den sjette?",
        "Атож, шостого. У суботу ще шафи возили.",
    ];
    gives(&turns, "move_date", "2026-09-06");
}

#[test]
fn a_day_is_asked_again_when_it_was_not_understood() {
    let turns = [
        "Hvornår flytter I ind?",
        "З п'ятниці, не цієї, а тої.",
        "Altså fredag otte dage.",
        "Вісім днів від сьогодні? То буде четвер!",
        "Nej, sådan siger vi bare. Fredag den attende september, er det den?",
        "Вісімнадцяте, так.",
    ];
    gives(&turns, "move_date", "2026-09-18");
}

#[test]
fn a_home_that_may_come_later_is_neither_address() {
    let turns = [
        "Hvor er du flyttet fra?",
        "З Elmevej чотири, вісім два сім нуль.",
        "Elmevej fire. Og hvor bor du så nu?",
        "На Рандерсвей сорок сім, вісім двісті.",
        "Randersvej syvogfyrre. Hvor længe kan du blive?",
        "До весни, а з січня, може, дадуть квартиру у Вібю на Кіркевей вісім.",
    ];
    gives(&turns, "to.street_name", "Randersvej");
    gives(&turns, "to.house_number", "47");
}

#[test]
fn the_contract_puts_a_house_number_right() {
    let turns = [
        "Og adressen her?",
        "Рандерсвей тридцять сім, вісім двісті.",
        "Syvogtredive? På kontrakten læser jeg niogtredive.",
        "Точно, тридцять дев'ять! Тридцять сім — то де ми піцу брали.",
    ];
    gives(&turns, "to.house_number", "39");
}

#[test]
fn a_lift_has_no_door_and_a_room_has_one() {
    let turns = [
        "Hvor er lejligheden?",
        "Рандерсвей сто сорок сім, шостий сал, двері справа.",
        "Sjette til højre.",
        "Так, зліва ліфт.",
    ];
    gives(&turns, "to.door", "th");
    let turns = [
        "Hvor er kollegiet?",
        "Рандерсвей два.",
        "Og dit værelse, har det et nummer?",
        "Триста сімнадцять. Це третій поверх.",
        "Vi bruger bare værelsesnummeret.",
    ];
    gives(&turns, "to.door", "317");
    gives_nothing(&turns, "to.floor");
}

#[test]
fn what_answers_a_question_for_a_number_to_ring_is_no_house_number() {
    let turns = [
        "Og adressen her?",
        "Рандерсвей тридцять сім, вісім двісті.",
        "Hvilket nummer fanger jeg dig bedst på?",
        "Двадцять вісім, сорок, сімдесят, дев'ятнадцять. Ні, чекайте, то робочий. Пишіть шістдесят, дванадцять, тридцять п'ять, вісімдесят вісім.",
    ];
    gives(&turns, "to.house_number", "37");
    gives(&turns, "mover.phone", "+4560123588");
}

#[test]
fn a_street_is_written_as_the_employee_writes_it() {
    for (turns, street, number) in [
        (
            vec![
                "Jeg bor selv på Baunevej tolv. Hvad er din nye adresse?",
                "Теж Бауневей, тридцять п'ять.",
            ],
            "Baunevej",
            "35",
        ),
        (
            vec![
                "Er det tårnet på Lindholm Brygge?",
                "Так, Лінгольм Брюґґе тридцять дев'ять.",
            ],
            "Lindholm Brygge",
            "39",
        ),
        (
            vec!["Og vejen var Vestre Landevej?", "Вестре Ланневей, вісім."],
            "Vestre Landevej",
            "8",
        ),
        (
            vec![
                "ny adresse tak",
                "скаутерупвей",
                "skautrupvej hvilket nummer",
                "вісім",
            ],
            "Skautrupvej",
            "8",
        ),
        (
            vec![
                "Og vejnavnet?",
                "Скальборгвей сорок п'ять.",
                "Skalborgvej med ét l.",
            ],
            "Skalborgvej",
            "45",
        ),
    ] {
        let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
        assert_eq!(slots["to.street_name"]["value"], street, "{turns:?}");
        assert_eq!(slots["to.house_number"]["value"], number, "{turns:?}");
    }
}

#[test]
fn one_of_two_streets_that_were_asked_about() {
    let turns = [
        "Hedder den Mellemvej eller Mellemvang?",
        "Мелем-ванґ, там де поле.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(slots["to.street_name"]["value"], "Mellemvang");
}

#[test]
fn the_street_one_moves_from_is_the_old_one() {
    let turns = [
        "Hvad hedder vejen, du flytter fra?",
        "Зупинка називалася Шульцсвей, і вулиця Шульцсвей. Номер сто дві.",
        "Schultzvej hundrede og to, toogfyrre tyve Korsør.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(
        slots["from.address_line"]["value"],
        "Schultzvej 102, 4220 Korsør"
    );
    assert!(slots.get("to.street_name").is_none());
}

#[test]
fn the_employee_knows_what_the_street_is_called() {
    let turns = [
        "Hvad var din gamle adresse?",
        "У Фоборзі, Гравеґаде сімнадцять.",
        "Graven hedder den, Graven sytten.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(
        slots["from.address_line"]["value"],
        "Graven 17, 5600 Faaborg"
    );
    assert!(slots.get("to.street_name").is_none());
}

#[test]
fn told_which_of_the_two_it_is() {
    let turns = [
        "Du bor på Nygade femten, siger du?",
        "Не Нюгаде, а Нюбовей.",
        "Nybovej femten. I Viborg?",
        "У Віборзі, вісімдесят вісім нуль нуль. І це стара адреса, не нова!",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(
        slots["from.address_line"]["value"],
        "Nybovej 15, 8800 Viborg"
    );
    assert!(slots.get("to.street_name").is_none());
}

#[test]
fn the_town_where_one_lives_since() {
    let turns = [
        "Du bor i Otterup fra den første september, er det sådan?",
        "Так.",
    ];
    let slots = talk::slots(&turns, jiff::civil::date(2026, 9, 9));
    assert_eq!(slots["to.post_district"]["value"], "Otterup");
}
