//! Comments of the schema.

use proc_macro2::Ident;
use syn::Attribute;
use syn::Expr;
use syn::Lit;
use syn::LitStr;
use syn::Meta;
use syn::Token;
use syn::parse::ParseStream;

use crate::list::text;

/// `comment = "…"`, or `comment` alone for the doc comment above.
pub(crate) fn comment(word: &Ident, input: ParseStream<'_>, attributes: &[Attribute]) -> syn::Result<LitStr> {
    if input.peek(Token![=]) {
        return text(word, input);
    }
    let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
    if lines.is_empty() {
        let message = "there is no doc comment to take; write one, or `comment = \"…\"`";
        return Err(syn::Error::new(word.span(), message));
    }
    Ok(LitStr::new(lines.join("\n").trim(), word.span()))
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(doc) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(value) = &doc.value else {
        return None;
    };
    match &value.lit {
        Lit::Str(line) if doc.path.is_ident("doc") => Some(line.value().trim().to_owned()),
        _ => None,
    }
}
