"""Loaded by the process that workers are forked off: they start with all rules and patterns in memory, shared.

A defect shows itself in the workers, where it is told file by file; this process must not end of it.
"""

from __future__ import annotations

import contextlib
import gc

from cchc.pipeline import warm_up

with contextlib.suppress(Exception):
    warm_up()
# The collector would write to every object and so copy what is shared.
gc.collect()
gc.freeze()
