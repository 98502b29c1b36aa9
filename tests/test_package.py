"""The package's own door: about ten names, loaded when they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import extractor


@pytest.mark.parametrize("name", extractor.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(extractor, name).__doc__
    assert name in dir(extractor)


def test_a_wrong_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'read_everything'"):
        extractor.read_everything  # noqa: B018


def test_importing_the_package_loads_nothing() -> None:
    program = "import sys, extractor; print([name for name in sys.modules if name.startswith('extractor.')])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
