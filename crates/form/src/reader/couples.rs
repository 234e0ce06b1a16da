//! What those who move together are to each other, where it is told of both: «ми зареєстровані партнери», «не одружені, але
//! живемо разом», «одружені, рік завтра», «кореші по роботі».

use super::kin::{Kin, Sex, kin};
use super::memory::{Memory, Person};
use super::mood;
use super::people::minors;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::{Evidence, PersonId};

/// The citizen told of the wedding with whoever comes along, as a note of nobody.
pub(super) const WEDDING: &str = "couple.wed";

/// The two are registered partners, as a note of nobody.
pub(super) const PARTNERS: &str = "couple.registered";

/// The two live together without being married.
const UNMARRIED: &str = "couple.unmarried";

/// The two are married to each other.
const MARRIED: &str = "couple.married";

/// Husband or wife has died, as a note of nobody.
pub(super) const WIDOWED: &str = "couple.widowed";

/// Notes what is told of both, and gives it to the one who came along and of whom nothing else is known.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 {
        return;
    }
    let told = match u.is_staff() {
        true => by_staff(u),
        false => by_citizen(m, u),
    };
    if let Some(note) = told {
        m.note(note, "yes", u.evidence(0..0));
    }
    if !u.is_staff()
        && u.sentences
            .iter()
            .any(|s| buried(&u.words(s.words.clone())))
    {
        m.note(WIDOWED, "yes", u.evidence(0..0));
    }
    friends(m, u);
    settle(m);
}

/// «Чоловіка я поховала три роки тому»
fn buried(words: &[&str]) -> bool {
    (0..words.len()).any(|at| {
        let near = &words[at.saturating_sub(2)..(at + 3).min(words.len())];
        words[at].starts_with("похова")
            && near
                .iter()
                .any(|w| kin(w, tolkebot_protocol::Lang::Uk).is_some_and(Kin::is_couple))
    })
}

/// "Så er I registrerede partnere."
fn by_staff(u: &Utterance<'_>) -> Option<&'static str> {
    let told = u.sentences.iter().filter(|s| !s.question).any(|s| {
        let words = u.words(s.words.clone());
        let both = words
            .windows(2)
            .any(|w| matches!(w, ["er", "i"] | ["i", "er"]));
        both && words.windows(2).any(|w| w == ["registrerede", "partnere"])
            && !words
                .iter()
                .any(|w| matches!(*w, "ikke" | "eller" | "hvis"))
    });
    (told && u.written).then_some(PARTNERS)
}

fn by_citizen(m: &mut Memory, u: &Utterance<'_>) -> Option<&'static str> {
    let words = u.all_words();
    if registered(m, u, &words) {
        return Some(PARTNERS);
    }
    let stem = |stems: &[&str]| {
        words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let asked = m.asked.asks(Topic::Married) && m.from_abroad.is_none();
    let wedding_to_come = stem(&["весілл"])
        && stem(&[
            "ще",
            "аж",
            "буде",
            "скоро",
            "навесні",
            "влітку",
            "восени",
            "взимку",
            "наступн",
        ])
        || words
            .windows(2)
            .any(|w| w[0] == "весілля" && matches!(w[1], "в" | "у"));
    let engaged = stem(&["заручен", "розпишем", "поберем", "одружим"]);
    let together = words
        .iter()
        .any(|w| matches!(*w, "ми" | "разом" | "живемо" | "нас" | "обоє"));
    if engaged && together || asked && (engaged || wedding_to_come) {
        m.unmarried = true;
    }
    if m.unmarried && (together || asked) {
        return Some(UNMARRIED);
    }
    married(m, u, &words).then_some(MARRIED)
}

/// «Зареєстроване партнерство», «ми зареєстровані як партнери»; "er I registrerede partnere?" – «Так».
fn registered(m: &Memory, u: &Utterance<'_>, words: &[&str]) -> bool {
    let at = |stem: &str| words.iter().position(|w| w.starts_with(stem));
    let partnership =
        at("партнерств").is_some() || at("партнер").is_some() && at("зареєстрован").is_some();
    let refused = at("зареєстр").is_some_and(|at| at > 0 && words[at - 1] == "не");
    let over = words.iter().any(|w| {
        ["розірв", "розірва", "колишн", "розлуч"]
            .iter()
            .any(|s| w.starts_with(s))
    });
    let said = partnership && at("зареєстр").is_some() && !refused && !over;
    let asked = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "registrerede" && w[1] == "partnere")
        && !m.staff_words.iter().any(|w| w == "eller");
    said || asked && mood::mood(u).agreed && !m.objected
}

/// «Одружені, рік завтра», «ми розписані», "er I gift?" – «Так».
fn married(m: &Memory, u: &Utterance<'_>, words: &[&str]) -> bool {
    let wed = |w: &str| matches!(w, "одружені" | "розписані" | "подружжя" | "повінчані");
    let said = words.first().is_some_and(|w| wed(w))
        || words.windows(2).any(|w| w[0] == "ми" && wed(w[1]))
        || words
            .windows(3)
            .any(|w| w[0] == "ми" && matches!(w[1], "вже" | "давно" | "законно") && wed(w[2]));
    let asked = m.asked.asks(Topic::Married)
        && m.staff_words
            .windows(2)
            .any(|w| matches!((w[0].as_str(), w[1].as_str()), ("er", "i") | ("i", "er")))
        && m.staff_words.iter().any(|w| w == "gift");
    let agreed = asked && (mood::mood(u).agreed || words.iter().any(|w| wed(w)));
    (said || agreed) && !m.objected && !words.contains(&"не")
}

/// "Er I venner eller familie?" – «Кореші, не рідня»
fn friends(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "venner" | "veninder" | "kolleger" | "kammerater"
        )
    });
    let says = u.all_words().iter().any(|w| {
        [
            "друзі",
            "подруг",
            "кореш",
            "приятел",
            "товариш",
            "колег",
            "знайом",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    if asked && says && !u.is_staff() {
        m.we_are = m.we_are.or(Some(Kin::Friend));
    }
}

/// The one who came along and of whom only the name is known is what was told of both.
fn settle(m: &mut Memory) {
    let household = m.household();
    let open = |p: &Person| p.kin.is_none() && household.contains(&p.id);
    let open: Vec<PersonId> = m.people.iter().filter(|p| open(p)).map(|p| p.id).collect();
    if let Some(we_are) = m.we_are {
        for person in m.people.iter_mut().filter(|p| open.contains(&p.id)) {
            person.kin = Some(we_are).filter(|k| k.sex().is_none() || k.sex() == person.sex);
        }
        return;
    }
    adopts_ghost(m, &open);
    let taken = household.iter().any(|id| {
        m.person(*id)
            .and_then(|p| p.kin)
            .is_some_and(Kin::is_couple)
    });
    let couple = m.has(PARTNERS) || m.has(UNMARRIED);
    if taken || !couple && (!m.has(MARRIED) || m.children_spoken_of) {
        return;
    }
    let [id] = *open.as_slice() else {
        return;
    };
    let unsaid = !m.has(PARTNERS);
    let Some(one) = m.person_mut(id) else {
        return;
    };
    one.kin = match one.sex {
        _ if couple => Some(Kin::Partner),
        Some(Sex::Male) => Some(Kin::Husband),
        Some(Sex::Female) => Some(Kin::Wife),
        None => None,
    };
    // That it is this one of whom it was told, is asked about.
    if unsaid && let Some(evidence) = name_evidence(m, id) {
        m.note(&Memory::key(id, minors::UNSAID), "yes", evidence);
    }
}

/// Where somebody's name was told.
fn name_evidence(m: &Memory, id: PersonId) -> Option<Evidence> {
    let slot = m.belief(&Memory::key(id, "given_names"))?.slot()?;
    slot.evidence.first().cloned()
}

/// «Ми вдвох із нареченим» … «Ігор Вишня»: the one who was spoken of without a name and the one of whom only the name is
/// known are the same.
fn adopts_ghost(m: &mut Memory, open: &[PersonId]) {
    let data = |m: &Memory, id: PersonId| {
        ["given_names", "cpr_number", "birth_date"]
            .iter()
            .any(|field| m.has(&Memory::key(id, field)))
    };
    let ghosts: Vec<PersonId> = m
        .people
        .iter()
        .filter(|p| p.kin.is_some_and(Kin::is_couple) && p.moves == Some(true))
        .filter(|p| Some(p.id) != m.host && !data(m, p.id))
        .map(|p| p.id)
        .collect();
    let ([ghost], [one]) = (ghosts.as_slice(), open) else {
        return;
    };
    let (Some(ghost), Some(sex)) = (m.person(*ghost).cloned(), m.person(*one).map(|p| p.sex))
    else {
        return;
    };
    let fits = ghost.sex.is_none() || sex.is_none() || ghost.sex == sex;
    let named = m.has(&Memory::key(*one, "given_names"));
    if !fits || !named || m.children_spoken_of {
        return;
    }
    if let Some(person) = m.person_mut(*one) {
        person.kin = ghost.kin;
    }
    if let Some(person) = m.person_mut(ghost.id) {
        person.moves = None;
        person.kin = None;
    }
}

/// «Живемо так, без штампа»: whoever is called husband or wife is a cohabitant.
pub(super) fn unmarried(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let words = u.all_words();
    let has = |pairs: &[(&str, &str)]| {
        words
            .windows(2)
            .any(|w| pairs.iter().any(|(a, b)| w[0] == *a && w[1].starts_with(b)))
    };
    let says = has(&[
        ("без", "штамп"),
        ("без", "шлюб"),
        ("не", "розписан"),
        ("не", "розписувал"),
        ("не", "розписал"),
        ("не", "одружен"),
        ("не", "одружил"),
        ("не", "одружувал"),
        ("не", "жонат"),
        ("не", "побрал"),
        ("цивільний", "шлюб"),
        ("цивільному", "шлюб"),
        ("цивільним", "шлюб"),
        ("цивільний", "чоловік"),
        ("цивільна", "дружин"),
        ("громадянському", "шлюб"),
        ("громадянський", "шлюб"),
    ]);
    // «Він мені ще не чоловік»
    let says = says
        || words
            .windows(3)
            .any(|w| matches!(w, ["ще" | "мені", "не", "чоловік" | "дружина" | "жінка"]));
    let living = words.iter().any(|w| matches!(*w, "живемо" | "разом"));
    let asked = m.asked.asks(Topic::Married)
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "i" | "jer"))
        && mood::mood(u).objected
        && living;
    let married = words.iter().any(|w| {
        matches!(
            *w,
            "розписалися" | "розписалась" | "одружилися" | "одружені" | "розписані"
        )
    });
    if words.iter().any(|w| {
        matches!(
            *w,
            "розписалися"
                | "розписались"
                | "одружилися"
                | "одружились"
                | "побралися"
                | "повінчалися"
        )
    }) && !says
    {
        m.note(WEDDING, "yes", u.evidence(0..0));
    }
    // «Ми керестер», «ми пара», «зустрічаємось»
    let couple = words
        .iter()
        .any(|w| w.starts_with("керест") || w.starts_with("зустрічаєм"))
        || words
            .windows(2)
            .any(|w| w == ["ми", "пара"] || w == ["просто", "пара"]);
    if says || asked || couple {
        m.unmarried = true;
        // "Er I gift?" – «Ні, так живемо» of the one who came along.
        let open: Vec<PersonId> = m
            .household()
            .into_iter()
            .filter(|id| m.person(*id).is_some_and(|p| p.kin.is_none()))
            .collect();
        let of_both = m.asked.asks(Topic::Married) || words.contains(&"ми") || couple;
        if let [one] = open.as_slice()
            && of_both
            && let Some(person) = m.person_mut(*one)
        {
            person.kin = Some(Kin::Partner);
        }
    } else if married {
        m.unmarried = false;
    }
}
