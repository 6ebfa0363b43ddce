'use client';

import { ErrorMessage } from '@/components/ErrorMessage';
import '@/styles/tokens.css';
import '@/styles/base.css';

/** In the place of the whole page, when even the layout failed. */
const GlobalError = ({ retry }: { retry: () => void }) => (
  <html lang="en">
    <body>
      <main>
        <ErrorMessage onRetry={retry} />
      </main>
    </body>
  </html>
);

export default GlobalError;
