//! Danish: numbers and what engines read wrongly, in words.

use super::danish_homes::{floor, house_side, storey};
use super::danish_words::{MONTHS, abbreviation, digits, neuter, number, ordinal, sign};
use super::tokens::{
    Signs, Token, Writer, cpr, date, grouped, is_digits, is_email, pairs, parted_cpr, phone,
    spelled, time, tokens,
};

const SIGNS: Signs = Signs {
    at: "snabel-a",
    dot: "punktum",
    underscore: "understreg",
    hyphen: "bindestreg",
    plus: "plus",
};

/// Rewrites dates, times, CPR and telephone numbers, floors, e-mail addresses and abbreviations.
pub(super) fn in_words(text: &str) -> String {
    let tokens = tokens(text);
    let mut out = Writer::new();
    let mut i = 0;
    while i < tokens.len() {
        i += rewrite(&tokens, i, &mut out);
    }
    out.finish()
}

/// Writes the token at `i`, and those that belong to it; returns how many that were.
fn rewrite(tokens: &[Token<'_>], i: usize, out: &mut Writer) -> usize {
    let token = &tokens[i];
    let before = i
        .checked_sub(1)
        .map(|i| tokens[i].core.to_lowercase())
        .unwrap_or_default();
    let next = tokens.get(i + 1).filter(|_| !token.last);
    let core = token.core.to_lowercase();

    if let Some(digits) = parted_cpr(tokens, i) {
        out.merged(&tokens[i..i + 2], &paired(&digits, Some(3)));
        return 2;
    }
    if let Some(side) = house_side(tokens, i) {
        let house = number_in_words(tokens, i, &before).unwrap_or_else(|| token.core.to_owned());
        out.merged(&tokens[i..i + 2], &format!("{house}{} {side}", token.tail));
        return 2;
    }
    // The full stop of "th." goes, one that ends the sentence cannot be told from it: it stays.
    if let Some((words, used)) = floor(token, next).or_else(|| storey(tokens, i)) {
        out.merged(&tokens[i..i + used], &words);
        return used;
    }
    if let Some((n, used)) = grouped(tokens, i) {
        out.merged(&tokens[i..i + used], &number(n));
        return used;
    }
    if is_the(tokens, i) && next.is_some_and(|n| n.core.starts_with(|c: char| c.is_ascii_digit())) {
        out.put(token, "den", "");
    } else if let Some(day) = ordinal_before(tokens, i) {
        // "15." is an ordinal: its full stop goes unless the sentence ends here.
        let tail = if next.is_some_and(|n| !starts_sentence(n)) {
            token.tail.replacen('.', "", 1)
        } else {
            token.tail.to_owned()
        };
        out.put(token, day, &tail);
    } else if let Some(words) = number_in_words(tokens, i, &before) {
        out.put(token, &words, token.tail);
    } else if let Some(word) = sign(&core) {
        out.put(token, word, token.tail);
    } else if let Some(words) = abbreviation(&core).filter(|_| is_abbreviated(token, &core)) {
        let ends = token.tail.starts_with('.') && next.is_none_or(starts_sentence);
        let tail = token.tail.strip_prefix('.').unwrap_or(token.tail);
        out.put(token, words, if ends { "." } else { tail });
    } else {
        out.put(token, token.core, token.tail);
    }
    1
}

/// "d. 15." and "d 15.": the day's article. The letter of a house or a staircase is written "12 D, 2. th" and
/// "opgang D, 3. sal".
fn is_the(tokens: &[Token<'_>], i: usize) -> bool {
    let house = i.checked_sub(1).map(|i| &tokens[i]).is_some_and(|house| {
        let parted = !house.tail.is_empty() || house.last;
        !parted && house.core.ends_with(|c: char| c.is_ascii_digit())
    });
    match (tokens[i].core, tokens[i].tail) {
        ("d", ".") => true,
        ("D", ".") | ("d", "") => !house,
        _ => false,
    }
}

fn starts_sentence(token: &Token<'_>) -> bool {
    token.core.chars().next().is_some_and(char::is_uppercase)
}

/// Abbreviations are written with a full stop; a few are common without.
fn is_abbreviated(token: &Token<'_>, core: &str) -> bool {
    token.tail.starts_with('.')
        || matches!(core, "kl" | "fx" | "tlf" | "cpr-nr" | "nr" | "dvs" | "osv")
}

/// The ordinal that "15." stands for, and "15" before a month: before a small letter, "fra 15. til 20. december", behind "den", and as
/// the other half of a pair.
fn ordinal_before(tokens: &[Token<'_>], i: usize) -> Option<&'static str> {
    let token = &tokens[i];
    let next = tokens.get(i + 1).filter(|_| !token.last);
    let month = next.is_some_and(|n| MONTHS.contains(&n.core.to_lowercase().as_str()));
    let stopped = token.tail.starts_with('.') || month && token.tail.is_empty();
    if !stopped || !is_digits(token.core) || token.core.len() > 2 {
        return None;
    }
    let small = next.is_some_and(|n| n.core.starts_with(char::is_lowercase));
    let follows = month || token.tail == "." && small;
    let before = |back: usize| {
        let at = i.checked_sub(back)?;
        Some((&tokens[at], tokens[at].core.to_lowercase()))
    };
    let word = before(1).map(|(_, word)| word).unwrap_or_default();
    let dated = matches!(word.as_str(), "den" | "d") && !token.tail.contains(':');
    let joined = matches!(word.as_str(), "til" | "og" | "eller");
    let pair = joined && before(2).is_some_and(|(t, word)| is_digits(&word) && t.tail == ".");
    if follows || dated || pair {
        ordinal(token.core.parse().ok()?)
    } else {
        None
    }
}

/// A time of day: with a colon, behind "klokken", or with a dot when the other half of a pair is one. A dot
/// alone may be a day's or a number's.
fn is_time(tokens: &[Token<'_>], i: usize) -> bool {
    let clear = |i: usize| {
        let before = i.checked_sub(1).map(|i| tokens[i].core.to_lowercase());
        let behind = before.is_some_and(|b| matches!(b.as_str(), "kl" | "klokken"));
        time(tokens[i].core).is_some() && (behind || tokens[i].core.contains(':'))
    };
    let parts = |i: usize| {
        let between = tokens[i].core.to_lowercase();
        tokens[i].tail.is_empty() && matches!(between.as_str(), "til" | "og" | "eller" | "-" | "")
    };
    clear(i)
        || i >= 2 && parts(i - 1) && clear(i - 2)
        || i + 2 < tokens.len() && parts(i + 1) && tokens[i + 2].core.contains(':') && clear(i + 2)
}

fn number_in_words(tokens: &[Token<'_>], i: usize, before: &str) -> Option<String> {
    let core = tokens[i].core;
    if let Some(digits) = cpr(core) {
        return Some(paired(&digits, Some(3)));
    }
    if let Some(digits) = phone(core) {
        return Some(paired(digits, None));
    }
    if let Some(date) = date(core) {
        let (day, month) = (ordinal(date.day)?, MONTHS[date.month as usize - 1]);
        return Some(format!("{day} {month} {}", number(date.year.into())));
    }
    if let Some((h, m)) = time(core).filter(|_| is_time(tokens, i)) {
        return Some(match m {
            0 => number(h.into()),
            1..10 => format!("{} nul {}", number(h.into()), number(m.into())),
            _ => format!("{} {}", number(h.into()), number(m.into())),
        });
    }
    if let Some((day, month)) = core.split_once(['/', '.'])
        && matches!(before, "d" | "den")
        && let (Ok(day), Ok(month)) = (day.parse::<u32>(), month.parse::<usize>())
        && let (Some(day), Some(month)) = (ordinal(day), MONTHS.get(month.wrapping_sub(1)))
    {
        return Some(format!("{day} {month}"));
    }
    if is_email(core) {
        return Some(spelled(core, &SIGNS, number, digits));
    }
    plain(core, &noun(tokens, i))
}

/// What a number counts, in lower case: the word behind it, or behind an adjective of a neuter, "1 gyldigt pas".
fn noun(tokens: &[Token<'_>], i: usize) -> String {
    let behind = |i: usize| {
        let next = tokens.get(i + 1).filter(|_| !tokens[i].last)?;
        Some(next.core.to_lowercase())
    };
    let Some(next) = behind(i) else {
        return String::new();
    };
    let adjective = next.ends_with('t') || next == "lille";
    match behind(i + 1).filter(|noun| adjective && neuter(noun)) {
        Some(noun) => noun,
        None => next,
    }
}

/// "24", "6.400", "3,5", "24B", "+45…", "007".
fn plain(core: &str, noun: &str) -> Option<String> {
    if let Some(rest) = core.strip_prefix('+').filter(|rest| is_digits(rest)) {
        let words: Vec<String> = match phone(rest.get(2..)?) {
            Some(local) => vec![number(rest[..2].parse().ok()?), paired(local, None)],
            None => vec![digits(rest)],
        };
        return Some(format!("plus {}", words.join(" ")));
    }
    if let Some((whole, decimals)) = core.split_once(',') {
        let whole = plain(whole, "").filter(|_| is_digits(decimals))?;
        return Some(format!("{whole} komma {}", digits(decimals)));
    }
    if let Some(letter) = core.strip_suffix(|c: char| c.is_ascii_uppercase()) {
        // A house number: the letter is read by its name.
        let words = plain(letter, "").filter(|_| is_digits(letter) && letter.len() <= 3)?;
        return Some(format!("{words} {}", &core[letter.len()..]));
    }
    let groups: Vec<&str> = core.split('.').collect();
    let thousands = groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3);
    let plain = if thousands {
        groups.concat()
    } else {
        core.to_owned()
    };
    if !is_digits(&plain) {
        return None;
    }
    if plain.len() > 9 || (plain.len() > 1 && plain.starts_with('0')) {
        return Some(digits(&plain));
    }
    let counted = noun.starts_with(|c: char| c.is_alphabetic() || "%€$".contains(c));
    if plain == "1" && counted && !neuter(noun) {
        return Some("en".to_owned());
    }
    Some(number(plain.parse().ok()?))
}

/// Digits two at a time, with a pause after `pause` pairs.
fn paired(digits: &str, pause: Option<usize>) -> String {
    let mut out = String::new();
    for (i, (a, b)) in pairs(digits).enumerate() {
        if i > 0 {
            out.push_str(if Some(i) == pause { ", " } else { " " });
        }
        if a == 0 {
            out.push_str("nul ");
        }
        out.push_str(&number((a * 10 + b).into()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_espeak_misreads_is_written_out() {
        for (written, spoken) in [
            ("Jeg bor på 2. th.", "Jeg bor på anden til højre."),
            (
                "Nygade 5, 3.tv, 8000",
                "Nygade fem, tredje til venstre, otte tusind",
            ),
            ("st. mf.", "stuen midtfor."),
            (
                "d. 15. december 2026.",
                "den femtende december to tusind og seksogtyve.",
            ),
            ("Den 3. Tak.", "Den tredje. Tak."),
            (
                "den 1 december, 15 maj 2026",
                "den første december, femtende maj to tusind og seksogtyve",
            ),
            (
                "CPR 150584 1234.",
                "CPR femten nul fem fireogfirs, tolv fireogtredive.",
            ),
            (
                "150584 kroner",
                "et hundrede og halvtreds tusind fem hundrede og fireogfirs kroner",
            ),
            (
                "Nygade 5, th, 8000, Elmevej 12 tv.",
                "Nygade fem, til højre, otte tusind, Elmevej tolv til venstre.",
            ),
            ("Nygade 5B, mf., 8000", "Nygade fem B, midtfor, otte tusind"),
            (
                "Nygade 5, 2, th. På 2, th, Etage 3 tv",
                "Nygade fem, anden til højre. På anden til højre, Etage tredje til venstre",
            ),
            (
                "Nygade 5, k2., 8000",
                "Nygade fem, anden kælder, otte tusind",
            ),
            (
                "Hun er 12. D. 15. maj og d 2. juni, kl. 10 d. 3. juli",
                "Hun er tolv. den femtende maj og den anden juni, klokken ti den tredje juli",
            ),
            (
                "Nygade 12 D, 2. th, 8000 Aarhus",
                "Nygade tolv D, anden til højre, otte tusind Aarhus",
            ),
            (
                "Nygade 12 D 8000 Aarhus, Nygade 12 d, 8000",
                "Nygade tolv D otte tusind Aarhus, Nygade tolv d, otte tusind",
            ),
            ("opgang D, 3. sal", "opgang D, tredje sal"),
            ("den 9. klokken 8.30.", "den niende klokken otte tredive."),
            (
                "fra kl. 10:00 til 16.05",
                "fra klokken ti til seksten nul fem",
            ),
            ("kl. 10.00 – 12.05", "klokken ti – tolv nul fem"),
            ("fra 10.05 til 16:00", "fra ti nul fem til seksten"),
            ("senest den 15.12", "senest den femtende december"),
            ("kl. 8.05 og 17:00", "klokken otte nul fem og sytten"),
            (
                "24-12-2026",
                "fireogtyvende december to tusind og seksogtyve",
            ),
            (
                "d. 15/12 2026",
                "den femtende december to tusind og seksogtyve",
            ),
            (
                "CPR 060794-1326",
                "CPR nul seks nul syv fireoghalvfems, tretten seksogtyve",
            ),
            (
                "Ring 12345678.",
                "Ring tolv fireogtredive seksoghalvtreds otteoghalvfjerds.",
            ),
            ("Pris 5 kr. pr. stk. Tak", "Pris fem kroner per styk. Tak"),
            ("f.eks. i morgen", "for eksempel i morgen"),
            (
                "Skriv til o.k@mail.dk",
                "Skriv til o punktum k snabel-a mail punktum dk",
            ),
            (
                "anna-maria+95@mail-1.dk, k_1984@x.dk",
                "anna bindestreg maria plus femoghalvfems snabel-a mail bindestreg et punktum dk, k understreg et ni otte fire snabel-a x punktum dk",
            ),
            ("på 3. sal", "på tredje sal"),
            (
                "6 400 kr. om måneden",
                "seks tusind fire hundrede kroner om måneden",
            ),
            ("3/1-2026", "tredje januar to tusind og seksogtyve"),
            (
                "Nygade 5, 2., 8000 Aarhus",
                "Nygade fem, anden sal, otte tusind Aarhus",
            ),
            (
                "Nygade 5B, kl., 8000",
                "Nygade fem B, kælderen, otte tusind",
            ),
            (
                "Nygade 5, 1. 12, 8000",
                "Nygade fem, første sal dør tolv, otte tusind",
            ),
            ("Nygade 5, st.", "Nygade fem, stuen."),
            ("kl. otte", "klokken otte"),
            (
                "Mød op på Rådhuspladsen 1, kl. 10, og tag pas med",
                "Mød op på Rådhuspladsen en, klokken ti, og tag pas med",
            ),
            (
                "fra 15. til 20. december på 2. etage",
                "fra femtende til tyvende december på anden etage",
            ),
            ("den 1. og 3. Tak.", "den første og tredje. Tak."),
            ("mellem 15. og 20.", "mellem femtende og tyvende."),
            ("Han er 15. Hun er 12.", "Han er femten. Hun er tolv."),
            ("6.400 kroner", "seks tusind fire hundrede kroner"),
            (
                "1 person og 1 barn, 24B",
                "en person og et barn, fireogtyve B",
            ),
            (
                "100 % sikker, 1% af 5 €.",
                "et hundrede procent sikker, en procent af fem euro.",
            ),
            ("efter § 5", "efter paragraf fem"),
            (
                "1 $, $900, £2.500.",
                "en dollar, ni hundrede dollar, to tusind fem hundrede pund.",
            ),
            (
                "138 m2 eller 95m2",
                "et hundrede og otteogtredive kvadratmeter eller femoghalvfems kvadratmeter",
            ),
            ("3,5 og 10%", "tre komma fem og ti procent"),
            (
                "+4512345678",
                "plus femogfyrre tolv fireogtredive seksoghalvtreds otteoghalvfjerds",
            ),
            ("007", "nul nul syv"),
            ("nr. 4", "nummer fire"),
        ] {
            assert_eq!(in_words(written).trim_end(), spoken, "{written}");
        }
    }

    #[test]
    fn numbers_under_a_hundred() {
        let all = [0, 1, 20, 21, 50, 71, 99].map(number);
        let want = [
            "nul",
            "et",
            "tyve",
            "enogtyve",
            "halvtreds",
            "enoghalvfjerds",
            "nioghalvfems",
        ];
        assert_eq!(all, want);
        assert_eq!(
            (ordinal(0), ordinal(31), ordinal(32)),
            (None, Some("enogtredivte"), None)
        );
    }
}
