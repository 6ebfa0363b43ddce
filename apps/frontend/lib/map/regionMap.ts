import { geoIdentity, geoPath } from 'd3-geo';
import type { Position } from 'geojson';
import { type CountryShape, countryShapes } from './countryShapes';
import { type MapName, namesThatFit, type Point } from './places';

/*
 * A picture of where in a country a point is, for pages that should carry no script. Mercator, as the large map, but
 * on the plane: its outlines are few, and cut off at the picture's edge.
 */

export const REGION_SIZE = { width: 640, height: 300 } as const;
/** From the left edge to the right one. */
const REGION_DEGREES = 9;

const mercator = ([longitude = 0, latitude = 0]: Position): Point => {
  const radians = (Math.max(-85, Math.min(85, latitude)) * Math.PI) / 180;
  return [longitude, (Math.log(Math.tan(Math.PI / 4 + radians / 2)) * 180) / Math.PI];
};

type Flat = { shape: CountryShape; box: [number, number, number, number] };

const flatten = (shape: CountryShape): CountryShape => {
  const ring = (positions: Position[]): Position[] => positions.map(mercator);
  const { geometry } = shape;
  return geometry.type === 'Polygon'
    ? { ...shape, geometry: { type: 'Polygon', coordinates: geometry.coordinates.map(ring) } }
    : {
        ...shape,
        geometry: { type: 'MultiPolygon', coordinates: geometry.coordinates.map((polygon) => polygon.map(ring)) },
      };
};

let flat: Flat[] | undefined;

/** Made once: it takes some 50 ms. */
const flatCountries = (): Flat[] => {
  flat ??= countryShapes()
    .map(flatten)
    .map((shape) => {
      const [[west, south], [east, north]] = geoPath(geoIdentity()).bounds(shape);
      return { shape, box: [west, south, east, north] };
    });
  return flat;
};

export type RegionMap = {
  /** One path for all the land. */
  land: string;
  names: { name: string; x: number; y: number }[];
};

/** What lies around a point, as paths and places of a picture whose middle is the point. */
export const regionMap = (point: Point, names: MapName[]): RegionMap => {
  const { width, height } = REGION_SIZE;
  const scale = width / REGION_DEGREES;
  const [x, y] = mercator(point);
  const projection = geoIdentity()
    .reflectY(true)
    .scale(scale)
    .translate([width / 2 - x * scale, height / 2 + y * scale])
    .clipExtent([
      [-2, -2],
      [width + 2, height + 2],
    ]);
  const path = geoPath(projection).digits(1);
  const [halfWidth, halfHeight] = [width / 2 / scale, height / 2 / scale];
  const land = flatCountries()
    .filter(
      ({ box: [west, south, east, north] }) =>
        west < x + halfWidth && east > x - halfWidth && south < y + halfHeight && north > y - halfHeight,
    )
    .map(({ shape }) => path(shape) ?? '')
    .join('');
  const placeOf = ({ point: at }: MapName) => {
    const [otherX, otherY] = mercator(at);
    return { x: width / 2 + (otherX - x) * scale, y: height / 2 - (otherY - y) * scale };
  };
  // A wide page shows less of the height, a narrow one less of the width.
  const near = names.filter((name) => {
    const { x: left, y: top } = placeOf(name);
    return left > 70 && left < width - 70 && top > 56 && top < height - 66;
  });
  return {
    land,
    names: namesThatFit(near, { placeOf, width: 110, height: 30 }).map((name) => {
      const { x: left, y: top } = placeOf(name);
      return { name: name.name, x: Math.round(left), y: Math.round(top) };
    }),
  };
};
