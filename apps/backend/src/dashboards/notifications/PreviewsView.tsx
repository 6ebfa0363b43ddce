import { locales } from '@convene/common/listings';
import { isNotificationType, type NotificationType, notificationTypes } from '@convene/common/notifications';
import type { AdminViewServerProps } from 'payload';
import { z } from 'zod';
import { DashboardPage } from '../components/DashboardPage';
import styles from './PreviewsView.module.css';

const types = Object.keys(notificationTypes).filter(isNotificationType);
const first: NotificationType = 'user.welcome';
const languages = { en: 'English', ro: 'Română' } as const;
const formats = { html: 'As the device', light: 'Light', dark: 'Dark', text: 'Text' } as const;
const widths = { wide: 'Wide', phone: 'Phone' } as const;

const querySchema = z.object({
  type: z.custom<NotificationType>((value) => typeof value === 'string' && isNotificationType(value)).catch(first),
  locale: z.enum(locales).catch('en'),
  format: z.enum(['html', 'light', 'dark', 'text']).catch('html'),
  width: z.enum(['wide', 'phone']).catch('wide'),
});

const categories = [...new Set(types.map((type) => notificationTypes[type]))];

const Choice = ({
  name,
  label,
  options,
  value,
}: {
  name: string;
  label: string;
  options: Record<string, string>;
  value: string;
}) => (
  <p>
    <label htmlFor={`preview-${name}`}>{label}</label>
    <select defaultValue={value} id={`preview-${name}`} name={name}>
      {Object.entries(options).map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  </p>
);

/** Every mail as it is sent, made of a sample by the worker, in a frame that may run nothing. */
export const PreviewsView = (view: AdminViewServerProps) => (
  <DashboardPage
    lead="Every mail with a sample, made by the worker as it would be sent."
    title="How mails look"
    view={view}
  >
    {() => {
      const { type, locale, format, width } = querySchema.parse(view.searchParams ?? {});
      const source = `/api/emails/${type}/${locale}/${format}`;
      return (
        <>
          <form action="/admin/notifications/previews" className={styles['form']} method="get">
            <p>
              <label htmlFor="preview-type">Mail</label>
              <select defaultValue={type} id="preview-type" name="type">
                {categories.map((category) => (
                  <optgroup key={category} label={category}>
                    {types
                      .filter((name) => notificationTypes[name] === category)
                      .map((name) => (
                        <option key={name} value={name}>
                          {name}
                        </option>
                      ))}
                  </optgroup>
                ))}
              </select>
            </p>
            <Choice label="Language" name="locale" options={languages} value={locale} />
            <Choice label="Colours" name="format" options={formats} value={format} />
            <Choice label="Width" name="width" options={widths} value={width} />
            <button type="submit">Show</button>
          </form>
          <iframe
            className={`${styles['frame']} ${width === 'phone' ? styles['phone'] : ''}`}
            key={source}
            sandbox="allow-popups"
            src={source}
            title={`The mail ${type} in ${languages[locale]}`}
          />
        </>
      );
    }}
  </DashboardPage>
);
