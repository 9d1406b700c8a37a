/** What access needs of the store: types only. */

/** A place or person that was allowed, or who owns the bot. */
export type Grant = {
  /** `platform:id` of a server, group or person. */
  readonly place: string;
  readonly kind: "allowed" | "owner";
  /** For people; may be empty. */
  readonly name: string;
};

/** Somebody who was told that they may not, once a day at most. */
export interface AccessRequest {
  readonly place: string;
  /** For people. */
  readonly name: string;
  /** The event it came with: the same one again is told the same again. */
  readonly event: string;
  /** By which it can be allowed for a day. */
  readonly code?: string;
}

/** What was decided about who may use the bot. Times are milliseconds since 1970. */
export interface Grants {
  has(place: string, kind: Grant["kind"]): Promise<boolean>;
  hasOwner(): Promise<boolean>;
  list(): Promise<readonly Grant[]>;
  /** Those whose code still holds. */
  pending(now: number): Promise<readonly AccessRequest[]>;
  /** The request to tell of; undefined when this place was told within the day. */
  request(request: AccessRequest, now: number): Promise<AccessRequest | undefined>;
  /** Allows what the code stands for; the same code again answers the same. Undefined for one that is unknown or too old. */
  allow(code: string, by: string, now: number): Promise<Grant | undefined>;
  /** False when there was nothing to take back. */
  revoke(place: string): Promise<boolean>;
  /** Keeps the hash of a code that makes its sender an owner. */
  offerOwnership(hash: string, expiresAt: number): Promise<void>;
  /** Uses the code up. */
  claimOwnership(
    claim: { readonly hash: string; readonly person: string; readonly name: string },
    now: number,
  ): Promise<"owner" | "unknown" | "too-many-tries">;
  /** Deletes what is known of the person but that they own the bot. */
  forgetPerson(person: string): Promise<void>;
}
