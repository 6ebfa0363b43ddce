'use client';

import type { ItemState, Verdict } from './ModerationQueue';
import styles from './ModerationQueue.module.css';
import { keyOf, type QueueItem } from './queueItem';
import { ReasonForm } from './ReasonForm';
import { subjectTexts } from './subjects';

type Props = {
  item: QueueItem;
  state: ItemState;
  isCurrent: boolean;
  register: (card: HTMLElement | null) => void;
  onFocus: () => void;
  onChoose: (verdict: Verdict) => void;
  onSend: (verdict: Verdict, reason: string) => void;
  onGiveUp: () => void;
  onForget: () => void;
};

/** One thing that waits, with all that its decision needs. */
export const QueueCard = ({ item, state, isCurrent, register, onFocus, ...actions }: Props) => {
  const headingId = `${keyOf(item)}-title`;
  return (
    <li>
      <article
        aria-busy={state.name === 'sending'}
        aria-current={isCurrent ? 'true' : undefined}
        aria-labelledby={headingId}
        className={styles['card']}
        data-state={state.name}
        onFocus={onFocus}
        ref={register}
        tabIndex={-1}
      >
        <header className={styles['head']}>
          <span className={styles['badge']}>{item.badge}</span>
          <time className={item.isLate ? styles['late'] : styles['age']} dateTime={item.since}>
            waits {item.age}
          </time>
          <h2 id={headingId}>{item.title}</h2>
        </header>
        <Links links={item.links} />
        {item.text ? <blockquote className={styles['text']}>{item.text}</blockquote> : null}
        <Facts facts={item.facts} />
        <Changes changes={item.changes} subject={item} />
        <Images images={item.images} />
        {item.warning ? <p className={styles['warning']}>{item.warning}</p> : null}
        <Decision item={item} state={state} {...actions} />
      </article>
    </li>
  );
};

const Decision = ({
  item,
  state,
  onChoose,
  onSend,
  onGiveUp,
  onForget,
}: Pick<Props, 'item' | 'state' | 'onChoose' | 'onSend' | 'onGiveUp' | 'onForget'>) => {
  const { approve, reject } = subjectTexts[item.subject];
  if (state.name === 'asking') {
    return (
      <ReasonForm
        choice={subjectTexts[item.subject][state.verdict]}
        onGiveUp={onGiveUp}
        onSend={(reason) => onSend(state.verdict, reason)}
        verdict={state.verdict}
      />
    );
  }
  const isSending = state.name === 'sending';
  const isGone = state.name === 'failed' && state.isGone;
  return (
    <>
      {state.name === 'failed' ? (
        <p className={styles['failure']} role="alert">
          {state.message}
        </p>
      ) : null}
      <div className={styles['actions']}>
        {isGone ? (
          <button onClick={onForget} type="button">
            Take it off the list
          </button>
        ) : (
          <>
            <button
              aria-keyshortcuts="a"
              className={styles['approve']}
              disabled={isSending}
              onClick={() => onChoose('approve')}
              type="button"
            >
              {approve.label}
            </button>
            <button
              aria-keyshortcuts="r"
              className={styles['reject']}
              disabled={isSending}
              onClick={() => onChoose('reject')}
              type="button"
            >
              {reject.label}
            </button>
          </>
        )}
        <a href={item.adminHref}>Open the document</a>
        {item.publicHref ? (
          <a href={item.publicHref} rel="noreferrer" target="_blank">
            Public page
          </a>
        ) : null}
        {isSending ? <span role="status">Sending …</span> : null}
      </div>
    </>
  );
};

const Links = ({ links }: { links: QueueItem['links'] }) =>
  links.length === 0 ? null : (
    <dl className={styles['links']}>
      {links.map(({ label, text, href }) => (
        <div key={`${label}-${text}`}>
          <dt>{label}</dt>
          <dd>{href ? <a href={href}>{text}</a> : text}</dd>
        </div>
      ))}
    </dl>
  );

const Facts = ({ facts }: { facts: QueueItem['facts'] }) =>
  facts.length === 0 ? null : (
    <dl className={styles['facts']}>
      {facts.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );

const Changes = ({ changes, subject }: { changes: QueueItem['changes']; subject: QueueItem }) => {
  if (subject.subject !== 'listing' || !subject.publicHref) return null;
  if (changes.length === 0) {
    return <p className={styles['note']}>Nothing that visitors read differs from the live version.</p>;
  }
  return (
    <table className={styles['changes']}>
      <caption>What changes for visitors</caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Live</th>
          <th scope="col">Edit</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td data-label="Live">{before ? <del>{before}</del> : <i>nothing</i>}</td>
            <td data-label="Edit">{after ? <ins>{after}</ins> : <i>nothing</i>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Images = ({ images }: { images: QueueItem['images'] }) =>
  images.length === 0 ? null : (
    <ul className={styles['images']}>
      {images.map(({ url, alt }) => (
        <li key={url}>
          <a href={url} rel="noreferrer" target="_blank">
            <img alt={alt} height={96} loading="lazy" src={url} width={144} />
          </a>
        </li>
      ))}
    </ul>
  );
