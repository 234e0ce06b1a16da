//! Texts that go round in circles: the commonest way in which Whisper goes wrong.

/// Longest phrase that is looked for, in items.
const LONGEST: usize = 24;

/// How often a phrase of this many words must follow itself before it is a loop. People repeat
/// single words ("nej nej nej", a number three times over) and number groups, but not whole clauses.
fn too_often(words: usize) -> usize {
    match words {
        0 | 1 => 8,
        2..=4 => 5,
        _ => 3,
    }
}

/// Whether the end of `items` is one phrase over and over. An item may be less than a word ("to og
/// tyve" are several): `begins` says which begin one.
pub(crate) fn is_looping<T: PartialEq>(items: &[T], begins: impl Fn(&T) -> bool) -> bool {
    loop_at_end(items, begins).is_some()
}

/// (items of the phrase, how often it stands there) of a loop at the end. The longest loop may hide a
/// shorter one in its phrase; the shortest phrase that loops says the same with fewer words.
fn loop_at_end<T: PartialEq>(items: &[T], begins: impl Fn(&T) -> bool) -> Option<(usize, usize)> {
    (1..=LONGEST.min(items.len() / 3)).find_map(|length| {
        let phrase = &items[items.len() - length..];
        let repeats = items
            .rchunks_exact(length)
            .take_while(|chunk| *chunk == phrase)
            .count();
        let words = phrase.iter().filter(|item| begins(item)).count();
        (repeats >= too_often(words)).then_some((length, repeats))
    })
}

/// How many items to keep of a text that ends in a loop: all before it and the phrase once.
pub(crate) fn without_loop<T: PartialEq>(items: &[T], begins: impl Fn(&T) -> bool) -> usize {
    match loop_at_end(items, begins) {
        Some((length, repeats)) => items.len() - (repeats - 1) * length,
        None => items.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    fn word(_: &&str) -> bool {
        true
    }

    #[test]
    fn a_word_of_several_pieces_is_still_one_word() {
        // «Так, так, так, так, так, у мене ще є син»; "toogtyve, toogtyve, toogtyve, fireogtredive".
        let begins = |piece: &&str| piece.starts_with(' ');
        let yes = [" так", ","].repeat(5);
        assert!(!is_looping(&yes, begins));
        assert_eq!(without_loop(&yes, begins), yes.len());
        let number = [" to", "og", "ty", "ve", ","].repeat(3);
        assert!(!is_looping(&number, begins));
        assert!(is_looping(
            &[" to", "og", "ty", "ve", ","].repeat(8),
            begins
        ));
        // A clause three times over is one, however it is cut.
        let clause = [" det", " er", " en", " g", "od", " id", "é", "."].repeat(3);
        assert_eq!(without_loop(&clause, begins), 8);
    }

    #[test]
    fn clauses_that_repeat_are_loops() {
        let loops = words("hej det er en god ide det er en god ide det er en god ide");
        assert!(is_looping(&loops, word));
        assert_eq!(without_loop(&loops, word), 6);
        let single = words("ja nej nej nej nej nej nej nej nej");
        assert!(is_looping(&single, word));
        assert_eq!(without_loop(&single, word), 2);
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
            assert!(!is_looping(&words(text), word), "{text}");
            assert_eq!(without_loop(&words(text), word), words(text).len());
        }
    }
}
