from typing import Any

from django.db import models
from django.db.models import Exists

from accounts.models import User
from candidates.enums import CONTRACT_KINDS, OPEN_STATES, WAITING_STATES, ContractKind
from companies.models import Company
from medinjob.lib.folding import FoldingQuerySet


class ProfileQuerySet(models.QuerySet[Any]):
    def shown_to(self, user: Any) -> "ProfileQuerySet":
        """What a member of a verified company may read now: visible profiles of people who can be reached, except
        colleagues of any of `user`'s companies and those who hide from one of them."""
        own = user.memberships.values("company")
        reachable = User.objects.filter(is_active=True, emailaddress__verified=True)
        shown = self.filter(Exists(Company.objects.visible().for_user(user)), visible=True, user__in=reachable)
        return shown.exclude(user__memberships__company__in=own).exclude(hidden_from__in=own)


class ApplicationQuerySet(FoldingQuerySet):
    def for_company(self, company: Any) -> "ApplicationQuerySet":
        return self.filter(company=company)

    def of_candidate(self, user: Any) -> "ApplicationQuerySet":
        return self.filter(candidate=user)

    def received_by(self, user: Any) -> "ApplicationQuerySet":
        """What the companies received of which `user` is a member now; stubs of deleted accounts are left out."""
        companies = list(user.memberships.order_by("company").values_list("company", flat=True))
        return self.filter(company__in=companies, forgotten_at=None)

    def open(self) -> "ApplicationQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def waiting(self) -> "ApplicationQuerySet":
        """Those that the company has not answered."""
        return self.filter(state__in=WAITING_STATES, answered_at=None, forgotten_at=None)


class ContractQuerySet(models.QuerySet[Any]):
    def in_force(self) -> "ContractQuerySet":
        """Those that count: neither corrected by a later row nor cancelled."""
        return self.filter(corrected_by__isnull=True, cancellation__isnull=True)

    def of_kind(self, kind: ContractKind) -> "ContractQuerySet":
        return self.filter(type__in=[type_ for type_, counted in CONTRACT_KINDS.items() if counted == kind])
