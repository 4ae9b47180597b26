//! A crate in a folder: what its manifest says, and a key for all that its
//! public API depends on.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use toml_edit::{DocumentMut, Item};

use crate::workspace::Workspace;

/// Features that choose a TLS library: no item depends on them, and compiling
/// one takes minutes.
const WITHOUT_ITEMS: &[&str] = &["default", "native-tls", "rustls"];

/// A library crate of a workspace.
#[derive(Debug)]
pub(super) struct Krate {
    /// The package's name.
    pub(super) name: String,
    /// The root of the workspace.
    pub(super) root: PathBuf,
    /// What users can switch on, and what `default` means, in order.
    pub(super) features: Vec<(String, Vec<String>)>,
    /// The crates of the same workspace that it stands on.
    pub(super) path_dependencies: Vec<Krate>,
    /// The same for the same content.
    pub(super) key: String,
}

impl Krate {
    /// The crate in `crates/<name>`, if there is one.
    pub(super) fn find(root: &Path, name: &str) -> Result<Option<Self>> {
        Self::at(&Workspace::at(root), name, &format!("crates/{name}"))
    }

    fn at(workspace: &Workspace, name: &str, folder: &str) -> Result<Option<Self>> {
        let Some(manifest) = read(workspace, &format!("{folder}/Cargo.toml"))? else {
            return Ok(None);
        };
        let root = read(workspace, "Cargo.toml")?.context("Cargo.toml is missing")?;
        let mut path_dependencies = Vec::new();
        for (dependency, item) in tables(manifest.get("dependencies")) {
            let shared = root.get("workspace").and_then(|it| it.get("dependencies"));
            let inherited = item.get("workspace").and(shared).and_then(|it| it.get(dependency));
            let (path, base) = match inherited {
                Some(it) => (it.get("path"), ""),
                None => (item.get("path"), folder),
            };
            let Some(path) = path.and_then(Item::as_str) else { continue };
            let path = if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") };
            path_dependencies.extend(Self::at(workspace, dependency, &path)?);
        }
        let features = features(&manifest);
        let mut hasher = DefaultHasher::new();
        super::surface::FORMAT.hash(&mut hasher);
        for file in ["Cargo.toml", "Cargo.lock", "rust-toolchain.toml"] {
            workspace.read(file)?.hash(&mut hasher);
        }
        hash_folder(&workspace.path(folder), &mut hasher)?;
        path_dependencies.iter().for_each(|it| it.key.hash(&mut hasher));
        let key = format!("{:016x}", hasher.finish());
        let (name, root) = (name.to_owned(), workspace.root().to_owned());
        Ok(Some(Self { name, root, features, path_dependencies, key }))
    }

    /// The features under which all items are there.
    pub(super) fn documented_features(&self) -> String {
        let names = self.features.iter().map(|(name, _)| name.as_str());
        names.filter(|it| !WITHOUT_ITEMS.contains(it)).collect::<Vec<_>>().join(",")
    }
}

fn read(workspace: &Workspace, path: &str) -> Result<Option<DocumentMut>> {
    let Some(text) = workspace.read(path)? else { return Ok(None) };
    Ok(Some(text.parse().with_context(|| format!("{path} is not TOML"))?))
}

fn tables(item: Option<&Item>) -> impl Iterator<Item = (&str, &Item)> {
    item.and_then(Item::as_table_like).into_iter().flat_map(|it| it.iter())
}

fn features(manifest: &DocumentMut) -> Vec<(String, Vec<String>)> {
    let texts = |item: &Item| {
        let array = item.as_array().into_iter().flatten();
        array.filter_map(|it| it.as_str().map(str::to_owned)).collect()
    };
    tables(manifest.get("features")).map(|(name, it)| (name.to_owned(), texts(it))).collect()
}

/// All files but those that the library cannot see.
fn hash_folder(folder: &Path, hasher: &mut DefaultHasher) -> Result<()> {
    let cannot = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(folder).with_context(cannot)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().with_context(cannot)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if ["benches", "examples", "target", "tests"].iter().any(|it| name == *it) {
            continue;
        }
        name.hash(hasher);
        let path = entry.path();
        if path.is_dir() {
            hash_folder(&path, hasher)?;
        } else {
            let cannot = || format!("cannot read {}", path.display());
            fs::read(&path).with_context(cannot)?.hash(hasher);
        }
    }
    Ok(())
}
