"""How a title or a lead names the one who speaks for a body: `国防部新闻发言人陆启明大校答记者问`."""

from __future__ import annotations

import re

# Another country's ministry of the same name.
FOREIGN = r"(?<![美俄英法德韩朝印越菲乌伊叙巴澳加兰斯亚坦])(?<![美韩法英德泰该外]国)(?<!日本)"
MEETS = r"[^。！？\n]{0,20}?(?:召开|举行|举办)[^。！？，\n]{0,24}[，。]由?"
POST = r"[\u3400-\u9fff]{2,12}?(?:局长|司长|主任)"
# A name has two characters, or a third that is no adverb, or four (then of a compound family name), or a dot.
NAME = (
    r"(?!应[邀询约要]|于[今昨近当本上下]|时隔|[从向在就])"
    r"(?:[\u3400-\u9fff]{2}(?:[^\W\d_a-zA-Z解作应回也已将现曾还再又均并便仅即只都则却所刚是于][\u3400-\u9fff]??)??|[\u3400-\u9fff]{2,8}·[\u3400-\u9fff]{1,8}?)"
)
# What stands behind a name. One character of them may end a name as well; 和, 同, 向 and the like often do.
BEHIND = (
    r"(?=[ \u3000]?(?:大校|上校|中校|少将|先生|女士|同志)?"
    r"(?:答|回答|回应|回复|答复|解答|作答|应答|主持|就|谈|说|称|的|出席|在|介绍|举行|召开|"
    r"发表(?!示)|发布|表示|指出|强调|通报|宣布|"
    r"今[天日]|昨[天日]|近日|日前|当[天日]|[0-9]"
    r"|[一二三四五六七八九十]{1,3}[日月]|上午|下午|接受|应[询邀约]"
    r"|围绕|针对|正在|现场|随后|分别|逐一|一[一再直度]|再三|先后|首先|再次|书面|郑重|正式|"
    r"[对向与和同](?:记者|媒体|大家|社会|此|有关|相关)|为(?:记者|媒体|大家)|[也还已将现曾再又均并](?=[就在对向回答表作出主介应])|[，。：:、；（(\s]|$))"
)


def speaks_for(body: str) -> tuple[re.Pattern[str], ...]:
    """Patterns for the spokesperson of `body` (an expression), with the groups `organisation`, `title` and `name`."""
    title = rf"(?P<title>(?:{POST}、(?:{body})?)?(?:新闻)?发言人(?:、{POST})?)[ \u3000]?"
    return (
        re.compile(rf"{FOREIGN}(?P<organisation>{body})(?:{MEETS}(?!{body}))?{title}(?P<name>{NAME}){BEHIND}"),
        re.compile(rf"(?:^|[。\n])(?P<title>新闻发言人)[ \u3000]?(?P<name>{NAME}){BEHIND}"),
    )
