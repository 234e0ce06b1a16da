//! How many they are, told as a sum or by naming all of them: «разом семеро виходить», «вісім душ», «я, дружина, двоє
//! дітей і теща».

use super::*;

const KEY: &str = "household.count";
/// For how many turns at the start people say with whom they came.
const EARLY: usize = 6;

/// Takes the number where it is told so.
pub(super) fn read(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let open = listing(m) || crate::reader::roster::is_asked(m) || m.talked <= EARLY;
    if m.mover != 0 || m.asked.asks(Topic::RelativesAbroad) {
        return;
    }
    let found = moving_together(u)
        .or_else(|| summed(u).filter(|_| open))
        .or_else(|| named_all(u).filter(|_| open))
        .or_else(|| company(m, u));
    let Some((count, words)) = found.filter(|(count, _)| (2..=12).contains(count)) else {
        return;
    };
    // "Er I to, der flytter?" – «Так, я і дружина Олена.»: those who are counted come along.
    let counted = m
        .staff_count
        .is_some_and(|(turn, staff)| turn + 1 == m.turns && staff as u64 == count);
    if counted && !m.asked.statement {
        let bytes = u.bytes(&words);
        for pointer in refs
            .iter()
            .filter(|r| !r.pronoun && bytes.contains(&r.bytes.start))
        {
            if let Who::Person(id) = pointer.who
                && m.person(id)
                    .is_some_and(|p| p.moves.is_none() && p.kin.is_some())
            {
                set(m, id, true);
            }
        }
    }
    let said = m
        .belief(KEY)
        .and_then(|b| b.value())
        .and_then(serde_json::Value::as_u64);
    if said == Some(count) {
        return;
    }
    let act = if said.is_some() {
        Act::Correct
    } else {
        Act::Say
    };
    let heard = Heard::new(count, u.evidence_of_words(&words), 0.75).act(act);
    m.hear(KEY, heard.unsure(said.is_some()));
}

/// «Разом семеро», «п'ятеро, словом», «вісім душ»: the last one that is told so.
fn summed(u: &Utterance<'_>) -> Option<(u64, Range<usize>)> {
    let words = u.all_words();
    let found = u.numbers().iter().rev().find(|hit| {
        let (at, next) = (u.word_at(hit.span.start), u.word_at(hit.span.end));
        let before = &words[at.saturating_sub(2)..at];
        let after = words.get(next).copied().unwrap_or("");
        let collective = hit.value.form == tolkebot_values::numbers::Form::Collective;
        let sums = |w: &&str| {
            matches!(
                *w,
                "разом"
                    | "всього"
                    | "усього"
                    | "виходить"
                    | "тож"
                    | "отже"
                    | "словом"
                    | "загалом"
                    | "вкупі"
            )
        };
        let souls = matches!(after, "душ" | "осіб" | "душі" | "ротів")
            // «Четверо, ну, троє і собака, тобто троє людей»
            || after == "людей" && before.iter().any(|w| matches!(*w, "тобто" | "нас"));
        let told = before.iter().any(sums) || sums(&after) && !follows(&words, next + 1);
        let past = before
            .iter()
            .any(|w| matches!(*w, "було" | "були" | "раніше" | "там" | "на" | "для"));
        let things = crate::reader::kin::kin(after, Lang::Uk).is_some()
            || ["рок", "рік", "міс", "день", "дн", "тижн", "кімнат", "год"]
                .iter()
                .any(|stem| after.starts_with(stem));
        !past && !things && (collective && told || souls)
    })?;
    let (at, next) = (u.word_at(found.span.start), u.word_at(found.span.end));
    Some((found.value.value, at..next))
}

/// «Переїжджаємо ми всі вчотирьох», «ми втрьох виїжджаємо»: so many move, whenever it is told.
fn moving_together(u: &Utterance<'_>) -> Option<(u64, Range<usize>)> {
    let words = u.all_words();
    let count = |w: &str| {
        Some(match w {
            "вдвох" | "удвох" => 2,
            "втрьох" | "утрьох" => 3,
            "вчотирьох" | "учотирьох" => 4,
            "вп'ятьох" | "уп'ятьох" => 5,
            _ => return None,
        })
    };
    let moves = |w: &&str| {
        ["переїжджа", "виїжджа", "перебира", "переселя", "з'їжджа"]
            .iter()
            .any(|stem| w.starts_with(stem))
            && ["мо", "мось", "мося", "єм", "ем"]
                .iter()
                .any(|end| w.ends_with(end))
    };
    words.iter().enumerate().find_map(|(at, w)| {
        let count = count(w)?;
        let near = &words[at.saturating_sub(4)..(at + 4).min(words.len())];
        let other = near
            .iter()
            .any(|w| matches!(*w, "там" | "не" | "було" | "були" | "вони"));
        (near.iter().any(moves) && !other).then_some((count, at..at + 1))
    })
}

/// "Så er I tre.", "I er to, så", "fem i alt", "så anmelder du for tre": the employee's sum, to be asked about.
pub(super) fn of_employee(m: &mut Memory, u: &Utterance<'_>) {
    if m.has(KEY) || m.mover != 0 {
        return;
    }
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        let Some((count, at)) = danish_sum(&words) else {
            continue;
        };
        let start = sentence.words.start + at;
        let heard = Heard::new(count, u.evidence_of_words(&(start..start + 1)), 0.7);
        m.hear(KEY, heard.unsure(true));
        return;
    }
}

fn danish_sum(words: &[&str]) -> Option<(u64, usize)> {
    let others = words.iter().any(|w| {
        matches!(
            *w,
            "bor"
                | "der"
                | "huset"
                | "lejligheden"
                | "år"
                | "står"
                | "voksne"
                | "var"
                | "hvis"
                | "ikke"
                | "eller"
        ) || w.starts_with("børn")
            || w.starts_with("registre")
            || w.starts_with("tilmeld")
    });
    if others {
        return None;
    }
    words.iter().enumerate().find_map(|(at, w)| {
        let count = match *w {
            "to" => 2,
            "tre" => 3,
            "fire" => 4,
            "fem" => 5,
            "seks" => 6,
            _ => return None,
        };
        let ends = matches!(
            words.get(at + 1..),
            Some([] | ["så" | "altså" | "nu" | "alt" | "personer" | "i", ..])
        );
        let sums = match &words[..at] {
            [.., "er" | "bliver", "i"] | [.., "i", "er" | "bliver"] => ends,
            [.., "anmelder" | "melder", "for"] | [.., "anmelder" | "melder", "du", "for"] => ends,
            _ => matches!(words.get(at + 1..), Some(["i", "alt", ..])),
        };
        sums.then_some((count, at))
    })
}

/// Whether a number stands there: «виходить чотири» belongs to what follows.
fn follows(words: &[&str], at: usize) -> bool {
    words.get(at).is_some_and(|w| few(w).is_some())
}

/// «Я, моя дружина, її мама і двоє малих»: everybody is named, and nothing else is said.
fn named_all(u: &Utterance<'_>) -> Option<(u64, Range<usize>)> {
    let (count, words) = u
        .sentences
        .iter()
        .filter(|s| !s.question)
        .find_map(|s| counted_up(u, &s.words))?;
    // «Я Марія, чоловік Андрій. Старша Єва, менший Федір.»: the list goes on in another sentence.
    let bytes = u.bytes(&words);
    let more = u
        .names()
        .iter()
        .any(|f| f.value.given().is_some() && !bytes.contains(&f.span.start))
        || (0..u.word_tokens.len()).any(|at| {
            !words.contains(&at) && crate::reader::kin::kin(&u.token(at).text, Lang::Uk).is_some()
        });
    (!more).then_some((count, words))
}

/// "Hvem flytter med?" – «Дружина і син.», "flytter du alene?" – «Ні, з дружиною Оленою й сином»: who comes beside the one
/// who speaks, and nothing else is said.
fn company(m: &Memory, u: &Utterance<'_>) -> Option<(u64, Range<usize>)> {
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let asked = m.asked.asks_any(&[Topic::WhoMoves, Topic::Alone])
        && says(&["med", "alene", "sammen"])
        && (says(&["hvem", "nogen", "andre", "flere"]) || says(&["alene"]));
    let of_one = m.asked.kin().is_some()
        || m.asked_person.is_some()
        || says(&["bliver", "bor", "boede", "der"]);
    let mut sentences = u.sentences.iter();
    let (only, rest) = (sentences.next()?, sentences.next());
    if !asked || of_one || rest.is_some() || only.question {
        return None;
    }
    let words = u.words(only.words.clone());
    let lead = words
        .iter()
        .take_while(|w| {
            matches!(
                **w,
                "ні" | "нє"
                    | "так"
                    | "зі"
                    | "з"
                    | "із"
                    | "мною"
                    | "тільки"
                    | "лише"
                    | "ще"
                    | "ну"
            )
        })
        .count();
    let denied = words[..lead].iter().any(|w| matches!(*w, "ні" | "нє"));
    // "Flytter du alene?" – «Так, …» is another answer.
    if says(&["alene"]) && !denied {
        return None;
    }
    let list = only.words.start + lead..only.words.end;
    let (relatives, count) = listed(u, &list, 1)?;
    (relatives > 0).then_some((count, list))
}

fn counted_up(u: &Utterance<'_>, range: &Range<usize>) -> Option<(u64, Range<usize>)> {
    let words = u.words(range.clone());
    let first = words.iter().position(|w| matches!(*w, "я" | "ми"))?;
    // «Та не я, свекруха»
    if first > 0 && words[first - 1] == "не" {
        return None;
    }
    // «Бо я …», «що я …»: a clause of its own.
    if first > 0
        && u.tokens
            .get(u.word_tokens[range.start + first] - 1)
            .is_some_and(|t| t.is_word())
        && first > 2
    {
        return None;
    }
    // «Я його онука», «я бабуся»: who the citizen is. «Ми з сином» alone may be said of who came to the counter.
    let sign = u
        .tokens
        .get(u.word_tokens[range.start + first] + 1)
        .is_some_and(|t| !t.is_word());
    let joint = words
        .get(first + 1)
        .is_some_and(|w| matches!(*w, "і" | "й" | "та" | "з" | "із" | "зі" | "плюс"));
    let thin = !(sign || joint) || words[first] == "ми";
    let list = range.start + first..range.end;
    let (relatives, count) = listed(u, &list, 0)?;
    (relatives > u64::from(thin) && count > 1).then_some((count, list))
}

/// How many relatives a list names and how many people there are with those counted before; `None` where the words are
/// no list.
fn listed(u: &Utterance<'_>, range: &Range<usize>, counted: u64) -> Option<(u64, u64)> {
    let words = u.words(range.clone());
    let names = |at: usize| {
        let start = u.token(range.start + at).span.start;
        u.names()
            .iter()
            .any(|f| f.span.start <= start && start < f.span.end)
    };
    let (mut count, mut at, mut relatives, mut number) = (counted, 0, 0, None);
    let mut open = false;
    // «Матвій, син»: what the one is who was named right before.
    let mut named = false;
    while at < words.len() {
        let word = words[at];
        if word == "я"
            || word == "ми"
                && words
                    .get(at + 1)
                    .is_some_and(|w| matches!(*w, "з" | "із" | "зі"))
        {
            count += 1;
            open = word == "я";
        } else if let Some(n) = few(word) {
            number = Some(n);
            open = false;
        } else if let Some(kin) = crate::reader::kin::kin(word, Lang::Uk) {
            match (number.take(), kin) {
                (_, Kin::Landlord) => return None,
                (Some(n), _) => count += n,
                (None, Kin::Children) => return None,
                (None, _) if named => {}
                (None, _) => count += 1,
            }
            relatives += 1;
            (open, named) = (true, false);
        } else if let Some(n) = number.filter(|_| matches!(word, "наших" | "моїх" | "своїх"))
        {
            (count, relatives, number) = (count + n, relatives + 1, None);
        } else if word == "батьки" || word == "батьками" {
            count += 2;
            relatives += 1;
        } else if names(at) {
            // A name alone is told of whoever stands before it, but «я й Соломія» are two.
            let beside =
                at > 0 && matches!(words[at - 1], "і" | "й" | "та" | "плюс" | "з" | "із" | "зі");
            match (open, beside) {
                (true, false) => {}
                (_, true) => {
                    count += 1;
                    relatives += 1;
                    (open, named) = (true, true);
                }
                (false, false) => return None,
            }
        } else if joins(word) {
            named &= matches!(word, "мій" | "моя" | "наш" | "наша" | "ну");
            open &= !matches!(word, "і" | "й" | "та" | "плюс" | "ще");
        } else {
            return None;
        }
        at += 1;
    }
    number.is_none().then_some((relatives, count))
}

/// Words that stand in a list of people and count nobody.
fn joins(word: &str) -> bool {
    matches!(
        word,
        "і" | "й"
            | "та"
            | "плюс"
            | "ще"
            | "також"
            | "з"
            | "із"
            | "зі"
            | "мій"
            | "моя"
            | "моє"
            | "мої"
            | "моїм"
            | "моєю"
            | "наш"
            | "наша"
            | "наші"
            | "його"
            | "її"
            | "наш-то"
            | "ну"
            | "ой"
            | "оце"
            | "от"
            | "ось"
            | "а"
            | "чоловікова"
            | "жінчина"
            | "дружинина"
            | "разом"
            | "всі"
            | "усі"
            | "старший"
            | "старша"
            | "менший"
            | "менша"
            | "молодший"
            | "молодша"
            | "звичайно"
    )
}

fn few(word: &str) -> Option<u64> {
    Some(match word {
        "двоє" | "двох" | "двома" | "два" | "дві" | "двійко" => 2,
        "троє" | "трьох" | "трьома" | "три" | "трійко" => 3,
        "четверо" | "чотирьох" | "чотири" => 4,
        "п'ятеро" | "п'ять" => 5,
        _ => return None,
    })
}
