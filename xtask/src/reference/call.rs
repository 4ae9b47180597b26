//! How something is called, and what that means.

use codegen::model::{
    Api,
    operation::{Idempotency, Operation, Reconcile},
    paging::PagingForm,
    types::Docs,
    webhook::{Verification, Webhook},
};

use super::{Row, Topic, Word, fact};

/// The facts of an operation.
pub(super) fn operation(api: &Api, it: &Operation) -> Vec<Row> {
    let mut rows = vec![
        Row { topic: Topic::Address, ..fact("address", &format!("{} {}", it.method, it.path)) },
        summary("what it does", &it.summary, &it.docs),
        Row { topic: Topic::Servers, ..fact("servers", &servers(api, it)) },
        Row { kind: credentials(it), ..fact("credentials", "") },
        repetition(&it.idempotency),
    ];
    rows.extend(reconcile(&it.reconcile));
    rows.extend(it.paging.as_ref().map(|it| pages(&it.form)));
    rows.extend(deprecation(&it.docs));
    rows.retain(|it| !it.said().is_empty());
    rows
}

fn summary(name: &str, summary: &str, docs: &Docs) -> Row {
    Row {
        topic: Topic::Summary,
        docs: docs.text.clone(),
        sources: docs.sources.clone(),
        ..fact(name, summary)
    }
}

fn deprecation(docs: &Docs) -> Option<Row> {
    let row = fact("deprecated", "should not be used any more");
    docs.deprecated.then_some(Row { topic: Topic::Deprecation, ..row })
}

fn servers(api: &Api, it: &Operation) -> String {
    let urls: Vec<&str> = match &it.servers {
        Some(own) => own.urls.iter().map(|(_, url)| url.as_str()).collect(),
        None => api.servers.iter().map(|it| it.url.as_str()).collect(),
    };
    urls.join(", ")
}

fn credentials(it: &Operation) -> Vec<Word> {
    let one = |name: &String| {
        let mut words = vec![Word::Credential(name.clone())];
        let scopes = it.scopes.get(name).map(Vec::as_slice).unwrap_or_default();
        for (idx, scope) in scopes.iter().enumerate() {
            words.push(text(if idx == 0 { " with the scopes " } else { ", " }));
            words.push(Word::Value(scope.clone()));
        }
        words
    };
    let set = |set: &Vec<String>| match set.as_slice() {
        [] => vec![text("none")],
        set => set.iter().map(one).collect::<Vec<_>>().join(&text(" and ")),
    };
    it.security.iter().map(set).collect::<Vec<_>>().join(&text(", or "))
}

/// Whether a repeat does it again, and whether the client repeats by itself.
fn repetition(it: &Idempotency) -> Row {
    let (words, docs): (Vec<Word>, &str) = match it {
        Idempotency::Safe => (vec![text("it only reads")], "The client tries again by itself."),
        Idempotency::None => (
            vec![text("a repeat may do it twice")],
            "The client tries again only what provably did nothing: what never left, what was \
             refused with 429, and once with a fresh token after a 401.",
        ),
        Idempotency::Repeatable => {
            (vec![text("a repeat has no further effect")], "The client tries again by itself.")
        }
        Idempotency::Key(header) => (
            vec![text("a repeat is recognised by the header "), Word::Value(header.clone())],
            "The client tries again by itself, with the same key and the same bytes. It makes a \
             key if none is given.",
        ),
    };
    Row { kind: words, docs: docs.to_owned(), ..fact("sent twice", "") }
}

fn reconcile(it: &Reconcile) -> Option<Row> {
    match it {
        Reconcile::NotNeeded => None,
        Reconcile::With { operation, matching, how } => {
            let words = vec![
                Word::Operation(operation.clone()),
                text(", by "),
                Word::Value(matching.clone()),
            ];
            Some(Row { kind: words, docs: how.clone(), ..fact("outcome unknown", "") })
        }
        Reconcile::Impossible(why) => {
            Some(Row { docs: why.clone(), ..fact("outcome unknown", "cannot be found out") })
        }
    }
}

/// How a list is read to its end.
fn pages(form: &PagingForm) -> Row {
    let (how, parameters) = match form {
        PagingForm::Offset { offset, limit, .. } => ("in pages, by ", vec![offset, limit]),
        PagingForm::Page { page, .. } => ("in pages, by ", vec![page]),
        PagingForm::Window { from, to, limit, .. } => {
            ("in windows of time, because there are no pages, by ", vec![from, to, limit])
        }
    };
    let mut kind = vec![text(how)];
    for (idx, parameter) in parameters.into_iter().enumerate() {
        if idx > 0 {
            kind.push(text(" and "));
        }
        kind.push(Word::Value(parameter.clone()));
    }
    let docs = "The client gives all items as one stream with `items()`, and the answers as they \
                come with `pages()`.";
    Row { kind, docs: docs.to_owned(), ..fact("answers", "") }
}

/// The facts of a webhook.
pub(super) fn webhook(it: &Webhook) -> Vec<Row> {
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
    let mut rows = vec![
        summary("what it tells", &it.summary, &it.docs),
        fact("proof", &proof),
        fact("same event", &it.dedupe.join(" and ")),
    ];
    rows.extend(deprecation(&it.docs));
    rows
}

fn text(text: &str) -> Word {
    Word::Text(text.to_owned())
}
