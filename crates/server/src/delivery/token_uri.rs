//! How a key in a security module is named: by its label, or by a PKCS #11 URI (RFC 7512).

use std::fmt;

/// The key's name. Of an URI's attributes `token`, `serial`, `object` and `id` are read, and `type`
/// must be `private`; any other is refused, because leaving it out would mean another key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenUri {
    token: Option<String>,
    serial: Option<String>,
    object: Option<String>,
    id: Option<Vec<u8>>,
}

impl TokenUri {
    /// Reads `pkcs11:token=…;object=…`, or a label.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn parse(text: &str) -> Result<TokenUri, String> {
        let text = text.trim();
        let Some(rest) = text.strip_prefix("pkcs11:") else {
            if text.is_empty() {
                return Err("it is empty: write the key's label or a `pkcs11:` URI".to_owned());
            }
            return Ok(TokenUri {
                object: Some(text.to_owned()),
                ..TokenUri::default()
            });
        };
        if rest.contains('?') {
            return Err(
                "it has a query (`?`), and modules and PINs have settings of their own: leave it \
                 out"
                .to_owned(),
            );
        }
        let mut uri = TokenUri::default();
        for part in rest.split(';').filter(|part| !part.is_empty()) {
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| format!("`{part}` has no `=`"))?;
            let bytes = unescape(value).ok_or_else(|| format!("`{name}` has a wrong `%`"))?;
            if name == "id" {
                set(&mut uri.id, name, bytes)?;
                continue;
            }
            let text = String::from_utf8(bytes).map_err(|_| format!("`{name}` is no UTF-8"))?;
            match name {
                "token" => set(&mut uri.token, name, text)?,
                "serial" => set(&mut uri.serial, name, text)?,
                "object" => set(&mut uri.object, name, text)?,
                "type" if text == "private" => {}
                "type" => return Err(format!("`type` is `{text}`: only `private` keys seal")),
                _ => {
                    return Err(format!(
                        "`{name}` is not known here: name the key by `token`, `serial`, `object` \
                         and `id`"
                    ));
                }
            }
        }
        if uri.object.is_none() && uri.id.is_none() {
            return Err("it names no key: add `object` or `id`".to_owned());
        }
        Ok(uri)
    }

    /// True if a token of that label and serial number may hold the key.
    pub fn is_on(&self, label: &str, serial: &str) -> bool {
        let fits = |wanted: &Option<String>, found: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == found.trim())
        };
        fits(&self.token, label) && fits(&self.serial, serial)
    }

    /// The key's label (`CKA_LABEL`).
    pub fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    /// The key's id (`CKA_ID`).
    pub fn id(&self) -> Option<&[u8]> {
        self.id.as_deref()
    }
}

fn set<T>(place: &mut Option<T>, name: &str, value: T) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("`{name}` stands there twice")),
    }
}

/// Percent-encoded bytes.
fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut out = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    Some(out)
}

fn escape(bytes: &[u8]) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~ ".contains(&b);
    bytes
        .iter()
        .map(|b| match plain(*b) {
            true => char::from(*b).to_string(),
            false => format!("%{b:02X}"),
        })
        .collect()
}

impl fmt::Display for TokenUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        for (name, value) in [
            ("token", &self.token),
            ("serial", &self.serial),
            ("object", &self.object),
        ] {
            if let Some(value) = value {
                parts.push(format!("{name}={}", escape(value.as_bytes())));
            }
        }
        if let Some(id) = &self.id {
            parts.push(format!("id={}", escape(id)));
        }
        write!(f, "pkcs11:{}", parts.join(";"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_or_an_uri_names_a_key() {
        let label = TokenUri::parse("Kommunens segl").unwrap();
        assert_eq!(label.object(), Some("Kommunens segl"));
        assert!(label.is_on("any", "1"));
        let uri = TokenUri::parse(
            "pkcs11:token=Segl%20A;serial=42;object=n%C3%B8gle;id=%01a;type=private",
        );
        let uri = uri.unwrap();
        assert_eq!(uri.object(), Some("nøgle"));
        assert_eq!(uri.id(), Some(&[1, b'a'][..]));
        assert!(uri.is_on("Segl A          ", "42"));
        assert!(!uri.is_on("Segl B", "42") && !uri.is_on("Segl A", "43"));
        assert_eq!(TokenUri::parse(&uri.to_string()), Ok(uri));
    }

    #[test]
    fn what_could_mean_another_key_is_refused() {
        for (text, why) in [
            ("", "empty"),
            ("pkcs11:token=a", "names no key"),
            ("pkcs11:object=a?pin-value=1234", "query"),
            ("pkcs11:object=a;slot-id=3", "`slot-id` is not known"),
            ("pkcs11:object=a;object=b", "twice"),
            ("pkcs11:object=a;type=cert", "only `private`"),
            ("pkcs11:object=%4", "wrong `%`"),
            ("pkcs11:object", "no `=`"),
        ] {
            let error = TokenUri::parse(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
            assert!(!error.contains("1234"), "{error}");
        }
    }
}
