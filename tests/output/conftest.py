from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from volunteer_cli.core.quantity import Direction, Quantity


@pytest.fixture
def people() -> list[Any]:
    known: dict[str, Any] = {
        "id": 1,
        "name": "李明",
        "phone": "13800005678",
        "id_number": "11010519491231002X",
        "room": "501",
        "sex": "male",
        "minutes": 90,
        "pieces": Quantity(730, direction=Direction.AT_LEAST),
        "skills": ["合唱", "=1+1"],
        "active": True,
        "freight": 1250,
        "share": 0.125,
        "registered_on": date(2025, 3, 5),
        "seen_at": datetime(2025, 3, 5, 9, 0),
        "roster": [{"person": "王芳", "phone": "13900000001"}],
    }
    unknown = dict.fromkeys(known) | {"id": 2, "name": "=cmd|' /C calc'!A0", "pieces": 12}
    steering = dict.fromkeys(known) | {
        "id": 3,
        "name": "\x1b[2J张\u202e三\t\n二",
        "skills": [],
        "active": False,
    }
    return [SimpleNamespace(**values) for values in (known, unknown, steering)]
