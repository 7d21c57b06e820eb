import { registerEnumType } from 'type-graphql';

/** A GraphQL enumeration from its values and what each means; the values are the domain's own words. */
export function enumType<V extends string>(name: string, description: string, values: Readonly<Record<V, string>>): Readonly<Record<V, V>> {
  const names = Object.keys(values) as V[];
  const enumeration = Object.fromEntries(names.map((value) => [value, value])) as Record<V, V>;
  registerEnumType(enumeration, {
    name,
    description,
    valuesConfig: Object.fromEntries(names.map((value) => [value, { description: values[value] }])) as never,
  });
  return enumeration;
}
