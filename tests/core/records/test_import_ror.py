"""ROR records of both schemas come in once."""

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
