export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** One parameter of a page's query as text; empty where it is missing or given twice. */
export const searchParam = async (searchParams: SearchParams, name: string): Promise<string> => {
  const value = (await searchParams)[name];
  return typeof value === 'string' ? value : '';
};
