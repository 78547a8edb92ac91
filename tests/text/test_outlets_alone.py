"""An outlet's name alone as a label: before a question it is one, however the question ends."""

import pytest

from crawler.spiders.scio import ScioSpider
from tests.text.test_roles import read


def labels(*rows: str) -> list[str]:
    return [turn.label for turn in read(*rows, title="发布会", site=ScioSpider.site).turns]


@pytest.mark.parametrize(
    "said", ["灯够吗？", "灯够吗？谢谢。", "据报道，灯亮了，请您证实并作评论。", "我的问题是，灯怎么样。"]
)
@pytest.mark.parametrize("outlet", ["蓝礁社", "《灯下时报》", "灯下新闻"])
@pytest.mark.parametrize("form", ["[{}]", "【{}】", "[{}]：", "<strong>{}：</strong>"])
def test_it_asks(outlet: str, said: str, form: str) -> None:
    label = form.format
    rows = [
        f"{label('主持人')}欢迎。",
        f"{label('钟启明')}灯亮了。",
        f"{label(outlet)}{said}",
        f"{label('钟启明')}够。",
    ]
    assert labels(*rows) == ["主持人", "钟启明", outlet, "钟启明"]


@pytest.mark.parametrize("row", ["[灯下新闻]灯亮了。", "[早报]灯够吗？", "[相关新闻]灯够吗？", "[灯下社消息]请看。"])
def test_news_of_one_is_no_question(row: str) -> None:
    assert labels("[主持人]欢迎。", "[钟启明]灯亮了。", row, "[钟启明]够。") == ["主持人", "钟启明", "钟启明"]


def test_it_follows_up() -> None:
    record = read("记者：灯够吗？", "叶听澜：够。", "蓝礁社追问：真的？", "叶听澜：真的。", "我们追问：灯亮了。")
    assert [turn.label for turn in record.turns] == ["记者", "叶听澜", "蓝礁社追问", "叶听澜"]
    assert (record.turns[2].role, record.turns[2].affiliation) == ("reporter", "蓝礁社")
