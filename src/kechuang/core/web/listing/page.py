"""The list page: everything about it stands in its address."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseNotAllowed, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views import View as DjangoView

from kechuang.core import clock
from kechuang.core.acts import may
from kechuang.core.models import SavedView
from kechuang.core.web import states
from kechuang.core.web.listing import export
from kechuang.core.web.listing.columns import BulkAct, Column, Row, View
from kechuang.core.web.listing.facets import DateFacet, Facet
from kechuang.core.web.listing.paging import CURSORS, Page, fetch, keys_for, ordered
from kechuang.core.web.listing.views import saved_views

COUNT_UP_TO = 10_000
PREPARED = 500  # exported rows that are made ready together


class ListPage(ABC, DjangoView):
    """Subclass, declare, and override `queryset` (and `row_url`); see core/web/README.md."""

    key: str
    title: str
    intro: str = ""
    columns: Sequence[Column] = ()
    facets: Sequence[Facet | DateFacet] = ()
    search_fields: Sequence[str] = ()
    views: Sequence[View] = ()
    bulk: Sequence[BulkAct] = ()
    groups: Sequence[str] = ()
    default_sort: str = ""
    page_size: int = 50
    empty_title: str = ""
    empty_text: str = ""
    template_name: str = "core/list.html"

    # ---- what a subclass says

    @abstractmethod
    def queryset(self) -> QuerySet:
        """All rows this person (self.request.user) may see."""

    def row_url(self, row: Row) -> str | None:
        """Address of the row's record."""
        return None

    def acts(self) -> list:
        """Buttons at the head of the page: `Act`s of core.web.record."""
        return []

    def extra(self) -> dict:
        """More context for a template that extends core/list.html."""
        return {}

    def search(self, queryset: QuerySet, text: str) -> QuerySet:
        """Every word must stand in one of `search_fields`."""
        for word in text.split():
            condition = Q()
            for field in self.search_fields:
                condition |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(condition)
        return queryset

    # ---- the address

    @cached_property
    def params(self) -> QueryDict:
        return self.request.GET

    def address(self, **changes) -> str:
        """This list's address with some parameters changed (None removes) and the cursor taken off."""
        values = {name: texts for name, texts in self._lasting if name not in changes}
        for name, value in changes.items():
            if value is not None:
                values[name] = value if isinstance(value, list) else [value]
        return f"?{urlencode(values, doseq=True)}"

    @cached_property
    def _lasting(self) -> list[tuple[str, list[str]]]:
        """Parameters of the address that hold for the list, not for one page of it."""
        return [(name, texts) for name, texts in self.params.lists() if name not in (*CURSORS, "export")]

    @cached_property
    def text(self) -> str:
        return self.params.get("q", "").replace("\x00", "").strip()

    def chosen(self, facet: Facet) -> list[str]:
        return [value.replace("\x00", "") for value in self.params.getlist(facet.key)]

    @cached_property
    def shown_columns(self) -> list[Column]:
        wanted = set(self.params.getlist("cols"))
        if not wanted:
            return [column for column in self.columns if not column.optional]
        return [column for i, column in enumerate(self.columns) if i == 0 or column.key in wanted]

    @cached_property
    def sorting(self) -> list[tuple[Column, bool]]:
        """Sort columns with direction; unknown ones are ignored."""
        by_key = {column.key: column for column in self.columns if column.sort_field}
        for text in (self.params.get("sort", ""), self.default_sort):
            found = [
                (by_key[k.lstrip("-")], k.startswith("-")) for k in text.split(",") if k.lstrip("-") in by_key
            ]
            if found:
                return found
        return []

    @cached_property
    def group(self) -> Column | None:
        key = self.params.get("group", "")
        return next((c for c in self.columns if c.key == key and key in self.groups and c.sort_field), None)

    # ---- the rows

    def filtered(self, without: Facet | DateFacet | None = None) -> QuerySet:
        """Rows by search and all facets (but one, for that one's counts)."""
        rows = self.queryset()
        for facet in self.facets:
            if facet is without:
                continue
            if isinstance(facet, DateFacet):
                ends = (self.params.get(f"{facet.key}_from", ""), self.params.get(f"{facet.key}_to", ""))
                rows = facet.filter(rows, *ends)
            else:
                rows = facet.filter(rows, self.chosen(facet))
        return self.search(rows, self.text) if self.text and self.search_fields else rows

    @classmethod
    def selected(cls, request) -> QuerySet:
        """For the page of a bulk act: the rows that were ticked, or all that matched ("all")."""
        page = cls()
        page.request = request
        if request.POST.get("all"):
            page.params = QueryDict(request.POST.get("query", "").lstrip("?"))
            return page.filtered()
        chosen = [pk for pk in request.POST.getlist("pk") if pk]
        try:
            return page.queryset().filter(pk__in=chosen)
        except (ValueError, TypeError):
            return page.queryset().none()

    def _keys(self):
        sorts = [(self.group.sort_field, False)] if self.group else []
        sorts += [(column.sort_field, down) for column, down in self.sorting if column is not self.group]
        return keys_for(self.queryset().model, sorts)

    def _fields(self, columns: Sequence[Column]) -> list[str]:
        shown = [*columns, *([self.group] if self.group else [])]
        return list(
            dict.fromkeys([*(field for column in shown for field in column.reads), *self.row_fields()])
        )

    def row_fields(self) -> Sequence[str]:
        """Further fields that `row_url` or cells need."""
        return ()

    def prepare(self, rows: list[Row]) -> None:
        """Put into the rows what their cells need and is best read for many at once."""

    def page(self) -> Page:
        cursors = {name: self.params.get(name, "") for name in CURSORS}
        return fetch(
            self.filtered(), self._fields(self.shown_columns), self._keys(), self.page_size, **cursors
        )

    def _rows(self, rows: list[Row]) -> Iterator[dict]:
        """Cells ready to show; `group` is set where a new group begins."""
        last = object()
        columns = [
            (c, c.css if i else f"head {c.css}", str(c.label)) for i, c in enumerate(self.shown_columns)
        ]
        self.prepare(rows)
        for row in rows:
            heading = None
            if self.group and (value := self.group.plain(row)) != last:
                last, heading = value, self.group.show(row) or "—"
            url = self.row_url(row)
            cells = [
                {"html": column.show(row, None if i else url), "css": css, "label": label}
                for i, (column, css, label) in enumerate(columns)
            ]
            yield {"pk": row["pk"], "cells": cells, "group": heading, "url": url}

    # ---- answers

    def get(self, request, *args, **kwargs) -> HttpResponse:
        if (form := request.GET.get("export")) in export.TYPES:
            return self._export(form, self.filtered())
        partial = request.htmx.target == "list" and not request.htmx.history_restore_request
        answer = render(request, "core/list_body.html" if partial else self.template_name, self.context())
        patch_vary_headers(answer, ["HX-Request"])
        return answer

    def post(self, request, *args, **kwargs) -> HttpResponse:
        """The selected rows as a file."""
        form = request.POST.get("export", "")
        if form not in export.TYPES:
            return HttpResponseNotAllowed(["GET"])
        return self._export(form, self.selected(request))

    def context(self) -> dict:
        page, chips = self.page(), self._chips()
        total = self._count(self.filtered()) if page.following or page.preceding else len(page.rows)
        return {
            "list": self,
            "rows": list(self._rows(page.rows)),
            "heads": [self._head(column) for column in self.shown_columns],
            "page": page,
            "next_url": page.following and self.address(after=page.following),
            "previous_url": page.preceding and self.address(before=page.preceding),
            "total": min(total, COUNT_UP_TO),
            "more_than": total > COUNT_UP_TO,
            "facets": [self._facet(facet, total) for facet in self.facets],
            "chips": chips,
            "view_links": self._view_links(),
            "bulk_acts": [act for act in self.bulk if not act.verb or may(self.request.user, act.verb)],
            "column_options": [
                {"column": c, "shown": c in self.shown_columns, "locked": i == 0}
                for i, c in enumerate(self.columns)
            ],
            "group_options": self._group_options(),
            "export_links": [(form, self.address(export=form)) for form in export.TYPES],
            "query": self.address(),
            "filtering": bool(self.text or chips),
            **self.extra(),
        }

    @staticmethod
    def _count(queryset: QuerySet) -> int:
        return queryset.order_by().values("pk")[: COUNT_UP_TO + 1].count()

    def _head(self, column: Column) -> dict:
        down = next((down for c, down in self.sorting[:1] if c is column), None)
        target = column.key if down in (None, True) else f"-{column.key}"
        return {
            "label": column.label,
            "css": column.css,
            "url": self.address(sort=target) if column.sort_field else "",
            "sorted": "" if down is None else "descending" if down else "ascending",
        }

    def _facet(self, facet: Facet | DateFacet, total: int) -> dict:
        if isinstance(facet, DateFacet):
            names = (f"{facet.key}_from", f"{facet.key}_to")
            ends = [{"name": name, "value": self.params.get(name, "")} for name in names]
            return {
                "facet": facet,
                "ends": ends,
                "chosen": any(end["value"] for end in ends),
                "others": self._others(names),
            }
        chosen = self.chosen(facet)
        base = self.filtered(without=facet)
        size = self._count(base) if chosen else total
        options = facet.options(base, chosen, counting=size <= COUNT_UP_TO)
        links = [
            (option, self.address(**{facet.key: self._toggled(chosen, option.value)})) for option in options
        ]
        found = {"facet": facet, "options": links, "chosen": chosen}
        if facet.bar:
            found["counts"] = {o.value: o.count or 0 for o in options if o.value in states.LABELS}
            found["urls"] = {
                o.value: self.address(**{facet.key: None if o.chosen else o.value})
                for o in options
                if o.value in states.LABELS
            }
        return found

    @staticmethod
    def _toggled(chosen: list[str], value: str) -> list[str] | None:
        rest = [v for v in chosen if v != value] if value in chosen else [*chosen, value]
        return rest or None

    def _others(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """Parameters a small form of the list must carry along."""
        skip = {*names, *CURSORS, "export"}
        return [(name, value) for name, values in self.params.lists() if name not in skip for value in values]

    def others_than_search(self) -> list[tuple[str, str]]:
        return self._others(["q"])

    def others_than_columns(self) -> list[tuple[str, str]]:
        return self._others(["cols"])

    def _chips(self) -> list[dict]:
        """What is filtered now, each with the address that takes it off."""
        chips = []
        for facet in self.facets:
            if isinstance(facet, DateFacet):
                for name, sign in ((f"{facet.key}_from", "≥"), (f"{facet.key}_to", "≤")):
                    if value := self.params.get(name):
                        chips.append(
                            {"label": f"{facet.label} {sign} {value}", "url": self.address(**{name: None})}
                        )
                continue
            chosen = self.chosen(facet)
            if not chosen:
                continue
            words = {option.value: option.label for option in facet.options(self.queryset().none(), chosen)}
            for value in chosen:
                url = self.address(**{facet.key: self._toggled(chosen, value)})
                chips.append({"label": f"{facet.label}: {words.get(value, value)}", "url": url})
        return chips

    def _view_links(self) -> list[dict]:
        if not self.views and not self.request.user.is_authenticated:
            return []
        own = self.saved_views
        current = self.address().lstrip("?")
        links = [{"label": _("All"), "url": "?", "current": not current}]
        for view in [*self.views, *own]:
            query = str(view.query).lstrip("?")
            label = getattr(view, "label", "") or view.name
            links.append({"label": label, "url": f"?{query}", "current": _same(query, current)})
        return links if len(links) > 1 else []

    @cached_property
    def saved_views(self) -> list[SavedView]:
        return list(saved_views(self.request.user, self.key))

    @property
    def own_views(self) -> list[SavedView]:
        """Those this person may delete."""
        return [view for view in self.saved_views if view.user_id == self.request.user.pk]

    def _group_options(self) -> list[dict]:
        by_key = {column.key: column for column in self.columns}
        chosen = self.group.key if self.group else ""
        return [
            {
                "label": by_key[key].label,
                "chosen": key == chosen,
                "url": self.address(group=None if key == chosen else key),
            }
            for key in self.groups
        ]

    def _export(self, form: str, found: QuerySet) -> HttpResponse:
        columns = self.shown_columns
        keys = self._keys()
        rows = self._prepared(ordered(found, keys).values("pk", *self._fields(columns)).iterator(2000))
        values = ([c.plain(row) if form == "json" else c.exported(row) for c in columns] for row in rows)
        labels = [column.head for column in columns]
        name = f"{self.key}-{clock.today()}.{form}"
        if form == "xlsx":
            answer = HttpResponse(
                export.to_xlsx(str(self.title), labels, values), content_type=export.TYPES[form]
            )
        else:
            lines = (
                export.to_csv(labels, values)
                if form == "csv"
                else export.to_json([c.key for c in columns], values)
            )
            answer = StreamingHttpResponse(lines, content_type=export.TYPES[form])
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def _prepared(self, rows: Iterable[Row]) -> Iterator[Row]:
        rows = iter(rows)
        while batch := list(islice(rows, PREPARED)):
            self.prepare(batch)
            yield from batch


def _same(one: str, other: str) -> bool:
    """Do two queries say the same?"""
    return dict(QueryDict(one).lists()) == dict(QueryDict(other).lists())
