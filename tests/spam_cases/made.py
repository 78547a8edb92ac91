"""Spam blocks made to order, and lists that are nobody's spam. Deterministic: every case is its own seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

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
    "区云县庆怀静宝蓟宁围场丰迁遥岚台泽镇乌审尔额济纳伦满达东胜岩庄岭抚长盘双荫连玛爱辉贤阳"
    "兴龙砀瓯莱荣岳兰郑内黄来凤浏华罗闻凭琼垫万坝边广汉剑腾冲脱韩阎乐门环肃谦盐铜峡灵库干图莲",
    "區雲縣慶懷靜寶薊寧圍場豐遷遙嵐臺澤鎮烏審爾額濟納倫滿達東勝巖莊嶺撫長盤雙蔭連瑪愛輝賢陽"
    "興龍碭甌萊榮嶽蘭鄭內黃來鳳瀏華羅聞憑瓊墊萬壩邊廣漢劍騰衝脫韓閻樂門環肅謙鹽銅峽靈庫幹圖蓮",
)
NAMES = [name for listed in POOL.values() for name in listed.split()]
WORDS = ["澳门葡京", "百家乐", "国产精品久久", "人妻无码", "六合彩", "欧美日韩", "皇冠体育", "老虎机", "麻豆", "棋牌"]
# "\n" puts each name into an element of its own.
BARS = ["| ", "|", "｜", " | ", "_"]
OTHERS = [" ", "、", ",", "，", "/", "·", "-", "\t", "　", " / ", "; ", "\n"]
SEPARATORS = [*BARS, *OTHERS]
SIZES = [8, 9, 12, 20, 40, 60]
FORMS = [
    "own", "sentence", "thanks", "word", "cut short", "words", "head", "two", "three", "blank between",
    "furniture between", "hidden", "glued title",
]  # fmt: skip

PAGE = [
    "中國共產黨新聞網>>中國工會新聞>>發布會直播",
    "首頁 | 新聞 | 專題 | 北京 | 上海 | 關於我們",
    "2017年工會兩節送溫暖新聞通氣會",
    "2016年12月22日16:51",
    "[方致遠]:尊敬的各位記者朋友,長期以來大家對工會的工作給予了重視。我們先後到四川省阿壩縣、德格縣、得榮縣調研。",
    "[記者]:請問今年全國有多少省、市、縣參加這項活動?",
    "[方致遠]:今天的通氣會就到這裡,謝謝大家!",
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


def _place(
    form: str, names: list[str], separator: str, trailing: bool, rng: random.Random
) -> tuple[list[str], list[str], list[int]]:
    """Lines, lines without the block, numbers of the hidden ones."""
    page, block = [*PAGE, *FOOT], _join(names, separator, trailing)
    if form in ("sentence", "thanks", "word"):
        prose = {"sentence": PAGE[4], "thanks": PAGE[6], "word": FOOT[0]}[form]
        return [*PAGE, prose + block[0], *block[1:]], [*PAGE, prose], []
    if form == "cut short":
        block[-1] = _join(names, separator, False)[-1][: -rng.randrange(1, len(names[-1]))]
    if form in ("head", "glued title"):
        return [*block, *page] if form == "head" else [block[0] + page[0], *page[1:]], page, []
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
        name += " repeat" * repeat + " trailing" * trailing
        yield Case(name, tuple(lines), squeeze(clean), frozenset(hidden))


def legitimate() -> dict[str, list[str]]:
    """Lists that somebody made, each the lines of a page, by name."""
    pages = Path(__file__).with_name("legitimate.txt").read_text(encoding="utf-8").split("== ")[1:]
    return {name: [line for line in lines if line] for name, *lines in (page.split("\n") for page in pages)}
