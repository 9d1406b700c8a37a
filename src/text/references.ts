import type { Definition, Nodes, Root } from "mdast";

/** What `[text][label]` means in one document. */
export interface References {
  /** By identifier; the first definition of several counts. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** The identifiers that something refers to. */
  readonly used: ReadonlySet<string>;
}

/** The definitions of a document and who uses them, however deep they stand. */
export function collectReferences(root: Root): References {
  const definitions = new Map<string, Definition>();
  const used = new Set<string>();
  const visit = (node: Nodes): void => {
    if (node.type === "definition" && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
    if (node.type === "linkReference" || node.type === "imageReference") used.add(node.identifier);
    if ("children" in node) node.children.forEach(visit);
  };
  visit(root);
  return { definitions, used };
}
