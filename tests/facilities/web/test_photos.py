"""Photos by page and API: added, shown in both languages, exchanged, removed; bad files are named and nothing is kept."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kechuang.core.models import Event, StoredFile
from kechuang.facilities.actions import photos
from kechuang.facilities.models import Photo
from tests.facilities.one_of_each import picture

pytestmark = pytest.mark.django_db
WORDS = {"shows_zh": "电镜的镜筒", "shows_en": "The column of the microscope"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def upload(data: bytes, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_a_photo_from_upload_to_removal(house, client):
    tool, keeper = house["tool"], house["users"]["manager"]
    client.force_login(keeper)
    url = reverse("facilities:photo_add", args=[tool.pk])
    assert client.post(url, {"file": upload(picture("red", size=(900, 600))), **WORDS}).status_code == 302
    photo = Photo.objects.latest("pk")
    client.logout()
    for language, words in (("zh-hans", WORDS["shows_zh"]), ("en", WORDS["shows_en"])):
        for page in (tool.get_absolute_url(), reverse("facilities:catalogue")):
            html = client.get(page, HTTP_ACCEPT_LANGUAGE=language).content.decode()
            assert page != tool.get_absolute_url() or f'src="{photo.url}" alt="{words}"' in html
            assert '<img class="thumb"' in html or page == tool.get_absolute_url()
    shown = client.get(photo.small_url)
    assert shown["Content-Type"] == "image/png" and "immutable" in shown["Cache-Control"]
    assert len(b"".join(shown.streaming_content)) < len(b"".join(client.get(photo.url).streaming_content))
    client.force_login(keeper)
    former = photo.url
    edit = reverse("facilities:photo_edit", args=[photo.pk])
    client.post(edit, {"shows_zh": "只改说明", "shows_en": ""})
    photo.refresh_from_db()
    assert photo.shows_zh == "只改说明" and photo.url == former
    client.post(edit, {"file": upload(picture("green", "JPEG"), "b.jpg"), **WORDS})
    photo.refresh_from_db()
    assert photo.url != former and client.get(former).status_code == 404
    assert client.get(photo.url)["Content-Type"] == "image/jpeg"
    client.post(reverse("facilities:photo_remove", args=[photo.pk]), {"confirm": "1"})
    assert not Photo.objects.filter(pk=photo.pk).exists()
    verbs = Event.objects.filter(verb__endswith="_photo").order_by("pk").values_list("verb", flat=True)
    assert [v.split(".")[1] for v in verbs] == ["add_photo"] * 2 + ["change_photo"] * 2 + ["remove_photo"]


@pytest.mark.parametrize(
    ("name", "data", "words", "field"),
    [
        ("a.png", b"no picture", WORDS, "file"),
        ("a.svg", SVG, WORDS, "file"),
        ("a.png", SVG, WORDS, "file"),
        ("a.png", picture(size=(400, 300))[:300], WORDS, "file"),
        ("a.png", picture(), {"shows_zh": " "}, "shows_zh"),
    ],
    ids=["text", "svg", "svg named png", "half a picture", "no words"],
)
def test_bad_photos_are_named_and_nothing_is_kept(house, client, name, data, words, field):
    client.force_login(house["users"]["manager"])
    before = StoredFile.objects.count(), Photo.objects.count()
    page = client.post(
        reverse("facilities:photo_add", args=[house["tool"].pk]), {"file": upload(data, name), **words}
    )
    assert page.status_code == 200 and list(page.context["form"].errors) == [field]
    answer = client.post(
        f"/api/facilities/resources/{house['tool'].pk}/photos", {"file": upload(data, name), **words}
    )
    problem = answer.json()
    assert answer.status_code == 422 and problem["field"] == field and problem["remedy"]
    assert (StoredFile.objects.count(), Photo.objects.count()) == before


def test_a_file_too_large_is_refused_by_its_size(house, client, monkeypatch):
    monkeypatch.setattr(photos, "MOST_BYTES", 100)
    client.force_login(house["users"]["manager"])
    url = f"/api/facilities/resources/{house['tool'].pk}/photos"
    answer = client.post(url, {"file": upload(picture(size=(400, 300))), **WORDS})
    assert answer.status_code == 422 and answer.json()["field"] == "file"


def test_a_photo_through_the_api(house, client):
    client.force_login(house["users"]["manager"])
    url = f"/api/facilities/resources/{house['tool'].pk}"
    made = client.post(f"{url}/photos", {"file": upload(picture("red")), **WORDS}).json()
    changed = client.post(f"/api/facilities/photos/{made['id']}", {"shows_zh": "另一句"}).json()
    assert changed["url"] == made["url"] and changed["shows_zh"] == "另一句" and changed["shows_en"] == ""
    assert client.get(url).json()["photos"][-1] == changed
    assert client.delete(f"/api/facilities/photos/{made['id']}").status_code == 200
    assert len(client.get(url).json()["photos"]) == 1


def test_photos_of_what_is_not_opened_are_not_for_the_public(house, client):
    from kechuang.core.acts import SYSTEM
    from kechuang.facilities import actions

    photo = house["photo"]
    assert client.get(photo.url).status_code == 200
    actions.close_resource(SYSTEM, house["tool"])
    assert client.get(photo.url).status_code == 404
