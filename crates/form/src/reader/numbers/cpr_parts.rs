//! CPR numbers that are said in parts.

use super::*;

/// A number in two breaths: the date first, the last four later; or a repair of one of the two.
pub(super) fn cpr_parts(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) -> Vec<Range<usize>> {
    halves::end_first(m, u);
    let expected = m.cpr_open()
        || m.asked.asks(Topic::Cpr)
        || m.last_cpr_turn + 3 >= m.turns && m.last_cpr.is_some();
    if !expected {
        return Vec::new();
    }
    if let Some(spans) = two_halves(m, u, refs) {
        return spans;
    }
    read_from_register(m, u, refs);
    halves::behind_birth_date(m, u);
    // «Двадцять два, а тоді шістдесят»: the same text without the words, byte for byte as long.
    let text = match m.cpr_start {
        Some(_) => u.said.replace("а тоді", &" ".repeat("а тоді".len())),
        None => u.said.clone().into_owned(),
    };
    let Some(part) = cpr::find_partial(&text, u.lang()) else {
        return Vec::new();
    };
    let digits = part.value.as_str();
    let span = part.span.clone();
    // "Seksogtyve ni nul syv, og de sidste?": the half that was just told, and no postal code.
    if u.is_staff() && m.cpr_start.is_some() && m.cpr_start_turn + 1 == m.turns {
        return vec![span];
    }
    if digits.len() == 4 && only_ordinals(u, &span) {
        return Vec::new();
    }
    match digits.len() {
        6 if date_like(digits)
            && !u.is_staff()
            && (m.asked.mentions(Topic::Cpr) || m.cpr_start.is_some()) =>
        {
            // «Матвій народився четвертого травня дві тисячі двадцять першого»: a day, and no half of a number.
            if u.all_words().iter().any(|w| w.starts_with("народ")) {
                return Vec::new();
            }
            let refs = noted::without_writers(m, u, refs, &span);
            let person = match owner(u, &refs, &span) {
                Some(Who::Person(id)) => id,
                _ if !m.has(&Memory::key(m.mover, "cpr_number")) => m.mover,
                _ => m.focus,
            };
            if m.has(&Memory::key(person, "cpr_number")) {
                return Vec::new();
            }
            m.cpr_start = Some((person, digits.to_owned()));
            m.cpr_start_turn = m.turns;
            m.last_cpr = Some(person);
            m.last_cpr_turn = m.turns;
            vec![span]
        }
        4 => {
            let asked = m.asked.asks(Topic::Cpr) || m.cpr_start_turn + 2 >= m.turns;
            if let Some((person, start)) = m.cpr_start.clone().filter(|_| !u.is_staff() && asked) {
                let whole = format!("{start}{digits}");
                if let Ok(number) = CprNumber::parse(&whole)
                    && number.birth_date().is_some_and(|d| d <= m.today)
                {
                    let evidence = u.evidence(span.clone());
                    // The day of birth is in the number now, and follows from it.
                    let born = Memory::key(person, "birth_date");
                    let day = number.birth_date().map(|day| day.to_string());
                    if day.is_some() && m.text(&born) == day.as_deref() {
                        m.beliefs.remove(&born);
                    }
                    m.hear(
                        &Memory::key(person, "cpr_number"),
                        Heard::new(number.formatted(), evidence, 0.85),
                    );
                    m.cpr_start = None;
                    m.last_cpr = Some(person);
                    m.last_cpr_turn = m.turns;
                    return vec![span];
                }
                return Vec::new();
            }
            repair_serial(m, u, refs, digits, &span)
        }
        _ => Vec::new(),
    }
}

/// «По-датськи другий, другий сал»: a date of birth is said in ordinals, the last four never are.
fn only_ordinals(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    let mut inside = u
        .numbers()
        .iter()
        .filter(|n| span.start <= n.span.start && n.span.end <= span.end)
        .peekable();
    inside.peek().is_some()
        && inside.all(|n| matches!(n.value.form, tolkebot_values::numbers::Form::Ordinal(_)))
}

/// "Elleve nioghalvfjerds, tak": the last four again after a correction.
fn repair_serial(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    digits: &str,
    span: &Range<usize>,
) -> Vec<Range<usize>> {
    // «Ні-ні, в Ярини сімдесят шість сорок чотири!»
    let named = match owner(u, refs, span) {
        Some(Who::Person(id)) if m.has(&Memory::key(id, "cpr_number")) => Some(id),
        _ => m.last_cpr,
    };
    // … and of somebody whom nobody has heard of it is not known whose number it repairs.
    let stranger = tolkebot_values::names::find_in(&u.tokens, u.lang())
        .iter()
        .any(|name| !refs.iter().any(|r| r.bytes.contains(&name.span.start)));
    let Some(person) =
        named.filter(|_| m.last_cpr_turn + 3 >= m.turns && (u.is_staff() || !stranger))
    else {
        return Vec::new();
    };
    let key = Memory::key(person, "cpr_number");
    let Some(known) = m.text(&key).map(str::to_owned) else {
        return Vec::new();
    };
    let Some(serial) = known.get(7..) else {
        return Vec::new();
    };
    let wrong = serial
        .bytes()
        .zip(digits.bytes())
        .filter(|(a, b)| a != b)
        .count();
    if wrong == 0 {
        m.hear(&key, Heard::new(known, u.evidence(span.clone()), 0.8));
        return vec![span.clone()];
    }
    let fresh = format!("{}-{digits}", &known[..6]);
    // «Ой, так, п'ятдесят один! Я навпаки прочитав.»
    let slip = !u.is_staff()
        && m.was_read_back(&key)
        && u.all_words().iter().any(|w| {
            matches!(*w, "ой" | "навпаки") || w.starts_with("сплут") || w.starts_with("перепл")
        });
    if wrong > 2 || !m.objected_before && !m.objected && !slip || CprNumber::parse(&fresh).is_err()
    {
        return Vec::new();
    }
    let evidence = u.evidence(span.clone());
    m.hear(&key, Heard::new(fresh, evidence, 0.8).act(Act::Correct));
    vec![span.clone()]
}

fn date_like(digits: &str) -> bool {
    let day: u8 = digits[..2].parse().unwrap_or(0);
    let month: u8 = digits[2..4].parse().unwrap_or(0);
    (1..=31).contains(&day) && (1..=12).contains(&month)
}
