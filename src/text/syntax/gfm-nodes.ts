/**
 * What GFM's tables and task list items become in a document, as `mdast-util-gfm-table` and `-task-list-item` make it:
 * these bring along all that writes Markdown, which takes longer to load than the parser's own half.
 */
import type { Nodes } from "mdast";
import type { CompileContext, Extension, Handle } from "mdast-util-from-markdown";

declare module "mdast-util-from-markdown" {
  interface CompileData {
    isInTable?: boolean;
  }
}

export const tableNodes: Extension = {
  enter: {
    table(token) {
      const align = (token._align ?? []).map((side) => (side === "none" ? null : side));
      this.enter({ type: "table", align, children: [] }, token);
      this.data.isInTable = true;
    },
    tableRow: enter("tableRow"),
    tableHeader: enter("tableCell"),
    tableData: enter("tableCell"),
  },
  exit: {
    table(token) {
      this.exit(token);
      this.data.isInTable = false;
    },
    tableRow: exit,
    tableHeader: exit,
    tableData: exit,
    /** In place of the standard one: in a table a pipe within code needs a backslash, which is not a part of the code. */
    codeText(token) {
      const value = this.resume();
      const node = this.stack.at(-1);
      if (node?.type === "inlineCode")
        node.value = this.data.isInTable ? value.replaceAll(/\\(?<mark>[\\|])/gu, unescapePipe) : value;
      this.exit(token);
    },
  },
};

const unescapePipe = (escaped: string): string => (escaped === "\\|" ? "|" : escaped);

export const taskNodes: Extension = {
  exit: {
    taskListCheckValueChecked: check(true),
    taskListCheckValueUnchecked: check(false),
    /** In place of the standard one: the space after an item's box is not a part of its text. */
    paragraph(token) {
      const [item, node] = this.stack.slice(-2);
      if (item?.type === "listItem" && typeof item.checked === "boolean" && node?.type === "paragraph") {
        const isFirst = item.children.find(({ type }) => type === "paragraph") === node;
        const [words] = node.children;
        if (isFirst && words?.type === "text") {
          words.value = words.value.slice(1);
          if (words.value === "") node.children.shift();
        }
      }
      this.exit(token);
    },
  },
};

function enter(type: "tableRow" | "tableCell"): Handle {
  return function (token) {
    this.enter({ type, children: [] } satisfies Nodes, token);
  };
}

function exit(this: CompileContext, token: Parameters<Handle>[0]): undefined {
  this.exit(token);
}

function check(checked: boolean): Handle {
  return function () {
    const item = this.stack.at(-2);
    if (item?.type === "listItem") item.checked = checked;
  };
}
