"""DataCite XML against DataCite's own client: the record as JSON fits its schema, and its XML says the same as ours."""

from __future__ import annotations

from datetime import date
from typing import Any

from datacite import schema45
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from kechuang.facilities.engine.pidinst import DATACITE, LOCATION, XML_LANG, Instrument, to_datacite

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
MAYBE = st.one_of(st.just(""), TEXT)
DAYS = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
INSTRUMENTS = st.builds(
    Instrument,
    code=TEXT,
    landing_page=st.just("https://example.org/resources/1/"),
    name_zh=TEXT,
    owner_zh=TEXT,
    kind=TEXT,
    name_en=MAYBE,
    owner_en=MAYBE,
    owner_ror=st.sampled_from(["", "05a28rw58"]),
    maker=MAYBE,
    serial=MAYBE,
    doi=st.sampled_from(["", "10.1234/abc-def"]),
    about_zh=MAYBE,
    about_en=MAYBE,
    since=DAYS,
    until=DAYS,
)


def as_json(row: Instrument) -> dict[str, Any]:
    """The record in DataCite's JSON, written from its documentation and not from our XML."""
    owner = row.owner_en or row.owner_zh
    host: dict[str, Any] = {
        "name": owner,
        "nameType": "Organizational",
        "contributorType": "HostingInstitution",
    }
    if row.owner_ror:
        ror = f"https://ror.org/{row.owner_ror}"
        host["nameIdentifiers"] = [
            {"nameIdentifier": ror, "nameIdentifierScheme": "ROR", "schemeUri": "https://ror.org"}
        ]
    found = {
        "schemaVersion": DATACITE,
        "types": {"resourceTypeGeneral": "Instrument", "resourceType": row.kind},
        "creators": [{"name": row.maker or ":unkn", "nameType": "Organizational"}],
        "titles": [
            {"title": text, "lang": lang} for text, lang in ((row.name_zh, "zh"), (row.name_en, "en")) if text
        ],
        "publisher": {"name": owner},
        "publicationYear": f"{row.since.year:04d}" if row.since else "0000",
        "contributors": [host],
        "alternateIdentifiers": [
            {"alternateIdentifier": text, "alternateIdentifierType": kind}
            for kind, text in (("InventoryNumber", row.code), ("SerialNumber", row.serial))
            if text
        ],
        "descriptions": [
            {"description": text, "descriptionType": "Abstract", "lang": lang}
            for text, lang in ((row.about_zh, "zh"), (row.about_en, "en"))
            if text
        ],
    }
    if row.doi:
        found["doi"] = row.doi
    if row.since or row.until:
        days = [day.isoformat() if day else "" for day in (row.since, row.until)]
        found["dates"] = [{"date": "/".join(days), "dateType": "Available"}]
    return {name: value for name, value in found.items() if value}


def said(node) -> tuple:
    """An element with all it holds, comparable; their client writes the language without XML's namespace."""
    name = etree.QName(node).localname
    words = {XML_LANG if key == "{xml}lang" else key: value for key, value in node.attrib.items()}
    return name, node.text or "", words, [said(child) for child in node]


@settings(max_examples=150)
@given(INSTRUMENTS)
def test_our_xml_says_what_their_client_writes(row):
    record = as_json(row)
    assert list(schema45.validator.iter_errors(record)) == []
    theirs = etree.fromstring(schema45.tostring(record, pretty_print=False).encode())
    ours = etree.fromstring(to_datacite(row))
    assert ours.tag == theirs.tag and ours.get(LOCATION) == theirs.get(LOCATION)
    parts = {name: part for part in map(said, ours) if (name := part[0])}
    assert len(parts) == len(ours), "each part stands once"
    if not row.doi:  # their client knows no identifier but a DOI
        assert parts.pop("identifier") == ("identifier", row.landing_page, {"identifierType": "URL"}, [])
    assert parts == {part[0]: part for part in map(said, theirs)}


def test_words_that_mean_something_in_xml():
    row = Instrument(
        code="<a>", landing_page="https://e.org/?a=1&b=2", name_zh='"<&>', owner_zh="所", kind="仪器"
    )
    found = etree.fromstring(to_datacite(row))
    assert found.findtext(f"{{{DATACITE}}}titles/{{{DATACITE}}}title") == '"<&>'
    assert found.findtext(f"{{{DATACITE}}}identifier") == "https://e.org/?a=1&b=2"
