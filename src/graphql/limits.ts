/** What a query may cost before it is run. */
import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { GraphQLError, Kind, type ASTVisitor, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';

export const MOST_TOKENS = 1_000;
export const MOST_DEPTH = 12;
export const MOST_ALIASES = 15;
export const MOST_BODY_BYTES = 32 * 1024;

const TOO_DEEP = `The query is nested too deeply: at most ${MOST_DEPTH} levels.`;
const TOO_MANY_ALIASES = `The query has too many aliases: at most ${MOST_ALIASES}.`;
const ONE_MUTATION = 'Send one mutation at a time.';

/** What the rules below say. The server puts its own code on whatever a rule reports, so ours are known by their words. */
export const RULED: ReadonlySet<string> = new Set([TOO_DEEP, TOO_MANY_ALIASES, ONE_MUTATION]);

/** Makes a rule of the library report like graphql-js's own instead of throwing. */
function saying(message: string) {
  return {
    propagateOnRejection: false,
    onReject: [(context: ValidationContext | null) => context?.reportError(new GraphQLError(message))],
  };
}

/**
 * Guesses at passwords must not travel by the dozen: one field of Mutation a request, fragments and aliases counted. Each
 * fragment is looked at once, as in execution: fragments that spread each other twice would otherwise double the work a level.
 */
export function oneMutationField(context: ValidationContext): ASTVisitor {
  const fields = (set: SelectionSetNode, seen: Set<string>): number => set.selections.reduce((count, selection) => {
    if (selection.kind === Kind.FIELD) return count + 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return count + fields(selection.selectionSet, seen);
    const name = selection.name.value;
    const fragment = seen.has(name) ? null : context.getFragment(name);
    seen.add(name);
    return count + (fragment ? fields(fragment.selectionSet, seen) : 0);
  }, 0);
  return {
    OperationDefinition(operation) {
      if (operation.operation === 'mutation' && fields(operation.selectionSet, new Set()) > 1) {
        context.reportError(new GraphQLError(ONE_MUTATION, { nodes: [operation] }));
      }
    },
  };
}

export const limits: readonly ValidationRule[] = [
  oneMutationField,
  maxDepthRule({ n: MOST_DEPTH, ignoreIntrospection: true, flattenFragments: true, ...saying(TOO_DEEP) }) as ValidationRule,
  maxAliasesRule({ n: MOST_ALIASES, ...saying(TOO_MANY_ALIASES) }) as ValidationRule,
];
