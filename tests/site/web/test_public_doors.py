"""What the public may not see is behind no door: every address of the product is opened, by page and by API.

The addresses are found in the product itself; each is filled in with everything there is, in every form it offers.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from urllib.parse import parse_qs

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.kernel import formatting
from kechuang.core.models import Organisation
from kechuang.core.web import errors
from kechuang.indicators import actions as indicators
from kechuang.indicators.engine.metrics.derived import Derived
from kechuang.indicators.models import Metric, Observation, ReturnForm
from kechuang.plan import actions as plan
from tests.asked import Asked, listening
from tests.indicators.counted import Computed
from tests.plan.world import World, world

pytestmark = pytest.mark.django_db
OFFICES = {
    2022: (31_450_004, 42_350_005, 53_250_006),
    2023: (41_340_001, 52_260_002, 63_480_003),
    2024: (71_230_457, 13_579_246),
}
INSIDE = 73_219_864  # counted for members only
UNIT = {"unit": "家", "unit_en": "firms"}
QUERIES = (
    "on=2024-12-31",
    "on={yesterday}",
    "on={yesterday}&promise={promise}",
    "promise={promise}",
    "public=1",
    "state=late",
    "state=on_the_way",
    "export=csv",
    "export=json",
    "export=xlsx",
    "format=pdf",
    "format=docx",
    "q=part",
    "d.organisation=0区",
    "period=2024",
)


def totals(year: int) -> int:
    return sum(OFFICES[year])


@pytest.fixture(scope="module")
def lasting_centre(lasting, tmp_path_factory) -> Computed:
    return Computed.once(lasting, tmp_path_factory.mktemp("computed"), make_centre)


@pytest.fixture
def centre(lasting_centre, settings, tmp_path, db) -> World:
    settings.SNAPSHOTS = tmp_path / "snapshots"
    return lasting_centre.lend()


def make_centre() -> World:
    """A published document whose promise is measured by what two offices alone reported for the newest year."""
    found = world()
    offices = [Organisation.objects.create(name_zh=f"{n}区") for n in range(3)]
    form = indicators.save_form(
        SYSTEM, "firms", title_zh="企业年报", items=[{"code": "part", "name_zh": "部分", **UNIT}]
    )
    for year, values in OFFICES.items():
        for office, value in zip(offices, values, strict=False):
            report(form, office, year, value)
    about = {"owner": "x", "source": "x", "name_zh": "增幅", "name_en": "growth", "unit": "%"}
    growth = Derived(id="part_growth", kind="growth", of="part", offset=1, scale=100, **about)
    indicators.declare_metric(SYSTEM, growth.as_dict())
    yesterday = clock.today() - timedelta(days=1)
    with clock.at(yesterday):
        indicators.recompute(SYSTEM)
    inside = Metric.objects.create(
        code="inside", name_zh="内部", name_en="Inside", basis="published", domain="published", public=False
    )
    facts = {
        "start": date(2024, 1, 1),
        "end": date(2024, 12, 31),
        "known_at": clock.now() - timedelta(days=1),
    }
    Observation.objects.create(metric=inside, cell={}, cell_key="", value=INSIDE, **facts)
    part = Metric.objects.get(code="part")
    published(found, part)
    plan.edit_commitment(SYSTEM, found.promise, metric=part, baseline_value=Decimal(10))
    plan.edit_commitment(SYSTEM, found.late, metric=inside)
    return found


def report(form: ReturnForm, office: Organisation, year: int, value: int) -> None:
    filing = indicators.open_return(SYSTEM, office, form, date(year, 1, 1), date(year, 12, 31))
    indicators.fill_return(SYSTEM, filing, {"part": Decimal(value)})
    indicators.approve_return(SYSTEM, indicators.submit_return(SYSTEM, filing))


def published(found: World, metric: Metric) -> None:
    """The document is public, and its figure stands beside the indicator's number of the hidden year."""
    document = found.document
    waiting = document.statements.filter(review="pending").values_list("pk", flat=True)
    plan.accept_statements(SYSTEM, document, list(waiting))
    plan.finish_review(SYSTEM, document)
    plan.ask_publication(SYSTEM, document)
    plan.approve_publication(SYSTEM, document)
    facts = {"start": date(2024, 1, 1), "end": date(2024, 12, 31), "source": "推进会"}
    told = ("plan.statement", str(found.statement.pk))
    indicators.publish_value(SYSTEM, metric, value=Decimal(1200), statement=told, **facts)


def hidden() -> set[str]:
    """The numbers nobody outside may read, as any page could write them, and what follows from them."""
    whole = totals(2024)
    growth = Decimal(whole - totals(2023)) / totals(2023) * 100
    single = [value for values in OFFICES.values() for value in values]
    values = [whole, *single, INSIDE, whole - 29, whole - 1200, growth]
    words = [str(v) for v in map(Decimal, values[:-1])] + [f"{growth:.4f}"]
    for value, language in product(values, ("zh-hans", "en")):
        words.append(formatting.number(Decimal(value), language))
    return {plainly(text) for text in words}


def plainly(text: str) -> str:
    """Without what separates digits."""
    return re.sub(r"[,\s\u2009\u202f\u00a0\u2212]|&nbsp;", "", text)


def text_of(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return plainly(body.decode("utf-8", "ignore"))


def patterns(found, before: str = "") -> Iterator[str]:
    """Every address of the product as a template: `plan/public/<int:pk>/`."""
    for each in found.url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield here
        else:
            yield from patterns(each, here)


def fillings(centre: World) -> dict[str, list]:
    """What the places of addresses may be filled with, by their name."""
    keys = sorted({centre.document.pk, centre.promise.pk, centre.late.pk, centre.statement.pk, *range(1, 5)})
    codes = ["part", "part-growth", "inside", "firms"]
    forms = ["csv", "json", "sdmx", "csvw", "dcat"]
    return {"code": codes, "form": forms, "version": [1], "kind": ["commitment"], "": keys}


def addresses(centre: World) -> Iterator[str]:
    known = fillings(centre)
    for template in patterns(get_resolver()):
        if template.startswith(("accounts/", "static/", "media/", "i18n/", "api/")):
            continue
        places = re.findall(r"<[^>]*?(\w+)>", template)
        for values in product(*(known.get(name, known[""]) for name in places)):
            address = template
            for value in values:
                address = re.sub(r"<[^>]*>", str(value), address, count=1)
            yield "/" + address.replace("^", "").replace("$", "")
    for template, methods in api_paths().items():
        if "get" in methods:
            places = re.findall(r"{(\w+)}", template)
            for values in product(*(known.get(name, known[""]) for name in places)):
                yield template.format(**dict(zip(places, values, strict=True)))


def api_paths() -> dict:
    from kechuang.site.api import api

    return api.get_openapi_schema()["paths"]


def open_doors(client, centre: World, asked: Asked) -> Iterator[tuple[str, str]]:
    """(address, text) of everything that opens, with every query of which it asks anything."""
    facts = {"yesterday": clock.today() - timedelta(days=1), "promise": centre.promise.pk}
    for address in addresses(centre):
        asked.clear()
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        yield address, text_of(answer)
        for query in [query for query in QUERIES if asked.any_of(parse_qs(query))]:
            answer = client.get(f"{address}?{query.format(**facts)}")
            if answer.status_code == 200:
                yield answer.wsgi_request.get_full_path(), text_of(answer)


@pytest.fixture
def no_error_pages(monkeypatch):
    """Of an address that does not open only the status counts: its page is not drawn."""
    monkeypatch.setattr(errors, "render", lambda *args, status: HttpResponse(status=status))


@pytest.mark.usefixtures("no_error_pages")
def test_no_door_shows_the_public_a_hidden_number(client, centre, monkeypatch):
    never, opened, told = hidden(), set(), []
    for address, text in open_doors(client, centre, listening(monkeypatch)):
        opened.add(address.split("?")[0])
        told += [(address, number) for number in never if number in text]
    assert told == []
    for door in (
        f"/plan/public/{centre.document.pk}/",
        f"/plan/documents/{centre.document.pk}/promises/{centre.promise.pk}/",
        f"/plan/documents/{centre.document.pk}/figures/{centre.statement.pk}/",
        f"/plan/documents/{centre.document.pk}/states/",
        "/api/plan/commitments",
        f"/api/plan/documents/{centre.document.pk}/living",
        "/api/indicators/metrics/part/observations",
        "/indicators/m/part/data/sdmx/",
    ):
        assert door in opened, door
    assert len(opened) > 40


def test_members_read_the_same_numbers_there(client, centre, make_user):
    client.force_login(make_user("leader", clearance=1))
    whole = str(totals(2024))
    for door in (
        f"/plan/documents/{centre.document.pk}/?promise={centre.promise.pk}",
        f"/plan/documents/{centre.document.pk}/promises/{centre.promise.pk}/",
        "/api/plan/commitments",
        f"/api/plan/documents/{centre.document.pk}/living",
        "/api/indicators/metrics/part/observations",
    ):
        text = text_of(client.get(door))
        assert whole in text or plainly(formatting.number(totals(2024), "zh-hans")) in text, door


def test_what_a_member_looks_at_as_the_public_is_the_public_page(client, centre, make_user):
    client.force_login(make_user("leader", clearance=1))
    pages = (
        f"/plan/public/{centre.document.pk}/?promise={centre.promise.pk}",
        f"/plan/documents/{centre.document.pk}/promises/{centre.promise.pk}/?public=1",
        f"/plan/documents/{centre.document.pk}/states/?public=1",
        f"/plan/documents/{centre.document.pk}/figures/{centre.statement.pk}/?public=1",
    )
    for address in pages:
        text = text_of(client.get(address))
        assert not [number for number in hidden() if number in text], address


def test_the_state_stands_and_the_panel_says_that_the_number_is_kept_back(client, centre):
    client.cookies["django_language"] = "en"
    panel = f"/plan/documents/{centre.document.pk}/promises/{centre.promise.pk}/"
    page = client.get(panel).content.decode()
    assert "not shown publicly" in page
    assert "/indicators/m/part/why/?on=2023-12-31" in page, "what may be seen opens down to its rows"
    assert '/indicators/m/part/why/"' not in page


def test_a_promise_shows_its_number_once_enough_have_reported(client, centre):
    report(ReturnForm.objects.get(code="firms"), Organisation.objects.get(name_zh="2区"), 2024, 1_000_000)
    indicators.recompute(SYSTEM)
    living = client.get(f"/api/plan/documents/{centre.document.pk}/living").json()
    measured = {row["commitment"]: row["measured"] for row in living["promises"]}
    assert Decimal(measured[centre.promise.pk]) == totals(2024) + 1_000_000
    yesterday = clock.today() - timedelta(days=1)
    former = client.get(f"/api/plan/documents/{centre.document.pk}/living?on={yesterday}").json()
    assert str(totals(2024)) not in str(former), "both days together would tell who came late"
