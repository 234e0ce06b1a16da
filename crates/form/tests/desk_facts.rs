//! What citizens and employees say at the desk between other matters.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn same(cases: &[&[&str]], key: &str, wanted: impl Into<Value>) {
    let wanted = wanted.into();
    for turns in cases {
        assert_eq!(value(turns, key), wanted, "{turns:?}");
    }
}

#[test]
fn mitid_in_two_words_is_no_identity_card() {
    for said in [
        "є все в телефоні приходить міт айді теж є",
        "так міт айді маю і на телефоні все приходить",
        "мит айді є",
    ] {
        let turns = ["har du digital post", said];
        assert_eq!(
            value(&turns, "mover.id_document_type"),
            Value::Null,
            "{said}"
        );
        assert_eq!(value(&turns, "mover.has_mitid"), true, "{said}");
    }
    same(
        &[&[
            "Har I begge MitID?",
            "Обоє, звичайно, інакше б банк і розмовляти не став.",
        ]],
        "mover.has_mitid",
        true,
    );
    same(
        &[
            &["MitID har du jo heller ikke endnu, det får du hjælp til."],
            &["Mit ID har du nok ikke endnu."],
            &["MitID får du jo ikke i dag."],
        ],
        "mover.has_mitid",
        false,
    );
}

#[test]
fn no_lease_and_no_need_of_one() {
    same(
        &[
            &["Så er der ingen lejekontrakt, og det behøver vi heller ikke."],
            &["Der er ingen kontrakt, men den behøves ikke."],
            &["I har ingen lejeaftale, og det kræves ikke."],
        ],
        "dwelling.lease_document",
        "not_needed",
    );
    let signed = [
        "Er det en lejelejlighed, og står du på kontrakten?",
        "Так, оренда приватна, контракт на неї.",
        "Du kan skrive under på erklæringen med det samme, så slipper vi for at sende den.",
    ];
    assert_eq!(value(&signed, "dwelling.lease_document"), Value::Null);
}

#[test]
fn whose_home_it_is_by_what_the_paper_says() {
    let host = |note: &str| {
        let turns = [
            "Hvor er du flyttet hen?",
            "До пані Лоне. Вона здає одну кімнату.",
            "Det er udfyldt af Lone Kjær. Ejer hun lejligheden?",
            "Мабуть, її. Ой, ні, чекайте.",
            note,
        ];
        (
            value(&turns, "host.role"),
            value(&turns, "host.consent_status"),
        )
    };
    for note in [
        "Her har hun også sat kryds ved lejer. Og hun har skrevet under.",
        "Der er kryds ud for lejer. Hun har også skrevet under.",
    ] {
        assert_eq!(host(note), ("tenant".into(), "signed".into()), "{note}");
    }
    let label = [
        "Bor hun selv i lejligheden?",
        "Так. Я на поштову скриньку ще своє прізвище не клеїла.",
    ];
    assert_eq!(value(&label, "host.role"), Value::Null);
}

#[test]
fn a_room_that_is_sublet_is_a_room() {
    same(
        &[
            &["Boligforeningen har godkendt fremleje af et enkelt værelse."],
            &["Det er fremleje af ét værelse."],
        ],
        "dwelling.type",
        "room",
    );
    same(&[&["Det er fremleje."]], "dwelling.type", "sublet");
}

#[test]
fn where_somebody_went_who_lived_there_is_not_the_citizens_home() {
    for told in [
        "Давно, стара пані в будинок для літніх переїхала ще восени.",
        "Так, власниця перебралася в будинок для літніх.",
    ] {
        let turns = [
            "Andelsbolig, jo. Tillykke.",
            "Дякуємо.",
            "Og sælgeren er ude?",
            told,
        ];
        assert_eq!(value(&turns, "dwelling.type"), "cooperative", "{told}");
    }
}

#[test]
fn alone_so_far_is_alone() {
    for answer in [
        "Поки що так. Чоловік потім приїде.",
        "Наразі так.",
        "Поки що сама, чоловік приїде пізніше.",
    ] {
        let turns = [
            "Bor du der alene?",
            answer,
            "Hvem lejer du af?",
            "Приватна особа. Ерік Вестергор, він у цьому будинку має чотири квартири, але сам живе десь за містом.",
            "Erik Vestergaard. Så noterer jeg ham som udlejer.",
        ];
        assert_eq!(
            value(&turns, "dwelling.others_registered"),
            false,
            "{answer}"
        );
        assert_eq!(value(&turns, "host.role"), "landlord", "{answer}");
    }
}

#[test]
fn where_children_have_lived_and_where_they_live_now() {
    for answer in ["Так, тільки зі мною.", "Так, у мене весь час.", "Саме так."]
    {
        let turns = [
            "Hvilke børn har du med?",
            "Назар і Єва. Обоє Савицькі. Назар тринадцятого березня сімнадцятого року, Єва двадцять восьмого серпня двадцятого.",
            "Er forældremyndigheden fælles?",
            "Поки що так, на папері спільна.",
            "Børnene har boet sammen med jer begge indtil nu, og nu er de hos dig hele tiden?",
            answer,
        ];
        assert_eq!(
            value(&turns, "children[].lived_with_before"),
            "both",
            "{answer}"
        );
        assert_eq!(
            value(&turns, "children[].residence_pattern"),
            "mostly_reporter",
            "{answer}"
        );
    }
}

#[test]
fn a_husband_who_may_not_leave_does_not_come_along() {
    for answer in [
        "Заміжня. Чоловік удома, його не випускають. Ігор Грабовський, третього грудня вісімдесят четвертого народився.",
        "Заміжня. Чоловіка не відпускають. Ігор Грабовський, третього грудня вісімдесят четвертого народився.",
    ] {
        let turns = [
            "I er kommet fra Ukraine, kan jeg forstå?",
            "Так, добрий день. Я з сином.",
            "Og dit navn?",
            "Марина Грабовська.",
            "Er du gift?",
            answer,
            "Har du og Ihor forældremyndigheden sammen?",
            "Звісно, разом. Ігор сам нас проводжав.",
            "Drengen, hvornår er han født?",
            "Сьомого шостого сімнадцятого, Денис.",
        ];
        assert_eq!(value(&turns, "household.count"), 2, "{answer}");
        assert_eq!(
            value(&turns, "household[0].given_names"),
            "Denys",
            "{answer}"
        );
    }
}

#[test]
fn a_spelling_that_others_made_is_no_name() {
    for answer in [
        "Так. Через ігрек обидва рази, у німців вічно писали Kirill, будь ласка, не треба так.",
        "Так. У Німеччині записали Kirill, це неправильно.",
        "Так. Постійно пишуть Kirill з помилкою.",
    ] {
        let turns = [
            "I passet står der Kyrylo Stetsenko, født trettende september halvfems. Passer det?",
            answer,
        ];
        assert_eq!(value(&turns, "mover.given_names"), "Kyrylo", "{answer}");
    }
}

#[test]
fn whoever_is_said_to_be_the_host_is() {
    for said in [
        "Så er det Poul Holm, der er logivært som ejer. Har du hans telefonnummer?",
        "Så er det Poul Holm, der står som logivært.",
    ] {
        let turns = [
            "Hvem ejer huset, er det din tante?",
            "Тітка Раїса там живе, але будинок на чоловіка записаний.",
            said,
        ];
        assert_eq!(value(&turns, "host.name"), "Poul Holm", "{said}");
        assert_eq!(value(&turns, "host.role"), "owner", "{said}");
    }
}

#[test]
fn the_last_day_for_a_paper() {
    for said in [
        "Så tirsdag den femtende er sidste frist.",
        "Tirsdag den femtende er fristen.",
    ] {
        let turns = [
            "Har du lejekontrakten med?",
            "Ой, я її вдома на столі лишила.",
            "Den skal jeg have. Kan du komme med den?",
            "Так, принесу.",
            said,
        ];
        assert_eq!(value(&turns, "documents.deadline"), "2026-09-15", "{said}");
    }
}

#[test]
fn the_group_stays_what_it_is() {
    for answer in ["Тоді хай перша й буде.", "Лишайте першу, так."]
    {
        let turns = ["Du står i gruppe et, det ændrer vi ikke på?", answer];
        assert_eq!(value(&turns, "gp.insurance_group"), "1", "{answer}");
    }
}
