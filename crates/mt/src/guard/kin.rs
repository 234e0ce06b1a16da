//! Relatives: whose number is asked for is as much a value as the number.

use tolkebot_protocol::Lang;
use tolkebot_values::numbers;

/// One relative on both sides. `*` stands for any letters. What is said must be one of
/// the sure words; what stands for it in the other language may be looser.
struct Kin {
    /// Danish words that mean nobody else.
    da: &'static [&'static str],
    /// Ukrainian words that mean nobody else.
    uk: &'static [&'static str],
    /// What else may stand for them in Danish.
    also_da: &'static [&'static str],
    /// What else may stand for them in Ukrainian.
    also_uk: &'static [&'static str],
    /// What another attempt should write, in Danish.
    write_da: &'static [&'static str],
    /// The same in Ukrainian, in all cases of the singular.
    write_uk: &'static [&'static str],
}

/// «Чоловік» is also a man and, behind a number, people; "fru" and "mand" are also titles and
/// strangers: these are looked for behind a possessive only ([`POSSESSIVES`]). Pairs that faithful
/// translations write now and then ("kæreste" for «хлопець») are left out.
const KIN: [Kin; 11] = [
    Kin {
        da: &["ægtemand*"],
        uk: &[],
        also_da: &[
            "mand",
            "mands",
            "manden",
            "mandens",
            "eksmand*",
            "svigerf*",
            "svigerm*",
            "sviger*",
            "svoger*",
            "ægtefælle*",
            "mænd*",
            "samlever*",
            "gamle",
        ],
        also_uk: &[
            "чоловік*",
            "муж*",
            "подруж*",
            "свек*",
            "дід*",
            "мій",
            "мого",
        ],
        write_da: &["mand", "mands"],
        write_uk: &["чоловік", "чоловіка", "чоловіку", "чоловікові", "чоловіком"],
    },
    Kin {
        da: &["kone", "kones", "hustru*"],
        uk: &["дружина", "дружини", "дружині", "дружину", "дружиною"],
        also_da: &[
            "konen*",
            "fru",
            "fruen",
            "ægtefælle*",
            "ekskone*",
            "sviger*",
            "samlever*",
            "gift",
            "viv*",
        ],
        also_uk: &[
            "дружин*",
            "жінк*",
            "жінц*",
            "жінок",
            "подруж*",
            "жон*",
            "тещ*",
            "тест*",
            "моя",
            "мою",
        ],
        write_da: &["kone", "kones"],
        write_uk: &["дружина", "дружини", "дружині", "дружину", "дружиною"],
    },
    Kin {
        da: &["søn", "sønnen", "sønnens", "søns", "sønner", "sønnerne"],
        uk: &[
            "син",
            "сина",
            "синові",
            "сину",
            "сином",
            "сини",
            "синів",
            "синок",
            "синочок",
        ],
        also_da: &["søn*", "dreng*", "knægt*", "*søn", "*sønner"],
        also_uk: &[
            "син",
            "сина",
            "синов*",
            "сину",
            "сином",
            "сині",
            "сини",
            "синів",
            "синам*",
            "синок*",
            "синк*",
            "синоч*",
            "хлоп*",
            "пасинк*",
            "пасинок",
            "мал*",
            "дит*",
        ],
        write_da: &["søn", "søns"],
        write_uk: &["син", "сина", "синові", "сину", "сином"],
    },
    Kin {
        da: &[
            "datter",
            "datteren",
            "datters",
            "datterens",
            "døtre",
            "døtrene",
        ],
        uk: &[
            "дочка",
            "дочки",
            "дочці",
            "дочку",
            "дочкою",
            "донька",
            "доньки",
            "доньці",
            "доньку",
            "донькою",
            "донечка",
        ],
        also_da: &["datter*", "døtre*", "pige*", "*datter", "*døtre", "tøs*"],
        also_uk: &[
            "доч*",
            "донь*",
            "донеч*",
            "дівч*",
            "падчер*",
            "пасербиц*",
            "мал*",
            "дит*",
            "внуч*",
            "онуч*",
        ],
        write_da: &["datter", "datters"],
        write_uk: &["донька", "доньки", "доньці", "доньку", "донькою", "дочка"],
    },
    Kin {
        da: &["mor", "mors", "moren", "morens", "mødre"],
        uk: &["мама", "мами", "мамі", "маму", "мамою", "матір", "матір'ю"],
        also_da: &["mor*", "mødr*", "mam*", "foræld*", "*mor", "*mors"],
        also_uk: &[
            "мам*",
            "мат*",
            "неньк*",
            "*мама",
            "батьки",
            "батьків",
            "батькам",
            "батьками",
            "батьках",
            "бабу*",
        ],
        write_da: &["mor", "mors"],
        write_uk: &["мама", "мами", "мамі", "маму", "мамою"],
    },
    Kin {
        da: &["far", "fars", "faren", "farens", "fædre"],
        uk: &[
            "тато",
            "тата",
            "татові",
            "тату",
            "татом",
            "батько",
            "батька",
            "батькові",
            "батьком",
        ],
        also_da: &[
            "far*", "fædr*", "papa*", "foræld*", "*far", "*fars", "fader*",
        ],
        also_uk: &["тат*", "бать*", "пап*", "отец*", "отц*"],
        write_da: &["far", "fars"],
        write_uk: &["тато", "тата", "батько", "батька", "татові", "татом"],
    },
    Kin {
        da: &[
            "bror",
            "brors",
            "broren",
            "brorens",
            "brødre",
            "lillebror",
            "storebror",
        ],
        uk: &["брат", "брата", "братові", "братом", "братів"],
        also_da: &[
            "bro*",
            "brød*",
            "*bror",
            "*brors",
            "*brødre",
            "søskende*",
            "fætter*",
            "fætr*",
            "*barn",
            "*børn",
            "nevø*",
            "niece*",
            "svoger*",
        ],
        also_uk: &["брат*"],
        write_da: &["bror", "brors"],
        write_uk: &["брат", "брата", "братові", "братом"],
    },
    Kin {
        da: &[
            "søster",
            "søsters",
            "søsteren",
            "søsterens",
            "lillesøster",
            "storesøster",
        ],
        uk: &["сестра", "сестри", "сестрі", "сестру", "сестрою", "сестер"],
        also_da: &[
            "søst*",
            "*søster",
            "*søstre",
            "søskende*",
            "kusine*",
            "*barn",
            "*børn",
            "nevø*",
            "niece*",
            "sygepl*",
            "svigerind*",
        ],
        also_uk: &["сест*"],
        write_da: &["søster", "søsters"],
        write_uk: &["сестра", "сестри", "сестрі", "сестру", "сестрою"],
    },
    Kin {
        da: &["barn", "barnet", "børn", "børnene", "børnenes"],
        uk: &[
            "дитина",
            "дитини",
            "дитині",
            "дитину",
            "дитиною",
            "діти",
            "дітей",
            "дітям",
            "дітьми",
        ],
        also_da: &[
            "*barn*",
            "*børn*",
            "søn*",
            "datter*",
            "døtre*",
            "baby*",
            "unge*",
            "søskende*",
            "dreng*",
            "pige*",
            "lille",
            "små",
            "*foræld*",
            "barsel*",
            "amme*",
        ],
        also_uk: &[
            "дит*",
            "діт*",
            "мал*",
            "син*",
            "доч*",
            "доньк*",
            "доньц*",
            "хлоп*",
            "дівч*",
            "немовл*",
            "онук*",
            "внук*",
            "*родж*",
            "народ*",
        ],
        write_da: &["børn", "barn"],
        write_uk: &[
            "діти",
            "дітей",
            "дітям",
            "дітьми",
            "дитина",
            "дитини",
            "дитину",
        ],
    },
    Kin {
        da: &["stedmor", "stedmors", "stedmoren"],
        uk: &["мачуха", "мачухи", "мачусі", "мачуху", "мачухою"],
        also_da: &["stedm*", "papmor*", "bonusmor*", "stedforæld*"],
        also_uk: &["мачу*", "названа", "дружин*"],
        write_da: &["stedmor", "stedmors"],
        write_uk: &["мачуха", "мачухи", "мачусі", "мачуху", "мачухою"],
    },
    Kin {
        da: &["stedfar", "stedfars", "stedfaren"],
        uk: &["вітчим", "вітчима", "вітчиму", "вітчимові", "вітчимом"],
        also_da: &["stedf*", "papfar*", "bonusfar*", "stedforæld*"],
        also_uk: &["вітчим*", "чоловік*"],
        write_da: &["stedfar", "stedfars"],
        write_uk: &["вітчим", "вітчима", "вітчимові", "вітчимом"],
    },
];

/// Words before "mand" and «чоловік» that make them a husband.
const POSSESSIVES: [&str; 24] = [
    "min",
    "din",
    "hendes",
    "deres",
    "jeres",
    "vores",
    "мій",
    "мого",
    "моєму",
    "моїм",
    "твій",
    "твого",
    "твоєму",
    "твоїм",
    "ваш",
    "вашого",
    "вашому",
    "вашим",
    "її",
    "свого",
    "своєму",
    "своїм",
    "їхній",
    "наш",
];

/// Whose husband «чоловік» is, with this word behind it.
const OF_WOMEN: [&str; 27] = [
    "моєї",
    "твоєї",
    "вашої",
    "нашої",
    "своєї",
    "їхньої",
    "цієї",
    "тієї",
    "сестри",
    "подруги",
    "доньки",
    "дочки",
    "мами",
    "матері",
    "тітки",
    "бабусі",
    "племінниці",
    "онуки",
    "внучки",
    "хазяйки",
    "господині",
    "власниці",
    "орендарки",
    "сусідки",
    "жінки",
    "свекрухи",
    "тещі",
];

/// Relatives of a husband: «батько чоловіка».
const RELATIVES: [&str; 20] = [
    "батько",
    "батька",
    "тато",
    "тата",
    "батьки",
    "батьків",
    "мама",
    "мами",
    "маму",
    "мати",
    "матір",
    "матері",
    "брат",
    "брата",
    "сестра",
    "сестри",
    "сестру",
    "син",
    "донька",
    "дочка",
];

/// The relatives of a source whom its translation does not name: for each what may be written.
pub(crate) fn missing(source: &str, target: &str, from: Lang) -> Vec<Vec<String>> {
    let (source, target) = (words(source), words(target));
    let mut out = Vec::new();
    for (at, kin) in KIN.iter().enumerate() {
        let (sure, there, also, write) = match from {
            Lang::Da => (kin.da, kin.uk, kin.also_uk, kin.write_uk),
            Lang::Uk => (kin.uk, kin.da, kin.also_da, kin.write_da),
        };
        let said = source.iter().any(|w| is_any(w, sure)) || at == 0 && has_husband(&source);
        // "Min far bor hos en mand" has a man, but not the one whose father it is.
        let his = [
            "mands",
            "mandens",
            "ægtemands",
            "eksmands",
            "ægtefælles",
            "sviger*",
            "svoger*",
        ];
        let strange = at == 0
            && of_husband(&source)
            && !has_husband(&target)
            && !target.iter().any(|w| is_any(w, &his));
        if strange || said && !target.iter().any(|w| is_any(w, there) || is_any(w, also)) {
            out.push(write.iter().map(|w| (*w).to_owned()).collect());
        }
    }
    out
}

/// "min mand", «її чоловіка», «чоловік сестри».
fn has_husband(words: &[String]) -> bool {
    let uk = ["чоловік", "чоловіка", "чоловіку", "чоловікові", "чоловіком"];
    let hers = |pair: &[String]| is_any(&pair[0], &uk) && OF_WOMEN.contains(&pair[1].as_str());
    // «Нас п’ять чоловік, моєї сестри немає»: people.
    let counted = |at: usize| {
        at.checked_sub(1)
            .is_some_and(|before| numbers::find(&words[before], Lang::Uk).len() == 1)
    };
    words.windows(2).enumerate().any(|(at, pair)| {
        let man = is_any(&pair[1], &["mand", "mands"]) || is_any(&pair[1], &uk);
        man && POSSESSIVES.contains(&pair[0].as_str()) || hers(pair) && !counted(at)
    })
}

/// «батько чоловіка»
fn of_husband(words: &[String]) -> bool {
    let mut pairs = words.windows(2);
    pairs.any(|pair| RELATIVES.contains(&pair[0].as_str()) && pair[1] == "чоловіка")
}

/// Whether a word is one of these, in which `*` stands for any letters.
pub(super) fn is_any(word: &str, patterns: &[&str]) -> bool {
    patterns.iter().any(|pattern| {
        let middle = pattern.trim_matches('*');
        match (pattern.starts_with('*'), pattern.ends_with('*')) {
            (true, true) => word.contains(middle),
            (true, false) => word.ends_with(middle),
            (false, true) => word.starts_with(middle),
            (false, false) => word == middle,
        }
    })
}

/// Words in lower case, with one kind of apostrophe.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace(['\u{2019}', '\u{02bc}'], "'");
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}
