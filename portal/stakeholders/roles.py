"""The roles of staff, each a Django group that a migration makes; people may hold several."""

EDITOR = "Editors"
MODERATOR = "Moderators"
ANALYST = "Analysts"
STATE_DELEGATE = "State delegates"
ADMINISTRATOR = "Administrators"

ROLES = (EDITOR, MODERATOR, ANALYST, STATE_DELEGATE, ADMINISTRATOR)
