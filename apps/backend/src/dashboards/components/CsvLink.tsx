import type { CsvName } from '../csv/csvFiles';

/** The same numbers as a file. */
export const CsvLink = ({ name, query = {} }: { name: CsvName; query?: Record<string, string> }) => {
  const search = new URLSearchParams(query);
  return (
    <a download href={`/api/dashboards/${name}${search.size ? `?${search}` : ''}`}>
      As CSV
    </a>
  );
};
