"""What stands round an article: navigation, lists, share bars, scripts, the footer."""

from __future__ import annotations

from ..data import load
from ..draw import Draw

OTHER = "http://{}.people.com.cn"
STYLE = """<style type="text/css">
.wrap{{width:1000px;margin:0 auto}} .fl{{float:left}} .fr{{float:right}}
.clearfix:after{{content:"";display:block;clear:both}}
{rules}
</style>"""
SELECTORS = [
    ".nav a",
    ".path a",
    ".list_14 li",
    ".list_16 li",
    ".box_hot h2",
    ".box_pic02 img",
    ".share i",
    ".copy p",
    ".hot ol li",
]


def _table(name: str) -> list[list[str]]:
    return load("furniture")[name]  # type: ignore[no-any-return]


def style(draw: Draw, rules: int) -> str:
    """A style sheet of so many rules."""
    lines = [
        f"{draw.pick(SELECTORS)}.s{i}{{margin:{draw.below(20)}px {draw.below(12)}px;"
        f"color:#{draw.below(4096):03x};line-height:{draw.between(16, 40)}px}}"
        for i in range(rules)
    ]
    return STYLE.format(rules="\n".join(lines))


def navigation(bar: str = "|") -> str:
    """The channels, divided by bars; all of them on other hosts."""
    links = [f'<a href="{OTHER.format(host)}/" target="_blank">{name}</a>' for host, name in _table("channels")]
    return (
        f'<div class="top_nav clearfix"><a href="http://www.people.com.cn/" target="_blank">首页</a> {bar} '
        + f" {bar} ".join(links)
        + "</div>"
    )


def provinces() -> str:
    """The local channels, the way a footer lists them."""
    links = [f'<a href="{OTHER.format(host)}/" target="_blank">{name}</a>' for host, name in _table("provinces")]
    return '<div class="local clearfix"><b>地方频道</b> ' + " | ".join(links) + "</div>"


def headlines(draw: Draw, count: int, css: str, title: str, tag: str = "ul") -> str:
    """A list of articles of other channels."""
    rows = []
    for text in draw.some(load("furniture")["headlines"], count):
        host = draw.pick(_table("channels"))[0]
        day = f"{draw.between(1, 12):02d}{draw.between(1, 28):02d}"
        number = f"c{draw.between(1000, 9999)}-{draw.between(30000000, 39999999)}"
        href = f"{OTHER.format(host)}/n1/2019/{day}/{number}.html"
        rows.append(f'<li><a href="{href}" target="_blank" title="{text}">{text}</a></li>')
    return f'<div class="clearfix {css}"><h2>{title}</h2><{tag}>\n' + "\n".join(rows) + f"\n</{tag}></div>"


def pictures(draw: Draw, count: int) -> str:
    """Thumbnails with their titles, outside of the article."""
    rows = []
    for text in draw.some(load("furniture")["headlines"], count):
        day = f"0{draw.between(1, 9)}{draw.between(10, 28)}"
        href = f"http://pic.people.com.cn/n1/2018/{day}/c1016-{draw.between(30000000, 31999999)}.html"
        rows.append(
            f'<li><a href="{href}" target="_blank">'
            f'<img src="http://www.people.com.cn/NMediaFile/2018/MAIN{draw.below(10**9):09d}.jpg" '
            f'width="214" height="143" border="0" alt="{text}"/></a><a href="{href}" target="_blank">{text}</a></li>'
        )
    return '<div class="clearfix box_pic02"><h2>精彩图集</h2><ul>\n' + "\n".join(rows) + "\n</ul></div>"


def share() -> str:
    """The share bar."""
    icons = "".join(
        f'<li><a href="javascript:void(0)" class="icon_{name}" title="{title}"><i> </i></a></li>'
        for name, title in [("weibo", "微博"), ("weixin", "微信"), ("qzone", "空间"), ("copy", "复制地址")]
    )
    return (
        '<div class="share" id="ops_share"><span class="ops_tit">分享到：</span>'
        f'<ul class="ops_icons">{icons}</ul></div>'
    )


def login() -> str:
    """The login box, with paragraphs that are no part of an article."""
    return (
        '<div class="p_login" id="p_login" style="display:none"><form name="loginForm">'
        '<p>登录通行证 <a href="#">立即注册</a></p>'
        '<p><input type="text" name="username" value="请输入用户名"/></p><p>'
        '<input type="password" name="password"/></p>'
        '<p><a href="#">忘记密码？</a></p></form></div>'
    )


def advertisement(draw: Draw) -> str:
    """An advertisement's script."""
    slot = draw.between(4950000, 4959999)
    return (
        f'<div class="banner clearfix"><!-- 广告位：内页-{slot} -->\n<script type="text/javascript">\n'
        f'(function () {{\n  var box = "ad_{slot}";\n'
        "  document.write('<div id=\"' + box + '\"></div>');\n"
        f'  (window.adQueue = window.adQueue || []).push({{ id: {slot}, box: box, size: "300,250" }});\n'
        "})();\n</script></div>"
    )


def script(title: str, number: int, lines: int) -> str:
    """The page's own script: it repeats the title, as such scripts do."""
    calls = "\n".join(f'  track.push(["slot{i}", "{number}", {i * 37 % 101}]);' for i in range(lines))
    return (
        '<script type="text/javascript">\n'
        "(function () "
        f'{{\n  var track = window.track || [];\n  var card = {{ "title": "{title}", "desc": "{title}" }};\n'
        f'  track.push(["page", "{number}", card]);\n{calls}\n}})();\n</script>'
    )


def comments(draw: Draw) -> str:
    """Readers' comments under the article: they look like labelled lines and are none."""
    names = ["海边的风", "夜班老张", "一颗螺丝", "桥上看云", "三班倒"]
    lines = [
        "说得实在，希望落到实处。",
        "我们厂也有这个驿站，很方便。",
        "热线真的有人接吗？",
        "支持一线职工！",
        "盼着海岛也能开一个。",
    ]
    rows = "".join(f"<li><b>{name}：</b><span>{draw.pick(lines)}</span></li>" for name in draw.some(names, 4))
    return f'<div class="comments" id="rwb_bbs"><h2>网友留言</h2><ul>{rows}</ul></div>'


def site_map() -> str:
    """The map of the channels that closes a page: by far the most of its elements."""
    parts = []
    for host, name in _table("channels"):
        address = OTHER.format(host)
        rows = "".join(
            f'<dd><a href="{address}/GB/{place}/index.html" target="_blank">{section}</a></dd>'
            for place, section in enumerate(("要闻", "评论", "图片", "专题", "访谈", "报道", "数据"), 40)
        )
        parts.append(f'<dl class="map_{host}"><dt><a href="{address}/">{name}</a></dt>{rows}</dl>')
    return '<div class="map clearfix">' + "\n".join(parts) + "</div>"


def footer(year: int) -> str:
    """The copyright footer."""
    links = "<span>|</span>".join(
        f'<a href="http://www.people.com.cn/GB/{path}/index.html">{name}</a>' for name, path in _table("footer")
    )
    return site_map() + (
        f'<div class="copy clearfix"><p>{links}</p>'
        "<p>服务邮箱：kf@example.org　读者热线：000-00000000</p>"
        '<p class="copyright">东 海 工 人 网 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用<br/>Copyright '
        f"&copy; 1997-{year} all rights reserved</p></div>"
    )
