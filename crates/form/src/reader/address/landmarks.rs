//! Streets that only tell where a home lies.

/// «На Нюгаде п'ять, біля Рандерсвей», "ved Randersvej", «недалеко від …»: with these words right before it and no number of
/// its own a street is no address.
pub(super) fn is_near(left: &[&str]) -> bool {
    match left {
        [
            ..,
            "біля" | "коло" | "навпроти" | "поруч" | "поряд" | "поблизу" | "неподалік" | "за"
            | "ved" | "nær" | "overfor" | "bag" | "bagved",
        ] => true,
        [
            ..,
            "недалеко" | "близько" | "поруч" | "поряд" | "неподалік",
            "від" | "з" | "із" | "зі" | "до",
        ] => true,
        [.., "tæt" | "tættest", "på"] | [.., "siden" | "hjørnet", "af"] => true,
        // «На розі з Рандерсвей»
        [.., "розі", "з" | "із" | "зі"] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_nearness_make_a_street_a_landmark() {
        let near = |text: &str| is_near(&text.split(' ').collect::<Vec<_>>());
        assert!(near("це недалеко від"));
        assert!(near("п'ять біля"));
        assert!(near("ja ved"));
        assert!(near("lige på hjørnet af"));
        assert!(!near("переїжджаю від"));
        assert!(!near("jeg bor på"));
    }
}
