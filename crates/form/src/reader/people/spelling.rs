//! How names are written: known names, other spellings, names that no list has.

use super::*;

/// «Гайда Зореслава.» in answer to the name question: two names that no list has, asked about.
pub(super) fn unlisted_name(m: &mut Memory, u: &Utterance<'_>) -> Option<Range<usize>> {
    let open = !u.is_staff()
        && u.written
        && u.lang() == Lang::Uk
        && m.mover == 0
        && m.asked.asks(Topic::Name)
        && m.asked.kin().is_none()
        && !m.asked.is_about(Target::Third)
        && !m.asked.is_about(Target::ParentOfThird)
        && !m.has(&Memory::key(0, "given_names"));
    if !open || crate::reader::mover_answers::of_another(m, 0) {
        return None;
    }
    let lead = [
        "я",
        "мене",
        "звати",
        "так",
        "це",
        "ну",
        "пишіть",
        "моє",
        "ім'я",
        "добре",
    ];
    let count = u.word_tokens.len();
    let leads = |text: &str| lead.contains(&text) || is_title(text) || text == "прізвище";
    let first = (0..count).find(|w| !leads(&u.token(*w).text))?;
    if first + 1 >= count || first > 3 {
        return None;
    }
    let fits = |word: usize| {
        let token = u.token(word);
        token.capital
            && token.is_cyrillic()
            && token.text.chars().count() >= 3
            && kin(&token.text, u.lang()).is_none()
            && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_none()
    };
    let adjacent = u.word_tokens[first + 1] == u.word_tokens[first] + 1;
    if !adjacent || !fits(first) || !fits(first + 1) {
        return None;
    }
    let surname = |word: usize| {
        let text = u.token(word).text.as_str();
        names::looks_like_surname(text)
            || ["ич", "ець", "ий", "ько"]
                .iter()
                .any(|end| text.ends_with(end))
    };
    let surname_first = surname(first) && !surname(first + 1);
    let order = if surname_first {
        [("surname", first), ("given_names", first + 1)]
    } else {
        [("given_names", first), ("surname", first + 1)]
    };
    for (field, word) in order {
        let span = u.token(word).span.clone();
        let latin = names::romanise(u.said.get(span.clone()).unwrap_or(""));
        write_name(m, u, 0, field, &latin, span, 0.5, true);
    }
    Some(u.token(first).span.start..u.token(first + 1).span.end)
}

/// A person already known whose name this word is, in either script.
pub(super) fn known_name(
    m: &Memory,
    u: &Utterance<'_>,
    word: usize,
) -> Option<(PersonId, &'static str)> {
    let token = u.token(word);
    if token.text.chars().count() < 3 || (u.written && !token.capital) {
        return None;
    }
    // "Fyrre syvoghalvfjerds": a number at the beginning of a sentence has a capital, too.
    if tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_some() {
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
                    // «Євин» of a short name
                    let of_her = folded
                        .strip_suffix(['а', 'я'])
                        .is_some_and(|stem| token.text.strip_suffix("ин") == Some(stem));
                    token.text.starts_with(&stem) || of_her
                })
        });
        if let Some(id) = by_stem {
            return Some((id, "given_names"));
        }
    }
    ["given_names", "surname"].into_iter().find_map(|field| {
        // Of two whose names sound alike the one with just this name; of one family the first.
        let likeness = |id: PersonId| {
            m.text(&Memory::key(id, field))
                .map_or(0.0, |name| names::same_name(name, &token.text))
        };
        let mut best: Option<(PersonId, f32)> = None;
        for id in m.people.iter().map(|p| p.id) {
            let alike = likeness(id);
            if alike >= SAME_NAME && best.is_none_or(|(_, most)| alike > most) {
                best = Some((id, alike));
            }
        }
        best.map(|(id, _)| (id, field))
    })
}

/// The employee reads the name from the passport or the register: that spelling stands.
pub(super) fn respell(m: &mut Memory, u: &Utterance<'_>, id: PersonId, field: &str, word: usize) {
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
    // Without capitals "alene" looks like Halyna; and a recogniser spells a name as it pleases: only
    // the same letters count.
    let exact = known.to_lowercase() == spelling.to_lowercase();
    if !u.written && !exact && (Some(id) != m.host || names::same_name(&known, &spelling) < 1.0) {
        return;
    }
    write_name(m, u, id, field, &spelling, token.span.clone(), 0.9, false);
}

pub(super) fn same(a: &str, b: &str) -> bool {
    names::same_name(a, b) >= SAME_NAME
}

/// A single letter, and what a citizen did («сфотографував»): nobody is called so.
fn no_name(u: &Utterance<'_>, field: &str, value: &str) -> bool {
    let folded = value.to_lowercase();
    let did = ["uvav", "uvala", "uvaly"]
        .iter()
        .any(|end| folded.ends_with(end));
    value.chars().count() < 2 || field == "surname" && !u.is_staff() && did
}

/// «Сковронська-Нільсен», "Nechui-Viter": the half that no list has belongs to the surname.
fn with_second_half(
    u: &Utterance<'_>,
    field: &str,
    value: &str,
    span: Range<usize>,
) -> (String, Range<usize>) {
    let rest = u.said.get(span.end..).unwrap_or("");
    let half = rest
        .strip_prefix('-')
        .filter(|_| field == "surname" && !value.contains('-'));
    let half = half.map(|half| {
        let end = half.find(|c: char| !c.is_alphabetic() && !matches!(c, '\'' | '’'));
        &half[..end.unwrap_or(half.len())]
    });
    let named = |half: &&str| {
        half.chars().count() > 2 && half.chars().next().is_some_and(char::is_uppercase)
    };
    match half.filter(named) {
        Some(half) => {
            let end = span.end + 1 + half.len();
            (
                format!("{value}-{}", names::romanise(half)),
                span.start..end,
            )
        }
        None => (value.to_owned(), span),
    }
}

/// A name into a person's belief. The employee reads passports: that spelling stands.
#[allow(clippy::too_many_arguments)]
pub(in crate::reader) fn write_name(
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
    if no_name(u, field, value) {
        return;
    }
    let (value, span) = &with_second_half(u, field, value, span);
    let (value, span) = (value.as_str(), span.clone());
    // "Igors CPR-nummer?": a genitive is no spelling.
    let bare = value.strip_suffix('s').filter(|_| u.is_staff());
    if let (Some(bare), Some(known)) = (bare, m.text(&key))
        && !known.ends_with('s')
        && names::same_name(known, bare) >= names::same_name(known, value)
    {
        return;
    }
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
            let heard_twice = !u.written && !known.is_unsure() && Some(id) != m.host;
            if known.is_spelled() || heard_twice {
                // Spelled by one side and written otherwise by the other.
                let otherwise = u.written && text.to_lowercase() != value.to_lowercase();
                if let Some(known) = m.beliefs.get_mut(&key).filter(|_| otherwise) {
                    known.contest();
                }
                return;
            }
            heard = heard.act(Act::Correct);
        } else if alike
            && by_staff
            && m.objected
            && m.heard_before.contains(&key)
            && !known.is_spelled()
        {
            // "Hedder du Elena?" – «Ні, Олена.»
            heard = heard.act(Act::Correct).unsure(true);
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

/// «Наталка, але в паспорті Nataliia»
pub(super) fn latin_name(m: &mut Memory, u: &Utterance<'_>, word: usize) {
    let token = u.token(word);
    if token.is_cyrillic() || !token.capital || !token.is_word() || u.lang() != Lang::Uk {
        return;
    }
    if writes_herself(u, word) || written_by_others(u, word) {
        return;
    }
    let said = u.said.get(token.span.clone()).unwrap_or("").to_owned();
    let passport = u.all_words().iter().any(|w| w.starts_with("паспорт"));
    let enough = if passport { 0.55 } else { 0.8 };
    // The son's «Zabolotnyi» is not his mother's «Zabolotna»: whoever's name it is most like.
    let likeness = |id: PersonId, field: &str| {
        m.text(&Memory::key(id, field))
            .map_or(0.0, |known| names::same_name(known, &said))
    };
    let mine = ["given_names", "surname"].map(|field| (likeness(m.mover, field), field));
    let (best, field) = mine
        .into_iter()
        .reduce(|a, b| if b.0 > a.0 { b } else { a })
        .unwrap_or((0.0, "given_names"));
    let others = m.people.iter().map(|p| p.id).filter(|id| *id != m.mover);
    let theirs = others
        .flat_map(|id| [likeness(id, "given_names"), likeness(id, "surname")])
        .fold(0.0, f32::max);
    if best >= enough && theirs <= best {
        let key = Memory::key(m.mover, field);
        let evidence = u.evidence(token.span.clone());
        let heard = Heard::new(in_small_letters(&said), evidence, 0.95);
        m.hear(&key, heard.act(Act::Correct).spelled());
    }
}

/// «KVITKA», as it stands on a letter box: written as other names are.
fn in_small_letters(said: &str) -> String {
    if said.chars().any(char::is_lowercase) {
        return said.to_owned();
    }
    let part = |part: &str| {
        let mut letters = part.chars();
        let first: String = letters.by_ref().take(1).collect();
        first + &letters.as_str().to_lowercase()
    };
    said.split('-').map(part).collect::<Vec<_>>().join("-")
}

/// «У Польщі мене писали Babij», «мене хтось Burdeyny зробив»: how others wrote the name wrongly.
fn written_by_others(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentence_at(u.token(word).span.start) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let me = words.iter().any(|w| matches!(*w, "мене" | "нас"));
    let wrote = words
        .iter()
        .any(|w| matches!(*w, "писали" | "записали" | "зробив" | "зробили" | "зробила"));
    let others = words
        .iter()
        .any(|w| matches!(*w, "хтось" | "польщі" | "німеччині" | "чехії" | "там"));
    me && wrote && others
}

/// «А сестра в Польщі пише себе Wiśniewska»: how somebody else writes the family name.
fn writes_herself(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentence_at(u.token(word).span.start) else {
        return false;
    };
    let words = u.words(sentence.words.start..word);
    let mine = words
        .iter()
        .any(|w| matches!(*w, "я" | "мене" | "мій" | "моє" | "моя" | "мої"));
    words.iter().any(|w| kin(w, u.lang()).is_some())
        && words.windows(2).any(|w| {
            let writes = |w: &str| w.starts_with("пише") || w.starts_with("пишут");
            writes(w[0]) && w[1] == "себе" || w[0] == "себе" && writes(w[1])
        })
        && !mine
}

/// The name in Cyrillic as it was said, with its evidence.
pub(in crate::reader) fn native_name(
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
