/** Whether an address holds a user or password. */
export function hasLogin(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== "" || password !== "";
}

/** What is wrong with a model's address that has one: no client sends it, and it would stand in every error. */
export const noLogin = "can't hold a user and password: a model's key belongs into its apiKey";
