"""Decompression without Scrapy's charset detection on the compressed bytes (half of a crawl's time on gzip pages)."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response, TextResponse


class Decompress(HttpCompressionMiddleware):
    """Scrapy's middleware, with its limits; `Response.replace()` asks a text response for its encoding first,

    which is guessed from the body. So the body goes in as a plain Response, which has none to guess.
    """

    def process_response(self, request: Request, response: Response, spider: object = None) -> Request | Response:
        if isinstance(response, TextResponse) and response.headers.get("Content-Encoding"):
            response = Response(
                response.url,
                status=response.status,
                headers=response.headers,
                body=response.body,
                flags=response.flags,
                request=response.request,
                certificate=response.certificate,
                ip_address=response.ip_address,
                protocol=response.protocol,
            )
        return super().process_response(request, response)
