//! What the generator reads: the text of a spec and of its samples.

/// One spec with everything that belongs to it.
#[derive(Clone, Debug)]
pub struct Source {
    /// The provider: one lower-case word, the same in `specs/`, `crates/` and
    /// the facade's feature.
    pub provider: String,
    /// The spec's files. The first is the root; the others hold resources.
    pub files: Vec<SourceFile>,
    /// The documented samples of the provider.
    pub samples: Vec<SourceFile>,
}

/// A text and the path people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Relative to the workspace's root, with forward slashes.
    pub path: String,
    /// The content, with `\n` line ends whatever the checkout has.
    pub text: String,
}

impl SourceFile {
    /// A file with its line ends made the same on every platform.
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { path: path.into(), text: text.replace("\r\n", "\n") }
    }
}
