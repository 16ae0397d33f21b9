import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.db import AppendOnly


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("hazards", "0001_initial"),
        ("hazards", "0002_criteria"),
        ("hazards", "0003_append_only_events"),
        ("hazards", "0004_told_step"),
        ("hazards", "0005_ledger_count"),
        ("hazards", "0006_trend_indexes"),
        ("hazards", "0007_campaign_marks"),
        ("hazards", "0008_extension_climbs"),
        ("hazards", "0009_major_cites"),
    ]

    dependencies = [
        ("evidence", "0001_initial"),
        ("units", "0002_sectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("is_running", models.BooleanField(default=True, verbose_name="进行中")),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="建立时间")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="牵头单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项标记",
                "verbose_name_plural": "专项标记",
                "ordering": ("-is_running", "-pk"),
                "constraints": [models.UniqueConstraint(fields=("owner", "title"), name="campaignmark_title_once")],
            },
        ),
        migrations.CreateModel(
            name="CriterionStandard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, verbose_name="代码")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                ("title", models.CharField(max_length=120, verbose_name="名称")),
                ("document_number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                ("issuer", models.CharField(blank=True, max_length=80, verbose_name="发布机关")),
                ("effective_date", models.CharField(blank=True, max_length=12, verbose_name="施行日期")),
                ("status", models.CharField(max_length=10, verbose_name="状态")),
                ("replaced_by", models.CharField(blank=True, max_length=20, verbose_name="被替代为")),
                ("sector", models.CharField(max_length=40, verbose_name="行业领域")),
                ("clause_count", models.PositiveSmallIntegerField(null=True, verbose_name="条款数")),
                ("confidence", models.CharField(max_length=8, verbose_name="核对可信度")),
            ],
            options={
                "verbose_name": "判定标准",
                "verbose_name_plural": "判定标准",
                "ordering": ("sector", "code", "-version"),
                "constraints": [models.UniqueConstraint(fields=("code", "version"), name="standard_version_once")],
            },
        ),
        migrations.CreateModel(
            name="CriterionItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("clause", models.CharField(max_length=40, verbose_name="条款")),
                ("sector", models.CharField(max_length=40, verbose_name="行业领域")),
                ("sub_sector", models.CharField(blank=True, max_length=40, verbose_name="细分领域")),
                ("title", models.CharField(max_length=200, verbose_name="情形")),
                ("description", models.TextField(blank=True, verbose_name="说明")),
                ("keywords", models.CharField(blank=True, max_length=200, verbose_name="关键词")),
                ("level", models.CharField(default="重大", max_length=10, verbose_name="等级")),
                ("confidence", models.CharField(max_length=8, verbose_name="核对可信度")),
                ("checked_by", models.CharField(blank=True, max_length=30, verbose_name="核对人")),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "search_grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), default=list, editable=False, size=None
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="hazards.criterionstandard",
                        verbose_name="标准",
                    ),
                ),
            ],
            options={
                "verbose_name": "判定条款",
                "verbose_name_plural": "判定条款",
                "ordering": ("standard", "pk"),
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["search_grams"], name="criterion_grams")],
                "constraints": [
                    models.UniqueConstraint(fields=("standard", "clause", "title"), name="criterion_clause_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Hazard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(editable=False, max_length=40, null=True, unique=True, verbose_name="隐患编号"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("reported", "待核实"),
                            ("planning", "待报方案"),
                            ("rectifying", "整改中"),
                            ("submitted", "待复查"),
                            ("reviewed", "待销号"),
                            ("closed", "已销号"),
                            ("dismissed", "不予立案"),
                            ("transferred", "已移送"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("general", "一般"), ("key", "重点"), ("major", "重大")],
                        default="general",
                        max_length=8,
                        verbose_name="等级",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("self_check", "企业自查"),
                            ("inspection", "督导检查"),
                            ("citizen", "群众举报"),
                            ("assigned", "上级交办"),
                            ("expert", "专家检查"),
                            ("import", "导入"),
                        ],
                        max_length=12,
                        verbose_name="来源",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("fire", "消防"),
                            ("electric", "用电"),
                            ("gas", "燃气"),
                            ("chemical", "危化"),
                            ("confined", "有限空间"),
                            ("dust", "粉尘"),
                            ("equipment", "特种设备"),
                            ("construction", "施工"),
                            ("mine", "矿山"),
                            ("traffic", "交通"),
                            ("person", "人员"),
                            ("management", "管理"),
                            ("other", "其他"),
                        ],
                        default="other",
                        max_length=14,
                        verbose_name="类别",
                    ),
                ),
                ("description", models.TextField(max_length=1000, verbose_name="隐患描述")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="具体部位")),
                (
                    "area_path",
                    models.CharField(db_collation="C", editable=False, max_length=60, verbose_name="区域路径"),
                ),
                ("responsible_person", models.CharField(blank=True, max_length=30, verbose_name="整改责任人")),
                ("responsible_phone", models.CharField(blank=True, max_length=30, verbose_name="责任人电话")),
                ("level_reason", models.CharField(blank=True, max_length=500, verbose_name="定级理由")),
                ("suggestion", models.CharField(blank=True, max_length=500, verbose_name="整改要求")),
                ("no_photo_reason", models.CharField(blank=True, max_length=200, verbose_name="无照片原因")),
                ("interim_measures", models.CharField(blank=True, max_length=500, verbose_name="临时管控措施")),
                ("is_stock", models.BooleanField(default=False, verbose_name="存量（2023年及以前）")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
                ),
                ("found_on", models.DateField(default=common.clock.today, verbose_name="发现日期")),
                ("found_by", models.CharField(blank=True, max_length=60, verbose_name="发现人")),
                ("reported_at", models.DateTimeField(editable=False, null=True, verbose_name="上报时间")),
                ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="核实时间")),
                ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="整改期限")),
                ("original_due_at", models.DateTimeField(editable=False, null=True, verbose_name="原定期限")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="报告整改时间")),
                ("reviewed_at", models.DateTimeField(editable=False, null=True, verbose_name="复查通过时间")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="销号时间")),
                (
                    "rectified_at",
                    models.DateTimeField(
                        editable=False, help_text="最近一次报告整改且复查通过", null=True, verbose_name="整改完成时间"
                    ),
                ),
                (
                    "spent",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="实际投入（万元）"
                    ),
                ),
                ("transferred_to", models.CharField(blank=True, max_length=100, verbose_name="移送机关")),
                ("transferred_at", models.DateTimeField(editable=False, null=True, verbose_name="移送时间")),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="整改轮次")),
                ("deadline_no", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="期限序次")),
                (
                    "extensions_granted",
                    models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="已延期次数"),
                ),
                ("reopened", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="重新立案次数")),
                (
                    "listed_as",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="挂牌或挂账种类，空为未列入",
                        max_length=12,
                        verbose_name="督办",
                    ),
                ),
                ("next_step_at", models.DateTimeField(editable=False, null=True, verbose_name="阶梯下次检查")),
                ("ladder_step", models.CharField(blank=True, editable=False, max_length=20, verbose_name="阶梯步骤")),
                (
                    "told_step",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=20, verbose_name="已告知责任单位的步骤"
                    ),
                ),
                (
                    "import_key",
                    models.CharField(editable=False, max_length=64, null=True, unique=True, verbose_name="导入指纹"),
                ),
                ("once", models.UUIDField(editable=False, null=True, unique=True, verbose_name="提交标识")),
                ("search_text", models.TextField(default="", editable=False)),
                (
                    "search_grams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), default=list, editable=False, size=None
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="录入时间")),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="更新时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazards",
                        to="hazards.campaignmark",
                        verbose_name="专项整治",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="hazards.criterionitem",
                        verbose_name="判定依据",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised_hazards",
                        to="units.unit",
                        verbose_name="监管部门",
                    ),
                ),
                (
                    "duplicate_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="hazards.hazard",
                        verbose_name="重复隐患",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_hazards",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上报人",
                    ),
                ),
                (
                    "reported_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="上报单位",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="units.sector",
                        verbose_name="行业领域",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazards",
                        to="units.unit",
                        verbose_name="责任单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "隐患",
                "verbose_name_plural": "隐患",
                "ordering": ("-reported_at", "-pk"),
                "indexes": [
                    models.Index(fields=["-reported_at", "-id"], name="hazard_newest"),
                    models.Index(
                        fields=["area_path", "-reported_at"],
                        include=("state", "reported_by"),
                        name="hazard_area_newest",
                    ),
                    models.Index(fields=["unit", "-reported_at"], name="hazard_unit_newest"),
                    models.Index(fields=["department", "-reported_at"], name="hazard_department_newest"),
                    models.Index(fields=["state", "level", "-reported_at"], name="hazard_state_level"),
                    models.Index(
                        condition=models.Q(("state__in", ("planning", "rectifying"))),
                        fields=["due_at"],
                        name="hazard_timed_due",
                    ),
                    models.Index(fields=["due_at"], name="hazard_due"),
                    models.Index(
                        condition=models.Q(
                            ("state__in", ("reported", "planning", "rectifying", "submitted", "reviewed"))
                        ),
                        fields=["area_path", "state", "level"],
                        name="hazard_open_area",
                    ),
                    models.Index(
                        condition=models.Q(("next_step_at__isnull", False)),
                        fields=["next_step_at"],
                        name="hazard_next_step",
                    ),
                    models.Index(
                        condition=models.Q(("confirmed_at__isnull", False)),
                        fields=["confirmed_at"],
                        include=(
                            "closed_at",
                            "transferred_at",
                            "area_path",
                            "state",
                            "reported_by",
                            "unit",
                            "department",
                            "sector",
                        ),
                        name="hazard_confirmed",
                    ),
                    models.Index(
                        fields=["closed_at"],
                        include=(
                            "confirmed_at",
                            "transferred_at",
                            "area_path",
                            "state",
                            "reported_by",
                            "unit",
                            "department",
                            "sector",
                        ),
                        name="hazard_closed",
                    ),
                    models.Index(
                        condition=models.Q(("transferred_at__isnull", False)),
                        fields=["transferred_at"],
                        name="hazard_moved",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["search_grams"], name="hazard_grams"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["planning", "rectifying"]), _negated=True),
                            ("due_at__isnull", False),
                            _connector="OR",
                        ),
                        name="hazard_timed_has_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="hazard_closed_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "major"), _negated=True),
                            ("criterion__isnull", False),
                            ("confirmed_at", None),
                            models.Q(("channel", "import"), ("state", "closed")),
                            _connector="OR",
                        ),
                        name="hazard_major_cites",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "待审批"), ("granted", "同意"), ("refused", "不同意")],
                        default="pending",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(verbose_name="整改轮次")),
                ("due_before", models.DateTimeField(verbose_name="原期限")),
                ("requested_due", models.DateTimeField(verbose_name="申请延至")),
                ("granted_due", models.DateTimeField(null=True, verbose_name="批准延至")),
                ("reason", models.TextField(verbose_name="延期理由")),
                ("protection", models.TextField(verbose_name="延期期间防控措施")),
                ("opens_at", models.DateTimeField(verbose_name="受理窗口起")),
                ("closes_at", models.DateTimeField(verbose_name="受理窗口止")),
                ("decide_by", models.DateTimeField(verbose_name="应办结时间")),
                (
                    "decider",
                    models.CharField(
                        blank=True,
                        choices=[("", "监管部门或安委办"), ("head", "安委办负责人"), ("leader", "街道领导")],
                        default="",
                        max_length=8,
                        verbose_name="现由谁审批",
                    ),
                ),
                ("climb_at", models.DateTimeField(null=True, verbose_name="逾期上报时间")),
                ("requested_at", models.DateTimeField(default=common.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="审批意见")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="extensions", to="hazards.hazard"
                    ),
                ),
            ],
            options={
                "verbose_name": "延期申请",
                "verbose_name_plural": "延期申请",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")), fields=("hazard",), name="extension_one_pending"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HazardEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("action", models.CharField(max_length=30, verbose_name="动作")),
                ("label", models.CharField(max_length=40, verbose_name="名称")),
                ("source", models.CharField(blank=True, max_length=12, verbose_name="原状态")),
                ("target", models.CharField(blank=True, max_length=12, verbose_name="新状态")),
                ("actor_name", models.CharField(max_length=60, verbose_name="办理人姓名")),
                ("actor_hat", models.CharField(blank=True, max_length=160, verbose_name="办理身份")),
                ("note", models.TextField(blank=True, verbose_name="说明")),
                ("data", models.JSONField(default=dict, verbose_name="内容")),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                ("seq", models.PositiveIntegerField(verbose_name="序号")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="整改轮次")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="hazards.hazard"
                    ),
                ),
            ],
            options={
                "verbose_name": "隐患事件",
                "verbose_name_plural": "隐患事件",
                "ordering": ("hazard_id", "seq"),
                "indexes": [models.Index(fields=["action", "at"], name="hazard_event_action_at")],
                "constraints": [models.UniqueConstraint(fields=("hazard", "seq"), name="hazard_event_seq_once")],
            },
        ),
        migrations.CreateModel(
            name="HazardEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("before", "整改前"),
                            ("plan", "治理方案"),
                            ("progress", "整改过程"),
                            ("after", "整改后"),
                            ("review", "复查"),
                            ("document", "文书"),
                        ],
                        max_length=10,
                        verbose_name="环节",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="整改轮次")),
                ("created_at", models.DateTimeField(default=common.clock.now)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.attachment"
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="hazards.hazard"
                    ),
                ),
            ],
            options={
                "verbose_name": "隐患佐证",
                "verbose_name_plural": "隐患佐证",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("hazard", "attachment", "stage"), name="hazard_evidence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="PrincipalNotification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "capacity",
                    models.CharField(
                        choices=[("principal", "主要负责人"), ("controller", "实际控制人")],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="姓名")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                ("sent_at", models.DateTimeField(default=common.clock.now, verbose_name="告知时间")),
                ("read_at", models.DateTimeField(null=True, verbose_name="阅知时间")),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="principal_notifications",
                        to="hazards.hazard",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "重大隐患告知",
                "verbose_name_plural": "重大隐患告知",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("hazard", "capacity"), name="principal_told_once")],
            },
        ),
        migrations.CreateModel(
            name="TreatmentPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版次")),
                (
                    "state",
                    models.CharField(
                        choices=[("filed", "待审批"), ("approved", "已批准"), ("returned", "退回修改")],
                        default="filed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("objectives", models.TextField(verbose_name="目标和任务（责任）")),
                ("measures", models.TextField(verbose_name="方法和措施")),
                ("funds", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="治理经费（万元）")),
                ("materials", models.CharField(blank=True, max_length=300, verbose_name="物资保障")),
                ("organisation", models.CharField(max_length=300, verbose_name="负责机构和人员")),
                ("finish_on", models.DateField(verbose_name="计划完成日期")),
                ("schedule", models.TextField(blank=True, verbose_name="时限和要求")),
                ("safeguards", models.TextField(verbose_name="安全措施和应急预案")),
                ("filed_at", models.DateTimeField(default=common.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="审批意见")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="hazards.hazard"
                    ),
                ),
            ],
            options={
                "verbose_name": "治理方案",
                "verbose_name_plural": "治理方案",
                "ordering": ("version",),
                "constraints": [
                    models.UniqueConstraint(fields=("hazard", "version"), name="plan_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "filed")), fields=("hazard",), name="plan_one_pending"
                    ),
                ],
            },
        ),
        AppendOnly("hazards_hazardevent"),
    ]
