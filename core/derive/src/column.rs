//! Columns: the fields of the struct.

use proc_macro2::Ident;
use proc_macro2::Span;
use proc_macro2::TokenStream;
use quote::quote;
use quote::quote_spanned;
use syn::Field;
use syn::LitInt;
use syn::LitStr;
use syn::Token;
use syn::Type;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;

use crate::constraint::parentheses;
use crate::document;
use crate::list::again;
use crate::list::each_word;
use crate::list::once;
use crate::list::text;
use crate::list::unknown;
use crate::reference::Reference;

const WORDS: [&str; 25] = [
    "name",
    "sql",
    "varchar",
    "char",
    "numeric",
    "json",
    "text",
    "nullable",
    "not_null",
    "default",
    "default_text",
    "identity",
    "generated",
    "stored",
    "virtual",
    "primary_key",
    "unique",
    "index",
    "check",
    "references",
    "on_delete",
    "on_update",
    "deferrable",
    "comment",
    "renamed_from",
];

/// What a column holds where it does not hold the value of the field as it is.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// Its JSON.
    Json,
    /// What its `Display` writes and its `FromStr` reads.
    Text,
}

/// A field that is a column.
pub(crate) struct Column {
    pub(crate) field: Ident,
    pub(crate) rust: Type,
    name: Option<LitStr>,
    data_type: Option<LitStr>,
    pub(crate) form: Option<Form>,
    nullable: Option<bool>,
    /// The calls that say the rest of the column itself, but for its foreign key.
    calls: Vec<TokenStream>,
    default: Option<()>,
    generated: Option<LitStr>,
    storage: Option<Ident>,
    flags: Vec<Ident>,
    reference: Reference,
    pub(crate) former_name: Option<LitStr>,
    skip: bool,
}

impl Column {
    /// The column of a field; none where it says that it is no column.
    pub(crate) fn of(field: &Field, ident: &Ident) -> syn::Result<Option<Self>> {
        let mut column = Self {
            field: ident.clone(),
            rust: field.ty.clone(),
            name: None,
            data_type: None,
            form: None,
            nullable: None,
            calls: Vec::new(),
            default: None,
            generated: None,
            storage: None,
            flags: Vec::new(),
            reference: Reference::default(),
            former_name: None,
            skip: false,
        };
        for attribute in field
            .attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("column"))
        {
            attribute.parse_args_with(|input: ParseStream<'_>| {
                each_word(input, |word, input| column.read(&word, input, field))
            })?;
        }
        Ok((!column.skip).then_some(column))
    }

    fn read(&mut self, word: &Ident, input: ParseStream<'_>, field: &Field) -> syn::Result<()> {
        if self.reference.read(word, input)? {
            return Ok(());
        }
        match word.to_string().as_str() {
            "name" => once(&mut self.name, word, text(word, input)?),
            "renamed_from" => once(&mut self.former_name, word, text(word, input)?),
            "sql" => once(&mut self.data_type, word, text(word, input)?),
            "varchar" | "char" | "numeric" => once(&mut self.data_type, word, shorthand(word, input)?),
            "json" => once(&mut self.form, word, Form::Json),
            "text" => once(&mut self.form, word, Form::Text),
            "nullable" => once(&mut self.nullable, word, true),
            "not_null" => once(&mut self.nullable, word, false),
            "default" => self.default(word, input, |text| quote!(.default(#text))),
            "default_text" => self.default(word, input, |text| quote!(.default_text(#text))),
            "check" => {
                let expression = text(word, input)?;
                self.calls.push(quote!(.check(#expression)));
                Ok(())
            }
            "comment" => {
                let comment = document::comment(word, input, &field.attrs)?;
                self.calls.push(quote!(.comment(#comment)));
                Ok(())
            }
            "generated" => once(&mut self.generated, word, text(word, input)?),
            "stored" | "virtual" => once(&mut self.storage, word, word.clone()),
            "identity" | "primary_key" | "unique" | "index" => self.flag(word),
            "skip" => {
                self.skip = true;
                Ok(())
            }
            _ => Err(unknown(word, &[&WORDS[..], &["skip"]].concat())),
        }
    }

    fn default(
        &mut self,
        word: &Ident,
        input: ParseStream<'_>,
        call: impl FnOnce(&LitStr) -> TokenStream,
    ) -> syn::Result<()> {
        let value = text(word, input)?;
        once(&mut self.default, word, ())?;
        self.calls.push(call(&value));
        Ok(())
    }

    fn flag(&mut self, word: &Ident) -> syn::Result<()> {
        if self.has(&word.to_string()) {
            return Err(again(word));
        }
        self.flags.push(word.clone());
        Ok(())
    }

    fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|word| word == flag)
    }

    fn name(&self) -> LitStr {
        let of_field = || LitStr::new(&self.field.unraw().to_string(), self.field.span());
        self.name.clone().unwrap_or_else(of_field)
    }

    /// The name as the database has it.
    pub(crate) fn exact_name(&self) -> LitStr {
        let name = self.name();
        let text = name.value();
        let quoted = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let exact = match quoted {
            Some(quoted) => quoted.replace("\"\"", "\""),
            None => text.to_ascii_lowercase(),
        };
        LitStr::new(&exact, name.span())
    }

    /// Whether the engine gives the rows its values.
    pub(crate) fn is_identity(&self) -> bool {
        self.has("identity")
    }

    /// Whether the engine computes it.
    pub(crate) const fn is_generated(&self) -> bool {
        self.generated.is_some()
    }

    pub(crate) fn is_primary_key(&self) -> bool {
        self.has("primary_key")
    }

    /// The former name and the one of now.
    pub(crate) fn renamed(&self) -> Option<TokenStream> {
        let (from, to) = (self.former_name.as_ref()?, self.name());
        Some(quote!((#from, #to)))
    }

    /// The statement that adds the column; `key_is_named` says that the table has a primary key already.
    pub(crate) fn statement(&self, key_is_named: bool) -> syn::Result<TokenStream> {
        let name = self.name();
        let (rust, is_option) = match option(&self.rust) {
            Some(inner) => (inner, true),
            None => (&self.rust, false),
        };
        let data_type = match &self.data_type {
            Some(text) => quote!(#text),
            None if matches!(self.form, Some(Form::Json)) => quote!("JSON"),
            None if matches!(self.form, Some(Form::Text)) => quote!("TEXT"),
            None => quote_spanned! {rust.span()=>
                <#rust as ::limbeck_core::models::ColumnValue>::data_type()
            },
        };
        let null = match self.nullable.unwrap_or(is_option) {
            true => quote!(.nullable()),
            false => quote!(.not_null()),
        };
        let identity = self.has("identity").then(|| quote!(.identity()));
        let is_key = self.is_primary_key() || (self.has("identity") && !key_is_named);
        let key = is_key.then(|| quote!(.primary_key()));
        let unique = self.has("unique").then(|| quote!(.unique()));
        let generated = self.generated()?;
        let calls = &self.calls;
        let reference = self
            .reference
            .parts()?
            .map(|(table, calls)| match calls.is_empty() {
                true => quote!(.references(#table)),
                false => quote!(.foreign_key(#table, |key| { key #calls; })),
            });
        let index = self.has("index").then(|| quote!(table.index([#name]);));
        Ok(quote! {
            table.column(#name, #data_type)#identity #null #generated #key #unique #(#calls)* #reference;
            #index
        })
    }

    fn generated(&self) -> syn::Result<Option<TokenStream>> {
        match (&self.generated, &self.storage) {
            (None, None) => Ok(None),
            (Some(expression), Some(word)) if word == "stored" => Ok(Some(quote!(.stored_as(#expression)))),
            (Some(expression), Some(_)) => Ok(Some(quote!(.virtual_as(#expression)))),
            (Some(expression), None) => Err(syn::Error::new(
                expression.span(),
                "write `stored` or `virtual` beside it",
            )),
            (None, Some(word)) => {
                let message =
                    format!("`{word}` is about a computed column: write `generated = \"…\"` beside it");
                Err(syn::Error::new(word.span(), message))
            }
        }
    }
}

/// `varchar = 100`, `char = 2` or `numeric(12, 2)`, as the type that it is.
fn shorthand(word: &Ident, input: ParseStream<'_>) -> syn::Result<LitStr> {
    let wrong = |example: &str| syn::Error::new(word.span(), format!("write `{word}{example}`"));
    let numbers = if word == "numeric" {
        let content = parentheses(word, input, "12, 2")?;
        let numbers = Punctuated::<LitInt, Token![,]>::parse_terminated(&content);
        let numbers = numbers.map_err(|_| wrong("(12, 2)"))?;
        let digits: Vec<&str> = numbers.iter().map(LitInt::base10_digits).collect();
        match digits.len() {
            2 => digits.join(", "),
            _ => return Err(wrong("(12, 2)")),
        }
    } else {
        input.parse::<Token![=]>().map_err(|_| wrong(" = 100"))?;
        let length: LitInt = input.parse().map_err(|_| wrong(" = 100"))?;
        length.base10_digits().to_owned()
    };
    let sql = format!("{}({numbers})", word.to_string().to_uppercase());
    Ok(LitStr::new(&sql, word.span()))
}

/// The type in an `Option`.
pub(crate) fn option(rust: &Type) -> Option<&Type> {
    let Type::Path(path) = rust else {
        return None;
    };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

/// The columns by their fields.
pub(crate) struct Columns(pub(crate) Vec<Column>);

impl Columns {
    /// The name of the column of a field.
    pub(crate) fn name(&self, field: &Ident) -> syn::Result<LitStr> {
        let found = self.0.iter().find(|column| column.field.unraw() == field.unraw());
        match found {
            Some(column) => Ok(LitStr::new(&column.name().value(), field.span())),
            None => Err(self.missing(field)),
        }
    }

    /// The names of the columns of some fields.
    pub(crate) fn names(&self, fields: &[Ident]) -> syn::Result<Vec<LitStr>> {
        fields.iter().map(|field| self.name(field)).collect()
    }

    /// Whether a field is one of them.
    pub(crate) fn has(&self, field: &Ident) -> bool {
        self.0.iter().any(|column| column.field == *field)
    }

    fn missing(&self, field: &Ident) -> syn::Error {
        let known: Vec<String> = self
            .0
            .iter()
            .map(|column| format!("`{}`", column.field))
            .collect();
        let message = format!("the struct has no column `{field}`; it has {}", known.join(", "));
        syn::Error::new(field.span(), message)
    }

    /// Where something is said of no column at all.
    pub(crate) fn check(&self, place: Span) -> syn::Result<()> {
        match self.0.is_empty() {
            true => Err(syn::Error::new(place, "a table needs a column at least: a field")),
            false => Ok(()),
        }
    }
}
