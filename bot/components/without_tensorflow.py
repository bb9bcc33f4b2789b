"""Keeps TensorFlow out of a process that serves a model without it.

Rasa imports TensorFlow whatever the pipeline: 350 MB and two thirds of the start, for type names and base classes that
our pipeline never uses. In its place stands a package whose every name is an empty class. A process whose model holds a
component of TensorFlow's must not do this: it would fail at the component's first use.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

_LEFT_OUT = frozenset(("tensorflow", "keras"))


class _NamesAreClasses(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return LeftOut


class LeftOut(metaclass=_NamesAreClasses):
    """Stands for any class, function or constant that was left out; using it fails."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("this process was started without TensorFlow")


class _LeftOutModule(types.ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return LeftOut


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.split(".", 1)[0] in _LEFT_OUT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _LeftOutModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def leave_tensorflow_out() -> None:
    """From now on importing TensorFlow in this process gives empty classes; call it before anything imports Rasa."""
    if "tensorflow" in sys.modules:
        raise RuntimeError("TensorFlow is imported already")
    sys.meta_path.insert(0, _Finder())
