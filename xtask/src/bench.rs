//! `bench`: how long the generator takes, stage by stage, beside progenitor alone.
//!
//! Both are compiled the same way and measured in one run on the same document,
//! so that the ratio says the same on every machine.

use std::{fmt::Write as _, fs, process::ExitCode, time::Duration};

use anyhow::{Result, bail};
use codegen::{
    ImportOptions, Source, SourceFile, bind,
    import::{self, Imported},
    lower, model, refine, render,
};

use crate::{clock::Clock, shell, try_documents::collect};

/// How often each document is read; the fastest counts.
const N_RUNS: usize = 3;

/// Measures documents, or made-up ones of this size, twice it and four times it.
///
/// # Errors
///
/// If a document cannot be read, or a made-up one cannot be generated from.
pub fn run(named: &[String], size: usize) -> Result<ExitCode> {
    let mut rows = vec![
        [
            "document",
            "KiB",
            "total",
            "read",
            "rewrite",
            "model",
            "bind",
            "refine",
            "render",
            "progenitor",
            "ratio",
        ]
        .map(str::to_owned),
    ];
    if named.is_empty() {
        let mut totals = Vec::new();
        for times in [1, 2, 4] {
            let n = size * times;
            let source = made_up(n);
            let times = measured(&source)?;
            totals.push(times.total);
            rows.push(times.row(&format!("{n} schemas and operations"), &source));
        }
        shell::out(&table(&rows));
        if let [first, .., last] = totals.as_slice() {
            let growth = ratio(*last, *first);
            shell::out(&format!("four times as much takes {growth} times as long"));
        }
    } else {
        let found = collect::documents(named)?.found;
        let n_documents = found.len();
        for found in found {
            let source = found.source()?;
            match measured(&source) {
                Ok(it) => rows.push(it.row(&found.path, &source)),
                Err(error) => shell::warning("Skipped", &format!("{}: {error}", found.path)),
            }
        }
        if rows.len() == 1 {
            let documents = shell::counted(n_documents, "document");
            shell::failure("Failed", &format!("nothing was measured: {documents} skipped"));
            return Ok(ExitCode::FAILURE);
        }
        shell::out(&table(&rows));
    }
    if let Some(memory) = peak_memory() {
        shell::out(&format!("peak memory: {memory}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// How long each stage takes.
struct Times {
    total: Duration,
    read: Duration,
    model: Duration,
    bind: Duration,
    refine: Duration,
    render: Duration,
    progenitor: Duration,
}

fn measured(source: &Source) -> Result<Times> {
    let (total, imported) = fastest(|| {
        codegen::import(source, ImportOptions { keep_going: true }).map_err(|it| it.to_string())
    });
    let Imported { document, .. } = match imported {
        Ok(it) => it,
        Err(complaints) => bail!("{}", complaints.lines().next().unwrap_or_default()),
    };
    let (read, _) = fastest(|| source.files.iter().map(import::values).collect::<Vec<_>>());
    let (model, api) = fastest(|| model::api(&document));
    let Ok(api) = api else { bail!("what was rewritten is not taken") };
    let lowered = lower::document(&api);
    let (bind, rust) = fastest(|| bind::file(&lowered));
    let (refine, _) = fastest(|| refine::krate(&rust, &api));
    let (both, _) = fastest(|| render::output(&api, refine::krate(&rust, &api)));
    let render = both.saturating_sub(refine);
    // What a build script with progenitor does, as its own documentation has it.
    let (progenitor, _) =
        fastest(|| syn::parse2(bind::tokens(&lowered)).map(|it| prettyplease::unparse(&it)));
    Ok(Times { total, read, model, bind, refine, render, progenitor })
}

fn fastest<T>(work: impl Fn() -> T) -> (Duration, T) {
    let once = || {
        let clock = Clock::now();
        let made = work();
        (clock.elapsed(), made)
    };
    let mut best = once();
    for _ in 1..N_RUNS {
        let (took, made) = once();
        if took < best.0 {
            best = (took, made);
        }
    }
    best
}

impl Times {
    fn row(&self, name: &str, source: &Source) -> [String; 11] {
        let Self { total, read, model, bind, refine, render, progenitor } = *self;
        let rewrite = total.saturating_sub(read + model + bind + refine + render);
        let size: usize = source.files.iter().map(|it| it.text.len()).sum();
        let ratio = ratio(total, progenitor);
        let seconds = |it: Duration| format!("{:.3} s", it.as_secs_f64());
        let [total, read, rewrite, model, bind, refine, render, progenitor] =
            [total, read, rewrite, model, bind, refine, render, progenitor].map(seconds);
        let size = (size / 1024).to_string();
        [
            name.to_owned(),
            size,
            total,
            read,
            rewrite,
            model,
            bind,
            refine,
            render,
            progenitor,
            ratio,
        ]
    }
}

/// How many times as long, to a tenth.
fn ratio(long: Duration, short: Duration) -> String {
    let tenths = long.as_nanos() * 10 / short.as_nanos().max(1);
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn table(rows: &[[String; 11]]) -> String {
    let width = |idx: usize| rows.iter().map(|it| it[idx].chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        for (idx, cell) in row.iter().enumerate() {
            let width = width(idx);
            let _ = match idx {
                0 => write!(text, "{cell:<width$}"),
                _ => write!(text, "  {cell:>width$}"),
            };
        }
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// A document with so many schemas and operations, some of which refer to others.
fn made_up(n: usize) -> Source {
    let mut text = "openapi: 3.1.0\ninfo: {title: Acme, version: '1', description: Pays.}\n\
                    servers: [{url: 'https://api.acme.example'}]\npaths:\n"
        .to_owned();
    for idx in 0..n {
        let _ = write!(
            text,
            "  /things{idx}/{{thing_id}}:\n    post:\n      operationId: updateThing{idx}\n      summary: Updates a thing.\n      \
             parameters:\n        - {{name: thing_id, in: path, required: true, schema: {{type: string}}}}\n        \
             - {{name: expand, in: query, schema: {{type: array, items: {{type: string}}}}}}\n      \
             requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{idx}'}}}}}}}}\n      \
             responses:\n        '200': {{description: Done., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing{}'}}}}}}}}\n        \
             '400': {{description: Wrong., content: {{application/json: {{schema: {{$ref: '#/components/schemas/Thing0'}}}}}}}}\n",
            idx / 2
        );
    }
    text.push_str("components:\n  schemas:\n");
    for idx in 0..n {
        let _ = write!(
            text,
            "    Thing{idx}:\n      type: object\n      required: [id, state]\n      properties:\n        \
             id: {{type: string, description: Which thing it is.}}\n        state: {{type: string, enum: [open, closed, gone]}}\n        \
             amount: {{type: integer, format: int64}}\n        at: {{type: string, format: date-time}}\n        \
             parent: {{$ref: '#/components/schemas/Thing{}'}}\n        children: {{type: array, items: {{$ref: '#/components/schemas/Thing{}'}}}}\n        \
             choice: {{oneOf: [{{type: string}}, {{type: object, required: [a], properties: {{a: {{type: boolean}}}}}}]}}\n        \
             more: {{allOf: [{{$ref: '#/components/schemas/Thing{}'}}, {{type: object, properties: {{extra{idx}: {{type: string}}}}}}]}}\n",
            idx / 2,
            (idx * 7) % n,
            idx / 3,
        );
    }
    let files = vec![SourceFile::new("acme.yaml", &text)];
    Source { provider: "acme".to_owned(), files, samples: Vec::new() }
}

/// The most memory that this process had, where that can be told.
fn peak_memory() -> Option<String> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    Some(line.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{made_up, measured};

    #[test]
    fn made_up_documents_can_be_measured() {
        let source = made_up(3);
        let times = measured(&source).expect("it is right");
        assert_eq!(times.row("acme.yaml", &source)[0], "acme.yaml");
    }
}
