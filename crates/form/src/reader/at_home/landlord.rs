//! Whoever lets a whole home and lives somewhere else: «власник живе у Ґреве», «вона переїхала до сина».

use super::{begins, fill, has, question, starts};
use crate::reader::memory::Memory;
use crate::reader::sentences::Sentence;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.declaration || m.mover != 0 && m.host == Some(0) {
        return;
    }
    let all = u.all_words();
    let kind = m.text("dwelling.type");
    if matches!(
        kind,
        Some("room" | "sublet" | "student_hall" | "institution")
    ) || starts(&all, &["кімнат", "койк"])
        || has(&all, &["орендує", "винаймає", "знімає", "наймає"])
    {
        return;
    }
    let staff = question(m);
    let asked = starts(&staff, &["lejer", "lejet", "udlej", "leje"])
        || m.asked.asks_any(&[Topic::HostName, Topic::DwellingType]);
    let lets = starts(
        &all,
        &[
            "здає",
            "здав",
            "здал",
            "здають",
            "господар",
            "господин",
            "хазя",
            "власни",
            "винайма",
            "знімаю",
            "знімаєм",
            "орендую",
            "орендуєм",
            "найнял",
        ],
    );
    let rents = asked && kind == Some("rented_private");
    if !(lets || rents) {
        return;
    }
    // «На Ведельсґаде п'ять. Власник живе у Ґреве»: behind the new address it is told of that home.
    let new = m.heard_now.iter().any(|key| key.starts_with("to."));
    for (at, sentence) in u.sentences.iter().enumerate() {
        if (asked || new && at > 0) && elsewhere(u, sentence) {
            m.host = m.host.filter(|id| *id == 0);
            fill(
                m,
                u,
                "dwelling.type",
                "rented_private",
                sentence.words.clone(),
            );
            return;
        }
    }
}

/// Whoever the clause is about lives, or went to live, in some other place.
pub(super) fn elsewhere(u: &Utterance<'_>, sentence: &Sentence) -> bool {
    let words = u.words(sentence.words.clone());
    if words.windows(3).any(|w| {
        w[0] == "не" && matches!((w[1], w[2]), ("живе", _) | ("живуть", _))
            || matches!(w, ["там" | "тут", "не", "живе" | "живуть" | "мешкає"])
    }) {
        return !has(&words, &["ніхто", "ніде", "я", "ми", "син", "донька"]);
    }
    (1..words.len()).any(|at| {
        if !matches!(words[at], "у" | "в" | "під" | "за" | "до" | "на") || at + 1 >= words.len()
        {
            return false;
        }
        let before = &words[at.saturating_sub(6)..at];
        let third = has(
            before,
            &[
                "він",
                "вона",
                "вони",
                "сам",
                "сама",
                "самі",
                "господар",
                "господиня",
                "хазяїн",
                "хазяйка",
                "власник",
                "власниця",
            ],
        ) || starts(before, &["аптекар", "рибалк", "лікар", "фермер"]);
        let lives = before
            .iter()
            .rev()
            .take(2)
            .any(|w| begins(w, &["живе", "живут", "мешка"]));
        let went = before
            .iter()
            .rev()
            .take(2)
            .any(|w| begins(w, &["переїха", "перебра", "виїха"]));
        let is = before.len() > 1
            && matches!(before[before.len() - 1], "сам" | "сама" | "він" | "вона")
            && !matches!(words[at], "до");
        let mine = has(before, &["я", "ми", "мене", "нас"]);
        let token = u.token(sentence.words.start + at + 1);
        let place = u
            .places()
            .iter()
            .any(|p| p.span.contains(&token.span.start))
            || u.written && token.capital
            || begins(
                &token.text,
                &[
                    "міст",
                    "сел",
                    "доньк",
                    "дочк",
                    "син",
                    "німеч",
                    "швец",
                    "швейц",
                    "норвег",
                    "іспан",
                    "пансіон",
                    "іншом",
                    "своєму",
                    "кордон",
                    "заробітк",
                    "донь",
                ],
            );
        third && !mine && place && (lives || went || is)
    })
}
