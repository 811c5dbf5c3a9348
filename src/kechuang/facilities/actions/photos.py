"""Photos of what is shared: added, described anew or exchanged, taken off."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from kechuang.core import files
from kechuang.core.acts import act
from kechuang.core.errors import Refusal
from kechuang.core.events import record
from kechuang.core.models import StoredFile
from kechuang.facilities.actions.common import keeper_of_part, keeper_of_resource
from kechuang.facilities.engine.pictures import BadPicture, Picture, prepared
from kechuang.facilities.models import Photo, Resource

MOST_BYTES = 20 * 1024 * 1024


def picture_of(upload: UploadedFile) -> Picture:
    """The uploaded picture, checked and made ready; a large file is refused unread. Raises Refusal."""
    data = files.received(upload, MOST_BYTES)
    try:
        return prepared(data)
    except BadPicture as error:
        said = {
            "not_a_picture": _("%(name)s is not a picture."),
            "broken": _("%(name)s is a broken picture: it ends early or cannot be decoded."),
            "too_many_pixels": _("%(name)s has too many pixels."),
        }
        raise Refusal(
            said[error.code] % {"name": upload.name}, field="file", remedy=_("Take a PNG or JPEG.")
        ) from error


def _kept(actor: Any, stem: str, picture: Picture) -> dict[str, StoredFile]:
    name = PurePath(stem).stem or "photo"
    return {
        "file": files.keep(actor, f"{name}{picture.ending}", picture.data, secrecy=0),
        "small": files.keep(actor, f"{name}-small{picture.ending}", picture.small, secrecy=0),
    }


def _described(shows_zh: str, shows_en: str) -> dict[str, str]:
    """Words for those who do not see the picture. Raises Refusal."""
    words = {"shows_zh": shows_zh.strip(), "shows_en": shows_en.strip()}
    if not any(words.values()):
        raise Refusal(
            _("Say what the picture shows."),
            field="shows_zh",
            remedy=_("One sentence for those who cannot see it."),
        )
    return words


@act("facilities.add_photo", may=keeper_of_resource)
def add_photo(
    actor: Any,
    row: Resource,
    name: str,
    picture: Picture,
    *,
    shows_zh: str = "",
    shows_en: str = "",
    synthetic: bool = False,
) -> Photo:
    """Add a photo to a resource, with words for those who cannot see it."""
    words = _described(shows_zh, shows_en)
    photo = Photo.objects.create(resource=row, synthetic=synthetic, **words, **_kept(actor, name, picture))
    record(actor, "facilities.add_photo", row, after={"photo": photo.pk, **words}, evidence=[photo.file])
    return photo


@act("facilities.change_photo", may=keeper_of_part)
def change_photo(
    actor: Any,
    photo: Photo,
    *,
    name: str = "",
    picture: Picture | None = None,
    shows_zh: str = "",
    shows_en: str = "",
) -> Photo:
    """Exchange a photo or say better what it shows."""
    before = {"photo": photo.pk, "shows_zh": photo.shows_zh, "shows_en": photo.shows_en}
    changes: dict[str, Any] = _described(shows_zh, shows_en)
    after = {"photo": photo.pk, **changes}
    if picture is not None:
        changes |= {**_kept(actor, name, picture), "synthetic": False}
    for field, value in changes.items():
        setattr(photo, field, value)
    photo.save()
    record(
        actor,
        "facilities.change_photo",
        photo.resource,
        before=before,
        after=after,
        evidence=[photo.file] if picture is not None else [],
    )
    return photo


@act("facilities.remove_photo", may=keeper_of_part)
def remove_photo(actor: Any, photo: Photo) -> None:
    """Take a photo off a resource."""
    before = {"photo": photo.pk, "shows_zh": photo.shows_zh, "shows_en": photo.shows_en}
    record(actor, "facilities.remove_photo", photo.resource, before=before)
    photo.delete()
