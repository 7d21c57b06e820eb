// eslint-disable-next-line no-control-regex -- these are what is taken out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text of one or several lines, without what XML 1.0 cannot carry, and with line breaks of one kind. */
export const cleanText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(NOT_XML, '').trim();
