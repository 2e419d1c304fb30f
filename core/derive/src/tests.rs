//! What is refused, and how.

use insta::assert_snapshot;
use syn::DeriveInput;

use crate::column_enum;
use crate::embed;
use crate::row;
use crate::table;

/// The messages about these structs, each of which has a fault.
fn refused(
    expand: fn(&DeriveInput) -> syn::Result<proc_macro2::TokenStream>,
    sources: impl IntoIterator<Item = String>,
) -> String {
    let messages = sources.into_iter().map(|source| {
        let input = syn::parse_str(&source).unwrap_or_else(|error| panic!("{error}: {source}"));
        match expand(&input) {
            Ok(expanded) => panic!("{source}\n{expanded}"),
            Err(error) => format!("{source}\n  {error}"),
        }
    });
    messages.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_said_of_a_struct_is_refused_where_it_means_nothing() {
    let said = [
        "nam = \"x\"",
        "name",
        "name = 3",
        "name(\"x\")",
        "\"x\"",
        "name = \"a\", name = \"b\"",
        "comment",
        "unique",
        "unique()",
        "unique(mail)",
        "unique([])",
        "unique([mial])",
        "unique([mail desc])",
        "unique([mail], nulls = \"x\")",
        "primary_key([mail], name = \"a\", name = \"b\")",
        "check()",
        "check(mail)",
        "check(\"a\", \"b\")",
        "foreign_key([mail])",
        "foreign_key([mail], references)",
        "foreign_key([mail], references = 3)",
        "foreign_key([mail], references = \"other (id\")",
        "foreign_key([mail], references = \"other (,)\")",
        "foreign_key([mail], references = \"(id)\")",
        "foreign_key([mail], references = Other, on_delete = casacde)",
        "foreign_key([mail], references = Other, deferrable = later)",
        "foreign_key([mail], on_delete = cascade)",
        "index()",
        "index([mail descending])",
        "index([mail], filter)",
        "index([mail], mail)",
    ];
    let sources = said.map(|said| format!("#[table({said})] struct Account {{ mail: String }}"));
    assert_snapshot!(refused(table::expand, sources), @r#"
    #[table(nam = "x")] struct Account { mail: String }
      `nam` means nothing here; what can stand here is `name`, `primary_key`, `unique`, `check`, `foreign_key`, `index`, `comment`, `renamed_from`
    #[table(name)] struct Account { mail: String }
      write `name = "…"`
    #[table(name = 3)] struct Account { mail: String }
      write `name = "…"`
    #[table(name("x"))] struct Account { mail: String }
      write `name = "…"`
    #[table("x")] struct Account { mail: String }
      a word is expected here, no text
    #[table(name = "a", name = "b")] struct Account { mail: String }
      what `name` says is said already
    #[table(comment)] struct Account { mail: String }
      there is no doc comment to take; write one, or `comment = "…"`
    #[table(unique)] struct Account { mail: String }
      write `unique([field, …])`
    #[table(unique())] struct Account { mail: String }
      write `unique([field, …])`
    #[table(unique(mail))] struct Account { mail: String }
      write `unique([field, …])`
    #[table(unique([]))] struct Account { mail: String }
      which columns? write `unique([field, …])`
    #[table(unique([mial]))] struct Account { mail: String }
      the struct has no column `mial`; it has `mail`
    #[table(unique([mail desc]))] struct Account { mail: String }
      expected `,` here: `mail` takes nothing more
    #[table(unique([mail], nulls = "x"))] struct Account { mail: String }
      `nulls` means nothing here; what can stand here is `name`, `nulls_not_distinct`
    #[table(primary_key([mail], name = "a", name = "b"))] struct Account { mail: String }
      what `name` says is said already
    #[table(check())] struct Account { mail: String }
      what must hold? write `check("…")`
    #[table(check(mail))] struct Account { mail: String }
      `mail` means nothing here; what can stand here is `name`
    #[table(check("a", "b"))] struct Account { mail: String }
      what `check` says is said already
    #[table(foreign_key([mail]))] struct Account { mail: String }
      what does it refer to? write `references = …` into it
    #[table(foreign_key([mail], references))] struct Account { mail: String }
      write `references = Other` for the table of a struct, or `references = "other (id)"`
    #[table(foreign_key([mail], references = 3))] struct Account { mail: String }
      write `references = Other` for the table of a struct, or `references = "other (id)"`
    #[table(foreign_key([mail], references = "other (id"))] struct Account { mail: String }
      write `table`, or `table (column, …)`
    #[table(foreign_key([mail], references = "other (,)"))] struct Account { mail: String }
      write `table`, or `table (column, …)`
    #[table(foreign_key([mail], references = "(id)"))] struct Account { mail: String }
      write `table`, or `table (column, …)`
    #[table(foreign_key([mail], references = Other, on_delete = casacde))] struct Account { mail: String }
      `on_delete` is one of `no_action`, `restrict`, `cascade`, `set_null`, `set_default`
    #[table(foreign_key([mail], references = Other, deferrable = later))] struct Account { mail: String }
      `deferrable` is one of `initially_immediate`, `initially_deferred`
    #[table(foreign_key([mail], on_delete = cascade))] struct Account { mail: String }
      `on_delete` is about a foreign key: write `references = …` beside it
    #[table(index())] struct Account { mail: String }
      write `index([field, …])`
    #[table(index([mail descending]))] struct Account { mail: String }
      `descending` means nothing here; what can stand here is `asc`, `desc`
    #[table(index([mail], filter))] struct Account { mail: String }
      write `filter = "…"`
    #[table(index([mail], mail))] struct Account { mail: String }
      `mail` means nothing here; what can stand here is `name`, `unique`, `filter`
    "#);
}

#[test]
fn what_is_said_of_a_field_is_refused_where_it_means_nothing() {
    let said = [
        "varchar",
        "varchar = \"5\"",
        "numeric = 5",
        "numeric(5)",
        "varchar = 5, sql = \"TEXT\"",
        "nullable, not_null",
        "default = 5",
        "default = \"1\", default_text = \"1\"",
        "unique, unique",
        "unique = \"x\"",
        "generated = \"a\"",
        "stored",
        "generated = \"a\", stored, virtual",
        "on_delete = cascade",
        "on_delete = \"cascade it\", references = Other",
        "index(desc)",
        "comment",
        "type = \"TEXT\"",
        "skip",
    ];
    let sources = said.map(|said| format!("struct Account {{ #[column({said})] mail: String }}"));
    assert_snapshot!(refused(table::expand, sources), @r#"
    struct Account { #[column(varchar)] mail: String }
      write `varchar = 100`
    struct Account { #[column(varchar = "5")] mail: String }
      write `varchar = 100`
    struct Account { #[column(numeric = 5)] mail: String }
      write `numeric(12, 2)`
    struct Account { #[column(numeric(5))] mail: String }
      write `numeric(12, 2)`
    struct Account { #[column(varchar = 5, sql = "TEXT")] mail: String }
      what `sql` says is said already
    struct Account { #[column(nullable, not_null)] mail: String }
      what `not_null` says is said already
    struct Account { #[column(default = 5)] mail: String }
      write `default = "…"`
    struct Account { #[column(default = "1", default_text = "1")] mail: String }
      what `default_text` says is said already
    struct Account { #[column(unique, unique)] mail: String }
      what `unique` says is said already
    struct Account { #[column(unique = "x")] mail: String }
      expected `,` here: `unique` takes nothing more
    struct Account { #[column(generated = "a")] mail: String }
      write `stored` or `virtual` beside it
    struct Account { #[column(stored)] mail: String }
      `stored` is about a computed column: write `generated = "…"` beside it
    struct Account { #[column(generated = "a", stored, virtual)] mail: String }
      what `virtual` says is said already
    struct Account { #[column(on_delete = cascade)] mail: String }
      `on_delete` is about a foreign key: write `references = …` beside it
    struct Account { #[column(on_delete = "cascade it", references = Other)] mail: String }
      `on_delete` is one of `no_action`, `restrict`, `cascade`, `set_null`, `set_default`
    struct Account { #[column(index(desc))] mail: String }
      expected `,` here: `index` takes nothing more
    struct Account { #[column(comment)] mail: String }
      there is no doc comment to take; write one, or `comment = "…"`
    struct Account { #[column(type = "TEXT")] mail: String }
      `type` means nothing here; what can stand here is `name`, `sql`, `varchar`, `char`, `numeric`, `json`, `text`, `nullable`, `not_null`, `default`, `default_text`, `identity`, `generated`, `stored`, `virtual`, `primary_key`, `unique`, `index`, `check`, `references`, `on_delete`, `on_update`, `deferrable`, `comment`, `renamed_from`, `skip`
    struct Account { #[column(skip)] mail: String }
      a table needs a column at least: a field
    "#);
}

#[test]
fn a_table_is_a_struct_and_the_type_of_a_column_an_enum() {
    let tables = ["enum A { B }", "struct A(i64);", "struct A;", "struct A {}"].map(str::to_owned);
    assert_snapshot!(refused(table::expand, tables), @"
    enum A { B }
      a table is a struct; an enum can be the type of a column with `#[derive(ColumnEnum)]`
    struct A(i64);
      a table is a struct with named fields: they are its columns
    struct A;
      a table is a struct with named fields: they are its columns
    struct A {}
      a table needs a column at least: a field
    ");
    let enums = [
        "struct A { b: i64 }",
        "enum A { B(i64) }",
        "#[column_enum(rename = \"b\")] enum A { B }",
        "#[column_enum(rename_all = \"snake\")] enum A { B }",
        "enum A { #[column_enum(rename_all = \"snake_case\")] B }",
    ];
    assert_snapshot!(refused(column_enum::expand, enums.map(str::to_owned)), @r#"
    struct A { b: i64 }
      the values of a column's type are the variants of an enum
    enum A { B(i64) }
      a value of a column's type holds nothing else
    #[column_enum(rename = "b")] enum A { B }
      `rename` means nothing here; what can stand here is `rename_all`
    #[column_enum(rename_all = "snake")] enum A { B }
      `rename_all` is one of lowercase, UPPERCASE, camelCase, snake_case, SCREAMING_SNAKE_CASE, kebab-case
    enum A { #[column_enum(rename_all = "snake_case")] B }
      `rename_all` means nothing here; what can stand here is `rename`
    "#);
}

#[test]
fn a_new_row_says_where_it_goes_and_a_row_has_fields() {
    let sources = [
        "struct New { name: String }",
        "#[new_row] struct New { name: String }",
        "#[new_row(table)] struct New { name: String }",
        "#[new_row(table = \"account\")] struct New { name: String }",
        "#[new_row(into = Account)] struct New { name: String }",
        "#[new_row(table = Account)] struct New(String);",
        "#[new_row(table = Account)] struct New { #[column(jsn)] name: String }",
    ];
    assert_snapshot!(refused(row::expand_new_row, sources.map(str::to_owned)), @r#"
    struct New { name: String }
      say into which table it goes: `#[new_row(table = …)]`, the struct that derives `Table`
    #[new_row] struct New { name: String }
      expected attribute arguments in parentheses: #[new_row(...)]
    #[new_row(table)] struct New { name: String }
      write `table = …`, with the struct that derives `Table`
    #[new_row(table = "account")] struct New { name: String }
      write `table = …`, with the struct that derives `Table`
    #[new_row(into = Account)] struct New { name: String }
      `into` means nothing here; what can stand here is `table`
    #[new_row(table = Account)] struct New(String);
      a table is a struct with named fields: they are its columns
    #[new_row(table = Account)] struct New { #[column(jsn)] name: String }
      `jsn` means nothing here; what can stand here is `name`, `sql`, `varchar`, `char`, `numeric`, `json`, `text`, `nullable`, `not_null`, `default`, `default_text`, `identity`, `generated`, `stored`, `virtual`, `primary_key`, `unique`, `index`, `check`, `references`, `on_delete`, `on_update`, `deferrable`, `comment`, `renamed_from`, `skip`
    "#);
    let sources = [
        "enum Row { One }",
        "struct Row { #[column(json, text)] name: String }",
        "struct Row { #[column(skip)] name: String }",
    ];
    assert_snapshot!(refused(row::expand_from_row, sources.map(str::to_owned)), @"
    enum Row { One }
      a table is a struct; an enum can be the type of a column with `#[derive(ColumnEnum)]`
    struct Row { #[column(json, text)] name: String }
      what `text` says is said already
    struct Row { #[column(skip)] name: String }
      a table needs a column at least: a field
    ");
}

#[test]
fn folders_are_named_as_texts_and_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let messages = ["c", "c,", "c, folder", "c, \"src\" recursive", "c, \"nowhere\""].map(|arguments| {
        let expanded =
            syn::parse_str::<embed::Embed>(arguments).and_then(|embed| embed::expand(&embed, root));
        match expanded {
            Ok(expanded) => panic!("{arguments}: {expanded}"),
            Err(error) => error.to_string().replace(env!("CARGO_MANIFEST_DIR"), "…"),
        }
    });
    assert_snapshot!(messages.join("\n"), @r#"
    name a folder: `embed!("migrations")`
    name a folder: `embed!("migrations")`
    a folder as a text is expected here, or `recursive`
    unexpected token
    …/nowhere: No such file or directory (os error 2)
    "#);
}

/// In the order of a folder that is read when the program runs, with the files of rows.
#[test]
fn scripts_and_files_of_rows_are_embedded_by_their_paths() {
    let root = tempfile::TempDir::new().unwrap();
    std::fs::create_dir_all(root.path().join("m/seed")).unwrap();
    for file in [
        "b.sql",
        "a.SQL",
        ".hidden.sql",
        "notes.txt",
        "seed/rows.csv",
        "seed/more.sql",
    ] {
        std::fs::write(root.path().join("m").join(file), "").unwrap();
    }
    let embedded = |arguments: &str| {
        let embed = syn::parse_str::<embed::Embed>(arguments).unwrap();
        embed::expand(&embed, root.path()).unwrap().to_string()
    };
    assert_snapshot!(embedded("$crate, \"m\""), @r#"$ crate :: script :: EmbeddedSource :: new (& [("m/a.SQL" , :: core :: include_str ! (:: core :: concat ! (:: core :: env ! ("CARGO_MANIFEST_DIR") , "/m/a.SQL"))) , ("m/b.sql" , :: core :: include_str ! (:: core :: concat ! (:: core :: env ! ("CARGO_MANIFEST_DIR") , "/m/b.sql")))] , & [("m/seed/rows.csv" , :: core :: include_bytes ! (:: core :: concat ! (:: core :: env ! ("CARGO_MANIFEST_DIR") , "/m/seed/rows.csv")) as & [u8])])"#);
    let deep = embedded("$crate, \"m\", recursive");
    let places = [
        "\"m/a.SQL\"",
        "\"m/b.sql\"",
        "\"m/seed/more.sql\"",
        "\"m/seed/rows.csv\"",
    ]
    .map(|name| deep.find(name));
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{deep}");
}
