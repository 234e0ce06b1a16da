//! Who comes along by a word: «мама теж», «так, діти й я», and who is there already.

use super::*;
use crate::reader::kin::Sex;

/// "Og din mor?" – «мама теж», asked while people are counted up.
pub(super) fn also(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    let short = m.staff_words.len() <= 4
        && m.staff_words.first().is_some_and(|w| w == "og")
        && m.asked.questions().next().is_none();
    let Some(asked) = m.asked.kin().filter(|_| short && m.mover == 0) else {
        return;
    };
    let others = m.people.iter().any(|p| p.id != 0 && p.moves == Some(true));
    for pointer in refs.iter().filter(|r| !r.pronoun) {
        let Who::Person(id) = pointer.who else {
            continue;
        };
        let next = u.word_at(pointer.bytes.end);
        let also = u
            .words(next..(next + 1).min(u.word_tokens.len()))
            .iter()
            .any(|w| matches!(*w, "теж" | "також"));
        let fits = m
            .person(id)
            .and_then(|p| p.kin)
            .is_some_and(|k| k.agrees(asked));
        if also && fits && others && m.host != Some(id) {
            set(m, id, true);
        }
    }
}

/// "Flytter din kone med?" – «Так.»: she does, whoever she is.
pub(super) fn agreed(m: &mut Memory, u: &Utterance<'_>) {
    let asks = |word: &str| m.staff_words.iter().any(|w| w == word);
    let asked = (asks("flytter") || asks("flytte") || asks("flyttede")) && asks("med");
    let relative = m
        .asked
        .kin()
        .filter(|kin| kin.is_couple() || kin.is_child() && *kin != Kin::Children);
    let mood = crate::reader::mood::mood(u);
    let yes = matches!(u.all_words().first(), Some(&("так" | "ага" | "авжеж")));
    let Some(relative) = relative.filter(|_| asked && yes && !mood.objected && m.mover == 0) else {
        return;
    };
    let id = m.person_for_kin(relative);
    if m.person(id).is_some_and(|p| p.moves.is_none()) {
        set(m, id, true);
    }
}

/// "Så du, Zlatoslava og Borys." – «Так, діти й я»: what those are whom the employee named.
pub(super) fn children_and_me(m: &mut Memory, u: &Utterance<'_>) {
    let says = u.all_words().windows(3).any(|w| {
        matches!(
            w,
            ["діти", "й" | "і" | "та", "я"] | ["я", "й" | "і" | "та", "діти"]
        )
    });
    // "Så Danylo og Maryna flytter med dig?" – «Так, обоє, діти»
    let words = u.all_words();
    let short = words.len() <= 4 && words.contains(&"діти") && !words.contains(&"ні");
    // "Liliia og Zoriana?" – «Мої доньки.»
    let mine = u.sentences.first().is_some_and(|s| {
        matches!(
            u.words(s.words.clone()).as_slice(),
            [
                "мої" | "наші",
                "діти" | "доньки" | "дочки" | "сини" | "дівчата" | "хлопці" | "малі"
            ] | [
                "це" | "то",
                "мої" | "наші",
                "діти" | "доньки" | "дочки" | "сини" | "дівчата" | "хлопці" | "малі"
            ]
        )
    });
    if !says && !short && !mine || m.mover != 0 {
        return;
    }
    let turn = m.turns;
    for person in &mut m.people {
        let named = person.id != 0
            && person.kin.is_none()
            && person.moves == Some(true)
            && person.last_turn + 1 == turn;
        if named {
            person.kin = Some(match person.sex {
                Some(Sex::Female) => Kin::Daughter,
                Some(Sex::Male) => Kin::Son,
                None => Kin::Child,
            });
        }
    }
}

/// "Så flytter du ikke selv med?" – «Я вже там прописаний»: husband or wife, of whom was spoken, is the one who moves.
pub(super) fn already_there(m: &mut Memory, u: &Utterance<'_>) {
    let staff = |word: &str| m.staff_words.iter().any(|w| w == word);
    let asked = staff("du") && staff("flytter") && (staff("selv") || staff("ikke"));
    let words = u.all_words();
    let there = words.windows(3).take(4).any(|w| {
        matches!(
            w,
            ["я", "вже" | "уже" | "давно", "там"] | ["я", "там", "вже" | "уже" | "давно"]
        )
    });
    if m.mover != 0 || !asked || !there || m.talked > 8 {
        return;
    }
    let mut couple = m
        .people
        .iter()
        .filter(|p| p.kin.is_some_and(Kin::is_couple));
    if let (Some(one), None) = (couple.next().map(|p| p.id), couple.next()) {
        become_mover(m, one);
        // «Дала мені папір із підписом, від другого листопада»
        if m.has("poa.date") {
            for (key, value) in [
                (
                    "case.reporter_role",
                    serde_json::Value::from("power_of_attorney"),
                ),
                ("poa.used", true.into()),
                ("poa.kind", "paper".into()),
            ] {
                if !m.has(key) {
                    m.hear(key, Heard::new(value, u.evidence(0..0), 0.7).unsure(true));
                }
            }
        }
    }
}

/// "Så din Ivan flytter med dig.": the employee sums up that somebody comes along.
pub(super) fn summed_up(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if m.mover != 0 {
        return;
    }
    for sentence in u.sentences.iter().filter(|s| !s.question) {
        let words = u.words(sentence.words.clone());
        let along = words
            .windows(3)
            .any(|w| matches!(w, ["flytter" | "kommer" | "rykker", "med", "dig" | "jer"]));
        let open = words.iter().any(|w| {
            matches!(
                *w,
                "ikke" | "om" | "hvis" | "hvem" | "hvad" | "hvor" | "først" | "senere" | "når"
            )
        });
        if !along || open {
            continue;
        }
        for pointer in refs
            .iter()
            .filter(|r| sentence.bytes.contains(&r.bytes.start))
        {
            let Who::Person(id) = pointer.who else {
                continue;
            };
            let near = m.person(id).is_some_and(|p| {
                p.moves.is_none()
                    && p.kin
                        .is_some_and(|k| !matches!(k, Kin::Landlord | Kin::Friend))
            });
            if near && m.host != Some(id) && m.other_parent != Some(id) {
                set(m, id, true);
            }
        }
    }
}

/// «Син, Андрій. Переїжджає з нами.»: the sentence behind says it of whoever was named last, and has no other subject.
pub(super) fn goes_on(m: &mut Memory, u: &Utterance<'_>, refs: &[Ref]) {
    if u.is_staff() || m.mover != 0 {
        return;
    }
    for pair in u.sentences.windows(2) {
        let words = u.words(pair[1].words.clone());
        let comes = matches!(
            words.as_slice(),
            [
                "переїжджає" | "переїде" | "їде" | "поїде" | "переїздить",
                "з" | "із" | "зі" | "зо",
                "нами" | "мною",
                ..
            ] | [
                "переїхали" | "приїхали" | "переїжджаємо" | "їдемо",
                "разом" | "удвох" | "вдвох",
                ..
            ]
        );
        let last = refs
            .iter()
            .rfind(|r| pair[0].bytes.contains(&r.bytes.start) && !r.weak);
        if let (true, Some(Who::Person(id))) = (comes, last.map(|r| r.who))
            && m.host != Some(id)
        {
            set(m, id, true);
        }
    }
}
