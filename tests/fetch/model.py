"""Amazon's published model of the Reports API: what a request and an answer must look like."""

import json
from typing import Any
from urllib.parse import unquote

import jsonschema

OF_THE_LIBRARY = {"MarketplaceId", "MarketplaceIds", "marketplace_ids", "marketplaceIds"}
"""Parameters that python-amazon-sp-api adds to every question it asks by GET; Amazon overlooks them."""


class Model:
    """The model, from its JSON (Swagger 2.0)."""

    def __init__(self, content: bytes) -> None:
        self.told = json.loads(content)

    def problems(
        self, method: str, path: str, query: dict[str, str], body: bytes, status: int, answer: bytes
    ) -> list[str]:
        """What is not as the model says, in a request to the Reports API and in its answer."""
        if not path.startswith("/reports/"):
            return []
        operation, given = self._operation(method, path)
        if operation is None:
            return [f"{method} {path} is not in the model"]
        found = [*self._parameters(operation, {**query, **given}), *self._body(operation, body)]
        response = operation["responses"].get(f"{status}")
        if response is None:
            return [*found, f"{method} {path}: the model has no answer {status}"]
        return [*found, *self._wrong(json.loads(answer or b"null"), response["schema"], f"answer {status}")]

    def _operation(self, method: str, path: str) -> tuple[Any, dict[str, str]]:
        steps = path.split("/")
        for pattern, operations in self.told["paths"].items():
            pairs = list(zip(pattern.split("/"), steps, strict=False))
            fits = len(pattern.split("/")) == len(steps)
            if fits and all(named.startswith("{") or named == step for named, step in pairs):
                given = {named.strip("{}"): unquote(step) for named, step in pairs if named.startswith("{")}
                return operations.get(method.lower()), given
        return None, {}

    def _parameters(self, operation: Any, given: dict[str, str]) -> list[str]:
        known = {one["name"]: one for one in operation["parameters"] if one["in"] != "body"}
        missing = [f"{name} is missing" for name, one in known.items() if one.get("required") and name not in given]
        return missing + [f"{name} is not in the model" for name in set(given) - set(known) - OF_THE_LIBRARY]

    def _body(self, operation: Any, body: bytes) -> list[str]:
        wanted = next((one for one in operation["parameters"] if one["in"] == "body"), None)
        if wanted is None:
            return ["there is a body, and the model has none"] if body else []
        told = json.loads(body)
        strange = set(told) - set(self.told["definitions"]["CreateReportSpecification"]["properties"])
        return [f"{name} is not in the model" for name in strange] + self._wrong(told, wanted["schema"], "request")

    def _wrong(self, told: object, schema: Any, where: str) -> list[str]:
        whole = {**schema, "definitions": self.told["definitions"]}
        check = jsonschema.Draft4Validator(whole, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
        return [f"{where}: {error.message}" for error in check.iter_errors(told)]
