/** What is left of a part for one node. */
export interface Space<Node> {
  /** Whether the part has room for this much of the node. */
  fits(head: Node): boolean;
  /** Nothing but headings stands before the node in the part: moving it to the next part would gain nothing. */
  readonly alone: boolean;
  /** About how many characters it holds; a guess that only saves calls of `fits`. */
  readonly room: number;
}

/** One node in two: what fits, and what goes on in the next part. */
export interface Split<Node> {
  readonly head: Node;
  readonly tail: Node;
}
