//! What both languages' rewriting shares: words with their punctuation, and the shapes of numbers.

/// A word with the punctuation around it, so that rules look at `core` alone.
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    pub(super) head: &'a str,
    pub(super) core: &'a str,
    pub(super) tail: &'a str,
    /// A line ends after it.
    pub(super) last: bool,
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    for line in text.split('\n') {
        for word in line.split_whitespace() {
            let core = word.trim_start_matches(['(', '"', '\'', '[', '–']);
            let head = &word[..word.len() - core.len()];
            let trimmed =
                core.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', ']', '–']);
            let tail = &core[trimmed.len()..];
            let (number, sign) = parted(trimmed);
            let token = |head, core, tail| Token {
                head,
                core,
                tail,
                last: false,
            };
            match (number, sign) {
                ("", whole) | (whole, "") => tokens.push(token(head, whole, tail)),
                ("§", number) => tokens.extend([token(head, "§", ""), token("", number, tail)]),
                (number, sign) => {
                    tokens.extend([token(head, number, ""), token("", sign, tail)]);
                }
            }
        }
        if let Some(token) = tokens.last_mut() {
            token.last = true;
        }
    }
    tokens
}

/// Money's signs, which stand on either side of a number.
const MONEY: [&str; 3] = ["€", "$", "£"];

/// Signs that stand only behind a number.
const BEHIND: [&str; 5] = ["%", "km2", "m2", "км2", "м2"];

/// "50%" and "€50" as a number and its sign, "§5" as a sign and its number: each is a word of its own.
fn parted(core: &str) -> (&str, &str) {
    let starts = |s: &str| s.starts_with(|c: char| c.is_ascii_digit());
    let ends = |s: &str| s.ends_with(|c: char| c.is_ascii_digit());
    for sign in BEHIND.into_iter().chain(MONEY) {
        if let Some(number) = core.strip_suffix(sign).filter(|n| ends(n)) {
            return (number, sign);
        }
    }
    for sign in MONEY {
        if let Some(number) = core.strip_prefix(sign).filter(|n| starts(n)) {
            return (number, sign);
        }
    }
    match core.strip_prefix('§').filter(|n| starts(n)) {
        Some(number) => ("§", number),
        None => (core, ""),
    }
}

/// The text under construction.
pub(super) struct Writer {
    out: String,
}

impl Writer {
    pub(super) fn new() -> Self {
        Writer { out: String::new() }
    }

    /// Writes a token with `core` in its place and its own punctuation, or the punctuation `tail`.
    pub(super) fn put(&mut self, token: &Token<'_>, core: &str, tail: &str) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push(' ');
        }
        self.out.push_str(token.head);
        self.out.push_str(core);
        self.out.push_str(tail);
        if token.last {
            self.out.push('\n');
        }
    }

    /// Writes several tokens as one, with the punctuation before the first and behind the last.
    pub(super) fn merged(&mut self, tokens: &[Token<'_>], core: &str) {
        if let [first, ..] = tokens
            && let [.., end] = tokens
        {
            let last = end.last;
            let whole = Token {
                last,
                ..first.clone()
            };
            // The full stop of an abbreviation before a comma.
            let comma = end.tail.strip_prefix('.').filter(|t| t.starts_with(','));
            self.put(&whole, core, comma.unwrap_or(end.tail));
        }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }
}

/// True for a non-empty run of ASCII digits.
pub(super) fn is_digits(s: &str) -> bool {
    !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit())
}

/// "6 400" and "1 250 000": groups of three digits. A leading zero or a plus is a telephone number.
pub(super) fn grouped(tokens: &[Token<'_>], i: usize) -> Option<(u64, usize)> {
    let first = &tokens[i];
    if !is_digits(first.core) || first.core.len() > 3 || first.core.starts_with('0') {
        return None;
    }
    // "+380 67 123 45 67", "12 34 123": groups of a telephone number, whatever their lengths.
    let before = i.checked_sub(1).map(|i| &tokens[i]).filter(|t| !t.last);
    if before.is_some_and(|t| t.core.starts_with('+') || t.tail.is_empty() && is_digits(t.core)) {
        return None;
    }
    let mut number: u64 = first.core.parse().ok()?;
    let mut used = 1;
    while used < 3 && tokens[i + used - 1].tail.is_empty() && !tokens[i + used - 1].last {
        let Some(group) = tokens
            .get(i + used)
            .filter(|t| is_digits(t.core) && t.core.len() == 3)
        else {
            break;
        };
        number = number * 1000 + group.core.parse::<u64>().ok()?;
        used += 1;
    }
    let end = &tokens[i + used - 1];
    let after = tokens
        .get(i + used)
        .filter(|_| !end.last && end.tail.is_empty());
    if after.is_some_and(|t| is_digits(t.core)) {
        return None;
    }
    (used > 1).then_some((number, used))
}

/// A CPR number, `DDMMYY-NNNN` or ten digits together, as its ten digits.
pub(super) fn cpr(s: &str) -> Option<String> {
    let (date, serial) = s.split_once(['-', '–']).or_else(|| s.split_at_checked(6))?;
    let whole = date.len() == 6 && serial.len() == 4 && is_digits(date) && is_digits(serial);
    whole.then(|| format!("{date}{serial}"))
}

/// "150584 1234", a CPR number in two groups, as its ten digits. Six digits that are no day are another number's, and so
/// are groups with more of them beside them. (A number in place of a CPR number has a day 60 later.)
pub(super) fn parted_cpr(tokens: &[Token<'_>], i: usize) -> Option<String> {
    let (date, serial) = (&tokens[i], tokens.get(i + 1)?);
    let open = |t: &&Token<'_>| t.tail.is_empty() && !t.last;
    if !open(&date) || !serial.head.is_empty() || !is_digits(serial.core) {
        return None;
    }
    let before = i.checked_sub(1).map(|i| &tokens[i]).filter(open);
    let behind = tokens.get(i + 2).filter(|_| open(&serial));
    let group = |t: &Token<'_>| is_digits(t.core.strip_prefix('+').unwrap_or(t.core));
    if before.is_some_and(group) || behind.is_some_and(group) {
        return None;
    }
    let digits = cpr(&format!("{}-{}", date.core, serial.core))?;
    let two = |at: usize| digits.get(at..at + 2)?.parse::<u32>().ok();
    let is_day = matches!(two(0)?, 1..=31 | 61..=91) && matches!(two(2)?, 1..=12);
    is_day.then_some(digits)
}

/// Eight digits together: a Danish telephone number.
pub(super) fn phone(s: &str) -> Option<&str> {
    (s.len() == 8 && is_digits(s)).then_some(s)
}

/// Two digits at a time, as Danes read CPR and telephone numbers.
pub(super) fn pairs(digits: &str) -> impl Iterator<Item = (u32, u32)> + '_ {
    let digit = |b: u8| u32::from(b.saturating_sub(b'0'));
    digits
        .as_bytes()
        .chunks(2)
        .filter_map(move |pair| match pair {
            &[a, b] => Some((digit(a), digit(b))),
            _ => None,
        })
}

/// A time of day, `H:MM` or `H.MM`.
pub(super) fn time(s: &str) -> Option<(u32, u32)> {
    let (h, m) = s.split_once([':', '.'])?;
    if !is_digits(h) || h.len() > 2 || !is_digits(m) || m.len() != 2 {
        return None;
    }
    let (h, m) = (h.parse().ok()?, m.parse().ok()?);
    (h < 25 && m < 60).then_some((h, m))
}

/// A day and its month, `D.MM`.
pub(super) fn day_and_month(s: &str) -> Option<(u32, u32)> {
    let (day, month) = s.split_once('.')?;
    if !is_digits(day) || day.len() > 2 || !is_digits(month) || month.len() != 2 {
        return None;
    }
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some((day, month))
}

/// A calendar date in digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date {
    pub(super) day: u32,
    pub(super) month: u32,
    pub(super) year: u32,
}

/// `DD.MM.YYYY` (also with `-` or `/`), `YYYY-MM-DD` or, in Danish, `D/M-YYYY`.
pub(super) fn date(s: &str) -> Option<Date> {
    let (day_month, year) = s.rsplit_once('-').unwrap_or_default();
    if day_month.contains('/') {
        return date(&format!("{}/{year}", day_month));
    }
    for separator in ['.', '-', '/'] {
        let parts: Vec<&str> = s.split(separator).collect();
        let [a, b, c] = parts[..] else { continue };
        if ![a, b, c].iter().all(|p| is_digits(p)) || b.len() > 2 {
            continue;
        }
        let (day, year) = match (a.len(), c.len()) {
            (4, 1 | 2) => (c, a),
            (1 | 2, 4) => (a, c),
            _ => continue,
        };
        let date = Date {
            day: day.parse().ok()?,
            month: b.parse().ok()?,
            year: year.parse().ok()?,
        };
        if (1..=31).contains(&date.day) && (1..=12).contains(&date.month) && date.year >= 1000 {
            return Some(date);
        }
    }
    None
}

/// True for an e-mail address.
pub(super) fn is_email(s: &str) -> bool {
    s.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.contains('@')
    })
}

/// How the signs of an e-mail address are called.
pub(super) struct Signs {
    pub(super) at: &'static str,
    pub(super) dot: &'static str,
    pub(super) underscore: &'static str,
    pub(super) hyphen: &'static str,
    pub(super) plus: &'static str,
}

/// An e-mail address with its signs by name and its digits in words: one that is not heard leads to
/// another's letter box. `number` says a number of at most two digits, `digits` any run digit by digit.
pub(super) fn spelled(
    address: &str,
    signs: &Signs,
    number: impl Fn(u64) -> String,
    digits: impl Fn(&str) -> String,
) -> String {
    let mut out = String::new();
    let mut rest = address;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (part, behind) = rest.split_at(run.max(c.len_utf8()));
        rest = behind;
        let word = match c {
            '@' => signs.at,
            '.' => signs.dot,
            '_' => signs.underscore,
            '-' => signs.hyphen,
            '+' => signs.plus,
            '0'..='9' => &match part.parse() {
                Ok(n) if part.len() <= 2 && !part.starts_with('0') => number(n),
                _ => digits(part),
            },
            letter => {
                out.push(letter);
                continue;
            }
        };
        out.push_str(&format!(" {word} "));
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_words_of_their_own() {
        let cores = |text| -> Vec<&str> { tokens(text).iter().map(|t| t.core).collect() };
        assert_eq!(
            cores("(50%, €5, 5€) §5 % € a% $5. 5£ 138m2 x2"),
            [
                "50", "%", "5", "€", "5", "€", "§", "5", "%", "€", "a%", "5", "$", "5", "£", "138",
                "m2", "x2"
            ]
        );
    }

    #[test]
    fn a_number_in_two_groups_is_a_cpr_number_if_it_begins_with_a_day() {
        let parted = |text| parted_cpr(&tokens(text), 1);
        for (text, digits) in [
            ("CPR 150584 1234.", Some("1505841234")),
            ("CPR: 750584 1234, ja", Some("7505841234")),
            ("kun 150584 kroner 1234", None),
            ("kun 150584, 1234", None),
            ("kun 400584 1234", None),
            ("kun 151384 1234", None),
            ("+45 150584 1234", None),
            ("kun 150584 1234 12", None),
            ("kun 150584\n1234", None),
        ] {
            assert_eq!(parted(text).as_deref(), digits, "{text}");
        }
    }

    #[test]
    fn shapes_are_recognised() {
        assert_eq!(cpr("060794-1326").as_deref(), Some("0607941326"));
        assert_eq!(cpr("0607941326").as_deref(), Some("0607941326"));
        assert_eq!(cpr("060794–1326").as_deref(), Some("0607941326"));
        assert_eq!(
            (cpr("06079-41326"), cpr("060794"), cpr("06O794-1326")),
            (None, None, None)
        );
        assert_eq!(
            (time("8.30"), time("23:59")),
            (Some((8, 30)), Some((23, 59)))
        );
        assert_eq!(
            (time("8.3"), time("25:00"), time("8.60"), time("x:10")),
            (None, None, None, None)
        );
        let christmas = Some(Date {
            day: 24,
            month: 12,
            year: 2026,
        });
        for s in [
            "24.12.2026",
            "24-12-2026",
            "24/12/2026",
            "2026-12-24",
            "24/12-2026",
        ] {
            assert_eq!(date(s), christmas, "{s}");
        }
        assert_eq!((date("24/12-"), date("1/2/3-2026")), (None, None));
        assert_eq!(
            (date("32.12.2026"), date("1.13.2026"), date("1.2.3")),
            (None, None, None)
        );
        assert!(is_email("a.b@mail.dk"));
        assert!(!["@x.dk", "a@b", "a@b@c.d"].into_iter().any(is_email));
        assert_eq!(pairs("0613").collect::<Vec<_>>(), [(0, 6), (1, 3)]);
    }
}
