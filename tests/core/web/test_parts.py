"""Parts and shell: they render in both languages, keep to the content security policy, and read in both themes."""

import json
import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

import kechuang.core
from kechuang.core import translations
from kechuang.core.errors import NotPermitted, Refusal
from kechuang.core.kernel import State
from kechuang.core.web import navigation, samples, shell, states
from kechuang.core.web.charts import Chart, Series
from kechuang.core.web.errors import RefusalMiddleware
from kechuang.core.web.gantt import Bar, layout

CORE = Path(kechuang.core.__file__).parent
ROOT = Path(__file__).resolve().parents[3]
PAGES = ["parts", "parts_list", "parts_record", "parts_form", "parts_act"]


@pytest.fixture
def chief(client, make_user):
    client.force_login(make_user(name="chief", is_superuser=True))
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_render_without_anything_the_policy_refuses(chief, name, language):
    chief.cookies["django_language"] = language
    answer = chief.get(reverse(f"core:{name}"))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not re.search(r"<[^>]+\s(style|on\w+)=", html)
    assert not re.search(r"<style|<script(?![^>]*(\ssrc=|type=\"application/json\"))", html)
    assert f'<html lang="{"en" if language == "en" else "zh-CN"}"' in html
    assert "'unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_gallery_is_for_builders_only(client, make_user):
    client.force_login(make_user("officer"))
    assert {client.get(reverse(f"core:{name}")).status_code for name in PAGES} == {404}


@pytest.mark.django_db
def test_pages_nobody_has(client):
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert "这个地址没有页面" in answer.content.decode()


def tokens():
    text = (CORE / "static/core/tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", text)
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ["surface", "ground", "hover"]
PAIRS = [(ink, ground) for ink in ("ink", "ink-2", "accent", *State) for ground in GROUNDS]
PAIRS += [(state, f"{state}-soft") for state in State]
PAIRS += [("ink", f"{state}-soft") for state in State]
PAIRS += [
    ("accent", "accent-soft"),
    ("on-accent", "accent"),
    ("ink-2", "accent-soft"),
    ("ink", "accent-soft"),
]


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
@pytest.mark.parametrize("theme", [0, 1])
def test_text_reads_on_its_ground(ink, ground, theme):
    colours = tokens()
    assert contrast(colours[str(ink)][theme], colours[str(ground)][theme]) >= 4.5


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("theme", [0, 1])
def test_series_and_borders_stand_out(number, theme):
    colours = tokens()
    assert contrast(colours[f"series-{number}"][theme], colours["surface"][theme]) >= 3
    assert contrast(colours["line-2"][theme], colours["surface"][theme]) >= 3


@pytest.mark.django_db
def test_theme_is_kept_and_cannot_lead_elsewhere(client):
    answer = client.post(reverse("core:theme"), {"theme": "dark", "next": "https://elsewhere.example/"})
    assert answer.cookies["theme"].value == "dark"
    assert answer.url == "/"
    answer = client.post(reverse("core:theme"), {"theme": "<x>", "next": "/a"})
    assert answer.cookies["theme"].value == ""


def test_navigation_shows_what_a_person_may_see(monkeypatch):
    monkeypatch.setattr(navigation, "_sections", {})
    navigation.register(
        "b", "B", "core:parts", [("List", "core:parts_list"), ("Hidden", "core:parts_form", lambda p: False)]
    )
    navigation.register("a", "A", "core:theme", order=1, who=lambda p: p.is_authenticated)
    (section,) = navigation.sections_for(AnonymousUser(), reverse("core:parts_list"))
    assert [link.label for link in section.links] == ["List"]
    assert section.links[0].current and not section.current and section.open
    assert navigation.sections_for(AnonymousUser(), "/elsewhere/")[0].open is False


@pytest.mark.django_db
def test_what_stands_around_a_page_is_each_persons_own(client, make_user):
    """It is drawn once for many: nobody's name, address, token or words show on another's page."""
    client.force_login(make_user("officer", name="<b>one"))
    mine = client.get(reverse("core:search"), {"q": '"<i>' + shell.PLACES["csrf_token"]})
    page = mine.content.decode()
    tokens = re.findall('name="csrfmiddlewaretoken" value="([0-9A-Za-z]{64})"', page)
    assert page.count("&lt;b&gt;one") == 3 and "<b>one" not in page
    assert f'value="&quot;&lt;i&gt;{shell.PLACES["csrf_token"]}"' in page
    assert len(tokens) == page.count("csrfmiddlewaretoken") >= 3
    assert page.count(f'name="next" value="{mine.request["PATH_INFO"]}?q=%22%3Ci%3E') == 2
    client.force_login(make_user("officer", name="two"))
    other = client.get(reverse("core:organisations")).content.decode()
    assert "&lt;b&gt;one" not in other and "two" in other
    assert tokens[0] not in other and "%3Ci%3E" not in other and "&lt;i&gt;" not in other
    client.logout()
    assert "/accounts/login/?next=/search/%3Fq%3Da%2526b" in client.get("/search/?q=a%26b").content.decode()


@pytest.mark.parametrize(
    "counts", [{}, {"kept": 0}, {"kept": 1, "late": 2}, {State.LATE: 99999, State.KEPT: 1}]
)
def test_state_bar_is_filled_exactly(counts):
    total, parts = states.shares(counts)
    assert sum(part.width for part in parts) == (1000 if total else 0)
    assert [part.x for part in parts] == [sum(p.width for p in parts[:i]) for i in range(5)]


def test_chart_has_its_table_without_scripts():
    series = [Series("=a", [1, None]), Series("b", role="band", low=[0, 1], high=[2, 3])]
    chart = Chart(title="t</script>", x=["2024", "2025"], series=series, unit="%", id="c")
    html = Template("{% load parts %}{% chart c %}").render(Context({"c": chart}))
    spec = re.search(r'<script id="c-data" type="application/json">(.*?)</script>', html).group(1)
    assert json.loads(spec)["series"][0]["values"] == [1, None]
    assert html.count("<tr>") == 3
    assert "t</script>" not in html
    assert "%27%3Da" in chart.csv_url


def test_gantt_lies_within_its_width():
    plan = layout(samples.bars(), samples.moments()[0].at, 1080)
    for row in plan["rows"]:
        assert 260 <= row["x"] <= row["x"] + row["length"] <= 1080
        assert abs(row["length"] - row["rest"] - (row["rest_x"] - row["x"])) < 0.2
    assert layout([]) == {}
    assert layout([Bar("a", *[samples.moments()[0].at] * 2)])["rows"][0]["length"] >= 3


class OneField(forms.Form):
    name = forms.CharField(label="Name", help_text="Help")


def test_form_names_its_errors_above_and_at_the_field():
    html = Template("{% load parts %}{% form_fields form %}").render(Context({"form": OneField({})}))
    assert 'href="#id_name"' in html
    assert 'id="id_name_error"' in html
    assert re.search(r'aria-describedby="[^"]*id_name_helptext', html)
    assert 'aria-invalid="true"' in html


@pytest.mark.django_db
def test_act_asks_first_then_does(chief):
    url = reverse("core:parts_act")
    assert "<form" in chief.post(url, {"pk": ["1", "2"]}).content.decode()
    asked = chief.post(url, {"pk": ["1", "2"]}).content.decode()
    assert asked.count('name="pk"') == 2
    assert chief.post(url, {"confirm": "1"}).status_code == 302


@pytest.mark.django_db
def test_form_page_keeps_what_was_typed(chief):
    answer = chief.post(reverse("core:parts_form"), {"title": "typed"})
    assert answer.status_code == 200
    assert 'value="typed"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status"), [(NotPermitted("core.x"), 403), (Refusal("no", remedy="do so"), 422)]
)
def test_what_an_act_refuses_becomes_a_page(rf: RequestFactory, error, status):
    request = rf.get("/")
    request.user = AnonymousUser()
    answer = RefusalMiddleware(lambda r: None).process_exception(request, error)
    assert answer.status_code == status


def test_every_text_of_the_core_is_translated():
    assert translations.missing(CORE) == []


def test_catalogues_compile_and_speak_chinese():
    translations.compile_all()
    with translation.override("zh-hans"):
        assert str(states.LABELS[State.KEPT]) == "已兑现"
    with translation.override("en"):
        assert str(states.LABELS[State.KEPT]) == "Kept"


def test_lock_file_has_hashes_and_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not any("resolved" in entry for entry in packages.values())
