"""What sheets of units, pairings, contacts, needs and actions may bring."""

from volunteer_cli.alliances.sheet.ledgers import ACTION_FIELDS, NEED_FIELDS, ActionWriter, NeedWriter
from volunteer_cli.alliances.sheet.members import UNIT_FIELDS, UnitWriter
from volunteer_cli.alliances.sheet.pairs import CONTACT_FIELDS, PAIRING_FIELDS, ContactWriter, PairingWriter
from volunteer_cli.core.i18n import N_
from volunteer_cli.intake.sheet import Sheet

UNITS = Sheet("units", N_("Units"), UNIT_FIELDS, UnitWriter)
PAIRINGS = Sheet("pairings", N_("Pairings"), PAIRING_FIELDS, PairingWriter)
CONTACTS = Sheet("contacts", N_("Contacts"), CONTACT_FIELDS, ContactWriter)
NEEDS = Sheet("needs", N_("Needs"), NEED_FIELDS, NeedWriter)
ACTIONS = Sheet("actions", N_("Actions"), ACTION_FIELDS, ActionWriter)
