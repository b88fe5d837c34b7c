"""deploy/compose.yaml run by podman: each key of the file becomes an option, and an unknown key is an error."""

import re
import resource
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.services.containers import Podman, step
from tests.services.site import wait_for

Service = dict[str, Any]
_VARIABLE = re.compile(r"\$(?:(\$)|\{(\w+)(?::(\?|-)([^}]*))?\})")
NOT_OPTIONS = {"image", "build", "command", "entrypoint", "depends_on", "stop_grace_period", "environment", "networks"}


def read_env_file(text: str) -> dict[str, str]:
    """`deploy/.env`: a value in single quotes is taken as it is."""
    found = re.findall(r"^([A-Z_]+)=(.*)$", text, re.MULTILINE)
    return {name: value[1:-1] if value.startswith("'") else value for name, value in found}


def interpolate(value: Any, given: dict[str, str]) -> Any:
    """`${NAME}`, `${NAME:?why}`, `${NAME:-default}` and `$$`, everywhere in the file."""
    if isinstance(value, dict):
        return {key: interpolate(part, given) for key, part in value.items()}
    if isinstance(value, list):
        return [interpolate(part, given) for part in value]
    if not isinstance(value, str):
        return value

    def replaced(match: re.Match[str]) -> str:
        dollar, name, sign, text = match.groups()
        if dollar:
            return "$"
        if found := given.get(name, ""):
            return found
        assert sign != "?", f"{name}: {text}"
        return text or ""

    return _VARIABLE.sub(replaced, value)


class Project:
    """One set of containers, networks and volumes, with names that begin with `name`."""

    def __init__(self, podman: Podman, file: Path, given: dict[str, str], name: str) -> None:
        self.podman, self.given, self.name, self.folder = podman, given, name, file.parent
        self.file = interpolate(yaml.safe_load(file.read_text(encoding="utf-8")), given)
        self.services: dict[str, Service] = self.file["services"]
        assert set(self.file) <= {"name", "services", "networks", "volumes", "x-app"}

    def make_networks(self) -> None:
        for name, options in self.file["networks"].items():
            assert set(options) <= {"internal"}
            internal = ["--internal"] if options.get("internal") else []
            self.podman("network", "create", *internal, self.full(name))

    def full(self, name: str) -> str:
        return f"{self.name}_{name}"

    def gateway(self, network: str) -> str:
        return self.podman("network", "inspect", self.full(network), "--format", "{{(index .Subnets 0).Gateway}}")

    def order(self) -> Iterator[str]:
        """Each service after all that it depends on."""
        done: list[str] = []
        while waiting := [name for name in self.services if name not in done]:
            ready = [name for name in waiting if set(self.services[name].get("depends_on", {})) <= set(done)]
            assert ready, f"a circle: {waiting}"
            yield from ready
            done += ready

    def up(self, *only: str) -> None:
        """As `docker compose up`: what a service depends on is healthy, or has ended well, before it starts."""
        for name in self.order():
            if only and name not in only:
                continue
            with step(f"{self.name}: {name}"):
                for other, on in self.services[name].get("depends_on", {}).items():
                    self._await(other, on["condition"])
                self.podman("run", "--detach", "--name", self.full(name), *self.arguments(name), timeout=120)

    def _await(self, name: str, condition: str) -> None:
        if condition == "service_healthy":
            wait_for(lambda: self.healthy(name), seconds=180, what=f"{name} to be healthy")
            return
        assert condition == "service_completed_successfully"
        code = self.podman("wait", self.full(name), timeout=300)
        assert code == "0", f"{name} ended with {code}: {self.logs(name)}"

    def run(self, name: str, *command: str, volume: str) -> str:
        """As `docker compose run --rm --volume`: another command with the settings of a service; its output."""
        return self.podman("run", "--rm", "--volume", volume, *self.arguments(name, list(command)), timeout=300)

    def arguments(self, name: str, command: list[str] | None = None) -> list[str]:
        service = self.services[name]
        options: list[str] = []
        for key, value in service.items():
            if key not in NOT_OPTIONS:
                options += OPTIONS[key](self, value)
        options += ["--read-only-tmpfs=false"] if service.get("read_only") else []
        for key, value in service.get("environment", {}).items():
            known = self.given.get(key) if value is None else value
            options += [] if known is None else ["--env", f"{key}={known}"]
        for network in service["networks"]:
            alias = f":alias={name}" if command is None else ""
            options += ["--network", f"{self.full(network)}{alias}"]
        entry = service.get("entrypoint", [])
        options += ["--entrypoint", entry[0]] if entry else []
        return [*options, service["image"], *entry[1:], *(command or service.get("command", []))]

    def healthy(self, name: str) -> bool:
        return self.podman.succeeds("healthcheck", "run", self.full(name))

    def execute(self, name: str, *command: str, stdin: str = "") -> str:
        return self.podman("exec", "--interactive", self.full(name), *command, stdin=stdin)

    def logs(self, name: str) -> str:
        done = subprocess.run(
            ["podman", "logs", "--tail", "40", self.full(name)], env=self.podman.env, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def kill(self, name: str) -> None:
        """SIGKILL to its first process, unseen by podman, as the kernel does when memory lacks: `restart` is to act."""
        pid = self.inspect(name, "{{.State.Pid}}")
        subprocess.run(["kill", "-KILL", pid], check=True)
        wait_for(lambda: self.inspect(name, "{{.State.Pid}}") not in (pid, "0"), what=f"{name} to start again")

    def inspect(self, name: str, what: str) -> str:
        return self.podman("inspect", self.full(name), "--format", what)

    def down(self) -> None:
        for name in reversed(list(self.order())):
            self.podman("rm", "--force", "--time", "10", "--ignore", self.full(name))


def _volumes(project: Project, values: list[str]) -> list[str]:
    options = []
    for value in values:
        source, rest = value.split(":", 1)
        place = str((project.folder / source).resolve()) if source.startswith(".") else project.full(source)
        assert source.startswith(".") or source in project.file["volumes"]
        options += ["--volume", f"{place}:{rest}"]
    return options


def _healthcheck(project: Project, check: Service) -> list[str]:
    """This podman takes a shell's line only."""
    kind, *words = check["test"]
    assert kind in ("CMD", "CMD-SHELL")
    line = words[0] if kind == "CMD-SHELL" else shlex.join(words)
    options = ["--health-cmd", line]
    names = {"interval": "interval", "timeout": "timeout", "start_period": "start-period"}
    for key, value in check.items():
        options += [] if key == "test" else [f"--health-{names[key]}", str(value)]
    return options


def _ulimits(_: Project, values: dict[str, int]) -> list[str]:
    """As much as this machine lets anybody set; the limits that podman adds by itself are above that."""
    assert set(values) == {"nofile"}
    files = min(values["nofile"], resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    return [f"--ulimit=nofile={files}:{files}", "--ulimit=nproc=4096:4096"]


def _each(option: str) -> Callable[[Project, Any], list[str]]:
    return lambda _, values: [f"{option}={value}" for value in (values if isinstance(values, list) else [values])]


OPTIONS: dict[str, Callable[[Project, Any], list[str]]] = {
    "restart": _each("--restart"),
    "tmpfs": _each("--tmpfs"),
    "cap_drop": _each("--cap-drop"),
    "security_opt": lambda _, values: [f"--security-opt={value.removesuffix(':true')}" for value in values],
    "mem_limit": _each("--memory"),
    "shm_size": _each("--shm-size"),
    "ports": _each("--publish"),
    "read_only": lambda _, value: ["--read-only"] if value else [],
    "ulimits": _ulimits,
    "volumes": _volumes,
    "healthcheck": _healthcheck,
}
