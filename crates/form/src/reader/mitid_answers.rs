//! Whether the mover has MitID, where the answer speaks of more than one: "har I MitID?" – «я маю, вона ні», «в обох»,
//! «ні того, ні того», «якого там MitID».

use std::sync::LazyLock;

use super::belief::{Act, Heard};
use super::memory::Memory;
use super::pattern::Lexicon;
use super::topic::Topic;
use super::utterance::Utterance;

const KEY: &str = "mover.has_mitid";

static OWN: LazyLock<Lexicon<bool>> = LazyLock::new(|| {
    Lexicon::closed(&[
        (
            true,
            &[
                "я маю|маємо",
                "я? маю я?",
                "у|в мене є|mitid|мітід|мітайді|працює",
                "в|у обох|нас",
                "обоє|обидва|обидві|обидвоє * маємо|мають|маю|є|користуємось|користуємося",
                "є на|в|у|вже|уже",
                "мені|собі поставив|поставила|зробив|зробила|налаштував|налаштувала|встановив",
            ],
        ),
        (
            false,
            &[
                "ні того ні того|іншого|другого",
                "нема ні того ні",
                "якого|який|яке там|ще mitid|мітід|мітайді",
                "я ні|нє|не|нема",
                "у|в мене нема|немає|ні",
                "mitid|мітід|мітайді * не живе|працює|діє|маю",
                "тільки|лише|лиш чув|чула|чули",
                "про нього тільки|лише|лиш чув|чула",
                "не маю",
            ],
        ),
    ])
});

/// Takes what the first clause that speaks of the mover says.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || !m.asked.asks(Topic::MitId) || m.mover != 0 {
        return;
    }
    let several = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "i" | "begge" | "alle" | "jer" | "jeres" | "post"
        )
    });
    let words = u.all_words();
    let hits = OWN.find_all(&words);
    let Some((value, range)) = hits
        .into_iter()
        .min_by_key(|(_, r)| (r.start, usize::MAX - r.len()))
    else {
        return;
    };
    let before = range.start.checked_sub(1).map_or("", |at| words[at]);
    // «Телефон у мене є, а мітід нема»: what they have is named before it.
    let other = matches!(words[range.start], "у" | "в")
        && !matches!(
            before,
            "" | "так" | "та" | "ну" | "ага" | "і" | "й" | "а" | "то" | "ой"
        )
        && !["mitid", "мітід", "мітайді"].contains(&before);
    if other {
        return;
    }
    let denied = before == "не";
    let changes = m.text_is(KEY, !value);
    if denied || changes && !several && range.start > 1 {
        return;
    }
    if !m.text_is(KEY, value) {
        let act = if m.has(KEY) { Act::Correct } else { Act::Say };
        m.hear(
            KEY,
            Heard::new(value, u.evidence_of_words(&range), 0.75).act(act),
        );
    }
}
