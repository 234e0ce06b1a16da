//! The citizen's copy: what was handed in, when, and what happens next.

use std::fmt::Write;

use krilla::configure::Archival;
use tolkebot_protocol::Lang;

use crate::fonts::Fonts;
use crate::render::{self, Sheet, Tags, dated, labelled};
use crate::texts::{self, Text};
use crate::{DocumentError, FilledForm, FilledRow, digest, when};

/// What a receipt shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Case number.
    pub case: String,
    /// The municipality, in Danish.
    pub authority: String,
    /// The day on which the notification was received, ISO 8601.
    pub date: String,
    /// The same day as a Dane writes it.
    pub date_da: String,
    /// The same day as a Ukrainian writes it, in the genitive.
    pub date_uk: String,
    /// Digest of the document that was handed in.
    pub digest: String,
    /// Labels and values, in both languages.
    pub rows: Vec<ReceiptRow>,
    /// True if addresses are left out because they are protected.
    pub protected: bool,
    /// True for a move to an address in Denmark: a health card comes there by post.
    pub new_home: bool,
}

/// One value of a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// Label in Danish.
    pub label_da: String,
    /// Label in Ukrainian.
    pub label_uk: String,
    /// Value in Danish.
    pub value_da: String,
    /// Value in Ukrainian.
    pub value_uk: String,
}

/// What the citizen wants to see again. Numbers of persons are left out: the receipt may lie about.
const SHOWN: [&str; 10] = [
    "mover.given_names",
    "mover.surname",
    "move_date",
    "from.address_line",
    "from.foreign_address",
    "to.address_line",
    "departure.date",
    "departure.country",
    "household.count",
    "gp.choice",
];

/// Says where somebody will be, or is until then, whose address is protected: it may be so already.
fn is_where(key: &str) -> bool {
    key.starts_with("to.") || matches!(key, "departure.country" | "from.address_line")
}

impl Receipt {
    /// The receipt of a form that was signed at `signed_at` (RFC 3339): from that day in Denmark on it
    /// counts as handed in. Protected addresses are left out, the old one as well as the new one.
    ///
    /// # Errors
    /// [`DocumentError::Date`] for what is no time.
    pub fn of(
        form: &FilledForm,
        signed_at: &str,
        protected: bool,
    ) -> Result<Receipt, DocumentError> {
        let date = when::danish_day(signed_at)
            .ok_or_else(|| DocumentError::Date(signed_at.to_owned()))?
            .to_string();
        let row = |row: &FilledRow| ReceiptRow {
            label_da: row.label_da.clone(),
            label_uk: row.label_uk.clone(),
            value_da: row.display_da.clone(),
            value_uk: row.display_uk.clone(),
        };
        let all = || form.sections.iter().flat_map(|s| &s.rows);
        let shown = SHOWN
            .iter()
            .filter_map(|key| all().find(|row| row.key == *key && !row.value.is_null()));
        // Who moves along stands behind how many they are; who is protected leaves no names about.
        let along = all().filter(|row| {
            row.key.starts_with("household[")
                && row.key.ends_with("].given_names")
                && !row.value.is_null()
                && !protected
        });
        let rows = shown
            .flat_map(|row| {
                let count = row.key == "household.count";
                std::iter::once(row).chain(along.clone().filter(move |_| count))
            })
            .filter(|row| !(protected && is_where(&row.key)))
            .map(row)
            .collect();
        let kind = all().find(|row| row.key == "case.move_type");
        let kind = kind.and_then(|row| row.value.as_str());
        Ok(Receipt {
            case: form.case.clone(),
            authority: form.authority.clone(),
            date_da: when::day(&date, Lang::Da),
            date_uk: when::day(&date, Lang::Uk),
            date,
            digest: digest(form),
            rows,
            protected,
            new_home: !matches!(kind, Some("to_abroad" | "no_fixed_address")),
        })
    }

    fn body(&self) -> (String, String) {
        let Text { da, uk } = texts::RECEIPT_BODY;
        let (mut da, mut uk) = (
            da.replace("{date}", &self.date_da),
            uk.replace("{date}", &self.date_uk),
        );
        if self.new_home {
            da += texts::RECEIPT_NEW_HOME.da;
            uk += texts::RECEIPT_NEW_HOME.uk;
        }
        (da, uk)
    }

    /// The receipt as PDF/A-3a and PDF/UA-1; the same receipt gives the same bytes.
    ///
    /// # Errors
    /// [`DocumentError`] names what cannot be shown.
    pub fn pdf(&self) -> Result<Vec<u8>, DocumentError> {
        let fonts = Fonts::load()?;
        for (field, text) in [("Modtager", &self.authority), ("Sag", &self.case)]
            .into_iter()
            .chain(self.rows.iter().map(|r| (r.label_da.as_str(), &r.value_da)))
            .chain(self.rows.iter().map(|r| (r.label_da.as_str(), &r.value_uk)))
        {
            render::shown(&fonts, field, text)?;
        }
        let date = render::pdf_date(&self.date)?;
        let mut tags = Tags::new();
        let mut sheet = Sheet::new(&fonts, &mut tags);
        let beside = render::WIDTH - render::QR - 16.0;
        sheet.title(&texts::RECEIPT, beside);
        sheet.qr(&self.case, &self.digest)?;
        for (label, value) in [
            (&texts::AUTHORITY, &self.authority),
            (&texts::CASE, &self.case),
        ] {
            labelled(&mut sheet, label, value, beside);
        }
        dated(
            &mut sheet,
            &texts::DATE,
            (&self.date_da, &self.date_uk),
            beside,
        );
        sheet.flow.gap(24.0);
        let (da, uk) = self.body();
        sheet.paragraph(
            &[(&da, render::LABEL_DA), (&uk, render::SMALL_UK)],
            render::WIDTH,
        );
        sheet.section(texts::RECEIPT_VALUES.da, texts::RECEIPT_VALUES.uk, 40.0);
        for row in &self.rows {
            let da = format!("{}: {}", row.label_da, row.value_da);
            let uk = format!("{}: {}", row.label_uk, row.value_uk);
            sheet.paragraph(
                &[(&da, render::LABEL_DA), (&uk, render::SMALL_UK)],
                render::WIDTH,
            );
            sheet.flow.gap(2.0);
        }
        if self.protected {
            sheet.both(&texts::RECEIPT_PROTECTED);
        }
        sheet.section(texts::AI_TITLE.da, texts::AI_TITLE.uk, 40.0);
        sheet.both(&texts::RECEIPT_AI);
        sheet.paragraph(
            &[(&format!("SHA-256: {}", self.digest), render::SMALL_DA)],
            render::WIDTH,
        );
        let Sheet { flow, outline, .. } = sheet;
        let mut document = render::start(Archival::A3_A)?;
        let footer = format!("{} · {}", texts::RECEIPT.da, self.case);
        render::draw(&mut document, &flow, &fonts, &mut tags, &footer);
        document.set_outline(outline);
        document.set_tag_tree(tags.into_tree());
        document.set_metadata(
            render::metadata(&self.authority, date, &self.digest).title(format!(
                "{} – {}",
                texts::RECEIPT.da,
                self.case
            )),
        );
        render::finish(document)
    }

    /// The receipt as a page that a browser prints: whole, without scripts, styles or pictures.
    pub fn html(&self) -> String {
        let (da, uk) = self.body();
        let mut out = String::from(
            "<!doctype html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><title>Kvittering</title>\
             </head><body>\n",
        );
        let pair = |out: &mut String, tag: &str, da: &str, uk: &str| {
            let (da, uk) = (escape(da), escape(uk));
            let _ = writeln!(out, "<{tag}>{da}</{tag}><{tag} lang=\"uk\">{uk}</{tag}>");
        };
        pair(&mut out, "h1", texts::RECEIPT.da, texts::RECEIPT.uk);
        pair(&mut out, "p", &da, &uk);
        pair(
            &mut out,
            "h2",
            texts::RECEIPT_VALUES.da,
            texts::RECEIPT_VALUES.uk,
        );
        out.push_str("<table>\n");
        let case = [
            (&texts::AUTHORITY, &self.authority, &self.authority),
            (&texts::CASE, &self.case, &self.case),
            (&texts::DATE, &self.date_da, &self.date_uk),
        ]
        .map(|(label, da, uk)| ReceiptRow {
            label_da: label.da.to_owned(),
            label_uk: label.uk.to_owned(),
            value_da: da.clone(),
            value_uk: uk.clone(),
        });
        for row in case.iter().chain(&self.rows) {
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}<br><span lang=\"uk\">{}</span></th>\
                 <td>{}<br><span lang=\"uk\">{}</span></td></tr>",
                escape(&row.label_da),
                escape(&row.label_uk),
                escape(&row.value_da),
                escape(&row.value_uk)
            );
        }
        out.push_str("</table>\n");
        if self.protected {
            let text = texts::RECEIPT_PROTECTED;
            pair(&mut out, "p", text.da, text.uk);
        }
        pair(&mut out, "p", texts::RECEIPT_AI.da, texts::RECEIPT_AI.uk);
        let _ = writeln!(out, "<p>SHA-256: {}</p>\n</body></html>", self.digest);
        out
    }
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
