//! Streets of other people: where the employee's own family lives, where the citizen spent a few nights,
//! where a grandchild has a room.

use crate::reader::memory::Memory;

/// Whom an employee tells about: "min svoger bor på …", "mine forældre boede på …".
fn own_people(word: &str) -> bool {
    const STEMS: [&str; 36] = [
        "bror",
        "brødre",
        "søster",
        "søstre",
        "svoger",
        "svigerinde",
        "svigerfar",
        "svigermor",
        "svigersøn",
        "svigerdatter",
        "svigerforældre",
        "faster",
        "moster",
        "onkel",
        "tante",
        "fætter",
        "kusine",
        "mormor",
        "farmor",
        "morfar",
        "farfar",
        "bedste",
        "forældre",
        "datter",
        "døtre",
        "søn",
        "niece",
        "nevø",
        "veninde",
        "venner",
        "nabo",
        "kolleg",
        "kæreste",
        "barnebarn",
        "børnebørn",
        "barndom",
    ];
    matches!(
        word,
        "mor"
            | "far"
            | "mand"
            | "kone"
            | "ven"
            | "chef"
            | "gamle"
            | "egen"
            | "eget"
            | "ældste"
            | "yngste"
    ) || STEMS.iter().any(|stem| word.starts_with(stem))
}

/// Whether an employee tells of a street of their own life: "min svoger bor i Skive, på Resenvej otteogtyve",
/// "jeg har selv boet på …".
pub(super) fn of_staff(left: &[&str], right: &[&str]) -> bool {
    let near: Vec<&str> = left.iter().rev().take(10).rev().copied().collect();
    let mine = near
        .windows(2)
        .any(|w| matches!(w[0], "min" | "mit" | "mine" | "vores") && own_people(w[1]));
    // Whoever speaks of the citizen again has come back to the matter.
    let back = near.iter().rposition(|w| {
        matches!(
            *w,
            "du" | "din" | "dit" | "dine" | "i" | "jeres" | "dig" | "jer"
        )
    });
    let told = near
        .iter()
        .rposition(|w| matches!(*w, "min" | "mit" | "mine" | "vores"));
    // "i Skive" is no address of anybody.
    let spoken_to = back.is_some_and(|at| near[at] != "i" && told.is_none_or(|told| at > told));
    let myself = near.windows(3).any(|w| {
        matches!(
            w,
            ["jeg", "bor" | "boede", "selv" | "også"]
                | ["jeg", "har", "selv"]
                | ["boede", "jeg", "selv" | "også"]
                | ["bor", "jeg", "selv" | "også"]
                | ["selv", "boet" | "boede", _]
        )
    });
    let behind = right.windows(4).take(4).any(|w| {
        w[0] == "der"
            && matches!(w[1], "bor" | "boede")
            && matches!(w[2], "min" | "mine")
            && own_people(w[3])
    }) || right
        .windows(3)
        .take(3)
        .any(|w| w[0] == "bor" && matches!(w[1], "min" | "mine") && own_people(w[2]));
    // "En adresse ser sådan her ud: …"
    let example = near
        .windows(2)
        .any(|w| w == ["ser", "sådan"] || w == ["for", "eksempel"]);
    (mine || myself) && !spoken_to || behind || example
}

/// "Jeg har jer på Bådsmandsvej fireogtyve for Danylo og Byvej seksogfyrre for dig": where somebody else stands.
pub(super) fn registered_for(m: &Memory, right: &[&str]) -> bool {
    let Some(at) = right.iter().take(6).position(|w| *w == "for") else {
        return false;
    };
    let Some(whom) = right.get(at + 1) else {
        return false;
    };
    let mut others = m.people.iter().filter(|p| p.id != m.mover);
    matches!(*whom, "ham" | "hende")
        || others.any(|p| {
            m.text(&Memory::key(p.id, "given_names"))
                .is_some_and(|name| tolkebot_values::fold(name) == *whom)
        })
}

/// «Господар живе на Егевей один, … А ми самі — …»: where whoever lets the home lives, told apart from the citizen's.
pub(super) fn of_landlord(left: &[&str], words: &[&str]) -> bool {
    let near: Vec<&str> = left.iter().rev().take(5).rev().copied().collect();
    let lives = near.windows(2).any(|w| {
        ["господар", "хазяїн", "хазяйк", "власни", "орендодав"]
            .iter()
            .any(|stem| w[0].starts_with(stem))
            && matches!(w[1], "живе" | "мешкає" | "сам" | "сама")
    });
    lives
        && words
            .windows(2)
            .any(|w| matches!(w, ["а", "ми" | "я"] | ["ми" | "я", "самі" | "сам" | "сама"]))
}

/// Whether somebody is a guest for a few nights there: «дві ночі в подружки на …», «пару днів у брата на …».
pub(super) fn for_some_nights(left: &[&str]) -> bool {
    let near: Vec<&str> = left.iter().rev().take(9).rev().copied().collect();
    let with = near.windows(2).any(|w| {
        matches!(w[0], "в" | "у" | "біля" | "до")
            && [
                "подру",
                "друга",
                "друзів",
                "приятел",
                "товариш",
                "знайом",
                "сестри",
                "брата",
                "тітки",
                "дядька",
                "дочки",
                "доньки",
                "сина",
                "батьків",
                "мами",
                "тата",
                "куми",
                "кума",
                "сусід",
                "хлопця",
                "дівчини",
                "колеги",
                "родич",
                "внук",
                "онук",
                "бабусі",
                "племінни",
                "свах",
                "свекрух",
                "дівера",
                "невістки",
                "зятя",
            ]
            .iter()
            .any(|stem| w[1].starts_with(stem))
    });
    let nights = near.iter().any(|w| {
        matches!(
            *w,
            "ночі" | "ночей" | "ніч" | "днів" | "дні" | "тиждень" | "тижні"
        ) || [
            "ночував",
            "ночувал",
            "перебу",
            "побу",
            "пересид",
            "перекант",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let few = near.iter().any(|w| {
        matches!(
            *w,
            "одну"
                | "дві"
                | "три"
                | "кілька"
                | "декілька"
                | "пару"
                | "першу"
                | "два"
                | "тиждень"
        ) || w.starts_with("перебу")
            || w.starts_with("побу")
            || w.starts_with("перекант")
    });
    with && nights && few
}

/// «Там, де ми всі були»: the home that was shared, whoever is asked for.
pub(super) fn where_we_were(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        let behind = &words[at + 1..(at + 5).min(words.len())];
        *w == "де"
            && behind.iter().any(|w| matches!(*w, "ми" | "я"))
            && behind
                .iter()
                .any(|w| matches!(*w, "були" | "жили" | "жив" | "жила" | "був" | "була"))
    })
}

/// Whether a third person lives there: «він у центрі живе, на …», «донька мешкає на …».
pub(super) fn where_they_live(left: &[&str]) -> bool {
    let near: Vec<&str> = left.iter().rev().take(12).rev().copied().collect();
    let Some(lives) = near
        .iter()
        .rposition(|w| matches!(*w, "живе" | "живуть" | "мешкає" | "мешкають" | "проживає"))
    else {
        return false;
    };
    let own = |w: &&&str| {
        matches!(
            **w,
            "я" | "ми" | "мене" | "нас" | "мені" | "нам" | "де" | "звідти" | "туди"
        )
    };
    !near.iter().skip(lives.saturating_sub(5)).any(|w| own(&w))
        && near[..lives].iter().any(|w| {
            matches!(
                *w,
                "він"
                    | "вона"
                    | "вони"
                    | "син"
                    | "донька"
                    | "дочка"
                    | "брат"
                    | "сестра"
                    | "внук"
                    | "онук"
                    | "внучка"
                    | "онучка"
                    | "подруга"
                    | "друг"
                    | "мама"
                    | "тато"
                    | "батьки"
                    | "кум"
                    | "кума"
                    | "тітка"
                    | "дядько"
                    | "бабуся"
                    | "хлопець"
                    | "дівчина"
                    | "чоловік"
                    | "дружина"
                    | "жінка"
            )
        })
}
