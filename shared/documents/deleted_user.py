"""A soft-deleted user as callers see it."""

from shared.documents.window import window_document
from shared.domain.json_values import Json, instant
from shared.domain.lists.deleted_users import SoftDeletedUser
from shared.domain.window import Window


def deleted_user_document(user: SoftDeletedUser, window: Window) -> Json:
    """The JSON document of a deleted user; times are RFC 3339 in UTC with `Z`."""
    return {
        "id": user.id,
        "userPrincipalName": user.user_principal_name,
        "displayName": user.display_name,
        "mail": user.mail,
        "userType": user.user_type,
        "onPremisesSyncEnabled": user.synced,
        "deletedAt": instant(user.deleted_at),
        "window": window_document(window),
        "skuIds": [item.sku_id for item in user.licenses],
    }
