//! Operations and webhooks.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::{
    diagnostics::{self, Diagnostics},
    model::{
        RECEIVED, SENT,
        content::{self, Format, Style, Way},
        header::WrittenHeader,
        one_line,
        paging::{self, Paging},
        parameter::{self, Form, WrittenStyle},
        schema::{self, Constraint, Schema, flag, list, map, sources, text},
        security::{self, OwnServers, Server},
        types::{Direction, Docs, Scalar, TypeRef, Types},
        webhook::{Webhook, WrittenWebhook},
    },
    names,
    parse::{
        self, Document,
        node::{Entry, Node, Place, Value},
    },
};

/// Something that can be called.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method's name in Rust.
    pub id: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template, as the provider writes it.
    pub path: String,
    /// What it does, in one line.
    pub summary: String,
    /// What else is known.
    pub docs: Docs,
    /// Alternatives of sets of security schemes; a single empty set is none.
    pub security: Vec<Vec<String>>,
    /// Security scheme → scopes that it needs.
    pub scopes: IndexMap<String, Vec<String>>,
    /// Where it is served, if not where all others are.
    pub servers: Option<OwnServers>,
    /// Whether it can be sent twice.
    pub idempotency: Idempotency,
    /// How to find out what became of it.
    pub reconcile: Reconcile,
    /// Path, query, header and cookie parameters.
    pub parameters: Vec<Parameter>,
    /// What is sent.
    pub body: Option<Body>,
    /// Declared 2xx and 3xx statuses.
    pub success: Vec<u16>,
    /// What they carry if all carry the same; `None` for nothing.
    pub output: Option<TypeRef>,
    /// How that is written.
    pub output_format: Format,
    /// The schema of what they carry.
    pub output_schema: Option<Schema>,
    /// What each of them carries, if they differ.
    pub successes: Vec<SuccessCase>,
    /// The media types of all answers.
    pub accept: Vec<String>,
    /// Media types that answers could have, and that are not asked for.
    pub not_accepted: Vec<String>,
    /// The other declared statuses.
    pub errors: Vec<ErrorCase>,
    /// All declared statuses as they are written, whatever becomes of them.
    pub answers: Vec<Answer>,
    /// Paths of the documented samples of the parameters.
    pub parameter_samples: Vec<String>,
    /// Response headers and what they say.
    pub headers: Vec<(String, String)>,
    /// How it pages.
    pub paging: Option<Paging>,
    /// Where its id stands.
    pub place: Place,
}

/// Whether a call can be sent twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// It only reads.
    Safe,
    /// It may pay twice.
    None,
    /// Sending it again has no further effect.
    Repeatable,
    /// The provider recognises a repeat by this header.
    Key(String),
}

/// How to find out what became of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reconcile {
    /// It only reads.
    NotNeeded,
    /// Call this and look for the request's value.
    With {
        /// The operation to call.
        operation: String,
        /// The request value to look for.
        matching: String,
        /// How, in a sentence.
        how: String,
    },
    /// There is no way; the reason.
    Impossible(String),
}

/// A path, query, header or cookie parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name in Rust.
    pub rust: String,
    /// Its name in HTTP.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// How it is written there.
    pub form: Form,
    /// Its type.
    pub ty: TypeRef,
    /// Whether it must be given.
    pub required: bool,
    /// Personal or secret.
    pub sensitive: bool,
    /// What it is.
    pub docs: Docs,
    /// What is checked before sending.
    pub constraints: Vec<Constraint>,
    /// As written.
    pub schema: Schema,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
    /// Into a cookie.
    Cookie,
}

/// What is sent.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its type.
    pub ty: TypeRef,
    /// How it is written.
    pub format: Format,
    /// Its media type.
    pub media_type: String,
    /// How its members are written, if not as usual.
    pub styles: Vec<(String, Style)>,
    /// Whether it must be given.
    pub required: bool,
    /// Media types that it could have, too.
    pub others: Vec<String>,
    /// What it is.
    pub docs: Docs,
    /// As written.
    pub schema: Schema,
    /// What is checked before sending, besides what its type says.
    pub constraints: Vec<Constraint>,
    /// Paths of the documented samples.
    pub samples: Vec<String>,
}

/// A declared status as it is written.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `201`, `2XX` or `default`.
    pub pattern: String,
    /// When it comes.
    pub docs: String,
    /// What it carries and its media type, if documented.
    pub body: Option<(Schema, String)>,
    /// Paths of the documented samples.
    pub samples: Vec<String>,
}

/// A declared status that is a success of its own kind.
#[derive(Clone, Debug)]
pub struct SuccessCase {
    /// `201`, `2XX`.
    pub pattern: String,
    /// Its variant in Rust.
    pub variant: String,
    /// What it carries, if anything.
    pub ty: Option<TypeRef>,
    /// How that is written.
    pub format: Format,
    /// When it comes.
    pub docs: String,
    /// As written, if documented.
    pub schema: Option<Schema>,
}

/// A declared status that is no success.
#[derive(Clone, Debug)]
pub struct ErrorCase {
    /// `404`, `5XX` or `default`.
    pub pattern: String,
    /// Its variant in Rust.
    pub variant: String,
    /// What it carries, if documented.
    pub ty: Option<TypeRef>,
    /// When it comes.
    pub docs: String,
    /// As written, if documented.
    pub schema: Option<Schema>,
}

impl Operation {
    /// The types of all answers, with their schemas.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (&TypeRef, &Schema)> {
        let output = self.output.as_ref().zip(self.output_schema.as_ref());
        let successes =
            self.successes.iter().filter_map(|it| it.ty.as_ref().zip(it.schema.as_ref()));
        let errors = self.errors.iter().filter_map(|it| it.ty.as_ref().zip(it.schema.as_ref()));
        output.into_iter().chain(successes).chain(errors)
    }
}

/// Operations as written: read, but not yet given types.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) operations: Vec<WrittenOperation>,
    pub(crate) webhooks: Vec<WrittenWebhook>,
    references: BTreeSet<(String, String)>,
}

/// An operation as written.
#[derive(Debug)]
pub(crate) struct WrittenOperation {
    pub(crate) operation: Operation,
    pub(crate) parameters: Vec<WrittenParameter>,
    pub(crate) body: Option<WrittenBody>,
    pub(crate) responses: Vec<WrittenResponse>,
    pub(crate) parameter_samples: Vec<(String, Place)>,
    /// The request value that reconciling looks for.
    matching: Option<(String, Place)>,
    paging: Option<paging::Written>,
}

/// A parameter as written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenParameter {
    pub(crate) name: String,
    /// Its name in Rust, and where it is given.
    rust: Option<(String, Place)>,
    location: Location,
    style: WrittenStyle,
    required: bool,
    pub(crate) schema: Schema,
    description: String,
    sources: Vec<String>,
    sensitive: bool,
    deprecated: bool,
    place: Place,
}

/// A body as written.
#[derive(Debug)]
pub(crate) struct WrittenBody {
    pub(crate) schema: Schema,
    pub(crate) format: Format,
    media_type: String,
    /// Where the media type stands.
    place: Place,
    styles: Vec<content::WrittenStyle>,
    required: bool,
    /// Media types that are not used, and their schemas.
    others: Vec<(String, Option<Schema>)>,
    description: String,
    /// Paths of the samples and where they are named.
    pub(crate) samples: Vec<(String, Place)>,
}

/// A response as written.
#[derive(Debug)]
pub(crate) struct WrittenResponse {
    /// `200`, `5XX` or `default`.
    pub(crate) pattern: String,
    description: String,
    pub(crate) body: Option<WrittenBody>,
    headers: Vec<WrittenHeader>,
}

/// Reads all operations and webhooks.
pub(crate) fn read(doc: &Document, servers: &[Server], diags: &mut Diagnostics) -> Written {
    let mut ctx =
        Ctx { doc, servers, diags, references: BTreeSet::new(), unknown_schemes: BTreeSet::new() };
    let mut operations = Vec::new();
    let mut all_are_read = true;
    let methods = ["get", "put", "post", "delete", "patch", "head", "options"];
    for path in &doc.paths {
        let mut known: Vec<&str> = methods.to_vec();
        known.extend(["parameters", "servers", "summary", "description"]);
        ctx.diags.known_keys(&path.value, "a path", &known);
        // A method that is misspelt has an operation below it.
        let entries = path.value.as_map().unwrap_or_default();
        all_are_read &= entries.iter().all(|it| known.contains(&it.key.as_str()));
        let shared = ctx.parameters(&path.value);
        let servers = ctx.own_servers(&path.value);
        for method in path.value.as_map().unwrap_or_default() {
            if methods.contains(&method.key.as_str()) {
                operations.push(ctx.operation(path, method, &shared, servers.as_ref()));
            }
        }
    }
    let all_have_ids = all_are_read && operations.iter().all(Option::is_some);
    let operations: Vec<WrittenOperation> = operations.into_iter().flatten().collect();
    let mut webhooks = Vec::new();
    for entry in doc.root.get("x-webhooks").and_then(Node::as_map).unwrap_or_default() {
        ctx.diags.known_keys(&entry.value, "a webhook", &["post"]);
        match entry.value.entry("post") {
            Some(post) => webhooks.extend(ctx.webhook(post)),
            None => ctx.diags.missing_key(&entry.value, entry.key_place, "a webhook", "post"),
        }
    }
    let ids: Vec<&str> = operations.iter().map(|it| it.operation.id.as_str()).collect();
    for (operation, place) in reconcile_places(doc) {
        if all_have_ids && !ids.contains(&operation) {
            ctx.diags.reconcile_operation(place, operation, &ids);
        }
    }
    let references = ctx.references;
    Written { operations, webhooks, references }
}

/// Every operation id that an `x-reconcile` names.
fn reconcile_places(doc: &Document) -> Vec<(&str, Place)> {
    let operations = doc.paths.iter().filter_map(|it| it.value.as_map()).flatten();
    let written = operations.filter_map(|it| it.value.get("x-reconcile")?.get("operation"));
    written.filter_map(|it| Some((it.as_str()?, it.place))).collect()
}

impl Written {
    /// Whether an operation refers to this component.
    pub(crate) fn refers_to(&self, kind: &str, name: &str) -> bool {
        self.references.contains(&(kind.to_owned(), name.to_owned()))
    }

    /// The schemas that stand in the operations themselves.
    pub(crate) fn schemas(&self) -> impl Iterator<Item = &Schema> {
        let webhooks = self.webhooks.iter().map(|it| &it.operation);
        self.operations.iter().chain(webhooks).flat_map(|it| {
            let parameters = it.parameters.iter().map(|it| &it.schema);
            let responses = it.responses.iter().filter_map(|it| it.body.as_ref());
            parameters.chain(it.body.iter().chain(responses).map(|it| &it.schema))
        })
    }

    /// The headers of all responses.
    pub(crate) fn headers(&self) -> impl Iterator<Item = &WrittenHeader> {
        self.operations.iter().flat_map(|it| &it.responses).flat_map(|it| &it.headers)
    }

    /// Tells `types` which way the schemas travel.
    pub(crate) fn reach(&self, types: &mut Types<'_>) {
        for written in &self.operations {
            for parameter in &written.parameters {
                types.reach(&parameter.schema, SENT);
            }
            if let Some(body) = &written.body {
                body.reach(types, SENT);
                if written.operation.method == "PATCH" {
                    types.patch(&body.schema);
                }
            }
            for response in &written.responses {
                let Some(body) = &response.body else { continue };
                if response.is_error() && body.format != Format::Json {
                    // Its bytes are kept, and nothing is made of them.
                    types.mention(&body.schema);
                } else {
                    body.reach(types, RECEIVED);
                }
            }
        }
        for schema in self.headers().filter_map(|it| it.schema.as_ref()) {
            if types.is_scalar(schema) {
                types.reach(schema, RECEIVED);
            }
        }
        for body in self.webhooks.iter().filter_map(|it| it.operation.body.as_ref()) {
            body.reach(types, RECEIVED);
        }
    }

    /// Gives everything its type.
    pub(crate) fn resolve(
        &mut self,
        types: &mut Types<'_>,
        diags: &mut Diagnostics,
    ) -> (Vec<Operation>, Vec<Webhook>) {
        let operations = self.operations.iter().map(|it| it.resolve(types, diags)).collect();
        let webhooks = self.webhooks.iter().filter_map(|it| it.resolve(types, diags)).collect();
        (operations, webhooks)
    }

    /// What reconciling looks for must be in the request.
    pub(crate) fn matching(&self, types: &Types<'_>, diags: &mut Diagnostics) {
        for operation in &self.operations {
            operation.matching(types, diags);
        }
    }
}

impl WrittenOperation {
    fn resolve(&self, types: &mut Types<'_>, diags: &mut Diagnostics) -> Operation {
        let mut operation = self.operation.clone();
        operation.parameter_samples =
            self.parameter_samples.iter().map(|(path, _)| path.clone()).collect();
        operation.answers = self.responses.iter().map(WrittenResponse::answer).collect();
        let prefix = names::pascal(&operation.id);
        let mut setters: IndexMap<String, Place> = IndexMap::new();
        for written in &self.parameters {
            let name = format!("{prefix}{}", names::pascal(&written.name));
            let used = types.used(&written.schema, &name, SENT, diags);
            let (location, place) = (written.location, written.place);
            let form = parameter::form(written.style, location, &used, types, place, diags);
            let Some(form) = form else { continue };
            let mut rust = names::snake(&written.name);
            if let Some((given, place)) = &written.rust {
                if names::RESERVED_SETTERS.contains(&given.as_str()) || given == "body" {
                    diags.reserved_name(*place, given);
                }
                if let Some(first) = setters.get(given) {
                    diags.member_clash(*place, given, *first);
                }
                rust.clone_from(given);
            } else if names::RESERVED_SETTERS.contains(&rust.as_str()) || rust == "body" {
                rust.push('_');
            }
            if written.rust.is_none() && setters.contains_key(&rust) {
                rust = format!(
                    "{rust}_{}",
                    match location {
                        Location::Path => "in_path",
                        Location::Query => "query",
                        Location::Header => "header",
                        Location::Cookie => "cookie",
                    }
                );
            }
            while setters.contains_key(&rust) {
                rust.push('_');
            }
            setters.insert(rust.clone(), written.place);
            let mut docs = used.docs;
            if !written.description.is_empty() {
                docs.text.clone_from(&written.description);
            }
            docs.sources.extend(written.sources.iter().cloned());
            docs.deprecated |= written.deprecated;
            operation.parameters.push(Parameter {
                rust,
                wire: written.name.clone(),
                location,
                form,
                ty: used.ty.present(),
                required: written.required,
                sensitive: used.sensitive || written.sensitive,
                docs,
                constraints: used.constraints,
                schema: written.schema.clone(),
            });
        }
        operation.body = self.body.as_ref().map(|it| {
            let styles = content::styles(it.format, &it.schema, &it.styles, types, diags);
            let (ty, mut docs, constraints) =
                it.used(&format!("{prefix}Request"), SENT, types, diags);
            if !it.description.is_empty() {
                docs.text.clone_from(&it.description);
            }
            Body {
                ty,
                format: it.format,
                media_type: it.media_type.clone(),
                styles,
                required: it.required,
                others: it.others.iter().map(|(it, _)| it.clone()).collect(),
                docs,
                constraints,
                schema: it.schema.clone(),
                samples: it.sample_paths(),
            }
        });
        self.answers(&mut operation, &prefix, types, diags);
        let paging = self.paging.as_ref().filter(|_| !operation.success.is_empty());
        operation.paging = paging.and_then(|it| {
            let successes = self.responses.iter().filter(|it| it.pattern.starts_with(['2', '3']));
            let headers: Vec<&str> =
                successes.flat_map(|it| &it.headers).map(|it| it.name.as_str()).collect();
            let declared = |name: &str| self.parameters.iter().any(|it| it.name == name);
            it.resolve(&operation, &headers, declared, types, diags)
        });
        operation
    }

    fn matching(&self, types: &Types<'_>, diags: &mut Diagnostics) {
        let Some((name, place)) = &self.matching else { return };
        let object = self.body.as_ref().map(|it| types.object(&it.schema));
        let members = match &object {
            None => None,
            Some(Some(object)) => Some(&object.members),
            // Alternatives have members that cannot be told here.
            Some(None) => return,
        };
        let mut known: Vec<&str> = self.parameters.iter().map(|it| it.name.as_str()).collect();
        known.extend(members.into_iter().flat_map(IndexMap::keys).map(String::as_str));
        if let Idempotency::Key(header) = &self.operation.idempotency {
            known.push(header);
        }
        if !known.contains(&name.as_str()) {
            diags.reconcile_match(*place, name, &known);
        }
    }

    fn answers(
        &self,
        operation: &mut Operation,
        prefix: &str,
        types: &mut Types<'_>,
        diags: &mut Diagnostics,
    ) {
        for header in self.responses.iter().flat_map(|it| &it.headers) {
            let header = (header.name.clone(), header.description.clone());
            if !operation.headers.contains(&header) {
                operation.headers.push(header);
            }
        }
        let successes = self.successes();
        if !successes.iter().any(|it| it.pattern.starts_with(['2', 'd'])) {
            diags.no_success(operation.place, &operation.id);
        }
        operation.success = successes.iter().filter_map(|it| it.pattern.parse().ok()).collect();
        operation.success.sort_unstable();
        if let Some((first, rest)) = successes.split_first()
            && rest.iter().all(|it| it.shape() == first.shape())
        {
            if let Some(body) = &first.body {
                let (ty, ..) = body.used(&format!("{prefix}Response"), RECEIVED, types, diags);
                operation.output = Some(ty);
                operation.output_format = body.format;
                operation.output_schema = Some(body.schema.clone());
            }
        } else {
            for response in &successes {
                let variant = names::status(&response.pattern);
                let body = response.body.as_ref();
                operation.successes.push(SuccessCase {
                    ty: body
                        .map(|it| it.used(&format!("{prefix}{variant}"), RECEIVED, types, diags).0),
                    format: body.map_or(Format::Json, |it| it.format),
                    docs: response.description.clone(),
                    schema: body.map(|it| it.schema.clone()),
                    pattern: response.pattern.clone(),
                    variant,
                });
            }
        }
        for response in self.responses.iter().filter(|it| it.is_error()) {
            let variant = names::status(&response.pattern);
            let mut docs = response.description.clone();
            let body = response.body.as_ref();
            if let Some(body) = body.filter(|it| it.format != Format::Json) {
                docs.push_str(&format!(
                    "\n\nIts body is `{}`, whose bytes are on the error.",
                    body.media_type
                ));
            }
            let body = body.filter(|it| it.format == Format::Json);
            let is_output = successes.iter().any(|it| it.pattern == response.pattern);
            operation.errors.push(ErrorCase {
                ty: match body {
                    Some(_) if is_output => operation.output.clone(),
                    Some(it) => {
                        Some(it.used(&format!("{prefix}{variant}"), RECEIVED, types, diags).0)
                    }
                    None => None,
                },
                variant,
                pattern: response.pattern.clone(),
                docs,
                schema: body.map(|it| it.schema.clone()),
            });
        }
        // What is asked for begins with what a success is.
        let errors = self.responses.iter().filter(|it| it.is_error());
        let errors =
            errors.filter(|it| it.body.as_ref().is_some_and(|it| it.format == Format::Json));
        for body in successes.into_iter().chain(errors).filter_map(|it| it.body.as_ref()) {
            if !operation.accept.contains(&body.media_type) {
                operation.accept.push(body.media_type.clone());
            }
            for (other, _) in &body.others {
                if !operation.not_accepted.contains(other) {
                    operation.not_accepted.push(other.clone());
                }
            }
        }
    }

    /// The responses that are successes. `default` is one if it stands alone:
    /// beside others, the success has been forgotten.
    fn successes(&self) -> Vec<&WrittenResponse> {
        match self.responses.as_slice() {
            [only] if only.pattern == "default" => vec![only],
            all => all.iter().filter(|it| !it.is_error()).collect(),
        }
    }
}

impl WrittenBody {
    /// The files with its documented samples.
    pub(crate) fn sample_paths(&self) -> Vec<String> {
        self.samples.iter().map(|(path, _)| path.clone()).collect()
    }

    /// Tells `types` which way the schemas travel.
    fn reach(&self, types: &mut Types<'_>, direction: Direction) {
        match self.format {
            Format::Json | Format::Form | Format::Multipart => {
                types.reach(&self.schema, direction);
            }
            Format::Text | Format::Binary => types.mention(&self.schema),
        }
        self.others.iter().filter_map(|(_, it)| it.as_ref()).for_each(|it| types.mention(it));
    }

    /// The type of the body; an inline one is called `name`.
    fn used(
        &self,
        name: &str,
        direction: Direction,
        types: &mut Types<'_>,
        diags: &mut Diagnostics,
    ) -> (TypeRef, Docs, Vec<Constraint>) {
        content::schema(self.format, &self.schema, types, diags);
        let text = self.schema.description.clone().unwrap_or_default();
        let docs = Docs { text, sources: self.schema.sources.clone(), ..Docs::default() };
        match self.format {
            Format::Form | Format::Multipart
                if matches!(types.target(&self.schema).kind, schema::Kind::Any) =>
            {
                (TypeRef::Scalar(Scalar::JsonObject), docs, Vec::new())
            }
            Format::Json | Format::Form | Format::Multipart => {
                let used = types.used(&self.schema, name, direction, diags);
                used.natural(&self.schema, diags);
                (used.whole(), used.docs, used.constraints)
            }
            Format::Text => (TypeRef::Scalar(Scalar::String), docs, Vec::new()),
            Format::Binary => (TypeRef::Scalar(Scalar::Bytes), docs, Vec::new()),
        }
    }
}

impl WrittenResponse {
    fn answer(&self) -> Answer {
        let body = self.body.as_ref();
        Answer {
            pattern: self.pattern.clone(),
            docs: self.description.clone(),
            body: body.map(|it| (it.schema.clone(), it.media_type.clone())),
            samples: body.map(WrittenBody::sample_paths).unwrap_or_default(),
        }
    }

    /// Whether it is declared for what is no success; `default` always is.
    fn is_error(&self) -> bool {
        !self.pattern.starts_with(['2', '3'])
    }

    /// The same for responses of which the same is made.
    fn shape(&self) -> Option<(Format, String)> {
        let body = self.body.as_ref()?;
        match body.format {
            Format::Text | Format::Binary => Some((body.format, String::new())),
            format => Some((format, content::shape(&body.schema))),
        }
    }
}

/// The parameters of an operation or a path, and where each is listed.
struct Parameters {
    list: Vec<(WrittenParameter, Place)>,
    /// Whether all that are written could be read.
    is_complete: bool,
}

struct Ctx<'a> {
    doc: &'a Document,
    servers: &'a [Server],
    diags: &'a mut Diagnostics,
    references: BTreeSet<(String, String)>,
    /// Security schemes that are not declared and have been told.
    unknown_schemes: BTreeSet<String>,
}

impl Ctx<'_> {
    fn operation(
        &mut self,
        path: &Entry,
        method: &Entry,
        shared: &Parameters,
        servers: Option<&OwnServers>,
    ) -> Option<WrittenOperation> {
        let node = &method.value;
        let keys = [
            "operationId",
            "summary",
            "description",
            "tags",
            "externalDocs",
            "deprecated",
            "parameters",
            "requestBody",
            "responses",
            "security",
            "servers",
            "x-source",
            "x-idempotency",
            "x-reconcile",
            "x-paging",
            "x-parameter-examples",
        ];
        self.diags.known_keys(node, "an operation", &keys);
        node.as_map()?;
        let Parameters { list: mut parameters, is_complete } = self.parameters(node);
        let is_complete = is_complete && shared.is_complete;
        for (parameter, _) in &shared.list {
            if !parameters
                .iter()
                .any(|(it, _)| it.name == parameter.name && it.location == parameter.location)
            {
                parameters.push((parameter.clone(), parameter.place));
            }
        }
        if is_complete {
            self.path_template(path, node, &parameters);
        }
        let mut parameters: Vec<WrittenParameter> =
            parameters.into_iter().map(|(it, _)| it).collect();
        // Path parameters in the order of the path.
        parameters.sort_by_key(|it| match it.location {
            Location::Path => path.key.find(&format!("{{{}}}", it.name)).unwrap_or_default(),
            _ => path.key.len(),
        });
        let verb = method.key.to_ascii_uppercase();
        let idempotency = self.idempotency(&verb, method, &parameters, is_complete);
        if let Idempotency::Key(header) = &idempotency {
            parameters.retain(|it| {
                it.location != Location::Header || !it.name.eq_ignore_ascii_case(header)
            });
        }
        let mut operation = self.head(method)?;
        operation.method = verb;
        parse::sent_path(&path.key).clone_into(&mut operation.path);
        operation.security = self.security(node, &mut operation.scopes);
        operation.servers = match node.get("servers") {
            Some(_) => self.own_servers(node),
            None => servers.cloned(),
        };
        operation.idempotency = idempotency;
        operation.reconcile = self.reconcile(&operation.method, method);
        let body = node.entry("requestBody").and_then(|it| self.body(it));
        let parameter_samples = self.parameter_samples(node);
        let responses = self.responses(method);
        let matching = node.get("x-reconcile").and_then(|it| it.get("match"));
        let matching = matching.and_then(|it| Some((it.as_str()?.to_owned(), it.place)));
        let paging = node.entry("x-paging");
        let paging = paging.and_then(|it| paging::read(&operation.method, it, self.diags));
        Some(WrittenOperation {
            operation,
            parameters,
            body,
            responses,
            parameter_samples,
            matching,
            paging,
        })
    }

    fn webhook(&mut self, post: &Entry) -> Option<WrittenWebhook> {
        let node = &post.value;
        let keys = [
            "operationId",
            "summary",
            "description",
            "deprecated",
            "requestBody",
            "responses",
            "security",
            "x-source",
            "x-verification",
            "x-dedupe",
            "tags",
        ];
        self.diags.known_keys(node, "a webhook", &keys);
        node.as_map()?;
        let operation = self.head(post)?;
        let body = match node.entry("requestBody") {
            Some(body) => self.body(body),
            None => {
                self.diags.missing_key(node, post.key_place, "a webhook", "requestBody");
                None
            }
        };
        if let Some(body) = body.as_ref().filter(|it| it.format != Format::Json) {
            self.diags.webhook_body(body.place, &body.media_type);
        }
        let responses = self.responses(post);
        let (parameters, parameter_samples) = (Vec::new(), Vec::new());
        let written = WrittenOperation {
            operation,
            parameters,
            body,
            responses,
            parameter_samples,
            matching: None,
            paging: None,
        };
        Some(WrittenWebhook::new(written, post, self.diags))
    }

    /// What operations and webhooks have in common.
    fn head(&mut self, method: &Entry) -> Option<Operation> {
        let node = &method.value;
        for key in ["summary", "responses"] {
            if node.get(key).is_none() {
                self.diags.missing_key(&method.value, method.key_place, "an operation", key);
            }
        }
        let sources = sources(node, self.diags);
        if node.get("x-source").is_none_or(|it| it.as_list().is_some_and(<[Node]>::is_empty)) {
            self.diags.missing_key(&method.value, method.key_place, "an operation", "x-source");
        }
        let Some(id) = node.entry("operationId") else {
            self.diags.missing_key(&method.value, method.key_place, "an operation", "operationId");
            return None;
        };
        Some(Operation {
            id: text(node, "operationId", self.diags)?,
            method: "POST".to_owned(),
            path: String::new(),
            summary: one_line(&text(node, "summary", self.diags).unwrap_or_default()),
            docs: Docs {
                text: text(node, "description", self.diags).unwrap_or_default(),
                facts: Vec::new(),
                sources,
                deprecated: flag(node, "deprecated", self.diags),
            },
            security: Vec::new(),
            scopes: IndexMap::new(),
            servers: None,
            idempotency: Idempotency::None,
            reconcile: Reconcile::NotNeeded,
            parameters: Vec::new(),
            body: None,
            success: Vec::new(),
            output: None,
            output_format: Format::Json,
            output_schema: None,
            successes: Vec::new(),
            accept: Vec::new(),
            not_accepted: Vec::new(),
            answers: Vec::new(),
            parameter_samples: Vec::new(),
            errors: Vec::new(),
            headers: Vec::new(),
            paging: None,
            place: id.value.place,
        })
    }

    fn path_template(
        &mut self,
        path: &Entry,
        node: &Node,
        parameters: &[(WrittenParameter, Place)],
    ) {
        let template = parse::sent_path(&path.key);
        if !template.starts_with('/') {
            self.diags.path_syntax(path.key_place, "it does not begin with `/`");
            return;
        }
        let braces: String = template.chars().filter(|it| matches!(it, '{' | '}')).collect();
        if !braces.replace("{}", "").is_empty() || template.contains(' ') {
            self.diags.path_syntax(path.key_place, "braces must pair, and spaces cannot occur");
            return;
        }
        let is_declared = |name: &str| {
            parameters.iter().any(|(it, _)| it.location == Location::Query && it.name == name)
        };
        if parse::path_query(&path.key).any(|(name, _)| !is_declared(name)) {
            self.diags.path_syntax(
                path.key_place,
                "what it says about the query must be a parameter, too, and only that is sent",
            );
            return;
        }
        let named: Vec<&str> = template
            .split('{')
            .skip(1)
            .filter_map(|it| it.split_once('}'))
            .map(|(it, _)| it)
            .collect();
        if named.iter().enumerate().any(|(idx, it)| named[..idx].contains(it)) {
            self.diags.path_syntax(path.key_place, "a parameter stands in it twice");
            return;
        }
        let declared = parameters.iter().filter(|(it, _)| it.location == Location::Path);
        let mut spare: Vec<(&str, Place)> =
            declared.map(|(it, place)| (it.name.as_str(), *place)).collect();
        let mut wanted: Vec<&str> = Vec::new();
        for name in named {
            match spare.iter().position(|(it, _)| *it == name) {
                Some(position) => drop(spare.remove(position)),
                None => wanted.push(name),
            }
        }
        for name in wanted {
            // One that has no other use was meant for this.
            let near = diagnostics::nearest(name, spare.iter().map(|(it, _)| *it));
            let near = near.or(match spare.as_slice() {
                [(only, _)] => Some(*only),
                _ => None,
            });
            let meant = near
                .and_then(|near| spare.iter().position(|(it, _)| *it == near))
                .map(|it| spare.remove(it));
            let place = path.key_place;
            self.diags.unless_misspelt(node, "parameters", |it| {
                it.undeclared_path_parameter(place, name, meant)
            });
        }
        for (name, place) in spare {
            self.diags.unused_path_parameter(place, name);
        }
    }

    fn parameters(&mut self, node: &Node) -> Parameters {
        let mut parameters: Vec<(WrittenParameter, Place)> = Vec::new();
        let mut is_complete = node.get("parameters").is_none_or(|it| it.as_list().is_some());
        let doc = self.doc;
        for item in list(node, "parameters", self.diags) {
            let target = self.follow(doc, item, "parameters", "parameter");
            let parameter = target.and_then(|it| self.parameter(it, it.place, item.place));
            is_complete &= parameter.is_some();
            if let Some(parameter) = parameter {
                let is_same = |(it, _): &&(WrittenParameter, Place)| {
                    it.name == parameter.name && it.location == parameter.location
                };
                match parameters.iter().find(is_same) {
                    Some((_, first)) => {
                        self.diags.duplicate_parameter(item.place, &parameter.name, *first)
                    }
                    None => parameters.push((parameter, item.place)),
                }
            }
        }
        Parameters { list: parameters, is_complete }
    }

    fn parameter(&mut self, node: &Node, place: Place, used_at: Place) -> Option<WrittenParameter> {
        let keys = [
            "name",
            "in",
            "required",
            "description",
            "schema",
            "content",
            "style",
            "explode",
            "allowReserved",
            "deprecated",
            "example",
            "allowEmptyValue",
            "x-source",
            "x-sensitive",
            "x-rust-name",
        ];
        self.diags.known_keys(node, "a parameter", &keys);
        let (Some(name), Some(location)) = (text(node, "name", self.diags), node.get("in")) else {
            self.diags.missing_key(
                node,
                place,
                "a parameter",
                if node.get("name").is_none() { "name" } else { "in" },
            );
            return None;
        };
        let location = match location.as_str() {
            Some("path") => Location::Path,
            Some("query") => Location::Query,
            Some("header") => Location::Header,
            Some("cookie") => Location::Cookie,
            _ => {
                let wanted = "`path`, `query`, `header` or `cookie`";
                self.diags.wrong_kind(location.place, "`in`", wanted, "something else");
                return None;
            }
        };
        let ignored = ["accept", "content-type", "authorization"];
        if location == Location::Header && ignored.contains(&name.to_ascii_lowercase().as_str()) {
            let why = "OpenAPI ignores header parameters of this name";
            self.diags.no_effect(place, &[&name], why);
            return None;
        }
        let schema = self.parameter_schema(node, place)?;
        let required = flag(node, "required", self.diags);
        let is_optional =
            matches!(node.get("required").map(|it| &it.value), None | Some(Value::Bool(false)));
        if location == Location::Path && is_optional {
            self.diags.path_parameter_optional(place, &name);
        }
        let style = parameter::style(node, location, self.diags);
        Some(WrittenParameter {
            name,
            rust: schema::rust_name(node, self.diags),
            location,
            style,
            required,
            schema: schema::read(self.doc, &schema.value, schema.key_place, self.diags),
            description: text(node, "description", self.diags).unwrap_or_default(),
            sources: sources(node, self.diags),
            sensitive: flag(node, "x-sensitive", self.diags),
            deprecated: flag(node, "deprecated", self.diags),
            place: used_at,
        })
    }

    /// The schema of a parameter, or of the JSON that it is.
    fn parameter_schema<'n>(&mut self, node: &'n Node, place: Place) -> Option<&'n Entry> {
        let Some(content) = node.entry("content") else {
            let schema = node.entry("schema");
            if schema.is_none() {
                self.diags.missing_key(node, place, "a parameter", "schema");
            }
            return schema;
        };
        if let Some(schema) = node.entry("schema") {
            let why = "`content` says what it is";
            self.diags.no_effect(schema.key_place, &["schema"], why);
        }
        let mut found = None;
        for media in map(node, "content", self.diags) {
            if media.key != "application/json" {
                self.diags.media_type(media.key_place, &media.key);
                continue;
            }
            self.diags.known_keys(&media.value, "a media type", &["schema", "example"]);
            found = media.value.entry("schema");
            if found.is_none() {
                self.diags.missing_key(&media.value, media.key_place, "a media type", "schema");
            }
        }
        if content.value.as_map().is_some_and(<[Entry]>::is_empty) {
            let what = "the content of a parameter";
            self.diags.missing_key(&content.value, content.key_place, what, "application/json");
        }
        found
    }

    fn body(&mut self, entry: &Entry) -> Option<WrittenBody> {
        let doc = self.doc;
        let node = self.follow(doc, &entry.value, "requestBodies", "request body")?;
        self.diags.known_keys(
            node,
            "a request body",
            &["required", "description", "content", "x-source"],
        );
        let description = text(node, "description", self.diags).unwrap_or_default();
        let required = flag(node, "required", self.diags);
        let body = self.content(node, Way::Request, description, required);
        if node.get("content").is_none_or(|it| it.as_map().is_some_and(<[Entry]>::is_empty)) {
            self.diags.missing_key(node, entry.key_place, "a request body", "content");
        }
        body
    }

    /// The body as the one of its media types that is used.
    fn content(
        &mut self,
        node: &Node,
        way: Way,
        description: String,
        required: bool,
    ) -> Option<WrittenBody> {
        let entries = map(node, "content", self.diags);
        if let Some(node) = node.get("content").filter(|it| it.as_map().is_some()) {
            // A key without `/` is no media type, but stands in the wrong place.
            let types = entries.iter().map(|it| it.key.as_str()).filter(|it| it.contains('/'));
            self.diags.known_keys(
                node,
                "`content`",
                &types.chain(["application/json"]).collect::<Vec<_>>(),
            );
        }
        let declared = entries.iter().filter(|it| it.key.contains('/'));
        let usable = declared.clone().filter_map(|it| content::media(it, way)).collect();
        let Some((chosen, others)) = content::choose(usable) else {
            for media in declared {
                self.diags.media_type(media.key_place, &media.key);
            }
            return None;
        };
        let others: Vec<(String, Option<Schema>)> = others
            .into_iter()
            .map(|it| {
                let schema = it.entry.value.entry("schema");
                let schema =
                    schema.map(|it| schema::read(self.doc, &it.value, it.key_place, self.diags));
                (it.entry.key.clone(), schema)
            })
            .collect();
        let media = chosen.entry;
        let keys: &[&str] = match chosen.format {
            Format::Json => &["schema", "example", "examples"],
            Format::Form => &["schema", "example", "examples", "encoding"],
            Format::Multipart => &["schema", "example", "encoding"],
            // What has samples in JSON is JSON, and its schema says so.
            Format::Text | Format::Binary
                if media.value.get("schema").is_some_and(|it| it.get("type").is_none()) =>
            {
                &["schema", "example", "examples"]
            }
            Format::Text | Format::Binary => &["schema", "example"],
        };
        self.diags.known_keys(&media.value, "a media type", keys);
        let schema = match media.value.entry("schema") {
            Some(it) => schema::read(self.doc, &it.value, it.key_place, self.diags),
            None => {
                let anything = Node { value: Value::Map(Vec::new()), place: media.value.place };
                schema::read(self.doc, &anything, media.key_place, self.diags)
            }
        };
        let (styles, samples) = match chosen.format {
            Format::Json => (Vec::new(), self.samples(&media.value)),
            Format::Form => {
                let styles = content::encoding(&media.value, self.diags);
                (styles, self.samples(&media.value))
            }
            Format::Multipart => (content::encoding(&media.value, self.diags), Vec::new()),
            Format::Text | Format::Binary if keys.contains(&"examples") => {
                (Vec::new(), self.samples(&media.value))
            }
            Format::Text | Format::Binary => (Vec::new(), Vec::new()),
        };
        Some(WrittenBody {
            schema,
            format: chosen.format,
            media_type: chosen.name,
            place: media.key_place,
            styles,
            required,
            others,
            description,
            samples,
        })
    }

    fn samples(&mut self, media: &Node) -> Vec<(String, Place)> {
        let mut samples = Vec::new();
        let doc = self.doc;
        let (examples, strays): (Vec<&Entry>, Vec<&Entry>) =
            map(media, "examples", self.diags).iter().partition(|it| it.value.as_map().is_some());
        self.diags.strays(media, &strays, "an example");
        for example in examples {
            let Some(node) = self.follow(doc, &example.value, "examples", "example") else {
                continue;
            };
            self.diags.known_keys(
                node,
                "an example",
                &["summary", "description", "externalValue", "x-source"],
            );
            match node.get("externalValue") {
                Some(value) => samples.extend(self.sample(value)),
                None => {
                    self.diags.missing_key(node, example.key_place, "an example", "externalValue")
                }
            }
        }
        samples
    }

    fn sample(&mut self, value: &Node) -> Option<(String, Place)> {
        let from = self.doc.path_of(value.place);
        let path = value.as_str().and_then(|it| parse::relative(from, it)).unwrap_or_default();
        if !self.doc.samples.contains_key(&path) {
            let known: Vec<&str> = self.doc.samples.keys().map(String::as_str).collect();
            self.diags.unknown_sample(value.place, &path, &known);
            return None;
        }
        Some((path, value.place))
    }

    fn parameter_samples(&mut self, node: &Node) -> Vec<(String, Place)> {
        let items = list(node, "x-parameter-examples", self.diags);
        items.iter().filter_map(|it| self.sample(it)).collect()
    }

    fn responses(&mut self, method: &Entry) -> Vec<WrittenResponse> {
        let mut responses = Vec::new();
        let doc = self.doc;
        for entry in map(&method.value, "responses", self.diags) {
            let pattern = entry.key.clone();
            let is_digits = pattern.len() == 3 && pattern.chars().all(|it| it.is_ascii_digit());
            let code = is_digits && matches!(pattern.as_bytes()[0], b'2'..=b'5');
            let range = matches!(pattern.as_str(), "2XX" | "4XX" | "5XX" | "default");
            if !code && !range {
                self.diags.status(entry.key_place, &pattern);
                continue;
            }
            let Some(node) = self.follow(doc, &entry.value, "responses", "response") else {
                continue;
            };
            self.diags.known_keys(
                node,
                "a response",
                &["description", "headers", "content", "links", "x-source"],
            );
            let description = text(node, "description", self.diags).unwrap_or_default();
            if description.is_empty() {
                self.diags.missing_key(node, entry.key_place, "a response", "description");
            }
            let headers = self.headers(node);
            let body = self.content(node, Way::Response, String::new(), true);
            responses.push(WrittenResponse { pattern, description, body, headers });
        }
        responses
    }

    fn headers(&mut self, node: &Node) -> Vec<WrittenHeader> {
        let mut headers = Vec::new();
        let doc = self.doc;
        for header in map(node, "headers", self.diags) {
            let Some(node) = self.follow(doc, &header.value, "headers", "header") else { continue };
            self.diags.known_keys(
                node,
                "a header",
                &[
                    "description",
                    "required",
                    "schema",
                    "deprecated",
                    "example",
                    "x-source",
                    "x-sensitive",
                ],
            );
            let read = |it: &Entry| schema::read(self.doc, &it.value, it.key_place, self.diags);
            headers.push(WrittenHeader {
                name: header.key.clone(),
                schema: node.entry("schema").map(read),
                description: text(node, "description", self.diags).unwrap_or_default(),
                sensitive: flag(node, "x-sensitive", self.diags),
            });
        }
        headers
    }

    /// The node itself, or the component it refers to.
    fn follow<'n>(
        &mut self,
        doc: &'n Document,
        node: &'n Node,
        section: &str,
        kind: &str,
    ) -> Option<&'n Node> {
        let Some(reference) = node.entry("$ref") else {
            if node.as_map().is_none() {
                self.diags.wrong_kind(
                    node.place,
                    &diagnostics::article(kind),
                    "a mapping",
                    node.kind(),
                );
                return None;
            }
            return Some(node);
        };
        let name = schema::component_name(doc, &reference.value, section, kind, self.diags)?;
        self.diags.reference_siblings(node);
        let target = &doc.components[section][&name].node;
        self.references.insert((section.to_owned(), name));
        Some(target)
    }

    /// The servers of a path or an operation.
    fn own_servers(&mut self, node: &Node) -> Option<OwnServers> {
        let written = node.entry("servers")?;
        security::own_servers(written, self.servers, self.diags)
    }

    fn security(
        &mut self,
        node: &Node,
        scopes: &mut IndexMap<String, Vec<String>>,
    ) -> Vec<Vec<String>> {
        let written = node.entry("security").or_else(|| self.doc.root.entry("security"));
        let Some(written) = written else { return vec![Vec::new()] };
        let Some(alternatives) = written.value.as_list() else {
            self.diags.wrong_kind(
                written.value.place,
                "`security`",
                "a list",
                written.value.kind(),
            );
            return Vec::new();
        };
        let mut security = Vec::new();
        let declared = self.doc.components.get("securitySchemes");
        let known: Vec<&str> =
            declared.into_iter().flat_map(IndexMap::keys).map(String::as_str).collect();
        for alternative in alternatives {
            let mut set = Vec::new();
            let Some(schemes) = alternative.as_map() else {
                self.diags.wrong_kind(
                    alternative.place,
                    "an alternative of `security`",
                    "a mapping",
                    alternative.kind(),
                );
                continue;
            };
            for scheme in schemes {
                if scheme.value.as_list().is_none() {
                    let what = format!("what is asked of `{}`", scheme.key);
                    self.diags.wrong_kind(scheme.value.place, &what, "a list", scheme.value.kind());
                }
                if let Some(first) = scheme.value.as_list().and_then(<[Node]>::first)
                    && declared.and_then(|it| it.get(&scheme.key)).is_some_and(has_no_scopes)
                {
                    let what = parse::scalar_text(first).unwrap_or_default();
                    self.diags.no_effect(first.place, &[&what], "only OAuth has scopes");
                    continue;
                }
                for scope in scheme.value.as_list().unwrap_or_default() {
                    let scope = schema::string(scope, "a scope", self.diags);
                    let found = scopes.entry(scheme.key.clone()).or_default();
                    found.extend(scope.filter(|it| !found.contains(it)));
                }
                if known.contains(&scheme.key.as_str()) {
                    set.push(scheme.key.clone());
                } else {
                    // However many operations name it.
                    if self.unknown_schemes.insert(scheme.key.clone()) {
                        self.diags.unknown_scheme(scheme.key_place, &scheme.key, &known);
                    }
                }
            }
            security.push(set);
        }
        if security.is_empty() {
            security.push(Vec::new());
        }
        security
    }

    fn idempotency(
        &mut self,
        verb: &str,
        method: &Entry,
        parameters: &[WrittenParameter],
        is_complete: bool,
    ) -> Idempotency {
        let written = method.value.entry("x-idempotency");
        if verb == "GET" || verb == "HEAD" || verb == "OPTIONS" {
            if let Some(written) = written {
                self.diags.safe_operation_key(written.key_place, "x-idempotency");
            }
            return Idempotency::Safe;
        }
        let Some(written) = written else {
            self.diags.missing_key(
                &method.value,
                method.key_place,
                "an operation that is not `GET`",
                "x-idempotency",
            );
            return Idempotency::None;
        };
        if written.value.as_map().is_some() {
            self.diags.known_keys(&written.value, "`x-idempotency`", &["header"]);
        }
        match (written.value.as_str(), written.value.get("header").and_then(|it| it.as_str())) {
            (Some("none"), _) => Idempotency::None,
            (Some("repeatable"), _) => Idempotency::Repeatable,
            (None, Some(header)) => {
                let declared = |it: &WrittenParameter| {
                    it.location == Location::Header && it.name.eq_ignore_ascii_case(header)
                };
                if is_complete && !parameters.iter().any(declared) {
                    let place =
                        written.value.get("header").map_or(written.value.place, |it| it.place);
                    self.diags.unless_misspelt(&method.value, "parameters", |it| {
                        it.idempotency_header(place, header)
                    });
                }
                Idempotency::Key(header.to_owned())
            }
            _ => {
                let node = &written.value;
                self.diags.unless_misspelt(node, "header", |it| it.idempotency(node.place));
                Idempotency::None
            }
        }
    }

    fn reconcile(&mut self, verb: &str, method: &Entry) -> Reconcile {
        let written = method.value.entry("x-reconcile");
        if verb == "GET" || verb == "HEAD" || verb == "OPTIONS" {
            if let Some(written) = written {
                self.diags.safe_operation_key(written.key_place, "x-reconcile");
            }
            return Reconcile::NotNeeded;
        }
        let Some(written) = written else {
            self.diags.missing_key(
                &method.value,
                method.key_place,
                "an operation that is not `GET`",
                "x-reconcile",
            );
            return Reconcile::NotNeeded;
        };
        let keys = ["operation", "match", "how"];
        if written.value.as_map().is_some() {
            self.diags.known_keys(
                &written.value,
                "`x-reconcile`",
                &["none", "operation", "match", "how"],
            );
        }
        let n_keys = keys.iter().filter(|it| written.value.get(it).is_some()).count();
        let mut part = |key| text(&written.value, key, self.diags);
        match (part("none"), part("operation"), part("match"), part("how")) {
            (Some(reason), None, None, None) => return Reconcile::Impossible(reason),
            (None, Some(operation), Some(matching), Some(how)) => {
                return Reconcile::With { operation, matching, how };
            }
            (None, ..) if n_keys > 0 => {
                for key in keys.iter().filter(|it| written.value.get(it).is_none()) {
                    self.diags.missing_key(&written.value, written.key_place, "`x-reconcile`", key);
                }
            }
            _ => {
                let node = &written.value;
                self.diags.unless_misspelt(node, "operation", |it| it.reconcile(node.place));
            }
        }
        Reconcile::NotNeeded
    }
}

/// Whether tokens of a scheme have no scopes.
fn has_no_scopes(scheme: &parse::Component) -> bool {
    let ty = scheme.node.get("type").and_then(Node::as_str);
    matches!(ty, Some("apiKey" | "http" | "mutualTLS"))
}
