'use client';

import { useEffect } from 'react';
import { startBeacons } from '@/lib/beacons/browser';
import { LIVE_EVENT } from '@/lib/onDemand/marks';

/** Counts what is looked at, and tells whoever waits for it that the page has come to life. Shows nothing. */
export const Beacons = () => {
  useEffect(() => {
    startBeacons();
    document.dispatchEvent(new Event(LIVE_EVENT));
  }, []);
  return null;
};
