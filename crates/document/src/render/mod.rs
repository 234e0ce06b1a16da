//! The form as a bilingual PDF.

mod check;
mod layout;
#[cfg(test)]
mod pages;
mod tags;

use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::metadata::{DateTime, Metadata, TextDirection as Reading};
use krilla::tagging::ArtifactType;
use krilla::{Document, SerializeSettings};

pub use self::check::check_text;
pub(crate) use self::check::{legible, pdf_date, shown};
pub(crate) use self::layout::{LABEL_DA, QR, SMALL_DA, SMALL_UK, Sheet, WIDTH, dated, labelled};
pub(crate) use self::tags::Tags;
use crate::flow::{self, Flow, PAGE, SIDE};
use crate::fonts::Fonts;
use crate::texts;
use crate::{
    DocumentError, Extras, FilledForm, SignatureMark, canonical_json, canonical_xml, sha256_hex,
};

/// Name of the embedded JSON.
pub const JSON_NAME: &str = "flytteanmeldelse.json";
/// Name of the embedded XML.
pub const XML_NAME: &str = "flytteanmeldelse.xml";
/// Name of the embedded signature, if the document is signed.
pub const SIGNATURE_NAME: &str = "underskrift.json";

/// Makes the PDF: A4, PDF/A-3a and PDF/UA-1, Danish text with Ukrainian beside it. The same form
/// gives the same bytes.
///
/// # Errors
/// [`DocumentError`] names the field whose value cannot be shown in full; nothing is ever clipped
/// or replaced.
pub fn render(form: &FilledForm) -> Result<Vec<u8>, DocumentError> {
    render_with(form, &Extras::default())
}

/// Like [`render`], with signature, AI marking and appendix.
///
/// # Errors
/// As [`render`].
pub fn render_with(form: &FilledForm, extras: &Extras) -> Result<Vec<u8>, DocumentError> {
    make(form, extras, Purpose::Keep)
}

/// The document as it goes to NemLog-in to be signed: PDF/A-2a and PDF/UA-1, the same pages without
/// attached files, which PDF/A-2 and NemLog-in do not allow. It has no signature and no appendix,
/// whatever `extras` hold.
///
/// # Errors
/// As [`render`].
pub fn render_to_sign(form: &FilledForm, extras: &Extras) -> Result<Vec<u8>, DocumentError> {
    let bare = Extras {
        signature: None,
        evidence: Vec::new(),
        ..extras.clone()
    };
    make(form, &bare, Purpose::Sign)
}

/// What a document is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be kept, with its values attached.
    Keep,
    /// To be signed at NemLog-in.
    Sign,
}

fn make(form: &FilledForm, extras: &Extras, purpose: Purpose) -> Result<Vec<u8>, DocumentError> {
    let fonts = Fonts::load()?;
    check::check(form, extras, &fonts)?;
    let date = pdf_date(&form.date)?;
    let json = canonical_json(form);
    let xml = canonical_xml(&json)?;
    let digest = sha256_hex(json.as_bytes());

    let mut tags = Tags::new();
    let (flow, outline) = layout::lay_out(form, extras, purpose, &fonts, &digest, &mut tags)?;
    let mut document = start(match purpose {
        Purpose::Keep => Archival::A3_A,
        Purpose::Sign => Archival::A2_A,
    })?;
    let standing = layout::standing(form, extras, &digest);
    let mark = standing.map_or_else(String::new, |text| format!("{} · ", first_words(text.da)));
    let footer = format!(
        "{mark}{} · {} · {}",
        texts::TITLE.da,
        form.case,
        &digest[..16]
    );
    draw(&mut document, &flow, &fonts, &mut tags, &footer);
    document.set_outline(outline);
    document.set_tag_tree(tags.into_tree());
    let about = match standing {
        Some(text) => text.da,
        None => texts::CONFIRMED,
    };
    document.set_metadata(
        metadata(&form.authority, date, &digest)
            .title(format!("{} – {}", texts::TITLE.da, form.case))
            .description(about.to_owned()),
    );
    if purpose == Purpose::Sign {
        let mut pdf = finish(document)?;
        blank_roles(&mut pdf);
        return Ok(pdf);
    }
    let mut files = vec![
        (
            JSON_NAME,
            "application/json",
            texts::JSON_FILE,
            json.into_bytes(),
        ),
        (
            XML_NAME,
            "application/xml",
            texts::XML_FILE,
            xml.into_bytes(),
        ),
    ];
    if let Some(signature) = &extras.signature {
        let (about, json) = signature_file(signature, &digest)?;
        files.push((SIGNATURE_NAME, "application/json", about, json));
    }
    embed(&mut document, date, files);
    finish(document)
}

/// What stands before the dash: "KLADDE – oplysningerne er ikke bekræftet".
fn first_words(text: &str) -> &str {
    text.split(" – ").next().unwrap_or(text)
}

/// The file with the signature, and what it is. The strokes of one that is void are not shown and do not go
/// along either.
fn signature_file(
    signature: &SignatureMark,
    digest: &str,
) -> Result<(&'static str, Vec<u8>), DocumentError> {
    let mut signature = signature.clone();
    if !signature.holds(digest) {
        signature.ink = None;
    }
    let about = match &signature.ink {
        Some(_) => texts::SIGNATURE_FILE,
        None => texts::SIGNATURE_FILE_WITHOUT_INK,
    };
    let json = serde_json::to_vec(&signature).map_err(|e| DocumentError::Pdf(e.to_string()))?;
    Ok((about, json))
}

/// Takes the role map out of a document, which names tags that NemLog-in does not take and that no
/// document here has. Blanks stand in its place, so that nothing moves.
fn blank_roles(pdf: &mut [u8]) {
    const ROLES: &[u8] = b"/RoleMap<<";
    let Some(start) = pdf.windows(ROLES.len()).position(|w| w == ROLES) else {
        return;
    };
    if let Some(length) = pdf[start..].windows(2).position(|w| w == b">>") {
        pdf[start..start + length + 2].fill(b' ');
    }
}

/// An empty document of the right kind.
pub(crate) fn start(archival: Archival) -> Result<Document, DocumentError> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(archival)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| DocumentError::Pdf(format!("{e:?}")))?;
    Ok(Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    }))
}

/// What is said about every document; its digest stands among the keywords, as `sha256:DIGEST`.
pub(crate) fn metadata(authority: &str, date: DateTime, digest: &str) -> Metadata {
    Metadata::new()
        .language("da".to_owned())
        .creator("TolkeBOT".to_owned())
        .authors(vec![authority.to_owned()])
        .creation_date(date)
        .keywords(vec![
            format!("sha256:{digest}"),
            texts::AI_KEYWORD.to_owned(),
        ])
        .document_id(digest.to_owned())
        .text_direction(Reading::LeftToRight)
}

/// Draws the pages with a footer and page numbers.
pub(crate) fn draw(
    document: &mut Document,
    flow: &Flow,
    fonts: &Fonts,
    tags: &mut Tags,
    footer: &str,
) {
    let count = flow.pages.len();
    for (index, plan) in flow.pages.iter().enumerate() {
        let mut page = document.start_page_with(flow::page_settings());
        let mut surface = page.surface();
        flow::draw(&mut surface, fonts, plan, |node, id| tags.leaf(node, id));
        surface.start_tagged(flow::artifact(ArtifactType::Footer));
        let baseline = PAGE.1 - 36.0;
        flow::text_line(&mut surface, fonts, SIDE, baseline, footer, SMALL_UK);
        let right = format!("{} / {count}", index + 1);
        let x = PAGE.0 - SIDE - fonts.regular.width(&right, SMALL_UK.size);
        flow::text_line(&mut surface, fonts, x, baseline, &right, SMALL_UK);
        surface.end_tagged();
        surface.finish();
        page.finish();
    }
}

/// Puts files into the document: name, MIME type, description, bytes.
fn embed(document: &mut Document, date: DateTime, files: Vec<(&str, &str, &str, Vec<u8>)>) {
    for (path, mime, description, data) in files {
        document.embed_file(EmbeddedFile {
            path: path.to_owned(),
            mime_type: MimeType::new(mime),
            description: Some(description.to_owned()),
            association_kind: AssociationKind::Data,
            data: data.into(),
            modification_date: Some(date),
            compress: Some(true),
            location: None,
        });
    }
}

pub(crate) fn finish(document: Document) -> Result<Vec<u8>, DocumentError> {
    document
        .finish()
        .map_err(|e| DocumentError::Pdf(format!("{e:?}")))
}
