//! Text that others wrote, before it is shown: nothing hidden, and its code told apart.

/// Text without what a reader cannot see, which is shown by its number: control
/// characters could move the cursor, and others turn the direction of the text.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for it in text.chars() {
        let is_hidden = it.is_control() && it != '\n' && it != '\t'
            || matches!(it, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
            || matches!(it, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(it, '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}');
        if is_hidden {
            shown.extend(it.escape_unicode());
        } else {
            shown.push(it);
        }
    }
    shown
}

/// The pieces of a sentence with `code` in backticks.
pub(crate) fn pieces(sentence: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, behind)) = after.split_once('`') else { break };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Code(code));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|it| !matches!(it, Piece::Text("") | Piece::Code("")));
    pieces
}

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Text(&'t str),
    Code(&'t str),
    /// What the sentence is about.
    Subject(&'t str),
}

/// A word of a command line, as a shell takes it.
pub fn word(text: &str) -> String {
    // A backslash parts folders where the shell leaves it alone.
    let is_plain =
        |it: char| it.is_alphanumeric() || "-_./:,+@%=".contains(it) || cfg!(windows) && it == '\\';
    match text.chars().all(is_plain) && !text.is_empty() {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn a_word_is_what_a_shell_takes() {
        assert_eq!(word("../my-apis/a_1.yaml"), "../my-apis/a_1.yaml");
        assert_eq!(word("it's $HOME.yaml"), "'it'\\''s $HOME.yaml'");
        assert_eq!(word(""), "''");
        let expected = if cfg!(windows) { "a\\b.yaml" } else { "'a\\b.yaml'" };
        assert_eq!(word("a\\b.yaml"), expected);
    }
}
