//! Relatives and pronouns: who «чоловік», «її» and "hans" are.

use super::*;

/// «Сестра — Дарина» of Iryna: a relative's name that only sounds like the mover's.
pub(super) fn sounds_like_mover(
    m: &Memory,
    near: (Kin, PersonId, usize),
    given: Option<&str>,
) -> bool {
    let (kin, id, _) = near;
    id != m.mover
        && kin != Kin::Landlord
        && given.is_some_and(|g| m.text(&Memory::key(m.mover, "given_names")) != Some(g))
}

/// "Hvem har forældremyndigheden?" – «Обоє. Батько, Ігнат Гейсюк, згоден»: the children's, where their other parent is what the
/// question is about.
fn answers_for_parent(m: &Memory, u: &Utterance<'_>, kin: Kin, last: &str) -> bool {
    let mine = matches!(
        last,
        "мій" | "моя" | "мого" | "моєї" | "наш" | "наша" | "й" | "і" | "та"
    );
    let asked = m.asked.asks_any(&[
        Topic::Custody,
        Topic::OtherParentName,
        Topic::OtherParentAgrees,
        Topic::OtherParentMoves,
    ]);
    let spoken = m
        .parent_spoken
        .is_some_and(|(turn, sex)| turn + 1 >= m.turns && Some(sex) == kin.sex());
    // Her own mother, where who speaks is a mother herself.
    let own_sex = m.person(0).and_then(|p| p.sex).or_else(|| {
        crate::reader::sex_of_name::sex_of_name(m.text(&Memory::key(0, "given_names"))?)
    });
    let other = own_sex.is_some() && own_sex != kin.sex();
    let known = m.people.iter().any(|p| p.kin == Some(kin));
    let children = m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child));
    !u.is_staff()
        && m.mover == 0
        && !mine
        && !known
        && children
        && (spoken || asked && other)
        && m.talked > 2
}

/// The person behind a word for a relative; `None` for groups.
pub(super) fn take_kin(
    m: &mut Memory,
    u: &Utterance<'_>,
    kin: Kin,
    word: usize,
) -> Option<PersonId> {
    if kin == Kin::Children {
        m.children_spoken_of = true;
        return None;
    }
    let before: Vec<&str> = u.words(word.saturating_sub(3)..word);
    let last = before.last().copied().unwrap_or("");
    if kin.is_child() && mine::is_anothers(u, word) {
        return Some(m.add_person(None));
    }
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
    ) || last.ends_with("ин") && last.chars().count() > 3
        || u.word_tokens.get(word + 1).is_some_and(|_| {
            matches!(
                u.token(word + 1).text.as_str(),
                "його" | "її" | "їхній" | "їхня"
            )
        });
    // «Там батько лишається» of a child that is reported for: the child's, and not the reporter's.
    let of_mover = m.mover != 0
        && m.person(m.mover)
            .and_then(|p| p.kin)
            .is_some_and(Kin::is_child)
        && !matches!(
            last,
            "мій"
                | "моя"
                | "мого"
                | "моєї"
                | "мою"
                | "моїй"
                | "моїм"
                | "моєю"
                | "din"
                | "dit"
                | "min"
        );
    // «жінка Надія і її мама», «чоловікова мама», «мама чоловіка»: the spouse's own.
    let next = u
        .word_tokens
        .get(word + 1)
        .map_or("", |_| u.token(word + 1).text.as_str());
    let of_spouse = !u.is_staff()
        && m.mover == 0
        && (matches!(
            last,
            "чоловікова"
                | "чоловіків"
                | "чоловікову"
                | "чоловікового"
                | "дружинина"
                | "дружинин"
                | "жінчина"
                | "жінчин"
        ) || matches!(next, "чоловіка" | "дружини" | "жінки")
            || beside_spouse(m, last));
    if of_spouse && matches!(kin, Kin::Father | Kin::Mother | Kin::Brother | Kin::Sister) {
        let id = m.person_for_kin(Kin::InLaw);
        if let Some(person) = m.person_mut(id) {
            person.sex = kin.sex();
        }
        touch(m, id);
        return Some(id);
    }
    if (of_child || of_mover || answers_for_parent(m, u, kin, last))
        && matches!(kin, Kin::Father | Kin::Mother)
    {
        let couple = m
            .people
            .iter()
            .find(|p| p.kin.is_some_and(Kin::is_couple) && Some(p.id) != m.host)
            .filter(|_| !mine::only_of_relatives(m))
            .map(|p| p.id);
        let id = match m.other_parent.or(couple) {
            Some(id) => id,
            None => m.add_person(None),
        };
        m.other_parent = Some(id);
        touch(m, id);
        return Some(id);
    }
    // "Hvem ejer huset?" – «Її чоловік, …»: somebody else's husband.
    let of_other = !u.is_staff()
        && matches!(last, "її" | "його")
        && kin.is_couple()
        && m.host.is_none()
        && m.asked.asks_any(&[Topic::HostName, Topic::HostRole]);
    let landlord = m
        .people
        .iter()
        .find(|p| p.kin == Some(Kin::Landlord) && m.has(&Memory::key(p.id, "given_names")));
    // «Господиня — Надія … ще її чоловік Тарік»: the host was named, this is somebody else.
    if of_other && let Some(host) = landlord.map(|p| p.id) {
        m.host = Some(host);
        return Some(m.add_person(None));
    }
    if of_other {
        let id = m.add_person(None);
        m.host = Some(id);
        if m.staff_words.iter().any(|w| w == "ejer") {
            let evidence = u.evidence_of_words(&(word..word + 1));
            m.hear("host.role", Heard::new("owner", evidence, 0.75));
        }
        return Some(id);
    }
    // «чоловік Сергій і його син»: the spouse's own child.
    let of_spouse = matches!(last, "його" | "її")
        && matches!(kin, Kin::Son | Kin::Daughter)
        && !u.is_staff()
        && m.people.iter().any(|p| {
            // "Og datteren?" – «Її дочка, Вікторія»
            let answers = word == 1 && m.asked.kin().is_some_and(Kin::is_child);
            p.kin.is_some_and(Kin::is_couple) && (answers || p.last_turn == m.turns)
        });
    // «У брата зміна о другій.» … "Og din kammerat?" – «То малий мій, Лука»: the younger brother of whom was spoken.
    // Anywhere else the little one is a child.
    let friend = m.asked.kin() == Some(Kin::Friend);
    let sibling = |kin: Kin| {
        let spoken = m.people.iter().any(|p| {
            p.kin == Some(kin) && Some(p.id) != m.host && !m.has(&Memory::key(p.id, "given_names"))
        });
        (friend && spoken || m.we_are == Some(kin))
            && !m.children_spoken_of
            && !m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child))
    };
    let kin = match (kin, u.token(word).text.as_str()) {
        (Kin::Son, "малий" | "малого" | "малому" | "малим") if sibling(Kin::Brother) => {
            Kin::Brother
        }
        (Kin::Daughter, "мала" | "малу" | "малій" | "малою") if sibling(Kin::Sister) => {
            Kin::Sister
        }
        (other, _) => other,
    };
    // «вітчим і його дочка», «сестра і її син»: nobody's own child.
    let owner = match last {
        "його" => Some(Sex::Male),
        "її" => Some(Sex::Female),
        _ => None,
    };
    let of_relative = !of_spouse
        && !u.is_staff()
        && owner.is_some()
        && m.people
            .iter()
            .filter(|p| p.id != 0 && p.last_turn == m.turns && p.sex == owner)
            .max_by_key(|p| p.id)
            .and_then(|p| p.kin)
            .is_some_and(|k| {
                matches!(
                    k,
                    Kin::Relative | Kin::Friend | Kin::InLaw | Kin::Brother | Kin::Sister
                )
            });
    let kin = match kin {
        Kin::Son | Kin::Daughter | Kin::Child if of_relative => {
            let sex = kin.sex();
            let id = m.add_person(Some(Kin::Relative));
            if let Some(person) = m.person_mut(id) {
                person.sex = sex;
            }
            return Some(id);
        }
        // «Його дівчинка вже там»: of whoever lives there, where the citizen's own has a name.
        Kin::Son | Kin::Daughter
            if owner.is_some() && !of_spouse && !u.is_staff() && mine::is_named(m, kin) =>
        {
            return Some(m.add_person(None));
        }
        Kin::Son if of_spouse => Kin::StepSon,
        Kin::Daughter if of_spouse => Kin::StepDaughter,
        other => other,
    };
    let id = match mine::is_another(m, u, kin, word) {
        true => m.add_person(Some(kin)),
        false => m.person_for_kin(kin),
    };
    touch(m, id);
    if !u.is_staff()
        && kin.is_couple()
        && mine::is_lacking(u, word)
        && let Some(person) = m.person_mut(id)
        && person.moves.is_none()
    {
        person.moves = Some(false);
    }
    if kin.sex().is_none()
        && let Some(person) = m.person_mut(id)
    {
        person.sex = person.sex.or(sex_by_word(u.token(word).text.as_str()));
    }
    let home = u.is_staff()
        && matches!(before.as_slice(), [.., "til", "din"] | [.., "hos", "din"])
        && u.words(word.saturating_sub(4)..word)
            .iter()
            .any(|w| matches!(*w, "hjem" | "hos"))
        // "Bor du hos din stedfar, eller flytter han ind hos dig?"
        && !u.all_words().contains(&"eller");
    if m.host.is_none() && (home || !u.is_staff() && lives_with(m, u, &before, word)) {
        m.host = Some(id);
    }
    Some(id)
}

pub(super) fn opposite(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Female,
    }
}
