import type { Image } from '@convene/common/api';
import styles from './ListingImage.module.css';

/** About how wide an image has to be where the browser can't choose by itself. */
const FALLBACK_WIDTH = 640;

type Props = {
  image: Image | null;
  /** The `sizes` attribute: how wide the image is shown. */
  sizes: string;
  /** Seen without scrolling: fetched at once and first. */
  isFirst?: boolean;
  /** Empty where the text beside it says the same. */
  alt?: string;
};

/** An image in the size that fits, or a quiet pattern in the kind's colour where there is none. */
export const ListingImage = ({ image, sizes, isFirst = false, alt }: Props) => {
  const largest = image?.sources.at(-1);
  if (!image || !largest) return <Placeholder />;
  const fallback = image.sources.find(({ width }) => width >= FALLBACK_WIDTH) ?? largest;
  return (
    <img
      className={styles.image}
      src={fallback.url}
      srcSet={image.sources.map(({ url, width }) => `${url} ${width}w`).join(', ')}
      sizes={sizes}
      width={largest.width}
      height={largest.height}
      alt={alt ?? image.alt}
      decoding="async"
      {...(isFirst ? { fetchPriority: 'high' } : { loading: 'lazy' })}
    />
  );
};

const Placeholder = () => (
  <svg
    className={styles.placeholder}
    viewBox="0 0 400 300"
    preserveAspectRatio="xMidYMid slice"
    aria-hidden="true"
    focusable="false"
  >
    <circle cx="200" cy="150" r="34" />
    {[0, 60, 120, 180, 240, 300].map((degrees) => (
      <circle key={degrees} cx="200" cy="82" r="21" transform={`rotate(${degrees} 200 150)`} />
    ))}
  </svg>
);
