type Sample = { labels: Record<string, string>; value: number };
export type MetricFamily = { name: string; type: 'counter' | 'gauge'; help: string; samples: Sample[] };

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const line = (name: string, { labels, value }: Sample): string => {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
};

/** Prometheus' text exposition format, version 0.0.4. */
export const prometheusText = (families: MetricFamily[]): string =>
  families
    .map(({ name, type, help, samples }) =>
      [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples.map((sample) => line(name, sample))].join('\n'),
    )
    .join('\n')
    .concat('\n');
