export const Heart = ({ isFull = false }: { isFull?: boolean }) => (
  <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
    <path
      d="M10 17.2C4.4 13.1 2 10.3 2 7.1A4.3 4.3 0 0 1 10 5a4.3 4.3 0 0 1 8 2.1c0 3.2-2.4 6-8 10.1z"
      fill={isFull ? 'var(--brand)' : 'none'}
      stroke={isFull ? 'var(--brand)' : 'currentColor'}
      strokeWidth="1.7"
      strokeLinejoin="round"
    />
  </svg>
);
