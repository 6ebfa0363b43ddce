import type { JSONFieldServerComponent } from 'payload';
import styles from './JsonField.module.css';

/** A value that nobody edits, as it is kept. (Payload's own editor of JSON comes from another host.) */
export const JsonField: JSONFieldServerComponent = ({ data, field, path }) => {
  const id = `field-${path}`;
  const value: unknown = data?.[path];
  return (
    <div className="field-type">
      <p className={styles['label']} id={id}>
        {typeof field.label === 'string' ? field.label : field.name}
      </p>
      {typeof field.admin?.description === 'string' ? (
        <p className={styles['lead']}>{field.admin.description}</p>
      ) : null}
      {value === undefined || value === null ? (
        <p className={styles['nothing']}>Nothing was noted.</p>
      ) : (
        <section aria-labelledby={id}>
          <pre className={styles['value']}>{JSON.stringify(value, null, 2)}</pre>
        </section>
      )}
    </div>
  );
};
