//! What sounds like a fact and is none: a doctor who is let be though the new home is named beside, "them" who are no
//! housing association, what is not to be written down, and whoever only rents the home that is called theirs.

use super::belief::{Act, Heard};
use super::facts::{Fact, Hit, YES_NO};
use super::homes;
use super::memory::Memory;
use super::topic::Topic;
use super::utterance::Utterance;

/// The citizen has a door of their own in the host's house.
pub(super) const APART: &str = "home.apart";

/// «Там вгорі хазяї, а в мене низ, окремий вхід»: nobody else is registered in that part of the house for all one knows.
pub(super) fn lives_apart(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let apart = !u.is_staff()
        && words.windows(2).any(|w| {
            w[0].starts_with("окрем") && (w[1].starts_with("вхід") || w[1].starts_with("вход"))
                || matches!(w, ["тут" | "живу" | "я", "окремо"])
        })
        && !words.iter().any(|w| homes::is_a_room(w));
    if apart || is_abroad(m, u, &words) {
        m.note(APART, "1", u.evidence(0..0));
    }
}

/// «Власниця сама у Швеції», "har du ikke hendes nummer?" – «Не маю, вона в Іспанії»: whoever lets the home in.
fn is_abroad(m: &Memory, u: &Utterance<'_>, words: &[&str]) -> bool {
    if u.is_staff() {
        return false;
    }
    let holder = |w: &str| {
        ["хазя", "власни", "господар", "господин"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    // Of nobody but them «він» and «вона» are said here.
    let host = m
        .host
        .and_then(|id| m.person(id))
        .filter(|p| p.id != 0)
        .is_some();
    let asked = m.asked.kin().is_none()
        && m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "han" | "ham" | "hans" | "hun" | "hende" | "hendes"
            )
        })
        || m.asked
            .asks_any(&[Topic::HostName, Topic::HostRole, Topic::HostStays]);
    let of_host = host && asked || words.iter().any(|w| holder(w));
    let countries = u.places().iter().filter(|p| {
        p.value.kind == tolkebot_values::places::PlaceKind::Country && p.value.country != "Danmark"
    });
    let mut abroad = countries.map(|p| u.word_at(p.span.start));
    of_host
        && abroad.any(|at| {
            let before = &words[at.saturating_sub(4).min(at)..at];
            let Some((preposition, lead)) = before.split_last() else {
                return false;
            };
            matches!(*preposition, "в" | "у")
                && lead.iter().any(|w| {
                    matches!(*w, "він" | "вона" | "вони" | "сам" | "сама" | "самі") || holder(w)
                })
                && !lead.iter().any(|w| {
                    matches!(
                        *w,
                        "я" | "ми" | "був" | "була" | "жив" | "жила" | "народився" | "народилася"
                    )
                })
        })
}

/// Whether the words of a fact mean something else here.
pub(super) fn not_as_it_sounds(
    m: &mut Memory,
    u: &Utterance<'_>,
    words: &[&str],
    hit: &Hit,
) -> bool {
    if u.is_staff() {
        return false;
    }
    match (hit.row.key, hit.row.fact) {
        // "Skal I blive ved lægen i Lystrup?" – «Нехай, сюди десять хвилин автобусом»
        ("gp.choice", Fact::Text("change")) => asks_to_stay(m) && lets_be(u),
        ("dwelling.type", Fact::Text("rented_social")) if of_them(&words[hit.words.clone()]) => {
            of_no_association(m, u)
        }
        // "Bliver hun boende?" – «Звісно, це ж її дім», after it was said that she rents it.
        ("host.role", Fact::Text("owner")) => {
            let rents = m.text("host.role") == Some("tenant")
                || m.of_host
                    .iter()
                    .any(|(_, key, heard)| *key == "host.role" && heard.value == "tenant");
            let owns = words.iter().any(|w| {
                ["власн", "куп", "ні", "насправді"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            });
            rents && !owns && m.asked.asks(Topic::HostStays)
        }
        ("from.whole_household_moves", Fact::No) => of_things(u, words, hit),
        _ => false,
    }
}

/// «Документи там лишились», «меблі лишаються»: nobody stays.
fn of_things(u: &Utterance<'_>, words: &[&str], hit: &Hit) -> bool {
    let sentence = u
        .sentences
        .iter()
        .find(|s| s.words.contains(&hit.words.start));
    let said = sentence.map_or(words, |s| {
        &words[s.words.start..s.words.end.min(words.len())]
    });
    let thing = |w: &&str| {
        [
            "документ",
            "речі",
            "меблі",
            "папери",
            "книги",
            "книжки",
            "ключі",
            "коробки",
            "інструмент",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    };
    let somebody = |w: &&str| {
        matches!(*w, "він" | "вона" | "вони" | "я" | "ми")
            || super::kin::kin(w, tolkebot_protocol::Lang::Uk).is_some()
    };
    said.iter().any(thing) && !said.iter().any(somebody)
}

/// "Skal du blive ved din læge?", "vil du beholde lægen?", "fortsætter I hos ham?"
fn asks_to_stay(m: &Memory) -> bool {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let stays = says(&["blive", "bliver"]) && says(&["ved", "hos"]);
    m.asked.asks(Topic::Doctor)
        && (stays || says(&["beholde", "beholder", "fortsætte", "fortsætter"]))
        && !says(&["ny", "nye", "anden", "skifte", "skifter"])
}

/// «Нехай, сюди десять хвилин автобусом», «хай. Нам недалеко», «нехай, як є»: let be, and the rest tells why.
pub(super) fn lets_be(u: &Utterance<'_>) -> bool {
    let words = u.all_words();
    let at = words
        .iter()
        .position(|w| !matches!(*w, "та" | "а" | "ну" | "ой" | "то" | "й"));
    let Some(at) = at.filter(|at| matches!(words[*at], "хай" | "нехай" | "най")) else {
        return false;
    };
    let end = u.token(at).span.end;
    let parted = u.said[end..]
        .trim_start()
        .starts_with([',', '.', '!', '…', '–', '—']);
    let as_it_is = matches!(
        words.get(at + 1..at + 3),
        Some(["як", "є" | "було" | "там"])
    );
    let other = words
        .iter()
        .any(|w| w.starts_with("нов") || w.starts_with("інш"));
    (parted || as_it_is) && !other
}

/// "Så beholder du lægen og dit eget nummer?" – «Нема в мене ще данського номера»: nothing about the doctor.
pub(super) fn of_phone(m: &Memory, u: &Utterance<'_>) -> bool {
    m.staff_words.iter().any(|w| w.starts_with("nummer"))
        && u.all_words()
            .iter()
            .any(|w| w.starts_with("номер") || w.starts_with("телефон"))
}

fn of_them(words: &[&str]) -> bool {
    matches!(words, ["у" | "в" | "від" | "через", "них"])
}

/// "Du lejer af dem ovenpå?" – «Винаймаю в них»: people, where no association was spoken of.
fn of_no_association(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let any = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|stem| w.contains(stem)))
    };
    if any(&[
        "foren",
        "selskab",
        "almen",
        "andel",
        "kommun",
        "organisation",
        "fond",
    ]) || !m.staff_words.windows(2).any(|w| w == ["af", "dem"])
    {
        return false;
    }
    let key = "dwelling.type";
    if !m.has(key) {
        let heard = Heard::new("rented_private", u.evidence(0..0), 0.75);
        m.hear(key, heard);
    }
    true
}

/// «Юрист каже, що спільна, але ще перевірить. Не пишіть нічого», "så lader jeg feltet stå": what the citizen has just
/// told for the first time fills nothing.
pub(super) fn left_blank(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let blank = if u.is_staff() {
        words.windows(4).any(|w| {
            let leaves = matches!(w[..2], ["lader", "jeg" | "vi"] | ["jeg" | "vi", "lader"]);
            let stands = matches!(w[3], "stå" | "være" | "ligge");
            // "Det lader jeg stå" is left as it is.
            let open = words
                .iter()
                .any(|w| matches!(*w, "åbent" | "åben" | "tomt" | "tom" | "blankt" | "blank"));
            leaves && stands && (matches!(w[2], "feltet" | "rubrikken") || w[2] == "det" && open)
        })
    } else {
        let unsure = words.iter().any(|w| {
            ["перевір", "уточн", "дізна", "невідом", "впевнен", "вирішу"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
        let not_yet = words.windows(3).any(|w| {
            matches!(
                w,
                [
                    "не",
                    "пишіть" | "записуйте" | "вписуйте" | "ставте" | "заповнюйте",
                    "нічого" | "поки" | "ще" | "цього" | "нічогісінько"
                ]
            )
        });
        unsure && not_yet
    };
    if !blank {
        return;
    }
    let first = if u.is_staff() { u.turn.n - 1 } else { u.turn.n };
    let context = m.context();
    let told: Vec<&str> = YES_NO
        .iter()
        .filter(|row| context.asks(row.topic) && row.topic != Topic::Protection)
        .map(|row| row.key)
        .filter(|key| {
            m.belief(key)
                .and_then(|b| b.slot())
                .is_some_and(|s| s.evidence.iter().all(|e| e.turn >= first))
        })
        .collect();
    for key in told {
        m.forget(key);
    }
}

/// "Godt, så er hun lejer, og hvad hedder hun?": also in one breath with the next question.
pub(super) fn only_rents(m: &mut Memory, u: &Utterance<'_>) {
    if !u.is_staff() || m.mover != 0 {
        return;
    }
    let words = u.all_words();
    let at = words.windows(3).position(|w| {
        matches!(
            w,
            ["er", "hun" | "han" | "de", "lejer" | "lejere" | "lejeren"]
                | ["hun" | "han" | "de", "er", "lejer" | "lejere" | "lejeren"]
        )
    });
    let Some(at) = at else { return };
    let concluded = at > 0 && matches!(words[at - 1], "så" | "altså" | "okay");
    if !concluded || words[..at].iter().any(|w| matches!(*w, "hvis" | "når")) {
        return;
    }
    let heard = Heard::new("tenant", u.evidence_of_words(&(at..at + 3)), 0.75).act(Act::Correct);
    if m.host.is_some() || m.declaration || m.text_is("dwelling.others_registered", true) {
        m.hear("host.role", heard);
    } else {
        homes::keep_for_host(m, "host.role", heard);
    }
}
