"""Spam blocks made to order, and lists that are nobody's spam. Deterministic: every case is its own seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

# Written by hand, not taken from the gazetteer: counties, districts, banners and cities, short forms of autonomous
# ones (大化), abolished ones (双城市), colloquial ones (达茂旗), by the code of their province.
POOL = {
    11: "房山区 密云县 延庆县 怀柔区 平谷区",
    12: "静海县 宝坻区 蓟县 宁河县 武清区",
    13: "平山县 围场 丰宁 青县 迁安市 涿鹿县 定州市 桃城区",
    14: "右玉县 平遥县 介休市 岢岚县 五台县 迎泽区",
    15: "丰镇市 乌审旗 土默特右旗 阿拉善左旗 新巴尔虎左旗 额济纳旗 多伦县 满洲里市 达茂旗 东胜区",
    21: "岫岩 庄河市 北票市 桓仁 台安县 太和区",
    22: "公主岭市 抚松县 前郭 吕州市 长白 集安市",
    23: "宁安市 双城市 嘉荫县 漠河县 五大连池市 呼玛县 爱辉区",
    31: "崇明县 青浦区 松江区 奉贤区",
    32: "泗阳县 邳州市 宜兴市 东台市 灌云县 沛县",
    33: "海宁市 遂昌县 景宁 龙泉市 嵊泗县 安吉县",
    34: "石台县 天长市 歙县 霍山县 桐城市 砀山县",
    35: "霞浦县 漳平市 德化县 建瓯市 平和县 同安区",
    36: "宁都县 丰城市 吉安市 婺源县 瑞金市 德兴市",
    37: "蓬莱市 沂源县 曹县 莘县 荣成市 岱岳区",
    41: "汝州市 兰考县 新郑市 内黄县 嵩县 淅川县",
    42: "江陵县 利川市 长阳 竹溪县 洪湖市 来凤县",
    43: "衡山县 凤凰县 新晃 桂阳县 浏阳市 江华",
    44: "罗定市 普宁市 乳源 徐闻县 信宜市 大埔县",
    45: "大化 金秀 恭城 凭祥市 天峨县 靖西县",
    46: "琼中 五指山市 陵水 儋州市 文昌市",
    50: "秀山 酉阳 垫江县 綦江县 城口县 万州区",
    51: "阿坝县 得荣县 峨边 德格县 广汉市 北川 筠连县",
    52: "剑河县 天柱县 镇宁 赤水市 罗甸县 盘县",
    53: "龙陵县 云龙县 屏边 麻栗坡县 腾冲县 宁蒗 芒市",
    54: "吉隆县 墨脱县 那曲县 察隅县 定日县",
    61: "石泉县 韩城市 佛坪县 府谷县 乾县 阎良区",
    62: "民乐县 宕昌县 玉门市 环县 肃北 阿克塞",
    63: "门源 循化 玛多县 格尔木市 囊谦县",
    64: "盐池县 青铜峡市 西吉县 灵武市",
    65: "博湖县 额敏县 尼勒克县 察布查尔 塔什库尔干 阿图什市 焉耆 伊吾县",
    71: "台南市 花莲县 澎湖县 基隆市 屏东县",
}
TRADITIONAL = str.maketrans(
    "区云县庆怀静宝蓟宁围场丰迁遥岚台泽镇乌审尔额济纳伦满达东胜岩庄岭抚长盘双荫连玛爱辉贤阳兴龙砀瓯莱荣岳兰郑内黄来凤浏华罗闻凭琼垫万坝边广汉剑腾冲脱韩阎乐门环肃谦盐铜峡灵库干图莲",
    "區雲縣慶懷靜寶薊寧圍場豐遷遙嵐臺澤鎮烏審爾額濟納倫滿達東勝巖莊嶺撫長盤雙蔭連瑪愛輝賢陽興龍碭甌萊榮嶽蘭鄭內黃來鳳瀏華羅聞憑瓊墊萬壩邊廣漢劍騰衝脫韓閻樂門環肅謙鹽銅峽靈庫幹圖蓮",
)
NAMES = [name for listed in POOL.values() for name in listed.split()]
WORDS = ["澳门葡京", "百家乐", "国产精品久久", "人妻无码", "六合彩", "欧美日韩", "皇冠体育", "老虎机", "麻豆", "棋牌"]
# "\n" puts each name into an element of its own.
BARS = ["| ", "|", "｜", " | ", "_"]
OTHERS = [" ", "、", ",", "，", "/", "·", "-", "\t", "　", " / ", "; ", "\n"]
SEPARATORS = [*BARS, *OTHERS]
SIZES = [8, 9, 12, 20, 40, 60]
FORMS = [
    "own", "sentence", "thanks", "word", "cut short", "words", "head", "two", "three", "blank between", "furniture between", "hidden", "glued title",
]  # fmt: skip

PAGE = [
    "中國共產黨新聞網>>中國工會新聞>>發布會直播",
    "首頁 | 新聞 | 專題 | 北京 | 上海 | 關於我們",
    "2017年工會兩節送溫暖新聞通氣會",
    "2016年12月22日16:51",
    "[王曉峰]:尊敬的各位記者朋友,長期以來大家對工會的新聞宣傳工作給予了高度的重視。我們先後到四川省阿壩縣、德格縣、得榮縣調研。",
    "[記者]:請問今年全國有多少省、市、縣參加這項活動?",
    "[王曉峰]:今天的通氣會就到這裡,謝謝大家!",
    "來源:中華全國總工會",
    "(責編:閆妍、秦華)",
]
FOOT = ["全總簡介", "關於我們 | 聯系我們 | 版權聲明"]


@dataclass(frozen=True, slots=True)
class Case:
    """A page with a block in it."""

    name: str
    lines: tuple[str, ...]
    clean: tuple[str, ...]  # the page's lines without the block, blank lines and white space at ends aside
    hidden: frozenset[int] = frozenset()


def squeeze(lines: Iterator[str] | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Lines without white space at their ends, without blank ones."""
    return tuple(line.strip() for line in lines if line.strip())


def _names(rng: random.Random, size: int, repeat: bool) -> list[str]:
    names = rng.sample(NAMES, size)
    if repeat:
        names[rng.randrange(size // 2, size)] = names[rng.randrange(size // 2)]
    return names


def _join(names: list[str], separator: str, trailing: bool) -> list[str]:
    """The block as lines."""
    if separator == "\n":
        return names
    return [separator.join(names) + (separator.rstrip() if trailing else "")]


def _split(names: list[str], parts: int) -> list[list[str]]:
    size = -(-len(names) // parts)
    return [names[at : at + size] for at in range(0, len(names), size)]


def _place(form: str, names: list[str], separator: str, trailing: bool, rng: random.Random) -> tuple[list[str], list[str], list[int]]:
    """Lines, lines without the block, numbers of the hidden ones."""
    page, block = [*PAGE, *FOOT], _join(names, separator, trailing)
    if form in ("sentence", "thanks", "word"):
        prose = {"sentence": PAGE[4], "thanks": PAGE[6], "word": FOOT[0]}[form]
        return [*PAGE, prose + block[0], *block[1:]], [*PAGE, prose], []
    if form == "cut short":
        block[-1] = _join(names, separator, False)[-1][: -rng.randrange(1, len(names[-1]))]
    if form in ("head", "glued title"):
        return ([*block, *page] if form == "head" else [block[0] + page[0], *page[1:]]), page, []
    if form in ("two", "three", "blank between", "furniture between"):
        parts = [_join(part, separator, trailing) for part in _split(names, 3 if form == "three" else 2)]
        between = {"blank between": ["", " "], "furniture between": ["返回頂部"]}.get(form, [])
        lines = [line for part in parts for line in [*part, *between]]
        return [*page, *lines], [*page, *[line for line in between * len(parts) if line.strip()]], []
    return [*page, *block], page, [len(page) + n for n in range(len(block))] if form == "hidden" else []


def blocks() -> Iterator[Case]:
    """Every form with every separator, script, size, with and without a repeat and a trailing separator."""
    for form, separator, traditional, size in product(FORMS, SEPARATORS, (False, True), SIZES):
        name = f"{form} {separator!r} {'traditional' if traditional else 'simplified'} {size}"
        rng = random.Random(name)
        repeat, trailing = rng.random() < 0.5, rng.random() < 0.5
        if separator == "\n" and form in ("sentence", "thanks", "word", "glued title"):
            continue
        if form == "glued title":
            trailing = True
        names = _names(rng, size, repeat)
        if form == "words":
            for word in rng.sample(WORDS, 3):
                names.insert(rng.randrange(len(names) + 1), word)
        if traditional:
            names = [each.translate(TRADITIONAL) for each in names]
        lines, clean, hidden = _place(form, names, separator, trailing, rng)
        yield Case(f"{name}{' repeat' * repeat}{' trailing' * trailing}", tuple(lines), squeeze(clean), frozenset(hidden))


# Lists that somebody made, each a page; none may lose a letter, with or without evidence of a mirror.
LEGITIMATE = {
    "one province in a speech": ["我们先后到四川省阿坝县、德格县、得荣县、理塘县、稻城县、石渠县、色达县、壤塘县、若尔盖县、红原县调研。"],
    "several provinces in a speech": [
        "今年的重点是四川省阿坝县、德格县、得荣县，云南省屏边县、麻栗坡县、宁蒗县，贵州省剑河县、天柱县，甘肃省宕昌县、民乐县，新疆博湖县、尼勒克县。"
    ],
    "without names of provinces, by province": [
        "这些县是阿坝县、德格县、得荣县、麻栗坡县、云龙县、龙陵县、剑河县、天柱县、罗甸县、宕昌县、民乐县、环县、博湖县、尼勒克县、额敏县"
    ],
    "random order in a sentence": ["我先后到丰镇市、宁都县、静海县、龙陵县、海宁市、博湖县、石台县、罗定市、房山区等地走访。"],
    "random order, sentence ends": ["我先后走访了丰镇市、宁都县、静海县、龙陵县、海宁市、博湖县、石台县、罗定市、房山区。"],
    "random order, no end of the sentence": ["我先后走访了丰镇市、宁都县、静海县、龙陵县、海宁市、博湖县、石台县、罗定市、房山区"],
    "random order begins a sentence": ["谢谢大家！丰镇市、宁都县、静海县、龙陵县、海宁市、博湖县、石台县、罗定市、房山区都设立了服务站。"],
    "a list after a colon": ["首批试点县（市、区）：丰镇市、宁都县、静海县、龙陵县、海宁市、博湖县、石台县、罗定市、房山区"],
    "a list after a heading": ["2016年度全国先进县名单", "海宁市 丰镇市 宁都县 静海县 龙陵县 博湖县 石台县 罗定市 房山区"],
    "a list after a sentence": ["入选的县（市、区）如下", "海宁市、丰镇市、宁都县、静海县、龙陵县、博湖县、石台县、罗定市、房山区"],
    "nationwide in one line": [
        "密云县、静海县、平山县、平遥县、丰镇市、庄河市、抚松县、宁安市、崇明县、邳州市、海宁市、石台县、德化县、宁都县、蓬莱市、兰考县、洪湖市"
    ],
    "nationwide by line": [
        "密云县", "静海县", "平山县", "平遥县", "丰镇市", "庄河市", "抚松县", "宁安市", "崇明县", "邳州市", "海宁市", "石台县", "德化县", "宁都县",
        "蓬莱市", "兰考县", "洪湖市", "凤凰县", "罗定市", "大化", "屏边", "吉隆县", "石泉县", "民乐县", "门源", "盐池县", "博湖县",
    ],
    "nationwide with bars": ["密云县 | 静海县 | 平山县 | 平遥县 | 丰镇市 | 庄河市 | 抚松县 | 宁安市 | 崇明县 | 邳州市 | 海宁市 | 石台县 |"],
    "nationwide by row": [
        "北京市", "密云县 延庆县 怀柔区", "内蒙古自治区", "丰镇市 乌审旗 多伦县", "四川", "阿坝县 得荣县 德格县", "云南省", "屏边县 云龙县", "陕西",
        "石泉县 佛坪县", "甘肃", "民乐县 宕昌县", "宁夏", "盐池县 西吉县", "新疆", "博湖县 额敏县",
    ],
    "a county a row under its province": [
        line for pair in ("内蒙古 丰镇市", "浙江 海宁市", "云南 屏边县", "江西 宁都县", "天津 静海县", "广东 罗定市", "北京 房山区", "甘肃 民乐县",
                          "安徽 石台县", "贵州 剑河县") for line in pair.split()
    ],
    "awards": ["浙江省海宁市、内蒙古丰镇市、江西省宁都县、天津市静海县、云南省龙陵县、新疆博湖县、安徽省石台县、广东省罗定市、北京市房山区"],
    "awards by bars": ["浙江省海宁市|内蒙古丰镇市|江西省宁都县|天津市静海县|云南省龙陵县|新疆博湖县|安徽省石台县|广东省罗定市|"],
    "awards, province and county apart": ["浙江省 海宁市 | 内蒙古自治区 丰镇市 | 江西省 宁都县 | 天津市 静海县 | 云南省 龙陵县 | 新疆 博湖县 | 安徽省 石台县"],
    "awards in lines": ["浙江省海宁市", "内蒙古丰镇市", "江西省宁都县", "天津市静海县", "云南省龙陵县", "新疆博湖县", "安徽省石台县", "广东省罗定市"],
    "capitals": ["石家庄市 太原市 呼和浩特市 沈阳市 长春市 哈尔滨市 南京市 杭州市 合肥市 福州市 南昌市 济南市 郑州市 武汉市 长沙市 广州市 南宁市"],
    "capitals in no order, bars": ["杭州市|广州市|成都市|南京市|武汉市|西安市|沈阳市|长沙市|昆明市|济南市|兰州市|南昌市|"],
    "capitals in lines": "杭州市 广州市 成都市 南京市 武汉市 西安市 沈阳市 长沙市 昆明市 济南市 兰州市 南昌市 深圳市 大连市 青岛市 厦门市".split(),
    "provinces": ["北京市|天津市|河北省|山西省|内蒙古自治区|辽宁省|吉林省|黑龙江省|上海市|江苏省|浙江省|安徽省|福建省|江西省|山东省|河南省|湖北省|"],
    "provinces, short": ["北京 | 天津 | 河北 | 山西 | 内蒙古 | 辽宁 | 吉林 | 黑龙江 | 上海 | 江苏 | 浙江 | 安徽 | 福建 | 江西 | 山东 | 河南 | 湖北 |"],
    "provinces in no order": ["西藏 | 广东 | 北京 | 新疆 | 上海 | 甘肃 | 吉林 | 湖北 | 福建 | 重庆 | 四川 | 安徽 |"],
    "navigation": ["首页 | 新闻 | 专题 | 北京 | 上海 | 社区 | 城市 | 超市"],
    "navigation of a province": ["成都市|自贡市|攀枝花市|泸州市|德阳市|绵阳市|广元市|遂宁市|内江市|乐山市|阿坝县|得荣县|"],
    "navigation of a prefecture": ["海宁市 | 桐乡市 | 平湖市 | 嘉善县 | 海盐县 | 南湖区 | 秀洲区 |"],
    "partner sites": ["人民网 | 新华网 | 中国网 | 央视网 | 国际在线 | 中国日报 | 中青网 | 中国经济网 | 光明网 | 中国新闻网"],
    "sites of counties": ["丰镇市政府网 | 乌审旗政府网 | 宁都县政府网 | 静海县政府网 | 海宁市政府网 | 龙陵县政府网 | 石台县政府网 | 罗定市政府网"],
    "trade unions": ["丰镇市总工会 | 乌审旗总工会 | 宁都县总工会 | 静海县总工会 | 海宁市总工会 | 龙陵县总工会 | 石台县总工会 | 罗定市总工会 |"],
    "trade unions of provinces": ["北京市总工会 | 天津市总工会 | 上海市总工会 | 重庆市总工会 | 河北省总工会 | 山西省总工会 | 辽宁省总工会"],
    "people": ["王晓峰 粟斌 李华 张宁安 刘江华 陈安吉 杨金秀 周大化 吴连山"],
    "people with bars": ["王晓峰 | 粟斌 | 李华 | 张宁 | 刘江 | 陈安吉 | 杨金秀 | 周大化 | 吴连山 |"],
    "footer": ["关于我们 | 联系我们 | 网站声明 | 人才招聘 | 广告服务 | 网站地图 |"],
    "reporters": ["出席的媒体有新华社、人民日报、中央电视台、光明日报、经济日报、工人日报、中国青年报、北京日报、解放日报、南方日报、浙江日报。"],
    "a table in a line": ["丰镇市 12.3 宁都县 45.6 静海县 7.8 龙陵县 9.1 海宁市 2.3 博湖县 4.5 石台县 6.7 罗定市 8.9 房山区 10.1"],
    "a table by cells": [
        cell for row in ("丰镇市 12.3", "宁都县 45.6", "静海县 7.8", "龙陵县 9.1", "海宁市 2.3", "博湖县 4.5", "石台县 6.7", "罗定市 8.9") for cell in row.split()
    ],
    "a table by columns": [
        "丰镇市 宁都县 静海县 龙陵县 海宁市 博湖县 石台县 罗定市 房山区", "12.3 45.6 7.8 9.1 2.3 4.5 6.7 8.9 10.1", "1 2 3 4 5 6 7 8 9"
    ],
    "a table with bars": ["| 县 | 人数 | 比例 |", "| 丰镇市 | 120 | 3% |", "| 宁都县 | 98 | 2% |", "| 静海县 | 77 | 1% |", "| 龙陵县 | 55 | 1% |"],
    "a few names": ["丰镇市 宁都县 静海县 龙陵县", "海宁市|博湖县|石台县"],
    "a few names with bars": ["海宁市 | 博湖县 | 石台县 | 罗定市"],
    "rich counties": ["昆山市 江阴市 张家港市 常熟市 太仓市 晋江市 慈溪市 宜兴市 长沙县 浏阳市 龙口市 义乌市 神木市 余姚市 福清市"],
    "a breadcrumb": ["中国共产党新闻网>>中国工会新闻>>发布会直播>>浙江>>海宁市"],
    "sport and lottery": ["体育 | 娱乐 | 彩票 | 棋牌 | 高清 | 视频 | 游戏 | 汽车 | 亚洲 | 欧美"],
    "about gambling": ["警方打击网络赌博：百家乐、六合彩、老虎机、时时彩、博彩网站一律关闭", "公安机关查处百家乐_六合彩_老虎机_时时彩赌博案件"],
    "a sentence about films": ["国产影片、欧美影片、日韩影片在亚洲电影节上高清放映。"],
}
