import 'server-only';
import type { ListingOptions } from '@convene/common/api';
import { currencies, type ListingKind, priceUnits } from '@convene/common/listings';
import { getTranslations } from 'next-intl/server';
import type { Field, TextField } from '@/components/ActionForm';
import type { FormSection, ListingFormTexts } from '@/components/ListingForm';
import type { ListingFieldName, ListingValues } from './listingForm';

type Source = { kind: ListingKind; options: ListingOptions; values: ListingValues };

/** The form of a kind of listing, in the visitor's language. Nothing but a title is needed for a draft. */
export const listingSections = async ({ kind, options, values }: Source): Promise<FormSection[]> => {
  const t = await getTranslations('owner.form');
  const forms = await getTranslations('forms');
  const value = (name: ListingFieldName): string => {
    const held = values[name];
    return typeof held === 'string' ? held : '';
  };
  const optional = (label: string) => forms('optional', { label });
  const text = (name: ListingFieldName, label: string, rest: Partial<TextField> = {}): Field => ({
    type: 'text',
    name,
    label,
    autoComplete: 'off',
    isOptional: true,
    value: value(name),
    ...rest,
  });
  const choice = (name: ListingFieldName, label: string, choices: { value: string; label: string }[]): Field => ({
    type: 'select',
    name,
    label,
    isOptional: true,
    value: value(name),
    options: choices,
  });
  const chosen = (items: { id: number; name: string }[]) => [
    { value: '', label: t('choose') },
    ...items.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  const own: Record<ListingKind, FormSection> = {
    locations: {
      id: 'room',
      title: t('room'),
      fields: [
        text('capacity', optional(t('capacityLocation')), { type: 'number', min: 1, max: 1_000_000 }),
        {
          type: 'checkboxes',
          name: 'facilityIds',
          legend: t('facilities'),
          chosen: Array.isArray(values['facilityIds']) ? values['facilityIds'] : [],
          options: options.facilities.map(({ id, name }) => ({ value: String(id), label: name })),
        },
      ],
    },
    events: {
      id: 'when',
      title: t('when'),
      lead: t('whenLead'),
      fields: [
        text('startsAt', t('startsAt'), { type: 'datetime-local' }),
        text('endsAt', t('endsAt'), { type: 'datetime-local' }),
        choice('timeZone', t('timeZone'), zonesOf(options, value('timeZone'))),
        text('capacity', optional(t('tickets')), {
          type: 'number',
          min: 1,
          max: 1_000_000,
          hint: t('ticketsHint'),
        }),
      ],
    },
    services: {
      id: 'area',
      title: t('area'),
      fields: [text('coverageArea', optional(t('coverageArea')), { maxLength: 200, hint: t('coverageHint') })],
    },
  };
  return [
    {
      id: 'essentials',
      title: t('essentials'),
      lead: t('essentialsLead'),
      fields: [
        text('title', t('title'), { isOptional: false, minLength: 3, maxLength: 120 }),
        choice('typeId', t('type'), chosen(options.types.filter((type) => type.kind === kind))),
        {
          type: 'textarea',
          name: 'summary',
          label: t('summary'),
          hint: t('summaryHint'),
          rows: 2,
          maxLength: 220,
          isOptional: true,
          value: value('summary'),
        },
      ],
    },
    { id: 'text', title: t('description'), fields: [], widget: 'description' },
    { id: 'pictures', title: t('pictures'), lead: t('picturesLead'), fields: [], widget: 'pictures' },
    own[kind],
    {
      id: 'place',
      title: t('place'),
      fields: [
        choice('cityId', t('city'), chosen(options.cities)),
        text('address', optional(t('address')), { maxLength: 200 }),
        text('latitude', optional(t('latitude')), { hint: t('pointHint') }),
        text('longitude', optional(t('longitude'))),
      ],
      widget: 'point',
    },
    {
      id: 'price',
      title: t('price'),
      lead: t('priceLead'),
      fields: [
        text('amount', optional(t('amount')), { maxLength: 12, hint: t('amountHint') }),
        choice(
          'currency',
          t('currency'),
          currencies.map((currency) => ({ value: currency, label: currency })),
        ),
        choice('unit', t('unit'), [
          { value: '', label: t('choose') },
          ...priceUnits.map((unit) => ({ value: unit, label: t(`units.${unit}`) })),
        ]),
      ],
    },
    {
      id: 'contact',
      title: t('contact'),
      lead: t('contactLead'),
      fields: [
        text('email', optional(t('email')), { type: 'email', maxLength: 254 }),
        text('phone', optional(t('phone')), { maxLength: 40 }),
        text('website', optional(t('website')), { type: 'url', maxLength: 200 }),
      ],
    },
  ];
};

/** Those of the cities, and what the listing has. */
const zonesOf = ({ cities }: ListingOptions, current: string): { value: string; label: string }[] =>
  [...new Set([...cities.map(({ timeZone }) => timeZone), current, 'UTC'])]
    .filter((zone) => zone !== '')
    .toSorted()
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

export const cityPoints = ({ cities }: ListingOptions): Record<string, [number, number]> =>
  Object.fromEntries(cities.flatMap(({ id, point }) => (point ? [[String(id), point]] : [])));

export const listingFormTexts = async (isLive: boolean): Promise<ListingFormTexts> => {
  const t = await getTranslations('owner.form');
  const editor = await getTranslations('owner.editor');
  const pictures = await getTranslations('owner.pictures');
  const errors = await getTranslations('owner.uploadErrors');
  /** Put in by the browser, which knows the name. */
  const name = '{name}';
  return {
    draft: t('saveDraft'),
    preview: t('saveAndPreview'),
    submit: isLive ? t('submitChanges') : t('submit'),
    submitNote: isLive ? t('submitNoteLive') : t('submitNote'),
    leave: t('leave'),
    openSaved: t('openSaved'),
    overwrite: t('overwrite'),
    signIn: t('signIn'),
    needsScript: t('needsScript'),
    usePoint: t('usePoint'),
    editor: {
      label: t('description'),
      hint: editor('hint'),
      tools: editor('tools'),
      bold: editor('bold'),
      italic: editor('italic'),
      kind: editor('kind'),
      paragraph: editor('paragraph'),
      heading: editor('heading'),
      subheading: editor('subheading'),
      quote: editor('quote'),
      bullets: editor('bullets'),
      numbers: editor('numbers'),
      link: editor('link'),
      address: editor('address'),
      setLink: editor('setLink'),
      removeLink: editor('removeLink'),
      undo: editor('undo'),
      redo: editor('redo'),
      wrongLink: editor('wrongLink'),
    },
    pictures: {
      title: t('pictures'),
      add: pictures('add'),
      hint: pictures('hint'),
      alt: pictures('alt'),
      altHint: pictures('altHint'),
      cover: pictures('cover'),
      earlier: pictures('earlier', { name }),
      later: pictures('later', { name }),
      remove: pictures('remove', { name }),
      removed: pictures('removed', { name }),
      uploading: pictures('uploading', { name }),
      uploaded: pictures('uploaded', { name }),
      errors: {
        type: errors('type'),
        size: errors('size'),
        many: errors('many'),
        content: errors('content'),
        tooOften: errors('tooOften'),
        signedOut: errors('signedOut'),
        failed: errors('failed'),
      },
    },
  };
};
