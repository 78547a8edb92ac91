"""The gazetteer: names in both scripts, what they can mean, and the size and speed of the file."""

import subprocess
import sys
from importlib.resources import files

import pytest

from crawler.text.gazetteer import LONGEST, load, parse

SMALL = "縣县\n县\n11 !北京 !北京市 密云县 朝阳区\n21 *朝阳市 朝阳县 朝阳区\n"


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("丰镇市", 15), ("豐鎮市", 15), ("大化", 45), ("屏边", 53), ("屏邊", 53), ("双城市", 23), ("静海县", 12),
        ("台南市", 71), ("臺南市", 71), ("湾仔区", 81), ("土默特右旗", 15), ("大化瑶族自治县", 45), ("大化县", 45),
        ("乾县", 61), ("乾縣", 61), ("餘干縣", 36), ("濬縣", 41), ("双江拉祜族佤族布朗族傣族自治县", 53), ("喀左", 21),
    ],
)  # fmt: skip
def test_names_in_either_script_short_abolished_and_overseas(name: str, province: int) -> None:
    place = load().find(name)
    assert place and province in place.provinces


@pytest.mark.parametrize("name", ["", "县", "丰镇", "丰镇市总工会", "全总简介", "新闻中心", "县" * 100])
def test_what_is_no_name(name: str) -> None:
    assert load().find(name) is None


def test_a_name_of_several_provinces_and_levels() -> None:
    names = parse(SMALL)
    shared, city, capital = names.find("朝阳区"), names.find("朝阳市"), names.find("北京")
    assert shared and city and capital
    assert (shared.provinces, shared.level) == (frozenset({11, 21}), 2)
    assert (city.level, capital.level) == (1, 0)


def test_ends_and_beginnings_of_text() -> None:
    names = parse(SMALL)
    assert (names.suffix("简介密云縣"), names.suffix("简介密云")) == (3, 0)
    assert (names.prefix("密云縣2017"), names.prefix("云县2017")) == (3, 0)
    assert names.begins("密") and names.begins("密云縣")
    assert not names.begins("") and not names.begins("密县")


def test_the_script_of_names() -> None:
    assert [load().script(text) for text in ("豐鎮市", "丰镇市", "昆山市", "台山市")] == [1, -1, 0, 0]


def test_the_file_is_small_and_loads_without_other_packages() -> None:
    packed = files("crawler.text").joinpath("data/gazetteer.txt.gz").read_bytes()
    assert len(packed) < 40_000
    assert max(map(len, load().places)) <= LONGEST
    code = "import sys; import crawler.text.gazetteer; print('opencc' in sys.modules, 'cpca' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_every_province_is_there() -> None:
    codes = {code for place in load().places.values() for code in place.provinces}
    assert len(codes) == 34
    assert 4500 < len(load().places) < 6000
