//! Where the children's other parent is, when the employee asked about them: somebody who is elsewhere does not move.

use super::*;

const KEY: &str = "children[].other_parent_moves";

/// "Hvor er drengens mor?" – «У Тромсе, кінчає вахту», "barnets far?" – «Служить», «лишилася в Італії»
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m.parent_spoken.is_some_and(|(turn, _)| turn + 1 >= m.turns)
        && staff_says(
            m,
            &[
                "hvor", "hvad", "hvem", "far", "faren", "faderen", "mor", "moren", "moderen",
            ],
        );
    if m.has(KEY) || !asked {
        return;
    }
    let words = u.all_words();
    let with_us = has(
        &words,
        &["нами", "тут", "разом", "поруч", "надворі", "машині", "обоє"],
    ) || words
        .windows(2)
        .any(|w| w == ["зі", "мною"] && !has(&words, &["не"]));
    let follows = starts(
        &words,
        &["приїд", "приєдна", "переїжджає", "переїздить", "переїде"],
    );
    let serves = has(
        &words,
        &[
            "служить",
            "воює",
            "фронті",
            "війні",
            "зсу",
            "армії",
            "рейсі",
            "вахті",
            "полоні",
            "тюрмі",
            "в'язниці",
        ],
    );
    let remains = starts(
        &words,
        &[
            "лишив",
            "лишил",
            "лишаєт",
            "залишив",
            "залишил",
            "залишаєт",
            "зоста",
        ],
    );
    // «Він у Польщі», «у Тромсе»: a place that is no person.
    let place = u.sentences.iter().filter(|s| !s.question).any(|s| {
        s.words.clone().skip(1).any(|at| {
            matches!(u.token(at - 1).text.as_str(), "у" | "в" | "на")
                && s.words.contains(&(at - 1))
                && (u.token(at).capital || !u.written)
                && !matches!(
                    u.token(at).text.as_str(),
                    "мене" | "нас" | "нього" | "неї" | "нам"
                )
        })
    });
    let third = has(&words, &["він", "вона"]) || words.len() <= 8;
    let dead = starts(&words, &["помер", "загин"]);
    // "Jeres mor, altså din kone?" is none of the citizen's children's who is not with one of them.
    let own = staff_says(m, &["jeres", "din", "dit"]);
    if with_us || follows || dead || own || !(serves || remains || place && third) {
        return;
    }
    let heard = Heard::new(false, u.evidence(0..0), 0.6).unsure(true);
    m.hear(KEY, heard);
}
