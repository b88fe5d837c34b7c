"""What the forum announces to upper apps, in the transaction of the change."""

from django.dispatch import Signal

facts_changed = Signal()
"""What editions know of persons and companies changed: an entry, a meeting, a stand… `attendees`: ids of rows of
`Attendee`; `companies`: ids; `edition`: all of it."""

edition_closed = Signal()
"""An edition was closed: what it showed is frozen. `edition`, `by`."""
