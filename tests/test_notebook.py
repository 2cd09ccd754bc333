"""The notebook's cells run one after another on an archive, as a person would run them, without a notebook program."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from answers_truth import Truth, plant

from docs.make_notebook import notebook
from load.store import Store

FILE = Path(__file__).parents[1] / "docs" / "archive.ipynb"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    path = Path(tmp_path_factory.mktemp("archive")) / "x.db"
    with Store.open(path) as store:
        return path, plant(store)


def run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell; its last expression is what a notebook would show below it."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if isinstance(last, ast.Expr) else None


def test_every_cell_runs_and_says_what_was_planted(
    planted: tuple[Path, Truth], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, truth = planted
    monkeypatch.setenv("CCHC_DB", str(path))
    names: dict[str, Any] = {}
    cells = json.loads(FILE.read_text(encoding="utf8"))["cells"]
    shown = [run("".join(cell["source"]), names) for cell in cells if cell["cell_type"] == "code"]
    assert sum(one is not None for one in shown) >= 8
    assert all(len(one) for one in shown if isinstance(one, pd.DataFrame))
    lost = sum(truth.lost(*key) for key in truth.reasons)
    assert names["by_kind"]["sum"].sum() == pytest.approx(float(lost))
    assert len(names["promises"]) == len(truth.reasons)
    assert names["coverage"] == {"units": 12, "from drafts": 0, "to review": 0}


def test_the_file_is_the_one_that_is_written() -> None:
    assert FILE.read_text(encoding="utf8") == notebook()
