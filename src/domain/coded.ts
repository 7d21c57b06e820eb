/** A code of the legacy system and what it means; one that no list explains keeps its code and says so. */
export interface CodedValue {
  readonly code: string;
  readonly label: string;
}

export const coded = (code: string, label: string | null | undefined): CodedValue => ({
  code,
  label: label ? label : code ? `Unlisted (${code})` : 'Not given',
});
