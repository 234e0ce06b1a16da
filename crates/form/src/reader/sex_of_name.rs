//! Whether a given name is a woman's or a man's: by the list of names, else by its ending.

use tolkebot_protocol::Lang;
use tolkebot_values::names::{self, Gender};

use super::kin::Sex;

/// Names of men that end like those of women.
const MEN: [&str; 12] = [
    "mykola", "mykyta", "nikita", "illia", "ilia", "luka", "kuzma", "khoma", "foma", "sava",
    "yarema", "oleksa",
];

/// The sex that a romanised given name tells; the first of several names counts.
pub(super) fn sex_of_name(given: &str) -> Option<Sex> {
    let first = given.split([' ', '-']).next()?;
    let listed = names::find(first, Lang::Da)
        .first()
        .and_then(|found| found.value.gender);
    match listed {
        Some(Gender::Feminine) => return Some(Sex::Female),
        Some(Gender::Masculine) => return Some(Sex::Male),
        None => {}
    }
    let name = first.to_lowercase();
    if name.chars().count() < 4 {
        return None;
    }
    if name.ends_with('a') && !MEN.contains(&name.as_str()) {
        return Some(Sex::Female);
    }
    let male = ["slav", "myr", "ii", "yi", "ko", "io"];
    male.iter()
        .any(|end| name.ends_with(end))
        .then_some(Sex::Male)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_tell_the_sex_of_names_that_are_on_no_list() {
        assert_eq!(sex_of_name("Zvenyslava"), Some(Sex::Female));
        assert_eq!(sex_of_name("Zvenymyr"), Some(Sex::Male));
        assert_eq!(sex_of_name("Mykola"), Some(Sex::Male));
        assert_eq!(sex_of_name("Zaynab"), None);
    }
}
