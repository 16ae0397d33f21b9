"""docker-compose.yml against what the code really starts: same processes, health checks, no secret inside."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from common.street.edition import StreetEdition
from common.street.places import ROOT

TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPLICATION = ("web", "worker", "beat", "migrate")


def test_every_part_is_there() -> None:
    """Web, worker, beat, PostgreSQL, Redis, reverse proxy, and the one-time migration."""
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis", "proxy"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check_and_comes_back(name: str) -> None:
    """A service without one would be called healthy while it hangs."""
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_the_web_runs_with_the_options_of_the_street_edition() -> None:
    """Both editions serve with the same server; only the address and how it is scaled differ."""
    ours = [option for option in StreetEdition()._gunicorn_options() if option.startswith("--")]
    names = {option.split("=")[0] for option in SERVICES["web"]["command"] if option.startswith("--")}
    assert names == set(ours)


def test_web_and_worker_can_be_scaled() -> None:
    """No fixed name or published port stands in the way of a second one."""
    for name in ("web", "worker"):
        assert "container_name" not in SERVICES[name]
        assert "ports" not in SERVICES[name]


@pytest.mark.parametrize("name", APPLICATION)
def test_the_application_runs_on_the_production_settings(name: str) -> None:
    """And keeps its uploads in a volume."""
    assert SERVICES[name]["environment"]["DJANGO_SETTINGS_MODULE"] == "config.settings.production"
    assert SERVICES[name]["volumes"] == ["evidence:/var/lib/qinghuan"]


def test_the_application_believes_exactly_our_own_proxy() -> None:
    """The proxy overwrites what a visitor sent, so the audit record names the visitor's address."""
    nginx = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in nginx
    assert {SERVICES[name]["environment"]["TRUSTED_PROXY_COUNT"] for name in APPLICATION} == {1}


def test_every_volume_is_declared() -> None:
    """What must survive a container is named."""
    used = {str(mount).split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert {name for name in used if re.fullmatch(r"[a-z]+", name)} == set(COMPOSE["volumes"])


def test_secrets_come_from_the_environment_and_have_no_default() -> None:
    """A forgotten secret stops the start; the example names every variable."""
    example = (ROOT / "deploy" / "env.example").read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "ALLOWED_HOSTS", "TLS_DIR"):
        assert f"${{{name}:?" in TEXT
        assert re.search(rf"^{name}=$", example, re.MULTILINE)
    for name in re.findall(r"\$\{([A-Z_]+):?", TEXT):
        assert f"{name}=" in example
