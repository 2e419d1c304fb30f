//! `limbeck list-templates`.

use serde::Serialize;

use crate::context::Context;
use crate::error::CommandError;
use crate::exit::Exit;
use crate::output::Answer;
use crate::output::Layout;
use crate::output::Table;
use crate::templates::Template;

/// List what `limbeck init --template` knows
#[derive(Debug, clap::Args)]
pub(crate) struct ListTemplatesArgs {}

#[derive(Serialize)]
struct TemplatesAnswer {
    templates: Vec<TemplateAnswer>,
}

#[derive(Serialize)]
struct TemplateAnswer {
    name: &'static str,
    description: &'static str,
}

impl Answer for TemplatesAnswer {
    fn text(&self, _layout: Layout) -> String {
        let mut table = Table::default();
        for template in &self.templates {
            table.row([template.name, template.description]);
        }
        table.text()
    }
}

pub(crate) fn run(_args: &ListTemplatesArgs, context: &mut Context<'_>) -> Result<Exit, CommandError> {
    let templates = Template::ALL
        .iter()
        .map(|template| TemplateAnswer {
            name: template.name(),
            description: template.description(),
        })
        .collect();
    context.output.answer(&TemplatesAnswer { templates })?;
    Ok(Exit::Success)
}
