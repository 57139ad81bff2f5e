"""The project: who answers, under which id, and which key opens it."""
import edgeimpulse_api

from report import equal, refused, true
from strict import Clients


def run(t):
    api, report = t.api.projects, t.report
    with report.method("ProjectsApi.list_projects"):
        projects = api.list_projects().projects
        equal([project.id for project in projects], [1], "projects of the key")
        true(projects[0].name, "the project has no name")

    with report.method("ProjectsApi.get_project_info"):
        info = api.get_project_info(1)
        equal(info.project.id, 1, "id")
        equal(info.impulse.created, True, "impulse.created")
        equal(sorted(info.data_summary.labels), ["idle", "snake", "updown", "wave"], "labels")
        equal(info.data_summary.data_count, 24, "recordings for training")
        refused(lambda: api.get_project_info(2), "2")

    with report.method("ProjectsApi.get_project_info_summary"):
        equal(api.get_project_info_summary(1).id, 1, "id")

    if report.has(api, "get_current_api_key_info"):
        with report.method("ProjectsApi.get_current_api_key_info"):
            equal(api.get_current_api_key_info().project_id, 1, "project of the key")

    with report.method("ProjectsApi.get_project_data_axes_summary"):
        axes = api.get_project_data_axes_summary(1).data_axis_summary
        equal(sorted(axes), ["accX", "accY", "accZ"], "axes")
        true(all(length % 10000 == 0 and length for length in axes.values()), f"milliseconds by axis: {axes}")

    with report.method("ProjectsApi.get_project_training_data_summary"):
        summary = api.get_project_training_data_summary(1).data_summary
        equal(summary.data_count, 24, "recordings")
        equal(sorted(summary.labels), ["idle", "snake", "updown", "wave"], "labels")

    with report.method("ProjectsApi.get_project_last_modification_date"):
        true(api.get_project_last_modification_date(1).last_modification_date, "no date")

    with report.method("ProjectsApi.get_project_recommended_data_interval"):
        equal(api.get_project_recommended_data_interval(1).interval_ms, 16, "interval")

    with report.method("ProjectsApi.list_devkeys"):
        equal(api.list_devkeys(1).success, True, "success")

    with report.method("ProjectsApi.get_socket_token"):
        true(api.get_socket_token(1).token.socket_token, "no token")

    with report.method("keys"):
        keys(t)


def keys(t):
    """Every way of showing the key is taken; none, and a wrong one, is 401."""
    for scheme in ("JWTHttpHeaderAuthentication", "JWTAuthentication"):
        equal(len(Clients(t.studio, scheme=scheme).projects.list_projects().projects), 1, scheme)
    cookie = Clients(t.studio, key=f"jwt={t.studio.key}", scheme="JWTAuthentication")
    equal(len(cookie.projects.list_projects().projects), 1, "cookie jwt=")
    bearer = t.studio.request(
        "GET", "/v1/api/projects", headers={"x-api-key": "", "Authorization": f"Bearer {t.studio.key}"})
    equal(bearer[0], 200, "status with a bearer token")
    denied = edgeimpulse_api.exceptions.UnauthorizedException
    for key in ("wrong", t.studio.key + "x", t.studio.key[:-1]):
        refused(Clients(t.studio, key=key).projects.list_projects, "401", kind=denied)
    for path in ("/v1/api/1", "/v1/api/1/dsp/2", "/v1/api/nothing", "/api/training/files"):
        equal(t.studio.request("GET", path, headers={"x-api-key": ""})[0], 401, f"status of {path} without a key")
