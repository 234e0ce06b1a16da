//! Ukrainian dates: a day of the month is an ordinal in the genitive or in the neuter nominative.

use jiff::civil::Weekday;
use tolkebot_protocol::Lang;

use super::said::{Mention, Month, Said, Which, Year};
use super::{DateContext, Purpose, about, bare, comma_at, ends, mention, stands_apart, word, year};
use crate::numbers::{Form, Rank, Read, read_at, reads_at};
use crate::tables::MONTHS;
use crate::token::Token;

pub(super) fn at(tokens: &[Token], at: usize, ctx: &DateContext) -> Option<Mention> {
    relative(tokens, at)
        .or_else(|| counted(tokens, at))
        .or_else(|| about::ukrainian(tokens, at))
        .or_else(|| weekday(tokens, at))
        .or_else(|| year_first(tokens, at, ctx))
        .or_else(|| calendar(tokens, at, ctx))
        .or_else(|| month_only(tokens, at, ctx))
}

/// «о п'ятнадцятій», «на десяту годину»: feminine ordinals are hours.
pub(super) fn clock_at(tokens: &[Token], at: usize) -> bool {
    read_at(tokens, at, Lang::Uk).is_some_and(|read| {
        let hour = read.value <= 24;
        let feminine = read.form == Form::Ordinal(Rank::Feminine);
        let before = at.checked_sub(1).map_or("", |i| word(tokens, i));
        hour && feminine
            && (matches!(before, "о" | "об" | "на" | "до" | "після" | "з" | "із")
                || word(tokens, read.end).starts_with("годин"))
    })
}

fn relative(tokens: &[Token], at: usize) -> Option<Mention> {
    let days = match word(tokens, at) {
        "сьогодні" | "сьодні" | "сегодня" | "сьогоднішнього" => {
            0
        }
        "завтра" | "завтрашнього" => 1,
        "післязавтра" => 2,
        "учора" | "вчора" | "учорашнього" | "вчорашнього" => -1,
        "позавчора" => -2,
        "після" if word(tokens, at + 1) == "завтра" => {
            return Some(mention(at..at + 2, Said::Days(2)));
        }
        "поза" if word(tokens, at + 1) == "вчора" => {
            return Some(mention(at..at + 2, Said::Days(-2)));
        }
        _ => return None,
    };
    // «до вчорашнього дня»
    let end = at + 1 + usize::from(word(tokens, at + 1) == "дня");
    Some(mention(at..end, Said::Days(days)))
}

#[derive(Clone, Copy)]
pub(super) enum Unit {
    Days(i32),
    Months(i32),
}

pub(super) fn unit(text: &str) -> Option<Unit> {
    Some(match text {
        "день" | "дні" | "днів" | "дня" | "доба" | "доби" | "діб" | "добу" => {
            Unit::Days(1)
        }
        "тиждень" | "тижні" | "тижнів" | "тижня" => Unit::Days(7),
        "місяць" | "місяці" | "місяців" | "місяця" => Unit::Months(1),
        "рік" | "роки" | "років" | "року" => Unit::Months(12),
        _ => return None,
    })
}

fn amount(count: u64, unit: Unit, sign: i32) -> Option<Said> {
    let count = i32::try_from(count).ok().filter(|c| *c <= 1000)?;
    Some(match unit {
        Unit::Days(days) => Said::Days(sign * count * days),
        Unit::Months(months) => Said::Months(sign * count * months),
    })
}

/// Count and unit at `at`: «два тижні», «тиждень», «тижні два», «пів року».
fn quantity(tokens: &[Token], at: usize) -> Option<(u64, Unit, usize)> {
    if word(tokens, at) == "пів" && word(tokens, at + 1) == "року" {
        return Some((6, Unit::Months(1), at + 2));
    }
    if word(tokens, at) == "півроку" {
        return Some((6, Unit::Months(1), at + 1));
    }
    if let Some(unit) = unit(word(tokens, at)) {
        // «тижні два тому» is vague on purpose, «тиждень тому» isn't; of a unit alone only the singular is one.
        let one = matches!(
            word(tokens, at),
            "день" | "доба" | "добу" | "тиждень" | "місяць" | "рік"
        );
        return (one && about::few_more(tokens, at + 1).is_none()).then_some((1, unit, at + 1));
    }
    let read = read_at(tokens, at, Lang::Uk)
        .filter(|r| matches!(r.form, Form::Cardinal | Form::Oblique) && r.value > 0)?;
    Some((read.value, unit(word(tokens, read.end))?, read.end + 1))
}

/// «через два тижні», «за тиждень», «три дні тому».
fn counted(tokens: &[Token], at: usize) -> Option<Mention> {
    let lead = word(tokens, at);
    if matches!(lead, "через" | "за") {
        let (count, unit, end) = quantity(tokens, at + 1)?;
        if word(tokens, end) == "тому" {
            return None;
        }
        // «за день до» counts from something else; «за рік» is more often a price or a span.
        let from_today = lead == "через" || !matches!(unit, Unit::Months(_));
        let relative_to = matches!(word(tokens, end), "до" | "після" | "від");
        return (from_today && !relative_to)
            .then(|| amount(count, unit, 1))
            .flatten()
            .map(|said| mention(at..end, said));
    }
    let (count, unit, end) = quantity(tokens, at)?;
    (word(tokens, end) == "тому")
        .then(|| amount(count, unit, -1))
        .flatten()
        .map(|said| mention(at..end + 1, said))
}

pub(super) fn day_name(text: &str) -> Option<Weekday> {
    Some(match text {
        "понеділок" | "понеділка" | "понеділку" | "понеділком" => {
            Weekday::Monday
        }
        "вівторок" | "вівторка" | "вівторку" | "вівторком" => {
            Weekday::Tuesday
        }
        "середа" | "середи" | "середу" | "середі" | "середою" => {
            Weekday::Wednesday
        }
        "четвер" | "четверга" | "четвергу" | "четвергом" => {
            Weekday::Thursday
        }
        "п'ятниця" | "п'ятниці" | "п'ятницю" | "п'ятницею" | "пятниця" | "пятниці" | "пятницю" => {
            Weekday::Friday
        }
        "субота" | "суботи" | "суботу" | "суботі" | "суботою" => {
            Weekday::Saturday
        }
        "неділя" | "неділі" | "неділю" | "неділею" => Weekday::Sunday,
        _ => return None,
    })
}

fn modifier(text: &str) -> Option<Which> {
    let stems = [
        ("минул", Which::Last),
        ("наступн", Which::Next),
        ("найближч", Which::Coming),
        ("ближч", Which::Coming),
    ];
    if let Some(&(_, which)) = stems.iter().find(|(stem, _)| text.starts_with(stem)) {
        return Some(which);
    }
    matches!(
        text,
        "цієї" | "цю" | "цій" | "ця" | "цього" | "цьому" | "цей"
    )
    .then_some(Which::Coming)
}

fn week(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let at = at + usize::from(matches!(word(tokens, at), "на" | "того"));
    let offset = match modifier(word(tokens, at))? {
        Which::Last => -1,
        Which::Next => 1,
        _ => 0,
    };
    matches!(word(tokens, at + 1), "тижня" | "тижні" | "тиждень").then_some((offset, at + 2))
}

fn weekday(tokens: &[Token], at: usize) -> Option<Mention> {
    // «минулого тижня в середу», «на цьому тижні у п'ятницю»
    if let Some((offset, end)) = week(tokens, at) {
        let comma = comma_at(tokens, end);
        let end = end + usize::from(comma);
        let day_at = end + usize::from(matches!(word(tokens, end), "у" | "в" | "ві" | "во"));
        let day = day_name(word(tokens, day_at))
            .filter(|_| !comma || stands_apart(tokens, at, day_at + 1))?;
        let which = Which::Week(offset);
        return Some(mention(at..day_at + 1, Said::Weekday { day, which }));
    }
    let mut start = at;
    if matches!(
        word(tokens, start),
        "у" | "в" | "ві" | "во" | "з" | "із" | "зі" | "на" | "від" | "до"
    ) {
        start += 1;
    }
    let mut which = Which::Bare;
    if let Some(said) = modifier(word(tokens, start)) {
        which = said;
        start += 1;
    }
    let day = day_name(word(tokens, start))?;
    let mut end = start + 1;
    // «У п'ятницю, наступного тижня,» with nothing of another clause behind it.
    let comma = comma_at(tokens, end);
    let next = end + usize::from(comma);
    let closed = |after: usize| !comma || ends(tokens, after);
    if let Some((offset, after)) = week(tokens, next).filter(|(_, after)| closed(*after)) {
        which = Which::Week(offset);
        end = after;
    } else if let Some(after) = not_this(tokens, end) {
        which = Which::NotThis;
        end = after;
    } else if let Some((weeks, after)) = weeks_on(tokens, next).filter(|(_, after)| closed(*after))
    {
        which = Which::WeeksAfter(weeks);
        end = after;
    }
    Some(mention(at..end, Said::Weekday { day, which }))
}

/// «(у п'ятницю) через тиждень», «через два тижні»: weeks on from a weekday, and the index behind.
fn weeks_on(tokens: &[Token], at: usize) -> Option<(i32, usize)> {
    let (count, unit, end) = quantity(tokens, at + 1).filter(|_| word(tokens, at) == "через")?;
    let Unit::Days(7) = unit else { return None };
    let weeks = i32::try_from(count).ok().filter(|w| *w <= 52)?;
    (word(tokens, end) != "тому").then_some((weeks, end))
}

/// «(п'ятниці), не цієї, а тої», «… не в цю, а в наступну»: behind a weekday, where it ends.
fn not_this(tokens: &[Token], at: usize) -> Option<usize> {
    let skip = |at: usize, skipped: &[&str]| {
        at + usize::from(
            tokens
                .get(at)
                .is_some_and(|t| skipped.contains(&t.text.as_str())),
        )
    };
    let at = skip(at, &[","]);
    if word(tokens, at) != "не" {
        return None;
    }
    let at = skip(at + 1, &["в", "у", "на", "з"]);
    let this = word(tokens, at);
    let near = modifier(this) == Some(Which::Coming) || this == "цієї" || this == "цього";
    let at = skip(skip(at + 1, &[","]), &["а"]);
    let at = skip(at, &["в", "у", "на", "з"]);
    let that = word(tokens, at);
    let far = matches!(that, "тої" | "тієї" | "ту" | "того" | "той" | "там")
        || modifier(that) == Some(Which::Next);
    (near && far).then_some(at + 1)
}

/// «сорок восьмого року, тринадцятого жовтня»
fn year_first(tokens: &[Token], at: usize, ctx: &DateContext) -> Option<Mention> {
    // «У п'ятдесят третьому, чотирнадцятого вересня»
    let inside = at
        .checked_sub(1)
        .is_some_and(|before| matches!(tokens[before].text.as_str(), "у" | "в"));
    // «Ми у двадцять другому, першого вересня переїхали» is a flat.
    let year = |r: &Read| ctx.purpose == Purpose::Birth || r.value >= 1850;
    let locative = |r: &Read| inside && year(r) && r.form == Form::Ordinal(Rank::Locative);
    let read = read_at(tokens, at, Lang::Uk).filter(|r| {
        r.form == Form::Ordinal(Rank::Genitive) || locative(r) || r.written && r.digits.len() == 4
    })?;
    let named = matches!(word(tokens, read.end), "року" | "році");
    if !named && !locative(&read) {
        return None;
    }
    let said = match read.value {
        1850..=2100 => Year::Full(read.value as i16),
        1..100 => Year::Short(read.value as i16),
        _ => return None,
    };
    let end = read.end + usize::from(named);
    let comma = usize::from(tokens.get(end).is_some_and(|t| t.is_sign(',')));
    let mut found = calendar(tokens, end + comma, ctx)?;
    match &mut found.said {
        Said::Calendar {
            month: Month::Named(_),
            year: year @ Year::Missing,
            ..
        } => *year = said,
        _ => return None,
    }
    found.range.start = at;
    Some(found)
}

/// A day of the month: ordinal in the right case, or a plain number before a month.
fn day_reads(tokens: &[Token], at: usize) -> impl Iterator<Item = Read> {
    reads_at(tokens, at, Lang::Uk)
        .into_iter()
        .filter(|r| (1..=31).contains(&r.value) && r.digits.len() <= 2 && rank_of_day(r).is_some())
}

fn rank_of_day(read: &Read) -> Option<Form> {
    matches!(
        read.form,
        Form::Cardinal | Form::Ordinal(Rank::Genitive | Rank::Neuter | Rank::Masculine)
    )
    .then_some(read.form)
}

fn calendar(tokens: &[Token], at: usize, ctx: &DateContext) -> Option<Mention> {
    for day in day_reads(tokens, at) {
        let number = usize::from(word(tokens, day.end) == "числа");
        let behind = day.end + number;
        let said = |month, year| Said::Calendar {
            day: day.value as i8,
            month,
            year,
            sure: true,
        };
        if let Some(said) = one_of_two(tokens, &day, ctx) {
            return Some(mention(at..day.end, said));
        }
        if let Some((month, next)) = month_behind(tokens, &day, behind, ctx) {
            let (year, end) = match month {
                Month::Named(_) => year::after(tokens, next, Lang::Uk, ctx),
                _ => (Year::Missing, next),
            };
            return Some(mention(at..end, said(month, year)));
        }
        if bare::ukrainian(tokens, at, &day, behind, number == 1, ctx) {
            return Some(mention(at..behind, said(Month::Missing, Year::Missing)));
        }
    }
    None
}

/// A number that is followed by the name of a month is a day of it, and no month itself.
fn names_month(tokens: &[Token], number: &Read) -> Option<i8> {
    let form = MONTHS.get(word(tokens, number.end))?;
    form.genitive.then_some(form.month)
}

/// «П'ятого шостого листопада»: the fifth, or the sixth. Each is a day of that month, as with a dash between them.
fn one_of_two(tokens: &[Token], day: &Read, ctx: &DateContext) -> Option<Said> {
    let counted = matches!(day.form, Form::Ordinal(Rank::Genitive | Rank::Neuter));
    let next = day_reads(tokens, day.end).find(|next| {
        let near = (day.value + 1..=day.value + 3).contains(&next.value);
        counted && near && next.form == day.form && names_month(tokens, next).is_some()
    })?;
    let month = Month::Named(names_month(tokens, &next)?);
    let (year, _) = year::after(tokens, next.end + 1, Lang::Uk, ctx);
    Some(Said::Calendar {
        day: day.value as i8,
        month,
        year,
        sure: true,
    })
}

fn month_behind(
    tokens: &[Token],
    day: &Read,
    at: usize,
    ctx: &DateContext,
) -> Option<(Month, usize)> {
    // A recogniser writes a pause as a comma: «одинадцятого, лютого».
    let pause = tokens.get(at).is_some_and(|t| t.is_sign(','))
        && day.form == Form::Ordinal(Rank::Genitive)
        && !day.written
        && MONTHS.get(word(tokens, at + 1)).is_some_and(|m| m.genitive);
    let named = at + usize::from(pause);
    // «лютий» and «лист» are other words too; behind a day only real month forms count.
    if let Some(form) = MONTHS.get(word(tokens, named)) {
        let dot = usize::from(
            tokens
                .get(named + 1)
                .is_some_and(|t| t.is_sign('.') && t.glued),
        );
        let short = word(tokens, named).chars().count() <= 5 && !form.genitive;
        let full = form.genitive || day.form == Form::Ordinal(Rank::Neuter);
        if full || short {
            let abbreviated = word(tokens, named).chars().count() <= 5;
            return Some((
                Month::Named(form.month),
                named + 1 + if abbreviated { dot } else { 0 },
            ));
        }
    }
    if let Some(offset) = modifier(word(tokens, at))
        && word(tokens, at + 1).starts_with("місяц")
    {
        let offset = match offset {
            Which::Last => -1,
            Which::Next => 1,
            _ => 0,
        };
        return Some((Month::Offset(offset), at + 2));
    }
    if day.form == Form::Cardinal && !day.written {
        return None;
    }
    let comma = usize::from(tokens.get(at).is_some_and(|t| t.is_sign(',')));
    for month in reads_at(tokens, at + comma, Lang::Uk) {
        let possible = (1..=12).contains(&month.value) && month.is_ordinal();
        if !possible || names_month(tokens, &month).is_some() {
            continue;
        }
        let end = month.end;
        if word(tokens, end).starts_with("місяц") {
            return Some((Month::Named(month.value as i8), end + 1));
        }
        // «одинадцяте одинадцятого двадцять третього»
        let same = month.form == day.form
            || day.form == Form::Ordinal(Rank::Neuter)
                && month.form == Form::Ordinal(Rank::Genitive)
                && ctx.purpose == crate::dates::Purpose::Birth
                && reads_at(tokens, month.end, Lang::Uk)
                    .iter()
                    .any(Read::is_ordinal);
        let counted = matches!(day.form, Form::Ordinal(Rank::Genitive | Rank::Neuter));
        if same && counted && comma == 0 && !bare::counts_something(word(tokens, end)) {
            return Some((Month::Named(month.value as i8), end));
        }
        let (found, _) = year::after(tokens, end, Lang::Uk, ctx);
        if same && counted && found != Year::Missing {
            return Some((Month::Named(month.value as i8), end));
        }
    }
    None
}

/// «у грудні», «з листопада», «до червня», «у березні дві тисячі двадцять другого»: of that year, and not on the
/// twenty-second.
fn month_only(tokens: &[Token], at: usize, ctx: &DateContext) -> Option<Mention> {
    if !matches!(
        word(tokens, at),
        "у" | "в" | "з" | "із" | "до" | "від" | "на" | "після" | "зі"
    ) {
        return None;
    }
    let name = word(tokens, at + 1);
    let form = MONTHS.get(name).filter(|_| name.chars().count() > 4)?;
    let end = match year::after(tokens, at + 2, Lang::Uk, ctx) {
        (Year::Full(_), end) => end,
        _ => at + 2,
    };
    Some(mention(at..end, Said::Month(form.month)))
}
