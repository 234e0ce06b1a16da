//! Danish questions that a recogniser wrote without their mark.

use std::ops::Range;

use super::utterance::Utterance;

impl Utterance<'_> {
    /// Danish question order: a question word or a verb first.
    pub(super) fn asks(&self, words: &Range<usize>) -> bool {
        let list = self.words(words.clone());
        let mut start = 0;
        while list.get(start).is_some_and(|w| {
            matches!(
                *w,
                "og" | "så" | "øh" | "ja" | "tak" | "okay" | "godt" | "nå" | "fint" | "altså"
            )
        }) {
            start += 1;
        }
        let first = list.get(start).copied().unwrap_or("");
        let second = list.get(start + 1).copied().unwrap_or("");
        // "Flytter faren også med", "skal alle med": also where the recogniser wrote no question mark.
        let of_somebody = matches!(
            second,
            "faren"
                | "moren"
                | "far"
                | "mor"
                | "manden"
                | "konen"
                | "kæresten"
                | "børnene"
                | "barnet"
                | "alle"
                | "nogen"
                | "hele"
                | "hans"
                | "hendes"
                | "jeres"
                | "dine"
        );
        // "Din mand, flytter han også med", but not "din nye adresse er den på …".
        let taken_up = matches!(
            first,
            "din" | "dit" | "dine" | "faren" | "moren" | "børnene"
        ) && list[start..]
            .iter()
            .take(5)
            .collect::<Vec<_>>()
            .windows(2)
            .any(|w| {
                matches!(
                    *w[0],
                    "flytter" | "kommer" | "skal" | "er" | "bliver" | "bor"
                ) && matches!(*w[1], "han" | "hun" | "de")
            });
        taken_up
            || matches!(
                first,
                "flytter" | "kommer" | "skal" | "bor" | "bliver" | "følger" | "er"
            ) && of_somebody
            || matches!(
                first,
                "hvad" | "hvornår" | "hvor" | "hvem" | "hvilken" | "hvilket" | "hvorfra" | "må"
            )
            || (matches!(
                first,
                "har"
                    | "er"
                    | "bor"
                    | "flytter"
                    | "kan"
                    | "vil"
                    | "skal"
                    | "bliver"
                    | "ejer"
                    | "lejer"
            ) && matches!(
                second,
                "du" | "i" | "det" | "der" | "han" | "hun" | "jeg" | "de" | "den" | "dit" | "din"
            ))
    }
}
