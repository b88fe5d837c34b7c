"""Every service of the forum's apps in every phase of an edition: what is refused, and that nothing was written then.
A service that is not in the table fails the first test."""

import importlib
import inspect
import pkgutil
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from forums.errors import ClosedError
from tests.closed.world import PHASES, frozen_rows, world_in

pytestmark = pytest.mark.django_db

APPS = ("forums", "ledger", "reports")
BEFORE_THE_END, UNTIL_CLOSED, SINCE_IT_BEGAN = "draft announced", "draft announced over", "announced over"
AFTERWARDS, CLOSED, ALWAYS = "announced over closed", "closed", "draft announced over closed cancelled"
ANNOUNCED = "announced"

# By module and name: the phases in which it is not refused for its phase. What moves an edition, tells, or is a part of
# another service asks no leave.
TABLE = {
    "attendees": {
        ANNOUNCED: "register_candidate register_visitor confirm",
        BEFORE_THE_END: "cancel",
        ALWAYS: "admit_waiting give_badge adopt_registrations drop_unconfirmed",
    },
    "attribution": {ALWAYS: "refresh_attributions attribute_pair attribute_edition attribute_entries"},
    "audits": {ALWAYS: "create_audit_link revoke_audit_link log_visit draw_contracts give_verdict answer_audit"},
    "badges": {UNTIL_CLOSED: "make_blank_badges"},
    "chain": {ALWAYS: "hold_chain write write_all notice seal seal_written seal_erased forget_author"},
    "chain_watch": {ALWAYS: "tell_of_breaks"},
    "signing": {ALWAYS: "signed public_keys proof signed_conclusion"},
    "time_stamps": {ALWAYS: "queue_time_stamp ask_due_stamps link_of"},
    "contracts": {ALWAYS: "record_contracts record_missing_contracts"},
    "copying": {ALWAYS: "copy_edition"},
    "door": {SINCE_IT_BEGAN: "check_in undo_entry add_representative admit bind_badge"},
    "editions": {
        UNTIL_CLOSED: "save_edition save_programme",
        ALWAYS: "create_edition declare_edition announce close reopen cancel free_slug",
    },
    "evidence": {ALWAYS: "see_document correct cancel take_out reopen say_renewal merge separate"},
    "exhibitors": {
        ANNOUNCED: "request_stand",
        UNTIL_CLOSED: "change_stand accept give_stand refuse put_on_waiting_list cancel",
    },
    "follow_up_dates": {ALWAYS: "add_usual_dates copy_dates"},
    "follow_up": {AFTERWARDS: "answer", ALWAYS: "facts_of ask_due address_of"},
    "closing": {ALWAYS: "close_report freeze_portal"},
    "freezing": {ALWAYS: "freeze_facts freeze_holders"},
    "late": {CLOSED: "add_late_entry take_back_late add_late_meeting correct_positions"},
    "entries": {ALWAYS: "declare withdraw settle lock_company refresh_differences"},
    "mails": {ALWAYS: "tell_attendee tell_everybody_of_cancellation tell_exhibitor tell_staff_of_request"},
    "meetings": {
        SINCE_IT_BEGAN: "open_meeting start finish miss reopen",
        AFTERWARDS: "agree ask_to_share write_note",
        ALWAYS: "decline",
    },
    "money": {ALWAYS: "save_action save_declared_figures"},
    "passes": {UNTIL_CLOSED: "issue_pass", ALWAYS: "revoke_pass note_use"},
    "reminders": {ALWAYS: "remind_attendees"},
    "reported": {AFTERWARDS: "report match confirm", ALWAYS: "decline"},
    "retention": {ALWAYS: "forget forget_asked lock_for_forgetting words_of forget_old erase_names"},
    "shown_offers": {
        BEFORE_THE_END: "show_offers",
        ALWAYS: "show_all hold_until_end hold_changed_offers shown_offers",
    },
    "snapshots": {ALWAYS: "freeze_report seal_of stamped_at"},
    "stand": {
        SINCE_IT_BEGAN: "propose_at_stand",
        AFTERWARDS: "confirm_proposal",
        ALWAYS: "decline_proposal forget_old_proposals",
    },
    "words": {ALWAYS: "forget_words_at_forums forget_words_in_ledger forget_words_in_reports"},
    "walk_ins": {SINCE_IT_BEGAN: "register_walk_in"},
}
LINES = {
    f"{module}.{name}": phases.split()
    for module, lines in TABLE.items()
    for phases, names in lines.items()
    for name in names.split()
}
# What opens it again, or takes it out of what is counted, is for that.
MOVES = {"editions.announce", "editions.close", "editions.reopen", "editions.cancel", "moving.move"}
# Parts of the others, asked with their leave; frozen rows are theirs to write.
# Another edition, of its own.
MAKERS = {"copying.copy_edition", "editions.create_edition", "editions.declare_edition"}
PARTS = {"freezing.freeze_facts", "freezing.freeze_holders", "attendees.give_badge", "mails", "money.save_action"}
# What its person confirms afterwards, a meeting or an application made at the stand, is an answer: it is counted live.
ANSWERS = {"reported.confirm", "stand.confirm_proposal"} | {name for name in LINES if name.startswith("late.")}


def services():
    """Public functions of every module of services, by module and name."""
    found = {}
    for app in APPS:
        try:
            package = importlib.import_module(f"{app}.services")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            loaded = importlib.import_module(module.name)
            for name, function in inspect.getmembers(loaded, inspect.isfunction):
                # A decorator of ours keeps the name and the module of what it wraps.
                if function.__module__ == module.name and not name.startswith("_"):
                    found[f"{module.name.removeprefix(package.__name__ + '.')}.{name}"] = function
    return found


SERVICES = services()


def test_every_service_has_a_line():
    assert set(SERVICES) - set(LINES) == set(), "say in which phases it may write"
    assert set(LINES) - set(SERVICES) == set(), "these services are gone"


class Rows:
    """A formset that writes nothing."""

    instance = None

    def save(self):
        return self.instance


def given(world):
    """A value for each parameter that services take, by its name."""
    today = timezone.localdate()
    return {
        "edition": world.edition, "exhibitor": world.exhibitor, "attendee": world.attendee, "meeting": world.meeting,
        "venue": world.venue, "person": world.cancelled, "badge": world.blank, "user": world.user, "by": world.staff,
        "actor": world.actor, "follow_up": world.follow_up, "reported": world.reported, "held": world.door_pass,
        "link": world.audit_link, "declaration": world.declaration, "facts": world.facts,
        "company": world.exhibitor.company,
        "evidence": world.contract.evidence.get(), "into": world.contract, "ids": [], "entries": [world.contract],
        "offer_ids": [world.offer.pk], "offers": [world.offer, world.other], "offer": world.offer,
        "people": [("Alix", "")],
        "fields": {}, "rows": [], "dates": [today], "answers": [], "chosen": [], "addresses": [], "own": True,
        "name": "Camille Exemple", "email": "camille@medinjob.example", "kind": "candidate", "language": "fr",
        "reason": "Un motif", "nature": "Contrat", "on": today, "count": 1, "days": 3, "size": 1, "page": "/",
        "starts_on": today, "ends_on": today, "text": "Texte", "version": world.edition.version, "source": "scan",
        "at": None, "author": "", "stand": "Z9", "tables": 2, "renewal": True, "message": "", "said_on": today,
        "day": world.edition.event.starts_on, "positions": 2, "attendees": [], "companies": [],
        "proposal": world.proposal,
        "emails": ["nora@medinjob.example"], "words": ["Nora"],
        "template": "registered", "identity": None, "action": None, "form": Rows(), "year": 2026, "said": None,
    }  # fmt: skip


PERSONAL = {
    # Whose move each is possible for, but for the phase.
    "exhibitors.accept": {"exhibitor": "waiting"},
    "exhibitors.change_stand": {"offers": "kept"},
    "exhibitors.request_stand": {"company": "spare"},
    "late.take_back_late": {"entry": "entry"},
    "late.correct_positions": {"shown": "shown"},
    "attendees.confirm": {"attendee": "to_confirm"},
    "door.check_in": {"person": "to_confirm"},
    "door.admit": {"attendee": "cancelled"},
    "door.undo_entry": {"entry": "entry"},
    "meetings.reopen": {"meeting": "done"},
    "stand.propose_at_stand": {"meeting": "done"},
}


def call(name, world):
    function, values = SERVICES[name], {"entry": world.contract, **given(world)}
    values |= {
        key: getattr(world, attribute) for key, attribute in PERSONAL.get(name, {}).items() if attribute != "spare"
    }
    if name == "money.save_declared_figures" or name == "editions.save_programme":
        values["rows"] = Rows()
    wanted = {
        key: values[key]
        for key, parameter in inspect.signature(function).parameters.items()
        if key in values and parameter.kind is not parameter.VAR_KEYWORD
    }
    positional = [key for key, p in inspect.signature(function).parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    function(*[wanted.pop(key) for key in positional if key in wanted], **wanted)


@pytest.mark.parametrize("phase", PHASES)
def test_each_service_is_refused_where_the_table_says_and_writes_nothing_then(phase):
    world, wrong = world_in(phase), []
    for name, phases in LINES.items():
        before, refused = frozen_rows(), False
        with transaction.atomic():
            try:
                with transaction.atomic():
                    call(name, world)
            except ClosedError:
                refused = True
            except Exception:
                pass
            changed = frozen_rows() != before
            transaction.set_rollback(True)
        if refused != (phase not in phases) or (refused and changed):
            wrong.append((name, "refused" if refused else "let through", changed))
        keeps = name not in MOVES | MAKERS | PARTS | ANSWERS
        if phase == "closed" and keeps and changed:
            wrong.append((name, "wrote what is frozen", changed))
    assert wrong == []


def test_the_state_is_read_anew_not_believed(django_assert_num_queries):
    """A page that was opened before the closing."""
    world = world_in("over")
    stale = type(world.exhibitor).objects.select_related("edition__event").get(pk=world.exhibitor.pk)
    type(world.edition).objects.filter(pk=world.edition.pk).update(state="closed", closed_at=timezone.now())
    assert stale.edition.state == "announced"
    with pytest.raises(ClosedError):
        SERVICES["exhibitors.cancel"](exhibitor=stale, by=None)


def test_each_refusal_says_what_to_do_instead():
    world = world_in("closed")
    with pytest.raises(ClosedError, match="fait tardif"):
        SERVICES["meetings.finish"](meeting=world.meeting, actor=world.actor)


def test_an_exhibitor_keeps_its_offers_from_the_end_of_the_edition_and_may_still_change_its_needs():
    world = world_in("over")
    change = SERVICES["exhibitors.change_stand"]
    change(exhibitor=world.exhibitor, fields={"needs": "Une prise"}, offers=[world.offer], people=[("Alix", "")])
    with pytest.raises(ClosedError, match="passée"):
        change(exhibitor=world.exhibitor, fields={}, offers=[world.offer, world.other], people=[])
    assert world.exhibitor.shown_offers.get().shown_at < timezone.now() - timedelta(days=1)
