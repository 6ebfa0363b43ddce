import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { validationRules } from './validationRules';

const schema = buildSchema('type Node { next: Node, name: String } type Query { node: Node, loginUser: Node }');
const faultsOf = (query: string): string[] =>
  validate(schema, parse(query), validationRules()).map(({ message }) => message);
const nested = (depth: number, inner: string): string => (depth === 0 ? inner : `next { ${nested(depth - 1, inner)} }`);

it('counts fields within each other, through fragments too', () => {
  expect(faultsOf(`{ node { ${nested(10, 'name')} } }`)).toEqual([]);
  expect(faultsOf(`{ node { ${nested(11, 'name')} } }`)).toEqual([expect.stringContaining('within each other')]);
  const halves = (depth: number) =>
    `{ node { ...A } } fragment A on Node { ${nested(5, '...B')} } fragment B on Node { ${nested(depth, 'name')} }`;
  expect(faultsOf(halves(5))).toEqual([]);
  expect(faultsOf(halves(6))).toEqual([expect.stringContaining('within each other')]);
});

it('counts the queries in one, those of fragments too', () => {
  const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index}: node { name }`).join(' ');
  expect(faultsOf(`{ ${fields(20)} }`)).toEqual([]);
  expect(faultsOf(`{ ${fields(21)} }`)).toEqual([expect.stringContaining('at once')]);
  expect(
    faultsOf(
      `{ ...A ...B } fragment A on Query { ${fields(11)} } fragment B on Query { g: node { name } ${fields(10)} }`,
    ),
  ).toEqual([expect.stringContaining('at once')]);
});

it('ends with fragments that spread themselves, or each other many times', () => {
  expect(faultsOf('{ node { ...A } } fragment A on Node { next { ...A } }')).not.toEqual([]);
  const chain = Array.from(
    { length: 60 },
    (_, index) => `fragment F${index} on Node { ...F${index + 1} ...F${index + 1} }`,
  );
  expect(faultsOf(`{ node { ...F0 } } ${chain.join(' ')} fragment F60 on Node { name }`)).toEqual([]);
});

it('offers no sign-in', () => {
  expect(faultsOf('{ loginUser { name } }')).toEqual(['loginUser is not offered here.']);
});
