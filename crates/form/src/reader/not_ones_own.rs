//! Telephone numbers and e-mail addresses of relatives that are told in place of one's own: nobody's in the form, unless
//! the relative is the host.

use std::ops::Range;

use super::kin::{Kin, kin};
use super::memory::Memory;
use super::mood;
use super::utterance::Utterance;

/// Words before a number or an address among which its owner may stand.
const BEFORE: usize = 5;

/// Whoever is named in the nominative does something, and owns nothing.
const NOMINATIVE: &str = "чоловік муж жінка дружина жена партнер партнерка син синок донька дочка мама мати тато батько брат \
     братик сестра бабуся баба дідусь дід свекруха теща свекор тесть невістка зять тітка дядько племінник племінниця \
     подруга друг знайомий знайома товариш колега сусід сусідка кум кума онук онука";

/// Whether a word names a relative in another case: «чоловіка», «сестрі», «чоловікова».
fn of_relative(u: &Utterance<'_>, word: &str) -> bool {
    let related = kin(word, u.lang())
        .or_else(|| {
            // «чоловікову», «мамину», «сестрину»
            let stem = ["у", "а", "е", "ий", "ої", "ій"]
                .iter()
                .find_map(|end| word.strip_suffix(end))?;
            kin(&format!("{stem}а"), u.lang())
        })
        .filter(|kin| !matches!(kin, Kin::Landlord | Kin::Children | Kin::Child));
    related.is_some() && !NOMINATIVE.split_whitespace().any(|w| w == word)
}

/// «Пишіть чоловікові: …», «можна чоловікову? …», «ось номер сестри …», «…, це пошта чоловіка».
pub(super) fn is_relatives(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let first = u.word_at(span.start);
    let before = u.words(first.saturating_sub(BEFORE)..first);
    let of = |words: &[&str], at: usize| {
        let with = at.checked_sub(1).map_or("", |before| match words[before] {
            "мого" | "моєї" | "моєму" | "моїй" | "свого" | "своєї" | "своєму" | "своїй" => {
                before.checked_sub(1).map_or("", |b| words[b])
            }
            word => word,
        });
        of_relative(u, words[at])
            && !matches!(
                with,
                "з" | "зі" | "із" | "у" | "в" | "від" | "для" | "про" | "до"
            )
    };
    let leads = |w: &str| {
        [
            "дзвон",
            "телефон",
            "набир",
            "пиш",
            "напиш",
            "запиш",
            "надсил",
            "шліть",
            "пошт",
            "мейл",
            "імейл",
            "емейл",
            "мил",
            "номер",
            "мобіл",
            "адрес",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
            || matches!(
                w,
                "ось" | "можна" | "тільки" | "лише" | "є" | "краще" | "на"
            )
    };
    // «Можна чоловікову? petro@…»: the question before it, or the same sentence.
    let same = |word: usize| {
        let byte = u.token(word).span.start;
        u.sentence_at(byte)
            .is_some_and(|s| s.question || s.bytes.contains(&span.start))
    };
    let lead = first.saturating_sub(BEFORE);
    let told = (0..before.len()).any(|at| {
        of(&before, at)
            && same(lead + at)
            && before[at.saturating_sub(2)..at].iter().any(|w| leads(w))
    });
    let after = u.word_at(span.end);
    let behind = u.words(after..(after + 7).min(u.word_tokens.len()));
    let this = behind
        .iter()
        .take(3)
        .position(|w| matches!(*w, "це" | "то" | "вона" | "він"));
    let named = this.is_some_and(|this| {
        (this + 1..behind.len().min(this + 5)).any(|at| of(&behind, at))
            && !behind[..this]
                .iter()
                .any(|w| matches!(*w, "мій" | "моя" | "моє"))
    });
    told || named
}

/// "Det er din mands mail.": what was taken for the citizen's own in the turn before is not, as soon as the employee says
/// so and nobody denies it.
pub(super) fn told_by_staff(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 {
        return;
    }
    let field = if u.is_staff() {
        let question = u.sentences.iter().all(|s| s.question);
        belongs_to_relative(&u.all_words()).filter(|_| !question)
    } else {
        let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
        belongs_to_relative(&words).filter(|_| mood::mood(u).agreed)
    };
    let Some(field) = field else { return };
    let key = Memory::key(0, field);
    let last = m
        .belief(&key)
        .and_then(|b| b.slot())
        .and_then(|slot| slot.evidence.iter().map(|e| e.turn).max());
    if last.is_some_and(|turn| turn + 2 >= u.turn.n) {
        m.forget(&key);
        if field == "phone" {
            m.last_phone = None;
        }
    }
}

/// "det er din mands mail", "… er din søsters nummer"
fn belongs_to_relative(words: &[&str]) -> Option<&'static str> {
    let of = |at: usize| {
        let owner = words.get(at + 2)?;
        let related = owner
            .strip_suffix('s')
            .and_then(|stem| kin(stem, tolkebot_protocol::Lang::Da))
            .is_some_and(|kin| kin != Kin::Landlord);
        let thing = words.get(at + 3)?;
        let field = if thing.contains("mail") {
            "email"
        } else if ["nummer", "telefon", "mobil"]
            .iter()
            .any(|stem| thing.starts_with(stem))
        {
            "phone"
        } else {
            return None;
        };
        (words[at] == "er" && matches!(words[at + 1], "din" | "dit") && related).then_some(field)
    };
    (0..words.len()).find_map(|at| {
        // "er det din mands mail?"
        if words[at] == "er" && words.get(at + 1) == Some(&"det") {
            let mut rest = vec!["er"];
            rest.extend(&words[at + 2..]);
            return belongs_to_relative(&rest);
        }
        of(at)
    })
}

/// «Мій: …» of who reports for another – "Det noterer jeg hos dig som fuldmagtshaver. Hendes eget felt lader jeg stå
/// tomt.": the number is not that of the one who moves.
pub(super) fn of_reporter(m: &mut Memory, u: &Utterance<'_>) {
    let key = Memory::key(m.mover, "phone");
    if !u.is_staff() || m.mover == 0 || m.last_phone.as_deref() != Some(key.as_str()) {
        return;
    }
    let words = u.all_words();
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let empty = has(&["hendes", "hans", "dét"])
        && has(&["tomt", "tom", "blankt", "åbent"])
        && has(&["felt", "nummer", "telefon", "telefonnummer", "rubrik"]);
    let yours = words.windows(4).any(|w| {
        matches!(w, ["hos" | "på", "dig", "som", role] if role.starts_with("fuldmagt") || role.starts_with("anmelder"))
    });
    let recent = m
        .belief(&key)
        .and_then(|b| b.slot())
        .and_then(|slot| slot.evidence.iter().map(|e| e.turn).max())
        .is_some_and(|turn| turn + 3 >= u.turn.n);
    if recent && (empty || yours) {
        m.forget(&key);
        m.last_phone = None;
    }
}
