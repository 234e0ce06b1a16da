//! The citizen's receipt as a message for Digital Post: MeMo, the XML format of
//! Digitaliseringsstyrelsen, version 1.2.
//!
//! Elements and their order are those of the format's public descriptions. The official schema is
//! not here, and nothing was sent: whoever connects a sender system validates first.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_xml::escape::escape;

use crate::{Receipt, sha256_hex};

/// Namespace of the format.
pub const MEMO_NAMESPACE: &str = "https://DigitalPost.dk/MeMo-1";
/// Longest label, characters.
const MAX_LABEL: usize = 255;

/// A message with one PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memo {
    /// The sender's CVR number, eight digits.
    pub sender_cvr: String,
    /// The sender's name, as the citizen reads it.
    pub sender: String,
    /// The citizen's CPR number, ten digits with or without a hyphen.
    pub recipient_cpr: String,
    /// What the message is about, as it stands in the citizen's list.
    pub title: String,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// Case number; with the PDF it decides the message's number.
    pub case: String,
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Name of its file.
    pub file_name: String,
}

/// Why there is no message. None quotes a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MemoError {
    /// The sender's number is none.
    #[error("the sender's CVR number does not have eight digits: set `memo.sender_cvr`")]
    Sender,
    /// The citizen has no number, or it is none.
    #[error(
        "the citizen has no CPR number of ten digits in the form, and Digital Post finds people by \
         it: give them the printed receipt"
    )]
    Recipient,
    /// A text is missing or too long.
    #[error("the message's {what} has {length} characters: write 1 to {MAX_LABEL}")]
    Label {
        /// Which text.
        what: &'static str,
        /// Characters it has.
        length: usize,
    },
    /// The time is none in UTC.
    #[error("the message's time does not end in `Z`: give it in UTC")]
    Time,
}

impl Memo {
    /// A message with a receipt.
    ///
    /// # Errors
    /// [`crate::DocumentError`] if the receipt cannot be made.
    pub fn with_receipt(
        receipt: &Receipt,
        sender: (&str, &str),
        recipient_cpr: &str,
        case: &str,
        created_at: &str,
    ) -> Result<Memo, crate::DocumentError> {
        Ok(Memo {
            sender_cvr: sender.0.to_owned(),
            sender: sender.1.to_owned(),
            recipient_cpr: recipient_cpr.to_owned(),
            title: "Kvittering for anmeldelse af flytning".to_owned(),
            created_at: created_at.to_owned(),
            case: case.to_owned(),
            pdf: receipt.pdf()?,
            file_name: "kvittering.pdf".to_owned(),
        })
    }

    /// The message as XML; the same message gives the same text.
    ///
    /// # Errors
    /// [`MemoError`] names the first thing that does not fit.
    pub fn xml(&self) -> Result<String, MemoError> {
        let cpr: String = self.recipient_cpr.replace(['-', ' '], "");
        if !is_number(&self.sender_cvr, 8) {
            return Err(MemoError::Sender);
        }
        if !is_number(&cpr, 10) {
            return Err(MemoError::Recipient);
        }
        for (what, text) in [("title", &self.title), ("sender's name", &self.sender)] {
            let length = text.chars().count();
            if text.trim().is_empty() || length > MAX_LABEL {
                return Err(MemoError::Label { what, length });
            }
        }
        if !self.created_at.ends_with('Z') {
            return Err(MemoError::Time);
        }
        let mut xml = Xml(String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
        xml.0.push_str(&format!(
            "<memo:Message xmlns:memo=\"{MEMO_NAMESPACE}\" memoVersion=\"1.2\" \
             memoSchVersion=\"1.2.0\">\n"
        ));
        xml.inside("MessageHeader", |xml| {
            xml.text("messageType", "DIGITALPOST");
            xml.text("messageUUID", &self.uuid());
            xml.text("label", &self.title);
            // A receipt: the citizen may be exempt from Digital Post, and nothing runs from its
            // delivery.
            xml.text("mandatory", "false");
            xml.text("legalNotification", "false");
            xml.inside("Sender", |xml| {
                xml.text("senderID", &self.sender_cvr);
                xml.text("idType", "CVR");
                xml.text("label", &self.sender);
            });
            xml.inside("Recipient", |xml| {
                xml.text("recipientID", &cpr);
                xml.text("idType", "CPR");
            });
        });
        xml.inside("MessageBody", |xml| {
            xml.text("createdDateTime", &self.created_at);
            xml.inside("MainDocument", |xml| {
                xml.text("label", &self.title);
                xml.inside("File", |xml| {
                    xml.text("encodingFormat", "application/pdf");
                    xml.text("filename", &self.file_name);
                    xml.text("language", "da");
                    xml.text("content", &STANDARD.encode(&self.pdf));
                });
            });
        });
        xml.0.push_str("</memo:Message>\n");
        Ok(xml.0)
    }

    /// The message's number: of the kind that the format asks for (RFC 9562, version 4), but made
    /// from case and PDF, so that a second try is known as the same message.
    fn uuid(&self) -> String {
        let mut text = format!("memo\n{}\n", self.case).into_bytes();
        text.extend_from_slice(sha256_hex(&self.pdf).as_bytes());
        let hash = sha256_hex(&text);
        format!(
            "{}-{}-4{}-8{}-{}",
            &hash[..8],
            &hash[8..12],
            &hash[13..16],
            &hash[17..20],
            &hash[20..32]
        )
    }
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())
}

struct Xml(String);

impl Xml {
    fn text(&mut self, name: &str, text: &str) {
        let text = escape(text);
        self.0
            .push_str(&format!("<memo:{name}>{text}</memo:{name}>\n"));
    }

    fn inside(&mut self, name: &str, fill: impl FnOnce(&mut Xml)) {
        self.0.push_str(&format!("<memo:{name}>\n"));
        fill(self);
        self.0.push_str(&format!("</memo:{name}>\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    fn memo() -> Memo {
        Memo {
            sender_cvr: "12345678".to_owned(),
            sender: "Aarhus Kommune & co".to_owned(),
            recipient_cpr: "070584-1234".to_owned(),
            title: "Kvittering".to_owned(),
            created_at: "2026-12-01T10:00:00Z".to_owned(),
            case: "FLY-2026-000123".to_owned(),
            pdf: b"%PDF-1.7\n".to_vec(),
            file_name: "kvittering.pdf".to_owned(),
        }
    }

    /// Every element with a text, in order.
    fn read(xml: &str) -> Vec<(String, String)> {
        let mut reader = Reader::from_str(xml);
        let (mut out, mut name, mut text) = (Vec::new(), String::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    name = tag.local_name().as_ref().to_owned();
                    text.clear();
                }
                Event::Text(part) => text.push_str(&part),
                Event::GeneralRef(part) => {
                    text.push_str(match &*part {
                        "amp" => "&",
                        other => panic!("{other}"),
                    });
                }
                Event::End(_) if !name.is_empty() => {
                    out.push((std::mem::take(&mut name), text.trim().to_owned()));
                }
                Event::Eof => return out,
                _ => {}
            }
        }
    }

    #[test]
    fn a_message_holds_the_pdf_and_whom_it_is_for() {
        let xml = memo().xml().unwrap();
        assert_eq!(xml, memo().xml().unwrap());
        assert!(xml.contains("memoVersion=\"1.2\" memoSchVersion=\"1.2.0\""));
        let found = read(&xml);
        let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "messageType",
                "messageUUID",
                "label",
                "mandatory",
                "legalNotification",
                "senderID",
                "idType",
                "label",
                "recipientID",
                "idType",
                "createdDateTime",
                "label",
                "encodingFormat",
                "filename",
                "language",
                "content"
            ]
        );
        let text = |n: usize| found[n].1.as_str();
        assert_eq!((text(7), text(8)), ("Aarhus Kommune & co", "0705841234"));
        assert_eq!(text(15), "JVBERi0xLjcK");
        // The number's form: version 4, variant 8.
        let uuid = text(1);
        let lengths: Vec<usize> = uuid.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!((&uuid[14..15], &uuid[19..20]), ("4", "8"));
        let other = Memo {
            case: "FLY-2026-000124".to_owned(),
            ..memo()
        };
        assert_ne!(read(&other.xml().unwrap())[1].1, uuid);
    }

    #[test]
    fn what_digital_post_could_not_use_is_refused_without_quoting_it() {
        let refused = |change: fn(&mut Memo)| {
            let mut memo = memo();
            change(&mut memo);
            memo.xml().unwrap_err()
        };
        assert_eq!(refused(|m| m.sender_cvr.clear()), MemoError::Sender);
        assert_eq!(
            refused(|m| m.sender_cvr = "1234567a".to_owned()),
            MemoError::Sender
        );
        let error = refused(|m| m.recipient_cpr = "070584".to_owned());
        assert_eq!(error, MemoError::Recipient);
        assert!(!error.to_string().contains("070584"));
        let long = refused(|m| m.sender = "å".repeat(256));
        assert!(
            matches!(long, MemoError::Label { length: 256, .. }),
            "{long}"
        );
        assert_eq!(
            refused(|m| m.created_at = "2026-12-01T10:00:00+01:00".to_owned()),
            MemoError::Time
        );
    }
}
