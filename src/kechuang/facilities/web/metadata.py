"""What the world reads of an instrument: PIDINST and DataCite."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from kechuang.facilities.engine import pidinst as metadata
from kechuang.facilities.models import Capability, Resource
from kechuang.facilities.web.resources import visible_resource


def instrument(request, row: Resource) -> metadata.Instrument:
    ror = row.owner.identifiers.filter(scheme="ror").values_list("value", flat=True).first()
    return metadata.Instrument(
        code=row.code,
        landing_page=request.build_absolute_uri(row.get_absolute_url()),
        name_zh=row.name_zh,
        name_en=row.name_en,
        owner_zh=row.owner.name_zh,
        owner_en=row.owner.name_en,
        owner_ror=ror or "",
        contact=row.contact_email,
        kind=str(Resource.Kind(row.kind).label),
        maker=row.maker,
        model=row.model,
        serial=row.serial,
        doi=row.handle if row.handle.startswith("10.") else "",
        about_zh=row.capability_zh,
        about_en=row.capability_en,
        measures=str(Capability(row.capability).label),
        since=row.acquired_on,
        until=row.retired_on,
    )


def pidinst(request, pk: int):
    """PIDINST 1.0 as JSON."""
    found = metadata.to_pidinst(instrument(request, visible_resource(request, pk)))
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1})


def datacite(request, pk: int):
    """DataCite 4.5 as XML."""
    found = metadata.to_datacite(instrument(request, visible_resource(request, pk)))
    return HttpResponse(found, content_type="application/xml; charset=utf-8")
