"""`consistency` from the outside: what an authority's own numbers do not fit, in words and for programs."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
ROWS = [
    {"report_date": "2023-10-20", "report_source": "mohtel", "report_period": 24, "killed": 352, "killed_cum": 4137},
    {"report_date": "2023-10-21", "report_source": "mohtel", "report_period": 24, "killed": 248, "killed_cum": 4385},
    {"report_date": "2023-10-22", "report_source": "mohtel", "report_period": 24, "killed": 266, "killed_cum": 4741},
]


def test_an_addition_that_is_not_the_difference_of_the_total_is_shown(
    run: Run, answer: Callable[..., Any], tmp_path: Path
) -> None:
    series = tmp_path / "series.json"
    series.write_text(json.dumps(ROWS), encoding="utf-8")
    assert run("import", series, "--map", "techforpalestine-gaza-daily").exit_code == 0
    found = answer("consistency")
    (misfit,) = found["misfits"]
    assert (misfit["rule"], misfit["day"], misfit["difference"]) == ("additions_differ", "2023-10-22", 90)
    assert misfit["because"].endswith("the running total went from 4,385 to 4,741, by 356")
    assert [figure["count"]["best"] for figure in misfit["figures"]] == [266, 4385, 4741]
    assert found["checked"]["additions_differ"] == 2
    printed = run("consistency").stdout
    assert "266 Palestinians killed added in 24 hours" in printed
    assert "put 2 times, did not hold once" in printed


def test_where_everything_fits_only_the_number_of_checks_is_said(run: Run, tmp_path: Path) -> None:
    series = tmp_path / "series.json"
    series.write_text(json.dumps(ROWS[:2]), encoding="utf-8")
    assert run("import", series, "--map", "techforpalestine-gaza-daily").exit_code == 0
    assert "what does not fit" not in run("consistency").stdout
    assert "did not hold 0 times" in run("consistency").stdout
