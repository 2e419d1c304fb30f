//! Choices made by random numbers, over and over.

pub(super) struct Choices<'a> {
    numbers: &'a [u8],
    at: usize,
}

impl<'a> Choices<'a> {
    pub(super) const fn new(numbers: &'a [u8]) -> Self {
        Self { numbers, at: 0 }
    }

    pub(super) fn number(&mut self) -> usize {
        self.at += 1;
        // A second round makes other choices than the first.
        usize::from(self.numbers[(self.at - 1) % self.numbers.len()]) + self.at / self.numbers.len()
    }

    pub(super) fn yes(&mut self) -> bool {
        self.one_in(2)
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.number().is_multiple_of(count)
    }

    pub(super) fn one<'b, T>(&mut self, all: &'b [T]) -> &'b T {
        &all[self.number() % all.len()]
    }
}
