"""The words of a training."""

from __future__ import annotations

from volunteer_cli.core.i18n import N_

TRAINING_STATUSES = {"valid": N_("valid"), "expired": N_("expired"), "voided": N_("voided")}
