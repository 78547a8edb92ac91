"""發布會直播廳 of China Trade Union News. Its listing's address is inferred from a breadcrumb, never seen."""

from crawler.spider import HallSpider
from crawler.spiders._people import people_site


class AcftuSpider(HallSpider):
    name = "acftu"
    site = people_site("acftu", host="acftu.people.com.cn", node=392912)
