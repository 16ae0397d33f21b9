import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.db import AppendOnly


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("inspections", "0001_visits"),
        ("inspections", "0002_checklists"),
        ("inspections", "0003_risks"),
        ("inspections", "0004_works"),
        ("inspections", "0005_self_checks"),
        ("inspections", "0006_paper_kinds"),
        ("inspections", "0007_draws"),
        ("inspections", "0008_plans"),
        ("inspections", "0009_records"),
        ("inspections", "0010_campaigns"),
        ("inspections", "0011_campaign_marks"),
        ("inspections", "0012_named_enterprises"),
        ("inspections", "0013_spot_checks"),
        ("inspections", "0014_watched_enterprises"),
        ("inspections", "0015_phone"),
    ]

    dependencies = [
        ("evidence", "0001_initial"),
        ("hazards", "0002_defaults"),
        ("units", "0002_sectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="代码")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("place_kind", models.CharField(max_length=30, verbose_name="场所类型")),
                (
                    "keywords",
                    models.CharField(
                        blank=True,
                        help_text="场所类型、行业或企业名称含有其一的，优先选用",
                        max_length=200,
                        verbose_name="适用词",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
            ],
            options={
                "verbose_name": "检查表",
                "verbose_name_plural": "检查表",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("four_lists", "非煤矿山“四个清单”"),
                            ("self_built", "自建房“一本账”"),
                            ("scattered", "“小散乱”关搬改"),
                            ("other", "其他专项"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="台账形式",
                    ),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), size=None, verbose_name="分类"
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(verbose_name="结束日期")),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "整治中"), ("closed", "已结束")],
                        default="running",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("created_at", models.DateTimeField(default=common.clock.now, verbose_name="建立时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="建立人",
                    ),
                ),
                (
                    "mark",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign",
                        to="hazards.campaignmark",
                        verbose_name="专项标记",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="牵头单位",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.sector",
                        verbose_name="行业领域",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.checklist",
                        verbose_name="检查表",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项整治",
                "verbose_name_plural": "专项整治",
                "ordering": ("-starts_on", "-pk"),
                "indexes": [models.Index(fields=["area_path", "-starts_on"], name="campaign_area_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="campaign_dates"
                    ),
                    models.UniqueConstraint(fields=("owner", "title"), name="campaign_title_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pk", models.F("mark_id"))), name="campaign_has_its_marks_id"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CampaignObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("name", models.CharField(max_length=120, verbose_name="对象名称")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("category", models.CharField(max_length=30, verbose_name="分类")),
                ("measure", models.CharField(blank=True, max_length=500, verbose_name="整治措施")),
                ("person", models.CharField(blank=True, max_length=30, verbose_name="责任人")),
                ("deadline", models.DateField(verbose_name="完成时限")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待整治"),
                            ("treating", "整治中"),
                            ("done", "已完成"),
                            ("removed", "不纳入"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("progress", models.CharField(blank=True, max_length=500, verbose_name="进展")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                ("mark", models.CharField(editable=False, max_length=64)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="更新时间")),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objects_listed",
                        to="inspections.campaign",
                        verbose_name="专项整治",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaign_objects",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "整治对象",
                "verbose_name_plural": "整治对象",
                "ordering": ("deadline", "pk"),
                "indexes": [models.Index(fields=["campaign", "state", "deadline"], name="campaignobject_state")],
                "constraints": [models.UniqueConstraint(fields=("campaign", "mark"), name="campaign_object_once")],
            },
        ),
        migrations.CreateModel(
            name="CampaignObjectEvent",
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
                    "campaignobject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="inspections.campaignobject",
                    ),
                ),
            ],
            options={
                "verbose_name": "整治对象事件",
                "verbose_name_plural": "整治对象事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChecklistVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("is_current", models.BooleanField(default=True, verbose_name="现行")),
                ("published_at", models.DateTimeField(default=common.clock.now, verbose_name="发布时间")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="inspections.checklist",
                        verbose_name="检查表",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发布人",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查表版本",
                "verbose_name_plural": "检查表版本",
                "ordering": ("checklist__code", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("checklist", "number"), name="checklist_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("checklist",), name="checklist_one_current"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChecklistItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("text", models.CharField(max_length=200, verbose_name="检查内容")),
                ("how", models.CharField(blank=True, max_length=300, verbose_name="检查方法")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                (
                    "level",
                    models.CharField(
                        choices=[("general", "一般"), ("key", "重点"), ("major", "重大")],
                        default="general",
                        max_length=8,
                        verbose_name="建议等级",
                    ),
                ),
                ("criteria_text", models.CharField(blank=True, max_length=200, verbose_name="相关判定标准")),
                ("asks_photo", models.BooleanField(default=True, verbose_name="不合格时拍照")),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hazards.criterionitem",
                        verbose_name="建议判定依据",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="inspections.checklistversion",
                        verbose_name="检查表版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查项",
                "verbose_name_plural": "检查项",
                "ordering": ("version", "number"),
                "constraints": [models.UniqueConstraint(fields=("version", "number"), name="checklist_item_once")],
            },
        ),
        migrations.CreateModel(
            name="ComplianceRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("principal", "主要负责人安全合格证"),
                            ("manager", "安全管理人员合格证"),
                            ("special", "特种作业操作证"),
                            ("equipment", "特种设备作业人员证"),
                            ("training", "安全教育培训"),
                            ("drill", "应急演练"),
                            ("posts", "全员安全生产责任制"),
                            ("risk_list", "岗位风险清单"),
                            ("duty_list", "岗位职责清单"),
                            ("operation", "岗位操作卡"),
                            ("emergency", "岗位应急处置卡"),
                            ("agreement", "发包出租安全协议"),
                            ("lease_check", "承包承租单位安全检查"),
                            ("insurance", "安全生产责任保险"),
                            ("spend", "安全投入"),
                            ("accident", "生产安全事故"),
                            ("bad_record", "不良信用记录"),
                            ("blacklist", "安全生产黑名单"),
                        ],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("standing", "在册"), ("withdrawn", "已撤销")],
                        default="standing",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="名称、事由")),
                ("holder", models.CharField(blank=True, max_length=80, verbose_name="持证人、对方单位")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="编号")),
                ("issuer", models.CharField(blank=True, max_length=80, verbose_name="发证、承保单位")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                (
                    "amount",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="金额（万元）"
                    ),
                ),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="参加人数")),
                (
                    "hours",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="学时"),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "recorded_at",
                    models.DateTimeField(default=common.clock.now, editable=False, verbose_name="登记时间"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                ("attachments", models.ManyToManyField(blank=True, related_name="+", to="evidence.attachment")),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="compliance_records",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "履责记录",
                "verbose_name_plural": "履责记录",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["unit", "kind", "state"], name="record_unit_kind"),
                    models.Index(fields=["area_path", "kind"], name="record_area_kind"),
                    models.Index(
                        condition=models.Q(("state", "standing")), fields=["valid_until"], name="record_validity"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComplianceRecordEvent",
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
                    "compliancerecord",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="inspections.compliancerecord",
                    ),
                ),
            ],
            options={
                "verbose_name": "履责记录事件",
                "verbose_name_plural": "履责记录事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("relative", "亲属关系"),
                            ("village", "同村（社区）"),
                            ("worked", "曾在该单位任职"),
                            ("interest", "其他利害关系"),
                        ],
                        max_length=10,
                        verbose_name="事由",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                ("declared_at", models.DateTimeField(default=common.clock.now, verbose_name="申报时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                (
                    "declared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申报人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="所在单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="units.unit",
                        verbose_name="回避企业",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conflicts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="检查人员",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="units.area",
                        verbose_name="回避村（社区）",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避申报",
                "verbose_name_plural": "回避申报",
                "ordering": ("-declared_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unit__isnull", False), ("village__isnull", True)),
                            models.Q(("unit__isnull", True), ("village__isnull", False)),
                            _connector="OR",
                        ),
                        name="conflict_of_unit_or_village",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EnforcementCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="执法证号")),
                ("issuer", models.CharField(blank=True, max_length=80, verbose_name="发证机关")),
                ("valid_from", models.DateField(verbose_name="有效期起")),
                ("valid_until", models.DateField(verbose_name="有效期止")),
                ("is_revoked", models.BooleanField(default=False, verbose_name="已注销")),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="更新时间")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="所在单位",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enforcement_certificates",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="持证人",
                    ),
                ),
            ],
            options={
                "verbose_name": "执法证",
                "verbose_name_plural": "执法证",
                "ordering": ("valid_until", "number"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="certificate_dates"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HazardousWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hot", "动火"),
                            ("confined", "有限空间"),
                            ("height", "高处"),
                            ("lifting", "吊装"),
                            ("power", "临时用电"),
                            ("earth", "动土"),
                            ("road", "断路"),
                            ("blind", "盲板抽堵"),
                            ("blast", "爆破"),
                            ("demolition", "拆除"),
                        ],
                        max_length=12,
                        verbose_name="作业类型",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[("special", "特级"), ("1", "一级"), ("2", "二级"), ("3", "三级"), ("", "不分级")],
                        max_length=8,
                        verbose_name="作业级别",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("filed", "已报备"),
                            ("working", "作业中"),
                            ("halted", "暂停作业"),
                            ("finished", "已完工验收"),
                            ("cancelled", "已取消"),
                        ],
                        default="filed",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("content", models.CharField(max_length=300, verbose_name="作业内容")),
                ("place", models.CharField(max_length=120, verbose_name="作业地点")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
                ),
                ("starts_at", models.DateTimeField(verbose_name="计划开始")),
                ("ends_at", models.DateTimeField(verbose_name="计划结束")),
                (
                    "contractor",
                    models.CharField(
                        help_text="本单位自行作业的填写本单位名称", max_length=120, verbose_name="作业单位"
                    ),
                ),
                ("qualification", models.CharField(blank=True, max_length=160, verbose_name="作业单位资质")),
                ("measures", models.TextField(max_length=1000, verbose_name="安全措施")),
                ("equipment", models.CharField(max_length=300, verbose_name="应急器材")),
                ("manager", models.CharField(max_length=30, verbose_name="现场安全管理人员")),
                ("short_notice_reason", models.CharField(blank=True, max_length=200, verbose_name="临时报备理由")),
                ("regulator_at", models.DateTimeField(null=True, verbose_name="监管人员到场时间")),
                ("halted_by_gas", models.BooleanField(default=False, editable=False)),
                ("overrun_told_for", models.DateTimeField(editable=False, null=True)),
                ("filed_at", models.DateTimeField(default=common.clock.now, verbose_name="报备时间")),
                ("started_at", models.DateTimeField(null=True, verbose_name="实际开始")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="完工验收时间")),
                ("once", models.UUIDField(editable=False, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "department",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="报备人",
                    ),
                ),
                (
                    "regulator",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="到场监管人员",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.sector",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hazardous_works",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "危险作业",
                "verbose_name_plural": "危险作业",
                "ordering": ("-starts_at", "-pk"),
                "indexes": [
                    models.Index(fields=["area_path", "-starts_at"], name="work_area_start"),
                    models.Index(fields=["unit", "-starts_at"], name="work_unit_start"),
                    models.Index(
                        condition=models.Q(("state__in", ("working", "halted"))),
                        fields=["ends_at"],
                        name="work_running_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="work_ends_after_start"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GasReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="检测时间")),
                ("by_person", models.CharField(max_length=30, verbose_name="检测人")),
                ("oxygen", models.DecimalField(decimal_places=1, max_digits=4, verbose_name="氧气（%）")),
                ("combustible", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="可燃气体（%LEL）")),
                (
                    "hydrogen_sulfide",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=6, null=True, verbose_name="硫化氢（mg/m³）"
                    ),
                ),
                (
                    "carbon_monoxide",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=6, null=True, verbose_name="一氧化碳（mg/m³）"
                    ),
                ),
                (
                    "hazardouswork",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="inspections.hazardouswork",
                    ),
                ),
            ],
            options={
                "verbose_name": "气体检测",
                "verbose_name_plural": "气体检测",
                "ordering": ("at", "pk"),
            },
        ),
        migrations.CreateModel(
            name="HazardousWorkEvent",
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
                    "hazardouswork",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="inspections.hazardouswork",
                    ),
                ),
            ],
            options={
                "verbose_name": "危险作业事件",
                "verbose_name_plural": "危险作业事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="标识")),
                (
                    "kind",
                    models.CharField(
                        choices=[("administrative", "行政检查"), ("patrol", "巡查（服务指导）")],
                        default="patrol",
                        max_length=16,
                        verbose_name="性质",
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("daily", "日常"),
                            ("special", "专项"),
                            ("surprise", "四不两直"),
                            ("covert", "明查暗访"),
                            ("cross", "交叉"),
                            ("random", "双随机"),
                            ("recheck", "复查"),
                        ],
                        default="daily",
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "待检查"),
                            ("running", "检查中"),
                            ("done", "已完成"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                (
                    "area_path",
                    models.CharField(db_collation="C", editable=False, max_length=60, verbose_name="区域路径"),
                ),
                ("planned_on", models.DateField(blank=True, null=True, verbose_name="计划日期")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="检查场所")),
                ("contact", models.CharField(blank=True, max_length=30, verbose_name="现场负责人")),
                ("contact_title", models.CharField(blank=True, max_length=30, verbose_name="职务")),
                ("contact_phone", models.CharField(blank=True, max_length=30, verbose_name="电话")),
                ("summary", models.TextField(blank=True, max_length=2000, verbose_name="检查情况")),
                ("started_at", models.DateTimeField(null=True, verbose_name="开始时间")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="结束时间")),
                ("client_started_at", models.DateTimeField(null=True, verbose_name="手机记录的开始时间")),
                ("client_finished_at", models.DateTimeField(null=True, verbose_name="手机记录的结束时间")),
                ("received_at", models.DateTimeField(null=True, verbose_name="服务器收到时间")),
                ("clock_skew", models.IntegerField(default=0, verbose_name="手机时钟偏差（秒）")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="纬度"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="经度"),
                ),
                ("item_count", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="检查项数")),
                ("bad_count", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="不合格项数")),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="登记时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "by_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="检查单位",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="inspections.campaign",
                        verbose_name="专项整治",
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.checklistversion",
                        verbose_name="检查表",
                    ),
                ),
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
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supervised_inspections",
                        to="units.unit",
                        verbose_name="监管部门",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.sector",
                        verbose_name="行业领域",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="units.unit",
                        verbose_name="被检查单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查",
                "verbose_name_plural": "检查",
                "ordering": ("-created_at", "-pk"),
                "indexes": [
                    models.Index(fields=["area_path", "-created_at"], name="inspection_area_newest"),
                    models.Index(fields=["unit", "-created_at"], name="inspection_unit_newest"),
                    models.Index(fields=["-created_at", "-id"], name="inspection_newest"),
                    models.Index(
                        condition=models.Q(("state", "planned")), fields=["planned_on"], name="inspection_planned"
                    ),
                    models.Index(fields=["state", "finished_at"], name="inspection_finished"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("finished_at__isnull", False), _connector="OR"
                        ),
                        name="inspection_done_has_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionEvent",
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
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="inspections.inspection"
                    ),
                ),
            ],
            options={
                "verbose_name": "检查事件",
                "verbose_name_plural": "检查事件",
                "ordering": ("pk",),
                "indexes": [models.Index(fields=["inspection", "id"], name="inspection_event_order")],
            },
        ),
        migrations.CreateModel(
            name="InspectionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "组长"), ("member", "组员"), ("leader", "带队领导"), ("expert", "专家")],
                        default="member",
                        max_length=8,
                        verbose_name="分工",
                    ),
                ),
                ("unit_name", models.CharField(blank=True, max_length=120, verbose_name="单位")),
                ("certificate_number", models.CharField(blank=True, max_length=40, verbose_name="执法证号")),
                ("certificate_until", models.DateField(null=True, verbose_name="执法证有效期止")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="inspections.inspection",
                        verbose_name="检查",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_parts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查人员",
                "verbose_name_plural": "检查人员",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("inspection", "user"), name="inspection_member_once")],
            },
        ),
        migrations.CreateModel(
            name="InspectionPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="标识")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("record", "现场检查记录"),
                            ("patrol", "安全巡查（服务指导）记录"),
                            ("order", "责令限期整改指令书"),
                            ("decision", "现场处理措施决定书"),
                            ("review", "整改复查意见书"),
                        ],
                        max_length=10,
                        verbose_name="文种",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "草稿"), ("issued", "已出具"), ("served", "已送达"), ("void", "作废")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("number", models.CharField(max_length=60, null=True, unique=True, verbose_name="文号")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                ("deadline", models.DateField(null=True, verbose_name="整改期限")),
                ("recheck_on", models.DateField(null=True, verbose_name="拟复查日期")),
                ("drafted_at", models.DateTimeField(default=common.clock.now, verbose_name="制作时间")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="出具时间")),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "直接送达"),
                            ("left", "留置送达"),
                            ("post", "邮寄送达"),
                            ("electronic", "电子送达（已签确认书）"),
                        ],
                        max_length=12,
                        verbose_name="送达方式",
                    ),
                ),
                ("receiver", models.CharField(blank=True, max_length=30, verbose_name="收件人")),
                ("served_place", models.CharField(blank=True, max_length=200, verbose_name="送达地点")),
                ("served_at", models.DateTimeField(null=True, verbose_name="送达时间")),
                ("served_note", models.CharField(blank=True, max_length=300, verbose_name="送达备注")),
                ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "about",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_to",
                        to="inspections.inspectionpaper",
                        verbose_name="所涉文书",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="制作人",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="inspections.inspection",
                        verbose_name="检查",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="出具人",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.sector"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_papers",
                        to="units.unit",
                        verbose_name="受送达单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查文书",
                "verbose_name_plural": "检查文书",
                "ordering": ("-drafted_at", "-pk"),
                "indexes": [
                    models.Index(fields=["area_path", "-drafted_at"], name="paper_area_newest"),
                    models.Index(fields=["inspection", "kind"], name="paper_of_visit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recheck_on__isnull", True),
                            ("deadline__isnull", True),
                            ("recheck_on__gte", models.F("deadline")),
                            _connector="OR",
                        ),
                        name="paper_recheck_after_deadline",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="inspection",
            name="follows",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rechecks",
                to="inspections.inspectionpaper",
                verbose_name="所复查的文书",
            ),
        ),
        migrations.CreateModel(
            name="InspectionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("administrative", "行政检查"), ("patrol", "巡查（服务指导）")],
                        max_length=16,
                        verbose_name="性质",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "month",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "1月"),
                            (2, "2月"),
                            (3, "3月"),
                            (4, "4月"),
                            (5, "5月"),
                            (6, "6月"),
                            (7, "7月"),
                            (8, "8月"),
                            (9, "9月"),
                            (10, "10月"),
                            (11, "11月"),
                            (12, "12月"),
                        ],
                        null=True,
                        verbose_name="月份",
                    ),
                ),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "编制中"),
                            ("submitted", "待审批"),
                            ("approved", "已批准"),
                            ("void", "作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("drafted_at", models.DateTimeField(default=common.clock.now, verbose_name="编制时间")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审批人",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="编制单位",
                    ),
                ),
                (
                    "people",
                    models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="检查人员"),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="送审人",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查计划",
                "verbose_name_plural": "检查计划",
                "ordering": ("-year", "-month", "-pk"),
                "indexes": [models.Index(fields=["area_path", "-year"], name="plan_area_year")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "void"), _negated=True),
                        fields=("owner", "kind", "year", "month"),
                        name="plan_once_a_period",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__isnull", True), ("month__range", (1, 12)), _connector="OR"),
                        name="plan_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionPlanEvent",
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
                    "inspectionplan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="inspections.inspectionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "计划事件",
                "verbose_name_plural": "计划事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="InspectionSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organ", models.CharField(max_length=80, verbose_name="执法机关名称")),
                (
                    "number_prefix",
                    models.CharField(
                        help_text="如“禄街应急”，文号即“禄街应急检记〔2026〕1号”",
                        max_length=30,
                        verbose_name="文号简称",
                    ),
                ),
                (
                    "reconsideration_body",
                    models.CharField(
                        help_text="街道办事处为区（县）人民政府", max_length=80, verbose_name="行政复议机关"
                    ),
                ),
                ("court", models.CharField(max_length=80, verbose_name="管辖法院")),
                (
                    "office",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inspection_settings",
                        to="units.unit",
                        verbose_name="安委办",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查文书设置",
                "verbose_name_plural": "检查文书设置",
            },
        ),
        migrations.CreateModel(
            name="ItemResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="标识")),
                ("text", models.CharField(blank=True, max_length=300, verbose_name="检查内容")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("ok", "合格"), ("bad", "不合格"), ("na", "不涉及")],
                        max_length=4,
                        verbose_name="结果",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="情况说明")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("general", "一般"), ("key", "重点"), ("major", "重大")],
                        max_length=8,
                        verbose_name="等级",
                    ),
                ),
                ("level_reason", models.CharField(blank=True, max_length=500, verbose_name="定级理由")),
                ("is_fixed_on_spot", models.BooleanField(default=False, verbose_name="当场整改")),
                ("due_on", models.DateField(null=True, verbose_name="整改期限")),
                ("no_photo_reason", models.CharField(blank=True, max_length=200, verbose_name="无照片原因")),
                ("carried_over", models.BooleanField(default=False, verbose_name="复查结果已记入隐患")),
                ("recorded_at", models.DateTimeField(default=common.clock.now, verbose_name="记录时间")),
                ("client_at", models.DateTimeField(null=True, verbose_name="手机记录时间")),
                ("revision", models.PositiveIntegerField(default=0, verbose_name="修订")),
                (
                    "criterion",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="hazards.criterionitem",
                        verbose_name="判定依据",
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspection_results",
                        to="hazards.hazard",
                        verbose_name="隐患",
                    ),
                ),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="inspections.inspection",
                        verbose_name="检查",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.checklistitem",
                        verbose_name="检查项",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="记录人",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查结果",
                "verbose_name_plural": "检查结果",
                "ordering": ("item__number", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("item__isnull", False)),
                        fields=("inspection", "item"),
                        name="item_result_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "subject",
                    models.CharField(
                        choices=[("risk", "风险等级"), ("grade", "标准化等级")], max_length=8, verbose_name="事项"
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=8, verbose_name="原等级")),
                ("after", models.CharField(blank=True, max_length=8, verbose_name="新等级")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="有效期至")),
                ("by_rule", models.BooleanField(default=False, verbose_name="按规则")),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("actor_name", models.CharField(max_length=60, verbose_name="办理人姓名")),
                ("actor_hat", models.CharField(blank=True, max_length=160, verbose_name="办理身份")),
                ("at", models.DateTimeField(verbose_name="时间")),
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
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="level_changes",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "等级变动",
                "verbose_name_plural": "等级变动",
                "ordering": ("-at", "-pk"),
                "indexes": [models.Index(fields=["unit", "subject", "-at"], name="levelchange_unit")],
            },
        ),
        migrations.CreateModel(
            name="PaperEvent",
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
                    "inspectionpaper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="inspections.inspectionpaper",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书事件",
                "verbose_name_plural": "文书事件",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PlanMatter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("matter", models.CharField(max_length=200, verbose_name="检查事项")),
                ("basis", models.CharField(max_length=300, verbose_name="实施依据")),
                ("flag", models.CharField(blank=True, max_length=30, verbose_name="对象特征")),
                ("target", models.PositiveSmallIntegerField(default=100, verbose_name="抽查比例（%）")),
                ("content", models.CharField(blank=True, max_length=500, verbose_name="检查内容（项目）")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("daily", "日常"),
                            ("special", "专项"),
                            ("surprise", "四不两直"),
                            ("covert", "明查暗访"),
                            ("cross", "交叉"),
                            ("random", "双随机"),
                            ("recheck", "复查"),
                        ],
                        default="daily",
                        max_length=10,
                        verbose_name="检查方式",
                    ),
                ),
                ("schedule", models.CharField(blank=True, max_length=100, verbose_name="检查时间安排")),
                ("is_joint", models.BooleanField(default=False, verbose_name="属跨部门联合检查")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="承办机构",
                    ),
                ),
                (
                    "named",
                    models.ManyToManyField(blank=True, related_name="+", to="units.unit", verbose_name="指定企业"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matters",
                        to="inspections.inspectionplan",
                        verbose_name="计划",
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
            ],
            options={
                "verbose_name": "计划事项",
                "verbose_name_plural": "计划事项",
                "ordering": ("plan", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "position"), name="matter_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("target__range", (1, 100))), name="matter_target_percent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "month",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1月"),
                            (2, "2月"),
                            (3, "3月"),
                            (4, "4月"),
                            (5, "5月"),
                            (6, "6月"),
                            (7, "7月"),
                            (8, "8月"),
                            (9, "9月"),
                            (10, "10月"),
                            (11, "11月"),
                            (12, "12月"),
                        ],
                        verbose_name="月份",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="检查人员",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="inspections.planmatter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="inspections.inspectionplan",
                        verbose_name="计划",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "计划检查",
                "verbose_name_plural": "计划检查",
                "ordering": ("plan", "month", "pk"),
                "indexes": [models.Index(fields=["plan", "month"], name="plannedvisit_month")],
                "constraints": [
                    models.UniqueConstraint(fields=("matter", "unit", "month"), name="planned_once_a_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="RandomDraw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("title", models.CharField(max_length=100, verbose_name="抽查事项")),
                (
                    "kind",
                    models.CharField(
                        choices=[("administrative", "行政检查"), ("patrol", "巡查（服务指导）")],
                        max_length=16,
                        verbose_name="性质",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("prepared", "待抽取"),
                            ("drawn", "已抽取"),
                            ("published", "已公示"),
                            ("void", "作废"),
                        ],
                        default="prepared",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("check_by", models.DateField(verbose_name="检查完成期限")),
                ("asked", models.PositiveSmallIntegerField(verbose_name="抽取企业数")),
                ("team_size", models.PositiveSmallIntegerField(verbose_name="每组人数")),
                ("algorithm", models.CharField(max_length=30, verbose_name="算法")),
                ("given", models.JSONField(verbose_name="输入")),
                ("digest", models.CharField(max_length=64, verbose_name="输入摘要")),
                ("commitment", models.CharField(max_length=64, verbose_name="密钥摘要")),
                ("secret", models.CharField(max_length=64, verbose_name="密钥")),
                ("seed", models.CharField(blank=True, max_length=64, verbose_name="种子")),
                ("result", models.JSONField(default=list, verbose_name="结果")),
                ("prepared_at", models.DateTimeField(default=common.clock.now, verbose_name="编制时间")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="抽取时间")),
                ("published_at", models.DateTimeField(null=True, verbose_name="公示时间")),
                ("void_reason", models.CharField(blank=True, max_length=300, verbose_name="作废原因")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="组织单位",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="编制人",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="公示人",
                    ),
                ),
            ],
            options={
                "verbose_name": "双随机抽取",
                "verbose_name_plural": "双随机抽取",
                "ordering": ("-prepared_at", "-pk"),
                "indexes": [models.Index(fields=["area_path", "-prepared_at"], name="draw_area_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("drawn_at__isnull", True), ("seed", "")),
                            models.Q(("drawn_at__isnull", False), models.Q(("seed", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="draw_seed_with_result",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawnVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("result_published_at", models.DateTimeField(null=True, verbose_name="结果公示时间")),
                (
                    "members",
                    models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="检查人员"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
                (
                    "inspection",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drawn",
                        to="inspections.inspection",
                        verbose_name="检查",
                    ),
                ),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="inspections.randomdraw",
                        verbose_name="抽取",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取结果",
                "verbose_name_plural": "抽取结果",
                "ordering": ("draw", "position"),
                "constraints": [models.UniqueConstraint(fields=("draw", "position"), name="drawn_position_once")],
            },
        ),
        migrations.CreateModel(
            name="RandomDrawEvent",
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
                    "randomdraw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="inspections.randomdraw"
                    ),
                ),
            ],
            options={
                "verbose_name": "抽取事件",
                "verbose_name_plural": "抽取事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResultPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "stage",
                    models.CharField(
                        choices=[("before", "发现时"), ("after", "整改后")],
                        default="before",
                        max_length=8,
                        verbose_name="阶段",
                    ),
                ),
                ("latitude", models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="纬度")),
                ("longitude", models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="经度")),
                ("client_at", models.DateTimeField(null=True, verbose_name="手机记录时间")),
                ("created_at", models.DateTimeField(default=common.clock.now, verbose_name="收到时间")),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.attachment",
                        verbose_name="照片",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="inspections.itemresult",
                        verbose_name="检查结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "检查照片",
                "verbose_name_plural": "检查照片",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("result", "sha256", "stage"), name="result_photo_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=[("active", "管控中"), ("retired", "已消除")],
                        default="active",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="风险点名称")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="部位")),
                (
                    "accident",
                    models.CharField(
                        choices=[
                            ("fire", "火灾"),
                            ("explosion", "爆炸"),
                            ("poisoning", "中毒窒息"),
                            ("electric", "触电"),
                            ("fall", "高处坠落"),
                            ("machine", "机械伤害"),
                            ("lifting", "起重伤害"),
                            ("collapse", "坍塌"),
                            ("vehicle", "车辆伤害"),
                            ("scald", "灼烫"),
                            ("other", "其他伤害"),
                        ],
                        max_length=12,
                        verbose_name="可能导致的事故",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("red", "红（重大风险）"),
                            ("orange", "橙（较大风险）"),
                            ("yellow", "黄（一般风险）"),
                            ("blue", "蓝（低风险）"),
                        ],
                        max_length=8,
                        verbose_name="风险等级",
                    ),
                ),
                ("controls", models.TextField(max_length=1000, verbose_name="管控措施")),
                ("emergency", models.CharField(blank=True, max_length=500, verbose_name="应急处置措施")),
                ("owner", models.CharField(max_length=30, verbose_name="管控责任人")),
                ("owner_post", models.CharField(blank=True, max_length=40, verbose_name="责任人岗位")),
                ("review_on", models.DateField(verbose_name="下次复评日期")),
                (
                    "registered_at",
                    models.DateTimeField(default=common.clock.now, editable=False, verbose_name="登记时间"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_points",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
            ],
            options={
                "verbose_name": "风险点",
                "verbose_name_plural": "风险点",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["area_path", "state", "level"], name="riskpoint_area_level"),
                    models.Index(fields=["unit", "state"], name="riskpoint_unit_state"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskPointEvent",
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
                    "riskpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="inspections.riskpoint"
                    ),
                ),
            ],
            options={
                "verbose_name": "风险点事件",
                "verbose_name_plural": "风险点事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SelfCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("day", "日检查"),
                            ("week", "周检查"),
                            ("month", "月检查"),
                            ("lead_month", "主要负责人带队检查（月）"),
                            ("lead_quarter", "主要负责人带队检查（季）"),
                        ],
                        max_length=12,
                        verbose_name="频次",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="起")),
                ("last_on", models.DateField(verbose_name="止")),
                ("due_at", models.DateTimeField(verbose_name="应报时间")),
                ("item_count", models.PositiveSmallIntegerField(verbose_name="检查项数")),
                ("bad_count", models.PositiveSmallIntegerField(default=0, verbose_name="问题数")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("signed_name", models.CharField(max_length=60, verbose_name="签字人姓名")),
                ("signed_hat", models.CharField(blank=True, max_length=160, verbose_name="签字人身份")),
                ("filed_at", models.DateTimeField(default=common.clock.now, verbose_name="报送时间")),
                ("received_at", models.DateTimeField(default=common.clock.now, verbose_name="服务器收到时间")),
                ("clock_skew", models.IntegerField(default=0, verbose_name="手机时钟偏差（秒）")),
                ("seconds", models.PositiveIntegerField(null=True, verbose_name="用时（秒）")),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("once", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "department",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                    ),
                ),
                (
                    "sector",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.sector",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签字人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_checks",
                        to="units.unit",
                        verbose_name="企业",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.checklistversion",
                        verbose_name="检查表",
                    ),
                ),
            ],
            options={
                "verbose_name": "企业自查",
                "verbose_name_plural": "企业自查",
                "ordering": ("-first_on", "-pk"),
                "indexes": [
                    models.Index(fields=["area_path", "-first_on"], name="self_check_area"),
                    models.Index(fields=["cadence", "first_on", "unit"], name="self_check_span"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "cadence", "first_on"), name="self_check_once_per_span")
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(choices=[("bad", "不合格"), ("na", "不涉及")], max_length=4, verbose_name="结果"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="情况")),
                (
                    "check_record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="inspections.selfcheck"
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_check_findings",
                        to="hazards.hazard",
                        verbose_name="隐患",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.checklistitem",
                        verbose_name="检查项",
                    ),
                ),
            ],
            options={
                "verbose_name": "自查发现",
                "verbose_name_plural": "自查发现",
                "ordering": ("item__number",),
                "constraints": [models.UniqueConstraint(fields=("check_record", "item"), name="self_check_item_once")],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(blank=True, db_collation="C", max_length=60, verbose_name="区域路径")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("day", "日检查"),
                            ("week", "周检查"),
                            ("month", "月检查"),
                            ("lead_month", "主要负责人带队检查（月）"),
                            ("lead_quarter", "主要负责人带队检查（季）"),
                        ],
                        max_length=12,
                        verbose_name="频次",
                    ),
                ),
                (
                    "applies",
                    models.CharField(
                        choices=[
                            ("all", "全部在营企业"),
                            ("high_risk", "高危行业企业"),
                            ("not_high_risk", "高危行业以外的企业"),
                            ("above_scale", "规模以上企业、高危行业企业"),
                            ("equipment", "高危行业企业、特种设备使用单位"),
                            ("nobody", "不要求"),
                        ],
                        max_length=16,
                        verbose_name="适用企业",
                    ),
                ),
                (
                    "signer",
                    models.CharField(
                        choices=[("safety", "安全员或主要负责人"), ("principal", "主要负责人")],
                        max_length=12,
                        verbose_name="签字人",
                    ),
                ),
                ("basis", models.CharField(max_length=200, verbose_name="依据")),
                ("effective_from", models.DateField(verbose_name="生效日期")),
                ("set_by", models.CharField(blank=True, max_length=120, verbose_name="设定人")),
            ],
            options={
                "verbose_name": "自查要求",
                "verbose_name_plural": "自查要求",
                "ordering": ("cadence", "-effective_from"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area_path", "cadence", "effective_from"), name="self_check_rule_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True, verbose_name="标识")),
                (
                    "party",
                    models.CharField(
                        choices=[("inspector", "检查人员"), ("site", "现场负责人"), ("witness", "见证人")],
                        max_length=10,
                        verbose_name="签名方",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="姓名")),
                ("typed_reason", models.CharField(blank=True, max_length=200, verbose_name="未手写的原因")),
                ("is_refused", models.BooleanField(default=False, verbose_name="拒绝签名")),
                ("refusal_reason", models.CharField(blank=True, max_length=300, verbose_name="拒签情况")),
                ("signed_at", models.DateTimeField(default=common.clock.now, verbose_name="签名时间")),
                ("client_at", models.DateTimeField(null=True, verbose_name="手机记录时间")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="inspections.inspection",
                        verbose_name="检查",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.attachment",
                        verbose_name="手写签名",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="检查人员",
                    ),
                ),
            ],
            options={
                "verbose_name": "签名",
                "verbose_name_plural": "签名",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="SpotCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stratum",
                    models.CharField(
                        choices=[("listed", "挂牌挂账"), ("major", "重大"), ("key", "重点"), ("general", "一般")],
                        max_length=8,
                        verbose_name="层次",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="复核期限")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待复核"), ("true", "属实"), ("false", "不属实"), ("dropped", "免于复核")],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="复核情况")),
                ("no_photo_reason", models.CharField(blank=True, max_length=200, verbose_name="无照片原因")),
                ("done_at", models.DateTimeField(null=True, verbose_name="复核时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="更新时间")),
                ("attachments", models.ManyToManyField(blank=True, related_name="+", to="evidence.attachment")),
                (
                    "done_by",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spot_checks",
                        to="hazards.hazard",
                        verbose_name="隐患",
                    ),
                ),
                (
                    "inspector",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复核人",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查复核",
                "verbose_name_plural": "抽查复核",
                "ordering": ("due_on", "pk"),
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="spotcheck_state"),
                    models.Index(fields=["done_at"], name="spotcheck_done"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SpotCheckEvent",
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
                    "spotcheck",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="inspections.spotcheck"
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查复核事件",
                "verbose_name_plural": "抽查复核事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SpotRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("month", models.DateField(verbose_name="销号月份")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("algorithm", models.CharField(max_length=30, verbose_name="算法")),
                ("given", models.JSONField(verbose_name="输入")),
                ("digest", models.CharField(max_length=64, verbose_name="输入摘要")),
                ("secret", models.CharField(max_length=64, verbose_name="密钥")),
                ("seed", models.CharField(max_length=64, verbose_name="种子")),
                ("result", models.JSONField(verbose_name="结果")),
                ("drawn_at", models.DateTimeField(default=common.clock.now, verbose_name="抽取时间")),
                (
                    "drawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="抽取人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="组织单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "抽查复核轮次",
                "verbose_name_plural": "抽查复核轮次",
                "ordering": ("-month", "-pk"),
                "constraints": [models.UniqueConstraint(fields=("owner", "month"), name="spot_round_once_a_month")],
            },
        ),
        migrations.AddField(
            model_name="spotcheck",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="inspections.spotround",
                verbose_name="轮次",
            ),
        ),
        migrations.CreateModel(
            name="WorkCrew",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "post",
                    models.CharField(
                        choices=[("worker", "作业人"), ("guardian", "监护人"), ("commander", "指挥人")],
                        max_length=10,
                        verbose_name="岗位",
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="姓名")),
                ("certificate", models.CharField(blank=True, max_length=40, verbose_name="证书编号")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="证书有效期至")),
                (
                    "hazardouswork",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="crew", to="inspections.hazardouswork"
                    ),
                ),
            ],
            options={
                "verbose_name": "作业人员",
                "verbose_name_plural": "作业人员",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="WorkStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("approved", "方案审批"),
                            ("briefed", "技术交底"),
                            ("started", "作业规范"),
                            ("guarded", "现场监护"),
                            ("accepted", "完工验收"),
                        ],
                        max_length=10,
                        verbose_name="步骤",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("person", models.CharField(max_length=30, verbose_name="责任人")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "hazardouswork",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="inspections.hazardouswork",
                    ),
                ),
                ("photos", models.ManyToManyField(blank=True, to="evidence.attachment")),
            ],
            options={
                "verbose_name": "作业步骤",
                "verbose_name_plural": "作业步骤",
                "ordering": ("pk",),
            },
        ),
        migrations.AddConstraint(
            model_name="spotcheck",
            constraint=models.UniqueConstraint(fields=("round", "hazard"), name="spotcheck_once_a_round"),
        ),
        AppendOnly("inspections_inspectionevent"),
        AppendOnly("inspections_paperevent"),
        AppendOnly("inspections_riskpointevent"),
        AppendOnly("inspections_randomdrawevent"),
        AppendOnly("inspections_inspectionplanevent"),
        AppendOnly("inspections_compliancerecordevent"),
        AppendOnly("inspections_campaignobjectevent"),
        AppendOnly("inspections_spotcheckevent"),
    ]
