"""Any channel of People's Daily Online: `scrapy crawl people -a start=http://<host>/GB/<node>/index.html`.

Without a start it is 中国工会新闻, whose node stands in the addresses of its articles.
"""

from crawler.spider import HallSpider
from crawler.spiders._people import people_site


class PeopleSpider(HallSpider):
    name = "people"
    site = people_site("people", host="acftu.people.com.cn", node=67502, whole=True)
