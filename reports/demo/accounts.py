"""Who can sign in to the demonstration street; printed at start."""

from __future__ import annotations

from units.roles import Role

PASSWORD = "Qinghuan#2026"

# username, name, role, unit name, title
PEOPLE: tuple[tuple[str, str, Role, str, str], ...] = (
    ("office", "杨敏（演示）", Role.OFFICER, "禄脿街道安委办", "安委办工作人员"),
    ("office2", "李国庆（演示）", Role.OFFICER, "禄脿街道安委办", "安委办工作人员"),
    ("head", "赵志明（演示）", Role.HEAD, "禄脿街道安委办", "安委办主任"),
    ("head2", "周丽（演示）", Role.HEAD, "禄脿街道安委办", "安委办副主任"),
    ("leader", "马建华（演示）", Role.LEADER, "禄脿街道安委办", "街道办事处主任"),
    ("leader2", "段明辉（演示）", Role.LEADER, "禄脿街道安委办", "党工委书记"),
    ("leader3", "李文芳（演示）", Role.LEADER, "禄脿街道安委办", "党工委副书记"),
    ("leader4", "朱海（演示）", Role.LEADER, "禄脿街道安委办", "街道办事处副主任"),
    ("yingji", "王强（演示）", Role.DEPARTMENT, "应急管理综合服务中心", "科员"),
    ("yingji2", "陈芳（演示）", Role.DEPARTMENT, "应急管理综合服务中心", "科员"),
    ("xiaofang", "刘洋（演示）", Role.DEPARTMENT, "消防工作站", "站员"),
    ("xiaofang2", "孙磊（演示）", Role.DEPARTMENT, "消防工作站", "站员"),
    ("chengguan", "吴娟（演示）", Role.DEPARTMENT, "城市管理综合服务中心", "科员"),
    ("chengguan2", "郑浩（演示）", Role.DEPARTMENT, "城市管理综合服务中心", "科员"),
    ("shichang", "何静（演示）", Role.DEPARTMENT, "禄脿市场监管所", "科员"),
    ("shichang2", "罗成（演示）", Role.DEPARTMENT, "禄脿市场监管所", "科员"),
    ("village1", "张学文（演示）", Role.GRID, "甲村村民委员会（演示）", "网格员"),
    ("village2", "李秀英（演示）", Role.GRID, "乙村村民委员会（演示）", "网格员"),
    ("village3", "普建国（演示）", Role.GRID, "丙社区居民委员会（演示）", "网格员"),
    ("village4", "杨桂芳（演示）", Role.GRID, "丁社区居民委员会（演示）", "网格员"),
    ("firm", "沈安（演示）", Role.SAFETY, "安裕食品加工厂（演示）", "安全员"),
    ("boss", "钱丰（演示）", Role.PRINCIPAL, "安裕食品加工厂（演示）", "厂长"),
    ("sysadmin", "系统管理员（演示）", Role.SYSADMIN, "禄脿街道安委办", "系统管理员"),
    ("secadmin", "安全管理员（演示）", Role.SECADMIN, "禄脿街道安委办", "安全管理员"),
    ("auditor", "审计员（演示）", Role.AUDITOR, "禄脿街道安委办", "审计员"),
)

# What `manage.py street` prints: username, password, role, unit.
ACCOUNTS: list[tuple[str, str, str, str]] = [
    (username, PASSWORD, str(role.label), unit) for username, _, role, unit, _ in PEOPLE
]
