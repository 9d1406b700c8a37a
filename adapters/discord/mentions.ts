/** How people see who and what is mentioned; undefined when unknown, empty when it is to be left out. */
export type NameOf = (kind: "user" | "role" | "channel", id: string) => string | undefined;

const mark =
  /<(?:@!?(?<user>\d+)|@&(?<role>\d+)|#(?<channel>\d+)|a?:(?<emoji>\w+):\d+|\/(?<command>[^:>]+):\d+|t:(?<time>-?\d+)(?::[a-zA-Z])?)>(?<space>\s*)/gu;

/** Discord's marks as people read them. */
export function readable(content: string, nameOf: NameOf): string {
  return content.replaceAll(mark, (...match) => {
    const { space = "", ...found } = match.at(-1) as Record<string, string | undefined>;
    const { user, role, channel, emoji, command, time } = found;
    const named = (sign: string, name: string): string => name && `${sign}${name}${space}`;
    if (user) return named("@", nameOf("user", user) ?? "someone");
    if (role) return named("@", nameOf("role", role) ?? "role");
    if (channel) return named("#", nameOf("channel", channel) ?? "channel");
    if (emoji) return `:${emoji}:${space}`;
    return `${command ? `/${command}` : momentOf(time)}${space}`;
  });
}

function momentOf(time: string | undefined): string {
  const moment = new Date(Number(time) * 1000);
  return Number.isNaN(moment.getTime()) ? `<t:${time}>` : moment.toISOString();
}
