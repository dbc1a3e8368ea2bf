"""The files of Neo4j Community: its jars from Maven's repository, and a Java that can run them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import platformdirs

from crosstip.local_neo4j.errors import LocalNeo4jError

NEO4J_VERSION = "5.26.30"

# Neo4j 5.26, operations manual, "System requirements": Java 17 or 21.
_JAVA_VERSIONS = (17, 21)
_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
_FETCH_SECONDS = 900
_POM = f"""<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>crosstip</groupId>
  <artifactId>neo4j-jars</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId>
      <artifactId>neo4j</artifactId>
      <version>{NEO4J_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j.app</groupId>
      <artifactId>neo4j-server</artifactId>
      <version>{NEO4J_VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""


def default_cache() -> Path:
    """Give the folder for fetched files: `.cache` of the checkout, else the user's cache."""
    root = Path(__file__).resolve().parents[2]
    if (root / "pyproject.toml").is_file():
        return root / ".cache"
    return platformdirs.user_cache_path("crosstip")


def find_java() -> Path:
    """Give a Java that Neo4j 5.26 runs on: `JAVA_HOME`'s, else the one on the path.

    Raises:
        LocalNeo4jError: there is none, or it is neither 17 nor 21.
    """
    home = os.environ.get("JAVA_HOME")
    on_path = shutil.which("java")
    candidates = [Path(home) / "bin" / "java"] if home is not None else []
    candidates += [Path(on_path)] if on_path is not None else []
    found = {java: _said_by(java) for java in candidates if java.is_file()}
    for java, said in found.items():
        if _major_version(said) in _JAVA_VERSIONS:
            return java
    seen = "; ".join(
        f"{java} says {' '.join(said.split())[:200]!r}" for java, said in found.items()
    )
    raise LocalNeo4jError(
        f"Neo4j {NEO4J_VERSION} needs Java 17 or 21 ({seen or 'no java is on the path'}). "
        "Install one (Debian: apt-get install openjdk-17-jre-headless) or set JAVA_HOME."
    )


def _said_by(java: Path) -> str:
    done = subprocess.run(
        [java, "-version"], capture_output=True, text=True, check=False, timeout=60
    )
    return done.stdout + done.stderr


def _major_version(said: str) -> int | None:
    match = re.search(r'version "(\d+)', said)
    return int(match.group(1)) if match is not None else None


def fetch_neo4j(cache: Path) -> Path:
    """Give the folder with Neo4j's jars, fetched into `cache` by Maven when it is not there.

    Maven checks each file against its checksum. The folder appears whole or not at all, also
    when two processes fetch at once or one of them is killed.

    Raises:
        LocalNeo4jError: Maven is missing or failed.
    """
    lib = cache / f"neo4j-{NEO4J_VERSION}" / "lib"
    if lib.is_dir():
        return lib
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="neo4j-fetch-", dir=cache) as scratch:
        _run_maven(Path(scratch))
        try:
            Path(scratch, "neo4j").rename(lib.parent)
        except OSError:
            # Somebody else was quicker; anything but a whole folder is a true error.
            if not lib.is_dir():
                raise
    return lib


def _run_maven(scratch: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise LocalNeo4jError(
            f"Neo4j {NEO4J_VERSION} is fetched with Maven, and no mvn is on the path. Install it "
            "(Debian: apt-get install maven) or set NEO4J_URI to a Neo4j that runs already."
        )
    pom = scratch / "pom.xml"
    pom.write_text(_POM, encoding="utf-8")
    lib = scratch / "neo4j" / "lib"
    command = [maven, "-q", "-B", "--strict-checksums", "-f", str(pom), _PLUGIN]
    command += ["-DincludeScope=runtime", f"-DoutputDirectory={lib}"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_FETCH_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise LocalNeo4jError(
            f"Maven did not bring Neo4j {NEO4J_VERSION} within {_FETCH_SECONDS} s. Try again."
        ) from error
    if done.returncode != 0 or not (lib / f"neo4j-server-{NEO4J_VERSION}.jar").is_file():
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise LocalNeo4jError(
            f"Maven could not fetch Neo4j {NEO4J_VERSION} (exit {done.returncode}). Check the "
            f"network and Maven's settings, then try again. Maven said:\n{last}"
        )
