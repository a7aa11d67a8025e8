"""Two processes that issue at once: numbers are unique, in order and all accounted for."""

from __future__ import annotations

import os
import subprocess
import sys

from volunteering import Volunteer

EACH = 4


def test_two_processes_issue_at_once(served: Volunteer) -> None:
    environment = {**os.environ, "VOLUNTEER_DB": str(served.database), "VOLUNTEER_TODAY": served.today}
    issue = f"""
from volunteer_cli.app import command_tree

for _ in range({EACH}):
    assert command_tree().main(["certificate", "issue", "1", "-q"], standalone_mode=False) == 0
"""
    processes = [subprocess.Popen([sys.executable, "-c", issue], env=environment) for _process in range(2)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    numbers = [row["number"] for row in served.ok("certificate", "list", "-f", "json").json]
    assert numbers == [f"BINHU-2026-{value:04}" for value in range(1, 2 * EACH + 1)]
    assert served.ok("check").code == 0
