"""What upper apps have to say before an account goes, and do when it goes."""

from django.dispatch import Signal

closing_asked = Signal()
"""May this account be deleted? `user`. A receiver returns the reasons why not, as a list of texts for the person."""

words_forgotten = Signal()
"""What a person wrote or others wrote of them stays in places, and must name them no more. `emails`: their addresses;
`words`: these and their names. A receiver takes them out of what its app keeps."""

rows_redacted = Signal()
"""Words that name a person were taken out of rows. `ids` of `model`."""

erasing = Signal()
"""A transaction begins that takes a person out of the rows of many apps. `user`. Nothing is locked yet: whoever keeps
an order of locks takes its own now."""

closing = Signal()
"""The account is about to be deleted, in the same transaction. `user`. A receiver may return the names and
addresses by which it knew the person, which are forgotten with the account's."""
