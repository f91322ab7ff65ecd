"""The page of a report that is not there: which cell, which error, what to do; no data."""

from sellerhealth.report.outcome import Failed
from sellerhealth.report.pages.page import environment, shell
from sellerhealth.show import numbers


def failure(failed: Failed) -> str:
    """The page as HTML."""
    job = failed.job
    template = environment().get_template("failed.html.j2")
    return template.render(
        failed=failed, job=job, day=numbers.day(job.as_of), up="/".join([".."] * len(job.folder.parts)), **shell({})
    )
