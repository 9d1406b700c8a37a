/** What is said to whoever sits at a terminal. */
export const terminalWords = {
  /** `earlier`: questions asked in this conversation before. */
  welcome: (persona: string, earlier: number): string =>
    [
      `${persona} listens.`,
      ...(earlier > 0 ? [`Our conversation goes on (${earlier} so far); /new starts afresh.`] : []),
      "/help lists the commands; /image and /file attach one; /quit leaves.",
    ].join(" "),
  keys: "A line that ends with \\ goes on in the next one; Ctrl-C stops an answer.",
  attached: (file: string): string => `${file} goes with your next message.`,
  noPath: "Name a file: its path is missing.",
  notThere: (path: string): string => `There is no file ${path}.`,
  notFile: (path: string): string => `${path} is not a file.`,
};
