"""Photos of a resource: shown to whoever may see it, added, described, exchanged and removed by its keepers."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core.web.acts import ActPage
from kechuang.facilities import actions
from kechuang.facilities.models import Photo
from kechuang.facilities.web.common import FileField, RowPage
from kechuang.facilities.web.resources import visible_resource

A_YEAR = 365 * 24 * 3600


def photo(request, pk: int, digest: str):
    """A photo, or its small one, of a resource the visitor may see; an exchanged photo has another address."""
    row = get_object_or_404(Photo.objects.select_related("file", "small"), pk=pk)
    visible_resource(request, row.resource_id)
    for file in (row.small, row.file):
        if file.digest.startswith(digest):
            headers = {"Cache-Control": f"private, max-age={A_YEAR}, immutable"}
            return FileResponse(file.content.open(), content_type=file.media_type, headers=headers)
    raise Http404


class PhotoForm(forms.ModelForm):
    file = forms.FileField(
        label=gettext_lazy("Picture (PNG or JPEG)"),
        help_text=gettext_lazy("At most 20 MiB. Place and camera that stand in the file are removed."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    field_order = ["file", "shows_zh", "shows_en"]

    class Meta:
        model = Photo
        fields = ["shows_zh", "shows_en"]
        help_texts = {
            "shows_zh": gettext_lazy("One sentence; it stands below the picture and is read to the blind.")
        }


class ChangePhotoForm(PhotoForm):
    file = FileField(
        label=gettext_lazy("Another picture (PNG or JPEG)"),
        help_text=gettext_lazy("Leave it empty to keep the picture."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )


def _given(form) -> dict:
    """Words and, where one was uploaded, the picture. Raises Refusal."""
    words = {name: form.cleaned_data[name] for name in ("shows_zh", "shows_en")}
    upload = form.cleaned_data["file"]
    return words | ({"name": upload.name, "picture": actions.picture_of(upload)} if upload else {})


class AddPhoto(RowPage):
    verb = "facilities.add_photo"
    title = submit = gettext_lazy("Add a photo")
    form_class = PhotoForm

    def find(self):
        return Photo(resource=visible_resource(self.request, self.kwargs["pk"]))

    def about(self):
        return self.row.resource

    @property
    def intro(self):
        return str(self.row.resource)

    def store(self, form):
        actions.add_photo(self.request.user, self.row.resource, **_given(form))

    def get_success_url(self):
        return self.row.resource.get_absolute_url()


class ChangePhoto(AddPhoto):
    verb = "facilities.change_photo"
    title = gettext_lazy("Photo")
    submit = gettext_lazy("Save the photo")
    form_class = ChangePhotoForm

    def find(self):
        row = get_object_or_404(Photo.objects.select_related("resource"), pk=self.kwargs["pk"])
        visible_resource(self.request, row.resource_id)
        return row

    def about(self):
        return self.row

    def store(self, form):
        actions.change_photo(self.request.user, self.row, **_given(form))


class RemovePhoto(ActPage):
    verb = "facilities.remove_photo"
    title = button = gettext_lazy("Remove the photo")
    danger = True

    def target(self):
        return get_object_or_404(Photo, pk=self.kwargs["pk"])

    def perform(self, form):
        actions.remove_photo(self.request.user, self.object)
        return _("The photo is removed.")

    def done_url(self):
        return self.object.resource.get_absolute_url()
