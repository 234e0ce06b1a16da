//! The citizen moves in with somebody who is said to own or to rent the home: "Hvor bor din ven?" – «… Він орендує, звати
//! Малік …»: then others are registered there, and the one who holds it is owner or tenant.

use super::{begins, fill, has, question, starts, suppose};
use crate::reader::belief::{Act, Heard};
use crate::reader::memory::Memory;
use crate::reader::taken_back::APART;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

const ROLE: &str = "host.role";
const OTHERS: &str = "dwelling.others_registered";

pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover != 0 || m.text("case.move_type") == Some("to_abroad") {
        return;
    }
    if matches!(
        m.text("dwelling.type"),
        Some(
            "rented_private"
                | "rented_social"
                | "owned"
                | "cooperative"
                | "student_hall"
                | "institution"
        )
    ) || m.text_is(OTHERS, false)
    {
        return;
    }
    let staff = question(m);
    let heard = |start: &str| m.heard_now.iter().any(|key| key.starts_with(start));
    let old =
        heard("from.") && !heard("to.") || has(&staff, &["boede", "boet", "gamle", "fra", "før"]);
    if old
        || m.asked
            .asks_any(&[Topic::OldAddress, Topic::Remaining, Topic::OtherParentName])
            && !heard("to.")
    {
        return;
    }
    // Whoever lets a home is no host.
    if starts(&staff, &["udlej", "udlån", "låner"])
        || staff
            .windows(2)
            .any(|w| matches!(w, ["lejer", "ud"] | ["kontrakt", "med"]))
        || away(&u.all_words())
        || starts(&u.all_words(), &["пуст", "порожн"])
        || m.has(APART)
    {
        return;
    }
    let with = lodges(&staff)
        || m.host.is_some()
        || m.text("dwelling.type") == Some("room")
        || m.text_is(OTHERS, true);
    let told = with || heard("to.") && takes_in(&u.all_words());
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        if sentence.question {
            continue;
        }
        let Some(role) = role(&words) else { continue };
        if !told && !lets_in(&u.all_words()) {
            continue;
        }
        let at = sentence.words.clone();
        let of_stay = m.asked.asks(Topic::HostStays);
        if m.asked.asks(Topic::HostRole)
            && !of_stay
            && m.text(ROLE).is_some_and(|known| known != role)
            && words.first() == Some(&"ні")
        {
            let heard = Heard::new(role, u.evidence_of_words(&at), 0.7);
            m.hear(ROLE, heard.act(Act::Correct));
        }
        if with && !m.text_is(OTHERS, false) {
            suppose(m, u, OTHERS, true, at.clone());
        }
        if !(of_stay && role == "owner") {
            fill(m, u, ROLE, role, at);
        }
        return;
    }
}

/// "Hvor bor din ven?", "hvem bor du hos?", "hvor ligger hans hus?"
fn lodges(staff: &[&str]) -> bool {
    has(staff, &["hos"]) && !starts(staff, &["læge"])
        || staff
            .windows(3)
            .any(|w| w[0] == "hvor" && w[1] == "bor" && !matches!(w[2], "du" | "i"))
        || has(staff, &["hans", "hendes", "deres"])
            && starts(
                staff,
                &[
                    "adresse",
                    "hus",
                    "lejlighed",
                    "gård",
                    "egen",
                    "eget",
                    "bolig",
                ],
            )
        || staff
            .windows(3)
            .any(|w| matches!(w[0], "ejer" | "lejer") && matches!(w[1], "han" | "hun" | "de"))
}

fn takes_in(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(w[0], "у" | "в" | "до")
            && (begins(
                w[1],
                &[
                    "подруг",
                    "колег",
                    "брат",
                    "сестр",
                    "тітк",
                    "дядьк",
                    "друг",
                    "знайом",
                    "хрещен",
                    "мам",
                    "тат",
                    "бать",
                    "баб",
                    "дід",
                    "приятел",
                    "товариш",
                    "кум",
                ],
            ))
    }) || words
        .windows(2)
        .any(|w| matches!(w, ["у" | "в", "неї" | "нього" | "них"]))
        || lets_in(words)
}

/// «Нам здає найбільшу кімнату», «ми їй скидаємось», «мені кімнату дав».
fn lets_in(words: &[&str]) -> bool {
    starts(words, &["кімнат", "скида"])
        && has(
            words,
            &[
                "дав",
                "дала",
                "дали",
                "здав",
                "здала",
                "здає",
                "скидаємось",
                "скидаємося",
                "скидаюсь",
                "скидаюся",
            ],
        )
        && has(words, &["нам", "мені", "ми", "я"])
}

const KIN: [&str; 16] = [
    "він",
    "вона",
    "вони",
    "подруга",
    "друг",
    "брат",
    "сестра",
    "тітка",
    "дядько",
    "мама",
    "тато",
    "батько",
    "донька",
    "син",
    "хлопець",
    "товариш",
];

/// What somebody else is said to be.
fn role(words: &[&str]) -> Option<&'static str> {
    let mine = has(words, &["ми", "я"]) && !words.iter().any(|w| KIN.contains(w));
    let tenant = words.iter().enumerate().any(|(at, w)| {
        matches!(
            *w,
            "орендує"
                | "винаймає"
                | "знімає"
                | "наймає"
                | "винаймають"
                | "орендують"
                | "знімають"
        ) && !words[at.saturating_sub(2)..at]
            .iter()
            .any(|w| matches!(*w, "не" | "фірма" | "фірми"))
    }) || starts(words, &["орендар", "наймач", "квартирант"])
        || words.windows(3).any(|w| {
            matches!(w[0], "договір" | "контракт")
                && w[1] == "на"
                && matches!(w[2], "ньому" | "ній" | "нього" | "неї" | "них")
        });
    let home = |w: &str| {
        begins(
            w,
            &["хат", "дім", "будин", "квартир", "вілл", "хутір", "житл"],
        )
    };
    let theirs = words.windows(2).any(|w| {
        home(w[0]) && matches!(w[1], "його" | "її" | "їхній" | "їхня" | "їх")
            || matches!(w[0], "його" | "її" | "їхній" | "їхня") && home(w[1])
    });
    let bought = has(words, &["купив", "купила", "викупив", "викупила", "купили"])
        && words.iter().any(|w| KIN.contains(w) || home(w))
        && !mine;
    let has_it = words.windows(2).any(|w| w[0] == "має" && home(w[1]))
        || words.windows(3).any(|w| {
            matches!(w[0], "у" | "в") && matches!(w[1], "неї" | "нього" | "них") && home(w[2])
        });
    let owner = theirs
        || bought
        || has_it
        || words.iter().enumerate().any(|(at, w)| {
            begins(w, &["власник", "власниц"]) && (at == 0 || words[at - 1] != "не")
        })
        || words
            .windows(2)
            .any(|w| begins(w[0], &["записан", "переписан"]) && w[1] == "на")
            && has(words, &["нього", "неї", "них"]);
    match (tenant && !mine, owner) {
        (true, false) => Some("tenant"),
        (false, true) => Some("owner"),
        _ => None,
    }
}

fn away(words: &[&str]) -> bool {
    starts(
        words,
        &[
            "поїха",
            "виїха",
            "випис",
            "кордон",
            "канад",
            "повернет",
            "верта",
            "поверта",
            "відпуст",
            "полет",
            "іспані",
            "їде",
            "їдуть",
            "помер",
        ],
    ) || words.windows(2).any(|w| matches!(w, ["не", "живе"]))
}
