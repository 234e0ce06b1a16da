//! Runs of numbers said one after another, as telephone, CPR and postal numbers are.
//!
//! Each number gives its own digits («двадцять один, сорок п'ять» → 21 45). Where a run can be cut
//! in several ways the longest numbers win; the other cuts are tried only when the length is wrong.

use std::ops::Range;

use tolkebot_protocol::Lang;

use crate::numbers::{Form, Rank, Read, reads_at};
use crate::tables::MONTHS;
use crate::token::{Token, TokenKind, span_of};

/// A stretch of tokens that holds only numbers and what is said between them.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Token range from the first to the last number.
    pub range: Range<usize>,
    /// Said with "plus" or `+` in front.
    pub plus: bool,
}

/// Which words may stand inside a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// Cardinals only.
    Plain,
    /// Also ordinals and month names, as in the first half of a CPR number.
    Dated,
}

/// One element of a cut: the digits and where they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub digits: String,
    pub range: Range<usize>,
}

/// One way to cut a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cut {
    pub pieces: Vec<Piece>,
}

impl Cut {
    /// All digits in order.
    pub fn digits(&self) -> String {
        self.pieces.iter().map(|p| p.digits.as_str()).collect()
    }

    /// Number of digits.
    pub fn len(&self) -> usize {
        self.pieces.iter().map(|p| p.digits.len()).sum()
    }

    /// True when a piece ends behind digit `at`.
    pub fn breaks_at(&self, at: usize) -> bool {
        let mut sum = 0;
        self.pieces.iter().any(|piece| {
            sum += piece.digits.len();
            sum == at
        })
    }
}

const NODES: usize = 4000;

/// Digits said as plural nouns: «три нулі», "to nuller", «дві дев'ятки».
fn digit_noun(text: &str) -> Option<char> {
    Some(match text {
        "нулі" | "нуля" | "нулів" | "нуліки" | "ноля" | "нолі" | "нолів" | "nuller" => {
            '0'
        }
        "одиниці" | "одинички" | "одиниць" | "ettaller" | "ettere" => '1',
        "двійки" | "двійок" | "totaller" => '2',
        "трійки" | "трійок" | "tretaller" => '3',
        "четвірки" | "четвірок" | "firtaller" => '4',
        "п'ятірки" | "п'ятірок" | "femtaller" => '5',
        "шістки" | "шісток" | "sekstaller" => '6',
        "сімки" | "сімок" | "syvtaller" => '7',
        "вісімки" | "вісімок" | "ottetaller" => '8',
        "дев'ятки" | "дев'яток" | "nitaller" => '9',
        _ => return None,
    })
}

/// All pieces that may start at `at`, longest first.
fn pieces_at(tokens: &[Token], at: usize, lang: Lang, style: Style) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut reads = reads_at(tokens, at, lang);
    // Hundreds are said in one breath, and so are the two words of a compound day: only «двадцять
    // три» may be cut into 20 and 3.
    // «чотири цифри» announces digits and is none.
    let announces = |read: &Read| {
        tokens
            .get(read.end)
            .is_some_and(|t| t.text.starts_with("цифр") || t.text.starts_with("cif"))
    };
    reads.retain(|read| piece_digits(read, style).is_some() && !announces(read));
    if reads
        .first()
        .is_some_and(|read| read.value >= 100 || read.is_ordinal())
    {
        reads.truncate(1);
    }
    for read in &reads {
        if let Some(digit) = tokens.get(read.end).and_then(|t| digit_noun(&t.text))
            && (2..=9).contains(&read.value)
        {
            let digits = std::iter::repeat_n(digit, read.value as usize).collect();
            out.push(Piece {
                digits,
                range: at..read.end + 1,
            });
        }
    }
    for read in reads {
        if let Some(digits) = piece_digits(&read, style) {
            out.push(Piece {
                digits,
                range: at..read.end,
            });
        }
    }
    if style == Style::Dated
        && let Some(token) = tokens.get(at)
        && let Some(month) = MONTHS.get(&token.text).filter(|m| m.genitive)
    {
        out.push(Piece {
            digits: format!("{:02}", month.month),
            range: at..at + 1,
        });
    }
    if style == Style::Dated
        && let Some(piece) = zero_ordinal(tokens, at, lang)
    {
        out.insert(0, piece);
    }
    if lang == Lang::Uk
        && let Some(token) = tokens.get(at)
        && matches!(token.text.as_str(), "нулик" | "нолик")
    {
        out.push(Piece {
            digits: "0".into(),
            range: at..at + 1,
        });
    }
    out
}

/// «нуль шосте», "nul femte": the zero belongs to the month.
fn zero_ordinal(tokens: &[Token], at: usize, lang: Lang) -> Option<Piece> {
    let zero = reads_at(tokens, at, lang)
        .into_iter()
        .find(|r| r.digits == "0")?;
    let month = reads_at(tokens, zero.end, lang).into_iter().next()?;
    let fits = month.is_ordinal() && (1..10).contains(&month.value);
    fits.then(|| piece_digits(&month, Style::Dated))
        .flatten()
        .map(|digits| Piece {
            digits,
            range: at..month.end,
        })
}

fn piece_digits(read: &Read, style: Style) -> Option<String> {
    match read.form {
        Form::Cardinal => Some(read.digits.clone()),
        Form::Ordinal(
            Rank::Danish | Rank::Neuter | Rank::Genitive | Rank::Masculine | Rank::Feminine,
        ) if style == Style::Dated => {
            if read.value >= 1000 {
                Some(format!("{:02}", read.value % 100))
            } else if (1..100).contains(&read.value) {
                Some(format!("{:02}", read.value))
            } else if read.value == 0 && read.form == Form::Ordinal(Rank::Genitive) {
                // «серпня нульового року»
                Some("00".to_owned())
            } else {
                None
            }
        }
        _ => None,
    }
}

/// «чотири цифри», "fire cifre" at `at`.
fn counts_digits(tokens: &[Token], at: usize, lang: Lang) -> bool {
    let noun = |t: &Token| t.text.starts_with("цифр") || t.text.starts_with("cif");
    noun(&tokens[at])
        || reads_at(tokens, at, lang)
            .iter()
            .any(|read| tokens.get(read.end).is_some_and(noun))
}

/// Signs and words that stand between the numbers of a run.
fn joins(token: &Token, lang: Lang, style: Style) -> bool {
    match token.kind {
        TokenKind::Sign => {
            style == Style::Dated && token.is_sign(':')
                || token.is_dash()
                || matches!(
                    token.text.as_str(),
                    "," | "." | "…" | ";" | "/" | "(" | ")" | "·"
                )
        }
        TokenKind::Digits => false,
        TokenKind::Word => match lang {
            Lang::Da => {
                matches!(
                    token.text.as_str(),
                    "bindestreg" | "streg" | "tankestreg" | "og" | "så" | "øh" | "øhm" | "hm"
                ) || (style == Style::Dated
                    && matches!(
                        token.text.as_str(),
                        "i" | "den" | "de" | "sidste" | "til" | "sidst" | "måned"
                    ))
            }
            Lang::Uk => {
                matches!(
                    token.text.as_str(),
                    "тире"
                        | "риска"
                        | "рисочка"
                        | "дефіс"
                        | "дефіз"
                        | "і"
                        | "й"
                        | "та"
                        | "далі"
                        | "потім"
                        | "ну"
                        | "е"
                        | "ем"
                        | "мм"
                        | "пробіл"
                ) || (style == Style::Dated
                    && matches!(
                        token.text.as_str(),
                        "року"
                            | "рік"
                            | "а"
                            | "останні"
                            | "остання"
                            | "закінчення"
                            | "кінець"
                            | "кінцівка"
                            | "наприкінці"
                            | "місяць"
                            | "місяця"
                            | "решта"
                            | "хвостик"
                            | "хвіст"
                    ))
                    || (token.text.chars().count() <= 6 && token.text.chars().all(|c| c == 'е'))
            }
        },
    }
}

/// All runs of a text, left to right, each as long as it goes.
pub(crate) fn runs(tokens: &[Token], lang: Lang, style: Style) -> Vec<Run> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let first = pieces_at(tokens, at, lang, style);
        let Some(piece) = first.into_iter().next() else {
            at += 1;
            continue;
        };
        let start = at;
        let mut end = piece.range.end;
        let mut ahead = end;
        let mut between = 0;
        while ahead < tokens.len() && between <= 5 {
            if let Some(next) = pieces_at(tokens, ahead, lang, style).into_iter().next() {
                end = next.range.end;
                ahead = end;
                between = 0;
            } else if joins(&tokens[ahead], lang, style) || counts_digits(tokens, ahead, lang) {
                ahead += 1;
                between += 1;
            } else {
                break;
            }
        }
        out.push(Run {
            range: start..end,
            plus: plus_before(tokens, start),
        });
        at = end;
    }
    out
}

fn plus_before(tokens: &[Token], start: usize) -> bool {
    start
        .checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|t| t.is_sign('+') || t.is("plus") || t.is("плюс"))
}

/// The cut with the longest pieces.
pub(crate) fn greedy(tokens: &[Token], range: Range<usize>, lang: Lang, style: Style) -> Cut {
    let mut pieces = Vec::new();
    let mut at = range.start;
    while at < range.end {
        match pieces_at(tokens, at, lang, style)
            .into_iter()
            .find(|p| p.range.end <= range.end)
        {
            Some(piece) => {
                at = piece.range.end;
                pieces.push(piece);
            }
            None => at += 1,
        }
    }
    Cut { pieces }
}

/// All cuts with exactly `len` digits, longest pieces first, at most [`NODES`] steps.
pub(crate) fn cuts_of_len(
    tokens: &[Token],
    range: Range<usize>,
    lang: Lang,
    style: Style,
    len: usize,
) -> Vec<Cut> {
    let mut search = Search {
        tokens,
        end: range.end,
        lang,
        style,
        len,
        nodes: 0,
        out: Vec::new(),
    };
    search.step(range.start, &mut Vec::new(), 0);
    search.out
}

struct Search<'a> {
    tokens: &'a [Token],
    end: usize,
    lang: Lang,
    style: Style,
    len: usize,
    nodes: usize,
    out: Vec<Cut>,
}

impl Search<'_> {
    fn step(&mut self, at: usize, pieces: &mut Vec<Piece>, digits: usize) {
        self.nodes += 1;
        if self.nodes > NODES || digits > self.len {
            return;
        }
        if at >= self.end {
            if digits == self.len {
                self.out.push(Cut {
                    pieces: pieces.clone(),
                });
            }
            return;
        }
        let end = self.end;
        let options = pieces_at(self.tokens, at, self.lang, self.style);
        if options.is_empty() {
            self.step(at + 1, pieces, digits);
        }
        for piece in options.into_iter().filter(|p| p.range.end <= end) {
            let (next, more) = (piece.range.end, piece.digits.len());
            pieces.push(piece);
            self.step(next, pieces, digits + more);
            pieces.pop();
        }
    }
}

/// How a run gave its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    /// The longest numbers have the right length.
    Whole(Cut),
    /// Only one other cut passes.
    OtherCut(Cut),
    /// Several cuts pass with different digits.
    Several(Vec<String>),
    /// None passes.
    None,
}

/// Reads exactly `len` digits that pass `check` from a range of tokens.
pub(crate) fn read_exactly(
    tokens: &[Token],
    range: Range<usize>,
    lang: Lang,
    style: Style,
    len: usize,
    check: &dyn Fn(&str) -> bool,
) -> Reading {
    let whole = greedy(tokens, range.clone(), lang, style);
    if whole.len() == len && check(&whole.digits()) {
        return Reading::Whole(whole);
    }
    // «двадцять три» for 20 and 3 costs one digit. More than one such slip is another kind of
    // number: eight digits are a telephone number, not half a CPR number.
    if whole.len() + 1 != len {
        return Reading::None;
    }
    let cuts: Vec<Cut> = cuts_of_len(tokens, range, lang, style, len)
        .into_iter()
        .filter(|cut| check(&cut.digits()))
        .collect();
    let mut distinct: Vec<String> = cuts.iter().map(Cut::digits).collect();
    distinct.sort_unstable();
    distinct.dedup();
    match distinct.len() {
        0 => Reading::None,
        1 => cuts
            .into_iter()
            .next()
            .map_or(Reading::None, Reading::OtherCut),
        _ => Reading::Several(distinct),
    }
}

/// The parts of a run between full stops, longest candidates first: the whole run, then each
/// sentence, then what a leading or trailing stray number leaves.
pub(crate) fn candidates(
    tokens: &[Token],
    run: &Run,
    lang: Lang,
    style: Style,
) -> Vec<Range<usize>> {
    let mut out = vec![run.range.clone()];
    let mut start = run.range.start;
    for at in run.range.clone() {
        // A full stop between digits that touch belongs to the number (07.05.84).
        let inside = tokens.get(at + 1).is_some_and(|next| next.glued);
        if tokens[at].ends_sentence() && !inside || tokens[at].is_sign(';') {
            push_trimmed(&mut out, tokens, start..at, lang, style);
            start = at + 1;
        }
    }
    if start > run.range.start {
        push_trimmed(&mut out, tokens, start..run.range.end, lang, style);
    }
    out
}

fn push_trimmed(
    out: &mut Vec<Range<usize>>,
    tokens: &[Token],
    mut range: Range<usize>,
    lang: Lang,
    style: Style,
) {
    while range.start < range.end && pieces_at(tokens, range.start, lang, style).is_empty() {
        range.start += 1;
    }
    if !range.is_empty() {
        out.push(range);
    }
}

/// The range without its first or its last number (a stray "en", a house number).
pub(crate) fn trimmed(
    tokens: &[Token],
    range: &Range<usize>,
    lang: Lang,
    style: Style,
) -> Vec<Range<usize>> {
    let cut = greedy(tokens, range.clone(), lang, style);
    let mut out = Vec::new();
    if cut.pieces.len() > 2 {
        let ordinal = reads_at(tokens, range.start, lang)
            .first()
            .is_some_and(Read::is_ordinal);
        if let Some(second) = cut.pieces.get(1).filter(|_| !ordinal) {
            out.push(second.range.start..range.end);
        }
        if let Some(before_last) = cut.pieces.get(cut.pieces.len() - 2) {
            out.push(range.start..before_last.range.end);
        }
    }
    out
}

/// Byte range of a token range.
pub(crate) fn bytes(tokens: &[Token], range: &Range<usize>) -> Range<usize> {
    span_of(tokens.get(range.clone()).unwrap_or(&[]))
}
