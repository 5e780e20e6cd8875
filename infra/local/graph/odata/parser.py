"""Parse a `$filter` into a tree, or refuse it with a 400 as Graph does."""

from collections.abc import Callable

from infra.local.graph.odata.lexer import Token, invalid_filter, tokens
from infra.local.graph.odata.tree import Both, Compare, Function, In, Lambda, Node, Not, Path, Value

_COMPARISONS = frozenset({"eq", "ne", "ge", "le", "gt", "lt"})
_FUNCTIONS = frozenset({"startswith", "endswith", "contains"})
# Deeper nesting than any honest query; Graph has a limit of its own on complexity.
_MAX_DEPTH = 40
_END = Token("end", "", -1)


def parse_filter(text: str) -> Node:
    """Answer the tree of a filter; raises GraphError (400) for any text that is not one."""
    reader = _Reader(text)
    node = reader.either()
    reader.expect_end()
    return node


class _Reader:
    """Walks over the tokens once, one method for each rule of the grammar."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._at = 0
        self._depth = 0

    def either(self) -> Node:
        return self._chain("or", self._both)

    def expect_end(self) -> None:
        if self._at < len(self._tokens):
            raise self._syntax()

    def _both(self) -> Node:
        return self._chain("and", self._negation)

    def _chain(self, word: str, part: Callable[[], Node]) -> Node:
        parts = [part()]
        while self._take_word(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else Both(word, tuple(parts))

    def _negation(self) -> Node:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise invalid_filter("Recursion depth exceeded allowed limit.")
        node = Not(self._negation()) if self._take_word("not") else self._primary()
        self._depth -= 1
        return node

    def _primary(self) -> Node:
        if self._take_mark("("):
            node = self.either()
            self._expect_mark(")")
            return node
        token = self._peek()
        if token.kind == "name" and token.text.lower() in _FUNCTIONS and self._is_call():
            return self._function()
        return self._comparison()

    def _function(self) -> Node:
        name = self._next().text.lower()
        self._expect_mark("(")
        path = self._path()
        self._expect_mark(",")
        value = self._value()
        self._expect_mark(")")
        # `startswith(x,'y') eq true` is legal OData and seen in the wild.
        if self._take_word("eq"):
            wanted = self._value()
            if wanted.kind != "bool":
                raise self._syntax()
            return Function(name, path, value) if wanted.value else Not(Function(name, path, value))
        return Function(name, path, value)

    def _comparison(self) -> Node:
        path = self._path()
        if path[-1].lower() in {"any", "all"} and len(path) > 1 and self._take_mark("("):
            return self._lambda(path)
        operator = self._next()
        word = operator.text.lower()
        if operator.kind != "name" or word not in _COMPARISONS | {"in"}:
            raise self._syntax(operator)
        if word == "in":
            return In(path, self._list())
        return Compare(path, word, self._value())

    def _lambda(self, path: Path) -> Node:
        quantifier = path[-1].lower()
        if self._take_mark(")"):
            return Lambda(quantifier, path[:-1], "", None)
        variable = self._next()
        if variable.kind != "name":
            raise self._syntax(variable)
        self._expect_mark(":")
        condition = self.either()
        self._expect_mark(")")
        return Lambda(quantifier, path[:-1], variable.text, condition)

    def _path(self) -> Path:
        names = [self._name()]
        while self._take_mark("/"):
            names.append(self._name())
        return tuple(names)

    def _name(self) -> str:
        token = self._next()
        if token.kind != "name":
            raise self._syntax(token)
        return token.text

    def _list(self) -> tuple[Value, ...]:
        self._expect_mark("(")
        values = [self._value()]
        while self._take_mark(","):
            values.append(self._value())
        self._expect_mark(")")
        return tuple(values)

    def _value(self) -> Value:
        token = self._next()
        if token.kind == "number":
            return Value("number", float(token.text))
        if token.kind in {"string", "guid", "date"}:
            return Value(token.kind, token.text)
        word = token.text.lower()
        if token.kind == "name" and word in {"true", "false"}:
            return Value("bool", word == "true")
        if token.kind == "name" and word == "null":
            return Value("null", None)
        raise self._syntax(token)

    def _peek(self, ahead: int = 0) -> Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _END

    def _next(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _is_call(self) -> bool:
        following = self._peek(1)
        return following.kind == "mark" and following.text == "("

    def _take_word(self, word: str) -> bool:
        token = self._peek()
        if token.kind == "name" and token.text.lower() == word:
            self._at += 1
            return True
        return False

    def _take_mark(self, mark: str) -> bool:
        token = self._peek()
        if token.kind == "mark" and token.text == mark:
            self._at += 1
            return True
        return False

    def _expect_mark(self, mark: str) -> None:
        if not self._take_mark(mark):
            raise self._syntax()

    def _syntax(self, token: Token | None = None) -> Exception:
        where = (token or self._peek()).at
        position = len(self._text) if where < 0 else where
        return invalid_filter(f"Syntax error at position {position} in '{self._text}'.")
