"""Every page of the address book, with odd keys and parameters, as each role and as a visitor: never a 500.

Driven by the resolver and by the OpenAPI schema, so that new pages and calls are tried as they come.
"""

import itertools
import json
from functools import cache

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from kechuang.core import actions
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation, Role
from kechuang.core.web import errors
from tests.asked import listening

pytestmark = pytest.mark.django_db

WHO = ["anonymous", *Role.values, "superuser"]
HUGE, LONG = str(2**63), "9" * 60
ODD = [
    "",
    "'\"<script>alert(1)</script>",
    "%00",
    "%E4%B8%AD%00",
    "￿𠀀é\u202e",
    "-1",
    HUGE,
    "(((*",
    "0000-99-99",
    "../../etc",
]
KEYS = {
    "int": ["1", HUGE, LONG],
    "slug": ["a", "-", "x" * 300],
    "str": ["a", "中'\"<", "x" * 300, "..."],
    "uuid": ["00000000-0000-0000-0000-000000000000"],
    "path": ["a/b", "../x"],
}
EVERY_KEY = {key for keys in KEYS.values() for key in keys}
NAMES = [
    "q",
    "kind",
    "page",
    "after",
    "before",
    "sort",
    "group",
    "cols",
    "export",
    "next",
    "on",
    "date",
    "from",
    "to",
    "state",
    "stage",
    "view",
    "id",
    "ids",
    "year",
    "month",
    "period",
    "lead",
    "level",
    "edition",
    "day",
    "span",
    "pk",
    "limit",
    "blank",
    "due_from",
    "due_to",
    "at_from",
    "at_to",
    "created_from",
    "created_to",
    "words",
    "record",
]
FROM_THE_LIST = {
    "HX-Request": "true",
    "HX-Target": "list",
}  # as a list asks for itself when a filter is chosen
EXPORTS = ["xlsx", "csv", "json", "exe"]


def routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.pattern.converters


def addresses(odd=True):
    """Each page with each of its odd keys, one key at a time (or with the first alone)."""
    for route, converters in routes(get_resolver()):
        if "(?P" in route or "^" in route or route.startswith("api/"):
            continue
        fits = [
            KEYS.get(type(c).__name__.removesuffix("Converter").lower().replace("string", "str"), ["1"])
            for c in converters.values()
        ]
        choices = list(itertools.zip_longest(*fits, fillvalue="1")) if fits else [()]
        for keys in choices if odd else choices[:1]:
            address = "/" + route
            for name, key in zip(converters, keys, strict=True):
                start = address.index("<")
                address = address[:start] + key + address[address.index(">", start) + 1 :]
                assert name
            yield address


def tried(client, address, *, headers=None, **parameters):
    """The status; a 500 names the address."""
    from urllib.parse import quote, urlencode

    query = urlencode(
        parameters, quote_via=lambda text, *rest: text if text.startswith("%") else quote(text), doseq=True
    )
    url = quote(address, safe="/<>") + (f"?{query}" if query else "")
    answer = client.get(url, headers=headers)
    if answer.streaming:
        b"".join(answer.streaming_content)
    assert answer.status_code < 500, f"{url} → {answer.status_code}"
    return answer.status_code


@pytest.fixture
def visitor(client, make_user, request):
    client.raise_request_exception = True
    role = request.param
    client.odd = role in ("anonymous", "superuser")
    parent = actions.save_organisation(SYSTEM, Organisation(name_zh="某委员会"))
    actions.save_organisation(SYSTEM, Organisation(name_zh="某处", parent=parent))
    actions.open_request(make_user("scientist", name="asker"), "question", "问题", "内容")
    if role == "superuser":
        client.force_login(make_user(name="root", is_superuser=True))
    elif role != "anonymous":
        client.force_login(make_user(role, name=f"the-{role}"))
    return client


@pytest.fixture
def one_page_of_each_error(visitor, monkeypatch):
    """Each error's page is drawn once for each odd key: but for the address it is the same wherever it stands."""
    drawn, draw = set(), errors.render

    def once(request, template, context, status):
        odd = frozenset(key for key in EVERY_KEY if f"/{key}/" in f"{request.path}/")
        kind = (status, context["error_title"], context["error_text"], odd)
        if kind in drawn:
            return HttpResponse(status=status)
        drawn.add(kind)
        return draw(request, template, context, status=status)

    monkeypatch.setattr(errors, "render", once)


@pytest.mark.parametrize("visitor", WHO, indirect=True)
@pytest.mark.usefixtures("one_page_of_each_error")
def test_pages_with_odd_keys(visitor):
    for address in addresses(odd=visitor.odd):
        tried(visitor, address)


@pytest.mark.parametrize("visitor", ["anonymous", "superuser"], indirect=True)
def test_pages_with_odd_parameters(visitor, monkeypatch):
    asked = listening(monkeypatch)
    pages = sorted({a for a in addresses() if HUGE not in a and LONG not in a and len(a) < 200})
    for number, page in enumerate(pages):
        asked.clear()
        if tried(visitor, page) == 404:
            continue  # there is no such record: no parameter is read
        shifts = range(0, len(ODD), 4) if asked.any_of(NAMES) else ()
        forms = EXPORTS if asked.any_of(["export"]) else ()
        for shift in shifts:
            tried(
                visitor, page, **{name: ODD[(i + number + shift) % len(ODD)] for i, name in enumerate(NAMES)}
            )
        for form in forms:
            tried(visitor, page, export=form)


@pytest.mark.parametrize("visitor", ["superuser"], indirect=True)
def test_lists_with_each_of_their_filters_odd(visitor):
    from kechuang.core.web.listing import DateFacet, ListPage

    for route, _ in routes(get_resolver()):
        view = getattr(get_view(route), "view_class", None)
        if view is None or not issubclass(view, ListPage) or "<" in route:
            continue
        for facet in view.facets:
            names = [f"{facet.key}_from", f"{facet.key}_to"] if isinstance(facet, DateFacet) else [facet.key]
            for name, value in itertools.product(names, [*ODD, "~", "0001-01-01", "9999-12-31"]):
                tried(visitor, f"/{route}", headers=FROM_THE_LIST, **{name: value})
        for column in view.columns:
            assert (
                tried(visitor, f"/{route}", sort=f"-{column.key}", cols=[c.key for c in view.columns]) == 200
            )


def get_view(route):
    def walk(resolver, prefix=""):
        for entry in resolver.url_patterns:
            here = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, here)
            elif here == route:
                yield entry.callback

    return next(walk(get_resolver()))


# ---- the API

VALUES = {
    "integer": [0, -1, 2**31, 2**63, 10**40, True, "x", None],
    "string": ["", "中" * 5000, "\u0000", "'; DROP TABLE core_event; --", "<script>", 5, None, "9" * 50],
    "boolean": [True, "perhaps"],
    "number": [0, 1e308, -1, "x"],
    "array": [[], ["x"], [2**70], "x", [None]],
    "object": [{}, {"a": "b"}, {"ror": "x" * 500}, []],
}


def kinds_of(schema):
    found = [schema.get("type")] if "type" in schema else [s.get("type") for s in schema.get("anyOf", [])]
    return [kind for kind in found if kind in VALUES] or ["string"]


@cache
def described():
    """The API as it describes itself, which takes as long as many calls."""
    from kechuang.site.api import api

    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def calls():
    schema = described()
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            yield path, method, call, schema["components"]["schemas"]


def bodies(call, schemas):
    content = call.get("requestBody", {}).get("content", {})
    if "application/json" not in content:
        return [None]
    shape = content["application/json"]["schema"]
    shape = schemas[shape["$ref"].rsplit("/", 1)[-1]] if "$ref" in shape else shape
    fields = {name: kinds_of(field)[0] for name, field in shape.get("properties", {}).items()}
    odd = [
        {name: VALUES[kind][turn % len(VALUES[kind])] for name, kind in fields.items()} for turn in range(8)
    ]
    return [*odd, [], {}, "x"]


@pytest.mark.parametrize("visitor", ["anonymous", "scientist", "superuser"], indirect=True)
def test_api_with_odd_input(visitor):
    for path, method, call, schemas in calls():
        parameters = call.get("parameters", [])
        for turn, body in enumerate(bodies(call, schemas) if method != "get" else [None] * 8):
            url, query = path, {}
            for parameter in parameters:
                options = VALUES[kinds_of(parameter["schema"])[0]]
                value = options[turn % len(options)]
                if parameter["in"] == "path":
                    key = str(1 if value in ("", None) else value).replace("\u0000", "0").replace("<", "")
                    url = url.replace("{" + parameter["name"] + "}", key[:200])
                elif value is not None:
                    query[parameter["name"]] = value
            raw = json.dumps(body) if body is not None else ""
            answer = visitor.generic(
                method.upper(), url, raw, content_type="application/json", query_params=query
            )
            assert answer.status_code < 500, f"{method} {url} {query} {raw[:200]} → {answer.status_code}"
            if (
                answer.status_code >= 400
                and answer.status_code != 404
                and "%00" not in answer.request["QUERY_STRING"]
            ):
                assert answer["Content-Type"].startswith("application/problem+json"), (
                    f"{method} {url}: {answer.content[:200]}"
                )


@pytest.mark.parametrize(
    "raw",
    [
        "{",
        b"\xff\xfe{",
        b'{"a": NaN}',
        b'{"q": "\\ud800"}',
        b"[" * 100_000,
        b'{"name_zh": "a\\u0000"}',
    ],
)
def test_api_with_broken_json(raw, client, make_user):
    client.force_login(make_user("admin"))
    answer = client.post("/api/core/organisations", raw, content_type="application/json")
    assert answer.status_code in (400, 422) and answer["Content-Type"] == "application/problem+json"
