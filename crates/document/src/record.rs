//! Everything that is kept of a case as a document that the citizen can read (GDPR article 15).

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::Point;
use krilla::metadata::{Metadata, TextDirection as Reading};
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{ArtifactType, Identifier, Node, Tag, TagGroup, TagKind, TagTree};
use krilla::{Document, SerializeSettings};
use tolkebot_protocol::Lang;

use crate::flow::{self, Block, Flow, PAGE, SIDE, Style};
use crate::fonts::Fonts;
use crate::render::{legible, pdf_date};
use crate::texts::{self, Text};
use crate::{DocumentError, FilledForm, RowStatus, sha256_hex, when};

/// What is kept of a case, as far as a person reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRecord {
    /// The form as it stands: also names case, authority and the day of the document.
    pub form: FilledForm,
    /// When the first thing was recorded, as it is to be shown.
    pub opened: String,
    /// Answers to the notices, in order.
    pub notices: Vec<RecordNotice>,
    /// Of how many utterances the sound is kept; it is in `json`.
    pub sounds: usize,
    /// What was said, in order.
    pub said: Vec<RecordUtterance>,
    /// How many events the log holds.
    pub events: u64,
    /// The whole log as JSON: goes along as an attachment.
    pub json: String,
}

/// An answer to a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordNotice {
    /// When, as it is to be shown.
    pub at: String,
    /// Whether the citizen answered; an employee otherwise.
    pub citizen: bool,
    /// Which notice.
    pub about: AnsweredNotice,
    /// Whether it was accepted.
    pub accepted: bool,
}

/// A notice that somebody answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredNotice {
    /// That a machine interprets.
    Machine,
    /// How words are processed.
    Processing,
    /// That the sound is kept.
    Sound,
}

/// Something that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordUtterance {
    /// When, as it is to be shown.
    pub at: String,
    /// Whether the citizen spoke; an employee otherwise.
    pub citizen: bool,
    /// What was understood, `da` or `uk`, and the text.
    pub text: (&'static str, String),
    /// The translation, likewise; `None` if there is none.
    pub translation: Option<(&'static str, String)>,
}

const fn style(size: f32, bold: bool, grey: bool, lang: &'static str) -> Style {
    Style {
        size,
        bold,
        grey,
        lang,
    }
}

const fn text(da: &'static str, uk: &'static str) -> Text {
    Text { da, uk }
}

const TITLE: Text = text("Indsigt i en sag", "Дані, що зберігаються у справі");
const ABOUT: Text = text(
    "Her står alt, hvad TolkeBOT har gemt om sagen: svarene på meddelelserne, hvad der blev sagt, \
     som maskinen forstod og oversatte det, og formularens felter. Hele loggen ligger ved som JSON, \
     sammen med dokumenter, der ikke er afleveret endnu.",
    "Тут усе, що TolkeBOT зберіг про справу: відповіді на повідомлення, сказане так, як його \
     зрозуміла й переклала машина, і поля форми. Повний журнал додано у форматі JSON разом із \
     документами, які ще не передано.",
);
const NO_SOUND: Text = text("Lyden er ikke gemt.", "Звук не збережено.");
const SOUND: Text = text(
    "Lyden er gemt. Den ligger ved i loggen (WAV i base64).",
    "Звук збережено. Його додано в журналі (WAV у форматі base64).",
);
const SOUND_NOTICE: Text = text("At lyden gemmes", "Про збереження звуку");
const OPENED: Text = text("Åbnet", "Відкрито");
const EVENTS: Text = text("Hændelser i loggen", "Записів у журналі");
const NOTICES: Text = text("Meddelelser og svar", "Повідомлення та відповіді");
const SAID: Text = text("Samtalen", "Розмова");
const FORM: Text = text("Formularen", "Форма");
const NOTHING: Text = text("Intet.", "Нічого.");
const STAFF: Text = text("Medarbejder", "Працівник");
const CITIZEN: Text = text("Borger", "Громадянин");
const AI_NOTICE: Text = text("At en maskine tolker", "Про машинний переклад");
const PROCESSING: Text = text("Behandling af oplysninger", "Про обробку даних");
const YES: Text = text("accepteret", "прийнято");
const NO: Text = text("ikke accepteret", "не прийнято");

/// Makes the PDF: A4, PDF/A-3a and PDF/UA-1, Danish with Ukrainian beside it, and what was said in
/// both languages. The same record gives the same bytes. A character that the font does not have is
/// written as its code point, `[U+6F22]`: what somebody asks for must not fail because of it.
///
/// # Errors
/// [`DocumentError::Date`] if the form's day is none, [`DocumentError::Pdf`] for a fault of this crate.
pub fn render_record(record: &CaseRecord) -> Result<Vec<u8>, DocumentError> {
    let fonts = Fonts::load()?;
    let date = pdf_date(&record.form.date)?;
    let (flow, outline, mut tags) = lay_out(record, &fonts);
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| DocumentError::Pdf(format!("{e:?}")))?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let small = style(8.0, false, true, "da");
    let count = flow.pages.len();
    for (index, plan) in flow.pages.iter().enumerate() {
        let mut page = document.start_page_with(flow::page_settings());
        let mut surface = page.surface();
        flow::draw(&mut surface, &fonts, plan, |node, id| tags[node].1.push(id));
        surface.start_tagged(flow::artifact(ArtifactType::Footer));
        let left = format!("{} · {}", TITLE.da, record.form.case);
        let right = format!("{} / {count}", index + 1);
        let x = PAGE.0 - SIDE - fonts.regular.width(&right, small.size);
        let baseline = PAGE.1 - 36.0;
        flow::text_line(&mut surface, &fonts, SIDE, baseline, &left, small);
        flow::text_line(&mut surface, &fonts, x, baseline, &right, small);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
    document.set_outline(outline);
    let mut tree = TagTree::new().with_lang(Some("da".to_owned()));
    for (kind, leaves) in tags {
        let mut group = TagGroup::new(kind);
        leaves.into_iter().for_each(|id| group.push(id));
        tree.push(Node::Group(group));
    }
    document.set_tag_tree(tree);
    document.set_metadata(
        Metadata::new()
            .title(format!("{} – {}", TITLE.da, record.form.case))
            .language("da".to_owned())
            .creator("TolkeBOT".to_owned())
            .authors(vec![record.form.authority.clone()])
            .creation_date(date)
            .document_id(sha256_hex(record.json.as_bytes()))
            .text_direction(Reading::LeftToRight),
    );
    document.embed_file(EmbeddedFile {
        path: "sag.json".to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("Hele loggen som JSON".to_owned()),
        association_kind: AssociationKind::Data,
        data: record.json.clone().into_bytes().into(),
        modification_date: Some(date),
        compress: Some(true),
        location: None,
    });
    document
        .finish()
        .map_err(|e| DocumentError::Pdf(format!("{e:?}")))
}

/// Nodes of the tag tree, all at the top, in reading order.
type Tags = Vec<(TagKind, Vec<Identifier>)>;

/// Pages while they are filled.
struct Page<'a> {
    fonts: &'a Fonts,
    flow: Flow,
    outline: Outline,
    tags: Tags,
}

impl Page<'_> {
    fn paragraph(&mut self, lines: &[(&str, Style)]) {
        self.tagged(Tag::P.into(), lines);
    }

    fn tagged(&mut self, kind: TagKind, lines: &[(&str, Style)]) {
        let width = PAGE.0 - 2.0 * SIDE;
        let blocks: Vec<Block> = lines
            .iter()
            .map(|(text, style)| Block::new(self.fonts, &legible(self.fonts, text), *style, width))
            .collect();
        self.tags.push((kind, Vec::new()));
        self.flow.blocks(SIDE, &blocks, self.tags.len() - 1);
    }

    fn title(&mut self, level: u16, title: &Text) {
        let level = std::num::NonZeroU16::new(level).unwrap_or(std::num::NonZeroU16::MIN);
        let size = if level.get() == 1 { 18.0 } else { 12.0 };
        let lines = [
            (title.da, style(size, true, false, "da")),
            (title.uk, style(size * 0.75, false, true, "uk")),
        ];
        self.tagged(Tag::Hn(level, Some(title.da.to_owned())).into(), &lines);
        self.flow.gap(4.0);
    }

    fn section(&mut self, title: &Text) {
        self.flow.gap(12.0);
        self.flow.need(80.0);
        let place = Point::from_xy(SIDE, self.flow.y());
        let place = XyzDestination::new(self.flow.page_index(), place);
        self.outline
            .push_child(OutlineNode::new(title.da.to_owned(), place));
        self.title(2, title);
        self.flow.rule();
        self.flow.gap(4.0);
    }

    fn both(&mut self, text: &Text, size: f32) {
        self.paragraph(&[
            (text.da, style(size, false, false, "da")),
            (text.uk, style(size - 0.5, false, true, "uk")),
        ]);
        self.flow.gap(3.0);
    }

    fn fact(&mut self, label: &Text, value: &str) {
        let line = format!("{} ({}): {value}", label.da, label.uk);
        self.paragraph(&[(&line, style(9.0, false, false, "da"))]);
    }
}

fn lay_out(record: &CaseRecord, fonts: &Fonts) -> (Flow, Outline, Tags) {
    let mut page = Page {
        fonts,
        flow: Flow::new(),
        outline: Outline::new(),
        tags: Tags::new(),
    };
    page.title(1, &TITLE);
    page.fact(&texts::AUTHORITY, &record.form.authority);
    page.fact(&texts::CASE, &record.form.case);
    let day = [Lang::Da, Lang::Uk].map(|lang| when::day(&record.form.date, lang));
    page.fact(&texts::DATE, &day.join(" / "));
    page.fact(&OPENED, &record.opened);
    page.fact(&EVENTS, &record.events.to_string());
    page.flow.gap(6.0);
    page.both(&ABOUT, 9.0);
    page.both(
        if record.sounds == 0 {
            &NO_SOUND
        } else {
            &SOUND
        },
        9.0,
    );

    page.section(&NOTICES);
    if record.notices.is_empty() {
        page.both(&NOTHING, 9.0);
    }
    for one in &record.notices {
        let who = if one.citizen { &CITIZEN } else { &STAFF };
        let what = match one.about {
            AnsweredNotice::Machine => &AI_NOTICE,
            AnsweredNotice::Processing => &PROCESSING,
            AnsweredNotice::Sound => &SOUND_NOTICE,
        };
        let answer = if one.accepted { &YES } else { &NO };
        let da = format!("{} · {} · {}: {}", one.at, who.da, what.da, answer.da);
        let uk = format!("{} · {}: {}", who.uk, what.uk, answer.uk);
        page.paragraph(&[
            (&da, style(9.0, false, false, "da")),
            (&uk, style(8.0, false, true, "uk")),
        ]);
        page.flow.gap(3.0);
    }

    page.section(&SAID);
    if record.said.is_empty() {
        page.both(&NOTHING, 9.0);
    }
    for one in &record.said {
        let who = if one.citizen { &CITIZEN } else { &STAFF };
        let head = format!("{} · {}", one.at, who.da);
        let (lang, said) = &one.text;
        let mut lines = vec![
            (head.as_str(), style(8.0, false, true, "da")),
            (who.uk, style(7.5, false, true, "uk")),
            (said.as_str(), style(10.0, false, false, lang)),
        ];
        if let Some((lang, translation)) = &one.translation {
            lines.push((translation, style(9.0, false, true, lang)));
        }
        page.paragraph(&lines);
        page.flow.gap(5.0);
    }

    page.section(&FORM);
    if record.form.sections.is_empty() {
        page.both(&NOTHING, 9.0);
    }
    for section in &record.form.sections {
        page.paragraph(&[
            (&section.title_da, style(10.0, true, false, "da")),
            (&section.title_uk, style(8.0, false, true, "uk")),
        ]);
        for row in &section.rows {
            let line = |label: &str, missing: &str, value: &str, status: &str| {
                let value = match row.status {
                    RowStatus::Missing => missing,
                    _ => value,
                };
                format!("{label}: {value} ({status})")
            };
            let (missing, status) = (&texts::MISSING, texts::status(row.status));
            let da = line(&row.label_da, missing.da, &row.display_da, status.da);
            // Where the value is the same in both languages, the form gives it once.
            let value = match row.display_uk.as_str() {
                "" => &row.display_da,
                value => value,
            };
            let uk = line(&row.label_uk, missing.uk, value, status.uk);
            page.paragraph(&[
                (&da, style(9.0, false, false, "da")),
                (&uk, style(7.5, false, true, "uk")),
            ]);
        }
        page.flow.gap(5.0);
    }
    page.both(&texts::AI_NOTE, 8.5);
    (page.flow, page.outline, page.tags)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::Item;

    fn record() -> CaseRecord {
        let said = |n: u32| RecordUtterance {
            at: format!("24.11.2026 10:{n:02}"),
            citizen: n % 2 == 1,
            text: ("uk", format!("Речення номер {n} 漢")),
            translation: Some(("da", format!("Sætning nummer {n}"))),
        };
        CaseRecord {
            form: FilledForm {
                case: "abc123".into(),
                form: "flytteanmeldelse".into(),
                authority: "Aarhus Kommune".into(),
                date: "2026-11-24".into(),
                sections: Vec::new(),
            },
            opened: "24.11.2026 10:00".into(),
            notices: vec![RecordNotice {
                at: "24.11.2026 10:01".into(),
                citizen: true,
                about: AnsweredNotice::Processing,
                accepted: false,
            }],
            sounds: 0,
            said: (0..60).map(said).collect(),
            events: 130,
            json: "{}".into(),
        }
    }

    #[test]
    fn everything_stands_on_the_pages_and_in_their_order() {
        let fonts = Fonts::load().unwrap();
        let (flow, _, tags) = lay_out(&record(), &fonts);
        assert!(flow.pages.len() > 1);
        let items = flow.pages.iter().flat_map(|page| &page.items);
        let lines = items.filter_map(|item| match item {
            Item::Line { text, node, .. } => Some((text.as_str(), *node)),
            Item::Rule { .. } | Item::Figure { .. } => None,
        });
        let lines: Vec<_> = lines.collect();
        assert!(lines.is_sorted_by_key(|(_, node)| *node));
        assert!(lines.iter().all(|(_, node)| *node < tags.len()));
        let all: Vec<&str> = lines.iter().map(|(text, _)| *text).collect();
        let all = all.join(" ");
        for n in 0..60 {
            for wanted in [
                format!("Речення номер {n} [U+6F22]"),
                format!("Sætning nummer {n} "),
                format!("24.11.2026 10:{n:02}"),
            ] {
                assert!(all.contains(&wanted), "{wanted}");
            }
        }
        assert!(all.contains("Borger · Behandling af oplysninger: ikke accepteret"));
        assert!(all.contains("Lyden er ikke gemt"));
    }

    #[test]
    fn it_says_whether_sound_is_kept() {
        let fonts = Fonts::load().unwrap();
        let mut record = record();
        record.sounds = 2;
        record.notices[0].about = AnsweredNotice::Sound;
        record.notices[0].accepted = true;
        let (flow, _, _) = lay_out(&record, &fonts);
        let items = flow.pages.iter().flat_map(|page| &page.items);
        let lines = items.filter_map(|item| match item {
            Item::Line { text, .. } => Some(text.as_str()),
            Item::Rule { .. } | Item::Figure { .. } => None,
        });
        let all = lines.collect::<Vec<_>>().join(" ");
        assert!(all.contains("Lyden er gemt"), "{all}");
        assert!(!all.contains("ikke gemt"));
        assert!(all.contains("Borger · At lyden gemmes: accepteret"));
    }

    #[test]
    fn the_same_record_gives_the_same_document_with_the_log_attached() {
        let pdf = render_record(&record()).unwrap();
        assert!(pdf.starts_with(b"%PDF-1.7"));
        assert_eq!(pdf, render_record(&record()).unwrap());
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.contains("pdfuaid:part") && text.contains("pdfaid:part"));
        assert!(text.contains("sag.json"));
        let mut other = record();
        other.form.date = "today".into();
        assert!(matches!(render_record(&other), Err(DocumentError::Date(_))));
    }
}
