//! One surname of several people who were named: «обоє Бабенки», «усі Свінціцькі», «Рибак обидві», «вони теж Зозулі».

use super::*;

/// The surname goes to those of the turn, or to the children asked about, who have none yet.
pub(in crate::reader) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || u.lang() != Lang::Uk || m.mover != 0 {
        return;
    }
    let Some(word) = u.sentences.iter().find_map(|s| told(m, u, s.words.clone())) else {
        return;
    };
    let span = u.token(word).span.clone();
    let said = u.said.get(span.clone()).unwrap_or("");
    let one = of_one(said);
    let surname = borne(m, &one).unwrap_or_else(|| surname_of(&one));
    for id in bearers(m, u, refs, word) {
        let sex = m.person(id).and_then(|p| p.sex);
        let value = surname_for(&surname, sex);
        write_name(m, u, id, "surname", &value, span.clone(), 0.75, false);
    }
}

/// The word of the surname.
fn told(m: &Memory, u: &Utterance<'_>, range: Range<usize>) -> Option<usize> {
    let words = u.words(range.clone());
    (0..words.len()).find_map(|at| {
        let surname = words[at.saturating_sub(3)..at]
            .iter()
            .any(|w| w.starts_with("прізвищ"));
        // «Прізвище в обох Гулеватий»
        let held = surname && matches!(words[at], "обох" | "усіх" | "всіх" | "трьох");
        let all = matches!(words[at], "обоє" | "обидва" | "обидві" | "усі" | "всі") || held;
        let also = words[at] == "теж" && at > 0 && words[at - 1] == "вони";
        // «Вони Дорошенки»
        let they = words[at] == "вони"
            && words
                .get(at + 1)
                .is_some_and(|w| w.ends_with(['и', 'і', 'ї']));
        if !all && !also && !they {
            return None;
        }
        let skipped = |w: &str| {
            matches!(
                w,
                "вони"
                    | "діти"
                    | "дітки"
                    | "хлопці"
                    | "дівчата"
                    | "двоє"
                    | "троє"
                    | "четверо"
                    | "ми"
                    | "теж"
                    | "по"
                    | "прізвищу"
                    | "на"
                    | "прізвище"
                    | "татові"
                    | "батькові"
                    | "батьку"
                    | "мамі"
            )
        };
        let behind = (at + 1..words.len()).find(|next| !skipped(words[*next]));
        let before = at.checked_sub(1).filter(|_| all && !held);
        [behind, before]
            .into_iter()
            .flatten()
            .map(|at| range.start + at)
            .find(|word| {
                let (first, last) = ((range.start + at).min(*word), (range.start + at).max(*word));
                u.word_tokens[last] - u.word_tokens[first] == last - first
                    && is_surname(m, u, *word)
            })
    })
}

/// A word that is a surname or has the form of one, and stands beside the word for all of them without a sign between.
fn is_surname(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    let token = u.token(word);
    let given = u.names().iter().any(|f| {
        f.value
            .parts
            .iter()
            .any(|p| p.kind == PartKind::Given && p.span.contains(&token.span.start))
    });
    let place = u
        .places()
        .iter()
        .any(|p| p.span.contains(&token.span.start));
    let one = of_one(u.said.get(token.span.clone()).unwrap_or(""));
    let known = [&token.text, &tolkebot_values::fold(&one)]
        .iter()
        .any(|w| names::is_known_surname(w) || names::looks_like_surname(w))
        || borne(m, &one).is_some();
    // A capital within a sentence is a name's.
    let opens = u.sentences.iter().any(|s| s.words.start == word);
    let capital = u.written && token.capital && !opens;
    token.is_cyrillic()
        && (known && (token.capital || !u.written) || capital)
        && !given
        && !place
        && is_surname_word(m, u, word)
        && !matches!(
            token.text.as_str(),
            "так" | "ні" | "наш" | "наше" | "раніше"
        )
}

/// The surname of somebody known that it is the plural of.
fn borne(m: &Memory, one: &str) -> Option<String> {
    let latin = names::romanise(one);
    let stem = |s: &str| s.trim_end_matches(['a', 'o', 'y', 'i']).to_lowercase();
    m.people
        .iter()
        .filter_map(|p| m.text(&Memory::key(p.id, "surname")))
        .find(|have| stem(have) == stem(&latin) && stem(have).len() >= 3)
        .map(str::to_owned)
}

/// «Зозулі» → «Зозуля», «Бабенки» → «Бабенко»
fn of_one(said: &str) -> String {
    let soft = said
        .strip_suffix('і')
        .map(|stem| format!("{stem}я"))
        .filter(|one| names::is_known_surname(&tolkebot_values::fold(one)));
    soft.or_else(|| singular(said))
        .unwrap_or_else(|| said.to_owned())
}

/// Those who were named before the surname in this turn, else the children.
fn bearers(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> Vec<PersonId> {
    let end = u.token(word).span.end;
    let open = |id: &PersonId| {
        *id != 0
            && Some(*id) != m.host
            && Some(*id) != m.other_parent
            && !m.has(&Memory::key(*id, "surname"))
    };
    let mut named: Vec<PersonId> = refs
        .iter()
        .filter(|r| !r.pronoun && r.bytes.start < end)
        .filter_map(|r| match r.who {
            Who::Person(id) => Some(id),
            Who::Me => None,
        })
        .filter(|id| {
            m.person(*id).is_some_and(|p| {
                p.kin
                    .is_none_or(|k| k.is_child() || k.relation() == Some("sibling"))
            })
        })
        .collect();
    if named.is_empty() {
        let asked = m.asked.kin().is_some_and(Kin::is_child) || m.children_asked_turn > 0;
        named = m
            .people
            .iter()
            .filter(|p| asked && p.moves == Some(true) && p.kin.is_none_or(Kin::is_child))
            .map(|p| p.id)
            .collect();
    }
    named.dedup();
    named.retain(open);
    named
}
