//! Schemas: making one from operations, and finding what leads from one to another.

#![allow(missing_docs, reason = "criterion's macros write items without docs")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use limbeck_benches::corpus::schema;
use limbeck_benches::sizes;
use limbeck_core::diff::diff;
use limbeck_core::schema::Schema;

const TABLES: [usize; 4] = [10, 100, 1_000, 5_000];

fn apply(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("schemas/apply");
    group.sample_size(10);
    for &tables in sizes(&TABLES) {
        let operations = schema::operations(tables).unwrap();
        group.throughput(Throughput::Elements(operations.len() as u64));
        group.bench_function(BenchmarkId::new("create", tables), |bencher| {
            bencher.iter(|| {
                let mut schema = Schema::new();
                for operation in black_box(&operations) {
                    schema.apply(operation).unwrap();
                }
                schema
            });
        });
    }
}

fn difference(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("schemas/diff");
    group.sample_size(10);
    for &tables in sizes(&TABLES) {
        let empty = Schema::new();
        let full = schema::schema(tables).unwrap();
        let changed = schema::changed(full.clone(), tables).unwrap();
        group.throughput(Throughput::Elements(tables as u64));
        for (name, from, to) in [
            ("same", &full, &full),
            ("changed", &full, &changed),
            ("create", &empty, &full),
            ("drop", &full, &empty),
        ] {
            group.bench_function(BenchmarkId::new(name, tables), |bencher| {
                bencher.iter(|| diff(black_box(from), black_box(to), &[]));
            });
        }
    }
}

criterion_group!(benches, apply, difference);
criterion_main!(benches);
