"""The archive's documents: one row can be written anew without looking at the others."""

from hypothesis import given
from hypothesis import strategies as st

from functions.core.related.fingerprint import Signature
from functions.core.related.rows import NO_ROWS, Row, read_rows, rows_body, with_row

ids = st.text(st.sampled_from('ab"\\ !é\n,:{}'), max_size=4)
signatures = st.builds(Signature, st.sampled_from(["fr", "ar"]), ids, st.lists(ids, max_size=2).map(tuple))
rows = st.builds(Row, signatures, st.text(max_size=3), st.integers(0, 10**6))


@given(st.lists(st.tuples(ids, st.none() | rows), max_size=12))
def test_a_document_written_row_by_row_has_the_bytes_of_one_written_at_once(
    changes: list[tuple[str, Row | None]],
) -> None:
    body, there = NO_ROWS, {}
    for upload_id, row in changes:
        body = with_row(body, upload_id, row)
        there[upload_id] = row
        left = {id_: each for id_, each in there.items() if each}
        assert body == rows_body(left)
        assert read_rows(body) == left
