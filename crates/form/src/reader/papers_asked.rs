//! A paper of somebody who has come from abroad that the employee asks for by its name, and whether it is there: "Har du
//! fået opholdskort?" – «Подали, чекаємо», "vielsesattest?" – «Є, тільки литовською».

use super::memory::Memory;
use super::utterance::Utterance;

const PERMIT: &str = "residence_permit";

/// What an answer tells of the paper that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// It lies on the counter.
    Here,
    /// It was applied for, is on its way, or lies elsewhere.
    Missing,
}

/// Reads the answer to a question for one paper.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.from_abroad.is_none() {
        return;
    }
    let Some(paper) = asked_for(m) else { return };
    let dated = m
        .heard_now
        .iter()
        .any(|key| key == "mover.residence_permit_valid_until");
    match answer(&u.all_words()) {
        // «Картка дійсна до …»
        _ if paper == PERMIT && dated => super::permits::see(m, u, paper),
        // "Pas og opholdskort?" – «Ось обидва. Шлюбного нема»: which of several is not there?
        Some(Answer::Missing) if asks_for_several(m) => {}
        Some(Answer::Missing) => lacks(m, u, paper),
        Some(Answer::Here) => super::permits::see(m, u, paper),
        None => {}
    }
}

fn asks_for_several(m: &Memory) -> bool {
    m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "pas" | "passet" | "passene" | "papirer" | "papirerne"
        )
    })
}

/// The one paper that the employee's last question names.
fn asked_for(m: &Memory) -> Option<&'static str> {
    let last = m.staff_sentences.last()?.clone();
    let words: Vec<&str> = m
        .staff_words
        .get(last)?
        .iter()
        .map(String::as_str)
        .collect();
    // Unwritten speech is one sentence; what is asked for stands at its end.
    let words = &words[words.len().saturating_sub(8)..];
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    // "Hvad står der på opholdskortet?", "hvor blev attesten udstedt?"
    let about = words.iter().any(|w| {
        matches!(
            *w,
            "hvad" | "hvor" | "hvornår" | "hvilken" | "hvilket" | "står" | "gælder" | "hvem"
        )
    });
    if about {
        return None;
    }
    let named = [
        (
            PERMIT,
            starts(&["opholdsk", "opholdst", "opholdsg", "tilladelse"]),
        ),
        (
            "marriage_certificate",
            starts(&["vielsesattest", "vielsespapir"]),
        ),
        ("birth_certificate", starts(&["fødselsattest"])),
    ];
    let mut named = named.into_iter().filter(|(_, named)| *named);
    named
        .next()
        .map(|(paper, _)| paper)
        .filter(|_| named.next().is_none())
}

fn answer(words: &[&str]) -> Option<Answer> {
    let has = |list: &[&str]| words.iter().any(|w| list.contains(w));
    let starts = |stems: &[&str]| words.iter().any(|w| stems.iter().any(|s| w.starts_with(s)));
    let refused = lacking(words);
    // «Є, тільки без перекладу», «маємо, перекладену англійською», «ось рішення»
    let shows = has(&[
        "ось",
        "осьо",
        "оце",
        "оця",
        "от",
        "тут",
        "прошу",
        "тримайте",
        "нате",
        "бачите",
    ]);
    // Who needs no permit lacks none.
    if starts(&["громадян", "євросоюз"]) && !starts(&["член"]) {
        return None;
    }
    let owns = words
        .iter()
        .take(3)
        .any(|w| matches!(*w, "є" | "маю" | "маємо" | "маєм"))
        || starts(&["переклад"])
        || has(&["обидва", "обидві", "обоє"]);
    let waits = starts(&[
        "подал",
        "подав",
        "подан",
        "подаю",
        "подаєм",
        "чека",
        "оформл",
        "відправил",
        "процедур",
        "розгляда",
        "черг",
        "заявк",
    ]) || words.windows(2).any(|w| matches!(w, ["в" | "у", "дорозі"]))
        || has(&[
            "прийде",
            "пришлють",
            "дошлю",
            "скине",
            "принесу",
            "донесу",
            "довезу",
        ]);
    if !refused && (shows || owns && !waits) {
        return Some(Answer::Here);
    }
    let given = words.iter().enumerate().any(|(at, w)| {
        let free = at
            .checked_sub(1)
            .is_none_or(|b| !matches!(words[b], "не" | "ще"));
        free && ["видали", "дали", "отримал", "отримав", "прийшл", "прийшов"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    (refused || waits && !given && !shows).then_some(Answer::Missing)
}

/// «Нема», «ще ні», «не прийшла», «картки ще немає», «не з собою».
fn lacking(words: &[&str]) -> bool {
    let gone = |w: &str| {
        matches!(w, "нема" | "немає" | "нету" | "нічого" | "вдома" | "удома")
            || ["загуб", "забув", "забула", "залишил", "лишил", "зосталос"]
                .iter()
                .any(|stem| w.starts_with(stem))
    };
    // «Перекладу нема», «печатки немає»: the paper is there.
    let of_paper = |at: usize| {
        words[at.saturating_sub(2)..at].iter().any(|w| {
            w.starts_with("переклад") || w.starts_with("печатк") || w.starts_with("апостил")
        })
    };
    let told = words
        .iter()
        .enumerate()
        .any(|(at, w)| gone(w) && !of_paper(at));
    told || words.windows(2).any(|w| {
        w[0] == "ще" && matches!(w[1], "ні" | "нє")
            || w == ["не", "при"]
            || w[0] == "не"
                && [
                    "прийш",
                    "дали",
                    "дав",
                    "видал",
                    "отрим",
                    "прислал",
                    "зробил",
                    "готов",
                ]
                .iter()
                .any(|stem| w[1].starts_with(stem))
    }) || words.windows(3).any(|w| {
        w[0] == "не" && matches!(w[1], "з" | "із" | "зі") && matches!(w[2], "собою" | "нами")
    })
}

/// The paper is wanted, and not there.
fn lacks(m: &mut Memory, u: &Utterance<'_>, paper: &'static str) {
    m.shown.retain(|(shown, _)| *shown != paper);
    if !m.missing.iter().any(|(missing, _)| *missing == paper) {
        m.missing.push((paper, u.evidence(0..0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(text: &str) -> Option<Answer> {
        answer(&text.split(' ').collect::<Vec<_>>())
    }

    #[test]
    fn what_is_applied_for_is_missing_and_what_is_shown_is_there() {
        for text in [
            "подали чекаємо",
            "ще ні а відбитки вже здали",
            "не прийшла але подано",
            "у дорозі рішення вже є а картки нема",
            "тимчасовий захист оформлюю",
        ] {
            assert_eq!(answered(text), Some(Answer::Missing), "{text}");
        }
        for text in [
            "є тільки без перекладу",
            "маємо перекладену англійською",
            "подавали навесні вже дали ось картка",
            "ось перекладу нема",
        ] {
            assert_eq!(answered(text), Some(Answer::Here), "{text}");
        }
        assert_eq!(answered("а що це таке"), None);
    }
}
