# Two commands matter: `make run` and `make test`. The rest is for those who work on the portal.
PYTHON ?= python3
BOOT = $(PYTHON) portal/bootstrap.py
VENV = .venv/bin

.PHONY: run test test-faults check bench messages vendor format clean

run: ## The portal with demonstration content on http://127.0.0.1:8000 (PORT= changes it)
	@$(BOOT) run

test: ## Everything needed to test, then the whole suite
	@$(BOOT) test $(ARGS)

test-faults: ## The long runs: killed workers, thousands of states, hostile files
	@$(BOOT) test-faults $(ARGS)

check: ## Lint, types, missing migrations, the library, deployment checks
	@$(BOOT) check

bench: ## Measured goals as ratios, e.g. ONLY=P1,P3; writes var/bench.json
	@$(BOOT) bench

messages: ## Bring portal/locale up to date with the sources (ARGS="--add fr" begins a language)
	@$(BOOT) messages $(ARGS)

vendor: ## Rebuild the committed CSS and JavaScript (needs Node; running the portal never does)
	cd portal/design && npm ci && npm run build

format: ## Format the code
	$(VENV)/ruff check --fix . && $(VENV)/ruff format .

clean: ## Forget the virtual environment and the demonstration's data
	rm -rf .venv var
