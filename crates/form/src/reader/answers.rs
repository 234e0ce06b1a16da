//! Short answers whose meaning lies in the question.

use super::belief::{Act, Heard};
use super::facts::{Fact, YES_NO};
use super::memory::{Memory, Place};
use super::mood;
use super::plain;
use super::topic::Topic;
use super::utterance::Utterance;

/// "Er det en almen bolig?" – «Так.»
pub(super) fn dwelling(m: &mut Memory, u: &Utterance<'_>) {
    let key = "dwelling.type";
    let says = |stems: &[&str]| {
        m.staff_words
            .iter()
            .any(|w| stems.iter().any(|s| w.starts_with(s)))
    };
    let choice = m
        .staff_words
        .iter()
        .any(|w| w == "eller" || w == "hvem" || w == "hvad");
    // "Er det fremleje?" – «Так, у знайомої знімаю»: to sublet is to rent, too.
    let sublets = says(&["fremlej"])
        && super::replies::reply(u).agreed
        && !choice
        && m.text_is_now(key, "rented_private");
    if sublets {
        m.forget(key);
        m.hear(key, Heard::new("sublet", u.evidence(0..0), 0.7));
        return;
    }
    if !m.asked.asks(Topic::DwellingType)
        || choice
        || m.has(key)
        || m.heard_now.iter().any(|k| k == key)
        || !(super::replies::reply(u).agreed || of_them(u))
    {
        return;
    }
    let split = m
        .staff_words
        .windows(2)
        .any(|w| w[0] == "bolig" && w[1].starts_with("forening"));
    // "Så du flytter fra kollegiet?"
    let left = m.staff_words.iter().any(|w| {
        matches!(
            w.as_str(),
            "fra" | "boede" | "boet" | "gamle" | "forlader" | "før" | "ud"
        )
    });
    let value = if split
        || says(&[
            "almen",
            "boligforening",
            "boligselskab",
            "boligorganisation",
        ]) {
        "rented_social"
    } else if says(&["andels"]) {
        "cooperative"
    } else if says(&["kollegie"]) && !left {
        "student_hall"
    } else if says(&["fremleje"]) {
        "sublet"
    } else if says(&["privat"]) {
        "rented_private"
    // "Så du lejer af ejeren selv?"
    } else if says(&["købt", "ejer", "ejerbolig"]) && !says(&["lejer"]) && m.host.is_none() {
        "owned"
    } else {
        return;
    };
    m.hear(key, Heard::new(value, u.evidence(0..0), 0.7));
}

/// "Er det boligforeningen, du lejer af?" – «У них.»
fn of_them(u: &Utterance<'_>) -> bool {
    matches!(
        u.all_words().as_slice(),
        ["у" | "в" | "від" | "через", "них" | "неї" | "нього", ..]
            | ["їхня" | "їхній" | "їхнє" | "їх", ..]
            | [
                "саме" | "якраз",
                "вони" | "вона" | "він" | "в" | "у" | "від",
                ..
            ]
    )
}

/// "Skal du have ny læge?" – «Так.»
pub(super) fn doctor(m: &mut Memory, u: &Utterance<'_>) {
    let key = "gp.choice";
    if super::doctors::first_one(m, u)
        || super::doctors::that_of_reporter(m, u)
        || !m.asked.asks(Topic::Doctor)
    {
        return;
    }
    if m.heard_now.iter().any(|k| k == key) || super::taken_back::of_phone(m, u) {
        return;
    }
    let mood = super::replies::reply(u);
    let has = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    let never = u
        .all_words()
        .iter()
        .any(|w| matches!(*w, "нізащо" | "ніколи"));
    let mood = mood::Mood {
        objected: mood.objected || never,
        agreed: mood.agreed && !never,
        ..mood
    };
    // "Vil du have en læge herovre?"
    let here = has(&["have", "få"])
        && has(&["en", "læge"])
        && has(&["her", "herovre", "i", "heroppe", "hernede"]);
    let change = has(&["ny", "nye", "anden", "skifte", "skiftes"])
        || here && mood.agreed && m.from_abroad.is_none();
    let keep = super::doctors::asks_to_keep(m)
        || has(&[
            "beholde",
            "beholder",
            "samme",
            "behold",
            "fortsætte",
            "fortsætter",
            "fortsat",
            "stadig",
            "bevare",
            "blive",
        ])
        // "Bliver I ved jeres læge?", but "Lægerne ved Åen" is a name.
        || has(&["ved"]) && has(&["bliver", "holder"]);
    // "Skal han skifte til ham?" – «До нього.»
    let to_him = u
        .all_words()
        .windows(2)
        .next()
        .is_some_and(|w| matches!(w, ["до", "нього" | "неї" | "них"]));
    // "Vil du beholde din læge?" – «Та хай, хоч і далеко.»
    let words = u.all_words();
    let said = match words.first() {
        Some(&("та" | "а" | "ну" | "ой")) => &words[1..],
        _ => words.as_slice(),
    };
    let let_it = keep
        && !change
        && matches!(
            said,
            ["хай" | "нехай" | "най"]
                | [
                    "хай" | "нехай" | "най",
                    "хоч" | "так" | "собі" | "буде" | "вже" | "уже",
                    ..
                ]
        );
    // "Vil du beholde ham?" – «Хочу.»
    let wants = keep
        && !change
        && matches!(said, ["хочу" | "хочемо" | "хотіла" | "хотів", ..])
        && !said.contains(&"але");
    let let_it = let_it || wants || keep && !change && super::taken_back::lets_be(u);
    let mood = mood::Mood {
        agreed: mood.agreed || let_it || to_him && has(&["skifte"]) && !mood.objected,
        ..mood
    };
    // "Skal hun have den læge, der kommer på stedet?", "skal jeg skrive dig dertil?"
    let other = m.staff_words.windows(2).any(|w| {
        w[0] == "den" && w[1] == "læge"
            || (w[0].ends_with("hjemmets")
                || matches!(w[0].as_str(), "stedets" | "husets" | "familiens"))
                && w[1].starts_with("læge")
    }) || has(&["dertil"]) && has(&["skrive", "skriver", "sætte", "flytte"]);
    let change = change || other && !keep;
    let value = match (change, keep, mood.agreed, mood.objected) {
        (true, false, true, _) | (false, true, _, true) => "change",
        (true, false, _, true) | (false, true, true, _) => "keep",
        _ => return,
    };
    m.hear(key, Heard::new(value, u.evidence(0..0), 0.7));
}

/// "Beholder du den?" – «Ні, ключі здаю напередодні.»: the home of who leaves the country.
pub(super) fn keeps_home(m: &mut Memory, u: &Utterance<'_>) {
    let key = "departure.keeps_dwelling";
    let says = |list: &[&str]| m.staff_words.iter().any(|w| list.contains(&w.as_str()));
    // "Siger du lejligheden op?"
    let gives_notice = says(&["siger", "sagt", "sige"])
        && says(&["op"])
        && says(&[
            "lejligheden",
            "boligen",
            "værelset",
            "lejemålet",
            "den",
            "det",
        ]);
    let asked = (says(&["beholder", "beholde", "opsagt", "opsiger"]) || gives_notice)
        && !says(&["læge", "lægen", "familien"])
        && m.text("case.move_type") == Some("to_abroad");
    if !asked {
        return;
    }
    let words = u.all_words();
    let gives_up = words.iter().any(|w| {
        [
            "здаю",
            "здам",
            "здаємо",
            "здав",
            "здала",
            "віддаю",
            "віддав",
            "віддала",
            "продав",
            "продал",
            "продає",
            "продам",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    let mood = mood::mood(u);
    let turned = says(&["opsagt", "opsiger"]) || gives_notice;
    // "… opsiger du helt?" – «Повністю.»
    let wholly = turned
        && words.first().is_some_and(|w| {
            matches!(
                *w,
                "повністю" | "зовсім" | "остаточно" | "цілком" | "назовсім"
            )
        });
    // "Så I beholder den altså ikke?" – «Так», «Ні, продаємо»: either way it is given up, unless it is left as it is.
    let stays = words
        .iter()
        .any(|w| w.starts_with("лиша") || w.starts_with("залиша"));
    // "Boligen beholder I, ikke?" denies nothing.
    let tag = m
        .staff_words
        .last_chunk::<2>()
        .is_some_and(|[who, word]| matches!(who.as_str(), "i" | "du") && word == "ikke")
        && !m.staff_words.windows(2).any(|w| {
            matches!(w[0].as_str(), "altså" | "alligevel" | "så" | "jo") && w[1] == "ikke"
        });
    let gone = says(&["beholder", "beholde"]) && says(&["ikke"]) && !tag && !turned;
    let keeps = match (gives_up || wholly, mood.agreed, mood.objected) {
        (true, _, _) => false,
        (_, true, _) | (_, _, true) if gone && !stays => false,
        (_, true, false) => !turned,
        (_, false, true) => turned,
        _ => return,
    };
    let heard = Heard::new(keeps, u.evidence(0..0), 0.7);
    if !m.has(key) {
        m.hear(key, heard);
    } else if gone && !keeps {
        // … whatever was taken from what was said before.
        m.hear(key, heard.act(Act::Correct));
    }
}

/// "Hvor mange trapper går du?" – «Чотири.»: flights of stairs are Danish floors.
pub(super) fn stairs(m: &mut Memory, u: &Utterance<'_>) {
    let asked = m
        .staff_words
        .iter()
        .any(|w| w == "trapper" || w == "etager")
        && m.staff_words
            .windows(2)
            .any(|w| w[0] == "hvor" && w[1] == "mange");
    if !asked || !m.asked.asks(Topic::Floor) {
        return;
    }
    let found = u.numbers();
    let Some(hit) = found.first().filter(|f| f.value.value <= 30) else {
        return;
    };
    let place = m.place.unwrap_or(Place::New);
    let floor = match hit.value.value {
        0 => "st".to_owned(),
        n => n.to_string(),
    };
    let key = format!("{}.floor", place.prefix());
    m.hear(
        &key,
        Heard::new(floor, u.evidence(hit.span.clone()), 0.8).act(Act::Correct),
    );
}

/// A plain yes or no to a question whose answer is a value.
pub(super) fn yes_no(m: &mut Memory, u: &Utterance<'_>) {
    if plain::only_heard(u) {
        return;
    }
    let to_all = super::replies::to_all(u);
    let mood = super::replies::reply(u);
    let mood = match to_all {
        Some(yes) => mood::Mood {
            agreed: yes,
            objected: !yes,
            ..mood
        },
        None => mood,
    };
    // «Нема, так і не завела»: the «так» belongs to the sentence.
    let lacks = matches!(
        u.all_words().first(),
        Some(&("нема" | "немає" | "нету" | "відсутній"))
    );
    let mood = mood::Mood {
        agreed: mood.agreed && !lacks,
        objected: mood.objected || lacks,
        ..mood
    };
    // «Не знаю»: no answer, and no «ні» either.
    // Who does not know what MitID is has none.
    let what = m.asked.asks(Topic::MitId) && u.all_words().windows(2).any(|w| w == ["що", "це"]);
    if to_all.is_none() && !what && super::replies::knows_not(u) {
        return;
    }
    let asked = m.asked.clone();
    // With several questions at once a yes answers nobody knows which.
    let main = |topic: Topic| !matches!(topic, Topic::DigitalPost | Topic::DigitalExempt);
    let topics = YES_NO
        .iter()
        .filter(|row| asked.asks(row.topic) && main(row.topic));
    // "Børnene har boet hos jer begge, og I har fælles forældremyndighed?" – «Звичайно, ми ж родина»: one yes to both.
    let family = mood.agreed
        && !mood.objected
        && YES_NO.iter().all(|row| {
            !asked.asks(row.topic) || matches!(row.topic, Topic::Custody | Topic::LivedBefore)
        })
        && u.sentences.first().is_some_and(|s| {
            !u.words(s.words.clone())
                .iter()
                .any(|w| matches!(*w, "але" | "тільки" | "лише" | "крім" | "не" | "ні"))
        });
    let several = topics.count() > 1 && u.word_tokens.len() > 3 && to_all.is_none() && !family;
    // "Beskyttelsen udløber. Vil du søge den på ny?": asked about by a word that stands for it.
    let protection = asked.mentions(Topic::Protection)
        && asked.questions().next().is_none()
        && !asked.statement
        && m.staff_words.iter().any(|w| {
            matches!(
                w.as_str(),
                "søge" | "forlænge" | "forny" | "fornye" | "bevare"
            )
        });
    let meant = |topic: Topic| topic == Topic::Protection && protection;
    for row in YES_NO {
        if !asked.asks(row.topic) && !meant(row.topic)
            || several
            || m.heard_now.iter().any(|k| k == row.key)
            || row.topic == Topic::MitId && plain::of_the_doctor(m, &u.all_words())
        {
            continue;
        }
        // "Skal du fritages for digital post?": a yes to having none.
        let exempt = m
            .staff_words
            .iter()
            .any(|w| w.starts_with("fritag") || w.starts_with("undtag"));
        if row.topic == Topic::DigitalPost && exempt {
            continue;
        }
        if row.topic == Topic::OthersRegistered {
            if super::home_answers::of_old_home(m) {
                super::home_answers::nobody_left(m, u, mood.objected);
                continue;
            }
            if super::home_answers::of_a_relative(m) {
                continue;
            }
            super::home_answers::somebody_is_there(m, u, mood);
        }
        let besides = super::home_answers::asks_only_ones(m) || super::registered::others_known(m);
        if row.topic == Topic::OthersRegistered && besides
            || row.topic == Topic::HostStays && super::registered::others_known(m)
        {
            continue;
        }
        // "Det er over tre måneder. Har du kortet med?" – «Ні»: the answer is to the later question.
        if row.topic == Topic::ThreeMonths && asked.asks_any(&[Topic::Permit, Topic::Documents]) {
            continue;
        }
        let begge = m.staff_words.iter().any(|w| w == "begge");
        if row.topic == Topic::LivedBefore && !begge {
            if let Some(value) = lived_with(m).filter(|_| mood.agreed) {
                let heard = Heard::new(value, u.evidence(0..0), 0.7);
                m.hear(row.key, heard);
            }
            continue;
        }
        if row.topic == Topic::HostStays && super::homes::of_old_home(m) {
            if mood.agreed {
                let heard = Heard::new(false, u.evidence(0..0), 0.7);
                super::homes::somebody_stays(m, heard);
            }
            continue;
        }
        // "Skal beskyttelsen gælde jer begge?" – «Ні, тільки мене»: for whom, and not whether.
        if row.topic == Topic::Protection && mood.objected && super::protected::asks_for_whom(m) {
            if super::protected::only_me(u) {
                let heard = Heard::new(true, u.evidence(0..0), 0.75);
                m.hear(row.key, heard);
            }
            continue;
        }
        if row.topic == Topic::OtherParentAgrees && !super::consent::asks_consent(&m.staff_words) {
            continue;
        }
        // "Bor de der stadig?" takes somebody for granted, "bliver hun?" may be about anything.
        let lives = m.staff_words.iter().any(|w| w == "bor");
        if row.topic == Topic::HostStays
            && m.host.is_none()
            && !m.has("dwelling.others_registered")
            && !lives
        {
            continue;
        }
        // "Blev nogen boende?" – «Ні.»: then all moved.
        let turned = row.topic == Topic::Remaining
            && m.staff_words.iter().any(|w| {
                matches!(
                    w.as_str(),
                    "nogen" | "tilbage" | "bliver" | "blev" | "efterladt" | "efterlader"
                )
            });
        // "Er den tømt, eller sidder der nogen tilbage?": a yes or no is neither.
        if row.topic == Topic::Remaining && m.staff_words.iter().any(|w| w == "eller") {
            continue;
        }
        let Some(turned) = plain::turned(m, row.topic, turned, mood.agreed) else {
            continue;
        };
        let mood = if turned {
            mood::Mood {
                agreed: mood.objected,
                objected: mood.agreed,
                ..mood
            }
        } else {
            mood
        };
        let fact = if mood.agreed {
            row.yes
        } else if mood.objected {
            row.no
        } else {
            None
        };
        // "Har du den alene?" – «Так.»
        let says = |word: &str| m.staff_words.iter().any(|w| w == word);
        let fact = match fact {
            Some(_) if row.topic == Topic::Custody && says("alene") && says("du") => {
                Some(Fact::Text("sole_reporter"))
            }
            Some(_)
                if row.topic == Topic::Custody
                    && m.staff_words.iter().any(|w| w.starts_with("bedste")) =>
            {
                Some(Fact::Text("third_party"))
            }
            Some(_) if row.topic == Topic::Custody && says("kun") => None,
            Some(_) if row.topic == Topic::Custody && !super::parted::asks_of_both(m) => None,
            Some(Fact::Text("agrees")) if says("under") => Some(Fact::Text("co_signed")),
            fact => fact,
        };
        if let Some(fact) = fact {
            let act = if m.has(row.key) {
                Act::Correct
            } else {
                Act::Say
            };
            m.hear(
                row.key,
                Heard::new(fact.value(), u.evidence(0..0), 0.75).act(act),
            );
        }
    }
}

/// "Har han boet hos dig?", "boede hun hos sin far?": with whom a yes says that a child lived.
fn lived_with(m: &Memory) -> Option<&'static str> {
    let staff = &m.staff_words;
    let at = staff.iter().position(|w| w == "hos")?;
    // "Har børnene boet hos Oksana?", where she is the one who moves.
    let mover = m
        .text(&Memory::key(m.mover, "given_names"))
        .map(tolkebot_values::fold);
    let choice = staff.iter().any(|w| w == "eller" || w.starts_with("hv"));
    staff[at + 1..].iter().find_map(|w| match w.as_str() {
        _ if choice => None,
        "dig" => Some("reporter"),
        w if mover.as_deref() == Some(w) => Some("reporter"),
        "far" | "mor" | "faren" | "moren" => Some("other_parent"),
        w if w.starts_with("bedste") || w.starts_with("plejef") => Some("other"),
        _ => None,
    })
}
