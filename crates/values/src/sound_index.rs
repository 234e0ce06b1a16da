//! Which names of a list may sound like what was heard, without comparing each of them to its end.
//!
//! Names that begin alike share the beginning of their comparison: they are kept in the order of their
//! sounds, and each name goes on with the rows of the edit distance that the one before it left. A beginning
//! that is too far off already is passed over with all names that have it.

use std::sync::LazyLock;

use crate::sound::{COSTS, LONGEST, SOUNDS, index, opening, sound, too_long};

/// All costs are whole numbers of this, so that beginnings are compared in whole numbers: faster, and
/// without rounding.
const UNIT: f32 = 0.05;

/// The costs of a comparison in units.
struct Units {
    swaps: [[u16; SOUNDS]; SOUNDS],
    /// Of a sound that only one side has.
    gaps: [u16; SOUNDS],
    /// Of the two first sounds, besides.
    openings: [[u16; SOUNDS]; SOUNDS],
}

static UNITS: LazyLock<Units> = LazyLock::new(|| {
    let (swaps, gaps) = &*COSTS;
    let mut openings = [[0; SOUNDS]; SOUNDS];
    for (a, row) in openings.iter_mut().enumerate() {
        for (b, cost) in row.iter_mut().enumerate() {
            *cost = units(opening(sound(a), sound(b)));
        }
    }
    Units {
        swaps: swaps.map(|row| row.map(units)),
        gaps: gaps.map(units),
        openings,
    }
});

fn units(cost: f32) -> u16 {
    (cost / UNIT).round() as u16
}

/// The sounds of a list of names, in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct SoundIndex {
    names: Vec<Name>,
    /// How many first sounds each name shares with the one before it; at most [`LONGEST`].
    shared: Vec<u8>,
    /// The sounds of all names by their numbers.
    sounds: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq)]
struct Name {
    /// Place in the list that the index was made of.
    at: usize,
    /// Where its sounds are.
    start: usize,
    len: usize,
}

/// Row `n` of an edit distance is about the first `n` sounds of a name.
struct Rows<'a> {
    heard: &'a [u8],
    units: &'static Units,
    cells: [[u16; LONGEST]; LONGEST],
    /// The smallest cell of each row; the next row's isn't smaller.
    smallest: [u16; LONGEST],
    /// How many rows after the first are those of the present name.
    valid: usize,
}

impl SoundIndex {
    /// An index of these names' sounds; each is known by its place.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a [char]>) -> SoundIndex {
        let numbers = |name: &[char]| name.iter().map(|sound| index(*sound) as u8).collect();
        let mut list: Vec<(Vec<u8>, usize)> = names.into_iter().map(numbers).zip(0..).collect();
        list.sort_unstable();
        let mut made = SoundIndex::default();
        let mut before: &[u8] = &[];
        for (sounds, at) in &list {
            let both = before.iter().zip(sounds).take(LONGEST);
            made.shared
                .push(both.take_while(|(a, b)| a == b).count() as u8);
            made.names.push(Name {
                at: *at,
                start: made.sounds.len(),
                len: sounds.len(),
            });
            made.sounds.extend(sounds);
            before = sounds;
        }
        made
    }

    /// Places of all names whose likeness to `heard` is at least `least`, in ascending order, and now and
    /// then of one that is just below: whoever asks still compares, but few.
    pub(crate) fn near(&self, heard: &[char], least: f32) -> Vec<usize> {
        if heard.is_empty() || heard.len() >= LONGEST {
            return (0..self.names.len()).collect();
        }
        let heard: Vec<u8> = heard.iter().map(|sound| index(*sound) as u8).collect();
        // No name that is compared is longer.
        let longest = (1..LONGEST).rev().find(|len| !too_long(heard.len(), *len));
        let most = longest.map_or(0, |len| budget(least, heard.len().max(len)));
        let mut rows = Rows::new(&heard);
        let openings = &rows.units.openings[usize::from(heard[0])];
        let mut near = Vec::new();
        // All names that share so many sounds with the one before are too far off, like that one.
        let mut hopeless = usize::MAX;
        for (name, shared) in self.names.iter().zip(&self.shared) {
            let shared = usize::from(*shared);
            if shared >= hopeless {
                continue;
            }
            rows.valid = rows.valid.min(shared);
            hopeless = usize::MAX;
            if name.len == 0 || name.len >= LONGEST {
                near.push(name.at);
                continue;
            }
            if too_long(heard.len(), name.len) {
                continue;
            }
            let sounds = &self.sounds[name.start..name.start + name.len];
            let budget = budget(least, heard.len().max(name.len));
            let Some(budget) = budget.checked_sub(openings[usize::from(sounds[0])]) else {
                continue;
            };
            while rows.smallest[rows.valid] <= budget && rows.valid < name.len {
                rows.next(sounds[rows.valid]);
            }
            if rows.smallest[rows.valid] > most {
                hopeless = rows.valid;
            } else if rows.valid == name.len && rows.cells[name.len][heard.len()] <= budget {
                near.push(name.at);
            }
        }
        near.sort_unstable();
        near
    }
}

/// What a comparison may cost for a likeness of `least`, units. What rounding may have made of `least` is
/// let through.
fn budget(least: f32, longest: usize) -> u16 {
    ((1.0 - least) * longest as f32 / UNIT + 0.1).max(0.0) as u16
}

impl Rows<'_> {
    fn new(heard: &[u8]) -> Rows<'_> {
        let mut rows = Rows {
            heard,
            units: &UNITS,
            cells: [[0; LONGEST]; LONGEST],
            smallest: [0; LONGEST],
            valid: 0,
        };
        for (at, sound) in heard.iter().enumerate() {
            rows.cells[0][at + 1] = rows.cells[0][at] + rows.units.gaps[usize::from(*sound)];
        }
        rows
    }

    /// The row after the last valid one, for the name's next sound.
    fn next(&mut self, sound: u8) {
        let gaps = &self.units.gaps;
        let (swaps, skip) = (
            &self.units.swaps[usize::from(sound)],
            gaps[usize::from(sound)],
        );
        let (done, rest) = self.cells.split_at_mut(self.valid + 1);
        let width = self.heard.len();
        let (before, row) = (&done[self.valid][..=width], &mut rest[0][..=width]);
        let mut left = before[0] + skip;
        row[0] = left;
        let mut smallest = left;
        let pairs = before.windows(2).zip(&mut row[1..]);
        for (&other, (pair, cell)) in self.heard.iter().zip(pairs) {
            let other = usize::from(other);
            left = (pair[0] + swaps[other])
                .min(pair[1] + skip)
                .min(left + gaps[other]);
            *cell = left;
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
    fn every_cost_is_a_whole_number_of_units() {
        let (swaps, gaps) = &*COSTS;
        for cost in swaps
            .iter()
            .flatten()
            .chain(gaps)
            .chain(&[opening('b', 's')])
        {
            assert!(
                (f32::from(units(*cost)) * UNIT - cost).abs() < 1e-6,
                "{cost}"
            );
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
