import type { ReactNode } from 'react';
import { Button, Link, Section, Text } from 'react-email';
import { colors } from './theme';

const textStyle = { color: colors.text, fontSize: '16px', lineHeight: '26px', margin: '0 0 16px' };

export const Paragraph = ({ children }: { children: ReactNode }) => (
  <Text className="text" style={textStyle}>
    {children}
  </Text>
);

/** What is not for everybody: "It was not you?" */
export const Note = ({ children }: { children: ReactNode }) => (
  <Text
    className="muted"
    style={{ color: colors.muted, fontSize: '14px', lineHeight: '22px', margin: '16px 0 0', wordBreak: 'break-word' }}
  >
    {children}
  </Text>
);

export const Strong = ({ children }: { children: ReactNode }) => (
  <strong className="heading" style={{ color: colors.heading, fontWeight: 600 }}>
    {children}
  </strong>
);

export const TextLink = ({ href, children }: { href: string; children: ReactNode }) => (
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
      <Note>
        {fallback}
        <br />
        <Link
          className="link"
          href={href}
          style={{ color: colors.accent, textDecoration: 'underline', wordBreak: 'break-all' }}
        >
          {href}
        </Link>
      </Note>
    </div>
  </>
);

/** What somebody else wrote. */
export const Quote = ({ paragraphs }: { paragraphs: string[] }) => (
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
    {paragraphs.map((paragraph, index) => (
      <Text key={index} className="text" style={{ ...textStyle, margin: '0 0 12px' }}>
        {paragraph}
      </Text>
    ))}
  </Section>
);

/** Names and values, one a line. */
export const Facts = ({ facts }: { facts: { name: string; value: string }[] }) => (
  <Section className="line" style={{ borderTop: `1px solid ${colors.line}`, margin: '0 0 8px' }}>
    {facts.map(({ name, value }) => (
      <Text
        key={name}
        className="text line"
        style={{ ...textStyle, borderBottom: `1px solid ${colors.line}`, margin: 0, padding: '10px 0' }}
      >
        <span className="muted" style={{ color: colors.muted }}>
          {name}:
        </span>{' '}
        <Strong>{value}</Strong>
      </Text>
    ))}
  </Section>
);
