import type { Config } from "../config.ts";

/** What a command of the command line may use. */
export interface CliContext {
  /** The arguments after the command's name. */
  readonly args: readonly string[];
  /** Reads the configuration. Throws UserError that names file, line and column. */
  readonly config: () => Config;
  /** Writes answers: nothing else goes to standard output. */
  readonly out: (text: string) => void;
  /** Writes everything else. */
  readonly err: (text: string) => void;
}

/** One word of `parlance …`. */
export interface CliCommand {
  /** How to call it, with its options. */
  readonly usage: string;
  /** Its exit code. Throws UserError for arguments that don't fit. */
  run(context: CliContext): Promise<number>;
}
