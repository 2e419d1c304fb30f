//! How the fields of a struct are read from a row, and written into a new one.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Data;
use syn::DeriveInput;
use syn::Fields;
use syn::Path;
use syn::Token;
use syn::WhereClause;
use syn::parse::ParseStream;

use crate::column::Column;
use crate::column::Columns;
use crate::list::each_word;
use crate::list::once;
use crate::list::unknown;
use crate::table::columns;

/// Whether the implementation holds only where the types of the fields let it.
///
/// A table whose fields cannot be read is a table all the same. The bounds are those of any lifetime, or the compiler would
/// look at them before somebody needs them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bounds {
    Checked,
    Deferred,
}

/// `#[derive(FromRow)]`
pub(crate) fn expand_from_row(input: &DeriveInput) -> syn::Result<TokenStream> {
    Ok(from_row(input, &columns(input)?, Bounds::Checked))
}

/// `#[derive(NewRow)]`
pub(crate) fn expand_new_row(input: &DeriveInput) -> syn::Result<TokenStream> {
    let mut table: Option<Path> = None;
    for attribute in input
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("new_row"))
    {
        attribute.parse_args_with(|list: ParseStream<'_>| {
            each_word(list, |word, list| match word == "table" {
                true => {
                    let expected = "write `table = …`, with the struct that derives `Table`";
                    let expected = |_| syn::Error::new(word.span(), expected);
                    list.parse::<Token![=]>().map_err(expected)?;
                    once(&mut table, &word, list.parse().map_err(expected)?)
                }
                false => Err(unknown(&word, &["table"])),
            })
        })?;
    }
    let missing = "say into which table it goes: `#[new_row(table = …)]`, the struct that derives `Table`";
    let table = table.ok_or_else(|| syn::Error::new(input.ident.span(), missing))?;
    let columns = columns(input)?;
    let written: Vec<&Column> = columns.0.iter().collect();
    Ok(new_row(input, &quote!(#table), &written, Bounds::Checked))
}

/// How a row becomes the struct.
pub(crate) fn from_row(input: &DeriveInput, columns: &Columns, bounds: Bounds) -> TokenStream {
    let reads = columns.0.iter().map(Column::read_field);
    let skipped = skipped(input, columns);
    let defaults = skipped
        .iter()
        .map(|(name, _)| quote!(#name: ::core::default::Default::default(),));
    let types = skipped.iter().map(|(_, rust)| rust);
    let mut needed: Vec<TokenStream> = columns.0.iter().map(Column::read_bound).collect();
    needed.extend(types.map(|rust| quote!(for<'row> #rust: ::core::default::Default)));
    let ident = &input.ident;
    let (generics, arguments, bound) = input.generics.split_for_impl();
    let bound = with(bound, &needed, bounds);
    quote! {
        #[automatically_derived]
        impl #generics ::limbeck_core::row::FromRow for #ident #arguments #bound {
            fn from_row(
                fields: &::limbeck_core::row::Fields<'_>,
            ) -> ::core::result::Result<Self, ::limbeck_core::row::RowError> {
                ::core::result::Result::Ok(Self { #(#reads)* #(#defaults)* })
            }
        }
    }
}

/// How the struct becomes a new row of a table.
pub(crate) fn new_row(
    input: &DeriveInput,
    table: &TokenStream,
    columns: &[&Column],
    bounds: Bounds,
) -> TokenStream {
    let names = columns.iter().map(|column| column.exact_name());
    let values = columns.iter().map(|column| column.write_field());
    let needed: Vec<TokenStream> = columns.iter().map(|column| column.write_bound()).collect();
    let ident = &input.ident;
    let (generics, arguments, bound) = input.generics.split_for_impl();
    let bound = with(bound, &needed, bounds);
    quote! {
        #[automatically_derived]
        impl #generics ::limbeck_core::row::NewRow for #ident #arguments #bound {
            type Table = #table;

            const COLUMNS: &'static [&'static str] = &[#(#names),*];

            fn values(
                &self,
            ) -> ::core::result::Result<
                ::std::vec::Vec<::limbeck_core::dialect::Value>,
                ::limbeck_core::row::RowError,
            > {
                ::core::result::Result::Ok(::std::vec![#(#values),*])
            }
        }
    }
}

/// The fields that are no columns, with their types.
fn skipped<'a>(input: &'a DeriveInput, columns: &Columns) -> Vec<(&'a syn::Ident, &'a syn::Type)> {
    let Data::Struct(data) = &input.data else {
        return Vec::new();
    };
    let Fields::Named(fields) = &data.fields else {
        return Vec::new();
    };
    let fields = fields.named.iter();
    let named = fields.filter_map(|field| Some((field.ident.as_ref()?, &field.ty)));
    named.filter(|(ident, _)| !columns.has(ident)).collect()
}

fn with(bound: Option<&WhereClause>, needed: &[TokenStream], bounds: Bounds) -> TokenStream {
    let own = bound.iter().flat_map(|clause| clause.predicates.iter());
    match bounds {
        Bounds::Checked => quote!(where #(#own,)*),
        Bounds::Deferred => quote!(where #(#own,)* #(#needed,)*),
    }
}
