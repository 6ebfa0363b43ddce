import {
  type Control,
  control,
  divIcon,
  geoJSON,
  type LatLngBoundsExpression,
  type LatLngTuple,
  type Map as LeafletMap,
  map as leafletMap,
  type Marker,
  marker,
  svg,
  tileLayer,
} from 'leaflet';
import type { Bounds } from '@/lib/archive/bounds';
import 'leaflet/dist/leaflet.css';
import Supercluster from 'supercluster';
import { countryShapes } from './countryShapes';
import styles from './drawMap.module.css';
import {
  boundsOfPoints,
  boundsOfWindow,
  type MapName,
  type MapPlace,
  namesThatFit,
  type Point,
  type Tiles,
} from './places';

export type MapTexts = { zoomIn: string; zoomOut: string; cluster: string; outlines: string };

export type DrawMapOptions = {
  element: HTMLElement;
  places: MapPlace[];
  names: MapName[];
  /** What to show at first; where nothing is said, all the places, or else all the names. */
  bounds: Bounds | null;
  tiles: Tiles | null;
  texts: MapTexts;
  onSelect: (place: MapPlace, pin: HTMLElement) => void;
  /** The visitor has moved the map or zoomed. */
  onMove: (bounds: Bounds) => void;
};

const CLUSTER_RADIUS_PX = 60;
const MOST_ZOOM = 17;
/** Without tiles there is nothing more to see beyond it but the places themselves. */
const FIRST_ZOOM = { withTiles: 15, withoutTiles: 12 } as const;
const EUROPE: Bounds = [-12, 35, 32, 60];

const latLng = ([longitude, latitude]: Point): LatLngTuple => [latitude, longitude];
const corners = ([west, south, east, north]: Bounds): LatLngBoundsExpression => [
  [south, west],
  [north, east],
];

const boundsOf = (map: LeafletMap): Bounds => {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
};

/** An element with a text, set as text. */
const textElement = (text: string): HTMLElement => {
  const element = document.createElement('span');
  element.textContent = text;
  return element;
};

const drawGround = (map: LeafletMap, { tiles, texts }: Pick<DrawMapOptions, 'tiles' | 'texts'>): void => {
  if (tiles) {
    tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: MOST_ZOOM }).addTo(map);
    return;
  }
  geoJSON(countryShapes(), {
    interactive: false,
    attribution: texts.outlines,
    style: { className: styles['land'] ?? '', weight: 1 },
  }).addTo(map);
  control.scale({ imperial: false, position: 'bottomright' }).addTo(map);
};

/** Names, as many as fit; they are pictures of text, and the filters say the same. */
const drawNames = (map: LeafletMap, names: MapName[]): void => {
  const pane = map.createPane('names');
  pane.setAttribute('aria-hidden', 'true');
  let shown: Marker[] = [];
  const draw = (): void => {
    for (const old of shown) old.remove();
    const fitting = namesThatFit(names, {
      placeOf: ({ point }) => map.latLngToContainerPoint(latLng(point)),
      width: 90,
      height: 26,
    });
    shown = fitting.map(({ name, point }) =>
      marker(latLng(point), {
        pane: 'names',
        interactive: false,
        keyboard: false,
        icon: divIcon({ className: styles['name'] ?? '', html: textElement(name), iconSize: [0, 0] }),
      }).addTo(map),
    );
  };
  draw();
  map.on('zoomend', draw);
};

const onPress = (pin: Marker, press: (element: HTMLElement) => void): void => {
  const element = pin.getElement();
  if (!element) return;
  pin.on('click', () => press(element));
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    press(element);
  });
};

type Drawn = { key: string; point: Point; className: string | undefined; text: string; label: string };

const pinOf = (map: LeafletMap, { point, className, text, label }: Drawn): Marker => {
  const pin = marker(latLng(point), {
    riseOnHover: true,
    // As large as its text; the style sheet puts its middle on the point.
    icon: divIcon({ className: className ?? '', html: textElement(text), iconSize: undefined }),
  }).addTo(map);
  pin.getElement()?.setAttribute('aria-label', label);
  return pin;
};

/** The places, those that would cover each other as one with their number. */
const drawPlaces = (map: LeafletMap, { places, texts, onSelect }: DrawMapOptions): void => {
  const index = new Supercluster<{ place: MapPlace }>({ radius: CLUSTER_RADIUS_PX, maxZoom: MOST_ZOOM });
  index.load(
    places.map((place) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: place.point },
      properties: { place },
    })),
  );
  const pins = new Map<string, Marker>();

  const draw = (): void => {
    const found = index.getClusters(boundsOf(map), Math.round(map.getZoom()));
    const wanted = new Set<string>();
    for (const { geometry, properties } of found) {
      const [longitude = 0, latitude = 0] = geometry.coordinates;
      const point: Point = [longitude, latitude];
      const isCluster = 'cluster_id' in properties;
      const key = isCluster ? `cluster ${properties.cluster_id}` : `place ${properties.place.id}`;
      wanted.add(key);
      if (pins.has(key)) continue;
      if (isCluster) {
        const { cluster_id: id, point_count: count } = properties;
        const label = `${texts.cluster} ${count}`;
        const pin = pinOf(map, { key, point, className: styles['cluster'], text: String(count), label });
        onPress(pin, () => map.setView(latLng(point), Math.min(index.getClusterExpansionZoom(id), MOST_ZOOM)));
        pins.set(key, pin);
        continue;
      }
      const { place } = properties;
      const label = `${place.title}, ${place.price}`;
      const pin = pinOf(map, { key, point, className: styles['pin'], text: place.label, label });
      onPress(pin, (element) => onSelect(place, element));
      pins.set(key, pin);
    }
    for (const [key, pin] of pins) {
      if (wanted.has(key)) continue;
      pin.remove();
      pins.delete(key);
    }
  };
  draw();
  map.on('moveend', draw);
};

const showFirst = (map: LeafletMap, { bounds, places, names, tiles }: DrawMapOptions): void => {
  if (bounds) {
    map.fitBounds(corners(bounds), { animate: false });
    return;
  }
  const all = boundsOfPoints((places.length > 0 ? places : names).map(({ point }) => point)) ?? EUROPE;
  const maxZoom = tiles ? FIRST_ZOOM.withTiles : FIRST_ZOOM.withoutTiles;
  map.fitBounds(corners(all), { animate: false, padding: [48, 48], maxZoom });
};

/** Draws the map into an element, and returns what takes it away again. */
export const drawMap = (options: DrawMapOptions): (() => void) => {
  const { element, names, tiles, texts, onMove } = options;
  const isStill = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = leafletMap(element, {
    minZoom: 2,
    maxZoom: MOST_ZOOM,
    maxBounds: corners([-180, -85, 180, 85]),
    zoomControl: false,
    renderer: svg({ padding: 0.5 }),
    ...(isStill ? { zoomAnimation: false, fadeAnimation: false, inertia: false } : {}),
  });
  map.attributionControl.setPrefix(false);
  const zoom: Control = control.zoom({ zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut });
  zoom.addTo(map);
  showFirst(map, options);
  drawGround(map, { tiles, texts });
  if (!tiles) drawNames(map, names);
  drawPlaces(map, options);
  map.on('moveend', () => onMove(boundsOfWindow(boundsOf(map))));
  return () => map.remove();
};
