//! Floors and doors in Ukrainian, with the words that say who counts.

use tolkebot_protocol::Lang;

use super::counting::{count_phrase, ground};
use super::unit::{Door, Floor, FloorCount};
use super::{beside_door, beside_floor, counting};
use crate::dates::word;
use crate::numbers::{Form, Rank, Read, read_at, reads_at};
use crate::tables::MONTHS;
use crate::token::{Token, TokenKind};

/// A side at `at`.
pub(super) fn side(tokens: &[Token], at: usize) -> Option<(Door, usize)> {
    // «Двері посередині, ні вліво, ні вправо»: neither of the two.
    let before = |n: usize| at.checked_sub(n).map_or("", |b| word(tokens, b));
    let neither = before(1) == "ні"
        && (word(tokens, at + 1) == "ні"
            || word(tokens, at + 2) == "ні"
            || before(3) == "ні"
            || before(4) == "ні");
    if neither || is_matter(tokens, at) || is_time(tokens, at) {
        return None;
    }
    if let Some(told) = beside_door::side(tokens, at) {
        return Some(told);
    }
    let comma = before(1).is_empty() && before_floor(tokens, at);
    let behind = behind_floor(tokens, at)
        || comma
        || beside_door::behind_rank(tokens, at)
        || beside_floor::is_behind(tokens, at);
    if behind && let Some(door) = beside_door::heard(tokens, at) {
        return Some(door);
    }
    Some(match (word(tokens, at), word(tokens, at + 1)) {
        (
            "ліва" | "лівій" | "лівого" | "лівої" | "ліву" | "лівому",
            "сторона" | "стороні" | "сторони" | "сторону" | "боку",
        ) => (Door::Left, at + 2),
        (
            "права" | "правій" | "правого" | "правої" | "праву" | "правому",
            "сторона" | "стороні" | "сторони" | "сторону" | "боку",
        ) => (Door::Right, at + 2),
        ("праворуч" | "справа" | "направо" | "правобіч" | "вправо", _) => {
            (Door::Right, at + 1)
        }
        ("на", "право") => (Door::Right, at + 2),
        ("на", "ліво") => (Door::Left, at + 2),
        ("права" | "праві" | "правий", _) if short_side(tokens, at) => {
            (Door::Right, at + 1)
        }
        ("ліворуч" | "зліва" | "наліво" | "налєво" | "налево" | "вліво" | "лівіше", _) => {
            (Door::Left, at + 1)
        }
        ("ліва" | "ліві" | "лівий", _) if short_side(tokens, at) => {
            (Door::Left, at + 1)
        }
        // The last sounds are often swallowed: «шостий поверх, посередний».
        ("посередині" | "посередку" | "посередний" | "посередній", _) => {
            (Door::Middle, at + 1)
        }
        // «Всередині два поверхи» is about the inside of the house.
        ("всередині", _) if short_side(tokens, at) => (Door::Middle, at + 1),
        ("по", "центру" | "середині") => (Door::Middle, at + 2),
        ("середня" | "середні" | "центральні", _) if of_doors(tokens, at) => {
            (Door::Middle, at + 1)
        }
        _ => return None,
    })
}

/// «Справа в тому, що …», «не ваша справа», «така справа»: a matter, and no side.
fn is_matter(tokens: &[Token], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |b| word(tokens, b));
    let behind = at + 1 + usize::from(word(tokens, at + 1) == "не");
    let inside = matches!(word(tokens, behind), "в" | "у")
        && matches!(
            word(tokens, behind + 1),
            "тому" | "тім" | "цьому" | "чому" | "чім" | "суді" | "грошах"
        );
    let whose = matches!(
        before(1),
        "ця" | "така"
            | "інша"
            | "окрема"
            | "особиста"
            | "сімейна"
            | "судова"
            | "тому"
            | "чому"
    ) && !is_dwelling(before(2));
    // «Наша справа» is a door; «не ваша справа», «це моя справа» are none.
    let nobodys =
        matches!(before(1), "моя" | "твоя" | "ваша" | "наша") && matches!(before(2), "не" | "це");
    word(tokens, at) == "справа"
        && (inside || whose || nobodys || matches!(word(tokens, at + 1), "така" | "йде"))
}

/// «Десь посередині місяця», «по середині грудня»: a time, and no side.
fn is_time(tokens: &[Token], at: usize) -> bool {
    let behind = match word(tokens, at) {
        "посередині" | "посередку" => at + 1,
        "по" if word(tokens, at + 1) == "середині" => at + 2,
        _ => return false,
    };
    let unit = word(tokens, behind);
    MONTHS.contains_key(unit) || matches!(unit, "місяця" | "тижня" | "року" | "літа")
}

fn is_dwelling(text: &str) -> bool {
    ["двер", "квартир", "кімнат"]
        .iter()
        .any(|stem| text.starts_with(stem))
}

/// «Середні двері», «двері середні», «мої середні»: not «середня донька», «середня школа».
fn of_doors(tokens: &[Token], at: usize) -> bool {
    let behind = tokens.get(at + 1);
    let before = at.checked_sub(1).map_or("", |b| word(tokens, b));
    // Children and schools are told in the singular.
    let many = tokens[at].text != "середня";
    short_side(tokens, at)
        || is_dwelling(before)
        || behind.is_some_and(|t| is_dwelling(&t.text))
        || many && behind.is_none_or(|t| t.kind == TokenKind::Sign)
}

/// «ліва», «праві двері»: sides only beside a door or between signs; «права» are rights.
fn short_side(tokens: &[Token], at: usize) -> bool {
    // «Ліві», and nothing else
    if tokens.iter().filter(|t| t.is_word()).count() == 1 {
        return tokens[at].text != "права";
    }
    let next = tokens.get(at + 1);
    if next.is_some_and(|t| t.text.starts_with("двер")) {
        return true;
    }
    let closed = next.is_none_or(|t| t.kind == TokenKind::Sign);
    // «Другий сал ліва і в нас …»
    let goes_on = next.is_some_and(|t| {
        matches!(
            t.text.as_str(),
            "і" | "й" | "та" | "а" | "бо" | "там" | "ми" | "у" | "в"
        )
    });
    // «Перший сал правий шість тисяч»: the postal code follows.
    let code = next.is_some() && read_at(tokens, at + 1, Lang::Uk).is_some();
    if behind_floor(tokens, at) && (closed || goes_on || code) {
        return true;
    }
    let before = at.checked_sub(1).map(|b| &tokens[b]);
    let floor = before.is_some_and(|t| t.is_sign(','));
    let rights = matches!(tokens[at].text.as_str(), "права" | "праві" | "правий")
        && before.is_some_and(|t| t.is_sign(','))
        && !before_floor(tokens, at);
    closed && floor && !rights
}

/// A floor just before the comma: «третій сал, права», «другий по-данськи, праві».
fn before_floor(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|comma| behind_floor(tokens, comma))
}

/// Right behind the word for floor, or the words that say who counts it.
pub(super) fn behind_floor(tokens: &[Token], at: usize) -> bool {
    let floor = at
        .checked_sub(1)
        .is_some_and(|b| floor_noun(&tokens[b].text).is_some());
    let counted = |back: usize| {
        at.checked_sub(back)
            .and_then(|start| count_phrase(tokens, start))
            .is_some_and(|(_, end)| end == at)
    };
    floor || (1..=4).any(counted)
}

/// A door at `at`; the flag is true for «квартира», which is often only a habit.
pub(super) fn door(tokens: &[Token], at: usize) -> Option<(Door, usize, bool)> {
    if let Some((door, end)) = side(tokens, at) {
        let noun = usize::from(word(tokens, end).starts_with("двер"));
        return Some((door, end + noun, false));
    }
    if let Some((door, end)) = beside_door::number(tokens, at) {
        return Some((door, end, false));
    }
    let noun = word(tokens, at);
    let flat = noun.starts_with("квартир") || noun == "кв";
    let announced = flat
        || matches!(noun, "двері" | "дверях" | "дверима")
        || matches!(
            noun,
            "кімната" | "кімнаті" | "кімнату" | "кімнати" | "кімнатка" | "кімнатку"
        );
    if announced {
        let mut next = at + 1;
        next += usize::from(tokens.get(next).is_some_and(|t| t.is_sign('.')));
        if let Some((door, end)) = side(tokens, next) {
            return Some((door, end, false));
        }
        next += usize::from(matches!(word(tokens, next), "номер" | "під"));
        next += usize::from(word(tokens, next) == "номером");
        let read = read_at(tokens, next, Lang::Uk).filter(|r| {
            // «двері шостий номер»
            let ranked = r.is_ordinal() && word(tokens, r.end) == "номер";
            (r.form == Form::Cardinal || ranked) && (1..10_000).contains(&r.value)
        })?;
        // «кімната тридцять два нуль сім»: 3207.
        if (10..100).contains(&read.value)
            && word(tokens, read.end) == "нуль"
            && let Some(last) = read_at(tokens, read.end + 1, Lang::Uk)
                .filter(|r| r.form == Form::Cardinal && (1..10).contains(&r.value))
        {
            let number = format!("{}0{}", read.value, last.value);
            return Some((Door::Number(number), last.end, flat));
        }
        if noun.starts_with("кімнат")
            && let Some((number, end)) = digit_by_digit(tokens, &read)
        {
            return Some((Door::Number(number), end, false));
        }
        return Some((Door::Number(read.value.to_string()), read.end, flat));
    }
    // «четверті двері»: plural ordinals end in -і, which the number grammar doesn't read.
    let ordinal = plural_ordinal(noun)?;
    word(tokens, at + 1)
        .starts_with("двер")
        .then(|| (Door::Number(ordinal.to_string()), at + 2, false))
}

/// «кімната три один сім»: three digits and a pause, no more.
fn digit_by_digit(tokens: &[Token], first: &Read) -> Option<(String, usize)> {
    let digit = |at: usize| {
        read_at(tokens, at, Lang::Uk).filter(|r| r.form == Form::Cardinal && r.value <= 9)
    };
    let second = digit(first.end).filter(|_| first.value <= 9)?;
    let third = digit(second.end)?;
    let pause = tokens.get(third.end).is_none_or(|t| !t.is_word());
    let number = format!("{}{}{}", first.value, second.value, third.value);
    pause.then_some((number, third.end))
}

pub(super) fn plural_ordinal(text: &str) -> Option<u8> {
    Some(match text {
        "перші" => 1,
        "другі" => 2,
        "треті" => 3,
        "четверті" => 4,
        "п'яті" => 5,
        "шості" => 6,
        "сьомі" => 7,
        "восьмі" => 8,
        _ => return None,
    })
}

pub(super) fn floor_noun(text: &str) -> Option<bool> {
    match text {
        "поверх" | "поверсі" | "поверху" | "етаж" | "етажі" | "этаж" => {
            Some(false)
        }
        "сал" | "салі" | "салу" | "саль" | "сала" | "салл" | "sal" => {
            Some(true)
        }
        _ => None,
    }
}

/// Danish ordinals as they are heard in Cyrillic.
fn heard_ordinal(text: &str) -> Option<i8> {
    Some(match text {
        "фьорсте" | "ферсте" | "форсте" | "фюрсте" | "første" => 1,
        "анден" | "анен" | "anden" => 2,
        "тредьє" | "тредє" | "трейє" | "третьє" | "tredje" => 3,
        "ф'єрде" | "фєрде" | "фірде" | "фьєрде" | "фйєрде" | "fjerde" => {
            4
        }
        "фемте" | "femte" => 5,
        "шєтте" | "сьєтте" | "сетте" | "sjette" => 6,
        _ => return None,
    })
}

pub(super) fn floor_ordinal(read: &Read) -> bool {
    matches!(
        read.form,
        Form::Ordinal(Rank::Masculine | Rank::Locative | Rank::Genitive)
    ) && (1..=40).contains(&read.value)
}

/// A floor at `at`. `inside` is true in an address, where «другий праворуч» is a floor and a side.
pub(super) fn floor(tokens: &[Token], at: usize, inside: bool) -> Option<(Floor, usize)> {
    let uncertain = FloorCount::UkrainianUncertain;
    let text = word(tokens, at);
    if inside && let Some(end) = ground(tokens, at) {
        let floor = Floor {
            said: 0,
            count: uncertain,
        };
        return Some((floor, end));
    }
    if inside && let Some(end) = beside_floor::abbreviated_ground(tokens, at) {
        let floor = Floor {
            said: 0,
            count: FloorCount::Danish,
        };
        return Some((floor, end));
    }
    match text {
        ground if beside_floor::is_stuen(ground) => {
            return Some((
                Floor {
                    said: 0,
                    count: FloorCount::Danish,
                },
                at + 1,
            ));
        }
        "партер" | "партері" => {
            return Some((
                Floor {
                    said: 0,
                    count: uncertain,
                },
                at + 1,
            ));
        }
        _ => {}
    }
    if beside_door::is_danish_cellar(text) {
        let floor = Floor {
            said: -1,
            count: FloorCount::Danish,
        };
        return Some((floor, at + 1));
    }
    if text.starts_with("підвал") || text.starts_with("цокол") {
        let noun = usize::from(floor_noun(word(tokens, at + 1)).is_some());
        return Some((
            Floor {
                said: -1,
                count: uncertain,
            },
            at + 1 + noun,
        ));
    }
    if (text == "самому" && matches!(word(tokens, at + 1), "низу" | "низі"))
        || (matches!(text, "нижній" | "нижньому" | "найнижчий" | "найнижчому")
            && floor_noun(word(tokens, at + 1)).is_some())
    {
        return Some((
            Floor {
                said: 0,
                count: uncertain,
            },
            at + 2,
        ));
    }
    if let Some(said) = heard_ordinal(text)
        && floor_noun(word(tokens, at + 1)).is_some()
    {
        return Some((
            Floor {
                said,
                count: FloorCount::Danish,
            },
            at + 2,
        ));
    }
    // «шості поверх»: «шостий», of which the last sound was not heard; «третий» is Russian's way.
    let misheard = plural_ordinal(text).or((text == "третий").then_some(3));
    if let Some(said) = misheard
        && let Some(danish) = floor_noun(word(tokens, at + 1))
    {
        let (count, end) = counted(tokens, at + 2, danish);
        let said = said as i8;
        return Some((Floor { said, count }, end));
    }
    if let Some(danish) = floor_noun(text) {
        return noun_first(tokens, at, danish);
    }
    if count_phrase(tokens, at).is_some() {
        return counting::counted_first(tokens, at);
    }
    ordinal_first(tokens, at, inside)
}

/// «поверх перший», «сал третій».
fn noun_first(tokens: &[Token], at: usize, danish: bool) -> Option<(Floor, usize)> {
    let read = read_at(tokens, at + 1, Lang::Uk)
        .filter(|r| floor_ordinal(r) || r.written && (1..=40).contains(&r.value))?;
    // «третій поверх, п'ята квартира»: this noun already had its number.
    let taken = at
        .checked_sub(1)
        .and_then(|before| read_at(tokens, before, Lang::Uk))
        .is_some_and(|before| floor_ordinal(&before) || before.written);
    if taken {
        return None;
    }
    let said = read.value as i8;
    let (count, end) = counted(tokens, read.end, danish);
    Some((Floor { said, count }, end))
}

fn counted(tokens: &[Token], at: usize, danish: bool) -> (FloorCount, usize) {
    // «третій, теж за данською»
    for gap in 0..=2 {
        let skippable = (0..gap).all(|i| {
            tokens.get(at + i).is_some_and(|t| {
                t.is_sign(',') || matches!(t.text.as_str(), "теж" | "але" | "вже" | "це" | "так")
            })
        });
        if skippable && let Some((count, end)) = count_phrase(tokens, at + gap) {
            return (count, end);
        }
    }
    let count = if danish {
        FloorCount::Danish
    } else {
        FloorCount::UkrainianUncertain
    };
    (count, at)
}

fn ordinal_first(tokens: &[Token], at: usize, inside: bool) -> Option<(Floor, usize)> {
    for read in reads_at(tokens, at, Lang::Uk) {
        let digits = read.written && (1..=40).contains(&read.value);
        // «перша сал»: Danes say "sal", and some make it feminine.
        let of_sal = read.form == Form::Ordinal(Rank::Feminine) && (1..=40).contains(&read.value);
        let feminine = of_sal && beside_door::is_sal(word(tokens, read.end));
        // «третя, тв», «друга ліворуч»: nobody needs the word itself.
        if of_sal && !feminine && inside && beside_door::side_behind(tokens, read.end) {
            let said = read.value as i8;
            let count = FloorCount::Danish;
            return Some((Floor { said, count }, read.end));
        }
        // «отже, три по-данськи»
        let plain = read.form == Form::Cardinal
            && (1..=12).contains(&read.value)
            && matches!(
                count_phrase(tokens, read.end),
                Some((FloorCount::Danish, _))
            );
        let bare = inside && beside_floor::is_rank(&read);
        if !floor_ordinal(&read) && !digits && !feminine && !plain && !bare {
            continue;
        }
        let said = read.value as i8;
        // The count may stand before the noun: «третій по-вашому поверх».
        let (early, after) = match count_phrase(tokens, read.end) {
            Some((count, end)) => (Some(count), end),
            None => (None, read.end),
        };
        let noun = floor_noun(word(tokens, after)).or(feminine.then_some(true));
        if let Some(danish) = noun {
            let (count, end) = counted(tokens, after + 1, danish);
            return Some((
                Floor {
                    said,
                    count: early.unwrap_or(count),
                },
                end,
            ));
        }
        if digits || counting::counts_the_next(tokens, read.end) {
            continue;
        }
        let (count, end) = counted(tokens, read.end, false);
        if count != FloorCount::UkrainianUncertain {
            return Some((Floor { said, count }, end));
        }
        let comma = usize::from(tokens.get(read.end).is_some_and(|t| t.is_sign(',')));
        let count = FloorCount::DanishUncertain;
        // «другий тв», «третій, th»: who reads the letters of the door reads the floor beside them.
        if floor_ordinal(&read) && beside_door::letters(word(tokens, read.end + comma)).is_some() {
            return Some((Floor { said, count }, read.end));
        }
        if beside_floor::rank_before_door(tokens, &read, inside) {
            return Some((Floor { said, count }, read.end));
        }
    }
    None
}
