//! What looks like a name or a relative and is none, and words that stand before one.

use super::*;

/// «Кай Ліндбергс гаде», "Johannes Jørgensens Vej": somebody's name, but a street's.
pub(super) fn names_a_street(u: &Utterance<'_>, end: usize) -> bool {
    let next = u.word_at(end);
    if next == 0
        || next >= u.word_tokens.len()
        || u.word_tokens[next] != u.word_tokens[next - 1] + 1
    {
        return false;
    }
    let genitive = u.token(next - 1).text.ends_with(['s', 'с']);
    genitive
        && matches!(
            u.token(next).text.as_str(),
            "vej"
                | "gade"
                | "allé"
                | "alle"
                | "plads"
                | "torv"
                | "stræde"
                | "boulevard"
                | "vænge"
                | "vænget"
                | "вей"
                | "вай"
                | "гаде"
                | "ґаде"
                | "алле"
                | "плас"
                | "торв"
                | "стреде"
                | "бульвар"
                | "венгет"
        )
}

/// «Прізвище Безпалько»: the word for it is none; «прізвище батькове, Лисюк»: nobody else, but the surname of the one who
/// was asked about.
pub(super) fn of_surname(u: &Utterance<'_>, name: &Found<PersonName>) -> bool {
    let at = u.word_at(name.span.start);
    let before = u.words(at.saturating_sub(3)..at);
    let whose = |w: &str| {
        ["батьк", "тат", "мам", "матер", "чоловік", "дівоч"]
            .iter()
            .any(|stem| w.starts_with(stem))
    };
    let told = match before.as_slice() {
        [.., "прізвище", word] | [.., "прізвище", "за" | "по" | "від" | "як", word] => {
            whose(word)
        }
        [.., word, "прізвище"] => whose(word),
        _ => false,
    };
    u.token(at).text == "прізвище" || told && name.value.given().is_none() && !u.is_staff()
}

/// «У нього хата в Рьонне»: a Danish town that sounds like a name, right behind the word for "in".
pub(super) fn in_a_town(u: &Utterance<'_>, name: &Found<PersonName>) -> bool {
    let inside = matches!(
        crate::reader::cues::left(u, 0, name.span.start).last(),
        Some(&("в" | "i" | "у" | "з" | "із" | "зі" | "до" | "від" | "під" | "біля"))
    );
    // "En flytning til Solrød Strand": what an employee calls so is a town by both its words.
    let whole = u.is_staff() && name.value.danish;
    (whole || inside && name.value.surname().is_none())
        && u.places()
            .iter()
            .any(|p| p.value.kind == PlaceKind::DanishTown && p.span == name.span)
}

/// "Hvem bor der i dag?" – «Троє дівчат, …»: who shares the flat.
pub(super) fn of_flatmates(m: &Memory, u: &Utterance<'_>, text: &str) -> bool {
    let family = u.all_words().iter().any(|w| {
        matches!(
            *w,
            "мої"
                | "моїх"
                | "наші"
                | "наших"
                | "чоловік"
                | "дружина"
                | "жінка"
                | "ми"
        )
    });
    if family || u.is_staff() {
        return false;
    }
    let lads = ["дівчат", "хлопц"]
        .iter()
        .any(|stem| text.starts_with(stem));
    let who_lives = m.staff_words.windows(2).any(|w| w == ["hvem", "bor"]);
    lads && (who_lives || m.asked.asks(Topic::OthersRegistered))
}

/// «Я, дружина, Карина й хлопці»: in a list a comma parts the relative from the next one by name.
pub(super) fn next_in_list(u: &Utterance<'_>, relative: usize, name: usize) -> bool {
    let sign = |at: usize| u.tokens[u.word_tokens[at] - 1].is_sign(',');
    u.written
        && !u.is_staff()
        && relative > 0
        && name == relative + 1
        && sign(relative)
        && u.token(relative - 1).text == "я"
        && sign(name)
        && u.words(name + 1..(name + 2).min(u.word_tokens.len()))
            .iter()
            .any(|w| matches!(*w, "і" | "й" | "та"))
}

/// «Галушко — дівоче»: a name of the past. But «Кіт, дівоче повернула» is the present one.
pub(super) fn of_the_past(u: &Utterance<'_>, name: &Found<PersonName>) -> bool {
    let next = u.word_at(name.span.end);
    let words = u.words(next..(next + 3).min(u.word_tokens.len()));
    let again = words
        .iter()
        .any(|w| w.starts_with("поверн") || *w == "знову");
    !again && matches!(words.first(), Some(&("дівоче" | "колишнє")))
}

/// "Drengenes mor": a capital at the start, and no name. «Малий — Захар» does not sound like "Molly".
pub(super) fn is_kin_word(u: &Utterance<'_>, name: &Found<PersonName>) -> bool {
    let close = |k: Kin| k.is_child() || k.is_couple();
    name.value.parts.len() == 1
        && (u.is_staff() || name.value.danish)
        && kin(&u.token(u.word_at(name.span.start)).text, u.lang()).is_some_and(close)
}

/// «Пес Бублик», «кіт на ім'я Лев»: nobody who is written down.
pub(super) fn of_animal(u: &Utterance<'_>, name: &Found<PersonName>) -> bool {
    const ANIMALS: &[&str] = &[
        "пес",
        "песик",
        "собака",
        "кіт",
        "котик",
        "кішка",
        "кицька",
        "папуга",
        "хом'як",
        "кролик",
        "такса",
        "вівчарка",
        "цуценя",
        "кошеня",
    ];
    if u.is_staff() {
        return false;
    }
    let at = u.word_at(name.span.start);
    // «Кіт Оксана» is called so.
    let animal = |word: Option<usize>| {
        word.map(|word| u.token(word))
            .is_some_and(|t| ANIMALS.contains(&t.text.as_str()) && (!t.capital || t.text != "кіт"))
    };
    let called = at >= 2 && u.words(at - 2..at) == ["на", "ім'я"];
    animal(Some(at)) || animal(at.checked_sub(1)) || called && animal(at.checked_sub(3))
}

/// What somebody is called by besides the name.
pub(super) fn is_title(word: &str) -> bool {
    matches!(
        word,
        "професор"
            | "професорка"
            | "доктор"
            | "докторка"
            | "інженер"
            | "пан"
            | "пані"
            | "отець"
            | "майор"
            | "капітан"
            | "полковник"
            | "магістр"
    )
}

/// «Професор Іларіон Стрижак», «Донька — Емілія»: the token behind what somebody is, where an answer begins with that.
pub(super) fn behind_title(u: &Utterance<'_>) -> usize {
    let (Some(first), Some(next)) = (u.word_tokens.first(), u.word_tokens.get(1)) else {
        return 0;
    };
    let word = &u.tokens[*first];
    let relative =
        u.written && kin(&word.text, u.lang()).is_some() && !names::is_known_surname(&word.text);
    let named = u.tokens[*next].capital || !u.written;
    if (relative || is_title(&word.text)) && named {
        first + 1
    } else {
        0
    }
}

/// "Hvem flytter?" – «Я, чоловік Єгор …»: asked who moves, a relative behind «я» and a comma is the next of them.
pub(super) fn next_behind_me(m: &Memory, u: &Utterance<'_>, word: usize) -> bool {
    word > 0
        && !u.is_staff()
        && u.token(word - 1).text == "я"
        && u.tokens[u.word_tokens[word] - 1].is_sign(',')
        && m.asked.asks_any(&[Topic::WhoMoves, Topic::HowMany])
}
