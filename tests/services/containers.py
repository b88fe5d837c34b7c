"""Podman in a folder of its own: a base image of Debian's packages, stand-ins under the official names, our own image.
Nothing comes from an image registry; pip is configured as on this machine."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import absent
from tests.services.site import CHECKOUT

STANDINS = CHECKOUT / "tests" / "services" / "standins"
BASE = "localhost/debian:12"
TIMES: list[tuple[str, float]] = []
"""What each step took, in order: shown when the run ends."""
NEEDED = ("podman", "runc", "debootstrap", "apt-get")


@contextmanager
def step(name: str) -> Iterator[None]:
    start = time.monotonic()
    yield
    TIMES.append((name, time.monotonic() - start))


class Podman:
    """All of its images, containers and networks are below `folder`, named after it, and leave with `close`."""

    def __init__(self, folder: Path, *, kept: bool = False) -> None:
        self.layers = f"--layers={str(kept).lower()}"
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.env = {**os.environ, "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf")}
        self.env["CONTAINERS_CONF"] = str(folder / "containers.conf")
        # The kernel's own overlay where there is one: a layer is then not a copy of all below it.
        driver = "overlay" if "\toverlay\n" in Path("/proc/filesystems").read_text() else "vfs"
        (folder / "storage.conf").write_text(
            f'[storage]\ndriver = "{driver}"\nrunroot = "{folder}/run"\ngraphroot = "{folder}/graph"\n'
        )
        # crun refuses hybrid cgroups, and without systemd nobody else manages them.
        (folder / "containers.conf").write_text(
            '[containers]\ndefault_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]\n'
            '[engine]\ncgroup_manager = "cgroupfs"\nruntime = "runc"\nevents_logger = "file"\n'
            f'[network]\nnetwork_backend = "netavark"\nnetwork_config_dir = "{folder}/networks"\n'
        )

    def __call__(self, *arguments: str, check: bool = True, timeout: float = 300, stdin: str = "") -> str:
        """Its output; `check=False` for what may fail."""
        done = subprocess.run(
            ["podman", "--log-level=error", *arguments], env=self.env, input=stdin, capture_output=True, text=True,
            timeout=timeout,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"podman {arguments}: {done.stderr[-3000:]} {done.stdout[-2000:]}"
        return done.stdout.strip()

    def succeeds(self, *arguments: str) -> bool:
        command = ["podman", "--log-level=error", *arguments]
        return subprocess.run(command, env=self.env, capture_output=True, timeout=120).returncode == 0

    def build(self, tag: str, dockerfile: Path, context: Path, *options: str) -> None:
        with step(f"image {tag}"):
            self(
                "build", self.layers, "--pull=never", "--network", "host", *options, "--file", str(dockerfile),
                "--tag", tag, str(context), timeout=900,
            )  # fmt: skip

    def clear(self) -> None:
        """Containers, volumes and networks go, images stay."""
        self("rm", "--all", "--force", "--time", "0", check=False)
        self("volume", "prune", "--force", check=False)
        self("network", "prune", "--force", check=False)

    def close(self) -> None:
        """Whatever happened: containers, their mounts and networks, then the files."""
        self.clear()
        for line in reversed(Path("/proc/self/mounts").read_text().splitlines()):
            if (place := line.split()[1]).startswith(f"{self.folder}/"):
                subprocess.run(["umount", "--lazy", place], check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def machine(self) -> Mapping[str, str]:
        """What pip needs of this machine (index, authority), as files to mount; podman passes proxies by itself."""
        lines = subprocess.run(["pip", "config", "list"], capture_output=True, text=True).stdout.splitlines()
        given = {key.rpartition(".")[2]: value.strip("'") for key, _, value in (line.partition("=") for line in lines)}
        mounts = {}
        if authority := given.get("cert"):
            mounts[authority] = given["cert"] = "/machine/authorities.crt"
        known = ("index-url", "extra-index-url", "trusted-host", "cert", "proxy", "default-timeout")
        text = "[global]\n" + "".join(f"{key} = {given[key]}\n" for key in known if key in given)
        (self.folder / "pip.conf").write_text(text)
        return {**mounts, str(self.folder / "pip.conf"): "/etc/pip.conf"}

    def machine_options(self) -> list[str]:
        return [f"--volume={here}:{there}:ro" for here, there in self.machine().items()]


def base_image(podman: Podman) -> None:
    """Debian's smallest set, from the mirror that this machine installs from."""
    if podman.succeeds("image", "exists", BASE):
        return
    root = podman.folder / "rootfs"
    with step("debootstrap"):
        targets = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(URI)"], capture_output=True, text=True, check=True
        ).stdout.split()
        mirror = next(uri.partition("/dists/")[0] for uri in targets if "/dists/bookworm/" in uri)
        subprocess.run(
            ["debootstrap", "--variant=minbase", "bookworm", str(root), mirror], capture_output=True, check=True
        )
    with step("base image"):
        subprocess.run(["tar", "-C", str(root), "-c", "-f", f"{root}.tar", "."], check=True)
        podman("import", f"{root}.tar", BASE)
        Path(f"{root}.tar").unlink()
        shutil.rmtree(root)


def checkout(folder: Path) -> Path:
    """The sources as a fresh clone has them, less history."""
    folder.mkdir()
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=CHECKOUT, capture_output=True, check=True).stdout
    pack = ["tar", "-c", "--null", "--files-from=-", "--ignore-failed-read"]
    packed = subprocess.run(pack, cwd=CHECKOUT, input=names, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def elasticsearch_home() -> Path:
    """What .ci/elasticsearch unpacked on this machine for the other tests."""
    folder = Path(os.environ.get("MEDINJOB_ELASTICSEARCH_DIR", "/var/tmp/medinjob-elasticsearch"))
    found = sorted(folder.glob("sonarqube-*/elasticsearch"))
    if not found:
        absent("Elasticsearch is absent: .ci/elasticsearch start")
    return found[-1]


def require_podman() -> None:
    if os.geteuid() != 0:
        absent("containers are tested as root")
    if missing := [name for name in NEEDED if not shutil.which(name)]:
        absent(f"{', '.join(missing)} absent: .ci/containers")
