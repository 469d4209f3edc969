"""truebook serve and truebook work: the app and the worker as processes of their own, for bigger installations."""

from truebook.cli import running
from truebook.cli.database import data_folder, database_url
from truebook.kernel import settings as environment


def serve() -> None:
    """Answer HTTP requests (the jobs are run by `truebook work`)."""
    settings = environment.read()
    with database_url(settings) as url:
        running.run(running.serve(settings, url, data_folder(settings)))


def work() -> None:
    """Run jobs: answer messages, tell customers, give back holds that have run out."""
    settings = environment.read()
    with database_url(settings) as url:
        running.run(running.work(settings, url, data_folder(settings)))
