"""Which refusals may leave a function of the domain, read from its source and that of all it calls."""

import ast
import builtins
import inspect
import sys
import textwrap
from collections.abc import Callable
from functools import cache
from types import FunctionType, ModuleType
from typing import Any

from referral.refusals import Refusal


def raised_by(function: Callable[..., Any], *callers: FunctionType) -> set[type[Refusal]]:
    """Refusals that are raised or built in a function or below it, and not caught on the way."""
    assert isinstance(function, FunctionType)
    names, path = vars(builtins) | function.__globals__, (*callers, function)

    def leaving(*nodes: ast.AST) -> set[type[Refusal]]:
        return set().union(*map(leaving_one, nodes))

    def leaving_one(node: ast.AST) -> set[type[Refusal]]:
        if isinstance(node, ast.Try):
            left = leaving(*node.body)
            for handler in node.handlers:
                raised_again = "raise" in map(ast.unparse, ast.walk(handler))
                if not raised_again:
                    left = {each for each in left if not issubclass(each, _classes(handler.type, names))}
            return left | leaving(*node.handlers, *node.orelse, *node.finalbody)
        made = {ast.Raise: "exc", ast.Call: "func"}.get(type(node), "")
        found = {each for each in _classes(getattr(node, made, None), names) if issubclass(each, Refusal)}
        below = [each for each in _functions(node, names) if each not in path]
        return found.union(*(raised_by(each, *path) for each in below), leaving(*ast.iter_child_nodes(node)))

    return leaving(ast.parse(textwrap.dedent(inspect.getsource(function))))


def _classes(node: ast.expr | None, names: dict[str, Any]) -> tuple[type, ...]:
    found = [names.get(each.id) for each in ast.walk(node or ast.Pass()) if isinstance(each, ast.Name)]
    return tuple(each for each in found if isinstance(each, type))


def _functions(node: ast.AST, names: dict[str, Any]) -> list[FunctionType]:
    """The domain's functions that a name may stand for. A method is looked up by its name alone."""
    found: list[Any] = [names.get(node.id)] if isinstance(node, ast.Name) else []
    if isinstance(node, ast.Attribute):
        owner = names.get(node.value.id) if isinstance(node.value, ast.Name) else None
        owners = {owner} if isinstance(owner, ModuleType) else _domain_classes()
        found = [vars(each)[node.attr] for each in owners if node.attr in vars(each)]
    unwrapped = [inspect.unwrap(getattr(each, "fget", each)) for each in found]
    return [each for each in unwrapped if isinstance(each, FunctionType) and _is_domain(each.__module__)]


@cache
def _domain_classes() -> set[type]:
    values = [value for name in sys.modules if _is_domain(name) for value in vars(sys.modules[name]).values()]
    return {value for value in values if isinstance(value, type) and _is_domain(value.__module__)}


def _is_domain(module: str) -> bool:
    return module.startswith("referral.") and ".tests" not in module
