//! One side of a review: the files of a revision, or of the work tree.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result};

use super::{Repository, Revision, WORK_TREE};
use crate::workspace::Files;

/// How many copies are kept below `target/review/trees`.
const N_COPIES: usize = 10;

/// When a copy was last used.
const USED: &str = ".used";

/// The files of one side. Links to other files are none.
pub(crate) struct Side<'r> {
    repository: &'r Repository,
    /// As people call it.
    pub(crate) name: String,
    /// The commit; nothing for the work tree.
    pub(crate) commit: Option<String>,
    files: BTreeMap<String, Entry>,
}

/// A file: its content's id, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    id: String,
    is_on_disk: bool,
}

impl<'r> Side<'r> {
    /// The files of a revision.
    pub(crate) fn revision(repository: &'r Repository, revision: &Revision) -> Result<Self> {
        Ok(Self {
            repository,
            name: revision.name.clone(),
            commit: Some(revision.commit.clone()),
            files: tree(repository, &revision.commit)?,
        })
    }

    /// The files of the work tree, untracked ones included, ignored ones not.
    pub(crate) fn work_tree(repository: &'r Repository) -> Result<Self> {
        let mut files = tree(repository, "HEAD")?;
        let changed: Vec<String> = changed(repository)?;
        let mut present = Vec::new();
        for path in changed {
            files.remove(&path);
            let on_disk = fs::symlink_metadata(repository.root.join(&path));
            if on_disk.is_ok_and(|it| it.is_file()) {
                present.push(path);
            }
        }
        // As git would keep them: line ends and the like are made the same. It takes
        // paths from the root of the repository.
        let lines: String =
            present.iter().map(|it| format!("{}{it}\n", repository.prefix)).collect();
        let ids = if present.is_empty() {
            String::new()
        } else {
            repository.answer(&["hash-object", "--stdin-paths"], lines.as_bytes())?
        };
        for (path, id) in present.into_iter().zip(ids.lines()) {
            files.insert(path, Entry { id: id.to_owned(), is_on_disk: true });
        }
        Ok(Self { repository, name: WORK_TREE.to_owned(), commit: None, files })
    }

    /// Whether there is something at or below a path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.below(&[path]).next().is_some()
    }

    /// Whether both sides have the same at and below the paths.
    pub(crate) fn is_same(&self, other: &Self, paths: &[&str]) -> bool {
        let ids = |(path, it): (&'_ str, &'_ Entry)| (path.to_owned(), it.id.clone());
        self.below(paths).map(ids).eq(other.below(paths).map(ids))
    }

    /// The content's id of a file: the same only for the same content.
    pub(crate) fn id(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|it| it.id.as_str())
    }

    /// A copy of the workspace for cargo, with some files replaced; made once, in a
    /// folder that is called by an id of its content, which is a key for caches.
    ///
    /// It has what crates are compiled from: neither specs nor the pages of the root.
    pub(crate) fn extract(&self, trees: &Path, replaced: &[(String, String)]) -> Result<PathBuf> {
        let files = || {
            let is_compiled = |path: &str| {
                !path.starts_with("specs/") && (path.contains('/') || !path.ends_with(".md"))
            };
            let files = self.files.iter().map(|(path, it)| (path.as_str(), it));
            files.filter(move |(path, _)| is_compiled(path))
        };
        let folder = trees.join(self.id_of(files(), replaced)?);
        if !folder.is_dir() {
            fs::create_dir_all(trees).context("cannot make a folder for copies")?;
            let scratch = tempfile::tempdir_in(trees).context("cannot make a copy")?;
            let write = |path: &str, bytes: &[u8]| -> Result<()> {
                let path = scratch.path().join(path);
                fs::create_dir_all(path.parent().context("files stand in folders")?)?;
                Ok(fs::write(&path, bytes)?)
            };
            for (path, entry) in files() {
                write(path, &self.content(path, entry)?)
                    .with_context(|| format!("cannot copy {path}"))?;
            }
            for (path, text) in replaced {
                write(path, text.as_bytes()).with_context(|| format!("cannot copy {path}"))?;
            }
            // Another review may have been faster.
            let moved = fs::rename(scratch.path(), &folder);
            if !folder.is_dir() {
                moved.context("cannot make a copy")?;
            }
            forget_old(trees)?;
        }
        fs::write(folder.join(USED), "").context("cannot use a copy")?;
        Ok(folder)
    }

    fn id_of<'f>(
        &self,
        files: impl Iterator<Item = (&'f str, &'f Entry)>,
        replaced: &[(String, String)],
    ) -> Result<String> {
        let mut list = String::new();
        for (path, it) in files {
            let _ = writeln!(list, "{} {path}", it.id);
        }
        for (path, text) in replaced {
            let _ = writeln!(list, "{path}\n{text}");
        }
        let id = self.repository.answer(&["hash-object", "--stdin"], list.as_bytes())?;
        Ok(id.trim().to_owned())
    }

    fn below<'s>(
        &'s self,
        paths: &[&str],
    ) -> impl Iterator<Item = (&'s str, &'s Entry)> + use<'s, 'r> {
        let is_below = |file: &str, path: &str| {
            file.strip_prefix(path.trim_end_matches('/'))
                .is_some_and(|it| it.is_empty() || it.starts_with('/'))
        };
        let paths: Vec<String> = paths.iter().map(|it| (*it).to_owned()).collect();
        self.files
            .iter()
            .map(|(file, it)| (file.as_str(), it))
            .filter(move |(file, _)| paths.iter().any(|path| is_below(file, path)))
    }

    fn content(&self, path: &str, entry: &Entry) -> Result<Vec<u8>> {
        if entry.is_on_disk { self.repository.file(path) } else { self.repository.blob(&entry.id) }
    }
}

impl Files for Side<'_> {
    fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>> {
        self.files.get(path).map(|it| self.content(path, it)).transpose()
    }

    fn files(&self, folder: &str, extension: &str) -> Result<Vec<String>> {
        // The path of a folder that is a file is not in it.
        let below = self.below(&[folder]).map(|(path, _)| path).filter(|it| *it != folder);
        Ok(below.filter(|it| it.ends_with(extension)).map(ToOwned::to_owned).collect())
    }
}

/// All files of a commit, relative to the workspace.
fn tree(repository: &Repository, commit: &str) -> Result<BTreeMap<String, Entry>> {
    let mut files = BTreeMap::new();
    let list = repository.text(&["ls-tree", "-r", "-z", commit])?;
    for line in list.split_terminator('\0') {
        let (about, path) = line.split_once('\t').context("git lists files with their paths")?;
        let mut about = about.split(' ');
        let is_file = matches!(about.next(), Some("100644" | "100755"));
        if let (true, Some(id)) = (is_file, about.nth(1)) {
            files.insert(path.to_owned(), Entry { id: id.to_owned(), is_on_disk: false });
        }
    }
    Ok(files)
}

/// All paths where the work tree differs from the commit it stands on.
fn changed(repository: &Repository) -> Result<Vec<String>> {
    let list = repository.text(&[
        "status",
        "--porcelain=v1",
        "-z",
        "--untracked-files=all",
        "--no-renames",
        "--ignore-submodules=all",
        "--",
        ".",
    ])?;
    let paths = list.split_terminator('\0').filter_map(|it| it.get(3..));
    let paths = paths.filter_map(|it| it.strip_prefix(repository.prefix.as_str()));
    let is_ours =
        |it: &&str| !it.ends_with('/') && !it.contains('\n') && !it.starts_with("target/");
    Ok(paths.filter(is_ours).map(ToOwned::to_owned).collect())
}

/// Removes all copies but the last used ones.
fn forget_old(trees: &Path) -> Result<()> {
    let mut copies = Vec::new();
    for entry in fs::read_dir(trees).context("cannot read the folder of copies")? {
        let path = entry.context("cannot read the folder of copies")?.path();
        if let Ok(used) = fs::metadata(path.join(USED)).and_then(|it| it.modified()) {
            copies.push((used, path));
        }
    }
    copies.sort_by_key(|(used, _): &(SystemTime, PathBuf)| std::cmp::Reverse(*used));
    for (_, path) in copies.into_iter().skip(N_COPIES) {
        fs::remove_dir_all(&path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}
