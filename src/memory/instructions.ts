/** What a person's own instructions need of the store: types only. */

/** One rule of how a person wants to be answered, as they wrote it. */
export interface Instruction {
  /** Rises with time. */
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly isOn: boolean;
  readonly at: Date;
}

/** The instructions of each person, over all accounts that they linked. `person` always comes from the platform. */
export interface Instructions {
  /** By number. */
  list(person: string): Promise<readonly Instruction[]>;
  /** Answers its number. */
  add(person: string, instruction: Pick<Instruction, "id" | "text" | "at">): Promise<number>;
  change(person: string, id: string, change: Partial<Pick<Instruction, "text" | "isOn">>): Promise<void>;
  /** Deletes for good. */
  remove(person: string, ids: readonly string[]): Promise<void>;
}
