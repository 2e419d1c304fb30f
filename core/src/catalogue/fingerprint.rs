//! One text for a whole catalogue.

use sha2::Digest;
use sha2::Sha256;

use super::Catalogue;
use super::Object;

/// The first 32 hexadecimal digits of SHA-256 over all that is compared.
pub(super) fn fingerprint(catalogue: &Catalogue) -> String {
    let mut hash = Sha256::new();
    for object in catalogue.objects() {
        add(&mut hash, object);
    }
    let digest = hash.finalize();
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn add(hash: &mut Sha256, object: &Object) {
    let mut put = |text: &str| {
        hash.update(text.len().to_be_bytes());
        hash.update(text.as_bytes());
    };
    put(&object.id.to_string());
    let mut columns: Vec<_> = object.columns.iter().collect();
    if !object.ordered_columns {
        columns.sort_by(|one, two| one.name.cmp(&two.name));
    }
    if columns.is_empty() {
        object.says().iter().for_each(|statement| put(statement));
    } else {
        for (name, value) in &object.attributes {
            put(name);
            put(value);
        }
    }
    for column in columns {
        put(&column.name);
        put(&column.definition);
        for (name, value) in &column.attributes {
            put(name);
            put(value);
        }
    }
    for (name, setting) in &object.settings {
        put(name);
        setting.set.iter().for_each(|statement| put(statement));
    }
}
