import { existsSync } from 'node:fs';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The system's own Chromium; nothing is downloaded. `CHROMIUM_PATH` names another one. */
export const chromiumPath = (): string => {
  const given = process.env['CHROMIUM_PATH'];
  const found = given ?? candidates.find((path) => existsSync(path));
  if (!found) throw new Error('No Chromium found. Install it (apt-get install chromium) or set CHROMIUM_PATH.');
  return found;
};

/** Runs as root and in containers too, and does not call home. */
export const browserFlags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
