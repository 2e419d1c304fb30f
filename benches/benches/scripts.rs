//! Revision files: reading and parsing them from a folder, their checksums, and the schema that they make.

#![allow(missing_docs, reason = "criterion's macros write items without docs")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::hint::black_box;
use std::sync::Arc;

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use limbeck_benches::corpus::history;
use limbeck_benches::corpus::history::Shape;
use limbeck_benches::sizes;
use limbeck_core::dialect::Dialect;
use limbeck_core::engine::Offline;
use limbeck_core::graph::Direction;
use limbeck_core::graph::RevisionId;
use limbeck_core::script::DirectorySource;
use limbeck_core::script::MemorySource;
use limbeck_core::script::ScriptSet;
use limbeck_sqlite::SQLITE;
use limbeck_sqlite::Sqlite;

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

fn in_memory(size: usize) -> Arc<ScriptSet> {
    let source = MemorySource::new(history::files(Shape::Linear, size));
    Arc::new(ScriptSet::load(&source).unwrap())
}

fn bytes(size: usize) -> usize {
    history::files(Shape::Linear, size)
        .map(|(_, text)| text.len())
        .sum()
}

fn load(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scripts/load");
    group.sample_size(10);
    for &size in sizes(&SIZES) {
        let folder = tempfile::tempdir().unwrap();
        history::write(folder.path(), Shape::Linear, size).unwrap();
        let source = DirectorySource::new([folder.path()]);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("folder", size), |bencher| {
            bencher.iter(|| ScriptSet::load(black_box(&source)).unwrap());
        });
        let source = MemorySource::new(history::files(Shape::Linear, size));
        group.bench_function(BenchmarkId::new("memory", size), |bencher| {
            bencher.iter(|| ScriptSet::load(black_box(&source)).unwrap());
        });
    }
}

fn checksum(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scripts/checksum");
    group.sample_size(10);
    for &size in sizes(&SIZES) {
        let scripts = in_memory(size);
        group.throughput(Throughput::Bytes(bytes(size) as u64));
        group.bench_function(BenchmarkId::new("sqlite", size), |bencher| {
            bencher.iter(|| {
                for script in scripts.iter() {
                    let rules = SQLITE.lexical_rules();
                    black_box(
                        script
                            .checksum(Direction::Upgrade, "sqlite", "sqlite", rules)
                            .unwrap(),
                    );
                }
            });
        });
    }
}

fn replay(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scripts/replay");
    group.sample_size(10);
    for &size in sizes(&SIZES) {
        let scripts = in_memory(size);
        let heads: Vec<RevisionId> = scripts.graph().heads().map(|head| head.id.clone()).collect();
        let offline = Offline::new(Arc::new(Sqlite), &SQLITE, scripts);
        group.throughput(Throughput::Elements(size as u64));
        group.bench_function(BenchmarkId::new("sqlite", size), |bencher| {
            bencher.iter(|| offline.schema_at(black_box(&heads)).unwrap());
        });
    }
}

criterion_group!(benches, load, checksum, replay);
criterion_main!(benches);
