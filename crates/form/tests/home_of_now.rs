//! The address on record that an employee reads out before they ask for the new one, and the address of a contact.

mod talk;

use serde_json::Value;

fn value(turns: &[&str], key: &str) -> Value {
    talk::slots(turns, jiff::civil::date(2026, 9, 8))
        .get(key)
        .map_or(Value::Null, |slot| slot["value"].clone())
}

#[test]
fn what_is_read_out_before_the_question_for_the_new_home_is_the_old_one() {
    for question in [
        "Hvor bor du nu?",
        "Og hvor er du flyttet hen?",
        "Hvor skal du så bo?",
    ] {
        let read = format!(
            "Syvogtyve nul fem otteoghalvfjerds, nitten fireogtyve, ja, det er den, der kommer frem. Klokkeskovvej nitten, \
             første til venstre, otte to seks nul Viby J. {question}"
        );
        let turns = [
            "Og dit CPR-nummer?",
            "Двадцять сім, нуль п'ять, сімдесят вісім, дев'ятнадцять двадцять чотири.",
            &read,
            "Гобровей сто двадцять вісім, двері праворуч.",
            "Hobrovej hundrede og otteogtyve, stuen til højre. Otte ni to nul Randers NV.",
        ];
        assert_eq!(
            value(&turns, "from.address_line"),
            "Klokkeskovvej 19, 1. tv, 8260 Viby J",
            "{question}"
        );
        assert_eq!(value(&turns, "to.street_name"), "Hobrovej", "{question}");
        assert_eq!(value(&turns, "to.house_number"), "128", "{question}");
    }
}

#[test]
fn somebody_here_to_whom_post_may_be_sent_is_a_contact() {
    for question in [
        "hvis der nu kommer papirpost efter jer er der så nogen her vi kan sende til",
        "er der nogen vi må skrive til",
    ] {
        let turns = [
            "hvor går turen hen",
            "у польщу у вроцлав виїжджаємо з данії",
            "du bor på herredsvej otte og halvfems tredje til venstre toogfirs ti aarhus v",
            "так",
            question,
            "у лариси брат живе у брабранді гудрунсвей двадцять перша сал праворуч",
            "gudrunsvej tyve første til højre toogfirs tyve brabrand den skriver jeg som kontaktadresse",
        ];
        assert_eq!(
            value(&turns, "departure.contact_address"),
            "Gudrunsvej 20, 1. th, 8220 Brabrand",
            "{question}"
        );
    }
}
