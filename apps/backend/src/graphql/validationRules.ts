import { GraphQLError, type ValidationRule } from 'graphql';

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

/** No sign-in, so many queries in one at most, and so deep. Payload's own limit on their cost stands beside these. */
const onlyWhatIsMeant: ValidationRule = (context) => {
  let depth = 0;
  let rootFields = 0;
  return {
    Field: {
      enter: (node) => {
        depth += 1;
        if (byRestAlone.has(node.name.value)) {
          context.reportError(new GraphQLError(`${node.name.value} is not offered here.`, { nodes: node }));
        }
        if (depth === 1) rootFields += 1;
        if (depth === 1 && rootFields === MAX_ROOT_FIELDS + 1) {
          context.reportError(new GraphQLError(`At most ${MAX_ROOT_FIELDS} queries at once.`, { nodes: node }));
        }
        if (depth === MAX_DEPTH + 1) {
          context.reportError(new GraphQLError(`At most ${MAX_DEPTH} fields within each other.`, { nodes: node }));
        }
      },
      leave: () => {
        depth -= 1;
      },
    },
  };
};

export const validationRules = (): ValidationRule[] => [onlyWhatIsMeant];
