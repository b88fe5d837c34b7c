from tests.permissions.lines import Line

REPORT: dict[str, Line] = {}
