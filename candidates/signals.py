"""What candidates announce to upper apps."""

from django.dispatch import Signal

contracts_changed = Signal()
"""Contracts were declared, corrected or cancelled, in the same transaction. `ids`: of the rows of `Contract`."""

forgetting = Signal()
"""A person is about to be taken out of what they sent, in the same transaction: nothing has gone yet. `user`."""
