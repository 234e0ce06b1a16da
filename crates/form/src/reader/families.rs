//! The children's other parent, and with whom the children lived, where the question itself holds the answer.

use tolkebot_protocol::{Lang, Speaker};

use super::belief::Heard;
use super::kin::{Kin, Sex, kin};
use super::memory::Memory;
use super::mood;
use super::parted::speaks_for_children;
use super::sentences::Sentence;
use super::targets::of_the_speaker;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;

/// For how many turns a parent of the children stays the one whom "han" or "hun" may mean.
const SPOKEN_OF: usize = 6;

/// "… femten treogtyve og din kone", "… tre og tres og børnene": the relative that a turn without signs ends on is
/// asked about.
pub(super) fn ends_on_relative(u: &Utterance<'_>) -> Option<Kin> {
    let words = u.all_words();
    let [.., before, last] = words.as_slice() else {
        return None;
    };
    let definite =
        matches!(*before, "og" | "så") && last.ends_with(['n', 'e', 't']) && last.len() > 5;
    let yours = matches!(*before, "din" | "dit" | "dine" | "jeres") || definite;
    if u.written || u.lang() == Lang::Uk || !yours {
        return None;
    }
    kin(last, u.lang())
}

/// "Hvad hedder de?", "er det begge?": a question that leans on the relatives named right before.
pub(super) fn leans_on(u: &Utterance<'_>, sentence: &Sentence, kin: Kin) -> bool {
    let words = u.words(sentence.words.clone());
    let asks = words.len() <= 10
        && words.iter().any(|w| {
            matches!(*w, "hedder" | "begge" | "numre" | "numrene") || w.starts_with("cpr")
        });
    let meant = |w: &&str| match kin {
        Kin::Children => matches!(*w, "de" | "dem" | "deres" | "begge" | "alle"),
        // "… og så manden og hans datter. Hvad hedder han?" is no daughter.
        _ if kin.sex() == Some(Sex::Female) => matches!(*w, "hun" | "det" | "den" | "hendes"),
        _ if kin.sex() == Some(Sex::Male) => matches!(*w, "han" | "det" | "den" | "hans"),
        _ => matches!(*w, "han" | "hun" | "det" | "den" | "hans" | "hendes"),
    };
    asks && words.iter().any(meant)
}

/// The child or children that a statement names last: "Så tager vi ungerne imens."
pub(super) fn last_relative(u: &Utterance<'_>, sentence: &Sentence) -> Option<Kin> {
    let words = u.words(sentence.words.clone());
    let (at, found) = (0..words.len())
        .rev()
        .find_map(|at| Some((at, kin(words[at], u.lang())?)))?;
    (found.is_child() && !of_the_speaker(&words, at)).then_some(found)
}

/// Notes that a parent of the children is spoken of: "er det samme far", "hans far", "faren".
pub(super) fn spoken_of(m: &mut Memory, u: &Utterance<'_>) {
    m.minors_spoken_of |= u.all_words().iter().any(|w| {
        kin(w, u.lang()).is_some_and(Kin::is_child)
            || [
                "forældremyndig",
                "barn",
                "dreng",
                "pige",
                "дитин",
                "дитят",
                "хлопчик",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    if !speaks_for_children(m) || !has_children(m) {
        return;
    }
    let words = u.all_words();
    if u.turn.speaker != Speaker::Staff {
        // «З колишнім на двох», where custody or the other parent is spoken of.
        let asked = m.asked.asks_any(&[
            Topic::Custody,
            Topic::OtherParentName,
            Topic::OtherParentMoves,
            Topic::OtherParentAgrees,
        ]);
        let ex = |stems: &[&str]| words.iter().any(|w| stems.contains(w));
        let sex = if ex(&[
            "колишній",
            "колишнім",
            "колишнього",
            "бувший",
            "бувшим",
            "бувшого",
        ]) {
            Sex::Male
        } else if ex(&[
            "колишня",
            "колишньою",
            "колишньої",
            "бувша",
            "бувшою",
            "бувшої",
        ]) {
            Sex::Female
        } else {
            return;
        };
        if asked {
            m.parent_spoken = Some((m.turns, sex));
        }
        return;
    }
    for (at, word) in words.iter().enumerate() {
        let sex = match *word {
            "far" | "faren" | "faderen" => Sex::Male,
            "mor" | "moren" | "moderen" => Sex::Female,
            _ => continue,
        };
        // "Hans far", "det samme far", "faren"; "din mor" and "har mor sin egen?" are the citizen's own.
        let before = at.checked_sub(1).map_or("", |b| words[b]);
        // "Og din kone?" – … – "Hendes far, hvad hedder han?": the wife's own.
        let of_spouse = m.person(m.focus).is_some_and(|p| {
            p.kin.is_some_and(Kin::is_couple)
                && matches!(
                    (before, p.sex),
                    ("hans", Some(Sex::Male)) | ("hendes", Some(Sex::Female))
                )
        });
        if of_spouse && words.iter().any(|w| matches!(*w, "hedder" | "navn")) {
            continue;
        }
        let definite = word.len() > 3;
        let of_child = matches!(
            before,
            "hans"
                | "hendes"
                | "deres"
                | "sin"
                | "samme"
                | "barnets"
                | "børnenes"
                | "drengens"
                | "pigens"
                | "dennes"
        ) || before.ends_with('s') && before.len() > 4;
        let own = m.people.iter().any(|p| {
            p.kin
                .is_some_and(|k| matches!(k, Kin::Mother | Kin::Father))
                && p.sex == Some(sex)
        });
        // "Er far med?" of the children.
        let first = words.get(at + 1) == Some(&"først");
        let bare = !own && !first && matches!(before, "er" | "bor" | "kommer" | "flytter" | "hvor");
        let mine = !(of_child || (definite || bare) && !own);
        if !mine {
            m.parent_spoken = Some((m.turns, sex));
        }
    }
}

/// Custody or the other parent was spoken of before any child was named: the child's questions are open
/// already, and what was told is no less told. Not where the child is known to stay away.
pub(super) fn child_awaited(m: &Memory, facts: &[&str]) -> bool {
    let told = facts.iter().any(|f| m.has(&format!("children[].{f}")));
    let away = m
        .people
        .iter()
        .any(|p| p.kin.is_some_and(Kin::is_child) && p.moves == Some(false));
    m.minors_spoken_of
        && (told || m.other_parent.is_some())
        && !away
        && m.mover == 0
        && m.alone.is_none()
}

fn has_children(m: &Memory) -> bool {
    m.children_spoken_of || m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child))
}

/// The children's other parent, when a name of this sex answers a question about them: "er det samme far til
/// dem begge" – «один, Віталій»; "har I forældremyndigheden sammen?" – «Спільні. Максим Даценко його звати».
pub(super) fn named_parent(m: &mut Memory, sex: Sex, tells_name: bool) -> Option<PersonId> {
    if !speaks_for_children(m) {
        return None;
    }
    let recent = m
        .parent_spoken
        .filter(|(turn, spoken)| *spoken == sex && turn + SPOKEN_OF >= m.turns)
        .map(|(turn, _)| turn);
    let now = recent.is_some_and(|turn| turn + 1 >= m.turns);
    let (he, him, his) = match sex {
        Sex::Male => ("han", "ham", "hans"),
        Sex::Female => ("hun", "hende", "hendes"),
    };
    let third = m.staff_words.windows(2).any(|w| {
        w[0] == "hedder" && w[1] == he
            // "Hvor er han?" of the father who was spoken of
            || matches!(w[0].as_str(), "er" | "bor") && w[1] == he && says_where(m)
            || w[0] == "på" && w[1] == him && m.asked.asks(Topic::Name)
            || w[0] == his && matches!(w[1].as_str(), "navn" | "fulde")
    });
    let custody = tells_name
        && has_children(m)
        && m.asked
            .asks_any(&[Topic::Custody, Topic::LivedBefore, Topic::OtherParentMoves]);
    if !(now || recent.is_some() && third || custody) {
        return None;
    }
    let named = |m: &Memory, id: PersonId| m.has(&Memory::key(id, "given_names"));
    let couple = m
        .people
        .iter()
        .find(|p| p.kin.is_some_and(Kin::is_couple) && p.sex == Some(sex) && Some(p.id) != m.host)
        .map(|p| p.id);
    // A husband who has a name is nobody else, and may be the father himself.
    let known = m.other_parent.or(couple);
    let other = known.is_none_or(|id| !named(m, id));
    other.then(|| m.other_parent_is(known, sex))
}

fn says_where(m: &Memory) -> bool {
    m.staff_words.len() <= 6 && m.staff_words.iter().any(|w| w == "hvor")
}

/// "Hvem har du forældremyndigheden med?" – «З мужем, вони наші обох»: the spouse is the children's other parent.
pub(super) fn custody_with(m: &mut Memory, u: &Utterance<'_>) {
    let says = |word: &str| m.staff_words.iter().any(|w| w == word);
    if u.is_staff() || !m.asked.asks(Topic::Custody) || !says("hvem") || !says("med") {
        return;
    }
    let spouse = m
        .people
        .iter()
        .find(|p| {
            p.kin.is_some_and(Kin::is_couple)
                && p.last_turn == m.turns
                && p.moves != Some(true)
                && Some(p.id) != m.host
        })
        .map(|p| p.id);
    if m.other_parent.is_none() && m.mover == 0 && has_children(m) {
        m.other_parent = spouse;
    }
}

/// "Alle fire er jeres fælles børn": the minors whose relation nobody named, where custody over them is spoken of.
pub(super) fn common_children(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() || m.mover != 0 {
        return;
    }
    let words = u.all_words();
    let children = words.iter().any(|w| {
        matches!(
            *w,
            "børn" | "børnene" | "jeres" | "begge" | "alle" | "dem" | "tre"
        )
    });
    if !children || !m.asked.mentions(Topic::Custody) {
        return;
    }
    let minors: Vec<PersonId> = m
        .household()
        .into_iter()
        .filter(|id| {
            m.person(*id).is_some_and(|p| p.kin.is_none())
                && age_by_data(m, *id).is_some_and(|a| a < 18)
        })
        .collect();
    for id in minors {
        if let Some(person) = m.person_mut(id) {
            person.kin = Some(match person.sex {
                Some(Sex::Female) => Kin::Daughter,
                Some(Sex::Male) => Kin::Son,
                None => Kin::Child,
            });
        }
    }
}

/// Whole years by birth date or CPR number.
fn age_by_data(m: &Memory, id: PersonId) -> Option<i16> {
    let birth: jiff::civil::Date = m
        .text(&Memory::key(id, "birth_date"))
        .and_then(|d| d.parse().ok())
        .or_else(|| {
            let cpr = m.text(&Memory::key(id, "cpr_number"))?;
            tolkebot_values::cpr::CprNumber::parse(cpr)
                .ok()?
                .birth_date()
        })?;
    let years = m.today.year() - birth.year();
    let before = (m.today.month(), m.today.day()) < (birth.month(), birth.day());
    Some(if before { years - 1 } else { years })
}

/// "Så boede I der alle tre?" – «Утрьох, до лютого», "hvor boede I sammen?" – «На …»
fn lived_together(m: &Memory, u: &Utterance<'_>) -> bool {
    let staff: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let all = staff
        .windows(2)
        .enumerate()
        .any(|(at, w)| w == ["boede", "i"] && staff[at..].iter().take(6).any(|w| *w == "alle"));
    let together = staff
        .windows(2)
        .enumerate()
        .any(|(at, w)| w == ["boede", "i"] && staff[at..].iter().take(4).any(|w| *w == "sammen"));
    let words = u.all_words();
    let mood = mood::mood(u);
    let says = words.iter().take(4).any(|w| {
        matches!(
            *w,
            "утрьох"
                | "втрьох"
                | "вчотирьох"
                | "учотирьох"
                | "разом"
                | "всі"
                | "усі"
                | "вкупі"
        )
    });
    let parted = m.parted || m.other_parent.is_some();
    // "… boet hos jer begge?" – «До цього місяця всі втрьох», «в одній хаті»
    let of_both = staff
        .windows(2)
        .any(|w| matches!(w, ["jer", "begge" | "alle"]))
        && staff.iter().any(|w| matches!(*w, "boet" | "boede"));
    let one_roof = words.windows(2).any(|w| {
        matches!(w[0], "одній" | "одному" | "одним" | "спільній")
            && ["хат", "квартир", "дом", "будинк", "дах", "помешканн"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    });
    !mood.objected
        && (all && (mood.agreed || says)
            || of_both && (says || one_roof)
            || together && parted && !u.addresses().is_empty())
}

/// "… og hun har boet hos dig hele tiden?" – «Саме так»; "har I boet sammen alle tre?" – «Так».
pub(super) fn lived_before(m: &mut Memory, u: &Utterance<'_>) {
    let key = "children[].lived_with_before";
    if m.has(key) || !has_children(m) || m.asked.statement {
        return;
    }
    let mood = mood::mood(u);
    if lived_together(m, u) {
        m.hear(key, Heard::new("both", u.evidence(0..0), 0.6).unsure(true));
        return;
    }
    let boet = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "boet" | "boede" | "bor" | "gjort"));
    let always = |words: &[&str]| {
        matches!(
            words,
            ["весь" | "увесь", "час", ..]
                | [
                    "завжди" | "постійно" | "звісно" | "авжеж" | "аякже" | "звичайно",
                    ..
                ]
                | ["від" | "з" | "із", "народження", ..]
                | ["так", ..]
        )
    };
    let always = u
        .sentences
        .iter()
        .any(|s| always(&u.words(s.words.clone())));
    if !(mood.agreed || always && !mood.objected) || !boet {
        return;
    }
    let says = |a: &str, b: &[&str]| {
        m.staff_words
            .windows(2)
            .any(|w| w[0] == a && b.contains(&w[1].as_str()))
    };
    let child = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "han"
                | "hun"
                | "de"
                | "barnet"
                | "børnene"
                | "drengen"
                | "pigen"
                | "datteren"
                | "sønnen"
        )
    });
    let both = says("jer", &["begge"])
        || says("boet", &["sammen"]) && says("sammen", &["alle", "hele", "indtil"]);
    let value = if both {
        "both"
    } else if child && says("hos", &["dig"]) {
        "reporter"
    } else {
        return;
    };
    m.hear(key, Heard::new(value, u.evidence(0..0), 0.7));
}

impl Memory {
    /// The children's other parent is this person, or somebody new.
    pub(super) fn other_parent_is(&mut self, known: Option<PersonId>, sex: Sex) -> PersonId {
        let id = match known {
            Some(id) => id,
            None => self.add_person(None),
        };
        if let Some(person) = self.person_mut(id) {
            person.sex = Some(sex);
        }
        self.other_parent = Some(id);
        id
    }
}
