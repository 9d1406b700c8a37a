import { configureGlobal } from "fast-check";

/**
 * Properties are tried with the same examples at each run, so that what fails is what the change broke. `npm run fuzz` tries
 * others: what it finds belongs into a test by itself.
 */
if (!process.env["PARLANCE_FUZZ"]) configureGlobal({ seed: 20_261_126 });
