import { remember } from "./remember.ts";

/** What people send as one and a platform brings part by part, without saying how many parts there are. */
export interface Album<Part> {
  readonly parts: readonly Part[];
  /** How many of the parts are stored; a further one changes the question that they are. */
  stored: number;
}

/** Gathers the parts of the newest albums. A part that comes again, perhaps changed, takes its own place. */
export interface Albums<Part> {
  add(part: Part): void;
  /** Undefined for what belongs to no album. */
  of(part: Part | undefined): Album<Part> | undefined;
}

export function createAlbums<Part>(
  albumOf: (part: Part) => string | undefined,
  idOf: (part: Part) => unknown,
): Albums<Part> {
  const albums = new Map<string, Album<Part> & { readonly parts: Part[] }>();
  return {
    add(part) {
      const name = albumOf(part);
      if (name === undefined) return;
      const { parts } = albums.get(name) ?? remember(albums, name, { parts: [], stored: 0 }, 200);
      const index = parts.findIndex((other) => idOf(other) === idOf(part));
      parts.splice(index < 0 ? parts.length : index, 1, part);
    },
    of: (part) => albums.get((part && albumOf(part)) ?? ""),
  };
}
