"""Runs use cases off the GUI thread, and asks for what has to happen by the clock."""

from cpdesk.domain.topics import EVERYTHING
from cpdesk.jobs.change_watcher import ChangeWatcher
from cpdesk.jobs.daily import Daily
from cpdesk.jobs.due_timer import DueTimer
from cpdesk.jobs.garbage import GarbageCollector
from cpdesk.jobs.inline import InlineJobs
from cpdesk.jobs.jobs import Jobs
from cpdesk.jobs.progress import Cancelled, Progress

__all__ = [
    "EVERYTHING",
    "Cancelled",
    "ChangeWatcher",
    "Daily",
    "DueTimer",
    "GarbageCollector",
    "InlineJobs",
    "Jobs",
    "Progress",
]
