//! The home that somebody moves into, as it is asked about and answered in few words: what kind it is, who holds it, who is
//! there, its paper and its days, the host's declaration.

mod talk;

use serde_json::Value;

fn slot(turns: &[&str], key: &str) -> Value {
    let slots = talk::slots(turns, jiff::civil::date(2026, 9, 9));
    slots
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

fn gives(turns: &[&str], key: &str, want: impl Into<Value>) {
    assert_eq!(slot(turns, key), want.into(), "{key} {turns:?}");
}

#[test]
fn a_room_that_is_asked_about_or_put_down() {
    let key = "dwelling.type";
    for turns in [
        ["Er det et værelse, du har hos dem?", "Угу, з вікном у сад."],
        ["Får du et værelse for dig selv?", "Мансарду мені дали."],
        ["Hvor flytter du hen?", "Кімната внизу, окремий вхід."],
        ["Og nu?", "Там мені виділили кімнату, платити не треба."],
    ] {
        gives(&turns, key, "room");
    }
    let put_down = [
        "Hvor flytter du hen?",
        "До дядька.",
        "Så bliver det et værelse.",
    ];
    gives(&put_down, key, "room");
    for turns in [
        ["Hvor mange værelser er der?", "Три, і кухня."],
        ["Hvor flytter du hen?", "Дитяча кімната там велика."],
        ["Er det et værelse?", "Ні."],
        ["Hvor boede du før?", "Кімната в гуртожитку була."],
    ] {
        gives(&turns, key, Value::Null);
    }
}

#[test]
fn whoever_has_a_room_is_not_alone_in_the_home() {
    let turns = ["Er det et værelse, du har hos dem?", "Так."];
    gives(&turns, "dwelling.others_registered", true);
    gives(&turns, "dwelling.others_stay", true);
    let all = ["Et værelse eller hele lejligheden, lejer du?", "Цілу."];
    gives(&all, "dwelling.others_registered", Value::Null);
}

#[test]
fn kinds_of_homes_that_a_question_takes_for_granted() {
    let key = "dwelling.type";
    for (asked, answer, kind) in [
        (
            "Hvilket hus har I købt?",
            "Рядовий будиночок у Бредстені.",
            "owned",
        ),
        ("På krisecentret?", "Так, там.", "crisis_centre"),
        (
            "Lejer du af kommunen?",
            "Так, платимо комуні.",
            "rented_social",
        ),
        (
            "Hvem skylder du husleje?",
            "Одному нотареві з Орхуса.",
            "rented_private",
        ),
        (
            "Hvad er det for en bolig?",
            "Ми від товариства «Бовест», стояли в черзі.",
            "rented_social",
        ),
    ] {
        gives(&[asked, answer], key, kind);
    }
    gives(&["Har I købt noget?", "Ні, куди нам."], key, Value::Null);
    let theirs = ["Ejer hun stedet?", "Де там, вона від товариства винаймає."];
    gives(&theirs, key, Value::Null);
}

#[test]
fn kinds_that_the_employee_puts_down() {
    let key = "dwelling.type";
    for (say, kind) in [
        ("Så sætter jeg «andet» som boligtype.", "other"),
        ("Udlejer er Ole Kragh, privatperson.", "rented_private"),
        (
            "Kommunen har givet jer den midlertidigt.",
            "municipal_temporary",
        ),
    ] {
        gives(&["Hvor bor du nu?", "У новому місці.", say], key, kind);
    }
    let open = [
        "Hvor bor du nu?",
        "Не знаю.",
        "Jeg skriver noget andet ned.",
    ];
    gives(&open, key, Value::Null);
}

#[test]
fn nobody_but_those_who_come() {
    let key = "dwelling.others_registered";
    for (asked, answer) in [
        ("Kun jer to i boligen?", "Тільки ми дві."),
        ("Bor der andre?", "Ні, пустий дім."),
        ("Bor der andre end jer to?", "Двоє, і папуга."),
    ] {
        gives(&[asked, answer], key, false);
    }
    let new = ["Hvor flytter I hen?", "До Баллерупа, Банегордсвей вісім."];
    for (asked, answer) in [
        ("Er lejligheden ellers tom?", "Лише ми двоє."),
        ("Er boligen tom?", "Порожня, ще фарбою пахне."),
    ] {
        gives(&[&new[..], &[asked, answer]].concat(), key, false);
        // Of which home is not known.
        assert_ne!(slot(&[asked, answer], key), false, "{asked} {answer}");
    }
    for (asked, answer) in [
        ("Er der andre i huset?", "Тільки господар."),
        ("Kun jer to i boligen?", "Ні, ще одна студентка."),
        ("Er den gamle bolig tom?", "Порожня."),
    ] {
        assert_ne!(slot(&[asked, answer], key), false, "{asked} {answer}");
    }
}

#[test]
fn who_stays_for_good() {
    let lodges = ["Hvem bor du hos?", "У друга, Олег Чайка, він орендує."];
    for (asked, answer) in [
        ("Bor han der videre?", "Він там завжди."),
        ("Bliver han boende?", "Він там корені пустив."),
        ("Flytter han snart?", "Ні, роботу має поруч."),
    ] {
        let turns = [&lodges[..], &[asked, answer]].concat();
        gives(&turns, "dwelling.others_stay", true);
    }
    let leaves = ["Bliver han boende?", "Ні, виїжджає навесні."];
    gives(
        &[&lodges[..], &leaves].concat(),
        "dwelling.others_stay",
        false,
    );
}

#[test]
fn who_holds_it_or_only_manages_it() {
    let key = "host.role";
    let room = ["Er det et værelse, du har hos dem?", "Так."];
    for (asked, answer, role) in [
        (
            "Hvem bestemmer?",
            "Вона управителька, підписує за фірму.",
            "landlord",
        ),
        ("Ejer hun huset?", "Чоловік збудував, тепер її.", "owner"),
        ("Er det hans eget?", "Так, від бабусі.", "owner"),
        (
            "Er det hende, der har lejemålet?",
            "Вона орендарка, договір на ній.",
            "tenant",
        ),
    ] {
        gives(&[&room[..], &[asked, answer]].concat(), key, role);
    }
    let ours = ["Ejer du den?", "Ні, ми винаймаємо."];
    gives(&ours, key, Value::Null);
}

#[test]
fn no_paper_is_needed_or_it_is_there_or_comes() {
    let key = "dwelling.lease_document";
    let home = ["Har du en kontrakt?", "Ні, на слово."];
    for say in [
        "Så behøves den ikke.",
        "En kontrakt er ikke nødvendig her.",
        "Kontrakten springer vi over.",
    ] {
        gives(&[&home[..], &[say]].concat(), key, "not_needed");
    }
    let deed = ["Er det jeres?", "Купили.", "Skødet henter jeg selv."];
    gives(&deed, key, "not_needed");
    for (asked, answer, value) in [
        (
            "Hvem lejer du af?",
            "У приватного, договір на рік, ось.",
            "shown",
        ),
        (
            "Er det en almen bolig?",
            "Від товариства. Контракт у теці, третій зверху.",
            "shown",
        ),
        ("Har du lejekontrakt?", "Так, копію я вам лишу.", "copy"),
        ("Har du noget på skrift?", "Обіцяв роздрукувати.", "missing"),
        ("Har du kontrakten med?", "На жаль, не взяла.", "missing"),
    ] {
        gives(&[asked, answer], key, value);
    }
    for turns in [
        ["Har du vielsesattesten?", "Ось папір."],
        ["Hvem ejer den?", "Хазяйка, договір на ній."],
    ] {
        assert_ne!(slot(&turns, key), "shown", "{turns:?}");
    }
}

#[test]
fn the_days_of_a_lease() {
    let start = "dwelling.lease_start";
    let until = "dwelling.temporary_until";
    let moved = [
        "Hvornår flyttede I ind?",
        "З першого серпня договір, а спали вперше третього.",
    ];
    gives(&moved, start, "2026-08-01");
    for (asked, answer) in [
        ("Er det tidsbegrænset?", "До тридцять першого травня."),
        ("Hvornår må du blive til?", "до тридцять першого травня"),
        (
            "Hvem lejer du af?",
            "У Клауса, договір до тридцять першого травня.",
        ),
    ] {
        gives(&[asked, answer], until, "2027-05-31");
    }
    let paper = [
        "Har du kontrakten?",
        "Принесу договір до двадцятого вересня.",
    ];
    gives(&paper, until, Value::Null);
}

#[test]
fn the_declaration_by_a_pronoun() {
    let key = "host.consent_status";
    let asked = [
        "Hvem bor du hos?",
        "У друга, Олег Чайка, він орендує.",
        "Har han skrevet under på en erklæring?",
    ];
    for (answer, say, value) in [
        ("Ні ще.", "Så sender vi den.", "requested"),
        ("Не питав.", "Den er på vej til ham.", "requested"),
        ("Так, ось.", "Tak.", "signed"),
        ("Зробив, при мені.", "Tak.", "signed"),
    ] {
        gives(&[&asked[..], &[answer, say]].concat(), key, value);
    }
    gives(
        &[&asked[..], &["Завтра розпишеться."]].concat(),
        key,
        Value::Null,
    );
}

#[test]
fn whoever_lets_a_home_and_is_abroad_is_not_there() {
    let turns = [
        "Hvem er det, der låner dig boligen?",
        "Власниця, Ульрікке Баґґе.",
        "Har du ikke hendes nummer?",
        "Не маю, вона в Іспанії.",
    ];
    assert_eq!(slot(&turns[..2], "host.name"), "Ulrikke Bagge");
    let status = |turns: &[&str], key: &str| {
        talk::slots(turns, jiff::civil::date(2026, 9, 9))[key]["status"].clone()
    };
    for key in ["dwelling.others_registered", "dwelling.others_stay"] {
        assert_eq!(status(&turns[..2], key), "proposed", "{key}");
        // What was taken from there being a host is asked about.
        assert_eq!(status(&turns, key), "needs_confirmation", "{key}");
    }
}
