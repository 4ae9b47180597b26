//! Where things are: the root, the providers, their specs and samples.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use codegen::{Source, SourceFile};

use crate::usage::Usage;

/// The features of every client, each of which enables that of the runtime.
pub(crate) const CLIENT_FEATURES: [&str; 4] = ["rustls", "native-tls", "tracing", "schemars"];

/// Where the files of the repository are read from: the disk, or a revision.
pub trait Files {
    /// The content of a file, given from the root with forward slashes, if it exists.
    fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>>;

    /// The text of a file, if it exists.
    fn read(&self, path: &str) -> Result<Option<String>> {
        let text = self.bytes(path)?.map(String::from_utf8).transpose();
        text.with_context(|| format!("{path} is not UTF-8"))
    }

    /// The files in a folder, sorted, whose names end in `extension`.
    fn files(&self, folder: &str, extension: &str) -> Result<Vec<String>>;

    /// All providers that have a spec, sorted.
    fn providers(&self) -> Result<Vec<String>> {
        let files = self.files("specs", ".yaml")?;
        let names = files.iter().filter_map(|it| it.strip_prefix("specs/")?.strip_suffix(".yaml"));
        let mut providers: Vec<String> = names
            .filter(|it| !it.contains('/') && *it != "redocly")
            .map(ToOwned::to_owned)
            .collect();
        providers.sort();
        Ok(providers)
    }

    /// A provider's spec and samples.
    fn source(&self, provider: &str) -> Result<Source> {
        let mut paths = vec![format!("specs/{provider}.yaml")];
        paths.extend(self.files(&format!("specs/{provider}"), ".yaml")?);
        let samples = self.files(&format!("specs/examples/{provider}"), ".json")?;
        let read_all = |paths: Vec<String>| {
            let read = |path: String| {
                let bytes = self.bytes(&path)?.with_context(|| format!("{path} does not exist"))?;
                Ok(SourceFile::decoded(path, &bytes))
            };
            paths.into_iter().map(read).collect::<Result<_>>()
        };
        let (files, samples) = (read_all(paths)?, read_all(samples)?);
        Ok(Source { provider: provider.to_owned(), files, samples })
    }
}

/// The repository.
pub struct Workspace {
    root: PathBuf,
}

impl Files for Workspace {
    fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>> {
        match fs::read(self.path(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("cannot read {path}")),
        }
    }

    fn files(&self, folder: &str, extension: &str) -> Result<Vec<String>> {
        Workspace::files(self, folder, extension)
    }
}

impl Workspace {
    /// The workspace that this program was built in.
    pub fn find() -> Result<Self> {
        let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.parent().context("xtask stands in the root of the workspace")?;
        Ok(Self::at(root))
    }

    /// The workspace at a path.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// The root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the root, given with forward slashes.
    pub fn path(&self, relative: &str) -> PathBuf {
        relative.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }

    /// The text of a file below the root, if it exists.
    pub fn read(&self, relative: &str) -> Result<Option<String>> {
        Files::read(self, relative)
    }

    /// Writes a file so that nobody ever sees half of it.
    pub fn write(&self, relative: &str, text: &str) -> Result<()> {
        let path = self.path(relative);
        let folder = path.parent().context("files stand in folders")?;
        let write = || -> std::io::Result<()> {
            fs::create_dir_all(folder)?;
            let temporary = tempfile::NamedTempFile::new_in(folder)?;
            fs::write(temporary.path(), text)?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(temporary.path(), fs::Permissions::from_mode(0o644))?;
            }
            temporary.persist(&path)?;
            Ok(())
        };
        write().with_context(|| format!("cannot write {relative}"))
    }

    /// The files in a folder below the root, sorted, with forward slashes.
    pub fn files(&self, relative: &str, extension: &str) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let folder = self.path(relative);
        if !folder.is_dir() {
            return Ok(found);
        }
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {relative}"))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {relative}"))?;
            let name = entry.file_name();
            let name =
                name.to_str().with_context(|| format!("a name in {relative} is not UTF-8"))?;
            if entry.path().is_dir() {
                found.extend(self.files(&format!("{relative}/{name}"), extension)?);
            } else if name.ends_with(extension) {
                found.push(format!("{relative}/{name}"));
            }
        }
        found.sort();
        Ok(found)
    }

    /// All providers that have a spec, sorted.
    pub fn providers(&self) -> Result<Vec<String>> {
        if !self.path("specs").is_dir() {
            bail!("there is no folder specs in {}", self.root.display());
        }
        Files::providers(self)
    }

    /// The providers named on the command line; all if none is.
    pub fn select(&self, named: &[String]) -> Result<Vec<String>> {
        let known = self.providers()?;
        for name in named {
            if !known.contains(name) {
                return Err(no_provider("there is no", name, &known));
            }
        }
        // Who names one twice wants it once.
        let mut selected: Vec<String> = Vec::new();
        for name in if named.is_empty() { &known } else { named } {
            if !selected.contains(name) {
                selected.push(name.clone());
            }
        }
        Ok(selected)
    }

    /// A provider's spec and samples.
    pub fn source(&self, provider: &str) -> Result<Source> {
        Files::source(self, provider)
    }
}

/// A name that no spec has; perhaps it is the path of one.
pub(crate) fn no_provider(there_is_no: &str, name: &str, known: &[String]) -> anyhow::Error {
    let path = name.trim_start_matches("./").replace('\\', "/");
    let meant = known.iter().find(|it| {
        let rest = path.strip_prefix(&format!("specs/{it}")).or(path.strip_prefix(it.as_str()));
        rest.is_some_and(|it| it.starts_with(['.', '/']))
    });
    Usage::error(match meant {
        Some(meant) => format!("`{name}` is no provider; did you mean `{meant}`?"),
        None if name.contains(['/', '\\', '.']) => {
            format!("`{name}` is no provider; providers are {}", known.join(", "))
        }
        None => {
            format!("{there_is_no} specs/{name}.yaml; providers are {}", known.join(", "))
        }
    })
}

/// A small workspace of its own for a test: one client, which is generated.
#[cfg(test)]
pub(crate) fn scratch() -> (tempfile::TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    let member = "[package]\nedition.workspace = true\nlicense.workspace = true\n\
                  repository.workspace = true\npublish.workspace = true\n\n[lints]\nworkspace = true\n";
    let facade = "[features]\nall = [\"zeta\"]\nzeta = [\"dep:payouts-zeta\"]\n\
                  rustls = [\"payouts-zeta?/rustls\"]\nnative-tls = [\"payouts-zeta?/native-tls\"]\n\
                  tracing = [\"payouts-zeta?/tracing\"]\nschemars = [\"payouts-zeta?/schemars\"]\n\n[dependencies]\n\
                  payouts-zeta = { workspace = true, optional = true }\n";
    let files = [
        ("Cargo.toml", "[workspace.dependencies]\npayouts-core = { path = \"crates/payouts-core\" }\npayouts-zeta = {}\n".to_owned()),
        ("README.md", "| provider |\n|---|\n| zeta | [`payouts-zeta`](crates/payouts-zeta/README.md) | `zeta` |\n".to_owned()),
        ("codegen/Cargo.toml", member.to_owned()),
        ("codegen/src/lib.rs", "//! Nothing.\n".to_owned()),
        ("xtask/Cargo.toml", member.to_owned()),
        ("tests/Cargo.toml", format!("{}\n[dependencies]\npayouts-zeta = {{}}\n", member.replacen("[package]\n", "[package]\nname = \"payouts-tests\"\n", 1))),
        ("crates/payouts/Cargo.toml", format!("{member}\n{facade}")),
        ("crates/payouts/README.md", "| feature |\n|---|\n| `zeta` | payouts-zeta |\n| `all` | all of them |\n\
                                        | `rustls` (default), `native-tls` | TLS |\n| `tracing` (default) | spans |\n| `schemars` | schemas |\n".to_owned()),
    ];
    for (path, text) in files {
        workspace.write(path, &text).expect("writable");
    }
    crate::new_provider::run(&workspace, "delta").expect("a new provider");
    // The sibling was only there to be followed.
    for path in [
        "Cargo.toml",
        "README.md",
        "tests/Cargo.toml",
        "crates/payouts/Cargo.toml",
        "crates/payouts/README.md",
    ] {
        let text = workspace.read(path).expect("readable").expect("exists");
        let kept: Vec<&str> = text
            .lines()
            .filter(|it| !it.contains("payouts-zeta") || it.contains("delta"))
            .collect();
        workspace.write(path, &(kept.join("\n") + "\n")).expect("writable");
    }
    (folder, workspace)
}
