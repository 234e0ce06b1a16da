//! Texts that go round in circles: the commonest way in which Whisper goes wrong.

/// Longest phrase that is looked for, in items.
const LONGEST: usize = 24;

/// How often a phrase of this many items must follow itself before it is a loop. People repeat
/// single words ("nej nej nej") and number groups, but not whole clauses.
fn too_often(length: usize) -> usize {
    match length {
        1 => 8,
        2..=4 => 5,
        _ => 3,
    }
}

/// Whether the end of `items` is one phrase over and over.
pub(crate) fn is_looping<T: PartialEq>(items: &[T]) -> bool {
    (1..=LONGEST.min(items.len() / 3))
        .any(|length| repeats_at_end(items, length) >= too_often(length))
}

/// How often the last `length` items follow each other at the end.
fn repeats_at_end<T: PartialEq>(items: &[T], length: usize) -> usize {
    let phrase = &items[items.len() - length..];
    items
        .rchunks_exact(length)
        .take_while(|chunk| *chunk == phrase)
        .count()
}

/// How many items to keep of a text that ends in a loop: all before it and the phrase once.
pub(crate) fn without_loop<T: PartialEq>(items: &[T]) -> usize {
    // The longest loop may hide a shorter one in its phrase; the shortest phrase that loops says
    // the same with fewer words.
    for length in 1..=LONGEST.min(items.len() / 3) {
        let repeats = repeats_at_end(items, length);
        if repeats >= too_often(length) {
            return items.len() - (repeats - 1) * length;
        }
    }
    items.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn clauses_that_repeat_are_loops() {
        let loops = words("hej det er en god ide det er en god ide det er en god ide");
        assert!(is_looping(&loops));
        assert_eq!(without_loop(&loops), 6);
        let single = words("ja nej nej nej nej nej nej nej nej");
        assert!(is_looping(&single));
        assert_eq!(without_loop(&single), 2);
    }

    #[test]
    fn what_people_say_is_no_loop() {
        for text in [
            "",
            "nej nej nej det er ikke rigtigt",
            "to to to to nul nul nul nul",
            "11 11 11 11",
            "det er en god ide det er en god ide",
            "ja ja ja ja",
        ] {
            assert!(!is_looping(&words(text)), "{text}");
            assert_eq!(without_loop(&words(text)), words(text).len());
        }
    }
}
