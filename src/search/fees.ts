/** What searches cost beside the model. */
export interface Fees {
  /** In US dollars, of those whose price is known. */
  readonly usd: number;
  /** How many are paid for at a price that nobody told. */
  readonly unpriced: number;
}

export const noFees: Fees = { usd: 0, unpriced: 0 };

export const addFees = (one: Fees, other: Fees): Fees => ({
  usd: one.usd + other.usd,
  unpriced: one.unpriced + other.unpriced,
});
