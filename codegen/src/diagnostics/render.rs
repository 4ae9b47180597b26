//! Complaints as text: for people, for scripts and for code review.

use std::{fmt, fmt::Write as _, ops::Range};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::Serialize;

use super::{Diagnostic, Diagnostics, Label, Severity, lines::Lines};
use crate::parse::node::Place;

/// More complaints are counted, not shown: nobody reads them in one go.
const MOST: usize = 100;

/// Of a longer line only what is meant is shown.
const LONGEST_LINE: usize = 1000;

/// How many bytes of it at most.
const LONGEST_EXCERPT: usize = 80;

/// Labels that are further apart are shown in snippets of their own.
const FURTHEST: usize = 64 * 1024;

/// Whether to print in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// With terminal escapes.
    Always,
    /// Plain text.
    Never,
}

/// How complaints are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As rustc would print them, with the lines of the spec.
    Human(Color),
    /// One line each: place, code, message and help.
    Short,
    /// One JSON object per line.
    Json,
    /// Annotations of GitHub's workflows.
    Github,
}

impl Diagnostics {
    /// The complaints as rustc would print them, in colour if asked.
    pub fn render(&self, color: Color) -> String {
        self.render_first(MOST, color)
    }

    /// The first complaints as rustc would print them, and how many more there are.
    pub fn render_first(&self, most: usize, color: Color) -> String {
        let renderer = match color {
            Color::Always => Renderer::styled(),
            Color::Never => Renderer::plain(),
        };
        let shown = self.items.iter().take(most);
        let mut rendered: Vec<String> = shown.map(|it| self.human(it, &renderer)).collect();
        if self.items.len() > most {
            rendered.push(format!("and {} more", self.items.len() - most));
        }
        rendered.join("\n\n")
    }

    /// The complaints in a format; complaints of one line each end in a line end.
    pub fn format(&self, format: Format) -> String {
        let line: fn(&Self, &Diagnostic) -> String = match format {
            Format::Human(color) => return self.render(color),
            Format::Short => Self::short,
            Format::Json => Self::json,
            Format::Github => Self::github,
        };
        self.items.iter().map(|it| line(self, it) + "\n").collect()
    }

    /// `path:line:column` of the start of a place; both one-based.
    pub fn position(&self, place: Place) -> String {
        let span = self.span(place);
        format!("{}:{}:{}", span.path, span.line, span.column)
    }

    fn human(&self, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
        let mut group = Group::with_title(title);
        let secondary = diagnostic.secondary.as_ref().map(|it| (AnnotationKind::Context, it));
        let primary = (AnnotationKind::Primary, &diagnostic.primary);
        match secondary {
            Some(other) if self.are_near(primary.1, other.1) => {
                group = self.snippet(group, &[primary, other]);
            }
            Some(other) => {
                group = self.snippet(group, &[primary]);
                group = self.snippet(group, &[other]);
            }
            None => group = self.snippet(group, &[primary]),
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    /// Whether two labels are shown together.
    fn are_near(&self, a: &Label, b: &Label) -> bool {
        let is_short = |it: &Label| self.line(it.place).len() <= LONGEST_LINE;
        a.place.file_idx == b.place.file_idx
            && a.place.start.abs_diff(b.place.start) as usize <= FURTHEST
            && is_short(a)
            && is_short(b)
    }

    /// Adds the lines that hold the labels, all of one file.
    fn snippet<'a>(
        &'a self,
        group: Group<'a>,
        labels: &[(AnnotationKind, &'a Label)],
    ) -> Group<'a> {
        let [(_, first), ..] = labels else { return group };
        let file = &self.files[first.place.file_idx as usize];
        let line = self.line(first.place);
        let marked = self.on_one_line(first.place);
        if line.len() > LONGEST_LINE {
            // Its lines say nothing, and the printer would measure all of them.
            let span = self.span(first.place);
            let origin = Origin::path(span.path).line(span.line).char_column(span.column);
            let excerpt = floor(&file.text, marked.end.min(marked.start + LONGEST_EXCERPT));
            let note = format!("{}: `{}`", first.text, &file.text[marked.start..excerpt]);
            return group.element(origin).element(Level::NOTE.message(note));
        }
        let lines = labels.iter().map(|(_, it)| self.line(it.place));
        let window = lines.fold(line, |a, b| a.start.min(b.start)..a.end.max(b.end));
        let line_start = self.lines(first.place).line_idx(window.start) + 1;
        let annotations = labels.iter().map(|(kind, it)| {
            let marked = self.on_one_line(it.place);
            let marked = marked.start - window.start..marked.end - window.start;
            kind.span(marked).label(it.text.as_str())
        });
        let source = Snippet::source(&file.text[window.clone()]).line_start(line_start);
        group.element(source.path(file.path.as_str()).annotations(annotations))
    }

    fn short(&self, it: &Diagnostic) -> String {
        let mut text = format!(
            "{}: {}[{}]: {}",
            self.position(it.primary.place),
            it.severity,
            it.code,
            it.message
        );
        if let Some(help) = &it.help {
            let _ = write!(text, " ({help})");
        }
        text
    }

    fn json(&self, it: &Diagnostic) -> String {
        let label = |it: &'_ Label, primary| JsonLabel {
            span: self.span(it.place),
            text: it.text.clone(),
            primary,
        };
        let mut labels = vec![label(&it.primary, true)];
        labels.extend(it.secondary.iter().map(|it| label(it, false)));
        let line = JsonDiagnostic {
            code: it.code,
            severity: it.severity.word(),
            message: &it.message,
            labels,
            help: it.help.as_deref(),
        };
        serde_json::to_string(&line).expect("texts and numbers are JSON")
    }

    fn github(&self, it: &Diagnostic) -> String {
        let span = self.span(it.primary.place);
        let mut message = format!("{}: {}", it.message, it.primary.text);
        if let Some(second) = &it.secondary {
            let _ = write!(message, "\n{}: {}", self.position(second.place), second.text);
        }
        if let Some(help) = &it.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        format!(
            "::{} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            it.severity,
            property(span.path),
            span.line,
            span.end_line,
            span.column,
            span.end_column,
            property(it.code),
            data(&message),
        )
    }

    /// Where a label is shown, in the words of people.
    fn span(&self, place: Place) -> Span<'_> {
        let file = &self.files[place.file_idx as usize];
        let lines = self.lines(place);
        let marked = self.on_one_line(place);
        let (line, column) = lines.position(marked.start, &file.text);
        let (end_line, end_column) = lines.position(marked.end, &file.text);
        Span { path: &file.path, line, column, end_line, end_column }
    }

    /// The lines of the file of a place.
    fn lines(&self, place: Place) -> &Lines {
        let file_idx = place.file_idx as usize;
        self.lines[file_idx].get_or_init(|| Lines::new(&self.files[file_idx].text))
    }

    /// The line in which a place begins.
    fn line(&self, place: Place) -> Range<usize> {
        let text = &self.files[place.file_idx as usize].text;
        let lines = self.lines(place);
        lines.range(lines.line_idx(floor(text, place.start as usize)), text)
    }

    /// A label never runs over the end of its line, and marks a character at least.
    fn on_one_line(&self, place: Place) -> Range<usize> {
        let text = &self.files[place.file_idx as usize].text;
        let start = floor(text, place.start as usize);
        let end = floor(text, (place.end as usize).max(start));
        let line_end = self.line(place).end;
        let trimmed = text[start..end.min(line_end)].trim_end().len();
        let first = text[start..line_end].chars().next().map_or(0, char::len_utf8);
        start..start + trimmed.max(first)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Color::Never))
    }
}

impl fmt::Debug for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A complaint as a line of JSON.
#[derive(Serialize)]
struct JsonDiagnostic<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    labels: Vec<JsonLabel<'a>>,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonLabel<'a> {
    #[serde(flatten)]
    span: Span<'a>,
    text: String,
    primary: bool,
}

/// Lines and columns are one-based; the end is the column behind the last.
#[derive(Serialize)]
struct Span<'a> {
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// The text of an annotation, in the escapes of workflow commands.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of an annotation, in which two more signs have a meaning.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The nearest offset, at or before this one, at which a character begins.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests;
