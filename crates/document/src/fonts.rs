//! The document's fonts: DejaVu Sans, embedded in the program.

use krilla::Data;
use krilla::text::Font;
use ttf_parser::Face;

use crate::DocumentError;

/// A font to draw with and to measure with.
pub(crate) struct Measured {
    pub(crate) font: Font,
    face: Face<'static>,
}

/// The two weights that the document uses.
pub(crate) struct Fonts {
    pub(crate) regular: Measured,
    pub(crate) bold: Measured,
}

impl Fonts {
    pub(crate) fn load() -> Result<Self, DocumentError> {
        Ok(Fonts {
            regular: Measured::load(dejavu::sans::regular())?,
            bold: Measured::load(dejavu::sans::bold())?,
        })
    }
}

impl Measured {
    fn load(bytes: &'static [u8]) -> Result<Self, DocumentError> {
        let broken = || DocumentError::Pdf("the embedded font is broken".to_owned());
        let data = Data::from(bytes.to_vec());
        let font = Font::new(data, 0).ok_or_else(broken)?;
        let face = Face::parse(bytes, 0).map_err(|_| broken())?;
        Ok(Measured { font, face })
    }

    /// Width of a text in points. Kerning is left out: lines come out a little shorter than
    /// measured, never longer.
    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        let units = f32::from(self.face.units_per_em());
        let advance = |c| {
            let glyph = self.face.glyph_index(c).unwrap_or_default();
            f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default())
        };
        text.chars().map(advance).sum::<f32>() * size / units
    }

    /// The first character that the font has no picture for, or one that means nothing to anybody else.
    pub(crate) fn unknown(&self, text: &str) -> Option<char> {
        text.chars()
            .find(|c| self.face.glyph_index(*c).is_none() || has_no_meaning(*c))
    }

    /// Breaks a text into lines no wider than `width` points: where it has line breaks, at spaces, behind
    /// hyphens and the like (see [`pieces`]), and inside a piece that is wider than a line.
    pub(crate) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        text.trim_end()
            .split('\n')
            .flat_map(|line| self.wrap_line(line, size, width))
            .collect()
    }

    fn wrap_line(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            for (at, piece) in pieces(word).into_iter().enumerate() {
                let space = if at > 0 || line.is_empty() { "" } else { " " };
                let candidate = format!("{line}{space}{piece}");
                if self.width(&candidate, size) <= width {
                    line = candidate;
                    continue;
                }
                if !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                }
                for c in piece.chars() {
                    line.push(c);
                    if self.width(&line, size) > width && line.chars().count() > 1 {
                        line.pop();
                        lines.push(std::mem::replace(&mut line, c.to_string()));
                    }
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}

/// Characters that fonts use as they like, and the mark of a file's byte order: PDF/A takes neither.
fn has_no_meaning(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xFEFF | 0xF0000..)
}

/// Fewest characters of a word on either side of a break.
const SHORTEST: usize = 3;

/// A word in the pieces that it may be broken into: behind hyphens and strokes, and in an e-mail or web
/// address behind its other signs too. A name is not broken in the middle of one of its parts.
fn pieces(word: &str) -> Vec<&str> {
    let address = word.contains('@') || word.contains("://");
    let breaks =
        |c: char| matches!(c, '-' | '–' | '/') || (address && matches!(c, '@' | '.' | '_'));
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        let long = |part: &str| part.chars().count() >= SHORTEST;
        if breaks(c) && long(&word[start..end]) && long(&word[end..]) {
            pieces.push(&word[start..end]);
            start = end;
        }
    }
    pieces.push(&word[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_broken_between_their_parts() {
        let fonts = Fonts::load().unwrap();
        let wrap = |text: &str| fonts.bold.wrap(text, 10.0, 210.0);
        assert_eq!(
            wrap("Nechyporenko-Kovalenko-Shevchenko-Vyshnevetska"),
            ["Nechyporenko-Kovalenko-", "Shevchenko-Vyshnevetska"]
        );
        assert_eq!(
            wrap("oleksandra.nechyporenko_kovalenko@borgerservice.example.dk"),
            [
                "oleksandra.nechyporenko_",
                "kovalenko@borgerservice.",
                "example.dk"
            ]
        );
        // What has no parts is broken where the line ends.
        assert_eq!(wrap(&"x".repeat(60)).concat(), "x".repeat(60));
        assert_eq!(pieces("2-B"), ["2-B"]);
        assert_eq!(pieces("8200 Aarhus N."), ["8200 Aarhus N."]);
    }

    #[test]
    fn lines_that_somebody_wrote_stay_lines() {
        let fonts = Fonts::load().unwrap();
        let lines = fonts
            .regular
            .wrap("Ringet op.\r\n\nKommer igen.\n", 9.0, 200.0);
        assert_eq!(lines, ["Ringet op.", "", "Kommer igen."]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost_and_no_line_is_too_wide(text in "[a-zа-яєіїґæøå0-9 ,.-]{0,300}") {
            let fonts = Fonts::load().unwrap();
            let lines = fonts.regular.wrap(&text, 9.0, 120.0);
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(letters(&lines.concat()), letters(&text));
            for line in &lines {
                proptest::prop_assert!(fonts.regular.width(line, 9.0) <= 120.0 + 1e-3, "{}", line);
            }
        }
    }
}
