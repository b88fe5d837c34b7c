"""What candidates announce to upper apps."""

from django.dispatch import Signal

contracts_changing = Signal()
"""A transaction begins that declares, corrects or cancels a contract: nothing is locked yet."""

contracts_changed = Signal()
"""Contracts were declared, corrected or cancelled, in the same transaction. `ids`: of the rows of `Contract`."""

forgetting = Signal()
"""A person is about to be taken out of what they sent, in the same transaction: nothing has gone yet. `user`.
A receiver returns the names and addresses by which it knew them."""

held_asked = Signal()
"""What do upper apps hold of a person? `user`. A receiver returns lines for their page, as `selectors.my_data.Held`."""

export_asked = Signal()
"""The same as data to take away: a receiver returns a dict of sections, plain values but for dates."""
