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

    /// The first character that the font has no picture for.
    pub(crate) fn unknown(&self, text: &str) -> Option<char> {
        text.chars().find(|c| self.face.glyph_index(*c).is_none())
    }

    /// Breaks a text into lines no wider than `width` points: at spaces, and inside a word that is
    /// wider than a line.
    pub(crate) fn wrap(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        let mut line = String::new();
        for word in text.split_whitespace() {
            let candidate = if line.is_empty() {
                word.to_owned()
            } else {
                format!("{line} {word}")
            };
            if self.width(&candidate, size) <= width {
                line = candidate;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            for c in word.chars() {
                line.push(c);
                if self.width(&line, size) > width && line.chars().count() > 1 {
                    line.pop();
                    lines.push(std::mem::replace(&mut line, c.to_string()));
                }
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
