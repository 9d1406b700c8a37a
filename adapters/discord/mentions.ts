/** How people see who and what is mentioned, by id; undefined when unknown. */
export interface Named {
  user(id: string): string | undefined;
  role(id: string): string | undefined;
  channel(id: string): string | undefined;
  /** Whether it is the role that Discord made for the bot itself. */
  isOwnRole(id: string): boolean;
}

const mark =
  /<(?:@!?(?<user>\d+)|@&(?<role>\d+)|#(?<channel>\d+)|a?:(?<emoji>\w+):\d+|\/(?<command>[^:>]+):\d+|t:(?<time>-?\d+)(?::[a-zA-Z])?)>(?<space>\s*)/gu;

/** Discord's marks as people read them. Mentions of the bot (`me`, or its own role) disappear. */
export function readable(content: string, me: string, names: Named): string {
  return content.replaceAll(mark, (...match) => {
    const { space = "", ...found } = match.at(-1) as Record<string, string | undefined>;
    if (found["user"] === me || (found["role"] && me !== "" && names.isOwnRole(found["role"]))) return "";
    return `${nameMark(found, names)}${space}`;
  });
}

function nameMark(found: Record<string, string | undefined>, names: Named): string {
  const { user, role, channel, emoji, command, time } = found;
  if (user) return `@${names.user(user) ?? "someone"}`;
  if (role) return `@${names.role(role) ?? "role"}`;
  if (channel) return `#${names.channel(channel) ?? "channel"}`;
  if (emoji) return `:${emoji}:`;
  if (command) return `/${command}`;
  const moment = new Date(Number(time) * 1000);
  return Number.isNaN(moment.getTime()) ? `<t:${time}>` : moment.toISOString();
}
