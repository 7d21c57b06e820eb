/** The playground as staff use it, in a browser. */
import type { Page } from 'playwright-core';
import type { StaffUser } from '../../fixtures/staff/users.js';

/** From the signed-out page over the provider's to the editor. */
export async function signInAsStaff(page: Page, { username, password, name }: StaffUser): Promise<void> {
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText(name).waitFor();
  await editorIsThere(page);
}

/** The editor has loaded, and knows the schema. */
export async function editorIsThere(page: Page): Promise<void> {
  await page.locator('.graphiql-query-editor .monaco-editor').waitFor();
  await page.getByRole('button', { name: /^Execute query/ }).waitFor();
}

export const openSaved = (page: Page, title: string): Promise<void> => page.getByRole('region', { name: 'Saved queries' }).getByRole('button', { name: title }).click();

/** Runs what is in the editor, and gives the answer as it is shown once it holds a text. */
export async function run(page: Page, shows: string): Promise<void> {
  await page.getByRole('button', { name: /^Execute query/ }).click();
  await answer(page).getByText(shows).first().waitFor();
}

/** Writes into one of the editor's parts, as if it were pasted. */
export const write = (page: Page, part: 'operation.graphql' | 'variables.json' | 'request-headers.json', text: string): Promise<void> =>
  page.evaluate(`globalThis.__MONACO.editor.getModels().find((model) => model.uri.path.endsWith(${JSON.stringify(part)})).setValue(${JSON.stringify(text)})`);

export const answer = (page: Page) => page.locator('.result-window');

/** What the page keeps in the browser: everything of both storages. */
export const kept = (page: Page): Promise<string> => page.evaluate('JSON.stringify([{ ...localStorage }, { ...sessionStorage }])');
