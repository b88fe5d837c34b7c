from tests.permissions.lines import Line

DAY: dict[str, Line] = {}
