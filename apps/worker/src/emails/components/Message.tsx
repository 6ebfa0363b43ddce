import { Fragment, type ReactNode } from 'react';
import { Button, Link, Section, Text } from 'react-email';
import { piecesOf } from '../emphasis';
import { paragraphsOf, strangersParagraphsOf, withoutLinks } from '../safeText';
import { colors } from './theme';

const textStyle = { color: colors.text, fontSize: '16px', lineHeight: '26px', margin: '0 0 16px' };

const Strong = ({ children }: { children: ReactNode }) => (
  <strong className="heading" style={{ color: colors.heading, fontWeight: 600 }}>
    {children}
  </strong>
);

/**
 * A sentence of a catalogue with what it sets off. Nothing in it becomes a link, whoever it quotes: a mail's links
 * are its {@link Action} and its {@link TextLink}s.
 */
export const Prose = ({ children }: { children: string }) =>
  piecesOf(children).map(({ text, isStrong }, index) => {
    const safe = withoutLinks(text);
    return isStrong ? <Strong key={index}>{safe}</Strong> : <Fragment key={index}>{safe}</Fragment>;
  });

export const Paragraph = ({ children }: { children: string }) => (
  <Text className="text" style={textStyle}>
    <Prose>{children}</Prose>
  </Text>
);

const noteStyle = { color: colors.muted, fontSize: '14px', lineHeight: '22px', margin: '16px 0 0' };

/** What is not for everybody: "It was not you?" With a link, the sentence ends in it. */
export const Note = ({ children, link }: { children: string; link?: { href: string; label: string } }) => (
  <Text className="muted" style={{ ...noteStyle, wordBreak: 'break-word' }}>
    <Prose>{children}</Prose>
    {link ? (
      <>
        {' '}
        <TextLink href={link.href}>{link.label}</TextLink>
      </>
    ) : null}
  </Text>
);

export const TextLink = ({ href, children }: { href: string; children: string }) => (
  <Link className="link" href={href} style={{ color: colors.accent, textDecoration: 'underline' }}>
    {children}
  </Link>
);

/** The one thing to do, and the same address in plain for programs that show no button. */
export const Action = ({ href, label, fallback }: { href: string; label: string; fallback: string }) => (
  <>
    <Section style={{ margin: '28px 0 8px' }}>
      <Button
        className="button"
        href={href}
        style={{
          backgroundColor: colors.accent,
          borderRadius: '10px',
          color: colors.onAccent,
          fontSize: '16px',
          fontWeight: 600,
          padding: '14px 26px',
        }}
      >
        {label}
      </Button>
    </Section>
    {/* The plain text has the address beside the button's label already. */}
    <div data-skip-in-text="true">
      <Text className="muted" style={noteStyle}>
        {fallback}
        <br />
        <Link
          className="link"
          href={href}
          style={{ color: colors.accent, textDecoration: 'underline', wordBreak: 'break-all' }}
        >
          {href}
        </Link>
      </Text>
    </div>
  </>
);

/** What somebody else wrote, and nothing where that is nothing. Links stay where `by` is staff. */
export const Quote = ({ text, by }: { text: string; by: 'staff' | 'stranger' }) => {
  const paragraphs = by === 'staff' ? paragraphsOf(text) : strangersParagraphsOf(text);
  if (paragraphs.length === 0) return null;
  return (
    <Section
      className="quote"
      style={{
        backgroundColor: colors.quote,
        borderLeft: `3px solid ${colors.accent}`,
        borderRadius: '6px',
        margin: '0 0 16px',
        padding: '14px 18px 2px',
      }}
    >
      <blockquote style={{ margin: 0, padding: 0 }}>
        {paragraphs.map((paragraph, index) => (
          <Text key={index} className="text" style={{ ...textStyle, margin: '0 0 12px', wordBreak: 'break-word' }}>
            {paragraph}
          </Text>
        ))}
      </blockquote>
    </Section>
  );
};

/** A reason that was given, with the sentence that leads to it and the one that follows; nothing without a reason. */
export const Reason = ({
  lead,
  text,
  by,
  next,
}: {
  lead: string;
  text: string;
  by: 'staff' | 'stranger';
  next?: string;
}) =>
  text.trim() === '' ? null : (
    <>
      <Paragraph>{lead}</Paragraph>
      <Quote text={text} by={by} />
      {next === undefined ? null : <Paragraph>{next}</Paragraph>}
    </>
  );

export type Fact = { name: string; value: string };

/** Names and values, one a line; closer together where there are many. */
export const Facts = ({ facts, dense = false }: { facts: Fact[]; dense?: boolean }) => (
  <Section className="line" style={{ borderTop: `1px solid ${colors.line}`, margin: '0 0 16px' }}>
    {facts.map(({ name, value }, index) => (
      <Text
        key={index}
        className="text line fact"
        style={{
          ...textStyle,
          ...(dense ? { fontSize: '15px', lineHeight: '22px' } : {}),
          borderBottom: `1px solid ${colors.line}`,
          margin: 0,
          padding: dense ? '6px 0' : '10px 0',
        }}
      >
        <span className="muted" style={{ color: colors.muted }}>
          {name}:
        </span>{' '}
        <Strong>{withoutLinks(value)}</Strong>
      </Text>
    ))}
  </Section>
);
