from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
import tasks.models.plans
from common.db import AppendOnly


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("tasks", "0001_initial"),
        ("tasks", "0002_duties"),
        ("tasks", "0003_duty_defaults"),
        ("tasks", "0004_yearly_papers"),
        ("tasks", "0005_assignments_climb"),
        ("tasks", "0006_plan_drafts"),
        ("tasks", "0007_meeting_decisions"),
        ("tasks", "0008_indicators"),
        ("tasks", "0009_indicator_defaults"),
        ("tasks", "0010_evaluations"),
        ("tasks", "0011_yearly_duty_lines"),
    ]

    dependencies = [
        ("common", "0003_percent_unit"),
        ("evidence", "0001_initial"),
        ("units", "0002_sectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "牵头"), ("responsible", "责任"), ("cooperating", "配合")],
                        max_length=12,
                        verbose_name="承担",
                    ),
                ),
                ("occurrence", models.CharField(blank=True, editable=False, max_length=12, verbose_name="期次")),
                ("period_label", models.CharField(blank=True, max_length=30, verbose_name="期次名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "待办"),
                            ("in_progress", "推进中"),
                            ("submitted", "待审核"),
                            ("done", "已办结"),
                            ("cancelled", "已取消"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("due_at", models.DateTimeField(null=True, verbose_name="完成时限")),
                ("original_due_at", models.DateTimeField(null=True, verbose_name="原定时限")),
                ("percent", models.PositiveSmallIntegerField(default=0, verbose_name="完成比例")),
                ("latest", models.CharField(blank=True, max_length=300, verbose_name="最新进展")),
                ("opened_at", models.DateTimeField(default=common.clock.now, verbose_name="下达时间")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                ("deadline_no", models.PositiveSmallIntegerField(default=1, verbose_name="期限序次")),
                ("next_step_at", models.DateTimeField(editable=False, null=True, verbose_name="阶梯下次检查")),
                ("ladder_step", models.CharField(blank=True, editable=False, max_length=20, verbose_name="阶梯步骤")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="下达人",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报送人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="units.unit",
                        verbose_name="承办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务分解",
                "verbose_name_plural": "任务分解",
                "ordering": ("due_at", "pk"),
                "indexes": [
                    models.Index(fields=["area_path", "due_at"], name="assignment_area_due"),
                    models.Index(fields=["unit", "due_at"], name="assignment_unit_due"),
                    models.Index(
                        condition=models.Q(("next_step_at__isnull", False)),
                        fields=["next_step_at"],
                        name="assignment_next_step",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ("open", "in_progress"))),
                        fields=["due_at"],
                        name="assignment_running",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("percent__lte", 100)), name="assignment_percent")
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentEvent",
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
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tasks.assignment"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务事件",
                "verbose_name_plural": "任务事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="代码")),
                (
                    "area_path",
                    models.CharField(blank=True, db_collation="C", default="", max_length=60, verbose_name="适用区域"),
                ),
                ("effective_from", models.DateField(verbose_name="施行日期")),
                ("is_active", models.BooleanField(default=True, verbose_name="执行")),
                ("name", models.CharField(max_length=60, verbose_name="履职事项")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("leader", "街道领导"),
                                ("named", "指定人员"),
                                ("office", "街道（安委办承办）"),
                                ("department", "部门"),
                                ("village", "村（社区）"),
                                ("enterprise", "企业（场所）"),
                            ],
                            max_length=12,
                        ),
                        size=None,
                        verbose_name="适用对象",
                    ),
                ),
                (
                    "posts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("party_head", "党工委主要负责人"),
                                ("party_member", "党工委班子其他成员"),
                                ("office_head", "办事处主要负责人"),
                                ("office_member", "办事处班子其他成员"),
                            ],
                            max_length=14,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="岗位",
                    ),
                ),
                ("committee_only", models.BooleanField(default=False, verbose_name="仅安委会成员单位")),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[("", "不限"), ("high", "高危行业领域"), ("ordinary", "非高危行业领域")],
                        default="",
                        max_length=10,
                        verbose_name="企业范围",
                    ),
                ),
                (
                    "bearer",
                    models.CharField(
                        choices=[("subject", "本人（本单位）"), ("office", "安委办")],
                        default="subject",
                        max_length=8,
                        verbose_name="由谁落实",
                    ),
                ),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None, verbose_name="计入的记录"
                    ),
                ),
                ("high_risk_places", models.BooleanField(default=False, verbose_name="只计高危单位的记录")),
                ("times", models.PositiveSmallIntegerField(verbose_name="次数")),
                (
                    "period",
                    models.CharField(
                        choices=[("month", "每月"), ("quarter", "每季度"), ("half", "每半年"), ("year", "每年")],
                        max_length=8,
                        verbose_name="周期",
                    ),
                ),
                ("due_month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="截止月")),
                ("due_day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="截止日")),
                (
                    "distinct_by",
                    models.CharField(
                        blank=True,
                        choices=[("", "不要求"), ("sector", "行业领域"), ("unit", "单位")],
                        default="",
                        max_length=8,
                        verbose_name="须各不相同的",
                    ),
                ),
                ("distinct", models.PositiveSmallIntegerField(default=0, verbose_name="不同的个数")),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="建立时间")),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="指定人员"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.policyproposal",
                        verbose_name="调整建议",
                    ),
                ),
                (
                    "sectors",
                    models.ManyToManyField(blank=True, related_name="+", to="units.sector", verbose_name="行业领域"),
                ),
                (
                    "units",
                    models.ManyToManyField(blank=True, related_name="+", to="units.unit", verbose_name="指定单位"),
                ),
            ],
            options={
                "verbose_name": "履职事项",
                "verbose_name_plural": "履职事项",
                "ordering": ("code", "area_path", "-effective_from"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "area_path", "effective_from"), name="duty_once_a_day"),
                    models.CheckConstraint(condition=models.Q(("times__gte", 1)), name="duty_asks_for_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "深入一线和企业检查"),
                            ("supervision", "重点督导"),
                            ("patrol", "重点行业领域巡查"),
                            ("course", "安全生产、消防培训必修课程"),
                            ("film", "播放警示教育片"),
                            ("lists", "年度职责清单、重点任务清单报备"),
                            ("report", "年度述职报备"),
                            ("leader_lists", "领导年度清单报备"),
                            ("leader_report", "领导年度述职报备"),
                            ("fire_analysis", "消防安全风险分析研判和调研评估"),
                            ("fire_listing", "提请市政府挂牌督办重大火灾隐患"),
                            ("training", "组织主要负责人等安全培训"),
                            ("led_check", "主要负责人带队检查"),
                            ("drill", "疏散逃生演练"),
                            ("other", "其他履职"),
                        ],
                        max_length=14,
                        verbose_name="类别",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("title", models.CharField(max_length=120, verbose_name="事项")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="情况")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("entered_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="登记时间")),
                ("once", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "attachments",
                    models.ManyToManyField(blank=True, related_name="+", to="evidence.attachment", verbose_name="佐证"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(
                        blank=True, related_name="duty_records", to=settings.AUTH_USER_MODEL, verbose_name="参加领导"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="到访单位",
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_records",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "履职记录",
                "verbose_name_plural": "履职记录",
                "ordering": ("-on", "-pk"),
                "indexes": [
                    models.Index(fields=["unit", "kind", "on"], name="duty_record_unit"),
                    models.Index(fields=["area_path", "on"], name="duty_record_area"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DutyRecordVoid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="作废时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="作废人",
                    ),
                ),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="void",
                        to="tasks.dutyrecord",
                        verbose_name="履职记录",
                    ),
                ),
            ],
            options={
                "verbose_name": "履职记录作废",
                "verbose_name_plural": "履职记录作废",
            },
        ),
        migrations.CreateModel(
            name="DutyStanding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(editable=False, max_length=40)),
                ("subject", models.CharField(editable=False, max_length=20)),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("first_on", models.DateField(verbose_name="期初")),
                ("last_on", models.DateField(verbose_name="期末")),
                ("due_on", models.DateField(verbose_name="截止")),
                ("since", models.DateField(verbose_name="起算日")),
                ("needed", models.PositiveSmallIntegerField(verbose_name="应完成")),
                ("done", models.PositiveIntegerField(verbose_name="已完成")),
                ("distinct_needed", models.PositiveSmallIntegerField(default=0, verbose_name="应涉及")),
                ("distinct_done", models.PositiveSmallIntegerField(default=0, verbose_name="已涉及")),
                ("next_by", models.DateField(null=True, verbose_name="下一次应在此日前")),
                ("met_on", models.DateField(null=True, verbose_name="完成日")),
                ("latest_on", models.DateField(null=True, verbose_name="最近一次")),
                ("counted_at", models.DateTimeField(verbose_name="统计时间")),
                (
                    "department",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="tasks.duty",
                        verbose_name="履职事项",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="units.sector",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="duty_standings",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "履职进度",
                "verbose_name_plural": "履职进度",
                "ordering": ("code", "subject"),
                "indexes": [
                    models.Index(fields=["area_path", "last_on"], name="duty_standing_area"),
                    models.Index(fields=["unit", "last_on"], name="duty_standing_unit"),
                    models.Index(
                        condition=models.Q(("next_by__isnull", False)), fields=["next_by"], name="duty_standing_next"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "subject", "first_on"), name="duty_standing_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("mid", "中期评估"), ("final", "总结评估")], max_length=6, verbose_name="类别"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafted", "系统起草"),
                            ("edited", "已编辑"),
                            ("approved", "已审定"),
                            ("void", "作废"),
                        ],
                        default="drafted",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("until", models.DateField(verbose_name="评估截至")),
                ("title", models.CharField(max_length=160, verbose_name="标题")),
                ("sections", models.JSONField(verbose_name="正文")),
                ("snapshot", models.JSONField(verbose_name="数据快照")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="审定时间")),
                ("drafted_at", models.DateTimeField(default=common.clock.now, verbose_name="起草时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审定人",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "阶段评估",
                "verbose_name_plural": "阶段评估",
                "ordering": ("-until", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="EvaluationEvent",
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
                    "evaluation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tasks.evaluation"
                    ),
                ),
            ],
            options={
                "verbose_name": "评估事件",
                "verbose_name_plural": "评估事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="代码")),
                (
                    "area_path",
                    models.CharField(blank=True, db_collation="C", default="", max_length=60, verbose_name="适用区域"),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="顺序")),
                ("group", models.CharField(max_length=30, verbose_name="类别")),
                ("name", models.CharField(max_length=80, verbose_name="指标")),
                (
                    "kind",
                    models.CharField(
                        choices=[("ratio", "比率"), ("level", "达标")],
                        default="ratio",
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("numerator", models.CharField(max_length=200, verbose_name="分子")),
                ("denominator", models.CharField(max_length=200, verbose_name="分母")),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "不低于"), ("down", "不高于")], default="up", max_length=4, verbose_name="方向"
                    ),
                ),
                (
                    "target",
                    models.DecimalField(decimal_places=3, default=Decimal("1"), max_digits=6, verbose_name="目标值"),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="目标日期")),
                ("measure", models.CharField(blank=True, max_length=40, verbose_name="计算方式")),
                ("basis", models.CharField(max_length=300, verbose_name="依据")),
            ],
            options={
                "verbose_name": "工作指标",
                "verbose_name_plural": "工作指标",
                "ordering": ("order", "pk"),
                "constraints": [models.UniqueConstraint(fields=("code", "area_path"), name="indicator_once")],
            },
        ),
        migrations.CreateModel(
            name="IndicatorLead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leads",
                        to="tasks.indicator",
                        verbose_name="指标",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="units.unit",
                        verbose_name="责任单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标责任单位",
                "verbose_name_plural": "指标责任单位",
                "constraints": [models.UniqueConstraint(fields=("indicator", "unit"), name="indicator_lead_once")],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("month", models.DateField(verbose_name="月份")),
                ("numerator", models.PositiveIntegerField(verbose_name="分子")),
                ("denominator", models.PositiveIntegerField(verbose_name="分母")),
                (
                    "source",
                    models.CharField(
                        choices=[("computed", "系统计算"), ("manual", "填报")], max_length=10, verbose_name="来源"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="数据来源说明")),
                ("at", models.DateTimeField(default=common.clock.now, verbose_name="时间")),
                (
                    "attachments",
                    models.ManyToManyField(blank=True, related_name="+", to="evidence.attachment", verbose_name="佐证"),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="tasks.indicator",
                        verbose_name="指标",
                    ),
                ),
            ],
            options={
                "verbose_name": "指标值",
                "verbose_name_plural": "指标值",
                "ordering": ("-month", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "area_path", "month"), name="indicator_value_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="LeaderPost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.CharField(
                        choices=[
                            ("party_head", "党工委主要负责人"),
                            ("party_member", "党工委班子其他成员"),
                            ("office_head", "办事处主要负责人"),
                            ("office_member", "办事处班子其他成员"),
                        ],
                        max_length=14,
                        verbose_name="岗位",
                    ),
                ),
                ("starts_on", models.DateField(default=common.clock.today, verbose_name="起")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="leader_posts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "履职岗位",
                "verbose_name_plural": "履职岗位",
                "ordering": ("post", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("person", "post", "starts_on"), name="leader_post_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="leader_post_ends_after_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("analysis", "安全生产形势分析研判专题会议"),
                            ("party", "党工委会议听取安全生产工作汇报"),
                            ("director", "主任办公会议听取安全生产工作汇报"),
                            ("expanded", "安委会扩大会议"),
                            ("study", "理论学习中心组安全生产专题学习"),
                            ("special", "专项工作推进会"),
                        ],
                        max_length=10,
                        verbose_name="会议类别",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "待召开"),
                            ("held", "已召开，纪要待审签"),
                            ("confirmed", "纪要已审签"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="会议名称")),
                ("starts_at", models.DateTimeField(verbose_name="时间")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="地点")),
                ("chair", models.CharField(blank=True, max_length=40, verbose_name="主持人")),
                ("recorder", models.CharField(blank=True, max_length=40, verbose_name="记录人")),
                ("agenda", models.TextField(blank=True, max_length=3000, verbose_name="议程")),
                ("minutes", models.TextField(blank=True, max_length=20000, verbose_name="会议纪要")),
                ("others", models.CharField(blank=True, max_length=300, verbose_name="其他参会人员")),
                ("held_at", models.DateTimeField(null=True, verbose_name="登记召开时间")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="审签时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "attachments",
                    models.ManyToManyField(blank=True, related_name="+", to="evidence.attachment", verbose_name="佐证"),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审签人",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="units.unit",
                        verbose_name="承办单位",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="纪要拟稿人",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议",
                "verbose_name_plural": "会议",
                "ordering": ("-starts_at", "-pk"),
                "indexes": [models.Index(fields=["area_path", "starts_at"], name="meeting_area")],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presence",
                    models.CharField(
                        choices=[("called", "通知"), ("present", "到会"), ("excused", "请假"), ("absent", "缺席")],
                        default="called",
                        max_length=8,
                        verbose_name="到会情况",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="tasks.meeting",
                        verbose_name="会议",
                    ),
                ),
            ],
            options={
                "verbose_name": "参会",
                "verbose_name_plural": "参会",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("person", None)), fields=("meeting", "unit"), name="attendance_unit_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("meeting", "person"),
                        name="attendance_person_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeetingEvent",
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
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tasks.meeting"
                    ),
                ),
            ],
            options={
                "verbose_name": "会议事件",
                "verbose_name_plural": "会议事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Plan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("document", "方案文件"),
                            ("meeting", "会议议定"),
                            ("ledger", "台账导入"),
                            ("hand", "手工登记"),
                        ],
                        default="document",
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="印发单位")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="起始日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("text", models.TextField(blank=True, verbose_name="原文")),
                (
                    "fingerprint",
                    models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name="原文指纹"),
                ),
                ("once", models.UUIDField(editable=False, null=True, unique=True, verbose_name="提交标识")),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="登记时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="units.unit",
                        verbose_name="归口单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案",
                "verbose_name_plural": "方案",
                "ordering": ("-created_at", "-pk"),
                "indexes": [models.Index(fields=["area_path", "-created_at"], name="plan_area_newest")],
                "constraints": [models.UniqueConstraint(fields=("owner", "fingerprint"), name="plan_once_per_owner")],
            },
        ),
        migrations.AddField(
            model_name="evaluation",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evaluations",
                to="tasks.plan",
                verbose_name="方案",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="tasks.plan",
                verbose_name="方案",
            ),
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="顺序")),
                ("name", models.CharField(max_length=160, verbose_name="名称")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="tasks.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "行动",
                "verbose_name_plural": "行动",
                "ordering": ("plan", "order"),
                "constraints": [models.UniqueConstraint(fields=("plan", "order"), name="action_order_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("reading", "读取中"),
                            ("review", "待核对"),
                            ("confirmed", "已确认"),
                            ("failed", "无法读取"),
                            ("discarded", "已放弃"),
                        ],
                        default="reading",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("upload", models.CharField(blank=True, editable=False, max_length=200)),
                ("text", models.TextField(blank=True, verbose_name="原文")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64, verbose_name="原文指纹")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="名称")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("issuer", models.CharField(blank=True, max_length=120, verbose_name="印发单位")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="起始日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("stages", models.JSONField(blank=True, default=list, verbose_name="阶段")),
                (
                    "actions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                ("marks", models.JSONField(blank=True, default=dict, editable=False, verbose_name="原文位置")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="不能读取的原因")),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="上传时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_drafts",
                        to="units.unit",
                        verbose_name="归口单位",
                    ),
                ),
                (
                    "plan",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="tasks.plan",
                        verbose_name="方案",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="common.backgroundwork",
                        verbose_name="读取进度",
                    ),
                ),
            ],
            options={
                "verbose_name": "方案草稿",
                "verbose_name_plural": "方案草稿",
                "ordering": ("-created_at", "-pk"),
                "indexes": [models.Index(fields=["area_path", "-created_at"], name="plandraft_area_newest")],
            },
        ),
        migrations.CreateModel(
            name="DraftTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveIntegerField(verbose_name="顺序")),
                ("no", models.CharField(blank=True, max_length=20, verbose_name="序号")),
                ("action", models.CharField(blank=True, max_length=160, verbose_name="行动")),
                ("title", models.CharField(max_length=200, verbose_name="重点任务")),
                ("text", models.TextField(blank=True, verbose_name="任务内容")),
                ("measures", models.TextField(blank=True, verbose_name="措施")),
                ("leader", models.CharField(blank=True, max_length=80, verbose_name="责任领导")),
                (
                    "lead",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                (
                    "responsible",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                (
                    "cooperating",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                (
                    "due",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(), blank=True, default=list, size=None, verbose_name="完成时限"
                    ),
                ),
                (
                    "recurrence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                (
                    "quantities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
                    ),
                ),
                ("sources", models.JSONField(default=dict, editable=False)),
                (
                    "doubts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, editable=False, size=None
                    ),
                ),
                ("span_start", models.PositiveIntegerField(editable=False)),
                ("span_end", models.PositiveIntegerField(editable=False)),
                ("is_left_out", models.BooleanField(default=False, verbose_name="不导入")),
                ("corrected_at", models.DateTimeField(null=True, verbose_name="更正时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "corrected_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="更正人",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="tasks.plandraft"
                    ),
                ),
            ],
            options={
                "verbose_name": "草稿任务",
                "verbose_name_plural": "草稿任务",
                "ordering": ("draft", "order"),
                "constraints": [models.UniqueConstraint(fields=("draft", "order"), name="drafttask_order_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="顺序")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="起始日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                ("span_start", models.PositiveIntegerField(editable=False, null=True)),
                ("span_end", models.PositiveIntegerField(editable=False, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stages", to="tasks.plan"
                    ),
                ),
            ],
            options={
                "verbose_name": "阶段",
                "verbose_name_plural": "阶段",
                "ordering": ("plan", "order"),
                "constraints": [models.UniqueConstraint(fields=("plan", "order"), name="stage_order_once")],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("progress", "进展"), ("completion", "完成报告")], max_length=12, verbose_name="类别"
                    ),
                ),
                ("percent", models.PositiveSmallIntegerField(verbose_name="完成比例")),
                ("text", models.TextField(verbose_name="进展情况")),
                ("figures", models.JSONField(blank=True, default=list, verbose_name="完成数据")),
                ("no_evidence_reason", models.CharField(blank=True, max_length=200, verbose_name="无佐证说明")),
                ("reported_at", models.DateTimeField(default=common.clock.now, verbose_name="报送时间")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "—"),
                            ("pending", "待审核"),
                            ("accepted", "通过"),
                            ("returned", "退回"),
                            ("withdrawn", "撤回"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="审核",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="审核意见")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="审核时间")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="tasks.assignment"
                    ),
                ),
                ("attachments", models.ManyToManyField(blank=True, related_name="+", to="evidence.attachment")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报送人",
                    ),
                ),
            ],
            options={
                "verbose_name": "进展报告",
                "verbose_name_plural": "进展报告",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending")),
                        fields=("assignment",),
                        name="assignment_one_pending_report",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("order", models.PositiveIntegerField(verbose_name="顺序")),
                ("no", models.CharField(blank=True, max_length=20, verbose_name="序号")),
                ("title", models.CharField(max_length=200, verbose_name="重点任务")),
                ("text", models.TextField(blank=True, verbose_name="任务内容")),
                ("measures", models.TextField(blank=True, verbose_name="措施")),
                ("leader", models.CharField(blank=True, max_length=80, verbose_name="责任领导")),
                (
                    "quantities",
                    models.JSONField(blank=True, default=tasks.models.plans._empty_list, verbose_name="量化指标"),
                ),
                ("spans", models.JSONField(blank=True, default=dict, editable=False, verbose_name="原文位置")),
                ("key", models.CharField(editable=False, max_length=64, null=True)),
                ("issued_at", models.DateTimeField(editable=False, null=True, verbose_name="下达时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="tasks.action",
                        verbose_name="行动",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tasks",
                        to="tasks.plan",
                        verbose_name="方案",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务",
                "verbose_name_plural": "任务",
                "ordering": ("plan", "order"),
                "indexes": [models.Index(fields=["area_path"], name="task_area")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="task_order_once"),
                    models.UniqueConstraint(fields=("plan", "key"), name="task_key_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=500, verbose_name="议定事项")),
                ("due_on", models.DateField(null=True, verbose_name="完成时限")),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions",
                        to="tasks.meeting",
                        verbose_name="会议",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "议定事项",
                "verbose_name_plural": "议定事项",
                "ordering": ("meeting", "place"),
                "constraints": [models.UniqueConstraint(fields=("meeting", "place"), name="decision_place_once")],
            },
        ),
        migrations.AddField(
            model_name="assignment",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="tasks.task",
                verbose_name="任务",
            ),
        ),
        migrations.CreateModel(
            name="TaskTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("once", "一次"),
                            ("month", "每月"),
                            ("quarter", "每季度"),
                            ("half", "每半年"),
                            ("year", "每年"),
                        ],
                        default="once",
                        max_length=8,
                        verbose_name="周期",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="月")),
                ("day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="日")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="原文")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="tasks.task"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务时限",
                "verbose_name_plural": "任务时限",
                "ordering": ("task", "due_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on__isnull", False), ("period", "once")),
                            models.Q(models.Q(("period", "once"), _negated=True), ("due_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="term_is_a_day_or_a_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "牵头"), ("responsible", "责任"), ("cooperating", "配合")],
                        max_length=12,
                        verbose_name="承担",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="原文名称")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="named", to="tasks.task"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="task_roles",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务单位",
                "verbose_name_plural": "任务单位",
                "ordering": ("task", "pk"),
                "indexes": [models.Index(fields=["unit", "role"], name="taskunit_unit_role")],
                "constraints": [models.UniqueConstraint(fields=("task", "unit"), name="task_names_a_unit_once")],
            },
        ),
        migrations.AddField(
            model_name="task",
            name="units",
            field=models.ManyToManyField(related_name="tasks_named", through="tasks.TaskUnit", to="units.unit"),
        ),
        migrations.CreateModel(
            name="UnitWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("wording", models.CharField(max_length=120, verbose_name="文中写法")),
                (
                    "meaning",
                    models.CharField(
                        choices=[
                            ("unit", "单位"),
                            ("villages", "辖区各村（社区）"),
                            ("members", "安委会各成员单位"),
                            ("supervisors", "有主管行业领域的各部门"),
                            ("departments", "街道各部门"),
                            ("nobody", "本系统没有对应单位"),
                        ],
                        max_length=12,
                        verbose_name="含义",
                    ),
                ),
                ("set_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="设定时间")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unit_wordings",
                        to="units.unit",
                        verbose_name="归口单位",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="设定人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="units.unit",
                        verbose_name="对应单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位写法",
                "verbose_name_plural": "单位写法",
                "ordering": ("owner", "wording"),
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "wording"), name="wording_once_per_office"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("meaning", "unit"), ("unit__isnull", False)),
                            models.Q(models.Q(("meaning", "unit"), _negated=True), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="wording_has_its_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearlyPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "kind",
                    models.CharField(
                        choices=[("duties", "职责清单"), ("tasks", "重点任务清单"), ("report", "履职述职报告")],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "待报送"), ("filed", "待审核"), ("checked", "已备案")],
                        default="draft",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="报送期限")),
                ("receipt", models.CharField(max_length=60, null=True, unique=True, verbose_name="回执编号")),
                ("filed_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                ("checked_at", models.DateTimeField(null=True, verbose_name="备案时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报送人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="yearly_papers",
                        to="units.unit",
                        verbose_name="报送单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报备",
                "verbose_name_plural": "年度报备",
                "ordering": ("-year", "unit", "kind"),
                "indexes": [
                    models.Index(fields=["area_path", "-year"], name="yearly_area_year"),
                    models.Index(condition=models.Q(("state", "draft")), fields=["due_at"], name="yearly_owing"),
                ],
                "constraints": [models.UniqueConstraint(fields=("unit", "year", "kind"), name="yearly_paper_once")],
            },
        ),
        migrations.CreateModel(
            name="YearlyItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="顺序")),
                ("text", models.TextField(verbose_name="内容")),
                ("result", models.TextField(blank=True, verbose_name="完成情况")),
                ("origin", models.CharField(blank=True, max_length=60, verbose_name="来源")),
                (
                    "duty_code",
                    models.CharField(
                        blank=True, default="", editable=False, max_length=40, verbose_name="履职事项代码"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="tasks.yearlypaper"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报备事项",
                "verbose_name_plural": "年度报备事项",
                "ordering": ("paper", "order"),
                "constraints": [models.UniqueConstraint(fields=("paper", "order"), name="yearly_item_order_once")],
            },
        ),
        migrations.CreateModel(
            name="YearlyPaperEvent",
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
                    "yearlypaper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="tasks.yearlypaper"
                    ),
                ),
            ],
            options={
                "verbose_name": "年度报备事件",
                "verbose_name_plural": "年度报备事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="evaluation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "void"), _negated=True),
                fields=("plan", "kind", "until"),
                name="evaluation_once",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["plan", "task"], name="assignment_plan_task"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("task", "unit", "occurrence"), name="assignment_once"),
        ),
        AppendOnly("tasks_assignmentevent"),
        AppendOnly("tasks_dutyrecord"),
        AppendOnly("tasks_dutyrecord_people"),
        AppendOnly("tasks_dutyrecord_attachments"),
        AppendOnly("tasks_dutyrecordvoid"),
        AppendOnly("tasks_meetingevent"),
        AppendOnly("tasks_yearlypaperevent"),
        AppendOnly("tasks_evaluationevent"),
    ]
