"""moto's answers to S3 requests, listings written directly: moto's own way takes a third of a millisecond a key."""

from typing import Any
from xml.sax.saxutils import escape

from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult
from moto.s3.responses import S3Response

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'


class PressS3Response(S3Response):
    """Answers as moto does, and faster where a press lives on it: ListObjectsV2."""

    def serialized(self, action_result: ActionResult) -> TYPE_RESPONSE:
        result = action_result.result
        if self.data.get("Action") != "ListObjectsV2" or not isinstance(result, dict):
            return super().serialized(action_result)
        body = "".join(_element(name, value) for name, value in result.items() if value is not None)
        return (
            200,
            {"Content-Type": "application/xml"},
            f"{_HEAD}<ListBucketResult {_NAMESPACE}>{body}</ListBucketResult>",
        )


def _element(name: str, value: Any) -> str:  # noqa: ANN401 - the leaves and branches of a document
    """The XML of a value; a list is its items side by side, as S3 has it."""
    if isinstance(value, list):
        return "".join(_element(name, each) for each in value)
    if isinstance(value, dict):
        return f"<{name}>{''.join(_element(*item) for item in value.items())}</{name}>"
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"<{name}>{escape(text)}</{name}>"
