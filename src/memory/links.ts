/** What linked accounts need of the store: types only. */

/** An account of a person who has several. */
export interface LinkedAccount {
  /** `platform:user`. */
  readonly id: string;
  readonly name: string;
}

/**
 * Which accounts are one person's. Both sides say so: the one that was given a code enters nothing before the other has
 * entered it, and then confirms. `person` always comes from the platform.
 */
export interface Links {
  /** All accounts of this person, this one too; empty when it is not linked. */
  accounts(person: string): Promise<readonly LinkedAccount[]>;
  /** Offers to link, in place of an earlier offer; `hash` is of the code. */
  offer(account: LinkedAccount, offer: { readonly hash: string; readonly expiresAt: number }): Promise<void>;
  /** The code was entered on this account. `linked`: it belongs to another person's accounts, or to the same already. */
  claim(
    account: LinkedAccount,
    hash: string,
    now: number,
  ): Promise<"claimed" | "linked" | "too-many-tries" | "unknown">;
  /** Who entered the code that this account was given. */
  claimedFrom(person: string, now: number): Promise<LinkedAccount | undefined>;
  /** Links this account with the other, if it was the other that entered its code. */
  confirm(person: string, other: string, now: number): Promise<boolean>;
  /** Takes back what this account offered. */
  refuse(person: string): Promise<void>;
  /** Puts this account apart, with what was learned by it; false when it was not linked. */
  leave(person: string): Promise<boolean>;
}
