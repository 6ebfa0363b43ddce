'use client';

import { useErrorTexts } from './ErrorTexts';
import styles from './Message.module.css';

const fallback = { title: 'Something went wrong', text: 'Please try again.', retry: 'Try again', home: 'Go home' };

export const ErrorMessage = ({ onRetry }: { onRetry: () => void }) => {
  const texts = useErrorTexts() ?? fallback;
  return (
    <section className={`container ${styles.message}`} role="alert">
      <h1 className={styles.title}>{texts.title}</h1>
      <p>{texts.text}</p>
      <button type="button" className="button" onClick={onRetry}>
        {texts.retry}
      </button>
      <a href="/">{texts.home}</a>
    </section>
  );
};
