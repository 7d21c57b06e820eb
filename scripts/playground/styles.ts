/** The editor's styles, with what they carry inside as files: the page's Content-Security-Policy allows no data: addresses. */

/** An embedded file: everything between `url(` and `)`, in quotes or not. */
const EMBEDDED = /url\((["']?)data:(font\/\w+|image\/[\w+]+)(?:;charset=[\w-]+)?(;base64)?,([^"')]*)\1\)/g;

const ENDINGS: Readonly<Record<string, string>> = {
  'font/ttf': 'ttf', 'font/woff': 'woff', 'font/woff2': 'woff2', 'image/png': 'png', 'image/svg+xml': 'svg',
};

/**
 * @param emit keeps a file and gives its name; it stands beside the style sheet.
 * @throws where something embedded is of an unknown kind.
 */
export function withoutEmbeddedFiles(css: string, emit: (ending: string, content: Buffer) => string): string {
  const text = css.replace(EMBEDDED, (_whole, _quote: string, type: string, base64: string | undefined, data: string) => {
    const ending = ENDINGS[type];
    if (ending === undefined) throw new Error(`the styles embed a file of an unknown kind: ${type}`);
    return `url(${emit(ending, base64 ? Buffer.from(data, 'base64') : Buffer.from(decodeURIComponent(data)))})`;
  });
  if (text.includes('data:')) throw new Error('the styles embed a file in a way that is not known here');
  return text.replace(/\/\*[^]*?\*\//g, (comment) => (/copyright|licen[cs]e/i.test(comment) ? comment : ''));
}
