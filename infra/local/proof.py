"""Proof: every page of the press, printed with the templates as they lie on the disk, and thrown away."""

from collections import deque
from tomllib import TOMLDecodeError

from jinja2 import TemplateError, TemplateSyntaxError
from pydantic import ValidationError

from functions.bootstrap.desk import desk_of
from functions.bootstrap.files import template_files
from functions.bootstrap.press import press
from functions.core.errors import StaleBuild
from functions.core.mistakes import parse_phrases
from functions.core.site.house import make_house
from functions.workflows.editing import Editor
from functions.workflows.now import as_of, current_build
from functions.workflows.rebuild import site_pages, take_inventory


class BadTemplate(ValueError):
    """A template, a word list or an asset with which the site could not be printed; the text says what and where."""


def prove() -> None:
    """Raises BadTemplate at the first mistake. Nothing is written; before the first settings nothing is tried."""
    try:
        build, hour = current_build(press()), as_of(press())
    except StaleBuild:
        return
    if hour is None:
        return
    files = template_files.__wrapped__()
    editor = Editor(press().inbox, desk_of(build.settings), build)
    try:
        parse_phrases(files[f"locales/problems.{build.settings.newsroom.language}.toml"])
        inventory = take_inventory(editor, hour)
        deque(site_pages(inventory, None, make_house(build.settings, files)), maxlen=0)
    except TemplateSyntaxError as error:
        raise BadTemplate(f"line {error.lineno} of {error.name}: {error.message}") from error
    except ValidationError as error:
        problems = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
        raise BadTemplate("; ".join(problems)) from error
    except KeyError as error:
        raise BadTemplate(f"there is no {error}") from error
    except (TemplateError, TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTemplate(str(error)) from error
