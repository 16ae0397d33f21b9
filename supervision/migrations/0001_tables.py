import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import common.clock
from common.db import AppendOnly


class Migration(migrations.Migration):
    initial = True
    replaces = [
        ("supervision", "0001_initial"),
        ("supervision", "0002_ladder_defaults"),
        ("supervision", "0003_ladder_in_depth"),
        ("supervision", "0004_fill_documents"),
        ("supervision", "0005_told_step"),
        ("supervision", "0006_assignment_firings"),
        ("supervision", "0007_links_papers_measures"),
        ("supervision", "0008_unit_rules"),
        ("supervision", "0009_unit_rule_defaults"),
        ("supervision", "0010_paper_drafts"),
        ("supervision", "0011_campaigns_in_hazards"),
        ("supervision", "0012_batch_notices"),
        ("supervision", "0013_letter_facts"),
        ("supervision", "0014_unit_months"),
        ("supervision", "0015_fold_unit_firings"),
    ]

    dependencies = [
        ("evidence", "0001_initial"),
        ("hazards", "0002_defaults"),
        ("tasks", "0002_defaults"),
        ("units", "0002_sectors"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LadderPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("subject", models.CharField(default="hazard", max_length=12, verbose_name="适用事项")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("general", "一般"), ("key", "重点"), ("major", "重大")],
                        max_length=8,
                        verbose_name="适用等级",
                    ),
                ),
                (
                    "area_path",
                    models.CharField(blank=True, db_collation="C", default="", max_length=60, verbose_name="适用区域"),
                ),
                ("campaign", models.CharField(blank=True, default="", max_length=100, verbose_name="专项")),
                ("effective_from", models.DateField(verbose_name="施行日期")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("created_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="建立时间")),
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
            ],
            options={
                "verbose_name": "督办阶梯",
                "verbose_name_plural": "督办阶梯",
                "ordering": ("level", "-effective_from", "-pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject", "level", "area_path", "sector", "campaign", "effective_from"),
                        name="ladder_policy_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderFiring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="整改轮次")),
                ("deadline_no", models.PositiveSmallIntegerField(verbose_name="期限序次")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("remind_1", "到期提醒（首次）"),
                            ("remind_2", "到期提醒（二次）"),
                            ("remind_3", "到期提醒（末次）"),
                            ("overdue", "逾期提示"),
                            ("urge", "督促"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        max_length=12,
                        verbose_name="步骤",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "只发消息"),
                            ("reminder", "提示函"),
                            ("urge", "督促函"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="文书",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="所依据的期限")),
                ("planned_at", models.DateTimeField(verbose_name="应触发时间")),
                ("fired_at", models.DateTimeField(verbose_name="触发时间")),
                (
                    "merged_into",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("remind_1", "到期提醒（首次）"),
                            ("remind_2", "到期提醒（二次）"),
                            ("remind_3", "到期提醒（末次）"),
                            ("overdue", "逾期提示"),
                            ("urge", "督促"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        max_length=12,
                        verbose_name="并入步骤",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="触发说明")),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="firings", to="hazards.hazard"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.ladderpolicy"
                    ),
                ),
            ],
            options={
                "verbose_name": "阶梯记录",
                "verbose_name_plural": "阶梯记录",
                "ordering": ("hazard", "planned_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("merged_into", "")), fields=["code", "fired_at"], name="ladder_code_fired"
                    ),
                    models.Index(
                        condition=models.Q(("document", "notice")),
                        fields=["document", "fired_at"],
                        name="ladder_document_fired",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("hazard", "round", "deadline_no", "code"), name="ladder_fires_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentFiring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="整改轮次")),
                ("deadline_no", models.PositiveSmallIntegerField(verbose_name="期限序次")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("remind_1", "到期提醒（首次）"),
                            ("remind_2", "到期提醒（二次）"),
                            ("remind_3", "到期提醒（末次）"),
                            ("overdue", "逾期提示"),
                            ("urge", "督促"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        max_length=12,
                        verbose_name="步骤",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "只发消息"),
                            ("reminder", "提示函"),
                            ("urge", "督促函"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="文书",
                    ),
                ),
                ("due_at", models.DateTimeField(verbose_name="所依据的期限")),
                ("planned_at", models.DateTimeField(verbose_name="应触发时间")),
                ("fired_at", models.DateTimeField(verbose_name="触发时间")),
                (
                    "merged_into",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("remind_1", "到期提醒（首次）"),
                            ("remind_2", "到期提醒（二次）"),
                            ("remind_3", "到期提醒（末次）"),
                            ("overdue", "逾期提示"),
                            ("urge", "督促"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        max_length=12,
                        verbose_name="并入步骤",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="触发说明")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="firings", to="tasks.assignment"
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.ladderpolicy"
                    ),
                ),
            ],
            options={
                "verbose_name": "任务阶梯记录",
                "verbose_name_plural": "任务阶梯记录",
                "ordering": ("assignment", "planned_at", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("document", "notice")),
                        fields=["document", "fired_at"],
                        name="task_ladder_fired",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assignment", "round", "deadline_no", "code"), name="task_ladder_fires_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("remind_1", "到期提醒（首次）"),
                            ("remind_2", "到期提醒（二次）"),
                            ("remind_3", "到期提醒（末次）"),
                            ("overdue", "逾期提示"),
                            ("urge", "督促"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        max_length=12,
                        verbose_name="步骤",
                    ),
                ),
                ("offset", models.SmallIntegerField(verbose_name="期限前后天数")),
                (
                    "unit",
                    models.CharField(
                        choices=[("natural", "自然日"), ("working", "工作日")],
                        default="natural",
                        max_length=8,
                        verbose_name="计日",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "只发消息"),
                            ("reminder", "提示函"),
                            ("urge", "督促函"),
                            ("notice", "列入通报"),
                            ("talk", "约谈建议"),
                            ("list", "挂牌（挂账）建议"),
                            ("publish", "曝光、移送、问责建议"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="文书",
                    ),
                ),
                (
                    "audience",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("firm", "责任单位"),
                                ("department", "监管部门"),
                                ("village", "村（社区）网格"),
                                ("office", "安委办人员"),
                                ("head", "安委办负责人"),
                                ("leader", "街道领导"),
                            ],
                            max_length=12,
                        ),
                        default=list,
                        size=None,
                        verbose_name="告知对象",
                    ),
                ),
                ("person_decides", models.BooleanField(default=False, verbose_name="须由人决定")),
                (
                    "decider",
                    models.CharField(
                        blank=True,
                        choices=[("", "负责人或街道领导"), ("head", "安委办负责人"), ("leader", "街道领导")],
                        default="",
                        max_length=8,
                        verbose_name="由谁决定",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="supervision.ladderpolicy"
                    ),
                ),
            ],
            options={
                "verbose_name": "阶梯步骤",
                "verbose_name_plural": "阶梯步骤",
                "ordering": ("policy", "offset", "pk"),
                "constraints": [models.UniqueConstraint(fields=("policy", "code"), name="ladder_step_once")],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reminder", "提示函"),
                            ("urge", "督促函"),
                            ("talk", "约谈通知"),
                            ("assign", "交办单"),
                            ("hint", "提示单"),
                            ("instruction", "批示"),
                        ],
                        max_length=12,
                        verbose_name="文种",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "待签发"),
                            ("sent", "已送达"),
                            ("received", "已签收"),
                            ("answered", "已回复"),
                            ("done", "办结"),
                            ("void", "作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("number", models.CharField(max_length=60, null=True, unique=True, verbose_name="文号")),
                ("title", models.CharField(max_length=160, verbose_name="标题")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("matter", models.TextField(max_length=2000, verbose_name="事由")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("demand", models.TextField(max_length=2000, verbose_name="要求")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="触发说明")),
                ("frozen", models.JSONField(default=dict, editable=False, verbose_name="发出时的称谓")),
                ("key", models.CharField(editable=False, max_length=80, null=True, unique=True)),
                ("once", models.UUIDField(editable=False, null=True, unique=True, verbose_name="提交标识")),
                ("due_at", models.DateTimeField(null=True, verbose_name="回复期限")),
                ("decider", models.CharField(blank=True, default="", max_length=8, verbose_name="由谁决定")),
                ("drafted_at", models.DateTimeField(default=common.clock.now, verbose_name="起草时间")),
                ("signed_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                (
                    "received_as",
                    models.CharField(
                        blank=True, help_text="经一次性链接签收的人及电话", max_length=80, verbose_name="签收人姓名"
                    ),
                ),
                ("received_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("void_reason", models.CharField(blank=True, max_length=200, verbose_name="作废原因")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "copies",
                    models.ManyToManyField(
                        blank=True, related_name="letters_copied", to="units.unit", verbose_name="抄送"
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "drafted_unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="起草单位",
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="hazards.hazard",
                        verbose_name="所涉隐患",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters_sent",
                        to="units.unit",
                        verbose_name="发函单位",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签收人",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="led_to",
                        to="supervision.letter",
                        verbose_name="前序函件",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="units.unit",
                        verbose_name="主送",
                    ),
                ),
            ],
            options={
                "verbose_name": "函件",
                "verbose_name_plural": "函件",
                "ordering": ("-drafted_at", "-pk"),
                "indexes": [
                    models.Index(fields=["area_path", "-drafted_at"], name="letter_area_newest"),
                    models.Index(fields=["to_unit", "-drafted_at"], name="letter_to_newest"),
                    models.Index(
                        condition=models.Q(("state__in", ("sent", "received"))), fields=["due_at"], name="letter_owing"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="回复内容")),
                (
                    "answered_as",
                    models.CharField(
                        blank=True, help_text="经一次性链接回复的人及电话", max_length=80, verbose_name="回复人"
                    ),
                ),
                ("answered_at", models.DateTimeField(default=common.clock.now, verbose_name="回复时间")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("pending", "待审核"), ("accepted", "认可"), ("returned", "退回补充")],
                        default="pending",
                        max_length=10,
                        verbose_name="审核",
                    ),
                ),
                ("opinion", models.CharField(blank=True, max_length=300, verbose_name="审核意见")),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("attachments", models.ManyToManyField(blank=True, to="evidence.attachment")),
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="supervision.letter"
                    ),
                ),
            ],
            options={
                "verbose_name": "函件回复",
                "verbose_name_plural": "函件回复",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending")), fields=("letter",), name="letter_one_pending_answer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterEvent",
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
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="supervision.letter"
                    ),
                ),
            ],
            options={
                "verbose_name": "函件事件",
                "verbose_name_plural": "函件事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ListingBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("number", models.PositiveSmallIntegerField(verbose_name="批次")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "编制中"), ("issued", "已印发")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("document", models.CharField(max_length=60, null=True, unique=True, verbose_name="批次通知书文号")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="units.unit"),
                ),
            ],
            options={
                "verbose_name": "挂牌批次",
                "verbose_name_plural": "挂牌批次",
                "ordering": ("-year", "-number"),
                "constraints": [
                    models.UniqueConstraint(fields=("office", "year", "number"), name="listing_batch_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "kind",
                    models.CharField(
                        choices=[("key", "挂账督办"), ("major", "挂牌督办"), ("fire", "挂牌督办（消防）")],
                        max_length=8,
                        verbose_name="种类",
                    ),
                ),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("street", "街道级"),
                            ("county", "县（市、区）级"),
                            ("city", "市（州）级"),
                            ("province", "省级"),
                        ],
                        default="street",
                        max_length=10,
                        verbose_name="级别",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待审批"),
                            ("rejected", "未批准"),
                            ("approved", "已批准待送达"),
                            ("served", "已送达待报方案"),
                            ("treating", "督办整治中"),
                            ("acceptance", "申请验收"),
                            ("accepted", "验收通过待解除"),
                            ("delisted", "已解除督办"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("leader", models.CharField(blank=True, max_length=30, verbose_name="督办领导")),
                ("reason", models.CharField(max_length=500, verbose_name="提请理由")),
                ("proposed_at", models.DateTimeField(default=common.clock.now, verbose_name="提请时间")),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="部门会审意见")),
                ("opinion_at", models.DateTimeField(null=True, verbose_name="会审时间")),
                ("key", models.CharField(editable=False, max_length=80, null=True, unique=True)),
                ("decider", models.CharField(blank=True, default="", max_length=8, verbose_name="由谁决定")),
                ("number", models.CharField(max_length=60, null=True, unique=True, verbose_name="督办通知书文号")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("finish_by", models.DateTimeField(null=True, verbose_name="督办整改期限")),
                ("serve_by", models.DateTimeField(null=True, verbose_name="应送达时间")),
                ("served_at", models.DateTimeField(null=True, verbose_name="送达时间")),
                ("receiver", models.CharField(blank=True, max_length=60, verbose_name="签收人")),
                ("publish_by", models.DateTimeField(null=True, verbose_name="应公示时间")),
                ("published_at", models.DateTimeField(null=True, verbose_name="公示时间")),
                ("published_in", models.CharField(blank=True, max_length=200, verbose_name="公示载体")),
                ("public_from", models.DateTimeField(null=True, verbose_name="网上公示起")),
                ("public_until", models.DateTimeField(null=True, verbose_name="网上公示止")),
                ("public_unit", models.CharField(blank=True, max_length=80, verbose_name="公示单位名称")),
                ("public_text", models.CharField(blank=True, max_length=500, verbose_name="公示内容")),
                ("plan_due_at", models.DateTimeField(null=True, verbose_name="治理方案报送期限")),
                ("next_report_at", models.DateTimeField(null=True, verbose_name="下次进展报告期限")),
                ("missed_reports", models.PositiveSmallIntegerField(default=0, verbose_name="未按期报告次数")),
                ("report_from", models.DateTimeField(null=True, verbose_name="本期报告起算")),
                ("accept_by", models.DateTimeField(null=True, verbose_name="应组织验收时间")),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="验收通过时间")),
                (
                    "delist_number",
                    models.CharField(max_length=60, null=True, unique=True, verbose_name="解除督办通知文号"),
                ),
                ("delisted_at", models.DateTimeField(null=True, verbose_name="解除督办时间")),
                ("delist_publish_by", models.DateTimeField(null=True, verbose_name="解除督办应公示时间")),
                ("delist_published_at", models.DateTimeField(null=True, verbose_name="解除督办公示时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批准人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="督办部门",
                    ),
                ),
                (
                    "hazard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="listings", to="hazards.hazard"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="督办单位",
                    ),
                ),
                (
                    "opinion_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提请人",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="supervision.listingbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "挂牌督办",
                "verbose_name_plural": "挂牌督办",
                "ordering": ("-proposed_at", "-pk"),
                "indexes": [
                    models.Index(fields=["area_path", "state"], name="listing_area_state"),
                    models.Index(
                        condition=models.Q(("public_from__isnull", False)),
                        fields=["-public_from"],
                        name="listing_public",
                    ),
                    models.Index(
                        condition=models.Q(("next_report_at__isnull", False)),
                        fields=["next_report_at"],
                        name="listing_next_report",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("proposed", "approved", "served", "treating", "acceptance", "accepted"))
                        ),
                        fields=("hazard",),
                        name="listing_one_live",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListingBatchEvent",
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
                    "listingbatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="supervision.listingbatch",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次事件",
                "verbose_name_plural": "批次事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ListingEvent",
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
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="supervision.listing"
                    ),
                ),
            ],
            options={
                "verbose_name": "挂牌事件",
                "verbose_name_plural": "挂牌事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ListingFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("served", "送达回执"),
                            ("plan", "治理方案"),
                            ("progress", "进展佐证"),
                            ("acceptance", "验收材料"),
                        ],
                        max_length=12,
                        verbose_name="环节",
                    ),
                ),
                ("created_at", models.DateTimeField(default=common.clock.now)),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="evidence.attachment"
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="supervision.listing"
                    ),
                ),
            ],
            options={
                "verbose_name": "挂牌佐证",
                "verbose_name_plural": "挂牌佐证",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("listing", "attachment", "stage"), name="listing_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk", "约谈"),
                            ("raise", "提级督办"),
                            ("publish", "曝光、移送、问责"),
                            ("unit", "通报、约谈单位"),
                        ],
                        max_length=10,
                        verbose_name="措施",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待决定"),
                            ("decided", "已决定"),
                            ("declined", "不予采取"),
                            ("done", "已办结"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                ("decider", models.CharField(blank=True, default="", max_length=8, verbose_name="由谁决定")),
                ("proposed_at", models.DateTimeField(default=common.clock.now, verbose_name="提出时间")),
                ("due_at", models.DateTimeField(null=True, verbose_name="应办时间")),
                (
                    "form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("talk", "约谈"),
                            ("raise", "提级督办"),
                            ("expose", "媒体曝光"),
                            ("transfer", "移送有权机关"),
                            ("account", "问责建议"),
                            ("criticise", "通报批评"),
                            ("yellow", "黄牌警告"),
                            ("review", "书面检查"),
                            ("warn", "警示"),
                            ("stop", "停产停业建议"),
                            ("order_stop", "责令停产停业"),
                            ("cancel", "取消评优"),
                        ],
                        max_length=10,
                        verbose_name="具体形式",
                    ),
                ),
                ("document", models.CharField(blank=True, max_length=120, verbose_name="文书名称及文号")),
                ("number", models.CharField(max_length=60, null=True, unique=True, verbose_name="文号")),
                ("receiver", models.CharField(blank=True, max_length=100, verbose_name="受移送机关")),
                ("place", models.CharField(blank=True, max_length=100, verbose_name="约谈地点")),
                ("attendees", models.CharField(blank=True, max_length=300, verbose_name="参加人员")),
                ("follow_up_by", models.DateTimeField(null=True, verbose_name="落实情况复核期限")),
                ("followed_up_at", models.DateTimeField(null=True, verbose_name="复核时间")),
                ("expires_at", models.DateTimeField(null=True, verbose_name="有效期至")),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="决定意见")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                ("result", models.TextField(blank=True, verbose_name="纪要、结果")),
                ("done_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                ("attachments", models.ManyToManyField(blank=True, to="evidence.attachment")),
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
                    "hazard",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="hazards.hazard",
                    ),
                ),
                (
                    "letter",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measure",
                        to="supervision.letter",
                        verbose_name="约谈通知",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
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
                        related_name="measures",
                        to="units.unit",
                        verbose_name="对象",
                    ),
                ),
            ],
            options={
                "verbose_name": "处置措施",
                "verbose_name_plural": "处置措施",
                "ordering": ("-proposed_at", "-pk"),
                "indexes": [models.Index(fields=["area_path", "state"], name="measure_area_state")],
            },
        ),
        migrations.CreateModel(
            name="MeasureEvent",
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
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="supervision.measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "措施事件",
                "verbose_name_plural": "措施事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PaperArchive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="文书")),
                ("record_id", models.BigIntegerField(verbose_name="记录")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("content", models.JSONField(verbose_name="内容")),
                ("kept_at", models.DateTimeField(default=common.clock.now, editable=False, verbose_name="归档时间")),
            ],
            options={
                "verbose_name": "文书存档",
                "verbose_name_plural": "文书存档",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("kind", "record_id"), name="paper_archived_once")],
            },
        ),
        migrations.CreateModel(
            name="PaperDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20, verbose_name="文书")),
                ("record_id", models.BigIntegerField(verbose_name="记录")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.TextField(max_length=4000, verbose_name="正文")),
                ("edited_at", models.DateTimeField(default=common.clock.now, verbose_name="修改时间")),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="修改人",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书草稿",
                "verbose_name_plural": "文书草稿",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("kind", "record_id"), name="paper_drafted_once")],
            },
        ),
        migrations.CreateModel(
            name="ReplyLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="短信发往")),
                ("issued_at", models.DateTimeField(default=common.clock.now, verbose_name="发出时间")),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("opened_at", models.DateTimeField(null=True, verbose_name="首次打开")),
                ("used_at", models.DateTimeField(null=True, verbose_name="使用时间")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                ("used_by", models.CharField(blank=True, max_length=30, verbose_name="回复人")),
                ("used_phone", models.CharField(blank=True, max_length=30, verbose_name="回复人电话")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发出人",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links",
                        to="supervision.letter",
                        verbose_name="函件",
                    ),
                ),
            ],
            options={
                "verbose_name": "一次性回复链接",
                "verbose_name_plural": "一次性回复链接",
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None), ("used_at", None)),
                        fields=("letter",),
                        name="reply_link_one_live",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField(verbose_name="月份")),
                ("area_path", models.CharField(db_collation="C", editable=False, max_length=60)),
                (
                    "group",
                    models.CharField(
                        choices=[("unit", "责任单位"), ("department", "监管部门")],
                        max_length=10,
                        verbose_name="比较范围",
                    ),
                ),
                ("fell_due", models.PositiveIntegerField(verbose_name="到期隐患")),
                ("on_time", models.PositiveIntegerField(verbose_name="按期整改")),
                ("fell_due_before", models.PositiveIntegerField(default=0, verbose_name="上月到期")),
                ("on_time_before", models.PositiveIntegerField(default=0, verbose_name="上月按期")),
                ("false", models.PositiveIntegerField(default=0, verbose_name="虚假整改")),
                ("due_at", models.DateTimeField(verbose_name="月末")),
                ("round", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("deadline_no", models.PositiveSmallIntegerField(default=1, editable=False)),
                ("next_step_at", models.DateTimeField(editable=False, null=True, verbose_name="阶梯下次检查")),
                (
                    "ladder_step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "按期整改率偏低"),
                            ("poor", "按期整改率低或连续偏低"),
                            ("last", "按期整改率低且排名末位"),
                            ("false", "虚假整改查实"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="触发规则",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=common.clock.now, verbose_name="建立时间")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("updated_at", models.DateTimeField(default=common.clock.now, editable=False)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.unit",
                        verbose_name="安委办",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="months",
                        to="units.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位月度情况",
                "verbose_name_plural": "单位月度情况",
                "ordering": ("-month", "unit"),
                "indexes": [
                    models.Index(fields=["office", "month"], name="unit_month_office"),
                    models.Index(
                        condition=models.Q(("next_step_at__isnull", False)),
                        fields=["next_step_at"],
                        name="unit_month_next_step",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("unit", "month"), name="unit_month_once")],
            },
        ),
        migrations.CreateModel(
            name="UnitMonthEvent",
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
                    "unitmonth",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="supervision.unitmonth"
                    ),
                ),
            ],
            options={
                "verbose_name": "单位月度事件",
                "verbose_name_plural": "单位月度事件",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnitRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("low", "按期整改率偏低"),
                            ("poor", "按期整改率低或连续偏低"),
                            ("last", "按期整改率低且排名末位"),
                            ("false", "虚假整改查实"),
                        ],
                        max_length=8,
                        verbose_name="规则",
                    ),
                ),
                (
                    "area_path",
                    models.CharField(blank=True, db_collation="C", default="", max_length=60, verbose_name="适用区域"),
                ),
                ("effective_from", models.DateField(verbose_name="施行日期")),
                ("is_on", models.BooleanField(default=True, verbose_name="启用")),
                ("below", models.PositiveSmallIntegerField(default=0, verbose_name="按期整改率低于（%）")),
                ("running_below", models.PositiveSmallIntegerField(default=0, verbose_name="或连续两月低于（%）")),
                ("last_only", models.BooleanField(default=False, verbose_name="仅对末位")),
                ("least", models.PositiveSmallIntegerField(default=1, verbose_name="当月到期隐患不少于（项）")),
                (
                    "document",
                    models.CharField(
                        choices=[("reminder", "提示函"), ("urge", "督促函"), ("proposal", "通报、约谈建议")],
                        max_length=10,
                        verbose_name="文书",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                (
                    "proposal",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="units.policyproposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位触发规则",
                "verbose_name_plural": "单位触发规则",
                "ordering": ("code", "-effective_from", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("code", "area_path", "effective_from"), name="unit_rule_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitFiring",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(verbose_name="整改轮次")),
                ("deadline_no", models.PositiveSmallIntegerField(verbose_name="期限序次")),
                ("due_at", models.DateTimeField(verbose_name="所依据的期限")),
                ("planned_at", models.DateTimeField(verbose_name="应触发时间")),
                ("fired_at", models.DateTimeField(verbose_name="触发时间")),
                ("reason", models.CharField(max_length=300, verbose_name="触发说明")),
                (
                    "code",
                    models.CharField(
                        choices=[
                            ("low", "按期整改率偏低"),
                            ("poor", "按期整改率低或连续偏低"),
                            ("last", "按期整改率低且排名末位"),
                            ("false", "虚假整改查实"),
                        ],
                        max_length=12,
                        verbose_name="规则",
                    ),
                ),
                (
                    "document",
                    models.CharField(
                        choices=[("reminder", "提示函"), ("urge", "督促函"), ("proposal", "通报、约谈建议")],
                        max_length=10,
                        verbose_name="文书",
                    ),
                ),
                (
                    "merged_into",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("low", "按期整改率偏低"),
                            ("poor", "按期整改率低或连续偏低"),
                            ("last", "按期整改率低且排名末位"),
                            ("false", "虚假整改查实"),
                        ],
                        max_length=12,
                        verbose_name="并入规则",
                    ),
                ),
                (
                    "unitmonth",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="firings",
                        to="supervision.unitmonth",
                        verbose_name="单位月度情况",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supervision.unitrule"
                    ),
                ),
            ],
            options={
                "verbose_name": "单位触发记录",
                "verbose_name_plural": "单位触发记录",
                "ordering": ("unitmonth", "planned_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unitmonth", "round", "deadline_no", "code"), name="unit_rule_fires_once"
                    )
                ],
            },
        ),
        AppendOnly("supervision_letterevent"),
        AppendOnly("supervision_listingevent"),
        AppendOnly("supervision_measureevent"),
        AppendOnly("supervision_ladderfiring"),
        AppendOnly("supervision_assignmentfiring"),
        AppendOnly("supervision_unitmonthevent"),
        AppendOnly("supervision_unitfiring"),
    ]
