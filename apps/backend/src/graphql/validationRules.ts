import { GraphQLError, Kind, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';

/**
 * What signs in, resets or confirms goes by REST: our own endpoints there answer alike for every address, and within
 * limits that a batch of mutations in one query would go round.
 */
const byRestAlone: ReadonlySet<string> = new Set([
  'loginUser',
  'forgotPasswordUser',
  'resetPasswordUser',
  'verifyEmailUser',
]);

const MAX_ROOT_FIELDS = 20;
const MAX_DEPTH = 12;

type Measures = { depth: number; rootFields: number };

/**
 * With what fragments bring in, wherever they are spread. Each fragment is measured once, so that many which spread each
 * other cost no more than they are long; one that spreads itself counts as too deep, and is refused by GraphQL anyway.
 */
const measure = (context: ValidationContext, operation: SelectionSetNode): Measures => {
  const known = new Map<string, Measures>();
  const ofFragment = (name: string): Measures => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, { depth: Number.POSITIVE_INFINITY, rootFields: Number.POSITIVE_INFINITY });
    const fragment = context.getFragment(name);
    const measures = fragment ? of(fragment.selectionSet) : { depth: 0, rootFields: 0 };
    known.set(name, measures);
    return measures;
  };
  const of = ({ selections }: SelectionSetNode): Measures =>
    selections
      .map((node): Measures => {
        if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value);
        if (node.kind === Kind.INLINE_FRAGMENT) return of(node.selectionSet);
        return { depth: 1 + (node.selectionSet ? of(node.selectionSet).depth : 0), rootFields: 1 };
      })
      .reduce((sum, { depth, rootFields }) => ({
        depth: Math.max(sum.depth, depth),
        rootFields: sum.rootFields + rootFields,
      }));
  return of(operation);
};

/** No sign-in, so many queries in one at most, and so deep. Payload's own limit on their cost stands beside these. */
const onlyWhatIsMeant: ValidationRule = (context) => {
  return {
    Field: {
      enter: (node) => {
        if (byRestAlone.has(node.name.value)) {
          context.reportError(new GraphQLError(`${node.name.value} is not offered here.`, { nodes: node }));
        }
      },
    },
    OperationDefinition: {
      enter: (node) => {
        const { depth, rootFields } = measure(context, node.selectionSet);
        if (rootFields > MAX_ROOT_FIELDS) {
          context.reportError(new GraphQLError(`At most ${MAX_ROOT_FIELDS} queries at once.`, { nodes: node }));
        }
        if (depth > MAX_DEPTH) {
          context.reportError(new GraphQLError(`At most ${MAX_DEPTH} fields within each other.`, { nodes: node }));
        }
      },
    },
  };
};

export const validationRules = (): ValidationRule[] => [onlyWhatIsMeant];
