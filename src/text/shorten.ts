/** At most so many UTF-16 units; an ellipsis stands for what was cut off. */
export const shorten = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
