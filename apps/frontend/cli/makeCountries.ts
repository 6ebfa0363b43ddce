import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { quantize } from 'topojson-client';
import { filter, filterWeight, presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';

/*
 * Makes lib/map/countries.json from Natural Earth (public domain) as the package world-atlas gives it at 1:50 million:
 * outlines alone, without names and without Antarctica, which no Mercator map can show. Run it after an update of the
 * package: `pnpm --filter @convene/frontend map:countries`.
 */

/** Square degrees: corners whose triangle is smaller are left out; about what a pixel is at zoom 5. */
const LEAST_TRIANGLE = 1.5e-3;
/** About 1 km each. */
const STEPS = 4e4;
const ANTARCTICA = '010';

type Countries = Topology<{ countries: GeometryCollection }>;

const source = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
const target = path.resolve(import.meta.dirname, '../lib/map/countries.json');

const atlas: Topology<{ countries: GeometryCollection; land: GeometryCollection }> = JSON.parse(
  await readFile(source, 'utf8'),
);
const countries: Countries = {
  ...atlas,
  objects: {
    countries: {
      type: 'GeometryCollection',
      geometries: atlas.objects.countries.geometries
        .filter(({ id }) => id !== ANTARCTICA)
        .map(({ properties: _properties, id: _id, ...geometry }) => geometry),
    },
  },
};
const simple = simplify(presimplify(countries), LEAST_TRIANGLE);
const small = quantize(filter(simple, filterWeight(simple, LEAST_TRIANGLE)), STEPS);
await writeFile(target, `${JSON.stringify(small)}\n`);
