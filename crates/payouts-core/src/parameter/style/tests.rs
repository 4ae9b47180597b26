//! The examples of OpenAPI, and what no style can write.

use serde_json::value::RawValue;

use super::*;

/// The examples of the OpenAPI specification.
const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

fn value(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).expect("it is JSON")
}

#[track_caller]
fn path(style: Style, json: &str, expected: Result<&str, Expected>) {
    assert_eq!(in_path(style, "color", &value(json)).as_deref().map_err(|it| *it), expected);
}

#[track_caller]
fn query(style: Style, json: &str, expected: Result<&str, Expected>) {
    assert_eq!(text(style, json, Reserved::Encoded).as_deref().map_err(|it| *it), expected);
}

fn text(style: Style, json: &str, reserved: Reserved) -> Result<String, Expected> {
    let pairs = pairs(style, "color", &value(json), reserved)?;
    let mut text = String::new();
    pairs.iter().for_each(|(name, value)| path::push_pair(&mut text, name, value));
    Ok(text)
}

#[track_caller]
fn header(style: Style, json: &str, expected: Result<Option<&str>, Expected>) {
    let res = in_header(style, &value(json));
    assert_eq!(res.as_ref().map(Option::as_deref).map_err(|it| *it), expected);
}

#[test]
fn paths_as_in_the_table_of_openapi() {
    use Style::*;

    path(Matrix, STRING, Ok(";color=blue"));
    path(Matrix, ARRAY, Ok(";color=blue,black,brown"));
    path(Matrix, OBJECT, Ok(";color=R,100,G,200,B,150"));
    path(MatrixExploded, STRING, Ok(";color=blue"));
    path(MatrixExploded, ARRAY, Ok(";color=blue;color=black;color=brown"));
    path(MatrixExploded, OBJECT, Ok(";R=100;G=200;B=150"));
    path(Label, STRING, Ok(".blue"));
    path(Label, ARRAY, Ok(".blue,black,brown"));
    path(Label, OBJECT, Ok(".R,100,G,200,B,150"));
    path(LabelExploded, STRING, Ok(".blue"));
    path(LabelExploded, ARRAY, Ok(".blue.black.brown"));
    path(LabelExploded, OBJECT, Ok(".R=100.G=200.B=150"));
    path(Simple, STRING, Ok("blue"));
    path(Simple, ARRAY, Ok("blue,black,brown"));
    path(Simple, OBJECT, Ok("R,100,G,200,B,150"));
    path(SimpleExploded, ARRAY, Ok("blue,black,brown"));
    path(SimpleExploded, OBJECT, Ok("R=100,G=200,B=150"));
    path(Json, OBJECT, Ok("%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D"));
}

#[test]
fn queries_as_in_the_table_of_openapi() {
    use Style::*;

    query(Form, STRING, Ok("color=blue"));
    query(Form, ARRAY, Ok("color=blue,black,brown"));
    query(Form, OBJECT, Ok("color=R,100,G,200,B,150"));
    query(FormExploded, STRING, Ok("color=blue"));
    query(FormExploded, r#""""#, Ok("color="));
    query(FormExploded, ARRAY, Ok("color=blue&color=black&color=brown"));
    query(FormExploded, OBJECT, Ok("R=100&G=200&B=150"));
    query(SpaceDelimited, ARRAY, Ok("color=blue%20black%20brown"));
    query(SpaceDelimited, OBJECT, Ok("color=R%20100%20G%20200%20B%20150"));
    query(PipeDelimited, ARRAY, Ok("color=blue%7Cblack%7Cbrown"));
    query(PipeDelimited, OBJECT, Ok("color=R%7C100%7CG%7C200%7CB%7C150"));
    query(DeepObject, OBJECT, Ok("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"));
    query(Json, STRING, Ok("color=%22blue%22"));
}

#[test]
fn headers_as_in_the_table_of_openapi() {
    use Style::*;

    header(Simple, ARRAY, Ok(Some("blue,black,brown")));
    header(Simple, OBJECT, Ok(Some("R,100,G,200,B,150")));
    header(SimpleExploded, OBJECT, Ok(Some("R=100,G=200,B=150")));
    header(Json, r#"{"a":"zł😀"}"#, Ok(Some(r#"{"a":"z\u0142\ud83d\ude00"}"#)));
}

#[test]
fn numbers_keep_their_digits() {
    let json = r#"{"a":12345678901234567.890,"b":1e400}"#;
    query(Style::FormExploded, json, Ok("a=12345678901234567.890&b=1e400"));
    path(Style::Simple, "[0.10]", Ok("0.10"));
    header(Style::Simple, "[0.10]", Ok(Some("0.10")));
    query(Style::DeepObject, r#"{"a":[0.10]}"#, Ok("color%5Ba%5D%5B0%5D=0.10"));
}

#[test]
fn what_is_nested_is_refused_except_by_deep_objects() {
    let nested = r#"{"a":{"b":[1,{"c":true}]}}"#;
    query(
        Style::DeepObject,
        nested,
        Ok("color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=true"),
    );
    for style in [Style::Form, Style::FormExploded, Style::SpaceDelimited, Style::PipeDelimited] {
        query(style, nested, Err(FLAT));
        query(style, "[[1]]", Err(FLAT));
    }
    path(Style::Simple, nested, Err(FLAT));
    header(Style::Simple, nested, Err(FLAT));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    query(Style::DeepObject, &deep, Err(SHALLOW));
}

#[test]
fn nothing_is_left_out_and_refused_in_a_path() {
    for json in ["null", "[]", "{}", "[null]", r#"{"a":null}"#] {
        query(Style::FormExploded, json, Ok(""));
        query(Style::Form, json, Ok(""));
        query(Style::DeepObject, json, Ok(""));
        header(Style::Simple, json, Ok(None));
        path(Style::Simple, json, Err(VALUE));
    }
    query(Style::FormExploded, r#"{"a":null,"b":1}"#, Ok("b=1"));
}

#[test]
fn no_value_reaches_beyond_its_place() {
    for json in [r#""..""#, r#"".""#, r#"["a",""]"#, r#"{"..":1}"#, r#"{"a":"."}"#] {
        for style in [Style::Simple, Style::Label, Style::LabelExploded, Style::MatrixExploded] {
            path(style, json, Err(SEGMENT));
        }
    }
    path(Style::Label, r#"["a/b","c,d","e;f"]"#, Ok(".a%2Fb,c%2Cd,e%3Bf"));
    path(Style::MatrixExploded, r#"{"a=b":"c;d"}"#, Ok(";a%3Db=c%3Bd"));
    query(Style::Form, r#"["a,b","c&d=e"]"#, Ok("color=a%2Cb,c%26d%3De"));
    query(Style::FormExploded, r#"{"a&b":"c#d"}"#, Ok("a%26b=c%23d"));
    query(Style::DeepObject, r#"{"a][b":1}"#, Err(NO_BRACKET));
    header(Style::Simple, r#"["a,b"]"#, Err(NO_COMMA));
    header(Style::SimpleExploded, r#"{"a=b":1}"#, Err(NO_EQUALS));
    header(Style::SimpleExploded, r#"{"a":"b,c=d"}"#, Err(NO_COMMA));
}

#[test]
fn reserved_characters_stay_where_they_are_harmless() {
    let kept = |style, json| text(style, json, Reserved::Kept);
    let all = r#""a:/?#[]@!$&'()*+,;= %""#;
    assert_eq!(
        kept(Style::Form, all).as_deref(),
        Ok("color=a:/?%23%5B%5D@!$%26%27()*%2B,;=%20%25")
    );
    assert_eq!(kept(Style::Form, r#"["a,b","c/d"]"#).as_deref(), Ok("color=a%2Cb,c/d"));
    assert_eq!(kept(Style::FormExploded, r#"["a,b"]"#).as_deref(), Ok("color=a,b"));
    assert_eq!(kept(Style::DeepObject, r#"{"a":"b/c"}"#).as_deref(), Ok("color%5Ba%5D=b/c"));
}
