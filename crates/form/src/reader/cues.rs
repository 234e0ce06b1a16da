//! Small words that decide: from or to, yes or no, here or elsewhere.

use std::sync::LazyLock;

use tolkebot_protocol::Lang;

use tolkebot_values::dates::Tense;

use super::memory::Place;
use super::pattern::Lexicon;
use super::utterance::Utterance;
use super::who_lived;

/// Words of the same sentence left of a byte, but not before `from`.
pub(super) fn left<'u>(u: &'u Utterance<'_>, from: usize, byte: usize) -> Vec<&'u str> {
    let start = u.sentence_at(byte).map_or(0, |s| s.bytes.start).max(from);
    u.words(u.word_at(start)..u.word_at(byte))
}

/// Words of the same sentence right of a byte, at most eight.
pub(super) fn right<'u>(u: &'u Utterance<'_>, byte: usize) -> Vec<&'u str> {
    let last = byte.saturating_sub(1);
    let end = u
        .sentence_at(last)
        .map_or(u.turn.text.len(), |s| s.bytes.end);
    let first = u.word_at(byte);
    u.words(first..u.word_at(end).min(first + 8).max(first))
}

/// "Man kan …", "min bror er gift", «у моєї подруги …»: rules and other people, not this case.
pub(super) fn of_others(words: &[&str], staff: bool) -> bool {
    if staff {
        let rule = words.iter().any(|w| {
            matches!(
                *w,
                "man" | "når" | "medmindre" | "nogle" | "normalt" | "anbefale" | "anbefaler"
            )
        });
        let kin = |w: &str| {
            [
                "bror",
                "søster",
                "datter",
                "søn",
                "svigerfar",
                "svigermor",
                "far",
                "mor",
                "mand",
                "kone",
            ]
            .contains(&w)
        };
        return rule
            || words
                .windows(2)
                .any(|w| matches!(w[0], "min" | "mine") && (kin(w[1]) || w[1] == "egen"));
    }
    words.first().is_some_and(|w| *w == "чи")
        || words.iter().any(|w| {
            ["подруг", "сусід", "знайом", "кажуть", "куми", "кума"]
                .iter()
                .any(|s| w.starts_with(s))
        })
        || words.windows(2).any(|w| {
            matches!(
                (w[0], w[1]),
                ("мої" | "моїх", "батьки" | "батьків")
                    | ("мого" | "у" | "в", "брата")
                    | ("мій", "брат" | "племінник" | "дядько")
            )
        })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hint {
    Old,
    New,
    /// «зараз», "nu": before the move the old home, after it the new one.
    Now,
}

static OLD_NEW: LazyLock<Lexicon<Hint>> = LazyLock::new(|| {
    Lexicon::new(&[
        (
            Hint::Old,
            &[
                // Ukrainian
                "жив|жила|жили",
                "мешкав|мешкала|мешкали",
                "стар~ адрес~|квартир~|житл~|місц~",
                "стара|стару|старої|старій",
                "колишн~",
                "попередн~",
                "раніше",
                "до цього",
                "перед тим|цим",
                "до того",
                "звідти",
                "звідки",
                "виїжджа~|з'їжджа~ з",
                "була|був|були в|у|на",
                "було",
                "досі жив~",
                "ще на|в|у * живемо|живу",
                "ще живемо|живу|спав|спала|спали|ночував|ночувала|ночували на|в|у",
                "зараз|наразі|поки я|ми? ще на|в|у",
                "там я|ми жив~|була|був|були",
                // Danish
                "boede",
                "boet",
                "du stod",
                "stod du",
                "gamle",
                "gammel",
                "før",
                "tidligere",
                "forlader",
                "er|står|var|stod|været * tilmeldt",
                "tilmeldt hidtil|før|indtil",
                "forlod|forladt",
                "rejser fra",
                "з'їха~ з",
                "виїха~ з",
                "до цього|того",
                "доти",
                "досі на|в|у",
                "stadig på",
                "kommer fra",
                "flytter fra",
                "flyttet fra",
                "indtil nu",
                "fraflytning~",
                "var|lå på",
            ],
        ),
        (
            Hint::Now,
            &[
                "зараз",
                "наразі",
                "нині",
                "поки що",
                "bor nu",
                "bor du|i nu",
                "bor * nu",
                "bor i dag",
                "bor * i dag",
                "lige nu",
                "тепер ми|я|ще на|в|у",
            ],
        ),
        (
            Hint::New,
            &[
                "переїха~ на|в|у|до",
                "переїжджа~ на|в|у|до",
                "переїжджає~ на|в|у|до",
                "перебира~|перебер~|перебра~ на|в|у|до",
                "переход~|перейд~ на|в|у|до",
                "переїду|переїдемо|переїде на|в|у|до",
                "нов~ адрес~|квартир~|житл~|дім",
                "нова|нову|нової|новій",
                "а нове|новий",
                "тепер живу|живемо|на|у|в",
                "а тепер",
                "тепер",
                "kontrakt~ siger|står|lyder",
                "у|в договорі|контракті|угоді",
                "på kontrakt~",
                "змін~ * на",
                "перереєстр~ * на",
                "прописатися|прописатись на|в|у",
                "записатися|записатись на",
                "а тут",
                "тут буде",
                "дали|отримав|отримала|отримали|виділили|знайшов|знайшла|знайшли місце|квартиру|кімнату|житло|будинок",
                "будемо|буду|житимемо|житиму на|в|у",
                "а|але з|із|від * на|в|у",
                "а|але потім|далі вже|уже? на|в|у",
                "men|og fra den * på|i",
                "тут я|ми",
                "вселя~",
                "засели~",
                "заночува~|ночува~|ночую|сплю|спимо вже|уже? в|у|на",
                "bliver|blive|bliv|skal|vil|ønsker|gerne * tilmeldt",
                "nye",
                "ny adresse",
                "hen til",
                "flytter til",
                "flyttet til",
                "og nu",
                "tilflytning~",
            ],
        ),
    ])
});

/// Old or new, when the words around a street or town say so. The nearest words count.
pub(super) fn place(left: &[&str], right: &[&str], tense: Option<Tense>) -> Option<Place> {
    // «з Рандерса», "fra Hejredalsvej": right before the name.
    match left.last().copied().unwrap_or("") {
        "з" | "із" | "зі" | "від" | "fra" => return Some(Place::Old),
        "til" | "до" => return Some(Place::New),
        _ => {}
    }
    // "Fra Ribe til Malling. Bredgade nitten.": the street stands behind the town where one goes.
    if let [.., from, _, to, _] = left
        && matches!((*from, *to), ("fra", "til") | ("з" | "із" | "зі", "до"))
    {
        return Some(Place::New);
    }
    // «з вулиці …», «з адреси …», "fra adressen …"
    if let [.., before, noun] = left
        && matches!(*noun, "вулиці" | "адреси" | "міста" | "adressen" | "gamle")
        && matches!(*before, "з" | "із" | "зі" | "fra")
    {
        return Some(Place::Old);
    }
    let nearest = super::moment::homes(OLD_NEW.find_all(left), left)
        .into_iter()
        // «Така стара вуличка з трояндами»: the street is old, not the address.
        .filter(|(_, range)| {
            let street = left
                .get(range.end)
                .is_some_and(|w| w.starts_with("вули") || w.starts_with("місто"));
            !(street && left[range.clone()].iter().all(|w| w.starts_with("стар")))
        })
        // «Спочатку було домовлено про Тистед»: a plan, and no former home.
        .filter(|(_, range)| {
            let plan = left.get(range.end).is_some_and(|w| {
                ["домовлен", "заплан", "виріш", "дума", "запропон", "обіця"]
                    .iter()
                    .any(|stem| w.starts_with(stem))
            });
            !(plan && left[range.clone()] == ["було"])
        })
        // "Er det stadig på Ringvejen, det hjem?"
        .filter(|(_, range)| {
            let still = left[range.clone()].first() == Some(&"stadig");
            !(still
                && right.iter().take(4).any(|w| {
                    [
                        "hjem",
                        "plejehjem",
                        "kolleg",
                        "forening",
                        "bosted",
                        "center",
                        "centret",
                    ]
                    .iter()
                    .any(|stem| w.starts_with(stem))
                }))
        })
        .max_by_key(|(_, range)| range.end);
    match nearest {
        Some((Hint::Old, _)) => return Some(Place::Old),
        Some((Hint::New, _)) => return Some(Place::New),
        Some((Hint::Now, _)) => {
            return tense.map(|t| {
                if t == Tense::Past {
                    Place::New
                } else {
                    Place::Old
                }
            });
        }
        None => {}
    }
    let after: Vec<&str> = right.iter().take(6).copied().collect();
    // «… шістдесят, ні, то стара»
    let is = |words: &[&str]| {
        after
            .windows(2)
            .any(|w| matches!(w[0], "то" | "це") && words.contains(&w[1]))
    };
    if is(&["стара", "колишня", "попередня"]) {
        return Some(Place::Old);
    }
    if is(&["нова"]) {
        return Some(Place::New);
    }
    // "Randersvej 95, I flytter ind på?", "Herredsvej 12, du kommer fra?"
    let towards = after.windows(2).any(|w| {
        matches!(
            w,
            [
                "flytter" | "flyttede" | "flyttet" | "rykker",
                "ind" | "hen" | "til"
            ] | ["skal", "bo"]
                | ["вже" | "уже", "живу" | "живемо" | "сплю" | "спимо"]
        )
    });
    if towards {
        return Some(Place::New);
    }
    let left_behind = after.windows(2).any(|w| {
        matches!(
            w,
            ["kommer" | "flytter" | "flyttede" | "flyttet", "fra"]
                | [
                    "ми" | "я",
                    "здали" | "здав" | "здала" | "здаємо" | "здаю" | "продали"
                ]
        )
    });
    let old = left_behind
        || after
            .iter()
            .any(|w| matches!(*w, "звідти" | "здали" | "продали"))
        || after.iter().take(2).any(|w| {
            // «На Гаммель Стіллінгвей лишається свекруха»
            [
                "лишається",
                "лишаються",
                "залишається",
                "залишаються",
                "лишив",
                "лишил",
                "залишил",
            ]
            .iter()
            .any(|stem| w.starts_with(stem))
        })
        || after.windows(2).any(|w| matches!(w, ["boede", "du" | "i"]))
        || who_lived::lived_there(&after);
    old.then_some(Place::Old)
}

/// The mention is named only to be refused: «Рандерсвей забудьте», "…, ikke Randersvej".
pub(super) fn rejects(left: &[&str], right: &[&str]) -> bool {
    let before = left.last().copied().unwrap_or("");
    let after = right.first().copied().unwrap_or("");
    // "Så stryger jeg Mariagervej"
    let struck = matches!(
        left,
        [
            ..,
            "stryger" | "sletter" | "fjerner" | "glemmer",
            "jeg" | "vi"
        ]
    );
    // "Så springer jeg Strandvej over"
    let skipped =
        matches!(left, [.., "springer"] | [.., "springer", "jeg" | "vi"]) && after == "over";
    struck || skipped || matches!(before, "не" | "ikke") || matches!(after, "забудьте" | "забудь")
}

/// Where somebody else lives or moves to.
pub(super) fn is_theirs(left: &[&str], right: &[&str]) -> bool {
    // «вона на Рюесгаде», but «вона на …, звідти й переїжджаю» is the old home.
    let third = matches!(
        left,
        [.., "він" | "вона" | "вони" | "той", "на" | "в" | "у"]
    );
    third && !right.contains(&"звідти") || is_not_to_be_written(right)
}

/// «… у Люби на Нелікевей, але її туди не пишіть»
fn is_not_to_be_written(right: &[&str]) -> bool {
    right
        .iter()
        .take(8)
        .zip(right.iter().skip(1))
        .any(|(a, b)| {
            *a == "не" && ["пишіть", "записуйте", "вписуйте", "вказуйте", "враховуйте"].contains(b)
        })
}

/// Where somebody stayed for a night or two, or where somebody else lives.
pub(super) fn is_elsewhere(left: &[&str], right: &[&str]) -> bool {
    let words: Vec<&str> = left
        .iter()
        .rev()
        .take(8)
        .chain(right.iter().take(3))
        .copied()
        .collect();
    let night = words.iter().any(|w| {
        [
            "переноч",
            "поноч",
            "нічліж",
            "переканту",
            "мотел",
            "готел",
            "хостел",
        ]
        .iter()
        .any(|stem| w.starts_with(stem))
    });
    // «вона на Рюесгаде», «Ларисина адреса — …»
    let person = left.iter().rev().take(4).find(|w| {
        matches!(
            **w,
            "він"
                | "вона"
                | "вони"
                | "я"
                | "ми"
                | "сестра"
                | "брат"
                | "подруга"
                | "друг"
                | "донька"
                | "син"
        )
    });
    let other = person.is_some_and(|w| !matches!(*w, "я" | "ми"));
    let possessive = left.windows(2).rev().take(3).any(|w| {
        w[1] == "адреса"
            && ["ина", "їна", "ова", "ева"]
                .iter()
                .any(|end| w[0].ends_with(end))
            && w[0] != "нова"
    });
    if other || possessive {
        return true;
    }
    let theirs = left
        .windows(2)
        .rev()
        .take(4)
        .any(|w| matches!(w, ["у" | "в", "нього" | "неї" | "них"]));
    night || theirs
}

static NO_FLOOR: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[(
        (),
        &[
            "без поверх~",
            "поверх~ не треба",
            "поверх~ нема~",
            "окремий будин~",
            "таунхаус~",
            "весь наш",
            "цілий будинок",
            "окремий дім",
            "усе наше",
            "все наше",
            "рядн~ будин~",
            "приватний будинок",
            "ingen etage",
            "ikke etage",
            "etagen stå tom",
            "uden etage",
            "ingen etager",
            "etage på et rækkehus",
            "lader * etagen være|stå|tom",
            "etagen lader",
            "skal * ingen etage",
            "ikke stå nogen etage",
            "ingen etage på",
            "bare|kun værelsesnummeret",
        ],
    )])
});

/// The word at which it is said that there is no floor to write.
pub(super) fn says_no_floor(words: &[&str]) -> Option<usize> {
    // «Таких квартир на цілий будинок»
    let found = NO_FLOOR.find_all(words).into_iter();
    let mut starts = found.map(|(_, range)| range.start);
    starts.find(|at| *at == 0 || words[at - 1] != "на")
}

static SAME_HOUSE: LazyLock<Lexicon<()>> = LazyLock::new(|| {
    Lexicon::new(&[(
        (),
        &[
            "тому самому|ж домі|будинку",
            "тому ж самому домі|будинку",
            "samme hus|bygning|opgang",
            "у|в|з|із цьому|цього|того|тому ж|самого|самому домі|будинку|дому|під'їзді|під'їзду",
            "samme hus|bygning|opgang|ejendom",
            "той самий|же дім|будинок|під'їзд",
        ],
    )])
});

pub(super) fn says_same_house(words: &[&str], _lang: Lang) -> bool {
    SAME_HOUSE.has((), words)
}

/// Words after which the earlier part of a turn does not count: «ні,», «ой,», «тобто», "nej".
pub(super) fn is_restart(word: &str) -> bool {
    matches!(
        word,
        "ні" | "ой"
            | "тьху"
            | "вибачте"
            | "тобто"
            | "вірніше"
            | "точніше"
            | "nej"
            | "hov"
            | "undskyld"
    )
}
