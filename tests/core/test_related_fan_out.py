"""Who is told of an article: those on whose shortlist it stands, however crowded the archive is."""

from datetime import timedelta

from functions.core.related.archive import SHORTLIST, Archive
from functions.core.related.fingerprint import fingerprint
from tests.bench.archive import articles


def test_an_article_tells_those_that_list_it_and_nobody_else() -> None:
    prints = [fingerprint(upload_id, article) for upload_id, article in articles(250, timedelta(minutes=40))]
    signatures = {each.id: each.signature for each in prints}
    unaware = Archive.of(signatures)
    lists = {host.id: unaware.shortlist(host.id, host.signature) for host in prints}
    assert {len(listed.ids) for listed in lists.values()} == {SHORTLIST}
    archive = Archive.of(signatures, {id_: listed.edge for id_, listed in lists.items()})
    listing = {guest: {host for host, listed in lists.items() if guest in listed.ids} for guest in lists}
    told = {guest.id: archive.hosts_of(guest.id, [guest.signature]) for guest in prints}
    assert all(hosts <= told[guest] for guest, hosts in listing.items())
    as_close_as_the_last = sum(map(len, told.values())) - sum(map(len, listing.values()))
    assert as_close_as_the_last < 0.02 * sum(map(len, listing.values()))
