import { type Suggestions, suggestQuerySchema } from '@convene/common/api';
import { getPool } from '../../utils/postgres';
import { keptAnswers } from '../feed/followedFeed';
import { jsonAnswer, limitReads, type RouteHandler, readQuery } from '../http';
import { suggestLimit } from '../limits';
import { keptTaxonomies } from '../taxonomies/taxonomies';
import { readSuggestions, type SuggestionQuery } from './readSuggestions';

/** GET /api/suggest: cities, types and listings that somebody may mean who has typed this much. */
export const suggest: RouteHandler = async (request) => {
  await limitReads(request, suggestLimit);
  const query = readQuery(request, suggestQuerySchema);
  return jsonAnswer(await keptSuggestions(query), 200, { 'Cache-Control': 'public, max-age=60' });
};

/** Half a kilobyte each. The first letters of what people type are few. */
const MOST_SUGGESTIONS = 2_000;

export const keptSuggestions = ({ text, kind }: SuggestionQuery): Promise<Suggestions> => {
  const query = { kind, text: text.toLowerCase() };
  return keptAnswers<Suggestions>('suggestions', MOST_SUGGESTIONS)(JSON.stringify([kind, query.text]), async () =>
    readSuggestions(getPool(), { query, taxonomies: await keptTaxonomies() }),
  );
};
