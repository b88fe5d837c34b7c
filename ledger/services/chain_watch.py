"""Once a day: does the chain hold? The team hears of each new state of what is wrong once."""

from accounts.services import queue_team_mail
from ledger.selectors.chain import Found, breaks
from ledger.services.chain import hold_chain
from medinjob.lib.canonical import canonical_json, sha256

SHOWN = 20


def tell_of_breaks() -> list[Found]:
    """What was found."""
    hold_chain()
    found = breaks()
    if found:
        state = sha256(canonical_json([list(one) for one in found]))[:24]
        queue_team_mail(
            template="ledger/mail/chain_broken.txt",
            context={"found": found[:SHOWN], "count": len(found)},
            key=f"chain-{state}",
        )
    return found
