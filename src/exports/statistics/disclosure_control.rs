//! Disclosure control: hides small counts, so that published figures do not reveal anything about one or a few people.
//!
//! The rule: a count of 1 to 4 is hidden; zero is shown, since it is about nobody. A reader may know the sums of a
//! table exactly, from the table itself or from another one about the same messages, and could compute a hidden count
//! from the others. So larger counts are hidden as well, the smallest first, until each hidden count has at least two
//! possible values, under these conditions: all sums are known, a count hidden for being small is 1 to 4, and any other
//! hidden count is 5 or more. If that is impossible, only the sums are shown. A sum under 5 is hidden together with all
//! its parts.
//!
//! The audit is exact. If another table fits the same sums, the difference of the two is a sum of closed walks over
//! hidden cells, alternately up and down, and each walk alone leads from our table to one that fits (Gusfield, "A graph
//! theoretic approach to statistical data security", SIAM J. Comput. 17, 1988). So a cell can have another value if and
//! only if there is a walk through it in which every cell can change in its direction.

/// The smallest count that is shown, besides zero.
pub const LEAST: u64 = 5;

/// A cell of a table during the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Spot {
    n: u64,
    hidden: bool,
    /// Hidden with its whole row or column, whatever its count.
    dropped: bool,
}

impl Spot {
    fn is_small(self) -> bool {
        (1..LEAST).contains(&self.n)
    }

    /// Whether the count could be higher by one, for all that a reader knows.
    fn may_rise(self) -> bool {
        self.hidden && (self.dropped || !self.is_small() || self.n + 1 < LEAST)
    }

    /// Whether the count could be lower by one, for all that a reader knows.
    fn may_fall(self) -> bool {
        let least = if self.dropped {
            0
        } else if self.is_small() {
            1
        } else {
            LEAST
        };
        self.hidden && self.n > least
    }

    /// Whether the audit must find another possible value. A dropped cell has one: at least two sums are hidden then,
    /// so one row can have more in a column and another row less.
    fn needs_cover(self) -> bool {
        self.hidden && !self.dropped && self.n > 0
    }
}

/// Hides counts that add up to a known sum, as far as needed. Nothing if not even the sum may be shown.
pub fn hide_parts(parts: &[u64]) -> Option<Vec<Option<u64>>> {
    let sum: u64 = parts.iter().sum();
    if (1..LEAST).contains(&sum) {
        return None;
    }
    let mut spots: Vec<Spot> = parts.iter().map(|n| spot(*n)).collect();
    while let Some(bare) = (0..spots.len()).find(|place| spots[*place].needs_cover() && !covered(&spots, *place)) {
        let next = smallest(spots.iter().enumerate().filter(|(place, _)| *place != bare))?;
        spots[next].hidden = true;
    }
    Some(spots.into_iter().map(shown).collect())
}

fn spot(n: u64) -> Spot {
    Spot { n, hidden: (1..LEAST).contains(&n), dropped: false }
}

fn shown(spot: Spot) -> Option<u64> {
    (!spot.hidden).then_some(spot.n)
}

/// Whether the count at index `place` could have another value: it rises and another falls, or the reverse.
fn covered(spots: &[Spot], place: usize) -> bool {
    let others = || spots.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, spot)| *spot);
    let here = spots[place];
    (here.may_rise() && others().any(Spot::may_fall)) || (here.may_fall() && others().any(Spot::may_rise))
}

/// The index of the smallest count that is shown and not zero.
fn smallest<'s>(spots: impl Iterator<Item = (usize, &'s Spot)>) -> Option<usize> {
    let open = spots.filter(|(_, spot)| !spot.hidden && spot.n > 0);
    open.min_by_key(|(_, spot)| spot.n).map(|(place, _)| place)
}

/// A table of counts with its sums; a hidden count is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Rows of counts.
    pub cells: Vec<Vec<Option<u64>>>,
    /// The sum of each row.
    pub rows: Vec<Option<u64>>,
    /// The sum of each column.
    pub columns: Vec<Option<u64>>,
    /// The sum of all counts.
    pub all: Option<u64>,
}

/// The table with its sums, nothing hidden.
pub fn whole_grid(cells: &[Vec<u64>]) -> Grid {
    let (rows, columns) = sums(cells);
    Grid {
        cells: cells.iter().map(|row| row.iter().copied().map(Some).collect()).collect(),
        all: Some(rows.iter().sum()),
        rows: rows.into_iter().map(Some).collect(),
        columns: columns.into_iter().map(Some).collect(),
    }
}

/// The table with its sums, after disclosure control.
pub fn hide_grid(cells: &[Vec<u64>]) -> Grid {
    let (rows, columns) = sums(cells);
    let all: u64 = rows.iter().sum();
    let hide = |parts: &[u64]| hide_parts(parts).unwrap_or_else(|| vec![None; parts.len()]);
    let (shown_rows, shown_columns) = (hide(&rows), hide(&columns));
    let inside = hide_cells(cells, &shown_rows, &shown_columns);
    Grid {
        cells: inside.unwrap_or_else(|| cells.iter().map(|row| vec![None; row.len()]).collect()),
        rows: shown_rows,
        columns: shown_columns,
        all: (all == 0 || all >= LEAST).then_some(all),
    }
}

fn sums(cells: &[Vec<u64>]) -> (Vec<u64>, Vec<u64>) {
    let width = cells.first().map_or(0, Vec::len);
    let column = |place: usize| cells.iter().map(|row| row[place]).sum();
    (cells.iter().map(|row| row.iter().sum()).collect(), (0..width).map(column).collect())
}

/// The cells after disclosure control, given the known sums. Nothing if no choice of hidden cells is safe.
/// A row or column with a hidden sum is hidden entirely.
fn hide_cells(cells: &[Vec<u64>], rows: &[Option<u64>], columns: &[Option<u64>]) -> Option<Vec<Vec<Option<u64>>>> {
    let mut spots: Vec<Vec<Spot>> = cells.iter().map(|row| row.iter().map(|n| spot(*n)).collect()).collect();
    for (r, row) in spots.iter_mut().enumerate() {
        for (c, spot) in row.iter_mut().enumerate() {
            spot.dropped = rows[r].is_none() || columns[c].is_none();
            spot.hidden |= spot.dropped;
        }
    }
    while let Some((r, c)) = bare(&spots) {
        for (r, c) in corners(&spots, r, c)? {
            spots[r][c].hidden = true;
        }
    }
    Some(spots.into_iter().map(|row| row.into_iter().map(shown).collect()).collect())
}

/// A hidden cell with only one possible value.
fn bare(spots: &[Vec<Spot>]) -> Option<(usize, usize)> {
    let mut places = spots.iter().enumerate().flat_map(|(r, row)| (0..row.len()).map(move |c| (r, c)));
    places.find(|(r, c)| spots[*r][*c].needs_cover() && !in_a_walk(spots, *r, *c))
}

/// The three cells that form a rectangle with this one, which is the shortest walk. Of all such triples it is the one
/// in which the cells still shown have the smallest total.
fn corners(spots: &[Vec<Spot>], r: usize, c: usize) -> Option<[(usize, usize); 3]> {
    let others = (0..spots.len()).filter(|row| *row != r);
    let all = others.flat_map(|row| (0..spots[r].len()).filter(|column| *column != c).map(move |column| (row, column)));
    let corners = all.map(|(row, column)| [(r, column), (row, c), (row, column)]);
    let open = |(r, c): &(usize, usize)| !spots[*r][*c].hidden;
    let fits = |three: &[(usize, usize); 3]| three.iter().all(|(r, c)| spots[*r][*c].n > 0) && three.iter().any(open);
    let shown = |three: &[(usize, usize); 3]| -> u64 {
        three.iter().filter(|place| open(place)).map(|(r, c)| spots[*r][*c].n).sum()
    };
    corners.filter(fits).min_by_key(shown)
}

/// Whether the cell can rise or fall while other cells fall and rise, so that all sums stay.
fn in_a_walk(spots: &[Vec<Spot>], r: usize, c: usize) -> bool {
    let here = spots[r][c];
    (here.may_rise() && leads_back(spots, r, c, Spot::may_fall, Spot::may_rise))
        || (here.may_fall() && leads_back(spots, r, c, Spot::may_rise, Spot::may_fall))
}

/// Whether a walk that starts by changing the cell at `r`, `c` returns to its row: along a column to a cell that may
/// change in the opposite direction (`against`), along that cell's row to one that may change in the same direction
/// (`along`), and so on.
fn leads_back(spots: &[Vec<Spot>], r: usize, c: usize, against: fn(Spot) -> bool, along: fn(Spot) -> bool) -> bool {
    let (mut seen_rows, mut seen_columns) = (vec![false; spots.len()], vec![false; spots[r].len()]);
    let mut columns = vec![c];
    seen_columns[c] = true;
    while let Some(column) = columns.pop() {
        for row in 0..spots.len() {
            if seen_rows[row] || (row, column) == (r, c) || !against(spots[row][column]) {
                continue;
            }
            if row == r {
                return true;
            }
            seen_rows[row] = true;
            for next in 0..spots[row].len() {
                if !seen_columns[next] && along(spots[row][next]) {
                    seen_columns[next] = true;
                    columns.push(next);
                }
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fixed pseudo-random sequence.
    struct Chance(u64);

    impl Chance {
        fn draw(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            self.0 >> 33
        }
    }

    /// All ways to fill the hidden cells that agree with the knowledge of a reader who knows the rule: all sums, and
    /// which of the hidden counts are small.
    fn fillings(known: &[Vec<u64>], hidden: &[(usize, usize)], most: u64) -> Vec<Vec<u64>> {
        let (rows, columns) = sums(known);
        let mut table = known.to_vec();
        for (r, c) in hidden {
            table[*r][*c] = 0;
        }
        let mut found = Vec::new();
        fill(&mut table, known, hidden, most, &rows, &columns, &mut Vec::new(), &mut found);
        found
    }

    #[expect(clippy::too_many_arguments, reason = "a search carries what it knows")]
    fn fill(
        table: &mut Vec<Vec<u64>>,
        known: &[Vec<u64>],
        hidden: &[(usize, usize)],
        most: u64,
        rows: &[u64],
        columns: &[u64],
        chosen: &mut Vec<u64>,
        found: &mut Vec<Vec<u64>>,
    ) {
        let Some((r, c)) = hidden.get(chosen.len()).copied() else {
            if sums(table) == (rows.to_vec(), columns.to_vec()) {
                found.push(chosen.clone());
            }
            return;
        };
        let range = if known[r][c] < LEAST { 1..=LEAST - 1 } else { LEAST..=most };
        for n in range {
            table[r][c] = n;
            let (row, column) = (table[r].iter().sum::<u64>(), table.iter().map(|row| row[c]).sum::<u64>());
            if row <= rows[r] && column <= columns[c] {
                chosen.push(n);
                fill(table, known, hidden, most, rows, columns, chosen, found);
                chosen.pop();
            }
            table[r][c] = 0;
        }
    }

    fn drawn(chance: &mut Chance, height: usize, width: usize) -> Vec<Vec<u64>> {
        // Mostly small counts, which matter here.
        let n = |chance: &mut Chance| [0, 1, 2, 3, 4, 5, 6, 9][(chance.draw() % 8) as usize];
        (0..height).map(|_| (0..width).map(|_| n(chance)).collect()).collect()
    }

    /// Asserts that no hidden count has only one possible value, even for a reader who knows every sum.
    fn assert_safe(counts: &[Vec<u64>], shown: &[Vec<Option<u64>>]) {
        let places = (0..counts.len()).flat_map(|r| (0..counts[r].len()).map(move |c| (r, c)));
        let hidden: Vec<_> = places.filter(|(r, c)| shown[*r][*c].is_none()).collect();
        let all = fillings(counts, &hidden, 24);
        for (place, (r, c)) in hidden.iter().enumerate() {
            let first = all.first().map(|one| one[place]);
            assert!(all.iter().any(|one| Some(one[place]) != first), "{counts:?} {shown:?}: {r}, {c} can be told");
        }
        for (n, shown) in counts.iter().flatten().zip(shown.iter().flatten()) {
            assert!(shown.is_none_or(|shown| shown == *n && (*n == 0 || *n >= LEAST)));
        }
    }

    #[test]
    fn no_part_of_a_known_sum_can_be_told() {
        let mut chance = Chance(5);
        for _ in 0..2_000 {
            let width = 1 + (chance.draw() % 5) as usize;
            let counts = drawn(&mut chance, 1, width);
            let Some(shown) = hide_parts(&counts[0]) else { continue };
            let hidden: Vec<usize> = (0..width).filter(|place| shown[*place].is_none()).collect();
            let sum: u64 = hidden.iter().map(|place| counts[0][*place]).sum();
            for place in &hidden {
                let others: Vec<(u64, u64)> = hidden
                    .iter()
                    .filter(|other| *other != place)
                    .map(|other| if counts[0][*other] < LEAST { (1, LEAST - 1) } else { (LEAST, 99) })
                    .collect();
                let (low, high) = others.iter().fold((0, 0), |(low, high), one| (low + one.0, high + one.1));
                let own = if counts[0][*place] < LEAST { 1..=LEAST - 1 } else { LEAST..=99 };
                let fits = own.filter(|n| *n <= sum && (low..=high).contains(&(sum - n))).count();
                assert!(fits > 1, "{counts:?} {shown:?}: {place} can be told");
            }
            assert!(counts[0].iter().zip(&shown).all(|(n, shown)| shown.is_none_or(|_| *n == 0 || *n >= LEAST)));
        }
    }

    #[test]
    fn no_cell_of_a_table_can_be_told_from_its_sums() {
        let mut chance = Chance(7);
        let mut kept = 0;
        for _ in 0..1_500 {
            let counts = drawn(&mut chance, 2 + (kept % 2), 3);
            let (rows, columns) = sums(&counts);
            let known = |sums: &[u64]| sums.iter().copied().map(Some).collect::<Vec<_>>();
            if let Some(shown) = hide_cells(&counts, &known(&rows), &known(&columns)) {
                assert_safe(&counts, &shown);
                kept += usize::from(shown.iter().flatten().any(Option::is_some));
            }
        }
        assert!(kept > 200, "tables are shown at all: {kept}");
    }

    /// All columns of three counts that add up to `sum` and agree with the shown counts.
    fn columns_of(sum: u64, shown: &[Option<u64>]) -> Vec<[u64; 3]> {
        let pairs = (0..=sum).flat_map(|a| (0..=sum - a).map(move |b| [a, b, sum - a - b]));
        pairs
            .filter(|column| column.iter().zip(shown).all(|(n, shown)| shown.is_none_or(|shown| shown == *n)))
            .collect()
    }

    #[test]
    fn no_count_can_be_told_from_a_whole_table_with_the_sums_that_it_shows() {
        let mut chance = Chance(11);
        let mut looked = 0;
        for _ in 0..1_500 {
            let counts = drawn(&mut chance, 3, 2);
            let grid = hide_grid(&counts);
            let ([Some(left), Some(right)], Some(_)) = (grid.columns.as_slice(), grid.all) else { continue };
            let of = |c: usize| grid.cells.iter().map(|row| row[c]).collect::<Vec<_>>();
            let (left, right) = (columns_of(*left, &of(0)), columns_of(*right, &of(1)));
            let fits = |l: &[u64; 3], r: &[u64; 3]| (0..3).all(|n| grid.rows[n].is_none_or(|sum| sum == l[n] + r[n]));
            let all: Vec<_> =
                left.iter().flat_map(|l| right.iter().filter(|r| fits(l, r)).map(move |r| [l, r])).collect();
            for (r, row) in grid.cells.iter().enumerate() {
                for c in (0..2).filter(|c| row[*c].is_none() && counts[r][*c] > 0) {
                    looked += 1;
                    assert!(all.iter().any(|one| one[c][r] != counts[r][c]), "{counts:?} {grid:?}: {r}, {c}");
                }
            }
        }
        assert!(looked > 300, "{looked}");
    }

    #[test]
    fn nothing_is_shown_of_a_row_whose_sum_is_hidden_and_no_sum_that_is_shown_is_small() {
        let mut chance = Chance(9);
        for _ in 0..1_000 {
            let counts = drawn(&mut chance, 3, 3);
            let grid = hide_grid(&counts);
            for (r, row) in grid.cells.iter().enumerate() {
                assert!(grid.rows[r].is_some() || row.iter().all(Option::is_none));
                assert!(row.iter().enumerate().all(|(c, cell)| grid.columns[c].is_some() || cell.is_none()));
            }
            let sums = grid.rows.iter().chain(&grid.columns).chain([&grid.all]);
            assert!(sums.flatten().all(|n| *n == 0 || *n >= LEAST));
        }
    }

    #[test]
    fn a_quiet_night_does_not_hide_the_busy_day() {
        let night = [2, 1, 3, 2, 4, 2, 1];
        let week: Vec<Vec<u64>> = night.iter().map(|n| vec![*n, 13, 69, 61, 64, 43]).collect();
        let grid = hide_grid(&week);
        assert!(grid.cells.iter().all(|row| row[2..].iter().all(Option::is_some)), "{grid:?}");
        assert!(grid.cells.iter().all(|row| row[0].is_none()), "{grid:?}");
    }

    #[test]
    fn a_small_count_in_a_table_hides_three_others_and_no_more() {
        let grid = hide_grid(&[vec![88, 150, 21], vec![17, 31, 2]]);
        assert_eq!(grid.cells, [vec![None, Some(150), None], vec![None, Some(31), None]]);
    }

    #[test]
    fn a_lone_small_count_takes_the_smallest_other_with_it() {
        assert_eq!(hide_parts(&[100, 3, 40, 0]), Some(vec![Some(100), None, None, Some(0)]));
        assert_eq!(hide_parts(&[100, 3, 2]), Some(vec![Some(100), None, None]));
        assert_eq!(hide_parts(&[3, 1]), None, "a sum under five");
        assert_eq!(hide_parts(&[0, 0]), Some(vec![Some(0), Some(0)]));
    }
}
