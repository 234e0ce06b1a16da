//! Which number, post or e-mail a question means, whose it is, and the pair at its end put right.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

const CPR: [&str; 3] = [
    "Og dit CPR-nummer?",
    "Сімнадцять нуль дев'ять вісімдесят дев'ять, чотирнадцять двадцять шість.",
    "170989-1426. Der er dig.",
];

fn after_cpr<'t>(turns: &[&'t str]) -> Vec<&'t str> {
    [&CPR[..], turns].concat()
}

#[test]
fn a_surname_and_a_number_asked_for_in_one_breath_are_the_citizens() {
    for question in [
        "Hej. Hvad er dit efternavn og nummer?",
        "Hej. Hvad er dit efternavn og nummer, Dmytro?",
        "Hej. Så skal jeg have dit efternavn og nummer.",
    ] {
        let turns = [
            "Hej, hvad hedder du?",
            "Вітаємо! Мене звати Дмитро.",
            question,
            "Руденко, дев'ятнадцять нуль один дев'яносто один, тринадцять п'ятдесят сім.",
        ];
        assert_eq!(value(&turns, "mover.surname"), "Rudenko", "{question}");
        assert_eq!(value(&turns, "mover.given_names"), "Dmytro", "{question}");
        assert_eq!(
            value(&turns, "mover.cpr_number"),
            "190191-1357",
            "{question}"
        );
        assert_eq!(value(&turns, "host.name"), Value::Null, "{question}");
    }
}

#[test]
fn ones_own_number_behind_the_hosts_is_a_telephone() {
    for (question, answer) in [
        ("og dit eget nummer", "мій 41 50 0 7 22"),
        (
            "Hvad med dit eget nummer?",
            "Сорок один, п'ятдесят, нуль сім, двадцять два.",
        ),
        (
            "Og så dit eget nummer.",
            "Мій сорок один, п'ятдесят, нуль сім, двадцять два.",
        ),
    ] {
        let turns = after_cpr(&[
            "så er det poul holm der er logivært som ejer har du hans telefonnummer",
            "так двадцять тридцять п'ять сорок шістдесят вісім",
            "tyve fem og tredive fyrre otte og tres",
            "так",
            question,
            answer,
        ]);
        assert_eq!(value(&turns, "mover.phone"), "+4541500722", "{question}");
        assert_eq!(value(&turns, "host.phone"), "+4520354068", "{question}");
    }
}

#[test]
fn the_pair_at_the_end_is_put_right() {
    for answer in [
        "Тринадцять наприкінці.",
        "Тринадцять в кінці, вибачте.",
        "Останні тринадцять.",
    ] {
        let turns = after_cpr(&[
            "Hvad er dit telefonnummer?",
            "Мій п'ятдесят, двадцять сім, вісімдесят вісім, тридцять.",
            "Halvtreds, syvogtyve, otteogfirs, tredive?",
            answer,
            "Tretten.",
        ]);
        assert_eq!(value(&turns, "mover.phone"), "+4550278813", "{answer}");
    }
}

#[test]
fn what_is_sent_into_somebody_elses_digital_post_asks_nothing() {
    for sent in [
        "han får en erklæring fra os i sin digitale post i dag",
        "Poul får den i sin Digitale Post.",
        "vi sender erklæringen til hans digitale post",
    ] {
        let turns = after_cpr(&[sent, "добре я йому скажу"]);
        assert_eq!(value(&turns, "mover.digital_post"), Value::Null, "{sent}");
    }
}

#[test]
fn the_reporters_number_is_not_that_of_who_moves() {
    for noted in [
        "Det noterer jeg på sagen hos dig som fuldmagtshaver. Hendes eget felt lader jeg stå tomt.",
        "Hendes telefonnummer lader vi stå tomt.",
        "Den skriver jeg på dig som fuldmagtshaver.",
    ] {
        let turns = [
            "Er det dig selv, det drejer sig om?",
            "Ні, про маму. Вона лежача, сама не прийде, я маю від неї папір. Мене звати Андрій Павлюк, а вона Стефанія Павлюк.",
            "Det er en fuldmagt. Og hendes CPR-nummer?",
            "Чотирнадцять нуль два сорок два, п'ятнадцять чотирнадцять.",
            "140242-1514. Er der et nummer, vi kan ringe på?",
            "Мій: двадцять чотири, шістдесят п'ять, одинадцять, вісімдесят.",
            noted,
        ];
        assert_eq!(value(&turns, "mover.phone"), Value::Null, "{noted}");
    }
}

#[test]
fn the_landlords_number_is_the_landlords() {
    let turns = after_cpr(&[
        "Hvem lejer du af?",
        "Приватна особа. Ерік Вестергор.",
        "Kan du udlejerens nummer?",
        "Так, він у мене вбитий: вісімдесят шість, сорок, двадцять п'ять, тринадцять.",
    ]);
    assert_eq!(value(&turns, "host.phone"), "+4586402513");
    assert_eq!(value(&turns, "mover.phone"), Value::Null);
}
