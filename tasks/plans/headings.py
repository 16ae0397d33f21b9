"""What headings say: that tasks follow, or that this part is the frame around them."""

from __future__ import annotations

import re

TASK_PART = re.compile(
    r"^(?:.{0,8}(?:任务|措施|内容|举措|事项)|.{0,8}(?:重点|主要|具体|年度|整治|治理|攻坚|排查)工作|.{0,6}(?:工作|整治|检查|排查|治理|行动|攻坚|防控|防范|监管)重点"
    r"|(?:主要|重点|具体|核心|专项|攻坚|实施|整治)+行动)(?:分解|分工|[及和与]责任分工|清单|和措施|及措施|及分工|与措施|和分工|安排|及要求|及重点)*$"
)
OTHER_PART = re.compile(
    r"总体(?:要求|目标|思路)|指导思想|(?:工作|主要|总体|行动|预期|攻坚)?目标$|^.{0,4}目标(?=[到通\d])|目标要求|基本原则|工作原则|保障|组织领导|组织机构|组织实施|工作要求|有关要求|相关要求|"
    r"(?<!主要)(?<!重点)(?<!具体)(?:工作|实施|方法|时间|进度|行动|推进)+(?:步骤|安排|阶段|进度)|领导小组|职责分工$|附则|总则|背景|基本情况|形势|编制依据|适用范围|督导考核|监督(?:检查|考核)|考核(?:评价|督查|奖惩)|工作机制$|(?:整治|排查|检查|工作|行动|实施|活动)(?:范围|对象|时间)|(?:几点|纪律|报送)要求|信息报送|时间(?:安排|步骤)|^目的|依据$|任务分工$"
)
# Read for tasks only where no other part has any.
DUTY_PART = re.compile(r"(?:任务|职责|责任|工作)分工$|(?:部门|单位|工作)职责$")
STEP_PART = re.compile(r"(?:步骤|阶段|进度|安排)$|(?:步骤|阶段)(?:和|及|与).{1,6}$")

_PLAIN = re.compile(r"^[一-鿿]{2,10}$")


def is_plain_heading(line: str) -> bool:
    """A line without a number that is nothing but such a heading: 工作目标, 重点任务, 保障措施."""
    return bool(_PLAIN.match(line)) and bool(TASK_PART.search(line) or OTHER_PART.search(line))
