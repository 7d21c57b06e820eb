/** What the build knows and the page needs: `scripts/playground/bundle.ts` makes it. */
declare module 'playground:built' {
  /** Names of files below /playground/assets/. */
  export const workers: { readonly editor: string; readonly graphql: string; readonly json: string };
  export const editorStyle: string;
  /** The saved queries' texts by operation. */
  export const queries: Readonly<Record<string, string>>;
}
