//! "Og han?", "hvad hedder hun?": the one person whom a pronoun of the employee can mean.

use super::*;

/// For how many turns a spouse stays the one whose name is told without a question.
const SPOKEN_OF: usize = 3;

/// The one relative of that sex who has no name yet, may move and is asked about by nothing but a pronoun: "og
/// han?" after "dig og drengen".
pub(super) fn nameless(m: &Memory, sex: Sex) -> Option<PersonId> {
    let mut open = m.people.iter().filter(|p| {
        p.id != 0
            && Some(p.id) != m.host
            && Some(p.id) != m.other_parent
            && p.moves != Some(false)
            && p.sex == Some(sex)
            && p.kin.is_some_and(|k| {
                k.is_couple() || k.is_child() || matches!(k.relation(), Some("parent" | "sibling"))
            })
            && !m.has(&Memory::key(p.id, "given_names"))
    });
    let one = open.next()?;
    open.next().is_none().then_some(one.id)
}

/// Asked about by a pronoun, and only so: "Og han?", "hvad hedder hun?", "hende med vognen, er I gift?".
pub(super) fn asked_by_pronoun(m: &Memory, sex: Sex) -> bool {
    let word = match sex {
        Sex::Male => ["han", "ham"],
        Sex::Female => ["hun", "hende"],
    };
    m.asked.is_about(Target::Third)
        && m.asked.kin().is_none()
        && m.staff_words.iter().any(|w| word.contains(&w.as_str()))
}

pub(super) fn sex_of(name: &PersonName) -> Option<Sex> {
    name.gender.map(|g| match g {
        Gender::Feminine => Sex::Female,
        Gender::Masculine => Sex::Male,
    })
}

/// Husband, wife or the children's other parent of that sex, of whom nobody said a name.
pub(super) fn spouse_without_name(m: &Memory, sex: Sex) -> Option<PersonId> {
    m.people
        .iter()
        .find(|p| {
            p.id != 0
                && p.sex == Some(sex)
                && Some(p.id) != m.host
                && (p.kin.is_some_and(Kin::is_couple) || m.other_parent == Some(p.id))
                && !m.has(&Memory::key(p.id, "given_names"))
        })
        .map(|p| p.id)
}

/// «Чоловік лишився, де був.» … «Станіслав Олефір, якщо треба»: the spouse spoken of a moment ago bears the name
/// that nobody asked the citizen for.
pub(super) fn spouse_told(m: &Memory, name: &PersonName) -> Option<PersonId> {
    let sex = sex_of(name)?;
    name.given()?;
    m.people
        .iter()
        .find(|p| {
            p.sex == Some(sex)
                && p.kin.is_some_and(Kin::is_couple)
                && p.last_turn + SPOKEN_OF >= m.turns
                && !m.has(&Memory::key(p.id, "given_names"))
        })
        .map(|p| p.id)
}

/// «Ми з Ларисою розлучилися»: the children's other parent, where they have none yet, and nobody who comes along.
pub(super) fn parted_from(m: &mut Memory, name: &PersonName) -> Option<PersonId> {
    let sex = sex_of(name)?;
    name.given()?;
    m.parted = true;
    let id = m.other_parent_is(m.other_parent, sex);
    if m.has(&Memory::key(id, "given_names")) {
        return None;
    }
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(false);
    }
    Some(id)
}

/// "Er I gift?" – «Розписані. Мар'яна Підгірна, …»: the spouse by name.
pub(super) fn spouse_of_both(m: &mut Memory, name: &PersonName) -> Option<PersonId> {
    let sex = sex_of(name)?;
    name.given()?;
    let asked = m.asked.asks(Topic::Married)
        && m.staff_words
            .windows(3)
            .any(|w| w[0] == "er" && w[1] == "i" && matches!(w[2].as_str(), "to" | "gift" | "så"))
        && m.from_abroad.is_none();
    let taken = m.people.iter().any(|p| p.kin.is_some_and(Kin::is_couple));
    let own = m.person(0).and_then(|p| p.sex) == Some(sex);
    if !asked || taken || own || m.mover != 0 {
        return None;
    }
    let kin = match sex {
        Sex::Male => Kin::Husband,
        Sex::Female => Kin::Wife,
    };
    let id = m.add_person(Some(kin));
    Some(joins_children(m, id))
}

/// "Frederiks Allé hundrede og tolv": a street and nobody's name.
pub(super) fn before_street(u: &Utterance<'_>, follows: usize) -> bool {
    let street = |at: usize| {
        u.word_tokens.get(at).is_some_and(|_| {
            matches!(
                u.token(at).text.as_str(),
                "allé"
                    | "alle"
                    | "vej"
                    | "gade"
                    | "plads"
                    | "boulevard"
                    | "stræde"
                    | "torv"
                    | "have"
            )
        })
    };
    u.lang() == Lang::Da && (street(follows) || follows > 0 && street(follows - 1))
}

/// «Вона за чоловіком Галич, Сніжана», «по чоловікові Стець»: a surname, whatever it looks like.
pub(super) fn by_marriage(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    before: &[&str],
    last: Option<Who>,
) -> Option<PersonId> {
    let told = matches!(
        before,
        [
            ..,
            "за",
            "чоловіком" | "мужем" | "дружиною" | "татом" | "батьком" | "мамою"
        ] | [
            ..,
            "по",
            "чоловікові" | "чоловіку" | "мужу" | "татові" | "батькові" | "мамі"
        ]
    );
    let as_surname = || {
        let at = u.word_at(name.parts[0].span.start);
        last != Some(Who::Me) && unheld::told_as_surname(u, at)
    };
    let [part] = name.parts.as_slice() else {
        return None;
    };
    let id = match last? {
        Who::Me => 0,
        Who::Person(id) => id,
    };
    let key = Memory::key(id, "surname");
    let as_surname = as_surname();
    let uncertain = !part.certain || as_surname;
    if !(told || as_surname)
        || u.is_staff()
        || part.kind != PartKind::Given
        || !uncertain
        || m.has(&key)
    {
        return None;
    }
    let span = part.span.clone();
    let latin = names::romanise(u.said.get(span.clone())?);
    write_name(m, u, id, "surname", &latin, span, 0.6, true);
    Some(id)
}

/// "Og Antonina?" right after the citizen's own number: whoever came along, most often the spouse spoken of.
pub(super) fn next_by_name(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    name: &PersonName,
) -> Option<PersonId> {
    let sentence = u.sentences.iter().find(|s| s.words.contains(&word))?;
    let words = u.words(sentence.words.clone());
    let short = words.len() <= 3 && matches!(words.first(), Some(&("og" | "så")));
    let number = m.last_cpr == Some(0) && m.last_cpr_turn + 1 >= m.turns;
    let given = name.given()?;
    let open = m.mover == 0 && m.host.is_none() && m.has(&Memory::key(0, "given_names"));
    if !sentence.question || !short || !number || !open {
        return None;
    }
    if m.text(&Memory::key(0, "given_names"))
        .is_some_and(|have| same(have, &given))
    {
        return None;
    }
    let sex = sex_of(name)?;
    let spouse = nameless(m, sex).filter(|id| {
        m.person(*id)
            .and_then(|p| p.kin)
            .is_some_and(Kin::is_couple)
    });
    Some(match spouse {
        Some(id) => joins_children(m, id),
        None => companion(m, name),
    })
}

/// Words for parting, by their beginning.
const PARTED: &[&str] = &[
    "розлуч",
    "розій",
    "розвел",
    "роз'їх",
    "розбіг",
    "розстал",
    "розходи",
];

/// «Ми з Соломією торік розлучилися»
pub(super) fn with_parted(u: &Utterance<'_>, word: usize, before: &[&str]) -> bool {
    matches!(before, [.., "ми", "з" | "із" | "зі"])
        && u.sentences
            .iter()
            .any(|s| s.words.contains(&word) && parts(&u.words(s.words.clone())))
}

/// «Розійшлися», «вирішили жити окремо».
fn parts(words: &[&str]) -> bool {
    let apart = words
        .windows(2)
        .position(|w| matches!(w, ["жити" | "живемо" | "житимемо", "окремо"]));
    words
        .iter()
        .any(|w| PARTED.iter().any(|stem| w.starts_with(stem)))
        || apart.is_some_and(|at| words.get(at + 2) != Some(&"від"))
}

/// «Ми з чоловіком роз'їхалися», «розійшлася з жінкою»: husband or wife does not come along and is the other parent of
/// the children, if there are any.
pub(super) fn couple_parted(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    let parted = refs.iter().find_map(|r| {
        let Who::Person(id) = r.who else { return None };
        let person = m.person(id).filter(|_| !r.pronoun)?;
        if !person.kin.is_some_and(Kin::is_couple) || person.moves == Some(true) {
            return None;
        }
        let word = u.word_at(r.bytes.start);
        let before = u.words(word.saturating_sub(2)..word);
        let with = before.iter().any(|w| matches!(*w, "з" | "із" | "зі"));
        let sentence = u.sentences.iter().find(|s| s.words.contains(&word))?;
        let words = u.words(sentence.words.clone());
        let says = (0..words.len()).any(|at| {
            PARTED.iter().any(|stem| words[at].starts_with(stem))
                && at.checked_sub(1).is_none_or(|b| words[b] != "не")
                // «він переїхав від нас, роз'їхав усе» is no parting of two
                && words[at].ends_with(['я', 'ь', 'і', 'и', 'ь'])
        });
        (with && says).then_some((id, person.sex))
    });
    let Some((id, sex)) = parted else { return };
    m.parted = true;
    if let Some(person) = m.person_mut(id) {
        person.moves = Some(false);
    }
    if m.other_parent.is_none()
        && let Some(sex) = sex
    {
        m.other_parent_is(Some(id), sex);
    }
}

/// "Har du andre børn et sted?" of somebody who arrives: children who are not here.
pub(super) fn children_elsewhere(m: &Memory) -> bool {
    m.from_abroad.is_some()
        && m.staff_words.windows(2).any(|w| {
            matches!(
                (w[0].as_str(), w[1].as_str()),
                ("andre", "børn") | ("et", "sted") | ("børn", "ud") | ("flere", "børn")
            )
        })
}

/// «Бриль я, Назарій.»: the surname stands before «я».
pub(super) fn surname_before_me(u: &Utterance<'_>, word: usize) -> Option<(String, Range<usize>)> {
    let at = word.checked_sub(2)?;
    let token = u.token(at);
    let me = u.token(word - 1).text == "я";
    let opens = u.sentences.iter().any(|s| s.words.start == at);
    let number =
        tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[at], u.lang()).is_some();
    let fits = me
        && opens
        && u.written
        && !u.is_staff()
        && token.capital
        && token.is_cyrillic()
        && token.text.chars().count() >= 3
        && kin(&token.text, u.lang()).is_none()
        && !number;
    let latin = names::romanise(u.said.get(token.span.clone())?);
    let comma = u
        .tokens
        .get(u.word_tokens[word - 1] + 1)
        .is_some_and(|t| t.is_sign(','));
    (fits && comma).then(|| (latin, token.span.clone()))
}

/// "Er Oleh Klymenko faren?": the children's other parent by name.
pub(super) fn parent_by_staff(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
) -> Option<PersonId> {
    let after = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    // "Undertegnede Lidiia Sirko er indforstået": read from the letter of the parent who is spoken of.
    let signs = name
        .parts
        .iter()
        .map(|p| u.word_at(p.span.start))
        .min()
        .and_then(|first| first.checked_sub(1))
        .is_some_and(|before| u.token(before).text == "undertegnede");
    let spoken = m.parent_spoken.map(|(_, sex)| sex);
    let sex = match after.as_slice() {
        _ if signs && spoken.is_some() && spoken == sex_of(name) => spoken?,
        ["faren" | "far", ..] | ["hans" | "hendes" | "deres", "far"] => Sex::Male,
        ["moren" | "mor", ..] | ["hans" | "hendes" | "deres", "mor"] => Sex::Female,
        _ => return None,
    };
    let children =
        m.children_spoken_of || m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child));
    let given = name.given()?;
    let mine = m
        .text(&Memory::key(0, "given_names"))
        .is_some_and(|have| same(have, &given));
    let open = m
        .other_parent
        .is_none_or(|id| !m.has(&Memory::key(id, "given_names")));
    if !u.is_staff() || !children || mine || !open || m.mover != 0 || sex_of(name) != Some(sex) {
        return None;
    }
    Some(m.other_parent_is(m.other_parent, sex))
}

/// Whether the pronoun at a word means the one of that sex whose name stands at `at` in the same sentence.
pub(super) fn means(u: &Utterance<'_>, at: usize, sex: Sex, word: usize) -> bool {
    let said = match sex {
        Sex::Male => matches!(
            u.token(word).text.as_str(),
            "він" | "його" | "йому" | "нього"
        ),
        Sex::Female => matches!(u.token(word).text.as_str(), "вона" | "її" | "їй" | "неї"),
    };
    said && same_sentence(u, at, word)
}

/// «по всіх лікарях його кажу», «я його напам'ять знаю»: the number itself.
pub(super) fn is_the_number(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let asked = m.asked.asks_any(&[Topic::Cpr, Topic::Phone]);
    let next = u.words(word + 1..(word + 3).min(u.word_tokens.len()));
    asked
        && u.token(word).text == "його"
        && next.iter().any(|w| {
            matches!(
                *w,
                "кажу"
                    | "знаю"
                    | "пам'ятаю"
                    | "вивчив"
                    | "вивчила"
                    | "скажу"
                    | "продиктую"
                    | "диктую"
                    | "записав"
                    | "записала"
            )
        })
}

/// «жінка інна нуль сім …» at the start of what is said: a word for any woman means the wife where a name
/// follows.
pub(super) fn is_wife_named(
    u: &Utterance<'_>,
    word: usize,
    kin: Kin,
    name: Option<&Found<PersonName>>,
) -> bool {
    let next = u.word_tokens.get(word + 1).map(|_| u.token(word + 1));
    kin == Kin::Wife
        && u.token(word).text == "жінка"
        && (word == 0
            || u.sentences.iter().any(|s| s.words.start == word)
            // «ну я, жінка Надія і її мама»
            || u.tokens[u.word_tokens[word] - 1].is_sign(',')
            || u.tokens[u.word_tokens[word] - 1].is_sign(':')
            || matches!(u.token(word - 1).text.as_str(), "і" | "й" | "та" | "плюс")
            || opens_softly(u, word))
        && next.is_some_and(|next| {
            name.is_some_and(|f| {
                f.span.start == next.span.start && f.value.gender == Some(Gender::Feminine)
            })
        })
}

/// «Да жінка Орина», «моя жінка Павліна»: nothing but a word of agreement or «моя» stands before it.
fn opens_softly(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let before = u.words(sentence.words.start..word);
    before.len() <= 3
        && before.iter().all(|w| {
            matches!(
                *w,
                "так"
                    | "да"
                    | "ага"
                    | "угу"
                    | "ну"
                    | "е"
                    | "ой"
                    | "це"
                    | "то"
                    | "а"
                    | "та"
                    | "моя"
                    | "вона"
                    | "значить"
            )
        })
}

/// A name that opens an answer and is not the citizen's: of the spouse spoken of, of the one for whom the citizen
/// came, of whom the citizen is married to.
pub(super) fn of_another(
    m: &mut Memory,
    name: &PersonName,
    asked_name: bool,
    nominative: bool,
) -> Option<PersonId> {
    let named = |m: &Memory, id: PersonId| {
        m.belief(&Memory::key(id, "given_names"))
            .is_some_and(|b| b.is_said())
    };
    if !asked_name
        && !named(m, 0)
        && !m.asked.asks(Topic::Cpr)
        && let Some(id) = spouse_told(m, name)
    {
        return Some(id);
    }
    // «Я за свекруху. … Бевз Марія.»
    if m.mover != 0
        && nominative
        && !asked_name
        && m.talked <= 8
        && !named(m, m.mover)
        && m.person(m.mover).is_some_and(|p| p.sex == sex_of(name))
    {
        return Some(m.mover);
    }
    spouse_of_both(m, name)
}
