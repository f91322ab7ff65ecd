# Two commands are the whole set-up: `make report` and `make test`. Both make .venv by themselves.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: report test check lab lesson bench scale fuzz drill truth lock demo docs clean

report: $(READY)  ## HTML reports of every account under data/, into reports/
	$(BIN)/sellerhealth report

test: $(READY)  ## all tests, on all cores
	$(BIN)/python -m pytest -n auto --dist loadfile

check: $(READY)  ## lint, types, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto --dist loadfile

lab: $(READY)  ## JupyterLab, on the page for newcomers
	cd notebooks && ../$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/00_start_here.ipynb

lesson: $(READY)  ## pages for new staff, into lessons/
	$(BIN)/sellerhealth lesson

fuzz: $(READY)  ## 50,000 random and damaged files, about half an hour
	SELLERHEALTH_FUZZ=50000 $(BIN)/python -m pytest -q -n auto tests/bad_input/test_fuzz.py

drill: $(READY)  ## kill, stop, fill and break 300 batches, and see that each tells the truth and goes on; about an hour
	$(BIN)/python -m tests.drills --number 300 --seed 1

truth: $(READY)  ## forecasts, paths, causes and alarms beside 500 generated sellers, and how often what was said came true; an hour
	SELLERHEALTH_TRUTH=500 $(BIN)/python -m pytest -q -n auto --dist loadfile tests/measure tests/truth tests/facts tests/learn
	$(BIN)/python -m tests.truth.calibration

scale: $(READY)  ## memory and speed of reading a 1 GB file, beside DuckDB
	$(BIN)/python -m tests.bench.scale

bench: $(READY)  ## a million orders beside DuckDB, a hundred accounts beside papermill's and nbconvert's commands
	$(BIN)/python tests/bench/million.py
	$(BIN)/python -m tests.bench.batch

demo: $(READY)  ## write the demo accounts again, from their seed
	$(BIN)/sellerhealth demo

lock:  ## take up new versions: the lock, and the constraints made from it
	$(BIN)/uv pip compile pyproject.toml --universal --all-extras --group dev --generate-hashes --no-header --upgrade -o requirements.lock
	$(BIN)/python tests/ground/constraints.py > constraints.txt

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $(READY)

clean:  ## forget everything that can be made again
	rm -rf .venv reports/[0-9]* reports/index.html data/*/.store

docs: $(READY)  ## the tables of README.md and data/README.md, from the code
	$(BIN)/python -m tests.ground.documents
