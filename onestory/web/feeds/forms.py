"""The forms of feeds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

LARGEST = 5_000_000
"""Bytes of one file that comes through a page; larger ones come by the command."""


class FileForm(forms.Form):
    """A file of a feed."""

    file = forms.FileField(
        label="File",
        error_messages={"required": "Choose a file", "empty": "The file is empty", "missing": "Choose a file"},
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, auto_id="file-%s")

    def clean_file(self) -> UploadedFile:
        """A file that is not too large for a page."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > LARGEST:
            raise forms.ValidationError("The file is larger than 5 megabytes. Have it brought in by the command")
        return file


class SettleForm(forms.Form):
    """Who somebody in an extract is."""

    record = forms.ChoiceField(
        label="Who is it?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose who it is", "invalid_choice": "Choose who it is"},
    )

    SOMEBODY_ELSE = "else"

    def __init__(self, data: Any = None, *, candidates: Iterable[tuple[str, str]] = (), initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="settle-%s")
        field = self.fields["record"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*candidates, (self.SOMEBODY_ELSE, "Somebody whom we do not hold yet")]


class SetUpForm(forms.Form):
    """A feed, and what the columns of its file mean."""

    name = forms.SlugField(
        label="Name of the feed",
        max_length=60,
        help_text="Letters, digits and hyphens, for example oak-school-absence",
        error_messages={"required": "Enter a name", "invalid": "Use letters, digits and hyphens only"},
    )
    team = forms.ChoiceField(label="Team that brings it in", error_messages={"required": "Choose a team"})
    mapping = forms.CharField(
        label="Mapping",
        widget=forms.Textarea({"rows": "20"}),
        max_length=50_000,
        strip=False,
        help_text="What each column means. Begin with one of those that are shipped",
        error_messages={"required": "Enter the mapping"},
    )

    def __init__(self, data: Any = None, *, teams: Iterable[tuple[str, str]] = (), initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="set-up-%s")
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *teams]


class ApproveForm(forms.Form):
    """That a second person stands behind a mapping."""

    approve = forms.BooleanField(
        label="I have read what each column becomes, and it is right",
        error_messages={"required": "Say that you have read it"},
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial, auto_id="approve-%s")
