//! Keys: one for each case, wrapped under the master key, so that destroying a case's key erases
//! the case wherever its sealed events are.
//!
//! Everything is sealed with XChaCha20-Poly1305 and a random 24-byte nonce in front. What a sealed
//! text belongs to (case, place, event before it) is authenticated with it, so that it cannot be
//! moved elsewhere.

use std::fmt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// Bytes of a key.
const KEY: usize = 32;
/// Bytes of a nonce.
const NONCE: usize = 24;

/// Why there is no usable key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The text is no key.
    #[error(
        "the master key in {origin} is not 64 hexadecimal digits: make one with `openssl rand -hex 32`"
    )]
    Malformed {
        /// Where it was read from; never its text.
        origin: String,
    },
    /// The file cannot be read or made.
    #[error("the master key file {} cannot be {action}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// `read` or `made`.
        action: &'static str,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The file from which the key was read is no more.
    #[error(
        "the master key file {} is gone: put it back from where it is kept besides, or nothing that is stored now \
         can be read after the next start",
        path.display()
    )]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// Others may read the file.
    #[error("the master key file {} can be read by others (mode {mode:o}): run chmod 600 on it", path.display())]
    TooOpen {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The program that unwraps the master key does not do so.
    #[error("the key program `{program}` {reason}")]
    Command {
        /// The program; never its arguments, which may hold a password.
        program: String,
        /// What it did.
        reason: String,
    },
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers: {0}")]
    Random(String),
}

/// What seals or opens; the same inside for cases, notes and wrapped keys.
#[derive(Clone)]
struct Secret([u8; KEY]);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Secret {
    fn random() -> Result<Secret, KeyError> {
        let mut bytes = [0; KEY];
        getrandom::fill(&mut bytes).map_err(|e| KeyError::Random(e.to_string()))?;
        Ok(Secret(bytes))
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }

    fn seal(&self, about: &[u8], text: &[u8]) -> Result<Vec<u8>, KeyError> {
        let mut out = vec![0; NONCE];
        getrandom::fill(&mut out).map_err(|e| KeyError::Random(e.to_string()))?;
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(&out);
        let payload = Payload {
            msg: text,
            aad: about,
        };
        // Fails only for texts of more than 256 GiB.
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| KeyError::Random("the text is too long to be sealed".to_owned()))?;
        out.extend(sealed);
        Ok(out)
    }

    fn open(&self, about: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, msg) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload { msg, aad: about };
        let text = self.cipher().decrypt(&XNonce::from(nonce), payload).ok()?;
        Some(Zeroizing::new(text))
    }

    /// A key for another purpose, from which this one cannot be found.
    fn derived(&self, purpose: &str) -> Secret {
        Secret(self.mac(purpose.as_bytes()))
    }

    fn mac(&self, text: &[u8]) -> [u8; 32] {
        let mut mac = self.hmac();
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    fn hmac(&self) -> Hmac<Sha256> {
        // HMAC fills a short key with zeros up to the hash's block.
        let mut block = Zeroizing::new([0; 64]);
        block[..KEY].copy_from_slice(&self.0);
        Hmac::new(&(*block).into())
    }
}

/// The key of one case. Never shown, wiped from memory when dropped.
#[derive(Clone)]
pub struct CaseKey(Secret);

impl CaseKey {
    /// A new key.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn generate() -> Result<CaseKey, KeyError> {
        Secret::random().map(CaseKey)
    }

    /// Seals a text as base64; `about` is authenticated with it.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn seal(&self, about: &[u8], text: &str) -> Result<String, KeyError> {
        Ok(STANDARD.encode(self.0.seal(about, text.as_bytes())?))
    }

    /// Opens what [`CaseKey::seal`] made; `None` if it is not this key's, or changed, or about
    /// something else.
    pub fn open(&self, about: &[u8], sealed: &str) -> Option<Zeroizing<String>> {
        let text = self.0.open(about, &STANDARD.decode(sealed).ok()?)?;
        Some(Zeroizing::new(std::str::from_utf8(&text).ok()?.to_owned()))
    }
}

impl CaseKey {
    /// Seals bytes; `about` is authenticated with them.
    pub(crate) fn seal_bytes(&self, about: &[u8], bytes: &[u8]) -> Result<Vec<u8>, KeyError> {
        self.0.seal(about, bytes)
    }

    /// Opens what [`CaseKey::seal_bytes`] made.
    pub(crate) fn open_bytes(&self, about: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.0.open(about, sealed)
    }

    /// Seals another key under this one.
    pub(crate) fn wrap(&self, about: &[u8], key: &CaseKey) -> Result<Vec<u8>, KeyError> {
        self.0.seal(about, &key.0.0)
    }

    /// Opens what [`CaseKey::wrap`] made.
    pub(crate) fn unwrap(&self, about: &[u8], wrapped: &[u8]) -> Option<CaseKey> {
        let bytes = self.0.open(about, wrapped)?;
        Some(CaseKey(Secret(bytes.as_slice().try_into().ok()?)))
    }
}

/// A case's key, and how a store keeps it if it is new: wrapped under the master key.
pub(crate) type MaybeNewKey = (CaseKey, Option<Vec<u8>>);

impl fmt::Debug for CaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseKey(…)")
    }
}

/// The key that wraps every case's key. Never shown, wiped from memory when dropped.
#[derive(Clone)]
pub struct MasterKey {
    wrap: Secret,
    notes: Secret,
    audit: Secret,
    id: String,
    /// The file that the next start reads it from.
    file: Option<PathBuf>,
}

impl MasterKey {
    /// Environment variable that holds the key, 64 hexadecimal digits.
    pub const VARIABLE: &'static str = "TOLKEBOT_MASTER_KEY";

    fn new(secret: &Secret) -> MasterKey {
        let id = Sha256::digest(secret.derived("tolkebot id 1").0);
        MasterKey {
            wrap: secret.derived("tolkebot wrap 1"),
            notes: secret.derived("tolkebot notes 1"),
            audit: secret.derived("tolkebot audit 1"),
            id: id[..4].iter().map(|byte| format!("{byte:02x}")).collect(),
            file: None,
        }
    }

    /// A new key that lives in this process only, for tests and trials.
    ///
    /// # Errors
    /// [`KeyError::Random`].
    pub fn generate() -> Result<MasterKey, KeyError> {
        Ok(MasterKey::new(&Secret::random()?))
    }

    /// A new key, also as base64 for whoever wraps it.
    pub(crate) fn generate_as_base64() -> Result<(MasterKey, Zeroizing<String>), KeyError> {
        let secret = Secret::random()?;
        let text = Zeroizing::new(STANDARD.encode(secret.0));
        Ok((MasterKey::new(&secret), text))
    }

    /// The key of 32 bytes in base64.
    pub(crate) fn from_base64(text: &str) -> Option<MasterKey> {
        let bytes = Zeroizing::new(STANDARD.decode(text.trim()).ok()?);
        let secret = Secret(bytes.as_slice().try_into().ok()?);
        Some(MasterKey::new(&secret))
    }

    /// Reads 64 hexadecimal digits. `origin` names the place in errors.
    ///
    /// # Errors
    /// [`KeyError::Malformed`].
    pub fn parse(text: &str, origin: &str) -> Result<MasterKey, KeyError> {
        let malformed = || KeyError::Malformed {
            origin: origin.to_owned(),
        };
        let digits = text.trim().as_bytes();
        if digits.len() != 2 * KEY || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(malformed());
        }
        let mut secret = Secret([0; KEY]);
        for (byte, pair) in secret.0.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| malformed())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| malformed())?;
        }
        Ok(MasterKey::new(&secret))
    }

    /// Reads the key from a file that only its owner can read.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(path: &Path) -> Result<MasterKey, KeyError> {
        let failed = |source| KeyError::File {
            path: path.to_owned(),
            action: "read",
            source,
        };
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(failed)?);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path)
                .map_err(failed)?
                .permissions()
                .mode()
                & 0o777;
            if mode & 0o077 != 0 {
                return Err(KeyError::TooOpen {
                    path: path.to_owned(),
                    mode,
                });
            }
        }
        Ok(MasterKey::parse(&text, &path.display().to_string())?.kept_in(path))
    }

    /// Reads the key from a file, which is made with a new key if it is not there.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read_or_make(path: &Path) -> Result<MasterKey, KeyError> {
        use std::io::{ErrorKind, Write};
        let failed = |source| KeyError::File {
            path: path.to_owned(),
            action: "made",
            source,
        };
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(path) {
            Ok(mut file) => {
                let secret = Secret::random()?;
                let text: Zeroizing<String> =
                    Zeroizing::new(secret.0.iter().map(|b| format!("{b:02x}")).collect());
                writeln!(file, "{}", *text).map_err(failed)?;
                file.sync_all().map_err(failed)?;
                Ok(MasterKey::new(&secret).kept_in(path))
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => MasterKey::read(path),
            Err(error) => Err(failed(error)),
        }
    }

    pub(crate) fn kept_in(self, file: &Path) -> MasterKey {
        let file = Some(file.to_owned());
        MasterKey { file, ..self }
    }

    /// Whether the file that it was read from is still there. True for a key from elsewhere.
    ///
    /// # Errors
    /// [`KeyError::Gone`]. Of a file that cannot be looked at for other reasons nothing is known.
    pub(crate) fn is_kept(&self) -> Result<(), KeyError> {
        match &self.file {
            Some(path) if matches!(path.try_exists(), Ok(false)) => {
                Err(KeyError::Gone { path: path.clone() })
            }
            _ => Ok(()),
        }
    }

    /// Names the key without giving it away: 8 hexadecimal digits.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Wraps a case's key.
    pub(crate) fn wrap(&self, case: &str, key: &CaseKey) -> Result<Vec<u8>, KeyError> {
        self.wrap.seal(case.as_bytes(), &key.0.0)
    }

    /// Unwraps a case's key; `None` if another master key wrapped it, or it is another case's.
    pub(crate) fn unwrap(&self, case: &str, wrapped: &[u8]) -> Option<CaseKey> {
        let bytes = self.wrap.open(case.as_bytes(), wrapped)?;
        Some(CaseKey(Secret(bytes.as_slice().try_into().ok()?)))
    }

    /// Seals a note's value.
    pub(crate) fn seal_note(&self, key: &str, value: &str) -> Result<String, KeyError> {
        Ok(STANDARD.encode(self.notes.seal(key.as_bytes(), value.as_bytes())?))
    }

    /// Opens a note's value.
    pub(crate) fn open_note(&self, key: &str, sealed: &str) -> Option<String> {
        let text = self
            .notes
            .open(key.as_bytes(), &STANDARD.decode(sealed).ok()?)?;
        Some(std::str::from_utf8(&text).ok()?.to_owned())
    }

    /// Signs a statement of the ledger.
    pub(crate) fn sign(&self, statement: &[u8]) -> [u8; 32] {
        self.audit.mac(statement)
    }

    /// Checks what [`MasterKey::sign`] made.
    pub(crate) fn is_signed(&self, statement: &[u8], signature: &[u8]) -> bool {
        let mut mac = self.audit.hmac();
        mac.update(statement);
        mac.verify_slice(signature).is_ok()
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MasterKey({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    #[test]
    fn what_is_sealed_opens_with_the_same_key_about_the_same_thing_only() {
        let (key, other) = (CaseKey::generate().unwrap(), CaseKey::generate().unwrap());
        let sealed = key.seal(b"a", "Моя адреса").unwrap();
        assert_eq!(key.open(b"a", &sealed).unwrap().as_str(), "Моя адреса");
        assert!(key.open(b"b", &sealed).is_none());
        assert!(other.open(b"a", &sealed).is_none());
        assert!(key.open(b"a", &sealed[..20]).is_none());
        assert!(key.open(b"a", "not base64!").is_none());
        assert_ne!(sealed, key.seal(b"a", "Моя адреса").unwrap());
    }

    #[test]
    fn a_case_key_is_unwrapped_by_its_master_for_its_case_only() {
        let master = MasterKey::parse(TEXT, "test").unwrap();
        let key = CaseKey::generate().unwrap();
        let wrapped = master.wrap("case", &key).unwrap();
        let sealed = key.seal(b"", "x").unwrap();
        let back = master.unwrap("case", &wrapped).unwrap();
        assert_eq!(back.open(b"", &sealed).unwrap().as_str(), "x");
        assert!(master.unwrap("other", &wrapped).is_none());
        assert!(
            MasterKey::generate()
                .unwrap()
                .unwrap("case", &wrapped)
                .is_none()
        );
    }

    #[test]
    fn keys_are_never_shown() {
        let master = MasterKey::parse(TEXT, "test").unwrap();
        let key = CaseKey::generate().unwrap();
        assert_eq!(format!("{key:?}"), "CaseKey(…)");
        assert_eq!(format!("{master:?}"), format!("MasterKey({})", master.id()));
        assert!(!TEXT.contains(master.id()));
        let error = MasterKey::parse(&TEXT[..60], "the environment").unwrap_err();
        assert!(!error.to_string().contains("0011"), "{error}");
        assert!(error.to_string().contains("openssl rand -hex 32"));
    }

    #[test]
    fn a_key_file_is_made_once_for_its_owner_and_refused_if_others_may_read_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        let made = MasterKey::read_or_make(&path).unwrap();
        assert_eq!(MasterKey::read_or_make(&path).unwrap().id(), made.id());
        assert_eq!(MasterKey::read(&path).unwrap().id(), made.id());
        assert!(MasterKey::read(&dir.path().join("none")).is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
            let error = MasterKey::read(&path).unwrap_err();
            assert!(error.to_string().contains("chmod 600"), "{error}");
        }
    }
}
