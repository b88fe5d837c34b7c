"""A company's answers, announced downwards as data."""

from candidates.selectors.figures import answer_figures
from companies.services import set_answer_figures


def refresh_answer_figures() -> int:
    """Count again for every company; how many changed."""
    return set_answer_figures(figures=dict(answer_figures()))
