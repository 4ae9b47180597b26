//! Third stage: an equivalent document that progenitor always takes.
//!
//! It keeps names, shapes and parameters only, and already uses the Rust
//! names. Each of our own types is a string with a private `format`, which
//! [`crate::bind`] tells typify to replace.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, ArrayType, BooleanType, Components, Info, IntegerFormat, IntegerType,
    MediaType, ObjectType, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent,
    PathItem, PathStyle, Paths, QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema,
    SchemaData, SchemaKind, StatusCode, StringType, Type as OpenApiType,
    VariantOrUnknownOrEmpty::{Item, Unknown},
};

use crate::model::{
    Api,
    operation::{self, Location},
    parameter::Form,
    types::{Scalar, Shape, TypeRef},
};

/// The scalars that are strings to progenitor, with their marker and Rust type.
pub(crate) const MARKERS: &[(Scalar, &str, &str)] = &[
    (Scalar::Decimal, "payouts-decimal", "::payouts_core::Decimal"),
    (Scalar::MinorUnits, "payouts-minor-units", "::payouts_core::MinorUnits"),
    (Scalar::Timestamp, "payouts-timestamp", "::payouts_core::Timestamp"),
    (Scalar::Date, "payouts-date", "::payouts_core::Date"),
    (Scalar::CivilDateTime, "payouts-civil-date-time", "::payouts_core::CivilDateTime"),
    (Scalar::Json, "payouts-json", "::payouts_core::Json"),
    (Scalar::JsonObject, "payouts-json-object", "::payouts_core::JsonObject"),
    (Scalar::IntegerOrString, "payouts-integer-or-string", "::payouts_core::IntegerOrString"),
    (Scalar::Bytes, "payouts-bytes", "::payouts_core::Bytes"),
    (Scalar::File, "payouts-file", "::payouts_core::File"),
];

/// The lowered document of an API.
pub fn document(api: &Api) -> OpenAPI {
    let schemas =
        api.types.values().map(|it| (it.name.clone(), ReferenceOr::Item(shape(&it.shape))));
    let mut paths: IndexMap<String, ReferenceOr<PathItem>> = IndexMap::new();
    for operation in &api.operations {
        // One path each: the names of their parameters differ.
        let path = format!("/{}{}", operation.id, rust_path(operation));
        let item = PathItem { post: Some(lower_operation(operation)), ..PathItem::default() };
        paths.insert(path, ReferenceOr::Item(item));
    }
    OpenAPI {
        openapi: "3.0.3".to_owned(),
        info: Info { title: api.title.clone(), version: "0".to_owned(), ..Info::default() },
        paths: Paths { paths, ..Paths::default() },
        components: Some(Components { schemas: schemas.collect(), ..Components::default() }),
        ..OpenAPI::default()
    }
}

/// The path's parameters under their Rust names.
fn rust_path(operation: &operation::Operation) -> String {
    let is_text =
        |it: &&operation::Parameter| it.location == Location::Path && it.form == Form::Text;
    let parameters = operation.parameters.iter().filter(is_text);
    parameters.map(|it| format!("/{{{}}}", it.rust)).collect()
}

fn shape(shape: &Shape) -> Schema {
    match shape {
        Shape::Struct(strukt) => {
            let members = strukt.members.iter();
            let object = ObjectType {
                properties: members
                    .clone()
                    .map(|it| (it.rust.clone(), boxed(reference(&it.ty))))
                    .collect(),
                // Optional ones are wrapped later, by what the spec says.
                required: members.map(|it| it.rust.clone()).collect(),
                ..ObjectType::default()
            };
            of_type(OpenApiType::Object(object))
        }
        // An alternative can lead back, and then wants a box.
        Shape::Union(union) => {
            let members =
                || union.variants.iter().enumerate().map(|(idx, it)| (alternative(idx), it));
            let object = ObjectType {
                properties: members().map(|(name, it)| (name, boxed(reference(&it.ty)))).collect(),
                required: members().map(|(name, _)| name).collect(),
                ..ObjectType::default()
            };
            of_type(OpenApiType::Object(object))
        }
        // Only the name matters; what is behind it is a table in the output.
        Shape::Enum(_) | Shape::StringNewtype | Shape::IntegerOrStringNewtype => string(None),
    }
}

/// The member that stands for an alternative of a union.
pub(crate) fn alternative(idx: usize) -> String {
    format!("alternative_{idx}")
}

fn reference(ty: &TypeRef) -> ReferenceOr<Schema> {
    let schema = match ty {
        TypeRef::Named(name) => {
            return ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") };
        }
        // Put back by the refinement.
        TypeRef::Nullable(it) | TypeRef::Sensitive(it) => return reference(it),
        TypeRef::Scalar(scalar) => lower_scalar(*scalar),
        TypeRef::List(items) => of_type(OpenApiType::Array(ArrayType {
            items: Some(boxed(reference(items))),
            min_items: None,
            max_items: None,
            unique_items: false,
        })),
        TypeRef::Map(values) => of_type(OpenApiType::Object(ObjectType {
            additional_properties: Some(AdditionalProperties::Schema(Box::new(reference(values)))),
            ..ObjectType::default()
        })),
    };
    ReferenceOr::Item(schema)
}

fn lower_scalar(scalar: Scalar) -> Schema {
    let integer = |format| {
        let ty = IntegerType { format, ..IntegerType::default() };
        of_type(OpenApiType::Integer(ty))
    };
    match scalar {
        Scalar::String => string(None),
        Scalar::Bool => of_type(OpenApiType::Boolean(BooleanType::default())),
        Scalar::I32 => integer(Item(IntegerFormat::Int32)),
        Scalar::I64 => integer(Item(IntegerFormat::Int64)),
        Scalar::U64 => integer(Unknown("uint64".to_owned())),
        Scalar::Decimal
        | Scalar::MinorUnits
        | Scalar::Timestamp
        | Scalar::Date
        | Scalar::CivilDateTime
        | Scalar::Json
        | Scalar::JsonObject
        | Scalar::IntegerOrString
        | Scalar::Bytes
        | Scalar::File => {
            let marker = MARKERS.iter().find(|(it, ..)| *it == scalar);
            string(marker.map(|(_, it, _)| (*it).to_owned()))
        }
    }
}

fn lower_operation(operation: &operation::Operation) -> Operation {
    let parameters = operation.parameters.iter().map(|it| {
        let parameter_data = ParameterData {
            name: it.rust.clone(),
            required: true,
            format: ParameterSchemaOrContent::Schema(reference(&it.ty)),
            description: None,
            deprecated: None,
            example: None,
            examples: IndexMap::new(),
            explode: None,
            extensions: IndexMap::new(),
        };
        ReferenceOr::Item(match (it.location, it.form) {
            (Location::Path, Form::Text) => {
                Parameter::Path { parameter_data, style: PathStyle::Simple }
            }
            // Where it goes and how is said again by the refinement.
            _ => Parameter::Query {
                parameter_data,
                allow_reserved: false,
                style: QueryStyle::Form,
                allow_empty_value: None,
            },
        })
    });
    let body = operation.body.as_ref().map(|it| {
        ReferenceOr::Item(RequestBody {
            content: json(&it.ty),
            required: true,
            ..RequestBody::default()
        })
    });
    let success = Response {
        content: operation.output.as_ref().map(json).unwrap_or_default(),
        ..Response::default()
    };
    Operation {
        operation_id: Some(operation.id.clone()),
        parameters: parameters.collect(),
        request_body: body,
        responses: Responses {
            responses: IndexMap::from([(StatusCode::Code(200), ReferenceOr::Item(success))]),
            ..Responses::default()
        },
        ..Operation::default()
    }
}

fn json(ty: &TypeRef) -> IndexMap<String, MediaType> {
    let media = MediaType { schema: Some(reference(ty)), ..MediaType::default() };
    IndexMap::from([("application/json".to_owned(), media)])
}

/// A string, or what one stands for.
pub(crate) fn string(marker: Option<String>) -> Schema {
    let format = marker.map_or(openapiv3::VariantOrUnknownOrEmpty::Empty, Unknown);
    of_type(OpenApiType::String(StringType { format, ..StringType::default() }))
}

fn of_type(ty: OpenApiType) -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(ty) }
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(it) => ReferenceOr::Item(Box::new(it)),
    }
}

#[cfg(test)]
mod tests;
