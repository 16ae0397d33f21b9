"""Lists of units as plans write them: where one name ends and the next begins, and what is no name at all."""

from __future__ import annotations

import re

from tasks.plans.characters import CleanText, Piece

UNIT_END = re.compile(
    r"(?:(?<![农乡])村|(?<![全内局外])部|(?<![场住厕])所|(?<![督举承主协交开查])办|(?<!网)站|(?<![据仓])库|(?<![阶路时地])段|(?<!现)场"
    r"|(?<![执进运实推施通])行|(?<![辖地山林城旧片])区|(?:委|工|协|商|合|金|学|员|事|党)会|(?:妇|残|文|科|侨|商)联"
    r"|(?<![格布结大全时])局|办公室|中心|队|委|单位|部门|企业|社区|居|政府|街道|镇|乡|党支部|公司|集团|院|校|(?<![学专])科|股|处|室|园区|管委会|机构|"
    r"组|联合会|团|厂|矿|派出所|运营商|物业|网格员|网格|供电|电网|县|旗|市|州|馆|社|厅|"
    r"成员|人员|负责人|干部|主体|双方|各方|学校|小学|中学|幼儿园|医院)(?:\([^()]*\))?$"
)
_PAIR = re.compile(r"^各?(?:村|镇|乡|街道|县|区|县区|县市区|乡镇|部门|科室|企业|社区|行政村|市)$")
_PAIR_TAIL = re.compile(
    r"^(?:社区|居委会|街道|乡|镇|区|市|村|村\(社区\)|单位|部门|园区|区\)|\(区\))(?:居委会|村委会)?$"
)
_ONE_HOUSE = re.compile(r"^各.{0,12}党(?:工)?委、(?:政府|办事处|管委会)(?:[及和与]|$)")  # 各镇党委、政府
_DEEPEST = 8  # brackets around one name
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"
_OPENS, _CLOSES = tuple("([〔"), tuple(")]〕")
_AND_SO_ON = re.compile(
    r"等(?:\d+个|[一二三四五六七八九十]+个)?(?:各|有关|相关|其他)*(?:部门|单位|机构|科室|企业|成员单位|部门和单位|部门\(机构\)|部门\(单位\))?$"
)
# What stands after the names and says how they work together.
HOW = re.compile(
    r"[,、]?(?:等(?:各|有关|相关)*(?:部门|单位)?)?(?:\(?(?:按照?|依照?|依据|根据|结合)(?:各自|部门|单位|法定|工作|职能|职责|分工|任务|规定|权限|属地|管理|范围|内|和|、)*)?"
    r"(?:分别|各自|共同|具体|联合|分工|协同|积极|密切|组织|全面|统筹|依法|各|分头|同时|予以|认真|督促|监督|指导)*"
    r"(牵头负责|牵头组织|牵头落实|牵头实施|牵头抓总|牵头|主办|主责|负总责|协助配合|参与配合|协调配合|配合落实|配合做好|配合|协办|协助|参与|参加|"
    r"负责落实|负责实施|组织实施|贯彻落实|抓好落实|业务指导|监督指导|指导|分工落实|落实|负责|实施|承办|推进|推动|分工)$"
)


def role_of(how: str) -> str:
    """What the closing word makes of the names before it."""
    if "牵头" in how or how in ("主办", "主责", "负总责"):
        return "lead"
    if any(word in how for word in ("配合", "协", "参与", "参加", "指导")):
        return "cooperating"
    return "responsible"


def split_names(text: CleanText, piece: Piece) -> list[Piece]:
    """The names of a list, as pieces of the text."""
    piece = text.trimmed(piece, also="、，,；;。：: ." + _CIRCLES)
    folded = text.folded
    found = _AND_SO_ON.search(folded, piece.start, piece.end)
    if found and found.end() == piece.end and found.start() > piece.start:
        piece = Piece(piece.start, found.start())
    parts = _cut(folded, piece, re.compile(r"[、,;/|\n ]"))
    names: list[Piece] = []
    for part in _rejoined(folded, parts):
        names += _split_at_and(folded, part)
    trimmed = [
        _unwrapped(
            text,
            text.trimmed(
                _without_and_so_on(folded, _without_lead_in(folded, name)), also="、，,；;。：:.|｜" + _CIRCLES
            ),
        )
        for name in names
    ]
    return [name for name in trimmed if name and re.search(r"[一-鿿]", text[name])]


def _without_and_so_on(folded: str, name: Piece) -> Piece:
    """市场监管局等部门, in the middle of a list, names 市场监管局."""
    found = _AND_SO_ON.search(folded, name.start, name.end)
    whole = found and found.end() == name.end and UNIT_END.search(folded[name.start : found.start()])
    return Piece(name.start, found.start()) if found and whole else name


def _unwrapped(text: CleanText, name: Piece) -> Piece:
    """【宣传办】 names 宣传办; a bracket that was left open or closed by another list belongs to no name."""
    for _ in range(_DEEPEST):
        inside = text.folded[name.start : name.end]
        opened, closed = sum(inside.count(sign) for sign in _OPENS), sum(inside.count(sign) for sign in _CLOSES)
        wrapped = inside[:1] in _OPENS and (opened > closed or inside[-1:] in _CLOSES)
        if not wrapped and not (closed > opened and inside[-1:] in _CLOSES):
            return name
        last = name.end - (inside[-1:] in _CLOSES)
        name = text.trimmed(Piece(name.start + wrapped, max(last, name.start + wrapped)))
    return name


def _cut(folded: str, piece: Piece, separator: re.Pattern[str]) -> list[Piece]:
    """Cut at separators that stand outside brackets."""
    parts, depth, at = [], 0, piece.start
    for place in range(piece.start, piece.end):
        sign = folded[place]
        if sign in "(《“[〔":
            depth += 1
        elif sign in ")》”]〕":
            depth = max(0, depth - 1)
        elif depth == 0 and separator.match(sign):
            parts.append(Piece(at, place))
            at = place + 1
    parts.append(Piece(at, piece.end))
    return [part for part in parts if part]


def _rejoined(folded: str, parts: list[Piece]) -> list[Piece]:
    """各村、社区 is one group; so is 各镇、街道."""
    joined: list[Piece] = []
    for part in parts:
        tail = re.split(r"[及和与]", folded[part.start : part.end])[0]
        if joined and folded[part.start - 1] == "、" and _PAIR_TAIL.match(tail):
            before = re.split(r"[及和与]", folded[joined[-1].start : joined[-1].end])[-1]
            if _PAIR.match(before) and (before.startswith("各") or before in ("村", "镇", "乡", "县")):
                joined[-1] = Piece(joined[-1].start, part.end)
                continue
        if joined and _ONE_HOUSE.search(folded[joined[-1].start : part.end]) and joined[-1].end + 1 == part.start:
            joined[-1] = Piece(joined[-1].start, part.end)
            continue
        joined.append(part)
    return joined


_AND = re.compile(r"以及|(?:要|应|须)?(?:会同|联合(?!会)|统筹|组织(?!部))|及其他|及|和|与|暨")


def _split_at_and(folded: str, part: Piece) -> list[Piece]:
    """Cut at 和、及、与、以及 only where the left side is whole: 生态环境和农业农村综合服务中心 is one name."""
    names, at = [], part.start
    for found in _AND.finditer(folded, part.start, part.end):
        left = folded[at : found.start()]
        cut = found.end() - (2 if found.group() == "及其他" else 0)
        right = folded[cut : part.end]
        is_whole = left.count("(") == left.count(")") and UNIT_END.search(left)
        if is_whole and right and right not in ("单位", "部门", "机构", "个人", "企业"):
            names.append(Piece(at, found.start()))
            at = cut
    return [*names, Piece(at, part.end)]


def _without_lead_in(folded: str, name: Piece) -> Piece:
    """由街道安委办 names 街道安委办."""
    found = re.match(r"(?:(?:以上|上述)[^由]{0,10}由|由|以及|及|和|与|请)", folded[name.start : name.end])
    if (
        found
        and name.end - name.start > found.end() + 1
        and not re.match(r"和平|和谐|与", folded[name.start : name.end])
    ):
        return Piece(name.start + found.end(), name.end)
    return name


def looks_like_names(folded: str) -> bool:
    """Whether every part of a short list ends like a unit."""
    parts = [part for part in re.split(r"[、,;/ ]", _AND_SO_ON.sub("", folded.strip("。;, "))) if part]
    return bool(parts) and all(
        (UNIT_END.search(part) and 2 <= len(part) <= 30) or _PAIR_TAIL.match(part) for part in parts
    )
