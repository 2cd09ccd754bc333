"""Loaded by the process that workers are forked off: they start with all rules and patterns in memory, shared.

A defect shows itself in the workers, where it is told file by file; this process must not end of it.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from types import ModuleType

# Nothing that is loaded here is let go of again. And the collector would write to every object and so copy what is
# shared: the workers leave all of it aside.
gc.disable()


def _load_spacy() -> None:
    """spaCy without the commands of its own that it loads along with itself: a third of its start, and never used."""
    commands, info = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    commands.__path__ = []
    vars(info)["info"] = None
    sys.modules.update({"spacy.cli": commands, "spacy.cli.info": info})
    try:
        import spacy  # noqa: F401
    finally:  # who asks for them gets them
        del sys.modules["spacy.cli"], sys.modules["spacy.cli.info"]


with contextlib.suppress(Exception):  # another version may need what is kept from it: then it is loaded as it is
    _load_spacy()

from cchc.pipeline import warm_up  # noqa: E402

with contextlib.suppress(Exception):
    warm_up()
gc.freeze()
gc.enable()
