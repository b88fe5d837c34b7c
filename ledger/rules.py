"""Who may answer a follow-up."""

from typing import Any

from forums.enums import ExhibitorState


def may_answer(follow_up: Any, user_id: int) -> bool:
    """Whoever the question was sent to, as long as they are who they were: the person of a registration, or a member
    (`user_id`) of a company whose stand is accepted; without a member, who held the stand (0). One query."""
    if follow_up.attendee is not None:
        return follow_up.attendee.forgotten_at is None
    members = follow_up.exhibitor.company.memberships.filter(user__is_active=True)
    if follow_up.exhibitor.state != ExhibitorState.ACCEPTED:
        return False
    return members.filter(user=user_id).exists() if user_id else not members.exists()
