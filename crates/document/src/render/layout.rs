//! Where everything stands on the pages.

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use qrcode::QrCode;
use tolkebot_protocol::Lang;

use super::Purpose;
use super::check::legible;
use super::tags::Tags;
use crate::canonical::qr_text;
use crate::filled::member;
use crate::flow::{Block, Figure, Flow, PAGE, SIDE, Style, TOP, beginning, height};
use crate::fonts::Fonts;
use crate::texts::{self, Text};
use crate::{DocumentError, Extras, FilledForm, FilledRow, RowStatus, SignatureMark, when};

/// Where the columns begin and how wide they are: label, value, status.
const COLUMNS: [(f32, f32); 3] = [(SIDE, 175.0), (SIDE + 185.0, 210.0), (SIDE + 405.0, 94.0)];
/// The same in the appendix: field, what was said, who said it.
const EVIDENCE: [(f32, f32); 3] = [(SIDE, 130.0), (SIDE + 140.0, 270.0), (SIDE + 420.0, 79.0)];
/// Width of all columns together.
pub(crate) const WIDTH: f32 = PAGE.0 - 2.0 * SIDE;
/// Side of the QR code.
pub(crate) const QR: f32 = 80.0;
/// The field that a signature by finger is drawn in.
const INK: (f32, f32) = (200.0, 60.0);
/// Room for a signature with what stands above it.
const SIGNED: f32 = INK.1 + 90.0;

const fn style(size: f32, bold: bool, grey: bool, lang: &'static str) -> Style {
    Style {
        size,
        bold,
        grey,
        lang,
    }
}

const TITLE_DA: Style = style(18.0, true, false, "da");
const TITLE_UK: Style = style(12.0, false, true, "uk");
const HEADING_DA: Style = style(12.0, true, false, "da");
const HEADING_UK: Style = style(9.0, false, true, "uk");
pub(crate) const LABEL_DA: Style = style(9.0, false, false, "da");
const LABEL_UK: Style = style(7.5, false, true, "uk");
const DECIDED_DA: Style = style(8.0, false, true, "da");
const VALUE_DA: Style = style(10.0, true, false, "da");
pub(crate) const SMALL_DA: Style = style(8.5, false, false, "da");
pub(crate) const SMALL_UK: Style = style(8.0, false, true, "uk");

/// A document while it is laid out.
pub(crate) struct Sheet<'a> {
    pub(crate) flow: Flow,
    pub(crate) outline: Outline,
    pub(crate) fonts: &'a Fonts,
    pub(crate) tags: &'a mut Tags,
    sections: usize,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(fonts: &'a Fonts, tags: &'a mut Tags) -> Sheet<'a> {
        Sheet {
            flow: Flow::new(),
            outline: Outline::new(),
            fonts,
            tags,
            sections: 0,
        }
    }

    /// A paragraph: Danish, and Ukrainian under it.
    pub(crate) fn paragraph(&mut self, text: &[(&str, Style)], width: f32) {
        let node = self.tags.paragraph();
        let blocks: Vec<Block> = text
            .iter()
            .map(|(text, style)| Block::new(self.fonts, text, *style, width))
            .collect();
        self.flow.blocks(SIDE, &blocks, node);
    }

    pub(crate) fn both(&mut self, text: &Text) {
        self.paragraph(&[(text.da, SMALL_DA), (text.uk, SMALL_UK)], WIDTH);
    }

    /// How high [`Sheet::both`] is.
    pub(crate) fn height_of(&self, text: &Text) -> f32 {
        height(&[
            Block::new(self.fonts, text.da, SMALL_DA, WIDTH),
            Block::new(self.fonts, text.uk, SMALL_UK, WIDTH),
        ])
    }

    pub(crate) fn title(&mut self, text: &Text, width: f32) {
        let node = self.tags.heading(1, text.da);
        let blocks = [
            Block::new(self.fonts, text.da, TITLE_DA, width),
            Block::new(self.fonts, text.uk, TITLE_UK, width),
        ];
        self.flow.blocks(SIDE, &blocks, node);
        self.flow.gap(4.0);
    }

    /// A numbered section with its bookmark. Its title stays with the first `follows` points of what
    /// stands under it.
    pub(crate) fn section(&mut self, da: &str, uk: &str, follows: f32) {
        self.sections += 1;
        let title = format!("{}. {da}", self.sections);
        let uk = format!("{}. {uk}", self.sections);
        let blocks = [
            Block::new(self.fonts, &title, HEADING_DA, WIDTH),
            Block::new(self.fonts, &uk, HEADING_UK, WIDTH),
        ];
        self.flow.need(15.0 + height(&blocks) + beginning(follows));
        if !self.flow.at_top() {
            self.flow.gap(8.0);
        }
        let place =
            XyzDestination::new(self.flow.page_index(), Point::from_xy(SIDE, self.flow.y()));
        self.outline
            .push_child(OutlineNode::new(title.clone(), place));
        let node = self.tags.heading(2, &title);
        self.flow.blocks(SIDE, &blocks, node);
        self.flow.gap(3.0);
        self.flow.rule();
        self.flow.gap(4.0);
    }

    /// The QR code with the digest, at the top right of the first page.
    pub(crate) fn qr(&mut self, case: &str, digest: &str) -> Result<(), DocumentError> {
        let text = qr_text(case, digest);
        let code = QrCode::new(text.as_bytes())
            .map_err(|e| DocumentError::Pdf(format!("the QR code does not hold {text}: {e}")))?;
        let dark: Vec<bool> = code
            .to_colors()
            .into_iter()
            .map(|c| c == qrcode::Color::Dark)
            .collect();
        let side = QR / code.width() as f32;
        let node = self.tags.figure(&format!("{}: {text}", texts::QR));
        let figure = Figure::Qr { dark, side };
        self.flow.figure(PAGE.0 - SIDE - QR, TOP, figure, node);
        Ok(())
    }
}

/// What is about one person is not divided between two pages up to this height, in points.
const TOGETHER: f32 = 420.0;

/// Lays out the whole form.
pub(super) fn lay_out(
    form: &FilledForm,
    extras: &Extras,
    purpose: Purpose,
    fonts: &Fonts,
    digest: &str,
    tags: &mut Tags,
) -> Result<(Flow, Outline), DocumentError> {
    let mut sheet = Sheet::new(fonts, tags);
    let draft = extras.draft || form.is_draft();
    head(&mut sheet, form, standing(form, extras, digest), digest)?;
    if form.sections.is_empty() {
        sheet.both(&texts::NOTHING);
    }
    for section in &form.sections {
        let first = section.rows.first().map_or(0.0, |row| {
            let columns = cells(fonts, row);
            columns.iter().map(|c| height(c)).fold(0.0, f32::max)
        });
        sheet.section(&section.title_da, &section.title_uk, first);
        sheet.tags.begin_table();
        let mut person = None;
        for (at, row) in section.rows.iter().enumerate() {
            let before = std::mem::replace(&mut person, member(&row.key));
            if before != person && before.is_some() && !sheet.flow.at_top() {
                // Where the next person begins.
                sheet.flow.gap(6.0);
            }
            if before != person && person.is_some() {
                // A person's rows stay together, if a page has room for them.
                let own = section.rows[at..].iter();
                let own = own.take_while(|row| member(&row.key) == person);
                let rows = own.map(|row| {
                    let columns = cells(fonts, row);
                    columns.iter().map(|c| height(c)).fold(5.0, f32::max) + 5.0
                });
                let whole: f32 = rows.sum();
                if whole <= TOGETHER {
                    sheet.flow.need(whole);
                }
            }
            let nodes = sheet.tags.row();
            let columns = cells(fonts, row)
                .into_iter()
                .zip(COLUMNS)
                .zip(nodes)
                .map(|((blocks, (x, _)), node)| (x, blocks, node))
                .collect::<Vec<_>>();
            sheet.flow.row(&columns);
            sheet.flow.gap(5.0);
        }
        sheet.tags.end_table();
    }
    // Of a signature that does not hold nothing counts: the document is to be signed anew.
    let holds = |mark: &&SignatureMark| purpose == Purpose::Keep && mark.holds(digest);
    let mark = extras.signature.as_ref().filter(holds);
    let declaration = mark.map_or(&texts::DECLARATION, |mark| {
        texts::declaration(mark.declaration)
    });
    let title = texts::DECLARATION_TITLE;
    let height = sheet.height_of(declaration);
    sheet.section(title.da, title.uk, height);
    sheet.both(declaration);
    let by_hand = extras.on_paper && mark.is_none();
    let signed = purpose == Purpose::Keep && (extras.signature.is_some() || by_hand);
    let follows = if signed { SIGNED } else { 30.0 };
    sheet.section(texts::SIGNATURES.da, texts::SIGNATURES.uk, follows);
    match purpose {
        Purpose::Keep if by_hand => line_to_sign(&mut sheet, digest),
        Purpose::Keep => signature(&mut sheet, extras.signature.as_ref(), digest),
        Purpose::Sign => sheet.both(&texts::TO_BE_SIGNED),
    }
    foot(&mut sheet, extras, purpose, draft, digest);
    appendix(&mut sheet, extras);
    Ok((sheet.flow, sheet.outline))
}

/// Why a document is none to rely on; `None` for one that is. It stands on its first page, and its first word at
/// the foot of each.
pub(super) fn standing(form: &FilledForm, extras: &Extras, digest: &str) -> Option<&'static Text> {
    let void = |mark: &SignatureMark| !mark.holds(digest);
    match extras {
        Extras {
            cancelled: true, ..
        } => Some(&texts::CANCELLED),
        _ if extras.draft || form.is_draft() => Some(&texts::DRAFT),
        _ if extras.signature.as_ref().is_some_and(void) => Some(&texts::VOID),
        _ => None,
    }
}

fn head(
    sheet: &mut Sheet<'_>,
    form: &FilledForm,
    standing: Option<&Text>,
    digest: &str,
) -> Result<(), DocumentError> {
    let beside_qr = WIDTH - QR - 16.0;
    sheet.title(&texts::TITLE, beside_qr);
    if let Some(standing) = standing {
        let bold = Style {
            bold: true,
            ..HEADING_DA
        };
        let text = [(standing.da, bold), (standing.uk, SMALL_UK)];
        sheet.paragraph(&text, beside_qr);
        sheet.flow.gap(4.0);
    }
    for (label, value) in [
        (&texts::AUTHORITY, &form.authority),
        (&texts::CASE, &form.case),
    ] {
        labelled(sheet, label, value, beside_qr);
    }
    let day = [Lang::Da, Lang::Uk].map(|lang| when::day(&form.date, lang));
    dated(sheet, &texts::DATE, (&day[0], &day[1]), beside_qr);
    sheet.paragraph(&[(texts::COURTESY, SMALL_UK)], beside_qr);
    sheet.qr(&form.case, digest)?;
    let below = TOP + QR + 6.0 - sheet.flow.y();
    sheet.flow.gap(below.max(6.0));
    Ok(())
}

/// A value with its label in both languages, each run in its own language.
pub(crate) fn labelled(sheet: &mut Sheet<'_>, label: &Text, value: &str, width: f32) {
    sheet.paragraph(
        &[
            (&format!("{}: {value}", label.da), SMALL_DA),
            (label.uk, LABEL_UK),
        ],
        width,
    );
}

/// A day or a time with its label, each language in its own words.
pub(crate) fn dated(sheet: &mut Sheet<'_>, label: &Text, (da, uk): (&str, &str), width: f32) {
    sheet.paragraph(
        &[
            (&format!("{}: {da}", label.da), SMALL_DA),
            (&format!("{}: {uk}", label.uk), LABEL_UK),
        ],
        width,
    );
}

/// The signature, or that there is none, or that it is void.
fn signature(sheet: &mut Sheet<'_>, mark: Option<&SignatureMark>, digest: &str) {
    let Some(mark) = mark else {
        sheet.both(&texts::NOT_SIGNED);
        return;
    };
    let void = !mark.holds(digest);
    sheet.flow.need(SIGNED);
    if void {
        let bold = Style {
            bold: true,
            ..HEADING_DA
        };
        let text = [(texts::VOID.da, bold), (texts::VOID.uk, SMALL_UK)];
        sheet.paragraph(&text, WIDTH);
        sheet.flow.gap(3.0);
    }
    let method = texts::method(mark.method);
    let text = [(method.da, SMALL_DA), (method.uk, SMALL_UK)];
    sheet.paragraph(&text, WIDTH);
    labelled(sheet, &texts::SIGNER, &mark.signer, WIDTH);
    let at = [Lang::Da, Lang::Uk].map(|lang| when::moment(&mark.at, lang));
    dated(sheet, &texts::SIGNED_AT, (&at[0], &at[1]), WIDTH);
    labelled(sheet, &texts::SIGNED_DIGEST, &mark.digest, WIDTH);
    // A void signature is said to have been there, and not shown.
    if let Some(ink) = mark.ink.as_ref().filter(|_| !void) {
        sheet.flow.gap(4.0);
        sheet.flow.need(INK.1 + 8.0);
        let scale = (INK.0 / ink.width as f32).min(INK.1 / ink.height as f32);
        let strokes = ink
            .strokes
            .iter()
            .map(|s| {
                s.iter()
                    .map(|[x, y, _]| (*x as f32 * scale, *y as f32 * scale))
                    .collect()
            })
            .collect();
        let node = sheet
            .tags
            .figure(&format!("{}: {}", texts::INK, mark.signer));
        let y = sheet.flow.y();
        sheet.flow.figure(SIDE, y, Figure::Ink(strokes), node);
        sheet.flow.gap(INK.1 + 2.0);
        sheet.flow.rule();
        sheet.flow.gap(4.0);
    }
}

/// A line for a signature by hand, with the digest that it is about.
fn line_to_sign(sheet: &mut Sheet<'_>, digest: &str) {
    sheet.flow.need(SIGNED);
    sheet.both(&texts::TO_BE_SIGNED_ON_PAPER);
    labelled(sheet, &texts::SIGNED_DIGEST, digest, WIDTH);
    sheet.flow.gap(INK.1 * 0.6);
    sheet.flow.rule();
    sheet.flow.gap(3.0);
    sheet.both(&texts::DATE_AND_SIGNATURE);
}

/// How the form came about, and its digest.
fn foot(sheet: &mut Sheet<'_>, extras: &Extras, purpose: Purpose, draft: bool, digest: &str) {
    let follows = sheet.height_of(&texts::AI_NOTE);
    sheet.section(texts::AI_TITLE.da, texts::AI_TITLE.uk, follows);
    sheet.both(&texts::AI_NOTE);
    if !draft && !extras.confirmed_by.is_empty() {
        let who = |lang: fn(&crate::Vouched) -> &str| -> Vec<&str> {
            extras.confirmed_by.iter().map(lang).collect()
        };
        let da = format!("{} {}.", texts::FILLED_WITH_AI.da, and(&who(|w| &w.da)));
        let uk = format!(
            "{} {}.",
            texts::FILLED_WITH_AI.uk,
            who(|w| &w.uk).join(", ")
        );
        sheet.flow.gap(3.0);
        sheet.paragraph(&[(&da, SMALL_DA), (&uk, SMALL_UK)], WIDTH);
    }
    sheet.flow.gap(4.0);
    sheet.both(match purpose {
        Purpose::Keep => &texts::DIGEST_NOTE,
        Purpose::Sign => &texts::DIGEST_NOTE_SIGN,
    });
    sheet.paragraph(&[(&format!("SHA-256: {digest}"), SMALL_DA)], WIDTH);
}

/// A list in a Danish sentence: "a, b og c".
fn and(parts: &[&str]) -> String {
    match parts {
        [some @ .., last] if !some.is_empty() => format!("{} og {last}", some.join(", ")),
        _ => parts.concat(),
    }
}

/// Where each value was heard, on pages of its own.
fn appendix(sheet: &mut Sheet<'_>, extras: &Extras) {
    if extras.evidence.is_empty() {
        return;
    }
    sheet.flow.new_page();
    sheet.section(texts::EVIDENCE.da, texts::EVIDENCE.uk, 60.0);
    sheet.both(&texts::EVIDENCE_NOTE);
    sheet.flow.gap(4.0);
    sheet.tags.begin_table();
    for row in &extras.evidence {
        let nodes = sheet.tags.row();
        let block = |text: &str, style, column: usize| {
            Block::new(sheet.fonts, text, style, EVIDENCE[column].1)
        };
        // Smaller than what was said.
        let da = if row.decision { DECIDED_DA } else { SMALL_DA };
        let uk = if row.decision { LABEL_UK } else { SMALL_UK };
        let [said_da, said_uk, speaker] =
            [&row.said_da, &row.said_uk, &row.speaker].map(|text| legible(sheet.fonts, text));
        let columns = [
            vec![
                block(&row.label_da, LABEL_DA, 0),
                block(&row.label_uk, LABEL_UK, 0),
            ],
            vec![block(&said_da, da, 1), block(&said_uk, uk, 1)],
            vec![block(&speaker, da, 2)],
        ];
        let columns: Vec<_> = columns
            .into_iter()
            .zip(EVIDENCE)
            .zip(nodes)
            .map(|((blocks, (x, _)), node)| (x, blocks, node))
            .collect();
        sheet.flow.row(&columns);
        sheet.flow.gap(5.0);
    }
    sheet.tags.end_table();
}

/// Language of a value in the Danish column, for whoever has it read aloud: names and addresses are
/// written there as they came, also in Cyrillic letters.
fn language_of(text: &str) -> &'static str {
    let cyrillic = |c: char| matches!(u32::from(c), 0x400..=0x52F);
    if text.chars().any(cyrillic) {
        "uk"
    } else {
        "da"
    }
}

/// The three columns of a row.
fn cells(fonts: &Fonts, row: &FilledRow) -> [Vec<Block>; 3] {
    let [label, value, status] = COLUMNS.map(|(_, width)| width);
    let missing = row.status == RowStatus::Missing;
    let (da, uk) = if missing {
        (texts::MISSING.da, texts::MISSING.uk)
    } else {
        (row.display_da.as_str(), row.display_uk.as_str())
    };
    let value_style = if missing {
        Style {
            grey: true,
            bold: false,
            ..VALUE_DA
        }
    } else {
        Style {
            lang: language_of(da),
            ..VALUE_DA
        }
    };
    let mut values = vec![Block::new(fonts, da, value_style, value)];
    if uk != da && !uk.is_empty() {
        values.push(Block::new(fonts, uk, LABEL_UK, value));
    }
    let mark: Text = texts::status(row.status);
    [
        vec![
            Block::new(fonts, &row.label_da, LABEL_DA, label),
            Block::new(fonts, &row.label_uk, LABEL_UK, label),
        ],
        values,
        vec![
            Block::new(fonts, mark.da, SMALL_DA, status),
            Block::new(fonts, mark.uk, LABEL_UK, status),
        ],
    ]
}
