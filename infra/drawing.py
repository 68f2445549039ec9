"""Draws the architecture as SVG: an article's way on top, below it a row a function and a column a resource."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import NamedTuple

_LEFT, _WAKE, _FUNCTION, _GAP = 24, 438, 196, 40
_HEAD, _ROW, _COLUMN = 330, 60, 78
_WIDE = {1: 274, 2: 168, 3: 116}  # a station, by how many there are
_GRID = _LEFT + _WAKE + _FUNCTION + _GAP
_STYLE = """
  svg { color-scheme: light dark }
  text { font: 13px system-ui, "Liberation Sans", Arial, sans-serif; fill: #1d2430 }
  .ground { fill: #fff }
  .strong { font-weight: 600 } .small { font-size: 11px; fill: #566072 } .middle { text-anchor: middle }
  .box { fill: #f3f5f9; stroke: #8a94a6 } .line { stroke: #8a94a6; fill: none; stroke-width: 1.4 }
  .faint { stroke: #dfe3ea } .tip { fill: #8a94a6 }
  .function { fill: #fff1e0; stroke: #c76a00 } .bucket { fill: #e6f4e8; stroke: #2f7d3b }
  .queue { fill: #fde8f0; stroke: #b3215f } .table { fill: #e5ecfd; stroke: #3056c4 }
  .mail { fill: #fbe9e7; stroke: #b8432f } .secret, .key { fill: #efe9fb; stroke: #6b46c1 }
  .read { fill: #fff; stroke: #3056c4; stroke-width: 2 } .write { fill: #3056c4; stroke: #3056c4; stroke-width: 2 }
  .send { fill: #b3215f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e8ebf0 } .ground { fill: #12161d } .small { fill: #a3adbd }
    .box { fill: #1d2430; stroke: #77829a } .faint { stroke: #2a3140 }
    .function { fill: #3a2608; stroke: #f0a040 } .bucket { fill: #12301a; stroke: #6cc47b }
    .queue { fill: #3d1024; stroke: #f07aa8 } .table { fill: #14224a; stroke: #8aa8ff }
    .mail { fill: #3b1a13; stroke: #f09078 } .secret, .key { fill: #271b45; stroke: #b79cf5 }
    .read { fill: #12161d; stroke: #8aa8ff } .write { fill: #8aa8ff; stroke: #8aa8ff } .send { fill: #f07aa8 }
  }
"""


class Row(NamedTuple):
    """A function: what wakes it, from far to near, which other queues do, and how it uses which resource."""

    function: str
    about: str
    wakes: tuple[str, ...]
    others: tuple[str, ...]
    uses: Mapping[str, frozenset[str]]


class Architecture(NamedTuple):
    """What the picture shows. `way` is an article's, from its upload to the CDN; `kinds` those of all resources."""

    way: tuple[str, ...]
    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    kinds: Mapping[str, str]


def draw(shown: Architecture) -> str:
    """The picture, the same bytes for the same architecture."""
    width = _GRID + len(shown.columns) * _COLUMN + 24
    height = _HEAD + len(shown.rows) * _ROW + 60
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' role="img" aria-label="The architecture, from infra/template.yaml">'
        ),
        f"<style>{_STYLE}</style>",
        (
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>'
        ),
        f'<rect class="ground" width="{width}" height="{height}" rx="10"/>',
        *_way(("Editors", *shown.way, "Readers"), shown.kinds, width),
        *_columns(shown),
        *(part for place, row in enumerate(shown.rows) for part in _row(shown, row, _HEAD + place * _ROW)),
        *_legend(height - 30),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _way(stations: tuple[str, ...], kinds: Mapping[str, str], width: int) -> Iterator[str]:
    yield _text(_LEFT, 40, "The way of an article, from upload to readers", "strong")
    step = (width - 2 * _LEFT) / len(stations)
    for place, name in enumerate(stations):
        left = _LEFT + place * step
        yield _box(left, 58, step - 34, name, kinds.get(name, "box"))
        if place:
            yield _arrow(left - 33, 75, left - 3)


def _columns(shown: Architecture) -> Iterator[str]:
    yield _text(_LEFT, _HEAD - 34, "What wakes it", "strong")
    yield _text(_LEFT + _WAKE, _HEAD - 34, "Function", "strong")
    yield _text(_GRID, 150, "What its role lets it use", "strong")
    bottom = _HEAD + len(shown.rows) * _ROW - 22
    for place, name in enumerate(shown.columns):
        x = _GRID + place * _COLUMN + _COLUMN // 2
        yield f'<path class="line faint" d="M{x} {_HEAD - 24}V{bottom}"/>'
        yield f'<rect class="{shown.kinds[name]}" x="{x - 7}" y="{_HEAD - 38}" width="14" height="14" rx="4"/>'
        yield f'<text transform="translate({x + 5} {_HEAD - 48}) rotate(-50)">{escape(name)}</text>'


def _row(shown: Architecture, row: Row, top: int) -> Iterator[str]:
    middle, function = top + 17, _LEFT + _WAKE
    yield _box(function, top, _FUNCTION, row.function, "function")
    yield _text(function, top + 49, row.about, "small")
    used = [place for place, name in enumerate(shown.columns) if name in row.uses]
    yield f'<path class="line" d="M{function + _FUNCTION} {middle}H{_GRID + max(used) * _COLUMN + _COLUMN // 2}"/>'
    for place in used:
        yield from _use(_GRID + place * _COLUMN + _COLUMN // 2, middle, row.uses[shown.columns[place]])
    wide, right = _WIDE[len(row.wakes)], function - 30
    for name in reversed(row.wakes):  # the nearest at its side
        yield _arrow(right, middle, right + 27)
        yield _box(right - wide, top, wide, name, shown.kinds.get(name, "box"))
        right -= wide + 30
    if row.others:
        yield _text(function - 30 - wide, top + 49, f"and {', '.join(row.others)}", "small")


def _use(x: int, y: int, how: frozenset[str]) -> Iterator[str]:
    if "send" in how:
        yield f'<path class="send" d="M{x - 7} {y - 7}L{x + 8} {y}L{x - 7} {y + 7}z"/>'
    elif "write" in how:
        yield f'<circle class="write" cx="{x}" cy="{y}" r="7"/>'
        if "read" in how:
            yield f'<circle class="read" cx="{x}" cy="{y}" r="3"/>'
    else:
        yield f'<circle class="read" cx="{x}" cy="{y}" r="6"/>'


def _legend(y: int) -> Iterator[str]:
    x = _LEFT
    for how, said in (("read", "reads"), ("write", "writes"), ("read write", "reads and writes"), ("send", "sends")):
        yield from _use(x + 8, y - 4, frozenset(how.split()))
        yield _text(x + 24, y, said, "small")
        x += 140
    yield _text(
        x, y, "Each queue has its dead-letter queue. Drawn from infra/template.yaml by `make diagram`.", "small"
    )


def _box(x: float, y: float, width: float, name: str, kind: str) -> str:
    shape = f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="34" rx="7"/>'
    return shape + _text(x + width / 2, y + 22, name, "middle")


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}">{escape(words)}</text>'


def _arrow(x: float, y: float, to: float) -> str:
    return f'<path class="line" d="M{x:g} {y:g}H{to:g}" marker-end="url(#tip)"/>'
