import { describe, expect, it } from 'vitest';
import { cleanRichText, isSafeLink, MAX_RICH_TEXT_LENGTH, richTextForEditor, richTextSchema } from './index';

const words = (text: string, format = 0) => ({ type: 'text', version: 1, text, format });
const block = (type: string, children: unknown[], rest: object = {}) => ({ type, version: 1, children, ...rest });
const documentOf = (...children: unknown[]) => ({ root: block('root', children) });

const typesOf = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner) =>
      ['version', 'direction', 'format', 'indent', 'detail', 'mode', 'style', 'textFormat', 'textStyle'].includes(key)
        ? undefined
        : inner,
    ),
  );

describe('cleanRichText', () => {
  it('keeps headings, lists within lists, quotes, links and emphasis', () => {
    const list = (children: unknown[]) => block('list', children, { listType: 'number', tag: 'ol' });
    const cleaned = cleanRichText(
      documentOf(
        block('heading', [words('Hello')], { tag: 'h3' }),
        list([block('listitem', [words('one')]), block('listitem', [list([block('listitem', [words('in it')])])])]),
        block('quote', [words('said', 3), { type: 'linebreak', version: 1 }]),
        block('paragraph', [block('link', [words('there')], { url: 'https://example.org' })], { format: 'center' }),
      ),
    );
    expect(typesOf(cleaned)).toEqual({
      root: {
        type: 'root',
        children: [
          { type: 'heading', tag: 'h3', children: [{ type: 'text', text: 'Hello' }] },
          {
            type: 'list',
            listType: 'number',
            tag: 'ol',
            start: 1,
            children: [
              { type: 'listitem', value: 1, children: [{ type: 'text', text: 'one' }] },
              {
                type: 'listitem',
                value: 2,
                children: [
                  {
                    type: 'list',
                    listType: 'number',
                    tag: 'ol',
                    start: 1,
                    children: [{ type: 'listitem', value: 1, children: [{ type: 'text', text: 'in it' }] }],
                  },
                ],
              },
            ],
          },
          { type: 'quote', children: [{ type: 'text', text: 'said' }, { type: 'linebreak' }] },
          {
            type: 'paragraph',
            children: [
              {
                type: 'link',
                fields: { linkType: 'custom', newTab: false, url: 'https://example.org/' },
                children: [{ type: 'text', text: 'there' }],
              },
            ],
          },
        ],
      },
    });
    expect(cleaned?.root.children[2]).toMatchObject({ children: [{ format: 3 }, { type: 'linebreak' }] });
    expect(cleaned?.root.children[3]).toMatchObject({ format: 'center' });
  });

  it('takes out what is unknown and keeps the words in it', () => {
    const cleaned = cleanRichText(
      documentOf(
        block('table', [block('tablerow', [block('paragraph', [words('cell')])])]),
        words('loose'),
        block('upload', [], { relationTo: 'media', value: 7 }),
        block('paragraph', [block('link', [words('bad')], { url: 'javascript:alert(1)' })], { onclick: 'x' }),
      ),
    );
    expect(typesOf(cleaned)).toEqual({
      root: {
        type: 'root',
        children: ['cell', 'loose', 'bad'].map((text) => ({ type: 'paragraph', children: [{ type: 'text', text }] })),
      },
    });
  });

  it('is nothing where there is no word', () => {
    for (const empty of [null, undefined, '', documentOf(), documentOf(block('paragraph', [words('  ')]))]) {
      expect(cleanRichText(empty)).toBeNull();
    }
  });

  it('refuses what is no text, too long, or too deep', () => {
    expect(richTextSchema.safeParse('words').success).toBe(false);
    expect(richTextSchema.safeParse({ root: 7 }).success).toBe(false);
    const long = documentOf(block('paragraph', [words('x'.repeat(MAX_RICH_TEXT_LENGTH + 1))]));
    expect(richTextSchema.safeParse(long).success).toBe(false);
    let deep: unknown = words('deep');
    for (let depth = 0; depth < 40; depth += 1) deep = block('paragraph', [deep]);
    expect(richTextSchema.safeParse(documentOf(deep)).success).toBe(false);
  });

  it('goes to the site’s editor and back without a change', () => {
    const kept = cleanRichText(
      documentOf(block('paragraph', [block('link', [words('a')], { fields: { url: 'https://example.org/a' } })])),
    );
    expect(kept).not.toBeNull();
    const inEditor = kept && richTextForEditor(kept);
    expect(inEditor?.root.children[0]).toMatchObject({ children: [{ type: 'link', url: 'https://example.org/a' }] });
    expect(cleanRichText(inEditor)).toEqual(kept);
  });
});

describe('isSafeLink', () => {
  it('leads to the web, a mail or a phone alone', () => {
    for (const url of ['https://example.org', 'http://a.example/b?c', 'mailto:a@b.example', 'tel:+40232'])
      expect(isSafeLink(url)).toBe(true);
    for (const url of ['javascript:alert(1)', 'JAVASCRIPT:x', 'data:text/html,x', '/path', 'file:///etc/passwd', ''])
      expect(isSafeLink(url)).toBe(false);
  });
});
