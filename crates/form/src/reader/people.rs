//! Who is spoken of: names, relatives, pronouns.

use std::ops::Range;

use tolkebot_protocol::{Lang, Speaker};
use tolkebot_values::names::{self, Gender, PartKind, PersonName};
use tolkebot_values::{Found, Reason};

use super::asked::Target;
use super::belief::{Act, Heard};
use super::hosts::{hosts, lives_with};
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
}

/// A pointer with the byte range of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ref {
    pub bytes: Range<usize>,
    pub who: Who,
    /// «я» and the speaker of reported words: counts only right before a value.
    pub weak: bool,
    /// «він», "hans": points to somebody, but names nobody.
    pub pronoun: bool,
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
            .find(|r| {
                r.bytes.start >= range.start
                    && r.bytes.end <= span.start.min(range.end)
                    && (!r.weak || u.word_at(span.start) - u.word_at(r.bytes.start) <= 1)
            })
            .map(|r| r.who)
    };
    before(own).or_else(|| {
        // Only a sentence that is nothing but the number leans on the one before.
        if u.word_at(span.start) > u.word_at(own.start) + 1 {
            return None;
        }
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
            let last = refs
                .last()
                .filter(|r| !r.weak && same_sentence(u, u.word_at(r.bytes.start), word))
                .map(|r| r.who);
            if let Some(id) = take_name(m, u, name, word, near, last) {
                refs.push(Ref {
                    bytes: name.span.clone(),
                    who: who(id),
                    weak: false,
                    pronoun: false,
                });
                if near.is_none_or(|(kin, _, _)| kin != Kin::Children) {
                    open = None;
                }
            }
            word = u.word_at(name.span.end).max(word + 1);
            continue;
        }
        // «донька Еміла»: a name that no list has.
        if let Some((near_kin, id, at)) = open
            && at + 1 == word
            && u.written
            && !u.is_staff()
            && u.token(word).capital
            && u.word_tokens[word] == u.word_tokens[at] + 1
            && u.token(word).is_cyrillic()
            && kin(&u.token(word).text, u.lang()).is_none()
            && known_name(m, u, word).is_none()
            && near_kin != Kin::Landlord
            && id != PersonId::MAX
            && !m.has(&Memory::key(id, "given_names"))
        {
            let latin = names::romanise(u.turn.text.get(span.clone()).unwrap_or(""));
            write_name(m, u, id, "given_names", &latin, span.clone(), 0.6, true);
            refs.push(Ref {
                bytes: span,
                who: who(id),
                weak: false,
                pronoun: false,
            });
            word += 1;
            continue;
        }
        let text = u.token(word).text.as_str();
        if matches!(text, "колишній" | "колишня" | "екс")
            && let Some(Who::Person(id)) = refs.last().map(|r| r.who)
            && same_sentence(u, u.word_at(refs[refs.len() - 1].bytes.start), word)
            && m.other_parent.is_none()
        {
            // «Ігор, мій колишній»
            m.other_parent = Some(id);
            if let Some(person) = m.person_mut(id) {
                person.moves = Some(false);
                person.kin = None;
            }
            word += 1;
            continue;
        }
        if let Some(found_kin) = kin(text, u.lang()).filter(|k| is_relative(u, word, *k)) {
            if let Some(id) = explains(m, u, found_kin, word, &refs) {
                refs.push(Ref {
                    bytes: span,
                    who: who(id),
                    weak: false,
                    pronoun: false,
                });
            } else if let Some(id) = take_kin(m, u, found_kin, word) {
                let next = u
                    .word_tokens
                    .get(word + 1)
                    .map_or("", |_| u.token(word + 1).text.as_str());
                let reports = next.starts_with("каза") || next.starts_with("сказа");
                refs.push(Ref {
                    bytes: span,
                    who: who(id),
                    weak: reports,
                    pronoun: false,
                });
                open = Some((found_kin, id, word));
            } else {
                open = Some((found_kin, PersonId::MAX, word));
            }
        } else if let Some(who) = pronoun(m, u, word, &refs) {
            let weak = matches!(u.token(word).text.as_str(), "я" | "du" | "jeg");
            refs.push(Ref {
                bytes: span,
                who,
                weak,
                pronoun: true,
            });
        } else if let Some((id, field)) = known_name(m, u, word) {
            touch(m, id);
            respell(m, u, id, field, word);
            refs.push(Ref {
                bytes: span,
                who: who_of(id),
                weak: false,
                pronoun: false,
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

pub(super) fn same_sentence(u: &Utterance<'_>, a: usize, b: usize) -> bool {
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
        (
            Lang::Da,
            "mand" | "kone" | "mands" | "kones" | "mors" | "fars" | "mor" | "far" | "søn"
            | "datter" | "ven" | "barn",
        ) => {
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
        // «моя дівчина», not any girl.
        (Lang::Uk, "дівчина" | "дівчини" | "дівчиною" | "дівчину" | "дівчині") =>
        {
            matches!(
                before,
                "моя" | "моєї" | "моєю" | "мою" | "моїй" | "з" | "із" | "зі"
            )
        }
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
    let id = m.person_for_kin(kin);
    touch(m, id);
    let home = u.is_staff()
        && matches!(before.as_slice(), [.., "til", "din"] | [.., "hos", "din"])
        && u.words(word.saturating_sub(4)..word)
            .iter()
            .any(|w| matches!(*w, "hjem" | "hos"));
    if m.host.is_none() && (home || !u.is_staff() && lives_with(m, u, &before, word)) {
        m.host = Some(id);
    }
    Some(id)
}

/// «Богдан, це син мого чоловіка»: the word explains the name before it.
fn explains(
    m: &mut Memory,
    u: &Utterance<'_>,
    kin: Kin,
    word: usize,
    refs: &[Ref],
) -> Option<PersonId> {
    let before = u.words(word.saturating_sub(2)..word);
    if !before.contains(&"це") || u.is_staff() {
        return None;
    }
    let Who::Person(id) = refs
        .last()
        .filter(|r| same_sentence(u, u.word_at(r.bytes.start), word))?
        .who
    else {
        return None;
    };
    let after = u.words(word + 1..(word + 3).min(u.word_tokens.len()));
    let step = matches!(
        after.as_slice(),
        ["мого", "чоловіка"] | ["моєї", "дружини"] | ["чоловіка", ..] | ["дружини", ..]
    );
    let person = m.person_mut(id)?;
    if person.kin.is_some() {
        return None;
    }
    person.kin = Some(match (kin, step) {
        (Kin::Son, true) => Kin::StepSon,
        (Kin::Daughter, true) => Kin::StepDaughter,
        (other, _) => other,
    });
    person.sex = person.sex.or(kin.sex());
    Some(id)
}

fn pronoun(m: &Memory, u: &Utterance<'_>, word: usize, refs: &[Ref]) -> Option<Who> {
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
            return next
                .is_none_or(|n| kin(n, Lang::Uk).is_none())
                .then_some(Who::Me);
        }
        (Lang::Da, "du" | "dit" | "din" | "dig" | "dine") => {
            let next = u
                .word_tokens
                .get(word + 1)
                .map(|_| u.token(word + 1).text.as_str());
            return next
                .is_none_or(|n| kin(n, Lang::Da).is_none())
                .then_some(Who::Me);
        }
        (Lang::Uk, "його" | "йому" | "нього" | "він" | "ним")
        | (Lang::Da, "hans" | "han" | "ham") => Sex::Male,
        (Lang::Uk, "її" | "їй" | "неї" | "вона" | "нею")
        | (Lang::Da, "hendes" | "hun" | "hende") => Sex::Female,
        _ => return None,
    };
    // Whoever was named last in this breath and can be meant.
    let here = refs
        .iter()
        .rev()
        .filter(|r| !r.pronoun)
        .find_map(|r| match r.who {
            Who::Person(id) => m
                .person(id)
                .filter(|p| p.sex != Some(opposite(sex)))
                .map(|p| p.id),
            _ => None,
        });
    let several = refs
        .iter()
        .filter(|r| !r.pronoun && matches!(r.who, Who::Person(_)))
        .count()
        > 1;
    if let Some(id) = here.filter(|_| !several) {
        return Some(Who::Person(id));
    }
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
fn known_name(m: &Memory, u: &Utterance<'_>, word: usize) -> Option<(PersonId, &'static str)> {
    let token = u.token(word);
    if token.text.chars().count() < 3 || (u.written && !token.capital) {
        return None;
    }
    if token.is_cyrillic() && token.capital {
        // «Василева», «Кірин»: possessives keep the stem of the name.
        let by_stem = m.people.iter().map(|p| p.id).find(|id| {
            m.text(&Memory::key(*id, "given_names_native"))
                .is_some_and(|native| {
                    let folded = tolkebot_values::fold(native);
                    let keep = folded.chars().count().saturating_sub(1).clamp(3, 5);
                    let stem: String = folded.chars().take(keep).collect();
                    token.text.starts_with(&stem)
                })
        });
        if let Some(id) = by_stem {
            return Some((id, "given_names"));
        }
    }
    ["given_names", "surname"].into_iter().find_map(|field| {
        let id = m.people.iter().map(|p| p.id).find(|id| {
            m.text(&Memory::key(*id, field))
                .is_some_and(|name| same(name, &token.text))
        })?;
        Some((id, field))
    })
}

/// The employee reads the name from the passport or the register: that spelling stands.
fn respell(m: &mut Memory, u: &Utterance<'_>, id: PersonId, field: &str, word: usize) {
    let token = u.token(word);
    let choice = u.sentence_at(token.span.start).is_some_and(|s| {
        let words = u.words(s.words.clone());
        s.question && (words.contains(&"eller") || words.contains(&"med"))
    });
    if !u.is_staff() || u.lang() != Lang::Da || choice || !token.text.is_ascii() {
        return;
    }
    let spelling: String = {
        let mut chars = token.text.chars();
        chars
            .next()
            .map(|c| c.to_uppercase().chain(chars).collect())
            .unwrap_or_default()
    };
    // "Andriis": a genitive is no spelling.
    let known = m.text(&Memory::key(id, field)).unwrap_or("").to_owned();
    if spelling.strip_suffix('s') == Some(known.as_str()) {
        return;
    }
    write_name(m, u, id, field, &spelling, token.span.clone(), 0.9, false);
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
    last: Option<Who>,
) -> Option<PersonId> {
    let given = name.value.given();
    let mut surname = name.value.surname();
    let mut surname_span = None;
    let mut word = word;
    // «Дорош Лілія»: a surname that only its place shows.
    if surname.is_none()
        && given.is_some()
        && let Some((latin, span)) = surname_before(u, word)
    {
        surname = Some(latin);
        surname_span = Some(span);
        word -= 1;
    }
    let before: Vec<&str> = u.words(word.saturating_sub(3)..word);
    if matches!(before.last(), Some(&("не" | "ikke" | "як" | "som"))) {
        return None;
    }
    let id = decide(m, u, &name.value, word, near, &before, last)?;
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
            _ => surname_span
                .clone()
                .filter(|_| field == "surname")
                .unwrap_or(name.span.clone()),
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

/// A capitalised word right before a given name that nothing else explains.
fn surname_before(u: &Utterance<'_>, word: usize) -> Option<(String, Range<usize>)> {
    let at = word.checked_sub(1)?;
    let token = u.token(at);
    let adjacent = u.word_tokens[word] == u.word_tokens[at] + 1;
    let known = kin(&token.text, u.lang()).is_some()
        || matches!(
            token.text.as_str(),
            "так"
                | "ось"
                | "мене"
                | "це"
                | "там"
                | "ні"
                | "добрий"
                | "добре"
                | "вітаю"
                | "дякую"
                | "пан"
                | "пані"
                | "пана"
                | "паню"
                | "син"
                | "старший"
                | "старша"
                | "молодший"
                | "молодша"
                | "менший"
                | "менша"
                | "середній"
                | "середня"
                | "маленький"
                | "маленька"
                | "обоє"
                | "обидва"
                | "обидві"
                | "як"
                | "ім'я"
                | "прізвище"
                | "мій"
                | "моя"
                | "наш"
                | "наша"
                | "звати"
                | "слава"
                | "привіт"
                | "мама"
                | "її"
                | "його"
                | "він"
                | "вона"
                | "потім"
                | "тут"
                | "друга"
                | "перша"
                | "або"
                | "але"
        );
    let shaped = if u.written {
        token.capital && token.text.chars().count() >= 4
    } else {
        names::looks_like_surname(&token.text) && token.text.chars().count() >= 5
    };
    if !adjacent || known || !shaped || !token.is_cyrillic() || u.is_staff() {
        return None;
    }
    let latin = names::romanise(u.turn.text.get(token.span.clone())?);
    let mut chars = latin.chars();
    let first = chars.next()?;
    Some((
        first.to_uppercase().chain(chars).collect(),
        token.span.clone(),
    ))
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
    last: Option<Who>,
) -> Option<PersonId> {
    let given = name.given();
    // Somebody known by that name.
    let asked_kin = m.asked.kin();
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
    if let Some(id) = known {
        let turn = m.turns;
        if let Some(person) = m.person_mut(id)
            && person.kin.is_none()
            && id != 0
            && !u.is_staff()
        {
            // «Ми з Микитою», and later "Og din samlever?" – «Микита Сорока».
            let near_kin = near.map(|(kin, _, _)| kin).or(asked_kin);
            person.kin = near_kin.filter(|k| *k != Kin::Children);
            person.last_turn = turn;
        }
        return Some(id);
    }
    if before.last().is_some_and(|w| matches!(*w, "мій" | "моя")) && !u.is_staff() {
        // «а то мій Василь»
        let kin = if name.gender == Some(Gender::Feminine) {
            Kin::Wife
        } else {
            Kin::Husband
        };
        let id = m.person_for_kin(kin);
        return Some(id);
    }
    if before.last().is_some_and(|w| {
        matches!(
            *w,
            "старший"
                | "старша"
                | "молодший"
                | "молодша"
                | "менший"
                | "менша"
                | "середній"
                | "середня"
        )
    }) && !u.is_staff()
    {
        let id = m.add_person(Some(child_of(name)));
        return Some(if m.asked.kin().is_some_and(Kin::is_child) {
            joins_children(m, id)
        } else {
            id
        });
    }
    if let Some((kin, id, _)) = near {
        return Some(of_relative(m, u, kin, id, name));
    }
    // «Вона там орендує, Жанна Погоріла»: the name of the person just spoken of.
    if let Some(Who::Person(id)) = last
        && !m
            .belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
        && !u.is_staff()
        && (before.contains(&"звати")
            || u.turn.text[..u.token(word).span.start]
                .trim_end()
                .ends_with([',', '—', '–', ':'])
            || !u.written)
    {
        return Some(id);
    }
    let named = |m: &Memory, id: PersonId| {
        m.belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
    };
    // "Vi er flyttet hjem til Karen", "han bor hos mig nu"
    if u.lang() == Lang::Da && !u.is_staff() && name.danish {
        let home = matches!(before, [.., "hos"] | [.., "hjem", "til"]);
        let speaks = matches!(
            before,
            [.., "jeg", "er"] | [.., "er", "bare"] | [.., "hedder"]
        ) && u.all_words().windows(2).any(|w| w == ["hos", "mig"]);
        if (home || speaks) && m.host.is_none() {
            let id = m.add_person(None);
            m.host = Some(id);
            if speaks {
                m.danish_speaker = Some(id);
            }
            return Some(id);
        }
    }
    let me = matches!(before.last(), Some(&("я" | "звати" | "мене" | "jeg")))
        && !before.contains(&"її")
        && !before.contains(&"його");
    if u.is_staff() {
        return staff_name(m, u, word, named(m, m.mover), name.danish);
    }
    if me && !named(m, 0) {
        return Some(0);
    }
    if m.asked.is_about(Target::ParentOfThird) {
        let couple = m.focus != 0
            && m.person(m.focus)
                .and_then(|p| p.kin)
                .is_some_and(Kin::is_couple);
        let id = if couple {
            m.person_for_kin(Kin::InLaw)
        } else {
            let id = m.other_parent.unwrap_or_else(|| m.add_person(None));
            m.other_parent = Some(id);
            id
        };
        return (!named(m, id)).then_some(id);
    }
    if m.asked.is_about(Target::Third) && m.asked.asks(Topic::Name) {
        let id = if m.mover != 0 { m.mover } else { m.focus };
        if id != 0 && !named(m, id) {
            return Some(id);
        }
    }
    if let Some(kin) = m.asked.kin() {
        if kin == Kin::Children
            || kin.is_child() && m.person_by_kin(kin).is_none_or(|id| named(m, id))
        {
            let id = m.add_person(Some(child_of(name)));
            let data = [
                Topic::Name,
                Topic::Cpr,
                Topic::BirthDate,
                Topic::WhoMoves,
                Topic::Age,
            ];
            return Some(if m.asked.asks_any(&data) {
                joins_children(m, id)
            } else {
                id
            });
        }
        let id = m.person_for_kin(kin);
        // "Bor din udlejer der også?" – «Так, пані Лоне Вестергор.»
        if kin == Kin::Landlord
            && m.host.is_none()
            && m.staff_words.iter().any(|w| w == "også" || w == "bor")
        {
            m.host = Some(id);
        }
        if !named(m, id) {
            let data = [
                Topic::Name,
                Topic::Cpr,
                Topic::BirthDate,
                Topic::WhoMoves,
                Topic::Age,
            ];
            let joins = kin.is_child() && m.asked.asks_any(&data);
            return Some(if joins { joins_children(m, id) } else { id });
        }
    }
    let lodging = m.asked.asks(Topic::OthersRegistered) && m.asked.kin().is_none();
    if m.asked.asks(Topic::HostName) || hosts(u, word) || lodging && named(m, 0) {
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
    let nominative = name
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::Given)
        .all(|p| p.short_for.is_empty() && said_in_nominative(u, p));
    let opens = before.is_empty()
        || u.sentences.iter().any(|s| s.words.start == word)
        || u.turn.text[..u.token(word).span.start]
            .trim_end()
            .ends_with([':', ',']);
    if !named(m, 0) && (nominative || m.asked.asks(Topic::Name)) && (opens || !u.written) {
        return Some(0);
    }
    let with = matches!(
        before,
        [.., "ми", "з" | "із" | "зі"] | [.., "я", "і" | "й" | "та"]
    );
    if m.asked.asks(Topic::WhoMoves) || m.asked.asks(Topic::HowMany) || with {
        let id = m.add_person(None);
        return Some(if with { joins_children(m, id) } else { id });
    }
    // The employee asked for the children a moment ago and more of them are named.
    if m.children_asked_turn + 4 >= m.turns && opens && nominative {
        let id = m.add_person(Some(child_of(name)));
        return Some(joins_children(m, id));
    }
    None
}

fn said_in_nominative(u: &Utterance<'_>, part: &names::NamePart) -> bool {
    let said = u.turn.text.get(part.span.clone()).unwrap_or("");
    tolkebot_values::fold(said) == tolkebot_values::fold(&part.native)
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
    danish: bool,
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
    // A Danish name for the person the citizen lives with.
    if danish
        && let Some(host) = m.host
        && !m.has(&Memory::key(host, "given_names"))
    {
        return Some(host);
    }
    None
}

/// "Hvad er dit CPR-nummer, Nelia?"
fn ends_with_name(u: &Utterance<'_>, word: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.end == word + 1 || s.words.end == word + 2)
}

/// Surnames without a given name: «Прізвище Кузьменко, як у мене», «він теж Дорош», «Шаповал.»,
/// "Og efternavnet er Savchenko?"; and a Latin name said to stand in the passport.
pub(super) fn surnames(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let count = u.word_tokens.len();
    for word in 0..count {
        let text = u.token(word).text.clone();
        let named = refs
            .iter()
            .any(|r| r.bytes.contains(&u.token(word).span.start));
        let previous = word
            .checked_sub(1)
            .map_or("", |b| u.token(b).text.as_str())
            .to_owned();
        if text == "fornavn" && u.is_staff() && word + 1 < count && u.token(word + 1).capital {
            let token = u.token(word + 1);
            let said = u.turn.text.get(token.span.clone()).unwrap_or("").to_owned();
            let span = token.span.clone();
            write_name(m, u, m.mover, "given_names", &said, span, 0.9, false);
        } else if text.starts_with("прізвищ") || text.starts_with("efternavn") {
            let end = (word + 5).min(count);
            let next = (word + 1..end).find(|w| is_surname_word(m, u, *w));
            if let Some(next) = next
                && same_sentence(u, word, next)
            {
                let person = person_at(m, u, refs, word);
                take_surname(m, u, person, next);
            }
        } else if matches!(
            previous.as_str(),
            "теж" | "також" | "обоє" | "обидва" | "обидві" | "всі"
        ) && is_surname_word(m, u, word)
            && same_sentence(u, word - 1, word)
            && !named
        {
            for person in persons_meant(m, u, refs, word, &previous) {
                take_surname(m, u, person, word);
            }
        } else if after_name(m, u, refs, word) {
            let person = person_at(m, u, refs, word);
            take_surname(m, u, person, word);
        } else if u.lang() == Lang::Uk && !u.token(word).is_cyrillic() && u.token(word).capital {
            latin_name(m, u, word);
        } else if !u.is_staff()
            && alone_in_sentence(u, word)
            && u.token(word).capital
            && !m.has(&Memory::key(m.mover, "surname"))
            && m.has(&Memory::key(m.mover, "given_names"))
            && m.asked.asks_any(&[Topic::Name, Topic::Cpr])
            && !named
            && is_surname_word(m, u, word)
        {
            take_surname(m, u, m.mover, word);
        }
    }
}

/// «Кіра — Чернявська, як я. А Лев за татом записаний, Білик.»
fn after_name(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> bool {
    let token = u.token(word);
    if u.is_staff() || !u.written || !token.capital || !is_surname_word(m, u, word) {
        return false;
    }
    if refs.iter().any(|r| r.bytes.contains(&token.span.start)) {
        return false;
    }
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    if sentence.words.start == word {
        return false;
    }
    let named = refs.iter().any(|r| {
        matches!(r.who, Who::Person(_))
            && sentence.bytes.contains(&r.bytes.start)
            && r.bytes.end <= token.span.start
    });
    let before = u.turn.text[..token.span.start].trim_end();
    let about = m.asked.asks(Topic::Name)
        || u.words(sentence.words.clone())
            .iter()
            .any(|w| w.starts_with("записан"));
    let ends = u.turn.text[token.span.end..]
        .trim_start()
        .starts_with([',', '.'])
        || token.span.end == u.turn.text.len();
    named && about && ends && before.ends_with(['—', '–', ',', ':'])
}

fn alone_in_sentence(u: &Utterance<'_>, word: usize) -> bool {
    u.sentences
        .iter()
        .any(|s| s.words.start == word && s.words.end == word + 1)
}

fn is_surname_word(_m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let token = u.token(word);
    let long = token.text.chars().count() >= 3;
    let relative = kin(&token.text, u.lang()).is_some();
    let shaped = if u.written {
        token.capital
    } else {
        names::looks_like_surname(&token.text)
    };
    long && !relative && shaped
}

/// The person a word stands beside: the last pointer before it, else whose data are taken.
fn person_at(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> PersonId {
    let byte = u.token(word).span.start;
    let before = refs
        .iter()
        .rev()
        .find(|r| r.bytes.end <= byte && !r.weak)
        .map(|r| r.who);
    match before {
        Some(Who::Person(id)) => id,
        Some(Who::Me) => 0,
        _ if u.is_staff() => m.mover,
        _ => m
            .asked
            .kin()
            .and_then(|k| m.person_by_kin(k))
            .unwrap_or(if m.focus != 0 { m.focus } else { m.mover }),
    }
}

fn persons_meant(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    word: usize,
    how: &str,
) -> Vec<PersonId> {
    if matches!(how, "обоє" | "обидва" | "обидві" | "всі") {
        let mut ids: Vec<PersonId> = refs
            .iter()
            .filter_map(|r| match r.who {
                Who::Person(id) => Some(id),
                _ => None,
            })
            .collect();
        ids.dedup();
        if ids.is_empty() {
            // «Ні, обоє Гриценки за батьком»: the children asked about.
            let asked = m.children_asked_turn + 6 >= m.turns;
            ids = m
                .people
                .iter()
                .filter(|p| asked && p.kin.is_some_and(Kin::is_child))
                .map(|p| p.id)
                .collect();
        }
        return ids;
    }
    vec![person_at(m, u, refs, word)]
}

fn take_surname(m: &mut Memory, u: &Utterance<'_>, person: PersonId, word: usize) {
    let token = u.token(word);
    let span = token.span.clone();
    let said = u.turn.text.get(span.clone()).unwrap_or("");
    let latin = if token.is_cyrillic() {
        names::romanise(said)
    } else {
        said.to_owned()
    };
    let mut chars = latin.chars();
    let Some(first) = chars.next() else { return };
    let value: String = first.to_uppercase().chain(chars).collect();
    // «обоє Гриценки»
    let value = match ["enky", "chuky", "iuky", "uky"]
        .iter()
        .any(|end| value.ends_with(end))
    {
        true if value.ends_with("enky") => format!("{}o", &value[..value.len() - 1]),
        true => value[..value.len() - 1].to_owned(),
        false => value,
    };
    let known = m
        .text(&Memory::key(person, "surname"))
        .is_some_and(|s| same(s, &value));
    if known && !u.is_staff() {
        return;
    }
    write_name(m, u, person, "surname", &value, span, 0.8, false);
}

/// «Наталка, але в паспорті Nataliia»
fn latin_name(m: &mut Memory, u: &Utterance<'_>, word: usize) {
    let token = u.token(word);
    if token.is_cyrillic() || !token.capital || !token.is_word() || u.lang() != Lang::Uk {
        return;
    }
    let said = u.turn.text.get(token.span.clone()).unwrap_or("").to_owned();
    for field in ["given_names", "surname"] {
        let key = Memory::key(m.mover, field);
        let passport = u.all_words().iter().any(|w| w.starts_with("паспорт"));
        let enough = if passport { 0.55 } else { 0.8 };
        if m.text(&key)
            .is_some_and(|known| names::same_name(known, &said) >= enough)
        {
            let evidence = u.evidence(token.span.clone());
            m.hear(
                &key,
                Heard::new(said, evidence, 0.95).act(Act::Correct).spelled(),
            );
            return;
        }
    }
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
