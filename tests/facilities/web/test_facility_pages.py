"""Every page of the domain in both languages, the catalogue's counts, lists of 10,000 rows, statements as files."""

import io
import json
import re
from datetime import date, datetime, timedelta

import openpyxl
import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from kechuang.core import clock, files
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation
from kechuang.core.web.navigation import sections_for
from kechuang.facilities import actions
from kechuang.facilities.actions.import_resources import read_resources
from kechuang.facilities.models import ChargeLine, Facility, Holding, Resource, UseSession, Voucher
from kechuang.facilities.web.catalogue import CatalogueList
from tests.many import many

pytestmark = pytest.mark.django_db
KINDS = ["instrument", "instrument", "beamline", "data_set"]
HOURS = ["24/7", "1-5 09:00-17:00", ""]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def fill(count):
    """Resources through the import, by a rule that a loop can repeat."""
    for n in range(3):
        Organisation.objects.get_or_create(name_zh=f"单位{n}")
    lines = ["code,kind,name_zh,owner,value_yuan,rate_academic_yuan,hours,place,opened"]
    for n in range(count):
        lines.append(
            f"C{n},{KINDS[n % 4]},仪器{n},单位{n % 3},{n},{n % 700},{HOURS[n % 3]},地{n % 5},{int(n % 7 != 0)}"
        )
    data = "\n".join(lines).encode()
    sheet = read_resources(SYSTEM, data, "t.csv")
    found = actions.import_resources(SYSTEM, sheet, files.keep(SYSTEM, "t.csv", data))
    assert found.added == count


def counts(html, label):
    """{option: count} of one facet's menu."""
    menu = html.split(f">{label}", 1)[1].split("</details>", 1)[0]
    found = re.findall(r"</span>([^<]+)<span class=\"n\">([\d,]+)</span>", menu)
    return {name.strip(): int(number.replace(",", "")) for name, number in found}


def test_the_public_catalogue_counts_right_over_ten_thousand(client):
    fill(12_000)
    html = client.get(reverse("facilities:catalogue"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    opened = [n for n in range(12_000) if n % 7]
    by_kind = {name: sum(KINDS[n % 4] == name for n in opened) for name in set(KINDS)}
    found = counts(html, "Kind")
    assert (found["Instrument"], found["Beamline"], found["Data set"]) == (
        by_kind["instrument"],
        by_kind["beamline"],
        by_kind["data_set"],
    )
    html = client.get(
        reverse("facilities:catalogue") + "?kind=beamline&place=地1", HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()
    both = [n for n in opened if n % 4 == 2 and n % 5 == 1]
    assert counts(html, "Place")["地1"] == len(both)
    assert counts(html, "Kind")["Instrument"] == sum(
        n % 5 == 1 and KINDS[n % 4] == "instrument" for n in opened
    )
    assert f"{len(both)} rows" in html


def test_pages_walk_to_the_end_and_back_and_equal_the_export(client):
    fill(200)
    seen, url = [], reverse("facilities:catalogue") + "?kind=instrument&sort=value_fen"
    export = json.loads(b"".join(client.get(url + "&export=json").streaming_content))
    while url:
        html = client.get(url).content.decode()
        seen += re.findall(r"/facilities/resources/(\d+)/\">(仪器\d+)", html)
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = reverse("facilities:catalogue") + following[1].replace("&amp;", "&") if following else ""
    names = [name for _pk, name in seen]
    assert names == [row["name"] for row in export] and len(set(names)) == len(names) > 60


def test_search_and_open_now(client):
    fill(60)
    monday_noon = timezone.make_aware(datetime(2024, 3, 4, 12))
    with clock.at(monday_noon):
        html = client.get(
            reverse("facilities:catalogue") + "?open=yes", HTTP_ACCEPT_LANGUAGE="en"
        ).content.decode()
        opened = [n for n in range(60) if n % 7 and HOURS[n % 3]]
        assert counts(html, "Open now")["Open now"] == len(opened)
    with clock.at(monday_noon + timedelta(hours=10)):
        html = client.get(reverse("facilities:catalogue"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
        assert counts(html, "Open now")["Open now"] == sum(1 for n in range(60) if n % 7 and n % 3 == 0)
    html = client.get(reverse("facilities:catalogue") + "?q=仪器17").content.decode()
    assert "仪器17<" in html and "仪器18<" not in html
    for odd in (
        "?after=x",
        "?after=99999999999999999999",
        "?kind=boat",
        "?owner=x",
        "?price=x",
        "?sort=nothing",
        "?q=%00",
    ):
        assert client.get(reverse("facilities:catalogue") + odd).status_code == 200
    assert CatalogueList.page_size == 30


@pytest.fixture
def house():
    owner = Organisation.objects.create(name_zh="所", name_en="Institute")
    firm = Organisation.objects.create(name_zh="公司", name_en="Firm", kind="enterprise")
    cluster = Facility(code="f", name_zh="装置", name_en="Ring", cluster=owner, owner=owner, kind="facility")
    actions.save_facility(SYSTEM, cluster)
    actions.enter_stage(SYSTEM, cluster, "planning", date(2020, 1, 1), evidence="x")
    tool = Resource(
        code="T",
        kind="instrument",
        name_zh="仪器",
        name_en="Tool",
        owner=owner,
        contact="x",
        rate_enterprise_fen=6000,
    )
    actions.open_resource(SYSTEM, actions.save_resource(SYSTEM, tool))
    bank = Resource(code="B", kind="sample_bank", name_zh="库", owner=owner, contact="x")
    actions.open_resource(SYSTEM, actions.save_resource(SYSTEM, bank))
    actions.save_holding(
        SYSTEM, Holding(resource=bank, disease_zh="肺癌", material="m", consent="research", total=5)
    )
    return {"owner": owner, "firm": firm, "cluster": cluster, "tool": tool, "bank": bank}


def sessions(house, count, month=date(2024, 3, 1)):
    start = timezone.make_aware(datetime(month.year, month.month, 1))
    firm = {"organisation": house["firm"], "access": "enterprise"}
    end = lambda n: start + timedelta(minutes=3 * n + 2)  # noqa: E731
    alike = UseSession(resource=house["tool"], **firm)
    keys = many(alike, count, start=lambda n: start + timedelta(minutes=3 * n), end=end)
    charge = ChargeLine(month=month, minutes=2, rate_fen=6000, amount_fen=200, **firm)
    many(charge, count, session_id=keys.__getitem__, at=end)


def test_lists_of_ten_thousand_rows(house, client, make_user):
    sessions(house, 10_000)
    client.force_login(make_user("officer"))
    html = client.get(reverse("facilities:sessions"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "10,000 rows" in html
    statement = actions.issue_statement(SYSTEM, house["firm"], date(2024, 3, 1))
    assert statement.amount_fen == 2_000_000
    assert client.get(statement.get_absolute_url()).status_code == 200


def test_a_statement_as_workbook_and_pdf(house, client, make_user):
    sessions(house, 3)
    voucher = Voucher(
        code="V1",
        organisation=house["firm"],
        granted_fen=500,
        valid_from=date(2024, 1, 1),
        valid_to=date(2024, 12, 31),
    )
    actions.grant_voucher(SYSTEM, voucher)
    row = actions.issue_statement(SYSTEM, house["firm"], date(2024, 3, 1))
    client.force_login(make_user("scientist", organisation=house["firm"]))
    answer = client.get(reverse("facilities:statement_file", args=[row.pk, "xlsx"]))
    cells = [
        cell
        for line in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
        for cell in line
    ]
    assert cells.count("仪器") == 3 and 6 in cells and 1 in cells and -5 in cells
    answer = client.get(reverse("facilities:statement_file", args=[row.pk, "pdf"]))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    assert "公司" in text and "6.00" in text and "1.00" in text and "V1" in text
    client.force_login(make_user("scientist", name="stranger"))
    assert client.get(row.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(house, client, make_user, language):
    sessions(house, 3)
    row = actions.issue_statement(SYSTEM, house["firm"], date(2024, 3, 1))
    names = ["catalogue", "cluster", "institutions", "holdings", "sharing", "outputs"]
    public = [reverse(f"facilities:{name}") for name in names]
    public += [house[name].get_absolute_url() for name in ("tool", "bank", "cluster")]
    public += [reverse(f"facilities:{name}", args=[house["tool"].pk]) for name in ("pidinst", "datacite")]
    inside = [
        reverse(f"facilities:{name}")
        for name in ("sessions", "vouchers", "statements", "sample_requests", "corrections")
    ]
    inside += [row.get_absolute_url(), UseSession.objects.first().get_absolute_url()]
    inside += [reverse("facilities:kiosk", args=[house["tool"].pk]), reverse("facilities:resource_import")]
    for url in public:
        assert client.get(url, HTTP_ACCEPT_LANGUAGE=language).status_code == 200, url
    for url in inside:
        assert client.get(url).status_code == 302, url
    client.force_login(make_user("admin", language=language))
    for url in public + inside:
        answer = client.get(url, HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200, url
        assert b"style=" not in answer.content or b"<svg" in answer.content


def test_the_tablet_starts_and_stops(house, client, make_user):
    make_user("scientist", organisation=house["firm"], name="user-1")
    client.force_login(make_user("manager", organisation=house["owner"], name="keeper"))
    url = reverse("facilities:kiosk", args=[house["tool"].pk])
    assert b"error-summary" in client.post(url, {"username": "nobody-here"}).content
    with clock.at(clock.now() - timedelta(hours=1)):
        assert client.post(url, {"username": "user-1"}).status_code == 302
    assert UseSession.objects.get().user.username == "user-1"
    assert client.post(url, {"lost": 0}).status_code == 302
    assert UseSession.objects.get().charges.get().amount_fen == 6000


def test_a_form_keeps_what_was_typed_and_names_the_fault(house, client, make_user):
    client.force_login(make_user("manager", organisation=house["owner"]))
    url = reverse("facilities:resource_edit", args=[house["tool"].pk])
    facts = {
        "code": "T",
        "kind": "instrument",
        "name_zh": "改名",
        "capability": "other",
        "owner": house["owner"].pk,
        "value_fen": "12.345",
        "hours": "sometime",
    }
    html = client.post(url, facts, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "改名" in html and "error-summary" in html
    html = client.post(url, facts | {"value_fen": "12.34"}, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "Write like 1-5" in html
    assert client.post(url, facts | {"value_fen": "12.34", "hours": "24/7"}).status_code == 302
    house["tool"].refresh_from_db()
    assert (house["tool"].value_fen, house["tool"].hours) == (1234, "24/7")


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/facilities/", "facilities:catalogue"),
        ("/facilities/resources/1/photos/add/", "facilities:catalogue"),
        ("/facilities/panels/1/ranks/", "facilities:cycles"),
        ("/facilities/time-plans/1/hand/", "facilities:cycles"),
        ("/facilities/cycles/1/proposals/", "facilities:cycles"),
        ("/facilities/vouchers/1/", "facilities:statements"),
        ("/facilities/holdings/1/request/", "facilities:sample_requests"),
        ("/facilities/bookings/1/", "facilities:instruments"),
    ],
)
def test_the_navigation_says_where_one_is(make_user, path, current):
    links = [link for section in sections_for(make_user("admin"), path) for link in section.links]
    assert [link.url for link in links if link.current] == [reverse(current)]
