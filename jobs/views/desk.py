"""What the posting views share: the form of one request, with the offer and the company around it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from companies.enums import CompanyState
from companies.models import Company
from jobs.enums import OfferKind, OfferState
from jobs.forms import FORMS
from jobs.forms.fields import replace_word
from jobs.forms.training import PREFIX
from jobs.models import Offer
from jobs.offer_view import OfferView
from jobs.preview import preview
from jobs.selectors.employers import offer_card
from jobs.selectors.recruiter import offers_to_edit
from jobs.services import editing


class Difference(NamedTuple):
    label: str
    theirs: str
    mine: str


class Desk:
    """`companies` are those to choose from for a new offer, none for an edit."""

    def __init__(self, request: HttpRequest, offer: Offer | None = None, companies: Sequence[Company] = ()) -> None:
        self.request, self.offer, self.companies = request, offer, companies
        self.data = _posted(request)
        asked = request.POST or request.GET
        kind = asked.get("kind", "")
        if offer is None:
            self.kind = kind if kind in OfferKind.values else OfferKind.JOB.value
            self.company = next((c for c in companies if str(c.pk) == asked.get("company")), companies[0])
        else:
            assert offer.company is not None
            self.kind, self.company = offer.kind, offer.company
        self.differences: list[Difference] = []
        self._sit()

    @property
    def action(self) -> str:
        """ "save" or "publish"; empty when the page is only shown, or shown again by any other button."""
        asked = self.data.get("action", "") if self.data is not None else ""
        return asked if asked in ("save", "publish") else ""

    def keep(self) -> Offer:
        """Write what is valid; raises what `editing.update` raises."""
        content, user = self.form.content, self.request.user
        if self.offer is None:
            return editing.create_draft(company=self.company, kind=self.kind, content=content, by=user)
        return editing.update(
            offer=self.offer,
            content=content,
            version=self.form.kept.get("version") or 0,
            changed=self.form.changed_data,
            by=user,
        )

    def go_on(self, offer_id: int) -> None:
        """The same typed words, over the offer as it is in the database now."""
        assert self.data is not None
        self.offer = offers_to_edit(self.request.user).get(pk=offer_id)
        # The next save is over what was just shown: that is what makes it deliberate.
        self.data = self.data.copy()
        self.data["version"] = str(self.offer.version)
        self._sit()

    def compare(self) -> None:
        """Somebody was quicker: go on over their version, and show both wherever they differ."""
        assert self.offer is not None
        self.go_on(self.offer.pk)
        theirs, mine = FORMS[self.kind](offer=self.offer).shown(), self.form.shown()
        self.differences = [
            Difference(mine[name][0], theirs[name][1], mine[name][1]) for name in self.form.changed_data
        ]

    def render(self, status: int = 200) -> HttpResponse:
        context = {"desk": self, "form": self.form, "offer": self.offer, "company": self.company, "nav": "recruiter"}
        return render(self.request, "jobs/posting/page.html", {**context, **self.face()}, status=status)

    def face(self) -> dict[str, Any]:
        """The offer as it would look with what is typed, for the preview."""
        typed = self.form.is_bound or self.offer is None
        face: Any = preview(self.kind, self.company, self.form.content) if typed else self.offer
        card = offer_card(face, self.company.name)
        return {"face": face, "view": OfferView(face), "card": replace(card, title=card.title or _("Votre intitulé"))}

    @property
    def is_job(self) -> bool:
        return self.kind == OfferKind.JOB

    @property
    def is_training(self) -> bool:
        return not self.is_job

    @property
    def is_draft(self) -> bool:
        return self.offer is None or self.offer.state == OfferState.DRAFT

    @property
    def is_editable(self) -> bool:
        return self.offer is None or self.offer.state in editing.EDITABLE_STATES

    @property
    def url(self) -> str:
        return reverse("offer-edit", args=[self.offer.pk]) if self.offer else reverse("offer-create")

    @property
    def autosave_url(self) -> str:
        """Only a draft is saved as one types; a public offer changes when its recruiter says so."""
        if not self.is_draft:
            return ""
        return reverse("offer-autosave", args=[self.offer.pk]) if self.offer else reverse("offer-autosave-new")

    @property
    def publish_label(self) -> str:
        state = self.offer.state if self.offer else OfferState.DRAFT
        if state == OfferState.EXPIRED:
            return _("Enregistrer et republier")
        if state not in (OfferState.DRAFT, OfferState.REJECTED):
            return _("Enregistrer les modifications")
        return _("Publier") if self._publishes_at_once() else _("Envoyer en relecture")

    def _publishes_at_once(self) -> bool:
        refused_before = self.offer is not None and (self.offer.state == OfferState.REJECTED or self.offer.reason != "")
        return self.company.state == CompanyState.TRUSTED and not refused_before

    def _sit(self) -> None:
        initial = {"sectors": [sector.pk for sector in self.company.sectors.all()]} if self.offer is None else None
        self.form = FORMS[self.kind](self.data, offer=self.offer, initial=initial)


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, with one more blank session or a proposal taken when such a button was pressed."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if f"add-{PREFIX}" in data:
        data[f"{PREFIX}-TOTAL_FORMS"] = str(_number(data.get(f"{PREFIX}-TOTAL_FORMS", "")) + 1)
    name, _bar, words = data.get("take", "").partition("|")
    if name in ("occupations", "places"):
        data[name] = replace_word(data.get(name, ""), *words.split("|", 1)) if "|" in words else data.get(name, "")
    return data


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 0
