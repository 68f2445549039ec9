"""The report of the benchmarks: sections of tests/bench/README.md, each between its marks, and SVG plots."""

import math
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
_WIDTH, _HEIGHT, _MARGIN, _NAMES = 600, 360, 60, 220
_COLOURS = ("#1f6f8b", "#b5442c", "#4a7c2c", "#6b4b9a", "#a06a00", "#555555", "#c2187a", "#0b9aa8")


class Series(NamedTuple):
    """A line of a plot: its name, and its points by a positive x."""

    name: str
    points: Sequence[tuple[float, float]]


def table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def write_section(title: str, command: str, text: str) -> None:
    """Put a section into the report, in the place of the one of that title."""
    section = f"## {title}\n\n`{command}`\n\n{text}\n"
    begin, end = f"<!-- {title} -->", f"<!-- /{title} -->"
    marked = f"{begin}\n{section}{end}\n"
    whole = README.read_text(encoding="utf-8") if README.exists() else "# Benchmarks\n"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end) + "\n", re.DOTALL)
    whole = pattern.sub(lambda _: marked, whole) if pattern.search(whole) else f"{whole.rstrip()}\n\n{marked}"
    README.write_text(whole, encoding="utf-8")


class _Axis(NamedTuple):
    """Where a value stands between 0 and 1; of those that a line is drawn for, too."""

    low: float
    high: float
    logarithmic: bool

    def at(self, value: float) -> float:
        low, high, value = map(math.log10, (self.low, self.high, value)) if self.logarithmic else (*self[:2], value)
        return (value - low) / (high - low or 1)

    @property
    def marks(self) -> Sequence[float]:
        if self.logarithmic:
            return [10.0**power for power in range(round(math.log10(self.low)), round(math.log10(self.high)) + 1)]
        return [self.low, (self.low + self.high) / 2, self.high]


def plot(name: str, title: str, lines: Sequence[Series], *, logarithmic: bool = False) -> None:
    """An SVG beside the report: x logarithmic; y from zero, or logarithmic too, from a power of ten to another."""
    xs, ys = (sorted({point[place] for line in lines for point in line.points}) for place in (0, 1))
    across, up = _Axis(xs[0], xs[-1], logarithmic=True), _Axis(0, ys[-1] * 1.15 or 1, logarithmic=False)
    if logarithmic:
        up = _Axis(10 ** math.floor(math.log10(ys[0])), 10 ** math.ceil(math.log10(ys[-1])), logarithmic=True)

    def at(x: float, y: float) -> tuple[float, float]:
        height = _HEIGHT - 2 * _MARGIN
        return _MARGIN + across.at(x) * (_WIDTH - 2 * _MARGIN), _HEIGHT - _MARGIN - up.at(y) * height

    parts = [_text(_WIDTH / 2, 24, title, "middle", 15)]
    parts += [_text(at(x, up.low)[0], _HEIGHT - _MARGIN + 20, f"{x:,.0f}", "middle") for x in xs]
    for mark in up.marks:
        y = at(xs[0], mark)[1]
        parts.append(f'<path d="M{_MARGIN} {y:.1f}H{_WIDTH - _MARGIN}" stroke="#ccc"/>')
        parts.append(_text(_MARGIN - 8, y + 4, f"{mark:,.0f}" if mark >= 1 or not mark else f"{mark:g}", "end"))
    for place, (line, colour) in enumerate(zip(lines, _COLOURS[: len(lines)], strict=True)):
        parts.append(_line([at(*point) for point in line.points], colour))
        parts.append(_text(_WIDTH - _MARGIN + 16, _MARGIN + 4 + 18 * place, line.name, "start", 12, colour))
    body = "\n".join(parts)
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH + _NAMES} {_HEIGHT}" font-family="sans-serif"'
    svg = f'<svg {box}>\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    (FOLDER / name).write_text(svg, encoding="utf-8")


def _line(points: Sequence[tuple[float, float]], colour: str) -> str:
    """A line through points; a dot, where there is only one."""
    if len(points) == 1:
        return f'<circle cx="{points[0][0]:.1f}" cy="{points[0][1]:.1f}" r="4" fill="{colour}"/>'
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2.5"/>'


def _text(x: float, y: float, text: str, anchor: str, size: int = 12, colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"
