//! The citizen says for whom they have come: «дядько переїхав, я лише його голос», «це я не для себе», "hvem er vi her
//! for?" – «За свекруху».

use super::reported::{has_data, moves_instead};
use super::*;
use crate::reader::kin::kin;
use crate::state::PersonId;

/// For how many turns at the start somebody says for whom they have come.
const EARLY: usize = 4;

/// What a citizen's turn tells: that they move themselves, or that only somebody else does.
pub(super) fn by_citizen(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let words = u.all_words();
    if m.mover != 0 {
        return;
    }
    if m.talked > EARLY || has_data(m, 0) || m.own_move || tells_own_move(&words) {
        m.own_move |= tells_own_move(&words);
        return;
    }
    let one = goes_while_i_stay(&words)
        .or_else(|| answers_whom(m, &words))
        .or_else(|| not_for_myself(&words));
    if let Some(at) = one {
        let id = pointed(m, u, refs, at);
        let Some(id) = id else { return };
        moves_instead(m, u, id);
        if let Some(citizen) = m.person_mut(0).filter(|_| stays_here(&words)) {
            citizen.moves = Some(false);
            citizen.stays_behind = true;
        }
    }
}

/// The person for the relative's word that stands there.
fn pointed(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref], at: usize) -> Option<PersonId> {
    let known = refs.iter().find_map(|r| match r.who {
        Who::Person(id) if !r.pronoun && u.word_at(r.bytes.start) == at => Some(id),
        _ => None,
    });
    let word = &u.token(at).text;
    known.or_else(|| Some(m.person_for_kin(one_relative(word)?)))
}

/// A word for one relative.
fn one_relative(word: &str) -> Option<Kin> {
    kin(word, Lang::Uk).filter(|k| !matches!(k, Kin::Children | Kin::Landlord))
}

/// «Переїжджаємо», «я переїхала», «нас переписати»: the citizen moves as well.
fn tells_own_move(words: &[&str]) -> bool {
    let stem = |w: &str, stems: &[&str]| stems.iter().any(|s| w.starts_with(s));
    let first = |w: &str| {
        ["ю", "юсь", "юся", "мо", "мось", "мося", "єм", "им"]
            .iter()
            .any(|end| w.ends_with(end))
    };
    words.iter().enumerate().any(|(at, w)| {
        let before = &words[at.saturating_sub(3)..at];
        let not = before.contains(&"не") || before.contains(&"нікуди");
        let now = stem(
            w,
            &[
                "переїжджа",
                "переїзди",
                "переїд",
                "перебира",
                "перебер",
                "переселя",
                "виїжджа",
                "з'їжджа",
                "в'їжджа",
                "вселя",
                "заселя",
                "їде",
            ],
        ) && first(w)
            || *w == "їду";
        let past = stem(
            w,
            &[
                "переїха",
                "перебра",
                "пересели",
                "оселил",
                "заселил",
                "в'їха",
                "заїха",
                "виїха",
                "з'їха",
                "приїха",
            ],
        ) && (before.contains(&"я") || before.contains(&"ми") || w.ends_with("хали"));
        let held = before
            .last()
            .is_some_and(|w| matches!(*w, "у" | "в" | "до" | "від" | "на" | "біля" | "для"));
        let asked = matches!(*w, "себе" | "нас" | "мене")
            && !held
            && words.iter().any(|w| {
                stem(
                    w,
                    &[
                        "перепис",
                        "переоформ",
                        "перереєстр",
                        "зареєстр",
                        "пропис",
                        "прописат",
                    ],
                )
            });
        (now || past || asked) && !not
    })
}

/// «Я тут лишаюсь», «я сам нікуди не їду»
fn stays_here(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        *w == "я"
            && words[at + 1..].iter().take(3).any(|w| {
                ["лишаюс", "залишаюс", "зостаюс"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            })
    })
}

/// «Я нікуди», «я лише його голос», «я тільки кажу за неї»: the citizen is there for somebody else.
fn only_speaks(words: &[&str]) -> bool {
    words.iter().enumerate().any(|(at, w)| {
        let behind = &words[at + 1..(at + 5).min(words.len())];
        *w == "я"
            && (behind.iter().take(3).any(|w| *w == "нікуди")
                || behind.iter().any(|w| {
                    matches!(*w, "голос" | "перекладаю" | "скажу")
                        || w.starts_with("опікун")
                        || w.starts_with("довірен")
                }))
    })
}

/// «Переїжджає син, я нікуди», «моя жінка їде в Італію, а я тут лишаюсь»: where the word for that one stands.
fn goes_while_i_stay(words: &[&str]) -> Option<usize> {
    if !stays_here(words) && !only_speaks(words) || says_we(words) {
        return None;
    }
    let goes = |w: &str| {
        matches!(
            w,
            "переїжджає"
                | "переїздить"
                | "переїхав"
                | "переїхала"
                | "перебирається"
                | "перебрався"
                | "перебралася"
                | "перебралась"
                | "переселяється"
                | "переходить"
                | "виїжджає"
                | "з'їжджає"
                | "від'їжджає"
                | "вселяється"
                | "їде"
                | "поїхав"
                | "поїхала"
        )
    };
    words.iter().enumerate().find_map(|(at, w)| {
        let subject = one_relative(w).is_some() && !w.ends_with(['у', 'ю', 'і', 'и', 'м']);
        let near = at.saturating_sub(2)..(at + 4).min(words.len());
        (subject && words[near].iter().any(|w| goes(w))).then_some(at)
    })
}

/// «Ми», «з нами», «зі мною»: the citizen is one of those who move.
fn says_we(words: &[&str]) -> bool {
    words.iter().any(|w| {
        matches!(
            *w,
            "ми" | "нами" | "мною" | "разом" | "обоє" | "удвох" | "вдвох"
        )
    })
}

/// "Hvem er det, vi skal melde?" – «Мого дядька Августина», "hvem er vi her for?" – «За свекруху», "hvem flytter?" –
/// «Бабуся, вона поруч сидить»: one relative, and no «я» who moves as well.
fn answers_whom(m: &Memory, words: &[&str]) -> Option<usize> {
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let whom = staff(&["hvem"])
        && (staff(&[
            "flytte", "flytter", "flyttet", "melde", "melder", "anmelde", "gælder",
        ]) || staff(&["her"]) && staff(&["for"]));
    let along = staff(&["med", "alle", "også"]);
    let at = words
        .iter()
        .take(3)
        .position(|w| one_relative(w).is_some())?;
    let leads = words[..at].iter().all(|w| {
        matches!(
            *w,
            "за" | "про"
                | "для"
                | "це"
                | "ні"
                | "мій"
                | "моя"
                | "мого"
                | "мою"
                | "моєї"
                | "свою"
                | "свого"
        )
    });
    // «Чоловік і я», «син з донькою»
    let rest = &words[at + 1..];
    let more = rest
        .iter()
        .take(4)
        .any(|w| matches!(*w, "і" | "й" | "та" | "плюс" | "теж" | "також"))
        || rest
            .windows(2)
            .take(3)
            .any(|w| matches!(w[0], "з" | "із" | "зі") && kin(w[1], Lang::Uk).is_some());
    let me = words.contains(&"я") && !stays_here(words) && !only_speaks(words);
    (whom && !along && leads && !more && !me && !says_we(words)).then_some(at)
}

/// «Це я не для себе, я по батькові справу»: where the relative's word stands.
fn not_for_myself(words: &[&str]) -> Option<usize> {
    let denied = words
        .windows(3)
        .any(|w| matches!(w, ["не", "за" | "про" | "для" | "на", "себе" | "мене"]));
    let at = words.windows(2).position(|w| {
        matches!(w[0], "за" | "про" | "для" | "по" | "замість") && one_relative(w[1]).is_some()
    })?;
    let about = words[at] != "по" || words.get(at + 2).is_some_and(|w| w.starts_with("справ"));
    (denied && about).then_some(at + 1)
}
