//! When whoever lets a home is the host: asked for as such, or where others are registered; and who is told to be
//! registered in the new home.

use super::belief::{Act, Heard};
use super::kin::Kin;
use super::memory::{Memory, Place};
use super::people::{Ref, Who};
use super::utterance::Utterance;
use crate::state::PersonId;

/// Reads who is registered in the new home, and makes a host of the one who lets it.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    registered_there(m, u);
    if m.host.is_some() {
        return;
    }
    let landlord = |id: PersonId| {
        m.person(id).and_then(|p| p.kin) == Some(Kin::Landlord)
            && m.has(&Memory::key(id, "given_names"))
    };
    // "Og hvem er din vært?" – «Господиня — Надія …»
    let asked = m
        .staff_words
        .iter()
        .any(|w| matches!(w.as_str(), "vært" | "værten" | "logivært" | "logiværten"));
    let named = refs.iter().find_map(|r| match r.who {
        Who::Person(id) if asked && landlord(id) => Some(id),
        _ => None,
    });
    // Where others are registered, whoever lets the home is asked to confirm.
    let shared = m.text_is("dwelling.others_registered", true);
    let lets = || m.people.iter().map(|p| p.id).find(|id| landlord(*id));
    m.host = named.or_else(|| lets().filter(|_| shared));
}

/// «… ще один хлопець, він там прописаний і нікуди не виїжджає», «вони з мамою там удвох прописані».
fn registered_there(m: &mut Memory, u: &Utterance<'_>) {
    let key = "dwelling.others_registered";
    let nobody = u
        .all_words()
        .first()
        .is_some_and(|w| matches!(*w, "ніхто" | "нікого"));
    if m.place != Some(Place::New) || m.has(key) || nobody {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let Some(at) = words.iter().position(|w| {
            ["прописан", "зареєстрован"]
                .iter()
                .any(|stem| w.starts_with(stem))
        }) else {
            continue;
        };
        let before = &words[at.saturating_sub(6)..at];
        let third = before
            .iter()
            .any(|w| matches!(*w, "він" | "вона" | "вони" | "усі" | "всі" | "обоє"));
        let there = before.iter().any(|w| matches!(*w, "там" | "тут"));
        let denied = before.iter().any(|w| {
            matches!(
                *w,
                "не" | "ніхто" | "нікого" | "я" | "ми" | "була" | "був" | "були"
            )
        });
        if !third || !there || denied || sentence.question {
            continue;
        }
        let from = sentence.words.start;
        let evidence = u.evidence_of_words(&(from + at..from + at + 1));
        m.hear(key, Heard::new(true, evidence.clone(), 0.75));
        let stays = words[at..].windows(2).any(|w| {
            matches!(w[0], "нікуди" | "ніхто") && w[1] == "не"
                || w[0].starts_with("лиша")
                || w[0].starts_with("залиша")
        });
        if stays {
            let act = if m.has("dwelling.others_stay") {
                Act::Correct
            } else {
                Act::Say
            };
            let heard = Heard::new(true, evidence, 0.75);
            m.hear("dwelling.others_stay", heard.act(act));
        }
        return;
    }
}

/// «Винаймаємо в Кіма, він сам живе в Ассентофті», «Браян здає. Сам він у Вінерупі»: whoever lets a whole home and
/// lives somewhere else is no host, and nobody else is registered there.
pub(super) fn lives_elsewhere(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover != 0 || matches!(m.text("dwelling.type"), Some("room" | "sublet")) {
        return;
    }
    let words = u.all_words();
    let starts = |w: &str, stems: &[&str]| stems.iter().any(|stem| w.starts_with(stem));
    let lets = words.iter().any(|w| {
        starts(
            w,
            &[
                "винайма",
                "знімаю",
                "знімаєм",
                "орендую",
                "орендуєм",
                "наймаю",
                "наймаєм",
            ],
        ) || matches!(*w, "здає" | "здав" | "здала" | "здають")
    });
    let room = words
        .iter()
        .any(|w| super::homes::is_a_room(w) || w.starts_with("підна"));
    let asked = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "lejer" && matches!(w[1].as_str(), "du" | "i"))
        && m.asked.asks(super::topic::Topic::HostName);
    let out_of_town = asked && lives_out_of_town(&words);
    if !(lets || out_of_town) || room {
        return;
    }
    let elsewhere = out_of_town
        || (1..words.len()).any(|at| {
            let token = u.token(at);
            let town = u
                .places()
                .iter()
                .any(|p| p.span.contains(&token.span.start));
            if !town && !token.capital {
                return false;
            }
            let before = &words[at.saturating_sub(5)..at];
            let Some((preposition, before)) = before.split_last() else {
                return false;
            };
            let third = |w: &&str| {
                matches!(
                    *w,
                    "він"
                        | "вона"
                        | "вони"
                        | "яка"
                        | "який"
                        | "які"
                        | "що"
                        | "господар"
                        | "хазяїн"
                        | "хазяйка"
                        | "власник"
                        | "власниця"
                )
            };
            let me = before
                .iter()
                .any(|w| matches!(*w, "я" | "ми" | "мене" | "нас"));
            let lives = before
                .last()
                .is_some_and(|w| matches!(*w, "живе" | "живуть" | "мешкає" | "мешкають"));
            // «Сам він у Вінерупі»
            let is = before.ends_with(&["сам", "він"]) || before.ends_with(&["сама", "вона"]);
            matches!(*preposition, "в" | "у" | "на" | "під")
                && !me
                && (lives && before.iter().any(third) || is)
        });
    let apart = words
        .windows(3)
        .any(|w| w == ["не", "з", "нами"] || w == ["не", "зі", "мною"])
        && words.iter().any(|w| matches!(*w, "живе" | "живуть"));
    if !elsewhere && !apart {
        return;
    }
    // Of whom a declaration is wanted lives there, whatever was said of another home.
    if m.declaration {
        return;
    }
    m.host = None;
    for (key, value) in [
        ("dwelling.type", serde_json::Value::from("rented_private")),
        ("dwelling.others_registered", serde_json::Value::from(false)),
    ] {
        if !m.has(key) {
            m.hear(key, Heard::new(value, u.evidence(0..0), 0.65));
        }
    }
}

/// «Сам живе десь за містом», «вона мешкає деінде», «він живе окремо».
fn lives_out_of_town(words: &[&str]) -> bool {
    let third = |w: &&str| matches!(*w, "сам" | "сама" | "він" | "вона" | "самі" | "вони");
    (1..words.len()).any(|at| {
        let lives = ["живе", "живуть", "мешка"]
            .iter()
            .any(|stem| words[at].starts_with(stem));
        let subject = words[at.saturating_sub(3)..at].iter().any(third);
        let rest = &words[at + 1..(at + 5).min(words.len())];
        let out = rest
            .iter()
            .any(|w| matches!(*w, "деінде" | "окремо" | "інде"))
            || rest.windows(2).any(|w| {
                matches!(
                    w,
                    ["за", "містом"] | ["не", "тут" | "там"] | ["в" | "у", "іншому" | "іншій"]
                )
            });
        lives && subject && out
    })
}
