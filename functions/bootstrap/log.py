"""The log of every function."""

from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """Structured lines on stdout; POWERTOOLS_SERVICE_NAME and LOG_LEVEL are Powertools' own to read."""
    return Logger()
