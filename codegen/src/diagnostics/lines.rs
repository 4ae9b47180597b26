//! Where lines begin, so that places become lines and columns quickly even in
//! large files.

use std::ops::Range;

/// Every so many bytes the characters before are known.
const BLOCK: usize = 1024;

/// The lines of one text.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// The first byte of each line.
    starts: Vec<usize>,
    /// How many characters begin before each block.
    chars: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let after = |(offset, byte): (usize, &u8)| (*byte == b'\n').then_some(offset + 1);
        let starts = std::iter::once(0).chain(bytes.iter().enumerate().filter_map(after)).collect();
        let mut chars = vec![0];
        let mut before = 0;
        for block in bytes.chunks(BLOCK) {
            before += block.iter().filter(|it| begins_char(**it)).count();
            chars.push(before);
        }
        Self { starts, chars }
    }

    /// The index of the line that holds a byte.
    pub(super) fn line_idx(&self, offset: usize) -> usize {
        self.starts.partition_point(|it| *it <= offset) - 1
    }

    /// The bytes of a line, without its end.
    pub(super) fn range(&self, line_idx: usize, text: &str) -> Range<usize> {
        let end = self.starts.get(line_idx + 1).map_or(text.len(), |it| it - 1);
        self.starts[line_idx]..end
    }

    /// Line and column of a byte that begins a character, or of the end; both
    /// one-based, the column in characters.
    pub(super) fn position(&self, offset: usize, text: &str) -> (usize, usize) {
        let line_idx = self.line_idx(offset);
        let start = self.starts[line_idx];
        let column = self.chars_before(offset, text) - self.chars_before(start, text);
        (line_idx + 1, column + 1)
    }

    fn chars_before(&self, offset: usize, text: &str) -> usize {
        let block = offset / BLOCK;
        let here = &text.as_bytes()[block * BLOCK..offset];
        self.chars[block] + here.iter().filter(|it| begins_char(**it)).count()
    }
}

/// Whether a byte of UTF-8 is the first of its character.
fn begins_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::Lines;

    /// What the index says is what counting says, at every character.
    #[track_caller]
    fn agrees(text: &str) {
        let lines = Lines::new(text);
        let ends = text.char_indices().map(|(it, _)| it).chain([text.len()]);
        for offset in ends {
            let before = &text[..offset];
            let line_number = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            assert_eq!(lines.position(offset, text), (line_number, column), "at {offset}");
        }
    }

    #[test]
    fn short_texts() {
        for text in ["", "\n", "a", "a\n", "\n\na", "é\nßx\n"] {
            agrees(text);
        }
    }

    #[test]
    fn long_lines_of_wide_characters() {
        agrees(&"aé日\n".repeat(500));
        agrees(&"aé日🦀".repeat(500));
        agrees(&"a".repeat(2048));
        agrees(&"日".repeat(1024));
    }

    #[test]
    fn a_line_is_without_its_end() {
        let text = "ab\n\nc";
        let lines = Lines::new(text);
        let found: Vec<&str> = (0..3).map(|it| &text[lines.range(it, text)]).collect();
        assert_eq!(found, ["ab", "", "c"]);
    }
}
