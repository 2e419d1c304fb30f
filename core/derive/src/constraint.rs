//! Constraints of the whole table.

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use syn::Token;
use syn::bracketed;
use syn::parenthesized;
use syn::parse::ParseBuffer;
use syn::parse::ParseStream;

use crate::column::Columns;
use crate::list::Item;
use crate::list::each;
use crate::list::each_word;
use crate::list::once;
use crate::list::text;
use crate::list::unknown;
use crate::reference;
use crate::reference::Reference;

/// A constraint whose columns are fields, which are not known yet.
pub(crate) struct Constraint {
    kind: Kind,
    word: Ident,
    name: Option<LitStr>,
    fields: Vec<Ident>,
}

enum Kind {
    PrimaryKey,
    Unique { nulls_not_distinct: bool },
    ForeignKey(Box<Reference>),
    Check(LitStr),
}

impl Constraint {
    /// Reads what stands behind the word of a constraint; nothing for another word.
    pub(crate) fn read(word: &Ident, input: ParseStream<'_>) -> syn::Result<Option<Self>> {
        let read = match word.to_string().as_str() {
            "primary_key" => primary_key(word, input),
            "unique" => unique(word, input),
            "foreign_key" => foreign_key(word, input),
            "check" => check(word, input),
            _ => return Ok(None),
        };
        read.map(Some)
    }

    pub(crate) fn is_primary_key(&self) -> bool {
        matches!(self.kind, Kind::PrimaryKey)
    }

    /// The statement that adds it.
    pub(crate) fn statement(&self, columns: &Columns) -> syn::Result<TokenStream> {
        let name = self.name.iter();
        if let Kind::Check(expression) = &self.kind {
            return Ok(quote!(table.check(#expression)#(.named(#name))*;));
        }
        let names = columns.names(&self.fields)?;
        Ok(match &self.kind {
            Kind::PrimaryKey => quote!(table.primary_key([#(#names),*])#(.named(#name))*;),
            Kind::Unique { nulls_not_distinct } => {
                let distinct = nulls_not_distinct.then(|| quote!(.nulls_not_distinct()));
                quote!(table.unique([#(#names),*])#distinct #(.named(#name))*;)
            }
            Kind::ForeignKey(reference) => {
                let Some((table, calls)) = reference.parts()? else {
                    let message = "what does it refer to? write `references = …` into it";
                    return Err(syn::Error::new(self.word.span(), message));
                };
                quote!(table.foreign_key([#(#names),*], #table)#calls #(.named(#name))*;)
            }
            Kind::Check(_) => TokenStream::new(),
        })
    }
}

/// `([field, …], …)`: the fields, the name, and what `read` knows.
fn fields(
    word: &Ident,
    input: ParseStream<'_>,
    known: &[&str],
    mut read: impl FnMut(&Ident, ParseStream<'_>) -> syn::Result<bool>,
) -> syn::Result<(Option<LitStr>, Vec<Ident>)> {
    let content = parentheses(word, input, LISTED)?;
    let (mut name, mut fields) = (None, Vec::new());
    each_word(&listed(word, &content)?, |field, _| {
        fields.push(field);
        Ok(())
    })?;
    each_word(&content, |word, input| {
        if read(&word, input)? {
            return Ok(());
        }
        match word == "name" {
            true => once(&mut name, &word, text(&word, input)?),
            false => Err(unknown(&word, &[&["name"], known].concat())),
        }
    })?;
    Ok((name, fields))
}

/// What stands in the parentheses of a constraint or index at least.
pub(crate) const LISTED: &str = "[field, …]";

/// The content of the parentheses behind a word.
pub(crate) fn parentheses<'a>(
    word: &Ident,
    input: ParseStream<'a>,
    inside: &str,
) -> syn::Result<ParseBuffer<'a>> {
    if !input.peek(syn::token::Paren) {
        return Err(syn::Error::new(word.span(), format!("write `{word}({inside})`")));
    }
    let content;
    parenthesized!(content in input);
    Ok(content)
}

/// The list in brackets at the start of such a content. In brackets, because clippy takes bare words for attributes, and
/// wants each only once.
pub(crate) fn listed<'a>(word: &Ident, content: ParseStream<'a>) -> syn::Result<ParseBuffer<'a>> {
    if !content.peek(syn::token::Bracket) {
        return Err(syn::Error::new(word.span(), format!("write `{word}({LISTED})`")));
    }
    let list;
    bracketed!(list in content);
    content.parse::<Option<Token![,]>>()?;
    match list.is_empty() {
        true => Err(syn::Error::new(
            word.span(),
            format!("which columns? write `{word}({LISTED})`"),
        )),
        false => Ok(list),
    }
}

fn primary_key(word: &Ident, input: ParseStream<'_>) -> syn::Result<Constraint> {
    let (name, fields) = fields(word, input, &[], |_, _| Ok(false))?;
    Ok(Constraint {
        kind: Kind::PrimaryKey,
        word: word.clone(),
        name,
        fields,
    })
}

fn unique(word: &Ident, input: ParseStream<'_>) -> syn::Result<Constraint> {
    let mut nulls_not_distinct = false;
    let (name, fields) = fields(word, input, &["nulls_not_distinct"], |word, _| {
        let is_it = word == "nulls_not_distinct";
        nulls_not_distinct |= is_it;
        Ok(is_it)
    })?;
    Ok(Constraint {
        kind: Kind::Unique { nulls_not_distinct },
        word: word.clone(),
        name,
        fields,
    })
}

fn foreign_key(word: &Ident, input: ParseStream<'_>) -> syn::Result<Constraint> {
    let mut reference = Box::new(Reference::default());
    let read = |word: &Ident, input: ParseStream<'_>| reference.read(word, input);
    let (name, fields) = fields(word, input, &reference::WORDS, read)?;
    Ok(Constraint {
        kind: Kind::ForeignKey(reference),
        word: word.clone(),
        name,
        fields,
    })
}

fn check(word: &Ident, input: ParseStream<'_>) -> syn::Result<Constraint> {
    let (mut name, mut expression) = (None, None);
    if input.peek(Token![=]) {
        expression = Some(text(word, input)?);
    } else {
        let content = parentheses(word, input, "\"…\"")?;
        each(&content, |item, input| match item {
            Item::Text(text) => once(&mut expression, word, text),
            Item::Word(word) if word == "name" => once(&mut name, &word, text(&word, input)?),
            Item::Word(word) => Err(unknown(&word, &["name"])),
        })?;
    }
    let missing = || syn::Error::new(word.span(), "what must hold? write `check(\"…\")`");
    Ok(Constraint {
        kind: Kind::Check(expression.ok_or_else(missing)?),
        word: word.clone(),
        name,
        fields: Vec::new(),
    })
}
