import json
import shutil
import subprocess
from pathlib import Path

import pytest

from functions.core.search.stems import stems
from functions.core.site.assets import make_assets

TABLE = (Path(__file__).parent / "search_words.txt").read_text().splitlines()
ROWS = [line.split(" | ") for line in TABLE if not line.startswith("#")]
SCRIPT = Path(__file__).parents[2] / "templates" / "assets" / "site.js"


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_words_meet_in_their_stems(text: str, expected: str) -> None:
    assert " ".join(stems(text)) == expected.strip()


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_the_browser_cuts_every_word_as_the_press_does() -> None:
    program = f"""
        const script = require("fs").readFileSync({json.dumps(str(SCRIPT))}, "utf8");
        const stems = require("vm").runInNewContext(script + ";stems", {{}});
        const texts = {json.dumps([text for text, _ in ROWS])};
        console.log(JSON.stringify(texts.map(text => Array.from(stems(text)).join(" "))));
    """
    answer = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout) == [expected.strip() for _, expected in ROWS]


def test_the_script_is_small() -> None:
    published = make_assets({SCRIPT.name: SCRIPT.read_bytes()})[SCRIPT.name].body
    assert len(published) <= 6 * 1024
    assert not any(line.lstrip().startswith(b"//") for line in published.splitlines())
