//! Those whom only «мої» or a list with «я» brings along: «двоє моїх», «нас троє: я, Орина і Тиміш».

use super::*;

/// «Двоє моїх», «моїх троє», «мої від першого шлюбу»: the citizen's children, where no noun says so.
pub(super) fn own_children(u: &Utterance<'_>, word: usize) -> Option<Kin> {
    let text = u.token(word).text.as_str();
    let mine = matches!(text, "мої" | "моїх" | "моїми" | "наші" | "наших");
    if u.is_staff() || u.lang() != Lang::Uk || !mine {
        return None;
    }
    let counts = |at: usize| u.word_tokens.get(at).is_some() && counts(&u.token(at).text);
    let behind = counts(word + 1);
    let next = if behind { word + 2 } else { word + 1 };
    let so_many = behind || word.checked_sub(1).is_some_and(counts);
    let after = u.words(word + 1..(word + 3).min(u.word_tokens.len()));
    let of_marriage = matches!(
        after.as_slice(),
        [
            "від" | "з" | "із",
            "першого" | "другого" | "попереднього" | "минулого"
        ]
    );
    (so_many && no_noun(u, next) || of_marriage && !text.ends_with('х')).then_some(Kin::Children)
}

/// Nothing that «мої» could belong to follows: a sign, the end or a name.
fn no_noun(u: &Utterance<'_>, next: usize) -> bool {
    let Some(token) = u.word_tokens.get(next) else {
        return true;
    };
    let start = u.token(next).span.start;
    !u.tokens[token - 1].is_word() || u.names().iter().any(|f| f.span.start == start)
}

/// «двоє», «трьох»
fn counts(word: &str) -> bool {
    matches!(
        word,
        "двоє"
            | "двох"
            | "двома"
            | "троє"
            | "трьох"
            | "трьома"
            | "четверо"
            | "чотирьох"
            | "обоє"
    )
}

/// «Нас четверо: я, Орина, Лук'ян і Тиміш», «обоє: я й Марта», «Лариса, я і Роман»: a name in a row with «я», in
/// which nothing else stands. But «я, Оксана, і діти» says who «я» is.
pub(super) fn in_row_with_me(u: &Utterance<'_>, word: usize, follows: usize) -> bool {
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let me = |at: &usize| u.token(*at).text == "я";
    let plain = |at: &usize| stands_in_row(u, *at);
    let left = (sentence.words.start..word).rev();
    let before = left.take_while(plain).find(me);
    let right = follows..sentence.words.end;
    let behind = || right.take_while(plain).find(me);
    match before {
        Some(at) => {
            let joined = joins(&u.token(at + 1).text);
            let comma = sign_before(u, at + 1);
            let named = at + 1 == word && sign_before(u, follows);
            joined || comma && !named
        }
        None => {
            behind().is_some_and(|at| sign_before(u, at) || at > 0 && joins(&u.token(at - 1).text))
        }
    }
}

/// «Тепер троє я лілія і микита»: without signs, so many names follow as are counted beside «я».
pub(super) fn in_counted_row(u: &Utterance<'_>, word: usize) -> bool {
    let me = (1..word).rev().find(|at| u.token(*at).text == "я");
    let Some(me) = me.filter(|at| counts(&u.token(at - 1).text)) else {
        return false;
    };
    let count = match u.token(me - 1).text.as_str() {
        "троє" | "трьох" | "трьома" => 3,
        "четверо" | "чотирьох" => 4,
        _ => 2,
    };
    let row: Vec<usize> = (me + 1..u.word_tokens.len())
        .take_while(|at| stands_in_row(u, *at))
        .filter(|at| !joins(&u.token(*at).text))
        .collect();
    !u.written && row.contains(&word) && row.len() + 1 == count
}

/// A name, a relative, «я», «нас троє» or a word between two of them.
fn stands_in_row(u: &Utterance<'_>, at: usize) -> bool {
    let token = u.token(at);
    let text = token.text.as_str();
    joins(text)
        || matches!(
            text,
            "я" | "нас" | "ми" | "ще" | "плюс" | "тоді" | "значить" | "виходить"
        )
        || counts(text)
        || matches!(
            text,
            "п'ятеро" | "шестеро" | "удвох" | "вдвох" | "утрьох" | "втрьох"
        )
        || kin(text, u.lang()).is_some()
        || u.names().iter().any(|f| f.span.contains(&token.span.start))
}

fn joins(word: &str) -> bool {
    matches!(word, "і" | "й" | "та")
}

/// A comma, a colon or a dash stands right before the word, or nothing follows any more.
fn sign_before(u: &Utterance<'_>, word: usize) -> bool {
    match u.word_tokens.get(word) {
        Some(token) => *token > 0 && !u.tokens[token - 1].is_word(),
        None => false,
    }
}

/// Whoever is named in a row with «я»: one of the children who have no name yet, else somebody new.
pub(super) fn of_row(m: &mut Memory, name: &PersonName) -> PersonId {
    let sex = sex_of(name);
    let mut open = m.people.iter().filter(|p| {
        p.kin.is_some_and(Kin::is_child)
            && (p.moves == Some(true) || m.has(&Memory::key(p.id, "cpr_number")))
            && (p.sex.is_none() || p.sex == sex)
            && !m.has(&Memory::key(p.id, "given_names"))
    });
    match (open.next().map(|p| p.id), open.next()) {
        (Some(id), None) => id,
        _ => newcomer(m, name),
    }
}

/// «Моя майбутня дружина»: not married yet.
pub(super) fn to_be(u: &Utterance<'_>, word: usize) -> bool {
    word > 0 && u.token(word - 1).text.starts_with("майбутн")
}

/// «Чоловіка нема, я вдова», «без чоловіка»: nobody who could come along. But «чоловіка нема вдома» says where he is.
pub(super) fn is_lacking(u: &Utterance<'_>, word: usize) -> bool {
    let next = u.words(word + 1..(word + 3).min(u.word_tokens.len()));
    let here = |w: &&str| matches!(*w, "вдома" | "удома" | "тут" | "зараз" | "поки" | "поруч");
    matches!(next.first(), Some(&("нема" | "немає" | "нету"))) && !next.iter().any(here)
}

/// «Ми з жінкою й онучкою»: the only young one is no child of the two, and «її мама» not the wife.
pub(super) fn only_of_relatives(m: &Memory) -> bool {
    let young =
        |p: &crate::reader::memory::Person| p.kin == Some(Kin::Relative) && p.moves == Some(true);
    m.people.iter().any(young) && !m.people.iter().any(|p| p.kin.is_some_and(Kin::is_child))
}

/// "Er der flere børn?" – «Є ще пасинок»: another one than the child who has a name already.
pub(super) fn is_another(m: &Memory, u: &Utterance<'_>, kin: Kin, word: usize) -> bool {
    let before = word
        .checked_sub(1)
        .map_or("", |at| u.token(at).text.as_str());
    let more = matches!(before, "ще" | "інший" | "інша" | "іншого" | "іншу")
        || m.staff_words
            .windows(2)
            .any(|w| w[0] == "flere" && matches!(w[1].as_str(), "børn" | "drenge" | "piger"));
    let known = || {
        m.person_by_kin(kin)
            .is_some_and(|id| m.has(&Memory::key(id, "given_names")))
    };
    let child = !u.is_staff() && more && kin.is_child() && m.asked.kin().is_some_and(Kin::is_child);
    child && known() || of_other_sex(m, u, kin, word)
}

/// «За тестя з тещею»: the same word in the form, and two people.
fn of_other_sex(m: &Memory, u: &Utterance<'_>, kin: Kin, word: usize) -> bool {
    let joined = word > 0
        && matches!(
            u.token(word - 1).text.as_str(),
            "з" | "із" | "і" | "й" | "та"
        );
    let said = sex_by_word(&u.token(word).text).filter(|_| kin == Kin::InLaw && joined);
    let known = m
        .person_by_kin(kin)
        .and_then(|id| m.person(id))
        .filter(|p| p.last_turn == m.turns && Some(p.id) != m.host)
        .and_then(|p| p.sex);
    said.is_some() && known.is_some() && said != known
}

/// «Мілан зі своїм сином», «у неї свій син»: the child of whoever was named in the sentence, and not the citizen's.
pub(super) fn is_anothers(u: &Utterance<'_>, word: usize) -> bool {
    let own = word > 0 && u.token(word - 1).text.starts_with("сво");
    let Some(sentence) = u.sentences.iter().find(|s| s.words.contains(&word)) else {
        return false;
    };
    let named = |at: usize| {
        let token = u.token(at);
        matches!(token.text.as_str(), "неї" | "нього" | "вона" | "він")
            || u.names().iter().any(|f| f.span.contains(&token.span.start))
    };
    let whose = (sentence.words.start..word.saturating_sub(1))
        .rev()
        .find(|at| named(*at) || matches!(u.token(*at).text.as_str(), "я" | "ми" | "мене" | "нас"));
    !u.is_staff() && own && whose.is_some_and(named)
}

/// «Я з дівчатами, а Мілан …»: told apart from the group that came before.
pub(super) fn contrasted(u: &Utterance<'_>, group: usize, word: usize) -> bool {
    let text = u.token(group).text.as_str();
    u.written
        && ["ами", "ями", "ьми"].iter().any(|end| text.ends_with(end))
        && word > group + 1
        && u.token(word - 1).text == "а"
        && sign_before(u, word - 1)
}

/// One of the citizen's children is known by that word and by name.
pub(super) fn is_named(m: &Memory, kin: Kin) -> bool {
    m.person_by_kin(kin).is_some_and(|id| {
        m.has(&Memory::key(id, "given_names"))
            && m.person(id).is_some_and(|p| p.moves == Some(true))
    })
}

/// «Живу в друга», «до мого друга»: elsewhere the word is the ordinal "second".
pub(super) fn at_a_friends(u: &Utterance<'_>, word: usize) -> Option<Kin> {
    let before = u.words(word.saturating_sub(2)..word);
    let at = matches!(
        before.as_slice(),
        [.., "у" | "в" | "до" | "від"] | [_, "мого" | "нашого" | "одного" | "свого"]
    );
    (u.lang() == Lang::Uk && u.token(word).text == "друга" && at).then_some(Kin::Friend)
}
