//! Whether the words around a street or town say that it is the old home or the new one.

use std::sync::LazyLock;

use tolkebot_values::dates::Tense;

use super::memory::Place;
use super::pattern::Lexicon;
use super::who_lived;

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
