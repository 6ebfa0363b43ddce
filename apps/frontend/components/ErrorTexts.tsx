'use client';

import { createContext, type ReactNode, useContext } from 'react';

type Texts = { title: string; text: string; retry: string; home: string };

const TextsContext = createContext<Texts | null>(null);

/** Hands the error page its texts, so that no message catalogue travels to the browser for it. */
export const ErrorTexts = ({ texts, children }: { texts: Texts; children: ReactNode }) => (
  <TextsContext value={texts}>{children}</TextsContext>
);

export const useErrorTexts = (): Texts | null => useContext(TextsContext);
