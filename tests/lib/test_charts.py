import pytest

from medinjob.lib.charts import BAR_LENGTH, BAR_PITCH, bar_chart
from medinjob.lib.pages import page_window


def test_bar_chart_scales_to_its_highest_value():
    chart = bar_chart([("CDI", 24), ("CDD", 6), ("Stage", 0)])
    assert [bar.width for bar in chart.bars] == [BAR_LENGTH, BAR_LENGTH / 4, 0]
    assert [bar.y for bar in chart.bars] == [0, BAR_PITCH, 2 * BAR_PITCH]
    assert chart.height == 3 * BAR_PITCH


@pytest.mark.parametrize("rows", [[("CDI", 0)], [("CDI", -3)]])
def test_bar_chart_draws_nothing_below_zero(rows):
    assert [bar.width for bar in bar_chart(rows).bars] == [0]


def test_bar_chart_without_rows_keeps_a_height():
    assert bar_chart([]) == ([], BAR_PITCH)


@pytest.mark.parametrize(
    ("number", "pages", "window"),
    [
        (1, 1, [1]),
        (1, 2, [1, 2]),
        (1, 5, [1, 2, None, 5]),
        (3, 5, [1, 2, 3, 4, 5]),
        (4, 7, [1, 2, 3, 4, 5, 6, 7]),
        (6, 12, [1, None, 5, 6, 7, None, 12]),
        (12, 12, [1, None, 11, 12]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
    ],
)
def test_page_window_leaves_out_at_least_two_pages(number, pages, window):
    assert page_window(number, pages) == window
