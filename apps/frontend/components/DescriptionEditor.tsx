'use client';

import type { RichText } from '@convene/common/richText';
import { createEmptyHistoryState, registerHistory } from '@lexical/history';
import { $isLinkNode, $toggleLink, LinkNode } from '@lexical/link';
import {
  $isListNode,
  INSERT_ORDERED_LIST_COMMAND,
  INSERT_UNORDERED_LIST_COMMAND,
  ListItemNode,
  ListNode,
  REMOVE_LIST_COMMAND,
  registerList,
} from '@lexical/list';
import {
  $createHeadingNode,
  $createQuoteNode,
  $isHeadingNode,
  $isQuoteNode,
  HeadingNode,
  QuoteNode,
  registerRichText,
} from '@lexical/rich-text';
import { $setBlocksType } from '@lexical/selection';
import {
  $createParagraphNode,
  $getSelection,
  $isRangeSelection,
  createEditor,
  type ElementNode,
  FORMAT_TEXT_COMMAND,
  HISTORY_MERGE_TAG,
  type LexicalEditor,
  REDO_COMMAND,
  UNDO_COMMAND,
} from 'lexical';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './DescriptionEditor.module.css';

export type EditorTexts = {
  label: string;
  hint: string;
  tools: string;
  bold: string;
  italic: string;
  kind: string;
  paragraph: string;
  heading: string;
  subheading: string;
  quote: string;
  bullets: string;
  numbers: string;
  link: string;
  address: string;
  setLink: string;
  removeLink: string;
  undo: string;
  redo: string;
  wrongLink: string;
};

const HISTORY_DELAY_MS = 500;

const blocks = ['paragraph', 'heading', 'subheading', 'quote'] as const;
type Block = (typeof blocks)[number];
type Marks = { bold: boolean; italic: boolean; block: Block; list: 'bullet' | 'number' | null; link: string | null };
const noMarks: Marks = { bold: false, italic: false, block: 'paragraph', list: null, link: null };

/** Drawn: a digit as text would be read as the button's name, which it is not. */
const NumbersSign = () => (
  <svg
    viewBox="0 0 20 20"
    width="18"
    height="18"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d="M9 5h8.5M9 10h8.5M9 15h8.5M2.6 4.4 4.2 3.4v4.4M2.6 12.4h2.6l-2.6 4h2.6" />
  </svg>
);

/** What the caret stands in. */
const $marks = (): Marks => {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return noMarks;
  const node = selection.anchor.getNode();
  const parents = [node, ...node.getParents()];
  const heading = parents.find($isHeadingNode);
  const list = parents.find($isListNode);
  return {
    bold: selection.hasFormat('bold'),
    italic: selection.hasFormat('italic'),
    block: heading
      ? heading.getTag() === 'h2'
        ? 'heading'
        : 'subheading'
      : parents.some($isQuoteNode)
        ? 'quote'
        : 'paragraph',
    list: list ? (list.getListType() === 'number' ? 'number' : 'bullet') : null,
    link: parents.find($isLinkNode)?.getURL() ?? null,
  };
};

const $create = {
  paragraph: () => $createParagraphNode(),
  heading: () => $createHeadingNode('h2'),
  subheading: () => $createHeadingNode('h3'),
  quote: () => $createQuoteNode(),
} as const;

const webAddress = (typed: string): string | null => {
  const address = /^(https?:|mailto:)/i.test(typed) ? typed : `https://${typed}`;
  return typed !== '' && URL.canParse(address) ? new URL(address).href : null;
};

/** Writes headings, paragraphs, lists, quotes, links and emphasis, as the state of Lexical's that Payload keeps. */
export const DescriptionEditor = ({
  initial,
  texts,
  error,
  onChange,
}: {
  initial: RichText | null;
  texts: EditorTexts;
  error: string | undefined;
  /** Is told the whole text, as JSON. */
  onChange: (state: string) => void;
}) => {
  const place = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<LexicalEditor | null>(null);
  const [marks, setMarks] = useState(noMarks);
  const [isLinking, setLinking] = useState(false);
  // The first text and what to do with a change are those of the first moment.
  const first = useRef({ initial, onChange });

  useEffect(() => {
    const created = createEditor({
      namespace: 'description',
      nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode],
      onError: (problem) => {
        throw problem;
      },
    });
    created.setRootElement(place.current);
    const { initial: text, onChange: tell } = first.current;
    if (text) created.setEditorState(created.parseEditorState(JSON.stringify(text)), { tag: HISTORY_MERGE_TAG });
    const ends = [
      registerRichText(created),
      registerList(created),
      registerHistory(created, createEmptyHistoryState(), HISTORY_DELAY_MS),
      created.registerUpdateListener(({ editorState, dirtyElements, dirtyLeaves, tags }) => {
        setMarks(editorState.read($marks));
        if (dirtyElements.size === 0 && dirtyLeaves.size === 0) return;
        if (!tags.has(HISTORY_MERGE_TAG)) tell(JSON.stringify(editorState.toJSON()));
      }),
    ];
    setEditor(created);
    return () => {
      for (const end of ends) end();
      created.setRootElement(null);
    };
  }, []);

  const back = () => place.current?.focus();
  const setBlock = (block: Block) => {
    editor?.update(() => $setBlocksType<ElementNode>($getSelection(), $create[block]));
    back();
  };
  const toggleList = (type: 'bullet' | 'number') => {
    const insert = type === 'number' ? INSERT_ORDERED_LIST_COMMAND : INSERT_UNORDERED_LIST_COMMAND;
    editor?.dispatchCommand(marks.list === type ? REMOVE_LIST_COMMAND : insert, undefined);
    back();
  };
  const setLink = (url: string | null) => {
    editor?.update(() => $toggleLink(url));
    setLinking(false);
    back();
  };
  const tool = (label: string, sign: ReactNode, isOn: boolean | undefined, use: () => void) => (
    <button
      type="button"
      className={styles.tool}
      title={label}
      aria-label={label}
      {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
      // The selection stays where it is while a button is pressed.
      onMouseDown={(event) => event.preventDefault()}
      onClick={use}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
  const describedBy = ['description-hint', ...(error ? ['description-error'] : [])].join(' ');
  return (
    <div className={styles.editor}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would have to be named by a legend */}
      <div className={styles.tools} role="group" aria-label={texts.tools}>
        <select
          className={`select ${styles.block}`}
          aria-label={texts.kind}
          value={marks.block}
          onChange={(event) => setBlock(blocks.find((block) => block === event.target.value) ?? 'paragraph')}
        >
          {blocks.map((block) => (
            <option key={block} value={block}>
              {texts[block]}
            </option>
          ))}
        </select>
        {tool(texts.bold, 'B', marks.bold, () => editor?.dispatchCommand(FORMAT_TEXT_COMMAND, 'bold'))}
        {tool(texts.italic, 'I', marks.italic, () => editor?.dispatchCommand(FORMAT_TEXT_COMMAND, 'italic'))}
        {tool(texts.bullets, '•', marks.list === 'bullet', () => toggleList('bullet'))}
        {tool(texts.numbers, <NumbersSign />, marks.list === 'number', () => toggleList('number'))}
        {tool(texts.link, texts.link, marks.link !== null, () => setLinking(!isLinking))}
        {tool(texts.undo, '↶', undefined, () => editor?.dispatchCommand(UNDO_COMMAND, undefined))}
        {tool(texts.redo, '↷', undefined, () => editor?.dispatchCommand(REDO_COMMAND, undefined))}
      </div>
      {isLinking ? <LinkFields current={marks.link} texts={texts} onSet={setLink} /> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: no input holds rich text */}
      <div
        ref={place}
        id="description"
        className={`prose ${styles.text}`}
        contentEditable
        suppressContentEditableWarning
        role="textbox"
        tabIndex={0}
        aria-multiline="true"
        aria-label={texts.label}
        aria-describedby={describedBy}
        {...(error ? { 'aria-invalid': true } : {})}
      />
      <p id="description-hint" className="hint">
        {texts.hint}
      </p>
      {error ? (
        <p id="description-error" className="fieldError">
          {error}
        </p>
      ) : null}
    </div>
  );
};

/** Not a form of its own: it stands within one. */
const LinkFields = ({
  current,
  texts,
  onSet,
}: {
  current: string | null;
  texts: EditorTexts;
  onSet: (url: string | null) => void;
}) => {
  const [address, setAddress] = useState(current ?? '');
  const [isWrong, setWrong] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const set = () => {
    const url = webAddress(address.trim());
    setWrong(url === null);
    if (url) onSet(url);
    else input.current?.focus();
  };
  return (
    <div className={styles.link}>
      <div className="field">
        <label htmlFor="link-address">{texts.address}</label>
        <input
          ref={input}
          id="link-address"
          className="input"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          value={address}
          {...(isWrong ? { 'aria-invalid': true, 'aria-describedby': 'link-error' } : {})}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            set();
          }}
        />
        {isWrong ? (
          <p id="link-error" className="fieldError">
            {texts.wrongLink}
          </p>
        ) : null}
      </div>
      <div className={styles.linkSteps}>
        <button type="button" className="button buttonSmall" onClick={set}>
          {texts.setLink}
        </button>
        {current === null ? null : (
          <button type="button" className="button buttonQuiet buttonSmall" onClick={() => onSet(null)}>
            {texts.removeLink}
          </button>
        )}
      </div>
    </div>
  );
};
