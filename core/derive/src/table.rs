//! `#[derive(Table)]`

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Data;
use syn::DeriveInput;
use syn::Fields;
use syn::LitStr;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::case::snake;
use crate::column::Column;
use crate::column::Columns;
use crate::constraint::Constraint;
use crate::document;
use crate::index::Index;
use crate::list::each_word;
use crate::list::once;
use crate::list::text;
use crate::list::unknown;
use crate::row;
use crate::row::Bounds;

const WORDS: [&str; 8] = [
    "name",
    "primary_key",
    "unique",
    "check",
    "foreign_key",
    "index",
    "comment",
    "renamed_from",
];

/// What is said of the struct.
#[derive(Default)]
struct Said {
    name: Option<LitStr>,
    former_name: Option<LitStr>,
    comment: Option<LitStr>,
    parts: Vec<Part>,
}

enum Part {
    Constraint(Constraint),
    Index(Index),
}

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let said = Said::of(input)?;
    let columns = columns(input)?;
    let key_is_named = columns.0.iter().any(Column::is_primary_key)
        || said
            .parts
            .iter()
            .any(|part| matches!(part, Part::Constraint(one) if one.is_primary_key()));
    let statements = columns.0.iter().map(|column| column.statement(key_is_named));
    let statements = statements.collect::<syn::Result<Vec<_>>>()?;
    let parts = said.parts.iter().map(|part| match part {
        Part::Constraint(constraint) => constraint.statement(&columns),
        Part::Index(index) => index.statement(&columns),
    });
    let parts = parts.collect::<syn::Result<Vec<_>>>()?;
    let ident = &input.ident;
    let of_struct = || LitStr::new(&snake(&ident.unraw().to_string()), ident.span());
    let name = said.name.clone().unwrap_or_else(of_struct);
    let comment = said.comment.iter();
    let former_name = said.former_name.iter();
    let renamed: Vec<_> = columns.0.iter().filter_map(Column::renamed).collect();
    let former_columns = (!renamed.is_empty()).then(|| {
        quote! {
            const FORMER_COLUMNS: &'static [(&'static str, &'static str)] = &[#(#renamed),*];
        }
    });
    let names = columns.0.iter().map(Column::exact_name);
    let identity = columns.0.iter().find(|column| column.is_identity());
    let identity = identity.map(Column::exact_name).into_iter();
    let rows = rows(input, &columns);
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        #rows

        #[automatically_derived]
        impl #generics ::limbeck_core::models::Table for #ident #arguments #bounds {
            const NAME: &'static str = #name;
            #(const FORMER_NAME: ::core::option::Option<&'static str> = ::core::option::Option::Some(#former_name);)*
            #former_columns
            const COLUMNS: &'static [&'static str] = &[#(#names),*];
            #(const IDENTITY: ::core::option::Option<&'static str> = ::core::option::Option::Some(#identity);)*

            fn define(table: &mut ::limbeck_core::operation::CreateTable) {
                #(#statements)*
                #(#parts)*
                #(table.comment(#comment);)*
            }
        }
    })
}

/// How a row is read as the struct, and how the struct is a new one.
fn rows(input: &DeriveInput, columns: &Columns) -> TokenStream {
    let from_row = row::from_row(input, columns, Bounds::Deferred);
    let is_given = |column: &&Column| !column.is_identity() && !column.is_generated();
    let given: Vec<&Column> = columns.0.iter().filter(is_given).collect();
    let new_row = (!given.is_empty()).then(|| row::new_row(input, &quote!(Self), &given, Bounds::Deferred));
    quote!(#from_row #new_row)
}

impl Said {
    fn of(input: &DeriveInput) -> syn::Result<Self> {
        let mut said = Self::default();
        for attribute in input
            .attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("table"))
        {
            attribute.parse_args_with(|list: ParseStream<'_>| {
                each_word(list, |word, list| said.read(&word, list, input))
            })?;
        }
        Ok(said)
    }

    fn read(&mut self, word: &Ident, list: ParseStream<'_>, input: &DeriveInput) -> syn::Result<()> {
        if let Some(constraint) = Constraint::read(word, list)? {
            self.parts.push(Part::Constraint(constraint));
            return Ok(());
        }
        match word.to_string().as_str() {
            "name" => once(&mut self.name, word, text(word, list)?),
            "renamed_from" => once(&mut self.former_name, word, text(word, list)?),
            "comment" => once(
                &mut self.comment,
                word,
                document::comment(word, list, &input.attrs)?,
            ),
            "index" => {
                self.parts.push(Part::Index(Index::read(word, list)?));
                Ok(())
            }
            _ => Err(unknown(word, &WORDS)),
        }
    }
}

pub(crate) fn columns(input: &DeriveInput) -> syn::Result<Columns> {
    let wrong = |message: &str| Err(syn::Error::new(input.ident.span(), message));
    let Data::Struct(data) = &input.data else {
        return wrong(
            "a table is a struct; an enum can be the type of a column with `#[derive(ColumnEnum)]`",
        );
    };
    let Fields::Named(fields) = &data.fields else {
        return wrong("a table is a struct with named fields: they are its columns");
    };
    let mut columns = Vec::new();
    for field in &fields.named {
        if let Some(ident) = &field.ident {
            columns.extend(Column::of(field, ident)?);
        }
    }
    let columns = Columns(columns);
    columns.check(input.ident.span())?;
    Ok(columns)
}
