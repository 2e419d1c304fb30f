//! `#[derive(ColumnEnum)]`

use proc_macro2::TokenStream;
use quote::quote;
use syn::Attribute;
use syn::Data;
use syn::DeriveInput;
use syn::Fields;
use syn::LitStr;
use syn::Variant;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

use crate::case::CASES;
use crate::case::in_case;
use crate::list::each_word;
use crate::list::once;
use crate::list::text;
use crate::list::unknown;

pub(crate) fn expand(input: &DeriveInput) -> syn::Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        let message = "the values of a column's type are the variants of an enum";
        return Err(syn::Error::new(input.ident.span(), message));
    };
    let case = said(&input.attrs, "rename_all")?;
    let case = case.as_ref();
    if let Some(case) = case.filter(|case| !CASES.contains(&case.value().as_str())) {
        let message = format!("`rename_all` is one of {}", CASES.join(", "));
        return Err(syn::Error::new(case.span(), message));
    }
    let values = data.variants.iter().map(|variant| value(variant, case));
    let values = values.collect::<syn::Result<Vec<LitStr>>>()?;
    let variants: Vec<_> = data.variants.iter().map(|variant| &variant.ident).collect();
    let expected = values.iter().map(|value| format!("'{}'", value.value()));
    let expected = format!("one of {}", expected.collect::<Vec<_>>().join(", "));
    let ident = &input.ident;
    let (generics, arguments, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #generics ::limbeck_core::models::ColumnValue for #ident #arguments #bounds {
            fn data_type() -> ::limbeck_core::schema::DataType {
                ::limbeck_core::schema::DataType::Enum {
                    values: ::std::vec![#(::std::string::String::from(#values)),*],
                }
            }
        }

        #[automatically_derived]
        impl #generics ::limbeck_core::row::FromValue for #ident #arguments #bounds {
            fn from_value(
                value: &::limbeck_core::dialect::Value,
            ) -> ::core::result::Result<Self, ::limbeck_core::row::ValueError> {
                match value.as_text() {
                    #(::core::option::Option::Some(#values) => ::core::result::Result::Ok(Self::#variants),)*
                    _ => ::core::result::Result::Err(::limbeck_core::row::ValueError::new(#expected, value)),
                }
            }
        }

        #[automatically_derived]
        impl #generics ::limbeck_core::row::ToValue for #ident #arguments #bounds {
            fn to_value(&self) -> ::limbeck_core::dialect::Value {
                ::limbeck_core::dialect::Value::from(match *self {
                    #(Self::#variants => #values,)*
                })
            }
        }
    })
}

/// The text of a variant.
fn value(variant: &Variant, case: Option<&LitStr>) -> syn::Result<LitStr> {
    if !matches!(variant.fields, Fields::Unit) {
        let message = "a value of a column's type holds nothing else";
        return Err(syn::Error::new(variant.ident.span(), message));
    }
    if let Some(text) = said(&variant.attrs, "rename")? {
        return Ok(text);
    }
    let name = variant.ident.unraw().to_string();
    let text = case.and_then(|case| in_case(&name, &case.value()));
    Ok(LitStr::new(&text.unwrap_or(name), variant.ident.span()))
}

/// What `#[column_enum(… = "…")]` says by this word, the only one that may stand there.
fn said(attributes: &[Attribute], known: &str) -> syn::Result<Option<LitStr>> {
    let mut found = None;
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("column_enum"))
    {
        attribute.parse_args_with(|input: ParseStream<'_>| {
            each_word(input, |word, input| match word == known {
                true => once(&mut found, &word, text(&word, input)?),
                false => Err(unknown(&word, &[known])),
            })
        })?;
    }
    Ok(found)
}
