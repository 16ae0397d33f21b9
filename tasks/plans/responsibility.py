"""Who leads, who is responsible, who cooperates: brackets and lines that say so, each with the stretch it speaks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.plans.characters import CleanText, Piece
from tasks.plans.names import HOW, looks_like_names

_LABEL = re.compile(
    r"(?P<lead>(?:牵头|主办|主责|第一责任|主管|主要负责|督导)(?:单位|部门|处室|科室|机构)?|牵头和责任(?:单位|部门))"
    r"|(?P<cooperating>(?:配合|协办|协作|协同|协助|参与|参加|参加配合|协调)(?:单位|部门|处室|科室|机构)?)"
    r"|(?P<person>(?:责任|牵头|分管|包保|挂钩|包抓|主管|落实|负责|督导)?(?:领导|责任人|负责人|联系人|人员)|责任人|负责人|落实人)"
    r"|(?P<due>(?:完成|办结|整改|时间|办理|落实|实施|工作)?(?:时限|时间|期限|时间要求|节点|时间节点)(?:要求)?)"
    r"|(?P<responsible>(?:责任|落实|实施|承办|负责|具体责任|责任主体|监管|主体责任|执行|各责任|整改责任|组织|行业主管|承担)(?:单位|部门|企业|处室|科室|股室|站所|主体|机构|方)|责任主体|责任)"
)
_LABELLED = re.compile(rf"(?:{_LABEL.pattern})(?:及(?:责任人|职责|分工))?\s*[:]")
_IN_BRACKETS = re.compile(rf"(?:{_LABEL.pattern})(?:及(?:责任人|职责|分工))?\s*(?::|(?<=[位门室])为)")
_OPENS, _CLOSES = "([〔", ")]〕"
_EXPLAINS = re.compile(r"含|包括|包含|不含|如|即|指|以下|例如|见|详见|其中|原")

# 以上任务均由…: said once for all that stands above.
_ALL = r"(?:以上|上述)(?:各项|所有|全部|第?[\d一二三四五六七八九十、~-]{1,8}项)*(?:任务|工作|措施|事项|内容)?,?(?:均|都|分别|统一)?"
_FOR_ALL = re.compile(rf"^{_ALL}(?:由|的)?")
_SENTENCE = re.compile(rf"(?:^|(?<=[。;\n]))(?:由|(?:此|本|该)项工作由|{_ALL}由)([^。;\n]{{2,80}})(?=[。;\n]|$)")


# A clause that names nobody: 7月底前完成; 2025年底前取得阶段性成效; 持续推进; 以下均需各县落实,不再列出.
NAMES_NOBODY = re.compile(
    r"^(?:于|在)?[\d一二三四五六七八九十年月日号季度上下半今底末至到 -]{2,24}(?:之前|以前|前|底|末|内)?(?:全面|基本|全部)?(?:完成|办结|落实到位)?$"
    r"|^(?:于|在)?\d[\d年月日号底末]{1,10}(?:之前|以前|前|起)[一-鿿]{0,16}$|^(?:以下|下同|不再)[^,;。]*$"
    r"|^每(?:年|半年|季|月|周|日|天)[^,;。]{0,8}$|^(?:全年|长期)$|^(?:长期|持续|常态化?)(?:坚持|推进|实施|开展)?$"
)


# Behind 责任单位：… a bracket explains the name before it: 各镇人民政府（街道办事处）。
_IN_A_LINE = re.compile(rf"(?:^|(?<=[\n。; )]))(?:{_LABELLED.pattern})[^\n。]*$".replace("?P<", "?P<in_"))


@dataclass(frozen=True)
class Statement:
    """One bracket or line that names units: where it stands, and what stands in it under which label."""

    piece: Piece
    parts: tuple[tuple[str, Piece], ...]
    doubt: str = ""


def read_statements(text: CleanText, piece: Piece) -> list[Statement]:
    """Every bracket, labelled line or unlabelled bracket of names inside the piece, in order."""
    statements: list[Statement] = []
    for outer, inner in _brackets(text.folded, piece):
        if statements and outer.start < statements[-1].piece.end:
            continue
        parts, doubt = _labelled_parts(text.folded, inner), ""
        if not parts and _speaks_of_roles(text.folded[inner.start : inner.end]):
            parts = [("", inner)]
        elif (
            not parts
            and outer.end - outer.start > 4
            and _names_and_days(text.folded[inner.start : inner.end])
            and not _EXPLAINS.match(text.folded, inner.start)
            and _closes_a_sentence(text, outer)
            and not _stands_in_a_line(text.folded, piece, outer)
        ):
            parts, doubt = [("", inner)], "括号里只有单位名称，没有写明是牵头、责任还是配合"
        if parts:
            statements.append(Statement(outer, tuple(parts), doubt))
    statements += _lines(text, piece, [statement.piece for statement in statements])
    return sorted(statements, key=lambda statement: statement.piece.start)


def _brackets(folded: str, piece: Piece) -> list[tuple[Piece, Piece]]:
    """Outermost first; a bracket that never closes ends with its paragraph."""
    stack: list[int] = []
    pairs: list[tuple[Piece, Piece]] = []
    for place in range(piece.start, piece.end):
        sign = folded[place]
        if sign in "([〔":
            stack.append(place)
        elif sign in ")]〕" and stack:
            opened = stack.pop()
            pairs.append((Piece(opened, place + 1), Piece(opened + 1, place)))
        elif sign == "\n":
            pairs += [
                (Piece(opened, place), Piece(opened + 1, place))
                for opened in stack
                if _LABELLED.match(folded, opened + 1)
            ]
            stack.clear()
    pairs += [
        (Piece(opened, piece.end), Piece(opened + 1, piece.end))
        for opened in stack
        if _LABELLED.match(folded, opened + 1)
    ]
    return sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end))


def _labelled_parts(folded: str, inner: Piece) -> list[tuple[str, Piece]]:
    """牵头单位:… ,责任单位:… → what stands after each label, when the bracket begins with one or holds one after a mark.

    A label inside a bracket of its own (应急办(责任人:张三)) speaks for that bracket only; then the outer one goes on.
    """
    labels = [
        found
        for found in (_IN_BRACKETS if inner.start and folded[inner.start - 1] in _OPENS else _LABELLED).finditer(
            folded, inner.start, inner.end
        )
        if found.start() == inner.start
        or folded[found.start() - 1] in ",;。、 \n(|[〔"
        or folded[: found.start()].endswith("由")
        or _FOR_ALL.fullmatch(folded[inner.start : found.start()])
    ]
    if not labels or labels[0].start() - inner.start > 40:
        return []
    parts: list[tuple[str, Piece]] = []
    outer = ""
    ends = [each.start() - (folded[each.start() - 1] in _OPENS) for each in labels[1:]]
    for found, end in zip(labels, [*ends, inner.end], strict=True):
        label, at = str(found.lastgroup), found.end()
        if folded[found.start() - 1] in _OPENS and found.start() > inner.start:
            close = _closing(folded, at, end)
            parts.append((label, Piece(at, close)))
            label, at = outer, min(close + 1, end)
        outer = label
        if at < end and label:
            parts.append((label, Piece(at, end)))
    return [(label, piece) for label, piece in parts if re.search(r"[一-鿿]", folded[piece.start : piece.end])]


def _closing(folded: str, at: int, end: int) -> int:
    """Where the bracket closes that is open at `at`."""
    depth = 1
    for place in range(at, end):
        depth += (folded[place] in _OPENS) - (folded[place] in _CLOSES)
        if depth == 0:
            return place
    return end


def _speaks_of_roles(folded: str) -> bool:
    """街道安委办牵头，各村、社区配合: every clause is a list of names, at least one with its role."""
    clauses = [clause for clause in re.split(r"[,;。]", folded) if clause]
    if not clauses or len(folded) > 200:
        return False
    spoken = 0
    for clause in clauses:
        if NAMES_NOBODY.search(clause):
            continue
        found = HOW.search(clause)
        names = clause[: found.start()] if found else clause
        if not names or not looks_like_names(_FOR_ALL.sub("", re.sub(r"^由", "", names))):
            return False
        spoken += bool(found)
    return spoken > 0


def _names_and_days(folded: str) -> bool:
    """区市场监管局,12月底前: names, and at most by when."""
    clauses = [clause for clause in re.split(r"[,;]", folded.strip("。;, ")) if clause]
    names = [clause for clause in clauses if not NAMES_NOBODY.search(clause)]
    return bool(names) and looks_like_names(",".join(names))


def _stands_in_a_line(folded: str, piece: Piece, outer: Piece) -> bool:
    start = max(folded.rfind("\n", piece.start, outer.start) + 1, piece.start, outer.start - 200)
    return bool(_IN_A_LINE.search(folded[start : outer.start]))


def _closes_a_sentence(text: CleanText, outer: Piece) -> bool:
    following = text.folded[outer.end : outer.end + 1]
    return following in ("", "\n", "。", ";")


def _lines(text: CleanText, piece: Piece, taken: list[Piece]) -> list[Statement]:
    """责任单位：… outside brackets, to the end of its line; and sentences that are nothing but 由…牵头，…配合。"""
    lines: list[Statement] = []
    at = piece.start
    while found := _LABELLED.search(text.folded, at, piece.end):
        at = found.end()
        inside = any(each.start <= found.start() < each.end for each in taken)
        if inside or not (found.start() == piece.start or text.folded[found.start() - 1] in "\n。;, )"):
            continue
        end = text.folded.find("\n", found.end(), piece.end)
        end = piece.end if end < 0 else end
        end = min([end, *(each.start for each in taken if each.start >= found.end())])
        whole = Piece(found.start(), end)
        lines.append(Statement(whole, tuple(_labelled_parts(text.folded, whole))))
        taken = [*taken, whole]
        at = end
    for found in _SENTENCE.finditer(text.folded, piece.start, piece.end):
        inner = Piece(found.start(1), found.end(1))
        if _speaks_of_roles(text.folded[inner.start : inner.end]) and not any(
            each.start <= inner.start < each.end for each in taken
        ):
            whole = Piece(found.start(), found.end(1))
            lines.append(Statement(whole, (("", inner),), "责任单位写在正文的句子里"))
    return lines
