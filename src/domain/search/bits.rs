//! A set of small numbers, one bit for each.

/// Numbers from 0 to a length that only grows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// An empty set with room for the numbers below `len`.
    pub(super) fn with_room(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)] }
    }

    /// Makes room for the numbers below `len`.
    pub(super) fn grow(&mut self, len: usize) {
        if len > self.words.len() * 64 {
            self.words.resize(len.div_ceil(64), 0);
        }
    }

    /// Puts a number in; one that there is no room for is passed over.
    pub(super) fn set(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
    }

    pub(super) fn has(&self, at: usize) -> bool {
        self.words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// How many numbers are in it.
    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Leaves only what is in both.
    pub(super) fn keep(&mut self, other: &Self) {
        for (at, word) in self.words.iter_mut().enumerate() {
            *word &= other.words.get(at).copied().unwrap_or(0);
        }
    }

    /// The numbers in it, rising.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }

    pub(super) fn shrink(&mut self) {
        self.words.shrink_to_fit();
    }

    /// Bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.words.capacity() * 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_in_and_out() {
        let mut bits = Bits::with_room(130);
        [0, 63, 64, 129, 500].into_iter().for_each(|at| bits.set(at));
        assert_eq!((bits.iter().collect::<Vec<_>>(), bits.count()), (vec![0, 63, 64, 129], 4));
        let mut other = Bits::default();
        other.grow(65);
        other.set(64);
        bits.keep(&other);
        assert_eq!(bits.iter().collect::<Vec<_>>(), [64]);
        assert!(bits.has(64) && !bits.has(129) && !bits.has(100_000));
    }
}
