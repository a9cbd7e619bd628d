/** A JSON object of columns of a row, and of what else it is to have, as `'name', value`. */
export const jsonOf = (row: string, columns: readonly string[], ...others: string[]) =>
  `json_build_object(${[...columns.map((column) => `'${column}', ${row}.${column}`), ...others].join(", ")})`

/** The same, null where the row of an outer join is not there. */
export const jsonOfJoined = (row: string, columns: readonly string[]) => `CASE WHEN ${row}.id IS NOT NULL THEN ${jsonOf(row, columns)} END`

/** A JSON array of what is found. */
export const jsonList = (value: string, found: string, order = "") => `(SELECT coalesce(json_agg(${value}${order}), '[]') ${found})`
