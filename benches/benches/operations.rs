//! Operations: parsing them from portable SQL, and rendering them for each dialect.

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
use limbeck_core::dialect::Dialect;
use limbeck_core::dialect::RenderContext;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_postgres::POSTGRES;
use limbeck_sqlite::SQLITE;

const TABLES: [usize; 2] = [10, 1_000];

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("operations/parse");
    for &tables in sizes(&TABLES) {
        let text: String = (0..tables).map(schema::create_table_sql).collect();
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(BenchmarkId::new("portable", tables), |bencher| {
            bencher.iter(|| schema::parse(black_box(&text)).unwrap());
        });
    }
}

fn render(criterion: &mut Criterion) {
    let dialects: [&dyn Dialect; 4] = [&POSTGRES, &MYSQL, &MARIADB, &SQLITE];
    let mut group = criterion.benchmark_group("operations/render");
    for dialect in dialects {
        for &tables in sizes(&TABLES) {
            let operations = schema::operations(tables).unwrap();
            let context = RenderContext::new(dialect.floor());
            group.throughput(Throughput::Elements(operations.len() as u64));
            group.bench_function(BenchmarkId::new(dialect.name(), tables), |bencher| {
                bencher.iter(|| dialect.render(black_box(&operations), &context).unwrap());
            });
        }
    }
}

criterion_group!(benches, parse, render);
criterion_main!(benches);
