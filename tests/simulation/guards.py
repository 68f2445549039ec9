"""The guards of the protocol, and what each looks like when it is gone.

A guard that a second layer backs up does no visible harm alone: it is taken away together with that layer.
"""

from tests.simulation import intakes, walks
from tests.simulation.mutation import Cut

_INGEST = "functions.workflows.ingest"
_RELATE = "functions.workflows.relate"
_RENDER = "functions.workflows.render"
_PRINTING = "functions.workflows.printing"
_LIST = "functions.workflows.print_list"
_ARTICLE = "functions.workflows.print_article"
_INSTALL = "functions.workflows.install"

RECORD_CAS = Cut(
    _INGEST,
    "_replace(press, keys.record(record.id), record.canonical(), stored)",
    "press.state.put(keys.record(record.id), record.canonical())",
)
STANDS = Cut(_INGEST, "if _stands(press, record):", "if True:")
_READ_RECORD = """\
        stored = press.state.get(keys.record(keys.id_of(key)))
        previous = legible(stored)
"""
_READ_VERSIONS = "        versions = press.inbox.versions(key)"
_VANISHED = " or _vanished(press, previous)\n"
PAGE_CAS = Cut(_PRINTING, "press.site.put(page, Condition(have.etags.get(page.key)))", "press.site.put(page, None)")
PAGE_DELETE_CAS = Cut(_PRINTING, "press.site.delete(key, Condition(have.etags[key]))", "press.site.delete(key, None)")
REVALIDATE = Cut(_RENDER, "forced = touched = True  # for all we know\n            continue", "return")
CONDITIONAL_CLEAR = Cut(
    _RENDER, "press.state.delete(keys.dirty(name), Condition(flag.etag))", "press.state.delete(keys.dirty(name), None)"
)
STALE_WRITER = Cut(
    _RENDER,
    "            _hand_over(press, name, touched=touched or wrote)\n            raise",
    "            raise",
)
FORCED = Cut(_RENDER, "if flag is None and not forced:", "if flag is None:")
SECOND_LAYERS = {
    STANDS: "nobody dies with a record untold",
    FORCED: "who comes again looks, flag or no flag",
    STALE_WRITER: "an old worker that printed over somebody says so",
    walks.WOKEN: "a walk that has come to a stop is woken",
}
_ANNOUNCE = "mark(press, (*groups_of(record), *groups_upstream(press, record)), record.ver, _page_first(record))"

GUARDS: dict[str, tuple[Cut, ...]] = {
    "the record is replaced only if nobody else did": (RECORD_CAS, STANDS),
    "the inputs are read after the record": (
        Cut(
            _INGEST,
            _READ_RECORD + _READ_VERSIONS + _VANISHED,
            f"{_READ_VERSIONS}\n{_READ_RECORD}        versions = versions{_VANISHED}",
        ),
    ),
    "ever: lists that showed an article are told": (
        Cut(
            "functions.core.groups",
            "groups_of_claims((*record.ever, *record.left_behind))",
            "groups_of_claims(record.claims)",
        ),
    ),
    "left: what other settings showed is cleaned up": (
        Cut(_INGEST, "edited.record.succeeding(previous) if previous else edited.record", "edited.record"),
    ),
    "flags are set after the markers": (
        Cut(_INGEST, "    nonce = press.nonce().encode()\n", f"    {_ANNOUNCE}\n    nonce = press.nonce().encode()\n"),
        Cut(_INGEST, f"stored}})\n    {_ANNOUNCE}", "stored})"),
    ),
    "a flag never has the ETag of another one": (
        Cut("functions.workflows.dirty", "nonce.encode() for group, nonce", "b'1' for group, nonce"),
    ),
    "a wake-up is never taken for another one": (
        Cut(
            "functions.workflows.dirty",
            "press.queues.ask_renders(nonces)",
            "press.queues.ask_renders({group: group for group in nonces})",
        ),
    ),
    "a marker never has the ETag of another one": (Cut(_INGEST, "nonce = press.nonce().encode()", "nonce = b'1'"),),
    "handlers delete no marker of a place that was claimed": (
        Cut(
            _INGEST,
            "    if record.left_behind:",
            "    for claim in set(record.ever) - set(record.claims):\n"
            "        press.state.delete(claim.marker(record.id), None)\n"
            "    if record.left_behind:",
        ),
    ),
    "the flag is cleared last": (
        Cut(
            _RENDER,
            "            wrote = _print(press, house_of, group, again=forced)\n            if _clear(press, name, flag):\n",
            "            cleared = _clear(press, name, flag)\n"
            "            wrote = _print(press, house_of, group, again=forced)\n            if cleared:\n",
        ),
        FORCED,
    ),
    "only the flag that was read is cleared": (CONDITIONAL_CLEAR,),
    "who was overtaken looks again": (REVALIDATE,),
    "related boxes are told": (
        Cut(
            _RELATE,
            "{upload_id, *shelves.archive.hosts_of(upload_id, record.signatures)}",
            "{upload_id}",
        ),
    ),
    "versions in other languages are told": (Cut(_RELATE, "{*hosts, *relatives}", "hosts"),),
    "an article is in the archive before others are told": (
        Cut(
            _RELATE,
            "        if not says_the_same(shelf.volume.row(upload_id), wanted):\n"
            "            _put(press, upload_id, shelf, _filed(press, upload_id, shelf.volume, record))\n"
            "            wrote = True  # for all we know\n"
            "        standing, hosts = look(press, partial(_row_and_hosts, record, upload_id))\n"
            "        if says_the_same(standing, wanted):\n",
            "        _, hosts = look(press, partial(_row_and_hosts, record, upload_id))\n"
            "        if not says_the_same(shelf.volume.row(upload_id), wanted):\n"
            "            _put(press, upload_id, shelf, _filed(press, upload_id, shelf.volume, record))\n"
            "            wrote = True  # for all we know\n"
            "        if True:\n",
        ),
    ),
    "a row is written only if nobody else did": (
        Cut(
            _RELATE,
            "press.state.put(document, volume.postings.body, Condition(shelf.etag))",
            "press.state.put(document, volume.postings.body)",
        ),
    ),
    "who may have gone by an edge that was too high is looked for": (
        Cut(_RELATE, "    return edge < row.edge\n", "    return False\n"),
    ),
    "an edge that became too high is lowered": (
        Cut(_RELATE, "or row.edge <= edge <= row.edge * _SLACK:", "or edge <= row.edge * _SLACK:"),
    ),
    "a page is written only if nobody else did": (PAGE_CAS, PAGE_DELETE_CAS),
    "what stands is looked at before the inputs": (
        Cut(_LIST, "    have = _standing(press, group)\n    build", "    build"),
        Cut(
            _LIST,
            "    return put_changed(press, list_pages",
            "    have = _standing(press, group)\n    return put_changed(press, list_pages",
        ),
        STALE_WRITER,
    ),
    "who needs an image says so before looking": (
        Cut(
            _INGEST,
            "        press.state.put_many({keys.need(image, upload_id): press.nonce().encode() for image in awaited})\n"
            "        return look_at_images(press.inbox, editor.desk, images, known)\n",
            "        found = look_at_images(press.inbox, editor.desk, images, known)\n"
            "        press.state.put_many({keys.need(image, upload_id): press.nonce().encode() for image in awaited})\n"
            "        return found\n",
        ),
    ),
    "the record is looked at on both sides of its pages": (
        Cut(_ARTICLE, "if now is None or now.etag != before.etag:", "if now is None:"),
    ),
    "a remembered page is looked at before it is believed": (
        Cut(_PRINTING, "    if wrong:\n        raise", "    if False:\n        raise"),
    ),
    "an item counts only under its marker's ETag": (
        Cut("functions.workflows.lists", "and items[marker.key].etag == marker.etag", ""),
    ),
    "the build is read after what stands": (
        Cut(
            _LIST,
            "    have = _standing(press, group)\n    build, house = in_force(press, house_of)\n",
            "    build, house = in_force(press, house_of)\n    have = _standing(press, group)\n",
        ),
        STALE_WRITER,
    ),
    "an old worker that printed over somebody says so": (STALE_WRITER,),
    "who comes again looks, flag or no flag": (FORCED,),
    "an old worker does not turn the press back": (
        Cut(_INSTALL, "if before and before.build.code != press.code and not deployed:", "if False:"),
    ),
    "settings that come while others are installed are found": (
        Cut(
            _INSTALL,
            "            _put_in_force(press, wanted, before, stored)\n",
            "            _put_in_force(press, wanted, before, stored)\n            return wanted\n",
        ),
    ),
    "a build that comes back is another build": (
        Cut(_INSTALL, "settings=settings, nonce=press.nonce())", "settings=settings)"),
    ),
    "categories of former settings are remembered": (
        Cut(
            _INSTALL,
            "(*standing_groups(build.settings), *(before.groups if before else ()))",
            "standing_groups(build.settings)",
        ),
    ),
    "a deletion that comes too late meets another marker": (
        Cut(
            "functions.workflows.prune",
            "press.state.delete(marker, Condition(standing[marker]))",
            "press.state.delete(marker, None)",
        ),
    ),
    "the clock never goes back": (
        Cut(
            "functions.workflows.now",
            "if (standing := _hour(stored)) and standing >= now:",
            "if (standing := _hour(stored)) and standing == now:",
        ),
        Cut("functions.workflows.now", "Condition(stored.etag if stored else None))", "None)"),
    ),
    "a receipt is replaced only if nobody else did": (
        Cut(
            _INGEST,
            "_replace(press, keys.receipt(receipt.id, receipt.ver), receipt.canonical(), answered)",
            "press.state.put(keys.receipt(receipt.id, receipt.ver), receipt.canonical())",
        ),
        STANDS,
    ),
    "nobody dies with a record untold": (STANDS,),
    "who has a text looks for it again once it is known to have it": (
        Cut(_INGEST, "            compare_again(press, record)\n", ""),
    ),
    "an image is awaited under all spellings of its name": (
        Cut("functions.core.keys", "{NEEDS}{one_name(image_key)}", "{NEEDS}{image_key}"),
    ),
    "an image's version is part of the record": (
        Cut(
            "functions.workflows.editing",
            "images={key: ver for each in reversed(settled.seen.values()) for key, ver in each.newest.items()},",
            "images={},",
        ),
    ),
    **intakes.GUARDS,
    **walks.GUARDS,
}
