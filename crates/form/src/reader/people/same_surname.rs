//! One surname for several: «Ярослава і Любомир Дідухи», "hedder han også Petryk?" – «А як же».

pub(in crate::reader) mod borne_by_all;

use super::*;

/// "Hedder hun også …?", "samme efternavn?" – «так», «теж», «в обох моє»: the ones asked about bear the mover's surname.
pub(in crate::reader) fn confirmed(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    let said = m.staff_words.clone();
    let staff: Vec<&str> = said.iter().map(String::as_str).collect();
    let same_name = staff.windows(2).any(|w| {
        matches!(w, ["samme", "efternavn" | "navn"])
            || matches!(w, ["det", "samme"]) && staff.contains(&"hedder")
    });
    let hedder = staff.iter().position(|w| *w == "hedder");
    let also = hedder.is_some_and(|at| {
        staff[at..].contains(&"også")
            || staff[at..].contains(&"alle")
            || staff[at..].contains(&"begge")
    });
    if !(same_name || also) || staff.contains(&"eller") {
        return;
    }
    let words = u.all_words();
    let mood = crate::reader::mood::mood(u);
    let says = words.iter().take(4).any(|w| {
        matches!(
            *w,
            "так"
                | "да"
                | "теж"
                | "також"
                | "ага"
                | "моє"
                | "мій"
                | "одне"
                | "однакове"
                | "звісно"
                | "аякже"
        )
    }) || words
        .windows(2)
        .any(|w| w == ["як", "же"] || w == ["те", "саме"])
        // "Hedder I alle …?" – «Усі»
        || also && words.first().is_some_and(|w| matches!(*w, "всі" | "усі" | "обоє" | "обидва" | "обидві"));
    // «По-жіночому не міняється» is no other name.
    let of_somebody = |pair: &[&str]| matches!(pair, ["по" | "за", next] if !next.starts_with("жіноч") && !next.starts_with("чоловічо"));
    let other = words
        .iter()
        .any(|w| matches!(*w, "інше" | "різні" | "дівоче" | "дівочому") || w.starts_with("батьк"))
        || words.windows(2).any(of_somebody);
    if mood.objected || other || !(says || mood.agreed) {
        return;
    }
    // "Og hun hedder det samme?" of the child for whom a parent reports.
    let own = Memory::key(m.mover, "surname");
    let third = staff
        .windows(2)
        .any(|w| matches!(w, ["hun" | "han", "hedder"] | ["hedder", "hun" | "han"]));
    if m.mover != 0
        && third
        && !m.has(&own)
        && let Some(parent) = m.text(&Memory::key(0, "surname")).map(str::to_owned)
    {
        let surname = surname_for(&parent, m.person(m.mover).and_then(|p| p.sex));
        m.hear(&own, Heard::new(surname, u.evidence(0..0), 0.7));
        return;
    }
    let Some(mut mine) = m.text(&own).map(str::to_owned) else {
        return;
    };
    // «Пала марчук» – "hedder I alle palamarchuk": a recogniser cut the name in two.
    let folded = tolkebot_values::fold(&mine);
    let whole = staff
        .iter()
        .find(|w| w.len() > folded.len() && w.len() <= folded.len() + 5 && w.ends_with(&folded));
    if let Some(whole) = whole.filter(|_| folded.len() >= 5) {
        let (first, rest) = whole.split_at(whole.chars().next().map_or(0, char::len_utf8));
        mine = first.to_uppercase() + rest;
        let heard = Heard::new(mine.as_str(), u.evidence(0..0), 0.7).unsure(true);
        m.hear(&own, heard.act(Act::Correct));
    }
    // "Og du hedder det samme?" of a parent who reports for a child.
    if m.mover != 0
        && !m.has(&Memory::key(0, "surname"))
        && staff
            .windows(2)
            .any(|w| w == ["du", "hedder"] || w == ["hedder", "du"])
    {
        let surname = surname_for(&mine, m.person(0).and_then(|p| p.sex));
        m.hear(
            &Memory::key(0, "surname"),
            Heard::new(surname, u.evidence(0..0), 0.7),
        );
        return;
    }
    let all = staff
        .iter()
        .any(|w| matches!(*w, "alle" | "begge" | "de" | "jer" | "børnene" | "i"))
        || same_name;
    let focus = m.asked_person.or((m.focus != m.mover).then_some(m.focus));
    // "Hedder din søn også …?" of the one in whose home the citizen lives.
    let host = m.host.filter(|id| *id != 0 && *id != m.mover && !all);
    let whom: Vec<PersonId> = m
        .household()
        .into_iter()
        .filter(|id| all || focus == Some(*id))
        .chain(host.filter(|id| focus == Some(*id) || third && focus.is_none()))
        .filter(|id| !m.has(&Memory::key(*id, "surname")))
        .collect();
    for id in whom {
        let surname = surname_for(&mine, m.person(id).and_then(|p| p.sex));
        let heard = Heard::new(surname, u.evidence(0..0), 0.75).act(Act::Say);
        m.hear(&Memory::key(id, "surname"), heard);
    }
}

/// «Ярослава і Любомир Дідухи»: both bear it, in the singular; the second came along.
pub(super) fn of_both(
    m: &mut Memory,
    u: &Utterance<'_>,
    found: &mut [Found<PersonName>],
) -> Option<String> {
    if u.is_staff() || m.mover != 0 {
        return None;
    }
    let at = (1..found.len()).find(|at| bears_for_both(u, found, *at))?;
    let part = found[at]
        .value
        .parts
        .iter_mut()
        .find(|p| p.kind == PartKind::Surname)?;
    let said = u.said.get(part.span.clone())?.to_owned();
    let single = singular(&said)?;
    let mut letters = single.chars();
    let first = letters.next()?;
    let single: String = first.to_uppercase().chain(letters).collect();
    part.native = single.clone();
    part.latin = names::romanise(&single);
    Some(part.latin.clone())
}

/// The name at `at` ends in a surname that is in the plural, and another name without one is joined to it.
fn bears_for_both(u: &Utterance<'_>, found: &[Found<PersonName>], at: usize) -> bool {
    let second = &found[at];
    let plural = second
        .value
        .parts
        .iter()
        .filter(|p| p.kind == PartKind::Surname)
        .filter_map(|p| u.said.get(p.span.clone()))
        .any(|said| singular(said).is_some() && said.ends_with(['и', 'і', 'ї']));
    let joined = |from: usize| {
        let between = u.said.get(from..second.span.start).unwrap_or("");
        between
            .split_whitespace()
            .any(|w| matches!(w, "і" | "й" | "та"))
            && !between.contains(['.', '!', '?'])
            && between.split_whitespace().count() <= 3
    };
    plural
        && found[..at]
            .iter()
            .any(|first| first.value.surname().is_none() && joined(first.span.end))
}

/// One of those whom a surname in the plural names: «Дідухи» → «Дідух», «Ковтуни» → «Ковтун», «Шульги» → «Шульга».
pub(super) fn singular(said: &str) -> Option<String> {
    let stem = said.strip_suffix(['и', 'і', 'ї'])?;
    if said.ends_with("ські") || said.ends_with("цькі") {
        return Some(format!("{stem}ий"));
    }
    // «Мозгові» of Мозговий, «Гладкі» of Гладкий
    if ["ові", "еві", "кі", "гі", "хі"]
        .iter()
        .any(|end| said.ends_with(end))
    {
        return Some(format!("{stem}ий"));
    }
    let last = stem.chars().next_back()?;
    let vowel = "аеєиіїоуюя".contains(last);
    let feminine = format!("{stem}а");
    if vowel || stem.chars().count() < 3 {
        None
    } else if stem.ends_with("енк") || names::is_known_surname(&format!("{stem}о")) {
        Some(format!("{stem}о"))
    } else if let Some(short) = said.strip_suffix("ці") {
        // «Кравці» of Кравець
        Some(format!("{short}ець"))
    } else if names::is_known_surname(&feminine) || ends_in_cluster(stem) {
        Some(feminine)
    } else {
        Some(stem.to_owned())
    }
}

/// «Фіялк-»: no word ends so, an «а» follows.
fn ends_in_cluster(stem: &str) -> bool {
    let mut back = stem.chars().rev();
    !names::is_known_surname(stem)
        && back.next() == Some('к')
        && back
            .next()
            .is_some_and(|c| !"аеєиіїоуюярнсцвйь".contains(c))
}

/// "Og Leonids nummer?": somebody whom only the employee names so, and whose CPR number is asked for.
pub(super) fn asked_for_number(m: &mut Memory, u: &Utterance<'_>) -> Option<PersonId> {
    let spoken = m.plural || m.asked_before.asks(Topic::Name);
    let host = m.declaration || m.has("dwelling.others_registered");
    let open = u.is_staff() && m.mover == 0 && m.has(&Memory::key(0, "given_names"));
    if !u.written || !spoken || host || !open {
        return None;
    }
    let number = |w: &str| {
        w.starts_with("cpr")
            || w.starts_with("personnummer")
            || matches!(w, "nummer" | "fødselsdag" | "fødselsdato")
    };
    let word = (1..u.word_tokens.len())
        .find(|at| number(u.token(*at).text.as_str()))?
        .checked_sub(1)?;
    let token = u.token(word);
    let sentence = u.sentence_at(token.span.start)?;
    let stem = u
        .turn
        .text
        .get(token.span.clone())?
        .trim_end_matches(['s', '\'', '’']);
    if !token.capital || !sentence.question || sentence.words.len() > 5 {
        return None;
    }
    let found = names::find(stem, Lang::Da);
    let [name] = found.as_slice() else {
        return None;
    };
    let given = name.value.given().filter(|_| !name.value.danish)?;
    let known = m.people.iter().any(|p| {
        m.text(&Memory::key(p.id, "given_names"))
            .is_some_and(|have| same(have, &given))
    });
    if known {
        return None;
    }
    let id = companion(m, &name.value);
    write_name(
        m,
        u,
        id,
        "given_names",
        &given,
        token.span.clone(),
        0.7,
        true,
    );
    Some(id)
}

/// The surname of both goes to whoever of the two has none yet.
pub(super) fn share(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref], surname: &str) {
    for pointer in refs.iter().filter(|r| !r.pronoun) {
        let id = match pointer.who {
            Who::Me => 0,
            Who::Person(id) => id,
        };
        let key = Memory::key(id, "surname");
        if m.has(&key) || !m.has(&Memory::key(id, "given_names")) {
            continue;
        }
        let mine = surname_for(surname, m.person(id).and_then(|p| p.sex));
        m.hear(
            &key,
            Heard::new(mine, u.evidence(pointer.bytes.clone()), 0.7),
        );
    }
}

/// «Я Олег, вона Інна. Павловський і Павловська»: one surname as a man and as a woman bear it, for the two who were
/// named and have none yet.
pub(super) fn of_pair(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || !u.written {
        return;
    }
    let said = |word: usize| {
        let token = u.token(word);
        (token.capital && token.is_cyrillic())
            .then(|| names::romanise(u.said.get(token.span.clone()).unwrap_or("")))
    };
    let pair = (2..u.word_tokens.len()).find_map(|at| {
        let (first, second) = (said(at - 2)?, said(at)?);
        let joined = matches!(u.token(at - 1).text.as_str(), "і" | "й" | "та" | "а");
        let of_man = |name: &str| surname_for(name, Some(Sex::Female));
        let (man, woman) = if of_man(&first) == second {
            (at - 2, at)
        } else {
            (at, at - 2)
        };
        (joined && first != second && of_man(&said(man)?) == said(woman)?).then_some((man, woman))
    });
    let Some((man, woman)) = pair else { return };
    let both: Vec<PersonId> = refs
        .iter()
        .map(|r| match r.who {
            Who::Me => 0,
            Who::Person(id) => id,
        })
        .filter(|id| m.has(&Memory::key(*id, "given_names")))
        .collect();
    for (word, sex) in [(man, Sex::Male), (woman, Sex::Female)] {
        let one = both.iter().copied().find(|id| {
            m.person(*id).is_some_and(|p| p.sex == Some(sex))
                && !m.has(&Memory::key(*id, "surname"))
        });
        if let (Some(id), Some(surname)) = (one, said(word)) {
            let span = u.token(word).span.clone();
            write_name(m, u, id, "surname", &surname, span, 0.8, false);
        }
    }
}

/// «…, Лука. Зінкевич, звичайно»: the surname of both, behind the name of the one who had none yet.
pub(super) fn of_the_one_before(
    m: &Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    before: &[&str],
) -> Option<PersonId> {
    let surname = name
        .surname()
        .filter(|_| name.given().is_none() && !u.is_staff())?;
    let mine = m
        .text(&Memory::key(m.mover, "surname"))
        .is_some_and(|mine| same(mine, &surname));
    let previous = names::romanise(before.last().filter(|_| mine)?);
    m.people.iter().map(|p| p.id).find(|id| {
        *id != m.mover
            && !m.has(&Memory::key(*id, "surname"))
            && m.text(&Memory::key(*id, "given_names"))
                .is_some_and(|have| same(have, &previous))
    })
}

/// «Я Макар, а він Тихон. Ющак обидва»: a sentence that is nothing but the surname of both.
pub(super) fn both_behind(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let both = u.word_tokens.get(word + 1).is_some_and(|_| {
        matches!(
            u.token(word + 1).text.as_str(),
            "обидва" | "обидві" | "обоє"
        )
    });
    let whole = u
        .sentences
        .iter()
        .any(|s| s.words.start == word && s.words.end == word + 2);
    !u.is_staff()
        && both
        && whole
        && u.token(word).capital
        && m.has(&Memory::key(m.mover, "given_names"))
        && !m.has(&Memory::key(m.mover, "surname"))
        && is_surname_word(m, u, word)
}
