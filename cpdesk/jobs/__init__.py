"""Runs use cases off the GUI thread, and asks for what has to happen by the clock."""

from cpdesk.jobs.change_watcher import EVERYTHING, ChangeWatcher
from cpdesk.jobs.due_timer import DueTimer
from cpdesk.jobs.garbage import GarbageCollector
from cpdesk.jobs.inline import InlineJobs
from cpdesk.jobs.jobs import Jobs
from cpdesk.jobs.progress import Cancelled, Progress

__all__ = ["EVERYTHING", "Cancelled", "ChangeWatcher", "DueTimer", "GarbageCollector", "InlineJobs", "Jobs", "Progress"]
