# The commands of the project. `make` alone lists them.
.DEFAULT_GOAL := help
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
SCALE ?= 1
VENV := .venv/bin

.PHONY: help setup setup-dev run test lint unit format bench audit lock clean

help: ## Affiche cette aide
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

setup:
	@$(PYTHON) scripts/bootstrap.py

setup-dev:
	@$(PYTHON) scripts/bootstrap.py --dev

run: setup ## Installe tout, charge la démonstration et sert le site (make run PORT=8080 HOST=0.0.0.0)
	@$(VENV)/python -m scripts.run --host $(HOST) --port $(PORT)

test: setup-dev ## Tous les contrôles et tous les tests, sur de vrais services (COVERAGE=1 : la couverture)
	@$(VENV)/python -m scripts.check

lint: setup-dev ## Les contrôles qui ne démarrent rien : ruff, djade, import-linter
	@$(VENV)/python -m scripts.check --lint

unit: ## Les tests seuls, avec DATABASE_URL et REDIS_URL donnés (make unit ARGS="tests/actors")
	@$(VENV)/python -m pytest $(ARGS)

format: setup-dev ## Met en forme le code et les gabarits
	@$(VENV)/ruff check --fix --quiet . ; $(VENV)/ruff format .
	@find templates -name '*.html' -exec $(VENV)/djade --target-version 5.2 {} + ; true

bench: setup-dev ## Mesure : PDF rapporté à WeasyPrint nu, requêtes des listes (make bench SCALE=10)
	@$(VENV)/python -m scripts.services $(VENV)/python -m scripts.bench --scale $(SCALE)

audit: setup-dev ## Cherche les failles connues des dépendances
	@$(VENV)/pip-audit --require-hashes --disable-pip -r requirements.txt

lock: setup-dev ## Met à jour uv.lock, puis les listes avec empreintes pour pip
	@$(VENV)/python -m scripts.lock

clean: ## Efface l’environnement et les données de développement
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
