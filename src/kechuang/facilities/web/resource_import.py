"""Import of resources: a trial with every fault named, then all or nothing."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from kechuang.core.web.importing import ImportPage
from kechuang.facilities import actions
from kechuang.facilities.actions.import_resources import read_resources, resource_columns


class ImportResources(ImportPage):
    verb = "facilities.import_resources"
    title = gettext_lazy("Import resources")
    intro = gettext_lazy(
        "A row a resource; amounts in yuan. The table is checked as a whole: with one wrong row nothing is stored. The same table twice changes nothing."
    )

    def fields(self):
        return resource_columns(self.request.user)

    def read(self, stored):
        with stored.content.open("rb") as content:
            return read_resources(self.request.user, content.read(), stored.name)

    def take(self, sheet, source):
        return actions.import_resources(self.request.user, sheet, source)

    def done_url(self) -> str:
        return reverse("facilities:catalogue")
