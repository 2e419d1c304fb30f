//! SQL texts: cutting them into statements and giving their canonical tokens, by the rules of each dialect.

#![allow(missing_docs, reason = "criterion's macros write items without docs")]

use std::hint::black_box;

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use limbeck_benches::corpus::text;
use limbeck_benches::sizes;
use limbeck_core::dialect::Dialect;
use limbeck_core::sql::LexicalRules;
use limbeck_core::sql::split;
use limbeck_core::sql::write_canonical;
use limbeck_mysql::MARIADB;
use limbeck_mysql::MYSQL;
use limbeck_postgres::POSTGRES;
use limbeck_sqlite::SQLITE;

const SIZES: [usize; 2] = [10_000, 1_000_000];

fn on_texts(criterion: &mut Criterion, name: &str, work: impl Fn(&str, &LexicalRules) -> usize) {
    let dialects: [&dyn Dialect; 4] = [&POSTGRES, &MYSQL, &MARIADB, &SQLITE];
    let native = dialects.map(|dialect| (dialect.name(), dialect.lexical_rules()));
    let mut group = criterion.benchmark_group(name);
    group.sample_size(20);
    for (dialect, rules) in native.into_iter().chain([("portable", &LexicalRules::STANDARD)]) {
        for &size in sizes(&SIZES) {
            let text = text::sql(dialect, size);
            group.throughput(Throughput::Bytes(text.len() as u64));
            group.bench_function(BenchmarkId::new(dialect, size), |bencher| {
                bencher.iter(|| work(black_box(&text), rules));
            });
        }
    }
}

fn splitting(criterion: &mut Criterion) {
    on_texts(criterion, "sql/split", |text, rules| split(text, rules).len());
}

fn canonical(criterion: &mut Criterion) {
    on_texts(criterion, "sql/canonical", |text, rules| {
        let mut tokens = Vec::new();
        write_canonical(text, rules, &mut tokens);
        tokens.len()
    });
}

criterion_group!(benches, splitting, canonical);
criterion_main!(benches);
