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
        let mut free = cycle.filter(|(read, written)| free(read) && free(written));
        let mut places = names.to_vec();
        places.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut out = source.to_owned();
        let mut used = Vec::new();
        for (span, name) in places {
            if out.get(span.clone()).is_none() {
                continue;
            }
            let Some((read, written)) = free.next() else {
                break;
            };
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
        assert_eq!(read, "Мене звати Оксана Коваленко.");
        let undo = |text: &str| put.undo(text.to_owned());
        assert_eq!(
            undo("Jeg hedder Oksana Kovalenko.").as_deref(),
            Some("Jeg hedder Fylyp Solovei.")
        );
        assert_eq!(
            undo("Det er Oksana Kovalenkos bil.").as_deref(),
            Some("Det er Fylyp Soloveis bil.")
        );
        for broken in [
            "Jeg hedder Oksana.",
            "Oksana Kovalenko, Oksana Kovalenko",
            "Oksana Kovalenko og fru Kovalenko",
            "Jeg hedder Oksana Kovalchuk.",
        ] {
            assert_eq!(undo(broken), None, "{broken}");
        }
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
        assert_eq!(read, "Це Андрій Бондаренко, а це Оксана Коваленко.");
        assert_eq!(
            put.undo("Det er Andrii Bondarenko, og det er Oksana Kovalenko.".to_owned())
                .as_deref(),
            Some("Det er Tykhin Soroka, og det er Fylyp Solovei.")
        );
    }
}
