"""The two-level list of 行业领域 every installation starts with; idempotent."""

from __future__ import annotations

from typing import Any, NamedTuple


class Seed(NamedTuple):
    """One sector: permanent code, name, whether it is 高危, synonyms found in ledgers and criteria."""

    code: str
    name: str
    is_high_risk: bool = False
    synonyms: str = ""
    children: tuple[Seed, ...] = ()


SECTORS: tuple[Seed, ...] = (
    Seed("01", "工贸", False, "工贸企业;工贸行业;八大行业;工业企业;制造业", (
        Seed("0101", "冶金", True, "冶金企业;钢铁"),
        Seed("0102", "有色", True, "有色金属"),
        Seed("0103", "建材", False, "建材企业;水泥;砖瓦"),
        Seed("0104", "机械", False, "机械制造;机械加工"),
        Seed("0105", "轻工", False, "轻工业;食品加工;造纸;家具"),
        Seed("0106", "纺织", False, "纺织业;服装"),
        Seed("0107", "烟草", False, "烟草加工"),
        Seed("0108", "商贸", False, "商贸企业;商场;超市;批发零售"),
    )),
    Seed("02", "危险化学品", True, "危化;危化品;化工;化工和危险化学品;危险化学品企业", (
        Seed("0201", "危化生产", True, "化工生产"),
        Seed("0202", "危化经营", True, "加油站;加气站;加油加气站"),
        Seed("0203", "危化储存使用", True, "危化储存;危化使用"),
    )),
    Seed("03", "烟花爆竹", True, "烟花;烟花爆竹经营;烟花爆竹零售"),
    Seed("04", "非煤矿山", True, "非煤;矿山;金属非金属矿山;尾矿库;采石场;非煤矿山(含尾矿库)"),
    Seed("05", "煤矿", True, "煤炭"),
    Seed("06", "消防", False, "消防/人员密集;人员密集场所;消防安全;消防/九小场所;火灾", (
        Seed("0601", "人员密集场所", False, "公众聚集场所;宾馆酒店"),
        Seed("0602", "九小场所", False, "三合一;沿街门店;小场所"),
        Seed("0603", "高层建筑", False, "高层"),
    )),
    Seed("07", "城镇燃气", True, "燃气;瓶装液化气;液化石油气;管道燃气"),
    Seed("08", "建筑施工", True, "建筑;房屋市政工程;房屋市政;建设工程;施工;工地"),
    Seed("09", "道路交通", False, "交通;道路运输;交通运输;公路运营", (
        Seed("0901", "客货运输", True, "两客一危;客运;货运"),
        Seed("0902", "农村道路", False, "农村交通;农村道路交通"),
        Seed("0903", "公路水运工程", True, "公路工程"),
    )),
    Seed("10", "特种设备", False, "电梯;锅炉;压力容器;起重机械"),
    Seed("11", "农业农机", False, "农业;农机;农业(农机);渔业;农业(渔业)"),
    Seed("12", "学校", False, "教育;幼儿园;中小学;校园;培训机构"),
    Seed("13", "医疗养老", False, "医疗;养老;医院;卫生院;养老院", (
        Seed("1301", "医疗机构", False, "医疗卫生;诊所"),
        Seed("1302", "养老机构", False, "敬老院"),
    )),
    Seed("14", "文旅", False, "文化旅游;文化和旅游;旅游;景区;文物;网吧;歌舞娱乐"),
    Seed("15", "餐饮", False, "商贸餐饮;餐饮场所;饭店;餐馆;餐饮业;小餐饮"),
    Seed("16", "自建房", False, "经营性自建房;出租房;居民自建房"),
    Seed("17", "仓储物流", False, "仓储;物流;仓库;冷库"),
    Seed("18", "邮政快递", False, "快递;邮政"),
    Seed("19", "电力", False, "供电;电力设施;充电设施"),
    Seed("20", "水利", False, "水利工程;水库;防汛"),
    Seed("21", "水上交通", False, "船舶;港口;渡口"),
    Seed("22", "民爆", True, "民用爆炸物品;民爆物品"),
    Seed("23", "铁路", False, "铁路沿线;铁路交通"),
    Seed("24", "林业草原", False, "森林防火;林草;森林草原防灭火"),
    Seed("25", "自然资源", False, "地质灾害;自然资源和规划"),
    Seed("26", "生态环境", False, "环保;环境保护;污水处理"),
    Seed("27", "城市管理", False, "城管;市政;环卫;户外广告"),
    Seed("28", "油气管道", True, "油气长输管道;输油管道;输气管道"),
    Seed("99", "其他", False, "其它;综合;其他行业"),
)  # fmt: skip


def seed_sectors(model: Any) -> None:
    """Create or refresh the sectors; `model` is `Sector` or its historical state. An office's own sectors stay."""
    for seed in SECTORS:
        parent = _store(model, seed, None)
        for child in seed.children:
            _store(model, child, parent)


def _store(model: Any, seed: Seed, parent: Any) -> Any:
    values = {"name": seed.name, "is_high_risk": seed.is_high_risk, "synonyms": seed.synonyms, "parent": parent}
    return model.objects.update_or_create(code=seed.code, defaults=values)[0]
