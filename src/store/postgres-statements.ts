const statements = new Map<string, { readonly name: string; readonly text: string }>();

/** By its name, each connection has the server read and plan a statement once. */
export function prepared(sql: string): { readonly name: string; readonly text: string } {
  let statement = statements.get(sql);
  if (!statement) {
    statement = { name: `parlance${statements.size}`, text: numberPlaceholders(sql) };
    statements.set(sql, statement);
  }
  return statement;
}

/** `?` outside of quotes becomes `$1`, `$2`, and so on. */
function numberPlaceholders(sql: string): string {
  let count = 0;
  return sql.replace(/'[^']*'|\?/gu, (found) => (found === "?" ? `$${++count}` : found));
}
