"""How many slips of the finger lie between two words."""


def within(a: str, b: str, most: int) -> int | None:
    """The number of letters added, left out, replaced or exchanged with the next one (optimal string
    alignment), or None when it is more than `most`.
    """
    if abs(len(a) - len(b)) > most:
        return None
    before_last: list[int] = []
    last = list(range(len(b) + 1))
    for i, char in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before_last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
        before_last, last = last, row
    return last[-1] if last[-1] <= most else None
