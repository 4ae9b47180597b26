//! Values as JSON or YAML text.

use codegen::parse::node::{Node, Value};

/// JSON, in one line per member of the outer levels.
pub(super) fn json(node: &Node) -> String {
    let mut text = String::new();
    write_json(node, 0, &mut text);
    text.push('\n');
    text
}

fn write_json(node: &Node, depth: usize, text: &mut String) {
    let line = |text: &mut String, depth: usize| {
        if depth < 12 {
            text.push('\n');
            text.push_str(&" ".repeat(depth));
        }
    };
    match &node.value {
        Value::List(items) => {
            text.push('[');
            for (idx, item) in items.iter().enumerate() {
                text.push_str(if idx > 0 { "," } else { "" });
                line(text, depth + 1);
                write_json(item, depth + 1, text);
            }
            text.push(']');
        }
        Value::Map(entries) => {
            text.push('{');
            for (idx, entry) in entries.iter().enumerate() {
                text.push_str(if idx > 0 { "," } else { "" });
                line(text, depth + 1);
                text.push_str(&quoted(&entry.key));
                text.push_str(": ");
                write_json(&entry.value, depth + 1, text);
            }
            text.push('}');
        }
        _ => text.push_str(&scalar(&node.value)),
    }
}

/// YAML in blocks, as people write it.
pub(super) fn yaml(node: &Node) -> String {
    let mut text = String::new();
    write_yaml(node, 0, &mut text);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn write_yaml(node: &Node, depth: usize, text: &mut String) {
    let line = |text: &mut String| {
        if !text.is_empty() && !text.ends_with("- ") {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
    };
    match &node.value {
        Value::List(items) if !items.is_empty() => {
            for item in items {
                line(text);
                text.push_str("- ");
                write_yaml(item, depth + 1, text);
            }
        }
        Value::Map(entries) if !entries.is_empty() => {
            for entry in entries {
                line(text);
                text.push_str(&key(&entry.key));
                text.push_str(": ");
                write_yaml(&entry.value, depth + 1, text);
            }
        }
        Value::List(_) => text.push_str("[]"),
        Value::Map(_) => text.push_str("{}"),
        _ => text.push_str(&scalar(&node.value)),
    }
}

fn key(key: &str) -> String {
    let is_plain = key.starts_with(|it: char| it.is_ascii_alphabetic() || it == '/')
        && key.chars().all(|it| it.is_ascii_alphanumeric() || "-_/{}.".contains(it))
        && !matches!(
            key.to_ascii_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
        );
    if is_plain { key.to_owned() } else { quoted(key) }
}

fn scalar(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(it) => it.to_string(),
        Value::Number(it) => it.clone(),
        Value::String(it) => quoted(it),
        Value::List(_) | Value::Map(_) => String::new(),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
