"""The newsletter as a reader meets it: sign-up, mailbox, confirmation, issue, goodbye, over plain HTTP."""

import html
import json
import re
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.test_serve import Served, free_port, run
from tests.newsroom import SETTINGS
from tests.workflows.articles import article

pytestmark = pytest.mark.long
SALMA = "Salma@example.com"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    inbox = tmp_path / "inbox"
    (inbox / "articles").mkdir(parents=True)
    (inbox / "newsroom.toml").write_bytes(SETTINGS)
    (inbox / "articles" / "essai.md").write_text(article("Un essai"))
    press = Served(inbox, free_port())
    press.wait(lambda: press.shows("/", "Un essai"))
    yield press
    press.process.kill()
    press.process.wait()


def post(press: Served, path: str, **fields: str) -> tuple[str, str]:
    """Where a form leads, and what is there."""
    url = f"http://127.0.0.1:{press.port}{path}"
    with urllib.request.urlopen(url, data=urllib.parse.urlencode(fields).encode(), timeout=20) as answer:
        return urllib.parse.urlsplit(answer.url).path, answer.read().decode()


def page(press: Served, path: str) -> str:
    found = press.get(path)
    assert found is not None, f"{path}: {press.log.read_text()}"
    return found


def mails(press: Served) -> list[str]:
    """The paths of the mails, newest first."""
    return list(dict.fromkeys(re.findall(r'<li><a href="(/_mail/[^"]+)"', page(press, "/_mail/"))))


def wait_for_mail(press: Served, count: int) -> str:
    """The newest mail, as soon as there are so many."""
    press.wait(lambda: len(mails(press)) >= count)
    found = mails(press)
    assert len(found) == count
    return found[0]


def link(mail: str, purpose: str) -> str:
    """The path behind a link of a mail."""
    found = re.search(rf'href="(/api/newsletter/{purpose}\?[^"]+)"', mail)
    assert found, mail
    return html.unescape(found[1])


def newsletter(press: Served, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("newsletter", *arguments, "--inbox", str(press.inbox))


def sign_up(press: Served) -> str:
    """Signs up with the fields of the form in the footer; answers the path of the confirmation's mail."""
    form = re.search(r'<form class="newsletter".*?</form>', page(press, "/"), re.DOTALL)
    assert form
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))
    before = len(mails(press))
    where, _ = post(press, "/api/newsletter/subscriptions", email=SALMA, consent="yes", website="", **hidden)
    assert where == "/newsletter/pending/"
    return wait_for_mail(press, before + 1)


def confirm(press: Served, mail: str) -> None:
    path = link(page(press, mail), "confirm")
    assert link(page(press, f"{mail}/html"), "confirm") == path
    assert "<button" in page(press, path), "looking changes nothing"
    assert post(press, path)[0] == "/newsletter/confirmed/"


def state_of(press: Served) -> str:
    done = newsletter(press, "export", SALMA)
    assert done.returncode == 0, done.stderr
    return str(json.loads(done.stdout)["state"])


def test_from_the_form_in_the_footer_to_the_issue_and_out_again(served: Served) -> None:
    assert "No mail yet" in page(served, "/_mail/")
    mail = sign_up(served)
    assert SALMA in page(served, mail)
    assert state_of(served) == "pending"
    confirm(served, mail)
    assert state_of(served) == "confirmed"
    assert "Un essai" in newsletter(served, "preview").stdout
    assert "<h2" in newsletter(served, "preview", "--html").stdout
    assert "Un essai" in page(served, "/_mail/preview")
    post(served, "/_mail/issue")
    issue = wait_for_mail(served, 2)
    assert "Un essai" in page(served, f"{issue}/html")
    assert "List-Unsubscribe=One-Click" in page(served, issue)
    assert newsletter(served, "preview").returncode == 2, "nothing is new"
    assert "Nobody waits" in post(served, "/_mail/issue")[1]
    goodbye = link(page(served, f"{issue}/html"), "unsubscribe")
    assert "<button" in page(served, goodbye)
    assert state_of(served) == "confirmed", "looking changes nothing"
    assert [post(served, goodbye)[0] for _ in range(2)] == ["/newsletter/unsubscribed/"] * 2
    assert state_of(served) == "unsubscribed"
    assert len(mails(served)) == 2, "an issue is sent once"


def test_one_click_of_a_mail_reader_is_enough_and_an_erased_address_is_nowhere(served: Served) -> None:
    confirm(served, sign_up(served))
    post(served, "/_mail/issue")
    goodbye = link(page(served, f"{wait_for_mail(served, 2)}/html"), "unsubscribe")
    path, said = post(served, goodbye, **{"List-Unsubscribe": "One-Click"})
    assert (path, said) == ("/api/newsletter/unsubscribe", "unsubscribed")
    assert newsletter(served, "erase", SALMA, "--yes").returncode == 0
    found = json.loads(newsletter(served, "export", SALMA).stdout)
    assert (found["state"], list(found["rows"])) == ("unsubscribed", ["state"])
    assert newsletter(served, "export", "nobody").returncode == 2
    log = served.log.read_text().lower()
    assert "salma" not in log
    assert "v1.k1" not in log


def test_what_is_not_in_the_mailbox_is_not_found(served: Served) -> None:
    for path in ("/_mail/nothing", "/_mail/nothing/html"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{served.port}{path}", timeout=5)
        with refused.value as answer:
            assert answer.code == 404
