//! House number, floor, door, postal code and town of an address.

use super::*;

/// Takes a value in; what an employee asks ("… stuen til venstre?") waits for the answer.
pub(super) fn say(m: &mut Memory, u: &Utterance<'_>, key: &str, heard: Heard) {
    let question = u.is_staff()
        && u.sentence_at(heard.evidence.bytes.start)
            .is_some_and(|s| s.question)
        && !asks_further(u, heard.evidence.bytes.end);
    let same = m.belief(key).and_then(|b| b.value()) == Some(&heard.value);
    if question && !same {
        m.offer(key, heard);
    } else {
        m.hear(key, heard);
    }
}

/// "Grønjordsvej 161, hvilken sal er det?": what stands before the question is no question.
fn asks_further(u: &Utterance<'_>, from: usize) -> bool {
    let first = u.word_at(from);
    (first + 1..(first + 6).min(u.word_tokens.len())).any(|word| {
        let behind_comma = u.tokens[u.word_tokens[word] - 1].is_sign(',');
        // "skautrupvej hvilket nummer", as a recogniser writes it
        (behind_comma || !u.written)
            && matches!(
                u.token(word).text.as_str(),
                "hvilken" | "hvilket" | "hvilke" | "hvornår" | "hvem"
            )
    })
}

/// House number, floor, door and postal code.
pub(super) fn details(m: &mut Memory, u: &Utterance<'_>, a: &Address, place: Place) {
    let prefix = place.prefix();
    let alternatives = u.is_staff() && alternatives(u, a);
    // A number in the next sentence belongs to a street only when nothing else is known.
    let beside = |at: usize| {
        a.street
            .as_ref()
            .is_none_or(|street| u.sentence_at(street.span.start) == u.sentence_at(at))
    };
    // "Treogfirs B, stuen, dør to": read back with what stands behind it.
    let read_back = u.is_staff() && (a.letter.is_some() || a.floor.is_some());
    let loose_number = a.street.is_none()
        && !read_back
        && (m.has(&format!("{prefix}.house_number")) && !m.asked.asks(Topic::HouseNumber));
    if let Some(number) = &a.number
        && !loose_number
        && (beside(number.span.start) || !m.has(&format!("{prefix}.house_number")))
    {
        let key = format!("{prefix}.house_number");
        let heard = Heard::new(
            number.value.as_str(),
            u.evidence(number.span.clone()),
            number.confidence,
        );
        let heard = corrected(m, u, &key, heard);
        say(m, u, &key, heard.unsure(number.confidence < 0.6));
    }
    let chosen = |letter: &Found<char>| {
        let next = u.word_at(letter.span.end);
        u.words(next..(next + 1).min(u.word_tokens.len())) != ["eller"]
    };
    if let Some(letter) = a.letter.as_ref().filter(|letter| chosen(letter)) {
        let key = format!("{prefix}.house_letter");
        let heard = Heard::new(
            letter.value.to_string(),
            u.evidence(letter.span.clone()),
            letter.confidence,
        );
        let heard = corrected(m, u, &key, heard);
        say(m, u, &key, heard.unsure(letter.confidence < 0.6));
    }
    if alternatives {
        return;
    }
    if let Some(floor) = &a.floor
        && u.is_staff()
        && floor.value.danish().is_some()
        && !u.sentence_at(floor.span.start).is_some_and(|s| s.question)
    {
        m.forget(&format!("{prefix}.no_floor"));
    }
    if let Some(floor) = &a.floor
        && !m.has(&format!("{prefix}.no_floor"))
        && !counting(u, &floor.span)
    {
        let key = format!("{prefix}.floor");
        let danish = floor.value.danish();
        let value = danish.unwrap_or_else(|| floor.value.suggestion()).code();
        let unsure = danish.is_none() && !u.is_staff();
        let confidence = if unsure { 0.5 } else { floor.confidence };
        let heard = Heard::new(value, u.evidence(floor.span.clone()), confidence).unsure(unsure);
        let sure_already = m.belief(&key).is_some_and(|b| !b.is_unsure());
        // "Er det anden sal?" – «Ні, по-нашому другий»
        let denied = m.objected && m.heard_before.contains(&key);
        if !(unsure && sure_already && !denied) {
            let heard = corrected(m, u, &key, heard);
            say(m, u, &key, heard);
        }
    }
    let rights = |span: &Range<usize>| {
        u.turn
            .text
            .get(span.clone())
            .is_some_and(|t| tolkebot_values::fold(t) == "права")
    };
    if let Some(door) = a
        .door
        .as_ref()
        .filter(|d| !(u.is_staff() && offers_sides(u, &d.span)))
        .filter(|d| {
            let no_door = rights(&d.span) && a.floor.is_none()
                || stairs_inside(u, &d.span)
                || left_out(u, &d.span)
                || no_side(u, &d.span)
                || other_side(u, &d.span)
                || stands_there(m, u, &d.span, prefix);
            !no_door
        })
    {
        let key = format!("{prefix}.door");
        // A flat number is often only a habit: it waits for floor and side.
        let unsure = door.note.is_some();
        let heard = Heard::new(
            door.value.code(),
            u.evidence(door.span.clone()),
            door.confidence,
        );
        if !(unsure && m.has(&key)) {
            let heard = corrected(m, u, &key, heard.unsure(unsure));
            say(m, u, &key, heard);
        }
    }
    if let Some(code) = a.postal_code.as_ref().filter(|c| !is_a_sum(u, &c.span)) {
        let key = format!("{prefix}.postal_code");
        let heard = Heard::new(
            code.value.code.as_str(),
            u.evidence(code.span.clone()),
            code.confidence,
        );
        // The register has this street under other codes: one of the two was misheard.
        let known = codes_of(m, place);
        let odd = !known.is_empty() && !known.contains(&code.value.code);
        let heard = corrected(m, u, &key, heard).unsure(code.note.is_some() || odd);
        say(m, u, &key, heard);
    }
    town(m, u, a, place);
}

/// «Стуен, один, два, три», "tæller du stueetagen med som den første?": somebody counts the floors.
fn counting(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let said = u.words(u.words_in(span));
    let ground =
        matches!(said.as_slice(), [one] if one.starts_with("стуен") || one.starts_with("stue"));
    let next = u.word_at(span.end);
    let asks_how = u.is_staff()
        && u.sentence_at(span.start).is_some_and(|s| {
            s.question
                && u.words(s.words.clone()).iter().any(|w| {
                    ["tæl", "talt", "regner", "regnet"]
                        .iter()
                        .any(|stem| w.starts_with(stem))
                })
        });
    ground
        && (asks_how
            || next < u.word_tokens.len()
                && (matches!(u.token(next).text.as_str(), "один" | "раз" | "en" | "et")
                    || u.token(next).text.starts_with("перш")
                        && next + 1 < u.word_tokens.len()
                        && u.token(next + 1).text.starts_with("друг")))
}

/// «Кімната дев'ять, але кімнати писати, мабуть, не треба»
fn left_out(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let behind = cues::right(u, span.end);
    let door = behind.iter().any(|w| {
        ["кімнат", "двер", "квартир", "номер"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    door && behind.windows(2).any(|w| {
        w[0] == "не"
            && matches!(
                w[1],
                "треба" | "потрібно" | "пишіть" | "пишемо" | "вказуйте"
            )
    })
}

/// «Праворуч. Зліва сомалійська родина»: somebody or something else, once the own side has been told.
fn stands_there(m: &Memory, u: &Utterance<'_>, span: &Range<usize>, prefix: &str) -> bool {
    let told = m.heard_now.iter().any(|k| *k == format!("{prefix}.door"));
    let first = u.word_at(span.start);
    let opens = u.sentences.iter().any(|s| s.words.start == first);
    let runs_on = u
        .tokens
        .iter()
        .any(|t| t.is_word() && t.span.start == span.end + 1);
    told && !u.is_staff() && opens && runs_on
}

/// «Посередині, ні вліво, ні вправо», «ліворуч, праворуч пральня»: a side that is denied, or at which something else is.
fn other_side(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let first = u.word_at(span.start);
    let denied = first > 0 && matches!(u.token(first - 1).text.as_str(), "ні" | "не");
    let after_comma = denied
        && u.word_tokens[first]
            .checked_sub(1)
            .is_some_and(|before| !u.tokens[before].is_sign(','));
    let neither = after_comma
        && u.words(0..first)
            .iter()
            .filter(|w| matches!(**w, "ні" | "не"))
            .count()
            > 1;
    let side = |w: &str| {
        ["ліво", "вліво", "зліва", "право", "вправо", "справа"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    let beside = !u.is_staff()
        && u.words(u.words_in(span)).iter().any(|w| side(w))
        && u.words(0..first).iter().any(|w| side(w))
        && !u.words(0..first).iter().any(|w| cues::is_restart(w))
        && u.word_at(span.end) < u.word_tokens.len()
        && u.tokens
            .get(u.word_tokens[u.word_at(span.end)])
            .is_some_and(|next| {
                [
                    "пральн",
                    "ліфт",
                    "сход",
                    "сусід",
                    "підвал",
                    "комор",
                    "вхід",
                    "магазин",
                    "кафе",
                ]
                .iter()
                .any(|stem| next.text.starts_with(stem))
            });
    neither || beside
}

/// «Без номера, ліва-права немає»: neither of the two.
fn no_side(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let said = u.words(u.words_in(span));
    let left = |w: &&str| matches!(*w, "ліва" | "ліво" | "ліва-права" | "ліво-право");
    let next = u.words(u.word_at(span.end)..(u.word_at(span.end) + 1).min(u.word_tokens.len()));
    said.iter().any(left)
        && (said.iter().any(|w| w.contains("прав"))
            || next
                .first()
                .is_some_and(|w| matches!(*w, "права" | "право")))
}

/// «Сходи всередині» are no door in the middle.
fn stairs_inside(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let inside = u
        .words(u.words_in(span))
        .iter()
        .any(|w| matches!(*w, "всередині" | "усередині"));
    let first = u.word_at(span.start);
    let near = first.saturating_sub(3)..(first + 4).min(u.word_tokens.len());
    inside && u.words(near).iter().any(|w| w.starts_with("сход"))
}

/// "fjerde sal eller …": nothing is said yet.
pub(super) fn alternatives(u: &Utterance<'_>, a: &Address) -> bool {
    let at = a
        .floor
        .as_ref()
        .map(|f| f.span.start)
        .or(a.door.as_ref().map(|d| d.span.start));
    let Some(sentence) = at.and_then(|at| u.sentence_at(at)) else {
        return false;
    };
    sentence.question && u.words(sentence.words.clone()).contains(&"eller")
}

/// "Altså i kælderen. Er der en dør til højre eller venstre?": no side is said yet.
fn offers_sides(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    u.sentence_at(span.start)
        .is_some_and(|s| s.question && u.words(s.words.clone()).contains(&"eller"))
}

/// In an answer to a read-back, another value is a correction even without a «ні».
pub(super) fn corrected(m: &Memory, u: &Utterance<'_>, key: &str, heard: Heard) -> Heard {
    let differs = m
        .belief(key)
        .is_some_and(|b| b.value() != Some(&heard.value));
    if differs && !u.is_staff() && (m.objected || m.was_read_back(key)) {
        heard.act(Act::Correct)
    } else {
        heard
    }
}

pub(super) fn town(m: &mut Memory, u: &Utterance<'_>, a: &Address, place: Place) {
    let Some(found) = &a.place else { return };
    let prefix = place.prefix();
    match found.value.kind {
        PlaceKind::DanishTown | PlaceKind::AarhusArea => {
            let evidence = u.evidence(found.span.clone());
            m.note(
                &format!("{prefix}.town"),
                &found.value.name,
                evidence.clone(),
            );
            if !found.value.postal_codes.is_empty() {
                let codes = found.value.postal_codes.join(" ");
                m.note(&format!("{prefix}.town_codes"), &codes, evidence);
            }
        }
        PlaceKind::ForeignTown | PlaceKind::Country => {}
    }
}

/// «Окремий будинок, поверхів не треба», "så lader jeg etagen stå tom".
pub(super) fn no_floor(m: &mut Memory, u: &Utterance<'_>, spots: &[(usize, Place)]) {
    let words = u.all_words();
    let Some(word) = cues::says_no_floor(&words) else {
        return;
    };
    let byte = u.token(word).span.start;
    let before = spots
        .iter()
        .rev()
        .find(|(at, _)| *at < byte)
        .map(|(_, place)| *place);
    let Some(place) = before.or(m.place.filter(|_| recently(m))) else {
        return;
    };
    let place = without_floor(m, place);
    let prefix = place.prefix();
    m.forget(&format!("{prefix}.floor"));
    m.offers
        .retain(|(key, _)| *key != format!("{prefix}.floor"));
    m.note(&format!("{prefix}.no_floor"), "1", u.evidence(0..0));
}

/// Which address has no floor: of one whose floor both sides have said and one of which none is known, the other.
pub(super) fn without_floor(m: &Memory, place: Place) -> Place {
    use tolkebot_protocol::Speaker;
    let there = place.other();
    let agreed = m
        .belief(&format!("{}.floor", place.prefix()))
        .and_then(|b| b.slot())
        .is_some_and(|s| {
            let said = |who: Speaker| s.evidence.iter().any(|e| e.speaker == who);
            said(Speaker::Staff) && said(Speaker::Citizen)
        });
    let open = m.has(&format!("{}.street_name", there.prefix()))
        && m.belief(&format!("{}.floor", there.prefix()))
            .is_none_or(|b| b.is_unsure());
    if place != Place::Contact && agreed && open {
        there
    } else {
        place
    }
}

/// «у тому самому домі»: the old address shares street, number and code with the new one.
pub(super) fn same_house(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    if cues::says_same_house(&words) {
        m.same_house = true;
    }
}

/// Byte ranges of house numbers, floors, doors and codes, which are no dates.
pub(in crate::reader) fn number_spans(u: &Utterance<'_>) -> Vec<Range<usize>> {
    u.addresses()
        .iter()
        .filter(|hit| hit.value.street.is_some())
        .cloned()
        .flat_map(|hit| {
            let a = hit.value;
            [
                a.number.map(|n| n.span),
                a.floor.map(|f| f.span),
                a.door.map(|d| d.span),
                a.postal_code.map(|p| p.span),
            ]
        })
        .flatten()
        .collect()
}

/// The postal code that follows from town or street, when only one is possible.
pub(in crate::reader) fn implied_code(m: &Memory, place: Place) -> Option<(String, String)> {
    let prefix = place.prefix();
    let split = |key: &str| -> Vec<String> {
        m.text(&format!("{prefix}.{key}"))
            .map(|s| s.split(' ').map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let (street, town) = (split("codes"), split("town_codes"));
    let both: Vec<&String> = street.iter().filter(|c| town.contains(c)).collect();
    if let [one] = both.as_slice() {
        return Some(((*one).clone(), format!("{prefix}.codes")));
    }
    // 6700 is Esbjerg itself, the others are its parts.
    if town.len() > 1
        && let Some(name) = m.text(&format!("{prefix}.town"))
        && let Some(code) = town
            .iter()
            .find(|c| postal::lookup(c).is_some_and(|r| r.district == name))
    {
        return Some((code.clone(), format!("{prefix}.town_codes")));
    }
    // The street is known in Aarhus, but the town named is another: the town counts.
    if let [one] = town.as_slice() {
        return Some((one.clone(), format!("{prefix}.town_codes")));
    }
    if town.is_empty()
        && let [one] = street.as_slice()
        && postal::lookup(one).is_some()
    {
        return Some((one.clone(), format!("{prefix}.codes")));
    }
    None
}
