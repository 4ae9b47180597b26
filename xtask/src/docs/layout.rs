//! What all pages have around what they say.
//!
//! Our own ids have a colon, which no anchor of a spec or a heading has: `slug` leaves
//! none in it.

use super::site::{Content, Group, Page, Site, relative};
use crate::html::{breakable, escape};

/// A page as a file.
pub(super) fn html(site: &Site, page: &Page) -> String {
    let root = "../".repeat(page.path.matches('/').count());
    let title = match page.group {
        Group::Home => escape(&page.title),
        _ => format!("{} · payouts", escape(&page.title)),
    };
    let (menu, body) = (menu(site, page), &page.body);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'self' file:; script-src 'self' file:; img-src data:; \
         base-uri 'none'; form-action 'none'\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"{root}assets/site.css\">\n\
         <script src=\"{root}assets/site.js\" data-root=\"{root}\" defer></script>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#ui:main\">Skip to the page</a>\n\
         <header>\n<a class=\"home\" href=\"{root}index.html\">payouts</a>\n\
         <form class=\"search\" role=\"search\" hidden>\n\
         <label for=\"ui:search\" class=\"quiet\">Search</label>\n\
         <input type=\"search\" id=\"ui:search\" placeholder=\"Search  /\" autocomplete=\"off\" \
         spellcheck=\"false\" aria-controls=\"ui:found\">\n\
         <div id=\"ui:found\" class=\"found\" hidden><output id=\"ui:count\" for=\"ui:search\"></output><ul id=\"ui:results\"></ul></div>\n\
         </form>\n<a class=\"to-menu\" href=\"#ui:menu\">Menu</a>\n</header>\n\
         <div class=\"columns\">\n<main id=\"ui:main\" tabindex=\"-1\">\n{body}</main>\n{menu}</div>\n</body>\n</html>\n"
    )
}

/// What leads to all pages, and to the parts of this one.
fn menu(site: &Site, page: &Page) -> String {
    let mut html = String::from("<nav id=\"ui:menu\" aria-label=\"Menu\" tabindex=\"-1\">\n");
    for (group, name) in
        [(Group::Reference, "Reference"), (Group::Guides, "Guides"), (Group::Project, "Project")]
    {
        let is_here = |it: &&Page| {
            it.group == group || (group == Group::Reference && it.group == Group::Schemas)
        };
        let pages: Vec<&Page> = site.pages.iter().filter(is_here).collect();
        if pages.is_empty() {
            continue;
        }
        html.push_str(&format!("<p class=\"group\">{name}</p>\n<ul>\n"));
        for it in pages {
            html.push_str(&entry(page, it));
        }
        html.push_str("</ul>\n");
    }
    if !site.crates.is_empty() {
        html.push_str("<p class=\"group\">Rust</p>\n<ul>\n");
        for (name, path) in &site.crates {
            let href = relative(&page.path, path);
            html.push_str(&format!("<li><a href=\"{href}\">{}</a></li>\n", escape(name)));
        }
        html.push_str("</ul>\n");
    }
    html.push_str("</nav>\n");
    html
}

fn entry(page: &Page, it: &Page) -> String {
    let class = if it.group == Group::Schemas { " class=\"inner\"" } else { "" };
    let title = if it.group == Group::Schemas { "Schemas" } else { &it.title };
    let title = escape(title);
    if it.path != page.path {
        let href = relative(&page.path, &it.path);
        return format!("<li{class}><a href=\"{href}\">{title}</a></li>\n");
    }
    let contents: String = it.contents.iter().map(content).collect();
    let contents = match contents.as_str() {
        "" => String::new(),
        contents => format!("\n<ul class=\"contents\">\n{contents}</ul>"),
    };
    format!("<li{class}><a href=\"#ui:main\" aria-current=\"page\">{title}</a>{contents}</li>\n")
}

fn content(it: &Content) -> String {
    let class = if it.is_inner { " class=\"inner\"" } else { "" };
    format!("<li{class}><a href=\"#{}\">{}</a></li>\n", escape(&it.anchor), breakable(&it.title))
}
