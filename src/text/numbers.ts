/** `987`, `12.3k`, `1.05M`: three digits tell enough beside an answer, and read the same in every language. */
export function compact(count: number): string {
  if (count < 999.5) return String(Math.round(count));
  return count < 999_500 ? `${threeDigits(count / 1000)}k` : `${threeDigits(count / 1_000_000)}M`;
}

const threeDigits = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(3)));

/** `$12.30`, `$0.031`: cents, and of less than ten of them two digits that tell something. */
export function dollars(amount: number): string {
  if (amount === 0) return "$0";
  const digits = amount >= 0.1 ? 2 : Math.min(20, 1 - Math.floor(Math.log10(amount)));
  return `$${amount.toFixed(digits)}`;
}

/** `45 %`, `< 1 %` */
export function percent(share: number): string {
  return share > 0 && share < 0.01 ? "< 1 %" : `${Math.round(share * 100)} %`;
}
