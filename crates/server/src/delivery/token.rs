//! A seal's key in a security module (PKCS #11). It never leaves the module: what is to be signed
//! goes in, the signature comes out.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use sha2::{Digest, Sha256};
use tolkebot_document::{SealAlgorithm, SealError, SealKey, algorithm_of, check_own, ecdsa_as_der};

use super::token_uri::TokenUri;

/// A key in a security module.
pub struct TokenKey {
    module: Pkcs11,
    path: PathBuf,
    key: TokenUri,
    pin: Option<AuthPin>,
    certificates: Vec<Vec<u8>>,
    algorithm: SealAlgorithm,
    /// One signature at a time: sessions of one program share whether it is logged in.
    turn: Mutex<()>,
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TokenKey({}, {})", self.path.display(), self.key)
    }
}

/// Modules that were loaded. One is initialised once for a program and never taken down: other keys
/// may be in it.
fn loaded() -> &'static Mutex<HashMap<PathBuf, Pkcs11>> {
    static LOADED: OnceLock<Mutex<HashMap<PathBuf, Pkcs11>>> = OnceLock::new();
    LOADED.get_or_init(Mutex::default)
}

/// Keys whose PIN was refused. None is tried a second time in the life of a program: a few wrong ones
/// lock a token.
fn refused() -> &'static Mutex<HashSet<(PathBuf, String)>> {
    static REFUSED: OnceLock<Mutex<HashSet<(PathBuf, String)>>> = OnceLock::new();
    REFUSED.get_or_init(Mutex::default)
}

fn wrong(text: impl Into<String>) -> SealError {
    SealError::Key(text.into())
}

fn load(path: &Path) -> Result<Pkcs11, SealError> {
    let mut all = loaded().lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(module) = all.get(path) {
        return Ok(module.clone());
    }
    let at = path.display();
    let module = Pkcs11::new(path).map_err(|e| {
        wrong(format!(
            "the security module {at} cannot be loaded ({e}): check `seal.pkcs11.module`"
        ))
    })?;
    match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
        Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
        Err(e) => {
            return Err(wrong(format!(
                "the security module {at} cannot be started ({e}): see its own documentation for \
                 what it needs"
            )));
        }
    }
    all.insert(path.to_owned(), module.clone());
    Ok(module)
}

impl TokenKey {
    /// Finds the key `key` names in the module at `path`. `certificates` are DER, the key's own
    /// first; `pin`: `None` for a token that wants none. Nothing is signed yet.
    ///
    /// # Errors
    /// [`SealError::Key`] says what cannot be found or used; never with the PIN.
    pub fn open(
        path: &Path,
        key: TokenUri,
        pin: Option<AuthPin>,
        certificates: Vec<Vec<u8>>,
    ) -> Result<TokenKey, SealError> {
        let first = certificates
            .first()
            .ok_or_else(|| wrong("its certificate file has no certificate"))?;
        let made = TokenKey {
            algorithm: algorithm_of(first)?,
            module: load(path)?,
            path: path.to_owned(),
            key,
            pin,
            certificates,
            turn: Mutex::new(()),
        };
        let session = made.session()?;
        made.find(&session)?;
        drop(session);
        Ok(made)
    }

    /// The one slot whose token the key's name is about. A PIN is never tried on a token that was not
    /// meant, so that a name that fits several is refused.
    fn slot(&self) -> Result<Slot, SealError> {
        let mut all = Vec::new();
        for slot in self.module.get_slots_with_token().map_err(away)? {
            if let Ok(info) = self.module.get_token_info(slot) {
                let fits = self.key.is_on(info.label(), info.serial_number());
                all.push((slot, fits, format!("`{}`", info.label().trim())));
            }
        }
        let names = |of: &[&(Slot, bool, String)]| -> String {
            let names: Vec<&str> = of.iter().map(|(_, _, name)| name.as_str()).collect();
            names.join(", ")
        };
        let fitting: Vec<_> = all.iter().filter(|(_, fits, _)| *fits).collect();
        match fitting[..] {
            [(slot, ..)] => Ok(*slot),
            // A token that was pulled out may come back.
            [] => Err(SealError::Away(format!(
                "the security module has no token for `{}`; it has {}",
                self.key,
                if all.is_empty() {
                    "none".to_owned()
                } else {
                    names(&all.iter().collect::<Vec<_>>())
                }
            ))),
            _ => Err(wrong(format!(
                "the tokens {} all fit `{}`: name one, `pkcs11:token=…;object=…`",
                names(&fitting),
                self.key
            ))),
        }
    }

    /// A session that may use the key. It ends when it is dropped.
    fn session(&self) -> Result<Session, SealError> {
        let slot = self.slot()?;
        let session = self.module.open_ro_session(slot).map_err(away)?;
        let Some(pin) = &self.pin else {
            return Ok(session);
        };
        let name = (self.path.clone(), self.key.to_string());
        let mut refused = refused().lock().unwrap_or_else(PoisonError::into_inner);
        if refused.contains(&name) {
            return Err(wrong(
                "the token refused the PIN before, and it is not tried again: put it right and \
                 start the server anew",
            ));
        }
        let info = self.module.get_token_info(slot).map_err(away)?;
        if info.user_pin_locked() {
            return Err(wrong("the token's PIN is locked: have it unlocked"));
        }
        if info.user_pin_final_try() {
            return Err(wrong(
                "the token allows one last PIN, which is not tried from here: log in by hand first",
            ));
        }
        match session.login(UserType::User, Some(pin)) {
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => Ok(session),
            Err(Error::Pkcs11(
                RvError::PinIncorrect
                | RvError::PinInvalid
                | RvError::PinLenRange
                | RvError::PinExpired
                | RvError::PinLocked,
                _,
            )) => {
                refused.insert(name);
                Err(wrong(
                    "the token refuses the PIN: put `seal.pkcs11.pin_file` right; it is not tried \
                     again",
                ))
            }
            Err(e) => Err(away(e)),
        }
    }

    fn find(&self, session: &Session) -> Result<ObjectHandle, SealError> {
        let mut wanted = vec![Attribute::Class(ObjectClass::PRIVATE_KEY)];
        if let Some(label) = self.key.object() {
            wanted.push(Attribute::Label(label.as_bytes().to_vec()));
        }
        if let Some(id) = self.key.id() {
            wanted.push(Attribute::Id(id.to_vec()));
        }
        let found = session.find_objects(&wanted).map_err(away)?;
        match found[..] {
            [one] => Ok(one),
            [] => Err(wrong(format!(
                "the token has no private key `{}`, or shows none without its PIN: check \
                 `seal.pkcs11.key`",
                self.key
            ))),
            _ => Err(wrong(format!(
                "the token has {} private keys `{}`: name one by `id`",
                found.len(),
                self.key
            ))),
        }
    }
}

/// Trouble that may pass: a token pulled out, a module in the network.
fn away(error: Error) -> SealError {
    SealError::Away(error.to_string())
}

impl SealKey for TokenKey {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn algorithm(&self) -> SealAlgorithm {
        self.algorithm
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SealError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let session = self.session()?;
        let key = self.find(&session)?;
        let signature = match self.algorithm {
            // Modules hash for ECDSA seldom and take a hash always.
            SealAlgorithm::EcdsaP256Sha256 => {
                let hash = Sha256::digest(message);
                let raw = session.sign(&Mechanism::Ecdsa, key, &hash).map_err(away)?;
                ecdsa_as_der(&raw)?
            }
            SealAlgorithm::RsaSha256 => session
                .sign(&Mechanism::Sha256RsaPkcs, key, message)
                .map_err(away)?,
        };
        // Of another key, or of a faulty module: such a seal must not leave the house.
        check_own(self, message, &signature)?;
        Ok(signature)
    }
}
