"""The generated client, with every answer parsed a second time by its own models, strictly.

By themselves the clients build their models without any validation: required fields may be missing and types may be
wrong without anybody noticing. The check sits where answers are decoded, so it also holds for what `edgeimpulse` asks
through the client, and for what it asks with `requests`.
"""
import json
import re

import edgeimpulse_api
from edgeimpulse_api import models
from edgeimpulse_api.api_client import ApiClient

VERSION = edgeimpulse_api.__version__


class WrongAnswer(Exception):
    """An answer that the client's own model refuses."""


def strict_json(text):
    """JSON without the extensions that Python takes: NaN and infinities."""
    def refuse(word):
        raise WrongAnswer(f"the answer has a bare {word}, which is no JSON")
    return json.loads(text, parse_constant=refuse)


def parse(name, value):
    """A value in the model of that name; WrongAnswer tells what does not fit."""
    try:
        return getattr(models, name).parse_obj(value)
    except Exception as error:  # pydantic's own type differs between the client versions
        raise WrongAnswer(f"{name}: {error}") from error


def install():
    """Makes every client of this process strict."""
    plain = ApiClient.deserialize

    def deserialize(self, response, response_type):
        model = getattr(models, response_type, None) if isinstance(response_type, str) else None
        if model is not None and hasattr(model, "parse_obj"):
            value = strict_json(response.data)
            if not isinstance(value, dict) or type(value.get("success")) is not bool:
                raise WrongAnswer(f"{response_type}: no object with success")
            if not value["success"] and not isinstance(value.get("error"), str):
                raise WrongAnswer(f"{response_type}: a refusal without error")
            if value["success"]:
                parse(response_type, value)
        return plain(self, response, response_type)

    ApiClient.deserialize = deserialize
    try:
        import requests
    except ImportError:
        return
    plain_send = requests.Session.send

    def send(self, request, **options):
        response = plain_send(self, request, **options)
        check_plain_request(request, response)
        return response

    requests.Session.send = send


def check_plain_request(request, response):
    """What `edgeimpulse.data` reads without the generated client."""
    path = request.url.split("?")[0]
    if re.search(r"/api/\d+/raw-data/\d+$", path) and request.method == "GET" and response.status_code == 200:
        value = strict_json(response.text)
        if value["success"]:
            parse("GetSampleResponse", value)
    if re.search(r"/api/[a-z-]+/files$", path) and request.method == "POST" and response.status_code == 200:
        value = strict_json(response.text)
        for file in value["files"]:
            if type(file["success"]) is not bool or not isinstance(file["fileName"], str):
                raise WrongAnswer(f"upload: {file}")
            if file["success"] and type(file["sampleId"]) is not int:
                raise WrongAnswer(f"upload: sampleId of {file}")
            if not file["success"] and not isinstance(file.get("error"), str):
                raise WrongAnswer(f"upload: error of {file}")


class Clients:
    """The client's classes for one server."""

    def __init__(self, studio, key=None, scheme="ApiKeyAuthentication"):
        configuration = edgeimpulse_api.Configuration(host=studio.address + "/v1")
        configuration.api_key[scheme] = studio.key if key is None else key
        # Without it the newer client asks a server that is gone for eight minutes.
        configuration.retries = False
        self.client = ApiClient(configuration)
        self.dsp = edgeimpulse_api.DSPApi(self.client)
        self.raw = edgeimpulse_api.RawDataApi(self.client)
        self.projects = edgeimpulse_api.ProjectsApi(self.client)
        self.impulse = edgeimpulse_api.ImpulseApi(self.client)
        self.jobs = edgeimpulse_api.JobsApi(self.client)

    def latest_json(self):
        """The last answer as it came, before any model."""
        return json.loads(self.client.last_response.data)
