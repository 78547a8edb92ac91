"""A spokesperson whose name no list tells: a rare family name, a name that is a word as well, four characters.

`发言人` before it and what he does behind it tell that it is one: `发言人江山大校答记者问`.
"""

from __future__ import annotations

import re

from crawler.text.names import HAN_NAME, is_person, is_word, may_be_name

# Only a person has a rank, or is mentioned so at such an event.
RANKED = re.compile(r"[ \u3000]?(?:大校|[上中少](?:校|将|將))")
DOES = re.compile(
    r"[ \u3000]?(?:先生|女士|出席|主持|答(?:记者|記者)[问問]|回答了?(?:记者|記者)|就(?![是会會能算要此]))"
)
SERVICE = re.compile(r"[海陆陸空][军軍]|武警|专业技术|專業技術")
# What stands in a name's place and is none: when, where and how something is done, and what belongs to a spokesperson.
NO_NAME = re.compile(
    r"[的在对對向从從将將会會都也不没沒未无無能可应應要须須需有是为為作与與和同及或等们們之其此这這那每各某该該本今昨明近上下前后後首再专專现現正随隨分先逐一二三四五六七八九十两兩几幾"
    r"亲親按依特均共仍即却卻又还還已曾通代受接参參如据據因由于於以被让讓请請把给給到去来來只仅僅连連坦耐经經常时時定最终終始]"
    r"|次日|当[天日时场面即前]|當[天日時場面即前]|多[次年位名个個]|线上|線上|严正|嚴正|郑重|鄭重|公开|公開|全[程面部体體权權]|集中|统一|統一|详细|詳細|具体|具體|重点|重點|率先|认真|認真|简要|簡要|独家|獨家"
    r"|视频|視頻|电话|電話|准时|準時|列席|书面|書面|单独|單獨|主动|主動|继续|繼續|紧急|緊急|突然|方才|刚刚|剛剛|临时|臨時|轮流|輪流|负责|負責|办公|辦公|团队|團隊|制度|机制|機制"
    r"|任职|任職|履新|卸任|马上|馬上|立即|立刻|安排|计划|計劃|原定|宣布|表示|回应|回應|介绍|介紹"
)
ADVERB_END = re.compile(
    r"(?:[亲親]自|[专專][门門程]|现[场場]|現[场場]|[当當][场場面]|一[再直并同起]|[一二三四五两兩几幾多再首][次度]|坦[诚誠]"
    r"|[解作应應回也已将將现現曾还還再又均并便仅僅即只都则則却卻所刚剛是于於和與与及])$"
)
BETWEEN_PERSONS = re.compile(r"..?[和与與及同跟].+")


def presumed(name: str, behind: str, labels: frozenset[str]) -> bool:
    """Whether `name` behind 发言人 is one, as `behind` or one of the page's `labels` confirms."""
    if not HAN_NAME.fullmatch(name) or not may_be_name(name):
        return False
    if ADVERB_END.search(name) or BETWEEN_PERSONS.fullmatch(name):
        return False
    if RANKED.match(behind):
        return not SERVICE.match(name)
    return not NO_NAME.match(name) and (DOES.match(behind) is not None or name in labels)


def is_listed(name: str) -> bool:
    """Whether a name has a listed family name and is no word."""
    return is_person(name) and not is_word(name)
