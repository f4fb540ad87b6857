//! A fixed sequence of pseudo-random numbers, so that the same texts always give the same model.

/// splitmix64 (Steele, Lea, Flood 2014).
pub struct Chance(u64);

impl Chance {
    /// The sequence of this seed.
    pub fn from(seed: u64) -> Chance {
        Chance(seed)
    }

    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Shuffles a slice (Fisher–Yates).
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for n in (1..things.len()).rev() {
            things.swap(n, (self.draw() % (n as u64 + 1)) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_keeps_every_thing_and_is_the_same_every_time() {
        let shuffled = || {
            let mut things: Vec<u32> = (0..50).collect();
            Chance::from(1).shuffle(&mut things);
            things
        };
        let mut sorted = shuffled();
        assert_eq!(sorted, shuffled());
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
    }
}
