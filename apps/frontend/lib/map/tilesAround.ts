import type { Point } from './places';

export const TILE_PX = 256;
const ZOOM = 15;

export type PlacedTile = { url: string; x: number; y: number };

/** The tiles that fill a picture whose middle is the point, and where in it they stand. */
export const tilesAround = (
  [longitude, latitude]: Point,
  { url, width, height }: { url: string; width: number; height: number },
): PlacedTile[] => {
  const size = 2 ** ZOOM;
  const radians = (latitude * Math.PI) / 180;
  const column = ((longitude + 180) / 360) * size;
  const row = ((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * size;
  const [left, top] = [column - width / 2 / TILE_PX, row - height / 2 / TILE_PX];
  const tiles: PlacedTile[] = [];
  for (let tileRow = Math.floor(top); tileRow < top + height / TILE_PX; tileRow += 1) {
    for (let tileColumn = Math.floor(left); tileColumn < left + width / TILE_PX; tileColumn += 1) {
      if (tileRow < 0 || tileRow >= size) continue;
      tiles.push({
        url: url
          .replaceAll('{z}', String(ZOOM))
          .replaceAll('{x}', String((tileColumn + size) % size))
          .replaceAll('{y}', String(tileRow))
          .replaceAll('{r}', ''),
        x: Math.round((tileColumn - left) * TILE_PX),
        y: Math.round((tileRow - top) * TILE_PX),
      });
    }
  }
  return tiles;
};
