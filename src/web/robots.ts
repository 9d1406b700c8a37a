/** What a site's robots.txt says to one robot. */
export interface RobotRules {
  /** `path` with its query, as in the address. */
  allows(path: string): boolean;
  /** The pause it asks for between requests, in seconds. */
  readonly delay: number;
}

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

interface Group {
  readonly agents: string[];
  readonly rules: Rule[];
  delay: number;
}

/** No site needs more of either. */
const mostRules = 2_000;
const longestPattern = 1_000;

/** Reads robots.txt by RFC 9309: the groups that name the robot, else those for everyone; the longest pattern wins, and allowing does between two alike. */
export function readRobots(text: string, robot: string): RobotRules {
  const groups = readGroups(text);
  const named = groups.filter(({ agents }) => agents.includes(robot.toLowerCase()));
  const mine = named.length > 0 ? named : groups.filter(({ agents }) => agents.includes("*"));
  const rules = mine
    .flatMap((group) => group.rules)
    .slice(0, mostRules)
    .toSorted(
      (one, other) => other.pattern.length - one.pattern.length || Number(other.allow) - Number(one.allow),
    );
  return {
    allows: (path) =>
      path === "/robots.txt" || (rules.find((rule) => matches(path, rule.pattern))?.allow ?? true),
    delay: Math.max(0, ...mine.map(({ delay }) => delay)),
  };
}

function readGroups(text: string): readonly Group[] {
  const groups: Group[] = [];
  let isNaming = false;
  for (const line of text.split(/\r\n?|\n/u)) {
    const { field, value } = fieldIn(line);
    const last = groups.at(-1);
    switch (field) {
      case "user-agent":
        if (last && isNaming) last.agents.push(value.toLowerCase());
        else groups.push({ agents: [value.toLowerCase()], rules: [], delay: 0 });
        isNaming = true;
        continue;
      case "allow":
      case "disallow":
        // An empty one forbids nothing.
        if (value !== "" && value.length <= longestPattern)
          last?.rules.push({ allow: field === "allow", pattern: value });
        break;
      case "crawl-delay":
        if (last) last.delay = Number(value) || 0;
        break;
      default:
        // What no rule is ends no list of names.
        continue;
    }
    isNaming = false;
  }
  return groups;
}

function fieldIn(line: string): { readonly field: string; readonly value: string } {
  const [, field = "", value = ""] = /^\s*([\w-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/u.exec(line) ?? [];
  return { field: field.toLowerCase(), value };
}

/** `*` is anything, `$` the end. Step by step, for a regular expression made of it could take for ever. */
function matches(path: string, pattern: string): boolean {
  const isWhole = pattern.endsWith("$");
  const pieces = (isWhole ? pattern.slice(0, -1) : pattern).split("*");
  const [first = "", ...rest] = pieces;
  if (!path.startsWith(first)) return false;
  let at = first.length;
  for (const [index, piece] of rest.entries()) {
    if (isWhole && index === rest.length - 1) return path.length - piece.length >= at && path.endsWith(piece);
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return !isWhole || at === path.length;
}
