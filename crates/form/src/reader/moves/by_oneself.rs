//! Asked whether anybody comes along, the citizen says that they move alone: nobody who was only spoken of does.

use super::*;

/// "Flytter du alene?" – «Сама, як палець», "tager du nogen med dig?" – «Молодша сестра просилася, але ні. Я один.»
pub(super) fn says_alone(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !asks_for_company(m) || !tells_alone(m, u) {
        return;
    }
    for id in m.household() {
        if !was_written_down(m, id) {
            set(m, id, false);
        }
    }
    if m.household().is_empty() && m.mover == 0 {
        m.alone = Some(u.evidence(0..0));
    }
}

/// Number or birth date is known of whoever comes along for certain.
fn was_written_down(m: &Memory, id: u32) -> bool {
    m.has(&Memory::key(id, "cpr_number")) || m.has(&Memory::key(id, "birth_date"))
}

/// "Flytter du alene?", "flytter der nogen med dig?", "tager du nogen med?", "er du den eneste, der flytter?"
fn asks_for_company(m: &Memory) -> bool {
    let staff = &m.staff_words;
    let has = |list: &[&str]| staff.iter().any(|w| list.contains(&w.as_str()));
    let moves = has(&[
        "flytter", "flytte", "flyttet", "tager", "kommer", "rejser", "skal",
    ]);
    let you = has(&["du", "dig"]);
    let company =
        has(&["alene", "eneste"]) || has(&["nogen", "andre", "flere"]) && has(&["med", "sammen"]);
    let other = m.asked.mentions(Topic::Custody)
        || has(&["der"]) && has(&["bor", "boede"])
        || has(&["boede", "boet", "lægen", "læge"]);
    moves && you && company && !other
}

/// «Сама.», «лише я», «я один», «так» to "alene?", «ні» to "med?"
fn tells_alone(m: &Memory, u: &Utterance<'_>) -> bool {
    let asks_alone = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "alene" | "eneste"));
    let words = u.all_words();
    let with = words.iter().enumerate().any(|(at, w)| {
        matches!(*w, "з" | "із" | "зі")
            && words.get(at + 1).is_some_and(|next| {
                crate::reader::kin::kin(next, Lang::Uk).is_some() && !next.ends_with("ома")
            })
    });
    let we = words
        .iter()
        .any(|w| matches!(*w, "ми" | "нас" | "обоє" | "разом"));
    if with || we {
        return false;
    }
    let mood = crate::reader::mood::mood(u);
    if asks_alone && mood.agreed && !mood.hedged {
        return true;
    }
    u.sentences.iter().filter(|s| !s.question).any(|s| {
        let words = u.words(s.words.clone());
        let alone = |w: &str| {
            matches!(
                w,
                "сам"
                    | "сама"
                    | "один"
                    | "одна"
                    | "сам-один"
                    | "самісінька"
                    | "самісінький"
                    | "соло"
            )
        };
        let short = words.len() <= 4 && words.iter().any(|w| alone(w)) && !words.contains(&"не");
        let only = words.windows(2).any(|w| {
            matches!(
                w,
                ["тільки" | "лише" | "лиш", "я" | "мене"] | ["я", "один" | "одна"]
            )
        });
        short || only
    })
}

/// "Er det kun hende?" – «Тільки вона», "flytter han alene?" – «Сам, з двома валізами», "har hun børn med?" – «Вона
/// сама»: the one for whom somebody reports moves alone.
pub(super) fn third_alone(m: &mut Memory, u: &Utterance<'_>) {
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let moves = staff(&["flytter", "flytte", "flyttet", "flytningen"])
        && staff(&["alene", "eneste"])
        || m.staff_words
            .windows(3)
            .any(|w| w[0] == "er" && w[1] == "det" && w[2] == "kun")
        || staff(&["med"]) && staff(&["børn", "nogen", "andre"]);
    let about_other = staff(&["han", "hun", "ham", "hende"]);
    if u.is_staff() || m.mover == 0 || !moves || !about_other || !m.household().is_empty() {
        return;
    }
    let words = u.all_words();
    let alone = words.iter().any(|w| {
        matches!(
            *w,
            "сам" | "сама" | "один" | "одна" | "сам-один" | "тільки" | "лише"
        )
    });
    let with = words.windows(2).any(|w| {
        matches!(w[0], "з" | "із" | "зі") && crate::reader::kin::kin(w[1], Lang::Uk).is_some()
    });
    let denied = words.windows(2).any(|w| {
        w[0] == "не" && matches!(w[1], "сам" | "сама" | "один" | "одна" | "тільки" | "лише")
    });
    if alone && !with && !denied {
        m.alone = Some(u.evidence(0..0));
    }
}
