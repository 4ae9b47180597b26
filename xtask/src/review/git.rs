//! Git: which revisions are compared, and where they can be looked at.
//!
//! Neither the work tree nor the index is written to.

pub(crate) mod side;

use std::{
    cell::RefCell,
    fs,
    io::{BufRead, BufReader, Read, Seek, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio},
};

use anyhow::{Context, Result, bail, ensure};

use crate::usage::Usage;

pub(crate) use side::Side;

/// What the work tree is called in a review.
pub(crate) const WORK_TREE: &str = "the work tree";

/// Where the default branch may be, the best guess first.
const DEFAULT_BRANCHES: [&str; 3] =
    ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main"];

/// The repository that holds the workspace.
pub(crate) struct Repository {
    root: PathBuf,
    /// The workspace's folder in the repository: nothing, or it ends in a slash.
    prefix: String,
    is_shallow: bool,
    blobs: RefCell<Option<Blobs>>,
}

/// A revision that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Revision {
    /// As it was asked for.
    pub(crate) name: String,
    /// The commit's full id.
    pub(crate) commit: String,
}

impl Repository {
    /// The repository around a workspace.
    pub(crate) fn open(root: &Path) -> Result<Self> {
        let mut repository = Self {
            root: root.to_owned(),
            prefix: String::new(),
            is_shallow: false,
            blobs: RefCell::new(None),
        };
        let args = ["rev-parse", "--is-shallow-repository", "--show-prefix"];
        let found = match repository.text(&args) {
            Ok(found) => found,
            Err(error) => bail!("{} is not in a git repository: {error:#}", root.display()),
        };
        let mut lines = found.lines();
        repository.is_shallow = lines.next() == Some("true");
        repository.prefix = lines.next().unwrap_or_default().to_owned();
        Ok(repository)
    }

    /// The revision of a name, such as `HEAD~1`, `origin/main` or a commit's id.
    pub(crate) fn revision(&self, name: &str) -> Result<Revision> {
        if let Some(commit) = self.commit(name)? {
            return Ok(Revision { name: name.to_owned(), commit });
        }
        let refs = self.text(&["for-each-ref", "--format=%(refname:short)"])?;
        // Whoever writes `main` where there is only `origin/main` means that.
        let near = refs
            .lines()
            .find(|it| it.strip_suffix(name).is_some_and(|it| it.ends_with('/')))
            .or_else(|| codegen::diagnostics::nearest(name, refs.lines()));
        match near {
            Some(near) => {
                Err(Usage::error(format!("there is no revision `{name}`; did you mean `{near}`?")))
            }
            None if self.is_shallow => bail!(
                "there is no revision `{name}` in this shallow clone; `git fetch --unshallow` brings the rest (in a workflow, `fetch-depth: 0`)"
            ),
            None => Err(Usage::error(format!("there is no revision `{name}`"))),
        }
    }

    /// Where the head left the default branch; `None` for the head is the work tree.
    pub(crate) fn default_base(&self, head: Option<&Revision>) -> Result<Revision> {
        let Some(here) = self.commit("HEAD")? else {
            bail!("there is no commit yet, so there is nothing to compare with");
        };
        let head = head.map_or(here.as_str(), |it| &it.commit);
        let mut branch = None;
        for name in DEFAULT_BRANCHES {
            if let Some(commit) = self.commit(name)? {
                branch = Some((name, commit));
                break;
            }
        }
        let Some((name, commit)) = branch else {
            bail!(
                "there is neither `origin/HEAD` nor `origin/main` nor `main` to compare with; name a revision: `--base REV`"
            );
        };
        let output = self.run(&["merge-base", &commit, head])?;
        let name = name.trim_start_matches("refs/remotes/").trim_start_matches("refs/heads/");
        if output.status.success() {
            let commit = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            return Ok(Revision { name: commit.chars().take(12).collect(), commit });
        }
        if self.is_shallow {
            bail!(
                "this clone is shallow and ends before the merge base with `{name}`; `git fetch --unshallow` brings the rest (in a workflow, `fetch-depth: 0`)"
            );
        }
        bail!("the head has no history in common with `{name}`; name a revision: `--base REV`")
    }

    /// All versions of crates that are tagged as `<crate>-v<version>`.
    pub(crate) fn tags(&self) -> Result<Vec<String>> {
        let tags = self.text(&["tag", "--list", "*-v[0-9]*"])?;
        Ok(tags.lines().map(ToOwned::to_owned).collect())
    }

    /// Where files can be looked at, with `{rev}`, `{path}` and `{line}` in it.
    pub(crate) fn link(&self, env: impl Fn(&str) -> Option<String>) -> Result<Option<String>> {
        let server = env("GITHUB_SERVER_URL").zip(env("GITHUB_REPOSITORY"));
        let home = match server {
            Some((server, repository)) => Some(format!("{server}/{repository}")),
            None => {
                let output = self.run(&["remote", "get-url", "origin"])?;
                github_home(String::from_utf8_lossy(&output.stdout).trim())
            }
        };
        Ok(home.map(|it| format!("{it}/blob/{{rev}}/{}{{path}}#L{{line}}", self.prefix)))
    }

    /// The full id of a commit, if it exists.
    fn commit(&self, name: &str) -> Result<Option<String>> {
        let name = format!("{name}^{{commit}}");
        let output =
            self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", name.as_str()])?;
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(output.status.success().then(|| text.trim().to_owned()))
    }

    /// What git prints; its complaint if it fails.
    fn text(&self, args: &[&str]) -> Result<String> {
        let output = self.run(args)?;
        if !output.status.success() {
            bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).context("git prints what is not UTF-8")
    }

    fn run(&self, args: &[&str]) -> Result<Output> {
        self.command(args).output().context("cannot run git")
    }

    /// Git, told not to refresh the index in passing.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(args);
        command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
        command
    }

    /// What git prints when it reads `input`.
    fn answer(&self, args: &[&str], input: &[u8]) -> Result<String> {
        let mut file = tempfile::tempfile().context("cannot make a temporary file")?;
        file.write_all(input).context("cannot write a temporary file")?;
        file.rewind().context("cannot read a temporary file")?;
        let output = self.command(args).stdin(file).output().context("cannot run git")?;
        if !output.status.success() {
            bail!("git {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).context("git prints what is not UTF-8")
    }

    /// The content of a file that git keeps.
    fn blob(&self, id: &str) -> Result<Vec<u8>> {
        let mut blobs = self.blobs.borrow_mut();
        let blobs = match &mut *blobs {
            Some(blobs) => blobs,
            none => none.insert(Blobs::start(self.command(&["cat-file", "--batch"]))?),
        };
        blobs.read(id).with_context(|| format!("cannot read {id} from git"))
    }

    /// The content of a file of the work tree.
    fn file(&self, path: &str) -> Result<Vec<u8>> {
        fs::read(self.root.join(path)).with_context(|| format!("cannot read {path}"))
    }
}

/// One process that reads all files, one after the other.
struct Blobs {
    process: Child,
    ask: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    fn start(mut command: Command) -> Result<Self> {
        let mut process = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot run git")?;
        let ask = process.stdin.take();
        let answers = process.stdout.take().context("git has an output")?;
        Ok(Self { process, ask, answers: BufReader::new(answers) })
    }

    fn read(&mut self, id: &str) -> Result<Vec<u8>> {
        let ask = self.ask.as_mut().context("git has an input")?;
        writeln!(ask, "{id}")?;
        ask.flush()?;
        let mut header = String::new();
        self.answers.read_line(&mut header)?;
        let size = header.trim_end().rsplit_once(' ').and_then(|(_, it)| it.parse().ok());
        let size: u64 = size.with_context(|| format!("git says `{}`", header.trim_end()))?;
        let mut bytes = Vec::new();
        (&mut self.answers).take(size).read_to_end(&mut bytes)?;
        let mut end = [0];
        self.answers.read_exact(&mut end)?;
        ensure!(bytes.len() as u64 == size && end == *b"\n", "git ended too early");
        Ok(bytes)
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It ends when nobody can ask it any more.
        self.ask = None;
        let _ = self.process.wait();
    }
}

/// The page of a repository at GitHub, without what else an address may hold.
fn github_home(address: &str) -> Option<String> {
    let address = address.strip_suffix(".git").unwrap_or(address).trim_end_matches('/');
    let path = match address.split_once("://") {
        Some((_, rest)) => {
            let (host, path) = rest.split_once('/')?;
            let host = host.rsplit_once('@').map_or(host, |(_, it)| it);
            (host == "github.com" || host == "ssh.github.com:443").then_some(path)?
        }
        None => address.strip_prefix("git@github.com:")?,
    };
    let (owner, name) = path.split_once('/')?;
    let is_name = |it: &str| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_alphanumeric() || "-_.".contains(it))
    };
    (is_name(owner) && is_name(name)).then(|| format!("https://github.com/{owner}/{name}"))
}

#[cfg(test)]
pub(crate) mod tests;
