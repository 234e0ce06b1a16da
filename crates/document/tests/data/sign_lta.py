"""Signs a document with pyHanko as NemLog-in does, PAdES-B-LTA, with an authority of its own.

Usage: sign_lta.py DOCUMENT.pdf SIGNED.pdf ROOT.pem. Writes the signed document and the root.
"""

import datetime
import sys

from asn1crypto import keys, x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

document, signed, root_file = sys.argv[1:]
now = datetime.datetime.now(datetime.timezone.utc)
hour = datetime.timedelta(hours=1)


def name(*parts):
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


def usage(**yes):
    no = dict.fromkeys(
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only".split(),
        False,
    )
    return x509.KeyUsage(**{**no, **yes})


def issue(subject, issuer, issuer_key, extensions):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - hour)
        .not_valid_after(now + hour)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(issuer_key or key, hashes.SHA256()), key


def of_pyhanko(certificate, key):
    der = certificate.public_bytes(serialization.Encoding.DER)
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return asn1_x509.Certificate.load(der), keys.PrivateKeyInfo.load(private)


authority = name((NameOID.COMMON_NAME, "NemLog-in TEST rod"), (NameOID.COUNTRY_NAME, "DK"))
root, root_key = issue(
    authority,
    None,
    None,
    [
        (x509.BasicConstraints(ca=True, path_length=None), True),
        (usage(key_cert_sign=True, crl_sign=True), True),
    ],
)
citizen = issue(
    name(
        (NameOID.COMMON_NAME, "Oksana Kovalenko"),
        (NameOID.GIVEN_NAME, "Oksana"),
        (NameOID.SURNAME, "Kovalenko"),
        (NameOID.SERIAL_NUMBER, "UI:DK-P:G:00000000-0000-0000-0000-000000000000"),
    ),
    authority,
    root_key,
    [(usage(digital_signature=True, content_commitment=True), True)],
)
service = issue(
    name((NameOID.COMMON_NAME, "Tidsstempel TEST")),
    authority,
    root_key,
    [
        (usage(digital_signature=True), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
    ],
)

anchor, _ = of_pyhanko(root, root_key)
store = SimpleCertificateStore()
store.register(anchor)
certificate, key = of_pyhanko(*citizen)
signer = signers.SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=store)
stamper = DummyTimeStamper(*of_pyhanko(*service), certs_to_embed=store)
metadata = signers.PdfSignatureMetadata(
    field_name="NemLog-In Signing SDK",
    md_algorithm="sha256",
    subfilter=SigSeedSubFilter.PADES,
    embed_validation_info=True,
    use_pades_lta=True,
    validation_context=ValidationContext(
        trust_roots=[anchor], allow_fetching=False, revocation_mode="soft-fail"
    ),
)
with open(document, "rb") as unsigned, open(signed, "wb") as out:
    signers.sign_pdf(
        IncrementalPdfFileWriter(unsigned), metadata, signer=signer, timestamper=stamper, output=out
    )
with open(root_file, "wb") as out:
    out.write(root.public_bytes(serialization.Encoding.PEM))
