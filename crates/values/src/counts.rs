//! How many persons move: "vi er fire", «я з чоловіком і троє дітей».

use std::ops::Range;

use tolkebot_protocol::Lang;

use crate::dates::word;
use crate::found::{Ambiguity, Found, Reason};
use crate::numbers::{Form, read_at};
use crate::token::{Token, span_of, tokenise};

/// The number of persons, the speaker included. With a note when somebody was named without a
/// number ("børnene").
pub fn find(text: &str, lang: Lang) -> Option<Found<u32>> {
    let tokens = tokenise(text, lang);
    let mut sum = Sum {
        total: 0,
        range: None,
        open: false,
    };
    let mut at = 0;
    while at < tokens.len() {
        let step = match lang {
            Lang::Da => danish(&tokens, at),
            Lang::Uk => ukrainian(&tokens, at),
        };
        match step {
            Some((Step::People(count), end)) => {
                sum.add(count, at..end);
                at = end;
            }
            Some((Step::Uncounted, end)) => {
                sum.open = true;
                at = end;
            }
            None => at += 1,
        }
    }
    let range = sum.range.filter(|_| (1..=30).contains(&sum.total))?;
    let found = Found::new(
        sum.total,
        span_of(&tokens[range]),
        if sum.open { 0.4 } else { 0.85 },
    );
    Some(if sum.open {
        found.with_note(Ambiguity::of(Reason::Vague))
    } else {
        found
    })
}

struct Sum {
    total: u32,
    range: Option<Range<usize>>,
    open: bool,
}

impl Sum {
    fn add(&mut self, count: u32, range: Range<usize>) {
        self.total = self.total.saturating_add(count);
        self.range = Some(match self.range.take() {
            Some(earlier) => earlier.start..range.end,
            None => range,
        });
    }
}

enum Step {
    People(u32),
    Uncounted,
}

fn number(tokens: &[Token], at: usize, lang: Lang) -> Option<(u32, usize)> {
    let read =
        read_at(tokens, at, lang).filter(|r| !r.is_ordinal() && (1..=20).contains(&r.value))?;
    Some((read.value as u32, read.end))
}

fn danish(tokens: &[Token], at: usize) -> Option<(Step, usize)> {
    let people = |(count, end): (u32, usize)| Some((Step::People(count), end));
    match (word(tokens, at), word(tokens, at + 1)) {
        ("vi" | "i", "er") => {
            let (count, end) = number(tokens, at + 2, Lang::Da)?;
            let noun = matches!(word(tokens, end), "personer" | "mennesker" | "i");
            return people((count, end + usize::from(noun)));
        }
        ("os" | "alle", _) => return people(number(tokens, at + 1, Lang::Da)?),
        ("mig" | "jeg", _) => return people((1, at + 1)),
        ("børnene" | "ungerne" | "drengene" | "pigerne", _) => {
            return Some((Step::Uncounted, at + 1));
        }
        _ => {}
    }
    if let Some((count, end)) = number(tokens, at, Lang::Da)
        && matches!(
            word(tokens, end),
            "børn" | "drenge" | "piger" | "sønner" | "døtre" | "voksne" | "personer" | "unger"
        )
    {
        return people((count, end + 1));
    }
    let owned = matches!(word(tokens, at), "min" | "mit" | "en" | "et" | "vores");
    let relative = matches!(
        word(tokens, at + 1),
        "mand"
            | "kone"
            | "kæreste"
            | "søn"
            | "datter"
            | "mor"
            | "far"
            | "barn"
            | "bror"
            | "søster"
            | "ægtefælle"
            | "samlever"
            | "svigermor"
            | "kusine"
            | "veninde"
            | "ven"
            | "baby"
    );
    (owned && relative).then_some((Step::People(1), at + 2))
}

const ONE: &[&str] = &[
    "чоловік",
    "чоловіком",
    "дружина",
    "дружиною",
    "син",
    "сином",
    "донька",
    "донькою",
    "дочка",
    "дочкою",
    "мама",
    "мамою",
    "тато",
    "татом",
    "сестра",
    "сестрою",
    "брат",
    "братом",
    "дитина",
    "дитиною",
    "бабуся",
    "бабусею",
    "свекруха",
    "свекрухою",
    "наречений",
    "нареченим",
    "подруга",
    "подругою",
    "племінниця",
    "племінницею",
    "мати",
    "матір'ю",
    "немовля",
    "малюк",
    "малюком",
];

fn ukrainian(tokens: &[Token], at: usize) -> Option<(Step, usize)> {
    let people = |(count, end): (u32, usize)| Some((Step::People(count), end));
    let text = word(tokens, at);
    match text {
        "нас" => {
            let skip = usize::from(matches!(
                word(tokens, at + 1),
                "було" | "буде" | "всього" | "усього"
            ));
            return people(number(tokens, at + 1 + skip, Lang::Uk)?);
        }
        "я" | "сам" | "сама" | "мене" | "мною" => return people((1, at + 1)),
        "удвох" | "вдвох" => return people((2, at + 1)),
        "утрьох" | "втрьох" => return people((3, at + 1)),
        "учотирьох" | "вчотирьох" => return people((4, at + 1)),
        "вп'ятьох" | "уп'ятьох" => return people((5, at + 1)),
        "діти" | "дітьми" | "дітки" => return Some((Step::Uncounted, at + 1)),
        _ => {}
    }
    if let Some(read) = read_at(tokens, at, Lang::Uk).filter(|r| (1..=20).contains(&r.value)) {
        const COUNTED: &[&str] = &[
            "дітей",
            "діти",
            "дитини",
            "дітьми",
            "синів",
            "сини",
            "доньки",
            "доньок",
            "осіб",
            "особи",
            "людей",
            "людини",
            "чоловік",
            "хлопців",
            "дівчат",
            "дорослих",
            "синами",
            "доньками",
        ];
        let noun = word(tokens, read.end);
        if !read.is_ordinal() && COUNTED.contains(&noun) {
            return people((read.value as u32, read.end + 1));
        }
        if read.form == Form::Collective {
            return people((read.value as u32, read.end));
        }
        return None;
    }
    ONE.contains(&text).then_some((Step::People(1), at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn households() {
        for (lang, text, expected) in [
            (Lang::Da, "vi er fire", 4),
            (Lang::Da, "os to og to børn", 4),
            (Lang::Da, "kun mig", 1),
            (Lang::Da, "mig og min datter", 2),
            (Lang::Da, "jeg flytter med min mand og tre børn", 5),
            (Lang::Uk, "нас четверо", 4),
            (Lang::Uk, "я і двоє дітей", 3),
            (Lang::Uk, "тільки я", 1),
            (Lang::Uk, "я з чоловіком і троє дітей", 5),
            (Lang::Uk, "нас було п'ятеро", 5),
            (Lang::Uk, "я, мама і донька", 3),
        ] {
            let found = find(text, lang).expect(text);
            assert_eq!(found.value, expected, "{text}");
            assert!(found.note.is_none());
        }
    }

    #[test]
    fn children_without_a_number_leave_it_open() {
        let found = find("jeg og børnene", Lang::Da).expect("somebody");
        assert!(found.note.is_some());
        assert!(find("дякую", Lang::Uk).is_none());
    }
}
