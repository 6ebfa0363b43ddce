import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { attempt } from '@/lib/backend/attempt';
import { getTaxonomies } from '@/lib/backend/reads';
import type { MapName, Point } from '@/lib/map/places';
import { REGION_SIZE, regionMap } from '@/lib/map/regionMap';
import { mapTiles } from '@/lib/map/tiles';
import { TILE_PX, tilesAround } from '@/lib/map/tilesAround';
import styles from './MapOfListing.module.css';

const { width, height } = REGION_SIZE;

/** Addresses that a phone opens in its app, and a computer in the browser. */
const mapApps = ([longitude, latitude]: Point) => [
  {
    name: 'OpenStreetMap',
    href: `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`,
  },
  { name: 'Google Maps', href: `https://www.google.com/maps/search/?api=1&query=${latitude}%2C${longitude}` },
  { name: 'Apple Maps', href: `https://maps.apple.com/?ll=${latitude},${longitude}&q=${latitude},${longitude}` },
];

/** Where a listing is: a picture drawn on the server, its address, and ways into a map. Nothing where nobody knows. */
export const MapOfListing = async ({ listing: { point, title, address, city } }: { listing: ListingDetail }) => {
  if (!point) return null;
  const t = await getTranslations('find.place');
  const where = [address, city?.name, city?.country].filter(Boolean).join(', ');
  return (
    <section className={styles.place} aria-labelledby="where">
      <h2 id="where">{t('title')}</h2>
      <figure className={styles.figure}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="xMidYMid slice"
          className={styles.map}
          role="img"
          aria-label={t('picture', { title, where })}
        >
          <Ground point={point} />
          <g transform={`translate(${width / 2} ${height / 2})`} className={styles.pin}>
            <path d="M0 0c-9-12-14-18-14-26a14 14 0 0 1 28 0c0 8-5 14-14 26Z" />
            <circle cy="-26" r="5.5" />
          </g>
        </svg>
        <Credit />
      </figure>
      <p className={styles.address}>{where}</p>
      <p className={styles.apps}>
        <span>{t('open')}</span>
        {mapApps(point).map(({ name, href }) => (
          <a key={name} href={href} target="_blank" rel="noopener noreferrer">
            {name}
          </a>
        ))}
      </p>
    </section>
  );
};

const Ground = async ({ point }: { point: Point }) => {
  const tiles = mapTiles();
  if (tiles) {
    return tilesAround(point, { url: tiles.url, width, height }).map(({ url, x, y }) => (
      <image key={url} href={url} x={x} y={y} width={TILE_PX} height={TILE_PX} />
    ));
  }
  const { land, names } = regionMap(point, await cityNames());
  return (
    <>
      <path d={land} className={styles.land} />
      {names.map(({ name, x, y }) => (
        <g key={name} className={styles.name}>
          <circle cx={x} cy={y} r="2.5" />
          <text x={x} y={y + 16}>
            {name}
          </text>
        </g>
      ))}
    </>
  );
};

const Credit = async () => {
  const tiles = mapTiles();
  const t = await getTranslations('find.map');
  return <figcaption className={styles.credit}>{tiles?.attribution ?? t('outlines')}</figcaption>;
};

const cityNames = async (): Promise<MapName[]> => {
  const taxonomies = await attempt(getTaxonomies);
  if (!taxonomies.isAvailable) return [];
  return taxonomies.value.cities.flatMap(({ name, point, listings }) =>
    point ? [{ name, point, listings: Object.values(listings).reduce((sum, count) => sum + count, 0) }] : [],
  );
};
