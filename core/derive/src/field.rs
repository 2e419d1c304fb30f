//! How a field is read from a row, and written into a new one.

use proc_macro2::TokenStream;
use quote::quote;
use quote::quote_spanned;
use syn::spanned::Spanned;

use crate::column::Column;
use crate::column::Form;
use crate::column::option;

impl Column {
    /// The type in the wrapper that reads it, and whether NULL is one of its values.
    fn wrapped(&self) -> (TokenStream, bool) {
        let (inner, is_option) = match option(&self.rust) {
            Some(inner) => (inner, true),
            None => (&self.rust, false),
        };
        let wrapper = match self.form {
            Some(Form::Json) => quote!(::limbeck_core::row::Json<#inner>),
            _ => quote!(::limbeck_core::row::Text<#inner>),
        };
        match is_option {
            true => (quote!(::core::option::Option<#wrapper>), true),
            false => (wrapper, false),
        }
    }

    /// `field: value,` of the struct that is made of a row.
    pub(crate) fn read_field(&self) -> TokenStream {
        let (field, name, rust) = (&self.field, self.exact_name(), &self.rust);
        if self.form.is_none() {
            return quote_spanned!(rust.span()=> #field: fields.get::<#rust>(#name)?,);
        }
        match self.wrapped() {
            (wrapped, true) => quote!(#field: fields.get::<#wrapped>(#name)?.map(|value| value.0),),
            (wrapped, false) => quote!(#field: fields.get::<#wrapped>(#name)?.0,),
        }
    }

    pub(crate) fn read_bound(&self) -> TokenStream {
        let rust = match self.form {
            None => {
                let rust = &self.rust;
                quote!(#rust)
            }
            Some(_) => self.wrapped().0,
        };
        quote!(for<'row> #rust: ::limbeck_core::row::FromValue)
    }

    /// The value of the field.
    pub(crate) fn write_field(&self) -> TokenStream {
        let (field, rust) = (&self.field, &self.rust);
        let is_option = option(rust).is_some();
        match (self.form, is_option) {
            (None, _) => quote_spanned! {rust.span()=>
                ::limbeck_core::row::ToValue::to_value(&self.#field)
            },
            (Some(Form::Text), true) => quote! {
                ::limbeck_core::row::ToValue::to_value(&self.#field.as_ref().map(::limbeck_core::row::Text))
            },
            (Some(Form::Text), false) => quote! {
                ::limbeck_core::row::ToValue::to_value(&::limbeck_core::row::Text(&self.#field))
            },
            (Some(Form::Json), true) => {
                let written = self.written_json(&quote!(value));
                quote! {
                    match &self.#field {
                        ::core::option::Option::Some(value) => #written,
                        ::core::option::Option::None => ::limbeck_core::dialect::Value::Null,
                    }
                }
            }
            (Some(Form::Json), false) => self.written_json(&quote!(&self.#field)),
        }
    }

    fn written_json(&self, value: &TokenStream) -> TokenStream {
        let name = self.exact_name();
        quote! {
            ::limbeck_core::row::WriteJson::write_json(#value).map_err(|error| {
                ::limbeck_core::row::RowError::unwritable::<Self>(#name, error)
            })?
        }
    }

    pub(crate) fn write_bound(&self) -> TokenStream {
        let rust = &self.rust;
        let inner = option(rust).unwrap_or(rust);
        match self.form {
            None => quote!(for<'row> #rust: ::limbeck_core::row::ToValue),
            Some(Form::Text) => quote! {
                for<'row> ::limbeck_core::row::Text<&'row #inner>: ::limbeck_core::row::ToValue
            },
            Some(Form::Json) => quote!(for<'row> #inner: ::limbeck_core::row::WriteJson),
        }
    }
}
