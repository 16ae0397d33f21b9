"""Plans to import in the world of the cast."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

PLAN = """甲街道2027年安全生产工作方案
甲街安〔2027〕3号
一、主要任务
（一）压实责任
1.签订责任书。3月底前与各村（社区）签订责任书，签订率100%。（牵头单位：街道安委办；责任单位：各村、社区）
2.开展研判。每季度至少开展1次分析研判。（责任单位：应急管理综合服务中心牵头，负有安全监管职责的部门配合）
（二）整治隐患
3.整治厂房。2027年6月底前完成排查，年底前整改到位。（责任单位：应急管理综合服务中新）
二、工作要求
各单位要抓好落实。
甲街道安委办
2027年1月8日
"""

SECOND = PLAN.replace("签订责任书", "开展培训").replace("3号", "5号")


def text_file(text: str = PLAN, name: str = "方案.txt") -> SimpleUploadedFile:
    """The plan as an upload."""
    return SimpleUploadedFile(name, text.encode())
