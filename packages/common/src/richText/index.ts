import { z } from 'zod';

/*
 * The rich text of a description, as Payload's Lexical editor keeps it. What a browser sends is taken apart and built
 * anew from what is allowed here: nothing of it is stored as it came.
 */

type Direction = 'ltr' | 'rtl' | null;
type Alignment = '' | 'left' | 'start' | 'center' | 'right' | 'end' | 'justify';
type Base = { version: number; [key: string]: unknown };
export type RichTextNode = Base & { type: string };
export type RichText = {
  root: {
    type: 'root';
    version: number;
    direction: Direction;
    format: Alignment;
    indent: number;
    children: RichTextNode[];
  };
  [key: string]: unknown;
};

export const MAX_RICH_TEXT_LENGTH = 20_000;
const MAX_NODES = 3_000;
const MAX_DEPTH = 12;
/** Bold, italic, strikethrough, underline, code, sub- and superscript, as bits. */
const ALLOWED_FORMATS = 0b111_1111;
const MAX_INDENT = 6;

const nodeSchema = z.object({
  type: z.string(),
  children: z.array(z.unknown()).default([]),
  text: z.string().default(''),
  format: z.union([z.number(), z.string()]).default(0),
  indent: z.number().default(0),
  direction: z.enum(['ltr', 'rtl']).nullable().catch(null).default(null),
  tag: z.string().optional().catch(undefined),
  listType: z.string().optional().catch(undefined),
  value: z.number().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  fields: z.object({ url: z.string().optional() }).optional().catch(undefined),
});
type Node = z.infer<typeof nodeSchema>;
const documentSchema = z.object({ root: nodeSchema });

const alignments: Alignment[] = ['left', 'start', 'center', 'right', 'end', 'justify'];
const blockTypes = ['paragraph', 'heading', 'quote', 'list'];

/** Addresses that a link may lead to. */
export const isSafeLink = (url: string): boolean => {
  if (!URL.canParse(url) || url.length > 2_000) return false;
  return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(url).protocol);
};

class TooLarge extends Error {}

/** Counts while a text is built, so that no text can be built that is larger than all of it together may be. */
type Budget = { nodes: number; characters: number };

const spend = (budget: Budget, characters = 0): void => {
  budget.nodes += 1;
  budget.characters += characters;
  if (budget.nodes > MAX_NODES || budget.characters > MAX_RICH_TEXT_LENGTH) throw new TooLarge();
};

const elementOf = ({ format, indent, direction }: Node) => ({
  version: 1,
  direction,
  format: alignments.find((name) => name === format) ?? '',
  indent: Math.min(MAX_INDENT, Math.max(0, Math.trunc(indent))),
});

const childrenOf = (node: Node, depth: number): Node[] => {
  if (depth > MAX_DEPTH) throw new TooLarge();
  return node.children.map((child) => nodeSchema.parse(child));
};

/** What stands in a line: text, line breaks, links. Of everything else only what it holds. */
const inlineOf = (nodes: Node[], budget: Budget, depth: number): RichTextNode[] =>
  nodes.flatMap((node): RichTextNode[] => {
    if (node.type === 'text') {
      const text = node.text.replace(/[^\P{Cc}\t]/gu, '');
      if (text === '') return [];
      spend(budget, text.length);
      const format = typeof node.format === 'number' ? node.format & ALLOWED_FORMATS : 0;
      return [{ type: 'text', version: 1, detail: 0, format, mode: 'normal', style: '', text }];
    }
    if (node.type === 'linebreak') {
      spend(budget);
      return [{ type: 'linebreak', version: 1 }];
    }
    const inside = inlineOf(childrenOf(node, depth + 1), budget, depth + 1);
    const url = node.fields?.url ?? node.url ?? '';
    if ((node.type !== 'link' && node.type !== 'autolink') || !isSafeLink(url) || inside.length === 0) return inside;
    // No link within a link.
    if (inside.some(({ type }) => type === 'link')) return inside;
    spend(budget, url.length);
    const link = { linkType: 'custom', newTab: false, url: new URL(url).href };
    return [{ ...elementOf(node), type: 'link', version: 3, fields: link, children: inside }];
  });

const itemsOf = (node: Node, budget: Budget, depth: number): RichTextNode[] =>
  childrenOf(node, depth + 1).map((item, index) => {
    spend(budget);
    const nested = childrenOf(item, depth + 2);
    const children = nested.some(({ type }) => type === 'list')
      ? nested.filter(({ type }) => type === 'list').map((list) => blockOf(list, budget, depth + 2))
      : inlineOf(nested, budget, depth + 2);
    return { ...elementOf(item), type: 'listitem', value: item.value ?? index + 1, children };
  });

const blockOf = (node: Node, budget: Budget, depth: number): RichTextNode => {
  spend(budget);
  const element = elementOf(node);
  if (node.type === 'list') {
    const isNumbered = node.listType === 'number';
    return {
      ...element,
      type: 'list',
      listType: isNumbered ? 'number' : 'bullet',
      tag: isNumbered ? 'ol' : 'ul',
      start: 1,
      children: itemsOf(node, budget, depth),
    };
  }
  const children = inlineOf(childrenOf(node, depth + 1), budget, depth + 1);
  if (node.type === 'heading') {
    const tag = node.tag === 'h3' || node.tag === 'h4' ? node.tag : 'h2';
    return { ...element, type: 'heading', tag, children };
  }
  if (node.type === 'quote') return { ...element, type: 'quote', children };
  return { ...element, type: 'paragraph', textFormat: 0, textStyle: '', children };
};

/** Blocks as they are; what stands in something unknown is taken out of it, loose text becomes a paragraph. */
const blocksOf = (nodes: Node[], budget: Budget, depth: number): RichTextNode[] =>
  nodes.flatMap((node): RichTextNode[] => {
    if (blockTypes.includes(node.type)) return [blockOf(node, budget, depth)];
    const inside = childrenOf(node, depth + 1);
    if (inside.some(({ type }) => blockTypes.includes(type))) return blocksOf(inside, budget, depth + 1);
    const line = inlineOf([node], budget, depth);
    return line.length > 0
      ? [{ type: 'paragraph', ...emptyElement, textFormat: 0, textStyle: '', children: line }]
      : [];
  });

const emptyElement = { version: 1, direction: null, format: '', indent: 0 } as const;

const hasText = (node: RichTextNode): boolean =>
  typeof node['text'] === 'string'
    ? node['text'].trim() !== ''
    : Array.isArray(node['children']) && node['children'].some(hasText);

/**
 * The text built anew of headings, paragraphs, lists, quotes, links and emphasis; null for one without a word.
 *
 * @throws z.ZodError for what is no text of Lexical's, RangeError for one that is too long
 */
export const cleanRichText = (value: unknown): RichText | null => {
  if (value === null || value === undefined || value === '') return null;
  const { root } = documentSchema.parse(value);
  const budget: Budget = { nodes: 0, characters: 0 };
  try {
    const children = blocksOf(childrenOf(root, 0), budget, 1);
    return children.some(hasText) ? { root: { ...emptyElement, type: 'root', children } } : null;
  } catch (error) {
    if (error instanceof TooLarge) throw new RangeError('The text is too long.', { cause: error });
    throw error;
  }
};

/** A description as it may be kept. Whatever is not allowed in it is left out; what is no rich text is an issue. */
export const richTextSchema = z.unknown().transform((value, context): RichText | null => {
  try {
    return cleanRichText(value);
  } catch (error) {
    const message = error instanceof RangeError ? 'is too long' : 'is no rich text';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }
});

const isNode = (value: unknown): value is RichTextNode =>
  typeof value === 'object' && value !== null && 'type' in value && 'version' in value;

const nodeForEditor = (node: RichTextNode): RichTextNode => {
  const children = Array.isArray(node['children'])
    ? { children: node['children'].filter(isNode).map(nodeForEditor) }
    : {};
  if (node.type !== 'link') return { ...node, ...children };
  const { fields, ...link } = node;
  const { url } = z.object({ url: z.string() }).parse(fields);
  return { ...link, version: 1, url, rel: 'noreferrer', target: null, title: null, ...children };
};

/** The text as the editor of the site reads it, whose links are Lexical's own rather than Payload's. */
export const richTextForEditor = (text: RichText): RichText => ({
  root: { ...text.root, children: text.root.children.map(nodeForEditor) },
});
