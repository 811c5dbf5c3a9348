"""Index, city, stages, comparison, editor, external values and returns as pages."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from kechuang.core.acts import SYSTEM
from kechuang.core.errors import Refusal
from kechuang.core.models import Organisation
from kechuang.indicators import actions, ports
from kechuang.indicators.engine.index import read_recipe
from kechuang.indicators.models import ExternalValue, Recipe, Return
from kechuang.indicators.queries import draft, indices
from tests.indicators.web.workbook_reader import Reckoner
from tests.many import many

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_public_index_pages_render_for_everybody(client, index, language):
    client.cookies["django_language"] = language
    for name, args, query in (
        ("indices", [], ""),
        ("index", ["cities"], ""),
        ("index", ["cities"], "?year=2024"),
        ("stage", ["cities", "normalise"], ""),
        ("city", ["cities", "乙"], "?year=2024"),
        ("compare", ["cities"], ""),
        ("index_xlsx", ["cities"], ""),
        ("external", [], ""),
        ("targets", [], ""),
    ):
        answer = client.get(reverse(f"indicators:{name}", args=args) + query)
        assert answer.status_code == 200, name


@pytest.mark.parametrize(("language", "own", "other"), [("en", "Alpha", "甲"), ("zh-hans", "甲", "Alpha")])
def test_units_are_called_as_the_reader_calls_them(client, index, language, own, other):
    """On every page, in charts and in the workbook; 丁 has no English name and keeps its own."""
    client.cookies["django_language"] = language
    here = reverse("indicators:index", args=["cities"])
    pages = [
        reverse("indicators:indices"),
        here,
        f"{here}stages/normalise/",
        f"{here}units/甲/",
        f"{here}units/乙/?year=2024",
    ]
    for address in pages:
        page = client.get(address).content.decode()
        shown = re.sub(r'href="[^"]*"|/indicators/[^"<]*', "", page)
        assert own in shown and other not in shown, address
    book = load_workbook(io.BytesIO(client.get(f"{here}xlsx/").content))
    for sheet in ("Data", "Normalised", "Scores"):
        keys = [row[0].value for row in book[sheet].iter_rows(min_row=2)]
        assert f"{own} 2024" in keys and f"{other} 2024" not in keys and "丁 2024" in keys
    api = client.get("/api/indicators/indices/cities").json()["places"]
    assert {place["unit"]: place["names"] for place in api}["甲"] == {"en": "Alpha"}


def test_a_recipe_that_names_units_by_a_column_that_is_not_there_is_refused(index):
    with pytest.raises(Refusal, match="no column 'town'"):
        actions.save_recipe(SYSTEM, "cities", text=index.text.replace('"city_en"', '"town"'))


def test_the_columns_of_a_first_recipe_are_found(db):
    data = b"uName,uCode,year,a\nAustria,AUT,2024,1\nBelgium,BEL,2024,2\nCroatia,HRV,2024,4\n"
    text, table = draft.recipe_for(data, "x", "X", set(), False)
    recipe = read_recipe(text.encode())
    assert (recipe.unit, recipe.names) == (("uCode", "year"), {"en": "uName"})
    assert [entry["code"] for entry in recipe.framework] == ["index", "a"]
    with translation.override("en"):
        assert indices.composed(text, table).unit_name("AUT") == "Austria"


def test_ranks_stand_with_intervals_and_neighbours_that_are_alike(client, index):
    page = client.get(reverse("indicators:index", args=["cities"])).context
    assert page["places"][0].label == "丙"
    assert all(place.low <= place.rank <= place.high for place in page["places"])
    assert any(place.like for place in page["places"])
    headline = ports.headline_index()
    assert headline is None, "only the recipe named centre is the headline"


@pytest.mark.parametrize("mean", ["arithmetic", "geometric", "median"])
def test_the_workbook_reckons_the_scores_again(client, index, mean):
    recipe = actions.save_recipe(
        SYSTEM,
        "cities",
        text=index.text.replace('name = "aggregate"', f'name = "aggregate"\nmethod = "{mean}"'),
    )
    answer = client.get(reverse("indicators:index_xlsx", args=["cities"]))
    book = Reckoner(io.BytesIO(answer.content))
    found = indices.of(recipe)
    heads = [cell.value for cell in book.book["Scores"][1]]
    for y, _unit in enumerate(found.result.units, 2):
        for x, code in enumerate(heads[1:-1], 1):
            place = f"{get_column_letter(x + 1)}{y}"
            assert book.value("Scores", place) == pytest.approx(found.result.values[code][y - 2], rel=1e-12)
            live = str(book.book["Scores"][place].value).startswith("=")
            assert live == (mean != "median"), "what no formula holds stands as a value"
        assert book.value("Scores", f"{get_column_letter(len(heads))}{y}") == found.result.ranks["top"][y - 2]
    for x, code in enumerate(found.framework.indicators, 2):
        value = book.value("Normalised", f"{get_column_letter(x)}2")
        assert value == pytest.approx(found.result.values[code][0], rel=1e-12)


def test_a_changed_cell_moves_the_workbooks_scores(client, index):
    content = client.get(reverse("indicators:index_xlsx", args=["cities"])).content
    before, after = Reckoner(io.BytesIO(content)), Reckoner(io.BytesIO(content))
    top = get_column_letter(before.book["Scores"].max_column - 1)
    after.book["Data"]["B6"].value += 1
    assert after.value("Scores", f"{top}6") > before.value("Scores", f"{top}6")


def test_the_editor_shows_who_moves_and_saves_under_another_name(client, index, make_user):
    client.force_login(make_user("analyst"))
    url = reverse("indicators:recipe", args=["cities"])
    assert client.get(url).status_code == 200
    given = {
        "use.impute": "on",
        "impute.method": "mean",
        "use.normalise": "on",
        "normalise.method": "minmax",
        "normalise.range": "[1, 100]",
        "use.aggregate": "on",
        "aggregate.method": "geometric",
    }
    preview = client.post(url, given, headers={"HX-Request": "true"})
    assert preview.status_code == 200 and preview.context["changed"] == ["impute", "aggregate"]
    bad = client.post(url, {**given, "normalise.range": "[9, 1]"}, headers={"HX-Request": "true"})
    assert "normalise.range" in bad.content.decode()
    done = client.post(url, {**given, "save": "1", "code": "cities-geo", "name_zh": "几何"})
    assert done.status_code == 302
    assert Recipe.objects.get(code="cities-geo").runs.count() == 1
    compared = client.get(reverse("indicators:compare", args=["cities"])).context
    assert compared["other"].code == "cities-geo" and compared["pairs"]


def test_weights_and_what_is_uncertain_are_changed_in_the_editor(client, index, make_user):
    client.force_login(make_user("analyst"))
    url = reverse("indicators:recipe", args=["cities"])
    given = {
        "use.normalise": "on",
        "normalise.range": "[1, 100]",
        "use.aggregate": "on",
        "weight.left": "3",
        "weight.right": "1",
        "uncertain": "1",
        "uncertain.weights": "on",
        "noise": "0.1",
        "code": "cities",
        "save": "1",
    }
    for change, word in (
        ({"weight.left": "much"}, "left"),
        ({"weight.left": "0"}, "left"),
        ({"noise": "2"}, "2"),
    ):
        answer = client.post(url, {**given, **change})
        assert answer.status_code == 200 and word in answer.context["fault"]
    assert client.post(url, given).status_code == 302
    kept = read_recipe(Recipe.objects.get(code="cities").text.encode())
    assert kept.stage("weigh").parameters["weights"] == {"left": 3.0}
    assert [(each.name, each.noise) for each in kept.uncertain] == [("weights", 0.1)]
    shown = client.get(url).content.decode()
    assert 'name="weight.left" value="3.0"' in shown and 'name="uncertain.mean"' in shown


def test_an_index_is_made_of_an_uploaded_table(client, make_user):
    client.force_login(make_user("analyst"))
    table = "city,year,x,y\n甲,2024,1,9\n乙,2024,2,3\n丙,2024,3,\n".encode()
    body = {"name_zh": "新指数", "code": "new", "lower": "y", "data": SimpleUploadedFile("x.csv", table)}
    assert client.post(reverse("indicators:index_new"), body).status_code == 302
    assert client.get(reverse("indicators:index", args=["new"])).status_code == 200
    bad = {"name_zh": "坏", "code": "bad", "data": SimpleUploadedFile("x.csv", b"city,x\na,1\na,2\n")}
    assert "'a'" in client.post(reverse("indicators:index_new"), bad).content.decode().replace("&#x27;", "'")
    assert not Recipe.objects.filter(code="bad").exists()


def test_external_values_are_imported_checked_and_the_same_twice(client, make_user):
    client.force_login(make_user("analyst"))
    url = reverse("indicators:external_import")
    good = "index,edition,dimension,city,year,value,rank,source\nI,2024,,甲,2024,,3,报告\nI,2024,科学,甲,2024,5.5,,报告\n"
    for _time in range(2):
        tried = client.post(url, {"file": SimpleUploadedFile("a.csv", good.encode())})
        assert tried.status_code == 200 and not tried.context["faults"]
        client.post(url, {"token": tried.context["token"]})
        assert ExternalValue.objects.count() == 2
    bad = SimpleUploadedFile("a.csv", good.replace("2024,5.5", "2024,five").encode())
    fault = client.post(url, {"file": bad}).context["faults"][0]
    assert (fault["row"], fault["column"], fault["value"]) == (3, "value", "five")
    client.cookies["django_language"] = "en"
    assert "missing" in client.get(reverse("indicators:external")).content.decode()


def test_a_return_goes_from_draft_to_the_numbers(client, form, make_user):
    office = Organisation.objects.create(name_zh="甲区")
    reporter = make_user("reporter", organisation=office, name="reporter")
    client.force_login(reporter)
    answer = client.post(
        reverse("indicators:form", args=["contracts"]), {"organisation": office.pk, "year": 2024}
    )
    url = answer["Location"]
    refused = client.post(url, {"total": "10", "here": "4", "away": "5", "submit": "1"})
    assert refused.status_code == 200 and "9" in refused.content.decode()
    assert client.post(url, {"total": "9", "here": "4", "away": "5", "submit": "1"}).status_code == 302
    filing = Return.objects.get()
    assert filing.stage == "submitted"
    assert (
        client.post(reverse("indicators:return_approve", args=[filing.pk]), {"confirm": 1}).status_code == 403
    )
    client.force_login(make_user("analyst", name="analyst"))
    assert (
        client.post(reverse("indicators:return_approve", args=[filing.pk]), {"confirm": 1}).status_code == 302
    )
    actions.recompute(SYSTEM)
    for address in ("metric", "why"):
        page = client.get(reverse(f"indicators:{address}", args=["total"]))
        assert page.status_code == 200 and "甲区" in page.content.decode()
    client.logout()
    assert "甲区" not in client.get(reverse("indicators:why", args=["total"])).content.decode()
    assert "甲区" not in client.get(reverse("indicators:download", args=["total", "csv"])).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_member_pages_render(client, form, index, make_user, language):
    client.force_login(make_user("analyst"))
    client.cookies["django_language"] = language
    office = Organisation.objects.create(name_zh="甲区")
    from datetime import date

    filing = actions.open_return(SYSTEM, office, form, date(2024, 1, 1), date(2024, 12, 31))
    actions.recompute(SYSTEM)
    for name, args in (
        ("returns", []),
        ("forms", []),
        ("form", ["contracts"]),
        ("form_new", []),
        ("form_edit", ["contracts"]),
        ("returns_import", ["contracts"]),
        ("return", [filing.pk]),
        ("index_new", []),
        ("recipe", ["cities"]),
        ("recipe_run", ["cities"]),
        ("external_import", []),
        ("recompute", []),
        ("set_target", ["total"]),
        ("publish", ["total"]),
        ("redefine", ["total"]),
        ("metric", ["total"]),
    ):
        answer = client.get(reverse(f"indicators:{name}", args=args))
        assert answer.status_code == 200, (name, answer.status_code)


def test_lists_of_ten_thousand_rows(client, form, make_user, django_assert_max_num_queries):
    from datetime import date

    from django.utils import timezone

    client.force_login(make_user("analyst"))
    facts = {"index": "I", "edition": "1", "source": "x", "year": 2020}
    many(ExternalValue(**facts), 10_001, city_zh=lambda n: f"市{n}", rank=lambda n: n)
    offices = many(Organisation(), 2_001, name_zh=lambda n: f"单位{n}")
    many(
        Return(form=form, changed_at=timezone.now(), stage="approved"),
        10_005,
        organisation_id=lambda n: offices[n // 5],
        start=lambda n: date(2019 + n % 5, 1, 1),
        end=lambda n: date(2019 + n % 5, 12, 31),
    )
    for name in ("external", "returns"):
        for query in ("", "?q=1&sort=year", "?group=organisation&group=city_zh", "?export=json"):
            with django_assert_max_num_queries(40):
                answer = client.get(reverse(f"indicators:{name}") + query)
                assert answer.status_code == 200
                body = b"".join(answer) if answer.streaming else answer.content
        assert body.count(b"\n") >= 10_000


def test_the_profile_of_a_unit_and_the_weights_by_program(client, index):
    page = client.get(reverse("indicators:city", args=["cities", "乙"]) + "?year=2024").context["profile"]
    found = client.get("/api/indicators/indices/cities/units/乙?year=2024").json()
    assert [line["code"] for line in found["strengths"]] == [line.code for line in page.strengths]
    assert [step["needed"] for step in found["lifts"]] == [step.needed for step in page.lifts]
    assert found["low"] <= found["rank"] <= found["high"]
    weights = client.get("/api/indicators/indices/cities/weights").json()["weights"]
    assert {row["code"] for row in weights} == {"a", "b", "c"}
    assert sum(row["given"] for row in weights) == pytest.approx(1)
    missing = client.get("/api/indicators/indices/cities/units/戊")
    assert missing.status_code == 422 and missing.json()["field"] == "unit"
