import base64
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from hub.web.ide import CDN_SCRIPTS, CDN_STYLES, STATIC, Asset, ide_page


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"main.js": {"file": "assets/main-1.js", "css": ["assets/main-2.css"]}}))
    return path


def test_a_built_page_loads_nothing_from_elsewhere(manifest: Path) -> None:
    page = ide_page(manifest)
    sources = re.findall(r'(?:src|href)="([^"]+)"', page.html)
    assert "/static/ide/assets/main-1.js" in sources
    assert "/static/ide/assets/main-2.css" in sources
    # A link to another page of ours is loaded when it is followed.
    assert all(source.startswith("/static/") for source in sources if source != "/login?next=/graphql")
    assert "http" not in page.policy


def test_a_page_that_is_not_built_loads_from_the_cdn_under_integrity_hashes(tmp_path: Path) -> None:
    page = ide_page(tmp_path / "missing.json")
    foreign = re.findall(r"<(?:script|link)[^>]*https://[^>]*>", page.html)
    assert len(foreign) == len(CDN_SCRIPTS) + len(CDN_STYLES)
    for tag in foreign:
        assert re.search(r'integrity="sha384-[A-Za-z0-9+/]{64}"', tag)
        assert 'crossorigin="anonymous"' in tag
    assert "script-src 'self' https://cdn.jsdelivr.net;" in page.policy


@pytest.mark.parametrize("built", [True, False])
def test_no_page_has_an_inline_script(manifest: Path, *, built: bool) -> None:
    page = ide_page(manifest if built else manifest.with_name("missing.json"))
    assert re.search(r"<script(?![^>]*\bsrc=)", page.html) is None
    (scripts,) = re.findall(r"script-src ([^;]*)", page.policy)
    assert "unsafe" not in scripts


@pytest.mark.parametrize("asset", [*CDN_SCRIPTS, *CDN_STYLES], ids=lambda asset: asset.url.rpartition("/")[2])
def test_an_integrity_hash_is_of_the_file_in_the_npm_package(asset: Asset, tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("The CDN's integrity hashes were NOT checked: they need npm, which is not on the PATH.")
    package, _, path = asset.url.partition("/npm/")[2].partition("/")
    command = ["npm", "pack", "--silent", "--ignore-scripts", package]
    packed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    # Read, not unpacked: CPython knows safe unpacking only from 3.11.4 on.
    with tarfile.open(tmp_path / packed.stdout.strip()) as archive:
        member = archive.extractfile(f"package/{path}")
        assert member is not None
        digest = hashlib.sha384(member.read()).digest()
    assert asset.integrity == f"sha384-{base64.b64encode(digest).decode()}"


@pytest.mark.parametrize("built", [True, False])
def test_a_page_says_who_asks_before_it_asks(manifest: Path, *, built: bool) -> None:
    page = ide_page(manifest if built else manifest.with_name("missing.json"))
    own = page.html.index('src="/static/identity.js"')
    assert own < page.html.index("/static/ide/assets/main-1.js" if built else "/static/ide-cdn.js")
    assert "form-action 'self'" in page.policy
    script = (STATIC / "identity.js").read_text()
    assert set(re.findall(r'by\("([\w-]+)"\)', script)) <= set(re.findall(r'id="([\w-]+)"', page.html))
    assert "localStorage" not in script


def test_both_pages_ask_as_whoever_the_bar_says() -> None:
    assert "fetch: hubFetch" in (STATIC / "ide-cdn.js").read_text()
    assert "fetch: window.hubFetch" in (STATIC.parent / "ide" / "main.js").read_text()
