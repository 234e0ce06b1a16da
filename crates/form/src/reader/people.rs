//! Who is spoken of: names, relatives, pronouns.

use std::ops::Range;

use tolkebot_protocol::{Lang, Speaker};
use tolkebot_values::names::{self, Gender, PartKind, PersonName};
use tolkebot_values::{Found, Reason};

use super::belief::{Act, Heard};
use super::kin::{Kin, Sex, kin};
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;

/// From here on two spellings are the same name.
const SAME_NAME: f32 = 0.82;

/// Somebody a stretch of text points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// The citizen at the counter.
    Me,
    Person(PersonId),
    /// Somebody whose data are not wanted.
    Outsider,
}

/// A pointer with the byte range of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ref {
    pub bytes: Range<usize>,
    pub who: Who,
}

/// The person a value belongs to: the last pointer before it in its sentence (in the sentence
/// before when its own has none), or one right behind it («… це чоловіків»).
pub(super) fn owner(u: &Utterance<'_>, refs: &[Ref], span: &Range<usize>) -> Option<Who> {
    let after = u.word_at(span.end);
    let next = u.words(after..(after + 5).min(u.word_tokens.len()));
    if let Some(this) = next.iter().position(|w| matches!(*w, "це" | "det")) {
        let from = u.token(after + this).span.start;
        let behind = refs
            .iter()
            .find(|r| r.bytes.start > from && r.bytes.start < from + 40);
        if this <= 2
            && let Some(found) = behind
        {
            return Some(found.who);
        }
    }
    let at = u
        .sentences
        .iter()
        .position(|s| s.bytes.contains(&span.start))?;
    let own = &u.sentences[at].bytes;
    let before = |range: &Range<usize>| {
        refs.iter()
            .rev()
            .find(|r| r.bytes.start >= range.start && r.bytes.end <= span.start.min(range.end))
            .map(|r| r.who)
    };
    before(own).or_else(|| {
        let previous = &u.sentences.get(at.checked_sub(1)?)?.bytes;
        before(previous)
    })
}

/// Reads everybody who is named or meant.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) -> Vec<Ref> {
    let mut found = names::find(&u.turn.text, u.lang());
    if u.is_staff() {
        found.retain(|f| f.confidence >= 0.5);
    }
    let mut refs: Vec<Ref> = Vec::new();
    let mut name_at = 0;
    let mut word = 0;
    // The relative whose name may follow, and the word where it stood.
    let mut open: Option<(Kin, PersonId, usize)> = None;
    let count = u.word_tokens.len();
    while word < count {
        let span = u.token(word).span.clone();
        while found.get(name_at).is_some_and(|f| f.span.end <= span.start) {
            name_at += 1;
        }
        if let Some(name) = found.get(name_at).filter(|f| f.span.start <= span.start) {
            let near = open.filter(|(kin, _, at)| {
                let gap = if *kin == Kin::Children { 8 } else { 4 };
                word - at <= gap && same_sentence(u, *at, word)
            });
            if let Some(id) = take_name(m, u, name, word, near) {
                refs.push(Ref {
                    bytes: name.span.clone(),
                    who: who(id),
                });
                if !near.is_some_and(|(kin, _, _)| kin == Kin::Children) {
                    open = None;
                }
            }
            word = u.word_at(name.span.end).max(word + 1);
            continue;
        }
        let text = u.token(word).text.as_str();
        if let Some(found_kin) = kin(text, u.lang()).filter(|k| is_relative(u, word, *k)) {
            if let Some(id) = take_kin(m, u, found_kin, word) {
                refs.push(Ref {
                    bytes: span,
                    who: who(id),
                });
                open = Some((found_kin, id, word));
            } else {
                open = Some((found_kin, PersonId::MAX, word));
            }
        } else if let Some(who) = pronoun(m, u, word) {
            refs.push(Ref { bytes: span, who });
        } else if let Some(id) = known_name(m, u, word) {
            touch(m, id);
            refs.push(Ref {
                bytes: span,
                who: who_of(id),
            });
        }
        word += 1;
    }
    refs
}

fn who(id: PersonId) -> Who {
    who_of(id)
}

fn who_of(id: PersonId) -> Who {
    if id == 0 { Who::Me } else { Who::Person(id) }
}

fn same_sentence(u: &Utterance<'_>, a: usize, b: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.contains(&a) && s.words.contains(&b))
}

fn touch(m: &mut Memory, id: PersonId) {
    let turn = m.turns;
    if let Some(person) = m.person_mut(id) {
        person.last_turn = turn;
    }
}

/// «чоловік» is also "man"; «друга» also "second"; "mand" needs its owner.
fn is_relative(u: &Utterance<'_>, word: usize, kin: Kin) -> bool {
    let text = u.token(word).text.as_str();
    let before = word.checked_sub(1).map_or("", |b| u.token(b).text.as_str());
    let next = u
        .word_tokens
        .get(word + 1)
        .map_or("", |_| u.token(word + 1).text.as_str());
    match (u.lang(), text) {
        (Lang::Uk, "друга" | "мала" | "малий" | "малу") => {
            !matches!(next, "сал" | "поверх" | "ліворуч" | "праворуч")
                && (text != "друга" || matches!(before, "у" | "в" | "від" | "до"))
        }
        (Lang::Da, "mand" | "kone" | "mor" | "far" | "søn" | "datter" | "ven" | "barn") => {
            matches!(
                before,
                "din"
                    | "dit"
                    | "hans"
                    | "hendes"
                    | "jeres"
                    | "deres"
                    | "en"
                    | "min"
                    | "børnenes"
                    | "drengens"
                    | "pigens"
                    | "og"
            ) || kin == Kin::Child
        }
        (Lang::Da, "lille") => before == "den",
        _ => true,
    }
}

/// The person behind a word for a relative; `None` for groups.
fn take_kin(m: &mut Memory, u: &Utterance<'_>, kin: Kin, word: usize) -> Option<PersonId> {
    if kin == Kin::Children {
        m.children_spoken_of = true;
        return None;
    }
    let before: Vec<&str> = u.words(word.saturating_sub(3)..word);
    let last = before.last().copied().unwrap_or("");
    // «її батько», "hans far": the child's other parent, not the citizen's own.
    let of_child = matches!(
        last,
        "його"
            | "її"
            | "їхній"
            | "їх"
            | "дитини"
            | "дітей"
            | "їхня"
            | "їхнім"
            | "hans"
            | "hendes"
            | "deres"
            | "børnenes"
            | "drengens"
            | "pigens"
            | "barnets"
            | "сина"
            | "доньки"
    ) || last.ends_with("ин") && last.chars().count() > 3;
    if of_child && matches!(kin, Kin::Father | Kin::Mother) {
        let couple = m
            .people
            .iter()
            .find(|p| p.kin.is_some_and(Kin::is_couple))
            .map(|p| p.id);
        let id = match m.other_parent.or(couple) {
            Some(id) => id,
            None => m.add_person(None),
        };
        m.other_parent = Some(id);
        touch(m, id);
        return Some(id);
    }
    // «друга», «подруги»: new friends do not become old ones.
    let id = m.person_for_kin(kin);
    touch(m, id);
    Some(id)
}

fn pronoun(m: &Memory, u: &Utterance<'_>, word: usize) -> Option<Who> {
    let text = u.token(word).text.as_str();
    let sex = match (u.lang(), text) {
        (
            Lang::Uk,
            "я" | "мій" | "моя" | "моє" | "мене" | "мені" | "мого" | "моєї" | "свій" | "моїй",
        ) => {
            // «мого чоловіка», «моя донька»: the relative is meant.
            let next = u
                .word_tokens
                .get(word + 1)
                .map(|_| u.token(word + 1).text.as_str());
            return (!next.is_some_and(|n| kin(n, Lang::Uk).is_some())).then_some(Who::Me);
        }
        (Lang::Da, "du" | "dit" | "din" | "dig" | "dine") => {
            let next = u
                .word_tokens
                .get(word + 1)
                .map(|_| u.token(word + 1).text.as_str());
            return (!next.is_some_and(|n| kin(n, Lang::Da).is_some())).then_some(Who::Me);
        }
        (Lang::Uk, "його" | "йому" | "нього" | "він" | "ним")
        | (Lang::Da, "hans" | "han" | "ham") => Sex::Male,
        (Lang::Uk, "її" | "їй" | "неї" | "вона" | "нею")
        | (Lang::Da, "hendes" | "hun" | "hende") => Sex::Female,
        _ => return None,
    };
    let best = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.sex != Some(opposite(sex)))
        .max_by_key(|p| {
            let adult = !p.kin.is_some_and(Kin::is_child);
            (
                p.last_turn + 1 >= m.turns,
                p.sex == Some(sex),
                adult,
                p.last_turn,
            )
        })?;
    Some(Who::Person(best.id))
}

fn opposite(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}

/// A person already known whose name this word is, in either script.
fn known_name(m: &Memory, u: &Utterance<'_>, word: usize) -> Option<PersonId> {
    let token = u.token(word);
    if token.text.chars().count() < 3 || (u.written && !token.capital) {
        return None;
    }
    m.people.iter().map(|p| p.id).find(|id| {
        ["given_names", "surname"].iter().any(|part| {
            part == &"given_names"
                && m.text(&Memory::key(*id, part))
                    .is_some_and(|name| same(name, &token.text))
        })
    })
}

fn same(a: &str, b: &str) -> bool {
    names::same_name(a, b) >= SAME_NAME
}

/// Whose name it is; writes it into memory.
fn take_name(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &Found<PersonName>,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
) -> Option<PersonId> {
    let given = name.value.given();
    let surname = name.value.surname();
    let before: Vec<&str> = u.words(word.saturating_sub(3)..word);
    if matches!(before.last(), Some(&("не" | "ikke"))) {
        return None;
    }
    let id = decide(m, u, &name.value, word, near, &before)?;
    touch(m, id);
    if let Some(person) = m.person_mut(id)
        && person.sex.is_none()
    {
        person.sex = name.value.gender.map(|g| match g {
            Gender::Feminine => Sex::Female,
            Gender::Masculine => Sex::Male,
        });
    }
    let diminutive = name
        .note
        .as_ref()
        .is_some_and(|n| n.reason == Reason::Diminutive);
    for (field, value, kind) in [
        ("given_names", given, PartKind::Given),
        ("surname", surname, PartKind::Surname),
    ] {
        let Some(value) = value else { continue };
        let parts: Vec<_> = name.value.parts.iter().filter(|p| p.kind == kind).collect();
        let span = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => name.span.clone(),
        };
        let certain = parts.iter().all(|p| p.certain);
        let confidence = if certain { 0.85 } else { 0.6 };
        write_name(
            m,
            u,
            id,
            field,
            &value,
            span,
            confidence,
            diminutive || !certain,
        );
        if u.lang() == Lang::Uk && !name.value.danish {
            let native: Vec<&str> = parts.iter().map(|p| p.native.as_str()).collect();
            let key = Memory::key(id, &format!("{field}_native"));
            m.note(&key, &native.join(" "), u.evidence(name.span.clone()));
        }
    }
    Some(id)
}

/// A name into a person's belief. The employee reads passports: that spelling stands.
#[allow(clippy::too_many_arguments)]
pub(super) fn write_name(
    m: &mut Memory,
    u: &Utterance<'_>,
    id: PersonId,
    field: &str,
    value: &str,
    span: Range<usize>,
    confidence: f32,
    unsure: bool,
) {
    let key = Memory::key(id, field);
    let mut heard = Heard::new(value, u.evidence(span), confidence).unsure(unsure);
    if let Some(known) = m.belief(&key)
        && let Some(text) = known.text()
        && text != value
    {
        let alike = same(text, value);
        let by_staff = known
            .slot()
            .is_some_and(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Staff))
            || known.is_spelled();
        if u.is_staff() && alike {
            if known.is_spelled() {
                return;
            }
            heard = heard.act(Act::Correct);
        } else if alike && by_staff {
            heard = heard.act(Act::Imply);
        } else if !alike && !u.is_staff() && !m.objected && known.is_said() && !known.is_unsure() {
            // Another name for somebody who has one: more likely somebody else.
            return;
        } else if !alike {
            heard = heard.act(Act::Correct);
        }
    }
    m.hear(&key, heard);
}

fn decide(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    near: Option<(Kin, PersonId, usize)>,
    before: &[&str],
) -> Option<PersonId> {
    let given = name.given();
    // Somebody known by that name.
    let known = m.people.iter().map(|p| p.id).find(|id| {
        let has =
            |field: &str, value: &Option<String>| match (value, m.text(&Memory::key(*id, field))) {
                (Some(value), Some(have)) => Some(same(have, value)),
                _ => None,
            };
        match (has("given_names", &given), has("surname", &name.surname())) {
            (Some(same_given), _) => same_given,
            (None, Some(same_surname)) => same_surname && given.is_none(),
            _ => false,
        }
    });
    if known.is_some() {
        return known;
    }
    if let Some((kin, id, _)) = near {
        return Some(of_relative(m, u, kin, id, name));
    }
    let named = |m: &Memory, id: PersonId| {
        m.belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
    };
    let me = matches!(before.last(), Some(&("я" | "звати" | "мене" | "jeg")))
        && !before.contains(&"її")
        && !before.contains(&"його");
    if u.is_staff() {
        return staff_name(m, u, word, named(m, m.mover));
    }
    if me && !named(m, 0) {
        return Some(0);
    }
    if let Some(kin) = m
        .asked
        .kin()
        .filter(|_| asks_names(m) || m.asked.questions().next().is_none())
    {
        if kin == Kin::Children || kin.is_child() {
            let id = m.add_person(Some(child_of(name)));
            return Some(joins_children(m, id));
        }
        if let Some(id) = m.person_by_kin(kin).filter(|id| !named(m, *id)) {
            return Some(id);
        }
    }
    if m.asked.asks(Topic::HostName) || hosts(u, word) {
        let id = match m.host.filter(|id| !named(m, *id)) {
            Some(id) => id,
            None if m.host.is_some() => return None,
            None => m.add_person(None),
        };
        m.host = Some(id);
        return Some(id);
    }
    if m.asked.asks(Topic::OtherParentName) {
        let id = m.other_parent.unwrap_or_else(|| m.add_person(None));
        m.other_parent = Some(id);
        return (!named(m, id)).then_some(id);
    }
    if !named(m, 0)
        && (m.asked.asks(Topic::Name)
            || m.turns <= 4
            || m.asked.asks(Topic::Cpr)
            || before.is_empty())
    {
        return Some(0);
    }
    if m.asked.asks(Topic::WhoMoves) || m.asked.asks(Topic::HowMany) {
        return Some(m.add_person(None));
    }
    None
}

fn asks_names(m: &Memory) -> bool {
    m.asked.asks_any(&[
        Topic::Name,
        Topic::BirthDate,
        Topic::Cpr,
        Topic::WhoMoves,
        Topic::Age,
        Topic::HostName,
        Topic::HostRole,
    ])
}

fn child_of(name: &PersonName) -> Kin {
    match name.gender {
        Some(Gender::Feminine) => Kin::Daughter,
        Some(Gender::Masculine) => Kin::Son,
        None => Kin::Child,
    }
}

fn joins_children(m: &mut Memory, id: PersonId) -> PersonId {
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(true);
    }
    id
}

/// A name beside a word for a relative: «донька Еміла», «двоє дітей, Максим і Злата».
fn of_relative(
    m: &mut Memory,
    u: &Utterance<'_>,
    kin: Kin,
    id: PersonId,
    name: &PersonName,
) -> PersonId {
    if kin == Kin::Children || id == PersonId::MAX {
        let moves = m.children_move;
        let id = m.add_person(Some(child_of(name)));
        if let Some(person) = m.person_mut(id)
            && (moves || m_asks_children(u))
        {
            person.moves = Some(true);
        }
        return id;
    }
    let has_other = m
        .text(&Memory::key(id, "given_names"))
        .is_some_and(|have| name.given().is_some_and(|g| !same(have, &g)));
    if has_other
        && (kin.is_child()
            || matches!(
                kin,
                Kin::Brother | Kin::Sister | Kin::Friend | Kin::Relative
            ))
    {
        let moves = m.person(id).and_then(|p| p.moves);
        let fresh = m.add_person(Some(kin));
        if let Some(person) = m.person_mut(fresh) {
            person.moves = moves;
        }
        return fresh;
    }
    id
}

fn m_asks_children(_u: &Utterance<'_>) -> bool {
    true
}

/// A name that an employee says: the citizen's, when none is known yet.
fn staff_name(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    mover_named: bool,
) -> Option<PersonId> {
    let before = u.words(word.saturating_sub(3)..word);
    let thanks = matches!(
        before.last(),
        Some(&("tak" | "goddag" | "hej" | "du" | "velkommen" | "dit"))
    );
    let vocative = u.written
        && word > 0
        && u.words(word..word + 1)
            .first()
            .is_some_and(|_| ends_with_name(u, word));
    if !mover_named && (thanks || vocative || m.turns <= 3) {
        return Some(m.mover);
    }
    None
}

/// "Hvad er dit CPR-nummer, Nelia?"
fn ends_with_name(u: &Utterance<'_>, word: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.end == word + 1 || s.words.end == word + 2)
}

/// «у пані Біргіт», «живу в Метте», «кімнатка в Єспера».
fn hosts(u: &Utterance<'_>, word: usize) -> bool {
    let before = u.words(word.saturating_sub(6)..word);
    let at = matches!(before.last(), Some(&("у" | "в")))
        || matches!(
            before.get(before.len().saturating_sub(2)..),
            Some([
                "у" | "в",
                "пані"
                    | "пана"
                    | "тітки"
                    | "друга"
                    | "подруги"
                    | "сестри"
                    | "брата"
                    | "знайомого"
                    | "знайомої"
                    | "однієї"
            ])
        );
    at && before.iter().any(|w| {
        w.starts_with("жив")
            || w.starts_with("кімнат")
            || w.starts_with("зніма")
            || w.starts_with("здає")
            || w.starts_with("пані")
            || w.starts_with("пана")
    })
}

/// The name in Cyrillic as it was said, with its evidence.
pub(super) fn native_name(
    m: &Memory,
    id: PersonId,
) -> Option<(String, Vec<crate::state::Evidence>)> {
    let parts: Vec<_> = ["given_names_native", "surname_native"]
        .iter()
        .filter_map(|field| m.belief(&Memory::key(id, field)))
        .collect();
    let name = parts
        .iter()
        .filter_map(|b| b.text())
        .collect::<Vec<_>>()
        .join(" ");
    let evidence = parts.first()?.slot()?.evidence.clone();
    (!name.is_empty()).then_some((name, evidence))
}

/// The surname as the other sex has it: Kovalskyi / Kovalska.
pub(super) fn surname_for(surname: &str, sex: Option<Sex>) -> String {
    let swap = |from: &str, to: &str| surname.strip_suffix(from).map(|stem| format!("{stem}{to}"));
    let changed = match sex {
        Some(Sex::Male) => swap("ska", "skyi")
            .or_else(|| swap("tska", "tskyi"))
            .or_else(|| swap("ova", "ov"))
            .or_else(|| {
                swap("na", "nyi").filter(|_| surname.ends_with("yna") || surname.ends_with("rna"))
            }),
        Some(Sex::Female) => swap("skyi", "ska")
            .or_else(|| swap("skyy", "ska"))
            .or_else(|| swap("nyi", "na"))
            .or_else(|| swap("ov", "ova")),
        None => None,
    };
    changed.unwrap_or_else(|| surname.to_owned())
}
