"""Jobs: starting, following, listing, reading their log, cancelling."""
import datetime

import edgeimpulse_api as client

from report import equal, refused, true


def run(t):
    api, report = t.api.jobs, t.report
    with report.method("JobsApi.generate_features_job", "JobsApi.get_job_status"):
        job = api.generate_features_job(1, client.GenerateFeaturesRequest(dspId=2)).id
        state = t.finished(job)
        equal((state.id, state.finished_successful), (job, True), "job")
        refused(lambda: api.get_job_status(1, 99999), "99999")
        refused(lambda: api.generate_features_job(1, client.GenerateFeaturesRequest(dspId=77)), "77")
    with report.method("JobsApi.get_jobs_logs"):
        log = api.get_jobs_logs(1, job)
        true(log.stdout, "the log is empty")
        equal(log.total_count, len(log.stdout), "lines")
        equal(len(api.get_jobs_logs(1, job, limit=1).stdout), 1, "lines with a limit")
        refused(lambda: api.get_jobs_logs(1, 99999), "99999")
    with report.method("JobsApi.download_jobs_logs"):
        text = api.download_jobs_logs(1, job)
        for line in log.stdout:
            true(line.data.strip() in text, f"{line.data!r} is not in the downloaded log")
    with report.method("JobsApi.list_finished_jobs"):
        true(job in [entry.id for entry in api.list_finished_jobs(1).jobs], "the job is not listed as finished")
        equal(len(api.list_finished_jobs(1, limit=1).jobs), 1, "jobs with a limit")
    with report.method("JobsApi.list_all_jobs"):
        true(job in [entry.id for entry in api.list_all_jobs(1).jobs], "the job is not listed")
    with report.method("JobsApi.list_active_jobs"):
        equal(api.list_active_jobs(1).jobs, [], "active jobs")
    with report.method("JobsApi.get_jobs_summary"):
        now = datetime.datetime.now(datetime.timezone.utc)
        day = datetime.timedelta(days=1)
        true(api.get_jobs_summary(1, now - day, now + day).summary, "no summary")
    with report.method("JobsApi.cancel_job"):
        refused(lambda: api.cancel_job(1, 99999), "99999")
        started = [api.generate_features_job(1, client.GenerateFeaturesRequest(dspId=b)).id for b in (4, 2, 3)]
        last = started[-1]
        try:
            api.cancel_job(1, last)
        except Exception as error:
            true(api.get_job_status(1, last).job.finished, f"refused while the job runs: {error}")
        for number in started[:-1]:
            t.finished(number)
