from pathlib import Path

from infra.local.mirrored import place_of, put_back, take_away
from tests.infra.test_inbox import save


def test_files_are_put_back_and_taken_away_where_they_are_mirrored_from_and_nowhere_else(
    inbox: Path, tmp_path: Path
) -> None:
    path = place_of(inbox, "articles/2024/new/a.md")
    assert path is not None
    put_back(path, b"restored")
    assert [found.name for found in path.parent.iterdir()] == ["a.md"]
    assert path.read_bytes() == b"restored"
    secret = save(tmp_path, "secret.md")
    (inbox / "articles" / "outside").symlink_to(tmp_path)
    assert place_of(inbox, "articles/outside/secret.md") is None
    assert place_of(inbox, "articles/.a.md") is None
    take_away(inbox, ["articles/outside/secret.md", "articles/2024/new/a.md", "articles/never.md"])
    assert secret.exists()
    assert not path.exists()
