import { greetingName } from '../safeText';
import type { MailTexts } from '../texts/index';
import type { MailReader } from '../types';
import { Paragraph } from './Message';

export const Greeting = ({ reader, texts }: { reader: MailReader; texts: MailTexts }) => (
  <Paragraph>{texts.greeting(greetingName(reader.displayName))}</Paragraph>
);
