"""What may stop the local press, sorted by who can put it right.

PressError            the person at the keyboard: a port, a folder, another press; the text says what to do
└── TemplateError     whoever edits template.yaml: something in it that the local press does not know
"""


class PressError(Exception):
    """The press cannot run; the message is for the person who started it (exit code 2)."""


class TemplateError(PressError):
    """The SAM template holds something that cannot be stood up on one machine; the message names where."""
