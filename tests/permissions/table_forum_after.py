from tests.permissions.lines import Line

AFTER: dict[str, Line] = {}
