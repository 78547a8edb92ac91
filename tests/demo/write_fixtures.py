"""Writes single pages of the hall to `tests/pages/acftu/`.

`PYTHONPATH=. python tests/demo/write_fixtures.py`, from the project's root.
The expected records come from the hall's data, never from a parser.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from crawler.demo.data import slots
from crawler.demo.hall import Hall, build_hall
from crawler.demo.record import HOST

TARGET = Path(__file__).parent.parent / "pages" / "acftu"

# The case's name, the line of the programme; what begins with BIG5 is the Traditional copy.
CASES: dict[str, int] = {
    "old_gbk_question_answer": 46,
    "old_gbk_strong_question_answer": 53,
    "old_gbk_pictures": 48,
    "old_gbk_said": 49,
    "old_gbk_close_marks": 45,
    "old_gbk_bare_heading": 44,
    "old_gbk_source_below_strong": 55,
    "old_gbk_day_only": 56,
    "cpc_gbk_spam_outside": 38,
    "cpc_show_gbk_bare_paren_host": 36,
    "cpc_d2_host_answers": 39,
    "plain_unseen_layout": 40,
    "picture_page": 37,
    "health_pictures": 29,
    "mid_wide_spam": 25,
    "mid_betting_spam": 30,
    "mid_walk_in": 32,
    "mid_titled_labels": 28,
    "recent_utf8_under_gb2312_joined": 5,
    "recent_lenticular_joined": 12,
    "recent_break": 15,
    "recent_bare_break_quotation": 17,
    "recent_new_glued_spam": 3,
    "recent_new_timed": 2,
    "recent_new_plain_host": 4,
    "recent_new_interpreter": 14,
    "recent_new_several_spam": 7,
    "big5_gbk_traditional": 1,
    "big5_real_bytes": 35,
}


def address(hall: Hall, name: str) -> str:
    """The path of a case."""
    path = str(hall.expected[CASES[name]]["url"]).removeprefix(HOST)
    return "/BIG5" + path.removeprefix("/GB") if name.startswith("big5") else path


def main() -> None:
    """Every case anew."""
    hall = build_hall(len(slots()))
    shutil.rmtree(TARGET, ignore_errors=True)
    for name in CASES:
        write(hall, address(hall, name), TARGET / name)


def write(hall: Hall, path: str, folder: Path) -> None:
    """One page: its bytes, what the server said, the record."""
    folder.mkdir(parents=True)
    page = hall.resources[path]
    headers = {"url": HOST + path, "status": page.status, "content-type": page.headers["Content-Type"]}
    (folder / "page.html").write_bytes(page.body)
    for name, value in (("headers.json", headers), ("expected.json", hall.record(path))):
        text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
