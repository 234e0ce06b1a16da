//! Who moves and who reports, said outright: «я не за себе, за свекруху», "så anmelder du for hende som far",
//! "så er det dig og drengen".

use super::*;
use crate::reader::kin::Sex;
use crate::reader::people::patronymic::NAME_FIELDS;

/// For how many turns at the start it may still turn out that somebody else moves.
const EARLY: usize = 8;

/// «Я не за себе прийшла, я за свекруху», «я тут замість тата», «тато сам не може, то я прийшов».
pub(super) fn comes_for_other(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 || m.talked > 4 || u.is_staff() {
        return;
    }
    let words = u.all_words();
    let not_me = words.windows(3).any(|w| {
        matches!(
            w,
            ["не", "за" | "про" | "для", "себе" | "мене"] | ["не", "від", "себе"]
        )
    });
    let persons = refs
        .iter()
        .filter(|r| !r.pronoun)
        .filter_map(|r| match r.who {
            Who::Person(id) => Some((id, u.word_at(r.bytes.start))),
            Who::Me => None,
        });
    for (id, at) in persons {
        let before = &words[at.saturating_sub(3)..at];
        let instead = matches!(
            before,
            [.., "замість"] | [.., "замість", _] | [.., "від", "імені"] | [.., "від", "імені", _]
        );
        let about = not_me
            && matches!(
                before,
                [.., "за" | "про" | "для"]
                    | [
                        ..,
                        "за" | "про" | "для",
                        "мою" | "мого" | "свою" | "свого" | "нашу" | "нашого"
                    ]
            );
        let kin = m
            .person(id)
            .and_then(|p| p.kin)
            .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Children));
        if kin && (instead || about) {
            become_mover(m, id);
            return;
        }
    }
}

/// "Så anmelder du for hende som far", "så melder du det som forælder", "du anmelder som medlem af husstanden": the
/// employee says who reports; whoever was spoken of last and fits is the one who moves.
pub(super) fn reports_as(m: &mut Memory, u: &Utterance<'_>, words: &[&str]) {
    if m.talked > EARLY || words.contains(&"hvis") {
        return;
    }
    let reports = words
        .iter()
        .any(|w| w.starts_with("anmeld") || matches!(*w, "melder" | "skriver" | "underskriver"))
        && words.iter().any(|w| matches!(*w, "du" | "dig"));
    let role = words.windows(2).find_map(|w| match w {
        [
            "som",
            "far" | "mor" | "forælder" | "forældre" | "forældremyndighedsindehaver",
        ] => Some("custody_holder"),
        ["medlem", "af"] | ["som", "husstandsmedlem" | "husstand"] => Some("household_member"),
        _ => None,
    });
    let Some(role) = role.filter(|_| reports) else {
        return;
    };
    let child = role == "custody_holder";
    let sex = words.iter().find_map(|w| match *w {
        "ham" | "han" | "hans" => Some(Sex::Male),
        "hende" | "hun" | "hendes" => Some(Sex::Female),
        _ => None,
    });
    if m.mover == 0 {
        let fits = m
            .people
            .iter()
            .filter(|p| p.id != 0 && Some(p.id) != m.host)
            .filter(|p| sex.is_none() || p.sex.is_none() || p.sex == sex)
            .filter(|p| {
                p.kin.is_some_and(|k| {
                    k != Kin::Children && k != Kin::Landlord && k.is_child() == child
                })
            })
            .max_by_key(|p| p.last_turn)
            .map(|p| p.id);
        let Some(id) = fits else { return };
        // A name that was taken for the citizen's and is the child's.
        let own = Memory::key(0, "given_names");
        let guessed = m.name_guessed && m.has(&own) && !m.has(&Memory::key(id, "given_names"));
        if guessed {
            for field in NAME_FIELDS {
                if let Some(belief) = m.beliefs.remove(&Memory::key(0, field)) {
                    m.beliefs.insert(Memory::key(id, field), belief);
                }
            }
            m.name_guessed = false;
        }
        become_mover(m, id);
    }
    m.hear(
        "case.reporter_role",
        Heard::new(role, u.evidence(0..0), 0.8),
    );
}

/// "Så er I to: dig og drengen", "det er både dig og din søster, der flytter": that one comes along.
pub(super) fn you_and(m: &mut Memory, words: &[&str]) {
    let sums_up = words.iter().any(|w| w.starts_with("flytte"))
        || words
            .windows(2)
            .any(|w| matches!(w, ["er", "det" | "i"] | ["det", "er"]));
    let refused = words.iter().any(|w| {
        matches!(
            *w,
            "ikke" | "eller" | "hvis" | "bor" | "bliver" | "har" | "mellem"
        )
    });
    if !sums_up || refused || m.mover != 0 {
        return;
    }
    let kin_of = |w: &str| crate::reader::kin::kin(w, Lang::Da);
    let found = words.windows(4).find_map(|w| match w {
        ["dig" | "du", "og", "din" | "dit", noun] => kin_of(noun),
        _ => None,
    });
    let definite = words.windows(3).find_map(|w| match w {
        ["dig" | "du", "og", noun] => kin_of(noun).filter(|k| k.is_child()),
        _ => None,
    });
    match found.or(definite) {
        Some(Kin::Children) => m.children_move = true,
        Some(Kin::Landlord) | None => {}
        Some(kin) => {
            let id = m.person_for_kin(kin);
            if m.host != Some(id) && m.person(id).is_some_and(|p| p.moves.is_none()) {
                set(m, id, true);
            }
        }
    }
}

/// "Så flytter kun du" – «Тільки я, діти не переписуються»: none of those who were named comes along.
pub(super) fn only_me(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 || u.is_staff() {
        return;
    }
    let asked = m.staff_words.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("kun" | "bare", "du" | "dig") | ("du", "alene")
        )
    }) && (m.staff_words.iter().any(|w| w.starts_with("flytte"))
        || m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]))
        && !m.asked.mentions(Topic::Custody);
    let words = u.all_words();
    let only = words
        .windows(2)
        .take(3)
        .any(|w| matches!(w, ["тільки" | "лише" | "лиш", "я"]));
    let affirmed = super::super::mood::mood(u).agreed && words.len() <= 4;
    if !asked || !(only || affirmed) {
        return;
    }
    let open: Vec<u32> = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.kin.is_some() && Some(p.id) != m.host)
        .map(|p| p.id)
        .filter(|id| !m.has(&Memory::key(*id, "cpr_number")))
        .collect();
    for id in open {
        set(m, id, false);
    }
    m.children_move = false;
    m.alone = Some(u.evidence(0..0));
}
