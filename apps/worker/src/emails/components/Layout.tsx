import { Fragment, type ReactNode } from 'react';
import { Body, Container, Head, Heading, Html, Link, Preview, Section, Text } from 'react-email';
import { withoutLinks } from '../safeText';
import { colors, fontFamily, styleSheet } from './theme';

/** Where the footer leads: the preferences, the end of such mails. */
export type FooterLink = { href: string; label: string };

/** What all mails share: the wordmark, a card with the message, and below it why one gets it. */
export const Layout = ({
  locale,
  subject,
  preheader,
  why,
  tagline,
  footerLinks,
  children,
}: {
  locale: string;
  subject: string;
  preheader: string;
  why: string;
  tagline: string;
  footerLinks: FooterLink[];
  children: ReactNode;
}) => (
  <Html lang={locale} dir="ltr">
    <Head>
      <title>{subject}</title>
      <meta name="color-scheme" content="light dark" />
      <meta name="supported-color-schemes" content="light dark" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <style>{styleSheet}</style>
    </Head>
    <Body
      lang={locale}
      className="ground"
      style={{ backgroundColor: colors.ground, fontFamily, margin: 0, padding: '32px 12px' }}
    >
      <Preview useTitleTag={false}>{withoutLinks(preheader)}</Preview>
      <Container style={{ maxWidth: '560px', margin: '0 auto' }}>
        <Text
          data-skip-in-text="true"
          className="wordmark"
          style={{
            color: colors.heading,
            fontSize: '22px',
            fontWeight: 700,
            letterSpacing: '-0.02em',
            lineHeight: '28px',
            margin: '0 0 16px 4px',
          }}
        >
          Convene
          <span className="dot" style={{ color: colors.accent }}>
            .
          </span>
        </Text>
        <Section
          className="card"
          style={{
            backgroundColor: colors.card,
            border: `1px solid ${colors.line}`,
            borderRadius: '16px',
            padding: '36px 40px',
          }}
        >
          {children}
        </Section>
        <Text className="muted" style={{ ...footerStyle, margin: '20px 4px 0' }}>
          {why}
        </Text>
        {footerLinks.length === 0 ? null : (
          <Text className="muted" style={{ ...footerStyle, margin: '4px 4px 0' }}>
            {footerLinks.map(({ href, label }, index) => (
              <Fragment key={href}>
                {index === 0 ? null : ' · '}
                <Link className="muted" href={href} style={{ color: colors.muted, textDecoration: 'underline' }}>
                  {label}
                </Link>
              </Fragment>
            ))}
          </Text>
        )}
        <Text className="muted" style={{ ...footerStyle, margin: '4px 4px 24px' }}>
          {tagline}
        </Text>
      </Container>
    </Body>
  </Html>
);

const footerStyle = { color: colors.muted, fontSize: '13px', lineHeight: '20px' };

/** The one heading of a mail. */
export const Title = ({ children }: { children: string }) => (
  <Heading
    as="h1"
    className="heading"
    style={{
      color: colors.heading,
      fontSize: '26px',
      fontWeight: 700,
      letterSpacing: '-0.015em',
      lineHeight: '32px',
      margin: '0 0 20px',
    }}
  >
    {withoutLinks(children)}
  </Heading>
);

/** The heading of a part, in mails that have parts. */
export const Subtitle = ({ children }: { children: string }) => (
  <Heading
    as="h2"
    className="heading"
    style={{ color: colors.heading, fontSize: '17px', fontWeight: 600, lineHeight: '24px', margin: '24px 0 8px' }}
  >
    {children}
  </Heading>
);
