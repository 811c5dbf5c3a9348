"""Who answers for an indicator is said by the centre, not by the code that declares it."""

from __future__ import annotations

import pytest

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.indicators import actions, registry
from kechuang.indicators.models import Metric

pytestmark = pytest.mark.django_db


def test_a_centre_names_the_owners_of_a_domain_and_of_single_indicators():
    office, city = (Organisation.objects.create(name_zh=name) for name in ("规划办", "科学城"))
    actions.sync_declarations(SYSTEM, {"plan": office, "tasks-begun": city})
    assert Metric.objects.get(code="tasks-counted").owner == office
    assert Metric.objects.get(code="tasks-begun").owner == city
    assert Metric.objects.get(code="shared-platforms").owner is None
    actions.sync_declarations(SYSTEM)
    assert Metric.objects.get(code="tasks-counted").owner == office


def test_no_declaration_of_a_domain_names_an_office():
    assert [
        e.declared.id for entries in registry.declared().values() for e in entries if e.declared.owner
    ] == []
