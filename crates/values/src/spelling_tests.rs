//! Spelled words, in both languages.

use super::*;

fn one(text: &str, lang: Lang) -> String {
    let found = find(text, lang);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0].value.latin.clone()
}

#[test]
fn latin_letters_in_both_languages() {
    for (lang, text, expected) in [
        (Lang::Da, "H-R-Y-T-S-E-N-K-O", "Hrytsenko"),
        (Lang::Da, "hå ær y te æs", "Hryts"),
        (
            Lang::Da,
            "H som Hans, R som Rasmus, Y som Yrsa, T som Theodor",
            "Hryt",
        ),
        (Lang::Da, "dobbelt-ve, i, el, el, y", "Willy"),
        (Lang::Uk, "Так: ель, ігрек, ес, е, ен, ка, о.", "Lysenko"),
        (
            Lang::Uk,
            "V, E, S, T, E, R, G, A з кружечком, R, D",
            "Vestergård",
        ),
        (Lang::Uk, "i v a n n a", "Ivanna"),
        (Lang::Uk, "о, ел, е, джі", "Oleg"),
        (Lang::Uk, "ка, о, дві ес, а", "Kossa"),
        (
            Lang::Uk,
            "Прізвище: і, е, ве, те, у, ес, ха, е, ен, ка, о.",
            "Ievtushenko",
        ),
        (Lang::Uk, "Ім'я: ес, е, ер, ґе, і, ігрек.", "Sergiy"),
        (Lang::Uk, "у паспорті так: е, ем, і, ел, а", "Emila"),
        (
            Lang::Uk,
            "у паспорті ка-ес: о, ел, е, ка, ес, і, і",
            "Oleksii",
        ),
    ] {
        assert_eq!(one(text, lang), expected, "{text}");
    }
}

#[test]
fn ukrainian_letters_are_romanised() {
    let found = find("Г-Р-И-Ц-Ь", Lang::Uk);
    assert_eq!(found[0].value.native.as_deref(), Some("Гриць"));
    assert_eq!(found[0].value.latin, "Hryts");
    assert_eq!(one("ге, у, де, зе, м'який знак", Lang::Uk), "Hudz");
    assert_eq!(one("Щ – Щука, У, Р – Роман, о", Lang::Uk), "Shchuro");
}

#[test]
fn sentences_are_no_spelling() {
    for text in ["а я і в тебе", "де це і те", "у нас є і те", "ні, а що"]
    {
        assert!(find(text, Lang::Uk).is_empty(), "{text}");
    }
    for text in ["de er en del", "i A og B", "er de en"] {
        assert!(find(text, Lang::Da).is_empty(), "{text}");
    }
}

#[test]
fn the_sentence_goes_on_behind_the_letters() {
    let text = "med K-H i starten";
    let found = find(text, Lang::Da);
    assert_eq!(&text[found[0].span.clone()], "K-H");
    // "er" is the name of a letter, too, but here letters are written as letters.
    let text = "k j æ r g a a r d er det hende der ejer huset";
    let found = find(text, Lang::Da);
    assert_eq!(&text[found[0].span.clone()], "k j æ r g a a r d");
    let text = "A-N-G-E-L-I-N-A. Er det sådan, du vil skrives?";
    let found = find(text, Lang::Da);
    assert_eq!(&text[found[0].span.clone()], "A-N-G-E-L-I-N-A");
    let text = "s h c h e r b y n a er det rigtigt";
    let found = find(text, Lang::Da);
    assert_eq!(&text[found[0].span.clone()], "s h c h e r b y n a");
}

#[test]
fn the_span_covers_the_letters() {
    let text = "паспорт: ель, ігрек, ес, е. Дякую";
    let found = find(text, Lang::Uk);
    assert_eq!(&text[found[0].span.clone()], "ель, ігрек, ес, е");
}

#[test]
fn a_sentence_behind_the_letters_is_none_of_them() {
    for (text, expected) in [
        ("Y, A, R, E, M, C, H, U, K. А в чоловіка інше.", "Yaremchuk"),
        ("R, A, B, I, N, O, V, Y, C, H, це татове.", "Rabinovych"),
    ] {
        assert_eq!(one(text, Lang::Uk), expected, "{text}");
    }
}
