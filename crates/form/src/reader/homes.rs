//! What is said of a home beside its address: papers on the table, who else is there, and what was told of a
//! host before anybody knew of one.

use std::ops::Range;

use super::asked::Target;
use super::at_home;
use super::belief::Heard;
use super::facts::{self, Fact};
use super::home_answers::{self, asks_only_ones};
use super::memory::Memory;
use super::mood;
use super::sentences::Sentence;
use super::topic::Topic;
use super::utterance::Utterance;

/// Turns after which what was told of somebody's home is not taken for the host's any more.
const HOST_SOON: usize = 6;

/// "Hvilket plejehjem drejer det sig om?": what the question takes for granted.
pub(super) fn taken_for_granted(m: &mut Memory, u: &Utterance<'_>, sentence: &Sentence) {
    let words = u.words(sentence.words.clone());
    let Some(hit) = facts::taken_for_granted(&words) else {
        return;
    };
    if m.has(hit.row.key) {
        return;
    }
    let range = hit.words.start + sentence.words.start..hit.words.end + sentence.words.start;
    let heard = Heard::new(hit.row.fact.value(), u.evidence_of_words(&range), 0.7);
    m.hear(hit.row.key, heard);
}

/// «Хата його, він там і живе», before the name of whoever it is.
pub(super) fn keep_for_host(m: &mut Memory, key: &'static str, heard: Heard) {
    m.of_host.retain(|(_, k, _)| *k != key);
    m.of_host.push((m.turns, key, heard));
}

/// Somebody's home is spoken of: what was told of it just before counts. Where nobody else lives, it was the
/// landlord's.
pub(super) fn host_known(m: &mut Memory) {
    if m.text_is("dwelling.others_registered", false) {
        m.of_host.clear();
    }
    if m.of_host.is_empty() || m.host.is_none() && !m.text_is("dwelling.others_registered", true) {
        return;
    }
    let told = std::mem::take(&mut m.of_host);
    for (turn, key, heard) in told {
        if turn + HOST_SOON >= m.turns && !m.has(key) {
            m.hear(key, heard);
        }
    }
}

/// "Så han bliver boende der?", asked while the old address is spoken of and nobody's home is moved into.
pub(super) fn of_old_home(m: &Memory) -> bool {
    // "Så din veninde bliver i lejligheden?", before any home was spoken of.
    let friend = m.staff_words.windows(3).any(|w| {
        matches!(w[0].as_str(), "din" | "dine" | "jeres")
            && w[2].starts_with("bliver")
            && !m.staff_words.iter().any(|w| w == "der")
    });
    let old = m.place == Some(super::memory::Place::Old) && m.place_turn + 2 >= m.turns;
    m.asked.asks(Topic::HostStays)
        && m.host.is_none()
        && !m.has("dwelling.others_registered")
        && (old || m.place.is_none() && friend)
}

/// "Og du er alene ude i haven?", "i F er du alene?": who lives there, and not who moves.
pub(super) fn alone_in_it(m: &Memory) -> bool {
    let words: Vec<&str> = m.staff_words.iter().map(String::as_str).collect();
    let moves = words.iter().any(|w| {
        ["flyt", "rejs", "kommer", "tager"]
            .iter()
            .any(|s| w.starts_with(s))
    });
    let place = |w: &str| {
        ["have", "hus", "lejlighed", "bolig", "værels", "adresse"]
            .iter()
            .any(|s| w.starts_with(s))
    };
    let inside = words.iter().position(|w| *w == "alene").is_some_and(|at| {
        let near = &words[at + 1..(at + 5).min(words.len())];
        near.iter().any(|w| matches!(*w, "i" | "på")) && near.iter().any(|w| place(w))
    }) || words
        .windows(6)
        .any(|w| w[0] == "og" && matches!(w[1], "i" | "på") && w[3..] == ["er", "du", "alene"]);
    inside && !moves
}

/// «У хаті нікого, крім нас», «у нашому ніхто не живе»: nobody else at all, whoever lets it.
pub(super) fn nobody_but_us(words: &[&str]) -> bool {
    let nobody = words.iter().position(|w| matches!(*w, "ніхто" | "нікого"));
    let Some(at) = nobody else { return false };
    let us = words
        .windows(2)
        .any(|w| matches!(w[0], "крім" | "окрім") && matches!(w[1], "нас" | "мене"));
    let lives = words[at..].windows(2).any(|w| {
        w[0] == "не"
            && ["жив", "мешка", "прописан", "зареєстров"]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    });
    let in_ours = words[..at]
        .windows(2)
        .any(|w| matches!(w[0], "в" | "у") && matches!(w[1], "нашому" | "нашій" | "нашім"));
    us || lives && in_ours
}

/// Somebody stays in the home that is left.
pub(super) fn somebody_stays(m: &mut Memory, heard: Heard) {
    let key = "from.whole_household_moves";
    if !m.has(key) {
        m.hear(key, heard);
    }
}

/// "Og hvem er moren?": what is told then is not told of a host.
pub(super) fn of_parent(m: &Memory, staff: bool) -> bool {
    !staff && m.host.is_none() && m.asked.is_about(Target::ParentOfThird)
}

/// «Гуртожиток, таргани з кулак» of the old home, «старший у гуртожитку» of somebody else, «дігіталь пост у мене є» of
/// no letter box.
pub(super) fn of_elsewhere(
    m: &Memory,
    u: &Utterance<'_>,
    words: &[&str],
    hit: &facts::Hit,
) -> bool {
    if u.is_staff() {
        return false;
    }
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    // «До того я винаймав кімнату»: the home before.
    let before = words[..hit.words.start]
        .windows(2)
        .any(|w| matches!(w, ["до", "того" | "цього"] | ["перед", "тим" | "цим"]));
    if before && hit.row.key == "dwelling.type" && m.has("dwelling.type") {
        return true;
    }
    match hit.row.key {
        // «Наш — «Райсбуш»» to which hall it is: a bare «наш» owns where ownership is asked about.
        "dwelling.type"
            if hit.row.fact == Fact::Text("owned")
                && matches!(
                    &words[hit.words.clone()],
                    ["наш" | "наша" | "наше" | "мій" | "моя" | "моє"]
                )
                && m.staff_words.iter().any(|w| w.starts_with("kollegie")) =>
        {
            true
        }
        // «Ні, ще один студент» to whether they are the only ones.
        "dwelling.others_registered" if hit.row.fact == Fact::No => {
            asks_only_ones(m) && mood::mood(u).objected
                || home_answers::of_old_home(m)
                || home_answers::of_a_relative(m)
        }
        // «Двоє хлопців, виїхали в серпні»
        "dwelling.others_registered" if hit.row.fact == Fact::Yes => {
            let gone = ["виїхал", "з'їхал", "поїхал", "виписал", "були", "жили"];
            words.iter().any(|w| gone.iter().any(|s| w.starts_with(s)))
        }
        // «Моя перший поверх, унизу» of a house in two parts: which of them, and not whose.
        "dwelling.type"
            if hit.row.fact == Fact::Text("owned")
                && matches!(
                    &words[hit.words.clone()],
                    ["моя" | "мій" | "моє" | "наша" | "наш" | "наше"]
                )
                && words.get(hit.words.end).is_some_and(|w| {
                    [
                        "перш",
                        "друг",
                        "трет",
                        "верхн",
                        "нижн",
                        "лів",
                        "прав",
                        "дальн",
                        "ближн",
                        "половин",
                        "частин",
                    ]
                    .iter()
                    .any(|stem| w.starts_with(stem))
                }) =>
        {
            true
        }
        // «Ось папір, вона підписала» of another parent's consent.
        // «Там крім нас нікого немає» of who lives there.
        "dwelling.lease_document"
            if hit.row.fact == Fact::Text("missing")
                && hit.words.start > 0
                && words[hit.words.start - 1] == "нікого" =>
        {
            true
        }
        "dwelling.lease_document" => {
            let paper = words[hit.words.clone()]
                .iter()
                .any(|w| w.starts_with("папір") || w.starts_with("папер") || *w == "документи");
            let lease =
                m.asked
                    .mentions_any(&[Topic::Lease, Topic::LeaseStart, Topic::DwellingType])
                    || words.iter().any(|w| {
                        ["догов", "контракт", "оренд"]
                            .iter()
                            .any(|s| w.starts_with(s))
                    });
            let other = m.asked.asks_any(&[
                Topic::OtherParentAgrees,
                Topic::SixWeeks,
                Topic::Custody,
                Topic::PowerOfAttorney,
                Topic::Married,
                Topic::MaritalDate,
                Topic::BirthPlace,
            ]) || has(&["вона", "він", "суд", "підписала", "підписав"]);
            paper && !lease && other
        }
        // «Вона орендар, квартира на ній»
        "dwelling.type"
            if hit.row.fact == Fact::Text("rented_private")
                && hit.words.start > 0
                && matches!(words[hit.words.start - 1], "він" | "вона")
                && ["орендар", "наймач"]
                    .iter()
                    .any(|s| words[hit.words.start].starts_with(s)) =>
        {
            true
        }
        // «Орендує, від якоїсь фірми» of the host, «фірма обіцяла» of a paper.
        "dwelling.type" if hit.row.fact == Fact::Text("rented_private") => {
            let rents =
                |verbs: &[&str]| words.iter().any(|w| verbs.iter().any(|v| w.starts_with(v)));
            let mine = rents(&[
                "орендую",
                "орендуєм",
                "винаймаю",
                "винаймаєм",
                "знімаю",
                "знімаєм",
                "наймаю",
                "наймаєм",
            ]);
            let third = has(&[
                "орендує",
                "винаймає",
                "знімає",
                "наймає",
                "орендують",
                "винаймають",
                "знімають",
            ]);
            let theirs = third
                && m.asked.asks_any(&[Topic::HostRole, Topic::HostStays])
                && !m.asked.asks(Topic::DwellingType);
            let firm = words[hit.words.clone()]
                .iter()
                .any(|w| w.starts_with("фірм"))
                && m.asked.asks(Topic::Lease)
                && !m.asked.mentions(Topic::DwellingType);
            // «Оренда на ній»
            let on_them = words[hit.words.start..]
                .windows(2)
                .any(|w| w[0] == "на" && matches!(w[1], "ній" | "ньому"));
            !mine && (theirs || firm || on_them)
        }
        // «Вона винаймає від товариства»: how the one who takes the citizen in lives there.
        "dwelling.type"
            if hit.row.fact == Fact::Text("rented_social") && at_home::only_they_rent(m, words) =>
        {
            true
        }
        // «До того ще жили в сестри»: the family, and no child of its own.
        "children[].lived_with_before"
            if hit.row.asked.is_empty() && hit.row.fact == Fact::Text("other") =>
        {
            words[hit.words.clone()].contains(&"жили")
                && !has(&[
                    "він",
                    "вона",
                    "вони",
                    "син",
                    "донька",
                    "дочка",
                    "діти",
                    "малі",
                ])
        }
        // A room in what is known to be a hall, or to be rented from a housing association: one of its rooms.
        "dwelling.type" if hit.row.fact == Fact::Text("room") => {
            let whole = matches!(
                m.text("dwelling.type"),
                Some("student_hall" | "rented_social" | "cooperative" | "institution" | "owned")
            );
            whole && m.host.is_none() && !has(&["неї", "нього", "них"])
        }
        // «Вони з чоловіком ту хату купили»: somebody else's home.
        "dwelling.type"
            if hit.row.fact == Fact::Text("owned")
                && m.mover == 0
                && has(&["вони", "він", "вона"])
                && !has(&[
                    "ми", "я", "нам", "мені", "нас", "мене", "наш", "наша", "мій", "моя",
                ])
                && words
                    .iter()
                    .any(|w| w.starts_with("купил") || w.starts_with("купив")) =>
        {
            true
        }
        // «Купив за свої» of a summer house or a boat: it stays one.
        "dwelling.type"
            if hit.row.fact == Fact::Text("owned")
                && matches!(m.text("dwelling.type"), Some("holiday_home" | "other")) =>
        {
            true
        }
        // «Пай мій» of a share that the employee has called one.
        "dwelling.type"
            if hit.row.fact == Fact::Text("owned")
                && m.text("dwelling.type") == Some("cooperative") =>
        {
            !words
                .iter()
                .any(|w| w.starts_with("ейєр") || w.starts_with("власн"))
        }
        // «Телефон пишіть мій, бо він свій вимикає»
        "host.role" | "dwelling.type"
            if matches!(&words[hit.words.clone()], ["свій" | "своя" | "своє"])
                && words.iter().any(|w| {
                    // «На скриньку своє прізвище не клеїла»
                    [
                        "телефон",
                        "мобільн",
                        "номер",
                        "прізвищ",
                        "ім'я",
                        "лікар",
                        "договір",
                    ]
                    .iter()
                    .any(|s| w.starts_with(s))
                }) =>
        {
            true
        }
        // «Купила я»: no host's home.
        "host.role" if hit.row.fact == Fact::Text("owner") => {
            let next = words.get(hit.words.end).copied().unwrap_or("");
            let before = hit.words.start.checked_sub(1).map_or("", |at| words[at]);
            m.mover == 0 && (matches!(next, "я" | "ми") || matches!(before, "я" | "ми"))
        }
        // «Стара пані в будинок для літніх переїхала»: where the one went who lived there before.
        "dwelling.type" if hit.row.fact == Fact::Text("institution") && m.mover == 0 => {
            let moved = words.iter().any(|w| {
                [
                    "переїхал",
                    "переїхав",
                    "перебрал",
                    "перебрав",
                    "пішла",
                    "пішов",
                    "забрал",
                    "перевезл",
                ]
                .iter()
                .any(|stem| w.starts_with(stem))
            });
            let other = words.iter().any(|w| {
                matches!(
                    *w,
                    "пані"
                        | "пан"
                        | "він"
                        | "вона"
                        | "господиня"
                        | "господар"
                        | "хазяйка"
                        | "хазяїн"
                ) || w.starts_with("власни")
                    || w.starts_with("продав")
            });
            let mine = words
                .iter()
                .any(|w| matches!(*w, "я" | "ми" | "мене" | "нас" | "мені" | "нам"));
            moved && other && !mine
        }
        // «Мені ще рано в притулок», of a home for the old.
        // «Перші дві ночі були в притулку»: on the way.
        "dwelling.type" if hit.row.fact == Fact::Text("crisis_centre") => {
            let nights = words.iter().any(|w| {
                matches!(*w, "ночі" | "ніч" | "ночей" | "спершу" | "спочатку")
                    || w.starts_with("переноч")
            });
            nights
                && words
                    .iter()
                    .any(|w| matches!(*w, "був" | "була" | "були" | "жили" | "жила" | "жив"))
                || m.text("dwelling.type") == Some("institution")
        }
        "to.mailbox_own" => words.iter().any(|w| {
            ["дігітал", "діджитал", "електрон"]
                .iter()
                .any(|s| w.starts_with(s))
        }),
        "dwelling.type" if hit.row.fact == Fact::Text("student_hall") => {
            let old = m.asked.asks_any(&[Topic::OldAddress, Topic::Country])
                && !m.asked.asks_any(&[Topic::NewAddress, Topic::DwellingType]);
            let theirs = m.mover == 0
                && has(&[
                    "він",
                    "вона",
                    "старший",
                    "старша",
                    "син",
                    "донька",
                    "дочка",
                    "брат",
                    "сестра",
                ])
                && !has(&["я", "мене", "мені", "ми", "нам", "нас"])
                && m.has("move_date") | m.asked.asks_any(&[Topic::WhoMoves, Topic::Remaining]);
            // «Ми вдвох, онук приїздить на вихідні, але він у Гольстебро в гуртожитку записаний»
            let subject = words[..hit.words.start].iter().rev().take(7).find(|w| {
                matches!(
                    **w,
                    "я" | "ми" | "він" | "вона" | "вони" | "мені" | "нам" | "мене" | "нас"
                )
            });
            let guest = matches!(subject, Some(&("він" | "вона" | "вони")))
                && has(&[
                    "записаний",
                    "записана",
                    "прописаний",
                    "прописана",
                    "живе",
                    "мешкає",
                ]);
            old || theirs
                || guest
                || has(&["він", "вона"]) && has(&["вчиться", "навчається", "студент"])
        }
        _ => false,
    }
}

/// One room, and not how many a flat has.
pub(super) fn is_a_room(word: &str) -> bool {
    matches!(
        word,
        "кімната"
            | "кімнату"
            | "кімнаті"
            | "кімнатка"
            | "кімнатку"
            | "кімнатці"
            | "værelse"
            | "værelset"
    )
}

/// The clause of these words has a relative as its subject, and others are spoken of beside it.
pub(super) fn of_another(u: &Utterance<'_>, hit: &Range<usize>, sentence: &Sentence) -> bool {
    let first = hit.start + sentence.words.start;
    let span = u.token(first).span.start;
    let start = u.said[..span]
        .rfind([',', '.', ';', ':'])
        .map_or(0, |at| at + 1);
    let before = u.words(u.word_at(start)..first + 1);
    let subject = before.iter().any(|w| {
        matches!(
            *w,
            "дружина"
                | "чоловік"
                | "мама"
                | "тато"
                | "свекруха"
                | "теща"
                | "син"
                | "донька"
                | "бабуся"
                | "сестра"
                | "брат"
                | "вона"
                | "він"
        )
    });
    subject && u.word_at(start) > 0
}
