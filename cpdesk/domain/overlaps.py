"""Products whose service another product contains: who has both pays for one of them in vain.

The pairs are facts of the shipped `contained.csv`, each with its source. It knows products that are sold often, and
of their editions only what is beyond doubt: a pair that is missing is a saving that is not found, a wrong one would
be bad advice.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Set

Contained = Mapping[str, Set[str]]
"""By GUID (lower case): the GUIDs of the products that contain this one."""


def read_contained(text: str) -> Contained:
    """The pairs of the shipped `contained.csv`.

    Raises ValueError if it is damaged: where a product contained itself, or two each other, none of them could go.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in csv.DictReader(io.StringIO(text)):
        found[line["guid"]].add(line["within_guid"])
    for guid, larger in found.items():
        if guid in larger or any(guid in found.get(other, ()) for other in larger):
            raise ValueError(f"{guid} is said to contain what contains it")
    return dict(found)
