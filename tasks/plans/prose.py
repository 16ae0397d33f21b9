"""Whom the sentences of a task tell to act, where no bracket and no line says who: 各镇(街道)要…, 由应急局牵头….

Only names that end like an office, a place or a body count, and only where they open a clause and a verb of doing or of
duty follows at once. 企业、单位、人员 are those a plan is about, not those it is given to; they count only beside an office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tasks.plans.characters import CleanText, Piece
from tasks.plans.found import Name
from tasks.plans.names import HOW, looks_like_names, split_names

DOUBT = "责任单位写在正文的句子里"

_EACH = (
    r"(?:各(?:(?:有关|相关)?(?:县|区|市|旗|州|镇|乡|街道|村|社区|园区|科室|站所|居委会|村委会)+(?:\([^()]{1,8}\))?区?|(?:有关|相关)?单位|[一-鿿]{0,6}(?:学校|幼儿园|医院))"
    r"|(?:[省市县区州旗镇乡]党?委|街道|镇|乡)?(?:组织|宣传|统战|人武|社会工作)部)"
)
_TAIL = (
    r"(?:部门|(?:管理|工作)机构|成员单位|(?<![格布结大全时])局|委员会|管委会|安委会|安委办|消安办|办事处|办公室|(?<![督举承主协交开查])办|指挥部|领导小组|中心|(?<![学专])科|(?:管理|事务|监管|执法)处|(?:大|中|支|总|执法|救援)队|"
    r"工作站|(?<![油气电车网充换])站|(?<![场住厕])所|园区|开发区|工业园|政府|党委|党工委|工委|纪委|街道|镇街|乡镇|(?<![城集])镇|(?<!城)乡|村居|社区|"
    r"中心(?:学校|小学|校)|卫生院|消防队|(?<![农乡])村|村\(社区\)|居委会|村委会|民委员会|(?:政法|发改|改革|卫健|健康|国资|宗教)委|联合会|工会)"
)
# A clause that begins with one of these has its subject elsewhere.
_NO_NAME = (
    r"(?!加强|强化|落实|推[动进]|督促|指导|开展|完善|建立|健全|压实|发挥|依托|通过|组织(?!部)|加快|深化|提升|提高|严格|坚持|按照|根据|充分|"
    r"做好|抓好|形成|构建|明确|配合|协助|协调|支持|鼓励|引导|要求|全面|进一步|积极|涉及|包括|进行|实行|实施|设立|成立|召开|"
    r"报送?|经[过由]|对(?!外)|在|将|把|按|由|从|以|为|向|其|凡|使|让|被|如|并|不|未|无|已|要|应(?!急)|须|与|和|及|[一二三四五六七八九十]是)"
)
_SIGN = r"(?!实[行施]|建立|形成|采取|负责|牵头|配合|开展|制定|统筹|督促|指导|联合(?!会)|会同|组织(?!部)|由)[一-鿿()]"  # no verb stands inside a name
_NAME = rf"(?:{_EACH}|{_NO_NAME}(?:{_SIGN}|“[^”]{{1,8}}”){{1,20}}?{_TAIL}(?:\([^()]{{1,12}}\))?)"
_MORE = rf"(?:{_EACH}|[一-鿿]{{2,8}}公司|(?:{_SIGN}){{0,20}}?{_TAIL}(?:\([^()]{{1,12}}\))?)"
_NAMES = rf"{_NAME}(?:(?:、|以及|及其?|和|与|(?:要|应|须)?(?:会同|联合|统筹|组织(?!部))){_MORE})*(?:等(?:各|有关|相关|多个)?(?:部门|单位))?"
_DUTY = r"(?:要(?!求)|应当|应该|应(?!急)|必须|须|需要(?!的)|负责|具体负责|牵头|承担)"
_DEED = (
    r"(?:按照?|根据|依据|依法|结合|会同|联合(?!会)|配合|协助|参与|每个?(?:半?年|季|月|周|日|天|学期)|定期|适时|及时|严格|认真|全面|切实|持续|"
    r"进一步|充分|积极|主动|大力|深入|统筹|建立|健全|完善|制定|组织|开展|加强|强化|加大|落实|推进|推动|督促|指导|抓好|抓紧|做好|实施|"
    r"成立|组建|聘请|委托|邀请|接到|收到|划定|提前|储备|备足|开设|设立|设置|更新|打造|收集|梳理|核查|受理|处置|通报|约谈|挂牌|审查|审核|监督|提供|抽查|调度|研究|制作|发布|曝光|增设|改造|加密|举办|召开|宣传(?!部)|查处|整治|巡查|清理|编制|修订|印发|出台|公布|安排|牵头|走访|上门|播放|张贴|发放|严[厉查]|参照|(?:要|应)?(?:在|于)?[\d一二三四五六七八九十]{1,4}[年月]|"
    r"把|将|对|履行|共同|分别|联动|逐|至少|原则上|利用|依托|围绕|紧盯|摸清|排查|检查|设立|配备|确保|完成|报送|汇总)"
)
_AFTER = rf"(?={_DUTY}|{_DEED}|,(?:对|按照?|根据|结合|围绕|针对|依托|在|于))"
_WHEN = r"(?:[^,。;:\n]{1,20}(?:前|底|末|内|起|间|年|月|日|季度|期),)?"
_OPENS = rf"(?:^|(?<=[。;!?:\n]))(?:[一二三四五六七八九十]{{1,2}}[是要]|[①-⑳]|\(\d{{1,2}}\))?(?:(?:同时|此外|原则上),)?{_WHEN}"
_WIDE = r"(?=各|全?[市县区省镇乡]|街道|村)"

_SUBJECT = re.compile(rf"{_OPENS}(?P<names>{_NAMES}){_AFTER}", re.MULTILINE)
# 公安、交通运输、农业（农机）部门要…: one word for all of them.
_OFFICES = re.compile(
    rf"{_OPENS}(?P<names>{_NO_NAME}(?:[一-鿿]{{2,8}}(?:\([一-鿿]{{1,6}}\))?、){{1,9}}[一-鿿]{{2,10}}部门)(?={_DUTY})",
    re.MULTILINE,
)
_LATER = re.compile(
    rf"(?<=,)(?:{_WIDE}(?P<wide>{_NAMES})(?={_DUTY}|{_DEED})|(?P<names>{_NAMES})(?={_DUTY}|每(?:半?年|半?月|季|周|日|天)))"
)
_BY = re.compile(rf"(?<![自经缘理])由(?P<names>{_NAMES})(?={_DUTY}|{_DEED}|督办|验收|具体|统一|主办|承办|分别|按)")
_TOLD = re.compile(
    rf"(?:督促|指导|组织|责成|要求|推动|指挥)(?P<names>(?=各|全?[市县区镇]各){_NAMES})(?={_DUTY}|{_DEED})"
)
_LED = re.compile(
    rf"(?:实行|建立|形成|坚持|采取)“?(?P<names>{_NAMES})牵头[、,](?P<others>{_NAMES})(?:[、和及](?P<firms>各?企业))?(?=负责|落实|实施|配合|参与|协同)"
)
_BESIDE = re.compile(
    rf"(?<=[,、])(?P<names>{_NAMES}|社区|镇街)(?=(?:密切|积极|共同|做好|给予|予以|按[^,。;]{{0,10}})?(?:配合|协助|参与|参加|协同))"
)
# 街道城管科牵头,会同燃气公司对…
_WITH = re.compile(
    rf"(?:牵头|负责),?(?:会同|联合)(?P<names>(?:{_NAMES}|[一-鿿]{{2,8}}公司))(?=开展|对|组织|每|共同|联合|进行|在|于|[,。;])"
)
# 市场监管所、城管办,7月15日前。 A last sentence of names, with nothing but a day behind them.
_ALONE = re.compile(
    rf"(?<=[。;])(?P<names>(?:[一-鿿()]{{2,12}}、){{0,7}}{_NAMES})(?:,(?:[^,。;\n]{{0,12}}(?:前|底|末|内|完成)))?(?=[。;]?\s*$)",
    re.MULTILINE,
)
# 按照“行业主管部门指导,企业组织实施”的工作责任体系: a rule that says who does what.
_RULE = re.compile(r"[“‘](?P<rule>[^“”‘’。\n]{6,60})[”’](?=的?[^,。;]{0,8}(?:体系|原则|机制|要求|模式|格局|方式))")
_LEADS = re.compile(r"(?:要|应当?|须|需要?)?(?:具体|统一|总)?(?:牵头|主办|主责)")
_HELPS = re.compile(
    r"(?:要|应当?|须|需要?)?(?:做好|给予|予以|密切|积极|主动|共同|按[^,。;]{0,10})?(?:配合|协助|协同|参与|参加)"
)


def read_subjects(text: CleanText, piece: Piece) -> list[Name]:
    """The units the sentences of a task tell to act, each marked for a person to look at; in the order of the text."""
    found: list[Name] = []
    for names, role in sorted(_lists(text.folded, piece), key=lambda each: each[0].start):
        for each in split_names(text, names):
            if all(not (each.start < other.piece.end and other.piece.start < each.end) for other in found):
                found.append(Name(text[each], each, DOUBT, role, piece))
    leads = {name.text for name in found if name.role == "lead"}
    return [name for name in found if name.role == "lead" or name.text not in leads]


def _lists(folded: str, piece: Piece) -> Iterator[tuple[Piece, str]]:
    """Lists of names with the role the words behind them give."""
    inside = folded[piece.start : piece.end]  # so that a clause may open with the piece itself
    for pattern in (_LED, _SUBJECT, _OFFICES, _LATER, _BY, _WITH, _TOLD, _BESIDE, _ALONE):
        groups = [group for group in ("names", "wide", "others", "firms") if group in pattern.groupindex]
        for start, end in (match.span(group) for match in pattern.finditer(inside) for group in groups):
            if start >= 0:
                role = "cooperating" if pattern is _WITH else _role(inside[end : end + 16])
                yield Piece(piece.start + start, piece.start + end), role
    for match in _RULE.finditer(inside):
        for clause in re.finditer(r"[^,;]+", match.group("rule")):
            how = HOW.search(clause.group())
            if how and looks_like_names(clause.group()[: how.start()]):
                start = piece.start + match.start("rule") + clause.start()
                yield Piece(start, start + how.start()), _role(how.group(1))


def _role(after: str) -> str:
    if _LEADS.match(after):
        return "lead"
    return "cooperating" if _HELPS.match(after) else "responsible"
