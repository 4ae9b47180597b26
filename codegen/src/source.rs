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
    /// The first byte of the text that stands for what is not UTF-8.
    pub(crate) not_utf8_at: Option<usize>,
}

impl SourceFile {
    /// A file with its line ends made the same on every platform.
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { path: path.into(), text: text.replace("\r\n", "\n"), not_utf8_at: None }
    }

    /// A file as it was read; what is not UTF-8 is a complaint when it is parsed.
    pub fn decoded(path: impl Into<String>, bytes: &[u8]) -> Self {
        let path = path.into();
        let not_utf8_at = bytes.utf8_chunks().next().filter(|it| !it.invalid().is_empty());
        let not_utf8_at = not_utf8_at.map(|it| Self::new("", it.valid()).text.len());
        Self { not_utf8_at, ..Self::new(path, &String::from_utf8_lossy(bytes)) }
    }
}
