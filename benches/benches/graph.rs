//! The revision graph: building it, plans from end to end, and the list of all revisions.

#![allow(missing_docs, reason = "criterion's macros write items without docs")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::BatchSize;
use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use limbeck_benches::corpus::history::Shape;
use limbeck_benches::corpus::history::revisions;
use limbeck_benches::sizes;
use limbeck_core::graph::Ahead;
use limbeck_core::graph::Revision;
use limbeck_core::graph::RevisionGraph;
use limbeck_core::graph::Rows;

const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];

fn build(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("graph/build");
    group.sample_size(20);
    for shape in Shape::ALL {
        for &size in sizes(&SIZES) {
            let nodes = revisions(shape, size).unwrap();
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::new(shape.name(), size), |bencher| {
                let build = |nodes: Vec<Revision>| RevisionGraph::new(nodes).unwrap();
                bencher.iter_batched(|| nodes.clone(), build, BatchSize::LargeInput);
            });
        }
    }
}

/// Measures `work` on graphs of all shapes and sizes, with the rows of a database to which everything is applied.
fn on_graphs(criterion: &mut Criterion, name: &str, work: impl Fn(&RevisionGraph, &Rows) -> usize) {
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20);
    for shape in Shape::ALL {
        for &size in sizes(&SIZES) {
            let graph = RevisionGraph::new(revisions(shape, size).unwrap()).unwrap();
            let heads: Rows = graph.heads().map(|head| head.id.as_str()).collect();
            assert_eq!(work(&graph, &heads), size);
            group.throughput(Throughput::Elements(size as u64));
            group.bench_function(BenchmarkId::new(shape.name(), size), |bencher| {
                bencher.iter(|| black_box(work(&graph, &heads)));
            });
        }
    }
}

fn plan_up(criterion: &mut Criterion) {
    on_graphs(criterion, "graph/plan-up", |graph, _| {
        let plan = graph.plan_upgrade(&Rows::empty(), "heads", Ahead::Refuse);
        plan.unwrap().steps.len()
    });
}

fn plan_down(criterion: &mut Criterion) {
    on_graphs(criterion, "graph/plan-down", |graph, heads| {
        graph.plan_downgrade(heads, "base", &[]).unwrap().steps.len()
    });
}

fn history(criterion: &mut Criterion) {
    on_graphs(criterion, "graph/history", |graph, _| {
        let newest_first = graph.newest_first();
        let lanes = graph.lanes(&newest_first);
        lanes.filter(|row| row.revision.is_some()).count()
    });
}

criterion_group!(benches, build, plan_up, plan_down, history);
criterion_main!(benches);
