/** The colours of all mails; each pair of text and ground has a contrast of 4.5 or more, light and dark. */
const light = {
  ground: '#f4f2ee',
  card: '#ffffff',
  line: '#e4dfd6',
  heading: '#1c1b19',
  text: '#3b3833',
  muted: '#6a655b',
  accent: '#1f4d3f',
  onAccent: '#ffffff',
  quote: '#f7f5f1',
} as const;

const dark = {
  ground: '#151513',
  card: '#1f1e1b',
  line: '#37342e',
  heading: '#f5f2ec',
  text: '#dcd8d0',
  muted: '#a8a296',
  accent: '#9ad7bd',
  onAccent: '#0f241b',
  quote: '#292723',
} as const satisfies Record<keyof typeof light, string>;

export const colors = light;

export const fontFamily =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Helvetica, Arial, sans-serif";

/** For programs that know the reader's preference; the inline styles are the light ones. */
export const styleSheet = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  @media (max-width: 480px) {
    /* react-email paints a section's padding on its cell. */
    .card > tbody > tr > td { padding: 28px 22px !important; }
    .figure { padding: 14px 12px !important; }
    .figure .heading { font-size: 24px !important; line-height: 32px !important; }
    .button { display: block !important; text-align: center !important; }
  }
  @media (prefers-color-scheme: dark) {
    /* react-email paints the ground on a cell within the body as well. */
    .ground, .ground > table > tbody > tr > td { background-color: ${dark.ground} !important; }
    .card { background-color: ${dark.card} !important; border-color: ${dark.line} !important; }
    .heading, .wordmark { color: ${dark.heading} !important; }
    .text { color: ${dark.text} !important; }
    .muted { color: ${dark.muted} !important; }
    .link, .dot { color: ${dark.accent} !important; }
    .button { background-color: ${dark.accent} !important; color: ${dark.onAccent} !important; }
    .quote { background-color: ${dark.quote} !important; border-color: ${dark.accent} !important; }
    .line { border-color: ${dark.line} !important; }
  }
`;
