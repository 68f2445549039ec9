"""A press in a process of its own, for tests that kill it: running_press.py TEMPLATE INBOX DATA."""

import sys
import time
from pathlib import Path

from infra.local.press import LocalPress
from infra.local.template import load

if __name__ == "__main__":
    template, inbox, data = map(Path, sys.argv[1:])
    with LocalPress(inbox, data, 0, 0, template=load(template)) as press:
        press.wait_until_quiet()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        time.sleep(60)
