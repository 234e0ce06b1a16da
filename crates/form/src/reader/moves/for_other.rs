//! Somebody reports for another: asked whether it is about themselves, or for a power of attorney.

use super::*;
use crate::reader::kin::Sex;

/// For how many turns at the start it may still turn out that somebody else moves.
const EARLY: usize = 8;

/// "Er det dig, der skal flytte?" – «Та де я! Тато», "handler det om dig selv eller en anden?" – «Про дядька»:
/// the relative is the one who moves.
pub(super) fn denies_self(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 || m.talked > EARLY || u.is_staff() || !asks_whether_self(&m.staff_words) {
        return;
    }
    let words = u.all_words();
    let Some(pointer) = refs
        .iter()
        .find(|r| !r.pronoun && matches!(r.who, Who::Person(_)))
    else {
        return;
    };
    let Who::Person(id) = pointer.who else { return };
    let kin = m.person(id).and_then(|p| p.kin);
    let at = u.word_at(pointer.bytes.start);
    let before = &words[..at];
    // «Про дядька», «за маму прийшла», «для брата»
    let about = before
        .iter()
        .rev()
        .take(2)
        .any(|w| matches!(*w, "про" | "за" | "для" | "замість"));
    let not_me = before.windows(2).any(|w| {
        matches!(
            w,
            [
                "не",
                "я" | "мене" | "мені" | "собі" | "себе" | "сам" | "сама"
            ] | ["де" | "куди", "я" | "мені"]
        )
    }) || before
        .windows(3)
        .any(|w| matches!(w, ["не", "про" | "за" | "для" | "на", "мене" | "себе"]));
    let no = before
        .first()
        .is_some_and(|w| matches!(*w, "ні" | "нє" | "нет"));
    // «Ні, ми з чоловіком», «я й мама»: both.
    let with = before
        .iter()
        .rev()
        .take(2)
        .any(|w| matches!(*w, "з" | "із" | "зі" | "і" | "й" | "та" | "ми"))
        && !about
        && at > 0
        && !not_me;
    // "Hvem er det, vi skal melde?" – «Мого дядька Августина»
    let whom = at <= 2
        && before
            .last()
            .is_some_and(|w| matches!(*w, "мого" | "мою" | "нашого" | "нашу" | "свого" | "свою"))
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "melde" | "anmelde" | "flytte" | "gælder"));
    let short = at <= 8;
    let known = kin.is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Children));
    if known && short && !with && (about || not_me || whom || no && at <= 3) {
        become_mover(m, id);
    }
}

/// "Er det dig, der skal flytte?", "drejer det sig om dig selv?", "for dig selv eller en anden?"
fn asks_whether_self(staff: &[String]) -> bool {
    let words: Vec<&str> = staff.iter().map(String::as_str).collect();
    let near = |a: &str, list: &[&str]| {
        words
            .iter()
            .enumerate()
            .filter(|(_, w)| **w == a)
            .any(|(at, _)| words[at + 1..].iter().take(3).any(|w| list.contains(w)))
    };
    let moves = [
        "flytte", "flytter", "flyttet", "anmelder", "melder", "anmelde", "melde",
    ];
    let who = words.windows(2).any(|w| {
        matches!(
            w,
            ["hvem", "flytter" | "skal"] | ["hvem", "er"] | ["egne", "vegne"]
        )
    }) && words.iter().any(|w| moves.contains(w) || *w == "vegne");
    words.windows(3).any(|w| w == ["er", "det", "dig"])
        && words.iter().any(|w| moves.contains(w) || *w == "selv")
        || near("dig", &["selv"])
            && words.iter().any(|w| {
                matches!(
                    *w,
                    "handler"
                        | "drejer"
                        | "gælder"
                        | "angår"
                        | "vedrører"
                        | "anden"
                        | "andre"
                        | "nogen"
                )
            })
        || who
}

/// "Anmeldelsen angår din mand", "så er du her på hans vegne": the employee says for whom it is.
pub(super) fn said_by_staff(m: &mut Memory, u: &Utterance<'_>, words: &[&str], question: bool) {
    if m.mover != 0 || m.talked > EARLY {
        return;
    }
    let on_behalf = words.windows(3).find_map(|w| match w {
        ["på", "hans", "vegne"] => Some(Sex::Male),
        ["på", "hendes", "vegne"] => Some(Sex::Female),
        _ => None,
    });
    let of_kin = words.windows(3).find_map(|w| {
        matches!(w[0], "angår" | "vedrører" | "gælder")
            .then(|| matches!(w[1], "din" | "dit"))
            .filter(|own| *own)
            .and_then(|_| crate::reader::kin::kin(w[2], Lang::Da))
    });
    // "Så melder du for din kone"
    let of_kin = of_kin.or_else(|| {
        words
            .windows(4)
            .find_map(|w| match w {
                ["du", "for", "din" | "dit", relative] => {
                    crate::reader::kin::kin(relative, Lang::Da)
                }
                _ => None,
            })
            .filter(|_| words.iter().any(|w| matches!(*w, "melder" | "anmelder")))
    });
    // "Så skriver vi sønnen som den, der flytter, og dig som den, der melder det."
    let as_mover = words
        .windows(4)
        .position(|w| matches!(w, ["som", "den", "der", "flytter" | "flyttes"]))
        .and_then(|at| {
            words[at.saturating_sub(3)..at]
                .iter()
                .rev()
                .find_map(|w| crate::reader::kin::kin(w, Lang::Da))
        })
        .filter(|kin| !matches!(kin, Kin::Children | Kin::Landlord));
    let report = words.iter().any(|w| {
        w.starts_with("anmeldelse")
            || w.starts_with("flytning")
            || matches!(*w, "det" | "melder" | "anmelder")
    });
    let person = match (on_behalf, of_kin) {
        (Some(sex), _) => {
            let mut fits = m.people.iter().filter(|p| {
                p.id != 0
                    && p.sex.is_none_or(|s| s == sex)
                    && p.kin.is_some_and(|k| k != Kin::Landlord)
            });
            match (fits.next(), fits.next()) {
                (Some(one), None) => Some(one.id),
                _ => None,
            }
        }
        _ if as_mover.is_some() && !question => as_mover.map(|kin| m.person_for_kin(kin)),
        (None, Some(kin)) if report && !question && kin != Kin::Children => {
            Some(m.person_for_kin(kin))
        }
        _ => None,
    };
    if let Some(id) = person {
        become_mover(m, id);
        let holds = words
            .iter()
            .any(|w| w.starts_with("forældremyndighedsindehaver"));
        if holds || as_mover.is_some_and(Kin::is_child) {
            let heard = Heard::new("custody_holder", u.evidence(0..0), 0.75);
            m.hear("case.reporter_role", heard);
        }
    }
}

/// "Har du en fuldmagt?", "noget på skrift om, at du må optræde for ham" – «Дав, дав», «а, ось», «паперова»: it
/// is there.
pub(super) fn hands_over_paper(m: &Memory, u: &Utterance<'_>) -> bool {
    let staff = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    let asked = staff(&["fuldmagt"])
        || staff(&["skrift", "papir"])
            && m.staff_words.iter().any(|w| w == "må")
            && staff(&["ham", "hende", "hans", "hendes"]);
    if !asked || !m.asked.asks(Topic::PowerOfAttorney) && !staff(&["skrift", "papir"]) {
        return false;
    }
    let words = u.all_words();
    let denied = words.iter().take(3).any(|w| {
        matches!(
            *w,
            "ні" | "нє" | "не" | "нема" | "немає" | "ніяку" | "ніякої" | "нету" | "яка"
        )
    });
    !denied
        && words.iter().take(3).any(|w| {
            matches!(
                *w,
                "є" | "так"
                    | "ось"
                    | "от"
                    | "осьо"
                    | "маю"
                    | "да"
                    | "звісно"
                    | "авжеж"
                    | "аякже"
                    | "дав"
                    | "дала"
                    | "дали"
                    | "підписав"
                    | "підписала"
                    | "написав"
                    | "написала"
                    | "паперова"
                    | "тримайте"
                    | "прошу"
            )
        })
}

/// «Хочу чоловіка переписати, він на буровій»: nobody but that relative moves. What a child needs is asked about
/// as for any other.
pub(super) fn wants_to_report(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 || m.talked > 4 || u.is_staff() || m.has(&Memory::key(0, "given_names")) {
        return;
    }
    let does = |w: &str| {
        [
            "переписати",
            "переписать",
            "перевести",
            "перевезти",
            "перереєструвать",
            "прописати",
            "прописать",
            "зареєструвати",
            "зареєструвать",
            "оформити",
            "оформить",
            "виписати",
            "виписать",
            "перереєструвати",
            "записати",
            "записать",
            "приписати",
            "перевести",
            "переселити",
            "зголосити",
        ]
        .contains(&w)
    };
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let Some(verb) = words.iter().position(|w| does(w)) else {
            continue;
        };
        let several = words.iter().any(|w| {
            matches!(
                *w,
                "себе" | "нас" | "мене" | "ми" | "і" | "й" | "та" | "дітей" | "собі"
            )
        });
        let mut here = refs.iter().filter(|r| {
            sentence.bytes.contains(&r.bytes.start) && !r.pronoun && matches!(r.who, Who::Person(_))
        });
        let Some(pointer) = here.next() else {
            continue;
        };
        // «Тещу хочу перевести: Мотря Кобилянська»: one and the same.
        if here.any(|r| r.who != pointer.who) {
            continue;
        }
        let Who::Person(id) = pointer.who else {
            continue;
        };
        let at = u.word_at(pointer.bytes.start) - sentence.words.start;
        // In the accusative right beside the verb: «чоловіка хочу переписати», «виписати батька».
        let word = words[at];
        let object = word.ends_with(['а', 'я', 'у', 'ю']) && at.abs_diff(verb) <= 3;
        let held = at.checked_sub(1).is_some_and(|b| {
            matches!(
                words[b],
                "до" | "від" | "в" | "у" | "з" | "із" | "для" | "на" | "біля"
            )
        });
        let kin = m.person(id).and_then(|p| p.kin);
        let grown = kin.is_some_and(|k| {
            k.is_couple()
                || k == Kin::InLaw
                || matches!(k.relation(), Some("parent" | "grandparent" | "sibling"))
        });
        let only = !several
            || words.windows(2).any(|w| w == ["до", "себе"])
                && words.iter().filter(|w| **w == "себе").count() == 1
                && !words
                    .iter()
                    .any(|w| matches!(*w, "нас" | "мене" | "ми" | "і" | "й" | "та" | "дітей"));
        if object && !held && grown && only {
            become_mover(m, id);
            return;
        }
    }
}

/// "Har du en fuldmagt?" – «Ні, ми ж разом живемо», "så melder du som husstand": a member of the household reports.
pub(super) fn household_member(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover == 0 || m.has("case.reporter_role") {
        return;
    }
    let words = u.all_words();
    if u.is_staff() {
        let says = words.windows(2).any(|w| {
            matches!(
                w,
                ["som", "husstand" | "husstandsmedlem"]
                    | ["samme", "husstand"]
                    | ["er", "husstandsmedlem"]
            )
        }) || words.windows(3).any(|w| w == ["af", "samme", "husstand"]);
        if says {
            let heard = Heard::new("household_member", u.evidence(0..0), 0.75);
            m.hear("case.reporter_role", heard);
        }
        return;
    }
    // "Melder du på hendes vegne?" – «Я за неї, ми ж одна родина»
    let behalf = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "vegne" | "fuldmagt"));
    let one_family = words.windows(2).any(|w| {
        matches!(
            w,
            ["одна" | "одній", "родина" | "сім'я" | "хаті" | "квартирі"] | ["разом", "живемо"]
        )
    });
    let family = behalf && one_family && !m.has("poa.used");
    if family {
        let heard = Heard::new("household_member", u.evidence(0..0), 0.7);
        m.hear("case.reporter_role", heard);
    }
    let asked = m.asked.asks(Topic::PowerOfAttorney)
        && m.staff_words.iter().any(|w| w.starts_with("fuldmagt"));
    let denied = words.iter().take(4).any(|w| {
        matches!(
            *w,
            "ні" | "нє" | "не" | "нема" | "немає" | "ніяку" | "ніякої"
        )
    });
    if asked && denied && !m.has("poa.used") {
        m.hear("poa.used", Heard::new(false, u.evidence(0..0), 0.7));
    }
}
