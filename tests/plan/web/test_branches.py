"""What a programme's page counts opens to as many rows."""

import re
from datetime import date

import pytest
from django.urls import reverse

from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.plan import actions
from kechuang.plan.models import Commitment, Programme, Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> list[Programme]:
    """Three programmes, each below the one before; each with a promise more than the one above it and a task."""
    office, above, found = Organisation.objects.create(name_zh="办公室"), None, []
    for n in range(3):
        above = Programme.objects.create(name_zh=f"工程{n}", name_en=f"Programme {n}", parent=above)
        for k in range(n + 1):
            Commitment.objects.create(
                title_zh=f"承诺{n}{k}",
                programme=above,
                promised_on=date(2024, 1, 1),
                compare="done",
                secrecy=0,
            )
        for k, stage in enumerate(("confirmed", "terminated")):
            Task.objects.create(title_zh=f"任务{n}{k}", lead=office, programme=above, stage=stage, secrecy=0)
        found.append(above)
    gone = Commitment.objects.filter(programme=above).first()
    actions.withdraw_commitment(SYSTEM, gone, reason="合并")
    return found


@pytest.mark.parametrize(("at", "promises", "tasks"), [(0, 5, 3), (1, 4, 2), (2, 2, 1)])
def test_a_programme_s_counts_open_to_the_rows_of_all_below_it(client, make_user, tree, at, promises, tasks):
    client.force_login(make_user("officer", clearance=1))
    client.cookies["django_language"] = "en"
    page = client.get(tree[at].get_absolute_url()).content.decode()
    counted = [sum(map(int, re.findall(r"<b>(\d+)</b>", bar))) for bar in page.split("<h2>")[1:]]
    shown = [n for n in counted if n]
    assert shown == [promises, tasks]
    for name, stem, wanted in (("commitments", "承诺", promises), ("tasks", "任务", tasks)):
        (address,) = re.findall(rf'href="({reverse(f"plan:{name}")}\?[^"]*below={tree[at].pk})"', page)
        rows = client.get(address.replace("&amp;", "&")).content.decode()
        assert len(set(re.findall(rf"{stem}\d\d", rows))) == wanted
        assert f"Programme {at} and all below it" in rows


def test_a_programme_that_is_none_has_no_rows(client, make_user, tree):
    client.force_login(make_user("officer", clearance=1))
    for name, stem in (("commitments", "承诺"), ("tasks", "任务")):
        for below in ("999", "x"):
            rows = client.get(reverse(f"plan:{name}"), {"below": below})
            assert rows.status_code == 200 and not re.search(rf"{stem}\d\d", rows.content.decode())
