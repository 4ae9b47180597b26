//! The files of a document, and what its references lead to.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    diagnostics::Diagnostics,
    import::identify::Identifiers,
    parse::{
        self,
        node::{Entry, Node, Place},
    },
};

/// References that lead to references; longer chains are circles.
const MAX_STEPS: usize = 64;

/// The parsed files.
pub(super) struct Tree {
    files: Vec<(String, Node)>,
    /// What was put into the places of references to it.
    spliced: BTreeSet<Place>,
    /// The members of large mappings: a list is searched too often.
    members: RefCell<BTreeMap<Place, BTreeMap<String, usize>>>,
    /// What the components are called, by the places of their schemas.
    names: OnceCell<BTreeMap<Place, String>>,
    /// What schemas call themselves, once a reference asks for it.
    identifiers: OnceCell<Identifiers>,
}

/// What a reference leads to.
#[derive(Clone, Debug)]
pub(super) struct Target<'t> {
    /// The value itself, which is no reference.
    pub(super) node: &'t Node,
    /// The segments behind `#` of the last reference; empty for a whole file.
    pub(super) segments: Vec<String>,
    /// The file it is in.
    pub(super) path: String,
}

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// What stands at a JSON Pointer of a file.
    Pointer { path: String, pointer: String },
    /// Nothing: what is written there is no text.
    Nothing(Place),
}

/// A reference that cannot be followed: the one that was asked for, or the one
/// that it leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lost<'t> {
    pub(super) reference: &'t Node,
    pub(super) why: Dead,
}

/// Why a reference cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dead {
    /// Nothing stands there.
    Missing,
    /// The file was not given.
    File,
    /// It is on another machine.
    Remote,
    /// It leads back to itself.
    Circle,
    /// It is no text.
    NotText,
}

impl Dead {
    /// Complains about a reference, whatever it should lead to.
    pub(super) fn tell(self, reference: &Node, diags: &mut Diagnostics) {
        let place = reference.place;
        let written = reference.as_str().unwrap_or_default();
        match self {
            Self::Missing => {
                let name = written.rsplit(['/', '#']).next().unwrap_or_default();
                diags.unknown_reference(place, "part of the document", name, &[], 1);
            }
            Self::File => diags.unknown_file(place, written),
            Self::Remote => diags.remote_reference(place, written),
            Self::Circle => diags.circular_reference(place, written),
            Self::NotText => diags.wrong_kind(place, "`$ref`", "a string", reference.kind()),
        }
    }
}

impl Tree {
    pub(super) fn new(files: Vec<(String, Node)>) -> Self {
        Self {
            files,
            spliced: BTreeSet::new(),
            members: RefCell::new(BTreeMap::new()),
            names: OnceCell::new(),
            identifiers: OnceCell::new(),
        }
    }

    /// The tree of files into which these have been put.
    pub(super) fn with_spliced(files: Vec<(String, Node)>, spliced: BTreeSet<Place>) -> Self {
        Self { spliced, ..Self::new(files) }
    }

    pub(super) fn is_spliced(&self, place: Place) -> bool {
        self.spliced.contains(&place)
    }

    pub(super) fn files(&self) -> &[(String, Node)] {
        &self.files
    }

    pub(super) fn into_files(self) -> Vec<(String, Node)> {
        self.files
    }

    pub(super) fn root(&self) -> &Node {
        &self.files[0].1
    }

    pub(super) fn path_of(&self, place: Place) -> &str {
        self.files.get(place.file_idx as usize).map_or("", |(path, _)| path)
    }

    /// Follows references until there is something else.
    ///
    /// A schema with a member beside the reference is something else.
    pub(super) fn follow<'t>(&'t self, reference: &'t Node) -> Result<Target<'t>, Lost<'t>> {
        self.follow_while(reference, |it| it.as_map().is_some_and(|it| it.len() == 1))
    }

    /// Follows references to what is no schema, beside which nothing else counts.
    pub(super) fn follow_to_end<'t>(&'t self, reference: &'t Node) -> Result<Target<'t>, Lost<'t>> {
        self.follow_while(reference, |_| true)
    }

    fn follow_while<'t>(
        &'t self,
        reference: &'t Node,
        goes_on: fn(&Node) -> bool,
    ) -> Result<Target<'t>, Lost<'t>> {
        let mut target = self.step(reference)?;
        for _ in 0..MAX_STEPS {
            match target.node.get("$ref") {
                Some(next) if goes_on(target.node) => target = self.step(next)?,
                _ => return Ok(target),
            }
        }
        Err(Lost { reference, why: Dead::Circle })
    }

    fn step<'t>(&'t self, reference: &'t Node) -> Result<Target<'t>, Lost<'t>> {
        let lost = |why| Lost { reference, why };
        self.pointed(reference).or_else(|why| self.identified(reference).ok_or_else(|| lost(why)))
    }

    /// What a reference leads to by the name that it has itself.
    fn identified<'t>(&'t self, reference: &'t Node) -> Option<Target<'t>> {
        let identifiers = self.identifiers.get_or_init(|| Identifiers::of(&self.files));
        let site = identifiers.target(reference, self.path_of(reference.place))?;
        let mut node = self.files.iter().find(|(it, _)| *it == site.path).map(|(_, it)| it)?;
        for segment in &site.segments {
            node = self.child(node, segment)?;
        }
        Some(Target { node, segments: site.segments, path: site.path })
    }

    /// What a reference names, whether it exists or not.
    pub(super) fn named_by(&self, reference: &Node) -> Named {
        let Some(written) = reference.as_str() else { return Named::Nothing(reference.place) };
        let from = self.path_of(reference.place);
        let (file, pointer) = written.split_once('#').unwrap_or((written, ""));
        let path = match file {
            "" => Some(from.to_owned()),
            file => parse::relative(from, &decoded(file)),
        };
        let path = path.unwrap_or_else(|| file.to_owned());
        Named::Pointer { path, pointer: pointer.to_owned() }
    }

    /// What a reference leads to by its file and its JSON Pointer.
    fn pointed<'t>(&'t self, reference: &'t Node) -> Result<Target<'t>, Dead> {
        let written = reference.as_str().ok_or(Dead::NotText)?;
        if written.contains("://") {
            return Err(Dead::Remote);
        }
        let from = self.path_of(reference.place);
        let (file, pointer) = written.split_once('#').unwrap_or((written, ""));
        let path = match file {
            "" => from.to_owned(),
            file => parse::relative(from, &decoded(file)).ok_or(Dead::File)?,
        };
        let root = self.files.iter().find(|(it, _)| *it == path).map(|(_, it)| it);
        let mut node = root.ok_or(Dead::File)?;
        let mut segments: Vec<String> = Vec::new();
        if !pointer.is_empty() {
            let pointer = decoded(pointer);
            let pointer = pointer.strip_prefix('/').ok_or(Dead::Missing)?;
            for segment in pointer.split('/') {
                let segment = segment.replace("~1", "/").replace("~0", "~");
                node = self.child(node, &segment).ok_or(Dead::Missing)?;
                segments.push(segment);
            }
        }
        Ok(Target { node, segments, path })
    }

    /// What stands at a JSON Pointer of a file.
    pub(super) fn lookup(&self, path: &str, pointer: &str) -> Option<&Node> {
        let mut node = self.files.iter().find(|(it, _)| it == path).map(|(_, it)| it)?;
        for segment in pointer.strip_prefix('/').into_iter().flat_map(|it| it.split('/')) {
            node = self.child(node, &segment.replace("~1", "/").replace("~0", "~"))?;
        }
        Some(node)
    }

    /// The schema of this name.
    pub(super) fn component<'t>(&'t self, path: &str, name: &str) -> Option<Target<'t>> {
        let schemas = self.lookup(path, "/components/schemas")?;
        let node = self.child(schemas, name)?;
        let segments = ["components", "schemas", name].map(str::to_owned).to_vec();
        Some(Target { node, segments, path: path.to_owned() })
    }

    /// What the document calls a component.
    pub(super) fn component_name<'t>(&'t self, node: &Node) -> Option<&'t str> {
        let names = self.names.get_or_init(|| {
            let schemas = |path: &str| self.lookup(path, "/components/schemas")?.as_map();
            let entries = self.files.iter().flat_map(|(path, _)| schemas(path).unwrap_or_default());
            entries.map(|it| (it.value.place, it.key.clone())).collect()
        });
        names.get(&node.place).map(String::as_str)
    }

    /// A member of a mapping, or an item of a list, found without a search.
    pub(super) fn child<'t>(&'t self, node: &'t Node, key: &str) -> Option<&'t Node> {
        if let Some(items) = node.as_list() {
            return items.get(key.parse::<usize>().ok()?);
        }
        let entries = node.as_map()?;
        if entries.len() < 16 {
            return entries.iter().find(|it| it.key == key).map(|it| &it.value);
        }
        let mut members = self.members.borrow_mut();
        let known = members.entry(node.place).or_insert_with(|| index(entries));
        let idx = *known.get(key)?;
        entries.get(idx).filter(|it| it.key == key).map(|it| &it.value)
    }
}

fn index(entries: &[Entry]) -> BTreeMap<String, usize> {
    entries.iter().enumerate().rev().map(|(idx, it)| (it.key.clone(), idx)).collect()
}

/// Percent signs in references are as in URLs.
fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes: Vec<u8> = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        match digits.and_then(|it| u8::from_str_radix(it, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// How the file `from` refers to a component that is defined in the file `to`.
pub(super) fn reference(from: &str, to: &str, section: &str, name: &str) -> String {
    if from == to {
        return format!("#/components/{section}/{name}");
    }
    let mut from: Vec<&str> = from.split('/').collect();
    from.pop();
    let to: Vec<&str> = to.split('/').collect();
    let n_shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count().min(to.len() - 1);
    let mut parts: Vec<&str> = vec![".."; from.len() - n_shared];
    parts.extend(&to[n_shared..]);
    format!("{}#/components/{section}/{name}", parts.join("/"))
}
