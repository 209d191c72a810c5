"""What the house as a whole puts into the admin."""

from portal.dashboard import FaultsPanel, user_looks_after_the_house
from portal.web.dashboard import show_to

show_to(user_looks_after_the_house, FaultsPanel)
