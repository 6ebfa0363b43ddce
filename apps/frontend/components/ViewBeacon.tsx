'use client';

import { useEffect, useRef } from 'react';
import { sendView, whenSeen } from '@/lib/beacons/browser';

/** Reports that a listing's page was opened, once per load. Shows nothing. */
export const ViewBeacon = ({ kind, listingId }: { kind: string; listingId: number }) => {
  // Outlives the second mount of React's strict mode.
  const sentFor = useRef<string | null>(null);
  useEffect(() => {
    const id = `${kind}:${listingId}`;
    if (sentFor.current === id) return;
    return whenSeen(() => {
      sentFor.current = id;
      sendView({ kind, listingId: String(listingId) });
    });
  }, [kind, listingId]);
  return null;
};
