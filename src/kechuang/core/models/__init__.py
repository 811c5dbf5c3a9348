"""What the house stores for everybody: people, organisations, events, files, links, timetable, notices, search."""

from kechuang.core.models.centre import Centre
from kechuang.core.models.events import Event, EventHead, PersonalValue, RowShape, Seal
from kechuang.core.models.files import StoredFile
from kechuang.core.models.links import Link
from kechuang.core.models.organisations import Identifier, Organisation, OrganisationName
from kechuang.core.models.people import ApiToken, Deputy, Membership, Person, Role, Secrecy, User
from kechuang.core.models.requests import ServiceRequest
from kechuang.core.models.schedule import Schedule, ScheduleRun
from kechuang.core.models.search import SearchEntry
from kechuang.core.models.talk import Comment, Notice
from kechuang.core.models.views import SavedView

__all__ = [
    "ApiToken",
    "Centre",
    "Comment",
    "Deputy",
    "Event",
    "EventHead",
    "Identifier",
    "Link",
    "Membership",
    "Notice",
    "Organisation",
    "OrganisationName",
    "Person",
    "PersonalValue",
    "Role",
    "RowShape",
    "SavedView",
    "Schedule",
    "ScheduleRun",
    "Seal",
    "SearchEntry",
    "Secrecy",
    "ServiceRequest",
    "StoredFile",
    "User",
]
