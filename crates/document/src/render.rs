//! The form as a bilingual PDF.

use std::num::NonZeroU16;

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{DateTime, Metadata, TextDirection as Reading};
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{ArtifactType, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};
use krilla::{Document, SerializeSettings};

use crate::flow::{self, Block, Flow, PAGE, SIDE, Style};
use crate::fonts::Fonts;
use crate::texts::{self, Text};
use crate::{DocumentError, FilledForm, FilledRow, RowStatus, canonical_json, sha256_hex};

/// Longest value that is shown, in characters.
const MAX_VALUE: usize = 2_000;

/// Where the columns begin and how wide they are: label, value, status.
const COLUMNS: [(f32, f32); 3] = [(SIDE, 175.0), (SIDE + 185.0, 210.0), (SIDE + 405.0, 94.0)];

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
const LABEL_DA: Style = style(9.0, false, false, "da");
const LABEL_UK: Style = style(7.5, false, true, "uk");
const VALUE_DA: Style = style(10.0, true, false, "da");
const SMALL_DA: Style = style(8.5, false, false, "da");
const SMALL_UK: Style = style(8.0, false, true, "uk");

/// Makes the PDF: A4, PDF/A-3a and PDF/UA-1, Danish text with Ukrainian beside it. The same form
/// gives the same bytes.
///
/// # Errors
/// [`DocumentError::Character`] and [`DocumentError::TooLong`] name the field whose value cannot be
/// shown in full; nothing is ever clipped or replaced.
pub fn render(form: &FilledForm) -> Result<Vec<u8>, DocumentError> {
    let fonts = Fonts::load()?;
    check(form, &fonts)?;
    let date = pdf_date(&form.date)?;
    let json = canonical_json(form);
    let digest = sha256_hex(json.as_bytes());

    let mut tags = Tags::new();
    let (flow, outline) = lay_out(form, &fonts, &digest, &mut tags);

    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1);
    let configuration = configuration
        .finish()
        .map_err(|e| DocumentError::Pdf(format!("{e:?}")))?;
    let settings = SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    let count = flow.pages.len();
    for (index, plan) in flow.pages.iter().enumerate() {
        let mut page = document.start_page_with(flow::page_settings());
        let mut surface = page.surface();
        flow::draw(&mut surface, &fonts, plan, |node, id| tags.leaf(node, id));
        surface.start_tagged(flow::artifact(ArtifactType::Footer));
        let baseline = PAGE.1 - 36.0;
        let left = format!("{} · {} · {}", texts::TITLE.da, form.case, &digest[..16]);
        flow::text_line(&mut surface, &fonts, SIDE, baseline, &left, SMALL_UK);
        let right = format!("{} / {count}", index + 1);
        let x = PAGE.0 - SIDE - fonts.regular.width(&right, SMALL_UK.size);
        flow::text_line(&mut surface, &fonts, x, baseline, &right, SMALL_UK);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    document.set_outline(outline);
    document.set_tag_tree(tags.into_tree());
    document.set_metadata(
        Metadata::new()
            .title(format!("{} – {}", texts::TITLE.da, form.case))
            .language("da".to_owned())
            .creator("TolkeBOT".to_owned())
            .authors(vec![form.authority.clone()])
            .creation_date(date)
            .document_id(digest)
            .text_direction(Reading::LeftToRight),
    );
    document.embed_file(EmbeddedFile {
        path: "flytteanmeldelse.json".to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("Formularens værdier som kanonisk JSON".to_owned()),
        association_kind: AssociationKind::Data,
        data: json.into_bytes().into(),
        modification_date: Some(date),
        compress: Some(true),
        location: None,
    });
    document
        .finish()
        .map_err(|e| DocumentError::Pdf(format!("{e:?}")))
}

/// Lays out the whole form.
fn lay_out(form: &FilledForm, fonts: &Fonts, digest: &str, tags: &mut Tags) -> (Flow, Outline) {
    let mut flow = Flow::new();
    let mut outline = Outline::new();
    let width = PAGE.0 - 2.0 * SIDE;
    let block = |text: &str, style: Style| Block::new(fonts, text, style, width);

    let node = tags.heading(1, texts::TITLE.da);
    flow.blocks(
        SIDE,
        &[
            block(texts::TITLE.da, TITLE_DA),
            block(texts::TITLE.uk, TITLE_UK),
        ],
        node,
    );
    flow.gap(4.0);
    if form.is_draft() {
        let node = tags.paragraph();
        let draft = Style {
            bold: true,
            ..HEADING_DA
        };
        let blocks = [
            block(texts::DRAFT.da, draft),
            block(texts::DRAFT.uk, SMALL_UK),
        ];
        flow.blocks(SIDE, &blocks, node);
        flow.gap(4.0);
    }
    for (label, value) in [
        (&texts::AUTHORITY, &form.authority),
        (&texts::CASE, &form.case),
        (&texts::DATE, &form.date),
    ] {
        let node = tags.paragraph();
        let text = format!("{} ({}): {value}", label.da, label.uk);
        flow.blocks(SIDE, &[block(&text, SMALL_DA)], node);
    }
    let node = tags.paragraph();
    flow.blocks(SIDE, &[block(texts::COURTESY, SMALL_UK)], node);
    flow.gap(6.0);

    if form.sections.is_empty() {
        let node = tags.paragraph();
        let blocks = [
            block(texts::NOTHING.da, LABEL_DA),
            block(texts::NOTHING.uk, LABEL_UK),
        ];
        flow.blocks(SIDE, &blocks, node);
    }
    for (number, section) in form.sections.iter().enumerate() {
        flow.gap(8.0);
        flow.need(80.0);
        let title = format!("{}. {}", number + 1, section.title_da);
        let place = XyzDestination::new(flow.page_index(), Point::from_xy(SIDE, flow.y()));
        outline.push_child(OutlineNode::new(title.clone(), place));
        let node = tags.heading(2, &title);
        let uk = format!("{}. {}", number + 1, section.title_uk);
        flow.blocks(
            SIDE,
            &[block(&title, HEADING_DA), block(&uk, HEADING_UK)],
            node,
        );
        flow.gap(3.0);
        flow.rule();
        flow.gap(4.0);
        tags.begin_table();
        for row in &section.rows {
            let nodes = tags.row();
            let columns = cells(fonts, row)
                .into_iter()
                .zip(COLUMNS)
                .zip(nodes)
                .map(|((blocks, (x, _)), node)| (x, blocks, node))
                .collect::<Vec<_>>();
            flow.row(&columns);
            flow.gap(5.0);
        }
        tags.end_table();
    }
    flow.gap(10.0);
    let node = tags.paragraph();
    flow.need(60.0);
    let blocks = [
        block(texts::AI_NOTE.da, SMALL_DA),
        block(texts::AI_NOTE.uk, SMALL_UK),
    ];
    flow.blocks(SIDE, &blocks, node);
    flow.gap(4.0);
    let node = tags.paragraph();
    flow.blocks(
        SIDE,
        &[block(&format!("SHA-256: {digest}"), SMALL_UK)],
        node,
    );
    (flow, outline)
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
        VALUE_DA
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

/// Refuses what cannot be shown in full, naming the field.
fn check(form: &FilledForm, fonts: &Fonts) -> Result<(), DocumentError> {
    let shown = |field: &str, text: &str| {
        let length = text.chars().count();
        if length > MAX_VALUE {
            return Err(DocumentError::TooLong {
                field: field.to_owned(),
                length,
                max: MAX_VALUE,
            });
        }
        let plain: String = text.split_whitespace().collect();
        match fonts
            .regular
            .unknown(&plain)
            .or_else(|| fonts.bold.unknown(&plain))
        {
            Some(c) => Err(DocumentError::Character {
                field: field.to_owned(),
                code: u32::from(c),
            }),
            None => Ok(()),
        }
    };
    shown("Modtager", &form.authority)?;
    shown("Sag", &form.case)?;
    for section in &form.sections {
        shown(&section.title_da, &section.title_da)?;
        shown(&section.title_da, &section.title_uk)?;
        for row in &section.rows {
            for text in [
                &row.label_da,
                &row.label_uk,
                &row.display_da,
                &row.display_uk,
            ] {
                shown(&row.label_da, text)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn pdf_date(date: &str) -> Result<DateTime, DocumentError> {
    let wrong = || DocumentError::Date(date.to_owned());
    let date: jiff::civil::Date = date.parse().map_err(|_| wrong())?;
    let year = u16::try_from(date.year()).map_err(|_| wrong())?;
    Ok(DateTime::new(year)
        .month(date.month().unsigned_abs())
        .day(date.day().unsigned_abs())
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0))
}

/// The logical structure while pages are laid out: leaves come in when they are drawn.
struct Tags {
    nodes: Vec<TagNode>,
    table: Option<usize>,
}

/// A node's kind, its parent unless it is at the top, and its children.
type TagNode = (TagKind, Option<usize>, Vec<Leaf>);

/// A child of a node, in reading order.
enum Leaf {
    Content(krilla::tagging::Identifier),
    Node(usize),
}

impl Tags {
    fn new() -> Self {
        Tags {
            nodes: Vec::new(),
            table: None,
        }
    }

    fn add(&mut self, kind: impl Into<TagKind>, parent: Option<usize>) -> usize {
        let index = self.nodes.len();
        self.nodes.push((kind.into(), parent, Vec::new()));
        if let Some(parent) = parent {
            self.nodes[parent].2.push(Leaf::Node(index));
        }
        index
    }

    fn heading(&mut self, level: u16, title: &str) -> usize {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        self.add(Tag::Hn(level, Some(title.to_owned())), None)
    }

    fn paragraph(&mut self) -> usize {
        self.add(Tag::P, None)
    }

    fn begin_table(&mut self) {
        self.table = Some(self.add(Tag::Table, None));
    }

    fn end_table(&mut self) {
        self.table = None;
    }

    /// A row: its header cell and two data cells.
    fn row(&mut self) -> [usize; 3] {
        let row = self.add(Tag::TR, self.table);
        [
            self.add(Tag::TH(TableHeaderScope::Row), Some(row)),
            self.add(Tag::TD, Some(row)),
            self.add(Tag::TD, Some(row)),
        ]
    }

    fn leaf(&mut self, node: usize, id: krilla::tagging::Identifier) {
        self.nodes[node].2.push(Leaf::Content(id));
    }

    fn into_tree(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("da".to_owned()));
        let mut nodes: Vec<_> = self.nodes.into_iter().map(Some).collect();
        for index in 0..nodes.len() {
            let root = matches!(&nodes[index], Some((_, None, _)));
            if root && let Some(group) = group(&mut nodes, index) {
                tree.push(Node::Group(group));
            }
        }
        tree
    }
}

fn group(nodes: &mut [Option<TagNode>], index: usize) -> Option<TagGroup> {
    let (kind, _, children) = nodes[index].take()?;
    let mut made = TagGroup::new(kind);
    for child in children {
        match child {
            Leaf::Content(id) => made.push(id),
            Leaf::Node(child) => {
                if let Some(group) = group(nodes, child) {
                    made.push(Node::Group(group));
                }
            }
        }
    }
    Some(made)
}
