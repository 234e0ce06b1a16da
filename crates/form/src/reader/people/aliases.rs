//! One person under two names, and names that were taken for somebody else's.

use super::*;

/// «Сашко, тобто Олександр», «катруся ну катерина»: the same person by another form of the name.
pub(super) fn alias(m: &Memory, name: &PersonName, last: Option<Who>) -> Option<PersonId> {
    let given = name.given()?;
    let shorts: Vec<&String> = name.parts.iter().flat_map(|p| &p.short_for).collect();
    let listed = m.people.iter().map(|p| p.id).find(|id| {
        let long = m
            .text(&Memory::key(*id, "given_names"))
            .is_some_and(|have| shorts.iter().any(|full| same(full, have)));
        let short = m
            .text(&Memory::key(*id, "short_for"))
            .is_some_and(|list| list.split('|').any(|full| same(full, &given)));
        long || short
    });
    listed.or_else(|| {
        // "Og Darynka, er det det rigtige navn?" – «…, а в документах Дарина»
        let id = match last {
            Some(Who::Person(id)) => id,
            Some(Who::Me) => return None,
            None => m.asked_person.filter(|_| m.asked.asks(Topic::Name))?,
        };
        let belief = m.belief(&Memory::key(id, "given_names"))?;
        let have = belief.text()?.to_lowercase();
        let alike = have
            .chars()
            .zip(given.to_lowercase().chars())
            .take_while(|(a, b)| a == b)
            .count();
        (belief.is_unsure() && alike >= 3 && same_sex(m, id, name)).then_some(id)
    })
}

/// «Не Богдана, а Богдан!», «Єва й Нікіта… ой, Ніка»: somebody who was called by a wrong name a moment ago.
pub(super) fn renamed_now(
    m: &mut Memory,
    name: &PersonName,
    before: &[&str],
    last: Option<Who>,
) -> Option<PersonId> {
    let given = name.given()?;
    let called = |m: &Memory, said: &str| {
        let said = names::to_nominative(said).map_or_else(|| said.to_owned(), |(name, ..)| name);
        let latin = names::romanise(&said);
        m.people.iter().map(|p| p.id).find(|id| {
            m.text(&Memory::key(*id, "given_names"))
                .is_some_and(|have| have.eq_ignore_ascii_case(&latin))
        })
    };
    let id = match before {
        [.., "не", wrong, "а"] => called(m, wrong)?,
        [.., wrong, "ой" | "йой"] => match last? {
            Who::Person(id) if called(m, wrong) == Some(id) => id,
            _ => return None,
        },
        _ => return None,
    };
    if m.people
        .iter()
        .any(|p| m.text(&Memory::key(p.id, "given_names")) == Some(given.as_str()) && p.id != id)
    {
        return None;
    }
    m.beliefs.remove(&Memory::key(id, "given_names"));
    m.beliefs.remove(&Memory::key(id, "short_for"));
    if let Some(person) = m.person_mut(id) {
        person.sex = sex_of(name).or(person.sex);
    }
    Some(id)
}

/// Somebody known by that name; of two whose names sound alike («Ірина», «Дарина») the one with just this name.
pub(super) fn known_by_name(
    m: &Memory,
    name: &PersonName,
    near: Option<(Kin, PersonId, usize)>,
) -> Option<PersonId> {
    let given = name.given();
    let other = near.is_some_and(|near| sounds_like_mover(m, near, given.as_deref()));
    let likeness = |id: &PersonId| {
        let have = m.text(&Memory::key(*id, "given_names")).unwrap_or("");
        given.as_deref().map_or(0.0, |g| names::same_name(have, g))
    };
    let mut ids: Vec<PersonId> = m.people.iter().map(|p| p.id).collect();
    ids.retain(|id| !other || *id != m.mover);
    ids.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    ids.into_iter().find(|id| {
        let has =
            |field: &str, value: &Option<String>| match (value, m.text(&Memory::key(*id, field))) {
                (Some(value), Some(have)) => Some(same(have, value)),
                _ => None,
            };
        match (has("given_names", &given), has("surname", &name.surname())) {
            (Some(same_given), _) => same_given,
            // «Дружина Кравчун Злата»: she bears the citizen's name, and her own follows.
            (None, Some(same_surname)) => same_surname && given.is_none() && near.is_none(),
            _ => false,
        }
    })
}

fn same_sex(m: &Memory, id: PersonId, name: &PersonName) -> bool {
    let of_name = name.gender.map(|g| match g {
        Gender::Feminine => Sex::Female,
        Gender::Masculine => Sex::Male,
    });
    match (m.person(id).and_then(|p| p.sex), of_name) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// "Hvad hedder han?" – «Рябоконь Євген», of whom somebody with a power of attorney spoke before: it is who moves.
pub(super) fn tells_of_mover(m: &mut Memory, id: PersonId) {
    let third = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "hedder" && matches!(w[1].as_str(), "han" | "hun"));
    let open = m.mover == 0 || !m.has(&Memory::key(m.mover, "given_names"));
    if third && id != 0 && open && m.has("poa.used") && Some(id) != m.host {
        crate::reader::moves::become_mover(m, id);
    }
}

/// A name that was only guessed to be the citizen's makes room for the one that surely is: it was
/// somebody else's.
///
/// `contrast`: «а я …» or «мене звати …» stands before the name, and whether whoever was named before came along.
pub(super) fn displaced(m: &mut Memory, name: &PersonName, sure: bool, contrast: Option<bool>) {
    let key = |field: &str| Memory::key(0, field);
    let (Some(given), Some(known)) = (name.given(), m.text(&key("given_names"))) else {
        return;
    };
    let number = m.has(&key("cpr_number"));
    // "Hedder du Ruslan?" – «Ні, це він! Я Світлана.»
    let refused = m.objected && m.was_read_back(&key("given_names"));
    // «Оце моє диво, Юстим. А я Параскева.»
    let contrast = contrast.filter(|_| m.heard_now.contains(&key("given_names")));
    if !sure || !(m.name_guessed || refused || contrast.is_some()) || number || same(known, &given)
    {
        return;
    }
    // … and he is the one who was spoken of and had no name.
    let theirs = names::find(known, Lang::Da)
        .first()
        .and_then(|f| sex_of(&f.value));
    let nameless_mover = (m.mover != 0 && !m.has(&Memory::key(m.mover, "given_names")))
        .then_some(m.mover)
        .filter(|id| {
            m.person(*id)
                .is_some_and(|p| p.sex.is_none() || p.sex == theirs)
        });
    let spouse = || theirs.and_then(|sex| spouse_without_name(m, sex));
    let id = match nameless_mover.or_else(spouse) {
        Some(id) => id,
        None => {
            let id = m.add_person(None);
            if let Some(person) = m.person_mut(id) {
                person.sex = theirs;
            }
            match contrast == Some(true) {
                true => joins_children(m, id),
                false => id,
            }
        }
    };
    for field in NAME_FIELDS {
        if let Some(belief) = m.beliefs.remove(&key(field)) {
            m.beliefs.insert(Memory::key(id, field), belief);
        }
    }
    m.name_guessed = false;
}

/// «Це Тимофій, мій син»: the relative is said behind the name. `follows` is the word behind it.
pub(super) fn owned_by_kin(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
    fits: bool,
) -> Option<PersonId> {
    let next = u.words(follows..(follows + 3).min(u.word_tokens.len()));
    // «Діма, мій цивільний чоловік», «Влас, чоловік мій»
    let noun = match next.as_slice() {
        [
            "мій" | "моя",
            "цивільний" | "цивільна" | "рідний" | "рідна" | "законний" | "законна",
            noun,
        ] => noun,
        ["мій" | "моя" | "наш" | "наша", noun, ..] => noun,
        [noun, "мій" | "моя", ..] if before_comma(u, follows) => noun,
        _ => return None,
    };
    // "Hvem bor du hos?" – «Марія Коваль, моя сестра»: the host, whoever it is.
    let elsewhere = m.asked.asks_any(&[
        Topic::HostName,
        Topic::HostRole,
        Topic::HostStays,
        Topic::OthersRegistered,
        Topic::NewAddress,
        Topic::CurrentAddress,
        Topic::DwellingType,
        Topic::RelativesAbroad,
        Topic::OtherParentName,
    ]);
    let near = |kin: &Kin| {
        kin.is_child() && *kin != Kin::Children
            || !elsewhere
                && (kin.is_couple() || matches!(kin.relation(), Some("parent" | "sibling")))
    };
    let kin = kin(noun, u.lang()).filter(near)?;
    if !fits || u.is_staff() {
        return None;
    }
    // «Орися, Орися Слободян, моя донечка»: named a moment ago.
    let said = m.people.iter().find(|p| {
        p.id != 0
            && p.kin.is_none_or(|k| k.agrees(kin))
            && m.text(&Memory::key(p.id, "given_names"))
                .is_some_and(|have| name.given().is_some_and(|g| same(have, &g)))
    });
    if let Some(id) = said.map(|p| p.id) {
        if let Some(person) = m.person_mut(id) {
            person.kin = person.kin.or(Some(kin));
        }
        return Some(id);
    }
    let nameless = m
        .person_by_kin(kin)
        .filter(|id| !m.has(&Memory::key(*id, "given_names")));
    Some(nameless.unwrap_or_else(|| m.add_person(Some(kin))))
}

/// A comma stands right before the word.
fn before_comma(u: &Utterance<'_>, word: usize) -> bool {
    u.word_tokens[word]
        .checked_sub(1)
        .is_some_and(|at| u.tokens[at].is_sign(','))
}

/// «я, чоловік, Даринка і старший»: a name of the other sex in a list is somebody else's.
pub(super) fn other_in_list(u: &Utterance<'_>, name: &PersonName, kin: Kin, word: usize) -> bool {
    let nominative = name
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::Given)
        .all(|p| said_in_nominative(u, p));
    let comma = u.word_tokens[word]
        .checked_sub(1)
        .is_some_and(|at| u.tokens[at].is_sign(','));
    u.written
        && comma
        && nominative
        && kin.is_couple()
        && match (kin.sex(), sex_of(name)) {
            (Some(a), Some(b)) => a != b,
            // «Даринка»: names of men that end so are on the lists.
            (Some(Sex::Male), None) => u.token(word).text.ends_with("ка"),
            _ => false,
        }
}

/// «Злато, не лізь на стілець!»: somebody is called, nobody is named. Nominatives are left alone: most
/// names in a list stand so.
pub(super) fn is_called(u: &Utterance<'_>, name: &Found<PersonName>, word: usize) -> bool {
    let [part] = name.value.parts.as_slice() else {
        return false;
    };
    let said = u.token(word).text.as_str();
    let called = said.ends_with(['о', 'е', 'ю']) && !said_in_nominative(u, part);
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    let comma = u
        .tokens
        .get(u.word_tokens[word] + 1)
        .is_some_and(|t| t.is_sign(','));
    let next = u.words(word + 1..(word + 2).min(u.word_tokens.len()));
    let bids = next.first().is_some_and(|w| {
        matches!(
            *w,
            "не" | "йди"
                | "ходи"
                | "іди"
                | "сядь"
                | "сідай"
                | "дай"
                | "давай"
                | "скажи"
                | "чуєш"
                | "почекай"
                | "зачекай"
                | "тихо"
                | "слухай"
                | "глянь"
                | "диктуй"
        )
    });
    let before = word.checked_sub(1).map_or("", |b| u.token(b).text.as_str());
    let hailed = matches!(
        before,
        "чуєш"
            | "слухай"
            | "гей"
            | "ей"
            | "диктуй"
            | "скажи"
            | "чекай"
            | "агов"
            | "ти"
    );
    // «Уляно, забери навушник», «…, Ганно, підкажи»: between signs only whoever is called stands so.
    let between = u.word_tokens[word]
        .checked_sub(1)
        .is_none_or(|b| u.tokens[b].is_sign(',') || opens);
    let pet = said.ends_with("ко") && !part.short_for.is_empty();
    let vocative = u.written && called && comma && between && !pet;
    called && (hailed || opens && comma && bids) || vocative
}
