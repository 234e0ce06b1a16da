//! Which of several dates of one use counts.

use super::super::mood::mood;
use super::*;

/// Takes the date for one use: after a restart («ні, …») the later ones, else the weightiest, of
/// equal ones the last.
pub(super) fn take(
    m: &mut Memory,
    u: &Utterance<'_>,
    purpose: Use,
    uses: &[(Found<DateReading>, Use, i32)],
) {
    let Some(key) = purpose.key() else { return };
    let mut mine: Vec<&(Found<DateReading>, Use, i32)> =
        uses.iter().filter(|(_, p, _)| *p == purpose).collect();
    // «не п'ятнадцятого, а п'ятого», «яке дванадцяте, п'яте, я ж казав»
    mine.retain(|(hit, _, _)| {
        let left = cues::left(u, 0, hit.span.start);
        let doubted = left.len() == 1 && matches!(left.last(), Some(&("яке" | "якого")));
        !doubted && !matches!(left.last(), Some(&("не" | "ikke")))
    });
    // The employee sets the deadline; when the citizen will come is their own affair.
    if mine.is_empty() || (purpose == Use::Deadline && !u.is_staff() && !(m.has(key) && m.objected))
    {
        return;
    }
    // «До п'ятого встигну, у неділю поїду до них»: the day that the employee named stays.
    if purpose == Use::Deadline && !u.is_staff() {
        let known = m.text(key).map(str::to_owned);
        let named = mine.iter().any(|(hit, _, _)| {
            let reading = resolve(m, u, hit, purpose);
            reading.value.date.map(|d| d.to_string()) == known
        });
        let until = |hit: &Found<DateReading>| {
            cues::left(u, 0, hit.span.start)
                .iter()
                .rev()
                .take(2)
                .any(|w| *w == "до")
        };
        if named {
            return;
        }
        if !m.objected {
            mine.retain(|(hit, _, _)| until(hit));
        }
        if mine.is_empty() {
            return;
        }
    }
    // "natten til mandag" is about the night, a question about it no new date.
    mine.retain(|(hit, _, _)| {
        let left = cues::left(u, 0, hit.span.start);
        !matches!(left.as_slice(), [.., "natten", "til"])
    });
    // «З двадцять другого на двадцять третє»: a night has the date on which it begins.
    let nightly = |hit: &Found<DateReading>| {
        let left = cues::left(u, 0, hit.span.start);
        let on = match left.last() {
            Some(&"на") => true,
            Some(&("til" | "og")) => left.iter().any(|w| matches!(*w, "nat" | "natten")),
            _ => false,
        };
        let put_off = u.all_words().iter().any(|w| {
            [
                "перенес",
                "перенос",
                "пересун",
                "відкла",
                "змін",
                "flytte",
                "udsat",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
        on && !put_off
            && uses.iter().any(|(other, _, _)| {
                other.span.end < hit.span.start
                    && u.word_at(hit.span.start) == u.word_at(other.span.end) + 1
                    && matches!(
                        cues::left(u, 0, other.span.start).last(),
                        Some(&("з" | "із" | "зі" | "fra" | "mellem" | "den"))
                    )
            })
    };
    if mine.len() > 1 {
        mine.retain(|(hit, _, _)| !nightly(hit));
    }
    if u.is_staff() {
        let question =
            |hit: &Found<DateReading>| u.sentence_at(hit.span.start).is_some_and(|s| s.question);
        if mine.iter().any(|(hit, _, _)| !question(hit)) {
            mine.retain(|(hit, _, _)| !question(hit));
        }
    }
    if purpose == Use::Move && !u.is_staff() {
        let born =
            |date: Option<Date>| date.is_some_and(|d| m.dates_now.contains(&(Use::Birth, d)));
        mine.retain(|(hit, _, _)| !born(hit.value.date) && !morning_after(m, u, hit));
    }
    // "Fra i søndags, den enogtyvende?" – «Атож, двадцять першого. У суботу ще …»: what is agreed to stands, and
    // the rest is told.
    if purpose == Use::Move && !u.is_staff() && m.offered.iter().any(|offered| offered == key) {
        let known = m.text(key).and_then(|text| text.parse::<Date>().ok());
        let same = |hit: &Found<DateReading>| {
            known.is_some() && resolve(m, u, hit, purpose).value.date == known
        };
        if mood(u).agreed && mine.iter().any(|(hit, _, _)| same(hit)) {
            mine.retain(|(hit, _, _)| same(hit));
        }
    }
    if purpose == Use::Move && !u.is_staff() {
        leave_denied(m, u, uses, &mut mine);
    }
    if mine.is_empty() {
        return;
    }
    // Asked to choose between two days, the citizen names the right one first.
    let choice = !u.is_staff() && m.dates_before.iter().any(|(_, date)| *date == Date::ZERO);
    let chosen = if choice { &mine[0].0 } else { choose(u, &mine) };
    let reading = resolve(m, u, chosen, purpose);
    let evidence = u.evidence(chosen.span.clone());
    let day = known_day(m, u, key, &reading).or(reading.value.date);
    match day.filter(|_| reading.confidence >= 0.35) {
        Some(date) if plausible(m.today, purpose, date) => {
            let vague = reading
                .note
                .as_ref()
                .is_some_and(|n| !matches!(n.reason, Reason::BareDay | Reason::YearMissing));
            // A month beside a mere weekday means that the day was said and not understood: the
            // weekday alone may be another week's.
            let garbled = reading.value.kind == DateKind::Weekday
                && u.all_words().iter().any(|word| names_month(word));
            let mut heard = Heard::new(date.to_string(), evidence, reading.confidence)
                .unsure(vague || garbled || reading.confidence < 0.5)
                .checked(reading.value.weekday_fits);
            // A date that both sides agreed on is not touched by one that merely comes up; one on which somebody
            // says that they move stands beside it.
            let settled = purpose == Use::Move
                && !u.is_staff()
                && m.belief(key)
                    .and_then(|b| b.slot())
                    .is_some_and(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Staff))
                && !m.objected
                && (!m.asked.asks(Topic::MoveDate) || told_when(&m.staff_words));
            if settled && m.belief(key).and_then(|b| b.value()) != Some(&heard.value) {
                // The employee may take up what is told; keys and contracts have days of their own.
                let other = m.staff_words.iter().any(|w| {
                    ["nøgl", "kontrakt", "lejemål", "overtag"]
                        .iter()
                        .any(|stem| w.starts_with(stem))
                });
                if !other {
                    m.dates_now.push((purpose, date));
                    if moves_then(u, chosen) || answers_about(m, key) {
                        m.hear_beside(key, heard);
                    }
                }
                return;
            }
            if repeats_what_was_told(m, u, purpose, date) {
                stands_beside(m, key, &heard);
                m.dates_now.push((purpose, date));
                return;
            }
            let corrects = m
                .belief(key)
                .is_some_and(|b| b.value() != Some(&heard.value))
                && (m.objected || restarted(u, chosen) || m.was_read_back(key) || u.is_staff());
            if corrects {
                heard = heard.act(Act::Correct);
            }
            let question =
                u.is_staff() && u.sentence_at(chosen.span.start).is_some_and(|s| s.question);
            if question && m.belief(key).and_then(|b| b.value()) != Some(&heard.value) {
                m.offer(key, heard);
            } else {
                if question {
                    m.offered.push(key.to_owned());
                }
                m.hear(key, heard);
            }
            m.dates_now.push((purpose, date));
            let both = both_days(u);
            if purpose == Use::Arrival && (both || same_day(m, u)) && !m.has("move_date") {
                let evidence = u.evidence(chosen.span.clone());
                m.hear("move_date", Heard::new(date.to_string(), evidence, 0.75));
            }
            let came = m.from_abroad.is_some() && m.staff_words.iter().any(|w| w == "kom");
            let arrived = m.context().asks(Topic::Arrival) || !u.is_staff() && came;
            let arrived = both || arrived && same_day(m, u);
            if purpose == Use::Move && arrived && !m.has("arrival.date") {
                let evidence = u.evidence(chosen.span.clone());
                m.hear("arrival.date", Heard::new(date.to_string(), evidence, 0.75));
            }
            if matches!(purpose, Use::Move | Use::Arrival | Use::Deadline) {
                m.anchor = Some(date);
            }
        }
        _ => {
            // Heard but not resolved ("næste fredag"): the employee's next date is about it.
            m.dates_now.push((purpose, Date::ZERO));
        }
    }
}

/// "Så er I flyttet, når torsdag er omme", "jeg samler op: …, lørdag den tyvende": the mere weekday, or the mere day of
/// the month, of the day that is known is that day.
fn known_day(
    m: &Memory,
    u: &Utterance<'_>,
    key: &str,
    reading: &Found<DateReading>,
) -> Option<Date> {
    let other = m.objected
        || u.all_words().iter().any(|w| {
            [
                "næste",
                "forrige",
                "sidste",
                "наступн",
                "минул",
                "цієї",
                "цю",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    let known: Date = m.text(key)?.parse().ok()?;
    let said = reading.value.date?;
    let same = match reading.value.kind {
        DateKind::Weekday => said.weekday() == known.weekday(),
        DateKind::BareDay => {
            said.day() == known.day()
                && (!reading.value.weekday_fits || said.weekday() == known.weekday())
                && !u.all_words().iter().any(|word| names_month(word))
        }
        _ => false,
    };
    (same && !other).then_some(known)
}

/// "Og du sover der natten til mandag?" – «Ага, у понеділок уже пари»: the day after the night that was asked about.
fn morning_after(m: &Memory, u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let night = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "natten" && w[1] == "til");
    let known = m
        .text("move_date")
        .and_then(|date| date.parse::<Date>().ok());
    let next = known.and_then(|date| date.tomorrow().ok());
    night && mood(u).agreed && resolve(m, u, hit, Use::Move).value.date == next
}

/// "Så er både indrejse og flytning den anden maj", "jeg skriver den dag begge steder": one day for both.
fn both_days(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let says = |stems: &[&str]| {
        words
            .iter()
            .any(|w| stems.iter().any(|stem| w.starts_with(stem)))
    };
    let twice = words
        .windows(2)
        .any(|w| w[0] == "begge" && matches!(w[1], "steder" | "felter" | "datoer"));
    u.is_staff()
        && (twice
            || says(&["både", "begge", "samme"])
                && says(&["indrejse"])
                && says(&["flyt", "indflyt", "tilflyt"]))
}

/// «Усе в один день», «того ж вечора вже були …»: arrived and moved in on one day.
pub(super) fn same_day(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let says = words.windows(2).any(|w| {
        matches!(
            w,
            [
                "того" | "тої" | "тієї",
                "ж" | "же" | "самого" | "самої" | "вечора" | "дня" | "ночі"
            ] | ["вже" | "уже", "тут" | "спали" | "спав" | "спала" | "лягли"]
                | [
                    "спали" | "лягли" | "ночували" | "ночувала" | "ночував" | "спати",
                    "вже" | "уже"
                ]
                | ["прямо" | "просто", "сюди" | "туди" | "до" | "в" | "у"]
                | ["лягли" | "лягла" | "ліг", "спати"]
                | ["той", "самий" | "же" | "вечір" | "день"]
                | ["зразу", "ж"]
                | ["begge", "dele"]
                | ["один", "день"]
                | ["першої" | "тоді", "ж" | "же"]
                | ["same", "dag"]
        )
    }) || words
        .iter()
        .any(|w| matches!(*w, "одразу" | "відразу" | "зразу"));
    says || m.context().asks(Topic::Arrival)
        && m.context().asks(Topic::MoveDate)
        && u.is_staff()
        && m.has("move_date")
        && m.has("arrival.date")
}

pub(super) fn choose<'a>(
    u: &Utterance<'_>,
    mine: &[&'a (Found<DateReading>, Use, i32)],
) -> &'a Found<DateReading> {
    let after_restart: Vec<_> = mine
        .iter()
        .filter(|(hit, _, _)| restarted(u, hit))
        .collect();
    let (pool, best): (Vec<_>, i32) = if after_restart.is_empty() {
        let best = mine.iter().map(|(_, _, weight)| *weight).max().unwrap_or(0);
        (mine.iter().collect(), best)
    } else {
        let best = after_restart
            .iter()
            .map(|(_, _, weight)| *weight)
            .max()
            .unwrap_or(0);
        (after_restart, best)
    };
    // A full date beats the weekday beside it; the last of equals is what was settled on.
    let exact = |hit: &Found<DateReading>| {
        u.words(u.words_in(&hit.span)).iter().any(|w| {
            matches!(
                *w,
                "вчора"
                    | "учора"
                    | "позавчора"
                    | "сьогодні"
                    | "завтра"
                    | "післязавтра"
                    | "forgårs"
            )
        })
    };
    let rank = |hit: &Found<DateReading>| match hit.value.kind {
        // «Позавчора, в неділю»: the weekday only explains.
        DateKind::Relative if exact(hit) => 2,
        DateKind::Absolute | DateKind::YearInferred => 3,
        DateKind::BareDay => 2,
        DateKind::Relative | DateKind::Weekday => 1,
        _ => 0,
    };
    let mut chosen = &mine[mine.len() - 1].0;
    let mut top = (i32::MIN, 0, 0);
    for entry in pool {
        let score = (
            if entry.2 + 1 >= best { 1 } else { 0 },
            rank(&entry.0),
            entry.0.span.start,
        );
        if score >= top {
            top = score;
            chosen = &entry.0;
        }
    }
    chosen
}

/// A «ні» or «тобто» stands between the turn's start and the date.
pub(super) fn restarted(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let before = u.words(0..u.word_at(hit.span.start));
    before
        .iter()
        .enumerate()
        .any(|(at, w)| at > 0 && cues::is_restart(w))
}

/// Reads the mention again for its use: years of births are not guessed, the tense decides weekdays.
pub(super) fn resolve(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    purpose: Use,
) -> Found<DateReading> {
    let past = || (!u.is_staff() && asked_of_past(m)).then_some(Tense::Past);
    let tense = hit.value.tense.or_else(|| match purpose {
        Use::Move => m.tense_so_far().or_else(past),
        _ => None,
    });
    let tense = match purpose {
        Use::Until | Use::Deadline | Use::Permit => Some(Tense::Future),
        Use::Arrival | Use::Married | Use::Authority => Some(Tense::Past),
        _ => tense,
    };
    let context = DateContext::new(m.today, purpose.purpose())
        .with_anchor(m.anchor)
        .with_tense(tense);
    // «До кінця січня, до тридцять першого»
    let month = month_spoken_of(m.today, u)
        .filter(|_| purpose == Use::Until && hit.value.kind == DateKind::BareDay);
    let context = context.with_anchor(month.or(m.anchor));
    let again = dates::find(&u.said, u.lang(), &context);
    again
        .into_iter()
        .find(|h| h.span.start == hit.span.start)
        .unwrap_or_else(|| hit.clone())
}

pub(super) fn plausible(today: Date, purpose: Use, date: Date) -> bool {
    let days = today.until(date).map_or(0, |span| span.get_days());
    match purpose {
        Use::Move | Use::Departure => (-400..=200).contains(&days),
        Use::Arrival => (-400..=0).contains(&days),
        Use::Deadline => (0..=200).contains(&days),
        Use::LeaseStart => (-700..=400).contains(&days),
        Use::Until => (0..=1500).contains(&days),
        Use::Permit => (-400..=3000).contains(&days),
        Use::Married | Use::Authority | Use::Birth => days <= 0,
        Use::Nothing => false,
    }
}

/// "Så du sov der natten til søndag?" – «Так»: who slept there on the night of the arrival moved in that day.
pub(super) fn slept_the_same_night(m: &mut Memory, u: &Utterance<'_>) -> bool {
    if u.is_staff() || m.has("move_date") || !mood(u).agreed {
        return false;
    }
    let staff = &m.staff_words;
    let slept = staff
        .iter()
        .any(|w| matches!(w.as_str(), "sov" | "overnattede" | "boede"));
    let that_night = staff.windows(2).any(|w| {
        matches!(
            (w[0].as_str(), w[1].as_str()),
            ("natten", "til")
                | ("samme", "nat" | "aften" | "dag")
                | ("første", "nat")
                | ("den", "nat")
                | ("med", "det")
        )
    });
    let Some(date) = m.text("arrival.date").map(str::to_owned) else {
        return false;
    };
    if slept && that_night || slept_that_night(m, u) {
        m.hear("move_date", Heard::new(date, u.evidence(0..0), 0.7));
        return true;
    }
    false
}

/// "Mener du den toogtyvende eller den niogtyvende maj?"
pub(super) fn offers_choice(u: &Utterance<'_>, uses: &[(Found<DateReading>, Use, i32)]) -> bool {
    let questions = uses.iter().filter(|(hit, _, _)| {
        u.sentence_at(hit.span.start).is_some_and(|s| {
            s.question
                && u.words(s.words.clone())
                    .iter()
                    .any(|w| matches!(*w, "eller" | "чи"))
        })
    });
    u.is_staff() && questions.count() > 1
}

/// «Ще з вісімдесят дев'ятого»: the ninth is the end of a year.
pub(super) fn of_a_year(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    hit.value.kind == DateKind::BareDay
        && cues::left(u, 0, hit.span.start).last().is_some_and(|w| {
            matches!(
                *w,
                "сорок" | "п'ятдесят" | "шістдесят" | "сімдесят" | "вісімдесят" | "дев'яносто"
            )
        })
}
