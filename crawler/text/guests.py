"""The guest list: `某某總會新聞發言人、宣傳教育部部長方致遠` to organisation, titles and name.

What cannot be told is None.
"""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.items import Participant
from crawler.text.names import HAN_NAME, SPACE, is_person, may_be_name, together

GUEST_KEY = re.compile(
    r"\s*[【\[]?(?P<key>(?:出席|参加|參加|与会|與會|参会|參會|主要|特邀)?(?:的)?(?:嘉宾|嘉賓)(?:名单|名單)?|(?:出席|参加|參加|与会|與會|参会|參會)(?:人员|人員|人|"
    r"领导|領導|者|单位|單位)?|"
    r"(?:新闻|新聞)?(?:发布|發布)人|(?:新闻|新聞)?(?:发言|發言)人|主持人|主持|主讲人|主講人|介绍人|介紹人|通报人|通報人|答问人|答問人)[】\]]?\s*[：:]\s*"
)
TITLE_END = re.compile(
    r"(?:部长|部長|主席|书记|書記|主任|司长|司長|局长|局長|处长|處長|秘书长|秘書長|秘书|秘書|发言人|發言人|会长|會長|院长|院長|校长|校長|理事长|理事長|理事|总经理|總經理|经理|經理|董事长|"
    r"董事長|董事|"
    r"总工程师|總工程師|工程师|工程師|研究员|研究員|教授|委员长|委員長|委员|委員|代表|专员|專員|负责人|負責人|组长|組長|队长|隊長|所长|所長|站长|站長|律师|律師|班长|班長|顾问|顧問|巡视员|巡視員|"
    r"调研员|調研員|成员|成員|"
    r"主编|主編|社长|社長|总编辑|總編輯|编辑|編輯|记者|記者|司机|司機|工人|职工|職工|技师|技師|劳模|勞模|大使|公使|参赞|參贊|省长|省長|市长|市長|县长|縣長|区长|區長|厅长|廳長|科长|科長|台长|"
    r"臺長|总裁|總裁|行长|行長|"
    r"统计师|統計師|会计师|會計師|经济师|經濟師|设计师|設計師|审计师|審計師|讲师|講師|教师|教師|护师|護師|护士|護士|药师|藥師|分析师|分析師|厨师|廚師|"
    r"[\u3400-\u9fff]{1,2}员(?!会)|[\u3400-\u9fff]{1,2}員(?!會)|[焊钳电车铣磨]工|专家|專家|医生|醫生|医师|醫師|博士|院士|厂长|廠長|车间主任|車間主任|助理|干事|"
    r"幹事|总监|總監|总会计师|总经济师|总统计师|總統計師|总审计师|署长|署長|关长|關長|政委|参谋长|參謀長|司令|军长|軍長|师长|師長|团长|團長|旅长|旅長|舰长|艦長|镇长|鎮長|乡长|鄉長|村长|村長|支书|支書|州长|州長|盟长|盟長|旗长|旗長|监事长|監事長|监事|監事|"
    r"检察官|檢察官|执行官|執行官|园长|園長|店长|店長|船长|船長|机长|機長|列车长|列車長|护士长|護士長|规划师|規劃師|农艺师|農藝師|创始人|創始人|召集人|传承人|傳承人|主笔|主筆|检察长|檢察長|庭长|庭長|法官|教练|教練|主持人|馆长|館長|典籍|先生|女士|同志)"
    r"(?:[（(][^（()）]{1,12}级?[）)])?"
)
# What may stand behind a name: `陆启明大校`, `陆启明先生`.
RANK = re.compile(
    r"[ \xa0\u3000]?"
    r"(?:(?:[海陆陸空][军軍]|武警|专业技术|專業技術)?[大上中少](?:校|将|將|尉)|[一二三]级警[监督]|先生|女士|小姐|同志)$"
)
RANK_LENGTH = 8
OFFICE_BEHIND = re.compile(rf"(?:常务|常務|执行|執行|第一)?(?:副|总|總)?{TITLE_END.pattern}")
# An organisation ends at the first of these that is no part of a longer one (總工會 before 會, 委員會 before 委).
ORGANISATION = re.compile(
    r"(?:(?:国家|國家)?(?:外交|国防|國防|教育|科学技术|科學技術|科技|公安|民政|司法|财政|財政|商务|商務|水利|农业农村|農業農村|农业|農業|文化和旅游|文化和旅遊|文化|生态环境|生態環境|自然资源|自然資源|应急管理|應急管理|"
    r"交通运输|交通運輸|人力资源(?:和)?社会保障|人力資源(?:和)?社會保障|住房(?:和)?城乡建设|住房(?:和)?城鄉建設|工业和信息化|工業和信息化|退役军人事务|退役軍人事務|卫生|衛生)部(?!长|長))|"
    r"(?:(?:国务院|國務院|中共中央|中央|全国|全國|中华全国|中華全國|[\u3400-\u9fff]{2,8}?(?:省|自治区|自治區|市|县|縣|区|區))?)"
    r"[\u3400-\u9fff（）()A-Za-z0-9·]{0,24}?"
    r"(?:总工会|總工會|工会联合会|工會聯合會|联合总会|聯合總會|总会|總會|工会|工會|联合会|聯合會|委员会|委員會|办公室|辦公室|办公厅|辦公廳|研究院|科学院|科學院|研究所|协会|協會|学会|學會|基金会|"
    r"基金會|商会|商會|集团有限公司|集團有限公司|集团股份有限公司|集團股份有限公司|集团公司|集團公司|集团(?!有限|股份|公司)|集團(?!有限|股份|公司)|"
    r"股份有限公司|有限责任公司|有限責任公司|有限公司|公司|大学|大學|学院|學院|学校|學校|医院|醫院|法院|检察院|檢察院|银行|銀行|总局|總局|总署|總署|总队|總隊|支队|支隊|大队|大隊|管理局|电视台|電視臺|电台|電臺|通讯社|通訊社|日报社|"
    r"日報社|报社|報社|出版社|杂志社|雜誌社|"
    r"新闻中心|新聞中心|服务中心|服務中心|中心|事务所|事務所|监狱|厂|廠|矿|礦|站(?!长|長)|"
    r"(?:国资|國資|发改|發改|卫健|衛健|发展改革|發展改革|卫生健康|衛生健康|民|建|经信|經信)委(?!员|員)|政府新闻办(?:公室)?|政府新聞辦(?:公室)?|政府(?!新)|工商联|工商聯|人大常委会|人大常委會|人大|政协|政協|妇联|婦聯|团中央|團中央|残联|殘聯|科协|科協|"
    r"(?:保障|劳动|勞動|社会|社會|人事|交通|运输|運輸|外交|国防|國防|教育|科技|技术|技術|工业|工業|信息化|公安|安全|民政|司法|财政|財政|资源|資源|环境|環境|建设|建設|水利|农村|農村|农业|"
    r"農業|商务|商務|文化|旅游|旅遊|管理|事务|事務|卫生|衛生|监察|監察|组织|組織|宣传|宣傳|统战|統戰|联络|聯絡|生态)部(?!部|长|長)|"
    r"(?:统计|統計|税务|稅務|市场监督管理|市場監督管理|体育|體育|信访|信訪|能源|铁路|鐵路|民航|邮政|郵政|海关|海關|气象|氣象|地震|知识产权|知識產權|医疗保障|醫療保障|公安|教育|民政|财政|財政|"
    r"司法|审计|審計)(?:总|總)?局(?!长|長)|"
    r"(?:教育|公安|民政|司法|财政|財政|商务|商務|水利|交通|文化|卫生|衛生|保障|管理)[厅廳](?!长|長))"
)
# Any other body, where nothing but a plain title stands behind it: `职工互助保障会理事长`.
SOME_ORGANISATION = re.compile(
    r"[\u3400-\u9fff]{2,20}?(?:会|會|院|社|团|團|校|队|隊|所|馆|館|园|園|站|台|臺|网|網|报|報|办|辦|处|處|行|店|局|厅|廳)"
    rf"(?=(?:(?:常务|常務|执行|執行|第一|代|名誉|名譽)?(?:副|总|總)?{TITLE_END.pattern})(?:、|$))"
)
SPACED = re.compile(f"({SPACE.pattern})")
# Not inside of brackets, where titles are divided as well.
BETWEEN = re.compile(r"[；;，,](?![^（(]{0,60}[）)])")
BRACKETED = re.compile(r"(?P<name>[^（()）\s]{2,12})\s*[（(](?P<titles>[^（()）]{2,60})[）)]")
SENTENCE = re.compile(r"[。！？!?“”]")
# So a host speaks, and no list of guests is written.
SPEAKS = re.compile(
    r"(?<!申)[请請](?!示)|感谢|感謝|谢谢|謝謝|欢迎|歡迎|大家|各位|[我你您]|^(?:好|下面|现在|現在|首先|接下来|接下來|今天)"
)


def guest_line(text: str) -> tuple[str, str] | None:
    """(key, rest) of a line such as `出席嘉賓：…`; None for any other, also for a speech that follows `主持人：`."""
    found = GUEST_KEY.match(text)
    if not found:
        return None
    rest = text[found.end() :].strip()
    if SENTENCE.search(rest) or SPEAKS.search(rest) or len(rest) > 400:
        return None
    return found["key"], rest


def read_guests(text: str) -> tuple[Participant, ...]:
    """The persons of a guest line's words; () where not all of it can be read as persons."""
    words = [words for group in _groups(text) for words in _persons(group)]
    people = [read_person(person) for person in words]
    return tuple(person for person in people if person) if all(people) else ()


def _groups(text: str) -> list[str]:
    """The parts that commas and semicolons divide; a bare name takes the titles behind it: `周可，…公司工会主席`."""
    groups: list[str] = []
    for group in filter(None, (part.strip() for part in BETWEEN.split(text))):
        bare = groups and is_person(together(groups[-1]))
        if bare and _name_of(SPACE.sub("", group)) is None and TITLE_END.search(group):
            groups[-1] += "，" + group
        else:
            groups.append(group)
    return groups


def _persons(group: str) -> list[str]:
    """Words of one person each: spaces divide persons, but also title from name and a short name's characters."""
    if BRACKETED.fullmatch(group):
        return [group]
    words: list[str] = []
    spaced = SPACED.split(group)
    for space, piece in zip(["", *spaced[1::2]], spaced[::2], strict=True):
        if words and _continues(words[-1], piece):
            words[-1] += space + piece
        elif piece:
            words.append(piece)
    return [person for word in words for person in _split_joined(word)]


def _continues(before: str, piece: str) -> bool:
    """Whether a piece behind a space belongs to the person before it."""
    bare = SPACE.sub("", before)
    if BRACKETED.fullmatch(before):
        return False
    if len(piece) == 1:  # the second character of a name that is set wide, or the first behind a title
        return len(bare) == 1 or _name_of(bare) is None and not is_person(bare)
    if is_person(bare):
        return not SPACE.search(before) and TITLE_END.search(piece) is not None and _name_of(piece) is None
    return _name_of(bare) is None


def _split_joined(word: str) -> list[str]:
    """`…副主席张三、…部长李四` is two persons: after a name a 、 begins the next."""
    people, titles = [], ""
    for part in re.split(r"(?<=[\u3400-\u9fff）)])、(?![^（(]{0,60}[）)])", word):
        titles = f"{titles}、{part}" if titles else part
        bare = SPACE.sub("", titles)
        if _name_of(bare) or is_person(bare) or BRACKETED.fullmatch(titles):
            people.append(titles)
            titles = ""
    return [*people, titles] if titles else people


@lru_cache(maxsize=4096)
def _name_of(words: str) -> str | None:
    """The name that stands behind the last title of a person's words; there any two to four characters may be one."""
    ends = [m.end() for m in TITLE_END.finditer(words)]
    for end in reversed(ends):
        name = words[end:]
        if is_person(name) or _given(name):
            return name
    return None


def read_person(text: str) -> Participant | None:
    """One person's words; None where there is no name in them."""
    bracketed = BRACKETED.fullmatch(text)
    if bracketed and not TITLE_END.search(bracketed["name"]):
        name, titles = bracketed["name"], bracketed["titles"]
        return _participant(name, titles, text) if is_person(name) or TITLE_END.search(titles) else None
    first, comma, titles = text.partition("，")
    if comma and is_person(together(first)):
        return _participant(together(first), titles, text)
    joined = SPACE.sub("", text)
    if is_person(joined):
        return Participant(name=joined, organisation=None, titles=[], text=text)
    name_first = SPACE.split(text)
    if len(name_first) > 1 and is_person(name_first[0]) and _name_of(joined) is None:
        return _participant(name_first[0], "".join(name_first[1:]), text)
    found = _name_of(joined)
    return _participant(found, joined[: -len(found)], text) if found else None


def _participant(name: str, words: str, text: str) -> Participant:
    """Organisation and titles from the words before (or behind) a name."""
    organisation, rest = split_organisation(words)
    titles = [title for title in rest.split("、") if title]
    return Participant(name=SPACE.sub("", name), organisation=organisation, titles=titles, text=text)


@lru_cache(maxsize=1024)
def titled_person(words: str) -> Participant | None:
    """The person of a label such as `外交部发言人林知秋` or `国家卫生健康委 欧阳文静`; None for any other words."""
    rank = RANK.search(words, max(0, len(words) - RANK_LENGTH))
    if rank:
        return _ranked(words[: rank.start()], rank[0].strip(), words)
    body, space, name = words.rpartition(" ")
    if space and is_person(name) and ORGANISATION.fullmatch(body.strip()):
        return Participant(name=name, organisation=body.strip(), titles=[], text=words)
    if space and _ends_in_title(body) and (_given(name) or is_person(name)):  # the space says where the name begins
        return _participant(name, SPACE.sub("", body), words)
    person = read_person(words) if TITLE_END.search(words) else None
    return person if person and person.titles and is_person(person.name or "") else None


def names_person(words: str, name: str) -> bool:
    """Whether words are a person's name behind his titles, or before his rank or office: `陆启明大校`, `陆启明部长`."""
    if words.endswith(name):
        return True
    bare = RANK.sub("", words)
    return bare.endswith(name) or bare.startswith(name) and OFFICE_BEHIND.fullmatch(bare, len(name)) is not None


def _ranked(words: str, rank: str, text: str) -> Participant | None:
    """The person of words that stand before a rank."""
    person = Participant(name=words, organisation=None, titles=[], text=text) if is_person(words) else None
    person = person or titled_person(words)
    return person and person.model_copy(update={"titles": [*person.titles, rank], "text": text})


def _ends_in_title(words: str) -> bool:
    return any(found.end() == len(words) for found in TITLE_END.finditer(words))


def _given(name: str) -> bool:
    return HAN_NAME.fullmatch(name) is not None and may_be_name(name) and not TITLE_END.search(name)


def split_organisation(words: str) -> tuple[str | None, str]:
    """`全國總工會權益保障部部長` -> (`全國總工會`, `權益保障部部長`); None where no organisation leads."""
    found = ORGANISATION.match(words) or SOME_ORGANISATION.match(words)
    if not found or found.end() == len(words) or not TITLE_END.search(words, found.end()):
        return None, words
    return found[0], words[found.end() :].lstrip("、，, ")
