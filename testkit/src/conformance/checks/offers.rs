//! What a driver leaves out.

use crate::conformance::bench::Bench;
use crate::conformance::check::checks;
use crate::conformance::failure::During;
use crate::conformance::failure::Outcome;
use crate::conformance::failure::ensure_eq;
use crate::conformance::offer::Offer;

checks! { "offers":
    what_is_left_out_is_declared = "A driver leaves out exactly what it declares with `without`.";
}

async fn what_is_left_out_is_declared(bench: &Bench) -> Outcome {
    let mut left_out = Vec::new();
    let mut declared = Vec::new();
    for offer in Offer::ALL {
        // Each in a database of its own: locks of one answer would be in the way of the next.
        if !offer.is_offered(&bench.another()?).await.during(offer)? {
            left_out.push(offer);
        }
        if !bench.offers(offer) {
            declared.push(offer);
        }
    }
    ensure_eq!(
        declared,
        left_out,
        "what is declared and what the driver leaves out"
    );
    Ok(())
}
