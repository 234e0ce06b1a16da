//! Latin letters for what was only heard.

/// Latin letters for a stem that sounds like nothing known.
pub(super) fn spell_back(stem: &str) -> String {
    let chars: Vec<char> = stem.chars().collect();
    // Who writes Ґ for the Danish "g" writes Г for its "h"; and an islet is always a "holm".
    let told_apart = chars.contains(&'ґ');
    let mut out = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let pair = (c, chars.get(at + 1).copied());
        let (latin, used) = match pair {
            ('ь' | 'й', Some('о')) => ("ø", 2),
            ('к', Some('с')) => ("x", 2),
            ('г', _) if told_apart || chars[at..].starts_with(&['г', 'о', 'л', 'ь', 'м']) => {
                ("h", 1)
            }
            _ => (letter(c), 1),
        };
        out.push_str(latin);
        at += used;
    }
    out
}

fn letter(c: char) -> &'static str {
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' | 'э' => "e",
        'є' => "je",
        'ж' | 'з' | 'с' | 'ц' => "s",
        'и' | 'і' | 'ї' => "i",
        'й' => "j",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ч' => "tj",
        'ш' | 'щ' => "sj",
        'ю' => "y",
        'я' => "ja",
        _ => "",
    }
}
