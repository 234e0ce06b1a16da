//! How many move.

use super::*;
use crate::state::PersonId;

/// «Двоє дітей», «дві доньки» where it is told who comes along: so many children there should be.
pub(super) fn children_told(m: &mut Memory, u: &Utterance<'_>) {
    if u.is_staff() || m.mover != 0 || m.asked.asks(Topic::RelativesAbroad) {
        return;
    }
    let listing = m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
        || m.asked.kin().is_some_and(Kin::is_child);
    let words = u.all_words();
    let apart = words
        .iter()
        .any(|w| w.contains("лиша") || w.contains("лиши"));
    let told = u.numbers().iter().find_map(|hit| {
        let next = u.word_at(hit.span.end);
        let children = words
            .get(next..(next + 2).min(words.len()))
            .unwrap_or_default()
            .iter()
            .any(|w| crate::reader::kin::kin(w, Lang::Uk).is_some_and(Kin::is_child));
        let few = (2..=9).contains(&hit.value.value);
        (children && few).then_some(hit.value.value as usize)
    });
    if listing && !apart && told.is_some() {
        m.children_told = told;
    }
}

/// «Шестеро нас!» to "hvor mange er I, der skal flyttes?"
pub(super) fn counted(m: &mut Memory, u: &Utterance<'_>) {
    if pair_moves(m, u) || with_children(m, u) || all_of_us(m, u) {
        return;
    }
    // «нас п'ятеро», but not «нас там двоє: вона і я».
    let words = u.all_words();
    let place = |w: &&str| matches!(*w, "там" | "тут" | "квартирі" | "будинку" | "хаті");
    let there = words.iter().any(place);
    let asked = m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]);
    let us = words.contains(&"нас") && !there && (asked || m.talked <= 3);
    let together = [
        "удвох",
        "вдвох",
        "утрьох",
        "втрьох",
        "вчотирьох",
        "учотирьох",
    ]
    .iter()
    .find_map(|word| Some((*word, words.iter().position(|w| w == word)?)));
    // «А нам тепер удвох їсти той борщ»: those who stay.
    let stay = words.contains(&"нам");
    // «Старший там з дівчиною, а ми з чоловіком удвох переїжджаємо»: the others are there.
    let here = |at: usize| {
        !words[at.saturating_sub(4)..(at + 3).min(words.len())]
            .iter()
            .any(place)
            && words[at.saturating_sub(4)..at].contains(&"ми")
    };
    if let Some((word, at)) =
        together.filter(|(_, at)| (!there || here(*at)) && !stay && (asked || m.talked <= 3))
    {
        let count = match word {
            "удвох" | "вдвох" => 2,
            "утрьох" | "втрьох" => 3,
            _ => 4,
        };
        let evidence = u.evidence_of_words(&(at..at + 1));
        m.hear("household.count", Heard::new(count, evidence, 0.75));
        return;
    }
    // "Så det er tre personer lige nu." – «Так, троє», "sidst var I tre" – «Четверо тепер»: counted again.
    let recounted = m.staff_count.is_some_and(|(turn, _)| turn + 1 == m.turns)
        && !m.asked.mentions(Topic::Custody)
        // "Skal I alle fire have ny læge?" – «Двоє»
        && m.asked
            .questions()
            .all(|t| matches!(t, Topic::WhoMoves | Topic::HowMany | Topic::Alone))
        && u.numbers().first().is_some_and(|f| {
            let at = u.word_at(f.span.start);
            // "Og alle tre hedder Panchuk?" – «Усі троє»: those whom the question is about.
            let all = words[..at].iter().any(|w| matches!(*w, "усі" | "всі"));
            at <= 1 && !all && !words[at].starts_with("обо") && !words[at].starts_with("обид")
        });
    // "Så dem, der flytter, er dig, din mand og Darynka?" – «Виходить, троє»
    let summed = m.has("household.count")
        && matches!(
            words.first(),
            Some(&("виходить" | "значить" | "отже" | "разом"))
        )
        && found_second(u);
    if !m.asked.asks(Topic::HowMany) && !us && !recounted && !summed {
        return;
    }
    let found = u.numbers();
    let only = found.len() == 1 && !us && !recounted;
    // «П'ятеро, якщо з собакою. А по-людськи четверо»: animals are not counted.
    let with_animal = |at: usize| {
        let words = u.words(at..(at + 5).min(words.len()));
        words
            .windows(2)
            .any(|w| w[0] == "з" && counts_no(w[1]) || counts_no(w[0]))
    };
    // «Нас було п'ятеро …, тепер троє», «нас буде троє! Ну, поки двоє»: as many as there are now.
    let near = |at: usize, list: &[&str]| {
        words[at.saturating_sub(2)..at]
            .iter()
            .any(|w| list.contains(w))
    };
    let fits = |f: &&tolkebot_values::Found<tolkebot_values::numbers::Number>| {
        let at = u.word_at(f.span.start);
        !with_animal(u.word_at(f.span.end))
            && !near(at, &["було", "були", "раніше"])
            && (f.value.form == tolkebot_values::numbers::Form::Collective || only)
    };
    let hit = found
        .iter()
        .filter(fits)
        .find(|f| {
            near(
                u.word_at(f.span.start),
                &["тепер", "зараз", "поки", "насправді"],
            )
        })
        // «Троє. Ні, четверо, ще бабуся»
        .or_else(|| {
            let taken_back = |f: &&tolkebot_values::Found<tolkebot_values::numbers::Number>| {
                let at = u.word_at(f.span.start);
                at >= 2 && matches!(words[at - 1], "ні" | "ой" | "вибачте" | "тобто" | "точніше")
            };
            found.iter().filter(fits).rfind(taken_back)
        })
        .or_else(|| found.iter().find(fits));
    if let Some(hit) = hit.filter(|f| (1..=20).contains(&f.value.value)) {
        let evidence = u.evidence(hit.span.clone());
        // «Троє або четверо»: nobody knows yet.
        let next = u.word_at(hit.span.end);
        let or_another = words.get(next).is_some_and(|w| matches!(*w, "або" | "чи"))
            && found
                .iter()
                .any(|other| u.word_at(other.span.start) == next + 1);
        m.hear(
            "household.count",
            Heard::new(hit.value.value, evidence, 0.8).unsure(or_another),
        );
    }
}

/// The second word is a number.
fn found_second(u: &Utterance<'_>) -> bool {
    u.numbers()
        .first()
        .is_some_and(|f| u.word_at(f.span.start) == 1)
}

/// «П'ятеро нас, але їдемо тільки ми з мамою», «батьки лишаються, а ми з сестрою вибираємося»: two, where others of
/// the household are told apart from them.
fn pair_moves(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let apart = |w: &&str| {
        matches!(*w, "тільки" | "лише" | "лиш" | "удвох" | "вдвох")
            || ["лиша", "залиша", "лиши", "залиши", "зоста"]
                .iter()
                .any(|stem| w.starts_with(stem))
    };
    let words = u.all_words();
    if m.mover != 0 || !words.iter().any(apart) {
        return false;
    }
    let moves = |w: &&str| {
        [
            "їдемо",
            "переїжджа",
            "переїзд",
            "переїд",
            "вибира",
            "перебира",
            "перебер",
            "переселя",
            "з'їжджа",
            "виїжджа",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
            && (w.ends_with("мо")
                || w.ends_with("мось")
                || w.ends_with("мося")
                || w.ends_with("єм"))
    };
    let pair = (2..words.len()).find(|at| {
        let own = matches!(words[at - 1], "моєю" | "моїм" | "нашою" | "нашим");
        let with = if own { at.wrapping_sub(2) } else { at - 1 };
        let we = with.checked_sub(1).is_some_and(|we| words[we] == "ми")
            && matches!(words[with], "з" | "із" | "зі");
        let one = crate::reader::kin::kin(words[*at], Lang::Uk)
            .is_some_and(|kin| !matches!(kin, Kin::Children | Kin::Landlord));
        let follows = &words[at + 1..(at + 4).min(words.len())];
        let more = follows
            .iter()
            .take(2)
            .any(|w| matches!(*w, "і" | "й" | "та" | "ще" | "плюс"))
            || follows
                .iter()
                .any(|w| crate::reader::kin::kin(w, Lang::Uk).is_some_and(Kin::is_child));
        let before = &words[with.saturating_sub(4)..with];
        we && one && !more && (before.iter().any(moves) || follows.iter().any(moves))
    });
    let Some(at) = pair else { return false };
    let heard = Heard::new(2, u.evidence_of_words(&(at - 2..at + 1)), 0.8);
    m.hear("household.count", heard);
    true
}

/// «Я і троє діток», «ми з чоловіком і двоє дітей»: the grown-ups and so many children.
fn with_children(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let key = "household.count";
    let words = u.all_words();
    let elsewhere = words.iter().any(|w| {
        matches!(
            *w,
            "лишається"
                | "лишаються"
                | "лишилися"
                | "україні"
                | "вдома"
                | "там"
                | "ні"
        )
    });
    let moves = m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]) || m.talked <= 4;
    if m.has(key) || elsewhere || !moves {
        return false;
    }
    for hit in u.numbers() {
        if !(2..=8).contains(&hit.value.value) {
            continue;
        }
        let (first, next) = (u.word_at(hit.span.start), u.word_at(hit.span.end));
        let children = words.get(next).is_some_and(|w| {
            crate::reader::kin::kin(w, Lang::Uk) == Some(Kin::Children) || *w == "малих"
        });
        let before = u.words(first.saturating_sub(4)..first);
        let grown = match before.as_slice() {
            [.., "я", "і" | "й" | "та" | "з" | "плюс"] | [.., "я", "та" | "і", "ще"] => {
                1
            }
            // «Я одна з двома дітьми»
            [.., "сам" | "сама" | "один" | "одна", "з" | "із" | "зі"] => 1,
            // «Двоє дорослих і троє дітей»
            [.., number, "дорослих"] | [.., number, "дорослих", "і" | "й" | "та"] => {
                match *number {
                    "двоє" | "два" => 2,
                    "троє" | "три" => 3,
                    "четверо" | "чотири" => 4,
                    _ => continue,
                }
            }
            [.., "я", a, "і" | "й" | "та"]
            | [.., "я", "і" | "й" | "та" | "з", a, "і" | "й" | "та"]
            | [.., "ми", "з" | "із", a, "і" | "й" | "та"]
                if crate::reader::kin::kin(a, Lang::Uk).is_some_and(Kin::is_couple) =>
            {
                2
            }
            _ => continue,
        };
        if children {
            let count = hit.value.value + grown;
            let heard = Heard::new(count, u.evidence(hit.span.clone()), 0.75);
            m.hear(key, heard);
            return true;
        }
    }
    false
}

/// «Моїх нікого, всі четверо тут»: so many are we, asked who comes along or stays.
fn all_of_us(m: &mut Memory, u: &Utterance<'_>) -> bool {
    let key = "household.count";
    let asked = m
        .asked
        .asks_any(&[Topic::WhoMoves, Topic::HowMany, Topic::Remaining]);
    if m.has(key) || !asked {
        return false;
    }
    let words = u.all_words();
    let hit = u.numbers().iter().find(|f| {
        let at = u.word_at(f.span.start);
        f.value.form == tolkebot_values::numbers::Form::Collective
            && at > 0
            && matches!(words[at - 1], "всі" | "усі")
            && (2..=12).contains(&f.value.value)
    });
    let Some(hit) = hit else { return false };
    let heard = Heard::new(hit.value.value, u.evidence(hit.span.clone()), 0.75);
    m.hear(key, heard);
    true
}

/// «Нас троє: я, сестра і бабуся»: who is counted up moves along.
pub(super) fn counted_out(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.talked > 4 && !m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany]) || m.mover != 0 {
        return;
    }
    for sentence in &u.sentences {
        let words = u.words(sentence.words.clone());
        let Some(at) = words.windows(3).position(|w| {
            w[0] == "нас"
                && matches!(w[1], "двоє" | "троє" | "четверо" | "п'ятеро" | "шестеро")
                && matches!(w[2], "я" | "чоловік" | "дружина")
        }) else {
            continue;
        };
        let from = u.token(sentence.words.start + at).span.start;
        let listed: Vec<PersonId> = refs
            .iter()
            .filter(|r| !r.pronoun && from < r.bytes.start && r.bytes.end <= sentence.bytes.end)
            .filter_map(|r| match r.who {
                Who::Person(id) => Some(id),
                Who::Me => None,
            })
            .collect();
        for id in listed {
            let related = m.person(id).is_some_and(|p| {
                p.moves.is_none()
                    && p.kin
                        .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Friend))
            });
            if related && m.host != Some(id) {
                set(m, id, true);
            }
        }
    }
}

/// "Skal I alle tre have ny adresse?", "er det kun jer tre?": how many the employee takes it to be.
pub(super) fn by_staff(m: &mut Memory, u: &Utterance<'_>) {
    let words = u.all_words();
    let count = |w: &str| match w {
        "to" => Some(2),
        "tre" => Some(3),
        "fire" => Some(4),
        "fem" => Some(5),
        "seks" => Some(6),
        "syv" => Some(7),
        _ => None,
    };
    for at in 1..words.len() {
        // "Så det er tre personer", "er I stadig fire?"
        let all = matches!(words[at - 1], "alle" | "jer")
            || words
                .get(at + 1)
                .is_some_and(|w| matches!(*w, "personer" | "mennesker"))
                && matches!(words[at - 1], "er" | "bliver" | "kun" | "så")
                && !words.iter().any(|w| matches!(*w, "bor" | "der" | "må" | "plads"))
            // "Sidst var I tre", but "i tre år" is a time.
            // "Så skriver jeg to nu."
            || at >= 2
                && words[at - 2] == "skriver"
                && words[at - 1] == "jeg"
                && words.get(at + 1).is_none_or(|w| matches!(*w, "nu" | "i" | "for" | "lige" | "den"))
            || at >= 2
                && (words[at - 1] == "i" && matches!(words[at - 2], "er" | "var" | "bliver" | "står")
                    // "Så I er tre?"
                    || words[at - 2] == "i"
                        && matches!(words[at - 1], "er" | "bliver")
                        && matches!(words.get(at + 1..), Some([] | ["i", "alt", ..] | ["der", ..])))
                // "lejligheden er i to plan"
                && words.get(at + 1).is_none_or(|w| {
                    matches!(*w, "i" | "er" | "stadig" | "nu" | "alt" | "lige" | "der" | "tilmeldt" | "registreret")
                });
        // "Alle tre børn", "alle fire numre"
        let noun = words.get(at + 1).is_some_and(|w| {
            [
                "børn", "dreng", "pige", "unge", "num", "sted", "dag", "gang", "papir", "værelse",
                "trappe",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        });
        if let Some(count) = count(words[at]).filter(|_| all && !noun) {
            // "Sidst var I tre": what was so once is only counted anew.
            let once = words[at.saturating_sub(3)..at]
                .iter()
                .any(|w| matches!(*w, "var" | "står"));
            m.staff_count = Some((m.turns, if once { 0 } else { count }));
        }
    }
}

/// "Så I er tre?" – «Ні, четверо.», «ні, нас двоє»
fn put_right(u: &Utterance<'_>) -> Option<(u64, Range<usize>)> {
    let words = u.all_words();
    if !matches!(words.first(), Some(&("ні" | "нє"))) {
        return None;
    }
    let number = u.numbers().first()?;
    let (at, next) = (u.word_at(number.span.start), u.word_at(number.span.end));
    let led = words[1..at].iter().all(|w| {
        matches!(
            *w,
            "нас" | "вже" | "тепер" | "буде" | "тільки" | "лише" | "ми"
        )
    });
    let people = number.value.form == tolkebot_values::numbers::Form::Collective;
    // «Ні, двоє дітей …» counts others.
    let pause = u
        .tokens
        .get(u.word_tokens[next - 1] + 1)
        .is_none_or(|t| !t.is_word());
    (led && people && pause && (1..=12).contains(&number.value.value))
        .then_some((number.value.value, at..next))
}

/// … and the citizen does not deny it.
pub(super) fn accepts_count(m: &mut Memory, u: &Utterance<'_>) {
    let key = "household.count";
    let Some((turn, count)) = m.staff_count else {
        return;
    };
    let staff = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let moves = m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
        || staff(&["flytter", "flytte", "adresse", "kun"])
        // "Så I er tre?"
        || m.staff_words.len() <= 5
            && m.staff_words
                .windows(2)
                .any(|w| w[0] == "i" && matches!(w[1].as_str(), "er" | "bliver"));
    let asked = turn + 1 == m.turns && moves && !m.asked.statement && !staff(&["boede"]);
    let mood = crate::reader::mood::mood(u);
    // «Чотири насправді»
    let another = u
        .numbers()
        .first()
        .is_some_and(|f| u.word_at(f.span.start) <= 1 && f.value.value != count as u64);
    let answered = turn + 1 == m.turns && !m.asked.statement && !staff(&["boede", "bor", "børn"]);
    if answered
        && let Some((right, words)) = put_right(u).filter(|(right, _)| *right != count as u64)
    {
        let act = if m.has(key) { Act::Correct } else { Act::Say };
        let heard = Heard::new(right, u.evidence_of_words(&words), 0.75);
        m.hear(key, heard.act(act));
        return;
    }
    // "Så I er tre?" – «Ні.»: nobody has said yet how many.
    let refused = answered
        && matches!(
            u.all_words().as_slice(),
            ["ні" | "нє"] | ["ні" | "нє", "ні"]
        );
    if refused && let Some(belief) = m.beliefs.get_mut(key) {
        belief.contest();
        return;
    }
    let asked = asked && !another && count > 0;
    // «Нас буде троє!» – "Så skriver jeg to nu." – «Добре»
    let told = m
        .belief(key)
        .and_then(|b| b.value())
        .and_then(serde_json::Value::as_u64);
    let written = staff(&["skriver"]) && turn + 1 == m.turns && count > 0;
    if written
        && mood.agreed
        && !mood.objected
        && !another
        && told.is_some_and(|t| t != count as u64)
    {
        let heard = Heard::new(count, u.evidence(0..0), 0.7);
        m.hear(key, heard.act(Act::Correct).unsure(true));
    }
    if asked && !mood.objected && !m.has(key) {
        let heard = Heard::new(count, u.evidence(0..0), 0.7);
        m.hear(key, heard.unsure(!mood.agreed));
    }
}

/// «З собакою», «з котом»
fn counts_no(word: &str) -> bool {
    ["кіт", "кот", "кішк", "собак", "псом", "папуг", "хом'як"]
        .iter()
        .any(|stem| word.starts_with(stem))
}
