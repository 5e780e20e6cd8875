"""Build the requests about those who call this service."""

from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.graph.calls.builders import AppRolesQuery, PrincipalRolesQuery
from shared.graph.calls.filters import LARGEST_PAGE, configured


def app_roles(api: GraphServiceClient, caller_id: str) -> tuple[RequestInformation, ...]:
    """GET .../appRoleAssignments of the user, and of the application, that may have this id."""
    of_user = AppRolesQuery(top=LARGEST_PAGE)
    of_app = PrincipalRolesQuery(top=LARGEST_PAGE)
    user = api.users.by_user_id(caller_id)
    app = api.service_principals.by_service_principal_id(caller_id)
    return (
        user.app_role_assignments.to_get_request_information(configured(of_user)),
        app.app_role_assignments.to_get_request_information(configured(of_app)),
    )
