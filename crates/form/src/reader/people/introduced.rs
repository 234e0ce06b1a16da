//! How people say that a name is their own, and names that tell of somebody else.

use super::*;

/// Whether the words around a name say that it is the citizen's: «мене звати …», «Дмитро Соколов я», «Я Ткач, Людмила».
pub(super) fn says_me(
    u: &Utterance<'_>,
    name: &PersonName,
    word: usize,
    follows: usize,
    before: &[&str],
) -> bool {
    // «Вдова я. Іван мій помер»: «я» of the sentence before says nothing of this name.
    let fresh = u.written
        && word > 0
        && !same_sentence(u, word - 1, word)
        && before.len() > 1
        && u.said[..u.token(word).span.start]
            .trim_end()
            .ends_with(['.', '!', '?']);
    let told = !fresh
        && matches!(
            before.last(),
            Some(&("я" | "звати" | "звуть" | "зовуть" | "мене" | "jeg"))
        )
        || matches!(
            before,
            [.., "моє" | "мене", "ім'я"] | [.., "моє", "ім'я", "—" | "це"]
        )
        || describes_me(u.lang(), before)
        || behind_own_surname(u, word)
        || said_last(u, name, follows);
    // «Та сама я, Ростик на зміні»
    let away = u.written && is_away(&u.words(follows..(follows + 2).min(u.word_tokens.len())));
    told && !away && !before.contains(&"її") && !before.contains(&"його")
}

/// «Я Ткач, Людмила»: the given name behind the surname and a comma.
fn behind_own_surname(u: &Utterance<'_>, word: usize) -> bool {
    let Some(me) = word.checked_sub(2) else {
        return false;
    };
    let surname = u.token(word - 1);
    let comma = u.word_tokens[word] == u.word_tokens[word - 1] + 2
        && u.tokens[u.word_tokens[word] - 1].is_sign(',');
    u.written
        && comma
        && u.token(me).text == "я"
        && same_sentence(u, me, word)
        && surname.capital
        && surname.is_cyrillic()
        && kin(&surname.text, u.lang()).is_none()
        && names::to_nominative(&surname.text).is_none()
}

/// «Дмитро Соколов я.», «Чернега Інга я, двадцять …»: a whole name, and nothing behind «я» but a pause.
fn said_last(u: &Utterance<'_>, name: &PersonName, follows: usize) -> bool {
    let Some(end) = name.parts.iter().map(|p| p.span.end).max() else {
        return false;
    };
    follows < u.word_tokens.len()
        && u.written
        && u.token(follows).text == "я"
        && u.said[end..u.token(follows).span.start].trim().is_empty()
        && u.tokens
            .get(u.word_tokens[follows] + 1)
            .is_none_or(|t| t.kind == tolkebot_values::TokenKind::Sign)
}

/// «Арсен з нами», «Поліна зараз у бабусі»: something is told of whoever bears the name, and nobody tells that of
/// themselves by name.
pub(super) fn told_of(m: &Memory, u: &Utterance<'_>, follows: usize) -> bool {
    if !u.written || m.mover != 0 {
        return false;
    }
    let next = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    let joined = u
        .word_tokens
        .get(follows)
        .is_some_and(|t| *t > 0 && u.tokens[*t - 1].is_word());
    // «Надя з кумою лишаються», «Іван мій помер»
    let clause = u
        .sentences
        .iter()
        .find(|s| s.words.contains(&follows))
        .map_or(follows..follows, |s| follows..s.words.end.min(follows + 4));
    let acts = u.words(clause).iter().any(|w| {
        ["лиша", "залиша", "зоста", "помер", "загину", "виписа"]
            .iter()
            .any(|stem| w.starts_with(stem))
            && !w.ends_with('ю')
            && !w.ends_with("юсь")
            && !w.ends_with("юся")
            && !w.ends_with("мо")
            && !w.ends_with("мось")
    });
    joined
        && (acts
            || comes_along(&next)
            || is_away(&next)
            || matches!(
                next.first(),
                Some(
                    &("зараз"
                        | "ще"
                        | "вже"
                        | "уже"
                        | "поки"
                        | "там"
                        | "тут"
                        | "вдома"
                        | "також"
                        | "теж"
                        | "спить"
                        | "чекає"
                        | "живе"
                        | "працює"
                        | "лишається"
                        | "лишився"
                        | "лишилася"
                        | "мовчить"
                        | "стоїть"
                        | "сидить"
                        | "молодший"
                        | "молодша"
                        | "старший"
                        | "старша")
                )
            ))
}

/// «… на зміні», «… в лікарні»: where somebody is while the citizen speaks.
fn is_away(words: &[&str]) -> bool {
    matches!(
        words,
        [
            "на",
            "зміні"
                | "роботі"
                | "роботу"
                | "фабриці"
                | "навчанні"
                | "вахті"
                | "заводі"
                | "пошті"
                | "вулиці",
            ..
        ] | [
            "у" | "в",
            "рейсі"
                | "школі"
                | "садку"
                | "машині"
                | "лікарні"
                | "відрядженні"
                | "дорозі"
                | "коридорі",
            ..
        ]
    )
}

/// «… з нами», «… зі мною».
fn comes_along(words: &[&str]) -> bool {
    matches!(
        words,
        ["з" | "із", "нами", ..] | ["зі" | "із" | "зо", "мною", ..]
    )
}

/// «Гнат там і зостається»: the husband from whom the citizen parted.
pub(super) fn spouse_who_stays(
    m: &Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
) -> Option<PersonId> {
    name.given()?;
    let stays = u
        .words(follows..(follows + 3).min(u.word_tokens.len()))
        .iter()
        .any(|w| {
            ["лиша", "лиши", "залиш", "зоста", "оста"]
                .iter()
                .any(|stem| w.starts_with(stem))
        });
    (m.parted && m.mover == 0 && stays)
        .then(|| spouse_without_name(m, sex_of(name)?))
        .flatten()
}

/// «Ми брати», «ми з ним не пара, ми сестри»: what the two at the counter are to each other.
pub(super) fn siblings(m: &mut Memory, u: &Utterance<'_>) {
    if m.mover != 0 {
        return;
    }
    // "I siger, at I er to søstre."
    if u.is_staff() {
        let told = u.all_words().windows(2).find_map(|pair| match pair {
            ["to", "brødre"] => Some(Kin::Brother),
            ["to", "søstre"] => Some(Kin::Sister),
            _ => None,
        });
        m.we_are = m.we_are.or(told);
        return;
    }
    m.we_are = told_of_us(&u.all_words()).or(m.we_are);
}

/// «Ми брати», «ми двоє подруг», «ми просто колеги»
fn told_of_us(words: &[&str]) -> Option<Kin> {
    let at = words.iter().position(|w| *w == "ми")?;
    let mut rest = words[at + 1..].iter().skip_while(|w| {
        matches!(
            **w,
            "двоє"
                | "троє"
                | "дві"
                | "два"
                | "обоє"
                | "обидва"
                | "обидві"
                | "тільки"
                | "лише"
                | "просто"
                | "рідні"
                | "з"
                | "ним"
                | "нею"
                | "не"
                | "пара"
        )
    });
    match *rest.next()? {
        "брати" | "братів" => Some(Kin::Brother),
        "сестри" | "сестер" => Some(Kin::Sister),
        "подруги"
        | "подруг"
        | "подружки"
        | "друзі"
        | "друзів"
        | "товариші"
        | "товаришів"
        | "колеги"
        | "колег"
        | "кореші"
        | "приятелі"
        | "приятельки" => Some(Kin::Friend),
        _ => None,
    }
}

/// What somebody who came along is, where the citizen said what all of them are to each other.
pub(super) fn as_we_are(m: &mut Memory, id: PersonId) {
    let we_are = m.we_are;
    if let Some(person) = m.person_mut(id)
        && person.kin.is_none()
    {
        person.kin = we_are.filter(|k| k.sex().is_none() || k.sex() == person.sex);
    }
}

/// Whoever is told of by name: the other of two brothers, or somebody who comes along.
pub(super) fn companion_told(
    m: &mut Memory,
    u: &Utterance<'_>,
    name: &PersonName,
    follows: usize,
) -> Option<PersonId> {
    let along = u.words(follows..(follows + 2).min(u.word_tokens.len()));
    other_sibling(m, name).or_else(|| comes_along(&along).then(|| newcomer(m, name)))
}

/// «Тихон мовчить, він молодший»: the other of the two brothers who came.
fn other_sibling(m: &mut Memory, name: &PersonName) -> Option<PersonId> {
    let kin = m.we_are?;
    let known = m.people.iter().any(|p| p.kin == Some(kin));
    if known || !m.has(&Memory::key(0, "given_names")) || sex_of(name) != kin.sex() {
        return None;
    }
    let id = m.add_person(Some(kin));
    Some(joins_children(m, id))
}

/// A name that opens an answer or a part of it, or stands behind a word for writing it down.
pub(super) fn opens_answer(u: &Utterance<'_>, word: usize, before: &[&str]) -> bool {
    before.is_empty()
        || u.sentences.iter().any(|s| s.words.start == word)
        // «Двоє дітей. Денис, десять років. І Єва, чотири роки.»
        || u.written && opens_with_joint(u, word)
        || word == 1 && matches!(before, [title] if is_title(title))
        // «а дем'ян двадцять сім …»
        || word == 1 && matches!(before, ["а" | "і" | "й" | "та" | "ще" | "потім" | "далі"])
        // «…, ім'я Тетяна», but «кіт на ім'я Лев»
        || before.last() == Some(&"ім'я") && before.iter().rev().nth(1) != Some(&"на")
        // «Пишіть Єлизавета Скалозуб»
        || matches!(before.last(), Some(&("пишіть" | "запишіть" | "записуйте")))
        // «аякже інна волошина»
        || word == 1 && !u.written && matches!(before, ["так" | "да" | "ага" | "аякже" | "звісно" | "авжеж"])
        || u.said[..u.token(word).span.start]
            .trim_end()
            .ends_with([':', ',', '…', '.', '—', '–', '!', '«', '('])
}
