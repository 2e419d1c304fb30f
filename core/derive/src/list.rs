//! Lists in parentheses: words with or without something behind them, and texts.

use proc_macro2::Ident;
use quote::quote;
use syn::LitStr;
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

/// What an item of a list begins with.
pub(crate) enum Item {
    /// A word; what stands behind it is not read yet.
    Word(Ident),
    /// A text.
    Text(LitStr),
}

/// Reads the items of a list, up to the end of `input`.
pub(crate) fn each(
    input: ParseStream<'_>,
    mut read: impl FnMut(Item, ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    while !input.is_empty() {
        let item = match input.peek(LitStr) {
            true => Item::Text(input.parse()?),
            false => Item::Word(input.call(Ident::parse_any)?),
        };
        let before = match &item {
            Item::Text(text) => quote!(#text).to_string(),
            Item::Word(word) => word.to_string(),
        };
        read(item, input)?;
        if !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
            let message = format!("expected `,` here: `{before}` takes nothing more");
            return Err(syn::Error::new(input.span(), message));
        }
    }
    Ok(())
}

/// The same for a list in which texts mean nothing.
pub(crate) fn each_word(
    input: ParseStream<'_>,
    mut read: impl FnMut(Ident, ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    each(input, |item, input| match item {
        Item::Word(word) => read(word, input),
        Item::Text(text) => Err(syn::Error::new(text.span(), "a word is expected here, no text")),
    })
}

/// `= "text"`
pub(crate) fn text(word: &Ident, input: ParseStream<'_>) -> syn::Result<LitStr> {
    let expected = || syn::Error::new(word.span(), format!("write `{word} = \"…\"`"));
    if !input.peek(Token![=]) {
        return Err(expected());
    }
    input.parse::<Token![=]>()?;
    input.parse().map_err(|_| expected())
}

/// Sets what may be said once.
pub(crate) fn once<T>(place: &mut Option<T>, word: &Ident, value: T) -> syn::Result<()> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(again(word)),
    }
}

/// A word for what is said by the same or another one already.
pub(crate) fn again(word: &Ident) -> syn::Error {
    syn::Error::new(word.span(), format!("what `{word}` says is said already"))
}

/// A word that means nothing where it stands.
pub(crate) fn unknown(word: &Ident, known: &[&str]) -> syn::Error {
    let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let message = format!(
        "`{word}` means nothing here; what can stand here is {}",
        known.join(", ")
    );
    syn::Error::new(word.span(), message)
}
