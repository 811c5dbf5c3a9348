"""Pictures of a reference centre: schematic drawings of its folder, added as photos by the act people use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kechuang.core.acts import SYSTEM
from kechuang.facilities.actions.photos import add_photo, picture_of
from kechuang.facilities.engine.pictures import Picture
from kechuang.facilities.models import Resource


def load_photos(rows: list[dict[str, Any]], folder: Path) -> None:
    """`rows`: a drawing of `folder`, what it shows, and the names of those it stands for."""
    pictures = drawn([folder / f"{row['drawing']}.svg" for row in rows])
    for resource in Resource.objects.select_related("owner", "facility__cluster").order_by("pk"):
        names = _names(resource)
        for row, picture in zip(rows, pictures, strict=True):
            if not names.isdisjoint(row["of"]):
                words = {"shows_zh": row["shows_zh"], "shows_en": row["shows_en"]}
                add_photo(SYSTEM, resource, f"{row['drawing']}.png", picture, synthetic=True, **words)


def _names(resource: Resource) -> set[str]:
    """What a resource is drawn as: by its code, as a large facility, by an instrument's capability, else by its kind."""
    if resource.facility_id:
        return {resource.code, "large facility"}
    return {resource.capability if resource.kind == Resource.Kind.INSTRUMENT else resource.kind}


def drawn(paths: list[Path]) -> list[Picture]:
    """Drawings (SVG) as pictures."""
    import typst

    images = "".join(
        f'#image(bytes(sys.inputs.at("{n}")), format: "svg", width: 100%)\n' for n in range(len(paths))
    )
    layout = f"#set page(width: 960pt, height: 720pt, margin: 0pt)\n{images}"
    inputs = {str(n): path.read_text() for n, path in enumerate(paths)}
    pages = typst.compile(layout.encode(), format="png", ppi=96, sys_inputs=inputs)
    return [picture_of(SimpleUploadedFile(path.name, page)) for path, page in zip(paths, pages, strict=True)]
