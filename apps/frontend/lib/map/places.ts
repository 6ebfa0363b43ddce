import type { Bounds } from '@/lib/archive/bounds';

/** Longitude and latitude in degrees. */
export type Point = [number, number];

/** A listing on the map, with its texts in the visitor's language. */
export type MapPlace = {
  id: number;
  href: string;
  title: string;
  /** The price, as short as it gets. */
  label: string;
  price: string;
  point: Point;
};

/** A name on the map. */
export type MapName = { name: string; point: Point; listings: number };

export type Tiles = { url: string; attribution: string };

/** What Mercator maps can show. */
const MOST_LATITUDE = 85;

/** Adding nothing makes a nought of a negative one. */
const inward = (degrees: number, round: (value: number) => number): number => round(degrees * 1e4) / 1e4 + 0;
const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

/** What a window shows as the address says it: to some 10 m, and nothing that the window does not show. */
export const boundsOfWindow = ([west, south, east, north]: Bounds): Bounds => [
  inward(clamp(west, 180), Math.ceil),
  inward(clamp(south, MOST_LATITUDE), Math.ceil),
  inward(clamp(east, 180), Math.floor),
  inward(clamp(north, MOST_LATITUDE), Math.floor),
];

/** The least window that holds all the points, or null for none. */
export const boundsOfPoints = (points: Point[]): Bounds | null => {
  if (points.length === 0) return null;
  const longitudes = points.map(([longitude]) => longitude);
  const latitudes = points.map(([, latitude]) => latitude);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
};

/** The names that fit without touching another, those with the most listings first. */
export const namesThatFit = <T extends { listings: number }>(
  names: T[],
  { placeOf, width, height }: { placeOf: (name: T) => { x: number; y: number }; width: number; height: number },
): T[] => {
  const placed: { x: number; y: number }[] = [];
  return names
    .toSorted((a, b) => b.listings - a.listings)
    .filter((name) => {
      const { x, y } = placeOf(name);
      if (placed.some((other) => Math.abs(other.x - x) < width && Math.abs(other.y - y) < height)) return false;
      placed.push({ x, y });
      return true;
    });
};
