//! Where somebody lived, lives and will live, and when: what is told around a corner.

use jiff::civil::date;
use tolkebot_form::{FormDefinition, FormReader, SlotStatus, Turn};
use tolkebot_protocol::{Lang, Speaker};

/// A conversation on Wednesday 9 September 2026; `S:` before what the employee says, `C:` before the citizen.
fn read(lines: &[&str]) -> FormReader {
    let mut reader = FormReader::new(FormDefinition::embedded(), date(2026, 9, 9));
    for (n, line) in lines.iter().enumerate() {
        let (speaker, lang) = match line.get(..2) {
            Some("S:") => (Speaker::Staff, Lang::Da),
            _ => (Speaker::Citizen, Lang::Uk),
        };
        reader.push(&Turn::new(n as u32 + 1, speaker, lang, line[2..].trim()));
    }
    reader
}

fn value(reader: &FormReader, key: &str) -> Option<String> {
    let value = reader.state().slot(key)?.value.clone()?;
    Some(
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    )
}

fn gives(lines: &[&str], key: &str, want: &str) {
    assert_eq!(value(&read(lines), key).as_deref(), Some(want), "{lines:?}");
}

fn gives_nothing(lines: &[&str], key: &str) {
    assert_eq!(value(&read(lines), key), None, "{lines:?}");
}

#[test]
fn a_night_has_the_date_on_which_it_begins() {
    for answer in [
        "C: Ночували вперше з п'ятого на шосте вересня.",
        "C: Ночувала з п'ятого вересня на шосте вересня.",
    ] {
        gives(
            &["S: Hvornår sov I der første gang?", answer],
            "move_date",
            "2026-09-05",
        );
    }
    gives(
        &[
            "S: Hvornår flyttede du?",
            "C: Переїзд перенесли з п'ятого вересня на шосте вересня.",
        ],
        "move_date",
        "2026-09-06",
    );
}

#[test]
fn the_employees_today_is_no_moving_day() {
    for question in [
        "S: Og hvor bor du så i dag?",
        "S: I dag er det den niende september, så det er noget forsinket. Hvorfor kommer du først nu?",
        "S: Så er det kun dig, vi skal flytte i dag?",
    ] {
        gives(
            &[
                "S: Hvornår flyttede du?",
                "C: Першого вересня.",
                "S: Den første september.",
                question,
                "C: Сиджу сам.",
            ],
            "move_date",
            "2026-09-01",
        );
    }
    gives(
        &[
            "S: Hvornår flytter du ind?",
            "C: Сьогодні.",
            "S: I dag, den niende september.",
        ],
        "move_date",
        "2026-09-09",
    );
}

#[test]
fn when_something_else_was_told_is_no_moving_day() {
    gives(
        &[
            "S: Hvornår flyttede du?",
            "C: Першого вересня, у вівторок.",
            "S: Tirsdag den første september. Hvornår sagde du det til faren? Flytter man for eksempel i maj, er \
             fristen seks uger.",
            "C: Сьомого липня.",
        ],
        "move_date",
        "2026-09-01",
    );
}

#[test]
fn a_village_before_a_street_may_be_part_of_its_name() {
    let reader = read(&[
        "S: Hvad er den nye adresse?",
        "C: Егьо Мьоллевей дев'ятнадцять.",
        "S: Egå Møllevej nitten.",
    ]);
    let street = reader.state().slot("to.street_name");
    assert!(
        street.is_none_or(
            |s| s.status != SlotStatus::Proposed || s.value == Some("Egå Møllevej".into())
        ),
        "{street:?}"
    );
}

#[test]
fn who_leaves_the_country_keeps_a_home_or_not() {
    let start = [
        "S: Hvad kan jeg hjælpe med?",
        "C: Їду додому в Україну назовсім.",
        "S: Så skal vi melde udrejse. Beholder du lejligheden?",
    ];
    for (answer, keeps) in [
        ("C: Ні, ключі здаю напередодні.", "false"),
        ("C: Здаю, там уже інші люди.", "false"),
        ("C: Так, поки що.", "true"),
    ] {
        let lines: Vec<&str> = start.iter().copied().chain([answer]).collect();
        gives(&lines, "departure.keeps_dwelling", keeps);
    }
}

#[test]
fn post_goes_to_the_address_that_was_asked_for() {
    gives(
        &[
            "S: Hvad kan jeg hjælpe med?",
            "C: Їду додому в Україну назовсім.",
            "S: Hvor bor du i dag?",
            "C: Нюгаде тридцять вісім, перший сал ліворуч, вісім шість нуль нуль.",
            "S: Har du en adresse i Danmark, hvor vi kan skrive til dig?",
            "C: Так, син сам казав: Гольмевей дванадцять, вісім два сім нуль.",
        ],
        "departure.contact_address",
        "Holmevej 12, 8270 Højbjerg",
    );
}

#[test]
fn who_has_no_mitid_says_so_in_many_words() {
    gives(
        &[
            "S: Har du MitID til at skrive under med?",
            "C: Нема, так і не завела.",
        ],
        "mover.has_mitid",
        "false",
    );
    gives_nothing(
        &[
            "S: Har du MitID?",
            "C: Був колись, так, але не знаю, чи ще працює.",
        ],
        "mover.has_mitid",
    );
}

#[test]
fn reasons_for_a_late_report_are_put_in_danish() {
    for (answer, reason) in [
        (
            "C: Думав, начальник на фірмі все зробить.",
            "Troede, at arbejdsgiveren meldte flytningen",
        ),
        (
            "C: Хазяйка казала, що сама повідомить.",
            "Troede, at udlejeren meldte flytningen",
        ),
        (
            "C: Я думала, на боргер дк усе пішло.",
            "Troede, at anmeldelsen på borger.dk var sendt",
        ),
        ("C: У відпустці були, на морі.", "Var på ferie"),
        ("C: Я в лікарні лежала.", "Var syg"),
    ] {
        gives(
            &[
                "S: Hvornår flyttede du?",
                "C: Першого серпня.",
                "S: Det er over en måned siden. Hvorfor kommer du først nu?",
                answer,
            ],
            "late_reason",
            reason,
        );
    }
}

#[test]
fn who_stays_is_named_by_what_they_are() {
    for (answer, who) in [
        ("C: Сам їду, батьки там лишаються.", "Forældre"),
        (
            "C: Я сам, мама з вітчимом там і лишаються.",
            "Mor og stedfar",
        ),
    ] {
        gives(
            &["S: Flytter du alene?", answer],
            "from.remaining_persons",
            who,
        );
    }
}

#[test]
fn a_home_with_a_name_of_its_own_keeps_it() {
    gives(
        &[
            "S: Hvor er du flyttet hen?",
            "C: У центр для літніх, Йоганнес Йоргенсенс вей сім.",
            "S: Det er altså Plejecentret Solkrogen, Johannes Jørgensens Vej syv.",
        ],
        "to.location_name",
        "Solkrogen",
    );
}

#[test]
fn how_long_ago_it_was_is_no_other_day() {
    gives(
        &[
            "S: Hvornår flyttede du?",
            "C: П'ятнадцятого серпня.",
            "S: Den femtende august, det er jo over tre uger siden.",
            "C: Знаю.",
        ],
        "move_date",
        "2026-08-15",
    );
}

#[test]
fn arrival_and_move_may_be_one_day() {
    let lines = [
        "S: I kommer fra udlandet, forstår jeg?",
        "C: З Польщі.",
        "S: Hvornår kom I, og hvor bor I nu?",
        "C: Двадцять дев'ятого серпня, і в той самий день заселились.",
    ];
    gives(&lines, "move_date", "2026-08-29");
    gives(&lines, "arrival.date", "2026-08-29");
}

#[test]
fn a_second_home_in_one_breath_behind_somebody_elses_name_is_theirs() {
    let who = [
        "S: Hvem er I?",
        "C: Я Тарас Коваль, а це Соломія, Соломія Гнатюк.",
    ];
    let answer = "C: Я на Рюесгаде шість, вісім тисяч. А Соломія у Вібю, на Грундтвігсвей вісім.";
    let new = [
        "S: Hvad er den nye adresse?",
        "C: Нерребругаде дванадцять, вісім тисяч.",
    ];
    let lines = [
        who[0],
        who[1],
        new[0],
        new[1],
        "S: Hvor bor I hver især nu?",
        answer,
    ];
    let old = value(&read(&lines), "from.address_line").unwrap_or_default();
    assert!(old.contains("Ryesgade 6"), "{old}");
    let night = [
        "S: Hvad er den nye adresse?",
        "C: Рюесгаде шість, вісім тисяч. До п'ятниці я у Люби на Вестергаде, але її туди не пишіть.",
    ];
    gives(&night, "to.street_name", "Ryesgade");
}

#[test]
fn where_the_host_lives_is_the_new_address() {
    gives(
        &[
            "S: Er det dig, der skal flytte?",
            "C: Син. Він поживе в бабусі.",
            "S: Hvor bor mormor?",
            "C: Рюесгаде шість, вісім тисяч.",
        ],
        "to.street_name",
        "Ryesgade",
    );
}

#[test]
fn homes_are_told_in_the_words_of_every_day() {
    for (answer, kind) in [
        ("C: Андель, тобто кооператив.", "cooperative"),
        ("C: Ми пай купили ще навесні.", "cooperative"),
        ("C: Будинок торік купили, під ремонт.", "owned"),
        ("C: Мені кімнатку звільнили на другому поверсі.", "room"),
        ("C: Приватник, усе по договору.", "rented_private"),
    ] {
        gives(
            &["S: Hvad er det for en bolig?", answer],
            "dwelling.type",
            kind,
        );
    }
    for (answer, whole) in [
        ("C: Ми всією ватагою переїжджаємо.", "true"),
        ("C: Звідти виїжджаємо всі.", "true"),
        ("C: Нікого там не лишили.", "true"),
        ("C: Там ще троє лишається.", "false"),
    ] {
        gives(
            &["S: Hvad med den gamle lejlighed?", answer],
            "from.whole_household_moves",
            whole,
        );
    }
}

#[test]
fn a_doctor_is_kept_chosen_or_chosen_later_in_few_words() {
    for (answer, choice) in [
        ("C: Потім сама виберу.", "later"),
        ("C: Виберемо вдома, в інтернеті.", "later"),
        ("C: Та навіщо міняти.", "keep"),
        ("C: Лікаря лишити, будь ласка.", "keep"),
        ("C: Хай той буде.", "keep"),
    ] {
        gives(&["S: Og lægen?", answer], "gp.choice", choice);
    }
}

#[test]
fn what_was_named_may_be_named_again() {
    let known = read(&[
        "S: Hvad hedder du?",
        "C: Мене звати Ірина Мельник.",
        "S: Hvor bor du nu?",
        "C: На Гудрунсвей, вісім, 8220 Брабранд.",
        "S: Hvad er den nye adresse?",
        "C: Лангеландсгаде, шістдесят вісім, 8000 Орхус.",
    ])
    .state()
    .known_names();
    assert_eq!(known.given, ["Iryna"]);
    assert_eq!(known.streets, ["Langelandsgade", "Gudrunsvej"]);
    assert_eq!(known.towns, ["Aarhus C", "Brabrand"]);
}

#[test]
fn where_to_come_for_an_appointment_is_no_home() {
    for said in [
        "S: Du får en tid på Nørregade 12 den tiende december.",
        "S: Du skal komme igen på Rådhuspladsen 2 med kontrakten.",
        "S: Kortet henter du hos borgerservice på Nørregade 12.",
    ] {
        gives_nothing(&[said, "C: Добре."], "from.address_line");
        gives_nothing(&[said, "C: Добре."], "to.street_name");
        gives_nothing(&[said, "C: Добре."], "case.move_type");
        let after = [
            "S: Hvor flytter du fra?",
            "C: З Вестергаде двадцять два.",
            said,
            "C: Добре.",
        ];
        gives_nothing(&after, "to.street_name");
    }
    gives(
        &[
            "S: Hvor flytter du hen?",
            "C: На Нюгаде вісім.",
            "S: Så det er Nygade 8, og du får en tid her.",
        ],
        "to.street_name",
        "Nygade",
    );
}

#[test]
fn the_address_in_a_town_just_told_is_that_of_the_old_home() {
    for (question, town) in [
        ("S: Hvor flytter du fra?", "C: З Раннерса."),
        ("S: Hvor boede du før?", "C: У Раннерсі."),
        ("S: Hvor kommer du fra?", "C: З Раннерса."),
    ] {
        for asked in [
            "S: Hvad er adressen?",
            "S: Okay, og adressen?",
            "S: Kan du sige adressen?",
            "S: Hvad er adressen i Randers?",
        ] {
            let lines = [
                question,
                town,
                asked,
                "C: Вестергаде двадцять два.",
                "S: Vestergade 22, 8900 Randers C.",
                "C: Так.",
                "S: Og hvor flytter du hen?",
                "C: На Нюгаде вісім.",
                "S: Nygade 8, 8000 Aarhus C.",
                "C: Так.",
            ];
            gives(&lines, "to.street_name", "Nygade");
            gives(&lines, "from.address_line", "Vestergade 22, 8900 Randers C");
        }
    }
    for asked in [
        "S: Hvad er den nye adresse?",
        "S: Og adressen her i Aarhus?",
    ] {
        let lines = [
            "S: Hvor flytter du fra?",
            "C: З Раннерса.",
            asked,
            "C: Нюгаде вісім.",
        ];
        gives(&lines, "to.street_name", "Nygade");
    }
}
