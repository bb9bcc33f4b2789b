"""Settings from variables of the environment."""

from collections.abc import Mapping


class Variables:
    """The variables that begin with `prefix`. Every reading takes the default for what is not set.

    ValueError for a number that is none.
    """

    def __init__(self, environment: Mapping[str, str], prefix: str) -> None:
        self._environment = environment
        self._prefix = prefix

    def text(self, name: str, default: str) -> str:
        return self._environment.get(self._prefix + name, default)

    def optional(self, name: str, default: str | None) -> str | None:
        """None where the variable is set to nothing."""
        return self.text(name, default or "") or None

    def whole(self, name: str, default: int) -> int:
        return int(self.text(name, str(default)))

    def number(self, name: str, default: float) -> float:
        return float(self.text(name, str(default)))

    def flag(self, name: str, default: bool) -> bool:
        return self.text(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}

    def names(self, name: str, default: frozenset[str]) -> frozenset[str]:
        """Separated by commas."""
        return frozenset(part.strip() for part in self.text(name, ",".join(sorted(default))).split(",") if part.strip())

    def pairs(self, name: str) -> dict[str, str]:
        """`one=other`, separated by commas; none where nothing is set."""
        found = (pair.partition("=") for pair in self.names(name, frozenset()))
        return {one.strip(): other.strip() for one, _, other in found}

    def lines(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """One a line."""
        return tuple(line for line in self.text(name, "\n".join(default)).splitlines() if line.strip())

    def numbers(self, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """Separated by commas."""
        return tuple(float(part) for part in self.text(name, ",".join(map(str, default))).split(",") if part.strip())
