//! Lines of text on pages, top to bottom, each tagged with its language.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineCap, LineJoin, Paint, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};
use krilla::text::TextDirection;

use crate::fonts::{Fonts, Measured};

/// A4 in points.
pub(crate) const PAGE: (f32, f32) = (595.0, 842.0);
/// Margins: left and right, top, bottom.
pub(crate) const SIDE: f32 = 48.0;
pub(crate) const TOP: f32 = 56.0;
pub(crate) const BOTTOM: f32 = 64.0;

/// What is not higher than this, in points, is not divided between two pages.
pub(crate) const WHOLE: f32 = 170.0;
/// So much of what is higher begins on a page.
const BEGINNING: f32 = 60.0;

/// How a text looks and which language it is in.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) grey: bool,
    pub(crate) lang: &'static str,
}

impl Style {
    pub(crate) fn font(self, fonts: &Fonts) -> &Measured {
        if self.bold {
            &fonts.bold
        } else {
            &fonts.regular
        }
    }

    pub(crate) fn leading(self) -> f32 {
        self.size * 1.35
    }
}

/// A text broken into lines.
pub(crate) struct Block {
    pub(crate) lines: Vec<String>,
    pub(crate) style: Style,
}

impl Block {
    pub(crate) fn new(fonts: &Fonts, text: &str, style: Style, width: f32) -> Self {
        let lines = style.font(fonts).wrap(text, style.size, width);
        Block { lines, style }
    }

    pub(crate) fn height(&self) -> f32 {
        self.lines.len() as f32 * self.style.leading()
    }
}

/// Height of blocks one under the other.
pub(crate) fn height(blocks: &[Block]) -> f32 {
    blocks.iter().map(Block::height).sum()
}

/// How much room something of this height needs to begin on a page.
pub(crate) fn beginning(height: f32) -> f32 {
    if height <= WHOLE { height } else { BEGINNING }
}

/// What will be drawn on one page. Pages are laid out before anything is drawn, so that the footer
/// knows how many there are.
#[derive(Default)]
pub(crate) struct PagePlan {
    pub(crate) items: Vec<Item>,
}

/// One thing on a page.
pub(crate) enum Item {
    /// A line of text; `node` is the place in the tag tree that it belongs to.
    Line {
        x: f32,
        baseline: f32,
        text: String,
        style: Style,
        node: usize,
    },
    /// A thin rule.
    Rule { y: f32 },
    /// A figure made of lines and squares, with its place in the tag tree.
    Figure {
        x: f32,
        y: f32,
        figure: Figure,
        node: usize,
    },
}

/// What is drawn and not written.
pub(crate) enum Figure {
    /// A QR code: its modules row by row, true for dark, and the length of a module's side.
    Qr { dark: Vec<bool>, side: f32 },
    /// A signature's strokes, in points from the top left corner.
    Ink(Vec<Vec<(f32, f32)>>),
}

/// The pages so far and where the next line goes.
pub(crate) struct Flow {
    pub(crate) pages: Vec<PagePlan>,
    y: f32,
}

impl Flow {
    pub(crate) fn new() -> Self {
        Flow {
            pages: vec![PagePlan::default()],
            y: TOP,
        }
    }

    pub(crate) fn page_index(&self) -> usize {
        self.pages.len() - 1
    }

    pub(crate) fn y(&self) -> f32 {
        self.y
    }

    pub(crate) fn gap(&mut self, height: f32) {
        self.y += height;
    }

    /// Starts a new page unless `height` points fit on this one.
    pub(crate) fn need(&mut self, height: f32) {
        if self.y + height > PAGE.1 - BOTTOM && self.y > TOP {
            self.pages.push(PagePlan::default());
            self.y = TOP;
        }
    }

    /// Goes on at the top of a new page.
    pub(crate) fn new_page(&mut self) {
        self.pages.push(PagePlan::default());
        self.y = TOP;
    }

    pub(crate) fn rule(&mut self) {
        let y = self.y;
        self.push(Item::Rule { y });
    }

    fn push(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// Puts a figure at a place on this page; the flow does not move.
    pub(crate) fn figure(&mut self, x: f32, y: f32, figure: Figure, node: usize) {
        self.push(Item::Figure { x, y, figure, node });
    }

    /// True where nothing stands on the page yet.
    pub(crate) fn at_top(&self) -> bool {
        self.y <= TOP
    }

    /// Sets blocks one under the other at `x`.
    pub(crate) fn blocks(&mut self, x: f32, blocks: &[Block], node: usize) {
        self.need(beginning(height(blocks)));
        for block in blocks {
            self.need(beginning(block.height()));
            for line in &block.lines {
                self.need(block.style.leading());
                self.line(x, self.y, line, block.style, node);
                self.y += block.style.leading();
            }
        }
    }

    /// Sets columns of blocks side by side; the row is as high as its highest column. A row that is
    /// higher than [`WHOLE`] goes on on the next page: moved there as a whole it would leave this one
    /// empty.
    pub(crate) fn row(&mut self, columns: &[(f32, Vec<Block>, usize)]) {
        let tallest = columns
            .iter()
            .map(|(_, blocks, _)| height(blocks))
            .fold(0.0, f32::max);
        self.need(beginning(tallest));
        let mut lines: Vec<Vec<(f32, &str, Style, usize)>> = Vec::new();
        for (x, blocks, node) in columns {
            let own = blocks
                .iter()
                .flat_map(|b| b.lines.iter().map(|l| (b.style, l.as_str())));
            lines.push(own.map(|(style, line)| (*x, line, style, *node)).collect());
        }
        let mut next: Vec<std::slice::Iter<'_, (f32, &str, Style, usize)>> =
            lines.iter().map(|column| column.iter()).collect();
        let mut tops = vec![self.y; next.len()];
        while next.iter().any(|column| column.len() > 0) {
            let mut placed = false;
            for (column, top) in next.iter_mut().zip(&mut tops) {
                while let Some((x, line, style, node)) = column.clone().next() {
                    if *top + style.leading() > PAGE.1 - BOTTOM {
                        break;
                    }
                    self.line(*x, *top, line, *style, *node);
                    *top += style.leading();
                    column.next();
                    placed = true;
                }
            }
            let left = next.iter().any(|column| column.len() > 0);
            if left || !placed {
                self.pages.push(PagePlan::default());
                self.y = TOP;
                tops.iter_mut().for_each(|top| *top = TOP);
            }
        }
        self.y = tops.into_iter().fold(self.y, f32::max);
    }

    fn line(&mut self, x: f32, top: f32, text: &str, style: Style, node: usize) {
        if text.is_empty() {
            return;
        }
        let baseline = top + style.size;
        self.push(Item::Line {
            x,
            baseline,
            text: text.to_owned(),
            style,
            node,
        });
    }
}

/// Settings of an A4 page.
pub(crate) fn page_settings() -> PageSettings {
    let size = Size::from_wh(PAGE.0, PAGE.1);
    size.map_or_else(PageSettings::default, PageSettings::new)
}

/// Draws a page's items; calls `tagged` for each line with the node it belongs to.
pub(crate) fn draw(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    page: &PagePlan,
    mut tagged: impl FnMut(usize, Identifier),
) {
    for item in &page.items {
        match item {
            Item::Rule { y } => {
                surface.start_tagged(artifact(ArtifactType::Layout));
                rule(surface, *y);
                surface.end_tagged();
            }
            Item::Line {
                x,
                baseline,
                text,
                style,
                node,
            } => {
                let span = SpanTag::empty().with_lang(Some(style.lang));
                let id = surface.start_tagged(ContentTag::Span(span));
                text_line(surface, fonts, *x, *baseline, text, *style);
                surface.end_tagged();
                tagged(*node, id);
            }
            Item::Figure { x, y, figure, node } => {
                let id = surface.start_tagged(ContentTag::Other);
                draw_figure(surface, *x, *y, figure);
                surface.end_tagged();
                tagged(*node, id);
            }
        }
    }
}

fn black() -> Paint {
    rgb::Color::new(0, 0, 0).into()
}

fn draw_figure(surface: &mut Surface<'_>, x: f32, y: f32, figure: &Figure) {
    match figure {
        Figure::Qr { dark, side } => {
            let width = dark.len().isqrt().max(1);
            let mut path = PathBuilder::new();
            for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
                let (column, row) = ((at % width) as f32, (at / width) as f32);
                if let Some(square) =
                    Rect::from_xywh(x + column * side, y + row * side, *side, *side)
                {
                    path.push_rect(square);
                }
            }
            if let Some(path) = path.finish() {
                surface.set_fill(Some(Fill {
                    paint: black(),
                    ..Fill::default()
                }));
                surface.draw_path(&path);
            }
        }
        Figure::Ink(strokes) => {
            let mut path = PathBuilder::new();
            for stroke in strokes {
                for (at, (dx, dy)) in stroke.iter().enumerate() {
                    if at == 0 {
                        path.move_to(x + dx, y + dy);
                        // A dot is a line of no length, which a round cap shows.
                        path.line_to(x + dx + 0.01, y + dy);
                    } else {
                        path.line_to(x + dx, y + dy);
                    }
                }
            }
            if let Some(path) = path.finish() {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: black(),
                    width: 1.1,
                    line_cap: LineCap::Round,
                    line_join: LineJoin::Round,
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
                surface.set_stroke(None);
            }
        }
    }
}

pub(crate) fn artifact(kind: ArtifactType) -> ContentTag<'static> {
    ContentTag::Artifact(Artifact::with_kind(kind))
}

pub(crate) fn text_line(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    x: f32,
    baseline: f32,
    text: &str,
    style: Style,
) {
    let shade = if style.grey { 75 } else { 0 };
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(shade, shade, shade).into(),
        ..Fill::default()
    }));
    let font = style.font(fonts).font.clone();
    let start = Point::from_xy(x, baseline);
    surface.draw_text(start, font, style.size, text, false, TextDirection::Auto);
}

fn rule(surface: &mut Surface<'_>, y: f32) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(SIDE, y, PAGE.0 - 2.0 * SIDE, 0.6) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(Fill {
            paint: rgb::Color::new(150, 150, 150).into(),
            ..Fill::default()
        }));
        surface.draw_path(&path);
    }
}
