"""The picture of the architecture shows the template as it is."""

import re
import xml.etree.ElementTree as ET

from infra.diagram import PICTURE, architecture
from infra.drawing import draw
from infra.package import document

RESOURCES = document()["Resources"]
SHOWN = architecture(RESOURCES)


def test_the_picture_in_the_docs_is_that_of_the_template() -> None:
    assert PICTURE.read_text(encoding="utf-8") == draw(SHOWN), "run make diagram"


def test_every_function_has_a_row_with_what_wakes_it() -> None:
    functions = [name for name, each in RESOURCES.items() if each["Type"] == "AWS::Serverless::Function"]
    assert len(SHOWN.rows) == len(functions)
    assert all(row.wakes for row in SHOWN.rows)


def test_an_article_s_way_leads_through_both_queues_to_the_cdn() -> None:
    way = ("Inbox bucket", "Ingest queue", "Ingest", "Render queue", "Render", "Site bucket", "Distribution")
    assert SHOWN.way == way


def test_the_rows_say_what_the_roles_allow() -> None:
    rows = {row.function: row for row in SHOWN.rows}
    assert rows["Render"].uses["Site bucket"] == {"read", "write"}
    assert rows["Ingest"].wakes == ("Inbox bucket", "Ingest queue")
    assert rows["Ingest"].others == ("Again queue",)
    assert "and Again queue" in draw(SHOWN)
    assert rows["Clock"].uses.keys() == {"State bucket", "Ingest queue", "Render queue"}
    assert rows["Feedback"].wakes == ("Mail events", "Feedback topic", "Feedback queue")
    assert rows["Rebuild"].wakes == ("Rebuild state machine",)


def test_a_permission_taken_away_is_a_dot_less() -> None:
    before = draw(SHOWN).count('class="send"')
    fewer = {**RESOURCES, "ClockRole": {**RESOURCES["ClockRole"], "Properties": {"Policies": []}}}
    row = next(row for row in architecture(fewer).rows if row.function == "Clock")
    assert row.uses == {}
    without = SHOWN._replace(rows=tuple(row for row in SHOWN.rows if row.function != "Clock"))
    assert draw(without).count('class="send"') == before - 2


def test_the_picture_is_one_well_formed_file_that_fetches_nothing() -> None:
    text = draw(SHOWN)
    assert ET.fromstring(text).tag.endswith("svg")  # noqa: S314 - drawn a line above
    assert not re.search(r"href|@import|url\((?!#)", text)
    assert "prefers-color-scheme: dark" in text
