//! Names that the model garbles, carried past it by a name that it copies.

use std::ops::Range;

/// Names that the model was taught most often, as it reads and as it writes them.
const STAND_INS: [(&str, &str); 2] = [
    ("Оксана Коваленко", "Oksana Kovalenko"),
    ("Андрій Бондаренко", "Andrii Bondarenko"),
];

/// Names that stand in a Ukrainian source for others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StandIns(Vec<(&'static str, String)>);

impl StandIns {
    /// Puts a stand-in in the place of each name: the source that the model reads, and what to undo. With
    /// more names than there are stand-ins the rest stays as it is.
    pub(crate) fn put(
        source: &str,
        names: &[(Range<usize>, String)],
        attempt: usize,
    ) -> (String, StandIns) {
        let free = |name: &str| !name.split(' ').any(|word| source.contains(word));
        let cycle = (0..STAND_INS.len()).map(|n| STAND_INS[(n + attempt) % STAND_INS.len()]);
        let mut free: Vec<(&str, &str)> = cycle
            .filter(|(read, written)| free(read) && free(written))
            .collect();
        let mut places = names.to_vec();
        places.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut out = source.to_owned();
        let mut used = Vec::new();
        for (span, name) in places {
            if out.get(span.clone()).is_none() {
                continue;
            }
            if free.is_empty() {
                break;
            }
            // Danish says "han" or "hun" where Ukrainian says neither.
            let same = |(read, _): &(&str, &str)| is_woman(read) == is_woman(&name);
            let (read, written) = free.remove(free.iter().position(same).unwrap_or(0));
            out.replace_range(span, read);
            used.push((written, name));
        }
        (out, StandIns(used))
    }

    /// The target with the names in their places again. `None` if a stand-in is not there just once as a
    /// whole: whatever the model made of it would be taken for somebody's name.
    pub(crate) fn undo(&self, target: String) -> Option<String> {
        let mut out = target;
        for (name, written) in &self.0 {
            let whole = out.matches(name).count() == 1;
            let once = |word: &str| out.matches(word).count() == 1;
            if !whole || !name.split(' ').all(once) {
                return None;
            }
            out = out.replace(name, written);
        }
        Some(out)
    }
}

/// Men whose names end as women's do.
const MEN_IN_A: [&str; 8] = [
    "Mykola", "Illia", "Sava", "Kuzma", "Luka", "Mykyta", "Khoma", "Foma",
];

/// Whether a name, in the nominative and in either script, is a woman's.
fn is_woman(name: &str) -> bool {
    let given = name.split(' ').next().unwrap_or_default();
    given.ends_with(['a', 'а']) && !MEN_IN_A.contains(&given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(source: &str, name: &str, written: &str) -> (Range<usize>, String) {
        let at = source.find(name).unwrap();
        (at..at + name.len(), written.to_owned())
    }

    #[test]
    fn a_name_comes_back_in_the_place_of_its_stand_in() {
        let source = "Мене звати Филип Соловей.";
        let names = [lost(source, "Филип Соловей", "Fylyp Solovei")];
        let (read, put) = StandIns::put(source, &names, 0);
        assert_eq!(read, "Мене звати Андрій Бондаренко.");
        let undo = |text: &str| put.undo(text.to_owned());
        assert_eq!(
            undo("Jeg hedder Andrii Bondarenko.").as_deref(),
            Some("Jeg hedder Fylyp Solovei.")
        );
        assert_eq!(
            undo("Det er Andrii Bondarenkos bil.").as_deref(),
            Some("Det er Fylyp Soloveis bil.")
        );
        for broken in [
            "Jeg hedder Andrii.",
            "Andrii Bondarenko, Andrii Bondarenko",
            "Andrii Bondarenko og hr. Bondarenko",
            "Jeg hedder Andrii Bondarchuk.",
        ] {
            assert_eq!(undo(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_woman_stands_in_for_a_woman_and_a_man_for_a_man() {
        for (source, name, written, reads) in [
            (
                "Ганна Лінь тут.",
                "Ганна Лінь",
                "Hanna Lin",
                "Оксана Коваленко тут.",
            ),
            (
                "Микола Лінь тут.",
                "Микола Лінь",
                "Mykola Lin",
                "Андрій Бондаренко тут.",
            ),
        ] {
            for attempt in 0..3 {
                let names = [lost(source, name, written)];
                assert_eq!(StandIns::put(source, &names, attempt).0, reads);
            }
        }
        // Better another's than none.
        let source = "Ганна Лінь і Оксана Лінь";
        let names = [lost(source, "Ганна Лінь", "Hanna Lin")];
        let (read, _) = StandIns::put(source, &names, 0);
        assert_eq!(read, "Андрій Бондаренко і Оксана Лінь");
    }

    #[test]
    fn names_that_are_there_already_stand_in_for_nobody() {
        let source = "Оксана Лінь і Тихін Сорока";
        let names = [lost(source, "Тихін Сорока", "Tykhin Soroka")];
        for attempt in 0..3 {
            let (read, _) = StandIns::put(source, &names, attempt);
            assert_eq!(read, "Оксана Лінь і Андрій Бондаренко");
        }
        let (read, none) = StandIns::put(source, &[], 1);
        assert_eq!((read.as_str(), none), (source, StandIns::default()));
        assert_eq!(
            StandIns::default().undo("a".to_owned()).as_deref(),
            Some("a")
        );
    }

    #[test]
    fn each_of_several_names_has_its_own() {
        let source = "Це Тихін Сорока, а це Филип Соловей.";
        let names = [
            lost(source, "Тихін Сорока", "Tykhin Soroka"),
            lost(source, "Филип Соловей", "Fylyp Solovei"),
        ];
        let (read, put) = StandIns::put(source, &names, 0);
        assert_eq!(read, "Це Оксана Коваленко, а це Андрій Бондаренко.");
        assert_eq!(
            put.undo("Det er Oksana Kovalenko, og det er Andrii Bondarenko.".to_owned())
                .as_deref(),
            Some("Det er Tykhin Soroka, og det er Fylyp Solovei.")
        );
    }
}
