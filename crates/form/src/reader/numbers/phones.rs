//! Telephone numbers and whose they are.

use super::*;
use crate::reader::asked::Target;
use crate::reader::kin::Kin;
use crate::reader::not_ones_own;
use crate::reader::office;

/// The other parent's telephone number.
const PARENT: &str = "children[].other_parent_contact";

pub(super) fn phones(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    taken: &[Range<usize>],
) -> Vec<Range<usize>> {
    not_mine(m, u);
    let found: Vec<_> = phone::find(&u.said, u.lang())
        .into_iter()
        .filter(|hit| {
            hit.confidence >= 0.45
                && !taken
                    .iter()
                    .any(|t| t.start < hit.span.end && hit.span.start < t.end)
        })
        .collect();
    let mut spans = Vec::new();
    // "… så sender vi en erklæring. Har du nummeret på ham?": whoever lives there, known or not.
    if !u.is_staff()
        && !found.is_empty()
        && m.host.is_none()
        && m.declaration
        && m.mover == 0
        && (m.asked.asks(Topic::Phone)
            && (m.phone_of_other || of_third(m) || found.iter().all(|hit| said_theirs(u, hit)))
            || m.asked.mentions(Topic::HostName) && their_phone(u))
    {
        m.host = Some(m.add_person(None));
    }
    let expected = m.asked.mentions(Topic::Phone)
        || m.asked_before.asks(Topic::Phone)
        || says_phone(u)
        || !u.is_staff() && m.host.is_some() && of_third(m)
        || m.context().asks(Topic::HostName)
        || u.is_staff() && m.heard_before.iter().any(|k| k.ends_with(".phone"));
    let many = found.len() > 1;
    // «Мій …. Саміра: …»: two clear ones are telephone numbers, whatever was asked.
    let expected = expected
        || many
            && !m.asked.asks(Topic::Cpr)
            && found.iter().all(|hit| hit.confidence >= 0.9)
            && refs.iter().any(|r| r.who == Who::Me);
    for hit in &found {
        let hit = &again::put_right_at_once(u, hit);
        let value = hit.value.canonical().to_owned();
        let known = m.phone_key(&value);
        // "Toogfyrre, seksten, treoghalvfems, halvtreds" after «ні, п'ятдесят»: the number told before, put right.
        let expected = expected
            || !m.asked.asks(Topic::Cpr) && m.close_phone(&value).is_some()
            || u.is_staff() && is_theirs(m, u, hit);
        // Eight clear digits in a sentence of their own are a telephone number unasked, too.
        // «Рандерсвей …, кімната тридцять два нуль сім, вісім двісті»: not in an address.
        let in_address = u.addresses().iter().any(|a| {
            a.value.street.is_some() && u.sentence_at(a.span.start) == u.sentence_at(hit.span.start)
        });
        let alone = found.len() == 1
            && !in_address
            && hit.confidence >= 0.9
            && !m.has(&Memory::key(m.mover, "phone"))
            && !m.asked.asks(Topic::Cpr)
            && u.sentence_at(hit.span.start)
                .is_some_and(|s| s.bytes.end.saturating_sub(hit.span.end) <= 2);
        if known.is_none() && !expected && !alone {
            // Nobody's number is no house number either.
            let street = u.addresses().iter().any(|a| a.value.street.is_some());
            if hit.confidence >= 0.9 && !street {
                spans.push(hit.span.clone());
            }
            continue;
        }
        spans.push(hit.span.clone());
        let close = m.close_phone(&value).is_some();
        if known.is_none() && !close && office::tells_where(u, &hit.span) {
            continue;
        }
        if u.is_staff() && known.is_none() && m.nobodys_phone.as_deref() == Some(&value) {
            continue;
        }
        let key = match known {
            Some(key) => Some(key),
            None if many && of_somebody_else(u, &found, hit) => m
                .host
                .filter(|_| !m.has("host.phone"))
                .map(|_| "host.phone".to_owned()),
            None if !many && said_again(m, u, &value) => m.last_phone.clone(),
            None => phone_owner(m, u, refs, hit, many),
        };
        m.parent_phone_asked |= key.as_deref() == Some(PARENT) && of_other_parent(m);
        let unsure = hit.note.is_some() || hit.confidence < 0.6;
        let Some(key) = key else {
            let relative = !u.is_staff() && m.asked.asks(Topic::Phone) && of_relative(m);
            let theirs = !u.is_staff() && not_ones_own::is_relatives(u, &hit.span);
            m.nobodys_phone = (relative || theirs).then_some(value);
            keep_for_host(m, u, hit);
            continue;
        };
        let mut heard =
            Heard::new(value, u.evidence(hit.span.clone()), hit.confidence).unsure(unsure);
        let differs = m
            .belief(&key)
            .is_some_and(|b| b.value() != Some(&heard.value));
        let again = said_again(m, u, hit.value.canonical());
        if differs && !u.is_staff() && (m.objected || m.was_read_back(&key) || many || again) {
            heard = heard.act(Act::Correct);
        }
        if differs
            && u.is_staff()
            && (said::phone_meant(m, hit.value.canonical()) || is_theirs(m, u, hit))
        {
            heard = heard.act(Act::Correct);
        }
        m.hear(&key, heard);
        m.last_phone = Some(key);
    }
    spans
}

/// "… er hans": of two numbers that were told the one of whom somebody reports for.
fn is_theirs(m: &Memory, u: &Utterance<'_>, hit: &Found<phone::Phone>) -> bool {
    let right = cues::right(u, hit.span.end);
    m.mover != 0
        && matches!(
            right.as_slice(),
            ["er", "hans" | "hendes" | "fars" | "mors" | "din", ..]
        )
}

/// "Skal vi ringe til ham?": never the citizen's own number.
pub(super) fn of_third(m: &Memory) -> bool {
    // Whoever moves in with the one who reports is "ham" and has a number of their own.
    if m.mover != 0 && m.host == Some(0) {
        return false;
    }
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let theirs = asked_for_theirs(m);
    // "Har du nummeret på ham?", "en telefon på hende"
    let on_them = m.staff_words.windows(3).any(|w| {
        ["nummer", "telefon", "mobil"]
            .iter()
            .any(|stem| w[0].starts_with(stem))
            && matches!(w[1].as_str(), "på" | "til")
            && matches!(w[2].as_str(), "ham" | "hende" | "dem" | "vedkommende")
    });
    // "Vi skriver også til Maja. Hvad er hendes nummer?": a telephone number, when only that of the host lacks.
    let of_host = m.host.is_some()
        && m.mover == 0
        && !m.has("host.phone")
        && (m.declaration || m.host_named_by_staff);
    if (theirs || on_them) && (of_host || !m.asked.asks(Topic::Cpr)) {
        return true;
    }
    m.asked.is_about(Target::Third)
        && !m.asked.is_about(Target::You)
        && says(&["ham", "hende", "hans", "hendes"])
        && !says(&["dig", "dit", "du", "din", "dem"])
}

pub(super) fn says_phone(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        [
            "телефон",
            "номер",
            "дзвон",
            "телефону",
            "telefon",
            "mobil",
            "ringe",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })
}

/// The slot of a telephone number; `None` when it is somebody's who is not in the form.
pub(super) fn phone_owner(
    m: &Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    hit: &Found<phone::Phone>,
    many: bool,
) -> Option<String> {
    let after = cues::right(u, hit.span.end);
    // «…, тільки не на сестру дзвоніть»: not whom one calls there.
    let elsewhere = after.windows(2).any(|w| w == ["не", "на"]);
    let refused = !elsewhere
        && after.iter().take(5).any(|w| {
            w.starts_with("не")
                && after
                    .iter()
                    .any(|x| x.starts_with("дзвон") || x.starts_with("працю"))
        });
    if refused {
        return None;
    }
    let host = "host.phone".to_owned();
    let mover = Memory::key(m.mover, "phone");
    if u.is_staff() {
        // A read-back with wrong digits is about the number said last.
        let close = m.close_phone(hit.value.canonical());
        if close.is_some() {
            return close;
        }
    }
    if !u.is_staff() && of_other_parent(m) {
        return Some(PARENT.to_owned());
    }
    if !u.is_staff() && of_whom_it_is_about(m) {
        return Some(mover);
    }
    // "Og så dit telefonnummer" – «… датський, сестра купила: …», when hers is known.
    let own = m.asked.asks(Topic::Phone)
        && m.staff_words.windows(2).any(|w| {
            matches!(w[0].as_str(), "dit" | "eget")
                && (w[1].starts_with("telefon") || w[1].starts_with("mobil"))
        });
    if !u.is_staff() && own && m.mover == 0 && m.has("host.phone") && !m.has(&mover) {
        return Some(mover);
    }
    // «…, це його данський»: asked for the host's, a pronoun is the host.
    let sentence = u.sentence_at(hit.span.start).map(|s| s.bytes.clone());
    let pronoun = refs
        .iter()
        .filter(|r| sentence.as_ref().is_none_or(|s| s.contains(&r.bytes.start)))
        .all(|r| r.pronoun && !matches!(r.who, Who::Me) || r.weak);
    let theirs = of_third(m) || of_landlord(m);
    if !u.is_staff() && pronoun && m.host.is_some() && !m.has("host.phone") && theirs {
        return Some(host);
    }
    if m.mover == 0 && !u.is_staff() && (said_theirs(u, hit) || has_none(u)) {
        return m.host.is_some().then_some(host);
    }
    // "Hvad er hendes nummer?" – «У мене на папірці: …»: who has it noted, and not whose it is.
    let mine = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "мій" | "моя" | "свій" | "мені"));
    let theirs_alone = !m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "dit" | "dig" | "jeres"));
    let noted = !u.is_staff() && theirs_alone && m.mover == 0 && theirs && !mine && !many;
    // «Лікарка та сама, до неї пішки. Шістдесят …»: whom one goes to is not whose number it is.
    let to_whom = |r: &&Ref| {
        if says_call(u) || says_phone(u) {
            return false;
        }
        let word = u.word_at(r.bytes.start);
        r.pronoun && word > 0 && u.token(word - 1).text == "до"
    };
    // «Тут Леся великими цифрами написала: …»: who wrote it down, and not whose it is.
    let wrote = |r: &Ref| {
        let from = u.word_at(r.bytes.end);
        let to = u.word_at(hit.span.start).min(from + 5);
        u.words(from..to.max(from)).iter().any(|w| {
            [
                "написа",
                "записа",
                "скину",
                "продикту",
                "переслал",
                "переслав",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        })
    };
    // «… Ні, чекайте, то робочий, його заберуть. Пишіть шістдесят …»: «його» is the number that is taken back.
    let from = sentence.as_ref().map_or(0, |s| s.start);
    let taken_back = many
        && u.words(0..u.word_at(from))
            .iter()
            .any(|w| matches!(*w, "чекайте" | "стійте" | "стоп" | "стривайте"));
    let of_number = |r: &Ref| taken_back && r.pronoun && r.bytes.start < from;
    let refs: Vec<Ref> = refs
        .iter()
        .filter(|r| !to_whom(r) && !wrote(r) && !of_number(r))
        .cloned()
        .collect();
    match owner(u, &refs, &hit.span).filter(|who| !noted || *who != Who::Me) {
        // The number of the reporter in whose home the mover will live.
        Some(Who::Me) if m.mover != 0 && m.host == Some(0) && m.has("poa.used") => {
            return Some(host);
        }
        Some(Who::Me) => return Some(mover),
        Some(Who::Person(id)) if Some(id) == m.host => return Some(host),
        Some(Who::Person(id)) if Some(id) == m.other_parent => {
            return Some(PARENT.to_owned());
        }
        Some(Who::Person(id))
            if many
                || id != m.mover && (!says_call(u) || not_ones_own::is_relatives(u, &hit.span)) =>
        {
            // The number of a relative who is not the one asked about.
            let asked_for_them = m.context().kin().is_some_and(|k| {
                m.person(id)
                    .and_then(|p| p.kin)
                    .is_some_and(|have| have.agrees(k))
            });
            // "Hvem udlejer til dig, og hvad er nummeret dér?": never the citizen's.
            let lets = m.person(id).and_then(|p| p.kin) == Some(Kin::Landlord);
            return (asked_for_them && !lets).then(|| mover.clone());
        }
        _ => {}
    }
    let of_host = m.host.is_some()
        && !m.has("host.phone")
        && (m.asked_about_host() || of_third(m) || asked_for_theirs(m));
    if !u.is_staff() && m.mover == 0 && !of_host && m.asked.asks(Topic::Phone) && of_relative(m) {
        // "Og din mands telefonnummer?"
        let lives = m.host.and_then(|id| m.person(id)).and_then(|p| p.kin);
        let same = lives.zip(m.asked.kin()).is_some_and(|(a, b)| a.agrees(b));
        return (same && !m.has("host.phone")).then_some(host);
    }
    if m.asked_about_host() && !m.has("host.phone") {
        Some(host)
    } else if !u.is_staff() && m.has(&mover) && !m.has("host.phone") && after_host(m) {
        m.host.is_some().then_some(host)
    } else if !u.is_staff()
        // Eight clear digits are a telephone number, though "hendes nummer" may ask for a personal one.
        && (m.phone_of_other || of_third(m) || asked_for_theirs(m) && hit.confidence >= 0.9)
    {
        // "Karins telefonnummer?": not the citizen's own.
        m.host.is_some().then_some(host)
    } else if !u.is_staff() && of_stranger(m, u, hit) {
        None
    } else {
        Some(mover)
    }
}

/// "Har din mand et telefonnummer?": a relative is asked about, and not the citizen.
fn of_relative(m: &Memory) -> bool {
    let own = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "dit" | "dig" | "jeres" | "du" | "eget"));
    m.asked.kin().is_some() && !own
}

/// "Hvad hedder logiværten?" – "Og telefonnummeret?": that of whoever was asked about right before.
fn after_host(m: &Memory) -> bool {
    let bare = !m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "dit" | "dig" | "din" | "du" | "jeres" | "eget" | "selv"
        )
    });
    bare && m.asked.asks(Topic::Phone) && m.asked_before.asks(Topic::HostName)
}

/// «Двірник, Йоан його звати, сорок п'ять …» where nobody asked for a telephone: the number of whoever is named right
/// before it.
fn of_stranger(m: &Memory, u: &Utterance<'_>, hit: &Found<phone::Phone>) -> bool {
    let asked = m.asked.mentions(Topic::Phone) || m.asked_before.asks(Topic::Phone);
    let Some(sentence) = u.sentence_at(hit.span.start) else {
        return false;
    };
    let words = u.words(sentence.words.clone());
    let mine = words
        .iter()
        .any(|w| matches!(*w, "мій" | "моя" | "мені" | "мене" | "я" | "мобільний"));
    let own = [
        Memory::key(0, "given_names"),
        Memory::key(m.mover, "given_names"),
    ];
    let named = u.names().iter().any(|name| {
        sentence.bytes.contains(&name.span.start)
            && name.span.end <= hit.span.start
            && name.value.given().is_some_and(|given| {
                own.iter()
                    .all(|key| m.text(key).is_none_or(|have| have != given))
            })
    });
    !asked && !mine && named
}

/// «Дзвоніть дружині»: the number to call, whoever's it is.
pub(super) fn says_call(u: &Utterance<'_>) -> bool {
    u.all_words().iter().any(|w| {
        w.starts_with("дзвоніть")
            || w.starts_with("телефонуйте")
            || matches!(*w, "краще" | "зв'язку")
    })
}

/// «мені шістдесят шість …, а бруно дев'яносто сім …»: the second of two numbers is another's.
fn of_somebody_else(
    u: &Utterance<'_>,
    found: &[Found<phone::Phone>],
    hit: &Found<phone::Phone>,
) -> bool {
    let Some(before) = found
        .iter()
        .filter(|f| f.span.end <= hit.span.start)
        .map(|f| f.span.end)
        .max()
    else {
        return false;
    };
    let between = u.words(u.word_at(before)..u.word_at(hit.span.start));
    let mine = between.iter().any(|w| {
        matches!(
            *w,
            "мій"
                | "мені"
                | "мене"
                | "моя"
                | "тобто"
                | "ні"
                | "ой"
                | "dit"
                | "dig"
                | "давайте"
        )
    });
    let named = between.len() >= 2
        && (matches!(between[0], "а" | "og")
            // «Мій …. Саміра… зараз, ось: …»
            || u.written && tolkebot_values::names::to_nominative(between[0]).is_some());
    named && !mine
}
