"""A hall's file: its name, its class and its data; one truth for `scrapy check` and for the tests of the house."""

from __future__ import annotations

import ast
from collections.abc import Iterator


def file_findings(name: str, source: str) -> list[str]:
    """What in the file `<name>.py` is not as the house has it: file = class = spider name, data only."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return [f"no Python: {error}"]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    expected = f"{name.capitalize()}Spider"
    if [one.name for one in classes] != [expected]:
        return [f"its one class is to be {expected}; it has {', '.join(one.name for one in classes) or 'none'}"]
    return list(_class_findings(name, classes[0]))


def _class_findings(name: str, spider: ast.ClassDef) -> Iterator[str]:
    assigned = {
        target.id: node.value
        for node in spider.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    named = assigned.get("name")
    if not isinstance(named, ast.Constant) or named.value != name:
        yield f"name is to be {name!r}, as the file's"
    if any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in spider.body):
        yield "it has a method; a hall is data"
