"""The set-up and the project's papers: what `./run`, the locks and the pages promise.

Smallest fixture: a copy of `run` in an otherwise empty project, with a Python that is a shell
script. It writes down what it was asked, so no test here installs anything.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = sorted(ROOT.glob("requirements-*.lock"))
SHELLS = [name for name in ("dash", "bash", "sh") if shutil.which(name)]

FAKE_PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$FAKE_LOG"
case "$*" in
    *"import sys; sys.exit"*) exit "${FAKE_TOO_OLD:-0}" ;;
    *"import ensurepip"*) exit "${FAKE_NO_VENV:-0}" ;;
    "-m venv "*)
        mkdir -p "$3/bin"
        cp "$0" "$3/bin/python"
        : >"$3/pyvenv.cfg"
        ;;
    *install*--editable*)
        echo "chatter of the installer"
        [ ! -e "$FAKE_LOG.broken" ] || exit 1
        sleep "${FAKE_SLOWNESS:-0}"
        cp "$FAKE_PROGRAM" "${0%/*}/fairweather"
        ;;
    *"uv pip install"*) exit "${FAKE_UV_FAILS:-0}" ;;
esac
"""

FAKE_PROGRAM = """#!/bin/sh
printf 'answer in %s:' "$PWD"
printf ' <%s>' "$@"
printf '\\n'
exit 10
"""


@dataclass(frozen=True)
class Checkout:
    """A project with nothing in it but the set-up, and a fake Python 3.11 on the path."""

    root: Path
    log: Path
    env: dict[str, str]

    def start(
        self, *words: str, shell: str = "sh", cwd: Path | None = None, **env: str
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [shell, str(self.root / "run"), *words],
            cwd=cwd or self.root,
            env={**self.env, **env},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(
        self, *words: str, shell: str = "sh", cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        process = self.start(*words, shell=shell, cwd=cwd, **env)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(words, process.returncode, out, err)

    def asked(self, words: str) -> int:
        """How often Python was asked for something that holds these words."""
        return self.log.read_text().count(words) if self.log.exists() else 0


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    root = tmp_path / "a checkout"
    tools = tmp_path / "tools"
    root.mkdir()
    tools.mkdir()
    shutil.copy(ROOT / "run", root / "run")
    (root / "pyproject.toml").write_text("[project]\n")
    for lock in ("installer", "core", "dev"):
        (root / f"requirements-{lock}.lock").write_text(f"# {lock}\n")
    python = tools / "python3.11"
    python.write_text(FAKE_PYTHON)
    python.chmod(0o755)
    program = tools / "program"
    program.write_text(FAKE_PROGRAM)
    program.chmod(0o755)
    for name in ("sh", "cat", "cmp", "cp", "ls", "mkdir", "mv", "rm", "sleep", "readlink"):
        (tools / name).symlink_to(str(shutil.which(name)))
    for name in SHELLS:
        if not (tools / name).exists():
            (tools / name).symlink_to(str(shutil.which(name)))
    env = {
        "PATH": str(tools),
        "HOME": str(tmp_path),
        "FAKE_LOG": str(tmp_path / "asked"),
        "FAKE_PROGRAM": str(program),
    }
    return Checkout(root, tmp_path / "asked", env)


# --- ./run ----------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", SHELLS)
def test_a_verb_keeps_directory_words_and_exit_code_and_set_up_talks_apart(
    checkout: Checkout, tmp_path: Path, shell: str
) -> None:
    caller = tmp_path / "somewhere else"
    caller.mkdir()
    answer = checkout.run("find", "two words", "", shell=shell, cwd=caller)
    assert answer.returncode == 10
    assert answer.stdout == f"answer in {caller}: <find> <two words> <>\n"
    assert "chatter of the installer" in answer.stderr


def test_help_needs_no_python(checkout: Checkout) -> None:
    answer = checkout.run("help")
    assert answer.returncode == 0
    for verb in ("demo", "test", "check", "bench", "docs", "lock"):
        assert f"./run {verb}" in answer.stdout
    assert not checkout.log.exists()


def test_a_second_call_starts_no_python_of_its_own(checkout: Checkout) -> None:
    checkout.run("demo")
    checkout.log.unlink()
    answer = checkout.run("demo")
    assert answer.stderr == ""
    assert not checkout.log.exists()


@pytest.mark.parametrize("changed", ["pyproject.toml", "requirements-core.lock"])
def test_a_changed_project_is_set_up_again(checkout: Checkout, changed: str) -> None:
    checkout.run("demo")
    with (checkout.root / changed).open("a") as file:
        file.write("# changed\n")
    (checkout.root / "requirements-dev.lock").write_text("# changed\n")
    checkout.run("demo")
    assert checkout.asked("--editable") == 2
    assert checkout.asked("-m venv") == 1


def test_an_environment_for_tests_serves_the_verbs_too(checkout: Checkout) -> None:
    checkout.run("test")
    assert checkout.asked("-m pytest -n 2") == 1
    checkout.run("demo")
    assert checkout.asked("--editable") == 1


def test_a_moved_checkout_is_set_up_again(checkout: Checkout, tmp_path: Path) -> None:
    checkout.run("demo")
    moved = Checkout(tmp_path / "moved", checkout.log, checkout.env)
    checkout.root.rename(moved.root)
    assert moved.run("demo").returncode == 10
    assert checkout.asked("--editable") == 2


def test_a_set_up_cut_short_is_done_again(checkout: Checkout) -> None:
    broken = Path(f"{checkout.log}.broken")
    broken.touch()
    failed = checkout.run("demo")
    assert failed.returncode == 69
    assert failed.stdout == ""
    assert "could not be installed" in failed.stderr
    broken.unlink()
    assert checkout.run("demo").returncode == 10


def test_two_runs_at_once_set_up_once(checkout: Checkout) -> None:
    runs = [checkout.start("demo", FAKE_SLOWNESS="1") for _ in range(2)]
    talk = [run.communicate(timeout=30)[1] for run in runs]
    assert [run.returncode for run in runs] == [10, 10]
    assert checkout.asked("--editable") == 1
    assert sum("waiting for it" in words for words in talk) == 1


def test_the_lock_of_a_run_that_died_is_broken(checkout: Checkout) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    lock = checkout.root / ".venv" / ".fairweather" / "lock"
    lock.mkdir(parents=True)
    (lock / "pid").write_text(f"{gone.pid}\n")
    assert checkout.run("demo").returncode == 10
    assert not lock.exists()


def test_without_a_python_it_says_what_to_install(checkout: Checkout) -> None:
    answer = checkout.run("demo", FAKE_TOO_OLD="1")
    assert answer.returncode == 69
    assert "Python 3.11 or newer was not found" in answer.stderr


def test_a_python_that_was_named_is_the_one_that_is_used(checkout: Checkout) -> None:
    answer = checkout.run("demo", FAIRWEATHER_PYTHON="/no/such/python")
    assert answer.returncode == 69
    assert "looked for: /no/such/python" in answer.stderr


def test_a_python_that_cannot_make_environments_is_named_with_its_cure(
    checkout: Checkout,
) -> None:
    answer = checkout.run("demo", FAKE_NO_VENV="1")
    assert answer.returncode == 69
    assert "python3.11 cannot make environments" in answer.stderr
    assert "apt-get install python3-venv" in answer.stderr


def test_a_folder_with_other_things_in_it_is_left_alone(checkout: Checkout, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "thesis.txt").touch()
    answer = checkout.run("demo", FAIRWEATHER_VENV="papers", cwd=tmp_path)
    assert answer.returncode == 69
    assert [path.name for path in papers.iterdir()] == ["thesis.txt"]


def test_pip_alone_serves_when_uv_is_unwanted_or_fails(checkout: Checkout) -> None:
    checkout.run("demo", NO_UV="1", FAIRWEATHER_VENV="unwanted")
    assert checkout.asked("uv pip") == 0
    assert checkout.asked("requirements-installer.lock") == 0
    answer = checkout.run("demo", FAKE_UV_FAILS="1", FAIRWEATHER_VENV="failing")
    assert answer.returncode == 10
    assert "going on with pip" in answer.stderr


# --- the locks ------------------------------------------------------------------------------


def pinned(lock: Path) -> dict[str, set[str]]:
    """Name to versions of a lock (a package may have one version for each Python)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^ ]+)", lock.read_text(), re.M):
        found.setdefault(name, set()).add(version)
    return found


def direct(group: str | None = None) -> set[str]:
    """The names that pyproject.toml itself asks for, of the program or of a group."""
    asked = PROJECT["dependency-groups"][group] if group else PROJECT["project"]["dependencies"]
    return {re.split(r"[<>=!~; \[]", requirement)[0] for requirement in asked}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_address_and_no_place_of_a_machine(lock: Path) -> None:
    for line in lock.read_text().splitlines():
        assert re.fullmatch(
            r"[a-z0-9-]+==[^ /@]+( ; [a-z_]+ [^/]*)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line
        ), line


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pinned_package_has_its_hashes(lock: Path) -> None:
    entries = re.split(r"^(?=[a-z0-9])", lock.read_text(), flags=re.M)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_locks_hold_all_that_the_project_asks_for() -> None:
    core = pinned(ROOT / "requirements-core.lock")
    dev = pinned(ROOT / "requirements-dev.lock")
    assert direct() | direct("build") <= core.keys()
    assert direct("dev") <= dev.keys()
    assert direct("installer") == pinned(ROOT / "requirements-installer.lock").keys()


def test_what_is_tested_is_what_is_shipped() -> None:
    dev = pinned(ROOT / "requirements-dev.lock")
    for name, versions in pinned(ROOT / "requirements-core.lock").items():
        assert dev[name] == versions, name


# --- the papers -----------------------------------------------------------------------------


def test_each_dependency_has_one_line_of_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    explained = re.findall(r"^\| ([a-z0-9-]+) \| .{10,} \|$", page, re.M)
    asked = direct().union(*(direct(group) for group in PROJECT["dependency-groups"]))
    assert sorted(explained) == sorted(asked)


def test_the_papers_agree_on_the_version() -> None:
    version = PROJECT["project"]["version"]
    assert f"version: {version}\n" in (ROOT / "CITATION.cff").read_text()
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text()
    assert f'__version__ = "{version}"' in (ROOT / "src/fairweather/__init__.py").read_text()


def test_the_readme_links_only_to_what_is_there() -> None:
    links = re.findall(r"[^!]\[[^\]]+\]\(([^):#]+)\)", (ROOT / "README.md").read_text())
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_scripts_can_be_started() -> None:
    assert os.access(ROOT / "run", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
