"""Which addresses are public: by the registries' own examples, in every form that a system connects to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reach import is_local, is_private, is_public, literal

PUBLIC = "8.8.8.8 1.1.1.1 202.99.96.68 2001:4860:4860::8888 240e::1 64:ff9b::808:808 2002:808:808::1 ::ffff:8.8.8.8"
NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.9.9
192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::10.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0:10.0.0.1 64:ff9b::a00:1
64:ff9b::7f00:1 64:ff9b:1::a00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 2002:7f00:1::1
2002:a00:1:: 2002:c0a8:101::1 3fff::1 5f00::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1
"""
LITERALS = {
    "127.1": "127.0.0.1",
    "127.0.1": "127.0.0.1",
    "2130706433": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "0x7f000001": "127.0.0.1",
    "0x7f.1": "127.0.0.1",
    "0": "0.0.0.0",
    "10.1": "10.0.0.1",
    "0300.0250.1.1": "192.168.1.1",
}


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_no_public_address(address: str) -> None:
    assert not is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1))
def test_what_carries_an_ipv4_address_is_what_that_is(number: int) -> None:
    inner = IPv4Address(number)
    carriers = (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80)
    assert {is_public(IPv6Address(carrier)) for carrier in carriers} == {is_public(inner)}


@given(st.integers(0, 2**128 - 1))
def test_what_is_public_is_unicast_and_global(number: int) -> None:
    address = IPv6Address(number)
    if is_public(address) and number >> 32 not in (0xFFFF, 0x64FF9B << 64):
        assert number >> 125 == 1 and address.is_global and not address.is_multicast


@pytest.mark.parametrize(("host", "address"), LITERALS.items())
def test_a_literal_is_read_as_the_system_reads_it(host: str, address: str) -> None:
    assert str(literal(host)) == address
    assert is_private(f"http://{host}/") and is_private(f"http://{host}.:8080/")


@pytest.mark.parametrize("host", ["", "hall.test", "127.0.0.1.example", "1.2.3.4.5", "256.1.1.1", "127.0.0.1 a", "０"])
def test_a_name_is_no_literal(host: str) -> None:
    assert literal(host) is None


def test_a_start_in_any_form_is_seen_as_private() -> None:
    for url in ("http://[::1]/", "http://[fe80::1%25eth0]/", "http://[::ffff:10.0.0.1]/", "http://localhost./"):
        assert is_private(url), url
    assert is_local("http://127.1/") and is_local("http://[::ffff:127.0.0.1]/") and not is_local("http://10.1/")
    assert (
        not is_private("http://8.8.8.8/") and not is_private("http://134744072/") and not is_private("http://a.test/")
    )


@given(st.text(max_size=30))
def test_any_host_is_read(host: str) -> None:
    literal(host)
