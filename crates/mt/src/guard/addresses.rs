//! E-mail and web addresses, which must come through letter by letter.

/// The addresses of a text as they stand, without the signs around them.
pub(crate) fn find(text: &str) -> Vec<&str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| is_address(word))
        .collect()
}

fn is_address(word: &str) -> bool {
    if !word.is_ascii() && !word.contains('@') {
        return false;
    }
    let lower = word.to_lowercase();
    if let Some((name, host)) = lower.split_once('@') {
        return !name.is_empty() && host.contains('.') && !host.contains('@');
    }
    let Some((host, _)) = lower.split_once('/').or(Some((&lower, ""))) else {
        return false;
    };
    lower.starts_with("http") && lower.contains("://")
        || lower.starts_with("www.")
        || host
            .rsplit_once('.')
            .is_some_and(|(name, end)| name.chars().count() > 1 && ENDINGS.contains(&end))
}

/// Top-level domains that are no words of either language.
const ENDINGS: [&str; 7] = ["dk", "ua", "com", "org", "net", "eu", "gov"];

/// Whether the target has the address, whatever the case of its letters.
pub(crate) fn has(target: &str, address: &str) -> bool {
    target.to_lowercase().contains(&address.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_and_words_are_not() {
        let text = "Skriv til oksana.k@example.org, se (www.borger.dk) eller aarhus.dk/flytning. F.eks. nu.";
        assert_eq!(
            find(text),
            [
                "oksana.k@example.org",
                "www.borger.dk",
                "aarhus.dk/flytning"
            ]
        );
        assert!(find("kl. 12.30, tak.Ja @ hjemme 4.000").is_empty());
    }

    #[test]
    fn case_does_not_matter() {
        assert!(has("Пишіть на Oksana@Example.org.", "oksana@example.org"));
        assert!(!has("Пишіть на oksana@ example.org.", "oksana@example.org"));
    }
}
