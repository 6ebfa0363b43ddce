import type { ListingInMail, WeeklyCount } from '@convene/common';
import { Column, Row, Section, Text } from 'react-email';
import { changeOf } from '../format/numbers';
import { safeTitle } from '../safeText';
import type { MailTexts } from '../texts/index';
import { colors } from './theme';

export type Figure = { name: string; count: WeeklyCount };

const figureStyle = { color: colors.muted, fontSize: '14px', lineHeight: '20px', margin: 0 };

/** A week's numbers, large and side by side, each with its change on the week before. */
export const Figures = ({ figures, texts }: { figures: Figure[]; texts: MailTexts }) => (
  <Section className="quote" style={{ backgroundColor: colors.quote, borderRadius: '12px', margin: '0 0 20px' }}>
    <Row>
      {figures.map(({ name, count }) => (
        <Column
          key={name}
          className="figure"
          style={{ padding: '18px 20px', verticalAlign: 'top', width: `${100 / figures.length}%` }}
        >
          <Text className="muted" style={figureStyle}>
            {name}
            <br />
            <span
              className="heading"
              style={{
                color: colors.heading,
                fontSize: '30px',
                fontWeight: 700,
                letterSpacing: '-0.02em',
                lineHeight: '38px',
              }}
            >
              {texts.count(count.week)}
            </span>
            <br />
            {texts.change(changeOf(count))}
          </Text>
        </Column>
      ))}
    </Row>
  </Section>
);

/** One listing a line: its title, and below it what is told of it; at the end how many more there are. */
export const ListingLines = ({
  lines,
  otherListings,
  texts,
}: {
  lines: { listing: ListingInMail; told: string }[];
  otherListings: number;
  texts: MailTexts;
}) => (
  <Section className="line" style={{ borderTop: `1px solid ${colors.line}`, margin: '0 0 8px' }}>
    {lines.map(({ listing, told }) => (
      <Text
        key={`${listing.kind}/${listing.id}`}
        className="text line"
        style={{
          borderBottom: `1px solid ${colors.line}`,
          color: colors.text,
          fontSize: '15px',
          lineHeight: '22px',
          margin: 0,
          padding: '10px 0',
        }}
      >
        <strong className="heading" style={{ color: colors.heading, fontWeight: 600 }}>
          {safeTitle(listing.title)}
        </strong>
        <br />
        {told}
      </Text>
    ))}
    {otherListings === 0 ? null : (
      <Text className="muted" style={{ color: colors.muted, fontSize: '15px', lineHeight: '22px', margin: '10px 0 0' }}>
        {texts.otherListings(otherListings)}
      </Text>
    )}
  </Section>
);
