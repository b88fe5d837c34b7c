"""Whether what a file no longer holds is to be believed gone: a file may be short by mistake."""

# So few go without a question: a person sees each of them and brings them back in a minute, and in a list of a dozen
# any single one is already a tenth.
FEW = 3


def is_doubtful(*, absent: int, known: int, share: int) -> bool:
    """`absent` of the `known` rows are no longer in the file: more than `share` in a hundred, and more than a few."""
    return absent > FEW and 100 * absent > share * known
