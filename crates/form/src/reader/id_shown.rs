//! The paper by which somebody shows who they are: asked for and handed over, named by who holds it, or read aloud.

use super::belief::Heard;
use super::grounds::clauses;
use super::memory::Memory;
use super::utterance::Utterance;

const KEY: &str = "mover.id_document_type";

/// Reads which paper lies on the counter.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    // «Ось довіреність, а це мої права»: the agent's own.
    let agent = u.all_words().iter().any(|w| w.starts_with("довірен"));
    if m.has(KEY) || agent {
        return;
    }
    let paper = if u.is_staff() {
        read_aloud(m, u)
    } else {
        handed_over(m, u)
    };
    if let Some(paper) = paper {
        m.hear(KEY, Heard::new(paper, u.evidence(0..0), 0.7));
        let shown = match paper {
            "residence_card" => "residence_permit",
            other => other,
        };
        if matches!(shown, "passport" | "residence_permit") {
            super::permits::see(m, u, shown);
        }
    }
}

/// «Нате ось жовтеньку», «права тільки маю», "må jeg se passet?" – «Беріть.»
fn handed_over(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    // «Ні, лише посвідчення водія. Ось.»
    let only = u
        .all_words()
        .get(1)
        .is_some_and(|w| matches!(*w, "лише" | "тільки" | "лиш" | "ось" | "маю" | "є"));
    if matches!(u.all_words().first(), Some(&("ні" | "нє" | "нет"))) && !only {
        return None;
    }
    let wanted = wanted(m, &staff);
    let clauses = clauses(u, &["а", "але", "бо"]);
    let all = u.all_words();
    let gives = all.iter().take(12).any(|w| is_giving(w));
    let named = clauses
        .iter()
        .enumerate()
        .filter(|(_, c)| !is_absent(c) && !of_other(m, c))
        .find_map(|(at, c)| {
            let (paper, inside) = own_paper(m, c, &all, &staff)?;
            // «У паспорті так, ось, гляньте»: what stands in it is shown, else only told.
            let next = clauses
                .get(at + 1)
                .filter(|c| paper != "health_card" && c.len() <= 3);
            let beside = c.iter().any(|w| is_giving(w))
                || next.is_some_and(|c| c.iter().any(|w| is_giving(w)));
            // A card of which nobody says more is one only where it is handed over.
            let bare = paper != "national_id"
                && c.iter().any(|w| w.starts_with("карт"))
                && !c.iter().any(|w| is_yellow(w));
            let told = wanted.is_some() && !inside && !bare;
            // Who acts for somebody shows their own paper.
            let agent = m.mover != 0
                && c.iter()
                    .any(|w| matches!(*w, "мої" | "мій" | "моя" | "моє"));
            if agent {
                return None;
            }
            (beside || told).then_some(paper)
        });
    if named.is_some() {
        return named;
    }
    let Some(Wanted::Paper(paper)) = wanted else {
        return None;
    };
    let first = clauses.iter().find(|c| !c.is_empty())?;
    let yes = asks_for_it(&staff)
        && first.first().is_some_and(|w| {
            matches!(
                *w,
                "так"
                    | "є"
                    | "авжеж"
                    | "аякже"
                    | "звісно"
                    | "звичайно"
                    | "маю"
                    | "угу"
                    | "ага"
                    | "тут"
            )
        });
    let other = clauses
        .iter()
        .any(|c| own_paper(m, c, &all, &staff).is_some());
    let absent = clauses.iter().any(|c| is_absent(c));
    ((gives || yes) && !other && !absent).then_some(paper)
}

/// What the employee wants to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// This paper.
    Paper(&'static str),
    /// Whatever shows who somebody is.
    Any,
}

fn wanted(m: &Memory, staff: &[&str]) -> Option<Wanted> {
    let named = named_by_staff(m, staff);
    let request = staff.iter().any(|w| {
        matches!(
            *w,
            "se" | "vise"
                | "viser"
                | "vis"
                | "har"
                | "med"
                | "få"
                | "låne"
                | "læg"
                | "lægge"
                | "tak"
                | "frem"
                | "lad"
                | "begynde"
                | "giv"
                | "kigge"
                | "lægger"
                | "række"
                | "legitimation"
                | "papirer"
                | "bede"
        )
    });
    // "Har hun gult kort?", "Står der Eva eller Yeva i passet?"
    let other = m.mover == 0
        && staff
            .iter()
            .any(|w| matches!(*w, "hun" | "han" | "hans" | "hendes" | "deres"));
    let wording = staff.iter().any(|w| w.starts_with("stave"))
        || staff.windows(2).any(|w| matches!(w, ["i", "passet"]))
            && !staff.iter().any(|w| matches!(*w, "vise" | "se" | "vis"));
    if other || wording {
        return None;
    }
    if let Some(paper) = named.filter(|_| request || staff.len() <= 2) {
        return Some(Wanted::Paper(paper));
    }
    let id = staff
        .iter()
        .enumerate()
        .any(|(at, w)| *w == "id" && (at == 0 || staff[at - 1] != "mit"));
    let any =
        id || staff.iter().any(|w| {
            matches!(
                *w,
                "legitimation"
                    | "legitimerede"
                    | "legitimere"
                    | "billede"
                    | "papirer"
                    | "papirerne"
            )
        }) || staff.windows(2).any(|w| {
            matches!(
                w,
                ["noget", "med" | "på" | "at"] | ["vise", "mig"] | ["se", "på"] | ["viser", "hvem"]
            )
        }) || staff
            .windows(3)
            .any(|w| w[0] == "der" && w[1] == "viser" && w[2] == "hvem");
    any.then_some(Wanted::Any)
}

/// "Har du passet med?", "kørekortet på dig?": a mere «так» hands it over.
fn asks_for_it(staff: &[&str]) -> bool {
    staff.windows(2).any(|w| {
        matches!(
            w,
            ["har" | "tog", "du" | "i"]
                | ["er", "passet" | "kortet"]
                | ["passet" | "pas" | "kortet", "med"]
        )
    }) && staff.iter().any(|w| matches!(*w, "har" | "med" | "på"))
}

/// The paper that an employee names, where it is one.
fn named_by_staff(m: &Memory, words: &[&str]) -> Option<&'static str> {
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let is = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let mut found = Vec::new();
    let watch = words
        .windows(2)
        .any(|w| w[0] == "pas" && matches!(w[1], "på" | "godt"));
    if is(&["pas", "passet", "passene", "passets"]) && !watch {
        found.push("passport");
    }
    if starts(&["sundhedskort", "sygesikring"]) || is(&["gule", "gult"]) && starts(&["kort"]) {
        found.push("health_card");
    }
    if starts(&["kørekort"]) {
        found.push("driving_licence");
    }
    if starts(&["opholdskort", "opholdsbevis"]) {
        found.push("residence_card");
    }
    if found.is_empty() && is(&["kort", "kortet", "kortene"]) && !is(&["eller", "nyt"]) {
        found.push(plain_card(m));
    }
    match found.as_slice() {
        [paper] => Some(paper),
        ["passport", ..] if !is(&["eller", "ikke"]) => Some("passport"),
        _ => None,
    }
}

/// A card of which nobody says more: of who lives here the yellow one, of who arrives the one that lets them stay.
fn plain_card(m: &Memory) -> &'static str {
    let stay = m
        .staff_words
        .iter()
        .any(|w| w.starts_with("familiesammen") || w.starts_with("ophold"));
    if m.from_abroad.is_some() || stay {
        "residence_card"
    } else {
        "health_card"
    }
}

/// The paper that one clause of the citizen names, and whether it is only where something is written.
fn own_paper(
    m: &Memory,
    words: &[&str],
    all: &[&str],
    staff: &[&str],
) -> Option<(&'static str, bool)> {
    words.iter().enumerate().find_map(|(at, word)| {
        let starts = |stems: &[&str]| stems.iter().any(|s| word.starts_with(s));
        let near = |stems: &[&str]| {
            words[at.saturating_sub(3)..words.len().min(at + 4)]
                .iter()
                .any(|w| stems.iter().any(|s| w.starts_with(s)))
        };
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        let inside = words[at.saturating_sub(2)..at]
            .iter()
            .any(|w| matches!(*w, "в" | "у" | "на" | "по"));
        let paper = if starts(&["паспорт", "закордонн"]) || matches!(*word, "пас" | "паси")
        {
            if near(&["внутрішн", "id", "ід", "айді"]) {
                "national_id"
            } else {
                "passport"
            }
        } else if is_yellow(word) || starts(&["сундхед", "сунхед"]) {
            "health_card"
        } else if matches!(*word, "права" | "правах")
            && (wanted_licence(staff) || matches!(before, "мої" | "моїх"))
            && !near(&["батьк", "опік", "спільн", "суд"])
            || starts(&["водійськ", "кьорекорт", "керекорт"])
            || starts(&["посвідченн"]) && near(&["воді"])
        {
            "driving_licence"
        } else if matches!(*word, "ід" | "айді" | "id") && near(&["карт"]) {
            "national_id"
        } else if starts(&["посвідк", "опхолдскорт", "опхолскорт"])
            || starts(&["карт", "пластик"]) && stays(all)
        {
            "residence_card"
        } else if matches!(
            *word,
            "картка"
                | "картку"
                | "карта"
                | "карту"
                | "картці"
                | "карточка"
                | "карточку"
                | "карточці"
        ) && !near(&["водія", "банк", "проїзн", "студент", "бібліот"])
            && named_by_staff(m, staff).is_some_and(|p| p.ends_with("card"))
            && !super::asked_of_newcomers::speaks_of_stay(staff)
        {
            plain_card(m)
        } else {
            return None;
        };
        (before != "не" && before != "без").then_some((paper, inside))
    })
}

/// "Har du legitimation?", "kørekortet?": «права» are no rights then.
fn wanted_licence(staff: &[&str]) -> bool {
    staff.iter().any(|w| {
        w.starts_with("legitim")
            || w.starts_with("kørekort")
            || matches!(*w, "id" | "billede" | "navn")
    })
}

/// «Карта, пластикова, біло-рожева, з дозволом на проживання»
fn stays(words: &[&str]) -> bool {
    words.iter().any(|w| {
        ["прожив", "дозв", "перебув", "імміграц", "іміграц", "рожев"]
            .iter()
            .any(|stem| w.starts_with(stem))
    })
}

fn is_giving(word: &str) -> bool {
    matches!(
        word,
        "ось"
            | "осьо"
            | "осьде"
            | "осьдечки"
            | "от"
            | "оце"
            | "он"
            | "прошу"
            | "тримайте"
            | "тримай"
            | "нате"
            | "беріть"
            | "бери"
            | "візьміть"
            | "держіть"
            | "дивіться"
            | "подивіться"
            | "гляньте"
            | "погляньте"
            | "читайте"
            | "прочитайте"
            | "маю"
            | "кладу"
            | "даю"
            | "показую"
            | "захопила"
            | "захопив"
            | "тут"
            | "є"
            | "лежить"
            | "собою"
    )
}

/// «Нема», «вдома лишила», «згорів», «загубив», «ще не дали»
fn is_absent(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "міняю"
                | "міняють"
                | "нема"
                | "немає"
                | "нету"
                | "вдома"
                | "удома"
                | "ношу"
                | "прострочений"
        ) || [
            "забу",
            "загуб",
            "згорі",
            "вкра",
            "украд",
            "лиши",
            "залиш",
            "друку",
            "пропа",
            "поштою",
            "знайшл",
            "посольств",
            "консульств",
            "кишен",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    }) || words.windows(2).any(|w| {
        matches!(w[0], "не" | "нема")
            && [
                "маю",
                "взя",
                "бра",
                "дал",
                "прийш",
                "отрим",
                "знайш",
                "нош",
                "видал",
            ]
            .iter()
            .any(|stem| w[1].starts_with(stem))
    })
}

/// «У нього в паспорті», «мамин паспорт» of who reports for themselves.
/// «Жовта», «жовтеньку», but not «жовтня».
fn is_yellow(word: &str) -> bool {
    word.starts_with("жовт") && !word.starts_with("жовтн")
}

fn of_other(m: &Memory, words: &[&str]) -> bool {
    m.mover == 0
        && words.iter().any(|w| {
            matches!(
                *w,
                "нього"
                    | "неї"
                    | "його"
                    | "її"
                    | "чоловіка"
                    | "чоловіків"
                    | "дружини"
                    | "мамин"
                    | "мами"
                    | "сина"
                    | "доччин"
                    | "доньки"
                    | "жінчина"
                    | "них"
                    | "їхні"
                    | "тата"
                    | "брата"
                    | "сестри"
            )
        })
}

/// "Passet, tak. Kovalchuk, Ihor", "jeg læser af kortet", "på dit opholdskort står …"
fn read_aloud(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    u.sentences.iter().filter(|s| !s.question).find_map(|s| {
        let words = u.words(s.words.clone());
        let paper = named_by_staff(m, &words)?;
        let card = words.iter().any(|w| {
            w.contains("hedskort")
                || w.starts_with("ophold")
                || w.starts_with("gul")
                || w.starts_with("kørekort")
        });
        let says = words.windows(2).any(|w| {
            matches!(
                w[0],
                "passet"
                    | "passene"
                    | "pas"
                    | "kortet"
                    | "opholdskort"
                    | "sundhedskortet"
                    | "dit"
                    | "hans"
            ) && matches!(w[1], "siger" | "står" | "hedder" | "kalder" | "staves")
        });
        let reads = words
            .iter()
            .any(|w| matches!(*w, "læser" | "aflæser" | "sammenligner"));
        let rules = words.iter().any(|w| {
            matches!(
                *w,
                "man"
                    | "hvis"
                    | "når"
                    | "skal"
                    | "ikke"
                    | "får"
                    | "mangler"
                    | "nyt"
                    | "sender"
                    | "eller"
            )
        });
        let number = words.windows(3).any(|w| {
            matches!(w[0], "nummeret" | "navnet") && w[1] == "på" && w[2].starts_with("kort")
        });
        let named = m
            .heard_now
            .iter()
            .any(|k| k.starts_with(&Memory::key(m.mover, "")));
        let inside = named
            && words.windows(2).any(|w| {
                matches!(
                    w,
                    ["i", "passet" | "pas"] | ["passet" | "pas" | "passene", "tak"]
                )
            });
        let wording = words
            .iter()
            .any(|w| w.starts_with("stave") || *w == "hvorledes");
        ((says && (card || paper == "passport") || reads || number || inside && !wording) && !rules)
            .then_some(paper)
    })
}
