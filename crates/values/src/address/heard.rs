//! Danish street names in Cyrillic letters, as Ukrainian recognisers write them.

use super::gazetteer::Gazetteer;
use super::heard_words::{WORDS, ending, needs_number, second_part};
use super::parts::{COMMON, UNLIKE, best_of, nearest, nearest_part};
use super::spell_back::spell_back;
use super::street::{Hit, Street, StreetSource, from_entry, joined, key, number_behind, title};
use super::tail::{heard_behind_a_village, heard_of_person, heard_village};
use crate::sound::{similarity, sounds};
use crate::token::Token;
use tolkebot_protocol::Lang;

/// From here on a composed name is made of parts that are known.
const KNOWN_PARTS: f32 = 0.69;

/// A reading of a window of words.
struct Fit {
    street: Street,
    confidence: f32,
    /// How well it sounds, to compare windows: a common name is a guess, but a well-sounding one.
    strength: f32,
}

pub(super) fn at(tokens: &[Token], at: usize, cased: bool, streets: &Gazetteer) -> Option<Hit> {
    if skips(&tokens[at].text) {
        return None;
    }
    let capital = cased && tokens[at].capital;
    let mut best: Option<(Fit, usize)> = None;
    for len in 1..=5 {
        let Some(fit) = fit(tokens, at, len, capital, streets) else {
            continue;
        };
        // Longer windows win only when they fit better: «на гудрунсвей» is worse than «гудрунсвей».
        if best
            .as_ref()
            .is_none_or(|(other, _)| fit.strength > other.strength + 0.02)
        {
            best = Some((fit, at + len));
        }
    }
    // The name may begin at the next word: «вулиця Серен Фрікс вей».
    let (best, end) = best?;
    let better = (at + 1..end)
        .filter(|&next| tokens[next].is_cyrillic() && !skips(&tokens[next].text))
        .filter_map(|next| {
            let capital = cased && tokens[next].capital;
            fit(tokens, next, end - next, capital, streets)
        })
        .any(|later| later.strength > best.strength + 0.02);
    let hit = Hit {
        street: best.street,
        start: at,
        end,
        confidence: best.confidence,
    };
    (!better).then_some(hit)
}

/// The best reading of a window.
fn fit(tokens: &[Token], at: usize, len: usize, capital: bool, streets: &Gazetteer) -> Option<Fit> {
    let last = tokens.get(at + len - 1)?;
    let ends = ending(&last.text).is_some();
    let known = streets.may_begin(&tokens[at].text);
    let number = number_behind(tokens, at + len, Lang::Uk);
    // Most words are no streets: a look at the two ends spares the comparison.
    if !ends && !known && !number {
        return None;
    }
    let window = joined(tokens, at, len)?;
    // «Дорога — Тандслетвей»: a dash between spaces joins no name.
    if (at..at + len).any(|n| tokens[n].is_dash() && !tokens[n].glued) {
        return None;
    }
    let word: String = window
        .chars()
        .filter(|c| c.is_alphabetic() || *c == '\'')
        .collect();
    let exact = if known { exact(&window, streets) } else { None };
    if exact.is_some() {
        return exact;
    }
    let shaped = ending(&word).is_some_and(|(_, len, _)| word.len() > len + 2);
    if WORDS.contains(&word.as_str()) || !shaped && (word.chars().count() < 6 || !number) {
        return None;
    }
    let heard = sounds(&word);
    let candidates = streets.ranked(&heard, 0.6);
    let listed = listed(&candidates, shaped, streets);
    if listed.as_ref().is_none_or(|fit| fit.confidence < 0.86)
        && let Some(name) = heard_of_person(tokens, at, len)
    {
        let street = Street {
            name,
            source: StreetSource::Guessed,
            postal_codes: Vec::new(),
            candidates,
        };
        return Some(Fit {
            street,
            confidence: 0.72,
            strength: 1.02,
        });
    }
    let rival = listed.is_some() && common_beats(&heard, &candidates);
    if !rival && listed.as_ref().is_some_and(|fit| fit.confidence >= 0.86) {
        return listed;
    }
    // «Люнгбю Ховедгаде»: better than the last word alone.
    if number
        && len > 1
        && shaped
        && let Some(name) = heard_behind_a_village(tokens, at, len)
    {
        let street = Street {
            name: title(&name),
            source: StreetSource::Guessed,
            postal_codes: Vec::new(),
            candidates: candidates.clone(),
        };
        return Some(Fit {
            street,
            confidence: 0.72,
            strength: 1.02,
        });
    }
    // «Егьо Мьоллевей»
    if number
        && len == 2
        && let Some(village) = heard_village(tokens, at, len)
        && let Some(rest) = fit(tokens, at + 1, 1, tokens[at + 1].capital, streets)
    {
        let street = Street {
            name: format!("{village} {}", rest.street.name),
            source: StreetSource::Guessed,
            postal_codes: Vec::new(),
            candidates: candidates.clone(),
        };
        return Some(Fit {
            street,
            confidence: rest.confidence.min(0.72),
            strength: rest.strength + 0.03,
        });
    }
    let guess = if shaped {
        behind_compass(tokens, at, len, capital, streets).or_else(|| {
            guessed(
                &window,
                &word,
                &heard,
                candidates,
                number || capital && !needs_number(&word),
            )
        })
    } else if len == 1 && (capital || number && !tokens.iter().any(|t| t.capital)) {
        bare(&heard, candidates)
    } else {
        None
    };
    match (listed, guess) {
        (Some(listed), Some(guess)) if rival || fits_better(&word, &guess, &listed) => Some(guess),
        (Some(listed), _) => Some(listed),
        (None, guess) => guess,
    }
}

/// «Вестре Ланневей»: the name behind the first word is found on its own; the first word belongs to it.
fn behind_compass(
    tokens: &[Token],
    at: usize,
    len: usize,
    capital: bool,
    streets: &Gazetteer,
) -> Option<Fit> {
    let first = compass(&tokens[at].text).filter(|_| len > 1)?;
    let rest = fit(tokens, at + 1, len - 1, capital, streets)?;
    // «Ґамле Рьонневей», «Нордре Вестергаде» are other streets than the Rønnevej and Vestergade of a list.
    Some(Fit {
        street: Street {
            name: format!("{first} {}", rest.street.name),
            source: StreetSource::Guessed,
            postal_codes: Vec::new(),
            candidates: rest.street.candidates,
        },
        confidence: rest.confidence.min(0.8),
        strength: rest.strength + 0.03,
    })
}

/// Whether a name that many towns have sounds clearly more like what was heard than the list's best:
/// «Естергаде» is Østergade, which a list without it takes for Vestergade.
fn common_beats(heard: &[char], candidates: &[(String, f32)]) -> bool {
    let listed = candidates.first().map_or(0.0, |(_, alike)| *alike);
    best_of(&COMMON, heard, 0.96).is_some_and(|(_, alike)| alike > listed + 0.05)
}

/// A Danish name without the word for street at its end.
fn ending_of(name: &str) -> Option<&str> {
    ["vej", "gade", "vænget", "parken", "bakken", "vangen"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .filter(|bare| bare.chars().count() >= 3)
}

/// A name of known parts beats a listed name that sounds clearly less alike.
fn fits_better(word: &str, guess: &Fit, listed: &Fit) -> bool {
    let alike = |street: &Street| similarity(word, &street.name);
    guess.confidence >= 0.69 && alike(&guess.street) > alike(&listed.street) + 0.08
}

/// Words that never open a street name.
fn skips(text: &str) -> bool {
    // «Зупинка називалася Шульцсвей», «вулиця зветься …»
    let verb = ["лася", "лась", "лося", "лися", "ється", "еться"]
        .iter()
        .any(|end| text.ends_with(end));
    verb || matches!(
        text,
        "на" | "в"
            | "у"
            | "з"
            | "із"
            | "зі"
            | "до"
            | "від"
            | "вулиця"
            | "вулиці"
            | "вулицю"
            | "і"
            | "й"
            | "та"
            | "а"
            | "це"
            | "по"
            | "адреса"
            | "адресою"
            | "будинок"
            | "дім"
            | "номер"
            | "там"
            | "нова"
            | "стара"
            | "поверх"
            | "індекс"
            | "центр"
            | "центру"
            | "не"
            | "ні"
            | "так"
            | "то"
            | "тобто"
            | "за"
            | "ой"
            | "вул"
            | "мій"
            | "наш"
            | "ну"
            | "дорога"
            | "дорозі"
            | "зупинка"
            | "зупинці"
            | "вуличка"
            | "вуличці"
            | "вона"
            | "село"
            | "селі"
            | "хутір"
            | "хуторі"
    )
}

/// A rendering that the gazetteer has letter by letter.
fn exact(window: &str, streets: &Gazetteer) -> Option<Fit> {
    let key = key(window);
    let entry = streets
        .by_key(&key)
        .filter(|entry| entry.variants.contains(&key))?;
    Some(Fit {
        street: from_entry(entry, StreetSource::Known, Vec::new()),
        confidence: 0.95,
        strength: 0.97,
    })
}

/// The gazetteer's name that sounds most alike, when it sounds alike enough.
fn listed(candidates: &[(String, f32)], shaped: bool, streets: &Gazetteer) -> Option<Fit> {
    let (best, score) = candidates.first()?;
    let enough = if shaped { 0.8 } else { 0.9 };
    if *score < enough {
        return None;
    }
    let entry = streets.by_name(best)?;
    let street = from_entry(entry, StreetSource::Heard, candidates.to_vec());
    Some(Fit {
        street,
        confidence: score * 0.95,
        strength: score * 0.95,
    })
}

/// A name that no list has, put together from known parts or letter by letter.
fn guessed(
    window: &str,
    word: &str,
    heard: &[char],
    candidates: Vec<(String, f32)>,
    sure: bool,
) -> Option<Fit> {
    let (danish, len, apart) = ending(word)?;
    let stem = &word[..word.len() - len];
    if stem.chars().count() < 2 || WORDS.contains(&word) || !sure {
        return None;
    }
    let words: Vec<&str> = window.split([' ', '-']).filter(|w| !w.is_empty()).collect();
    let composed = compose(stem, &words, danish, apart);
    let common = best_of(&COMMON, heard, 0.88).filter(|(name, alike)| {
        // «Бентевей» sounds like Bondevej only in the word for street.
        let apart = ending_of(name).is_none_or(|bare| similarity(stem, bare) >= 0.86);
        // «Егесковвай» is of two known parts, and only sounds a little like a name that many towns have.
        let better = composed.1 < KNOWN_PARTS || alike + 0.02 >= similarity(word, &composed.0);
        *alike >= 0.97 || apart && better
    });
    let (name, score) = match common {
        Some((name, score)) => (name.to_string(), 0.5 + 0.28 * score),
        None => composed,
    };
    let street = Street {
        name: if common.is_some() { name } else { title(&name) },
        source: StreetSource::Guessed,
        postal_codes: Vec::new(),
        candidates,
    };
    let strength = common.map_or(score, |(_, alike)| alike * 0.96);
    Some(Fit {
        street,
        confidence: score,
        strength,
    })
}

/// «Вестербро дев'яносто один»: a name that many towns have and that has no word for street in it.
fn bare(heard: &[char], candidates: Vec<(String, f32)>) -> Option<Fit> {
    let (name, alike) = best_of(&COMMON, heard, 0.93)?;
    let street = Street {
        name: name.to_string(),
        source: StreetSource::Guessed,
        postal_codes: Vec::new(),
        candidates,
    };
    Some(Fit {
        street,
        confidence: 0.7,
        strength: alike * 0.96,
    })
}

fn compose(stem: &str, words: &[&str], danish: &str, apart: bool) -> (String, f32) {
    // «Естре Странвей», «гаммель ранерс вей»: the first word is one of its own.
    if let [first, rest @ ..] = words
        && let Some(compass) = compass(first)
        && let Some(stem) = stem.strip_prefix(first)
        && stem.chars().count() >= 3
    {
        let (name, value) = compose(stem, rest, danish, apart);
        return (format!("{compass} {}", title(&name)), value + 0.04);
    }
    let glue = if apart { " " } else { "" };
    // «Нордре Фасанвей»: every word for itself, when all but the last are parts of their own.
    if let [firsts @ .., last] = words
        && !firsts.is_empty()
        && let Some((_, len, _)) = ending(last)
        && last.len() > len + 4
    {
        let parts: Vec<(String, f32)> = firsts.iter().map(|word| part(word)).collect();
        let (tail, tail_score) = part(&last[..last.len() - len]);
        let low = parts.iter().map(|p| p.1).fold(tail_score, f32::min);
        if parts.iter().all(|p| p.1 >= 0.85) {
            let firsts: Vec<&str> = parts.iter().map(|p| p.0.as_str()).collect();
            return (
                format!("{} {tail}{glue}{danish}", firsts.join(" ")),
                0.4 + low * 0.3,
            );
        }
    }
    let (stem_name, score) = part(stem);
    let words_cost = 0.04 * (words.len().saturating_sub(1)) as f32;
    let value = if score >= 0.8 {
        0.45 + score * 0.3
    } else {
        0.4
    };
    (format!("{stem_name}{glue}{danish}"), value - words_cost)
}

/// The Danish word for a first part that is written apart.
pub(super) fn compass(word: &str) -> Option<&'static str> {
    Some(match word {
        "естре" | "остре" | "ьостре" | "йостре" => "Østre",
        "вестре" => "Vestre",
        "нордре" => "Nordre",
        "сендре" | "сьондре" | "сондре" | "сьонре" => "Søndre",
        "гаммель" | "гаммел" | "гамель" | "ґаммель" | "ґаммел" | "ґамель" => {
            "Gammel"
        }
        "гамле" | "гаммле" | "ґамле" | "ґаммле" => "Gamle",
        "нерре" | "норре" | "ньорре" | "нйорре" => "Nørre",
        "індре" => "Indre",
        "сторе" => "Store",
        "лілле" | "ліле" => "Lille",
        _ => return None,
    })
}

/// The Danish part that sounds most like a stem, with a binding `s` when the stem has one.
pub(super) fn part(stem: &str) -> (String, f32) {
    // «Копенгагенсвай»: the town by its name abroad.
    if let Some(rest) = ["копенгаген", "копенгаґен"]
        .iter()
        .find_map(|town| stem.strip_prefix(town))
        && matches!(rest, "" | "с")
    {
        return ("Københavns".to_owned(), 0.95);
    }
    let heard = sounds(stem);
    let bare = heard.strip_suffix(&['s']).filter(|rest| rest.len() >= 3);
    let best = nearest_part(&heard, bare, UNLIKE);
    if best.1 >= 0.95 {
        return best;
    }
    // «Егесков» is Ege and skov, and not the Agerskov that sounds a little like it.
    let several = two_parts(&heard).or_else(|| before_tail(stem));
    if best.1 >= 0.8
        && several
            .as_ref()
            .is_none_or(|(_, score)| best.1 >= score - 0.05)
    {
        return best;
    }
    several.unwrap_or_else(|| {
        // How little it sounds like anything counts only here.
        let best = if best.1 > UNLIKE {
            best
        } else {
            nearest_part(&heard, bare, 0.0)
        };
        (spell_back(stem), best.1.min(UNLIKE))
    })
}

/// «Колдґордс», «Ладегордс»: what stands before a second part that many names have, spelled back when it is no part itself.
fn before_tail(stem: &str) -> Option<(String, f32)> {
    let (rest, tail) = second_part(stem)?;
    let first = match nearest(&sounds(rest), 0.96) {
        Some((name, _)) => name.to_owned(),
        None => spell_back(rest),
    };
    Some((format!("{first}{tail}"), 0.97))
}

/// Two parts in a row: «Вестербро», «Мункебєрг».
fn two_parts(heard: &[char]) -> Option<(String, f32)> {
    let mut best: Option<(String, f32)> = None;
    for cut in 3..heard.len().saturating_sub(2) {
        let (left, right) = heard.split_at(cut);
        let (Some(left), Some((right, alike))) = (nearest(left, 0.88), second(right)) else {
            continue;
        };
        let score = (left.1 + alike) / 2.0 - 0.05;
        if best.as_ref().is_none_or(|b| score > b.1) {
            best = Some((format!("{}{right}", left.0), score));
        }
    }
    best
}

/// The second of two parts, also with a binding `s`: «Дальсландс» is Dals and land, and not the Lunds that sounds like it.
fn second(heard: &[char]) -> Option<(String, f32)> {
    let whole = nearest(heard, 0.88);
    let bound = heard
        .strip_suffix(&['s'])
        .filter(|rest| rest.len() >= 3)
        .and_then(|rest| nearest(rest, 0.88));
    let whole = whole.map(|(name, alike)| (name.to_lowercase(), alike));
    let bound = bound.map(|(name, alike)| (format!("{}s", name.to_lowercase()), alike));
    match (whole, bound) {
        (Some(whole), Some(bound)) if bound.1 > whole.1 => Some(bound),
        (whole, bound) => whole.or(bound),
    }
}

/// A name that no register has, for a street that cannot be the register's.
pub(super) fn unlisted(tokens: &[Token], at: usize, len: usize) -> Option<(Street, f32)> {
    let capital = tokens.get(at).is_some_and(|t| t.capital);
    let fit = fit(tokens, at, len, capital, &Gazetteer::default())?;
    Some((fit.street, fit.confidence))
}
