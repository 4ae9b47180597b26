//! Whether samples decode into the generated types and lose nothing.
//!
//! A sample is decoded, encoded again, and both texts are compared token by
//! token under the schema, which says where a string may be a number, where
//! `null` may be absent, and so on.

mod compare;
mod mutate;
mod numbers;

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context, Result, bail};
use codegen::{
    model::{
        Api,
        operation::Operation,
        schema::{self, Schema},
    },
    parse::{
        json,
        node::{Node, Value},
    },
};

pub use self::mutate::Kind;
use crate::{
    PROVIDERS,
    table::{Codec, Provider, Role},
};

/// A provider whose samples can be checked.
pub struct Conformance {
    provider: &'static Provider,
    api: Api,
}

/// What came of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The file, relative to the folder.
    pub file: String,
    /// JSON path and reason of everything that was lost or refused.
    pub failures: Vec<String>,
    /// What is worth knowing but no failure.
    pub notes: Vec<String>,
}

/// What came of a change to a sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutated {
    /// What was changed.
    pub kind: Kind,
    /// Where.
    pub path: String,
    /// JSON path and reason of everything that was lost or refused.
    pub failures: Vec<String>,
    /// What is worth knowing but no failure.
    pub notes: Vec<String>,
}

impl Conformance {
    /// Loads the spec of a provider.
    ///
    /// # Errors
    ///
    /// If there is no such provider, or its spec has errors.
    pub fn of(name: &str) -> Result<Self> {
        let Some(provider) = PROVIDERS.iter().find(|it| it.name == name) else {
            let known: Vec<&str> = PROVIDERS.iter().map(|it| it.name).collect();
            bail!("there is no provider `{name}`; providers are {}", known.join(", "));
        };
        let source = xtask::workspace::Workspace::find()?.source(name)?;
        let api =
            codegen::load(&source).map_err(|it| anyhow::anyhow!("specs/{name}.yaml:\n{it}"))?;
        Ok(Self { provider, api })
    }

    /// Checks every JSON file in a folder and below it, in order.
    ///
    /// # Errors
    ///
    /// If the folder cannot be read or holds no JSON file.
    pub fn folder(&self, folder: &Path) -> Result<Vec<Verdict>> {
        let mut files = Vec::new();
        json_files(folder, "", &mut files)?;
        if files.is_empty() {
            bail!("there is no .json file in {}", folder.display());
        }
        files.sort();
        files.iter().map(|it| Ok(self.file(it, &fs::read(folder.join(it))?))).collect()
    }

    /// Checks one file.
    pub fn file(&self, file: &str, bytes: &[u8]) -> Verdict {
        let mut verdict =
            Verdict { file: file.to_owned(), failures: Vec::new(), notes: Vec::new() };
        if let Err(reason) = self.check(file, bytes, &mut verdict) {
            verdict.failures.push(reason);
        }
        verdict
    }

    /// Judges a sample and every small change of it that a provider may make
    /// without notice.
    ///
    /// # Errors
    ///
    /// If the file is not a sample of the provider.
    pub fn mutations(&self, file: &str, text: &str) -> Result<Vec<Mutated>, String> {
        let name = SampleName::of(file)?;
        let node = parsed(text)?;
        let mut judged = self.novel_parameters(&name, &node);
        for (codec, schema) in self.bodies(&name)? {
            let patch = codec.role == Role::Request
                && self.api.operations.iter().any(|it| it.id == codec.id && it.method == "PATCH");
            let mutations = mutate::mutations(&self.api.schemas, codec.role, schema, &node, text);
            judged.extend(mutations.into_iter().map(|it| self.mutated(codec, schema, it, patch)));
        }
        Ok(judged)
    }

    /// What an operation without a body takes for each enum among its
    /// parameters, if `node` is a sample of these.
    fn novel_parameters(&self, name: &SampleName<'_>, node: &Node) -> Vec<Mutated> {
        let mut judged = Vec::new();
        for codec in self.provider.codecs.iter().filter(|it| it.id == name.id) {
            let Role::Parameter(wire) = codec.role else { continue };
            let operation = self.api.operations.iter().find(|it| it.id == codec.id);
            let parameter =
                operation.and_then(|it| it.parameters.iter().find(|it| it.wire == wire));
            let is_enum = parameter.is_some_and(|it| {
                matches!(
                    compare::resolve(&it.schema, &self.api.schemas).kind,
                    schema::Kind::Enum(_)
                )
            });
            if name.direction == "request" && node.get(wire).is_some() && is_enum {
                let novel = "a novel value";
                let failures = match (codec.round_trip)(novel) {
                    Ok(encoded) if encoded == novel => Vec::new(),
                    Ok(_) => vec!["changed by decoding and encoding".to_owned()],
                    Err(reason) => vec![reason],
                };
                let path = format!("$.{wire}");
                judged.push(Mutated { kind: Kind::Novel, path, failures, notes: Vec::new() });
            }
        }
        judged
    }

    fn mutated(
        &self,
        codec: &Codec,
        schema: &Schema,
        mutation: mutate::Mutation,
        patch: bool,
    ) -> Mutated {
        let mut notes = Vec::new();
        let mut failures = Vec::new();
        match recode(codec, &mutation.text) {
            Err(reason) => failures.push(reason),
            Ok(encoded) => {
                let expected = parsed(&mutation.expected).expect("a mutation is JSON");
                let mut comparison = compare::Comparison::new(&self.api.schemas, codec.role);
                comparison.value("$", schema, &expected, Some(&encoded));
                failures = comparison.failures;
                notes = comparison.notes;
                // In a partial update, `null` and absent mean different things.
                if let (true, Some(member)) = (patch, &mutation.top_level) {
                    let is_null = encoded.get(member).map(|it| matches!(it.value, Value::Null));
                    let kept = match mutation.kind {
                        Kind::Nulled => is_null == Some(true) || !mutation.declared,
                        Kind::Removed => is_null.is_none(),
                        Kind::Novel | Kind::Emptied | Kind::Unknown => true,
                    };
                    if !kept {
                        failures.push(format!("{}: absent and `null` are one", mutation.path));
                    }
                }
            }
        }
        Mutated { kind: mutation.kind, path: mutation.path, failures, notes }
    }

    fn check(&self, file: &str, bytes: &[u8], verdict: &mut Verdict) -> Result<(), String> {
        let name = SampleName::of(file)?;
        let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8")?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let node = parsed(text)?;
        let operation = self.api.operations.iter().find(|it| it.id == name.id);
        if let Some(operation) = operation
            && name.direction == "request"
            && operation.body.is_none()
        {
            return self.parameters(operation, &node, verdict);
        }
        for (codec, schema) in self.bodies(&name)? {
            let encoded = recode(codec, text)?;
            let mut comparison = compare::Comparison::new(&self.api.schemas, codec.role);
            comparison.value("$", schema, &node, Some(&encoded));
            verdict.failures.extend(comparison.failures);
            verdict.notes.extend(comparison.notes);
        }
        Ok(())
    }

    /// What a sample is a body of, which is more than one thing only if it
    /// belongs to no operation; nothing if it holds parameters.
    fn bodies(&self, name: &SampleName<'_>) -> Result<Vec<(&Codec, &Schema)>, String> {
        if name.id == "error" {
            return self.shared_errors(name);
        }
        let operation = self.api.operations.iter().find(|it| it.id == name.id);
        let webhook = self.api.webhooks.iter().find(|it| it.id == name.id);
        let body = match (operation, webhook, name.direction) {
            (None, None, _) => {
                return Err(format!(
                    "`{}` has no operation or webhook `{}`",
                    self.provider.name, name.id
                ));
            }
            (Some(operation), _, "request") => match &operation.body {
                Some(body) => self.body(Role::Request, &operation.id, &body.schema)?,
                None => return Ok(Vec::new()),
            },
            (Some(operation), ..) => self.response(operation, name.status)?,
            (None, Some(webhook), "request") => {
                self.body(Role::Event, &webhook.id, &webhook.schema)?
            }
            (None, Some(_), _) => return Err("webhooks have no documented answer".to_owned()),
        };
        Ok(vec![body])
    }

    fn response<'a>(
        &'a self,
        operation: &'a Operation,
        status: &str,
    ) -> Result<(&'a Codec, &'a Schema), String> {
        let (pattern, schema) = declared(operation, status)
            .ok_or_else(|| format!("`{}` does not declare the status {status}", operation.id))?;
        let schema = schema.ok_or_else(|| format!("the body of {status} is not documented"))?;
        self.response_body(&pattern, &operation.id, schema)
    }

    /// `error.response.<status>`: the error body of every operation.
    fn shared_errors(&self, name: &SampleName<'_>) -> Result<Vec<(&Codec, &Schema)>, String> {
        if name.direction != "response" {
            return Err("`error` samples are responses".to_owned());
        }
        let mut tried = BTreeSet::new();
        let mut bodies = Vec::new();
        for operation in &self.api.operations {
            let Some((pattern, Some(schema))) = declared(operation, name.status) else { continue };
            if tried.insert(format!("{:?}", schema.kind)) {
                bodies.push(self.response_body(&pattern, &operation.id, schema)?);
            }
        }
        if bodies.is_empty() {
            return Err(format!("no operation documents a body for the status {}", name.status));
        }
        Ok(bodies)
    }

    fn response_body<'a>(
        &'a self,
        pattern: &str,
        id: &str,
        schema: &'a Schema,
    ) -> Result<(&'a Codec, &'a Schema), String> {
        let codec =
            self.provider.codecs.iter().find(|it| it.id == id && it.role_is_response(pattern));
        let codec = codec
            .ok_or_else(|| format!("`{id}` has no generated type for the status {pattern}"))?;
        Ok((codec, schema))
    }

    fn body<'a>(
        &'a self,
        role: Role,
        id: &str,
        schema: &'a Schema,
    ) -> Result<(&'a Codec, &'a Schema), String> {
        let codec = self.provider.codecs.iter().find(|it| it.id == id && it.role == role);
        let codec = codec.ok_or_else(|| format!("`{id}` has no generated type for this"))?;
        Ok((codec, schema))
    }

    fn parameters(
        &self,
        operation: &Operation,
        node: &Node,
        verdict: &mut Verdict,
    ) -> Result<(), String> {
        let entries = node.as_map().ok_or("a sample of parameters is an object")?;
        for entry in entries {
            let role = |it: &&Codec| {
                it.id == operation.id
                    && matches!(it.role, Role::Parameter(name) if name == entry.key)
            };
            let path = format!("$.{}", entry.key);
            let Some(codec) = self.provider.codecs.iter().find(role) else {
                verdict.failures.push(format!("{path}: the operation has no such parameter"));
                continue;
            };
            let Some(text) = entry.value.as_str() else {
                verdict.failures.push(format!("{path}: parameters are strings in a sample"));
                continue;
            };
            match (codec.round_trip)(text) {
                Ok(encoded) if encoded == text => {}
                Ok(_) => verdict.failures.push(format!("{path}: changed by decoding and encoding")),
                Err(reason) => verdict.failures.push(format!("{path}: {reason}")),
            }
        }
        for parameter in operation.parameters.iter().filter(|it| it.required) {
            if node.get(&parameter.wire).is_none() {
                verdict.failures.push(format!("$: the parameter `{}` is required", parameter.wire));
            }
        }
        Ok(())
    }
}

impl Codec {
    fn role_is_response(&self, pattern: &str) -> bool {
        matches!(self.role, Role::Response(it) if it == pattern)
    }
}

fn parsed(text: &str) -> Result<Node, String> {
    json::node(text, 0).map_err(|offset| {
        let line_number = text[..offset].matches('\n').count() + 1;
        format!("not JSON: line {line_number}")
    })
}

/// Decodes and encodes again.
fn recode(codec: &Codec, text: &str) -> Result<Node, String> {
    let encoded = (codec.round_trip)(text).map_err(|it| format!("does not decode: {it}"))?;
    json::node(&encoded, 0).map_err(|_| "encodes to something that is not JSON".to_owned())
}

/// The pattern and schema that answer a status: exact, range, then default; an
/// undeclared 2xx is read as the lowest declared one.
fn declared<'o>(operation: &'o Operation, status: &str) -> Option<(String, Option<&'o Schema>)> {
    let lowest = operation.success.first()?;
    let success = operation.success.iter().find(|it| it.to_string() == status);
    if let Some(success) = success {
        return Some((success.to_string(), operation.output_schema.as_ref()));
    }
    let range = status.chars().next().map(|it| format!("{it}XX"));
    let exact = operation.errors.iter().find(|it| it.pattern == status);
    let ranged = || operation.errors.iter().find(|it| Some(&it.pattern) == range.as_ref());
    let default = || operation.errors.iter().find(|it| it.pattern == "default");
    if status.starts_with('2') {
        return Some((lowest.to_string(), operation.output_schema.as_ref()));
    }
    let case = exact.or_else(ranged).or_else(default)?;
    Some((case.pattern.clone(), case.schema.as_ref()))
}

/// The parts of a sample's file name.
struct SampleName<'n> {
    id: &'n str,
    direction: &'n str,
    status: &'n str,
}

impl<'n> SampleName<'n> {
    /// From the path of a sample.
    fn of(file: &'n str) -> Result<Self, String> {
        let name = file.rsplit('/').next().unwrap_or(file);
        Self::parse(name).ok_or_else(|| {
            "not called `<operation_id>.<request|response>.<status>[.<n>].json`".to_owned()
        })
    }

    fn parse(name: &'n str) -> Option<Self> {
        let parts: Vec<&str> = name.strip_suffix(".json")?.split('.').collect();
        let (id, direction, status) = match parts.as_slice() {
            [id, direction, status] => (*id, *direction, *status),
            [id, direction, status, number] if number.parse::<u32>().is_ok() => {
                (*id, *direction, *status)
            }
            _ => return None,
        };
        let known_direction = matches!(direction, "request" | "response");
        let known_status =
            status == "default" || status.parse::<u16>().is_ok_and(|it| (100..600).contains(&it));
        (known_direction && known_status && !id.is_empty()).then_some(Self {
            id,
            direction,
            status,
        })
    }
}

fn json_files(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let entries = fs::read_dir(folder.join(prefix))
        .with_context(|| format!("cannot read {}", folder.join(prefix).display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_str().context("a file name is not Unicode")?;
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
        if entry.path().is_dir() {
            json_files(folder, &path, found)?;
        } else if name.ends_with(".json") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
