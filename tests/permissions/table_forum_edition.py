from tests.permissions.lines import Line

EDITION: dict[str, Line] = {}
