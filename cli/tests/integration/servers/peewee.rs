//! Models of Peewee on servers.

use super::Place;
use crate::models::peewee;

#[test]
fn models_of_peewee_become_revisions_on_servers() {
    for place in Place::everywhere() {
        let project = &place.project;
        if peewee::example_in(project).is_none() {
            return;
        }
        let configuration = project
            .read("limbeck.toml")
            .replace("url = \"sqlite://shop.db\"\n", "");
        let command = format!("print_ddl.py {}", place.word());
        project.write(
            "limbeck.toml",
            configuration.replace("print_ddl.py sqlite", &command),
        );
        let ran = project.limbeck("check");
        assert_eq!(ran.code, 1, "{}", ran.whole());
        project.good("revision --autogenerate -m First --rev-id a1");
        project.good("upgrade");
        project.good("check");
        project.good("downgrade base");
        assert_eq!(project.limbeck("diff --from database --to base").code, 0);
    }
}
