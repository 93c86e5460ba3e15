"""One check that fails stops no other, and every failure is named."""

import json
import logging
import sys

from PySide6.QtCore import qVersion, qWarning

from cpdesk.selftest.listening import Listener
from cpdesk.selftest.results import Broken, Output, Result, document
from cpdesk.selftest.running import run


def good() -> str:
    return "three of three"


def broken() -> str:
    raise Broken("one is missing")


def bug() -> str:
    return str(1 // 0)


def noisy() -> str:
    qWarning("something odd")
    logging.getLogger("cpdesk").error("it failed")
    sys.stderr.write("Traceback\n")
    return "done"


def test_every_check_has_its_result(listener: Listener) -> None:
    with listener:
        results = list(run([("bug", bug), ("broken", broken), ("good", good)], listener))
        assert [(result.name, result.ok) for result in results] == [("bug", False), ("broken", False), ("good", True)]
        assert "ZeroDivisionError: integer division or modulo by zero" in results[0].detail
        assert "test_running.py" in results[0].detail
        assert [result.detail for result in results[1:]] == ["one is missing", "three of three"]


def test_a_check_that_says_anything_has_failed(listener: Listener) -> None:
    with listener:
        noise, after = run([("noisy", noisy), ("good", good)], listener)
        assert (noise.ok, noise.detail) == (False, "done")
        assert {output.source for output in noise.unexpected} == {"log", "qt", "output"}
        assert after.ok


def test_the_report_is_json_and_says_what_it_is_about() -> None:
    heard = Output("qt", "something odd")
    results = [Result("one", True, 0.25, ""), Result("two", False, 0.5, "", (heard,))]
    told = json.loads(json.dumps(document(results, qt=qVersion(), plugin="offscreen")))
    assert not told["ok"]
    assert told["seconds"] == 0.8
    assert told["checks"][1] == {
        "name": "two",
        "ok": False,
        "seconds": 0.5,
        "detail": "",
        "unexpected": [{"source": "qt", "text": "something odd"}],
    }
    for key in ("version", "python", "qt", "sqlite", "platform", "system"):
        assert told[key]


def test_a_report_without_checks_would_be_no_proof() -> None:
    assert not document([])["ok"]
