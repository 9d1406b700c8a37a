/** What every sentence that is a function is said with: one list of arguments for each form that it has. */
export type Samples<Node> = {
  readonly [Key in keyof Node as Node[Key] extends string ? never : Key]: Node[Key] extends (
    ...given: infer Given
  ) => string
    ? readonly Given[]
    : Samples<Node[Key]>;
};
