//! Papers of somebody who has just arrived, as they lie on the desk: the card whose ground or last day the employee
//! reads out, the bundle that is handed over, the passport that is asked for without a verb.

use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// Reads which papers of an arrival were seen.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let pass = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "pas" | "passet" | "passene") || w.starts_with("паспорт"));
    m.pass_spoken |= pass;
    if u.is_staff() {
        if reads_card(&u.all_words()) {
            see(m, u, "residence_permit");
        }
        return;
    }
    let words = u.all_words();
    let denied = words.iter().any(|w| {
        matches!(*w, "нема" | "немає" | "нету" | "ні")
            || w.starts_with("забу")
            || w.starts_with("загуб")
    }) || words.windows(2).any(|w| {
        w[0] == "не"
            && ["прислал", "прийш", "дали", "отрим", "видал"]
                .iter()
                .any(|s| w[1].starts_with(s))
    });
    if denied {
        return;
    }
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let says = |list: &[&str]| staff.iter().any(|w| list.contains(w));
    let (pass, card) = asked_for(&staff);
    let gives = words.iter().take(5).any(|w| {
        matches!(
            *w,
            "ось"
                | "осьо"
                | "от"
                | "оце"
                | "прошу"
                | "тримайте"
                | "нате"
                | "візьміть"
                | "держіть"
                | "дивіться"
        )
    }) || words.windows(2).any(|w| {
        matches!(
            w,
            ["усе" | "все" | "всі" | "усі", "є" | "тут"]
                | ["усі" | "всі", "чотири" | "три" | "два" | "п'ять"]
        )
    });
    let wants = says(&[
        "bruge",
        "se",
        "tak",
        "disken",
        "bede",
        "papirerne",
        "papirer",
        "mangler",
        "med",
        "kigge",
        "vise",
    ]);
    if gives && wants && pass {
        see(m, u, "passport");
    }
    let has = gives
        || matches!(
            words.first(),
            Some(&("є" | "маю" | "так" | "да" | "ага" | "картка" | "картки"))
        );
    let dated = words
        .iter()
        .any(|w| w.starts_with("дійсн") || w.starts_with("захист"));
    if card && (gives && wants || m.asked.asks(Topic::Permit) && (has || dated)) {
        see(m, u, "residence_permit");
    }
    let named = words.iter().any(|w| {
        ["картк", "карточк", "карт", "посвідк", "дозв"]
            .iter()
            .any(|s| w.starts_with(s))
    });
    let shown = words.iter().any(|w| {
        matches!(
            *w,
            "ось" | "осьо" | "оце" | "оця" | "бачите" | "тримайте" | "нате"
        )
    });
    let other = words.iter().any(|w| {
        ["жовт", "сім", "банк", "медичн", "телефон", "проїзн"]
            .iter()
            .any(|s| w.starts_with(s) && *w != "сім")
    });
    if named && shown && !other {
        see(m, u, "residence_permit");
    }
}

/// Whether a passport and a card are asked for: "Pas og kort, tak", "så skal jeg bruge passene og opholds kortene".
fn asked_for(staff: &[&str]) -> (bool, bool) {
    let pass = staff
        .iter()
        .any(|w| matches!(*w, "pas" | "passet" | "passene"));
    let card = staff.iter().enumerate().any(|(at, w)| {
        w.starts_with("opholds")
            || pass
                && matches!(*w, "kort" | "kortet" | "kortene")
                && !at
                    .checked_sub(1)
                    .is_some_and(|b| matches!(staff[b], "gule" | "gult"))
    });
    (pass, card)
}

/// "Kortet gælder til …", "det er efter særloven": the employee has the card before them.
fn reads_card(words: &[&str]) -> bool {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let pair = |a: &str, b: &str| {
        words
            .windows(2)
            .any(|w| w[0].starts_with(a) && w[1].starts_with(b))
    };
    let law = starts(&["særlov"]) || pair("sær", "lov");
    let card = starts(&[
        "opholdskort",
        "opholdstilladelse",
        "tilladelse",
        "kortet",
        "kortene",
    ]) || pair("opholds", "kort");
    let lasts = starts(&["gyldig", "gælder", "gælde", "løber", "udløber", "udstedt"])
        || pair("står", "til");
    let wanted =
        starts(&["mangler", "sendes", "posten", "hvis", "når", "oplys"]) || starts(&["ikke"]);
    let yellow = starts(&["gule", "gult"]);
    (law || card && lasts && !yellow) && !wanted
}

pub(super) fn see(m: &mut Memory, u: &Utterance<'_>, paper: &'static str) {
    let key = "mover.id_document_type";
    if paper == "passport" && !m.has(key) && m.from_abroad.is_some() {
        m.hear(
            key,
            super::belief::Heard::new("passport", u.evidence(0..0), 0.7),
        );
    }
    let missing = m.missing.iter().any(|(p, _)| *p == paper);
    if !missing && !m.shown.iter().any(|(p, _)| *p == paper) {
        m.shown.push((paper, u.evidence(0..0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str) -> bool {
        reads_card(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn a_card_that_is_read_out_lies_on_the_desk() {
        assert!(reads("kortet løber til femtende marts"));
        assert!(reads("jeres opholds kort gælder til den første maj"));
        assert!(reads("det er efter særloven"));
        assert!(!reads("så får du en læge og et gult kort"));
        assert!(!reads("opholdskortet mangler"));
        assert!(!reads("oplys venligst opholdstilladelse gyldig til"));
    }

    #[test]
    fn passports_and_cards_are_asked_for_without_a_verb() {
        let split = |text: &str| asked_for(&text.split(' ').collect::<Vec<_>>());
        assert_eq!(split("pas og kort tak"), (true, true));
        assert_eq!(split("må jeg se dit pas"), (true, false));
        assert_eq!(split("har du det gule kort"), (false, false));
    }
}
