//! Lists and mappings in brackets that go over lines.

/// A line in brackets that is indented no more than what the brackets belong to.
///
/// YAML forbids it, and most readers take it: `]` is often written below its key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ShallowLine {
    /// Where the line begins.
    pub(crate) start: usize,
    /// Where its first character stands.
    pub(crate) first: usize,
    /// How many spaces it lacks.
    pub(crate) n_missing: usize,
}

/// The lines of a text that are [`ShallowLine`]s, as far as its lines show it.
pub(crate) fn shallow_lines(text: &str) -> Vec<ShallowLine> {
    let mut found = Vec::new();
    let mut start = 0;
    // The column of what a block of text belongs to.
    let mut block: Option<usize> = None;
    while start < text.len() {
        let line = line(text, start);
        let depth = depth(line);
        let is_blank = line.trim().is_empty();
        if !is_blank && block.is_some_and(|it| depth <= it) {
            block = None;
        }
        let next = start + line.len() + 1;
        if is_blank || block.is_some() {
            start = next;
            continue;
        }
        let Some((column, value)) = value(line) else {
            start = next;
            continue;
        };
        if line[value..].starts_with(['|', '>']) {
            block = Some(column);
        }
        let open = start + value;
        match line[value..].starts_with(['[', '{']).then(|| closed(text, open)).flatten() {
            Some(end) if end >= next => {
                start = next;
                while start <= end {
                    let line = self::line(text, start);
                    let depth = self::depth(line);
                    if depth <= column && !line.trim().is_empty() {
                        let n_missing = column + 1 - depth;
                        found.push(ShallowLine { start, first: start + depth, n_missing });
                    }
                    start += line.len() + 1;
                }
            }
            _ => start = next,
        }
    }
    found
}

/// Where the bracket at `open` is closed.
pub(crate) fn closed(text: &str, open: usize) -> Option<usize> {
    let mut n_open = 0_usize;
    // Quotes and comments begin only here.
    let mut is_start = true;
    let mut is_behind_space = false;
    let mut characters = text.get(open..)?.char_indices();
    while let Some((offset, character)) = characters.next() {
        match character {
            '[' | '{' => n_open += 1,
            ']' | '}' => n_open = n_open.saturating_sub(1),
            '"' if is_start => {
                while let Some((_, it)) = characters.next()
                    && it != '"'
                {
                    if it == '\\' {
                        characters.next();
                    }
                }
            }
            // Two of them stand for one, and so for the end of a text and another.
            '\'' if is_start => {
                characters.find(|(_, it)| *it == '\'');
            }
            '#' if is_behind_space => {
                characters.find(|(_, it)| *it == '\n');
            }
            _ => {}
        }
        if n_open == 0 {
            return Some(open + offset);
        }
        is_behind_space = character.is_whitespace() || character == '#' && is_behind_space;
        is_start = matches!(character, '[' | '{' | ',' | ':' | '\'')
            || is_start && (character.is_whitespace() || character == '#');
    }
    None
}

fn line(text: &str, start: usize) -> &str {
    text[start..].split('\n').next().unwrap_or_default()
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// The column of the key or dash of a line, and where its value begins.
fn value(line: &str) -> Option<(usize, usize)> {
    let mut dash = None;
    let mut column = depth(line);
    while let Some(item) = line[column..].strip_prefix("- ") {
        dash = Some(column);
        column += 2 + depth(item);
    }
    let rest = &line[column..];
    let end_of_key = match rest.chars().next() {
        Some(quote @ ('"' | '\'')) => rest[1..].find(quote).map(|it| it + 2),
        _ => rest.find(": "),
    };
    match end_of_key.and_then(|it| rest[it..].strip_prefix(": ")) {
        Some(value) => Some((column, line.len() - value.trim_start_matches(' ').len())),
        None => dash.map(|it| (it, column)),
    }
}

#[cfg(test)]
mod tests;
