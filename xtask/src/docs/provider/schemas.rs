//! The page of a provider's schemas: each by itself, with links to the others.

use std::collections::BTreeMap;

use codegen::model::{
    operation::Operation,
    schema::{Additional, EnumValue, Kind as SchemaKind, Schema},
};

use super::{
    super::site::{Content, Entry, Group, Kind, Page},
    Ctx,
    members::{self, Anchors},
};
use crate::{
    html::{breakable, code, escape, slug},
    reference::{
        Row,
        schema::{self, Facts, Way},
    },
};

/// The page.
pub(super) fn page(ctx: &Ctx<'_>) -> Page {
    let users = users(ctx);
    let mut entries = Vec::new();
    let mut contents = Vec::new();
    let mut body = format!(
        "<h1>{}: schemas</h1>\n<p><a href=\"{}.html\">What can be called</a> shows them where they are used.</p>\n",
        escape(&ctx.api.title),
        ctx.provider.name
    );
    for (name, schema) in &ctx.api.schemas {
        let anchor = slug(name);
        let rows = schema::members(ctx.api, schema, Way::Defined);
        let anchors = members::anchors(name, &rows);
        entries.extend(members::entries(Kind::Member, name, &rows, &anchors));
        body.push_str(&section(ctx, name, schema, &rows, &anchors, users.get(name.as_str())));
        entries.push(Entry {
            kind: Kind::Schema,
            anchor: anchor.clone(),
            title: name.clone(),
            detail: schema.description.clone().unwrap_or_default(),
        });
        contents.push(Content { anchor, title: name.clone(), is_inner: false });
    }
    Page {
        path: ctx.provider.schemas_page(),
        title: format!("{}: schemas", ctx.api.title),
        group: Group::Schemas,
        source: ctx.spec(),
        body: format!("<div class=\"reference schemas\">\n{body}</div>\n"),
        contents,
        entries,
    }
}

fn section(
    ctx: &Ctx<'_>,
    name: &str,
    schema: &Schema,
    rows: &[Row],
    anchors: &Anchors,
    users: Option<&Vec<&str>>,
) -> String {
    let (id, facts) = (slug(name), Facts::of(ctx.api, schema));
    let row = Row { kind: facts.kind, notes: facts.notes, ..Row::default() };
    let values = match &schema.kind {
        SchemaKind::Enum(values) => enum_values(ctx, values),
        _ => String::new(),
    };
    let users = users.map_or_else(String::new, |users| {
        let link = |it: &&str| {
            format!("<a href=\"{}.html#{}\">{}</a>", ctx.provider.name, slug(it), code(it))
        };
        format!(
            "<p class=\"used\">Used by {}</p>\n",
            users.iter().map(link).collect::<Vec<_>>().join(", ")
        )
    });
    let own = ctx.api.types.values().filter(|it| it.place == schema.place);
    let types: Vec<String> =
        own.map(|it| ctx.item(&it.name, &codegen::refine::type_page(it))).collect();
    let types = match types.as_slice() {
        [] => String::new(),
        types => format!("<p class=\"used\">In Rust {}</p>\n", types.join(", ")),
    };
    format!(
        "<section class=\"schema\" id=\"{id}\" aria-labelledby=\"{id}:title\">\n\
         <h2 id=\"{id}:title\"><a href=\"#{id}\">{}</a></h2>\n<div class=\"line\">{}</div>\n{}{values}{}{types}{users}{}</section>\n",
        breakable(name),
        members::said(ctx, &row),
        ctx.text(schema.description.as_deref().unwrap_or_default()),
        members::list(ctx, rows, anchors),
        ctx.provenance(&schema.sources, schema.place)
    )
}

/// What each listed value means, where that is said.
fn enum_values(ctx: &Ctx<'_>, values: &[EnumValue]) -> String {
    let value = |it: &EnumValue| {
        let docs = it.description.as_deref()?;
        Some(format!("<div><dt>{}</dt><dd>{}</dd></div>\n", code(&it.wire), ctx.text(docs)))
    };
    match values.iter().filter_map(value).collect::<String>() {
        rows if rows.is_empty() => rows,
        rows => format!("<dl class=\"values\">\n{rows}</dl>\n"),
    }
}

/// Which operations and webhooks use each schema, directly or by others.
fn users<'c>(ctx: &'c Ctx<'_>) -> BTreeMap<&'c str, Vec<&'c str>> {
    let mut users: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let operations = ctx.api.operations.iter().map(|it| (it.id.as_str(), schemas_of(it)));
    let webhooks = ctx.api.webhooks.iter().map(|it| (it.id.as_str(), vec![&it.schema]));
    for (id, schemas) in operations.chain(webhooks) {
        let mut found: Vec<&str> = Vec::new();
        for schema in schemas {
            names(ctx, schema, &mut found);
        }
        for name in found {
            users.entry(name).or_default().push(id);
        }
    }
    users
}

fn schemas_of(it: &Operation) -> Vec<&Schema> {
    let parameters = it.parameters.iter().map(|it| &it.schema);
    let body = it.body.iter().map(|it| &it.schema);
    let answers = it.answers.iter().filter_map(|it| it.body.as_ref().map(|(it, _)| it));
    parameters.chain(body).chain(answers).collect()
}

/// The names of all schemas below one.
fn names<'c>(ctx: &'c Ctx<'_>, schema: &'c Schema, found: &mut Vec<&'c str>) {
    match &schema.kind {
        SchemaKind::Ref(name) => {
            if !found.contains(&name.as_str()) {
                found.push(name);
                if let Some(target) = ctx.api.schemas.get(name) {
                    names(ctx, target, found);
                }
            }
        }
        SchemaKind::Array(items) => names(ctx, items, found),
        SchemaKind::Object(it) => {
            it.members.values().for_each(|it| names(ctx, it, found));
            if let Additional::Schema(values) = &it.additional {
                names(ctx, values, found);
            }
        }
        SchemaKind::AllOf(parts) | SchemaKind::Alternatives(parts, _) => {
            parts.iter().for_each(|it| names(ctx, it, found));
        }
        SchemaKind::Any
        | SchemaKind::String(_)
        | SchemaKind::Enum(_)
        | SchemaKind::Integer(_)
        | SchemaKind::Number
        | SchemaKind::Boolean => {}
    }
}
