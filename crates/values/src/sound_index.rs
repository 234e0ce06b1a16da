//! Which names of a list may sound like what was heard, without comparing each of them to its end.
//!
//! Names that begin alike share the beginning of their comparison: they are kept in the order of their
//! sounds, and each name goes on with the rows of the edit distance that the one before it left. A beginning
//! that is too far off already is passed over with all names that have it.

use crate::sound::{COSTS, LONGEST, index, opening, too_long};

/// More than rounding can make of a comparison, which adds a few dozen numbers of about 1.
const SLACK: f32 = 1e-3;

/// The sounds of a list of names, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SoundIndex {
    names: Vec<Name>,
}

#[derive(Debug, Clone, PartialEq)]
struct Name {
    /// Place in the list that the index was made of.
    at: usize,
    first: Option<char>,
    /// Its sounds by their numbers.
    sounds: Vec<u8>,
    /// How many first sounds it shares with the name before it.
    shared: usize,
}

/// Row `n` of an edit distance is about the first `n` sounds of a name.
struct Rows {
    cells: [[f32; LONGEST]; LONGEST],
    /// The smallest cell of each row; the next row's isn't smaller.
    smallest: [f32; LONGEST],
    /// How many rows after the first are those of the present name.
    valid: usize,
}

impl SoundIndex {
    /// An index of these names' sounds; each is known by its place.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a [char]>) -> SoundIndex {
        let mut names: Vec<Name> = names
            .into_iter()
            .enumerate()
            .map(|(at, sounds)| Name {
                at,
                first: sounds.first().copied(),
                sounds: sounds.iter().map(|sound| index(*sound) as u8).collect(),
                shared: 0,
            })
            .collect();
        names.sort_by(|a, b| a.sounds.cmp(&b.sounds));
        for at in 1..names.len() {
            let both = names[at - 1].sounds.iter().zip(&names[at].sounds);
            names[at].shared = both.take_while(|(a, b)| a == b).count();
        }
        SoundIndex { names }
    }

    /// Places of all names whose likeness to `heard` is at least `least`, in ascending order, and now and
    /// then of one that is just below: whoever asks still compares, but few.
    pub(crate) fn near(&self, heard: &[char], least: f32) -> Vec<usize> {
        let mut near = Vec::new();
        let Some(&opens) = heard.first().filter(|_| heard.len() < LONGEST) else {
            return (0..self.names.len()).collect();
        };
        let heard: Vec<u8> = heard.iter().map(|sound| index(*sound) as u8).collect();
        // No name that is compared is longer.
        let longest = (1..LONGEST).rev().find(|len| !too_long(heard.len(), *len));
        let most = longest.map_or(0.0, |len| budget(least, heard.len().max(len)));
        let mut rows = Rows::new(&heard);
        // All names that share so many sounds with the one before are too far off, like that one.
        let mut hopeless = usize::MAX;
        for name in &self.names {
            rows.valid = rows.valid.min(name.shared);
            if name.shared >= hopeless {
                continue;
            }
            hopeless = usize::MAX;
            let len = name.sounds.len();
            let Some(first) = name.first.filter(|_| len < LONGEST) else {
                near.push(name.at);
                continue;
            };
            if too_long(heard.len(), len) {
                continue;
            }
            let budget = budget(least, heard.len().max(len)) - opening(opens, first);
            while rows.smallest[rows.valid] <= budget && rows.valid < len {
                rows.next(&heard, name.sounds[rows.valid]);
            }
            if rows.smallest[rows.valid] > most {
                hopeless = rows.valid;
            } else if rows.valid == len && rows.cells[len][heard.len()] <= budget {
                near.push(name.at);
            }
        }
        near.sort_unstable();
        near
    }
}

/// What a comparison may cost for a likeness of `least`.
fn budget(least: f32, longest: usize) -> f32 {
    (1.0 - least) * longest as f32 + SLACK
}

impl Rows {
    fn new(heard: &[u8]) -> Rows {
        let gaps = &COSTS.1;
        let mut rows = Rows {
            cells: [[0.0; LONGEST]; LONGEST],
            smallest: [0.0; LONGEST],
            valid: 0,
        };
        for (at, sound) in heard.iter().enumerate() {
            rows.cells[0][at + 1] = rows.cells[0][at] + gaps[usize::from(*sound)];
        }
        rows
    }

    /// The row after the last valid one, for the name's next sound.
    fn next(&mut self, heard: &[u8], sound: u8) {
        let (swaps, gaps) = &*COSTS;
        let (swaps, skip) = (&swaps[usize::from(sound)], gaps[usize::from(sound)]);
        let (done, rest) = self.cells.split_at_mut(self.valid + 1);
        let (before, row) = (&done[self.valid], &mut rest[0]);
        let mut left = before[0] + skip;
        row[0] = left;
        let mut smallest = left;
        for (at, &other) in heard.iter().enumerate() {
            let other = usize::from(other);
            left = (before[at] + swaps[other])
                .min(before[at + 1] + skip)
                .min(left + gaps[other]);
            row[at + 1] = left;
            smallest = smallest.min(left);
        }
        self.valid += 1;
        self.smallest[self.valid] = smallest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sound::{likeness_over, sounds};
    use crate::tables::{common_streets, danish_name_rows, street_parts};
    use proptest::prelude::*;

    /// Places of the names that are alike enough, by comparing every one.
    fn by_hand(names: &[Vec<char>], heard: &[char], least: f32) -> Vec<usize> {
        let alike = |name: &[char]| likeness_over(heard, name, least) >= least;
        let all = names.iter().enumerate();
        all.filter(|(_, name)| alike(name))
            .map(|(at, _)| at)
            .collect()
    }

    fn check(names: &[Vec<char>], heard: &[char], least: f32) -> Result<(), TestCaseError> {
        let index = SoundIndex::new(names.iter().map(Vec::as_slice));
        let near = index.near(heard, least);
        prop_assert!(near.is_sorted());
        let exact: Vec<usize> = near
            .iter()
            .copied()
            .filter(|at| likeness_over(heard, &names[*at], least) >= least)
            .collect();
        prop_assert_eq!(exact, by_hand(names, heard, least));
        Ok(())
    }

    fn listed() -> Vec<Vec<char>> {
        let people = danish_name_rows().map(|(name, _)| name);
        people
            .chain(common_streets())
            .chain(street_parts())
            .map(sounds)
            .collect()
    }

    proptest! {
        #[test]
        fn nothing_that_is_alike_is_passed_over(
            names in prop::collection::vec("[a-zö]{0,9}", 0..40),
            heard in "[a-zö]{0,9}",
            least in 0.0f32..1.0,
        ) {
            let names: Vec<Vec<char>> = names.iter().map(|name| name.chars().collect()).collect();
            check(&names, &heard.chars().collect::<Vec<_>>(), least)?;
        }

        #[test]
        fn names_of_the_lists_are_found_however_they_are_misheard(
            which in any::<prop::sample::Index>(),
            wrong in prop::collection::vec((any::<prop::sample::Index>(), prop::char::range('a', 'z')), 0..4),
            least in 0.6f32..0.95,
        ) {
            let names = listed();
            let mut heard = which.get(&names).clone();
            for (at, sound) in wrong {
                let at = at.index(heard.len());
                heard[at] = sound;
            }
            check(&names, &heard, least)?;
        }
    }

    #[test]
    fn few_names_are_left_to_compare() {
        let names = listed();
        let index = SoundIndex::new(names.iter().map(Vec::as_slice));
        for word in ["рандерсвей", "переїжджаємо", "правильно", "Вестергор"]
        {
            let near = index.near(&sounds(word), 0.8).len();
            assert!(near * 50 < names.len(), "{word}: {near} of {}", names.len());
        }
    }

    #[test]
    fn names_without_sounds_and_endless_ones_are_left_to_whoever_compares() {
        let long: Vec<char> = std::iter::repeat_n('a', LONGEST + 5).collect();
        let index = SoundIndex::new([&[][..], &['a'], &long]);
        assert_eq!(index.near(&[], 0.9), [0, 1, 2]);
        assert_eq!(index.near(&long, 0.9), [0, 1, 2]);
        assert_eq!(index.near(&['a'], 0.9), [0, 1, 2]);
        assert!(SoundIndex::default().near(&['a'], 0.5).is_empty());
    }
}
