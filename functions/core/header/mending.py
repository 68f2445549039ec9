"""What editors mistype in a header, and the line that they meant, so that one slip does not hide those after it."""

import re
from itertools import islice

from functions.core.mistakes import MAX_PROBLEMS, Mistake

FIRST_LINE = 2  # of the header in the file: the fence is line 1
_PAIR = re.compile(
    r"(?P<indent>[ ]*(?P<item>-[ ]+)?)(?:(?P<name>[\w-]+)[ ]?:[ \t]+)?(?P<value>\S(?:.*[^ \t\n])?)[ \t]*"
)
# What YAML cannot hold, or takes for the end of a line where an editor sees none.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# `titre: Dossier #Maroc` is `Dossier` and a comment to YAML: an editor's words would be lost in silence.
_HASH = re.compile(
    r"^[ ]*(?:-[ ]+(?:[\w-]+[ ]?:[ \t]+)?|[\w-]+[ ]?:[ \t]+)"
    r"(?:[^\s\"'#\[{|>][^\n]*?[ \t]|\[(?:[^\n\"']*?[ \t,])?)?#[^\s#]",
    re.MULTILINE,
)
_HASHTAG = re.compile(r"(?<=[\s,\[])#[^\s#,\[\]\"'][^#,\[\]\"']*(?<!\s)")
_HASHTAGS = re.compile(r"#[^\s#,;]+(?:[\s,;]+#[^\s#,;]+)+")
# Where a header wants a plain space; Word and French keyboards put another before a colon, and nobody sees it.
_BLANK = "[ \\t\u00a0\u202f]"
_BLANKS = re.compile(rf"^{_BLANK}*(?:-{_BLANK}+)?(?:[\w-]+{_BLANK}?:(?:{_BLANK}+|$))?", re.MULTILINE)
_ODD = "\t\u00a0\u202f"
_SPACES = str.maketrans({"\t": "  ", "\u00a0": " ", "\u202f": " "})
_NO_SPACE = re.compile(r"^([\w-]+):(?=[^\s/])", re.MULTILINE)


class Draft:
    """The lines of a header while it is being mended; every repair is a mistake that refuses the upload."""

    def __init__(self, header: str, mistakes: list[Mistake]) -> None:
        self.text = _BLANKS.sub(_plain, header) if any(map(header.__contains__, _ODD)) else header
        self._mistakes = mistakes
        self._mended: set[int] = set()
        self._mend_controls()
        self._mend_spaces()
        self._mend_hashes()

    def mend(self, line: int) -> bool:
        """Puts the value of a line that cannot be parsed between quotation marks; False if that is not the cure."""
        quoted = _quoted(self._line(line))
        if line in self._mended:
            self._mistakes[-1] = self._mistakes[-1]._replace(code="bad_yaml", suggestion=None)
            return False
        if quoted is None or len(self._mistakes) > MAX_PROBLEMS:
            self._note("bad_yaml", line)
            return False
        self._note("unquoted_value", line, quoted)
        return True

    def _mend_controls(self) -> None:
        for control in islice(_CONTROLS.finditer(self.text), MAX_PROBLEMS):
            self._note("control_character", self._line_at(control.start()))
            self._mistakes[-1] = self._mistakes[-1]._replace(value=control[0])
        self.text = _CONTROLS.sub("\N{REPLACEMENT CHARACTER}", self.text)

    def _mend_spaces(self) -> None:
        for match in list(islice(_NO_SPACE.finditer(self.text), MAX_PROBLEMS)):
            line = self._line_at(match.start())
            self._note("missing_space", line, self._line(line).replace(":", ": ", 1))

    def _mend_hashes(self) -> None:
        for match in list(islice(_HASH.finditer(self.text), MAX_PROBLEMS)) if "#" in self.text else ():
            line = self._line_at(match.end())
            quoted = _tagged(self._line(line))
            if quoted is not None:
                self._note("unquoted_value", line, quoted)

    def _note(self, code: str, line: int, meant: str | None = None) -> None:
        text = self._line(line)
        pair = _PAIR.fullmatch(meant or text)
        field = pair["name"] if pair and not pair["indent"] else None
        self._mistakes.append(Mistake(code, field, line, text.strip(), meant.strip() if meant else None))
        if meant is not None:
            self._mended.add(line)
            lines = self.text.split("\n")
            lines[line - FIRST_LINE] = meant
            self.text = "\n".join(lines)

    def _line_at(self, place: int) -> int:
        return self.text.count("\n", 0, place) + FIRST_LINE

    def _line(self, line: int) -> str:
        lines = self.text.split("\n")
        return lines[line - FIRST_LINE] if line - FIRST_LINE < len(lines) else ""


def _plain(blanks: re.Match[str]) -> str:
    return blanks[0].translate(_SPACES)


def _tagged(line: str) -> str | None:
    """The line with its hashtags between quotation marks, and commas between them if it has no other words."""
    pair = _PAIR.fullmatch(line)
    if pair and pair["value"][0] == "[":
        return _lead(pair) + _HASHTAG.sub(r'"\g<0>"', pair["value"])
    if pair and _HASHTAGS.fullmatch(pair["value"]):
        tags = ", ".join(re.split(r"[\s,;]+", pair["value"]))
        return _quoted(_lead(pair) + tags)
    return _quoted(line)


def _lead(pair: re.Match[str]) -> str:
    """What stands before the value."""
    return f"{pair['indent']}{pair['name']}: " if pair["name"] else pair["indent"]


def _quoted(line: str) -> str | None:
    """The line with its value between quotation marks that hold, or None if something else is wrong with it."""
    pair = _PAIR.fullmatch(line)
    if not pair or not (pair["name"] or pair["item"]) or pair["value"][0] in "[{|>":
        return None
    value = pair["value"]
    if value[0] in "\"'“":
        value = _without_quotes(value)
    mark = '"' if not {'"', "\\"} & set(value) else "'"
    quoted = f"{mark}{value.replace(mark, mark * 2)}{mark}"
    return None if quoted == pair["value"] else _lead(pair) + quoted


def _without_quotes(value: str) -> str:
    mark = value[0]
    if mark == "“":  # as Macs and telephones write the straight one
        return value[1:-1].strip() if value[-1] == "”" and value.count(mark) == 1 else value
    if value.count(mark) == 1:
        return value[1:]
    return value[1:-1] if len(value) > 1 and value[-1] == mark else value
