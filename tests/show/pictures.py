"""The specification of a chart, checked, and the rows it draws."""

import json


def whole(chart):
    """The specification: strict JSON, with a question, a line below it and what is to be seen in words."""
    spec = chart.to_dict()
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert spec["title"]["text"].strip().endswith("?")
    assert spec["title"]["subtitle"].strip()
    assert spec["description"].startswith(spec["title"]["text"])
    assert len(spec["description"]) > len(spec["title"]["text"]) + 2
    assert spec["description"].strip().endswith(".")
    assert not {"null", "nan", "inf"} & set(spec["description"].replace(",", " ").split())
    assert spec["width"] == "container"
    assert "http" not in json.dumps({key: part for key, part in spec.items() if key != "$schema"})
    return spec


def drawn(spec):
    """The rows behind a chart, all together."""
    return [row for rows in spec["datasets"].values() for row in rows]


def says(spec):
    """What is to be seen, in words."""
    return spec["description"].removeprefix(spec["title"]["text"]).strip()
