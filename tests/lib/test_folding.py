"""One folding of names, and the columns that keep it beside them."""

import ast

import pytest
from django.apps import apps
from django.db import models

from demo.factories import ApplicationFactory, AttendeeFactory, CompanyFactory
from forums.models import Attendee, Representative
from jobs.enums import ContractType, OfferKind
from jobs.models import JobDetails, Offer
from jobs.services.bulk import OfferEntry, create_offers, update_offers
from medinjob.lib.folding import FoldingQuerySet, fold_rows, folded, folded_fields, looked_for, name_key
from tests.linear.found import sources

KEPT = sorted((model for model in apps.get_models() if folded_fields(model)), key=lambda model: model._meta.label)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Wzór", "lukasz"), ("Bjørn Prøve", "prove bjorn"), ("Gülşah Işık", "isik"),
        ("Weißmann Eva", "weissmann"), ("Ольга Образец", "ОЛЬГА"), ("Ёлкина Анна", "елкина"),
        ("李小龍", "小龍"), ("김민수", "김민"), ("Νίκος", "νικος"), ("Awa N’Diaye", "ndiaye"),
        ("Awa N'Diaye", "n'diaye"), ("Awa N`Diaye", "n diaye"), ("Awa NDiaye", "n’diaye"),
        ("Sean O‘Connor", "oconnor"), ("Jeanne d´Arc", "darc"), ("Kaleo ʻOkina", "okina"),
        ("L’Œuvre", "oeuvre"), ("Jean-Pierre Modèle", "modele jean"),
        ("Jean-Pierre Modèle", "jeanpierre"), ("Jean‑Luc", "jean-luc"),
        ("Đặng Thị Mẫu", "dang thi mau"), ("İpek", "ipek"), ("Ħal", "hal"), ("Þóra", "thora"),
        ("Æsa", "aesa"), ("Ｊｕｌｉｅ", "julie"), ("STRAẞE", "strasse"),
        ("Lluís Coŀlell", "collell"), ("محمّد", "محمد"), ("ÉTOILE", "étoile"),
        ("Étoile\u00a0Bleue", "bleue etoile"), ("e\u0301toile", "étoile"),
        ("Großmann", "GROSSMANN"), ("Zoë", "zoe"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_typed(name, typed):
    assert looked_for(typed)
    assert all(word in folded(name) for word in looked_for(typed))


@pytest.mark.parametrize(
    ("name", "typed"), [("Łucja", "lucie"), ("Кира", "мира"), ("王小明", "小王"), ("Jean Modèle", "jeanne")]
)
def test_another_name_is_not_found(name, typed):
    assert not all(word in folded(name) for word in looked_for(typed))


@pytest.mark.parametrize("typed", ["", " ", "!?", "’", "-"])
def test_nothing_typed_is_no_word(typed):
    assert looked_for(typed) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zoé Çelik", "CELIK zoe"), ("李 雷", "雷 李"), ("N'Diaye Awa", "Awa Ndiaye"), ("Łukasz", "lukasz")],
)
def test_one_name_has_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("李雷", "王伟"), ("محمد", "علي"), ("?", "!"), ("Ana", "Anna")])
def test_other_names_have_other_keys(one, other):
    assert name_key(one) != name_key(other)


def test_every_model_that_folds_a_name_keeps_it_right_whatever_writes():
    assert KEPT
    for model in KEPT:
        assert issubclass(model._default_manager._queryset_class, FoldingQuerySet), model


@pytest.mark.django_db
def test_each_way_of_writing_keeps_the_folded_name():
    attendee = AttendeeFactory(name="Renée Modèle")
    rows = Attendee.objects
    assert rows.get().name_folded == " renee modele"
    rows.update(name="Zoë")
    assert rows.get().name_folded == " zoe"
    attendee.name = "Chloé"
    attendee.save()
    assert rows.get().name_folded == " chloe"
    attendee.name = "Léa"
    rows.bulk_update([attendee], ["name"])
    assert rows.get().name_folded == " lea"
    attendee.edition.attendees.update(name="")
    assert rows.get().name_folded == ""
    with pytest.raises(TypeError):
        rows.update(name=models.F("email"))


@pytest.mark.django_db
def test_raw_and_bulk_writes_of_offers_keep_their_folded_titles():
    new = Offer(kind=OfferKind.JOB, title="Développeuse", employer_name="Étoile")
    create_offers(entries=[OfferEntry(offer=new, details=JobDetails(contract=ContractType.CDI))])
    offer = Offer.objects.get()
    assert (offer.title_folded, offer.employer_folded) == (" developpeuse", " etoile")

    offer.title = "Ingénieur réseau"
    update_offers(entries=[OfferEntry(offer=offer, details=JobDetails(contract=ContractType.CDI))])
    assert Offer.objects.get().title_folded == " ingenieur reseau"


@pytest.mark.django_db
def test_rows_from_before_are_filled():
    CompanyFactory(name="Été")
    ApplicationFactory(name="Noé")
    for model in KEPT:
        plain = models.QuerySet(model)
        before = {field.name: list(plain.values_list(field.name, flat=True)) for field in folded_fields(model)}
        plain.update(**dict.fromkeys(before, "stale"))
        fold_rows(model, batch=2)
        assert before == {name: list(plain.values_list(name, flat=True)) for name in before}
    assert Representative in KEPT


def test_no_list_looks_for_a_name_by_itself():
    """A name is looked for in its folded column, which the database compares as it is."""
    names = {field.of for model in KEPT for field in folded_fields(model)} | {"label", "job_title"}
    lookups = {f"{name}__{how}" for name in names for how in ("icontains", "contains", "istartswith")}
    found = {
        (path, word)
        for path, tree in sources()
        for node in ast.walk(tree)
        for word in words_of(node)
        if any(word == lookup or word.endswith(f"__{lookup}") for lookup in lookups)
    }
    assert found - BESIDE_A_FOLDED_ONE == set()


def words_of(node):
    if isinstance(node, ast.Call):
        return [keyword.arg or "" for keyword in node.keywords]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


# A place as its offer has it, beside the commune's own folded name.
BESIDE_A_FOLDED_ONE = {("jobs/filters/recruiter.py", "places__label__icontains")}


def test_nothing_saves_a_name_without_its_folding():
    """`save(update_fields=...)` writes what it is told: no name that is folded."""
    names = {field.of for model in KEPT for field in folded_fields(model)}
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "update_fields" and isinstance(node.value, ast.List):
                told = {item.value for item in node.value.elts if isinstance(item, ast.Constant)}
                assert not told & names or path.startswith("accounts/"), path
