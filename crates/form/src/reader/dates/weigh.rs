//! What speaks for each use of a date.

use super::*;

/// The best use of a date and how much speaks for it; 0 when nothing does.
pub(super) fn weigh(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    previous: usize,
    last: Option<Use>,
) -> (Use, i32) {
    let mut scores: Vec<(Use, i32)> = Vec::new();
    let mut add = |purpose: Use, points: i32| match scores.iter_mut().find(|(p, _)| *p == purpose) {
        Some((_, total)) => *total += points,
        None if points == 0 => {}
        None => scores.push((purpose, points)),
    };
    let clause = clause(u, &hit.span);
    let in_clause = u.words_in(&clause);
    for (purpose, _) in CUES.find_all(&u.words(in_clause.clone())) {
        add(purpose, if purpose == Use::Nothing { 5 } else { 4 });
    }
    let left = cues::left(u, previous, hit.span.start);
    for (purpose, range) in CUES.find_all(&left) {
        let far = left.len() - range.end;
        // «Контракт, правда, з п'ятнадцятого»: the words run up to the date.
        let up_to = far == 0 && purpose == Use::LeaseStart;
        add(
            purpose,
            if up_to {
                6
            } else if far <= 5 {
                2
            } else {
                1
            },
        );
    }
    let right = cues::right(u, hit.span.end);
    for (purpose, range) in CUES.find_all(&right) {
        if purpose != Use::Nothing {
            add(purpose, if range.start <= 4 { 2 } else { 1 });
        }
    }
    if answers_at_once(m, u, hit) && !of_status(m) {
        add(Use::Move, AT_ONCE);
    }
    if denies_same_night(m, u, hit) {
        add(Use::Move, 3);
    }
    if last == Some(Use::Move) && m.asked.asks(Topic::MoveDate) && gives_a_reason(&left) {
        add(Use::Nothing, REASON);
    }
    // «А син Еміль восьмого січня одинадцятого»: another matter than what was asked.
    let is_child = |w: &str| matches!(w, "син" | "донька" | "дочка" | "дитина" | "малий" | "мала");
    let of_child = u.all_words().iter().any(|w| is_child(w));
    for topic in m.context().questions() {
        let purpose = match topic {
            // "Hvordan kom I hertil, og hvilken dag?" of those who come from abroad.
            Topic::MoveDate
                if m.from_abroad.is_some()
                    && !m.has("arrival.date")
                    && m.staff_words.iter().any(|w| w == "hertil") =>
            {
                Use::Arrival
            }
            // «Вдова я, він загинув.» – "Må jeg spørge, hvornår?"
            Topic::MoveDate if of_status(m) && !of_child => Use::Married,
            // "Hvornår sagde du det til faren?": another day is asked for.
            Topic::MoveDate if told_when(&m.staff_words) => continue,
            Topic::MoveDate => Use::Move,
            Topic::BirthDate => Use::Birth,
            Topic::Arrival => Use::Arrival,
            Topic::Departure => Use::Departure,
            // «А син Еміль він восьмого січня одинадцятого»
            Topic::MaritalDate if of_child && left.iter().rev().take(4).any(|w| is_child(w)) => {
                continue;
            }
            Topic::MaritalDate => Use::Married,
            Topic::Married => Use::Married,
            Topic::TemporaryUntil => Use::Until,
            Topic::LeaseStart => Use::LeaseStart,
            Topic::Deadline => Use::Deadline,
            Topic::PowerOfAttorney => Use::Authority,
            _ => continue,
        };
        add(purpose, 3);
    }
    if u.is_staff() {
        // The employee repeats what the citizen has just said.
        for (purpose, date) in m.dates_before.iter().filter(|(p, _)| *p != Use::Nothing) {
            // Nobody repeats the year of a birth.
            let same = hit.value.date.is_some_and(|d| {
                d == *date
                    || *purpose == Use::Birth && (d.month(), d.day()) == (date.month(), date.day())
            });
            if same || *purpose != Use::Birth {
                add(*purpose, if same { 4 } else { 2 });
            }
        }
        // "Fredag otte dage." – «Це середа!» – "Nej. Fredag den fjortende, er det den?"
        for (purpose, date) in m.dates_earlier.iter().filter(|_| m.dates_before.is_empty()) {
            let again = hit.value.kind != DateKind::Weekday
                && hit
                    .value
                    .date
                    .is_some_and(|d| d.weekday() == date.weekday());
            if again && *purpose == Use::Move {
                add(*purpose, 2);
            }
        }
        if m.asked.asks(Topic::MoveDate) && !m.has("move_date") {
            add(Use::Move, 1);
        }
        // "Søndag den syvende juni": the day the citizen has just mentioned.
        let echo = hit
            .value
            .date
            .is_some_and(|d| m.dates_seen_before.contains(&d));
        if echo && !m.has("move_date") && m.dates_before.is_empty() {
            add(Use::Move, 2);
        }
    } else {
        if m.offered.iter().any(|key| key == "move_date") || m.was_read_back("move_date") {
            add(Use::Move, 2);
        }
        for (key, purpose) in [
            ("departure.date", Use::Departure),
            ("arrival.date", Use::Arrival),
        ] {
            if m.was_read_back(key) {
                add(purpose, 2);
            }
        }
        // The employee asked which of two days was meant.
        for (purpose, date) in &m.dates_before {
            if *date == Date::ZERO {
                add(*purpose, 3);
            }
        }
    }
    // «А прийом дали аж на сьогодні»: why so late, and not when.
    if !u.is_staff() && m.asked.asks(Topic::LateReason) && m.has("move_date") && !m.objected {
        add(Use::Nothing, 7);
    }
    // «Уже п'ять днів як живемо» – "så det var i lørdags, den fjortende februar"
    let reckons = u.is_staff()
        && m.talked <= 6
        && !m.has("move_date")
        && m.tense_so_far() == Some(Tense::Past)
        && m.dates_before.is_empty()
        && left.iter().any(|w| matches!(*w, "var" | "altså" | "så"))
        && hit.value.date.is_some_and(|date| {
            date <= m.today && date.saturating_add(jiff::Span::new().days(60)) >= m.today
        });
    if reckons {
        add(Use::Move, 2);
    }
    if let Some(purpose) = labelled(m, u, hit, &left) {
        add(purpose, LABEL);
    }
    // «… а на квартирі вже з суботи»: of who arrives, since when they live there.
    // «Від четверга» may be read as one.
    let first = u.words(u.words_in(&hit.span)).first().copied();
    let since = [left.last().copied(), first]
        .iter()
        .any(|w| matches!(w, Some("з" | "із" | "зі" | "від")))
        && m.from_abroad.is_some()
        && !m
            .asked
            .asks_any(&[Topic::Married, Topic::MaritalDate, Topic::BirthDate])
        && hit
            .value
            .date
            .is_some_and(|d| d.saturating_add(jiff::Span::new().days(60)) >= m.today);
    if since && !u.is_staff() {
        // «А від четверга вже там», whatever day of the journey was asked for or read back
        let there = u
            .words(in_clause.clone())
            .iter()
            .any(|w| matches!(*w, "там" | "тут" | "вдома" | "дома" | "живу" | "живемо"));
        add(Use::Move, if there { 9 } else { 5 });
    }
    let from = matches!(left.last(), Some(&("з" | "із" | "зі" | "від")));
    if from && !u.is_staff() && !m.asked.asks(Topic::MoveDate) {
        // "Er kontrakten tidsbegrænset?" – «Ні. Від першого жовтня»: a beginning.
        if m.asked
            .asks_any(&[Topic::TemporaryUntil, Topic::LeaseStart, Topic::Lease])
        {
            add(Use::LeaseStart, 5);
        }
        // "Gælder den flytningen?" – «Тільки переїзду, від четвертого вересня»
        if m.asked.mentions(Topic::PowerOfAttorney) && left.last() == Some(&"від") {
            add(Use::Authority, 4);
        }
    }
    add(Use::Nothing, against_a_move(m, u, hit, &left));
    // A second date of the same breath corrects or explains the first.
    match last {
        Some(Use::Arrival) if asks_both(m) => add(Use::Move, 1),
        Some(last) => add(last, 1),
        None => {}
    }
    if u.is_staff() && hands_back(&left) {
        add(Use::Nothing, 12);
    } else if matches!(left.last(), Some(&("senest" | "inden"))) {
        add(Use::Deadline, 6);
    } else if wanting::names_the_day(u) {
        add(Use::Deadline, 4);
    }
    // «Чоловік приїде двадцять третього»: somebody else's day.
    let of_mine = |words: &[&str]| {
        words.iter().any(|w| {
            matches!(
                *w,
                "я" | "ми"
                    | "мене"
                    | "нас"
                    | "нам"
                    | "мені"
                    | "ви"
                    | "jeg"
                    | "vi"
                    | "du"
                    | "dig"
                    | "i"
                    | "jer"
                    | "din"
                    | "dit"
                    | "jeres"
            )
        })
    };
    let whole: Vec<&str> = left.iter().chain(&right).copied().collect();
    let somebody = whole.iter().any(|w| {
        matches!(
            *w,
            "він" | "вона" | "вони" | "чоловік" | "дружина" | "han" | "hun"
        ) || *w == "mand"
            || *w == "kone"
    });
    // "Hvornår sov du der?" – «У неділю, двадцять другого, на її дивані, бо ліжко вона продала»: what others did stands
    // behind the day that was asked for.
    let answered = !u.is_staff()
        && m.context().asks(Topic::MoveDate)
        && m.staff_words
            .iter()
            .any(|w| matches!(w.as_str(), "du" | "i"))
        && !left.iter().any(|w| {
            matches!(
                *w,
                "він" | "вона" | "вони" | "чоловік" | "дружина" | "його" | "її"
            )
        });
    let theirs = somebody
        && !answered
        && (!of_mine(&whole)
            || whole
                .windows(2)
                .any(|w| matches!(w, ["din", "mand" | "kone"])));
    let long_ago = hit
        .value
        .date
        .is_some_and(|d| d.saturating_add(jiff::Span::new().years(1)) < m.today);
    if theirs && !(long_ago) && m.mover == 0 && m.household().is_empty() | u.is_staff() {
        add(Use::Nothing, 4);
    }
    let spoken: Vec<&str> = u.words(0..u.word_at(hit.span.start));
    let of_permit = ends_a_permit(m, u, hit, &left);
    if of_permit || stands_in_permit(m, u, hit, &left) {
        add(Use::Permit, 9);
    }
    // "Fremleje til den 31. marts", "det er midlertidigt, I har den til den tredivte november"
    let limited = |words: &[&str]| {
        words.iter().any(|w| {
            ["fremlej", "midlertidig", "tidsbegræns"]
                .iter()
                .any(|stem| w.starts_with(stem))
        })
    };
    let to_the = left.last() == Some(&"til") || left.ends_with(&["til", "den"]);
    let asked_until = m.asked_before.asks(Topic::TemporaryUntil)
        && (m.dates_before.is_empty() || m.dates_before.iter().any(|(p, _)| *p == Use::Until));
    if u.is_staff() && (to_the && limited(&spoken) || asked_until) {
        add(Use::Until, 8);
    }
    // «до тридцять першого травня»: the end of something, never a beginning.
    if left.last() == Some(&"до") && !of_permit {
        let limited = matches!(
            m.text("dwelling.type"),
            Some("sublet" | "municipal_temporary" | "holiday_home")
        ) || left.iter().chain(&right).any(|w| {
            [
                "знімаю",
                "суборенд",
                "тимчас",
                "дозволив",
                "здає",
                "здала",
                "здав",
                "здали",
                "пустив",
                "пустила",
                "пустили",
                "пускає",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        }) || m.asked.asks(Topic::TemporaryUntil);
        add(if limited { Use::Until } else { Use::Nothing }, 6);
    }
    // «Ось договір, учора підписали»: a power of attorney is asked for or called by a name before its day counts.
    let attorney = m.mover != 0
        || m.has("poa.used")
        || m.context().asks(Topic::PowerOfAttorney)
        || u.all_words().iter().any(|w| {
            [
                "довір",
                "доручен",
                "уповноваж",
                "фулм",
                "фулд",
                "фульд",
                "fuldmagt",
                "папір",
                "папірц",
                "бумаж",
                "бумаг",
                "листок",
                "листк",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
    // "Den er underskrevet den første": of the lease, where the power of attorney has its day.
    let lease = u.is_staff() && m.has("poa.date") && u.all_words().contains(&"underskrevet");
    if !attorney || lease {
        scores.retain(|(purpose, _)| *purpose != Use::Authority);
    }
    // «Вона розписалась ось тут, на папері, двадцять шостого»: a signature, and no wedding.
    if m.asked.asks(Topic::PowerOfAttorney) && m.mover != 0 {
        for (purpose, _) in &mut scores {
            if *purpose == Use::Married {
                *purpose = Use::Authority;
            }
        }
    }
    if m.context().asks(Topic::Departure) {
        for (purpose, _) in &mut scores {
            if *purpose == Use::Move {
                *purpose = Use::Nothing;
            }
        }
    }
    // «в'їхав» without coming from abroad is moving in.
    if m.from_abroad.is_none() {
        let border = is_of_the_border(&u.words(in_clause.clone())) || is_of_the_border(&left);
        for (purpose, _) in &mut scores {
            if *purpose == Use::Arrival {
                *purpose = if border { Use::Nothing } else { Use::Move };
            }
        }
    }
    if asks_both(m) && only_crosses(&u.words(in_clause.clone())) {
        for (purpose, _) in &mut scores {
            if *purpose == Use::Move {
                *purpose = Use::Arrival;
            }
        }
    }
    // «На Ере тільки в неділю припливли»: after the day of arrival that both sides agreed on another day is the
    // move's.
    let settled = m
        .belief("arrival.date")
        .and_then(|b| b.slot())
        .filter(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Staff))
        .filter(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Citizen))
        .and_then(|s| s.value.as_ref()?.as_str()?.parse::<Date>().ok());
    if let Some(day) = settled
        && !m.objected
        && !m.context().asks(Topic::Arrival)
        && hit.value.date.is_some_and(|d| d > day)
    {
        for (purpose, _) in &mut scores {
            if *purpose == Use::Arrival {
                *purpose = Use::Move;
            }
        }
    }
    // Who does not leave the country has no day of departure: "hvilken dag kører de ham herover?" And who leaves has
    // no day of a move.
    let leaves = m.text("case.move_type") == Some("to_abroad");
    let (from, to) = if leaves {
        (Use::Move, Use::Departure)
    } else {
        (Use::Departure, Use::Move)
    };
    if leaves || !m.leaving_spoken && m.leaving_for.is_none() && m.place_turn > 0 {
        let points: i32 = scores
            .iter()
            .filter(|(purpose, _)| *purpose == from)
            .map(|(_, points)| points)
            .sum();
        if points > 0 {
            scores.retain(|(purpose, _)| *purpose != from);
            match scores.iter_mut().find(|(purpose, _)| *purpose == to) {
                Some((_, total)) => *total = (*total).max(points),
                None => scores.push((to, points)),
            }
        }
    }
    // «… ключі віддаю восьмого, а літак дев'ятого»: of who leaves, the day of the journey.
    let journey = u.words(in_clause.clone()).iter().any(|w| {
        [
            "літак",
            "рейс",
            "поїзд",
            "потяг",
            "паром",
            "автобус",
            "квитк",
            "виліт",
            "відліт",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    if leaves && journey {
        scores.retain(|(purpose, _)| *purpose != Use::Nothing);
        scores.push((Use::Departure, LABEL));
    }
    // A day of long ago is none of a move, if it can be anything else.
    let possible = |purpose: Use| {
        !matches!(purpose, Use::Move | Use::Arrival | Use::Departure)
            || hit
                .value
                .date
                .is_none_or(|date| plausible(m.today, purpose, date))
    };
    if scores.iter().any(|(purpose, _)| possible(*purpose)) {
        scores.retain(|(purpose, _)| possible(*purpose));
    }
    scores.sort_by_key(|(purpose, points)| (-points, *purpose));
    scores.first().copied().unwrap_or((Use::Nothing, 0))
}

/// A bare "hvornår?" right after somebody told that they are divorced or widowed, or "hvornår døde din mand?".
fn of_status(m: &Memory) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    !m.staff_speaks
        && m.has("arrival.marital_status")
        && !m.has("arrival.marital_status_date")
        && (m.asked_before.asks(Topic::Married) || says(&["døde", "skilt"]))
        && m.asked.asks.iter().all(|a| a.topic == Topic::MoveDate)
        && !m.staff_words.iter().any(|w| w.starts_with("flytt"))
}

/// The stretch between signs that a byte range stands in; without signs six words either side.
pub(super) fn clause(u: &Utterance<'_>, span: &Range<usize>) -> Range<usize> {
    let text = &u.said;
    let stops = |c: char| matches!(c, ',' | '.' | ';' | '?' | '!' | '…' | '—' | '–' | ':');
    if text.contains(stops) {
        let start = text[..span.start].rfind(stops).map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
        let end = text[span.end..]
            .find(stops)
            .map_or(text.len(), |at| span.end + at);
        return start..end;
    }
    let words = u.words_in(span);
    let mut first = words.start.saturating_sub(6);
    let mut last = (words.end + 4).min(u.word_tokens.len());
    // «… двадцять другого січня а ключі аж тридцять першого»: another matter begins.
    let turns = |at: usize| matches!(u.token(at).text.as_str(), "а" | "але" | "men");
    if let Some(at) = (words.end..last).find(|at| turns(*at)) {
        last = at;
    }
    if let Some(at) = (first..words.start).rfind(|at| turns(*at)) {
        first = at + 1;
    }
    u.bytes(&(first..last))
}
