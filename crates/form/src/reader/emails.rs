//! E-mail addresses: whose they are, and how the names in them are spelled.

use tolkebot_values::names;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::not_ones_own;
use super::office;
use super::topic::Topic;
use super::utterance::Utterance;
use crate::state::PersonId;

/// E-mail addresses and whose they are.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) -> Vec<std::ops::Range<usize>> {
    let mut spans = Vec::new();
    for hit in u.emails() {
        let own = m.text(&Memory::key(m.mover, "email")) == Some(hit.value.as_str());
        let office = office::is_office(hit.value.as_str()) || office::tells_where(u, &hit.span);
        if u.is_staff() && office && !own && m.text("host.email") != Some(hit.value.as_str()) {
            spans.push(hit.span.clone());
            continue;
        }
        // "Har du hendes mail?" of the host.
        let theirs = !u.is_staff()
            && m.staff_words.windows(2).any(|w| {
                matches!(w[0].as_str(), "hans" | "hendes" | "deres")
                    && (w[1].starts_with("mail") || w[1].starts_with("email"))
            });
        // "Jeg sender hende en erklæring. Kan hun nås på mail?": whoever lives there, known or not.
        let of_third = !u.is_staff()
            && m.mover == 0
            && m.asked.is_about(super::asked::Target::Third)
            && !m.asked.is_about(super::asked::Target::You)
            && m.asked.mentions(super::topic::Topic::Email);
        if of_third && m.host.is_none() && m.declaration {
            m.host = Some(m.add_person(None));
        }
        let theirs = theirs || of_third;
        let known = m.text("host.email") == Some(hit.value.as_str());
        // "Hvem skal jeg skrive til om erklæringen?": whoever lives there, known by name or not.
        let declares = !u.is_staff()
            && m.mover == 0
            && m.asked.asks(Topic::HostName)
            && m.staff_words.iter().any(|w| w.starts_with("erklæring"));
        // "Hvordan får vi fat i din udlejer?" – «Телефону не дає, тільки пошту: …»
        let landlord = !u.is_staff()
            && m.mover == 0
            && m.staff_words.iter().any(|w| {
                w.starts_with("udlejer")
                    || w.starts_with("husejer")
                    || w.starts_with("vært")
                    || w == "ejeren"
            })
            && !m
                .staff_words
                .windows(2)
                .any(|w| w[0] == "din" && (w[1].starts_with("mail") || w[1].starts_with("email")));
        let declares = declares || landlord;
        if declares && m.host.is_none() {
            m.host = Some(m.add_person(None));
        }
        if !u.is_staff()
            && m.mover == 0
            && m.host.is_none()
            && not_ones_own::is_relatives(u, &hit.span)
        {
            spans.push(hit.span.clone());
            continue;
        }
        let key = if (m.asked_about_host() || theirs || known || landlord) && m.host.is_some() {
            "host.email".to_owned()
        } else {
            Memory::key(m.mover, "email")
        };
        let value = match spelled_behind(u, hit.value.as_str(), hit.span.end) {
            Some(spelled) => spelled,
            None => as_in_passport(m, u, hit.value.as_str()),
        };
        let respelled = value != hit.value.as_str();
        let unsure = hit.note.is_some() && !respelled && !u.is_staff();
        let heard = Heard::new(value, u.evidence(hit.span.clone()), hit.confidence).unsure(unsure);
        let act = if m.has(&key) && (u.is_staff() || m.objected) {
            Act::Correct
        } else {
            Act::Say
        };
        m.hear(&key, heard.act(act));
        spans.push(hit.span.clone());
    }
    spans
}

/// «тюгесен, собачка, екземпл, точка, орг. Те, ха, ігрек, ге, …»: the name in the address spelled right behind it.
fn spelled_behind(u: &Utterance<'_>, email: &str, end: usize) -> Option<String> {
    let (local, domain) = email.split_once('@')?;
    let spelled = u.spellings().iter().find(|s| s.span.start >= end)?;
    let name = spelled.value.latin.to_lowercase();
    let alike = local.chars().all(char::is_alphabetic)
        && local.chars().next() == name.chars().next()
        && local.chars().next_back() == name.chars().next_back()
        && local.chars().count().abs_diff(name.chars().count()) <= 2
        && names::same_name(local, &name) >= 0.6;
    alike.then(|| format!("{name}@{domain}"))
}

/// «Дарина крапка лисенко, як у паспорті»: names inside the address are spelled as in the form.
fn as_in_passport(m: &Memory, u: &Utterance<'_>, email: &str) -> String {
    let words = u.all_words();
    let says = words
        .iter()
        .any(|w| w.starts_with("паспорт") || w.starts_with("диктувал"));
    if !says {
        return email.to_owned();
    }
    let Some((local, domain)) = email.split_once('@') else {
        return email.to_owned();
    };
    let parts: Vec<String> = local
        .split('.')
        .map(|part| {
            let known = m.people.iter().map(|p| p.id).flat_map(|id: PersonId| {
                ["given_names", "surname"].map(|field| m.text(&Memory::key(id, field)))
            });
            known
                .flatten()
                .find(|name| names::same_name(name, part) >= 0.85)
                .map_or_else(|| part.to_owned(), str::to_lowercase)
        })
        .collect();
    format!("{}@{domain}", parts.join("."))
}
