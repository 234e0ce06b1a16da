//! What a date is the date of.
//!
//! Every date of a turn is weighed for each possible use: words beside it («договір з …», "frist",
//! «народилася»), the question, and what the other side has just said. A date without use is left.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use tolkebot_protocol::Speaker;
use tolkebot_values::dates::{self, DateContext, DateKind, DateReading, Purpose, Tense};
use tolkebot_values::{Found, Reason};

use super::belief::{Act, Heard};
use super::cues;
use super::kin::Kin;
use super::memory::Memory;
use super::pattern::Lexicon;
use super::people::{Ref, Who, owner};
use super::topic::Topic;
use super::utterance::Utterance;

/// What a date can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Use {
    Move,
    Birth,
    LeaseStart,
    Until,
    Permit,
    Arrival,
    Departure,
    Married,
    Deadline,
    Authority,
    /// Something that the form does not want: keys, school, a holiday, somebody else's day.
    Nothing,
}

impl Use {
    fn key(self) -> Option<&'static str> {
        Some(match self {
            Use::Move => "move_date",
            Use::LeaseStart => "dwelling.lease_start",
            Use::Until => "dwelling.temporary_until",
            Use::Permit => "mover.residence_permit_valid_until",
            Use::Arrival => "arrival.date",
            Use::Departure => "departure.date",
            Use::Married => "arrival.marital_status_date",
            Use::Deadline => "documents.deadline",
            Use::Authority => "poa.date",
            Use::Birth | Use::Nothing => return None,
        })
    }

    fn purpose(self) -> Purpose {
        match self {
            Use::Move | Use::Arrival | Use::Departure => Purpose::Move,
            Use::Birth | Use::Married => Purpose::Birth,
            _ => Purpose::Other,
        }
    }
}

static CUES: LazyLock<Lexicon<Use>> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            Use::Move,
            &[
                "переїха~",
                "переїжджа~",
                "переїде~",
                "переїду",
                "пересели~",
                "перебра~",
                "переберем~",
                "ночува~",
                "ночуємо",
                "ночую",
                "заночува~",
                "заночує~",
                "спав",
                "спала",
                "спали",
                "сплю",
                "спимо",
                "спить",
                "спатим~",
                "спати",
                "заїха~",
                "в'їжджа~",
                "засели~",
                "осели~",
                "вселя~",
                "вселил~",
                "живу",
                "живемо",
                "живе",
                "ми там з|із",
                "там з|із|від",
                "там уже з|із",
                "siden",
                "буду на кімнаті",
                "на кімнаті буду",
                "перевез~",
                "пускає",
                "дали житло",
                "flytt~",
                "sov",
                "sover",
                "rykke~",
                "flyttedato~",
                "overnatte~",
                "bor der fra",
                "indflytning~",
            ],
        ),
        (
            Use::Birth,
            &[
                "народи~",
                "народжен~",
                "день народження",
                "вітають",
                "føds~",
                "født",
            ],
        ),
        (
            Use::LeaseStart,
            &[
                "договір * з|із|від",
                "договір починається|діє",
                "контракт починається|діє",
                "договором",
                "контракт * з|із|від",
                "контрактом",
                "оренда * з|із",
                "договір із",
                "контракт із",
                "lejemål~",
                "kontrakten * fra",
                "lejekontrakten * fra",
                "kontrakten begynder",
            ],
        ),
        (
            Use::Until,
            &[
                "до кінця",
                "за нього тут до",
                "til og med",
                "дозволив до",
                "можемо * до",
                "можна до",
                "суборенд~",
                "тимчасово до",
                "indtil den",
                "frem til",
            ],
        ),
        (
            Use::Permit,
            &[
                "дозвіл",
                "картці написано",
                "на картці",
                "посвідк~",
                "opholdstilladelse~",
                "opholdskort~",
                "тимчасов~ захист",
            ],
        ),
        (
            Use::Arrival,
            &[
                "в'їхав",
                "в'їхала",
                "в'їхали",
                "перетну~",
                "кордон",
                "прилет~",
                "indrejse~",
                "rejste * ind",
                "kom * grænsen",
            ],
        ),
        (
            Use::Departure,
            &[
                "виїжджа~",
                "виїзд~",
                "квиток",
                "від'їжджа~",
                "летимо",
                "лечу",
                "їдемо",
                "їду",
                "udrejse~",
                "rejser",
                "afrejse~",
            ],
        ),
        (
            Use::Married,
            &[
                "розписа~",
                "одружи~",
                "шлюб~",
                "весілля",
                "gift",
                "vielse~",
                "gifte~",
            ],
        ),
        (
            Use::Deadline,
            &[
                "frist på",
                "som frist",
                "sætter * frist",
                "en frist",
                "senest",
                "inden den",
                "sende den",
            ],
        ),
        (
            Use::Authority,
            &[
                "підписа~",
                "skrevet under",
                "skrev under",
                "довіреніст~",
                "рішення від",
                "fuldmagt~",
                "afgørelse~ er dateret",
                "dateret",
                "underskrev",
            ],
        ),
        (
            Use::Nothing,
            &[
                "школ~",
                "садок",
                "семестр~",
                "ключ~",
                "здаємо",
                "здаю",
                "віддаємо",
                "фарбує~",
                "паркет~",
                "відпуст~",
                "свят~ в",
                "на роботі",
                "роботу|робота",
                "рейс~",
                "корабель",
                "літак~",
                "меблі",
                "ремонт~",
                "повернеться",
                "обіцяв|обіцяла",
                "сьогодні ж",
                "зараз же",
                "bryllup~",
                "for eksempel",
                "eksempel",
                "fødselsdag~ er",
                "hvis * flytt~",
                "ville det",
                "ville",
                "tidligst",
                "senere",
                "lærer",
                "якщо",
                "якби",
            ],
        ),
    ])
});

/// Reads the dates of a turn, except those inside the given byte ranges.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref], blocked: &[Range<usize>]) {
    let context = DateContext::new(m.today, Purpose::Move).with_anchor(m.anchor);
    let found = dates::find(&u.turn.text, u.lang(), &context);
    let overlaps = |span: &Range<usize>| {
        blocked
            .iter()
            .any(|b| b.start < span.end && span.start < b.end)
    };
    // "Flytter man for eksempel den første, …": an explanation, not this case.
    let example = |span: &Range<usize>| {
        u.sentence_at(span.start).is_some_and(|s| {
            let words = u.words(s.words.clone());
            words.iter().any(|w| {
                matches!(
                    *w,
                    "eksempel" | "hvis" | "man" | "наприклад" | "якби" | "якщо"
                )
            })
        })
    };
    let mut uses: Vec<(Found<DateReading>, Use, i32)> = Vec::new();
    let mut previous = 0;
    for hit in found {
        let asks = !u.is_staff()
            && m.has("move_date")
            && u.sentence_at(hit.span.start).is_some_and(|s| s.question);
        if overlaps(&hit.span) || example(&hit.span) || asks {
            continue;
        }
        let last_use = uses.last().map(|(_, purpose, _)| *purpose);
        m.dates_seen.extend(hit.value.date);
        let (purpose, weight) = weigh(m, u, &hit, previous, last_use);
        previous = hit.span.end;
        if weight > 0 {
            uses.push((hit, purpose, weight));
        }
    }
    if offers_choice(u, &uses) {
        // The answer is a bare day of the same month.
        m.anchor = uses
            .iter()
            .rev()
            .find_map(|(hit, _, _)| hit.value.date)
            .or(m.anchor);
        m.dates_now.push((Use::Move, Date::ZERO));
        return;
    }
    births(m, u, refs, &uses, blocked);
    for purpose in [
        Use::Move,
        Use::LeaseStart,
        Use::Until,
        Use::Permit,
        Use::Arrival,
        Use::Departure,
        Use::Married,
        Use::Deadline,
        Use::Authority,
    ] {
        take(m, u, purpose, &uses);
    }
}

/// Birth dates, each with its person. A full date of long ago without another use is one too.
fn births(
    m: &mut Memory,
    u: &Utterance<'_>,
    refs: &[Ref],
    uses: &[(Found<DateReading>, Use, i32)],
    blocked: &[Range<usize>],
) {
    let context = DateContext::new(m.today, Purpose::Birth);
    for hit in dates::find(&u.turn.text, u.lang(), &context) {
        let Some(date) = hit.value.date else { continue };
        if blocked
            .iter()
            .any(|b| b.start < hit.span.end && hit.span.start < b.end)
        {
            continue;
        }
        let of = |found: &Found<DateReading>| {
            found.span.start < hit.span.end && hit.span.start < found.span.end
        };
        let purpose = uses
            .iter()
            .find(|(found, _, _)| of(found))
            .map(|(_, purpose, _)| *purpose);
        let asked = m.context().asks(Topic::BirthDate) || m.context().asks(Topic::Name);
        let past = date.saturating_add(jiff::Span::new().days(400)) < m.today;
        let birth = match purpose {
            Some(Use::Birth) => true,
            Some(Use::Move) | None => past || m.context().asks(Topic::BirthDate) && date <= m.today,
            _ => false,
        };
        if !birth || date > m.today || !(asked || past) {
            continue;
        }
        let person = match owner(u, refs, &hit.span) {
            Some(Who::Me) => Some(0),
            Some(Who::Person(id)) => Some(id),
            None if u.is_staff() => m.last_birth,
            None => {
                let asked = m.context().asks(Topic::BirthDate);
                let about = m.context().kin().and_then(|k| m.person_by_kin(k));
                about.or((asked && !m.has(&Memory::key(m.mover, "birth_date"))).then_some(m.mover))
            }
        };
        let Some(person) = person else { continue };
        let key = Memory::key(person, "birth_date");
        let heard = Heard::new(
            date.to_string(),
            u.evidence(hit.span.clone()),
            hit.confidence,
        )
        .unsure(hit.note.is_some());
        let act = if m.objected && m.has(&key) {
            Act::Correct
        } else {
            Act::Say
        };
        if u.is_staff() && !m.has(&key) {
            continue;
        }
        m.hear(&key, heard.act(act));
        m.last_birth = Some(person);
        // "Og din kone?" – a name and a birth date: she is one of those who move.
        let wanted = m.context().kin().is_some_and(|k| {
            let kin = m.person(person).and_then(|p| p.kin);
            k == Kin::Children && kin.is_some_and(Kin::is_child)
                || kin.is_some_and(|have| have.agrees(k))
        });
        let apart = Some(person) == m.host || Some(person) == m.other_parent;
        let asked_data = m.context().asks(Topic::BirthDate)
            || wanted && !apart && !m.context().asks(Topic::RelativesAbroad);
        if person != 0
            && asked_data
            && let Some(somebody) = m.person_mut(person)
            && somebody.moves.is_none()
        {
            somebody.moves = Some(true);
        }
    }
}

/// "Mener du den toogtyvende eller den niogtyvende maj?"
fn offers_choice(u: &Utterance<'_>, uses: &[(Found<DateReading>, Use, i32)]) -> bool {
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

/// The best use of a date and how much speaks for it; 0 when nothing does.
fn weigh(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    previous: usize,
    last: Option<Use>,
) -> (Use, i32) {
    let mut scores: Vec<(Use, i32)> = Vec::new();
    let mut add = |purpose: Use, points: i32| match scores.iter_mut().find(|(p, _)| *p == purpose) {
        Some((_, total)) => *total += points,
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
        add(purpose, if far <= 5 { 2 } else { 1 });
    }
    let right = cues::right(u, hit.span.end);
    for (purpose, range) in CUES.find_all(&right) {
        if purpose != Use::Nothing {
            add(purpose, if range.start <= 4 { 2 } else { 1 });
        }
    }
    for topic in m.context().questions() {
        let purpose = match topic {
            Topic::MoveDate => Use::Move,
            Topic::BirthDate => Use::Birth,
            Topic::Arrival => Use::Arrival,
            Topic::Departure => Use::Departure,
            Topic::MaritalDate => Use::Married,
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
        for (purpose, date) in &m.dates_before {
            add(*purpose, if hit.value.date == Some(*date) { 4 } else { 2 });
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
        // The employee asked which of two days was meant.
        for (purpose, date) in &m.dates_before {
            if *date == Date::ZERO {
                add(*purpose, 3);
            }
        }
    }
    // A second date of the same breath corrects or explains the first.
    if let Some(last) = last {
        add(last, 1);
    }
    if matches!(left.last(), Some(&("senest" | "inden"))) {
        add(Use::Deadline, 6);
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
        matches!(*w, "він" | "вона" | "чоловік" | "дружина" | "han" | "hun")
            || *w == "mand"
            || *w == "kone"
    });
    let theirs = somebody
        && (!of_mine(&whole)
            || whole
                .windows(2)
                .any(|w| matches!(w, ["din", "mand" | "kone"])));
    if theirs && m.mover == 0 && m.household().is_empty() | u.is_staff() {
        add(Use::Nothing, 4);
    }
    // «до тридцять першого травня»: the end of something, never a beginning.
    if left.last() == Some(&"до") {
        let limited = matches!(
            m.text("dwelling.type"),
            Some("sublet" | "municipal_temporary" | "holiday_home")
        ) || left.iter().chain(&right).any(|w| {
            w.starts_with("знімаю") || w.starts_with("суборенд") || w.starts_with("дозволив")
        });
        add(if limited { Use::Until } else { Use::Nothing }, 6);
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
        for (purpose, _) in &mut scores {
            if *purpose == Use::Arrival {
                *purpose = Use::Move;
            }
        }
    }
    scores.sort_by_key(|(purpose, points)| (-points, *purpose));
    scores.first().copied().unwrap_or((Use::Nothing, 0))
}

/// The stretch between signs that a byte range stands in; without signs six words either side.
fn clause(u: &Utterance<'_>, span: &Range<usize>) -> Range<usize> {
    let text = &u.turn.text;
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
    let first = words.start.saturating_sub(6);
    let last = (words.end + 4).min(u.word_tokens.len());
    u.bytes(&(first..last))
}

/// Takes the date for one use: after a restart («ні, …») the later ones, else the weightiest, of
/// equal ones the last.
fn take(m: &mut Memory, u: &Utterance<'_>, purpose: Use, uses: &[(Found<DateReading>, Use, i32)]) {
    let Some(key) = purpose.key() else { return };
    let mut mine: Vec<&(Found<DateReading>, Use, i32)> =
        uses.iter().filter(|(_, p, _)| *p == purpose).collect();
    // «не п'ятнадцятого, а п'ятого»
    mine.retain(|(hit, _, _)| {
        let left = cues::left(u, 0, hit.span.start);
        !matches!(left.last(), Some(&("не" | "ikke")))
    });
    if mine.is_empty() || (purpose == Use::Deadline && !u.is_staff() && !m.has(key)) {
        return;
    }
    // "natten til mandag" is about the night, a question about it no new date.
    mine.retain(|(hit, _, _)| {
        let left = cues::left(u, 0, hit.span.start);
        !matches!(left.as_slice(), [.., "natten", "til"])
    });
    if u.is_staff() {
        let question =
            |hit: &Found<DateReading>| u.sentence_at(hit.span.start).is_some_and(|s| s.question);
        if mine.iter().any(|(hit, _, _)| !question(hit)) {
            mine.retain(|(hit, _, _)| !question(hit));
        }
    }
    if mine.is_empty() {
        return;
    }
    // Asked to choose between two days, the citizen names the right one first.
    let choice = !u.is_staff() && m.dates_before.iter().any(|(_, date)| *date == Date::ZERO);
    let chosen = if choice { &mine[0].0 } else { choose(u, &mine) };
    let reading = resolve(m, u, chosen, purpose);
    let evidence = u.evidence(chosen.span.clone());
    match reading.value.date.filter(|_| reading.confidence >= 0.35) {
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
                .unsure(vague || garbled || reading.confidence < 0.5);
            // A date that both sides agreed on is not touched by one that merely comes up.
            let settled = purpose == Use::Move
                && !u.is_staff()
                && m.belief(key)
                    .and_then(|b| b.slot())
                    .is_some_and(|s| s.evidence.iter().any(|e| e.speaker == Speaker::Staff))
                && !m.objected
                && !m.asked.asks(Topic::MoveDate);
            if settled && m.belief(key).and_then(|b| b.value()) != Some(&heard.value) {
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
                m.hear(key, heard);
            }
            m.dates_now.push((purpose, date));
            if purpose == Use::Arrival && same_day(m, u) && !m.has("move_date") {
                let evidence = u.evidence(chosen.span.clone());
                m.hear("move_date", Heard::new(date.to_string(), evidence, 0.75));
            }
            if purpose == Use::Move && m.context().asks(Topic::Arrival) && same_day(m, u) {
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

/// «Усе в один день», «того ж вечора вже були …»: arrived and moved in on one day.
fn same_day(m: &Memory, u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let says = words.windows(2).any(|w| {
        matches!(
            w,
            ["того", "ж" | "самого"]
                | ["один", "день"]
                | ["тієї", "ж"]
                | ["першої", "ж"]
                | ["same", "dag"]
        )
    }) || words.iter().any(|w| matches!(*w, "одразу" | "відразу"));
    says || m.context().asks(Topic::Arrival)
        && m.context().asks(Topic::MoveDate)
        && u.is_staff()
        && m.has("move_date")
        && m.has("arrival.date")
}

fn choose<'a>(
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
    let rank = |hit: &Found<DateReading>| match hit.value.kind {
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

/// Whether a lower-case word is a month in one of the two languages, in any case.
fn names_month(word: &str) -> bool {
    const STEMS: [&str; 24] = [
        "січн",
        "лют",
        "берез",
        "квітн",
        "травн",
        "червн",
        "липн",
        "серпн",
        "вересн",
        "жовтн",
        "листопад",
        "грудн",
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}

/// A «ні» or «тобто» stands between the turn's start and the date.
fn restarted(u: &Utterance<'_>, hit: &Found<DateReading>) -> bool {
    let before = u.words(0..u.word_at(hit.span.start));
    before
        .iter()
        .enumerate()
        .any(|(at, w)| at > 0 && cues::is_restart(w))
}

/// Reads the mention again for its use: years of births are not guessed, the tense decides weekdays.
fn resolve(
    m: &Memory,
    u: &Utterance<'_>,
    hit: &Found<DateReading>,
    purpose: Use,
) -> Found<DateReading> {
    let tense = hit
        .value
        .tense
        .or(if purpose == Use::Move { m.tense } else { None });
    let tense = match purpose {
        Use::Until | Use::Deadline | Use::Permit => Some(Tense::Future),
        Use::Arrival | Use::Married | Use::Authority => Some(Tense::Past),
        _ => tense,
    };
    let context = DateContext::new(m.today, purpose.purpose())
        .with_anchor(m.anchor)
        .with_tense(tense);
    let again = dates::find(&u.turn.text, u.lang(), &context);
    again
        .into_iter()
        .find(|h| h.span.start == hit.span.start)
        .unwrap_or_else(|| hit.clone())
}

fn plausible(today: Date, purpose: Use, date: Date) -> bool {
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
