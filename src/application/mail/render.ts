/** A mail's words as blocks, and the blocks as plain text and as HTML: one source, so that both parts say the same. */

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** Something to be typed exactly as it stands. */
  | { readonly kind: 'secret'; readonly label: string; readonly value: string }
  | { readonly kind: 'link'; readonly label: string; readonly url: string };

export interface Words {
  readonly subject: string;
  readonly blocks: readonly Block[];
  /** The last lines: who wrote, and why no answer is read. */
  readonly footer: readonly string[];
}

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML's content or a quoted attribute. */
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** HTML from a template: whatever is filled in is escaped, unless it came out of this function itself. */
export class Html {
  constructor(readonly markup: string) {}
}
type Filling = string | Html | readonly Html[];

function fill(filling: Filling): string {
  if (filling instanceof Html) return filling.markup;
  return typeof filling === 'string' ? escapeHtml(filling) : filling.map(({ markup }) => markup).join('\n');
}

export const html = (strings: TemplateStringsArray, ...fillings: readonly Filling[]): Html =>
  new Html(strings.map((string, n) => string + (n < fillings.length ? fill(fillings[n] ?? '') : '')).join(''));

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph': return block.text;
    case 'secret': return `${block.label}\n\n    ${block.value}`;
    case 'link': return `${block.label}\n${block.url}`;
  }
}

function blockHtml(block: Block): Html {
  switch (block.kind) {
    case 'paragraph': return html`<p>${block.text}</p>`;
    // A face in which no two characters look alike, and no breaking: the value is copied or typed.
    case 'secret': return html`<p>${block.label}</p>
<p style="font:bold 1.4em/1.4 monospace;white-space:nowrap">${block.value}</p>`;
    // The address is shown too: a reader can see where the link leads, or copy it.
    case 'link': return html`<p>${block.label}<br><a href="${block.url}">${block.url}</a></p>`;
  }
}

/** Both parts of a mail. */
export function render({ subject, blocks, footer }: Words): Rendered {
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;padding:1em;font:1em/1.5 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff">
<div style="max-width:36em">
${blocks.map(blockHtml)}
<hr>
${footer.map((line) => html`<p style="color:#505a5f">${line}</p>`)}
</div>
</body>
</html>
`;
  return {
    subject,
    text: `${blocks.map(blockText).join('\n\n')}\n\n-- \n${footer.join('\n')}\n`,
    html: page.markup,
  };
}
