//! Numbers that look random and are the same in every run (SplitMix64).

/// A sequence of numbers.
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The sequence of a case.
    pub(crate) fn new(seed: u64, number: u64) -> Self {
        let mut numbers = Self(seed.wrapping_mul(0xd6e8_feb8_6659_fd93) ^ number);
        numbers.next();
        Self(numbers.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        it ^ (it >> 31)
    }

    /// A number from zero, smaller than `limit`, which is not zero.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("smaller than a limit that is a usize")
    }

    /// Whether something happens that happens once in `n` times.
    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of these, of which there is at least one.
    pub(crate) fn of<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}
