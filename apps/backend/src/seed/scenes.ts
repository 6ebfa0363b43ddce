import type { ListingKind } from '@convene/common/listings';
import sharp from 'sharp';
import { createRandom, type Random } from './random';

const WIDTH = 1600;
const HEIGHT = 1067;

/** Sky, sun, far, middle, near and accent of one time of day. */
const palettes = [
  ['#f6d8b8', '#fff2d8', '#d99a7c', '#a9604f', '#4a2c35', '#f4b860'],
  ['#cfe4ee', '#ffffff', '#8fb6c4', '#4f7f8f', '#1f3d4a', '#f2c14e'],
  ['#23304d', '#f7e7b0', '#31456d', '#1c2743', '#0f1526', '#f29e6d'],
  ['#f3e3e6', '#ffffff', '#d9a5ae', '#a35e72', '#4d2338', '#8fb8a8'],
  ['#dfe8d2', '#fffbe6', '#a9c08d', '#688a5b', '#2d4430', '#e2a14f'],
  ['#e9dcf2', '#fff8ea', '#b79ccb', '#7a5f9a', '#3a2a52', '#f0a8a0'],
  ['#fbe9d0', '#ffffff', '#e6b17e', '#bf7a4a', '#5c3823', '#5f8f8c'],
  ['#d6ebe7', '#fffdf2', '#8cc0b5', '#4a8a80', '#1e4a46', '#ee9b6b'],
] as const;

type Palette = (typeof palettes)[number];

const hills = (random: Random, baseline: number, height: number, colour: string): string => {
  const steps = 6;
  let path = `M0 ${HEIGHT} L0 ${baseline}`;
  for (let step = 0; step < steps; step += 1) {
    const x1 = ((step + 0.5) * WIDTH) / steps;
    const x2 = ((step + 1) * WIDTH) / steps;
    path += ` Q${x1} ${baseline - random.between(0, height)} ${x2} ${baseline + random.between(-height / 3, height / 3)}`;
  }
  return `<path d="${path} L${WIDTH} ${HEIGHT} Z" fill="${colour}"/>`;
};

const houses = (random: Random, palette: Palette): string => {
  let x = -40;
  let shapes = '';
  while (x < WIDTH) {
    const width = random.between(110, 230);
    const height = random.between(200, 520);
    const top = 900 - height;
    const colour = random.pick([palette[2], palette[3], palette[4]]);
    shapes += `<rect x="${x}" y="${top}" width="${width}" height="${height + 200}" fill="${colour}"/>`;
    if (random.chance(0.6)) {
      shapes += `<path d="M${x - 8} ${top} L${x + width / 2} ${top - random.between(50, 110)} L${x + width + 8} ${top} Z" fill="${palette[4]}"/>`;
    }
    for (let row = top + 40; row < 860; row += 76) {
      for (let column = x + 26; column < x + width - 40; column += 56) {
        const lit = random.chance(0.55) ? palette[5] : palette[0];
        shapes += `<rect x="${column}" y="${row}" width="26" height="40" rx="3" fill="${lit}" opacity=".85"/>`;
      }
    }
    x += width + random.between(4, 30);
  }
  return shapes;
};

const crowd = (random: Random, palette: Palette): string => {
  let shapes = '';
  for (let row = 0; row < 3; row += 1) {
    for (let x = random.between(-40, 0); x < WIDTH; x += random.between(70, 120)) {
      const y = 850 + row * 80 + random.between(-16, 16);
      const size = 30 + row * 9;
      const colour = random.pick([palette[3], palette[4], palette[4]]);
      shapes += `<circle cx="${x}" cy="${y - size * 1.6}" r="${size * 0.62}" fill="${colour}"/><path d="M${x - size} ${HEIGHT} L${x - size} ${y} Q${x} ${y - size * 1.3} ${x + size} ${y} L${x + size} ${HEIGHT} Z" fill="${colour}"/>`;
    }
  }
  return shapes;
};

const stage = (random: Random, palette: Palette): string => {
  let beams = '';
  for (let beam = 0; beam < 5; beam += 1) {
    const from = 200 + beam * 300;
    const to = from + random.between(-320, 320);
    beams += `<path d="M${from} 0 L${to - 130} 800 L${to + 130} 800 Z" fill="${palette[5]}" opacity=".22"/>`;
  }
  const bulbs = Array.from({ length: 17 }, (_, index) => {
    const x = index * 100;
    const y = 140 + Math.sin(index / 1.4) * 46;
    return `<circle cx="${x}" cy="${y}" r="11" fill="${palette[5]}"/>`;
  }).join('');
  return `${beams}<path d="M0 140 Q400 230 800 140 T1600 140" stroke="${palette[4]}" stroke-width="4" fill="none"/>${bulbs}`;
};

const table = (random: Random, palette: Palette): string => {
  let shapes = `<rect x="0" y="700" width="${WIDTH}" height="367" fill="${palette[4]}"/><rect x="0" y="690" width="${WIDTH}" height="22" fill="${palette[3]}"/>`;
  for (let place = 0; place < 6; place += 1) {
    const x = 150 + place * 260 + random.between(-30, 30);
    const y = 700;
    const item = random.integer(0, 2);
    if (item === 0) {
      shapes += `<path d="M${x - 60} ${y} L${x - 42} ${y - 190} L${x + 42} ${y - 190} L${x + 60} ${y} Z" fill="${palette[2]}"/><circle cx="${x}" cy="${y - 250}" r="86" fill="${palette[5]}"/><circle cx="${x - 62}" cy="${y - 218}" r="58" fill="${palette[3]}"/><circle cx="${x + 60}" cy="${y - 226}" r="62" fill="${palette[1]}"/>`;
    } else if (item === 1) {
      shapes += `<ellipse cx="${x}" cy="${y - 10}" rx="104" ry="22" fill="${palette[1]}"/><path d="M${x - 84} ${y - 18} Q${x} ${y - 170} ${x + 84} ${y - 18} Z" fill="${palette[5]}"/>`;
    } else {
      shapes += `<path d="M${x - 46} ${y - 230} Q${x} ${y - 96} ${x + 46} ${y - 230} Z" fill="${palette[1]}" opacity=".9"/><rect x="${x - 5}" y="${y - 160}" width="10" height="140" fill="${palette[1]}"/><ellipse cx="${x}" cy="${y - 12}" rx="48" ry="10" fill="${palette[1]}"/>`;
    }
  }
  return shapes;
};

const foreground = {
  locations: (random: Random, palette: Palette) => houses(random, palette),
  events: (random: Random, palette: Palette) => stage(random, palette) + crowd(random, palette),
  services: (random: Random, palette: Palette) => table(random, palette),
} as const satisfies Record<ListingKind, (random: Random, palette: Palette) => string>;

const grain = `<filter id="grain"><feTurbulence type="fractalNoise" baseFrequency=".8" numOctaves="2" seed="4"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  0 0 0 .5 0"/></filter><rect width="100%" height="100%" filter="url(#grain)" opacity=".10"/>`;

/** A drawn scene of a kind, always the same for the same seed, as a JPEG. */
export const drawScene = async ({ kind, seed }: { kind: ListingKind; seed: number }): Promise<Buffer> => {
  const random = createRandom(seed * 7_919 + kind.length);
  const palette = palettes[seed % palettes.length] ?? palettes[0];
  const sunX = random.between(240, 1_360);
  const sunY = random.between(180, 420);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${palette[0]}"/><stop offset="1" stop-color="${palette[1]}"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/>
    <circle cx="${sunX}" cy="${sunY}" r="${random.between(70, 150)}" fill="${palette[5]}" opacity=".85"/>
    ${hills(random, 640, 200, palette[2])}${hills(random, 780, 140, palette[3])}
    ${foreground[kind](random, palette)}${grain}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 88, mozjpeg: false }).toBuffer();
};
