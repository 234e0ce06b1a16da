"""Looks at a sealed document with pyHanko and pikepdf, which know nothing of this program.

Usage: validate.py CERTIFICATE.pem... DOCUMENT.pdf. Prints one JSON object.
"""

import json
import sys

import pikepdf
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

*certificates, document = sys.argv[1:]
roots = [load_cert_from_pemder(certificate) for certificate in certificates]


def judge(signature):
    try:
        context = ValidationContext(trust_roots=roots)
        status = validate_pdf_signature(signature, context)
    except Exception as error:  # what pyHanko cannot even judge is not valid
        return {"intact": False, "valid": False, "error": type(error).__name__}
    found = {
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage.name,
        "docmdp_ok": status.docmdp_ok,
        "subfilter": str(signature.sig_object["/SubFilter"]),
    }
    stamp = status.timestamp_validity
    if stamp is not None:
        found["stamp"] = {
            "valid": stamp.valid,
            "intact": stamp.intact,
            "trusted": stamp.trusted,
            "at": stamp.timestamp.isoformat(),
        }
    return found


with open(document, "rb") as file:
    try:
        signatures = PdfFileReader(file).embedded_signatures
        found = [judge(signature) for signature in signatures]
    except Exception as error:  # no PDF any more
        found = [{"intact": False, "valid": False, "error": type(error).__name__}]

with pikepdf.open(document) as pdf:
    root_object = pdf.Root
    page = pdf.pages[0]
    report = {
        "signatures": found,
        "problems": pdf.check_pdf_syntax() if hasattr(pdf, "check_pdf_syntax") else pdf.check(),
        "pages": len(pdf.pages),
        "attachments": sorted(pdf.attachments.keys()),
        "marked": bool(root_object.MarkInfo.Marked),
        "language": str(root_object.Lang),
        "outlines": int(root_object.Outlines.get("/Count", 0)) if "/Outlines" in root_object else 0,
        "fonts_embedded": all(
            "/FontFile2" in descriptor or "/FontFile3" in descriptor
            for font in page.Resources.Font.values()
            for descriptor in (font.DescendantFonts[0].FontDescriptor,)
        ),
    }
    with pdf.open_metadata() as metadata:
        report["pdfa"] = metadata.pdfa_status
        report["pdfua"] = metadata.get("pdfuaid:part", "")

json.dump(report, sys.stdout)
