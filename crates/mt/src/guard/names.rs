//! Names of people, streets and places, compared by sound across the two scripts.

use std::ops::Range;

use tolkebot_protocol::Lang;
use tolkebot_values::{names as people, places, sound};

use super::{danes, streets};
use crate::text::is_latin;

/// A name of the source: neighbouring capitalised words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// Where it stands in the source.
    pub span: Range<usize>,
    /// Its words.
    pub words: Vec<String>,
}

/// Words that are written with a capital letter and are no names.
const NOT_NAMES_DA: [&str; 18] = [
    "De",
    "Dem",
    "Deres",
    "Jeres",
    "Jer",
    "Hr",
    "Fru",
    "Digital",
    "Post",
    "Gud",
    "Internettet",
    "Udlændingestyrelsen",
    "Ankestyrelsen",
    "Borgercenter",
    "Jorden",
    "Danmarks",
    "Folkeregisteret",
    "Familieretshuset",
];
/// The polite pronouns, in all their forms, by their beginning.
const POLITE_UK: [&str; 5] = ["Ви", "Вас", "Вам", "Вами", "Ваш"];
/// Beginnings of feasts and offices, which Danish writes small or calls otherwise.
const NOT_NAMES_UK: [&str; 14] = [
    "Різдв",
    "Велик",
    "Нов",
    "Святвеч",
    "Імміграц",
    "Апеляц",
    "Червон",
    "Міжнарод",
    "Бог",
    "Півден",
    "Північ",
    "Східн",
    "Західн",
    "Міністерств",
];

const ALSO_WORDS: &str = "
    Має Маю Тому Поля Поле Полі Полю Сервер Сервера Сервері Сервером Серверу Ані Алло Люди Люду Люда Людо Яким Віку Віки Віка
    Віці Віко Віком Тіні Слава Славу Слави Славою Славі Славо Віра Віри Віру Вірі Вірою Віро Надія Надію Надії Надією Любов Любові
    Любов’ю Свята Святі Святе Свят Святу Святом Іди Іду Ідемо Мир Миру Мирі Мира Миро Міра Міру Міри Мірі Мірою Кості Кота Люби
    Любі Любо Люба Дано Дана Дану Даною Лев Лева Левом Влада Влади Владу Владі Владою Милі Мило Мила Мили Лука Луки Луку Луці
    Колі Вести Мишка Мишку Розі Роза Рози Солі Соль Сьома Сьому Сьомі Сьомою Лілія Лілеї Лілея Ладу Лад Раю Паші Ларі Нори Нору
    Томи Томі Варвари Рути Сені Калина Калини Калину Зоря Зорі Доля";

/// What stands between two names of a list: «Софія та Максим».
const AND: [&str; 6] = [", ", " та ", " і ", " й ", " og ", " & "];

/// Likeness from which a word of the target is the name (see `sound::similarity`). At 0.7 one of
/// a hundred names in faithful translations is not recognised, and «Ткачук» is not "Tkachenko".
const ALIKE: f32 = 0.7;
/// The same for a surname of unknown origin that is plainly one.
const SAME_FOREIGN: f32 = 0.87;
/// The same for a given name of the table, in the nominative.
const SAME_GIVEN: f32 = 0.9;
/// The same for words of up to five letters.
const ALIKE_SHORT: f32 = 0.78;

/// The names of a source: capitalised words where no sentence begins, and people of at least two
/// words whose given names are known, however they are written. One small word is more often a
/// word («тому» is not only Toma's dative, "hans" is "his") unless another name follows with a capital.
pub(super) fn find(source: &str, lang: Lang) -> Vec<Name> {
    let mut out = capitalised(source, lang);
    let people = people::find(source, lang);
    for (at, person) in people.iter().enumerate() {
        let span = person.span.clone();
        let taken = out
            .iter()
            .any(|n| n.span.start < span.end && span.start < n.span.end);
        let listed = people.get(at + 1).is_some_and(|next| {
            let between = source.get(span.end..next.span.start).unwrap_or_default();
            let capital = |at: usize| source[at..].starts_with(char::is_uppercase);
            AND.contains(&between) && capital(span.start) && capital(next.span.start)
        });
        if taken || person.value.parts.len() < 2 && !listed {
            continue;
        }
        let words = person
            .value
            .parts
            .iter()
            .map(|p| source[p.span.clone()].to_owned())
            .collect();
        out.push(Name { span, words });
    }
    out.sort_by_key(|n| n.span.start);
    out
}

fn capitalised(source: &str, lang: Lang) -> Vec<Name> {
    let words = words(source);
    let mut out: Vec<Name> = Vec::new();
    let mut last = None;
    for (n, word) in words.iter().enumerate() {
        let initial = starts_sentence(source, word.span.start);
        let next_is_name = words.get(n + 1).is_some_and(|next| {
            source[word.span.end..next.span.start].trim().is_empty()
                && source[word.span.end..next.span.start].len() == 1
                && is_candidate(next.text, lang)
        });
        // "Skriv Gudrun" begins like "Emil Toft": only in a short answer is the first word a name.
        let whole_answer = initial && next_is_name && words.len() <= 4;
        let street = streets::is_street(word.text);
        // «Казимир Вишневський, народився …»
        let next = words.get(n + 1).map_or("", |next| next.text);
        let listed = lang == Lang::Uk && people::to_nominative(word.text).is_some_and(|n| n.2);
        // «Марії сім років, а Анні три.»
        let given = listed
            && (next_is_name && people::looks_like_surname(next) || !is_also_a_word(word.text));
        let by_pause = is_by_pause(source, word, lang) && !next_is_name;
        let opens = initial && !whole_answer && !street && !given;
        if !is_candidate(word.text, lang) || by_pause || opens {
            continue;
        }
        match out.last_mut() {
            Some(name)
                if last == n.checked_sub(1) && source[name.span.end..word.span.start] == *" " =>
            {
                name.span.end = word.span.end;
                name.words.push(word.text.to_owned());
            }
            _ => out.push(Name {
                span: word.span.clone(),
                words: vec![word.text.to_owned()],
            }),
        }
        last = Some(n);
    }
    out
}

/// Given names that are words as well, in some case: at the beginning of a sentence these are more often words.
fn is_also_a_word(word: &str) -> bool {
    ALSO_WORDS.split_whitespace().any(|w| w == word)
}

/// Whether a word may have its capital letter from the recogniser, which writes one where somebody breathed
/// («спільні, Діти завжди жили з нами»): behind a comma only what looks like a name is one.
fn is_by_pause(source: &str, word: &Word<'_>, lang: Lang) -> bool {
    source[..word.span.start].ends_with(", ")
        && lang == Lang::Uk
        && word.text.chars().all(crate::text::is_cyrillic)
        && people::to_nominative(word.text).is_none()
        && !people::looks_like_surname(word.text)
        && !streets::is_street(word.text)
        && places::find(word.text, lang).is_empty()
}

/// The names of a source that the target lacks, under any spelling. A word of the target stands
/// for one word of the source only.
pub(crate) fn missing(source: &str, target: &str, from: Lang) -> Vec<Name> {
    let there = places::find(target, from.other());
    let mut free: Vec<&str> = words(target).into_iter().map(|w| w.text).collect();
    let mut take = |word: &String| {
        // "Torben Kroghs lejlighed"
        let owner = word.strip_suffix('s').filter(|_| from == Lang::Da);
        let same = |t: &&str| alike(word, t) || owner.is_some_and(|owner| alike(owner, t));
        let at = free.iter().position(same);
        at.map(|at| free.remove(at)).is_some()
    };
    let mut given: Vec<&str> = words(target).into_iter().map(|w| w.text).collect();
    let mut out = find(source, from);
    out.retain(|name| {
        let places = places::find(&source[name.span.clone()], from);
        let known = !places.is_empty()
            && places
                .iter()
                .all(|p| there.iter().any(|t| t.value.name == p.value.name));
        let found = name.words.iter().filter(|w| take(w)).count();
        let misspelled = from == Lang::Uk
            && name.words.iter().any(|word| {
                streets::is_street(word)
                    && streets::listed(word).is_some_and(|street| !streets::has(target, &street))
            });
        let copied = match from {
            Lang::Da => danes::keep_danish(&name.words, target),
            Lang::Uk => !has_latin(name) || is_copied(&source[name.span.clone()], target),
        };
        let exact = from == Lang::Da || !is_nominative(name) || written_by_rule(name, target);
        let called = from == Lang::Da
            || danes::keep_surname(&name.words, target)
                && keep_given(name, &mut given)
                && (!is_called(name, source) || surname_by_rule(name, target));
        !known && (found < name.words.len() || misspelled || !exact || !called) || !copied
    });
    out
}

/// Latin letters in a Ukrainian text were seen or spelled by somebody: nothing may change in them.
fn has_latin(name: &Name) -> bool {
    name.words
        .iter()
        .all(|word| word.chars().any(is_latin) && word.chars().count() > 2)
}

fn is_copied(said: &str, target: &str) -> bool {
    let (said, target) = (said.to_lowercase(), target.to_lowercase());
    target.match_indices(&said).any(|(at, _)| {
        let rest = &target[at + said.len()..];
        let rest = rest.strip_prefix('s').unwrap_or(rest);
        !target[..at].ends_with(char::is_alphabetic) && !rest.starts_with(char::is_alphabetic)
    })
}

/// A given name of the table is in the target under a spelling that sounds like its nominative: «Казимира» is
/// Kazymyr or Casimir, not "Kasiia".
fn keep_given(name: &Name, free: &mut Vec<&str>) -> bool {
    name.words.iter().all(|word| {
        let Some((nominative, _, true)) = people::to_nominative(word) else {
            return true;
        };
        let same = |t: &&str| {
            let like = |t: &str| people::same_name(&nominative, t) >= SAME_GIVEN;
            like(t) || t.strip_suffix('s').is_some_and(like)
        };
        let at = free.iter().position(same);
        at.map(|at| free.remove(at)).is_some()
    })
}

/// A given name in the nominative before a surname that has no ending of another case: both are
/// written by the rules, letter by letter.
pub(super) fn is_nominative(name: &Name) -> bool {
    let [given, surname] = name.words.as_slice() else {
        return false;
    };
    let stands =
        |name: &str| people::to_nominative(name).is_some_and(|(n, _, sure)| sure && n == name);
    // «Олександра Мельника» is a man whom somebody saw.
    let man = match (given.strip_suffix('а'), given.strip_suffix('я')) {
        (Some(stem), _) => stands(stem),
        (_, Some(stem)) => stands(&format!("{stem}й")),
        _ => false,
    };
    let as_it_is = stands(given) && !(man && surname.ends_with(['а', 'я']));
    let oblique = [
        "у", "ю", "ого", "ому", "им", "ові", "ою", "ої", "ій", "ку", "ом", "ем",
    ];
    as_it_is
        && !oblique.iter().any(|end| surname.ends_with(end))
        && people::danish_surname(surname).is_none()
}

/// «Колегу звати Гурген Загородній»: a name behind this word stands in the nominative, known or not.
pub(super) fn is_called(name: &Name, source: &str) -> bool {
    let before = source[..name.span.start].split_whitespace().next_back();
    matches!(before, Some("звати" | "звуть" | "зовуть"))
}

/// Somebody whose last name is known from Denmark.
pub(super) fn ends_danish(name: &Name) -> bool {
    let last = name.words.last();
    last.is_some_and(|word| people::danish_surname(word).is_some())
}

/// A surname that nobody but a Ukrainian bears, or that follows a Ukrainian given name, is written by the rules; of
/// others it is not known here.
fn surname_by_rule(name: &Name, target: &str) -> bool {
    let [given, surname] = name.words.as_slice() else {
        return true;
    };
    let listed = people::to_nominative(given).is_some_and(|(n, _, sure)| sure && n == *given);
    let ukrainian = listed || is_plainly_a_surname(surname) || surname.ends_with("ній");
    if people::danish_surname(surname).is_some() || surname.chars().any(is_latin) {
        return true;
    }
    let wanted = people::romanise(surname).to_lowercase();
    words(target).iter().any(|t| {
        let word = t.text.to_lowercase();
        let by_rule = word == wanted || word.strip_suffix('s') == Some(&wanted);
        by_rule || !ukrainian && sound::similarity(surname, t.text) >= SAME_FOREIGN
    })
}

/// The words by the rules or, for a given name, as the table of names has it.
fn written_by_rule(name: &Name, target: &str) -> bool {
    let target = words(target);
    let stands = |word: &str| {
        target.iter().any(|t| {
            t.text
                .trim_end_matches('s')
                .eq_ignore_ascii_case(word.trim_end_matches('s'))
        })
    };
    name.words
        .iter()
        .all(|word| stands(&people::romanise(word)))
}

/// Whether a name of a Ukrainian source is one beyond doubt: a street, a place or several words with
/// capital letters.
pub(crate) fn is_surely_one(name: &Name, source: &str, from: Lang) -> bool {
    let said = &source[name.span.clone()];
    from == Lang::Uk
        && (name.words.len() > 1
            || streets::is_street(said)
            || !places::find(said, from).is_empty())
}

/// Whether a name is somebody's: several words that are no street.
pub(crate) fn is_person(name: &Name, source: &str, from: Lang) -> bool {
    let found = people::find(source, from);
    let listed = found
        .iter()
        .any(|p| p.span == name.span && p.value.parts.len() > 1);
    let street = name.words.iter().any(|word| streets::is_street(word));
    name.words.len() > 1 && (listed || !street)
}

/// Wordings that a target may have for a name, the likeliest first: as it is in Latin letters for
/// a Ukrainian target; for a Danish one the Danish name of a place, the nominative of a person's
/// name, or the letters of the case that was said.
pub(crate) fn spellings(name: &Name, source: &str, from: Lang) -> Vec<String> {
    let said = &source[name.span.clone()];
    if from == Lang::Da {
        return vec![said.to_owned()];
    }
    if let [place] = places::find(said, from).as_slice()
        && place.span == (0..said.len())
    {
        return vec![place.value.name.clone()];
    }
    let people = people::find(source, from);
    // «Филип Соловей» ends like a street.
    let somebody = people
        .iter()
        .any(|p| p.span == name.span && p.value.parts.len() > 1);
    if !somebody
        && streets::is_street(said)
        && let Some(street) = streets::danish(said)
    {
        return vec![street, people::romanise(said)];
    }
    let parts = || people.iter().flat_map(|p| &p.value.parts);
    let mut at = name.span.start;
    let mut words = Vec::new();
    for word in said.split(' ') {
        let span = at..at + word.len();
        at = span.end + 1;
        let part = parts().find(|p| p.span == span);
        words.push(part.map_or_else(|| people::romanise(word), |p| p.latin.clone()));
    }
    let mut out = vec![words.join(" "), people::romanise(said)];
    out.dedup();
    out
}

/// Whether two words are one name, in whatever script and case.
fn alike(a: &str, b: &str) -> bool {
    if let Some(same) = streets::same(a, b) {
        return same;
    }
    // One other sound in a short name is a bigger part of it («Мене» is not "Mette").
    let like = |a: &str, b: &str| {
        let short = a.chars().count().min(b.chars().count()) <= 5;
        // Danish ears take the "ch" of "Chornyi" for a k: written by the rules it is «Чорний».
        let by_rule = |a, b| in_latin(a, b).is_some_and(|a| is_written(&a, b));
        sound::similarity(a, b) >= if short { ALIKE_SHORT } else { ALIKE }
            || by_rule(a, b)
            || by_rule(b, a)
    };
    like(a, b) || stem(a).is_some_and(|a| like(a, b)) || stem(b).is_some_and(|b| like(a, b))
}

/// Whether a word is a romanised one, in whatever case that was.
fn is_written(romanised: &str, word: &str) -> bool {
    let both = romanised.chars().zip(word.chars());
    let same = both
        .take_while(|(a, b)| a.to_lowercase().eq(b.to_lowercase()))
        .count();
    let (said, written) = (romanised.chars().count(), word.chars().count());
    said == written && same == said || same >= 4 && said.max(written) - same <= 2
}

/// A word in Cyrillic by the rules of romanisation, if the other is in Latin letters.
fn in_latin(word: &str, other: &str) -> Option<String> {
    let cyrillic = word.chars().any(crate::text::is_cyrillic);
    (cyrillic && other.chars().any(crate::text::is_latin)).then(|| people::romanise(word))
}

/// A Ukrainian word without its case ending, if enough remains.
fn stem(word: &str) -> Option<&str> {
    let cyrillic = word
        .chars()
        .all(|c| crate::text::is_cyrillic(c) || c == '\u{2019}');
    let keep = word
        .chars()
        .count()
        .checked_sub(2)
        .filter(|&n| n >= 3 && cyrillic)?;
    word.char_indices().nth(keep).map(|(at, _)| &word[..at])
}

pub(super) struct Word<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
}

pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let inner = matches!(c, '\u{2019}' | '\'' | '-')
            && start.is_some()
            && chars.peek().is_some_and(|(_, n)| n.is_alphabetic());
        if c.is_alphabetic() || inner {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            out.push(Word {
                text: &text[from..at],
                span: from..at,
            });
        }
    }
    if let Some(from) = start {
        out.push(Word {
            text: &text[from..],
            span: from..text.len(),
        });
    }
    out
}

fn is_candidate(word: &str, lang: Lang) -> bool {
    let mut chars = word.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = chars.collect();
    if !capital || rest.len() < 2 || !rest.iter().any(|c| c.is_lowercase()) {
        return false;
    }
    // "CPR-nummer", "EU-land"
    if word
        .split('-')
        .next()
        .is_some_and(|w| w.len() > 1 && w.chars().all(char::is_uppercase))
    {
        return false;
    }
    match lang {
        Lang::Da => !NOT_NAMES_DA.contains(&word),
        // «Богдан», «Новаченко»
        Lang::Uk if people::to_nominative(word).is_some() || is_plainly_a_surname(word) => true,
        Lang::Uk if NOT_NAMES_UK.iter().any(|p| word.starts_with(p)) => false,
        Lang::Uk => !POLITE_UK
            .iter()
            .any(|p| word.starts_with(p) && word.chars().count() <= 6),
    }
}

fn is_plainly_a_surname(word: &str) -> bool {
    let ends = [
        "енко",
        "енка",
        "енку",
        "енком",
        "чук",
        "чука",
        "чуку",
        "чуком",
        "юк",
        "юка",
        "юку",
        "юком",
    ];
    ends.iter().any(|end| word.ends_with(end))
}

/// Whether the word at this place begins a sentence, where every word has a capital letter.
fn starts_sentence(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '(', '–', '—', '-']);
    before.is_empty()
        || before.ends_with(['"', '«', '“', '»', '„'])
        || before.ends_with(['.', '!', '?', '…', ':'])
}
