//! Fourth stage: progenitor and typify bind the lowered document to Rust.
//!
//! What is taken from them: the type of every member, argument and answer,
//! with boxes where a type contains itself.

use std::panic::{self, AssertUnwindSafe};

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use progenitor::{GenerationSettings, Generator};
use schemars08::schema::{InstanceType, SchemaObject};
use syn::{FnArg, Pat, ReturnType, Type};

use crate::lower::{self, MARKERS};

/// Types and signatures, by name.
#[derive(Debug, Default)]
pub struct Rust {
    /// Struct → member → type.
    pub members: IndexMap<String, IndexMap<String, Type>>,
    /// Operation → its signature.
    pub signatures: IndexMap<String, Signature>,
}

/// An operation's types.
#[derive(Debug)]
pub struct Signature {
    /// Argument → type.
    pub arguments: IndexMap<String, Type>,
    /// What a success carries.
    pub output: Type,
}

/// What progenitor does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Culprit {
    /// The type with this index.
    Type(usize),
    /// The operation with this index.
    Operation(usize),
    /// Nothing in particular.
    Document,
}

/// Binds a document, or says what in it cannot be bound.
///
/// This is the last resort: the lowering is there to make it unnecessary.
pub(crate) fn checked(lowered: &OpenAPI) -> Result<Rust, Culprit> {
    caught(lowered).ok_or_else(|| culprit(lowered, |it| caught(it).is_some()))
}

fn caught(lowered: &OpenAPI) -> Option<Rust> {
    // Nothing that a panic leaves behind is looked at again.
    panic::catch_unwind(AssertUnwindSafe(|| file(lowered))).ok()
}

/// The first type that cannot be bound together with all before it, or else the
/// first such operation.
fn culprit(lowered: &OpenAPI, is_bound: impl Fn(&OpenAPI) -> bool) -> Culprit {
    let schemas = lowered.components.as_ref().map_or(0, |it| it.schemas.len());
    let operations = lowered.paths.paths.len();
    if !is_bound(&first(lowered, 0, 0)) {
        return Culprit::Document;
    }
    if !is_bound(&first(lowered, schemas, 0)) {
        return Culprit::Type(last_needed(schemas, |n| !is_bound(&first(lowered, n, 0))));
    }
    Culprit::Operation(last_needed(operations, |n| !is_bound(&first(lowered, schemas, n))))
}

/// The index of the last of the items without which it does not fail: all `n_all`
/// of them do, none does not.
fn last_needed(n_all: usize, fails: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, n_all);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if fails(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    low
}

/// The document with the first operations only; types behind the first are
/// strings, so that references still lead somewhere.
fn first(lowered: &OpenAPI, n_types: usize, n_operations: usize) -> OpenAPI {
    let mut part = lowered.clone();
    part.paths.paths.truncate(n_operations);
    for schema in part.components.iter_mut().flat_map(|it| it.schemas.values_mut()).skip(n_types) {
        *schema = openapiv3::ReferenceOr::Item(lower::string(None));
    }
    part
}

/// Binds a document.
///
/// # Panics
///
/// If progenitor does not take the document: the lowering is there to make
/// that impossible.
pub fn file(lowered: &OpenAPI) -> Rust {
    let mut rust = Rust::default();
    collect(tokens(lowered), &mut rust);
    rust
}

/// The client as progenitor writes it.
///
/// # Panics
///
/// As [`file()`].
pub fn tokens(lowered: &OpenAPI) -> TokenStream {
    let mut settings = GenerationSettings::new();
    settings.with_map_type("::std::collections::BTreeMap");
    for (_, marker, ty) in MARKERS {
        let schema = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some((*marker).to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, ty, std::iter::empty());
    }
    let tokens = Generator::new(&settings).generate_tokens(lowered);
    tokens.expect("progenitor takes every lowered document")
}

/// Takes the structs of `types` and the operations. What stands in functions is most
/// of what progenitor writes, and is not even parsed.
fn collect(tokens: TokenStream, rust: &mut Rust) {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(it) if it == "mod" => {
                let (name, body) = until_body(&mut tokens);
                if name.into_iter().any(|it| is_word(&it, "types")) {
                    collect(body.stream(), rust);
                }
            }
            TokenTree::Ident(it) if it == "struct" => {
                let Some(TokenTree::Ident(name)) = tokens.next() else { continue };
                // What has no names has no members.
                let next = tokens.find(|it| matches!(it, TokenTree::Group(_)) || is_end(it));
                if let Some(TokenTree::Group(fields)) = next
                    && fields.delimiter() == Delimiter::Brace
                {
                    rust.members.insert(name.to_string(), members(fields));
                }
            }
            TokenTree::Ident(it) if it == "impl" => {
                let (head, body) = until_body(&mut tokens);
                if !head.into_iter().any(|it| is_word(&it, "for")) {
                    operations(body.stream(), rust);
                }
            }
            _ => {}
        }
    }
}

/// The tokens before a block, and the block.
fn until_body(tokens: &mut impl Iterator<Item = TokenTree>) -> (TokenStream, Group) {
    let mut head = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Group(it) if it.delimiter() == Delimiter::Brace => return (head, it),
            it => head.extend([it]),
        }
    }
    (head, Group::new(Delimiter::Brace, TokenStream::new()))
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(it) if it == word)
}

fn is_end(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == ';')
}

fn members(fields: Group) -> IndexMap<String, Type> {
    let fields: syn::FieldsNamed = parsed(TokenTree::Group(fields).into());
    let fields = fields.named.into_iter();
    fields.filter_map(|it| Some((it.ident?.to_string(), plain(&it.ty)))).collect()
}

fn operations(tokens: TokenStream, rust: &mut Rust) {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.find(|it| is_word(it, "async")) {
        let (rest, _) = until_body(&mut tokens);
        let head = TokenStream::from(token).into_iter().chain(rest).collect();
        let head: syn::Signature = parsed(head);
        rust.signatures.insert(head.ident.to_string(), signature(&head));
    }
}

fn parsed<T: syn::parse::Parse>(tokens: TokenStream) -> T {
    syn::parse2(tokens).expect("progenitor emits Rust")
}

fn signature(signature: &syn::Signature) -> Signature {
    let arguments = signature.inputs.iter().filter_map(|it| match it {
        FnArg::Typed(it) => match &*it.pat {
            Pat::Ident(name) => Some((name.ident.to_string(), plain(&it.ty))),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    });
    let output = match &signature.output {
        ReturnType::Type(_, ty) => first_argument(&first_argument(ty)),
        ReturnType::Default => syn::parse_quote!(()),
    };
    Signature { arguments: arguments.collect(), output: plain(&output) }
}

/// `T` of `X<T, …>`.
fn first_argument(ty: &Type) -> Type {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && let syn::PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(syn::GenericArgument::Type(ty)) = arguments.args.first()
    {
        return ty.clone();
    }
    ty.clone()
}

/// The type as people write it: no references, no absolute paths.
fn plain(ty: &Type) -> Type {
    match ty {
        Type::Reference(it) => match &*it.elem {
            Type::Path(path) if path.path.is_ident("str") => syn::parse_quote!(String),
            elem => plain(elem),
        },
        Type::Path(it) => {
            let mut last = it.path.segments.last().expect("a path has a segment").clone();
            if let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments {
                for argument in &mut arguments.args {
                    if let syn::GenericArgument::Type(ty) = argument {
                        *ty = plain(ty);
                    }
                }
            }
            syn::parse_quote!(#last)
        }
        Type::Slice(it) => {
            let elem = plain(&it.elem);
            syn::parse_quote!(Vec<#elem>)
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests;
