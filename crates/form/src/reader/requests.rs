//! Whether a sentence of an employee's asks for something: a question, a request, a bare list of what is wanted.

use tolkebot_protocol::Lang;

use super::kin::kin;
use super::sentences::Sentence;
use super::utterance::Utterance;

/// A question, or a request without its mark.
pub(super) fn is_question(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    if sentence.question {
        return true;
    }
    let words = u.words(sentence.words.clone());
    if calls_up(&words) {
        return true;
    }
    // "Må jeg …", "Jeg skal bruge …", "Sig …": requests without a question mark.
    words.windows(2).any(|w| {
        matches!(
            (w[0], w[1]),
            (
                "må" | "lad" | "giv",
                "jeg" | "vi" | "du" | "i" | "mig" | "os"
            ) | ("skal", "bruge" | "jeg" | "vi")
                | ("mangler", "jeg" | "vi")
                | ("jeg" | "vi", "mangler")
                | ("bede", "om")
                | ("vil" | "kan", "du" | "i")
                | ("brug", "for")
                | (
                    "begynder" | "starter" | "begynde" | "starte",
                    "jeg" | "vi" | "med"
                )
                | ("så", "kommer" | "mangler")
                | ("du" | "i", "kan" | "må")
        )
    }) || words.windows(3).any(|w| {
        matches!(
            w,
            ["hvem", "du", "er" | "selv"]
                | [
                    "tager",
                    "vi",
                    "børnenes" | "jeres" | "hans" | "hendes" | "deres"
                ]
        )
    }) || words.iter().find(|w| !opens_talk(w)).is_some_and(|w| {
        matches!(
            *w,
            "sig"
                | "oplys"
                | "skriv"
                | "fortæl"
                | "giv"
                | "læs"
                | "nævn"
                | "diktér"
                | "stav"
                | "først"
                | "назвіть"
                | "скажіть"
                | "диктуйте"
                | "продиктуйте"
        )
    })
}

/// "Så er der den lille ny.", "så har vi drengen", "nu tager vi din mand": the next one's data are wanted.
fn calls_up(words: &[&str]) -> bool {
    let next = words
        .windows(2)
        .take(3)
        .any(|w| matches!(w, ["er", "der"] | ["har" | "tager", "vi"]));
    let done = words.iter().any(|w| {
        matches!(
            *w,
            "på" | "med" | "klar" | "styr" | "ikke" | "ingen" | "også" | "begge"
        )
    });
    let somebody = words
        .iter()
        .any(|w| kin(w, Lang::Da).is_some_and(|k| k.is_child() || k.is_couple()));
    let opens = matches!(words.first(), Some(&("så" | "nu")));
    opens && next && somebody && !done && words.len() <= 7
}

/// Words that stand before what a turn is about.
pub(super) fn opens_talk(word: &str) -> bool {
    matches!(
        word,
        "og" | "så" | "øh" | "ja" | "tak" | "okay" | "godt" | "nå" | "fint" | "altså" | "а" | "і"
    )
}

/// "Navn og fødselsdato, tak. Jeg har passet her."
pub(super) fn says_please(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let words = u.words(sentence.words.clone());
    words.len() > 1 && words.last() == Some(&"tak")
}

/// A short last sentence without a verb of telling: "Dit navn og CPR-nummer, tak.", "Så børnene,
/// den ældste først."
pub(super) fn requests(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let words = u.words(sentence.words.clone());
    let tells = words.iter().any(|w| {
        matches!(
            *w,
            "er" | "var"
                | "skriver"
                | "noterer"
                | "sender"
                | "beholder"
                | "bliver"
                | "får"
                | "har"
                | "tager"
                | "ringer"
                | "gælder"
                | "kommer"
                | "flytter"
                | "står"
                | "passer"
        )
    });
    // "Så kan andre ikke få din adresse."
    let explains = matches!(words.as_slice(), ["så" | "da", "kan" | "må", who, "ikke", ..] if !matches!(*who, "du" | "i" | "jeg" | "vi"));
    !tells && !explains && words.len() <= 12
}

/// Whether a turn opens a talk: a greeting, the question what somebody comes for, whom to begin with, or for a paper.
pub(super) fn opens(turn: usize, u: &Utterance<'_>) -> bool {
    const FIRST: usize = 3;
    turn <= FIRST
        && u.all_words().iter().any(|w| {
            matches!(
                *w,
                "hej"
                    | "goddag"
                    | "godmorgen"
                    | "velkommen"
                    | "dav"
                    | "davs"
                    | "hallo"
                    | "hjælpe"
                    | "begynder"
                    | "starter"
                    | "pas"
                    | "legitimation"
                    | "добрий"
                    | "доброго"
                    | "добридень"
                    | "вітаю"
                    | "вітаємо"
                    | "привіт"
                    | "здрастуйте"
            )
        })
}
