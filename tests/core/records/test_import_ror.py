"""ROR records of both schemas come in once."""

import json

from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.engine.ror import read_records
from kechuang.core.files import keep
from kechuang.core.imports import Imported, import_organisations
from kechuang.core.models import Event, Identifier, Organisation


def test_import_twice_changes_nothing(db, shared):
    data = (shared / "data/ror-beijing.json").read_bytes()
    records = read_records(data)
    assert len(records) == 469
    assert import_organisations(SYSTEM, records, None).added > 0 and not Organisation.objects.exists()
    source = keep(SYSTEM, "ror.json", data)
    first = import_organisations(SYSTEM, records, source)
    assert first.added + first.changed + first.same == 469 and first.added > 460
    counts = Organisation.objects.count(), Identifier.objects.count(), Event.objects.count()
    assert import_organisations(SYSTEM, records, source) == Imported(0, 0, 469)
    assert (Organisation.objects.count(), Identifier.objects.count(), Event.objects.count()) == counts


def test_a_known_organisation_gains_its_ror_and_counts_as_changed(db):
    office = save_organisation(SYSTEM, Organisation(name_zh="中国科学院"))
    record = {
        "id": "https://ror.org/034t30j35",
        "name": "Chinese Academy of Sciences",
        "labels": [{"label": "中国科学院", "iso639": "zh"}],
        "types": ["Government"],
    }
    data = json.dumps([record]).encode()
    records, source = read_records(data), keep(SYSTEM, "ror.json", data)
    assert import_organisations(SYSTEM, records, source) == Imported(0, 1, 0)
    assert office.identifiers.get(scheme="ror").value.endswith("034t30j35")
    office.refresh_from_db()
    assert office.name_en == "Chinese Academy of Sciences"
    assert import_organisations(SYSTEM, records, source) == Imported(0, 0, 1)
