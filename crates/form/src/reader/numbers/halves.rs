//! CPR numbers in two halves: the date, and the last four behind a word that announces them.

use super::*;

/// «… сімдесят восьмий рік, далі одинадцять сімдесят сім», «…, закінчення двадцять два одинадцять».
pub(super) fn two_halves(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
) -> Option<Vec<Range<usize>>> {
    if u.is_staff() {
        return None;
    }
    let words = u.all_words();
    let marker = words.iter().position(|w| {
        [
            "останн",
            "закінчен",
            "кінець",
            "далі",
            "цифри",
            "цифр",
            "sidste",
            "хвіст",
            "хвостик",
            "кінцівк",
            "рискою",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    })?;
    let cut = u.token(marker).span.start;
    let text = &u.said;
    let (head, tail) = text.split_at_checked(cut)?;
    // «сімдесят дванадцять... ні, сімдесят три, одинадцять»
    let again = ["ні,", "ой", "тобто", "зараз"]
        .iter()
        .filter_map(|w| tail.rfind(w).map(|at| at + w.len()))
        .max();
    let fresh = again.and_then(|at| {
        let found = cpr::find_partial(tail.get(at..)?, u.lang()).filter(|f| f.value.len() == 4)?;
        Some(Found {
            span: found.span.start + at..found.span.end + at,
            ..found
        })
    });
    let serial = match fresh {
        Some(found) => found,
        None => cpr::find_partial(tail, u.lang()).filter(|f| f.value.len() == 4)?,
    };
    let start = match cpr::find_partial(head, u.lang()).filter(|f| f.value.len() == 6) {
        Some(found) => (found.value, found.span),
        None => {
            let context = DateContext::new(m.today, Purpose::Birth);
            let found = dates::find(head, u.lang(), &context)
                .into_iter()
                .rfind(|f| f.value.date.is_some())?;
            let date = found.value.date?;
            let year = date.year().rem_euclid(100);
            (
                format!("{:02}{:02}{year:02}", date.day(), date.month()),
                found.span,
            )
        }
    };
    let number = CprNumber::parse(&format!("{}{}", start.0, serial.value)).ok()?;
    number.birth_date().filter(|date| *date <= m.today)?;
    let span = start.1.start..cut + serial.span.end;
    // «Меланія — кінець …»: the end belongs to somebody named in between.
    let between = refs
        .iter()
        .any(|r| r.bytes.start > start.1.end && r.bytes.end <= cut);
    if between || !dates_once(&words) {
        return None;
    }
    let hit = Found::new(number, span.clone(), 0.85);
    cpr_number(m, u, refs, &hit);
    Some(vec![span])
}

/// "Du er født den femtende marts niogfyrre. Kan du sige de fire sidste?": the employee has the date before them, and
/// the answer brings the rest.
pub(super) fn read_from_register(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if !u.is_staff() || m.cpr_start.is_some() {
        return;
    }
    let Some((digits, person)) = born_of(m, u, refs) else {
        return;
    };
    m.cpr_start = Some((person, digits));
    m.cpr_start_turn = m.turns;
    m.last_cpr = Some(person);
    m.last_cpr_turn = m.turns;
}

/// "Og de fire sidste?" of whoever's day of birth is known: the answer brings the rest.
pub(super) fn behind_birth_date(m: &mut Memory, u: &Utterance<'_>) {
    let asked = asks_for_the_end(m);
    let numbered = m.has(&Memory::key(m.mover, "cpr_number"));
    if u.is_staff() || m.cpr_start.is_some() || !asked || numbered {
        return;
    }
    let born = m
        .text(&Memory::key(m.mover, "birth_date"))
        .and_then(|day| day.parse::<jiff::civil::Date>().ok());
    if let Some(date) = born {
        let year = date.year().rem_euclid(100);
        let digits = format!("{:02}{:02}{year:02}", date.day(), date.month());
        m.cpr_start = Some((m.mover, digits));
        m.cpr_start_turn = m.turns;
    }
}

/// Turns within which the day of birth follows its last four digits.
const JOINED_WITHIN: usize = 6;

fn asks_for_the_end(m: &Memory) -> bool {
    m.staff_words.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("fire", "sidste") | ("sidste", "fire")
        )
    })
}

/// "Hvad er de sidste fire cifre?" – «Двадцять три вісімнадцять.», and the day of birth is not known yet.
pub(super) fn end_first(m: &mut Memory, u: &Utterance<'_>) {
    let known = ["cpr_number", "birth_date"]
        .iter()
        .any(|field| m.has(&Memory::key(m.mover, field)));
    if u.is_staff()
        || known
        || m.cpr_start.is_some()
        || m.mover != 0
        || m.asked.kin().is_some()
        || m.asked_person.is_some()
        || !asks_for_the_end(m)
    {
        return;
    }
    let end = cpr::find_partial(&u.said, u.lang()).filter(|found| found.value.len() == 4);
    if let Some(end) = end {
        m.cpr_end = Some((end.value, m.turns));
    }
}

/// "Og din fødselsdag?" – «Чотирнадцятого вересня вісімдесят сьомого»: with the last four told before, the number is whole.
pub(in crate::reader) fn joined_with_birth(m: &mut Memory, u: &Utterance<'_>) {
    let Some((end, turn)) = m.cpr_end.clone() else {
        return;
    };
    let (born, key) = (Memory::key(0, "birth_date"), Memory::key(0, "cpr_number"));
    if turn + JOINED_WITHIN < m.turns || m.mover != 0 || m.has(&key) {
        m.cpr_end = None;
        return;
    }
    let date = m
        .text(&born)
        .and_then(|day| day.parse::<jiff::civil::Date>().ok());
    let Some(date) = date.filter(|_| !u.is_staff() && m.heard_now.contains(&born)) else {
        return;
    };
    m.cpr_end = None;
    let year = date.year().rem_euclid(100);
    let digits = format!("{:02}{:02}{year:02}{end}", date.day(), date.month());
    let number = CprNumber::parse(&digits)
        .ok()
        .filter(|n| n.birth_date() == Some(date));
    if let Some(number) = number {
        m.beliefs.remove(&born);
        m.hear(&key, Heard::new(number.formatted(), u.evidence(0..0), 0.8));
    }
}

/// The six digits of the day of birth that stands before "de fire sidste", and whose it is.
fn born_of(m: &Memory, u: &Utterance<'_>, refs: &[Ref]) -> Option<(String, PersonId)> {
    let words = u.all_words();
    let asks = words
        .windows(2)
        .position(|w| matches!(w, ["fire", "sidste"] | ["sidste", "fire"]))?;
    let born = words[..asks].iter().rposition(|w| *w == "født")?;
    let from = u.token(born).span.start;
    let until = u.token(asks).span.start;
    let text = u.said.get(from..until)?;
    let context = DateContext::new(m.today, Purpose::Birth);
    let found = dates::find(text, u.lang(), &context);
    let [only] = found.as_slice() else {
        return None;
    };
    let date = only.value.date?;
    let span = only.span.start + from..only.span.end + from;
    let person = match owner(u, refs, &span) {
        Some(Who::Person(id)) => id,
        _ => m.mover,
    };
    if m.has(&Memory::key(person, "cpr_number")) {
        return None;
    }
    let year = date.year().rem_euclid(100);
    let digits = format!("{:02}{:02}{year:02}", date.day(), date.month());
    Some((digits, person))
}

/// A single "end": with two of them two numbers share a date.
fn dates_once(words: &[&str]) -> bool {
    words
        .iter()
        .filter(|w| w.starts_with("кінець") || w.starts_with("закінчен"))
        .count()
        <= 1
}
