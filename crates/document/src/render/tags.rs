//! The logical structure of the document.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// The logical structure while pages are laid out: leaves come in when they are drawn.
pub(crate) struct Tags {
    nodes: Vec<TagNode>,
    table: Option<usize>,
}

/// A node's kind, its parent unless it is at the top, and its children.
type TagNode = (TagKind, Option<usize>, Vec<Leaf>);

/// A child of a node, in reading order.
enum Leaf {
    Content(Identifier),
    Node(usize),
}

impl Tags {
    pub(crate) fn new() -> Self {
        Tags {
            nodes: Vec::new(),
            table: None,
        }
    }

    fn add(&mut self, kind: impl Into<TagKind>, parent: Option<usize>) -> usize {
        let index = self.nodes.len();
        self.nodes.push((kind.into(), parent, Vec::new()));
        if let Some(parent) = parent {
            self.nodes[parent].2.push(Leaf::Node(index));
        }
        index
    }

    pub(crate) fn heading(&mut self, level: u16, title: &str) -> usize {
        let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
        self.add(Tag::Hn(level, Some(title.to_owned())), None)
    }

    pub(crate) fn paragraph(&mut self) -> usize {
        self.add(Tag::P, None)
    }

    /// A figure with a text for whoever does not see it.
    pub(crate) fn figure(&mut self, alternative: &str) -> usize {
        self.add(Tag::Figure(Some(alternative.to_owned())), None)
    }

    pub(crate) fn begin_table(&mut self) {
        self.table = Some(self.add(Tag::Table, None));
    }

    pub(crate) fn end_table(&mut self) {
        self.table = None;
    }

    /// A row: its header cell and two data cells.
    pub(crate) fn row(&mut self) -> [usize; 3] {
        let row = self.add(Tag::TR, self.table);
        [
            self.add(Tag::TH(TableHeaderScope::Row), Some(row)),
            self.add(Tag::TD, Some(row)),
            self.add(Tag::TD, Some(row)),
        ]
    }

    pub(crate) fn leaf(&mut self, node: usize, id: Identifier) {
        self.nodes[node].2.push(Leaf::Content(id));
    }

    pub(crate) fn into_tree(self) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some("da".to_owned()));
        let mut nodes: Vec<_> = self.nodes.into_iter().map(Some).collect();
        for index in 0..nodes.len() {
            let root = matches!(&nodes[index], Some((_, None, _)));
            if root && let Some(group) = group(&mut nodes, index) {
                tree.push(Node::Group(group));
            }
        }
        tree
    }
}

fn group(nodes: &mut [Option<TagNode>], index: usize) -> Option<TagGroup> {
    let (kind, _, children) = nodes[index].take()?;
    let mut made = TagGroup::new(kind);
    for child in children {
        match child {
            Leaf::Content(id) => made.push(id),
            Leaf::Node(child) => {
                if let Some(group) = group(nodes, child) {
                    made.push(Node::Group(group));
                }
            }
        }
    }
    Some(made)
}
