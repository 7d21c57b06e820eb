import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeUtf8, readXml, XmlError, type XmlElement } from '../../../fixtures/legacy/soap/xml-reader.js';
import { escapeAttribute, escapeText } from '../../../fixtures/legacy/soap/xml-writer.js';

describe('reading XML', () => {
  it.each([
    ['the five entities', '<a>&lt;&gt;&amp;&quot;&apos;</a>', '<>&"\''],
    ['numeric references', '<a>&#8364;&#x20AC;&#x1F6BF;</a>', '€€🚿'],
    ['CDATA among text', '<a>1 &lt; <![CDATA[2 & <b> &amp; ]] >]]>.</a>', '1 < 2 & <b> &amp; ]] >.'],
    ['line ends', '<a>1\r\n2\r3\n4&#13;</a>', '1\n2\n3\n4\r'],
    ['trailing spaces', '<a>  padded   </a>', '  padded   '],
    ['comments and instructions', '<?xml version="1.0" encoding="UTF-8"?>\n<!-- a --><a>1<!-- <b> -->2<?php 3 ?></a><!-- c -->', '12'],
    ['a byte order mark', '\uFEFF<a>x</a>', 'x'],
    ['spaces within tags', '<a  b = "1"\n>x</a >', 'x'],
  ])('understands %s', (_what, source, text) => {
    expect(readXml(source).text).toBe(text);
  });

  it('resolves namespaces where they are declared, and undeclares the default one', () => {
    const root = readXml('<a xmlns="one" xmlns:p="two" p:x="1" x="2"><p:b/><c xmlns=""><d xmlns:p="three" p:x="3"/></c></a>');
    expect([root.namespace, root.children[0]!.namespace, root.children[1]!.namespace]).toEqual(['one', 'two', '']);
    expect(root.attributes).toEqual([{ namespace: 'two', name: 'x', value: '1' }, { namespace: '', name: 'x', value: '2' }]);
    expect(root.children[1]!.children[0]!.attributes).toEqual([{ namespace: 'three', name: 'x', value: '3' }]);
  });

  it.each([
    ['a document type', '<!DOCTYPE a><a/>', /document type/],
    ['an entity declaration', '<!DOCTYPE a [<!ENTITY x "1">]><a>&x;</a>', /document type/],
    ['a document type within', '<a><!DOCTYPE a></a>', /document type/],
    ['an unknown entity', '<a>&nbsp;</a>', /entity/],
    ['an entity of every object', '<a>&constructor;</a>', /entity/],
    ['a bare ampersand', '<a>R & B</a>', /&/],
    ['a reference to NUL', '<a>&#0;</a>', /reference/],
    ['a reference to half a character', '<a>&#xD800;</a>', /reference/],
    ['a reference beyond Unicode', `<a>&#${'9'.repeat(400)};</a>`, /reference/],
    ['a vertical tab', '<a>\u000B</a>', /does not allow/],
    ['NUL', '<a>\u0000</a>', /does not allow/],
    ['half a surrogate pair', '<a>\uD83D</a>', /does not allow/],
    [']]> in text', '<a>]]></a>', /\]\]>/],
    ['CDATA that does not end', '<a><![CDATA[x</a>', /no \]\]>/],
    ['a comment that does not end', '<a><!-- </a>', /no -->/],
    ['-- in a comment', '<a><!-- a -- b --></a>', /-- in a comment/],
    ['elements that cross', '<a><b></a></b>', /end tag a where b/],
    ['an element that does not end', '<a><b></b>', /no end tag for a/],
    ['an end without a start', '</a>', /without a start/],
    ['two roots', '<a/><b/>', /second root/],
    ['text behind the root', '<a/>x', /outside the root/],
    ['nothing', '  ', /no root/],
    ['an undeclared prefix', '<p:a/>', /prefix p/],
    ['an undeclared prefix of an attribute', '<a p:x="1"/>', /prefix p/],
    ['a prefix without a namespace', '<a xmlns:p=""/>', /without a namespace/],
    ['an attribute twice', '<a x="1" x="2"/>', /twice/],
    ['an attribute twice by its namespace', '<a xmlns:p="n" xmlns:q="n" p:x="1" q:x="2"/>', /twice/],
    ['an attribute without quotes', '<a x=1/>', /quotes/],
    ['an attribute without a value', '<a x/>', /without a value/],
    ['attributes run together', '<a x="1"y="2"/>', /no space/],
    ['< in an attribute', '<a x="<"/>', /</],
    ['a tag that does not end', '<a', /./],
    ['a name that begins with a digit', '<1a/>', /name/],
    ['two colons', '<a xmlns:p="n"><p:b:c/></a>', /colon/],
    ['a declaration that comes late', ' <?xml version="1.0"?><a/>', /XML declaration/],
    ['another encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', /ISO-8859-1/],
    ['a hundred levels', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`, /deeper/],
  ])('refuses %s', (_what, source, message) => {
    expect(() => readXml(source)).toThrow(XmlError);
    expect(() => readXml(source)).toThrow(message);
  });

  it('says in which line', () => {
    expect(() => readXml('<a>\n<b>\n</a>')).toThrow(/line 3/);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => decodeUtf8(Buffer.from([0x3c, 0xe9, 0x3e]))).toThrow(XmlError);
  });

  it('reads a megabyte of nested declarations in a moment', () => {
    const declarations = Array.from({ length: 12_000 }, (_, index) => `xmlns:n${index}="urn:x"`).join(' ');
    const source = `<a ${declarations}>${'<b xmlns:z="urn:z"/>'.repeat(30_000)}</a>`;
    const start = performance.now();
    expect(readXml(source).children).toHaveLength(30_000);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it('fails with an XmlError or not at all, whatever it is given', () => {
    const piece = fc.constantFrom('<', '>', '</', '/>', 'a', 'b', ' ', '=', '"', "'", '&', '&lt;', ';', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', 'xmlns', ':', '\n', '#', '\u0000');
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      try {
        readXml(pieces.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(XmlError);
      }
    }), { numRuns: 3000 });
  });
});

interface Tree { name: string; attributes: Record<string, string>; text: string; children: Tree[] }

describe('writing XML', () => {
  const write = (tree: Tree): string => {
    const attributes = Object.entries(tree.attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('');
    return `<${tree.name}${attributes}>${escapeText(tree.text)}${tree.children.map(write).join('')}</${tree.name}>`;
  };
  const plain = (element: XmlElement): Tree => ({
    name: element.name,
    attributes: Object.fromEntries(element.attributes.map(({ name, value }) => [name, value])),
    text: element.text,
    children: element.children.map(plain),
  });
  const carried = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
  const name = fc.constantFrom('a', 'Problem', 'Tŷ', '_x', 'b-1.2');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }).filter((value) => carried.test(value)),
    fc.array(fc.constantFrom('<', '>', '&', ']]>', '"', "'", '\r', '\n', '\t', ' ', '&amp;', '<!ENTITY', '🚿', 'ŵ'), { maxLength: 8 }).map((parts) => parts.join('')),
  );
  const attributes = fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true });
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.record({ name, attributes, text, children: fc.constant<Tree[]>([]) }),
      fc.record({ name, attributes, text, children: fc.array(tie('tree'), { maxLength: 3 }) }),
    ),
  }));

  it('is undone by reading, for everything that XML can carry', () => {
    fc.assert(fc.property(tree, (value) => {
      expect(plain(readXml(write(value)))).toEqual(value);
    }), { numRuns: 500 });
  });

  it('puts a question mark for what XML cannot carry', () => {
    expect(escapeText('a\u0000b\u000Bc\uD800d\uFFFEe')).toBe('a?b?c?d?e');
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }), (units) => {
      expect(() => readXml(`<a b="${escapeAttribute(String.fromCharCode(...units))}">${escapeText(String.fromCharCode(...units))}</a>`)).not.toThrow();
    }));
  });
});
