//! Cycles in who waits for whom.

use std::collections::{HashMap, VecDeque};

/// An edge by the number of the node that it leaves and its place among that node's edges.
pub(super) type EdgePlace = (usize, usize);

/// One cycle for each strongly connected component: a shortest one through its first node. Where cycles share nodes,
/// fixing one shows the next; to report all at once would be to report thousands. `edges[n]` are
/// the nodes that node `n` waits for. Takes time and memory in proportion to the edges, and no stack: a playbook may
/// chain more steps than the machine's stack can hold.
pub(super) fn find_cycles(edges: &[Vec<usize>]) -> Vec<Vec<EdgePlace>> {
    let knots = find_components(edges);
    let mut sizes: HashMap<usize, usize> = HashMap::new();
    for knot in &knots {
        *sizes.entry(*knot).or_default() += 1;
    }
    let mut found = Vec::new();
    for (node, knot) in knots.iter().enumerate() {
        // Taking the size out lets each component be reported once, by its first node.
        if sizes.remove(knot).is_some_and(|size| size > 1) {
            found.push(find_shortest_cycle(edges, &knots, node));
        }
    }
    found
}

/// For each node the number of its strongly connected component, by Tarjan's algorithm (1972) with a stack of its own.
fn find_components(edges: &[Vec<usize>]) -> Vec<usize> {
    /// No number yet.
    const NONE: usize = usize::MAX;
    let count = edges.len();
    let (mut index, mut low, mut knot) = (vec![NONE; count], vec![NONE; count], vec![NONE; count]);
    let (mut next, mut held) = (0, Vec::new());
    let get = |list: &[usize], at: usize| list.get(at).copied().unwrap_or(NONE);
    let set = |list: &mut [usize], at: usize, to: usize| {
        if let Some(place) = list.get_mut(at) {
            *place = to;
        }
    };
    for start in 0..count {
        if get(&index, start) != NONE {
            continue;
        }
        let mut open = vec![(start, 0_usize)];
        while let Some((node, edge)) = open.last_mut() {
            let node = *node;
            if *edge == 0 {
                set(&mut index, node, next);
                set(&mut low, node, next);
                next += 1;
                held.push(node);
            }
            let to = edges.get(node).and_then(|edges| edges.get(*edge)).copied();
            *edge += 1;
            match to {
                Some(to) if get(&index, to) == NONE => open.push((to, 0)),
                Some(to) if get(&knot, to) == NONE => {
                    let lower = get(&low, node).min(get(&index, to));
                    set(&mut low, node, lower);
                }
                Some(_) => {}
                None => {
                    open.pop();
                    if let Some((above, _)) = open.last() {
                        let lower = get(&low, *above).min(get(&low, node));
                        set(&mut low, *above, lower);
                    }
                    if get(&low, node) == get(&index, node) {
                        while let Some(member) = held.pop() {
                            set(&mut knot, member, node);
                            if member == node {
                                break;
                            }
                        }
                    }
                }
            }
        }
    }
    knot
}

/// The shortest way from `start` back to itself within its component.
fn find_shortest_cycle(edges: &[Vec<usize>], knots: &[usize], start: usize) -> Vec<EdgePlace> {
    let mut came: HashMap<usize, EdgePlace> = HashMap::new();
    let mut open = VecDeque::from([start]);
    while let Some(node) = open.pop_front() {
        for (edge, to) in edges.get(node).into_iter().flatten().enumerate() {
            if knots.get(*to) != knots.get(start) || came.contains_key(to) {
                continue;
            }
            came.insert(*to, (node, edge));
            if *to == start {
                open.clear();
                break;
            }
            open.push_back(*to);
        }
    }
    let mut way = Vec::new();
    let mut at = start;
    while let Some(step) = came.get(&at) {
        way.push(*step);
        at = step.0;
        if at == start {
            break;
        }
    }
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_knot_is_told_once_by_its_shortest_circle() {
        assert!(find_cycles(&[vec![1, 2], vec![2], vec![]]).is_empty());
        let two = [vec![1], vec![2, 0], vec![0], vec![0, 4], vec![3]];
        assert_eq!(find_cycles(&two), [vec![(0, 0), (1, 1)], vec![(3, 1), (4, 0)]]);
        let long: Vec<Vec<usize>> = (0..200_000).map(|n| vec![(n + 1) % 200_000]).collect();
        assert_eq!(find_cycles(&long)[0].len(), 200_000);
    }
}
