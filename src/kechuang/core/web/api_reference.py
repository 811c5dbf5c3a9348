"""The API in words: every call with its parameters and fields, made from the OpenAPI description."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Value:
    """A parameter or field: where it stands, its name and type, whether it must be given."""

    where: str
    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Call:
    tag: str
    method: str
    path: str
    summary: str
    values: tuple[Value, ...]

    @property
    def anchor(self) -> str:
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "")


def calls(schema: dict[str, Any]) -> list[Call]:
    """The calls of an OpenAPI description, by part and in the order they are declared."""
    found = [
        Call(operation["tags"][0], method.upper(), path, _words(operation), tuple(_values(operation, schema)))
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    return sorted(found, key=lambda call: call.tag)


def _words(operation: dict[str, Any]) -> str:
    return operation.get("description") or operation.get("summary", "")


def _values(operation: dict[str, Any], schema: dict[str, Any]) -> list[Value]:
    named = [
        Value(p["in"], p["name"], _kind(p["schema"], schema), p.get("required", False))
        for p in operation.get("parameters", ())
    ]
    content = operation.get("requestBody", {}).get("content", {})
    for media, shape in content.items():
        body = _resolved(shape["schema"], schema)
        needed = body.get("required", ())
        where = "body" if media == _JSON else "form"
        named += [
            Value(where, name, _kind(field, schema), name in needed)
            for name, field in body.get("properties", {}).items()
        ]
    return named


def _resolved(shape: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        return schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def _kind(shape: dict[str, Any], schema: dict[str, Any]) -> str:
    shape = _resolved(shape, schema)
    if options := shape.get("anyOf"):
        return " | ".join(_kind(option, schema) for option in options if option.get("type") != "null")
    if "items" in shape:
        return f"[{_kind(shape['items'], schema)}]"
    return shape.get("format") or shape.get("type", "any")


class Reference(DocsBase):
    """The page at /api/docs: plain HTML, nothing from elsewhere, readable without scripts."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        parts = [
            (tag, list(part)) for tag, part in groupby(calls(api.get_openapi_schema()), lambda call: call.tag)
        ]
        context = {"parts": parts, "schema_url": reverse(f"{api.urls_namespace}:openapi-json")}
        return render(request, "core/api_reference.html", context)
