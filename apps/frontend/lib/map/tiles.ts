import 'server-only';
import { env } from '@/env';
import type { Tiles } from './places';

/** The tiles that this site's maps show, or null where they show outlines. */
export const mapTiles = (): Tiles | null =>
  env.MAP_TILE_URL ? { url: env.MAP_TILE_URL, attribution: env.MAP_TILE_ATTRIBUTION ?? '' } : null;
