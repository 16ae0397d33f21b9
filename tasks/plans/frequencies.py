"""How often and how much: recurrences (每季度, 每年4月30日前) and quantities (不少于3次, 100%, 不低于20%)."""

from __future__ import annotations

import re

from tasks.plans.characters import CleanText, Piece
from tasks.plans.found import Found

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?万?(?:\s*(?:至|到|-|~)\s*\d+)?|(?!一批)[一二两三四五六七八九十百]{1,3})"
_TIMES = (
    r"(?:人次|台次|家次|户次|车次|课时|学时|公里|千米|平方米|亩|吨|万元|小时|场次|次|期|个|家|场|批次|批|起|名|项|处|件|份|口|户|篇|条|支|台|套|块|根|面|幅|座|只|盘|具|辆|栋|盏|间|堂|轮|遍|"
    r"人)"
)
_COUNTER = rf"(?:{_TIMES}|分钟|天)"
_AT_LEAST = (
    r"(?:[≥≤]|不少于|不低于|不得少于|不得低于|不超过|不高于|不小于|至少|最少|达到|达|提高到|提升至|提高至|控制在)"
)
_VERB = r"[一-鿿]{0,6}?"
_EVERY = (
    r"(?:每(?:半年|半个?月|季度|季|年度|年|个?月度?|(?:周|星期)(?:[一二三四五六日天](?![次场期])(?:[、和](?:周|星期)?[一二三四五六日天](?![次场期]))*)?|旬|日|天|晚|学期"
    r"|两年|三年|两个月|[两双]周|\d+(?:个月|天|日|周|个?小时)|逢[^,。;、]{1,10}?(?:日?前|期间|时段?|日))"
    r"|逐(?:月|季度?|年|周)|按(?:月|季度?|年度|周)(?=[一-鿿])|(?<![健安])全年(?!度))"
)
_MONTH_DAY = r"(?:\d{1,2}|十?[一二三四五六七八九十])月(?:\d{1,2}[日号]|底|末)?"
_POINT = (
    rf"(?:的?{_MONTH_DAY}(?:[、和]{_MONTH_DAY})*|的?\d{{1,2}}[日号](?:[、和]\d{{1,2}}[日号])*|的?[上中下]旬"
    r"|(?:度)?的?(?:末月|首月|最后一个月|第一个月)的?(?:\d{1,2}[日号]|[上中下]旬)?|(?:度)?(?:年底|年末|月底|月末|季末|底|末))"
)
_RECURRENCE = re.compile(
    rf"{_EVERY}(?:{_POINT}(?:之前|以前|前)?)?(?:(?:定期|按时|原则上|有针对性|集中|组织|{_AT_LEAST})*{_VERB}(?:{_AT_LEAST})?{_VERB}(?<![每至到]){_NUMBER}\s*{_TIMES})?"
)
_FAR_COUNT = re.compile(
    rf"(?:(?!每|全年|逐)[^,。;:()\n]){{0,40}}?(?:{_AT_LEAST}(?:(?!每|全年|逐)[^,。;:()\n]){{0,40}}?"
    rf"|各?(?:开展|组织|召开|举办|研究|检查|调度|通报|演练|巡查))(?<![到至]){_NUMBER}\s*{_COUNTER}(?![以及]上)"
)
# 一月一调度, 半年一次, 一年不少于两次; 上、下半年各一次.
_ONCE_A = re.compile(
    rf"(?<![第每近十百\d])(?:一(?:年|季度?|个?月|周|日)|(?<![上下])半年)(?:{_AT_LEAST})?"
    r"(?:[一两二三四五六\d]{1,2}次|一(?:调度|通报|研判|排查|报告|总结|会商|督导|考核|评估|分析|检查|例会|汇总|小结|巡查|演练))"
    rf"|上(?:半年)?[、和]?下半年(?:要|应)?(?:至少)?(?:各|分别){_VERB}(?:{_AT_LEAST})?{_NUMBER}\s*[次轮场期]"
)
# 月度例会制度, 年度考核制度; 月调度、季通报、年度考核.
_DEEDS = r"(?:考核|述职|督导|通报|调度|例会|会商|研判|评估|报告|巡查|检查)"
_REGULAR = re.compile(
    rf"(?:年度|季度|月度|半年){_DEEDS}(?=(?:制度|机制))|(?<=[日周月季](?:管控|排查|调度|通报|督导|会商|例会|研判)、)半年{_DEEDS}|(?<=半年(?:考核|督导|通报|调度)、)年度{_DEEDS}"
)
_YEARLY_END = re.compile(r"(?:^|(?<=[,;。\n]))年[末底](?=[将对向要应把])")
# 日管控、周排查、月调度; 月通报、季督导.
_NAMED = re.compile(
    r"(?<![每逐按\d一二两双三四五六七八九十个本当次上下数半生节假产传])[日周月季](?:管控|排查|调度|通报|督导|会商|例会|研判|自查|巡查)"
)
_SHORT_TAIL = re.compile(rf"{_NUMBER}\s*{_COUNTER}$")
_PERCENT = re.compile(
    rf"(?:{_AT_LEAST}(?:[^,。;%()\n]{{0,14}}?的)?)?\s*\d{{1,3}}(?:\.\d+)?\s*%(?:\s*以[上下内])?|百分之[一二三四五六七八九十百]+(?:以[上下])?"
)
_COUNT = re.compile(
    rf"{_AT_LEAST}(?:(?!每|半年)[一-鿿]){{0,6}}?{_NUMBER}\s*(?:个(?:工作)?[月日]|个?小时|{_COUNTER})(?:和\d+{_COUNTER})?(?:以内(?!的))?"
)
_MADE = (
    r"改造|更换|淘汰|完成|安排|投入|治理|整治|创建|检查|联系|成立|印发|补充|排查|实施|组建|储备|采购|加装|培育|曝光|查处|更新|发放|投放|接入|铺设|"
    r"设置|设立|配备|配齐|选派|建成|新建|新增|增设|建设|安装|组织|开展|购置|招募|举办|培训|张贴|悬挂"
)
_DONE = re.compile(
    r"(?:新建|安检|抽查|走访|改造|更换|增设|拆除|关停|打造|建成|建设|培育|创建|选树|培训|检查|完成|开展|举办|召开|新增|整治|排查|选派|配备|配置|组织|开设|安排|突出|的|"
    r"发放|投放|接入|更新|总投资约?|确保[一-鿿]{0,8}有|设立"
    rf"|(?:{_MADE})[一-鿿“”]{{0,10}}?)(?<!第)(?P<count>\d[\d,]*(?:\.\d+)?万?(?:\s*(?:至|到|-|~)\s*\d+)?\s*{_COUNTER}(?:以上(?=[,。;、\n]|$))?)(?![以及]上)(?!体系|方面|不准|必须)"
)
_OR_MORE = re.compile(
    rf"(?:配备|配齐|设置|建成|新建|新增|储备|培训|组织|开展|举办|培育|打造)(?P<count>\d+\s*{_COUNTER}以上)(?!的)"
)
# 充电棚35处、端口800个: the next count of the same list.
_GOES_ON = re.compile(
    rf"[一-鿿“”]{{0,12}}、[一-鿿]{{0,10}}?(?<!第)(?P<count>\d[\d,]*(?:\.\d+)?\s*{_COUNTER})(?![以及]上)(?!体系|方面|不准|必须)"
)
_BY_YEAR = "方案跨几个年度，按每年年末理解"
_BARE = re.compile(rf"{_NUMBER}\s*{_COUNTER}")
_CONDITION = re.compile(r"^(?:以上|及以上|以下|及以下|或以上|以内的|行业|方面|行动|阶段|环节|层级|清单|专项)")


def read_recurrences(text: CleanText, piece: Piece, over_years: bool = False) -> list[Found]:
    """Every phrase that says how often, as it stands, with the count its clause gives; 全年 only with one.

    In a plan that runs over several years a bare 年末 comes back every year.
    """
    found: list[Found] = []
    for match in _RECURRENCE.finditer(text.folded, piece.start, piece.end):
        phrase = match.group()
        rest = text.folded[match.end() : match.end() + 1]
        end = match.end()
        if phrase == "每年" and re.match(r"上(?:半年)?[、和]?下半年", text.folded[end : end + 6]):
            continue
        if phrase == "全年":
            count = _COUNT.search(_clause_after(text.folded, end, piece.end))
            if not count:
                continue
            end += count.end()
        elif not _SHORT_TAIL.search(phrase) and (far := _FAR_COUNT.match(text.folded, end, piece.end)):
            end = far.end()
        if phrase.startswith(("每日", "每天", "按年", "每逢")) and rest in ("常", "度"):
            continue
        where = Piece(match.start(), end)
        found.append(Found(text[where], where))
    for pattern in (_NAMED, _ONCE_A, _REGULAR, *((_YEARLY_END,) if over_years else ())):
        named = [Piece(*match.span()) for match in pattern.finditer(text.folded, piece.start, piece.end)]
        found += [Found(text[where], where, _BY_YEAR if pattern is _YEARLY_END else "") for where in named]
    return sorted(found, key=lambda each: each.piece.start)


def read_quantities(text: CleanText, piece: Piece) -> list[Found]:
    """Percentages and counts a task is measured by; sizes that only describe (10人以上, 150米及以上) are none."""
    spans: list[tuple[int, int]] = []
    for pattern in (_PERCENT, _COUNT):
        spans += [match.span() for match in pattern.finditer(text.folded, piece.start, piece.end)]
    for pattern in (_OR_MORE, _DONE):
        spans += [match.span("count") for match in pattern.finditer(text.folded, piece.start, piece.end)]
    spans += _lists_going_on(text.folded, spans, piece.end)
    for match in _RECURRENCE.finditer(text.folded, piece.start, piece.end):
        if tail := _SHORT_TAIL.search(match.group()):
            spans.append((match.start() + tail.start(), match.end()))
    found: list[Found] = []
    at = piece.start
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start < at or _CONDITION.match(text.folded[end : end + 4]):
            continue
        for where in _each_count(text, start, end):
            found.append(Found(text[where], where))
        at = end
    return found


def _lists_going_on(folded: str, spans: list[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    """The counts that follow others in the same list, each once."""
    known, more = set(spans), []
    for _, end in spans:
        at = end
        while found := _GOES_ON.match(folded, at, last) or _same_again(folded, at, last):
            at = found.end()
            if found.span("count") in known:
                break
            known.add(found.span("count"))
            more.append(found.span("count"))
    return more


def _same_again(folded: str, at: int, end: int) -> re.Match[str] | None:
    """安防工程35公里,村道60公里: the same measure in the next clause."""
    measure = re.search(r"[一-鿿]+$", folded[max(0, at - 4) : at])
    if not measure:
        return None
    return re.compile(rf",[一-鿿]{{1,10}}?(?P<count>\d[\d,]*\s*{measure.group()})(?![以及]上)").match(folded, at, end)


def _each_count(text: CleanText, start: int, end: int) -> list[Piece]:
    """分别不少于4次和6次 are two counts."""
    both = text.folded.find("和", start, end)
    if both < 0 or not text.folded.endswith("分别", 0, start):
        return [text.trimmed(Piece(start, end))]
    return [text.trimmed(Piece(start, both)), text.trimmed(Piece(both + 1, end))]


def _clause_after(folded: str, start: int, end: int) -> str:
    return re.split(r"[,。;]", folded[start:end], maxsplit=1)[0]
