//! Numbers and addresses that turn out to be nobody's at the counter: «стоп, це ж Олегова картка», «а, ні, це лікарня»,
//! «не мій, жінчин».

use super::*;

/// A number read off somebody else's card, as the citizen notices right behind it.
pub(super) fn off_another_card(u: &Utterance<'_>, span: &Range<usize>) -> bool {
    if u.is_staff() {
        return false;
    }
    let from = u.word_at(span.end);
    let words = u.words(from..(from + 6).min(u.word_tokens.len()));
    let filler = |w: &str| {
        matches!(
            w,
            "стоп"
                | "ой"
                | "ні"
                | "чекайте"
                | "зачекайте"
                | "а"
                | "це"
                | "то"
                | "ж"
                | "же"
        )
    };
    let Some(at) = words.iter().position(|w| !filler(w)) else {
        return false;
    };
    let told = words[..at].iter().any(|w| matches!(*w, "це" | "то"));
    let card = words.get(at + 1).is_some_and(|w| {
        ["карт", "номер", "паспорт", "код"]
            .iter()
            .any(|stem| w.starts_with(stem))
    });
    told && card && of_somebody(words[at])
}

/// «Це ж у брата день народження! Я не ту картку взяв»: the number that was read off it is asked about again.
pub(super) fn wrong_card(m: &mut Memory, u: &Utterance<'_>) {
    let wrong = u.all_words().windows(3).any(|w| {
        w[0] == "не"
            && matches!(w[1], "ту" | "той" | "те")
            && ["карт", "номер", "паспорт"]
                .iter()
                .any(|stem| w[2].starts_with(stem))
    });
    if u.is_staff() || m.mover != 0 || !wrong {
        return;
    }
    if let Some(belief) = m.beliefs.get_mut(&Memory::key(0, "cpr_number")) {
        belief.contest();
    }
}

/// «Олегова», «мамин», «жінчин»: whose something is.
fn of_somebody(word: &str) -> bool {
    word.chars().count() >= 5
        && [
            "ова", "ева", "єва", "ина", "їна", "ин", "їн", "ів", "їв", "ове", "ине",
        ]
        .iter()
        .any(|end| word.ends_with(end))
}

/// For how many turns back a value may be disowned.
const RECENT: u32 = 3;

/// "Er det dit?" – «А, ні, це лікарня», "og telefonen …" – «не мій, жінчин»: what was taken for the citizen's is not.
pub(super) fn not_own(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    let words = u.all_words();
    let opening = &words[..words.len().min(5)];
    let not_my = opening
        .windows(2)
        .any(|w| matches!(w, ["не", "мій" | "моя" | "моє"]));
    let yours = m.asked.is_about(Target::You)
        && m.staff_words.len() <= 9
        && m.staff_words.iter().any(|w| {
            w.contains("nummer")
                || w.starts_with("telefon")
                || w.starts_with("mail")
                || w.starts_with("mobil")
        })
        && m.staff_words
            .windows(3)
            .any(|w| w[0] == "er" && w[1] == "det" && matches!(w[2].as_str(), "dit" | "din"));
    let no = opening.contains(&"ні") && !opening.contains(&"мій") && !opening.contains(&"моя");
    let denied = not_my || yours && no;
    if !denied {
        return;
    }
    let latest = |field: &str| {
        let slot = m.belief(&Memory::key(0, field))?.slot()?;
        slot.evidence.iter().map(|e| e.turn).max()
    };
    let newest = ["phone", "cpr_number", "email"]
        .into_iter()
        .filter_map(|field| Some((latest(field)?, field)))
        .filter(|(turn, _)| turn + RECENT >= u.turn.n)
        .max();
    if let Some((_, field)) = newest {
        m.forget(&Memory::key(0, field));
        if field == "phone" {
            m.last_phone = None;
        }
    }
}

/// "Din far er altså født i fireoghalvfjerds?" – «Та ні, це я! Я свій і назвав»: of who reports for somebody else, and
/// not the mover's.
pub(super) fn reporters_own(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover == 0 {
        return;
    }
    let words = u.all_words();
    let mine = words.windows(2).any(|w| {
        matches!(
            w,
            ["це" | "то", "я" | "мій" | "моє" | "мої"]
                | ["мій", "номер"]
                | [
                    "свій",
                    "назвав" | "назвала" | "сказав" | "сказала" | "дав" | "дала"
                ]
        )
    }) || words
        .windows(3)
        .any(|w| matches!(w, ["свій", "і" | "й" | "вам", _]));
    let takes_back = m.objected
        || words
            .iter()
            .any(|w| w.starts_with("вибач") || w.starts_with("перепро") || *w == "ой");
    let key = Memory::key(m.mover, "cpr_number");
    let latest = m
        .belief(&key)
        .and_then(|b| b.slot())
        .and_then(|s| s.evidence.iter().map(|e| e.turn).max());
    if mine && takes_back && latest.is_some_and(|turn| turn + RECENT >= u.turn.n) {
        m.forget(&key);
        m.forget(&Memory::key(m.mover, "birth_date"));
        m.last_cpr = None;
    }
}
