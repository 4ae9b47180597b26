//! Has rustdoc write down a crate, and keeps what came of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{krate::Krate, surface::Surface};
use crate::{shell, workspace::Workspace};

/// More than the dependencies of a few editions need.
const MAX_BYTES: u64 = 4 << 30;

/// The public API of a crate; not compiled again if it is known from before.
pub(super) fn surface(krate: &Krate, target: &Path) -> Result<Surface> {
    let cache = Workspace::at(target);
    let path = format!("api/{}-{}.json", krate.name, krate.key);
    if let Some(text) = cache.read(&path)?
        && let Ok(surface) = serde_json::from_str(&text)
    {
        return Ok(surface);
    }
    forget_too_much(target, MAX_BYTES)?;
    forget_others(krate, target)?;
    let surface = Surface::read(krate, &json(krate, target)?)?;
    cache.write(&path, &serde_json::to_string(&surface).context("a list of items is JSON")?)?;
    Ok(surface)
}

/// Removes what cargo has compiled if it is more than that: nothing else tells cargo
/// which dependencies and compilers no side has any more.
fn forget_too_much(target: &Path, max_bytes: u64) -> Result<()> {
    if n_bytes(&target.join("debug")) <= max_bytes {
        return Ok(());
    }
    for folder in ["debug", "doc"].map(|it| target.join(it)) {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).with_context(|| format!("cannot remove {}", folder.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

/// How much is below a folder; nothing if there is none. Links are not followed.
fn n_bytes(folder: &Path) -> u64 {
    let mut n_bytes = 0;
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(it) if it.is_dir() => open.push(entry.path()),
                Ok(it) => n_bytes += it.len(),
                Err(_) => {}
            }
        }
    }
    n_bytes
}

/// Makes cargo compile a crate and its dependencies in the workspace again if
/// the target folder has those of another side. Cargo knows them by their paths
/// in the workspace and their files' times, which both sides may share.
fn forget_others(krate: &Krate, target: &Path) -> Result<()> {
    for dependency in &krate.path_dependencies {
        forget_others(dependency, target)?;
    }
    let stamps = Workspace::at(target);
    let stamp = format!("api/{}.compiled", krate.name);
    if stamps.read(&stamp)?.as_ref() == Some(&krate.key) {
        return Ok(());
    }
    let profile = target.join("debug/.fingerprint");
    for entry in profile.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name();
        let hash = name.to_str().and_then(|it| it.strip_prefix(&krate.name)?.strip_prefix('-'));
        if hash.is_some_and(|it| !it.contains('-')) {
            let path = entry.path();
            fs::remove_dir_all(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    stamps.write(&stamp, &krate.key)
}

/// Documents a crate as JSON and gives the file. The pinned toolchain fixes the
/// format, although it is unstable.
fn json(krate: &Krate, target: &Path) -> Result<PathBuf> {
    let file = target.join(format!("doc/{}.json", krate.name.replace('-', "_")));
    // Both sides are written to the same file. Cargo writes it again if it is
    // gone, but not if it is the other side's.
    if file.exists() {
        fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
    }
    shell::status("Documenting", &format!("{} in {}", krate.name, krate.root.display()));
    let output = shell::cargo(&krate.root)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("CARGO_BUILD_BUILD_DIR")
        // Warnings of an older side are not what is asked for.
        .env_remove("RUSTFLAGS")
        .env("RUSTDOCFLAGS", "--cap-lints=allow")
        .args(["rustdoc", "--quiet", "--package", &krate.name, "--lib", "--no-default-features"])
        .args(["--features", &krate.documented_features(), "--message-format", "short"])
        .args(["-Z", "unstable-options", "--output-format", "json", "--target-dir"])
        .arg(target)
        .output()
        .context("cannot run cargo rustdoc")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("{} cannot be compiled: {}", krate.name, first_error(&said));
    }
    if !file.exists() {
        bail!("cargo rustdoc did not write {}", file.display());
    }
    Ok(file)
}

/// The first line that says what is wrong.
fn first_error(said: &str) -> &str {
    let is_error = |it: &&str| it.contains("error");
    said.lines().find(is_error).or_else(|| said.lines().next()).unwrap_or("no reason given").trim()
}

#[cfg(test)]
mod tests {
    use super::{forget_too_much, fs};

    #[test]
    fn what_is_too_much_is_forgotten_but_for_what_was_found() {
        let target = tempfile::tempdir().expect("a folder for temporary files is there");
        let path = |it: &str| target.path().join(it);
        let files = ["debug/deps/liba.rmeta", "doc/a.json", "api/a-1.json"];
        for file in files {
            fs::create_dir_all(path(file).parent().expect("it has a folder")).expect("writable");
            fs::write(path(file), "12345").expect("writable");
        }
        forget_too_much(target.path(), 5).expect("nothing is in use");
        assert!(files.iter().all(|it| path(it).exists()), "it was not too much");
        forget_too_much(target.path(), 4).expect("nothing is in use");
        assert_eq!(files.map(|it| path(it).exists()), [false, false, true]);
    }
}
