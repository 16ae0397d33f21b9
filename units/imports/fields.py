"""What an enterprise ledger (一企一档) may say (domain-rules §6)."""

from __future__ import annotations

from common.spreadsheets import Field
from units.models import Enterprise

RISKS = {
    "红": Enterprise.Risk.RED, "橙": Enterprise.Risk.ORANGE, "黄": Enterprise.Risk.YELLOW, "蓝": Enterprise.Risk.BLUE,
    "红色": Enterprise.Risk.RED, "橙色": Enterprise.Risk.ORANGE, "黄色": Enterprise.Risk.YELLOW, "蓝色": Enterprise.Risk.BLUE,
    "重大": Enterprise.Risk.RED, "较大": Enterprise.Risk.ORANGE, "一般": Enterprise.Risk.YELLOW, "低": Enterprise.Risk.BLUE,
    "重大风险": Enterprise.Risk.RED, "较大风险": Enterprise.Risk.ORANGE, "一般风险": Enterprise.Risk.YELLOW,
    "低风险": Enterprise.Risk.BLUE,
}  # fmt: skip
STATES = {
    "在营": Enterprise.State.OPERATING, "正常": Enterprise.State.OPERATING, "存续": Enterprise.State.OPERATING,
    "停产": Enterprise.State.SUSPENDED, "停业": Enterprise.State.SUSPENDED, "停产停业": Enterprise.State.SUSPENDED,
    "关闭": Enterprise.State.CLOSED, "注销": Enterprise.State.CANCELLED, "吊销": Enterprise.State.CANCELLED,
}  # fmt: skip
YES_NO = ("是", "否")

FIELDS = (
    Field("name", "单位名称", ("企业名称", "生产经营单位名称", "经营单位名称", "场所名称", "商户名称", "公司名称", "企业全称", "名称"),
          required=True, width=34, example="禄兴磷化工有限公司", excludes=("主管", "上级", "检查", "填报")),
    Field("uscc", "统一社会信用代码", ("信用代码", "社会信用代码", "统一信用代码", "统一社会信用代码/注册号"), width=24,
          example="91530181355076952C", note="18位；无照小场所可不填，但须填写地址和经营者"),
    Field("address", "地址", ("注册地址", "单位地址", "企业地址", "经营地址", "所在地址", "详细地址", "生产经营地址", "住所"), width=34,
          example="禄脿街道乙村3号"),
    Field("area", "所在区域", ("所在村(社区)", "所属村(社区)", "村(社区)", "所属社区", "所属村", "属地", "所在区域(三级)", "辖区"),
          example="乙村"),
    Field("sector", "行业领域", ("所属行业", "行业", "行业类别", "行业类型", "监管行业", "所属行业领域"), example="工贸",
          excludes=("主管",)),
    Field("place_kind", "场所类型", ("场所类别", "九小场所类型", "企业类型"), example="小餐饮"),
    Field("legal_person", "法定代表人", ("法人", "法人代表", "法定代表人或主要负责人", "法人姓名"), example="张建国"),
    Field("principal", "主要负责人", ("企业负责人", "单位负责人", "负责人", "负责人姓名"), example="李文", excludes=("安全", "安管")),
    Field("principal_phone", "联系电话", ("主要负责人电话", "负责人电话", "联系方式", "手机", "电话", "手机号码", "法人电话"),
          example="13908710001", excludes=("安管", "安全", "其电话")),
    Field("controller", "实际控制人", ("实控人",)),
    Field("operator", "经营者", ("经营者姓名", "业主", "店主", "经营人")),
    Field("safety_officer", "安全负责人", ("安管负责人", "安全管理人员", "安全员", "安全管理员", "安全管理负责人", "安全生产管理人员")),
    Field("safety_phone", "安全负责人电话", ("其电话", "安管负责人电话", "安全员电话", "安全管理人员电话")),
    Field("employees", "从业人数", ("从业人员", "职工人数", "员工人数", "从业人员数", "人数")),
    Field("is_above_scale", "规模以上", ("规上", "是否规上", "是否规模以上", "规上/规下"), choices=YES_NO),
    Field("is_high_risk", "高危行业", ("是否高危", "高风险作业", "高危", "是否高危行业"), choices=YES_NO),
    Field("risk", "风险等级", ("安全风险等级", "企业风险等级", "四色等级"), choices=("红", "橙", "黄", "蓝")),
    Field("state", "经营状态", ("企业状态", "状态", "注销或暂停经营"), choices=("在营", "停产停业", "关闭", "注销")),
    Field("remark", "备注", ("说明",), width=30),
)  # fmt: skip
LABELS = {each.key: each.label for each in FIELDS}
