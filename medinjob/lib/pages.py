"""Which page numbers a list offers."""


def page_window(number: int, pages: int) -> list[int | None]:
    """First, last, current and its neighbours; None stands for what is left out (at least two pages).

    >>> page_window(6, 12)
    [1, None, 5, 6, 7, None, 12]
    """
    kept = {1, pages, *range(max(number - 1, 1), min(number + 1, pages) + 1)}
    window: list[int | None] = []
    for page in sorted(kept):
        last = window[-1] if window else 0
        if last is not None and page == last + 2:
            window.append(page - 1)
        elif last is not None and page > last + 2:
            window.append(None)
        window.append(page)
    return window
