//! Children who are listed one after another, and whose name is followed by their number or birth date.

use super::*;

/// For how many turns after children were spoken of the next name may be one of theirs.
const RECENT: usize = 4;

/// Words for one of several children: «старша», «найменша», «третій».
pub(super) fn ranks(word: &str) -> bool {
    [
        "старш",
        "молодш",
        "менш",
        "середн",
        "найбільш",
        "більш",
        "найстарш",
        "наймолодш",
        "найменш",
        "старшеньк",
        "меншеньк",
    ]
    .iter()
    .any(|stem| {
        word.strip_prefix(stem)
            .is_some_and(|rest| matches!(rest, "ий" | "а" | "ій" | "я" | "енький" | "енька"))
    })
}

/// Words that go on with a list: «потім», «далі», «а», «третій».
pub(super) fn goes_on(word: &str) -> bool {
    matches!(
        word,
        "потім"
            | "далі"
            | "ще"
            | "а"
            | "і"
            | "й"
            | "та"
            | "перший"
            | "перша"
            | "другий"
            | "друга"
            | "третій"
            | "третя"
            | "четвертий"
            | "четверта"
            | "п'ятий"
            | "п'ята"
            | "останній"
            | "остання"
            | "наступний"
            | "наступна"
    )
}

/// «… потім тимур п'ятнадцять дванадцять сімнадцять …», «Третій Остап, нуль три …»: a new child, where
/// children were spoken of a moment ago and the name has a number or a birth date right behind it.
pub(super) fn listed_child(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
    before: &[&str],
) -> Option<PersonId> {
    name.given()?;
    if u.is_staff() || m.mover != 0 || !m.has(&Memory::key(0, "given_names")) {
        return None;
    }
    let child_known = m
        .people
        .iter()
        .any(|p| p.kin.is_some_and(Kin::is_child) && p.last_turn + 2 >= m.turns);
    let asked = m.children_asked_turn > 0 && m.children_asked_turn + RECENT >= m.turns;
    if !(child_known || asked) {
        return None;
    }
    let leads = before.last().is_none_or(|w| goes_on(w)) || before_sign(u, name);
    (leads && numbered(u, follows)).then(|| {
        let id = m.add_person(Some(child_of(name)));
        joins_children(m, id)
    })
}

/// "Dit CPR-nummer?" – «… А Марка: третього, другого, …»: somebody whose number is told beside the citizen's comes
/// along; the spouse, when the citizen has told of the wedding.
pub(super) fn numbered_companion(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
    before: &[&str],
) -> Option<PersonId> {
    name.given()?;
    let mine = u
        .sentences
        .iter()
        .any(|s| s.words.end <= follows && numbered(u, s.words.start));
    let leads = matches!(before.last(), Some(&("а" | "і" | "й" | "та")))
        || name.surname().is_some() && opens_sentence(u, name);
    let asked = m.asked.asks(Topic::Cpr) && m.mover == 0 && m.has(&Memory::key(0, "given_names"));
    if u.is_staff() || !asked || !mine || !leads || !numbered(u, follows) {
        return None;
    }
    let couple = m.people.iter().any(|p| p.kin.is_some_and(Kin::is_couple));
    let kin = sex_of(name)
        .filter(|_| m.has(crate::reader::couples::WEDDING) && !couple)
        .map(|sex| match sex {
            Sex::Male => Kin::Husband,
            Sex::Female => Kin::Wife,
        });
    let id = m.add_person(kin);
    Some(joins_children(m, id))
}

/// «… сорок шість. Северин Кульбаба: вісім, дванадцять, …»
fn opens_sentence(u: &Utterance<'_>, name: &PersonName) -> bool {
    let Some(first) = name.parts.first() else {
        return false;
    };
    let at = u.word_at(first.span.start);
    u.written && u.sentences.iter().any(|s| s.words.start == at)
}

/// «І Єва, …», «Та ще Марко»: nothing but a word that goes on with a list stands before the name in its sentence.
pub(super) fn opens_with_joint(u: &Utterance<'_>, word: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let before = u.words(sentence.words.start..word);
    matches!(before.len(), 1 | 2)
        && before
            .iter()
            .all(|w| matches!(*w, "а" | "і" | "й" | "та" | "ще" | "потім" | "далі"))
}

/// «Аліна моя від першого чоловіка, Денис — його син, а Поліна наша спільна»: whose child somebody is, where children
/// are spoken of.
pub(super) fn whose_child(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
) -> Option<PersonId> {
    let given = name.given()?;
    let after = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    let sex = sex_of(name);
    let asked = m.asked.kin().is_some_and(Kin::is_child)
        || m.staff_words
            .iter()
            .any(|w| kin(w, Lang::Da).is_some_and(Kin::is_child));
    let kin = match after.as_slice() {
        ["його" | "її", word] if kin(word, u.lang()).is_some_and(Kin::is_child) => {
            match sex {
                Some(Sex::Male) => Kin::StepSon,
                _ => Kin::StepDaughter,
            }
        }
        ["моя" | "мій", "від" | "з"]
        | [
            "наша" | "наш" | "наше",
            "спільна" | "спільний" | "спільне" | "разом",
        ] => child_of(name),
        _ => return None,
    };
    let known = m.people.iter().find(|p| {
        m.text(&Memory::key(p.id, "given_names"))
            .is_some_and(|have| same(have, &given))
    });
    if !asked || m.mover != 0 || known.is_some_and(|p| p.id == 0) {
        return None;
    }
    let id = match known.map(|p| p.id) {
        Some(id) => id,
        None => m.add_person(Some(kin)),
    };
    if let Some(person) = m.person_mut(id) {
        person.kin = Some(kin);
    }
    Some(joins_children(m, id))
}

/// The word behind an age that is told at `word`: «їй чотири», «десять років», «чотири роки», «йому десять рочків».
pub(super) fn behind_age(u: &Utterance<'_>, word: usize) -> Option<usize> {
    let token = *u.word_tokens.get(word)?;
    let whose = matches!(u.tokens[token].text.as_str(), "йому" | "їй");
    let at = word + usize::from(whose);
    let token = *u.word_tokens.get(at)?;
    let read = tolkebot_values::numbers::read_at(&u.tokens, token, u.lang())?;
    let words = u.word_tokens[at..]
        .iter()
        .take_while(|t| **t < read.end)
        .count();
    let next = at + words;
    let years = u
        .word_tokens
        .get(next)
        .is_some_and(|t| is_years(&u.tokens[*t].text));
    let closed = u.tokens.get(read.end).is_none_or(|t| !t.is_word());
    match (years, whose) {
        _ if read.value > 99 || read.is_ordinal() => None,
        (true, _) => Some(next + 1),
        (false, true) if closed => Some(next),
        _ => None,
    }
}

/// «років», «роки», «рочків»
pub(in crate::reader) fn is_years(word: &str) -> bool {
    matches!(
        word,
        "рік" | "роки" | "років" | "року" | "рочок" | "рочки" | "рочків"
    )
}

/// A sign stands right before the name: it opens a part of its own.
fn before_sign(u: &Utterance<'_>, name: &PersonName) -> bool {
    let Some(part) = name.parts.first() else {
        return false;
    };
    u.said[..part.span.start]
        .trim_end()
        .ends_with([':', ',', '…', '.', '—', '–', '!', ';'])
}

/// A number of at least three words starts here, a pronoun or a sign may stand before it.
pub(super) fn numbered(u: &Utterance<'_>, word: usize) -> bool {
    let row = |word: usize| {
        let mut at = word;
        for _ in 0..3 {
            if at >= u.word_tokens.len() {
                return false;
            }
            let token = u.word_tokens[at];
            let Some(read) = tolkebot_values::numbers::read_at(&u.tokens, token, u.lang()) else {
                // «сьомого вересня»: a month stands for a number.
                return at > word && is_month(u.token(at).text.as_str());
            };
            at += u.word_tokens[at..]
                .iter()
                .take_while(|t| **t < read.end)
                .count()
                .max(1);
        }
        true
    };
    row(word)
        || u.word_tokens.len() > word
            && matches!(
                u.token(word).text.as_str(),
                "вона" | "він" | "це" | "її" | "його"
            )
            && row(word + 1)
        || behind_age(u, word).is_some_and(row)
}

fn is_month(word: &str) -> bool {
    tolkebot_values::dates::month_named(word).is_some()
}

/// «Калина, дев'ятнадцятого липня …», "hvad hedder sønnen?" – «Ноа.»: a child whose name no list has, where children
/// are asked for; in doubt.
pub(super) fn unlisted_child(
    m: &mut Memory,
    u: &Utterance<'_>,
    found: &[Found<PersonName>],
    word: usize,
) -> Option<PersonId> {
    let kin_asked = m.asked.kin().filter(|k| k.is_child());
    // "Og fire børn?" – «Троє!» – "Navne og fødselsdage?"
    let their_data =
        m.asked.asks_any(&[Topic::Name, Topic::BirthDate]) && !m.asked.is_about(Target::You);
    let within = if their_data { 3 } else { 1 };
    let recent = m.children_asked_turn > 0 && m.children_asked_turn + within >= m.turns;
    if u.is_staff() || !u.written || u.lang() != Lang::Uk || m.mover != 0 {
        return None;
    }
    let token = u.token(word);
    // «І Кемал, другого червня …»: a capital behind the first word is a name's.
    let joined = word > 0 && matches!(u.token(word - 1).text.as_str(), "і" | "й" | "та" | "а");
    let sentence = u
        .sentences
        .iter()
        .find(|s| s.words.start == word || joined && s.words.start + 1 == word)?;
    let dated = numbered(u, word + 1);
    let closed = joined && dated
        || minors::minor_behind(m, u, word + 1)
        || u.tokens
            .get(u.word_tokens[word] + 1)
            .is_none_or(|t| t.is_sign(',') || t.is_sign(':') || t.is_sign('.') || t.is_sign('—'));
    let named = (kin_asked.is_some() || recent)
        && token.capital
        && token.is_cyrillic()
        && closed
        && token.text.chars().count() >= 3
        && kin(&token.text, u.lang()).is_none()
        && !is_month(&token.text)
        && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_none()
        && known_name(m, u, word).is_none();
    if !named {
        return None;
    }
    let alone = sentence.words.len() == 1
        && !names::looks_like_surname(&token.text)
        && sentence.words.start == 0
        && m.asked.asks(Topic::Name)
        && !m.asked.is_about(Target::You)
        && !crate::reader::mood::mood(u).agreed
        && !crate::reader::mood::mood(u).objected;
    // In a list only: another child of the turn has a name and a number right behind it.
    let list = || {
        found.iter().any(|f| {
            let at = u.word_at(f.span.start);
            u.sentences.iter().any(|s| s.words.start == at) && numbered(u, u.word_at(f.span.end))
        })
    };
    let row = sentence.words.len() > 1 && dated && (joined || list());
    let kin = match (alone, row, kin_asked) {
        (true, _, Some(kin)) if kin != Kin::Children => kin,
        (_, true, _) => Kin::Child,
        _ => return None,
    };
    let nameless = m
        .person_by_kin(kin)
        .filter(|id| kin != Kin::Child && !m.has(&Memory::key(*id, "given_names")));
    let id = nameless.unwrap_or_else(|| m.add_person(Some(kin)));
    let span = token.span.clone();
    let latin = names::romanise(u.said.get(span.clone())?);
    write_name(m, u, id, "given_names", &latin, span, 0.5, true);
    touch(m, id);
    Some(joins_children(m, id))
}

/// «Наші малі: Северин та Маланя.»: the last of the children who are listed, whose name no list has; in doubt.
pub(super) fn another_child(
    m: &mut Memory,
    u: &Utterance<'_>,
    word: usize,
    refs: &[Ref],
) -> Option<PersonId> {
    let last = refs.last()?;
    let Who::Person(before) = last.who else {
        return None;
    };
    let token = u.token(word);
    let joined = word > 0
        && matches!(u.token(word - 1).text.as_str(), "і" | "й" | "та")
        && u.word_at(last.bytes.end) == word - 1
        && same_sentence(u, word - 1, word);
    let closed = u
        .tokens
        .get(u.word_tokens[word] + 1)
        .is_none_or(|t| !t.is_word());
    let listed = m.person(before).is_some_and(|p| {
        p.kin.is_some_and(Kin::is_child) && p.moves == Some(true) && p.last_turn == m.turns
    });
    if u.is_staff() || m.mover != 0 || last.pronoun || !joined || !closed || !listed {
        return None;
    }
    let named = u.written
        && token.capital
        && token.is_cyrillic()
        && token.text.chars().count() >= 3
        && kin(&token.text, u.lang()).is_none()
        && known_name(m, u, word).is_none()
        && tolkebot_values::numbers::read_at(&u.tokens, u.word_tokens[word], u.lang()).is_none();
    if !named {
        return None;
    }
    let id = m.add_person(Some(Kin::Child));
    let span = token.span.clone();
    let latin = names::romanise(u.said.get(span.clone())?);
    write_name(m, u, id, "given_names", &latin, span, 0.5, true);
    Some(joins_children(m, id))
}

/// A name of one word that opens its sentence and has a number or a birth date right behind it.
pub(super) fn opens_a_row(u: &Utterance<'_>, name: &Found<PersonName>) -> bool {
    let at = u.word_at(name.span.start);
    let follows = u.word_at(name.span.end);
    u.written
        && follows == at + 1
        && u.sentences.iter().any(|s| s.words.start == at)
        && numbered(u, follows)
}

/// «Двоє дітей. Денис. І Єва.» to "hvem har du med?": the next of them.
pub(super) fn next_child(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
) -> Option<PersonId> {
    name.given()?;
    let before = m.people.iter().any(|p| {
        p.kin.is_some_and(Kin::is_child) && p.moves == Some(true) && p.last_turn == m.turns
    });
    if !before || !m.children_spoken_of || !opens_with_joint(u, word) || !shown_by_staff(m) {
        return None;
    }
    let id = m.add_person(Some(child_of(name)));
    Some(joins_children(m, id))
}

/// "Hvad hedder din datter?" – «Донька — Емілія»: whoever is asked for at the counter is there to move.
pub(super) fn asked_child(m: &mut Memory, u: &Utterance<'_>, kin: Kin, id: PersonId) -> PersonId {
    let asked = !u.is_staff()
        && kin.is_child()
        && m.asked.kin().is_some_and(Kin::is_child)
        && m.asked.asks_any(&[Topic::Name, Topic::Cpr])
        && !children_elsewhere(m)
        && !u
            .all_words()
            .iter()
            .any(|w| w.starts_with("дорос") || w.starts_with("жив"))
        && m.person(id).is_some_and(|p| p.moves.is_none());
    if asked { joins_children(m, id) } else { id }
}
