"""Which figures of a table stand in one column, whether coordinates are columns of text or column numbers of HTML."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

Extent = tuple[int, int]
NEARLY = 8  # headings that are centred by hand stray so far, twice over


def find_columns(rows: Sequence[Sequence[Extent]], reach: int = 3) -> list[Extent]:
    """The columns of a table, left to right, each with the extent of its figures.

    The row with most figures begins; a figure that meets a column joins it, one that is within ``reach`` of none makes
    a column of its own. Two figures of one row never share a column.
    """
    columns: list[Extent] = []
    for row in sorted(rows, key=len, reverse=True):
        if len(row) == len(columns) > 1 and _in_order(row, columns):
            for at, extent in enumerate(row):
                columns[at] = _widened(columns, at, *extent)
            continue
        taken: set[int] = set()
        for left, right in row:
            index = nearest(left, right, columns, reach, taken)
            if index is None:
                columns.append((left, right))
                columns.sort()
                index = columns.index((left, right))
                taken = {i + (i >= index) for i in taken}
            elif left < columns[index][0] or columns[index][1] < right:
                columns[index] = _widened(columns, index, left, right)
            taken.add(index)
    return columns


def _in_order(row: Sequence[Extent], columns: Sequence[Extent]) -> bool:
    """Whether a row has a figure for each column, of which none is nearer to another: one of them may stray."""
    edges = [0, *(end for _, end in columns)], [*(start for start, _ in columns), 1 << 30]
    for index, ((left, right), (start, end)) in enumerate(zip(row, columns, strict=True)):
        meets = left < end and start < right
        if not meets and (left < edges[0][index] or right > edges[1][index + 1]):
            return False
    return True


def nearest(left: int, right: int, columns: Sequence[Extent], reach: int, taken: set[int] | None = None) -> int | None:
    """The column that a figure meets, the one it shares most with; else the nearest by its right edge within reach.

    The columns stand in their order, so that those behind the figure need not be looked at.
    """
    best, score = None, 0
    for index, (start, end) in enumerate(columns):
        if start >= right:
            break
        if end <= left or (taken and index in taken):
            continue
        if start <= left and right <= end:
            return index  # within it
        shared = (right if right < end else end) - (left if left > start else start)
        if shared > score:
            best, score = index, shared
    if best is not None:
        return best
    distances = [(abs(right - end), index) for index, (_, end) in enumerate(columns) if not taken or index not in taken]
    close = min(distances, default=(reach + 1, 0))
    return close[1] if close[0] <= reach else None


def _widened(columns: list[Extent], index: int, left: int, right: int) -> Extent:
    """The column's extent with a figure in it, kept off its neighbours."""
    start, end = min(columns[index][0], left), max(columns[index][1], right)
    if index and columns[index - 1][1] > start:
        start = columns[index][0]
    if index + 1 < len(columns) and columns[index + 1][0] < end:
        end = columns[index][1]
    return start, end


def spans(cells: Sequence[Extent], columns: Sequence[Extent], several: bool) -> list[tuple[int, int] | None]:
    """For each heading cell of a row the first and last column that it heads, None where it heads none.

    In text a heading that is centred over several columns need not reach them all: where ``several`` says that the row
    may span, neighbouring columns are shared out so that each cell stands nearest to the middle of its columns.
    """
    if not cells or not columns:
        return [None] * len(cells)
    if len(cells) == len(columns):
        return [(i, i) for i in range(len(columns))]
    direct = [_direct(cell, columns) for cell in cells]
    if not several or len(cells) > len(columns) or _right_over(cells, columns, direct):
        return direct
    return [*_shared_out(cells, columns)]


def _right_over(cells: Sequence[Extent], columns: Sequence[Extent], direct: Sequence[tuple[int, int] | None]) -> bool:
    """Whether several headings stand over as many neighbouring columns, each at the middle of one."""
    over = [span[0] for span in direct if span is not None and span[0] == span[1]]
    if len(cells) < 2 or len(over) < len(cells) or over != list(range(over[0], over[0] + len(over))):
        return False
    middles = [start + end for start, end in columns]
    pitch = min(then - first for first, then in itertools.pairwise(middles))
    return all(abs(left + right - middles[at]) * 4 <= pitch for (left, right), at in zip(cells, over, strict=True))


def _direct(cell: Extent, columns: Sequence[Extent]) -> tuple[int, int] | None:
    """The column whose middle is nearest, or all that the cell lies over for more than half of their width."""
    over = [
        i for i, (start, end) in enumerate(columns) if min(cell[1], end) - max(cell[0], start) > 0.5 * (end - start)
    ]
    if over:
        return over[0], over[-1]
    meet = [i for i, (start, end) in enumerate(columns) if min(cell[1], end) > max(cell[0], start)]
    if meet:
        middle = cell[0] + cell[1]
        best = min(meet, key=lambda i: abs(columns[i][0] + columns[i][1] - middle))
        return best, best
    gap, best = min((max(cell[0] - end, start - cell[1]), i) for i, (start, end) in enumerate(columns))
    return (best, best) if gap <= 4 else None


def _shared_out(cells: Sequence[Extent], columns: Sequence[Extent]) -> list[tuple[int, int]]:
    """The columns cut into as many neighbouring groups as there are cells, each cell nearest its group's middle.

    Groups of one size go before others that fit hardly better.
    """
    count, width = len(cells), len(columns)
    each, rest = divmod(width, count)
    even = [(at, at + each - 1) for at in range(0, width, each)] if not rest else []
    best = list(_nearest_groups(cells, columns))
    if even and _off(cells, columns, even) <= _off(cells, columns, best) + NEARLY * count:
        return even
    return best


def _off(cells: Sequence[Extent], columns: Sequence[Extent], groups: Sequence[tuple[int, int]]) -> int:
    """How far, twice over, the cells stand from the middles of their groups."""
    pairs = zip(cells, groups, strict=True)
    return sum(abs(columns[a][0] + columns[b][1] - left - right) for (left, right), (a, b) in pairs)


def _nearest_groups(cells: Sequence[Extent], columns: Sequence[Extent]) -> list[tuple[int, int]]:
    """The groups whose middles are nearest their cells, summed over all."""
    count, width = len(cells), len(columns)
    far = float("inf")
    cost = [[far] * (width + 1) for _ in range(count + 1)]
    back = [[0] * (width + 1) for _ in range(count + 1)]
    cost[0][0] = 0.0
    for i in range(1, count + 1):
        middle = cells[i - 1][0] + cells[i - 1][1]
        for upto in range(i, width + 1):
            for start in range(i - 1, upto):
                here = cost[i - 1][start] + abs(columns[start][0] + columns[upto - 1][1] - middle)
                if here < cost[i][upto]:
                    cost[i][upto], back[i][upto] = here, start
    groups: list[tuple[int, int]] = []
    upto = width
    for i in range(count, 0, -1):
        groups.append((back[i][upto], upto - 1))
        upto = back[i][upto]
    return groups[::-1]
