//! A seal whose key is in a security module: NSS's softoken, a real PKCS #11 module in software that
//! comes with the browser of the web client's tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use cryptoki::context::Pkcs11;
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use der::asn1::{OctetStringRef, UintRef};
use der::{Decode, Encode};
use jiff::Timestamp;
use rcgen::{
    CertificateParams, DnType, KeyUsagePurpose, PublicKeyData, SignatureAlgorithm, SigningKey,
};
use sha2::{Digest, Sha256};
use tolkebot_document::{
    FilledForm, FilledRow, FilledSection, RowStatus, SealError, ecdsa_as_der, render, seal, verify,
};
use tolkebot_server::{DeliveryConfigError, SealConfig};

const MODULE: &str = "TOLKEBOT_TEST_MODULE";
const FOLDER: &str = "TOLKEBOT_TEST_FOLDER";
const PIN: &str = "korrekt-hest-7";
const TOKEN: &str = "NSS Certificate DB";

/// The module finds its parts by the loader's path, so that the test proper runs in a program of its
/// own.
#[test]
fn a_key_in_a_security_module_seals() {
    let data = tempfile::tempdir().unwrap();
    let library = data.path().join("library");
    let unpack = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/token/unpack.mjs");
    let done = Command::new("node").arg(unpack).arg(&library).output();
    let done = done.expect("node starts");
    assert!(
        done.status.success(),
        "the security module of this test is not there: run `cargo xtask setup`; {}",
        String::from_utf8_lossy(&done.stderr)
    );
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["token::inside", "--exact", "--ignored", "--nocapture"])
        .env("LD_LIBRARY_PATH", &library)
        .env(MODULE, library.join("libsoftokn3.so"))
        .env(FOLDER, data.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    assert!(said.contains("1 passed"), "{said}");
    assert!(!said.contains(PIN), "{said}");
}

/// How softoken is told where its store is: by a text that other modules do not ask for. The product
/// starts modules without one, and finds this one started.
#[allow(
    unsafe_code,
    reason = "the text goes through a pointer of the foreign library"
)]
mod softoken {
    use std::ffi::CString;
    use std::path::Path;
    use std::ptr::NonNull;

    use cryptoki::context::{CInitializeArgs, CInitializeFlags};

    pub fn arguments(store: &Path) -> CInitializeArgs {
        let text = CString::new(format!("configdir='sql:{}'", store.display())).unwrap();
        // For as long as the program runs.
        let text = NonNull::new(text.into_raw().cast()).unwrap();
        // SAFETY: softoken reads a C string where other modules have a reserved pointer.
        unsafe { CInitializeArgs::new_with_reserved(CInitializeFlags::OS_LOCKING_OK, text) }
    }
}

/// A key pair of the token.
struct Pair<'a> {
    session: &'a Session,
    private: ObjectHandle,
    public: Vec<u8>,
    algorithm: &'static SignatureAlgorithm,
}

impl PublicKeyData for Pair<'_> {
    fn der_bytes(&self) -> &[u8] {
        &self.public
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.algorithm
    }
}

impl SigningKey for Pair<'_> {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(if self.algorithm == &rcgen::PKCS_ECDSA_P256_SHA256 {
            let hash = Sha256::digest(message);
            let raw = self.session.sign(&Mechanism::Ecdsa, self.private, &hash);
            ecdsa_as_der(&raw.unwrap()).unwrap()
        } else {
            let mechanism = Mechanism::Sha256RsaPkcs;
            self.session
                .sign(&mechanism, self.private, message)
                .unwrap()
        })
    }
}

impl Pair<'_> {
    /// A certificate for the pair, signed with itself, PEM.
    fn certificate(&self, name: &str) -> String {
        let mut params = CertificateParams::default();
        params.distinguished_name = rcgen::DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.not_before = rcgen::date_time_ymd(2026, 1, 1);
        params.not_after = rcgen::date_time_ymd(2028, 1, 1);
        params.self_signed(self).unwrap().pem()
    }
}

fn pair<'a>(session: &'a Session, label: &str, id: u8, rsa: bool) -> Pair<'a> {
    let common = || {
        vec![
            Attribute::Token(true),
            Attribute::Label(label.as_bytes().to_vec()),
            Attribute::Id(vec![id]),
        ]
    };
    let mut public = common();
    public.push(Attribute::Verify(true));
    let mechanism = if rsa {
        public.push(Attribute::ModulusBits(2048.into()));
        public.push(Attribute::PublicExponent(vec![1, 0, 1]));
        Mechanism::RsaPkcsKeyPairGen
    } else {
        // prime256v1
        let curve = vec![0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
        public.push(Attribute::EcParams(curve));
        Mechanism::EccKeyPairGen
    };
    let mut private = common();
    private.extend([
        Attribute::Private(true),
        Attribute::Sensitive(true),
        Attribute::Sign(true),
    ]);
    let made = session.generate_key_pair(&mechanism, &public, &private);
    let (public, private) = made.unwrap();
    let read = |kind| session.get_attributes(public, &[kind]).unwrap().remove(0);
    let public = if rsa {
        let (Attribute::Modulus(n), Attribute::PublicExponent(e)) = (
            read(AttributeType::Modulus),
            read(AttributeType::PublicExponent),
        ) else {
            panic!("no RSA key");
        };
        let mut inside = UintRef::new(&n).unwrap().to_der().unwrap();
        inside.extend(UintRef::new(&e).unwrap().to_der().unwrap());
        let sequence = der::asn1::Any::new(der::Tag::Sequence, inside).unwrap();
        sequence.to_der().unwrap()
    } else {
        let Attribute::EcPoint(point) = read(AttributeType::EcPoint) else {
            panic!("no EC key");
        };
        // An OCTET STRING around the point.
        let point = <&OctetStringRef>::from_der(&point).unwrap();
        point.as_bytes().to_vec()
    };
    Pair {
        session,
        private,
        public,
        algorithm: if rsa {
            &rcgen::PKCS_RSA_SHA256
        } else {
            &rcgen::PKCS_ECDSA_P256_SHA256
        },
    }
}

fn document() -> Vec<u8> {
    let form = FilledForm {
        case: "FLY-2026-000123".to_owned(),
        form: "flytteanmeldelse".to_owned(),
        authority: "Aarhus Kommune".to_owned(),
        date: "2026-12-01".to_owned(),
        sections: vec![FilledSection {
            title_da: "Tilflytning".to_owned(),
            title_uk: "Нова адреса".to_owned(),
            rows: vec![FilledRow {
                key: "to.street_name".to_owned(),
                label_da: "Vejnavn".to_owned(),
                label_uk: "Вулиця".to_owned(),
                value: "Randersvej".into(),
                display_da: "Randersvej".to_owned(),
                display_uk: "Randersvej".to_owned(),
                status: RowStatus::Confirmed,
            }],
        }],
    };
    render(&form).unwrap()
}

/// The name of a key on the token that the test makes.
fn on_token(label: &str) -> String {
    let escape = |text: &str| text.replace(' ', "%20");
    format!("pkcs11:token={};object={}", escape(TOKEN), escape(label))
}

fn refusal(config: &SealConfig) -> String {
    let refused = config.key(Path::new(""), now());
    let error = refused.err().expect("a refusal").to_string();
    assert!(!error.contains(PIN), "{error}");
    error
}

fn now() -> Timestamp {
    "2026-12-01T10:00:00Z".parse().unwrap()
}

#[test]
#[ignore = "run by `a_key_in_a_security_module_seals`, which sets up what the module needs"]
fn inside() {
    let module = PathBuf::from(std::env::var(MODULE).unwrap());
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    let token = Pkcs11::new(&module).unwrap();
    let store = folder.join("store");
    std::fs::create_dir(&store).unwrap();
    token.initialize(softoken::arguments(&store)).unwrap();
    let mut slots = token.get_slots_with_token().unwrap().into_iter();
    let slot = slots.find(|slot| token.get_token_info(*slot).unwrap().label().trim() == TOKEN);
    let slot = slot.expect("the token");
    let session = token.open_rw_session(slot).unwrap();
    session
        .login(UserType::So, Some(&AuthPin::from("")))
        .unwrap();
    session.init_pin(&AuthPin::from(PIN)).unwrap();
    session.logout().unwrap();
    session
        .login(UserType::User, Some(&AuthPin::from(PIN)))
        .unwrap();
    let mut certificates = Vec::new();
    for (label, id, rsa) in [("segl", 1, false), ("segl rsa", 2, true)] {
        let pem = pair(&session, label, id, rsa).certificate("Segl i modul TEST");
        let file = folder.join(format!("{id}.pem"));
        std::fs::write(&file, &pem).unwrap();
        certificates.push((label, file, tolkebot_document::certificates(&pem).unwrap()));
    }
    drop(session);

    let pin_file = folder.join("pin");
    std::fs::write(&pin_file, format!("{PIN}\n")).unwrap();
    let mut config = SealConfig::default();
    config.pkcs11.module = module;
    config.pkcs11.pin_file = pin_file;
    for (label, file, roots) in &certificates {
        config.certificate_file.clone_from(file);
        config.pkcs11.key = on_token(label);
        let key = config.key(Path::new(""), now()).unwrap();
        let sealed = seal(&document(), &*key, now(), "Prøve", None).unwrap();
        let found = verify(&sealed, roots).unwrap();
        assert!(found.is_intact(), "{:?}", found.findings);
        let made = &found.seals[0];
        assert!(
            made.trusted && made.signer == "Segl i modul TEST",
            "{made:?}"
        );
        assert!(!made.test);
    }

    // The module has a second token, on which no PIN is tried.
    config.pkcs11.key = "segl".to_owned();
    let error = refusal(&config);
    assert!(
        error.contains("all fit") && error.contains(TOKEN),
        "{error}"
    );
    // What is not there, and what belongs to another key.
    config.pkcs11.key = on_token("no such key");
    let error = refusal(&config);
    assert!(
        error.contains("has no private key") && error.contains("no such key"),
        "{error}"
    );
    config.pkcs11.key = "pkcs11:token=Elsewhere;object=segl".to_owned();
    assert!(
        refusal(&config).contains("has no token"),
        "{}",
        refusal(&config)
    );
    config.pkcs11.key = on_token("segl");
    config.certificate_file = folder.join("2.pem");
    refusal(&config);
    // A certificate of another key of the same kind.
    let other = SealConfig::make(now()).unwrap();
    config.certificate_file = folder.join("other.pem");
    std::fs::write(&config.certificate_file, other.certificate).unwrap();
    let error = refusal(&config);
    assert!(
        error.contains("does not fit the first certificate"),
        "{error}"
    );
    config.certificate_file = folder.join("1.pem");

    // A wrong PIN is tried once and never again, whoever asks.
    config.pkcs11.pin = "wrong-0000".into();
    let error = refusal(&config);
    assert!(
        error.contains("refuses the PIN") && !error.contains("wrong-0000"),
        "{error}"
    );
    assert!(!format!("{config:?}").contains("wrong-0000"));
    let error = refusal(&config);
    assert!(error.contains("it is not tried again"), "{error}");
}

#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let made = SealConfig::make(now()).unwrap();
    let mut config = SealConfig {
        certificate_file: folder.path().join("certificate.pem"),
        ..SealConfig::default()
    };
    std::fs::write(&config.certificate_file, &made.certificate).unwrap();
    config.pkcs11.module = folder.path().join("nothing.so");
    assert!(!config.is_for_trying_out());
    assert!(refusal(&config).contains("seal.pkcs11.key"), "no name");
    config.pkcs11.key = "segl".to_owned();
    let error = refusal(&config);
    assert!(
        error.contains("cannot be loaded") && error.contains("nothing.so"),
        "{error}"
    );
    config.pkcs11.pin_file = folder.path().join("no-pin");
    assert!(refusal(&config).contains("the token's PIN"));
    config.key_file = folder.path().join("key.pem");
    assert!(refusal(&config).contains("leave one of the two out"));
    assert!(matches!(
        config.key(Path::new(""), now()),
        Err(DeliveryConfigError::Value { .. })
    ));
    assert!(
        SealError::Away("x".into())
            .to_string()
            .contains("try again")
    );
}
