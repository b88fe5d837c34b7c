"""Which page numbers a list offers."""

from django.core.paginator import Paginator


def page_window(number: int, pages: int) -> list[int | None]:
    """First, last, current and its neighbours; None stands for what is left out (at least two pages).

    >>> page_window(6, 12)
    [1, None, 5, 6, 7, None, 12]
    """
    shown = Paginator(range(pages), 1).get_elided_page_range(number, on_each_side=1, on_ends=1)
    return [page if isinstance(page, int) else None for page in shown]
