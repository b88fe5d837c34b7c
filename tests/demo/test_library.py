import re
from random import Random

import pytest

from demo.library import courses, english_roles, families, firms, phrases
from demo.planning import plan_job
from demo.writing import FICTITIOUS, Terms, company_text, english_text, french_spaces, job_text, training_text
from jobs.enums import ContractType, Experience, Funding, PayUnit
from jobs.wording import remarks
from medinjob.lib.text import to_html
from referentials.enums import OccupationFamily
from referentials.selectors import SkillIndex
from referentials.services import REFERENTIALS
from referentials.services.tabular import read_table

ROLES = [role for family in families().values() for role in family.roles] + list(english_roles())


def rows(name):
    return [row for _, row in read_table(REFERENTIALS[name].path).rows()]


@pytest.fixture(scope="module")
def occupations():
    return {row["code"]: row for row in rows("occupations")}


@pytest.fixture(scope="module")
def skills():
    return SkillIndex(
        (row["slug"], row["label"], row["aliases"].split("|"), row["spotted"] == "1") for row in rows("skills")
    )


def test_families_are_those_of_the_occupations():
    assert set(families()) == set(OccupationFamily.values)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.titles[0])
def test_role_is_a_digital_occupation_with_known_skills(role, occupations, skills):
    assert occupations[role.code]["digital"] == "1"
    assert [name for name in role.skills if skills.match(name) is None] == []
    assert role.pay[0] < role.pay[1]


def test_course_leads_to_known_occupations_with_known_skills(occupations, skills):
    for course in courses():
        assert len(course.titles) == len(course.providers)
        assert set(course.occupations) <= set(occupations)
        assert [name for name in course.skills if skills.match(name) is None] == []
        assert set(course.funding) <= set(Funding.values)


def test_course_has_the_form_of_a_certification_or_none():
    assert all(re.fullmatch(r"(RNCP\d{4,5}|RS\d{4,5})?", course.code) for course in courses())


def test_firm_is_in_a_real_commune_of_the_region_and_in_known_sectors():
    communes = {row["code"] for row in rows("communes") if row["region"] == "93"}
    sectors = {row["slug"] for row in rows("sectors")}
    commissions = {row["slug"] for row in rows("commissions")}
    for firm in firms():
        assert firm.commune in communes
        assert set(firm.sectors) <= sectors
        assert set(firm.commissions) <= commissions
        assert set(firm.hires) <= set(families())
    assert len(firms()) >= 25


def test_training_providers_are_firms():
    assert {provider for course in courses() for provider in course.providers} <= {firm.name for firm in firms()}


def test_phrases_discriminate_nobody():
    for family in families().values():
        for phrase in (*family.missions, *family.profile, *(p for role in family.roles for p in role.profile)):
            assert [remark for remark in remarks("", phrase) if remark.serious] == [], phrase
    for group in ("openings", "contexts", "soft", "benefits", "process"):
        assert not any(remark.serious for phrase in phrases("common")[group] for remark in remarks("", phrase))


def test_job_text_is_the_same_for_the_same_draw():
    role, firm = ROLES[0], firms()[0]
    terms = Terms("Aix-en-Provence", "partial", "cdi", 0)
    assert job_text(Random(1), role, firm, terms) == job_text(Random(1), role, firm, terms)
    assert job_text(Random(1), role, firm, terms) != job_text(Random(2), role, firm, terms)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.titles[0])
def test_job_text_reads_like_an_offer_and_says_that_it_is_made_up(role):
    terms = Terms("Gap", "none", "cdd", 9)
    text = job_text(Random(7), role, firms()[1], terms)
    html = to_html(text)
    assert html.count("<h3>") >= 5
    assert html.count("<li>") + html.count(". ") >= 8
    assert text.endswith(FICTITIOUS["fr"])
    assert "{" not in text


def test_job_text_keeps_employees_benefits_from_freelancers():
    terms = Terms("Gap", "full", "freelance", 6)
    text = job_text(Random(3), ROLES[0], firms()[0], terms)
    assert not any(french_spaces(benefit) in text for benefit in phrases("common")["benefits"])


def test_english_text_is_in_english():
    text = english_text(Random(1), english_roles()[0], firms()[5], place="Valbonne", remote="partial")
    assert "Lavandin Software" in text
    assert text.endswith(FICTITIOUS["en"])
    assert "Vous" not in text


def test_training_and_company_texts_say_that_they_are_made_up():
    assert FICTITIOUS["fr"] in training_text(Random(1), courses()[0], place="Toulon")
    assert "Entreprise fictive" in company_text(firms()[0])


def test_french_spaces_do_not_break_before_high_signs():
    assert french_spaces("Quoi ? « Oui » : 75 %") == "Quoi\u00a0? «\u00a0Oui\u00a0»\u00a0: 75\u00a0%"


@pytest.mark.parametrize("seed", range(30))
def test_plan_is_plausible(seed):
    rng = Random(seed)
    firm = rng.choice([firm for firm in firms() if firm.hires])
    plan = plan_job(rng, firm)
    assert plan.english or plan.role.family in firm.hires
    if plan.role.senior:
        assert plan.experience == Experience.SENIOR
    if plan.contract in (ContractType.APPRENTICESHIP, ContractType.INTERNSHIP):
        assert plan.experience == Experience.BEGINNER
    if plan.pay.low is None:
        assert plan.pay.reason
    else:
        assert plan.pay.low <= plan.pay.high


def test_plan_pays_the_minimum_wage_at_least():
    """The Smic of 2026: 12,02 € an hour."""
    plans = [plan_job(Random(seed), firms()[seed % 5]) for seed in range(400)]
    least = {PayUnit.HOUR: 12.02, PayUnit.MONTH: 1823.03, PayUnit.YEAR: 21876, PayUnit.DAY: 150}
    paid = [plan for plan in plans if plan.pay.low and plan.contract != ContractType.INTERNSHIP]
    assert [plan.title for plan in paid if plan.pay.low < least[plan.pay.unit]] == []
    assert {plan.pay.unit for plan in paid} == set(least)


def test_plan_titles_speak_to_both_sexes():
    titles = [plan_job(Random(seed), firms()[1]).title for seed in range(200)]
    assert [title for title in titles if any(remark.field == "title" for remark in remarks(title, ""))] == []


def test_plan_learns_no_leading():
    plans = [plan_job(Random(seed), firms()[19]) for seed in range(400)]
    learning = [p.title for p in plans if p.contract in (ContractType.APPRENTICESHIP, ContractType.INTERNSHIP)]
    assert learning
    assert not any(re.search(r"responsable|directeur|architecte", title, re.IGNORECASE) for title in learning)
