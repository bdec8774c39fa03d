//! A JSON text as a flat list of nodes: with every key as it was, also those that come twice, and within limits.
//!
//! `serde_json::Value` keeps only the last of two equal keys, and says nothing of where a value stood.

use crate::playbook::cacao::account::{Fate, Item};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::fmt;

/// Values that a text may have.
const NODES_LIMIT: usize = 400_000;
/// Bytes that an account may have before it is cut short.
const ACCOUNT_LIMIT: usize = 16 * 1024 * 1024;
/// What is said of a value that nothing was made of.
const NO_PLACE: &str = "there is no place for it here";
/// What the parser is told where there are more.
pub(super) const TOO_MANY: &str = "too many values";

/// The number of a node.
pub(crate) type At = usize;

/// The root of every tree.
pub(crate) const ROOT: At = 0;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<At>),
    Object(Vec<At>),
}

/// A value with its place in the tree.
#[derive(Debug)]
struct Node {
    parent: At,
    /// Its key in an object; `None` in a list and at the root.
    key: Option<String>,
    /// Its place among its siblings.
    place: usize,
    json: Json,
}

/// A whole text.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// Nodes whose key came before in the same object.
    pub(crate) twice: BTreeSet<At>,
    fates: RefCell<HashMap<At, (Fate, String)>>,
}

impl Tree {
    /// Reads `text`.
    pub(super) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        let mut tree = Tree::default();
        let mut reader = serde_json::Deserializer::from_str(text);
        Seed { tree: &mut tree, parent: ROOT, key: None, place: 0 }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(tree)
    }

    /// The value of a node.
    pub(crate) fn json(&self, at: At) -> &Json {
        self.nodes.get(at).map_or(&Json::Null, |node| &node.json)
    }

    /// The children of a list or object.
    pub(crate) fn children(&self, at: At) -> &[At] {
        match self.json(at) {
            Json::List(children) | Json::Object(children) => children,
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => &[],
        }
    }

    /// The key of a node; empty in a list.
    pub(crate) fn key(&self, at: At) -> &str {
        self.nodes.get(at).and_then(|node| node.key.as_deref()).unwrap_or("")
    }

    /// The first child of that key.
    pub(crate) fn get(&self, at: At, key: &str) -> Option<At> {
        let Json::Object(children) = self.json(at) else { return None };
        children.iter().copied().find(|child| self.key(*child) == key)
    }

    /// The text of a node.
    pub(crate) fn text(&self, at: At) -> Option<&str> {
        if let Json::Text(text) = self.json(at) { Some(text) } else { None }
    }

    /// The JSON pointer (RFC 6901) of a node.
    pub(super) fn pointer(&self, at: At) -> String {
        let mut parts: Vec<String> = self
            .way(at)
            .map(|node| match &node.key {
                Some(key) => key.replace('~', "~0").replace('/', "~1"),
                None => node.place.to_string(),
            })
            .collect();
        parts.reverse();
        parts.iter().map(|part| format!("/{part}")).collect()
    }

    /// From a node up to the child of the root above it.
    fn way(&self, at: At) -> impl Iterator<Item = &Node> {
        std::iter::successors(self.nodes.get(at).filter(|_| at != ROOT), |node| {
            self.nodes.get(node.parent).filter(|_| node.parent != ROOT)
        })
    }

    /// The value of a node and all below it, in serde_json's form.
    pub(crate) fn value(&self, at: At) -> serde_json::Value {
        use serde_json::Value;
        match self.json(at) {
            Json::Null => Value::Null,
            Json::Bool(bool) => Value::Bool(*bool),
            Json::Number(number) => Value::Number(number.clone()),
            Json::Text(text) => Value::String(text.clone()),
            Json::List(children) => children.iter().map(|child| self.value(*child)).collect(),
            Json::Object(children) => {
                // The first of two keys counts, here as everywhere.
                let pairs = children.iter().rev().map(|child| (self.key(*child).to_owned(), self.value(*child)));
                Value::Object(pairs.collect())
            }
        }
    }

    /// Says what became of a node. The worse word stays where two are said.
    pub(crate) fn mark(&self, at: At, fate: Fate, what: &str) {
        let mut fates = self.fates.borrow_mut();
        match fates.get(&at) {
            // A value that is partly kept and partly dropped counts as dropped: better a warning too many.
            Some((known, _)) if *known >= fate => {}
            _ => {
                fates.insert(at, (fate, what.to_owned()));
            }
        }
    }

    /// Says so of a node and all below it.
    pub(crate) fn mark_all(&self, at: At, fate: Fate, what: &str) {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            self.mark(at, fate, what);
            open.extend(self.children(at));
        }
    }

    /// Says that all below a node is kept which `value` holds just so.
    pub(crate) fn mark_like(&self, at: At, value: &serde_json::Value, what: &str) {
        match self.json(at) {
            Json::Object(children) => {
                for child in children {
                    if let Some(value) = value.get(self.key(*child)).filter(|_| !self.twice.contains(child)) {
                        self.mark_like(*child, value, what);
                    }
                }
            }
            Json::List(children) => {
                for (child, value) in children.iter().zip(value.as_array().into_iter().flatten()) {
                    self.mark_like(*child, value, what);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) | Json::Text(_) => {
                if self.value(at) == *value {
                    self.mark(at, Fate::Kept, what);
                }
            }
        }
    }

    /// What became of every value, in the order of the text. A value of which nothing was said was dropped.
    pub(crate) fn account(&self) -> Vec<Item> {
        let fates = self.fates.borrow();
        let mut touched: Vec<bool> = (0..self.nodes.len()).map(|at| fates.contains_key(&at)).collect();
        for (at, node) in self.nodes.iter().enumerate().skip(1).rev() {
            // A value stands after the list or object that holds it, so each is settled before its holder is.
            if touched.get(at) == Some(&true)
                && let Some(holder) = touched.get_mut(node.parent)
            {
                *holder = true;
            }
        }
        let mut items = Vec::new();
        let mut room = ACCOUNT_LIMIT;
        let mut open = vec![ROOT];
        while let Some(at) = open.pop() {
            let children = self.children(at);
            let said = match fates.get(&at) {
                Some((fate, what)) if *fate != Fate::Kept || children.is_empty() => Some((*fate, what.clone())),
                None if at != ROOT && touched.get(at) != Some(&true) => Some((Fate::Dropped, NO_PLACE.to_owned())),
                _ => None,
            };
            if let Some((fate, what)) = said {
                let path = self.pointer(at);
                room = match room.checked_sub(path.len() + what.len()) {
                    Some(room) => room,
                    None => {
                        let what = "the account is cut short here: this file has too much that has no place";
                        items.push(Item { fate: Fate::Dropped, path: String::new(), what: what.to_owned() });
                        return items;
                    }
                };
                items.push(Item { fate, path, what });
                if fate == Fate::Dropped {
                    continue;
                }
            }
            open.extend(children.iter().rev());
        }
        items
    }
}

/// Where the value that is read next belongs.
struct Seed<'t> {
    tree: &'t mut Tree,
    parent: At,
    key: Option<String>,
    place: usize,
}

impl Seed<'_> {
    /// Puts the value into the tree.
    fn add(self, json: Json) -> At {
        self.tree.nodes.push(Node { parent: self.parent, key: self.key, place: self.place, json });
        self.tree.nodes.len() - 1
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = At;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<At, D::Error> {
        if self.tree.nodes.len() >= NODES_LIMIT {
            return Err(D::Error::custom(TOO_MANY));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = At;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<At, E> {
        Ok(self.add(Json::Null))
    }

    fn visit_bool<E>(self, bool: bool) -> Result<At, E> {
        Ok(self.add(Json::Bool(bool)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<At, E> {
        Ok(self.add(Json::Number(number.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<At, E> {
        Ok(self.add(Json::Number(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<At, E> {
        Ok(self.add(Number::from_f64(number).map_or(Json::Null, Json::Number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<At, E> {
        Ok(self.add(Json::Text(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<At, A::Error> {
        let Seed { tree, parent, key, place } = self;
        let at = Seed { tree: &mut *tree, parent, key, place }.add(Json::Null);
        let mut children = Vec::new();
        while let Some(child) =
            list.next_element_seed(Seed { tree: &mut *tree, parent: at, key: None, place: children.len() })?
        {
            children.push(child);
        }
        if let Some(node) = tree.nodes.get_mut(at) {
            node.json = Json::List(children);
        }
        Ok(at)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<At, A::Error> {
        let Seed { tree, parent, key, place } = self;
        let at = Seed { tree: &mut *tree, parent, key, place }.add(Json::Null);
        let mut children: Vec<At> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let fresh = seen.insert(key.clone());
            let seed = Seed { tree: &mut *tree, parent: at, key: Some(key), place: children.len() };
            let child = map.next_value_seed(seed)?;
            children.push(child);
            if !fresh {
                tree.twice.insert(child);
            }
        }
        if let Some(node) = tree.nodes.get_mut(at) {
            node.json = Json::Object(children);
        }
        Ok(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_pointer_and_its_fate() {
        let tree = Tree::parse(r#"{"a/b": [1, {"c": "x"}], "d": null, "a/b": 2, "e": {"f": {}, "g": [[]]}}"#).unwrap();
        let list = tree.get(ROOT, "a/b").unwrap();
        let inner = tree.get(tree.children(list)[1], "c").unwrap();
        assert_eq!((tree.pointer(inner).as_str(), tree.text(inner)), ("/a~1b/1/c", Some("x")));
        assert_eq!(tree.twice.iter().map(|at| tree.pointer(*at)).collect::<Vec<_>>(), ["/a~1b"]);
        tree.mark(inner, Fate::Kept, "the text");
        let paths = tree.account().into_iter().map(|item| (item.fate, item.path)).collect::<Vec<_>>();
        let dropped = |path: &str| (Fate::Dropped, path.to_owned());
        assert_eq!(
            paths,
            [dropped("/a~1b/0"), (Fate::Kept, "/a~1b/1/c".to_owned()), dropped("/d"), dropped("/a~1b"), dropped("/e"),]
        );
    }

    #[test]
    fn depth_and_number_are_limited() {
        assert!(Tree::parse(&"[".repeat(100_000)).is_err());
        let many = format!("[{}0]", "0,".repeat(NODES_LIMIT));
        assert!(Tree::parse(&many).unwrap_err().to_string().contains(TOO_MANY));
        assert!(Tree::parse("[1] 2").is_err());
    }
}
