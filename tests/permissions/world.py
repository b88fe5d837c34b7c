"""One of everything, and one person of every role, for the permission table."""

from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from accounts.enums import FACTOR_RESET_DELAY
from accounts.links import stop_factor_url
from accounts.models import FactorReset, OpenSession, User
from accounts.services import keep_unsent, queue_mail
from candidates import links
from candidates.models import AnswerTemplate, SavedSearch
from companies.models import Company
from demo.factories import (
    ApplicationFactory,
    ApplyInvitationFactory,
    CompanyFactory,
    ContractFactory,
    CVFactory,
    DraftFactory,
    ImportRunFactory,
    InvitationFactory,
    MarkFactory,
    MembershipFactory,
    OfferFactory,
    ProfileFactory,
    ProposedIdentityFactory,
    ReportFactory,
    StaffFactory,
    UserFactory,
)
from jobs import deadline
from jobs.imports.addresses import folder
from jobs.imports.parsed import RefusalReason
from jobs.imports.refused import RefusedFile
from jobs.imports.run import RefusedRow
from medinjob.lib.stylesheet import stylesheet
from tests.permissions.world_forum import forum_things

STRANGER = "sans-compte@medinjob.example"
ROLES = ("anonymous", "candidate", "recruiter", "other", "admin", "staff")
"""`recruiter` and `admin` belong to the company that owns everything here, `other` administers another one; `candidate`
has applied to its offer."""


def people() -> dict[str, User | None]:
    users = {role: UserFactory(email=f"{role}@medinjob.example") for role in ROLES[1:5]}
    return {"anonymous": None, **users, "staff": StaffFactory()}


def things(users: dict[str, Any]) -> dict[str, Any]:
    """What a line's `args` may name: the value that goes into the URL."""
    company = CompanyFactory(admin=users["admin"], recruiter=users["recruiter"])
    CompanyFactory(admin=users["other"])
    offer = OfferFactory(published=True, company=company)
    unpublished = OfferFactory(company=company)
    search = SavedSearch.objects.create(user=users["candidate"], label="Python", query="q=python")
    application = ApplicationFactory(offer=offer, candidate=users["candidate"], cv=True, hired=True)
    return {
        **_of_company(company),
        **_of_imports(),
        "offer": offer.pk,
        "unpublished": unpublished.pk,
        "offer_slug": slugify(offer.title),
        "report": ReportFactory(offer=offer).pk,
        "deadline": deadline.sign(deadline.Deadline(offer.pk, users["recruiter"].pk, offer.expires_at)),
        "application": application.pk,
        "contract": ContractFactory(application=application).pk,
        "profile": ProfileFactory(shown=True).pk,
        "apply_invitation": ApplyInvitationFactory(candidate=users["candidate"]).pk,
        "draft": DraftFactory(offer=offer, cv=CVFactory(owner=None)).token,
        "follow": links.follow_token(
            ApplicationFactory(offer=offer, candidate=None, name="Camille", email=STRANGER).pk
        ),
        "cv": links.links_to_cv(application, users["recruiter"].pk)["cv_url"].split("/")[-2],
        "saved_search": search.pk,
        "alert": links.stop_url(search.pk).split("/")[-3],
        "alerts": links.stop_all_url(search.user_id).split("/")[-3],
        **_of_sessions(users["candidate"]),
        "mail": queue_mail(to="nora@medinjob.example", subject="Bonjour", body="x").pk,
        "csv": "csv",
        "section": "offers",
        "digest": stylesheet().digest,
        "uid": "1",
        "logo": "absent.webp",
        **forum_things(users, company, offer),
    }


def _of_sessions(candidate: User) -> dict[str, Any]:
    """A second browser of the candidate, a form they sent too late, a colleague whose factor is about to be lifted."""
    colleague = StaffFactory()
    session = OpenSession.objects.create(user=candidate, session_key="elsewhere")
    unsent = keep_unsent(user=candidate, page="/compte/", action="/compte/", words=[("name", "Nora")])
    reset = FactorReset.objects.create(user=colleague, due_at=timezone.now() + FACTOR_RESET_DELAY)
    return {
        "session": session.pk,
        "unsent": unsent.token if unsent else "",
        "colleague": colleague.pk,
        "factor_stop": stop_factor_url(reset.pk).split("/")[-2],
    }


def _of_imports() -> dict[str, Any]:
    """A run with one refused row."""
    run = ImportRunFactory(refused_file="refused-20261127-101500-permissions.jsonl")
    rejects = RefusedFile(folder() / run.refused_file)
    rejects.write(RefusedRow(3, "1900003", RefusalReason.NO_TITLE, "", {"intitule": ""}))
    rejects.close()
    return {"run": run.pk, "source": run.import_source_id}


def _of_company(company: Company) -> dict[str, Any]:
    invitation = InvitationFactory(company=company)
    return {
        "company": company.pk,
        "company_slug": company.slug,
        "member": MembershipFactory(company=company).pk,
        "invitation": invitation.pk,
        "token": invitation.token,
        "mark": MarkFactory(company=company).pk,
        "proposal": ProposedIdentityFactory(company=company).pk,
        "template": AnswerTemplate.objects.create(company=company, action="refuse", label="Non", text="Merci.").pk,
    }
