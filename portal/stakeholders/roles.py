"""The roles of staff, each a Django group that a migration makes; people may hold several."""

EDITOR = "Editors"
MODERATOR = "Moderators"
ANALYST = "Analysts"
OFFICIAL = "Officials"
STATE_DELEGATE = "State delegates"
ADMINISTRATOR = "Administrators"

ROLES = (EDITOR, MODERATOR, ANALYST, OFFICIAL, STATE_DELEGATE, ADMINISTRATOR)
