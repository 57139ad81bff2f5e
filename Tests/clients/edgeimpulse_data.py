"""What the topics about `edgeimpulse.data` share: its settings, and a look at what arrived."""
import edgeimpulse


def prepare(studio):
    """Points the package at the server."""
    edgeimpulse.API_KEY = studio.key
    edgeimpulse.API_ENDPOINT = studio.address + "/v1"
    edgeimpulse.INGESTION_ENDPOINT = studio.address


def stored(t, sample):
    """A recording as the server describes it."""
    return t.api.raw.get_sample(1, sample).sample


def rows_of(t, sample):
    """A recording's values."""
    return t.api.raw.get_sample(1, sample).payload.values


def uploaded(result):
    """The ids of an upload without failures."""
    if result.fails:
        raise RuntimeError("; ".join(f"{fail.filename}: {fail.error}" for fail in result.fails))
    return [success.sample_id for success in result.successes]
