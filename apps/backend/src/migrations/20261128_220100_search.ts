import { listingKinds } from '@convene/common/listings';
import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres';

/**
 * What the text search reads: one row beside every listing that visitors can see, kept by triggers. It is a table of
 * its own because the listings' rows are rewritten by Payload, which knows no column that a trigger fills.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  await db.execute(functions);
  await db.execute(table);
  await db.execute(upkeep);
  for (const kind of listingKinds) await db.execute(sql.raw(triggersOf(kind)));
  for (const kind of listingKinds) await db.execute(sql.raw(indexesOf(kind)));
  await db.execute(sql`CREATE INDEX listing_search_title_idx ON listing_search (kind, title text_pattern_ops)`);
  await db.execute(sql`ANALYZE listing_search`);
}

const functions = sql`
  -- All three come with Postgres, and whoever owns a database may add them.
  CREATE EXTENSION IF NOT EXISTS unaccent;
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

  -- Lower case, no accents, words of letters and digits with one space between: what is searched and what is searched
  -- for take the same way.
  CREATE FUNCTION convene_fold(given text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN btrim(regexp_replace(lower(unaccent(normalize(given, NFKC))), '[^[:alnum:]]+', ' ', 'g'));

  -- Every word of a folded text as it is and by its English and its Romanian stem, since listings are in either.
  CREATE FUNCTION convene_lexemes(folded text, weight "char") RETURNS tsvector LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN setweight(to_tsvector('pg_catalog.simple'::regconfig, folded)
      || to_tsvector('pg_catalog.english'::regconfig, folded)
      || to_tsvector('pg_catalog.romanian'::regconfig, folded), weight);

  -- The words of a search in their order, at most eight; what every text is full of only where there is nothing else.
  CREATE FUNCTION convene_search_words(given text) RETURNS text[] LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    WITH word AS (
      SELECT split.word, max(split.place) AS place
      FROM regexp_split_to_table(convene_fold(given), ' ') WITH ORDINALITY AS split (word, place)
      WHERE split.word <> '' GROUP BY split.word
    ), told AS (
      SELECT word.*, to_tsvector('pg_catalog.english'::regconfig, word.word) = ''
          OR word.word = ANY ('{si,de,la,cu,din,pe,un,o,al,ale,pentru,sau,ce,lui}') AS is_filler
      FROM word
    )
    SELECT coalesce(array_agg(kept.word ORDER BY kept.place), '{}') FROM (
      SELECT told.word, told.place FROM told
      WHERE NOT told.is_filler OR NOT EXISTS (SELECT FROM told AS other WHERE NOT other.is_filler)
      ORDER BY told.place LIMIT 8
    ) AS kept
  $$;

  -- One word of them. The last may be unfinished; of one letter alone nothing is guessed.
  CREATE FUNCTION convene_word_query(word text, is_last boolean) RETURNS tsquery
  LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT concat_ws(' | ',
      quote_literal(word) || CASE WHEN is_last AND length(word) > 1 THEN ':*' ELSE '' END,
      CASE WHEN length(word) > 3 THEN (
        SELECT string_agg(quote_literal(lexeme), ' | ')
        FROM unnest(tsvector_to_array(to_tsvector('pg_catalog.english'::regconfig, word)
          || to_tsvector('pg_catalog.romanian'::regconfig, word))) AS lexeme
        WHERE lexeme <> word) END
    )::tsquery
  $$;

  -- All words; null where there is none.
  CREATE FUNCTION convene_search_query(given text) RETURNS tsquery LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT string_agg('(' || convene_word_query(words.word, words.place = cardinality(asked.words))::text || ')', ' & ')::tsquery
    FROM (SELECT convene_search_words(given) AS words) AS asked
    CROSS JOIN LATERAL unnest(asked.words) WITH ORDINALITY AS words (word, place)
  $$;
`;

const table = sql`
  CREATE TABLE listing_search (
    kind text NOT NULL,
    listing_id int NOT NULL,
    -- Folded: the title, and the title with the names of type and city, in which misspelt words are looked for.
    title text NOT NULL,
    words text NOT NULL,
    -- Of those names, with weights by which matches are told apart.
    names tsvector NOT NULL,
    -- Of everything; only asked whether it matches, and therefore without places and weights.
    document tsvector NOT NULL,
    PRIMARY KEY (kind, listing_id)
  );
`;

const upkeep = sql`
  -- Writes the rows of these listings anew, and removes those of listings that are not to be seen. The names of cities
  -- and types are locked until the transaction ends: whoever renames one meanwhile waits, and then finds these rows.
  CREATE FUNCTION convene_refresh_search(of_kind text, ids int[]) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    EXECUTE format('
      WITH listing AS (SELECT city_id, type_id FROM %1$I WHERE id = ANY ($1)),
           city AS (SELECT FROM cities WHERE id IN (SELECT city_id FROM listing) FOR SHARE),
           type AS (SELECT FROM listing_types WHERE id IN (SELECT type_id FROM listing) FOR SHARE)
      SELECT (SELECT count(*) FROM city), (SELECT count(*) FROM type)', of_kind) USING ids;
    EXECUTE format('
      DELETE FROM listing_search AS search
      WHERE search.kind = %1$L AND search.listing_id = ANY ($1) AND NOT EXISTS (
        SELECT FROM %1$I AS listing WHERE listing.id = search.listing_id AND listing._status = ''published''
          AND listing.moderation_status = ''approved'' AND listing.deleted_at IS NULL)', of_kind) USING ids;
    EXECUTE format('
      INSERT INTO listing_search (kind, listing_id, title, words, names, document)
      SELECT %1$L, text.id, text.title, concat_ws('' '', text.title, text.type, text.city), named.names,
             strip(named.names || convene_lexemes(text.body, ''D''))
      FROM (
        SELECT listing.id, convene_fold(coalesce(listing.title, '''')) AS title, convene_fold(type.name) AS type,
               convene_fold(city.name) AS city,
               -- A description is rich text; its words are the values called text, wherever they are in it. What is
               -- behind the first 20,000 letters is not searched.
               convene_fold(left(concat_ws('' '', listing.summary, (
                 SELECT string_agg(part #>> ''{}'', '' '')
                 FROM jsonb_path_query(listing.description, ''strict $.**.text ? (@.type() == "string")'', ''{}'', true) AS part
               )), 20000)) AS body
        FROM %1$I AS listing
        LEFT JOIN cities AS city ON city.id = listing.city_id
        LEFT JOIN listing_types AS type ON type.id = listing.type_id
        WHERE listing.id = ANY ($1) AND listing._status = ''published'' AND listing.moderation_status = ''approved''
          AND listing.deleted_at IS NULL
      ) AS text
      CROSS JOIN LATERAL (
        SELECT convene_lexemes(text.title, ''A'') || convene_lexemes(coalesce(text.type, ''''), ''B'')
          || convene_lexemes(coalesce(text.city, ''''), ''C'') AS names
      ) AS named
      ON CONFLICT (kind, listing_id) DO UPDATE
        SET title = excluded.title, words = excluded.words, names = excluded.names, document = excluded.document',
      of_kind) USING ids;
  END $$;

  CREATE FUNCTION convene_search_listing() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      DELETE FROM listing_search WHERE kind = TG_TABLE_NAME AND listing_id = OLD.id;
    ELSE
      PERFORM convene_refresh_search(TG_TABLE_NAME, ARRAY[NEW.id]);
    END IF;
    RETURN NULL;
  END $$;

  -- A city or a type was renamed: all of its listings, about a millisecond each.
  CREATE FUNCTION convene_search_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    of_kind text;
    ids int[];
  BEGIN
    FOREACH of_kind IN ARRAY ARRAY['locations', 'events', 'services'] LOOP
      EXECUTE format('SELECT array_agg(id ORDER BY id) FROM %I WHERE %I = $1', of_kind, TG_ARGV[0]) INTO ids USING NEW.id;
      IF ids IS NOT NULL THEN PERFORM convene_refresh_search(of_kind, ids); END IF;
    END LOOP;
    RETURN NULL;
  END $$;

  CREATE TRIGGER cities_search_renamed AFTER UPDATE ON cities
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION convene_search_renamed('city_id');
  CREATE TRIGGER listing_types_search_renamed AFTER UPDATE ON listing_types
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION convene_search_renamed('type_id');

  -- Is one of the names the word with a mistake: one letter wrong in a short one, two in a longer?
  CREATE FUNCTION convene_is_near(word text, is_last boolean, names text) RETURNS boolean
  LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
    SELECT EXISTS (
      SELECT FROM (SELECT CASE WHEN length(word) < 6 THEN 1 ELSE 2 END AS mistakes) AS allowed
      CROSS JOIN regexp_split_to_table(names, ' ') AS name
      WHERE levenshtein_less_equal(word, left(name, 100), allowed.mistakes) <= allowed.mistakes
         OR is_last AND levenshtein_less_equal(word, left(name, length(word)), allowed.mistakes) <= allowed.mistakes
    )
  $$;

  -- Listings in which every word of the search is, or whose names have one that is spelt like it; closeness from 0 to
  -- 1. The index of trigrams finds the candidates, few letters in common being enough; counting mistakes decides.
  -- Words of less than four letters must be there as they are. At most 2,000 of one search.
  CREATE FUNCTION convene_similar_listings(of_kind text, given text) RETURNS TABLE (listing_id int, closeness real)
  LANGUAGE plpgsql STABLE SET pg_trgm.word_similarity_threshold = 0.3 AS $$
  DECLARE
    words text[] := convene_search_words(given);
    conditions text;
  BEGIN
    SELECT string_agg(format(
        CASE WHEN length(word) < 4 THEN 'search.document @@ %1$L::tsquery'
          ELSE '(search.document @@ %1$L::tsquery OR search.words %%> %2$L AND convene_is_near(%2$L, %3$L, search.words))' END,
        convene_word_query(word, place = cardinality(words))::text, word, place = cardinality(words)), ' AND ')
      INTO conditions FROM unnest(words) WITH ORDINALITY AS each_word (word, place);
    IF conditions IS NULL THEN RETURN; END IF;
    RETURN QUERY EXECUTE format('
      SELECT search.listing_id, (SELECT avg(word_similarity(word, search.words)) FROM unnest($1) AS word)::real AS closeness
      FROM listing_search AS search WHERE search.kind = %L AND %s
      ORDER BY closeness DESC, search.listing_id DESC LIMIT 2000', of_kind, conditions) USING words;
  END $$;
`;

/** What the row beside a listing is made of. Payload writes every column at every save; few of them change. */
const searched = 'title, summary, description, city_id, type_id, _status, moderation_status, deleted_at';
const each = (row: string) =>
  searched
    .split(', ')
    .map((column) => `${row}.${column}`)
    .join(', ');

const triggersOf = (kind: string): string => `
  CREATE TRIGGER ${kind}_search_inserted AFTER INSERT ON ${kind}
    FOR EACH ROW WHEN (NEW._status = 'published' AND NEW.moderation_status = 'approved' AND NEW.deleted_at IS NULL)
    EXECUTE FUNCTION convene_search_listing();
  CREATE TRIGGER ${kind}_search_updated AFTER UPDATE ON ${kind}
    FOR EACH ROW WHEN ((${each('OLD')}) IS DISTINCT FROM (${each('NEW')}))
    EXECUTE FUNCTION convene_search_listing();
  CREATE TRIGGER ${kind}_search_deleted AFTER DELETE ON ${kind}
    FOR EACH ROW EXECUTE FUNCTION convene_search_listing();
  SELECT convene_refresh_search('${kind}', (SELECT array_agg(id) FROM ${kind}));
`;

/** One of each a kind: a search is of one kind. Not updated later, so that no search has to read what waits. */
const indexesOf = (kind: string): string => `
  CREATE INDEX listing_search_${kind}_document_idx ON listing_search
    USING gin (document) WITH (fastupdate = off) WHERE kind = '${kind}';
  CREATE INDEX listing_search_${kind}_names_idx ON listing_search
    USING gin (names) WITH (fastupdate = off) WHERE kind = '${kind}';
  CREATE INDEX listing_search_${kind}_words_idx ON listing_search
    USING gin (words gin_trgm_ops) WITH (fastupdate = off) WHERE kind = '${kind}';
`;

export async function down({ db }: MigrateDownArgs): Promise<void> {
  for (const kind of listingKinds) {
    await db.execute(
      sql.raw(`
        DROP TRIGGER ${kind}_search_deleted ON ${kind};
        DROP TRIGGER ${kind}_search_updated ON ${kind};
        DROP TRIGGER ${kind}_search_inserted ON ${kind};`),
    );
  }
  await db.execute(sql`
    DROP TRIGGER listing_types_search_renamed ON listing_types;
    DROP TRIGGER cities_search_renamed ON cities;
    DROP FUNCTION convene_similar_listings(text, text);
    DROP FUNCTION convene_is_near(text, boolean, text);
    DROP FUNCTION convene_search_renamed();
    DROP FUNCTION convene_search_listing();
    DROP FUNCTION convene_refresh_search(text, int[]);
    DROP TABLE listing_search;
    DROP FUNCTION convene_search_query(text);
    DROP FUNCTION convene_word_query(text, boolean);
    DROP FUNCTION convene_search_words(text);
    DROP FUNCTION convene_lexemes(text, "char");
    DROP FUNCTION convene_fold(text);
  `);
}
