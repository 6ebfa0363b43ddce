import type { DefaultServerCellComponentProps } from 'payload';
import { changesSchema, changeText } from './changeText';

/** "tier: standard → sponsored, title" */
export const ChangesCell = ({ cellData }: DefaultServerCellComponentProps) => {
  const changes = changesSchema.safeParse(cellData).data ?? [];
  return <span>{changes.map(changeText).join(', ')}</span>;
};
