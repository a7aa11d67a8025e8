"""The fields of a team."""

from __future__ import annotations

#: How sheets call the team that somebody belongs to.
HEADINGS = (
    "所属队伍", "服务队", "志愿服务队名称", "志愿服务队", "所在队伍", "队伍", "队伍名称", "team", "team name",
)  # fmt: skip
