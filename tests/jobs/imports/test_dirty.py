"""`dirty.jsonl`: one row for each kind of dirt that real feeds have, in our words. `_case` names it, `_becomes` says
what must come of it: a state, "hidden", or "refused" and the reason."""

import json
from collections import Counter
from pathlib import Path

import pytest

from jobs.enums import ContractType, OfferState
from jobs.imports.run import Import
from jobs.models import Offer

DIRTY = Path(__file__).with_name("dirty.jsonl")
CASES = [
    json.loads(line) for line in DIRTY.read_text("utf-8-sig").splitlines() if line.startswith('{"') and "_case" in line
]

pytestmark = pytest.mark.usefixtures("referentials")


@pytest.fixture
def refused():
    return []


@pytest.fixture
def tally(refused, referentials):
    return Import(format_name="france-travail", on_refusal=refused.append).run(DIRTY)


def of(case):
    """The offer of a case."""
    (data,) = (each for each in CASES if each["_case"] == case)
    return Offer.objects.select_related("job").get(source_id=str(data["id"]))


def test_each_row_becomes_what_it_must(tally):
    found = {}
    for data in CASES:
        offer = Offer.objects.filter(source_id=str(data.get("id", ""))).exclude(source_id="").first()
        found[data["_case"]] = offer and ("hidden" if offer.duplicate_of else offer.state)
    expected = {data["_case"]: None if data["_becomes"].startswith("refused") else data["_becomes"] for data in CASES}
    assert found == expected


def test_refused_rows_say_why_and_where(tally, refused):
    wanted = Counter(each["_becomes"].split()[1] for each in CASES if each["_becomes"].startswith("refused"))
    assert Counter(each.reason.value for each in refused) == wanted + Counter(unreadable=3)
    lines = DIRTY.read_text("utf-8-sig").splitlines()
    assert all(json.loads(lines[each.number - 1]) == each.data for each in refused if isinstance(each.data, dict))


def test_counts_add_up(tally):
    counts = tally.counts
    assert counts["read"] == counts["created"] + tally.refused.total() == len(CASES) + 3
    assert counts["duplicates"] == sum(each["_becomes"] == "hidden" for each in CASES)
    assert counts["created"] == Offer.objects.count()


def test_second_run_creates_nothing(tally):
    again = Import(format_name="france-travail").run(DIRTY, complete=True)
    assert (again.counts["created"], again.counts["updated"], again.counts["withdrawn"]) == (0, 0, 0)
    assert again.counts["unchanged"] == tally.counts["created"]
    assert (again.counts["duplicates"], again.counts["flagged"]) == (
        tally.counts["duplicates"],
        tally.counts["flagged"],
    )


@pytest.mark.parametrize(
    ("case", "point"),
    [
        ("latitude and longitude swapped", (43.53, 5.44)),
        ("coordinates as text", (43.53, 5.44)),
        ("coordinates of zero", (43.5283, 5.4497)),
        ("coordinates of another town", (43.5283, 5.4497)),
        ("place as text", (43.1244, 5.9284)),
        ("commune code that no longer exists", (43.297, 5.3811)),
        ("place of the whole country", (None, None)),
        ("place abroad", (None, None)),
    ],
)
def test_places_are_repaired(tally, case, point):
    assert of(case).places.values_list("latitude", "longitude").get() == point


@pytest.mark.parametrize(
    ("case", "pay"),
    [
        ("pay by month that is by year", (42000, 48000, "year")),
        ("pay by year that is by month", (2100, 2400, "month")),
        ("pay in thousands", (40000, 45000, "year")),
        ("pay in the comment", (45000, 55000, "year")),
        ("pay of nothing", (None, None, "")),
        ("pay without a figure", (None, None, "")),
        ("pay that no unit makes possible", (None, None, "")),
    ],
)
def test_pay_is_repaired_or_dropped(tally, case, pay):
    job = of(case).job
    assert (job.pay_min, job.pay_max, job.pay_unit) == pay


@pytest.mark.parametrize(
    ("case", "contract"),
    [
        ("contract as a label", ContractType.CDD),
        ("temporary work as a label", ContractType.TEMPORARY),
        ("contract unknown", ContractType.OTHER),
        ("work-study said by the title", ContractType.APPRENTICESHIP),
        ("work-study said by its nature", ContractType.APPRENTICESHIP),
        ("internship said by the title", ContractType.INTERNSHIP),
    ],
)
def test_contracts_are_understood(tally, case, contract):
    assert of(case).job.contract == contract


def test_texts_are_clean(tally):
    texts = "\n".join(Offer.objects.values_list("text", flat=True))
    assert not [
        dirt for dirt in ("<p", "&lt;", "&eacute;", "alert(1)", "Ã", "¿", "\ufffd", "\x00", "***", "@") if dirt in texts
    ]
    assert "38 000 €" in of("description with lost characters").text
    assert "- Vélo de fonction" in of("description with lost characters").text
    assert "Développement côté serveur, l’équipe" in of("description read in the wrong encoding").text


def test_titles_are_readable(tally):
    assert of("work-study said by the title").title == "Alternance - Développeur mobile (H/F)"
    assert not [title for title in Offer.objects.values_list("title", flat=True) if title.isupper() or "  " in title]


def test_every_offer_can_be_applied_to_on_the_web(tally):
    addresses = Offer.objects.values_list("apply_url", flat=True)
    assert all(address.startswith("https://candidat.francetravail.fr/") for address in addresses)


def test_only_open_states_come_out(tally):
    assert set(Offer.objects.values_list("state", flat=True)) == {OfferState.PUBLISHED, OfferState.IN_REVIEW}
