"""Django's forms in our look: labels, help and errors tied to their field."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from medinjob.gallery import ExampleForm


class One(forms.Form):
    name = forms.CharField(label="Nom", help_text="Celui du registre.", max_length=5)


def squeeze(html):
    return re.sub(r">\s+<", "><", str(html)).strip()


def test_field_has_label_help_and_mark():
    html = squeeze(One()["name"].as_field_group())
    assert '<label for="id_name">Nom<span class="required" aria-hidden="true"> *</span></label>' in html
    assert '<div class="help" id="id_name_helptext">Celui du registre.</div>' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert "wrong" not in html


def test_field_in_error_is_described_by_its_error_and_keeps_what_was_typed():
    html = squeeze(One({"name": "<b>trop long"})["name"].as_field_group())
    assert html.startswith('<div class="field wrong">')
    assert 'id="id_name_error"><li>' in html
    assert 'aria-invalid="true"' in html
    assert "id_name_error" in re.search(r'aria-describedby="([^"]*)"', html)[1]
    assert 'value="&lt;b&gt;trop long"' in html


def test_choices_are_a_fieldset_with_a_legend():
    html = squeeze(ExampleForm()["remote"].as_field_group())
    assert "<fieldset><legend>Télétravail" in html
    assert html.count('<label class="choice"') == 3
    assert 'class="choices inline" id="id_remote"' in html


def test_single_checkbox_is_inside_its_label():
    html = squeeze(ExampleForm()["agreed"].as_field_group())
    assert re.search(r'<label class="choice"><input type="checkbox"[^>]*><span>Ces informations sont exactes', html)


def test_whole_form_begins_with_links_to_what_is_wrong():
    html = squeeze(ExampleForm({"title": "Développeuse", "contract": "cdi"}))
    linked = re.findall(r'<li><a href="#(id_\w+)">', html)
    assert linked == ["id_remote", "id_text", "id_agreed"]
    assert all(f'id="{target}"' in html for target in linked)


def test_error_of_the_whole_form_is_shown_once():
    form = One({"name": "Aix"})
    form.add_error(None, "Cette entreprise existe déjà.")
    assert str(form).count("Cette entreprise existe déjà.") == 1


def test_form_without_error_has_no_summary():
    assert 'role="alert"' not in str(One()) + str(One({"name": "Aix"}))


@pytest.mark.parametrize("required", [True, False])
def test_file_of_before_is_linked_and_removable_when_optional(required):
    class WithLogo(forms.Form):
        logo = forms.FileField(required=required)

    kept = SimpleUploadedFile("logo.png", b"x")
    kept.url = "/media/logos/logo.png"
    html = squeeze(WithLogo(initial={"logo": kept}))
    assert '<a href="/media/logos/logo.png">logo.png</a>' in html
    assert ('name="logo-clear"' in html) is not required


def test_hidden_field_is_rendered_once_without_label():
    class Hidden(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput, initial=3)

    assert squeeze(Hidden()) == '<input type="hidden" name="version" value="3" id="id_version">'
