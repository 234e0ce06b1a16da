//! How alike two names sound, whichever alphabet they are written in.
//!
//! Both spellings become a string of rough sounds; a weighted edit distance then counts the swaps
//! that Ukrainian ears and recognisers make (ø → о/е/ю, g ↔ г/ґ/х, silent d and h) as small.

use std::sync::LazyLock;

use crate::token::{fold, is_cyrillic};

/// The rough sounds of a name: lower-case letters, `ö` for ø, `j` for й.
pub(crate) fn sounds(name: &str) -> Vec<char> {
    let folded = fold(name);
    let mut out = Vec::with_capacity(folded.len());
    if folded.chars().any(is_cyrillic) {
        cyrillic(&folded, &mut out);
    } else {
        latin(&folded, &mut out);
    }
    out.dedup();
    out
}

fn cyrillic(text: &str, out: &mut Vec<char>) {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let (sound, used): (&[char], usize) = match (c, next) {
            ('ь', Some('о' | 'е' | 'є')) | ('й', Some('о')) => (&['ö'], 2),
            ('д', Some('ж')) => (&['j'], 2),
            ('к', Some('с')) => (&['k', 's'], 2),
            ('а' | 'я', _) => (&['a'], 1),
            ('б', _) => (&['b'], 1),
            ('в', _) => (&['v'], 1),
            ('г', _) => (&['g'], 1),
            ('ґ', _) => (&['g'], 1),
            ('х', _) => (&['h'], 1),
            ('д', _) => (&['d'], 1),
            ('е' | 'э' | 'ё', _) => (&['e'], 1),
            ('є', _) => (&['j', 'e'], 1),
            ('ж' | 'з' | 'с' | 'ц' | 'ш' | 'щ', _) => (&['s'], 1),
            ('ч', _) => (&['t', 's'], 1),
            ('и' | 'і' | 'ї' | 'ы', _) => (&['i'], 1),
            ('й', _) => (&['j'], 1),
            ('к', _) => (&['k'], 1),
            ('л', _) => (&['l'], 1),
            ('м', _) => (&['m'], 1),
            ('н', _) => (&['n'], 1),
            ('о', _) => (&['o'], 1),
            ('п', _) => (&['p'], 1),
            ('р', _) => (&['r'], 1),
            ('т', _) => (&['t'], 1),
            ('у', _) => (&['u'], 1),
            ('ю', _) => (&['y'], 1),
            ('ф', _) => (&['f'], 1),
            _ => (&[], 1),
        };
        out.extend_from_slice(sound);
        at += used;
    }
}

fn latin(text: &str, out: &mut Vec<char>) {
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let (sound, used): (&[char], usize) = match (c, next) {
            ('h', Some('v' | 'j')) => (&[], 1),
            ('a', Some('a')) => (&['o'], 2),
            ('a', Some('e')) => (&['e'], 2),
            ('c', Some('k')) => (&['k'], 2),
            ('c', Some('h')) => (&['k'], 2),
            ('p', Some('h')) => (&['f'], 2),
            ('t', Some('h')) => (&['t'], 2),
            ('c', Some('e' | 'i' | 'y' | 'æ')) => (&['s'], 1),
            ('a', _) => (&['a'], 1),
            ('b', _) => (&['b'], 1),
            ('c' | 'k' | 'q', _) => (&['k'], 1),
            ('d', _) => (&['d'], 1),
            ('e' | 'é' | 'æ' | 'ä', _) => (&['e'], 1),
            ('f', _) => (&['f'], 1),
            ('g', _) => (&['g'], 1),
            ('h', _) => (&['h'], 1),
            ('i', _) => (&['i'], 1),
            ('j', _) => (&['j'], 1),
            ('l', _) => (&['l'], 1),
            ('m', _) => (&['m'], 1),
            ('n', _) => (&['n'], 1),
            ('o' | 'å' | 'ó', _) => (&['o'], 1),
            ('ø' | 'ö', _) => (&['ö'], 1),
            ('p', _) => (&['p'], 1),
            ('r', _) => (&['r'], 1),
            ('s' | 'z', _) => (&['s'], 1),
            ('t', _) => (&['t'], 1),
            ('u', _) => (&['u'], 1),
            ('v' | 'w', _) => (&['v'], 1),
            ('x', _) => (&['k', 's'], 1),
            ('y' | 'ü', _) => (&['y'], 1),
            _ => (&[], 1),
        };
        out.extend_from_slice(sound);
        at += used;
    }
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'ö')
}

/// No name of a street, town or person has as many sounds.
pub(crate) const LONGEST: usize = 64;

/// Sounds are letters `a` to `z` and `ö`.
pub(crate) const SOUNDS: usize = 27;

/// Number of a sound.
pub(crate) fn index(sound: char) -> usize {
    match sound {
        'a'..='z' => sound as usize - 'a' as usize,
        _ => SOUNDS - 1,
    }
}

/// The sound of a number.
pub(crate) fn sound(number: usize) -> char {
    match u8::try_from(number) {
        Ok(letter) if number < SOUNDS - 1 => char::from(b'a' + letter),
        _ => 'ö',
    }
}

/// [`swap_cost`] and [`gap_cost`] of all sounds: names are compared thousands of times a turn.
pub(crate) static COSTS: LazyLock<([[f32; SOUNDS]; SOUNDS], [f32; SOUNDS])> = LazyLock::new(|| {
    let mut swaps = [[0.0; SOUNDS]; SOUNDS];
    let mut gaps = [0.0; SOUNDS];
    for (a, row) in swaps.iter_mut().enumerate() {
        gaps[a] = gap_cost(sound(a));
        for (b, cost) in row.iter_mut().enumerate() {
            *cost = swap_cost(sound(a), sound(b));
        }
    }
    (swaps, gaps)
});

/// Cost of hearing one sound as another.
fn swap_cost(a: char, b: char) -> f32 {
    if a == b {
        return 0.0;
    }
    let (a, b) = if a < b { (a, b) } else { (b, a) };
    match (a, b) {
        ('e' | 'o' | 'u' | 'y', 'ö') | ('u', 'y') | ('i', 'y') => 0.15,
        ('a', 'o') | ('a', 'e') | ('e', 'i') => 0.25,
        ('g', 'h') => 0.1,
        ('i', 'j') => 0.1,
        ('u', 'v') | ('f', 'v') | ('b', 'p') | ('d', 't') | ('g', 'k') | ('h', 'k') => 0.35,
        ('j', 's') | ('g', 'j') => 0.6,
        _ if vowel(a) && vowel(b) => 0.4,
        _ => 1.0,
    }
}

/// Cost of a sound that only one side has.
fn gap_cost(c: char) -> f32 {
    match c {
        'j' => 0.25,
        'd' | 'g' | 'h' => 0.45,
        'e' => 0.5,
        'r' | 't' | 's' => 0.7,
        _ if vowel(c) => 0.6,
        _ => 0.9,
    }
}

/// Likeness of two sound strings, 0 to 1.
pub(crate) fn likeness(a: &[char], b: &[char]) -> f32 {
    likeness_over(a, b, 0.0)
}

/// Likeness of two sound strings; 0 as soon as it must be under `least`.
pub(crate) fn likeness_over(a: &[char], b: &[char], least: f32) -> f32 {
    let (Some(&first), Some(&other)) = (a.first(), b.first()) else {
        return if a.is_empty() && b.is_empty() {
            1.0
        } else {
            0.0
        };
    };
    let longest = a.len().max(b.len()) as f32;
    if too_long(a.len(), b.len()) {
        return 0.0;
    }
    let mut budget = (1.0 - least) * longest;
    let penalty = opening(first, other);
    budget -= penalty;
    if budget < 0.0 {
        return 0.0;
    }
    if b.len() >= LONGEST {
        return if a == b { 1.0 } else { 0.0 };
    }
    let (swaps, gaps) = &*COSTS;
    // On the stack: names are compared thousands of times a turn.
    let mut right = [0usize; LONGEST];
    let (mut one, mut two) = ([0.0f32; LONGEST], [0.0f32; LONGEST]);
    let (mut previous, mut row) = (&mut one, &mut two);
    let width = b.len();
    let mut edge = 0.0;
    for (at, &sound) in b.iter().enumerate() {
        right[at] = index(sound);
        edge += gaps[right[at]];
        previous[at + 1] = edge;
    }
    for &left in a {
        let left = index(left);
        let (swaps, skip) = (&swaps[left], gaps[left]);
        let mut before = previous[0] + skip;
        row[0] = before;
        let mut smallest = before;
        let cells = row[1..=width].iter_mut();
        for ((cell, &sound), pair) in cells.zip(&right).zip(previous[..=width].windows(2)) {
            let cost = (pair[0] + swaps[sound])
                .min(pair[1] + skip)
                .min(before + gaps[sound]);
            *cell = cost;
            before = cost;
            smallest = smallest.min(cost);
        }
        if smallest > budget {
            return 0.0;
        }
        std::mem::swap(&mut previous, &mut row);
    }
    let distance = previous[width] + penalty;
    let score = (1.0 - distance / longest).max(0.0);
    if score < least { 0.0 } else { score }
}

/// Nothing that is twice as long sounds alike.
pub(crate) fn too_long(a: usize, b: usize) -> bool {
    a.abs_diff(b) as f32 > a.max(b) as f32 * 0.45
}

/// People get the first consonant right: Вендерс- is not Sønder-.
pub(crate) fn opening(a: char, b: char) -> f32 {
    let wrong = !vowel(a) && !vowel(b) && swap_cost(a, b) > 0.5 && a != 'h' && b != 'h';
    if wrong { 0.8 } else { 0.0 }
}

/// How alike two names sound, 0 to 1. Either may be Cyrillic or Latin; spaces and hyphens don't
/// count.
pub fn similarity(a: &str, b: &str) -> f32 {
    likeness(&sounds(a), &sounds(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renderings_of_one_street_are_alike() {
        for (heard, written) in [
            ("Рандерсвей", "Randersvej"),
            ("Рандерсвай", "Randersvej"),
            ("Єгергорсґаде", "Jægergårdsgade"),
            ("Тройборгвей", "Trøjborgvej"),
            ("трейборвай", "Trøjborgvej"),
            ("Хейредальсвей", "Hejredalsvej"),
            ("Спобєргвей", "Spobjergvej"),
            ("Мойлескоувей", "Mølleskovvej"),
            ("Рюгавевей", "Ryhavevej"),
            ("соннервангс алле", "Søndervangs Allé"),
            ("Сольб'єрг Гоуведгаде", "Solbjerg Hovedgade"),
            ("бйодструп вей", "Bjødstrupvej"),
            ("ед він рарс вей", "Edwin Rahrs Vej"),
            ("Скьольдхой", "Skjoldhøj"),
        ] {
            let score = similarity(heard, written);
            assert!(score > 0.75, "{heard} {written} {score}");
        }
    }

    #[test]
    fn different_streets_are_not() {
        for (a, b) in [
            ("Рандерсвей", "Skanderborgvej"),
            ("Вестергаде", "Nørregade"),
            ("чоловік", "Randersvej"),
            ("квартира", "Kirkevej"),
        ] {
            assert!(similarity(a, b) < 0.7, "{a} {b} {}", similarity(a, b));
        }
    }

    #[test]
    fn empty_names_are_no_match() {
        assert_eq!(similarity("", "Randersvej"), 0.0);
        assert_eq!(similarity("", ""), 1.0);
    }
}
