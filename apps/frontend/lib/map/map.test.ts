import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsSchema } from '@/lib/archive/bounds';
import { boundsOfPoints, boundsOfWindow, namesThatFit } from './places';
import { REGION_SIZE, regionMap } from './regionMap';
import { TILE_PX, tilesAround } from './tilesAround';

const degrees = (most: number) => fc.double({ min: -most, max: most, noNaN: true });

describe('the window of a map', () => {
  it('is said in a way that the backend understands, and never larger than it is', () => {
    const window = fc
      .tuple(degrees(200), degrees(89), degrees(40), degrees(20))
      .map(([west, south, width, height]): [number, number, number, number] => [
        west,
        south,
        west + 0.01 + Math.abs(width),
        Math.min(89.5, south + 0.01 + Math.abs(height)),
      ]);
    fc.assert(
      fc.property(
        window.filter(([west, south, east, north]) => west < 180 && east > -180 && south < 85 && north > -85),
        (shown) => {
          const said = boundsOfWindow(shown);
          expect(boundsSchema.parse(said.join(','))).toEqual(said);
          expect(said[0]).toBeGreaterThanOrEqual(Math.max(-180, shown[0]) - 1e-9);
          expect(said[2]).toBeLessThanOrEqual(Math.min(180, shown[2]) + 1e-9);
        },
      ),
    );
  });

  it('holds all the points', () => {
    expect(boundsOfPoints([])).toBeNull();
    expect(
      boundsOfPoints([
        [26, 44],
        [23.5, 47],
        [25, 45],
      ]),
    ).toEqual([23.5, 44, 26, 47]);
  });
});

describe('the names on a map', () => {
  it('leave out those that would touch one with more listings', () => {
    const names = [
      { name: 'small', listings: 1, x: 10, y: 10 },
      { name: 'large', listings: 9, x: 30, y: 12 },
      { name: 'far', listings: 2, x: 300, y: 12 },
    ];
    const fitting = namesThatFit(names, { placeOf: (name) => name, width: 90, height: 26 });
    expect(fitting.map(({ name }) => name)).toEqual(['large', 'far']);
  });
});

describe('the picture of where a listing is', () => {
  const city = (name: string, point: [number, number]) => ({ name, point, listings: 1 });

  it('shows the land and the cities around, and not those beyond its edge', () => {
    const map = regionMap([25.6, 45.66], [city('Brașov', [25.6, 45.66]), city('Lisbon', [-9.1, 38.7])]);
    expect(map.names).toEqual([{ name: 'Brașov', x: REGION_SIZE.width / 2, y: REGION_SIZE.height / 2 }]);
    expect(map.land).toMatch(/^M[\d.,MLZ-]+Z$/);
    expect(map.land.length).toBeLessThan(20_000);
  });

  it('shows water around a ship, and draws wherever somebody may be', () => {
    expect(regionMap([-30, 0], []).land).toBe('');
    fc.assert(
      fc.property(degrees(180), degrees(90), (longitude, latitude) => {
        expect(regionMap([longitude, latitude], []).land).not.toContain('NaN');
      }),
      { numRuns: 30 },
    );
  });
});

describe('the tiles of a picture', () => {
  it('cover it without gaps', () => {
    const size = { width: 640, height: 300 };
    const tiles = tilesAround([26.1, 44.43], { url: 'https://tiles.example/{z}/{x}/{y}.png', ...size });
    expect(tiles[0]?.url).toMatch(/^https:\/\/tiles\.example\/15\/\d+\/\d+\.png$/);
    for (const { x, y } of [
      { x: 0, y: 0 },
      { x: size.width - 1, y: size.height - 1 },
    ]) {
      expect(tiles.some((tile) => tile.x <= x && tile.x + TILE_PX > x && tile.y <= y && tile.y + TILE_PX > y)).toBe(
        true,
      );
    }
    expect(new Set(tiles.map(({ url }) => url)).size).toBe(tiles.length);
  });
});
