import type { CollectionSlug, GlobalSlug, TypedCollection, TypedGlobal } from 'payload';
import type { Audience } from './audiences';

/** What a row can be at: seen by visitors, not (yet) seen by them, or in the bin. */
export type RowState = 'live' | 'hidden' | 'trashed';

/** Who reads and writes a field of a row that they may read or write; whoever may, where nothing is said. */
export type FieldRule = { read?: Audience; create?: Audience; update?: Audience };

type FieldsOf<Doc> = { [Field in keyof Doc as string extends Field ? never : Field]-?: FieldRule };

export type CollectionRules<Slug extends CollectionSlug = CollectionSlug> = {
  /** The fields that name whom a row belongs to. */
  belongsTo: readonly (keyof TypedCollection[Slug] & string)[];
  create: Audience;
  /** By the state of the row; `live` alone where its rows have no states. */
  read: { live: Audience; hidden?: Audience; trashed?: Audience };
  update: Audience;
  /** For good. */
  delete: Audience;
  /** Into the bin, and out of it again; of collections that have one. */
  trash?: Audience;
  restore?: Audience;
  /** Of collections with versions. */
  readVersions?: Audience;
  restoreVersion?: Audience;
  /** So that visitors see it; of collections with drafts. */
  publish?: Audience;
  /** Of collections that allow it. */
  duplicate?: Audience;
  /** Of accounts. */
  unlock?: Audience;
  fields: FieldsOf<TypedCollection[Slug]>;
};

export type GlobalRules<Slug extends GlobalSlug = GlobalSlug> = {
  read: Audience;
  update: Audience;
  fields: FieldsOf<TypedGlobal[Slug]>;
};
