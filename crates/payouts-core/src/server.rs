//! Where requests go: a base URL, with its variables filled in.

use std::fmt;
use std::net::IpAddr;

use url::{Host, Url};

use crate::error::BuildError;
use crate::path::{self, Piece};

/// The server a client talks to.
///
/// Made from a URL, or from the `Environment` of a client crate. It is looked
/// at when the client is built: it must be `https` (plain `http` is for
/// loopback hosts only), without user, query or fragment.
///
/// ```
/// use payouts_core::Server;
///
/// let production = Server::from("https://api.example.com/v1");
/// let own = Server::new(
///     "https://api.example.com/organizations/{organizationId}",
///     &[("organizationId", "acme")],
/// );
/// ```
#[derive(Clone)]
pub struct Server {
    url: Result<String, BuildError>,
    /// Where it is one that the spec documents.
    pub(crate) documented: Option<Documented>,
}

/// A server that the spec documents.
#[derive(Clone)]
pub(crate) struct Documented {
    /// The name of its environment.
    environment: &'static str,
    variables: Vec<(String, String)>,
}

impl Server {
    /// The server of a URL with variables in braces.
    ///
    /// A value fills one segment of the path, or a part of the host; what is
    /// not allowed there is reported when the client is built.
    pub fn new(template: &str, variables: &[(&str, &str)]) -> Self {
        Self { url: fill(template, variables), documented: None }
    }

    /// The server of an environment that the spec documents, so that operations
    /// and tokens with a server of their own find that of this environment.
    #[must_use]
    pub fn documented(
        environment: &'static str,
        template: &str,
        variables: &[(&str, &str)],
    ) -> Self {
        let owned = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let documented = Documented { environment, variables: owned.collect() };
        Self { url: fill(template, variables), documented: Some(documented) }
    }

    /// With a variable that has one of these values only, which is checked when
    /// the client is built.
    #[must_use]
    pub fn one_of(mut self, variable: &str, value: &str, allowed: &[&str]) -> Self {
        if self.url.is_ok() && !allowed.contains(&value) {
            let allowed: Vec<String> = allowed.iter().map(|it| format!("`{it}`")).collect();
            let allowed = allowed.join(", ");
            let problem = format!("has a variable `{variable}` that is none of {allowed}");
            self.url = Err(error(problem));
        }
        self
    }

    /// The checked base URL, without a slash at the end.
    pub(crate) fn base(self) -> Result<Base, BuildError> {
        let text = self.url?;
        let url = Url::parse(&text).map_err(|_| error("is not a URL"))?;
        let host = url.host().ok_or_else(|| error("has no host"))?;
        let is_loopback = is_loopback(&host);
        match url.scheme() {
            "https" => {}
            "http" if is_loopback => {}
            _ => return Err(error("must be https (http is for loopback hosts only)")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(error("must not hold a user or password"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(error("must not have a query or fragment"));
        }
        let origin = url.origin().ascii_serialization();
        let path = url.path().trim_end_matches('/').to_owned();
        Ok(Base { origin, path, is_loopback })
    }
}

impl From<&str> for Server {
    fn from(url: &str) -> Self {
        Self::new(url, &[])
    }
}

impl From<String> for Server {
    fn from(url: String) -> Self {
        Self::new(&url, &[])
    }
}

/// Shows nothing: variables may name a customer.
impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").finish_non_exhaustive()
    }
}

impl Documented {
    /// The server that an operation has for this environment, filled in.
    pub(crate) fn own(&self, servers: &[(&str, &str)]) -> Option<Base> {
        let (_, template) = servers.iter().find(|(it, _)| *it == self.environment)?;
        let variables: Vec<(&str, &str)> =
            self.variables.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Server::new(template, &variables).base().ok()
    }
}

/// A base URL that was checked.
#[derive(Clone)]
pub(crate) struct Base {
    /// Scheme, host and port; safe to show.
    pub(crate) origin: String,
    /// Whether the host is this machine.
    pub(crate) is_loopback: bool,
    path: String,
}

impl Base {
    /// This base with `old` at the end of its path replaced, if it is there.
    pub(crate) fn with_end(&self, old: &str, new: &str) -> Option<Base> {
        let path = format!("{}{new}", self.path.strip_suffix(old)?);
        Some(Base { path, ..self.clone() })
    }

    /// The URL that a spec gives relative to this base.
    pub(crate) fn resolve(&self, relative: &str) -> Option<Url> {
        let base = Url::parse(&format!("{}{}/", self.origin, self.path)).ok()?;
        let url = base.join(relative).ok()?;
        (url.origin().ascii_serialization() == self.origin).then_some(url)
    }

    /// The URL of a path below the base, or nothing if the parser would not
    /// keep that path exactly as it is.
    pub(crate) fn join(&self, path: &str, query: &str) -> Option<Url> {
        let mut text = format!("{}{}{path}", self.origin, self.path);
        if !query.is_empty() {
            text.push('?');
            text.push_str(query);
        }
        let url = Url::parse(&text).ok()?;
        let is_kept = match path {
            "" => true,
            _ => path.starts_with('/') && url.path().strip_prefix(self.path.as_str()) == Some(path),
        };
        (is_kept && url.origin().ascii_serialization() == self.origin).then_some(url)
    }
}

/// A URL that need not be a base, under the same rules otherwise.
pub(crate) fn whole_url(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is not a URL")?;
    let is_loopback = url.host().as_ref().is_some_and(is_loopback);
    match url.scheme() {
        "https" if url.host().is_some() => {}
        "http" if is_loopback => {}
        _ => return Err("must be https (http is for loopback hosts only)"),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must not hold a user or password");
    }
    if url.fragment().is_some() {
        return Err("must not have a fragment");
    }
    Ok(url)
}

fn error(problem: impl Into<String>) -> BuildError {
    BuildError::new("server", problem)
}

fn fill(template: &str, variables: &[(&str, &str)]) -> Result<String, BuildError> {
    let mut text = String::with_capacity(template.len() + 16);
    for piece in path::pieces(template) {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Parameter(name) => {
                let Some((_, value)) = variables.iter().find(|(it, _)| *it == name) else {
                    return Err(error(format!("has no value for its variable `{name}`")));
                };
                let in_path = text.split_once("://").is_some_and(|(_, rest)| rest.contains('/'));
                let is_fine = if in_path {
                    !matches!(*value, "" | "." | "..")
                } else {
                    // Anything else could choose another host.
                    !value.is_empty()
                        && value.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
                };
                if !is_fine {
                    return Err(error(format!(
                        "has a variable `{name}` with a value that cannot be there"
                    )));
                }
                text.push_str(&path::encode(value));
            }
        }
    }
    Ok(text)
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(server: impl Into<Server>, expected: Result<&str, &str>) {
        let res = server.into().base().map(|it| format!("{}{}", it.origin, it.path));
        let res = res.map_err(|it| it.to_string());
        assert_eq!(res.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn takes_base_urls() {
        check("https://api.example.com", Ok("https://api.example.com"));
        check("https://api.example.com/v1/", Ok("https://api.example.com/v1"));
        check("https://api.example.com:8443/a/b", Ok("https://api.example.com:8443/a/b"));
        check(String::from("http://localhost:8080"), Ok("http://localhost:8080"));
        check("http://127.0.0.1:1/x", Ok("http://127.0.0.1:1/x"));
        check("http://[::1]:1", Ok("http://[::1]:1"));
    }

    #[test]
    fn refuses_other_urls() {
        let https = Err("`server` must be https (http is for loopback hosts only)");
        check("http://api.example.com", https);
        check("http://10.0.0.1", https);
        check("http://localhost.example.com", https);
        check("ftp://api.example.com", https);
        check("", Err("`server` is not a URL"));
        check("api.example.com", Err("`server` is not a URL"));
        check("data:text/plain,x", Err("`server` has no host"));
        check("https://user@api.example.com", Err("`server` must not hold a user or password"));
        check("https://:pass@api.example.com", Err("`server` must not hold a user or password"));
        check("https://api.example.com?a=b", Err("`server` must not have a query or fragment"));
        check("https://api.example.com/#a", Err("`server` must not have a query or fragment"));
        check("https://api.example.com/{id}", Err("`server` has no value for its variable `id`"));
    }

    #[test]
    fn fills_variables() {
        let template = "https://api.example.com/organizations/{id}";
        let organization = String::from("a b/c");
        check(
            Server::new(template, &[("id", &organization)]),
            Ok("https://api.example.com/organizations/a%20b%2Fc"),
        );
        let refused = Err("`server` has a variable `id` with a value that cannot be there");
        check(Server::new(template, &[("id", "")]), refused);
        check(Server::new(template, &[("id", "..")]), refused);
        let host = "https://{id}.example.com/v1";
        check(Server::new(host, &[("id", "eu-1")]), Ok("https://eu-1.example.com/v1"));
        check(Server::new(host, &[("id", "evil.com/")]), refused);
        check(Server::new(host, &[("id", "evil.com#")]), refused);
    }

    #[test]
    fn joins_only_what_stays_below_the_base() {
        let base = Server::from("https://api.example.com/v1/").base().expect("the URL is fine");
        let join = |path: &str, query: &str| base.join(path, query).map(String::from);
        assert_eq!(join("/a/b%2Fc", ""), Some(String::from("https://api.example.com/v1/a/b%2Fc")));
        assert_eq!(join("/a", "b=c"), Some(String::from("https://api.example.com/v1/a?b=c")));
        assert_eq!(join("/a/../b", ""), None);
        assert_eq!(join("/a/%2e%2E/b", ""), None);
        assert_eq!(join("/a?b", ""), None);
        assert_eq!(join("@evil.com/", ""), None);
    }

    #[test]
    fn shows_nothing() {
        let server = Server::new("https://a.example/{id}", &[("id", "canary")]);
        assert!(!format!("{server:?}").contains("canary"));
    }
}
