"""What is counted and timed for those who operate an installation: how many, how fast, why not. Never who."""

from prometheus_client import Counter, Gauge, Histogram

REQUESTS = Counter("truebook_http_requests", "Answered requests", ["method", "route", "status"])
SECONDS = Histogram("truebook_http_seconds", "Time from request to answer", ["method", "route"])
BOOKINGS = Counter(
    "truebook_bookings",
    "What was done to appointments: book, hold, move, cancel …; whence; and how it ended",
    ["action", "channel", "outcome"],
)
REFUSALS = Counter("truebook_refusals", "Wishes that were refused, by reason", ["code", "channel"])
LIMITED = Counter("truebook_limited", "Requests that came too often, by the limit", ["limit"])

TURNS = Histogram(
    "truebook_turn_seconds",
    "Time that a turn of a conversation took, by where it is held",
    ["channel"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60),
)
MODEL_REQUESTS = Counter("truebook_model_requests", "Requests to the model that answers", ["model"])
MODEL_TOKENS = Counter("truebook_model_tokens", "What those requests took", ["model", "kind"])
MODEL_FALLBACKS = Counter(
    "truebook_model_fallbacks", "Turns that ended in a sentence of our own, by why", ["model", "why"]
)

JOB_SECONDS = Histogram(
    "truebook_job_seconds", "Time that a job took, by what it did and how it ended", ["task", "outcome"]
)
DATABASE = Gauge("truebook_database_up", "Whether the database could be asked for these figures")
JOBS = Gauge("truebook_jobs", "Jobs that are not done, by what they do and their status", ["task", "status"])
OLDEST = Gauge("truebook_jobs_oldest_seconds", "For how long the oldest such job is due", ["task", "status"])
PROMISES = Gauge("truebook_promises_open", "What was promised and is not kept yet, over all businesses", ["promise"])
PROMISES_OLDEST = Gauge("truebook_promises_oldest_seconds", "For how long the oldest such promise is open", ["promise"])
POOL = Gauge(
    "truebook_pool_connections", "Connections of this process to the database: open, and lying idle", ["state"]
)
POOL_WAITING = Gauge("truebook_pool_waiting", "Who waits for one of them just now")
