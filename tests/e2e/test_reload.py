"""`rotative serve --reload` as a designer meets it: a template saved, a browser that shows it."""

import shutil
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPMessage
from pathlib import Path

import pytest

from infra.local.reload import CHANGES
from tests.e2e.test_serve import free_port
from tests.newsroom import SETTINGS
from tests.workflows.articles import article

ROOT = Path(__file__).parents[2]
PATIENCE = 40


class Studio:
    """A checkout of its own, whose press is served with --reload."""

    def __init__(self, folder: Path) -> None:
        for part in ("functions", "infra", "templates", "events"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        self.templates = folder / "templates"
        inbox = folder / "inbox"
        (inbox / "articles").mkdir(parents=True)
        (inbox / "newsroom.toml").write_bytes(SETTINGS)
        (inbox / "articles" / "essai.md").write_text(article("Un essai"))
        self.port, self.log = free_port(), folder / "serve.log"
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "infra.cli", "serve", "--reload", "--inbox", "inbox"]
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)], cwd=folder, stdout=log, stderr=subprocess.STDOUT
            )

    def get(self, path: str) -> tuple[str, HTTPMessage]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return answer.read().decode(), answer.headers

    def shows(self, text: str) -> bool:
        try:
            return text in self.get("/")[0]
        except OSError:
            return False

    def says(self, text: str) -> bool:
        # The console breaks its lines where it likes.
        return text in " ".join(self.log.read_text().split())

    def wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    studio = Studio(tmp_path)
    studio.wait(lambda: studio.shows("Un essai"))
    yield studio
    studio.process.send_signal(signal.SIGINT)
    studio.process.wait(PATIENCE)


def test_a_saved_template_is_in_force_and_the_browser_hears_of_it_and_a_broken_one_changes_nothing(
    studio: Studio,
) -> None:
    page, headers = studio.get("/")
    assert page.count("<script>") == 1
    assert "'sha256-" in headers["Content-Security-Policy"]
    heard: list[str] = []
    threading.Thread(target=lambda: heard.append(studio.get(f"{CHANGES}?/")[0]), daemon=True).start()
    time.sleep(0.5)
    front = studio.templates / "site" / "front.html"
    good = front.read_text().replace("<h1", "<h1 id=neuf")
    front.write_text(good)
    studio.wait(lambda: studio.shows("<h1 id=neuf"))
    studio.wait(lambda: bool(heard))
    assert "data: changed" in heard[0]
    for broken, complaint in (("{% if %}", "front.html: line"), ("{{ titel }}", "'titel' is undefined")):
        front.write_text(good.replace("<h1", broken + "<h1"))
        studio.wait(lambda text=complaint: studio.says(text))  # type: ignore[misc] # binds the loop's value
        assert studio.says("the site stays as it is")
    (studio.templates / "locales" / "fr.toml").write_text('language = "fr"\n')
    studio.wait(lambda: studio.says("words: Field required"))
    assert studio.shows("<h1 id=neuf")
