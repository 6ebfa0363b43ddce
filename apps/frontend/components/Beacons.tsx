'use client';

import { useEffect } from 'react';
import { watchImpressions, whenSeen } from '@/lib/beacons/browser';

/** Watches the cards of every page that is looked at. Shows nothing. */
export const Beacons = () => {
  useEffect(() => {
    let stopWatching: (() => void) | undefined;
    const stopWaiting = whenSeen(() => {
      stopWatching = watchImpressions();
    });
    return () => {
      stopWaiting();
      stopWatching?.();
    };
  }, []);
  return null;
};
