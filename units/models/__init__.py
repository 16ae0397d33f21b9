"""Who: areas, units, enterprises, people and what they may see."""

from units.models.areas import Area, Sector
from units.models.enterprises import Enterprise
from units.models.people import Membership, PasswordRecord, SavedView, User
from units.models.proposals import PolicyProposal, ProposalState, UnitProposal
from units.models.sessions import UserSession
from units.models.units import OfficeProfile, Unit

__all__ = [
    "Area",
    "Enterprise",
    "Membership",
    "OfficeProfile",
    "PasswordRecord",
    "PolicyProposal",
    "ProposalState",
    "SavedView",
    "Sector",
    "Unit",
    "UnitProposal",
    "User",
    "UserSession",
]
