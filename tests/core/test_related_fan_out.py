"""Who is told of an article: those whose box it enters or nearly enters, however crowded the archive is."""

from datetime import timedelta

from functions.core.related import BOX, Archive, fingerprint
from tests.bench.archive import articles

_NEARLY = BOX + 3


def test_an_article_tells_those_that_list_it_and_nobody_else() -> None:
    prints = [fingerprint(upload_id, article) for upload_id, article in articles(250, timedelta(minutes=40))]
    archive = Archive(prints)
    lists = {host.id: {each.id for each in archive.rank(host, _NEARLY)} for host in prints}
    for guest in prints[::25]:
        assert archive.touched_by([guest]) == {host for host, listed in lists.items() if guest.id in listed}
