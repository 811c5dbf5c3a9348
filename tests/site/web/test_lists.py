"""Every list of the product takes every filter, order, group and column that it offers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

from kechuang.core.models import Organisation
from kechuang.core.web.listing import DateFacet, ListPage
from tests.accounts import account

pytestmark = pytest.mark.django_db


def lists(resolver=None, within: str = "") -> Iterator[tuple[str, type[ListPage]]]:
    """Address name and page of each list that stands by itself."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            page = getattr(entry.callback, "view_class", None)
            if page and issubclass(page, ListPage) and not entry.pattern.converters:
                yield f"{within}{entry.name}", page
        elif entry.app_name not in ("", None) or within == "":
            yield from lists(entry, f"{entry.namespace}:" if entry.namespace else within)


LISTS = dict(lists())


def queries(page: type[ListPage]) -> Iterator[str]:
    """All that the list's own menus can put into its address."""
    yield "q=x"
    for facet in page.facets:
        if isinstance(facet, DateFacet):
            yield f"{facet.key}_from=2020-01-01&{facet.key}_to=2030-12-31"
        else:
            yield f"{facet.key}=x&{facet.key}=~"
            yield from (f"{facet.key}={value}" for value in list(getattr(facet.choices, "keys", tuple)())[:3])
    for column in page.columns:
        yield f"cols={column.key}" + (f"&sort=-{column.key}" if column.sort_field else "")
    yield from (f"group={key}" for key in page.groups)
    yield from (str(view.query) for view in page.views)


def test_lists_are_found():
    assert len(LISTS) > 20


@pytest.mark.parametrize("name", LISTS)
def test_every_menu_of_a_list_works(client, make_user, name):
    client.force_login(make_user("admin", clearance=3))
    Organisation.objects.create(name_zh="某所", founded=date(2020, 1, 1))
    wrong = {
        query: status
        for query in queries(LISTS[name])
        if (status := client.get(f"{reverse(name)}?{query}").status_code) != 200
    }
    assert wrong == {}


def test_who_holds_a_role_twice_is_listed_once(client, make_user):
    for place in ("甲局", "乙局"):
        account("officer", organisation=Organisation.objects.create(name_zh=place), name="two-offices")
    client.force_login(make_user("admin"))
    rows = client.get("/users/?role=officer&role=admin").context["rows"]
    names = [row["cells"][0]["html"] for row in rows]
    assert len(names) == len(set(names))
