//! Laws of the difference, over random schemas of few names.

use proptest::prelude::*;

use super::Difference;
use super::diff;
use crate::operation::derive_downgrade;
use crate::operation::properties::applied;
use crate::operation::properties::some_schema;
use crate::schema::Schema;

fn compared(schema: &Schema) -> Schema {
    schema.clone().without_native_ddl().in_name_order()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn it_leads_from_one_to_the_other(from in some_schema(), to in some_schema()) {
        let found = diff(&from, &to, &[]);
        prop_assert_eq!(&found.left, &Vec::<Difference>::new(), "{:#?}", found.operations);
        prop_assert_eq!(compared(&applied(&from, &found.operations)), compared(&to));
    }

    #[test]
    fn it_leads_there_with_new_names(from in some_schema(), to in some_schema()) {
        let renames = diff(&from, &to, &[]).possible_renames;
        let found = diff(&from, &to, &renames);
        prop_assert_eq!(&found.left, &Vec::<Difference>::new(), "{:#?}", found.operations);
        prop_assert_eq!(compared(&applied(&from, &found.operations)), compared(&to));
    }

    #[test]
    fn its_inverse_leads_back(from in some_schema(), to in some_schema()) {
        let found = diff(&from, &to, &[]);
        if let Ok(inverse) = derive_downgrade(&found.operations, &from) {
            prop_assert_eq!(&compared(&applied(&to, &inverse.operations)), &compared(&from));
            for loss in &inverse.losses {
                prop_assert!(found.losses.contains(loss), "{}", loss);
            }
        }
    }

    #[test]
    fn nothing_leads_from_a_schema_to_itself(schema in some_schema()) {
        let found = diff(&schema, &schema, &[]);
        prop_assert!(found.is_empty(), "{:?}", found);
        prop_assert!(found.possible_renames.is_empty());
    }
}
