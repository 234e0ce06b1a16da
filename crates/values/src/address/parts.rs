//! Parts of Danish street names, and the names that many towns have, by their sound.

use std::sync::LazyLock;

use crate::sound::{likeness_over, sounds};
use crate::sound_index::SoundIndex;
use crate::tables::{POSTAL, common_streets, street_parts};

struct Part {
    name: String,
    sounds: Vec<char>,
}

/// Names with an index of their sounds.
pub(super) struct Parts {
    parts: Vec<Part>,
    by_sound: SoundIndex,
}

impl Parts {
    fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Parts {
        let parts: Vec<Part> = names
            .into_iter()
            .map(|name| Part {
                name: name.to_string(),
                sounds: sounds(name),
            })
            .collect();
        let by_sound = SoundIndex::new(parts.iter().map(|part| part.sounds.as_slice()));
        Parts { parts, by_sound }
    }

    /// The parts that may be so much like what was heard, in their order.
    fn near(&self, heard: &[char], least: f32) -> impl Iterator<Item = &Part> {
        let near = self.by_sound.near(heard, least);
        near.into_iter().filter_map(|at| self.parts.get(at))
    }
}

/// First parts of street names: town names and common words.
static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let towns = POSTAL
        .iter()
        .filter(|row| row.status == "current")
        .map(|row| row.district.split(' ').next().unwrap_or(row.district))
        .filter(|name| name.chars().count() >= 4);
    let mut names: Vec<&str> = street_parts().chain(towns).collect();
    names.sort_unstable();
    names.dedup();
    Parts::new(names)
});

/// Names that many towns have: likelier than anything put together from parts.
pub(super) static COMMON: LazyLock<Parts> = LazyLock::new(|| Parts::new(common_streets()));

/// From here on it is all the same how well a part sounds that isn't taken.
pub(super) const UNLIKE: f32 = 0.7;

/// The best part, if one is more than so much like what was heard. `bare` is that without a binding `s`.
pub(super) fn nearest_part(heard: &[char], bare: Option<&[char]>, least: f32) -> (String, f32) {
    let mut near = PARTS.by_sound.near(heard, least);
    near.extend(
        bare.into_iter()
            .flat_map(|bare| PARTS.by_sound.near(bare, least)),
    );
    near.sort_unstable();
    near.dedup();
    let mut best: (String, f32) = (String::new(), 0.0);
    for part in near.into_iter().filter_map(|at| PARTS.parts.get(at)) {
        let score = likeness_over(heard, &part.sounds, best.1);
        if score > best.1 {
            best = (part.name.clone(), score);
        }
        if let Some(bare) = bare {
            let score = likeness_over(bare, &part.sounds, best.1) - 0.01;
            if score > best.1 && part.sounds.last() != Some(&'s') {
                best = (format!("{}s", part.name), score);
            }
        }
    }
    best
}

/// The part most like what was heard, if one is alike enough.
pub(super) fn nearest(heard: &[char], least: f32) -> Option<(&'static str, f32)> {
    best_of(&PARTS, heard, least)
}

/// The name most like what was heard, if one is alike enough.
pub(super) fn best_of(
    parts: &'static Parts,
    heard: &[char],
    least: f32,
) -> Option<(&'static str, f32)> {
    parts
        .near(heard, least)
        .map(|part| {
            (
                part.name.as_str(),
                likeness_over(heard, &part.sounds, least),
            )
        })
        .filter(|(_, score)| *score > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1))
}
