//! Small repairs: spelled names, «не X, а Y», a bare number after a read-back.

use tolkebot_values::numbers as spoken;
use tolkebot_values::{corrections, names};

use super::belief::{Act, Heard};
use super::cues;
use super::digits;
use super::memory::Memory;
use super::passport;
use super::people::Ref;
use super::topic::Topic;
use super::utterance::Utterance;

/// From here on a spelled word can be the spelling of a name that was said.
const SPELLS: f32 = 0.62;

/// Words spelled letter by letter: the spelling of the name they sound like.
pub(super) fn spelled(m: &mut Memory, u: &Utterance<'_>, _refs: &[Ref]) {
    // «Костя крапка Білозір, собачка … Костя: ка, о, ес …»: the spelling of an address.
    if !u.emails().is_empty() {
        return;
    }
    for hit in u.spellings() {
        if hit.value.letters < 3 {
            continue;
        }
        if before_given(m, u, &hit.span, &hit.value.latin) {
            continue;
        }
        let word = &hit.value.latin;
        let mut best: Option<(f32, String)> = None;
        for id in m.people.iter().map(|p| p.id) {
            for field in ["given_names", "surname"] {
                let key = Memory::key(id, field);
                let Some(known) = m.text(&key) else { continue };
                let likeness = names::same_name(known, word);
                // A run that lost letters is no spelling of the whole name.
                let gap = known.chars().count().abs_diff(word.chars().count());
                let start = |s: &str| s.chars().next().map(|c| c.to_ascii_lowercase());
                let starts = start(known) == start(word)
                    || matches!(
                        (start(known), start(word)),
                        (Some('y' | 'i' | 'e'), Some('y' | 'i' | 'e'))
                            | (Some('h' | 'g' | 'k'), Some('h' | 'g' | 'k'))
                    );
                if gap > 3 || !starts {
                    continue;
                }
                if likeness >= SPELLS && best.as_ref().is_none_or(|(b, _)| likeness > *b) {
                    best = Some((likeness, key));
                }
            }
        }
        let read_out = best.is_none() && passport::spelled_out(m, u, &hit.span, word);
        if let Some((_, key)) = best.filter(|_| !read_out) {
            let evidence = u.evidence(hit.span.clone());
            let known = m.text(&key).unwrap_or("").to_lowercase();
            let word = without_conjunction(u, &hit.span, word, &known);
            let meant = as_said(u, &hit.span, word, &known);
            let doubtful = two_alphabets(u, &hit.span) || meant.is_some();
            let heard = Heard::new(meant.as_deref().unwrap_or(word), evidence, 0.95)
                .act(Act::Correct)
                .spelled()
                .unsure(doubtful);
            // "S-E-I-T-A-B-L-A-Y-E-V?" of what the citizen has spelled otherwise: asked, and not known.
            let asks = u.is_staff()
                && u.sentence_at(hit.span.start).is_some_and(|s| s.question)
                && m.belief(&key)
                    .is_some_and(|b| b.is_spelled() && b.value() != Some(&heard.value));
            if asks {
                m.offer(&key, heard);
            } else {
                m.hear(&key, heard);
            }
        }
    }
}

/// «Сагайда. Ес, а, ге, а …»: «ге» names the Ukrainian letter, too, that is written "h"; «бокша бе о ка ша»: «ша» is "sh",
/// and its vowel the last letter of the name. Then the name is as it was said.
fn as_said(
    u: &Utterance<'_>,
    span: &std::ops::Range<usize>,
    word: &str,
    known: &str,
) -> Option<String> {
    if u.is_staff() {
        return None;
    }
    let spelled = word.to_lowercase();
    let same = |(a, b): (char, char)| a == b || a == 'g' && b == 'h';
    let named = u
        .words(u.word_at(span.start)..u.word_at(span.end))
        .contains(&"ге");
    let other_g = named
        && spelled != known
        && spelled.chars().count() == known.chars().count()
        && spelled.chars().zip(known.chars()).all(same);
    let text = tolkebot_values::fold(u.said.get(span.clone()).unwrap_or(""));
    let vowel = known.strip_suffix('a') == Some(spelled.as_str())
        && ["ша", "ха", "ка"]
            .iter()
            .any(|end| text.trim_end().ends_with(end));
    (other_g || vowel).then(|| capital(known))
}

/// «Ель, ю, бе …»: «ю» is a letter of one alphabet and what many call the "u" of the other.
fn two_alphabets(u: &Utterance<'_>, span: &std::ops::Range<usize>) -> bool {
    let words = u.words(u.word_at(span.start)..u.word_at(span.end));
    !u.is_staff() && words.contains(&"ю")
}

/// "K-H-U-D-Y-K, Arsen": what the employee spells from a paper right before the given name is the surname.
fn before_given(
    m: &mut Memory,
    u: &Utterance<'_>,
    span: &std::ops::Range<usize>,
    latin: &str,
) -> bool {
    let key = Memory::key(m.mover, "surname");
    if !u.is_staff() || m.has(&key) || latin.chars().count() < 4 {
        return false;
    }
    let word = u.word_at(span.end);
    let next = u.words(word..(word + 1).min(u.word_tokens.len()));
    let given = m.text(&Memory::key(m.mover, "given_names"));
    let follows = given.is_some_and(|given| {
        next.first()
            .is_some_and(|w| tolkebot_values::fold(given) == *w)
    });
    if follows {
        let heard = Heard::new(capital(latin), u.evidence(span.clone()), 0.85).spelled();
        m.hear(&key, heard);
    }
    follows
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first
            .to_uppercase()
            .chain(chars.flat_map(char::to_lowercase))
            .collect()
    })
}

/// «К, А, Р, І, Н, А, а прізвище …»: the last letter is a word of its own when the name is known without it.
fn without_conjunction<'w>(
    u: &Utterance<'_>,
    span: &std::ops::Range<usize>,
    word: &'w str,
    known: &str,
) -> &'w str {
    let text = u.said.get(span.clone()).unwrap_or("");
    let and = text.trim_end().ends_with(['а', 'і', 'й']);
    let goes_on = u
        .turn
        .text
        .get(span.end..)
        .is_some_and(|rest| rest.chars().any(char::is_alphanumeric));
    match word.char_indices().next_back() {
        Some((at, _)) if and && goes_on && word[..at].to_lowercase() == known => &word[..at],
        _ => word,
    }
}

/// «не дванадцять, а двадцять два»; «Тільки дванадцять.»; "… вісімдесят чи … Вісімдесят чотири."
pub(super) fn numbers(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() {
        return;
    }
    for hit in corrections::find(&u.said, u.lang()) {
        let Some(wrong) = &hit.value.wrong else {
            continue;
        };
        let right = &hit.value.right;
        if !is_number(&right.value) || !is_number(&wrong.value) {
            continue;
        }
        if digits::corrected(m, u, &wrong.value, &right.value, &right.span) {
            return;
        }
        for key in ["to.house_number", "from.house_number"] {
            let offered = m
                .refused
                .iter()
                .any(|(k, h)| k == key && h.value.as_str() == Some(&wrong.value));
            let has = m.text(key) == Some(wrong.value.as_str());
            if offered || has {
                let evidence = u.evidence(right.span.clone());
                m.hear(
                    key,
                    Heard::new(right.value.as_str(), evidence, 0.85).act(Act::Correct),
                );
                rest_stands(m, key);
                return;
            }
        }
    }
    if digits::corrected_without_signs(m, u)
        || super::last_pair::put_right(m, u)
        || super::pair_alone::put_right(m, u)
        || super::house_next_door::put_right(m, u)
        || refused_number(m, u)
    {
        return;
    }
    restarted_number(m, u);
    if m.asked.asks(Topic::HouseNumber)
        && !asks_somebodys_number(m)
        && let Some(place) = m.place
        && let Some(first) = u.word_tokens.first()
        && let Some(read) = spoken::read_at(&u.tokens, *first, u.lang())
        && (1..=999).contains(&read.value)
        && !read.is_ordinal()
        && super::address::digits_follow(u, read.end) < 2
    {
        let key = format!("{}.house_number", place.prefix());
        if !m.heard_now.contains(&key) {
            let span = u.tokens[read.start].span.start..u.tokens[read.end - 1].span.end;
            m.hear(
                &key,
                Heard::new(read.value.to_string(), u.evidence(span), 0.8),
            );
        }
    }
    bare_number(m, u);
}

/// «П'ять… зачекайте, п'ятдесят п'ять», «двадцять сім… ні, то в сина. У нас тридцять сім»: the number behind the
/// restart is that of the house.
fn restarted_number(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let read = |at: usize| {
        let token = *u.word_tokens.get(at)?;
        let read = spoken::read_at(&u.tokens, token, u.lang())?;
        (!read.is_ordinal() && (1..=999).contains(&read.value)).then_some(read)
    };
    for hit in u.addresses() {
        let (Some(_), Some(number)) = (&hit.value.street, &hit.value.number) else {
            continue;
        };
        let next = u.word_at(number.span.end);
        let restarts = words.get(next).is_some_and(|w| {
            cues::is_restart(w)
                || matches!(
                    *w,
                    "зачекайте" | "чекайте" | "почекайте" | "стривайте" | "заждіть"
                )
        });
        if !restarts {
            continue;
        }
        let later = (next + 1..(next + 8).min(words.len())).find_map(|at| Some((at, read(at)?)));
        let Some((at, later)) = later else { continue };
        let end = u.tokens[later.end - 1].span.end;
        let behind = u.word_at(end);
        // A code, a flat or a floor behind the restart is no number of a house.
        let other = ["індекс", "квартир", "двер", "кімнат", "пошт", "дом"]
            .iter()
            .any(|stem| words[at - 1].starts_with(stem))
            || words.get(behind).is_some_and(|w| {
                [
                    "сал",
                    "поверх",
                    "індекс",
                    "тисяч",
                    "рок",
                    "рік",
                    "сход",
                    "двер",
                ]
                .iter()
                .any(|stem| w.starts_with(stem))
            })
            || read(behind).is_some();
        let key = ["to.house_number", "from.house_number"]
            .into_iter()
            .find(|key| m.heard_now.iter().any(|k| k == key) && m.text(key) == Some(&number.value));
        if let Some(key) = key.filter(|_| !other) {
            let span = u.tokens[later.start].span.start..end;
            let heard = Heard::new(later.value.to_string(), u.evidence(span), 0.75);
            m.hear(key, heard.act(Act::Correct));
            return;
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit())
}

/// "Har du hans nummer?", "hvilket nummer fanger jeg dig bedst på?": a telephone's.
fn asks_somebodys_number(m: &Memory) -> bool {
    let reaches = |w: &String| {
        matches!(
            w.as_str(),
            "fanger" | "fange" | "træffer" | "træffe" | "ringe" | "fat"
        )
    };
    m.staff_words.iter().any(reaches)
        || m.staff_words.windows(2).any(|w| {
            matches!(w[0].as_str(), "hans" | "hendes" | "deres" | "dit" | "jeres")
                && w[1] == "nummer"
        })
}

/// «ні сорок один не чотирнадцять», «Сім, без десятки»: a number in the place of the house number that was
/// just read back.
fn refused_number(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let found = spoken::find(&u.said, u.lang());
    let [right, rest @ ..] = found.as_slice() else {
        return false;
    };
    let plain = |f: &tolkebot_values::Found<spoken::Number>| {
        f.value.form != spoken::Form::Collective && (1..=999).contains(&f.value.value)
    };
    let between = |from: usize, to: usize| u.said.get(from..to).unwrap_or("").to_lowercase();
    let not_that = rest.first().is_some_and(|wrong| {
        matches!(
            between(right.span.end, wrong.span.start).trim(),
            "не" | ", не" | "а не" | ", а не"
        )
    });
    for key in ["to.house_number", "from.house_number"] {
        let wrong = rest.first().map(|w| w.value.value.to_string());
        let offered = m.offered.iter().any(|k| k == key) || m.heard_before.iter().any(|k| k == key);
        let said = m
            .refused
            .iter()
            .find(|(k, _)| k == key)
            .and_then(|(_, h)| h.value.as_str())
            .or_else(|| m.text(key))
            .map(str::to_owned);
        if not_that && offered && plain(right) && wrong.is_some() && wrong == said {
            let value = right.value.value.to_string();
            let heard = Heard::new(value, u.evidence(right.span.clone()), 0.85);
            m.hear(key, heard.act(Act::Correct));
            rest_stands(m, key);
            return true;
        }
    }
    false
}

/// "Du står på Hansgade fyrre?" – «Чотирнадцять, не сорок»: only the number was refused, the rest of what was read
/// out stands.
fn rest_stands(m: &mut Memory, number: &str) {
    let Some((place, _)) = number.split_once('.') else {
        return;
    };
    let rest: Vec<(String, Heard)> = m
        .refused
        .iter()
        .filter(|(key, _)| key != number && key.split('.').next() == Some(place) && !m.has(key))
        .cloned()
        .collect();
    for (key, heard) in rest {
        m.hear(&key, heard.unsure(true));
    }
}

/// A sentence that is only a number, after a house number was in doubt.
fn bare_number(m: &mut Memory, u: &Utterance<'_>) {
    // "Og i Nørregade er det nummer …?": the number that is asked for and not known yet.
    let wanted = m
        .place
        .filter(|_| m.asked.asks(Topic::HouseNumber))
        .map(|place| format!("{}.house_number", place.prefix()))
        .filter(|key| !m.has(key));
    let doubted = ["to.house_number", "from.house_number"]
        .into_iter()
        .find(|key| wanted.as_deref().is_none_or(|wanted| wanted == *key))
        .filter(|_| wanted.is_some())
        .or_else(|| in_doubt(m, u));
    let Some(key) = doubted else { return };
    // «А нова — хутір … Сім. Просто сім»: the number of the home that is spoken of now.
    let of_new = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "нова" | "новий" | "нове" | "нову" | "новому" | "новій"));
    let asks = |topic: Topic, other: Topic| m.asked.asks(topic) && !m.asked.asks(other);
    // "Allégade femogtyve. … Hvilken adresse er det?": the number is that of the address that is asked for.
    let which = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "hvilken" && w[1] == "adresse");
    let of_other = match key.starts_with("from.") {
        true => of_new || which || asks(Topic::NewAddress, Topic::OldAddress),
        false => asks(Topic::OldAddress, Topic::NewAddress),
    };
    if of_other {
        return;
    }
    if m.asked
        .asks_any(&[Topic::Phone, Topic::Cpr, Topic::PostalCode, Topic::MoveDate])
    {
        return;
    }
    let mut found = None;
    for sentence in &u.sentences {
        let words = sentence.words.clone();
        let mut start = words.start;
        while start < words.end
            && matches!(
                u.token(start).text.as_str(),
                "тільки"
                    | "ні"
                    | "та"
                    | "де"
                    | "а"
                    | "ой"
                    | "так"
                    | "ага"
                    | "номер"
                    | "то"
                    | "це"
                    | "лише"
                    | "будинок"
                    | "стоп"
            )
        {
            start += 1;
        }
        if start >= words.end {
            continue;
        }
        let first = u.word_tokens[start];
        let Some(read) = spoken::read_at(&u.tokens, first, u.lang()) else {
            continue;
        };
        let last = u.word_tokens[words.end - 1];
        let counts = read.form == spoken::Form::Collective;
        // «П'ятдесят два, хазяїн пересунувся»
        let set_off = m.objected
            && u.tokens.get(read.end).is_some_and(|t| t.is_sign(','))
            && super::address::digits_follow(u, read.end) == 0;
        let last = if set_off { read.end - 1 } else { last };
        if read.end == last + 1 && (1..=999).contains(&read.value) && !read.is_ordinal() && !counts
        {
            let span = u.tokens[first].span.start..u.tokens[last].span.end;
            found = Some((read.value.to_string(), span));
        }
    }
    if let Some((number, span)) = found {
        m.hear(
            key,
            Heard::new(number, u.evidence(span), 0.85).act(Act::Correct),
        );
    }
}

/// The house number that this turn or the employee's last one put in question.
fn in_doubt(m: &Memory, u: &Utterance<'_>) -> Option<&'static str> {
    ["to.house_number", "from.house_number"]
        .into_iter()
        .find(|key| {
            m.heard_now.iter().any(|k| k == key) && hesitates(u)
                || m.offered.iter().any(|k| k == key)
                || m.heard_before.iter().any(|k| k == key) && !m.heard_now.iter().any(|k| k == key)
        })
}

fn hesitates(u: &Utterance<'_>) -> bool {
    u.all_words()
        .iter()
        .any(|w| matches!(*w, "чи" | "або") || cues::is_restart(w))
}
