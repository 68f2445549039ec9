"""The report of the benchmarks: sections of tests/bench/README.md, each between its marks, and SVG plots."""

import math
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
README = FOLDER / "README.md"
_WIDTH, _HEIGHT, _MARGIN = 640, 320, 60
_COLOURS = ("#1f6f8b", "#b5442c", "#4a7c2c", "#6b4b9a", "#a06a00", "#555555")


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


def plot(name: str, title: str, lines: Sequence[Series]) -> None:
    """An SVG beside the report: x logarithmic, y from zero."""
    xs = [x for line in lines for x, _ in line.points]
    top = max(y for line in lines for _, y in line.points) * 1.15 or 1
    low, high = math.log10(min(xs)), math.log10(max(xs))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low) / (high - low or 1)
        return _MARGIN + across * (_WIDTH - 2 * _MARGIN), _HEIGHT - _MARGIN - y / top * (_HEIGHT - 2 * _MARGIN)

    parts = [_text(_WIDTH / 2, 24, title, "middle", 15)]
    parts += [_text(at(x, 0)[0], _HEIGHT - _MARGIN + 20, f"{x:,.0f}", "middle") for x in sorted(set(xs))]
    for share in (0, 0.5, 1):
        y = at(min(xs), top * share)[1]
        parts.append(f'<path d="M{_MARGIN} {y:.1f}H{_WIDTH - _MARGIN}" stroke="#ccc"/>')
        parts.append(_text(_MARGIN - 8, y + 4, f"{top * share:,.0f}", "end"))
    for place, (line, colour) in enumerate(zip(lines, _COLOURS, strict=False)):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (at(*point) for point in line.points))
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        parts.append(_text(_WIDTH - _MARGIN, 44 + 16 * place, line.name, "end", 12, colour))
    body = "\n".join(parts)
    box = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif"'
    svg = f'<svg {box}>\n<rect width="100%" height="100%" fill="#fff"/>\n{body}\n</svg>\n'
    (FOLDER / name).write_text(svg, encoding="utf-8")


def _text(x: float, y: float, text: str, anchor: str, size: int = 12, colour: str = "#333") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"
