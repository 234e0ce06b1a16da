//! When somebody's home was spoken of: then "hvad hedder hun?" asks for the host.

use tolkebot_protocol::Lang;

use crate::reader::kin::{Kin, Sex, kin, sex_by_word};
use crate::reader::memory::Memory;
use crate::reader::topic::Topic;
use crate::reader::utterance::Utterance;

/// For how many turns a home stays the one that was spoken of.
const RECENT: usize = 4;

/// Notes that a turn speaks of somebody's home, and of whose by sex.
pub(in crate::reader) fn spoken_of(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let sex = if u.is_staff() {
        lets_in(&words).then_some(None)
    } else if m.asked.asks_any(&[Topic::OldAddress, Topic::Remaining]) {
        None
    } else {
        told(&words, u)
    };
    if let Some(sex) = sex {
        m.home_of = Some((m.turns, sex));
    }
}

/// Somebody's home was spoken of a moment ago, and it can be of that sex.
pub(super) fn recent(m: &Memory, sex: Option<Sex>) -> bool {
    m.home_of.is_some_and(|(turn, of)| {
        turn + RECENT >= m.turns && (sex.is_none() || of.is_none() || of == sex)
    })
}

/// A Danish word for a home.
pub(super) fn is_home(word: &str) -> bool {
    matches!(
        word,
        "hus"
            | "huset"
            | "lejlighed"
            | "lejligheden"
            | "bolig"
            | "boligen"
            | "rækkehuset"
            | "villa"
            | "villaen"
            | "værelset"
            | "gården"
            | "lejemålet"
            | "andelen"
            | "godset"
            | "parcelhuset"
    )
}

/// The employee speaks of a home or of staying there.
pub(super) fn home(words: &[&str]) -> bool {
    words.iter().any(|w| {
        is_home(w)
            || matches!(
                *w,
                "bor" | "boende" | "ejer" | "ejeren" | "lejer" | "udlejer"
            )
    })
}

/// "Du flytter ind hos ham", "så er hun lejer", "logivært"
fn lets_in(words: &[&str]) -> bool {
    let old = words
        .iter()
        .any(|w| matches!(*w, "gamle" | "tidligere" | "boede" | "før"));
    let named = words.iter().any(|w| {
        ["logivært", "udlej", "fremlej", "ejer", "lejemål"]
            .iter()
            .any(|stem| w.starts_with(stem))
            || *w == "lejer"
    });
    let at = words.windows(2).any(|w| {
        matches!(
            w,
            ["hos", "ham" | "hende" | "dem" | "din" | "dit"]
                | ["til", "ham" | "hende"]
                | ["han" | "hun", "bor" | "bliver"]
                | ["bor" | "bliver", "han" | "hun"]
        )
    });
    (named || at) && !old
}

/// «до тітки», «у нього», «прихистила одна пані», «він орендує»
fn told(words: &[&str], u: &Utterance<'_>) -> Option<Option<Sex>> {
    let past = words
        .iter()
        .any(|w| matches!(*w, "раніше" | "жив" | "жила" | "жили" | "досі"));
    if past {
        return None;
    }
    let at = words.windows(2).find_map(|w| {
        if !matches!(w[0], "до" | "у" | "в") {
            return None;
        }
        match w[1] {
            "нього" => Some(Some(Sex::Male)),
            "неї" => Some(Some(Sex::Female)),
            "них" => Some(None),
            word => kin(word, Lang::Uk)
                .filter(|k| !k.is_child() || matches!(k, Kin::Son | Kin::Daughter))
                .map(|k| k.sex().or_else(|| sex_by_word(word))),
        }
    });
    let titled = words.windows(2).find_map(|w| match w {
        ["у" | "в" | "до", "пані"] => Some(Some(Sex::Female)),
        ["у" | "в" | "до", "пана"] => Some(Some(Sex::Male)),
        _ => None,
    });
    let moves_in = words.contains(&"до")
        && words.iter().any(|w| {
            ["перебира", "переїжджа", "переїзд", "вселя", "заселя"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    let held =
        ((holds(words) || moves_in) && !u.sentences.iter().all(|s| s.question)).then_some(None);
    at.or(titled).or(held)
}

/// «до тітки», «у нього», «кімната в пані …»: the citizen lodges with somebody.
pub(super) fn lodges(words: &[&str]) -> bool {
    words.windows(2).any(|w| {
        matches!(w[0], "до" | "у" | "в")
            && (matches!(
                w[1],
                "нього" | "неї" | "них" | "пана" | "пані" | "одного" | "однієї"
            ) || kin(w[1], Lang::Uk).is_some())
    }) || holds(words)
}

/// «здає», «прихистила», «її дім», «на нього записано»
pub(super) fn holds(words: &[&str]) -> bool {
    let acts = words.iter().any(|w| {
        [
            "прихист",
            "пустил",
            "пустив",
            "прийнял",
            "оренду",
            "винайма",
            "знімає",
            "власни",
            "хазя",
            "господар",
            "господин",
            "наймач",
            "управител",
            "орендода",
            "належить",
            "купив",
            "купила",
            "здає",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let theirs = words.windows(2).any(|w| {
        let own = |w: &str| matches!(w, "його" | "її" | "їхній" | "їхня" | "їхнє");
        let home = |w: &str| {
            [
                "дім",
                "будин",
                "хат",
                "кварт",
                "помешк",
                "вілл",
                "пай",
                "договір",
                "контракт",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        };
        own(w[0]) && home(w[1]) || home(w[0]) && own(w[1])
    });
    let on = words
        .windows(2)
        .any(|w| w[0] == "на" && matches!(w[1], "нього" | "неї" | "ньому" | "ній" | "нім"));
    acts || theirs || on
}
