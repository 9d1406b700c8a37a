import { UserError } from "../errors.ts";

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Start Postgres",
  ENOTFOUND: "the host is not known. Check the host's name",
  EAI_AGAIN: "the host's name could not be looked up. Check the name and the network",
  ETIMEDOUT: "nobody answered. Check the address and the firewall",
  "28P01": "it refused the password. Check user and password",
  "28000": "it refused this user. Check user, TLS and pg_hba.conf",
  "3D000": "it has no database of that name. Create it",
  "53300": "it has no connection left. Raise max_connections or use a pooler",
  "57P03": "it is starting up or shutting down. Try again in a moment",
};

/** Says in a sentence with a way out why it can't be opened. */
export function explain(error: unknown, location: string): UserError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? (error instanceof Error && error.message ? error.message : "it failed");
  return new UserError(
    `Can't open the database ${location}: ${reason}; the address is in DATABASE_URL (or database.url in parlance.yaml).`,
    { cause: error },
  );
}
