//! `docs`: one site of everything that is documented, which works from the disk.
//!
//! The reference of all specs (`provider`), our own pages (`markdown`,
//! `extensions`), the crates' documentation (`rustdoc`) and a front page
//! (`home`), with a search over all of it (`search`). Nothing on a page asks for
//! anything from a network, and no link leads nowhere (`links`).

mod extensions;
mod folder;
mod guides;
mod home;
mod layout;
mod links;
mod markdown;
mod provider;
mod rustdoc;
mod search;
mod site;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail};

use self::{provider::Provider, rustdoc::Rustdoc, site::Site};
use crate::{
    shell::{self, MessageFormat, Progress},
    workspace::Workspace,
};

/// Below the root: where the site is written.
const FOLDER: &str = "target/site";

/// What is built, and where it is written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder; the one below `target` if there is none.
    pub output: Option<PathBuf>,
    /// Does not document the crates, which takes longest.
    pub no_rustdoc: bool,
    /// Opens the front page in a browser.
    pub open: bool,
}

/// Builds the site; fails if a spec has errors or a link leads nowhere.
///
/// # Errors
///
/// If the crates cannot be documented, the folder is not ours, or something
/// cannot be read or written.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let mut progress = Progress::start();
    let output = options.output.clone().unwrap_or_else(|| workspace.path(FOLDER));
    folder::check(&output)?;
    let Some(providers) = read(workspace, &mut progress)? else {
        return Ok(ExitCode::FAILURE);
    };
    let rustdoc = match options.no_rustdoc {
        true => None,
        false => match rustdoc::build(workspace)? {
            Some(it) => Some(it),
            None => {
                shell::failure("Failed", "the documentation of the crates");
                return Ok(ExitCode::FAILURE);
            }
        },
    };
    let site = site(workspace, &providers, rustdoc.as_ref())?;
    let files = site.files();
    let rustdoc_folder = rustdoc.as_ref().map(|it| it.folder.as_path());
    let problems = links::problems(&site, &files, rustdoc_folder)?;
    for it in &problems {
        shell::failure("Broken", it);
    }
    if !problems.is_empty() {
        shell::error(&format!("{} on the site", shell::counted(problems.len(), "broken link")));
        return Ok(ExitCode::FAILURE);
    }
    folder::replace(&output, &files, rustdoc_folder)?;
    let n_pages = shell::counted(site.pages.len(), "page");
    let crates = rustdoc.map_or_else(String::new, |it| {
        format!(" and the documentation of {}", shell::counted(it.crates.len(), "crate"))
    });
    let took = progress.finish();
    shell::status("Built", &format!("{n_pages}{crates} in {took:.2?}"));
    let front = output.join("index.html");
    shell::status("Written", &front.display().to_string());
    if options.open
        && let Err(error) = open(&front)
    {
        // The site is written, which is what was asked for first.
        shell::warning("Skipped", &format!("{error:#}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads all specs; nothing if one has errors, which are printed.
fn read(workspace: &Workspace, progress: &mut Progress) -> Result<Option<Vec<Provider>>> {
    let names = workspace.providers()?;
    let mut providers = Vec::new();
    let mut is_well = true;
    for (idx, name) in names.iter().enumerate() {
        progress.step(&format!("reading specs/{name}.yaml"), idx, names.len());
        match Provider::read(workspace, name)? {
            Ok(provider) => providers.push(provider),
            Err(complaints) => {
                shell::complaints(&complaints, MessageFormat::Human);
                shell::failure("Failed", &format!("specs/{name}.yaml"));
                is_well = false;
            }
        }
    }
    Ok(is_well.then_some(providers))
}

/// All pages.
fn site(workspace: &Workspace, providers: &[Provider], rustdoc: Option<&Rustdoc>) -> Result<Site> {
    let guides = guides::read(workspace)?;
    let has_guide = |path: &str| guides.iter().any(|it| it.path == path);
    let mut site = Site::new(rustdoc);
    for provider in providers {
        site.pages.extend(provider::pages(provider, rustdoc.is_some(), has_guide("RUNBOOK.md")));
    }
    let targets = guides::targets(providers, rustdoc, &guides);
    for guide in &guides {
        site.pages.push(guides::page(workspace, guide, &targets)?);
    }
    site.pages.extend(extensions::page(workspace)?);
    let front = home::page(&site, providers, &guides);
    site.pages.insert(0, front);
    Ok(site)
}

/// Shows a page in the browser that the system has for it.
fn open(page: &Path) -> Result<()> {
    let (program, args): (&str, &[&str]) = match std::env::consts::OS {
        "macos" => ("open", &[]),
        "windows" => ("cmd", &["/C", "start", ""]),
        _ => ("xdg-open", &[]),
    };
    let status = Command::new(program).args(args).arg(page).status();
    let status =
        status.with_context(|| format!("cannot run {program} to open {}", page.display()))?;
    if !status.success() {
        bail!("{program} cannot open {}: {status}", page.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
