"""What of communities may leave the office."""

from __future__ import annotations

from volunteer_cli.communities.models import Community
from volunteer_cli.core.exports import Export

#: The name is that of an office, and of nobody.
COMMUNITY = ("id", "code", "name", "kind", "archived_on")
EXPORTS = (Export(Community, COMMUNITY, community=Community.id),)
