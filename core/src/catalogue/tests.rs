use std::slice::from_ref;

use super::*;

fn table(name: &str, columns: &[(&str, &str)]) -> Object {
    let list: Vec<String> = columns
        .iter()
        .map(|(name, text)| format!("{name} {text}"))
        .collect();
    let create = format!("CREATE TABLE {name} ({})", list.join(", "));
    let mut table = Object::new(
        ObjectId::new(Kind::Table, name),
        create,
        format!("DROP TABLE {name}"),
    );
    table.columns = columns
        .iter()
        .map(|(name, text)| ColumnText::new(*name, *text))
        .collect();
    table.keeps = Keeps::Rows;
    table
}

fn object(kind: Kind, name: &str, text: &str, needs: &[&Object]) -> Object {
    let mut object = Object::new(
        ObjectId::new(kind, name),
        format!("CREATE {kind} {name} {text}"),
        format!("DROP {kind} {name}"),
    );
    object.needs = needs.iter().map(|need| Need::whole(need.id.clone())).collect();
    object
}

fn index(name: &str, table: &Object, column: &str) -> Object {
    let mut index = object(
        Kind::Index,
        name,
        &format!("ON {} ({column})", table.id.name),
        &[],
    );
    index.needs.insert(Need::column(table.id.clone(), column));
    index.part_of = Some(table.id.clone());
    index
}

/// Columns come and go, their texts change and disturb who uses them; everything else is made anew.
fn alter(change: &Change<'_>) -> Alteration {
    let (from, to) = (change.from, change.to);
    if from.id.kind != Kind::Table {
        return Alteration::Anew;
    }
    let mut statements = Vec::new();
    let mut disturbed = std::collections::BTreeSet::new();
    for column in &from.columns {
        match to.column(&column.name) {
            None => statements.push(format!("DROP {}.{}", from.id.name, column.name)),
            Some(wanted) if wanted != column => {
                statements.push(format!(
                    "SET {}.{} {}",
                    from.id.name, column.name, wanted.definition
                ));
                disturbed.insert(column.name.clone());
            }
            Some(_) => {}
        }
    }
    for column in &to.columns {
        if from.column(&column.name).is_none() {
            statements.push(format!(
                "ADD {}.{} {}",
                from.id.name, column.name, column.definition
            ));
        }
    }
    Alteration::InPlace {
        statements,
        disturbed: Disturbed::Columns(disturbed),
        losses: Vec::new(),
    }
}

fn lines(before: &[Object], after: &[Object]) -> Vec<String> {
    let before = before.iter().cloned().collect();
    let after = after.iter().cloned().collect();
    let found = changes(&before, &after, &alter);
    assert_eq!(found.left, [], "nothing is left");
    found.statements().map(str::to_owned).collect()
}

#[test]
fn nothing_leads_from_a_catalogue_to_itself() {
    let account = table("account", &[("id", "int")]);
    let objects = [account.clone(), index("ix", &account, "id")];
    assert_eq!(lines(&objects, &objects), [""; 0]);
    let moved = [table("t", &[("a", "int"), ("b", "int")])];
    let other = [table("t", &[("b", "int"), ("a", "int")])];
    assert_eq!(
        lines(&moved, &other),
        [""; 0],
        "the order of columns is no difference"
    );
}

#[test]
fn what_a_text_mentions_is_made_before_and_goes_alone() {
    let account = table("account", &[("id", "int")]);
    let mut count = object(Kind::Function, "count", "AS 'SELECT count(*) FROM account'", &[]);
    count.mentions.insert(account.id.clone());
    let made = [
        "CREATE TABLE account (id int)",
        "CREATE function count AS 'SELECT count(*) FROM account'",
    ];
    assert_eq!(lines(&[], &[count.clone(), account.clone()]), made);
    let gone = lines(&[count.clone(), account], &[count]);
    assert_eq!(gone, ["DROP TABLE account"], "the function stays");
}

#[test]
fn what_a_part_needs_stays_until_the_whole_goes() {
    let account = table("account", &[("id", "int")]);
    let operator = object(Kind::Other, "<<<", "", &[]);
    let mut check = index("positive", &account, "id");
    check.needs.insert(Need::whole(operator.id.clone()));
    let gone = lines(&[account, operator, check], &[]);
    assert_eq!(gone, ["DROP TABLE account", "DROP object <<<"]);
}

#[test]
fn nobody_waits_for_a_comment() {
    let mut place = object(Kind::Schema, "place", "", &[]);
    let kind = object(Kind::Type, "kind", "", &[&place]);
    let mut account = table("account", &[("id", "int"), ("kind", "kind")]);
    account.needs = [&place, &kind]
        .map(|object| Need::whole(object.id.clone()))
        .into();
    let mut bare = table("account", &[("id", "int")]);
    bare.needs.insert(Need::whole(place.id.clone()));
    let before = [place.clone(), kind, account];
    let comment = Setting::new("COMMENT place", "UNCOMMENT place");
    place.settings.insert("comment".to_owned(), comment);
    let gone = lines(&before, &[place, bare]);
    assert_eq!(gone, ["COMMENT place", "DROP account.kind", "DROP type kind"]);
}

#[test]
fn all_is_made_in_the_order_of_its_needs() {
    let kind = object(Kind::Type, "z_kind", "AS ENUM ('a')", &[]);
    let mut account = table("account", &[("id", "int"), ("kind", "z_kind")]);
    account.needs.insert(Need::whole(kind.id.clone()));
    let view = object(Kind::View, "a_view", "AS SELECT", &[&account]);
    let objects = [view.clone(), account.clone(), kind, index("ix", &account, "id")];
    let made = [
        "CREATE type z_kind AS ENUM ('a')",
        "CREATE TABLE account (id int, kind z_kind)",
        "CREATE index ix ON account (id)",
        "CREATE view a_view AS SELECT",
    ];
    assert_eq!(lines(&[], &objects), made);
    let gone = ["DROP view a_view", "DROP TABLE account", "DROP type z_kind"];
    assert_eq!(lines(&objects, &[]), gone, "the index goes with its table");
}

#[test]
fn who_uses_a_disturbed_column_stands_aside() {
    let old = table("account", &[("id", "int"), ("name", "text")]);
    let new = table("account", &[("id", "bigint"), ("name", "text")]);
    let mut by_id = object(Kind::View, "by_id", "AS SELECT id", &[]);
    by_id.needs.insert(Need::column(old.id.clone(), "id"));
    let mut by_name = object(Kind::View, "by_name", "AS SELECT name", &[]);
    by_name.needs.insert(Need::column(old.id.clone(), "name"));
    let above = object(Kind::View, "above", "AS SELECT", &[&by_id]);
    let views = [by_id, by_name, above];
    let with = |table: Object| std::iter::once(table).chain(views.clone()).collect::<Vec<_>>();
    let expected = [
        "DROP view above",
        "DROP view by_id",
        "SET account.id bigint",
        "CREATE view by_id AS SELECT id",
        "CREATE view above AS SELECT",
    ];
    assert_eq!(lines(&with(old), &with(new)), expected);
}

#[test]
fn a_type_goes_after_the_change_of_the_last_column_that_has_it() {
    let kind = object(Kind::Type, "kind", "AS ENUM ('a')", &[]);
    let mut old = table("account", &[("kind", "kind")]);
    old.needs.insert(Need::whole(kind.id.clone()));
    let new = table("account", &[("kind", "text")]);
    let expected = ["SET account.kind text", "DROP type kind"];
    assert_eq!(lines(&[kind.clone(), old.clone()], from_ref(&new)), expected);
    let expected = ["CREATE type kind AS ENUM ('a')", "SET account.kind kind"];
    assert_eq!(lines(&[new], &[kind, old]), expected);
}

#[test]
fn an_index_goes_before_its_column_and_comes_after_it() {
    let old = table("account", &[("id", "int"), ("a", "text")]);
    let new = table("account", &[("id", "int"), ("b", "text")]);
    let before = [old.clone(), index("ix_a", &old, "a")];
    let after = [new.clone(), index("ix_b", &new, "b")];
    let expected = [
        "DROP index ix_a",
        "DROP account.a",
        "ADD account.b text",
        "CREATE index ix_b ON account (b)",
    ];
    assert_eq!(lines(&before, &after), expected);
}

#[test]
fn a_table_takes_the_name_of_a_view_that_goes() {
    let view = object(Kind::View, "report", "AS SELECT", &[]);
    let table = table("report", &[("id", "int")]);
    assert_eq!(
        lines(from_ref(&view), from_ref(&table)),
        ["DROP view report", "CREATE TABLE report (id int)"]
    );
    assert_eq!(
        lines(&[table], &[view]),
        ["DROP TABLE report", "CREATE view report AS SELECT"]
    );
}

#[test]
fn a_setting_changes_by_itself() {
    let mut with = table("account", &[("id", "int")]);
    let without = with.clone();
    let setting = Setting::new("COMMENT 'x'", "COMMENT NULL");
    with.settings.insert("comment".to_owned(), setting);
    assert_eq!(lines(from_ref(&without), from_ref(&with)), ["COMMENT 'x'"]);
    assert_eq!(lines(from_ref(&with), from_ref(&without)), ["COMMENT NULL"]);
    assert_eq!(
        lines(&[], from_ref(&with)),
        ["CREATE TABLE account (id int)", "COMMENT 'x'"]
    );
    let fingerprint = |object: &Object| Catalogue::from_iter([object.clone()]).fingerprint();
    assert_ne!(fingerprint(&with), fingerprint(&without));
}

#[test]
fn rows_are_not_given_up_for_what_they_need() {
    let old = object(Kind::Type, "kind", "AS ENUM ('a')", &[]);
    let new = object(Kind::Type, "kind", "AS ENUM ('b')", &[]);
    let mut account = table("account", &[("kind", "kind")]);
    account.needs.insert(Need::whole(old.id.clone()));
    let before = Catalogue::from_iter([old, account.clone()]);
    let after = Catalogue::from_iter([new, account]);
    let found = changes(&before, &after, &alter);
    let left: Vec<String> = found.left.iter().map(ToString::to_string).collect();
    assert_eq!(
        left,
        ["table account: it needs type kind, which has to be made anew"]
    );
}

#[test]
fn what_is_lost_is_told() {
    let account = table("account", &[("id", "int")]);
    let found = changes(&Catalogue::from_iter([account]), &Catalogue::new(), &alter);
    assert_eq!(found.steps[0].losses, ["its rows"]);
}

#[test]
fn objects_that_need_each_other_are_made_all_the_same() {
    let mut one = object(Kind::Function, "one", "", &[]);
    let two = object(Kind::Function, "two", "", &[&one]);
    one.needs.insert(Need::whole(two.id.clone()));
    let found = lines(&[], &[one, two]);
    assert_eq!(found, ["CREATE function one ", "CREATE function two "]);
}
