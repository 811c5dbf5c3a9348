"""Instrument metadata for the world: PIDINST 1.0 as JSON, DataCite 4.5 as XML.

Sources: RDA PIDINST WG, "Metadata Schema for the Persistent Identification of Instruments" 1.0; DataCite Metadata Schema
4.5, which knows the general type Instrument.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from typing import Any

DATACITE = "http://datacite.org/schema/kernel-4"
SCHEMA = "http://schema.datacite.org/meta/kernel-4.5/metadata.xsd"
LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Instrument:
    code: str
    landing_page: str
    name_zh: str
    owner_zh: str
    kind: str
    name_en: str = ""
    owner_en: str = ""
    owner_ror: str = ""
    contact: str = ""
    maker: str = ""
    model: str = ""
    serial: str = ""
    doi: str = ""
    about_zh: str = ""
    about_en: str = ""
    measures: str = ""
    since: date | None = None
    until: date | None = None


def to_pidinst(instrument: Instrument) -> dict[str, Any]:
    """The record as JSON; properties without a value are left out."""
    owner: dict[str, Any] = {"ownerName": instrument.owner_en or instrument.owner_zh}
    if instrument.contact:
        owner["ownerContact"] = instrument.contact
    if instrument.owner_ror:
        owner["ownerIdentifier"] = {
            "ownerIdentifierType": "ROR",
            "ownerIdentifierValue": f"https://ror.org/{instrument.owner_ror}",
        }
    dates = [("Commissioned", instrument.since), ("DeCommissioned", instrument.until)]
    found = {
        "Identifier": _identifier(instrument),
        "SchemaVersion": "1.0.0",
        "LandingPage": instrument.landing_page,
        "Name": instrument.name_en or instrument.name_zh,
        "Owner": [owner],
        "Manufacturer": [{"manufacturerName": instrument.maker or "unknown"}],
        "Model": {"modelName": instrument.model} if instrument.model else None,
        "Description": instrument.about_en or instrument.about_zh,
        "InstrumentType": [{"instrumentTypeName": instrument.kind}],
        "MeasuredVariable": [{"measuredVariableName": instrument.measures}] if instrument.measures else None,
        "Date": [{"dateType": kind, "dateValue": day.isoformat()} for kind, day in dates if day],
        "AlternateIdentifier": [
            {"alternateIdentifierType": kind, "alternateIdentifierValue": value}
            for kind, value in (("InventoryNumber", instrument.code), ("SerialNumber", instrument.serial))
            if value
        ],
    }
    return {name: value for name, value in found.items() if value}


def _identifier(instrument: Instrument) -> dict[str, str]:
    if instrument.doi:
        return {"identifierType": "DOI", "identifierValue": instrument.doi}
    return {"identifierType": "URL", "identifierValue": instrument.landing_page}


def to_datacite(instrument: Instrument) -> bytes:
    """The record as DataCite XML: the maker as creator, the owner as publisher and hosting institution."""
    ET.register_namespace("", DATACITE)
    root = ET.Element(f"{{{DATACITE}}}resource", {LOCATION: f"{DATACITE} {SCHEMA}"})

    def add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
        child = ET.SubElement(parent, f"{{{DATACITE}}}{name}", attributes)
        child.text = text or None
        return child

    identifier = _identifier(instrument)
    add(root, "identifier", identifier["identifierValue"], identifierType=identifier["identifierType"])
    creator = add(add(root, "creators"), "creator")
    add(creator, "creatorName", instrument.maker or ":unkn", nameType="Organizational")
    titles = add(root, "titles")
    for name, language in ((instrument.name_zh, "zh"), (instrument.name_en, "en")):
        if name:
            add(titles, "title", name).set(XML_LANG, language)
    add(root, "publisher", instrument.owner_en or instrument.owner_zh)
    add(root, "publicationYear", f"{instrument.since.year if instrument.since else 0:04d}")  # 0000: unknown
    contributor = add(add(root, "contributors"), "contributor", contributorType="HostingInstitution")
    add(contributor, "contributorName", instrument.owner_en or instrument.owner_zh, nameType="Organizational")
    if instrument.owner_ror:
        ror = f"https://ror.org/{instrument.owner_ror}"
        add(contributor, "nameIdentifier", ror, nameIdentifierScheme="ROR", schemeURI="https://ror.org")
    if instrument.since or instrument.until:
        span = "/".join(day.isoformat() if day else "" for day in (instrument.since, instrument.until))
        add(add(root, "dates"), "date", span, dateType="Available")
    add(root, "resourceType", instrument.kind, resourceTypeGeneral="Instrument")
    alternates = add(root, "alternateIdentifiers")
    for kind, value in (("InventoryNumber", instrument.code), ("SerialNumber", instrument.serial)):
        if value:
            add(alternates, "alternateIdentifier", value, alternateIdentifierType=kind)
    descriptions = [(instrument.about_zh, "zh"), (instrument.about_en, "en")]
    if any(text for text, _ in descriptions):
        parent = add(root, "descriptions")
        for text, language in descriptions:
            if text:
                add(parent, "description", text, descriptionType="Abstract").set(XML_LANG, language)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)
