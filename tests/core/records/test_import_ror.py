"""ROR records of both schemas come in once."""

from kechuang.core.acts import SYSTEM
from kechuang.core.engine.ror import read_records
from kechuang.core.imports import Imported, import_organisations
from kechuang.core.models import Event, Identifier, Organisation


def test_import_twice_changes_nothing(db, shared):
    records = read_records((shared / "data/ror-beijing.json").read_bytes())
    assert len(records) == 469
    assert import_organisations(SYSTEM, records, dry_run=True).added > 0 and not Organisation.objects.exists()
    first = import_organisations(SYSTEM, records)
    assert first.added + first.changed + first.same == 469 and first.added > 460
    counts = Organisation.objects.count(), Identifier.objects.count(), Event.objects.count()
    assert import_organisations(SYSTEM, records) == Imported(0, 0, 469)
    assert (Organisation.objects.count(), Identifier.objects.count(), Event.objects.count()) == counts
