"""Related articles in archives of any size: `python -m tests.bench.related_sizes FILE...` (make eval-related-sizes).

Of each file of judged articles a seeded part is taken, or so many are added as a size wants: echoes, a fifth of whose
words in a row come from one article and all others from any. They are close to what is judged, and count for nothing.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.bench.judged import Sample, by_tags, is_judged, quality, read
from tests.bench.related import ours, whole_archive
from tests.bench.report import table, write_section

SIZES = (1_000, 10_000, 50_000)
_ASKED = 600
_KEPT, _PART = 0.2, 40


def of_size(samples: Sequence[Sample], size: int) -> list[Sample]:
    """An archive of so many articles, oldest first."""
    luck = Random(size)
    if size <= len(samples):
        some = luck.sample(samples, size)
    else:
        some = [*samples, *(_echo(luck, samples, number) for number in range(size - len(samples)))]
    return sorted(some, key=lambda each: (each.at, each.id))


def _echo(luck: Random, samples: Sequence[Sample], number: int) -> Sample:
    model, at = luck.choice(samples), luck.choice(samples).at
    words = model.text.split()
    parts = []
    for start in range(0, len(words), _PART):
        source = words if luck.random() < _KEPT else luck.choice(samples).text.split()
        begin = start if source is words else luck.randrange(max(1, len(source) - _PART))
        parts += source[begin : begin + _PART]
    title = " ".join(luck.choice(samples).title.split()[:6])
    return model._replace(
        id=f"echo-{number}", title=title, at=at, tags=frozenset(), summary="", text=" ".join(parts), linked=()
    )


def _rows(file: Path, sizes: Sequence[int]) -> Iterator[list[object]]:
    samples = read(file)
    for size in sizes:
        some = of_size(samples, size)
        judgements = by_tags(some)
        judged = sorted(id_ for id_, worth in judgements.items() if is_judged(worth))
        asked = set(Random(size).sample(judged, min(_ASKED, len(judged))))
        standing = {id_: worth if id_ in asked else {} for id_, worth in judgements.items()}
        whole, own = (quality(method(some, asked), standing) for method in (whole_archive, ours))
        sys.stderr.write(f"{file.stem}, {size}: {own.ndcg:.3f} beside {whole.ndcg:.3f}\n")
        ratio = f"{own.ndcg / whole.ndcg:.3f}"
        yield [file.stem, f"{size:,}", f"{whole.ndcg:.3f}", f"{own.ndcg:.3f}", ratio, len(asked)]


def main(files: Sequence[str]) -> None:
    """Judge an archive of each size made of each file, and write the section of the report."""
    if not files:
        sys.exit('name a corpus: make eval-related-sizes CORPUS="articles.jsonl"')
    rows = [row for file in files for row in _rows(Path(file), SIZES)]
    head = ["corpus", "articles", "whole archive, TF-IDF: nDCG@5", "Rotative: nDCG@5", "ratio", "asked"]
    note = "Beyond the corpus' own size, articles mixed from its paragraphs: close to the judged ones, and never right."
    write_section(
        "Related articles by size", 'make eval-related-sizes CORPUS="FILE..."', f"{note}\n\n{table(head, rows)}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
