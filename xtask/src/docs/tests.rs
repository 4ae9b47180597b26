//! The pieces of a site, and a whole one of a made-up provider.

use std::{collections::BTreeMap, fs};

use insta::assert_snapshot;
use tempfile::TempDir;

use super::{
    markdown,
    site::{Entry, Group, Kind, Page, relative},
    *,
};
use crate::browser;

/// The provider of the tests of reviews, too.
const SPEC: &str = include_str!("../review/format/example/head.yaml");

const DIALECT: &str = "\
# The spec dialect

See the [complaints](DIAGNOSTICS.md#unknown-reference), the [runbook](../RUNBOOK.md) and \
the [spec](acme.yaml).

| schema | Rust |
|---|---|
| `type: string` | `String` |
";

const RUNBOOK: &str = "\
# What to do when the outcome is unknown

Look [below](#after-a-crash). The [generator](codegen/src/lib.rs) has nothing to do with it.

## After a crash

Look it up.
";

/// A workspace with a provider whose texts are hostile, and pages of ours.
fn workspace() -> (TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    let sample = "application/json: {schema: {$ref: '#/components/schemas/PayoutRequest'}, examples: \
                  {documented: {externalValue: examples/acme/create_payout.request.201.json}}}";
    let spec = SPEC
        .replace("application/json: {schema: {$ref: '#/components/schemas/PayoutRequest'}}", sample)
        .replace(
            "description: The money leaves your balance within a minute.",
            "description: |-\n        The money leaves <script>window.wasRun = 1</script> your balance [docs][docs].\n\n        \
             <img src=x onerror=\"window.wasRun = 1\"> ![x](https://acme.example/x.png) [y](javascript:alert(1))",
        )
        .replace("Lists payouts.", "Lists </title><script>window.wasRun = 1</script> payouts.");
    let files = [
        ("specs/acme.yaml", spec.as_str()),
        (
            "specs/examples/acme/create_payout.request.201.json",
            "{\n  \"reference\": \"</pre><script>\",\n  \"amount\": \"10.50\",\n  \"method\": \"bank\"\n}\n",
        ),
        ("specs/README.md", DIALECT),
        (
            "specs/DIAGNOSTICS.md",
            "# Complaints\n\n## Schemas\n\n### unknown-reference\n\nIt is not there.\n",
        ),
        (
            "specs/extensions.schema.json",
            "{\"description\": \"All.\", \"$defs\": {\"x-b\": {\"description\": \"The first.\"}, \"x-a\": {}}}",
        ),
        ("RUNBOOK.md", RUNBOOK),
        ("README.md", "# payouts\n\n- [`payouts-acme`](crates/payouts-acme/README.md)\n"),
        ("codegen/src/lib.rs", ""),
        ("crates/payouts-acme/README.md", ""),
        (
            "crates/payouts-acme/Cargo.toml",
            "[package]\nname = \"payouts-acme\"\nversion = \"0.3.1\"\n",
        ),
    ];
    for (path, text) in files {
        workspace.write(path, text).expect("writable");
    }
    (folder, workspace)
}

/// A workspace with nothing but a spec.
fn with_spec(spec: &str) -> (TempDir, Workspace) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let workspace = Workspace::at(folder.path());
    workspace.write("specs/acme.yaml", spec).expect("writable");
    (folder, workspace)
}

fn built(workspace: &Workspace) -> Site {
    let mut progress = Progress::start();
    let providers = read(workspace, &mut progress).expect("readable").expect("nothing is wrong");
    site(workspace, &providers, None).expect("all pages can be made")
}

#[track_caller]
fn problems(site: &Site, rustdoc: Option<&Path>) -> Vec<String> {
    links::problems(site, &site.files(), rustdoc).expect("readable")
}

#[track_caller]
fn page<'s>(site: &'s Site, path: &str) -> &'s Page {
    site.pages.iter().find(|it| it.path == path).expect("there is such a page")
}

#[test]
fn all_pages_and_no_broken_link() {
    let (_folder, workspace) = workspace();
    let site = built(&workspace);
    let pages: Vec<&str> = site.pages.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(
        pages.join(" "),
        "index.html reference/acme.html reference/acme-schemas.html runbook.html dialect.html diagnostics.html readme.html extensions.html"
    );
    assert_eq!(problems(&site, None), [""; 0]);
    for part in ["<a href=\"reference/acme.html\">Acme</a>", ">0.3.1</td>", ">5</td>"] {
        assert!(page(&site, "index.html").body.contains(part), "{part}");
    }
}

#[test]
fn a_member_of_several_parts_has_one_anchor() {
    let schemas = "    PayeeAccount:
      description: Where it went.
      allOf:
        - $ref: '#/components/schemas/Bank'
        - $ref: '#/components/schemas/Holder'
    Bank:
      description: Where it is held.
      allOf:
        - $ref: '#/components/schemas/Account'
        - {type: object, properties: {bank: {type: string, description: Its name.}}}
    Holder:
      description: Whose it is.
      allOf:
        - $ref: '#/components/schemas/Account'
        - {type: object, properties: {name: {type: string, x-sensitive: true, description: A name.}}}
    Account:
      type: object
      description: An account.
      properties: {iban: {type: string, x-sensitive: true, description: Its number.}}
    Problem:
";
    let (start, _) = SPEC.split_once("    PayeeAccount:\n").expect("there is one");
    let (_, end) = SPEC.split_once("    Problem:\n").expect("it is the next");
    let (_folder, workspace) = with_spec(&format!("{start}{schemas}{end}"));
    let site = built(&workspace);
    assert_eq!(problems(&site, None), [""; 0]);
    let body = &page(&site, "reference/acme-schemas.html").body;
    assert_eq!(body.matches("id=\"PayeeAccount.iban\"").count(), 1);
}

#[test]
fn parameters_of_the_same_name_have_their_own_anchors() {
    let spec = SPEC.replacen(
        "        - {name: reference, in: path,",
        "        - {name: reference, in: query, x-rust-name: theirs, description: Theirs., schema: {type: string}}\n        \
         - {name: reference, in: path,",
        1,
    );
    let (_folder, workspace) = with_spec(&spec);
    let site = built(&workspace);
    assert_eq!(problems(&site, None), [""; 0]);
    let anchors = page(&site, "reference/acme.html").entries.iter();
    let anchors: Vec<&str> = anchors
        .filter(|it| it.kind == Kind::Parameter && it.anchor.starts_with("get_payout"))
        .map(|it| it.anchor.as_str())
        .collect();
    assert_eq!(anchors, ["get_payout.path_reference", "get_payout.query_reference"]);
}

#[test]
fn names_of_specs_and_guides_are_not_ours() {
    let spec = SPEC
        .replace("operationId: get_status", "operationId: search")
        .replace("operationId: cancel_payout", "operationId: operations");
    let (_folder, workspace) = with_spec(&spec);
    let guide = "# Runbook\n\n## Search\n\n## Found\n\n## Main\n\n## Menu\n";
    workspace.write("RUNBOOK.md", guide).expect("writable");
    let site = built(&workspace);
    assert_eq!(problems(&site, None), [""; 0]);
    assert!(page(&site, "runbook.html").body.contains("<h2 id=\"search\">"));
}

#[test]
fn an_operation_has_everything() {
    let (_folder, workspace) = workspace();
    let site = built(&workspace);
    let body = &page(&site, "reference/acme.html").body;
    for part in [
        "id=\"create_payout\"",
        "<span class=\"method post\">POST</span> <code>/<wbr>payouts</code>",
        "<span class=\"badge bad\">may be done twice</span>",
        "<a href=\"acme.html#get_payout\"><code>get_payout</code></a>",
        "<a href=\"#auth:apiKey\"><code>apiKey</code></a>",
        "<span class=\"badge money\">money in major units, such as dollars</span>",
        "at most 140 characters",
        "It was accepted.",
        "<code>Client::create_payout</code>",
        "PayoutRequest::new(",
        "&quot;amount&quot;: &quot;10.50&quot;",
        "specs/acme.yaml:36",
        "HMAC-SHA256 of {body} in the header X-Signature",
        "verify_payout_changed(&amp;secrets, headers, body)",
    ] {
        assert!(body.contains(part), "{part}");
    }
    assert!(!body.contains("rustdoc"), "there is none");
}

#[test]
fn what_is_called_like_an_operation_is_not_a_link_to_it() {
    let scheme = "    oauth: {type: oauth2, description: A token., flows: {clientCredentials: {tokenUrl: 'https://acme.example/token', scopes: {get_payout: Reads.}}}}\n";
    let spec = SPEC
        .replacen("  securitySchemes:\n", &format!("  securitySchemes:\n{scheme}"), 1)
        .replacen("security: [{apiKey: []}]", "security: [{oauth: [get_payout]}, {apiKey: []}]", 1);
    let (_folder, workspace) = with_spec(&spec);
    let site = built(&workspace);
    let body = &page(&site, "reference/acme.html").body;
    assert!(body.contains(" with the scopes <code>get_payout</code>, or "), "{body}");
}

#[test]
fn the_text_of_a_spec_is_inert() {
    let (_folder, workspace) = workspace();
    for (path, text) in built(&workspace).files() {
        if !path.ends_with(".html") {
            continue;
        }
        let count = |it: &str| text.matches(it).count();
        for ours in ["<script", "</title>"] {
            assert_eq!(count(ours), 1, "{ours} in {path}");
        }
        for wrong in ["<img", "javascript:", "acme.example/x.png"] {
            assert_eq!(count(wrong), 0, "{wrong} in {path}");
        }
    }
}

#[test]
fn citations_are_links_side_by_side() {
    let sources = [("docs".to_owned(), "https://docs.acme.example".to_owned())];
    let html = markdown::text("It pays [docs][docs], `get_payout` [x].", &sources, &|it| {
        (it == "get_payout").then(|| "#get_payout".to_owned())
    });
    assert_snapshot!(html, @r##"<p>It pays <a class="source" href="https://docs.acme.example">[docs]</a><a class="source" href="https://docs.acme.example">[docs]</a>, <a href="#get_payout"><code>get_payout</code></a> [x].</p>"##);
}

/// A text of a spec that has the source `docs` and the operation `get_payout`.
fn spec_text(text: &str) -> String {
    let sources = [("docs".to_owned(), "https://docs.acme.example".to_owned())];
    let called = |it: &str| (it == "get_payout").then(|| "#get_payout".to_owned());
    markdown::text(text, &sources, &called)
}

#[test]
fn a_citation_is_a_link_only_where_one_can_stand() {
    for (text, html) in [
        (
            "[x](https://acme.example \"see [docs]\")",
            "<p><a href=\"https://acme.example\" title=\"see [docs]\">x</a></p>\n",
        ),
        (
            "[x](https://acme.example/[docs])",
            "<p><a href=\"https://acme.example/%5Bdocs%5D\">x</a></p>\n",
        ),
        (
            "[see [docs]](https://acme.example)",
            "<p><a href=\"https://acme.example\">see [docs]</a></p>\n",
        ),
        (
            "[`get_payout`](https://acme.example)",
            "<p><a href=\"https://acme.example\"><code>get_payout</code></a></p>\n",
        ),
        (
            "```[docs]\nx [docs]\n```",
            "<pre><code class=\"language-[docs]\">x [docs]\n</code></pre>\n",
        ),
        ("`x [docs]`", "<p><code>x [docs]</code></p>\n"),
        (
            "<b title=\"[docs]\">",
            "<p>&lt;b title=\"<a class=\"source\" href=\"https://docs.acme.example\">[docs]</a>\"&gt;</p>\n",
        ),
    ] {
        assert_eq!(spec_text(text), html);
    }
}

#[test]
fn nobody_writes_what_stands_for_a_citation() {
    for (text, html) in [
        (
            "\u{e000} see [docs]",
            "<p>\u{fffd} see <a class=\"source\" href=\"https://docs.acme.example\">[docs]</a></p>\n",
        ),
        ("\u{e000}0\u{e001}", "<p>\u{fffd}0\u{fffd}</p>\n"),
        ("`\u{e000}7\u{e001}`", "<p><code>\u{fffd}7\u{fffd}</code></p>\n"),
    ] {
        assert_eq!(spec_text(text), html);
    }
}

#[test]
fn comments_are_not_shown_and_all_else_is() {
    for (text, html) in [
        ("<!--\nsecret note\n-->\n\nAn end.", "<p>An end.</p>\n"),
        ("<!-- x --> **Important**", "<p>**Important**</p>\n"),
        ("<div>a <!-- x --> b\n<!-- y\nz --> c</div>", "<p>&lt;div&gt;a  b\n c&lt;/div&gt;</p>\n"),
        ("a <!-- x --> b", "<p>a  b</p>\n"),
        ("<!-- never closed", ""),
    ] {
        assert_eq!(spec_text(text), html);
    }
}

fn guide(text: &str) -> Result<markdown::Written> {
    let targets: BTreeMap<String, String> = [
        ("RUNBOOK.md", "runbook.html"),
        ("specs/README.md", "dialect.html"),
        ("crates/payouts-acme/README.md", "rustdoc/payouts_acme/index.html"),
    ]
    .map(|(from, to)| (from.to_owned(), to.to_owned()))
    .into();
    markdown::page(text, "specs/README.md", "dialect.html", &targets, &|it| it == "LICENSE")
}

#[test]
fn links_of_guides() {
    let links = "\
[page](../RUNBOOK.md), [part](../RUNBOOK.md#never), [own](#own), [same](README.md), \
[crate](../crates/payouts-acme/README.md), [file](../LICENSE), <https://acme.example>, \
[script](javascript:alert)";
    let error = guide(links).map(|it| it.html).expect_err("one of them leads nowhere");
    assert_eq!(
        error.to_string(),
        "specs/README.md: the link `javascript:alert` leads nowhere: there is no specs/javascript:alert"
    );
    let links = links.replace(", [script](javascript:alert)", "");
    assert_snapshot!(guide(&links).expect("all are there").html, @r##"<p><a href="runbook.html">page</a>, <a href="runbook.html#never">part</a>, <a href="#own">own</a>, <a href="dialect.html">same</a>, <a href="rustdoc/payouts_acme/index.html">crate</a>, file, <a href="https://acme.example">https://acme.example</a></p>"##);
    for (link, why) in [
        ("gone.md", "leads nowhere: there is no specs/gone.md"),
        ("../../x.md", "leaves the repository"),
    ] {
        let error = guide(&format!("[x]({link})")).map(|it| it.html).expect_err("it is broken");
        assert_eq!(error.to_string(), format!("specs/README.md: the link `{link}` {why}"));
    }
}

#[test]
fn anchors_are_those_of_github() {
    let text = "# A\n\n## What `x-unit` means, & more\n\n## Twice\n\nThe first.\n\n## Twice\n<!-- no -->\n<b>no</b>\n";
    let written = guide(text).expect("nothing is wrong");
    let anchors: Vec<&str> = written.headings.iter().map(|it| it.anchor.as_str()).collect();
    assert_eq!(anchors, ["a", "what-x-unit-means--more", "twice", "twice-1"]);
    assert_eq!(written.headings[2].first, "The first.");
    assert!(!written.html.contains("<!--") && !written.html.contains("<b>"), "{}", written.html);
}

fn plain_page(path: &str, body: &str) -> Page {
    Page {
        path: path.to_owned(),
        title: "A title".to_owned(),
        group: Group::Guides,
        source: "A.md".to_owned(),
        body: body.to_owned(),
        contents: Vec::new(),
        entries: Vec::new(),
    }
}

#[test]
fn broken_links_are_told_with_their_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("acme")).expect("writable");
    fs::write(folder.path().join("acme/index.html"), "<h1 id=\"there\">").expect("writable");
    let body = "\
<h2 id=\"twice\" class=\"x\">a</h2><h2 id=\"twice\">b</h2>
<a href=\"#twice\">x</a> <a href=\"#gone\">x</a> <a href=\"b.html\">x</a> <a href=\"gone.html\">x</a>
<a href=\"../up.html\">x</a> <a href=\"https://acme.example/#x\">x</a> &lt;a href=&quot;text.html&quot;&gt;
<a href=\"rustdoc/acme/index.html#there\">x</a> <a href=\"rustdoc/acme/index.html#not\">x</a>
<a href=\"rustdoc/gone/index.html\">x</a>";
    let mut site = Site::new(None);
    site.pages =
        vec![plain_page("index.html", ""), plain_page("a.html", body), plain_page("b.html", "")];
    let entry = |anchor: &str| Entry {
        kind: Kind::Section,
        anchor: anchor.to_owned(),
        title: "Title".to_owned(),
        detail: String::new(),
    };
    site.pages[1].entries = ["", "twice", "lost"].map(entry).into();
    let problems = problems(&site, Some(folder.path()));
    assert_snapshot!(problems.join("\n"), @"
    A.md (a.html): `twice` is the anchor of two things
    A.md (a.html): the search leads with `Title` to `#lost`, which is not there
    A.md (a.html): the link `#gone` leads nowhere: a.html has no `#gone`
    A.md (a.html): the link `../up.html` leaves the site
    A.md (a.html): the link `gone.html` leads nowhere: there is no gone.html
    A.md (a.html): the link `rustdoc/acme/index.html#not` leads nowhere: rustdoc/acme/index.html has no `#not`
    A.md (a.html): the link `rustdoc/gone/index.html` leads nowhere: there is no rustdoc/gone/index.html
    ");
}

#[test]
fn the_way_between_files() {
    for (from, to, way) in [
        ("index.html", "reference/a.html", "reference/a.html"),
        ("reference/a.html", "index.html", "../index.html"),
        ("reference/a.html", "reference/b.html", "b.html"),
        ("reference/a.html", "rustdoc/a/index.html", "../rustdoc/a/index.html"),
    ] {
        assert_eq!(relative(from, to), way);
    }
}

#[test]
fn the_search_has_all_words_and_is_data() {
    let mut site = Site::new(None);
    let entry = Entry {
        kind: Kind::Member,
        anchor: "Payout.amount".to_owned(),
        title: "amount".to_owned(),
        detail: format!("</script>\u{2028}\"x\" `code`\n{}", "long ".repeat(30)),
    };
    site.pages = vec![Page { entries: vec![entry], ..plain_page("a.html", "") }];
    assert_snapshot!(search::index(&site), @r#"
    window.SEARCH = {"kinds":["page","operation","webhook","schema","diagnostic","section","parameter","member"],"pages":[["a.html","A title"]],"entries":[
    [0,0,"","A title",""],
    [7,0,"Payout.amount","amount","</script> \"x\" code long long long long long long long long long long long long long long l…"],
    ]};
    "#);
}

#[test]
fn only_our_own_folder_is_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("a/site");
    folder::check(&output).expect("there is nothing");
    let files = |name: &str| [(format!("{name}/x.html"), "x".to_owned())].into();
    folder::replace(&output, &files("one"), None).expect("writable");
    folder::check(&output).expect("it is ours");
    folder::replace(&output, &files("two"), None).expect("writable");
    assert!(output.join("two/x.html").is_file() && !output.join("one").exists());
    let left = fs::read_dir(folder.path().join("a")).expect("readable").count();
    assert_eq!(left, 1, "nothing else is left behind");
    // Somebody else's.
    let other = folder.path().join("other");
    fs::create_dir(&other).expect("writable");
    folder::check(&other).expect("it is empty");
    fs::write(other.join("thesis.txt"), "x").expect("writable");
    let error = folder::check(&other).expect_err("it is not ours").to_string();
    assert!(
        error.ends_with(
            "other is not empty and holds no site of ours; name another folder, or remove it first"
        ),
        "{error}"
    );
    folder::check(&other.join("thesis.txt")).expect_err("it is a file");
}

#[test]
fn the_earlier_site_stays_if_it_cannot_be_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [new, whole, old] = ["new", "whole", "old"].map(|it| folder.path().join(it));
    fs::create_dir(&whole).expect("writable");
    fs::write(whole.join("index.html"), "x").expect("writable");
    folder::swap(&new, &whole, &old).expect_err("there is nothing new");
    assert!(whole.join("index.html").is_file() && !old.exists());
}

/// Opens the pages and looks at everything on them.
#[test]
fn in_a_browser() {
    let (folder, workspace) = workspace();
    let output = folder.path().join("site");
    let options = Options { output: Some(output.clone()), no_rustdoc: true, open: false };
    assert_eq!(run(&workspace, &options).expect("writable"), ExitCode::SUCCESS);
    browser::run("site.mjs", &output.join("index.html"));
}
