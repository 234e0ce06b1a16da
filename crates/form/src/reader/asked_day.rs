//! Questions for the day of the move that have no word of asking: "Og indflytning?", "Siden?", "… og du flyttede ind".

/// Words that only open what is said.
fn opens(word: &str) -> bool {
    matches!(
        word,
        "og" | "så"
            | "altså"
            | "ja"
            | "tak"
            | "okay"
            | "godt"
            | "fint"
            | "nå"
            | "men"
            | "jamen"
            | "da"
    )
}

/// Where the words begin that leave the day of the move open: in a sentence, or at the end of a turn without signs.
pub(super) fn leaves_day_open(words: &[&str], written: bool) -> Option<usize> {
    if !written {
        let bare = matches!(words, [.., "og", "indflytning" | "indflytningen"]);
        return moves_in(words).or_else(|| bare.then(|| words.len() - 1));
    }
    let from = words.iter().position(|w| !opens(w)).unwrap_or(0);
    let open = match &words[from..] {
        ["siden"]
        | [
            "hvad",
            "er" | "var" | "bliver",
            "datoen" | "dagen" | "flyttedatoen",
        ] => true,
        [
            "indflytning" | "indflytningen" | "indflytningsdag" | "indflytningsdagen" | "flyttedag"
            | "flyttedagen",
        ]
        | ["dato" | "datoen", "og", "så", ..] => true,
        // "Og i Aabenraa har I sovet siden?"
        [
            rest @ ..,
            "har",
            "du" | "i" | "de",
            "sovet" | "boet",
            "siden",
        ] => !rest.contains(&"hvor"),
        rest => rest.len() == 3 && moves_in(words).is_some(),
    };
    open.then_some(from)
}

/// "Og du flyttede ind", "så flyttede du ind?"
fn moves_in(words: &[&str]) -> Option<usize> {
    let at = words.len().checked_sub(3)?;
    let [who, verb, "ind"] = words[at..] else {
        return None;
    };
    let begins = at == 0 || matches!(words[at - 1], "og" | "så" | "altså");
    let moves = matches!(who, "du" | "i" | "han" | "hun" | "de")
        && matches!(verb, "flyttede" | "flytter" | "rykkede" | "rykker");
    (begins && moves).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_asked_for_without_a_word_of_asking() {
        let open = |text: &str, written| {
            leaves_day_open(&text.split(' ').collect::<Vec<_>>(), written).is_some()
        };
        for asks in [
            "siden",
            "og siden",
            "og indflytning",
            "indflytningsdag",
            "hvad er datoen",
            "dato og så er vi færdige",
            "og du flyttede ind",
        ] {
            assert!(open(asks, true), "{asks}");
        }
        assert!(open("tak fjerde sal og du flyttede ind", false));
        for other in [
            "siden er i stykker",
            "hvad er datoen for vielsen",
            "hvem boede der da du flyttede ind",
            "dato for skilsmissen",
        ] {
            assert!(!open(other, true), "{other}");
        }
    }
}
