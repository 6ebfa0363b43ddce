const seats = [0, 60, 120, 180, 240, 300].map((degrees) => {
  const radians = ((degrees - 90) * Math.PI) / 180;
  return { x: 16 + 11.5 * Math.cos(radians), y: 16 + 11.5 * Math.sin(radians) };
});

/** People around a table. */
export const Logo = ({ size = 30 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <circle cx="16" cy="16" r="5.6" fill="var(--saffron)" />
    {seats.map(({ x, y }) => (
      <circle key={`${x},${y}`} cx={x.toFixed(2)} cy={y.toFixed(2)} r="3.5" fill="var(--brand)" />
    ))}
  </svg>
);
