import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import countries from './countries.json';

export type CountryShape = Feature<Polygon | MultiPolygon>;

const isShape = (shape: Feature): shape is CountryShape =>
  shape.geometry?.type === 'Polygon' || shape.geometry?.type === 'MultiPolygon';

/** The outlines of all countries. */
export const countryShapes = (): CountryShape[] =>
  Object.values(countries.objects).flatMap((object) => {
    const shapes = feature(countries, object);
    return (shapes.type === 'FeatureCollection' ? shapes.features : [shapes]).filter(isShape);
  });
