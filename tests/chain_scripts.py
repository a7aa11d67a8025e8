"""The worked example of an alliance, in steps, for its tests."""

from __future__ import annotations

from volunteering import Volunteer

UNITS = """\
organization add 区行政审批服务局 --kind department --field approval
organization add 区发展和改革委员会 --kind department --field credit
organization add 区城市管理局 --kind department --field enforcement
organization add 样例监管单位 --kind department --field regulation
organization add 样例企业 --kind enterprise
alliance add 济水凝心·阳光服务 --code union --lead 区行政审批服务局 --founded 2026-01-01 --line 联办助企活动
alliance join union 区发展和改革委员会 区城市管理局 样例监管单位 --on 2026-01-01
council add 参柬·一心议事厅 --code hall --alliance union
pairing add 样例企业 --unit 区行政审批服务局 --official 样干部 --since 2026-01-10
"""
NEED = """\
pairing need 样例企业 注销要跑三个窗口 --field approval --on 2026-03-02
pairing answer 1 --text 已转窗口核实 --on 2026-03-04
pairing raise 1 --council hall --on 2026-03-06
council accept 1 --on 2026-03-07
council convene hall --start '2026-03-20 14:00' --end 16:00 --place 政务服务中心 --on 2026-03-10
council attend 1 区行政审批服务局 区城市管理局
"""
FIRST = """\
council defer 1 --session 1 --reason 不足法定人数 --on 2026-03-20
council close 1 --on 2026-03-20
council convene hall --start '2026-04-10 14:00' --end 16:00 --on 2026-04-01
council attend 2 区行政审批服务局 区城市管理局 样例监管单位
council decide 1 --session 2 --text 三个窗口并为一个 --on 2026-04-10
council action 1 三个窗口并为一个 --owner 区行政审批服务局 --due 2026-04-30 --on 2026-04-10
council close 2 --on 2026-04-10
"""
CARRIED_OUT = """\
council extend 2 --due 2026-05-15 --reason 系统改造未完 --on 2026-04-28
council done 2 --result 已并为一个 --on 2026-05-12
pairing return 2 --reason 仍要跑两个窗口 --on 2026-05-14
council done 2 --result 一窗办结 --on 2026-05-20
pairing confirm 2 --score 4 --by 样例企业 --on 2026-05-22
council answer 1 --text 三个窗口已并为一个 --on 2026-05-25
"""


def batch(volunteer: Volunteer, *scripts: str) -> None:
    volunteer.ok("batch", "-", stdin="".join(scripts))
