//! Floors, doors, codes and towns that are said without a street.

use super::*;

/// Takes parts of an address for the one that they belong to.
pub(super) fn parts(
    m: &mut Memory,
    u: &Utterance<'_>,
    hit: &Found<Address>,
    left: &[&str],
    right: &[&str],
) {
    let a = &hit.value;
    let explicit = old_or_new::place(left, right, m.tense_so_far())
        .or_else(|| behind_origin(u, hit.span.start).then_some(Place::New));
    let only_town = a.floor.is_none() && a.door.is_none() && a.postal_code.is_none();
    if only_town {
        let asked = by_question(m, u).filter(|p| !m.has(&format!("{}.town", p.prefix())));
        // «До Сківе далеко»: the town of the other address.
        let named = a.place.as_ref().map(|found| found.value.name.as_str());
        let settled = m.has("from.street_name") && m.text("from.town") == named;
        // «Вони виїжджають у четвер, до Есб'єрга»: where somebody else goes.
        let subject = left.iter().rev().take(7).find(|w| {
            matches!(
                **w,
                "я" | "ми" | "він" | "вона" | "вони" | "мене" | "нас" | "нам" | "мені"
            )
        });
        let goes = left.iter().rev().take(7).any(|w| {
            [
                "виїжджа",
                "виїха",
                "переїжджа",
                "переїха",
                "їде",
                "їдуть",
                "поїха",
                "їздит",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
        let theirs = goes && matches!(subject, Some(&("він" | "вона" | "вони")));
        if !u.is_staff() && m.mover == 0 && theirs {
            return;
        }
        let lives = lives_since(u, hit.span.start).then_some(Place::New);
        if let Some(place) = explicit.or(asked).or(lives)
            && (asked == Some(place) || place != Place::New || !settled)
            && !m.has(&format!("{}.street_name", place.prefix()))
            && !m.asked.is_about(Target::ParentOfThird)
        {
            town(m, u, a, place);
        }
        return;
    }
    let recent = if recently(m) { m.place } else { None };
    let asked =
        by_question(m, u).filter(|_| m.asked.asks_any(&[Topic::OldAddress, Topic::NewAddress]));
    let place = explicit
        .or(asked)
        .or_else(|| by_code(m, a, recent))
        .or_else(|| by_other_code(m, u, a, recent))
        .or(recent)
        .or_else(|| by_question(m, u))
        .or_else(|| only_one(m))
        .or_else(|| lacking(m, a))
        .or_else(|| by_tense(m));
    let Some(place) = place else { return };
    // "Hvilken etage ligger værelset på?" right after the old home, whose floor both have said, was spoken of again.
    let place = if explicit.is_none()
        && asked.is_none()
        && a.floor.is_some()
        && a.postal_code.is_none()
        && !m.objected
        && !m.was_read_back(&format!("{}.floor", place.prefix()))
        && m.asked.asks(Topic::Floor)
    {
        without_floor(m, place)
    } else {
        place
    };
    if place == Place::Old && m.from_abroad.is_some() && !m.has("from.street_name") {
        return;
    }
    m.place = Some(place);
    m.place_turn = m.turns;
    details(m, u, a, place);
}

/// «Переїхали зі Сванеке в Рьонне», «з Баллерупа до нього в Герлев»: where one goes to, right behind where one comes from.
pub(super) fn behind_origin(u: &Utterance<'_>, start: usize) -> bool {
    let from = u
        .addresses()
        .iter()
        .rfind(|a| a.span.end <= start && a.value.street.is_none() && a.value.place.is_some());
    let Some(from) = from else { return false };
    let first = u.word_at(from.span.start);
    let comes = first > 0
        && matches!(u.token(first - 1).text.as_str(), "з" | "із" | "зі")
        && u.sentence_at(from.span.start) == u.sentence_at(start);
    let between = u.words(u.word_at(from.span.end)..u.word_at(start));
    comes
        && matches!(
            between.as_slice(),
            ["в" | "у" | "на"]
                | ["аж" | "сюди" | "вже" | "тепер", "в" | "у" | "на"]
                | ["до", _, "в" | "у" | "на"]
        )
}

/// "Du bor i Otterup fra den første september", "I har boet i Nibe siden maj": the employee's word for the new home.
fn lives_since(u: &Utterance<'_>, at: usize) -> bool {
    let Some(sentence) = u.sentence_at(at).filter(|_| u.is_staff()) else {
        return false;
    };
    let word = u.word_at(at);
    let before = u.words(sentence.words.start..word);
    let lives = before.windows(2).rev().take(4).any(|w| {
        matches!(
            w,
            ["du" | "i" | "han" | "hun" | "de", "bor"] | ["bor", "du" | "han" | "hun"]
        ) || w == ["har", "boet"]
    });
    let behind = u.words(word..sentence.words.end);
    let since = behind.contains(&"siden") || behind.windows(2).any(|w| w == ["fra", "den"]);
    lives && since && before.last().is_some_and(|w| matches!(*w, "i" | "på"))
}

/// How many of the words between two streets belong to the first: those before the next sign.
pub(super) fn clause_end(u: &Utterance<'_>, first: usize, next: usize) -> usize {
    (first..next)
        .position(|word| {
            u.word_tokens[word]
                .checked_sub(1)
                .is_some_and(|before| u.tokens[before].is_sign(','))
        })
        .unwrap_or(next - first)
}

/// Where the street stands: words left of it place the address.
pub(super) fn anchor(address: &Address) -> Option<Range<usize>> {
    let street = address.street.as_ref()?.span.clone();
    // «з Оденсе, Мункебєргвей …»: the town may stand first and carries the preposition.
    let town = address.place.as_ref().map(|p| p.span.clone());
    Some(match town {
        Some(town) if town.start < street.start => town.start..street.end,
        _ => street,
    })
}
