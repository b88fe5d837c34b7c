import pytest
from django.utils import timezone

from demo.factories import CommuneFactory, CompanyFactory, OccupationFactory, SkillFactory, StaffFactory, UserFactory


@pytest.fixture
def recruiter(db):
    """Somebody who recruits for one trusted company, `recruiter.company`."""
    user = UserFactory()
    user.company = CompanyFactory(recruiter=user)
    return user


@pytest.fixture
def staff(db):
    return StaffFactory()


@pytest.fixture
def words(db):
    """The referentials that `job_post` and `training_post` name."""
    CommuneFactory(aix=True)
    OccupationFactory(web=True)
    SkillFactory(label="Python")


@pytest.fixture
def job_post(words):
    """A complete job, as a browser posts it."""
    return {
        "kind": "job",
        "title": "Développeuse ou développeur web (F/H)",
        "occupations": "Développeur web",
        "places": "Aix-en-Provence",
        "text": "## Missions\n\nConcevoir et maintenir nos services.",
        "contract": "cdi",
        "open_positions": "2",
        "remote": "partial",
        "pay_min": "38 000",
        "pay_max": "45k",
        "pay_unit": "year",
        "skills": "python, Gestion de projet",
        "apply_by": "here",
    }


@pytest.fixture
def training_post(words):
    """A complete training with one session next year, as a browser posts it."""
    year = timezone.localdate().year + 1
    return {
        "kind": "training",
        "title": "Formation développement web",
        "occupations": "Développeuse web",
        "places": "",
        "text": "## Programme\n\nHTML, CSS, Python.",
        "certification_code": "rncp 37674",
        "hours": "700",
        "price": "6800",
        "funding": ["cpf", "region"],
        "apply_by": "here",
        "sessions-TOTAL_FORMS": "1",
        "sessions-INITIAL_FORMS": "0",
        "sessions-0-starts_on": f"{year}-01-04",
        "sessions-0-ends_on": f"{year}-06-30",
        "sessions-0-place": "13100",
        "sessions-0-modality": "mixed",
        "sessions-0-places_left": "8",
    }
