//! What a foreign key refers to, and what happens to it.

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use quote::quote_spanned;
use syn::LitStr;
use syn::Path;
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;

use crate::list::once;

/// The words of it.
pub(crate) const WORDS: [&str; 4] = ["references", "on_delete", "on_update", "deferrable"];

const ACTIONS: [(&str, &str); 5] = [
    ("no_action", "NoAction"),
    ("restrict", "Restrict"),
    ("cascade", "Cascade"),
    ("set_null", "SetNull"),
    ("set_default", "SetDefault"),
];

const MOMENTS: [(&str, &str); 2] = [
    ("initially_immediate", "InitiallyImmediate"),
    ("initially_deferred", "InitiallyDeferred"),
];

/// What is said of a foreign key beside its columns.
#[derive(Default)]
pub(crate) struct Reference {
    target: Option<Target>,
    on_delete: Option<Ident>,
    on_update: Option<Ident>,
    deferrable: Option<Ident>,
    /// The first word that needs a target.
    first: Option<Ident>,
}

enum Target {
    /// A struct that is a table; its primary key.
    Type(Path),
    /// A table by its name, and perhaps columns of it.
    Name { table: LitStr, columns: Vec<LitStr> },
}

impl Reference {
    /// Takes in a word of a foreign key; whether it is one.
    pub(crate) fn read(&mut self, word: &Ident, input: ParseStream<'_>) -> syn::Result<bool> {
        match word.to_string().as_str() {
            "references" => {
                input.parse::<Token![=]>().map_err(|_| unreadable(word))?;
                once(&mut self.target, word, target(input)?)?;
            }
            "on_delete" => once(&mut self.on_delete, word, choice(word, input, &ACTIONS)?)?,
            "on_update" => once(&mut self.on_update, word, choice(word, input, &ACTIONS)?)?,
            "deferrable" if !input.peek(Token![=]) => {
                let immediate = Ident::new("InitiallyImmediate", word.span());
                once(&mut self.deferrable, word, immediate)?;
            }
            "deferrable" => once(&mut self.deferrable, word, choice(word, input, &MOMENTS)?)?,
            _ => return Ok(false),
        }
        self.first.get_or_insert_with(|| word.clone());
        Ok(true)
    }

    /// The table that is referred to, and the calls that say the rest; nothing when there is no foreign key.
    pub(crate) fn parts(&self) -> syn::Result<Option<(TokenStream, TokenStream)>> {
        let table = match (&self.target, &self.first) {
            (None, None) => return Ok(None),
            (None, Some(word)) => {
                let message = format!("`{word}` is about a foreign key: write `references = …` beside it");
                return Err(syn::Error::new(word.span(), message));
            }
            (Some(Target::Type(path)), _) => quote_spanned! {path.span()=>
                <#path as ::limbeck_core::models::Table>::NAME
            },
            (Some(Target::Name { table, .. }), _) => quote!(#table),
        };
        let columns = match &self.target {
            Some(Target::Name { columns, .. }) if !columns.is_empty() => quote!(.references([#(#columns),*])),
            _ => TokenStream::new(),
        };
        let deleted = self.on_delete.iter();
        let updated = self.on_update.iter();
        let deferrable = self.deferrable.iter();
        let calls = quote! {
            #columns
            #(.on_delete(::limbeck_core::schema::ReferentialAction::#deleted))*
            #(.on_update(::limbeck_core::schema::ReferentialAction::#updated))*
            #(.deferrable(::limbeck_core::schema::Deferrable::#deferrable))*
        };
        Ok(Some((table, calls)))
    }
}

fn unreadable(word: &Ident) -> syn::Error {
    let message = "write `references = Other` for the table of a struct, or `references = \"other (id)\"`";
    syn::Error::new(word.span(), message)
}

fn target(input: ParseStream<'_>) -> syn::Result<Target> {
    if !input.peek(LitStr) {
        let place = input.span();
        let path = input
            .parse()
            .map_err(|_| unreadable(&Ident::new("references", place)))?;
        return Ok(Target::Type(path));
    }
    let text: LitStr = input.parse()?;
    let value = text.value();
    let wrong = || syn::Error::new(text.span(), "write `table`, or `table (column, …)`");
    let (table, columns) = match opening(&value) {
        None => (value.as_str(), None),
        Some(at) => {
            let (table, rest) = value.split_at(at);
            let inside = rest
                .trim_end()
                .strip_prefix('(')
                .and_then(|rest| rest.strip_suffix(')'));
            (table, Some(inside.ok_or_else(wrong)?))
        }
    };
    let literal = |part: &str| LitStr::new(part.trim(), text.span());
    let columns = columns.map_or_else(Vec::new, |list| list.split(',').map(literal).collect());
    if table.trim().is_empty() || columns.iter().any(|column| column.value().is_empty()) {
        return Err(wrong());
    }
    Ok(Target::Name {
        table: literal(table),
        columns,
    })
}

/// Where the parenthesis of the columns opens, outside of a name in quotes.
fn opening(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.char_indices().find_map(|(at, letter)| {
        quoted ^= letter == '"';
        (letter == '(' && !quoted).then_some(at)
    })
}

/// `= word`, or the same as a text: `= "set null"`.
fn choice(word: &Ident, input: ParseStream<'_>, choices: &[(&str, &str)]) -> syn::Result<Ident> {
    let known: Vec<String> = choices.iter().map(|(name, _)| format!("`{name}`")).collect();
    let wrong = |place| syn::Error::new(place, format!("`{word}` is one of {}", known.join(", ")));
    input.parse::<Token![=]>().map_err(|_| wrong(word.span()))?;
    let (said, place) = if input.peek(LitStr) {
        let text: LitStr = input.parse()?;
        (text.value().to_lowercase().replace(' ', "_"), text.span())
    } else {
        let said = input.call(Ident::parse_any).map_err(|_| wrong(word.span()))?;
        (said.to_string(), said.span())
    };
    let variant = choices.iter().find(|(name, _)| *name == said);
    let (_, variant) = variant.ok_or_else(|| wrong(place))?;
    Ok(Ident::new(variant, place))
}
