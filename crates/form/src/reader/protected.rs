//! For whom name and address protection is wanted, and whether it was had before.

use tolkebot_values::names;

use super::belief::{Act, Heard};
use super::facts::Hit;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;

/// From here on a word is a case of somebody's name.
const SAME_NAME: f32 = 0.8;

/// «Я хочу подати на тимчасовий захист», «у нас захист до березня, як у всіх»: the ground of a stay. It is protection of
/// name and address only where these are spoken of or asked about.
pub(super) fn of_the_stay(m: &Memory, u: &Utterance<'_>, words: &[&str], hit: &Hit) -> bool {
    let key = matches!(hit.row.key, "protection.requested" | "protection.existing");
    let says = |w: &&str| w.starts_with("захист");
    if !key || !words[hit.words.clone()].iter().any(says) {
        return false;
    }
    if words
        .windows(2)
        .any(|w| w[0].starts_with("тимчасов") && says(&w[1]))
    {
        return true;
    }
    let object = |w: &&str| {
        [
            "адрес",
            "ім'я",
            "імен",
            "прізвищ",
            "хова",
            "прихов",
            "видн",
            "секрет",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    // «У мене захист. Адресу вголос не називаю.»
    let kept_quiet = || {
        let all = u.all_words();
        all.iter().any(object)
            && all.windows(2).any(|w| {
                w[0] == "не"
                    && ["назива", "каж", "чита", "показу"]
                        .iter()
                        .any(|stem| w[1].starts_with(stem))
            })
    };
    let asked = m
        .asked
        .mentions_any(&[Topic::Protection, Topic::ProtectionExisting])
        || m.asked_before.asks(Topic::Protection)
        || m.has("protection.requested")
        || m.has("protection.existing");
    // «Бажаю захист, на всіх двох»
    let for_whom = words.windows(2).any(|w| {
        matches!(w[0], "на" | "для")
            && matches!(
                w[1],
                "всіх" | "усіх" | "обох" | "мене" | "себе" | "нас" | "дітей"
            )
    });
    !(asked || for_whom || words.iter().any(object) || kept_quiet() || flees(u, words))
}

/// «…, бо чоловік погрожує», «мені потрібен захист, я боюся колишнього»: whoever hides from somebody. Fear alone is also
/// that a stay is not prolonged.
fn flees(u: &Utterance<'_>, words: &[&str]) -> bool {
    let has = |list: &[&str], stems: &[&str]| {
        list.iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let all = u.all_words();
    let wished = has(
        words,
        &["потріб", "треба", "хочу", "хотіла", "хотів", "прошу"],
    );
    has(&all, &["погрож", "переслід", "насил"])
        || wished && has(&all, &["боюс", "боюся", "боїмос", "б'є", "бив"])
}

/// "Ønsker du adressebeskyttelse? Beskyttelsen varer et år.": what it is that is asked about, and nobody's wish; "jeg kan se
/// beskyttelsen udløb i sommer": what is over.
pub(super) fn explained(m: &Memory, words: &[&str], hit: &Hit) -> bool {
    let over = words[hit.words.end..].iter().any(|w| {
        matches!(
            *w,
            "udløb" | "udløbet" | "ophørte" | "ophørt" | "ophævet" | "slettet" | "ikke"
        )
    });
    let seen = words[hit.words.clone()].starts_with(&["jeg", "kan", "se"]);
    if hit.row.key == "protection.existing" && seen && over {
        return true;
    }
    hit.row.key == "protection.requested"
        && words[hit.words.clone()].contains(&"varer")
        && m.asked.asks(Topic::Protection)
}

/// Reads for whom: «для всіх трьох», "skal beskyttelsen også gælde din søn?" – «Так».
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() {
        had_before(m, u);
        thinks_again(m, u);
    }
    // «І так, бажаю захист, на всіх трьох», "så skriver jeg det på jer alle tre"
    let words = u.all_words();
    let whole = words.windows(3).any(|w| {
        matches!(
            w,
            [
                "на" | "для",
                "всіх" | "усіх",
                "трьох" | "чотирьох" | "нас" | "двох"
            ] | ["jer", "alle", "tre" | "fire" | "fem"]
        )
    });
    if whole && m.text_is("protection.requested", true) {
        let now = m.heard_now.iter().any(|k| k == "protection.requested");
        let spoken = words
            .iter()
            .any(|w| w.starts_with("захист") || w.starts_with("beskyt"));
        m.protect_all |= now || spoken;
    }
    some(m, u);
    until(m, u);
    // "Skal det gælde jer begge?", asked where protection is wanted.
    let goes_on = m.text_is("protection.requested", true)
        && m.staff_words.iter().any(|w| w == "gælde" || w == "gælder");
    // «Прошу сховати мене в системі, і сина теж»
    let wished = m.heard_now.iter().any(|k| k == "protection.requested");
    if u.is_staff() || !m.asked.mentions(Topic::Protection) && !goes_on && !wished {
        return;
    }
    adds_third(m, u);
    let mood = super::mood::mood(u);
    let words = u.all_words();
    let all = words.iter().any(|w| {
        matches!(
            *w,
            "всіх"
                | "усіх"
                | "обох"
                | "нас"
                | "дітей"
                | "дітям"
                | "сина"
                | "доньки"
                | "донька"
                | "доньку"
                | "доньці"
                | "дочку"
                | "дочки"
                | "дитину"
                | "дитини"
                | "дитині"
                | "дітьми"
                | "малого"
                | "малу"
                | "обидвох"
                | "обом"
                | "всім"
                | "усім"
                | "нам"
                | "їй"
                | "йому"
                | "двох"
                | "трьох"
                | "чотирьох"
                | "малої"
                | "малою"
                | "малим"
                | "малому"
                | "сином"
                | "синові"
                | "донькою"
                | "хлопців"
                | "хлопця"
                | "дівчат"
                | "дівчинки"
                | "дівчинку"
        )
    });
    let all = all && (!wished || m.asked.mentions(Topic::Protection) || also(&words));
    let asked_all = m.asked.kin().is_some_and(super::kin::Kin::is_child)
        || m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "jer" | "alle" | "begge" | "andre"));
    if !mood.objected && (all || asked_all && mood.agreed) {
        m.protect_all = true;
    }
}

/// "Ønsker du beskyttelse?" – «Ні.» – "Er du sikker?" – «Ой, ні, хочу захист.»
fn thinks_again(m: &mut Memory, u: &Utterance<'_>) {
    const KEY: &str = "protection.requested";
    let words = u.all_words();
    let wants = words
        .iter()
        .enumerate()
        .any(|(at, w)| matches!(*w, "хочу" | "бажаю") && (at == 0 || words[at - 1] != "не"));
    let named = words.iter().any(|w| w.starts_with("захист"));
    let asked_again = m.staff_words.iter().any(|w| w.starts_with("sikker"))
        && (m.asked.asks(Topic::Protection) || m.asked_before.asks(Topic::Protection));
    if m.text_is(KEY, false) && wants && (named || asked_again) {
        let heard = Heard::new(true, u.evidence(0..0), 0.75);
        m.hear(KEY, heard.act(Act::Correct));
    }
}

/// «І сина теж», «мене й дитину»: somebody beside the one who speaks.
fn also(words: &[&str]) -> bool {
    words
        .iter()
        .any(|w| matches!(*w, "теж" | "також" | "обох" | "нас" | "всіх" | "усіх"))
        || words
            .windows(2)
            .any(|w| matches!(w[0], "мене" | "мною" | "мені") && matches!(w[1], "і" | "й" | "та"))
}

/// "Er hun beskyttet med?" – «Ні, її треба додати, і її також»: wanted for her, too.
fn adds_third(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let third = words
        .iter()
        .any(|w| matches!(*w, "її" | "його" | "їх" | "дитину" | "сина" | "доньку"));
    let adds = words.iter().any(|w| {
        ["дода", "допиш", "впиш"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    let asked = m
        .asked
        .asks_any(&[Topic::Protection, Topic::ProtectionExisting]);
    let refused = words
        .windows(2)
        .any(|w| w[0] == "не" && (w[1] == "треба" || w[1].starts_with("дода")));
    if !(third && adds && asked) || refused {
        return;
    }
    let key = "protection.requested";
    let act = if m.has(key) { Act::Correct } else { Act::Say };
    m.hear(key, Heard::new(true, u.evidence(0..0), 0.7).act(act));
    m.protect_all = true;
}

/// "Så er det kun dig, i et år, til den syttende december": the employee says how long it lasts.
fn until(m: &mut Memory, u: &Utterance<'_>) {
    const SHORTEST: i64 = 300;
    let had = m.text_is("protection.existing", true);
    let spoken = (m.text_is("protection.requested", true) || had)
        && (m.context().mentions(Topic::Protection)
            || m.asked.mentions(Topic::Protection)
            || u.all_words().iter().any(|w| w.contains("beskyt")));
    let words = u.all_words();
    let lasts = words
        .windows(2)
        .any(|w| matches!(w, ["et" | "ét", "år"]) || w == ["til", "den"]);
    let Some(last) = m.dates_seen.iter().max().copied() else {
        return;
    };
    let days = last.duration_since(m.today).as_hours() / 24;
    // What is had already may end sooner.
    let far = days >= if had { 0 } else { SHORTEST };
    if u.is_staff() && spoken && lasts && far {
        let heard = Heard::new(last.to_string(), u.evidence(0..0), 0.75).unsure(true);
        m.hear("protection.until", heard);
    }
}

/// «На мене і на Марту», "så dig og Mira": for the mover and for who is named, and for nobody else.
fn some(m: &mut Memory, u: &Utterance<'_>) {
    let spoken = m.context().mentions(Topic::Protection)
        || m.asked.mentions(Topic::Protection)
        || m.staff_words.iter().any(|w| w.starts_with("gælde"));
    if !m.text_is("protection.requested", true) || !spoken {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let me = words
            .iter()
            .any(|w| matches!(*w, "мене" | "мені" | "себе" | "dig"));
        if !me || words.iter().any(|w| matches!(*w, "не" | "ікке" | "ikke")) {
            continue;
        }
        let named: Vec<PersonId> = m
            .household()
            .into_iter()
            .filter(|id| {
                m.text(&Memory::key(*id, "given_names"))
                    .is_some_and(|name| {
                        words.iter().any(|w| {
                            w.chars().count() >= 3 && names::same_name(name, w) >= SAME_NAME
                        })
                    })
            })
            .collect();
        if !named.is_empty() {
            m.protected = named;
        }
    }
}

/// "Skal beskyttelsen gælde jer begge?", "skal den også omfatte børnene?"
pub(super) fn asks_for_whom(m: &Memory) -> bool {
    let has = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    has(&["gælde", "gælder", "omfatte", "omfatter", "dække", "dækker"])
        && has(&["begge", "alle", "også", "børnene", "andre", "resten"])
}

/// «Ні, тільки мене», «лише я»
pub(super) fn only_me(u: &Utterance<'_>) -> bool {
    u.all_words().windows(2).any(|w| {
        matches!(w[0], "тільки" | "лише" | "лиш")
            && matches!(w[1], "мене" | "мені" | "я" | "себе" | "за" | "для" | "на")
    })
}

/// "Har I haft det før?" – «Ні, ніколи», asked where protection is wanted.
fn had_before(m: &mut Memory, u: &Utterance<'_>) {
    let has = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let key = "protection.existing";
    let wanted = m.text_is("protection.requested", true) && !m.has(key);
    let before = has(&["haft", "havde"]) && has(&["før", "tidligere", "forvejen", "allerede"])
        // "Har nogen af jer det allerede?"
        || has(&["har"]) && has(&["det", "den"]) && has(&["allerede", "forvejen"])
            && m.staff_words.len() <= 16;
    if !wanted || !before {
        return;
    }
    let mood = super::mood::mood(u);
    let words = u.all_words();
    // «Звідки, я тут уперше», «не мала я нічого»
    let never = words.contains(&"ніколи")
        || matches!(words.first(), Some(&("звідки" | "звідкіль" | "де")))
        || words
            .windows(2)
            .any(|w| matches!(w, ["не", "мала" | "мав" | "мали" | "було"]));
    if mood.objected || never {
        m.hear(key, Heard::new(false, u.evidence(0..0), 0.75));
    }
}
