"""Is a short text a person's name, a role's name, an outlet? The vocabulary of labels, in both scripts."""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from importlib.resources import files

from crawler.text.script import fold

# The commonest family names, Simplified; a label is folded before it is looked up.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙"
    "史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华"
    "喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀"
    "郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆"
    "茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
    "水昌凤酆常经贲洪诸钮滑荀羿汲邴糜松弓牧隗山宓蓬郗仰秋暴钭韶蓟怀从鄂咸籍赖鬱苍双莘贡逄扶堵宰郦郤璩濮寿郏充习宦鱼慎庾暨步弘广禄东殳沃蔚夔厍融訾毋乜养须巢蒯竺益桓丘招宝代柒佐贝郈佴谯笪仉矫雒"
)
COMPOUND = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒"
    " 令狐 夏侯 端木 百里 呼延 南宫 宇文 长孙 轩辕 闻人 澹台 东郭 西门"
    " 赫连 钟离 鲜于 司空 仲孙 独孤 拓跋 万俟 申屠 濮阳 淳于 单于 左丘 谷梁 乐正"
    " 完颜 纳兰 叶赫 公冶 宗政".split()
)
# Between the characters of a short name that is set wide, and between a name and its office.
SPACE = re.compile(r"[ \t\xa0\u3000]+")
WIDE = re.compile(r"[\u3400-\u9fff](?:[ \t\xa0\u3000]{1,4}[\u3400-\u9fff]){1,3}")
HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
DOTTED_NAME = re.compile(r"[\u3400-\u9fff]{2,8}(?:[·•・‧][\u3400-\u9fff]{1,8}){1,3}")
# Before the first dot these belong to an office: `副部长苏合·巴图`.
OFFICE = re.compile(
    r"[长長员員师師]|主席|书记|書記|主任|代表|教授|院士|专家|專家|职工|職工|工人|农民|農民|发言人|發言人|记者|記者|先生|女士|同志|主持人|翻译|翻譯|网友|網友|大使|助理|顾问|顧問|[大上中少][校将將]"
)
LATIN_NAME = re.compile(r"[A-Z][a-z]+(?:[ -][A-Z][a-z.]*){1,3}")
LATIN_OUTLET = re.compile(
    r"^The |\b(?:News|Times|Daily|Post|Television|Agency|Press|Radio|Journal|Globe|Media|Review|Online|Service|Group"
    r"|Herald|Tribune|Mail|Guardian|Weekly|Broadcasting|Corporation|Channel|Network|Evening|Morning|Paper)\b"
)
# What ends like this is an office, a heading or a verb, not a given name.
NOT_NAME = re.compile(
    r"(?:部|局|厅|廳|委|会|會|院|社|报|報|台|臺|网|網|省|市|县|縣|区|區|处|處|组|組|队|隊|党|黨|说|說|问|問|答|称|稱|指出|强调|強調|表示|认为|認為|"
    r"方面|问题|問題|原则|原則|要求|措施|情况|情況|任务|任務|目标|目標|意见|意見|方式|内容|內容|地点|地點|数据|數據|工作|活动|活動|标准|標準|温费|溫費|卫视|衛視)$"
)
# Given names that end like an office: 吴文会, 张建党, 王玉台.
GIVEN_LIKE_OFFICE = re.compile(
    r".(?:[建文玉秀桂凤鳳金银銀春庆慶忠明树樹俊红紅永][会會]|[建爱愛文向永卫衛忠兴興拥擁红紅跟][党黨]|[建保永]社|[玉金凤鳳楼樓章][台臺]|[三自学學]省|[学學][问問])"
)
# What begins like this speaks of a time or to somebody; 那 and 向 are family names as well.
NOT_SURNAME = re.compile(
    r"那(?:[曲坡]|一[年天次个個刻种種夜段头頭边邊样樣些件回位方场場条條句]|[些个個么麼样樣时時年天次种種里裡边邊就是位几幾不也只段场場儿兒件句条條以之此我你他她它有没沒要都可能当當期阵陣片块塊份所批头頭方面对對请請您两三四五六七八九十])"
    r"|向(?:大家|世界|全[国國球社体體民]|社会|社會|记者|記者|媒体|媒體|群众|群眾|人民|公众|公眾|[各我你您他她它其这這那此谁誰党黨外来來着後后下左右所在有农農]|广大|廣大|职工|職工|企业|企業|市场|市場|"
    r"基层|基層|中央|祖国|祖國|国家|國家|国际|國際|先进|先進|前[看走进進]|上级|上級|未来|未來|改革|[西南北东東]方|纵深|縱深|高质|高質)"
)
ROLE_WORDS = re.compile(
    r"(?:现场|現場|中外|外国|外國|境外|外地|本地|各|某|女|男|提问|提問|在场|在場)?(?:记者|記者|媒体|媒體|媒体记者|媒體記者)(?:[甲乙丙丁一二三四五六七八九十]|\d{1,2})?(?:追问|追問)?|"
    r"(?:现场|現場)?(?:提问|提問)|追问|追問|问|問|答|回答|"
    r"主持人?|[\u3400-\u9fff]{0,2}(?:翻译|翻譯|口译|口譯|译员|譯員)|(?:新闻|新聞)?(?:发言|發言)人|嘉宾|嘉賓|(?:网友|網友|网民|網民)(?:提问|提問|问|問)?"
    r"|Question|Answer|Reporter|Journalist|Correspondent|Moderator|Interpreter|Spokes(?:person|man|woman)|Follow-up"
)
# Who asks through the hall's own site, under a name that he chose: `网友 追云的人`, `来自江城的网友“阿木”`.
NICKNAME = re.compile(
    r"(?:[\u3400-\u9fff]{1,8}(?:网|網|报|報|台|臺|论坛|論壇|社区|社區|微博|客户端|客戶端|[省市县縣区區])|(?:来|來)自[\u3400-\u9fff]{2,8}?的?)?"
    r"(?:网友|網友|网民|網民)(?P<name>(?P<space>[ \xa0\u3000]+)?[^：:。！？!?，,；;\n]{1,24})"
)
# What goes on like this, or ends like that, tells of those who ask, and names none.
OF_NET_USERS = re.compile(
    r"[们們的对對就都也]|普遍|最关|最關|最想|最为|最為|关心|關心|关注|關注|反映|反应|反應|认为|認為|评论|評論|评价|評價|留言|热议|熱議|热评|熱評|纷纷|紛紛|说[，：]|说道|說道|表示|朋友|来信|來信|来电|來電|所|提到|提出|提问|提問|在线|在線|在网|在網|"
    r"在留|在评|在評|在提|和媒|和记|和記|与媒|與媒|比较|比較|非常|十分|还有|還有|还想|還想|还关|還關|点赞|點贊|建议|建議|调查|調查|互动|互動|问到|問到|问道|問道|问题|問題|代表|中有|之问|之問|看法|可以|可能|希望|期待|投票|质疑|質疑|"
    r"发帖|發帖|发来|發來|发现|發現|跟帖|回复|回覆|观点|觀點|声音|聲音|心声|心聲|意见|意見|疑问|疑問|疑惑|追问|追問|想知|想问|想問|想了|想要|想请|想請|很关|很關|呼吁|呼籲|大多|多数|多數|如何|怎么|怎麼|通过|通過|以及|吐槽|感叹|感嘆|直言|爆料"
)
TELLS = re.compile(
    r"(?:[说說问問称稱是]|认为|認為|表示|反映|留言|评论|評論|建议|建議|指出|[想得]知|想知道|[问問谈談提说說]到|[问問说說]道|关心|關心|关心的|關心的|如下|问题|問題)$"
)
MARKS = frozenset('“"‘「『《@_')
# A press body's name ends like this.
OUTLET_END = re.compile(
    r"(?:社|报|報|台|臺|网|網|刊|视|視|广|廣|电|電|传媒|傳媒|杂志|雜誌|新闻|新聞|频道|頻道|之声|之聲|融媒|通讯|通訊|客户端|客戶端|媒体|媒體|媒体中心|媒體中心|新闻中心|新聞中心|集团|集團|[A-Za-z]|"
    r"频率|頻率|评论|評論|头条|頭條|财经|財經|报道|報道|報導|周刊|週刊|在线|在線|观察|觀察|视频|視頻|彭博|路透|法新|美联|美聯|共同|中新|总台|總台|"
    r"放送|(?:放送|广播|廣播)(?:公司|协会|協會|机构|機構)|广播|廣播|电视公司|電視公司|之音|博览|博覽|文汇|文匯|月谈|月談|壹点|壹點|"
    r"(?<![\u3400-\u9fff])(?:半岛|半島|凤凰|鳳凰|今日俄罗斯|今日俄羅斯|南方周末|南方週末|参考消息|參考消息|经济学人|經濟學人|人民中国|人民中國|自由亚洲|自由亞洲|中国工人|中國工人)|塔斯|俄新|埃菲|安莎|德新|韩联|韓聯|福布斯|财新|財新|澎湃)$"
)
# What any such body is called is the name of none.
NO_OUTLET = re.compile(
    r"(?:主流|新|融|自|全|各|多|传统|傳統|官方|社交|有关|有關|相关|相關|网络|網絡)?媒[体體]|(?:电视|電視|广播|廣播|电|電)[台臺]|通[讯訊]社?|[早晚日周週]报|[早晚日周週]報|[报報][社刊]|[\u3400-\u9fff]{0,3}校[报報]"
    r"|杂志社?|雜誌社?|广播|廣播|[网網]|新闻网?|新聞網?|(?:官方|有关|有關|相关|相關|专题|專題)[网網]|电视|電視|视频|視頻|频道|頻道|客户端|客戶端|集团|集團|在线|在線|观察|觀察|评论|評論|报道|報道|報導|周刊|週刊|财经|財經|头条|頭條"
)

# Of Latin words those of a press body are capital, but for those between; a sentence's are not.
LATIN_PRESS = re.compile(
    r"(?!(?:First|Second|Third|Fourth|Fifth|Last|Final|Next|Then|Also|Now|Well|Yes|No|Note|Fact|Example|Question|Answer|Remember|Conclusion|More"
    r"|Moreover|Besides|Meanwhile|Therefore|Finally|However|"
    r"So|But|And|In|On|At|Of|To|For|Is|Are|What|Why|How|When|Where|Who|Which|That|This|These|Those|There|Here|It|He|She|We|They|You|I|My|Our|Your|His|Her|Their|Let|Please|Thank|Thanks|As|If|A|An)"
    r"(?:ly)?(?: |$))(?:[a-z]{2,4}|[A-Z0-9][^ ]*(?: (?:[A-Z0-9(&][^ ]*|of|the|and|for|de|la|do|in))*)"
)


@cache
def _words() -> frozenset[str]:
    """Common words that begin like a name (words.txt.gz), Simplified."""
    data = (files("crawler.text") / "data" / "words.txt.gz").read_bytes()
    return frozenset(gzip.decompress(data).decode("utf8").split("\n"))


@lru_cache(maxsize=4096)
def is_word(words: str) -> bool:
    """Whether words are a common word, although they begin with a family name: `安全`, `方案`."""
    return fold(words) in _words()


def together(words: str) -> str:
    """`王 明` and `主 持 人` without the white space that sets a short word wide."""
    return SPACE.sub("", words) if WIDE.fullmatch(words) else words


def may_be_person(words: str) -> bool:
    """Whether words in a label's place can be a name, with a family name that the list lacks."""
    return is_person(words) or bool(HAN_NAME.fullmatch(words) and may_be_name(words))


def may_be_name(words: str) -> bool:
    """Whether words, Han characters, are no office's, heading's or role's."""
    if NOT_NAME.search(words) and not (GIVEN_LIKE_OFFICE.fullmatch(words) and fold(words[0]) in SURNAMES):
        return False
    return not ROLE_WORDS.fullmatch(words)


def is_press(words: str) -> bool:
    """Whether words end like a press body's name; Latin ones are capital."""
    return is_outlet(words) and (not words.isascii() or LATIN_PRESS.fullmatch(words) is not None)


def is_outlet(words: str) -> bool:
    """Whether words end like a press body's name and are more than what any is called."""
    return OUTLET_END.search(words) is not None and NO_OUTLET.fullmatch(words) is None


@lru_cache(maxsize=1024)
def is_nickname(words: str) -> bool:
    """Whether words are a net user and the name that he goes by, divided by a space or marks or not at all."""
    found = NICKNAME.fullmatch(words) if "友" in words or "民" in words else None
    if found is None or found["space"]:
        return found is not None
    name = found["name"]
    return name[0] in MARKS or not OF_NET_USERS.match(name) and not TELLS.search(name)


@lru_cache(maxsize=4096)
def is_person(words: str) -> bool:
    """Whether words look like one person's name: a family name and one or two characters, or a dotted or Latin name."""
    if DOTTED_NAME.fullmatch(words):
        return not OFFICE.search(words)
    if LATIN_NAME.fullmatch(words) and not LATIN_OUTLET.search(words):
        return True
    if not HAN_NAME.fullmatch(words) or not may_be_name(words):
        return False
    if words[0] in "那向" and NOT_SURNAME.match(words):
        return False
    folded = fold(words)
    if folded[:2] in COMPOUND:
        return len(words) > 2
    return folded[:1] in SURNAMES and len(words) <= 3
