"""Python environments with the clients, in .build/client-environments: one a version, made once."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FOLDER = os.path.join(ROOT, ".build", "client-environments")
VERSIONS = ["1.96.3", "1.49.12"]


class CannotInstall(Exception):
    """The clients cannot be installed here; the text says why."""


def run(command):
    """Runs, and returns what it wrote; CannotInstall with the end of it where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise CannotInstall(done.stdout.strip()[-1500:])


def python(version):
    """The Python that has this version of the client; makes its environment where it is missing or out of date."""
    requirements = os.path.join(HERE, f"requirements-{version}.txt")
    folder = os.path.join(FOLDER, version)
    executable = os.path.join(folder, "bin", "python")
    mark = os.path.join(folder, "installed.txt")
    with open(requirements) as file:
        wanted = f"{sys.version}\n{file.read()}"
    if os.path.exists(mark) and os.path.exists(executable):
        with open(mark) as file:
            if file.read() == wanted:
                return executable
    print(f"Installing edgeimpulse-api {version} into {os.path.relpath(folder, ROOT)}", flush=True)
    try:
        run([sys.executable, "-m", "venv", "--clear", folder])
        run([executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2",
             "-r", requirements])
    except CannotInstall as error:
        raise CannotInstall(
            f"The official clients (edgeimpulse-api {version}) cannot be installed, so that nothing can be checked with"
            f" them.\nIs the Python package index reachable from here, and is python3-venv installed?\n\n{error}"
        ) from error
    with open(mark, "w") as file:
        file.write(wanted)
    return executable
