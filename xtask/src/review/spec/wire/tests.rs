//! Verdicts on random pairs of schemas, held against a validator.

use serde_json::{Value as Json, json};

use super::{Verdict, verdict};
use crate::{
    numbers::Numbers,
    review::{report::Direction, spec::example},
};

/// Makes schemas and changes them.
struct Dice(Numbers);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0.below(sides)
    }

    fn choose<T: Clone>(&mut self, from: &[T]) -> T {
        self.0.of(from).clone()
    }

    fn schema(&mut self, depth: usize) -> Json {
        let kinds = if depth == 0 { 5 } else { 9 };
        match self.roll(kinds) {
            0 => json!({"type": "string"}),
            1 => {
                let mut it = json!({"type": "string", "maxLength": self.roll(4)});
                if self.roll(2) == 0 {
                    it["pattern"] = json!(self.choose(&["^x", "^[a-z]+$", "^[A-Z]{3}$", "1"]));
                }
                it
            }
            2 => {
                let n = 1 + self.roll(3);
                let values = &["x", "A", "USD"][..n];
                json!({"type": "string", "enum": values})
            }
            3 => {
                let ty = self.choose(&["integer", "number"]);
                json!({"type": ty, "minimum": self.roll(3), "maximum": 2 + self.roll(4)})
            }
            4 => json!({"type": ["boolean", "null"]}),
            5 => {
                json!({"type": "array", "items": self.schema(depth - 1), "maxItems": self.roll(3)})
            }
            6 => {
                let key = self.choose(&["oneOf", "anyOf", "allOf"]);
                json!({key: [self.schema(depth - 1), self.schema(depth - 1)]})
            }
            _ => {
                let names = ["a", "b", "c"];
                let mut members = serde_json::Map::new();
                for name in &names[..1 + self.roll(3)] {
                    members.insert((*name).to_owned(), self.schema(depth - 1));
                }
                let mut it = json!({"type": "object", "properties": members});
                if self.roll(2) == 0 {
                    it["required"] = json!(["a"]);
                }
                if self.roll(2) == 0 {
                    it["additionalProperties"] = json!(false);
                }
                it
            }
        }
    }

    /// The schema with one change somewhere in it.
    fn changed(&mut self, schema: &Json) -> Json {
        let mut changed = schema.clone();
        let Some(keys) = changed.as_object_mut() else { return changed };
        let names: Vec<String> = keys.keys().cloned().collect();
        let name = self.choose(&names);
        let value = keys[&name].clone();
        let new = match (name.as_str(), value) {
            ("properties", Json::Object(mut members)) => {
                let names: Vec<String> = members.keys().cloned().collect();
                let member = self.choose(&names);
                match self.roll(4) {
                    0 => drop(members.remove(&member)),
                    1 => drop(members.insert("d".to_owned(), self.schema(0))),
                    _ => {
                        let it = self.changed(&members[&member]);
                        members.insert(member, it);
                    }
                }
                Json::Object(members)
            }
            ("items", it) => self.changed(&it),
            ("oneOf" | "anyOf" | "allOf", Json::Array(mut items)) => {
                let idx = self.roll(items.len());
                items[idx] = self.changed(&items[idx]);
                Json::Array(items)
            }
            ("enum", Json::Array(mut items)) => {
                if self.roll(2) == 0 && items.len() > 1 {
                    items.pop();
                } else {
                    items.push(json!("z"));
                }
                Json::Array(items)
            }
            ("type", _) => json!(self.choose(&["string", "integer", "number", "boolean"])),
            ("minimum" | "maximum" | "maxLength" | "maxItems", _) => json!(self.roll(5)),
            ("pattern", _) => json!(self.choose(&["^x", "x$", "^[a-z]{1,2}$", "^1"])),
            ("additionalProperties", it) => json!(it == json!(false)),
            ("required", _) => json!(["b"]),
            (_, it) => it,
        };
        keys.insert(name, new);
        changed
    }
}

/// A pair that is called right although this value is right before and wrong after.
fn broken_promise(base: &Json, head: &Json, direction: Direction) -> Option<Json> {
    if matches!(verdict(base, head, direction), Verdict::Breaking { .. }) {
        return None;
    }
    let (kept, wanted) = if direction == Direction::Response { (head, base) } else { (base, head) };
    let (kept, wanted) =
        (jsonschema::validator_for(kept).ok()?, jsonschema::validator_for(wanted).ok()?);
    let mut values = example::values(base);
    values.extend(example::values(head));
    values.into_iter().find(|it| kept.is_valid(it) && !wanted.is_valid(it))
}

/// How many pairs are tried; more by hand.
fn n_pairs() -> u64 {
    std::env::var("REVIEW_PAIRS").ok().and_then(|it| it.parse().ok()).unwrap_or(400)
}

#[test]
fn nothing_is_called_compatible_that_a_value_breaks() {
    let mut n_kept = 0;
    for number in 0..n_pairs() {
        let mut dice = Dice(Numbers::new(1, number));
        let base = dice.schema(3);
        let head = dice.changed(&base);
        for direction in [Direction::Request, Direction::Response] {
            let broken = broken_promise(&base, &head, direction);
            assert_eq!(broken, None, "{direction:?} {base} {head}");
            let is_kept = !matches!(verdict(&base, &head, direction), Verdict::Breaking { .. });
            n_kept += u64::from(is_kept);
        }
    }
    // Something is called compatible, too.
    assert!(n_kept > n_pairs() / 4, "{n_kept}");
}

/// The same schema, written in another way.
#[track_caller]
fn equal(base: &Json, head: &Json) {
    for direction in [Direction::Request, Direction::Response] {
        assert_eq!(verdict(base, head, direction), Verdict::Equal, "{base} {head}");
    }
}

#[test]
fn the_same_in_other_words() {
    equal(
        &json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}),
        &json!({"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"type": "string"}}}]}),
    );
    equal(
        &json!({"type": "integer", "minimum": 1, "maximum": 1}),
        &json!({"type": "integer", "enum": [1]}),
    );
    equal(
        &json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
        &json!({"type": ["string", "null"]}),
    );
}

#[test]
fn a_counter_example_has_been_tried() {
    let (base, head) = (json!({"enum": ["bank", "wallet"]}), json!({"enum": ["bank"]}));
    let example = Some("\"wallet\"".to_owned());
    let expected = Verdict::Breaking { example, is_proved: true };
    assert_eq!(verdict(&base, &head, Direction::Request), expected);
    assert_eq!(verdict(&base, &head, Direction::Response), Verdict::Compatible);
}
