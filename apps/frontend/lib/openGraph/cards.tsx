import type { ListingKind } from '@convene/common/listings';
import { FONT_FAMILY } from './fonts';
import { openGraphSize } from './size';

/* The cards as pictures. What draws them knows flex boxes and no style sheets, hence no tokens: these are the light ones. */

const colours = {
  paper: '#fbf6ee',
  ink: '#251a15',
  inkSoft: '#67564b',
  saffron: '#f2b13c',
  kinds: { locations: '#1c6650', events: '#a93617', services: '#693a78' } satisfies Record<ListingKind, string>,
};

const PHOTO_WIDTH = 520;
export const photoSize = { width: PHOTO_WIDTH, height: openGraphSize.height };

const Mark = ({ size }: { size: number }) => (
  <svg viewBox="0 0 400 400" width={size} height={size} aria-hidden="true">
    <circle cx="200" cy="200" r="74" fill={colours.saffron} />
    {[0, 60, 120, 180, 240, 300].map((degrees, index) => (
      <circle
        key={degrees}
        cx={200 + 146 * Math.sin((degrees * Math.PI) / 180)}
        cy={200 - 146 * Math.cos((degrees * Math.PI) / 180)}
        r="45"
        fill={[colours.kinds.events, colours.kinds.locations, colours.kinds.services][index % 3]}
      />
    ))}
  </svg>
);

const Brand = ({ name }: { name: string }) => (
  <div style={{ display: 'flex', alignItems: 'center', gap: 16, fontSize: 34, fontWeight: 700 }}>
    <Mark size={52} />
    {name}
  </div>
);

type ListingTexts = {
  brand: string;
  kind: ListingKind;
  label: string;
  title: string;
  /** City, dates, price: what there is of them. */
  lines: string[];
  rating: string | null;
  photo: string | null;
};

/** A long title in smaller letters, and a very long one cut. */
const titleSize = (title: string): number => (title.length > 70 ? 44 : title.length > 36 ? 54 : 68);

export const ListingShareCard = ({ brand, kind, label, title, lines, rating, photo }: ListingTexts) => (
  <div
    style={{
      display: 'flex',
      width: '100%',
      height: '100%',
      background: colours.paper,
      color: colours.ink,
      fontFamily: FONT_FAMILY,
      fontWeight: 500,
    }}
  >
    <div
      style={{
        display: 'flex',
        flex: 1,
        flexDirection: 'column',
        justifyContent: 'space-between',
        padding: '54px 56px',
      }}
    >
      <Brand name={brand} />
      <div style={{ display: 'flex', flexDirection: 'column', gap: 18 }}>
        <div style={{ display: 'flex', fontSize: 30, fontWeight: 700, color: colours.kinds[kind] }}>{label}</div>
        <div
          style={{
            display: 'block',
            fontSize: titleSize(title),
            fontWeight: 700,
            lineHeight: 1.08,
            letterSpacing: '-0.02em',
            lineClamp: 4,
          }}
        >
          {title}
        </div>
      </div>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 8, fontSize: 32, color: colours.inkSoft }}>
        {lines.map((line) => (
          <div key={line} style={{ display: 'flex' }}>
            {line}
          </div>
        ))}
        {rating ? (
          <div style={{ display: 'flex', alignItems: 'center', gap: 12, color: colours.ink, fontWeight: 700 }}>
            <svg viewBox="0 0 20 20" width="34" height="34" aria-hidden="true">
              <path
                d="M10 1.4l2.6 5.5 6 .8-4.4 4.1 1.1 6L10 14.9l-5.3 2.9 1.1-6L1.4 7.7l6-.8z"
                fill={colours.saffron}
              />
            </svg>
            {rating}
          </div>
        ) : null}
      </div>
    </div>
    {photo ? (
      <img src={photo} width={photoSize.width} height={photoSize.height} alt="" />
    ) : (
      <div
        style={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'center',
          width: photoSize.width,
          height: photoSize.height,
          background: colours.kinds[kind],
        }}
      >
        <Mark size={300} />
      </div>
    )}
  </div>
);

export const SiteShareCard = ({ brand, tagline }: { brand: string; tagline: string }) => (
  <div
    style={{
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      width: '100%',
      height: '100%',
      padding: '64px 72px',
      background: colours.paper,
      color: colours.ink,
      fontFamily: FONT_FAMILY,
    }}
  >
    <div style={{ display: 'flex', flexDirection: 'column', gap: 28, width: 640 }}>
      <div style={{ display: 'flex', fontSize: 104, fontWeight: 700, letterSpacing: '-0.03em' }}>{brand}</div>
      <div style={{ display: 'flex', fontSize: 44, fontWeight: 500, lineHeight: 1.2, color: colours.inkSoft }}>
        {tagline}
      </div>
    </div>
    <Mark size={360} />
  </div>
);
