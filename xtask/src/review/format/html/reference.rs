//! An operation as reference pages tell it, in lines that can be compared.

mod schema;

use codegen::model::{
    Api,
    operation::{Idempotency, Location, Operation, Reconcile},
    schema::Schema,
    webhook::{Verification, Webhook},
};

use super::{
    marks::marked,
    markup::escape,
    pages::{Call, Side},
};

/// More is counted, not shown.
const MOST_ROWS: usize = 600;

/// What is told together: the parameters, a body.
#[derive(Default)]
struct Part {
    title: String,
    rows: Vec<Row>,
}

/// One fact, such as a member.
#[derive(Clone, Default, PartialEq, Eq)]
struct Row {
    /// Its name with those of all that it is in.
    path: String,
    name: String,
    depth: usize,
    /// What its values are.
    kind: String,
    /// What it is for.
    docs: String,
}

/// A thing before and after.
type Pair<'p, T> = (Option<&'p T>, Option<&'p T>);

/// Which lines are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    All,
    Changed,
}

/// An operation before and after, as tables; nothing if neither side has it.
pub(super) fn html(
    base: Option<(&Side, Call<'_>)>,
    head: Option<(&Side, Call<'_>)>,
    lines: Lines,
) -> String {
    let parts = |it: Option<(&Side, Call<'_>)>| {
        it.and_then(|(side, call)| Some(parts(side.api.as_ref()?, call))).unwrap_or_default()
    };
    let (before, after) = (parts(base), parts(head));
    let empty = Part::default();
    let mut html = String::new();
    for (old, new) in pairs(&before, &after, |it| &it.title) {
        let title = &old.or(new).unwrap_or(&empty).title;
        let rows = pairs(&old.unwrap_or(&empty).rows, &new.unwrap_or(&empty).rows, |it| &it.path);
        html.push_str(&table(title, &rows, lines));
    }
    html
}

/// What has the same name on both sides together, in the order of the new side;
/// what is gone stands behind what it stood behind.
fn pairs<'p, T>(before: &'p [T], after: &'p [T], name: impl Fn(&T) -> &String) -> Vec<Pair<'p, T>> {
    let position = |of: &[T], wanted: &T| of.iter().position(|it| name(it) == name(wanted));
    let mut pairs = Vec::new();
    let gone_from = |start: usize, pairs: &mut Vec<Pair<'p, T>>| {
        let gone = before[start..].iter().take_while(|it| position(after, it).is_none());
        pairs.extend(gone.map(|it| (Some(it), None)));
    };
    gone_from(0, &mut pairs);
    for new in after {
        match position(before, new) {
            None => pairs.push((None, Some(new))),
            Some(idx) => {
                pairs.push((Some(&before[idx]), Some(new)));
                gone_from(idx + 1, &mut pairs);
            }
        }
    }
    pairs
}

fn table(title: &str, rows: &[Pair<'_, Row>], lines: Lines) -> String {
    let mut body = String::new();
    let mut n_hidden = 0;
    for (old, new) in rows {
        if lines == Lines::Changed && old == new {
            n_hidden += 1;
            continue;
        }
        body.push_str(&row(*old, *new));
    }
    let rest = match n_hidden {
        0 => String::new(),
        n => format!(
            "<tr class=\"same\"><td colspan=\"3\">{n} lines that did not change</td></tr>\n"
        ),
    };
    format!(
        "<table class=\"ref\"><caption>{}</caption>\n\
         <thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Before</th>\
         <th scope=\"col\">After</th></tr></thead>\n<tbody>\n{body}{rest}</tbody></table>\n",
        escape(title)
    )
}

fn row(old: Option<&Row>, new: Option<&Row>) -> String {
    let Some(any) = new.or(old) else { return String::new() };
    let depth = any.depth.min(8);
    let name = format!("<th scope=\"row\" class=\"d{depth}\">{}</th>", escape(&any.name));
    let cell = |class: &str, label: &str, kind: &str, docs: &str| {
        let docs = if docs.is_empty() { String::new() } else { format!("<p>{docs}</p>") };
        format!("<td class=\"{class}\" data-label=\"{label}\">{kind}{docs}</td>")
    };
    match (old, new) {
        (Some(old), Some(new)) if old == new => {
            let docs = match escape(&new.docs) {
                docs if docs.is_empty() => docs,
                docs => format!("<p>{docs}</p>"),
            };
            format!(
                "<tr class=\"same\">{name}<td colspan=\"2\">{}{docs}</td></tr>\n",
                escape(&new.kind)
            )
        }
        (Some(old), Some(new)) => {
            let (old_kind, new_kind) = marked(&old.kind, &new.kind);
            let (old_docs, new_docs) = marked(&old.docs, &new.docs);
            let before = cell("old", "Before", &old_kind, &old_docs);
            let after = cell("new", "After", &new_kind, &new_docs);
            format!("<tr class=\"changed\">{name}{before}{after}</tr>\n")
        }
        (Some(old), None) => {
            let before = cell("old", "Before", &escape(&old.kind), &escape(&old.docs));
            format!("<tr class=\"changed\">{name}{before}{}</tr>\n", absent("After", "gone"))
        }
        (None, Some(new)) => {
            let after = cell("new", "After", &escape(&new.kind), &escape(&new.docs));
            format!("<tr class=\"changed\">{name}{}{after}</tr>\n", absent("Before", "not there"))
        }
        (None, None) => String::new(),
    }
}

fn absent(label: &str, word: &str) -> String {
    format!("<td class=\"none\" data-label=\"{label}\">{word}</td>")
}

fn parts(api: &Api, call: Call<'_>) -> Vec<Part> {
    match call {
        Call::Operation(it) => operation(api, it),
        Call::Webhook(it) => webhook(api, it),
    }
}

fn operation(api: &Api, it: &Operation) -> Vec<Part> {
    let mut parts = vec![Part { title: "The call".to_owned(), rows: call(api, it) }];
    if !it.parameters.is_empty() {
        let mut rows = Vec::new();
        for parameter in &it.parameters {
            let place = match parameter.location {
                Location::Path => "in the path",
                Location::Query => "in the query",
                Location::Header => "in a header",
                Location::Cookie => "in a cookie",
            };
            let need = if parameter.required { "required" } else { "optional" };
            let mut facts = schema::Facts::of(api, &parameter.schema);
            facts.notes.insert(0, place.to_owned());
            facts.notes.insert(0, need.to_owned());
            if parameter.sensitive && !parameter.schema.sensitive {
                facts.notes.push("personal or secret".to_owned());
            }
            rows.push(Row {
                docs: parameter.docs.text.clone(),
                ..fact(&parameter.wire, facts.text())
            });
        }
        parts.push(Part { title: "Parameters".to_owned(), rows });
    }
    if let Some(body) = &it.body {
        let need = if body.required { "" } else { ", may be left out" };
        let whole = schema::Facts::of(api, &body.schema).text();
        let mut rows = vec![Row {
            docs: body.docs.text.clone(),
            ..fact("the body", format!("{whole}, as {}{need}", body.media_type))
        }];
        rows.extend(schema::members(api, &body.schema));
        parts.push(Part { title: "Body".to_owned(), rows });
    }
    for status in &it.success {
        let case = it.successes.iter().find(|case| case.pattern == status.to_string());
        let schema = match case {
            Some(case) => case.schema.as_ref(),
            None => it.output_schema.as_ref(),
        };
        parts.push(answer(api, &status.to_string(), case.map(|it| it.docs.as_str()), schema));
    }
    for case in &it.errors {
        parts.push(answer(api, &case.pattern, Some(&case.docs), case.schema.as_ref()));
    }
    if !it.headers.is_empty() {
        let header = |(name, docs): &(String, String)| Row {
            docs: docs.clone(),
            ..fact(name, "header of answers".to_owned())
        };
        let rows = it.headers.iter().map(header).collect();
        parts.push(Part { title: "Headers of answers".to_owned(), rows });
    }
    parts.iter_mut().for_each(|it| it.rows.truncate(MOST_ROWS));
    parts
}

fn answer(api: &Api, status: &str, docs: Option<&str>, schema: Option<&Schema>) -> Part {
    let docs = docs.unwrap_or_default().to_owned();
    let whole = match schema {
        None => "no documented body".to_owned(),
        Some(schema) => schema::Facts::of(api, schema).text(),
    };
    let mut rows = vec![Row { docs, ..fact("the answer", whole) }];
    rows.extend(schema.map(|it| schema::members(api, it)).unwrap_or_default());
    Part { title: format!("Answer {status}"), rows }
}

fn call(api: &Api, it: &Operation) -> Vec<Row> {
    let mut rows = vec![
        fact("address", format!("{} {}", it.method, it.path)),
        Row { docs: it.docs.text.clone(), ..fact("what it does", it.summary.clone()) },
    ];
    let servers: Vec<String> = match &it.servers {
        Some(own) => own.urls.iter().map(|(_, url)| url.clone()).collect(),
        None => api.servers.iter().map(|it| it.url.clone()).collect(),
    };
    rows.push(fact("servers", servers.join(", ")));
    let sets: Vec<String> = it
        .security
        .iter()
        .map(|set| if set.is_empty() { "none".to_owned() } else { set.join(" and ") })
        .collect();
    rows.push(fact("credentials", sets.join(", or ")));
    let twice = match &it.idempotency {
        Idempotency::Safe => "it only reads".to_owned(),
        Idempotency::None => "it may pay twice".to_owned(),
        Idempotency::Repeatable => "a repeat has no further effect".to_owned(),
        Idempotency::Key(header) => format!("a repeat is recognised by the header {header}"),
    };
    rows.push(fact("sent twice", twice));
    match &it.reconcile {
        Reconcile::NotNeeded => {}
        Reconcile::With { operation, matching, how } => {
            let text = format!("{operation}, by {matching}");
            rows.push(Row { docs: how.clone(), ..fact("outcome unknown", text) });
        }
        Reconcile::Impossible(why) => {
            let row = fact("outcome unknown", "cannot be found out".to_owned());
            rows.push(Row { docs: why.clone(), ..row });
        }
    }
    let pages = if it.paging.is_some() { "in pages" } else { "" };
    rows.push(fact("answers", pages.to_owned()));
    if it.docs.deprecated {
        rows.push(fact("deprecated", "should not be used any more".to_owned()));
    }
    rows.retain(|it| !it.kind.is_empty());
    rows
}

fn webhook(api: &Api, it: &Webhook) -> Vec<Part> {
    let proof = match &it.verification {
        Verification::HmacSha256 { header, prefix, message, timestamp } => {
            let time = timestamp.as_ref().map_or_else(String::new, |(header, seconds)| {
                format!(", signed at {header}, {seconds} seconds at most")
            });
            format!("HMAC-SHA256 of {message} in the header {header}, behind “{prefix}”{time}")
        }
        Verification::Basic => "HTTP Basic".to_owned(),
        Verification::None(why) => format!("none: {why}"),
    };
    let rows = vec![
        Row { docs: it.docs.text.clone(), ..fact("what it tells", it.summary.clone()) },
        fact("proof", proof),
        fact("same event", it.dedupe.join(" and ")),
    ];
    let mut body = vec![fact("the event", schema::Facts::of(api, &it.schema).text())];
    body.extend(schema::members(api, &it.schema));
    body.truncate(MOST_ROWS);
    vec![Part { title: "The call".to_owned(), rows }, Part { title: "Body".to_owned(), rows: body }]
}

fn fact(name: &str, kind: String) -> Row {
    Row { path: name.to_owned(), name: name.to_owned(), kind, ..Row::default() }
}
