//! Whom a pronoun means.

use super::*;

/// «він», "hendes", «моя»: who is meant, `None` where nobody is.
pub(super) fn pronoun(m: &Memory, u: &Utterance<'_>, word: usize, refs: &[Ref]) -> Option<Who> {
    let text = u.token(word).text.as_str();
    let sex = match (u.lang(), text) {
        (
            Lang::Uk,
            "я" | "мій" | "моя" | "моє" | "мене" | "мені" | "мого" | "моєї" | "свій" | "моїй",
        ) => {
            // «Номер у мене на фото» of whoever reports for another: who has it, and not whose it is.
            let before = word.checked_sub(1).map_or("", |b| u.token(b).text.as_str());
            if text == "мене" && m.mover != 0 && matches!(before, "у" | "в") {
                return None;
            }
            // «Марко мій, від першого шлюбу»: whose child it is, and still the child.
            let named_before = text.starts_with("мо") || text == "мій";
            if named_before
                && refs.last().is_some_and(|r| {
                    !r.pronoun
                        && matches!(r.who, Who::Person(_))
                        && u.word_at(r.bytes.end) == word
                        && u.said[r.bytes.end..].starts_with(' ')
                })
            {
                return None;
            }
            // «на моє прізвище», «прізвище моє»: whose surname, and nobody's number.
            let surname = |at: usize| {
                u.word_tokens
                    .get(at)
                    .is_some_and(|_| u.token(at).text.starts_with("прізвищ"))
            };
            if named_before && (surname(word + 1) || word > 0 && surname(word - 1)) {
                return None;
            }
            // «мого чоловіка», «моя донька»: the relative is meant.
            let next = u
                .word_tokens
                .get(word + 1)
                .map(|_| u.token(word + 1).text.as_str());
            return next
                .is_none_or(|n| kin(n, Lang::Uk).is_none())
                .then_some(Who::Me);
        }
        (Lang::Da, "du" | "dit" | "din" | "dig" | "dine") => {
            let next = u
                .word_tokens
                .get(word + 1)
                .map(|_| u.token(word + 1).text.as_str());
            return next
                .is_none_or(|n| kin(n, Lang::Da).is_none())
                .then_some(Who::Me);
        }
        (Lang::Uk, "його") if is_the_number(m, u, word) => return None,
        (Lang::Uk, "його" | "йому" | "нього" | "він" | "ним")
        | (Lang::Da, "hans" | "han" | "ham") => Sex::Male,
        (Lang::Uk, "її" | "їй" | "неї" | "вона" | "нею")
        | (Lang::Da, "hendes" | "hun" | "hende") => Sex::Female,
        _ => return None,
    };
    // «бо десятого в мами. Ось її картка»: where somebody is, is not who is meant.
    let placed = |r: &Ref| {
        let at = u.word_at(r.bytes.start);
        let before = at.checked_sub(1).map_or("", |b| u.token(b).text.as_str());
        matches!(before, "в" | "у" | "до" | "від" | "біля" | "без")
    };
    // Whoever was named last in this breath and can be meant.
    let refs: Vec<Ref> = refs.iter().filter(|r| !placed(r)).cloned().collect();
    let here = refs
        .iter()
        .rev()
        .filter(|r| !r.pronoun)
        .find_map(|r| match r.who {
            Who::Person(id) => m
                .person(id)
                .filter(|p| p.sex != Some(opposite(sex)))
                .map(|p| p.id),
            _ => None,
        });
    let mut named: Vec<Who> = refs
        .iter()
        .filter(|r| !r.pronoun && matches!(r.who, Who::Person(_)))
        .map(|r| r.who)
        .collect();
    named.dedup();
    let several = named.len() > 1;
    if let Some(id) = here.filter(|_| !several) {
        return Some(Who::Person(id));
    }
    // «Чоловік помер … Ось свідоцтво сина. Він зі мною»: of the dead nobody says where they live.
    let widowed = m.text("arrival.marital_status") == Some("E")
        || m.has(crate::reader::couples::WIDOWED)
        || u.all_words().iter().any(|w| {
            ["помер", "загину", "вдова", "вдівець"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    let dead = |p: &crate::reader::memory::Person| widowed && p.kin.is_some_and(Kin::is_couple);
    let best = m
        .people
        .iter()
        .filter(|p| p.id != 0 && p.sex != Some(opposite(sex)) && !dead(p))
        .max_by_key(|p| {
            let adult = !p.kin.is_some_and(Kin::is_child);
            (
                p.last_turn + 1 >= m.turns,
                p.sex == Some(sex),
                adult,
                p.last_turn,
            )
        })?;
    Some(Who::Person(best.id))
}
