//! Surnames without a given name beside them, and surnames that follow from others.

use super::*;

/// A capitalised word right before a given name that nothing else explains.
pub(super) fn surname_before(
    u: &Utterance<'_>,
    word: usize,
    asked: bool,
) -> Option<(String, Range<usize>)> {
    let at = word.checked_sub(1)?;
    let token = u.token(at);
    let adjacent = u.word_tokens[word] == u.word_tokens[at] + 1;
    let known = kin(&token.text, u.lang()).is_some()
        || ranks(&token.text)
        || goes_on(&token.text)
        || matches!(
            token.text.as_str(),
            "так"
                | "ось"
                | "якщо"
                | "якби"
                | "коли"
                | "поки"
                | "хай"
                | "нехай"
                | "тоді"
                | "може"
                | "мабуть"
                | "бо"
                | "осьо"
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
                | "вдома"
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
    // «Свідоцтво Раїса за пазухою везла»: at the start of a sentence a capital says nothing.
    // … unless nothing but a pause follows: «Чернега Інга я.»
    let pause = u
        .tokens
        .get(u.word_tokens[word] + 1)
        .is_none_or(|t| t.kind == tolkebot_values::TokenKind::Sign || t.text == "я");
    let free = asked || pause || !u.sentences.iter().any(|s| s.words.start == at);
    let number =
        tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[at], u.lang()).is_some();
    let shaped = if number {
        false
    } else if u.written {
        token.capital
            && token.text.chars().count() >= 4
            && (free || names::looks_like_surname(&token.text))
    } else {
        // «верба лілія»: the first word of an answer to the name question.
        let answers = at == 0 && asked && token.text.chars().count() >= 4;
        names::looks_like_surname(&token.text) && token.text.chars().count() >= 5 || answers
    };
    if !adjacent || known || !shaped || !token.is_cyrillic() || u.is_staff() {
        return None;
    }
    let latin = names::romanise(u.said.get(token.span.clone())?);
    let mut chars = latin.chars();
    let first = chars.next()?;
    Some((
        first.to_uppercase().chain(chars).collect(),
        token.span.clone(),
    ))
}

/// Surnames without a given name: «Прізвище Кузьменко, як у мене», «він теж Дорош», «Шаповал.»,
/// "Og efternavnet er Savchenko?"; and a Latin name said to stand in the passport.
pub(in crate::reader) fn surnames(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    beside_given(m, u, refs);
    surname_first(m, u);
    of_the_family(m, u, refs);
    own_surname::read(m, u, refs);
    own_surname::read_out(m, u);
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
        // "Og fornavnet er Bohdana?"
        let behind = match text.as_str() {
            "fornavn" => word + 1,
            "fornavnet" if word + 1 < count && u.token(word + 1).text == "er" => word + 2,
            _ => count,
        };
        if u.is_staff()
            && behind < count
            && u.token(behind).capital
            && u.token(behind).text.chars().count() >= 3
        {
            let token = u.token(behind);
            let said = u.said.get(token.span.clone()).unwrap_or("").to_owned();
            let span = token.span.clone();
            write_name(m, u, m.mover, "given_names", &said, span, 0.9, false);
        } else if let Some(person) = told_by_staff(m, u, word)
            && !named
        {
            take_surname(m, u, person, word);
        } else if text == "прізвище"
            && previous == "на"
            && word >= 2
            && !u.is_staff()
            && same_sentence(u, word - 2, word)
            && u.token(word - 2).capital
            && is_surname_word(m, u, word - 2)
        {
            // «Геннінгові. Кофоед на прізвище»
            let person = person_at(m, u, refs, word - 2);
            take_surname(m, u, person, word - 2);
        } else if text.starts_with("прізвищ") || text.starts_with("efternavn") {
            let end = (word + if u.written { 6 } else { 5 }).min(count);
            let next = (word + 1..end)
                .find(|w| is_surname_word(m, u, *w) && !own_surname::calls_mover(m, u, *w));
            if let Some(next) = next
                && same_sentence(u, word, next)
            {
                let person = person_at(m, u, refs, word);
                take_surname(m, u, person, next);
            }
        } else if matches!(
            previous.as_str(),
            "теж" | "також" | "обоє" | "обидва" | "обидві" | "всі"
        ) && (is_surname_word(m, u, word) || of_movers_stem(m, u, word))
            && same_sentence(u, word - 1, word)
            && !named
        {
            let said = u.said.get(u.token(word).span.clone()).unwrap_or("");
            // «Устим і Орися, обоє Галичі»: one of them bears it in the singular.
            let several = matches!(previous.as_str(), "обоє" | "обидва" | "обидві" | "всі");
            let one = singular(said).filter(|_| several);
            for person in persons_meant(m, u, refs, word, &previous) {
                if let Some(one) = &one {
                    let sex = m.person(person).and_then(|p| p.sex);
                    let value = surname_for(&names::romanise(one), sex);
                    let span = u.token(word).span.clone();
                    write_name(m, u, person, "surname", &value, span, 0.6, true);
                    continue;
                }
                take_surname(m, u, person, word);
            }
        } else if both_behind(m, u, word) {
            take_surname(m, u, m.mover, word);
            for id in m.household() {
                take_surname(m, u, id, word);
            }
        } else if after_name(m, u, refs, word) || also_behind(m, u, refs, word) {
            let person = person_at(m, u, refs, word);
            take_surname(m, u, person, word);
        } else if u.lang() == Lang::Uk
            && !u.token(word).is_cyrillic()
            && u.token(word).capital
            && !written_wrong(u, word)
        {
            latin_name(m, u, word);
        } else if let Some(host) = host_surname(m, u, word)
            && !named
        {
            take_surname(m, u, host, word);
        } else if !u.is_staff()
            && (own_surname::alone_in_sentence(u, word) || own_surname::before_number(m, u, word))
            && !own_surname::tells_what_one_does(&text)
            && u.token(word).capital
            && !m.has(&Memory::key(m.mover, "surname"))
            && (m.has(&Memory::key(m.mover, "given_names")) || own_surname::asked_of_you(m))
            && m.asked.asks_any(&[Topic::Name, Topic::Cpr])
            && !named
            && is_surname_word(m, u, word)
        {
            take_surname(m, u, m.mover, word);
        }
    }
}

/// "Hvad hedder Jeppe mere?" – «Дамгор, через подвійне а»: the one in whose home the citizen lives.
fn host_surname(m: &Memory, u: &Utterance<'_>, word: usize) -> Option<PersonId> {
    let host = m.host.filter(|id| *id != 0 && *id != m.mover)?;
    let wanted = m.has(&Memory::key(host, "given_names"))
        && !m.has(&Memory::key(host, "surname"))
        && m.staff_words
            .iter()
            .any(|w| w == "hedder" || w.starts_with("efternavn"));
    if u.is_staff() || !wanted {
        return None;
    }
    let token = u.token(word);
    let said = u.said.get(token.span.clone())?;
    let danish = if token.is_cyrillic() {
        names::danish_surname(said).is_some()
    } else {
        token.capital && token.text.chars().count() >= 3
    };
    let starts = u.sentences.iter().any(|s| s.words.start == word);
    (danish && (starts || !u.written)).then_some(host)
}

/// "Kemal hedder Seitablaiev ligesom sin far": the surname behind the name of somebody of the household.
fn told_by_staff(m: &Memory, u: &Utterance<'_>, word: usize) -> Option<PersonId> {
    let at = word.checked_sub(2)?;
    let token = u.token(word);
    let called = u.token(word - 1).text == "hedder" && token.capital && !token.is_cyrillic();
    let asked = u.sentence_at(token.span.start).is_some_and(|s| s.question);
    if !u.is_staff() || !u.written || !called || asked || token.text.chars().count() < 4 {
        return None;
    }
    let (id, field) = known_name(m, u, at)?;
    (field == "given_names" && id != m.mover && id != 0).then_some(id)
}

/// «… тобто Артем, Мисько теж»: the citizen's surname again, behind the name of somebody else.
fn also_behind(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> bool {
    let token = u.token(word);
    let also = u
        .word_tokens
        .get(word + 1)
        .is_some_and(|_| matches!(u.token(word + 1).text.as_str(), "теж" | "також"));
    let mine = m
        .text(&Memory::key(m.mover, "surname"))
        .is_some_and(|mine| same(mine, &token.text));
    let named = refs.iter().rev().any(|r| {
        matches!(r.who, Who::Person(_))
            && !r.pronoun
            && r.bytes.end <= token.span.start
            && same_sentence(u, u.word_at(r.bytes.start), word)
    });
    !u.is_staff() && u.written && token.capital && also && mine && named
}

/// «Кіра — Чернявська, як я. А Лев за татом записаний, Білик.»
pub(super) fn after_name(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> bool {
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
    let before = u.said[..token.span.start].trim_end();
    let about = m.asked.asks(Topic::Name)
        || u.words(sentence.words.clone())
            .iter()
            .any(|w| w.starts_with("записан"));
    let rest = u.said[token.span.end..].trim_start();
    let ends = rest.starts_with([',', '.']) || token.span.end == u.said.len();
    named && about && ends && before.ends_with(['—', '–', ',', ':'])
}

/// The person a word stands beside: the last pointer before it, else whose data are taken.
pub(super) fn person_at(m: &Memory, u: &Utterance<'_>, refs: &[Ref], word: usize) -> PersonId {
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
        // "Og Lev?" – «…, теж Абрамович»
        _ => m
            .asked_person
            .or_else(|| m.asked.kin().and_then(|k| m.person_by_kin(k)))
            .unwrap_or(if m.focus != 0 { m.focus } else { m.mover }),
    }
}

pub(super) fn persons_meant(
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
            let asked = m.children_asked_turn > 0 && m.children_asked_turn + 6 >= m.turns;
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

pub(super) fn take_surname(m: &mut Memory, u: &Utterance<'_>, person: PersonId, word: usize) {
    let token = u.token(word);
    let span = token.span.clone();
    let said = u.said.get(span.clone()).unwrap_or("");
    let value = match names::danish_surname(said).filter(|_| Some(person) == m.host) {
        Some(danish) => danish.to_owned(),
        None => surname_of(said),
    };
    // «Теж Білоуси» of those who bear the mover's.
    let mine = m.text(&Memory::key(m.mover, "surname"));
    let value = match (mine, singular(said)) {
        (Some(mine), Some(one)) if mine == names::romanise(&one) => {
            surname_for(mine, m.person(person).and_then(|p| p.sex))
        }
        _ => value,
    };
    if value.is_empty() {
        return;
    }
    let known = m
        .text(&Memory::key(person, "surname"))
        .is_some_and(|s| same(s, &value));
    if known && !u.is_staff() {
        return;
    }
    write_name(m, u, person, "surname", &value, span, 0.8, false);
}
