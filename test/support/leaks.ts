/** Who may come to know something, and who came to know it. */

/** A word that stands for something said or remembered, and nowhere else. */
export interface Secret {
  readonly word: string;
  /** The place whose conversation it belongs to, where it was said in one. */
  readonly saidIn?: string;
  /** A fact the bot remembers about a person. */
  readonly fact?: {
    readonly of: string;
    /** The direct message it was learned in; left out where others could read along. */
    readonly onlyIn?: string;
  };
}

/** A model's request, or a message that stands in a chat. */
export interface Sighting {
  readonly place: string;
  /** Whose question it is, or who asked the bot to show it; left out where nobody's memory has a part in it. */
  readonly person?: string;
  readonly text: string;
}

export interface Leak {
  readonly secret: Secret;
  readonly sighting: Sighting;
}

/** Every secret that is seen where it does not belong. */
export function findLeaks(secrets: readonly Secret[], sightings: readonly Sighting[]): readonly Leak[] {
  return sightings.flatMap((sighting) =>
    secrets
      .filter((secret) => sighting.text.includes(secret.word) && !belongs(secret, sighting))
      .map((secret) => ({ secret, sighting })),
  );
}

function belongs({ saidIn, fact }: Secret, { place, person }: Sighting): boolean {
  if (saidIn === place) return true;
  if (fact?.of === undefined || fact.of !== person) return false;
  return fact.onlyIn === undefined || fact.onlyIn === place;
}

/** A leak in a sentence, for a test's report. */
export function tellLeak({ secret, sighting }: Leak): string {
  const { word, saidIn, fact } = secret;
  const whose = [
    ...(saidIn === undefined ? [] : [`said in ${saidIn}`]),
    ...(fact
      ? [`a fact about ${fact.of}${fact.onlyIn === undefined ? "" : ` for ${fact.onlyIn} alone`}`]
      : []),
  ].join(", ");
  const { place, person = "nobody", text } = sighting;
  const at = text.indexOf(word);
  return `${word} (${whose}) is seen by ${person} in ${place}: …${text.slice(Math.max(0, at - 60), at + 60)}…`;
}
