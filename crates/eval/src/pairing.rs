//! Who is compared with whom.

/// More found people than any household has: those behind them are compared with nobody.
const MOST: usize = 16;

/// For each row the column it is paired with, each column once: together the pairs agree as much as they can, and
/// of equal ways it is the one that takes columns in their order. `agreements[row][column]`; 0 is never paired.
///
/// By subsets of the columns, at most 2ⁿ of them.
pub(crate) fn pairing(agreements: &[Vec<usize>]) -> Vec<Option<usize>> {
    let columns = agreements.first().map_or(0, |row| row.len().min(MOST));
    let free = |taken: usize, row: usize| {
        (0..columns).filter(move |at| taken & (1 << at) == 0 && agreements[row][*at] > 0)
    };
    // best[row][taken]: the most that rows from there on can agree when `taken` are paired already.
    let mut best = vec![vec![0_usize; 1 << columns]; agreements.len() + 1];
    for row in (0..agreements.len()).rev() {
        for taken in 0..1 << columns {
            let with = |at: usize| agreements[row][at] + best[row + 1][taken | (1 << at)];
            let paired = free(taken, row).map(with).max().unwrap_or(0);
            best[row][taken] = paired.max(best[row + 1][taken]);
        }
    }
    let mut taken = 0;
    let mut pairs = Vec::with_capacity(agreements.len());
    for row in 0..agreements.len() {
        let with = |at: usize| agreements[row][at] + best[row + 1][taken | (1 << at)];
        let pair = free(taken, row).find(|at| with(*at) == best[row][taken]);
        taken |= pair.map_or(0, |at| 1 << at);
        pairs.push(pair);
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::pairing;

    #[test]
    fn pairs_agree_as_much_as_they_can_together() {
        assert_eq!(pairing(&[vec![1], vec![4]]), [None, Some(0)]);
        assert_eq!(pairing(&[vec![3, 2], vec![3, 0]]), [Some(1), Some(0)]);
        // Of equal ways the first in order.
        assert_eq!(pairing(&[vec![1, 1], vec![1, 1]]), [Some(0), Some(1)]);
        assert_eq!(pairing(&[vec![0, 0], vec![0, 2]]), [None, Some(1)]);
        assert_eq!(pairing(&[vec![], vec![]]), [None, None]);
        assert_eq!(pairing(&[]), []);
        let mut many = vec![0; 18];
        many[15] = 1;
        many[17] = 9;
        assert_eq!(pairing(&[many]), [Some(15)]);
    }
}
