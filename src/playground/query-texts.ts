/** The texts of saved queries: an operation's document, and the fragments that it uses, as they were written. */
import { Kind, parse, visit, type DefinitionNode } from 'graphql';

/** The fragments that a definition spreads, directly. */
function spreads(definition: DefinitionNode): string[] {
  const names: string[] = [];
  visit(definition, { FragmentSpread: ({ name }) => void names.push(name.value) });
  return names;
}

/**
 * @param documents the texts of GraphQL documents.
 * @returns by the operation's name, a text that can be run by itself.
 * @throws where an operation or a fragment is missing.
 */
export function queryTexts(documents: readonly string[], operations: readonly string[]): Record<string, string> {
  const definitions = documents.flatMap((text) => [...parse(text).definitions]);
  const named = (kind: Kind, name: string): DefinitionNode => {
    const found = definitions.find((definition) => definition.kind === kind && 'name' in definition && definition.name?.value === name);
    if (found === undefined) throw new Error(`there is no document of ${name} in schema/graphql/operations`);
    return found;
  };
  const textOf = ({ loc }: DefinitionNode): string => loc!.source.body.slice(loc!.start, loc!.end);
  return Object.fromEntries(operations.map((name) => {
    const operation = named(Kind.OPERATION_DEFINITION, name);
    const fragments = new Map<string, DefinitionNode>();
    const collect = (definition: DefinitionNode): void => {
      for (const spread of spreads(definition)) {
        if (fragments.has(spread)) continue;
        const fragment = named(Kind.FRAGMENT_DEFINITION, spread);
        fragments.set(spread, fragment);
        collect(fragment);
      }
    };
    collect(operation);
    return [name, `${[operation, ...fragments.values()].map(textOf).join('\n\n')}\n`];
  }));
}
