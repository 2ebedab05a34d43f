//! Runs the git program with a time limit and only the transports that mirrors need.
//!
//! In: a repository and an address. Out: git's answer. The user's global settings apply (a proxy, certificates, a
//! password helper), those of repositories do not: neither the mirror's ([`own`]) nor those of a repository around
//! the site. Never here: a prompt, a transport that runs programs (`ext::`).

use std::{
    env,
    ffi::{OsStr, OsString},
    fs::File,
    io,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{Effort, own};
use crate::error::Reason;

/// The interval at which a running git is checked.
const GLANCE: Duration = Duration::from_millis(20);

/// No repository, so that git reads no settings of one around the working directory.
const NOWHERE: &str = "/dev/null";

/// Variables of git that stay: the places of the user's own settings and programs, and network settings. Others name
/// a repository, or a part of one, for a git that we did not start (as in a hook), or change how git reads it.
const KEPT: [&str; 9] = [
    "GIT_ASKPASS",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
    "GIT_CONFIG_SYSTEM",
    "GIT_EXEC_PATH",
    "GIT_HTTP_",
    "GIT_PROXY_",
    "GIT_SSL_",
    "GIT_TRACE",
];

/// The first arguments of every fetch.
const FETCH: [&str; 5] = ["fetch", "--quiet", "--prune", "--no-tags", "--force"];
/// The name of the remote in a repository of commits.
const TREE: &str = "tree";
/// git's filter for commits without folders and files.
const NO_FILES: &str = "tree:0";

/// The result of a request.
pub(super) enum Answer<T> {
    /// The answer.
    Here(T),
    /// Nothing at the address, in git's words.
    Nothing(Reason),
    /// The server cannot do this, today or later.
    Refused(Reason),
    /// Nobody knows: the network, a limit, the disk.
    Failed(Reason),
}

/// How much of a history to fetch.
#[derive(Debug, Clone, Copy)]
pub(super) enum Extent<'a> {
    /// All of it, or everything new.
    All,
    /// The newest commit.
    Newest,
    /// Commits after this date, in git's notation.
    Since(&'a str),
    /// The newest this many commits.
    Last(usize),
    /// This many commits more than are present.
    Before(usize),
}

impl Extent<'_> {
    /// The option for it.
    fn option(self) -> Option<String> {
        match self {
            Extent::All => None,
            Extent::Newest => Some("--depth=1".to_owned()),
            Extent::Since(date) => Some(format!("--shallow-since={date}")),
            Extent::Last(count) => Some(format!("--depth={count}")),
            Extent::Before(count) => Some(format!("--deepen={count}")),
        }
    }
}

/// git, with the effort for each transfer.
#[derive(Clone, Copy)]
pub(super) struct Git<'a> {
    pub(super) effort: &'a Effort,
    /// The lock against other runs. Each git holds it, too, so that a git whose patchpress was killed still counts
    /// as running.
    pub(super) lock: &'a File,
}

impl Git<'_> {
    /// The branch that is checked out at `address`.
    pub(super) fn branch(&self, address: &str) -> Answer<String> {
        self.again(|| self.run(None, &["ls-remote", "--symref", "--", address, "HEAD"])).map(
            |out| {
                let branch =
                    out.lines().find_map(|line| line.strip_prefix("ref: ")?.split('\t').next());
                branch.unwrap_or("refs/heads/master").to_owned()
            },
        )
    }

    /// Makes a bare repository with HEAD at `branch`.
    pub(super) fn make(&self, path: &Path, branch: &str) -> Result<(), Reason> {
        let path_arg = path.to_string_lossy();
        let steps: [(Option<&Path>, &[&str]); 2] = [
            (None, &["init", "--quiet", "--bare", "--template=", "--", &path_arg]),
            (Some(path), &["symbolic-ref", "HEAD", branch]),
        ];
        for (folder, arguments) in steps {
            self.run(folder, arguments).known()?;
        }
        Ok(())
    }

    /// Sets the branches of the repository at `path` to those of `address`.
    pub(super) fn fetch(&self, path: &Path, address: &str, extent: Extent<'_>) -> Answer<()> {
        let mut arguments = FETCH.map(str::to_owned).to_vec();
        arguments.extend(extent.option());
        arguments.extend(["--", address, "+refs/heads/*:refs/heads/*"].map(str::to_owned));
        self.again(|| self.run(Some(path), &arguments)).map(|_| ())
    }

    /// Sets `branch` of the repository at `path` to that of `address`: its commits, without folders and files.
    ///
    /// For git, the address is a promisor remote, so nothing is missing. The settings say so for this call only; a
    /// server that cannot leave files out sends them.
    pub(super) fn fetch_commits(
        &self,
        path: &Path,
        address: &str,
        branch: &str,
        extent: Extent<'_>,
    ) -> Answer<()> {
        let remote = [
            format!("remote.{TREE}.url={address}"),
            format!("remote.{TREE}.promisor=true"),
            format!("remote.{TREE}.partialCloneFilter={NO_FILES}"),
        ];
        let mut arguments: Vec<String> =
            remote.into_iter().flat_map(|setting| ["-c".to_owned(), setting]).collect();
        arguments.extend(FETCH.map(str::to_owned));
        arguments.extend(extent.option());
        arguments.extend([format!("--filter={NO_FILES}"), "--".to_owned(), TREE.to_owned()]);
        arguments.push(format!("+{branch}:{branch}"));
        self.again(|| self.run(Some(path), &arguments)).map(|_| ())
    }

    /// When the oldest ancestor of HEAD was made, in seconds since 1970.
    pub(super) fn oldest(&self, path: &Path) -> Option<i64> {
        match self.run(Some(path), &["log", "--format=%ct", "HEAD", "--"]) {
            Answer::Here(out) => out.lines().last()?.parse().ok(),
            _ => None,
        }
    }

    /// The commit that HEAD names.
    pub(super) fn newest(&self, path: &Path) -> Option<String> {
        match self.run(Some(path), &["rev-parse", "--quiet", "--verify", "HEAD^{commit}"]) {
            Answer::Here(out) => Some(out.trim().to_owned()),
            _ => None,
        }
    }

    /// Whether the newest commit was made after a date, in git's notation.
    pub(super) fn is_since(&self, path: &Path, date: &str) -> Result<bool, Reason> {
        let since = format!("--since={date}");
        let out = self.run(Some(path), &["rev-list", "--max-count=1", &since, "HEAD", "--"]);
        Ok(!out.known()?.trim().is_empty())
    }

    /// The number of commits from `from` (excluded) to `to`; `None` if `from` is no ancestor.
    pub(super) fn count(&self, path: &Path, from: Option<&str>, to: &str) -> Option<usize> {
        let range = match from {
            None => to.to_owned(),
            Some(from) => {
                let leads = self.run(Some(path), &["merge-base", "--is-ancestor", from, to]);
                matches!(leads, Answer::Here(_)).then(|| format!("{from}..{to}"))?
            }
        };
        match self.run(Some(path), &["rev-list", "--count", &range, "--"]) {
            Answer::Here(out) => out.trim().parse().ok(),
            _ => None,
        }
    }

    /// Asks again, as often as the effort allows, while the result is unknown.
    fn again<T>(&self, ask: impl Fn() -> Answer<T>) -> Answer<T> {
        let mut pause = self.effort.pause;
        let mut answer = ask();
        for _ in 1..self.effort.tries {
            let Answer::Failed(_) = answer else { break };
            thread::sleep(pause);
            pause = pause.saturating_mul(4);
            answer = ask();
        }
        answer
    }

    /// Runs git in a folder: returns its output, or why it failed.
    fn run(&self, folder: Option<&Path>, arguments: &[impl AsRef<OsStr>]) -> Answer<String> {
        if let Some(Err(reason)) = folder.map(own::settle) {
            return Answer::Failed(reason);
        }
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(folder.unwrap_or(Path::new(NOWHERE)));
        // No hooks, and no background work: a job that ends takes the machine with it.
        let settings =
            ["gc.autoDetach=false", "maintenance.autoDetach=false", "core.hooksPath=/dev/null"];
        command.args(settings.iter().flat_map(|setting| ["-c", setting])).args(arguments);
        let stdin = self.lock.try_clone().map_or_else(|_| Stdio::null(), Stdio::from);
        command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
        let environment: [(&str, &str); 9] = [
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh"),
            ("GIT_SSH_COMMAND", "ssh -oBatchMode=yes"),
            // A connection with less than a kilobyte per second for a minute is dead.
            ("GIT_HTTP_LOW_SPEED_LIMIT", "1024"),
            ("GIT_HTTP_LOW_SPEED_TIME", "60"),
            // The format that this program reads, whatever a later git's default is.
            ("GIT_DEFAULT_HASH", "sha1"),
            ("GIT_DEFAULT_REF_FORMAT", "files"),
            ("LC_ALL", "C"),
        ];
        for variable in strangers(env::vars_os()) {
            command.env_remove(variable);
        }
        command.envs(environment);
        match command.spawn() {
            Ok(child) => self.wait(child),
            Err(why) if why.kind() == io::ErrorKind::NotFound => {
                let reason = Reason::new("there is no `git` on this machine");
                Answer::Failed(reason.hint("install git; `sync` fetches with it"))
            }
            Err(why) => Answer::Failed(format!("git cannot be run: {why}").into()),
        }
    }

    /// Waits for git as long as the effort allows.
    #[expect(clippy::disallowed_methods, reason = "a limit of time needs a clock")]
    fn wait(&self, mut child: Child) -> Answer<String> {
        let (out, err) = (read(child.stdout.take()), read(child.stderr.take()));
        let begun = Instant::now();
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break status,
                Ok(None) if begun.elapsed() < self.effort.time => thread::sleep(GLANCE),
                Ok(None) => {
                    // Its helpers end when it is gone; their output no longer matters.
                    child.kill().ok();
                    child.wait().ok();
                    let seconds = self.effort.time.as_secs();
                    return Answer::Failed(format!("it took longer than {seconds} seconds").into());
                }
                Err(why) => {
                    return Answer::Failed(format!("git cannot be waited for: {why}").into());
                }
            }
        };
        let text = |reader: thread::JoinHandle<Vec<u8>>| {
            String::from_utf8_lossy(&reader.join().unwrap_or_default()).into_owned()
        };
        let (out, err) = (text(out), text(err));
        if status.success() {
            return Answer::Here(out);
        }
        let reason = reason(&err).into();
        match () {
            () if is_absence(&err) => Answer::Nothing(reason),
            // A web server without git ("dumb HTTP") has files only.
            () if err.contains("does not support shallow") => Answer::Refused(
                "its web server does not run git, so it can only send the whole history".into(),
            ),
            () => Answer::Failed(reason),
        }
    }
}

/// The variables of git that are not [`KEPT`].
fn strangers(all: impl Iterator<Item = (OsString, OsString)>) -> impl Iterator<Item = OsString> {
    let is_stranger = |name: &OsString| {
        let name = name.as_encoded_bytes();
        name.starts_with(b"GIT_") && !KEPT.iter().any(|kept| name.starts_with(kept.as_bytes()))
    };
    all.map(|(name, _)| name).filter(is_stranger)
}

impl<T> Answer<T> {
    fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Here(value) => Answer::Here(change(value)),
            Self::Nothing(reason) => Answer::Nothing(reason),
            Self::Refused(reason) => Answer::Refused(reason),
            Self::Failed(reason) => Answer::Failed(reason),
        }
    }

    /// The result, or the reason why there is none.
    pub(super) fn known(self) -> Result<T, Reason> {
        match self {
            Self::Here(value) => Ok(value),
            Self::Nothing(reason) | Self::Refused(reason) | Self::Failed(reason) => Err(reason),
        }
    }
}

/// Reads a pipe to its end on another thread, because a full pipe would block git.
fn read(pipe: Option<impl std::io::Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).ok();
        }
        bytes
    })
}

/// The message of git, in one line.
fn reason(err: &str) -> String {
    let first = |begin: &str| err.lines().find_map(|line| line.strip_prefix(begin));
    match (first("fatal: "), first("error: ")) {
        // One line gives the failed action, the other the reason: `failed to write object: … No space left on
        // device`.
        (Some(what), Some(why)) => format!("{what}: {why}"),
        (Some(line), None) | (None, Some(line)) => line.to_owned(),
        (None, None) => err.lines().last().unwrap_or("git failed").to_owned(),
    }
}

/// Whether git reports that there is no repository at an address: a path, a server's 404.
fn is_absence(err: &str) -> bool {
    let words =
        ["does not appear to be a git repository", "' not found", "does not exist", "error: 404"];
    words.iter().any(|words| err.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_of_other_repositories_are_cleared() {
        let told = Command::new("git").args(["rev-parse", "--local-env-vars"]).output();
        let told = String::from_utf8(told.expect("git").stdout).expect("names");
        let others =
            ["GIT_NAMESPACE", "GIT_QUARANTINE_PATH", "GIT_CONFIG_KEY_0", "GIT_ATTR_SOURCE"];
        let local: Vec<&str> = told.lines().chain(others).collect();
        assert!(local.len() > 15, "{local:?}");
        let kept =
            ["GIT_CONFIG_GLOBAL", "GIT_SSL_CAINFO", "GIT_HTTP_USER_AGENT", "GITHUB_TOKEN", "PATH"];
        let all = local.iter().chain(&kept).map(|name| (name.into(), "x".into()));
        let cleared: Vec<OsString> = strangers(all).collect();
        assert_eq!(cleared, local);
    }

    #[test]
    fn absence_is_told_from_trouble() {
        for (err, absent) in [
            ("fatal: repository 'https://example.org/x/1/' not found\n", true),
            (
                "fatal: '/srv/x/1' does not appear to be a git repository\nfatal: Could not read from remote repository.\n",
                true,
            ),
            (
                "fatal: unable to access 'https://example.org/x/0/': Could not resolve host: example.org\n",
                false,
            ),
            ("fatal: early EOF\nfatal: fetch-pack: invalid index-pack output\n", false),
            ("", false),
        ] {
            assert_eq!(is_absence(err), absent, "{err}");
        }
        assert_eq!(reason("warning: x\nerror: y\nfatal: early EOF\n"), "early EOF: y");
        assert_eq!(reason("error: y\nz\n"), "y");
    }
}
