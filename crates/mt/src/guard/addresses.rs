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

/// The target with the e-mail address of the source where it has another ("74@mail.example" for
/// "piven74@mail.example"). Only where one is missing and one is there that nobody gave.
pub(crate) fn put_right(source: &str, target: String) -> String {
    let mails = |text| find(text).into_iter().filter(|a: &&str| a.contains('@'));
    let mut missing = mails(source).filter(|mail| !has(&target, mail));
    let given = |mail: &str| mails(source).any(|said| said.eq_ignore_ascii_case(mail));
    let mut made_up = mails(&target).filter(|mail| !given(mail));
    match (
        missing.next(),
        missing.next(),
        made_up.next(),
        made_up.next(),
    ) {
        (Some(right), None, Some(wrong), None) => target.replacen(wrong, right, 1),
        _ => target.clone(),
    }
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
    fn an_address_that_lost_its_beginning_gets_it_back() {
        let right = |target: &str| {
            put_right(
                "Min e-mail er kuzma.piven74@mail.example.",
                target.to_owned(),
            )
        };
        assert_eq!(
            right("Моя електронна пошта 74@mail.example."),
            "Моя електронна пошта kuzma.piven74@mail.example."
        );
        for target in [
            "Моя електронна пошта kuzma.piven74@mail.example.",
            "Моя електронна пошта.",
            "a@mail.example, b@mail.example",
        ] {
            assert_eq!(right(target), target);
        }
    }

    #[test]
    fn case_does_not_matter() {
        assert!(has("Пишіть на Oksana@Example.org.", "oksana@example.org"));
        assert!(!has("Пишіть на oksana@ example.org.", "oksana@example.org"));
    }
}
