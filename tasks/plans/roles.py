"""The units of a task in their roles, from the statements that name them."""

from __future__ import annotations

import re
from dataclasses import replace

from tasks.plans.characters import CleanText, Piece
from tasks.plans.found import Found, Name
from tasks.plans.names import HOW, UNIT_END, looks_like_names, role_of, split_names
from tasks.plans.responsibility import NAMES_NOBODY, Statement

# 应急办(牵头), 派出所〔配合〕: the role behind the name itself.
_ROLE_BEHIND = re.compile(r"[(\[〔](牵头|主办|主责|配合|协办|协助|参与|负责|责任|承办)(?:单位|部门)?[)\]〕]$")
_UNIT_AND_PERSON = re.compile(
    r"^([一-鿿()]+?(?:办公室|办|局|中心|队|站|所|科|室|委|村|社区|公司))\(?([一-鿿]{2,3})\)?$"
)
STANDING = re.compile(r"长期(?:坚持|实施|推进|整治)?|常年|持续(?:推进|实施)|常态化(?:推进|实施)?|全年")


def read_names(
    text: CleanText, statements: list[Statement], task: Piece
) -> tuple[list[Name], list[Found], list[Piece]]:
    """The units of a task with their roles and scopes, its 责任人, and the stretches that give a deadline."""
    names: list[Name] = []
    leaders: list[Found] = []
    times: list[Piece] = []
    at = task.start
    for statement in statements:
        scope = (
            Piece(at, statement.piece.start) if statement.piece.start > at else Piece(task.start, statement.piece.start)
        )
        for label, part in statement.parts:
            if label == "due":
                times.append(part)
            elif label == "unit_person":
                units, people = _apart(text, _names_of(text, part, "responsible", scope, statement.doubt))
                names, leaders = names + units, leaders + people
            elif label == "person":
                leaders += [Found(text[each], each) for each in split_names(text, part)]
            else:
                names += _names_of(text, part, label or "responsible", scope, statement.doubt)
                times += [each for each in _clauses(text.folded, part) if _stands(text, each)]
        at = statement.piece.end
    return names, leaders, times


def _apart(text: CleanText, found: list[Name]) -> tuple[list[Name], list[Found]]:
    """The units and the persons of a column that holds both: 城建办李四."""
    units, people = [], []
    for each in found:
        person = each.piece
        both = _UNIT_AND_PERSON.match(text.folded[each.piece.start : each.piece.end])
        if both and not UNIT_END.search(both.group(2)):
            unit = Piece(each.piece.start, each.piece.start + both.end(1))
            units.append(replace(each, text=text[unit], piece=unit))
            person = text.trimmed(Piece(unit.end, each.piece.end), also="(（)）")
        elif len(each.text) > 4 or UNIT_END.search(each.text):
            units.append(each)
            continue
        people.append(Found(text[person], person))
    return units, people


def unit_heading(text: CleanText, heading: Found) -> list[Name]:
    """The units a heading consists of, where a list of tasks is ordered by unit: 一、应急管理办公室."""
    if not looks_like_names(text.folded[heading.piece.start : heading.piece.end]):
        return []
    doubt = "责任单位取自上面的标题"
    return [Name(text[each], each, doubt, "responsible", heading.piece) for each in split_names(text, heading.piece)]


def _names_of(text: CleanText, part: Piece, role: str, scope: Piece, doubt: str) -> list[Name]:
    """Clause by clause: A牵头,B配合; a clause without such a word keeps the role of the label."""
    names: list[Name] = []
    clauses = [text.trimmed(each, also="。.;；,，、") for each in _clauses(text.folded, part)]
    for clause in clauses:
        if NAMES_NOBODY.search(text.folded[clause.start : clause.end]):
            continue
        found = HOW.search(text.folded, clause.start, clause.end)
        said = role_of(found.group(1)) if found else ""
        own = role if said in ("", "responsible") else said
        pieces = split_names(text, Piece(clause.start, found.start() if found else clause.end))
        names += [_name(text, each, own, scope, doubt) for each in pieces]
    return names


def _stands(text: CleanText, clause: Piece) -> bool:
    """长期坚持, 持续推进 between the units of a bracket."""
    return bool(STANDING.fullmatch(text[text.trimmed(clause)]))


def _name(text: CleanText, piece: Piece, role: str, scope: Piece, doubt: str) -> Name:
    if behind := _ROLE_BEHIND.search(text.folded[piece.start : piece.end]):
        role, piece = role_of(behind.group(1)), text.trimmed(Piece(piece.start, piece.start + behind.start()))
    return Name(text[piece], piece, _doubt_of(piece, doubt), role, scope)


def _clauses(folded: str, part: Piece) -> list[Piece]:
    """Cut at , ; 。 outside brackets."""
    clauses, depth, at = [], 0, part.start
    for place in range(part.start, part.end):
        sign = folded[place]
        depth += sign in "([〔"
        depth = max(0, depth - (sign in ")]〕"))
        if sign in ",;。\n" and depth == 0:
            clauses.append(Piece(at, place))
            at = place + 1
    clauses.append(Piece(at, part.end))
    return [clause for clause in clauses if clause]


def _doubt_of(name: Piece, doubt: str) -> str:
    if doubt:
        return doubt
    if name.end - name.start > 30:
        return "名称过长，可能不是单位"
    if name.end - name.start < 2:
        return "名称过短，可能不是单位"
    return ""
