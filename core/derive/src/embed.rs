//! `embed!`: the files of folders, as part of the program.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use syn::LitStr;
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::Parse;
use syn::parse::ParseStream;

/// What the macro is given: the crate by which its caller knows the core, folders, and perhaps a word.
pub(crate) struct Embed {
    core: TokenStream,
    folders: Vec<LitStr>,
    recursive: bool,
}

impl Parse for Embed {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let mut core = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            let part: proc_macro2::TokenTree = input.parse()?;
            core.extend([part]);
        }
        let mut embed = Self {
            core,
            folders: Vec::new(),
            recursive: false,
        };
        while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            if input.peek(LitStr) {
                embed.folders.push(input.parse()?);
                continue;
            }
            let word = input.call(Ident::parse_any)?;
            if word != "recursive" {
                let message = "a folder as a text is expected here, or `recursive`";
                return Err(syn::Error::new(word.span(), message));
            }
            embed.recursive = true;
        }
        match embed.folders.is_empty() {
            true => Err(syn::Error::new(
                input.span(),
                "name a folder: `embed!(\"migrations\")`",
            )),
            false => Ok(embed),
        }
    }
}

/// The files of a folder, by their paths from the package's own.
#[derive(Default)]
struct Found {
    scripts: Vec<String>,
    data: Vec<String>,
}

/// The source of the files; `root` is the folder of the package.
pub(crate) fn expand(embed: &Embed, root: &Path) -> syn::Result<TokenStream> {
    let mut found = Found::default();
    for folder in &embed.folders {
        let relative = PathBuf::from(folder.value());
        let read = found.read(root, &relative, embed.recursive);
        read.map_err(|error| {
            let message = format!("{}: {error}", root.join(&relative).display());
            syn::Error::new(folder.span(), message)
        })?;
    }
    let core = &embed.core;
    let scripts = found.scripts.iter().map(|name| {
        let path = format!("/{name}");
        quote!((#name, ::core::include_str!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path))))
    });
    let data = found.data.iter().map(|name| {
        let path = format!("/{name}");
        quote!((#name, ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path)) as &[u8]))
    });
    Ok(quote!(#core::script::EmbeddedSource::new(&[#(#scripts),*], &[#(#data),*])))
}

impl Found {
    /// Scripts come as a `DirectorySource` gives them: by name, then those of the folders below.
    fn read(&mut self, root: &Path, folder: &Path, recursive: bool) -> io::Result<()> {
        self.folder(root, folder, true, recursive)
    }

    fn folder(&mut self, root: &Path, folder: &Path, scripts: bool, recursive: bool) -> io::Result<()> {
        let mut files = Vec::new();
        let mut folders = Vec::new();
        for entry in fs::read_dir(root.join(folder))? {
            let entry = entry?;
            let name = entry.file_name().into_string();
            let name = name.map_err(|name| io::Error::other(format!("{name:?} is not UTF-8")))?;
            if name.starts_with('.') {
                continue;
            }
            match fs::metadata(entry.path())?.is_dir() {
                true => folders.push(name),
                false => files.push(name),
            }
        }
        files.sort_unstable();
        folders.sort_unstable();
        for name in files {
            let path = folder.join(&name);
            let path = path.to_string_lossy().replace('\\', "/");
            let extension = Path::new(&name).extension().unwrap_or_default();
            let extension = extension.to_string_lossy().to_lowercase();
            match extension.as_str() {
                "sql" if scripts => self.scripts.push(path),
                "csv" | "jsonl" | "ndjson" => self.data.push(path),
                _ => {}
            }
        }
        for name in folders {
            self.folder(root, &folder.join(name), scripts && recursive, recursive)?;
        }
        Ok(())
    }
}
