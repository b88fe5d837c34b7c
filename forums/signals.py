"""What the forum announces to upper apps, in the transaction of the change."""

from django.dispatch import Signal

facts_changed = Signal()
"""What editions know of persons and companies changed: an entry, a meeting, a stand… `attendees`: ids of rows of
`Attendee`; `companies`: ids; `edition`: all of it."""

history_written = Signal()
"""Rows were added that figures rest on and that nobody edits. `rows`, of one model."""

edition_closed = Signal()
"""An edition was closed: what it showed is frozen. `edition`, `by`."""

edition_created = Signal()
"""An edition was created with its rows, by its form. `edition`."""

edition_copied = Signal()
"""`made` was created after the pattern of `edition`, `shift` (a timedelta) later."""

edition_rows_asked = Signal()
"""Which rows of upper apps are edited on the form of `edition`? `data`: what was posted, or None. A receiver returns
a formset whose instance is `edition`; it has a `help` and an `add` (the label of its button)."""
