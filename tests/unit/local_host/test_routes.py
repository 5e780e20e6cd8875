"""Route templates of HTTP triggers."""

import pytest

from infra.local.host.web.routes import Route, RouteError


@pytest.mark.parametrize(
    ("template", "path", "expected"),
    [
        ("restores", "/api/restores", {}),
        ("restores", "/API/Restores/", {}),
        ("restores", "/api/restores/1", None),
        ("restores/{id}", "/api/restores/7", {"id": "7"}),
        ("restores/{id}", "/api/restores/", None),
        ("restores/{id}/cancel", "/api/restores/7/cancel", {"id": "7"}),
        ("restores/{id}", "/api/restores/a%20b%C3%A9", {"id": "a bé"}),
        ("restores/{id}", "/api/restores/a%2Fb", {"id": "a%2Fb"}),
        ("items/{id:int}", "/api/items/12", {"id": "12"}),
        ("items/{id:int}", "/api/items/twelve", None),
        ("items/{id?}", "/api/items", {}),
        ("items/{id?}", "/api/items/1", {"id": "1"}),
        ("files/{*path}", "/api/files/a/b", {"path": "a/b"}),
        ("report-{year}.{kind}", "/api/report-2026.csv", {"year": "2026", "kind": "csv"}),
        ("a.b", "/api/aXb", None),
    ],
)
def test_template_matches_as_in_asp_net(
    template: str, path: str, expected: dict[str, str] | None
) -> None:
    """A template gives its decoded parameters, or None for another path."""
    assert Route("api", template).match(path) == expected


def test_route_without_prefix_starts_at_the_root() -> None:
    """An empty routePrefix leaves the template alone."""
    assert Route("", "health").match("/health") == {}


def test_literal_comes_before_parameter() -> None:
    """Of two templates that match, the more literal one is served."""
    templates = ["{*rest}", "{kind}/{id}", "users/{id}", "users/{id:int}", "users/me"]

    ordered = sorted(templates, key=lambda template: Route("api", template).precedence)

    assert ordered == ["users/me", "users/{id:int}", "users/{id}", "{kind}/{id}", "{*rest}"]


@pytest.mark.parametrize("template", ["{id:regex}", "{unclosed", "{id:min(3)}"])
def test_template_not_understood_is_refused(template: str) -> None:
    """A template this host cannot serve is a fault at start, not a 404 later."""
    with pytest.raises(RouteError):
        Route("api", template)


def test_admin_route_at_the_root_is_refused() -> None:
    """Routes of the host itself cannot be taken."""
    with pytest.raises(RouteError, match="built in routes"):
        Route("", "admin/x")
