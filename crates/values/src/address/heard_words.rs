//! Which Cyrillic words are the names of Danish streets by how they end, and which words only look like it.

/// Danish ending, its Cyrillic renderings, and whether it is written as a word of its own.
const ENDINGS: &[(&str, &[&str], bool)] = &[
    ("vej", &["вей", "вай", "веж", "вейн", "вії", "вея"], false),
    ("vejen", &["веєн", "вейен", "вайен"], false),
    (
        "gade",
        &[
            "гаде", "ґаде", "геде", "гейд", "ґейд", "гаді", "ґаді", "гада", "хаде",
        ],
        false,
    ),
    ("gaden", &["гаден", "ґаден"], false),
    ("allé", &["алле", "алє", "аллє", "алеє", "алєє"], true),
    (
        "boulevard",
        &[
            "бульвар",
            "бульварі",
            "бульвару",
            "булевард",
            "боулевард",
            "булеварді",
            "бульвард",
            "булвар",
        ],
        true,
    ),
    ("boulevarden", &["бульварден", "булеварден"], false),
    ("torv", &["торв", "торуп"], false),
    ("torvet", &["торвет"], false),
    ("plads", &["плас", "пладс", "плац"], true),
    ("pladsen", &["пладсен", "пласен"], false),
    ("parken", &["паркен"], false),
    ("vænget", &["венгет", "вангет", "венґет", "ванґет"], false),
    ("bakken", &["баккен", "бакен"], false),
    ("toften", &["тофтен"], false),
    ("stræde", &["стреде", "страде", "стрейде"], false),
    ("vangen", &["ванген"], false),
    ("kollegiet", &["колегієт", "коллегієт"], false),
    ("promenaden", &["променаден"], false),
    ("haven", &["гавен", "хавен"], false),
    ("marken", &["маркен"], false),
    ("lunden", &["лунден"], false),
    ("krogen", &["кроген", "кроґен"], false),
    ("brinken", &["брінкен"], false),
    ("broen", &["броен"], false),
    ("svinget", &["свінгет", "свінґет"], false),
    ("engen", &["енген", "енґен"], false),
    ("gården", &["ґорден", "горден"], false),
    ("stien", &["стіен", "стієн"], false),
    ("banen", &["банен"], false),
    ("grunden", &["грунден", "ґрунден"], false),
    ("løkken", &["льоккен", "льокен", "леккен"], false),
    ("løkke", &["льокке", "лекке", "льоке"], false),
    (
        "højen",
        &["гойен", "хойен", "гьойен", "хьойен", "ґойен"],
        false,
    ),
    ("sletten", &["слеттен"], false),
    ("skrænten", &["скрентен"], false),
    (
        "holmen",
        &["хольмен", "гольмен", "ґольмен", "холмен"],
        false,
    ),
    ("mosen", &["мосен"], false),
    (
        "brygge",
        &["брюгге", "бригге", "бріґґе", "бриґґе", "брюґґе"],
        true,
    ),
    (
        "bryggen",
        &["брюгген", "бригген", "бріґґен", "бриґґен", "брюґґен"],
        false,
    ),
    ("gårde", &["горде", "ґорде", "ґерде"], false),
    ("herred", &["херред", "герред", "ґерред"], false),
];

/// Endings that houses and people have, too: streets only before a number.
const NUMBERED: &[&str] = &[
    "haven",
    "marken",
    "lunden",
    "krogen",
    "brinken",
    "broen",
    "svinget",
    "engen",
    "gården",
    "stien",
    "banen",
    "grunden",
    "løkken",
    "løkke",
    "højen",
    "sletten",
    "skrænten",
    "holmen",
    "mosen",
    "brygge",
    "bryggen",
    "herred",
    "gårde",
];

/// Second parts of names before their ending, as they are heard.
const SECOND: &[(&str, &[&str])] = &[
    (
        "gårds",
        &["ґордс", "гордс", "ґорс", "горс", "ґордз", "гордз"],
    ),
    ("gård", &["ґорд", "горд"]),
    ("bergs", &["берґс", "бергс"]),
    ("berg", &["берґ", "берг"]),
    (
        "bjerg",
        &["б'єрґ", "б'єрг", "бєрґ", "бєрг", "бьєрг", "бьєрґ"],
    ),
    ("lunds", &["лундс", "лунс"]),
    ("borg", &["борґ", "борг"]),
    ("holm", &["гольм", "ґольм", "хольм"]),
    ("høj", &["гой", "гьой", "хьой", "хой"]),
    ("strup", &["струп"]),
    ("drup", &["друп"]),
    ("trup", &["труп"]),
    ("sted", &["стед"]),
];

/// A stem parted before such a part, with at least two letters before it.
pub(super) fn second_part(stem: &str) -> Option<(&str, &'static str)> {
    SECOND.iter().find_map(|(danish, forms)| {
        let rest = forms.iter().find_map(|form| stem.strip_suffix(form))?;
        (rest.chars().count() >= 2).then_some((rest, *danish))
    })
}

/// Whether a word by its ending is a street only before a house number.
pub(super) fn needs_number(word: &str) -> bool {
    ending(word).is_some_and(|(danish, _, _)| NUMBERED.contains(&danish))
}

/// The ending of a word without spaces: Danish form, its length in the word, own word or not.
pub(super) fn ending(word: &str) -> Option<(&'static str, usize, bool)> {
    ENDINGS
        .iter()
        .flat_map(|&(danish, forms, apart)| {
            forms
                .iter()
                .map(move |form| (danish, form.len(), *form, apart))
        })
        .filter(|(_, _, form, _)| word.ends_with(form))
        .max_by_key(|&(_, len, _, _)| len)
        .map(|(danish, len, _, apart)| (danish, len, apart))
}

/// A word that ends so, with a name before the ending, or the ending as a word of its own.
pub(super) fn is_shaped(word: &str) -> bool {
    let named = ending(word).is_some_and(|(_, len, apart)| apart || word.len() > len + 4);
    named && !WORDS.contains(&word)
}

/// Ukrainian words with such endings.
pub(super) const WORDS: &[&str] = &[
    "бульвар",
    "але",
    "алле",
    "вей",
    "торуп",
    "музей",
    "церквей",
    "свекрухавей",
    "дверей",
    "гада",
    "хаде",
    "людей",
    "дітей",
    "речей",
    "ключей",
    "будувай",
    "давай",
    "вставай",
    "співай",
    "відкривай",
    "називай",
    "чай",
    "край",
    "коровай",
    "тривай",
    "трамвай",
    "бувай",
    "зачекай",
    "плас",
    "плац",
    "палац",
    "торв",
    "гаде",
    "ґаде",
    "вай",
    "веж",
    "вії",
    "рукавей",
    "площ",
    "рухай",
    "забувай",
    "записувай",
    "вписувай",
    "перевіряй",
];
