import styles from './Stars.module.css';

/** So many of five stars; the text beside it says the same. */
export const Stars = ({ rating }: { rating: number }) => (
  <span className={styles.stars} aria-hidden="true">
    {[1, 2, 3, 4, 5].map((star) => (
      <svg
        key={star}
        viewBox="0 0 20 20"
        width="15"
        height="15"
        aria-hidden="true"
        focusable="false"
        data-full={star <= rating}
      >
        <path d="M10 1.4l2.6 5.5 6 .8-4.4 4.1 1.1 6L10 14.9l-5.3 2.9 1.1-6L1.4 7.7l6-.8z" />
      </svg>
    ))}
  </span>
);
