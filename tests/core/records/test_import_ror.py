"""ROR records of both schemas come in once."""

import json
import re
from collections import Counter

import pytest
from django import forms
from django.utils import translation
from django.utils.translation import gettext

from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.engine.ror import RorError, read_records
from kechuang.core.files import keep
from kechuang.core.imports import import_organisations
from kechuang.core.models import Event, Identifier, Organisation
from kechuang.core.sheets import Taken
from kechuang.core.web.forms import offered


def test_import_twice_changes_nothing(db, shared):
    data = (shared / "data/ror-beijing.json").read_bytes()
    records = read_records(data)
    assert len(records) == 469
    assert import_organisations(SYSTEM, records, None).added > 0 and not Organisation.objects.exists()
    source = keep(SYSTEM, "ror.json", data)
    first = import_organisations(SYSTEM, records, source)
    assert first.added + first.changed + first.same == 469 and first.added > 460
    told = Counter(row["status"] for row in json.loads(data))  # what ROR itself says of each
    assert told.keys() == {"active", "inactive", "withdrawn"}
    assert Counter(Organisation.objects.values_list("standing", flat=True)) == told
    counts = Organisation.objects.count(), Identifier.objects.count(), Event.objects.count()
    assert import_organisations(SYSTEM, records, source) == Taken(0, 0, 469)
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
    assert import_organisations(SYSTEM, records, source) == Taken(0, 1, 0)
    assert office.identifiers.get(scheme="ror").value.endswith("034t30j35")
    office.refresh_from_db()
    assert office.name_en == "Chinese Academy of Sciences"
    assert import_organisations(SYSTEM, records, source) == Taken(0, 0, 1)


def test_two_bodies_of_one_name_stay_two(db):
    save_organisation(SYSTEM, Organisation(name_zh="人民医院"))
    labels = [{"label": "人民医院", "iso639": "zh"}]
    data = json.dumps(
        [
            {"id": f"https://ror.org/{ror}", "name": f"People's Hospital {ror}", "labels": labels}
            for ror in ("034t30j35", "03f2n3n81")
        ]
    ).encode()
    records, source = read_records(data), keep(SYSTEM, "ror.json", data)
    assert import_organisations(SYSTEM, records, source) == Taken(1, 1, 0)
    owners = Identifier.objects.filter(scheme="ror").values_list("organisation", flat=True)
    assert len(set(owners)) == 2 == Organisation.objects.filter(name_zh="人民医院").count()
    assert import_organisations(SYSTEM, records, source) == Taken(0, 0, 2)


def ror(key: str, name: str, **facts) -> dict:
    labels = [{"label": name, "iso639": "zh"}]
    return {"id": f"https://ror.org/{key}", "name": f"Body {key}", "labels": labels, **facts}


def taken_in(*rows: dict) -> Taken:
    data = json.dumps(rows).encode()
    return import_organisations(SYSTEM, read_records(data), keep(SYSTEM, "ror.json", data))


def test_a_withdrawn_record_takes_no_name_and_is_not_offered(db):
    office = save_organisation(SYSTEM, Organisation(name_zh="食品评估中心"))
    taken_in(
        ror("034t30j35", "食品评估中心", status="withdrawn"),
        ror("03f2n3n81", "模式识别实验室", status="inactive"),
    )
    assert not office.identifiers.exists()
    withdrawn = Organisation.objects.get(standing="withdrawn")

    class Choose(forms.Form):
        lead = forms.ModelChoiceField(Organisation.objects.all())

    with translation.override("en"):
        words = dict(offered(Choose()).fields["lead"].choices)
    assert set(words.values()) == {"Choose one", "食品评估中心", "Body 03f2n3n81 (No longer active)"}
    assert withdrawn in offered(Choose(initial={"lead": withdrawn.pk})).fields["lead"].queryset
    assert not offered(Choose({"lead": withdrawn.pk})).is_valid()


def test_a_record_that_ends_later_ends_here_too(db):
    assert taken_in(ror("034t30j35", "甲")) == Taken(1, 0, 0)
    assert taken_in(ror("034t30j35", "甲", status="inactive")) == Taken(0, 1, 0)
    assert Organisation.objects.get().standing == "inactive"


def test_an_unknown_status_is_named(db):
    with pytest.raises(RorError, match="Record 1: its status 'gone'"):
        taken_in(ror("034t30j35", "甲", status="gone"))


V1 = {"id": "https://ror.org/03cve4549", "name": "Tsinghua University"}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([V1, 7], "Record 2 is no record"),
        ([V1, {"name": "x"}], "Record 2 has no “id”"),
        ([{"id": V1["id"]}], "Record 1 has no “name”"),
        ([{"id": V1["id"], "names": []}], "Record 1 has no “names”"),
        ([{**V1, "id": "https://ror.org/xxxx"}], "Record 1: https://ror.org/xxxx is no ROR"),
        ([{**V1, "id": 5}], "Record 1: 5 is no ROR"),
        ([{**V1, "labels": 5}], "follows neither schema"),
        ([{**V1, "established": "old"}], "no year"),
        ([V1, V1], "Record 2: 03cve4549 is record 1"),
    ],
)
def test_what_is_wrong_is_said_of_its_record_counted_from_one(rows, said):
    with pytest.raises(RorError, match=re.escape(said)) as wrong:
        read_records(json.dumps(rows).encode())
    with translation.override("zh-hans"):
        assert "Error" not in wrong.value.said(gettext) and "条" in wrong.value.said(gettext)


@pytest.mark.parametrize("data", [b"{not json", b"\xff\x00", b"[" * 100_000])
def test_what_is_no_json_is_said_so(data):
    with pytest.raises(RorError, match="no JSON"):
        read_records(data)
