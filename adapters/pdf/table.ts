/** A table over as many pages as it takes, its header row on each; real rows and cells also for whoever has it read aloud. */
import { showable } from './text.js';

export type Document = PDFKit.PDFDocument;
export type Element = PDFKit.PDFStructureElement;

export interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: boolean;
}

export interface Row {
  readonly cells: readonly string[];
  readonly bold?: boolean;
}

export const REGULAR = 'Helvetica';
export const BOLD = 'Helvetica-Bold';
export const INK = '#1d1d1b';
const LINE = '#c8c8c8';
const SHADE = '#ececec';
const SIZE = 9.5;
const PADDING_X = 5;
const PADDING_Y = 4.5;

/** What is drawn for the eye alone, and not read aloud. */
export function artifact(document: Document, draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
  document.markContent('Artifact', { type });
  draw();
  document.endMarkedContent();
}

/** An element with content; ended, so that nothing can be added to it. */
export function element(document: Document, parent: Element, tag: string, draw: () => void, options: { readonly scope?: 'Column' | 'Row' } = {}): void {
  // The types of pdfkit do not know a cell's scope yet.
  parent.add(document.struct(tag, options as object, draw));
}

/** Where on its pages a table stands. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  /** Begins another page. @returns where the table goes on. */
  nextPage(): number;
}

const fontOf = ({ bold }: Row): string => (bold ? BOLD : REGULAR);

function heightOf(document: Document, columns: readonly Column[], row: Row): number {
  document.font(fontOf(row)).fontSize(SIZE);
  const heights = row.cells.map((text, n) => document.heightOfString(showable(text) || ' ', { width: (columns[n] as Column).width - 2 * PADDING_X }));
  return Math.max(...heights) + 2 * PADDING_Y;
}

/** Draws a row's cells, each by way of `put`. */
function drawCells(document: Document, columns: readonly Column[], row: Row, left: number, top: number, put: (draw: () => void) => void): void {
  let x = left;
  row.cells.forEach((text, n) => {
    const { width, right } = columns[n] as Column;
    const at = x + PADDING_X;
    put(() => {
      document.font(fontOf(row)).fontSize(SIZE).fillColor(INK);
      if (text !== '') document.text(showable(text), at, top + PADDING_Y, { width: width - 2 * PADDING_X, align: right ? 'right' : 'left' });
    });
    x += width;
  });
}

/** @returns where the table ends on its last page. */
export function table(document: Document, parent: Element, columns: readonly Column[], rows: readonly Row[], place: Place): number {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const header: Row = { cells: columns.map(({ title }) => title), bold: true };
  const headerHeight = heightOf(document, columns, header);
  const shade = (top: number, height: number): void => artifact(document, () => document.rect(place.left, top, width, height).fill(SHADE));
  const rule = (y: number): void => artifact(document, () => document.moveTo(place.left, y).lineTo(place.left + width, y).lineWidth(0.5).stroke(LINE));

  const structure = document.struct('Table');
  parent.add(structure);
  const inRow = (draw: (row: Element) => void): void => {
    const row = document.struct('TR');
    structure.add(row);
    draw(row);
    row.end();
  };

  let y = place.top;
  shade(y, headerHeight);
  inRow((tr) => drawCells(document, columns, header, place.left, y, (draw) => element(document, tr, 'TH', draw, { scope: 'Column' })));
  y += headerHeight;
  for (const row of rows) {
    const height = heightOf(document, columns, row);
    if (y + height > place.bottom) {
      y = place.nextPage();
      shade(y, headerHeight);
      // Once is enough for a reader: here it is for the eye.
      artifact(document, () => drawCells(document, columns, header, place.left, y, (draw) => draw()), 'Pagination');
      y += headerHeight;
    }
    inRow((tr) => drawCells(document, columns, row, place.left, y, (draw) => element(document, tr, 'TD', draw)));
    y += height;
    rule(y);
  }
  structure.end();
  return y;
}
