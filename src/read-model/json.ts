/** SQL for a JSON object with some columns of a row, and with further members, each written as `'name', value`. */
export const jsonOf = (row: string, columns: readonly string[], ...others: string[]) =>
  `json_build_object(${[...columns.map((column) => `'${column}', ${row}.${column}`), ...others].join(", ")})`

/** The same as {@link jsonOf} for a row of an outer join; null where the join found no row. */
export const jsonOfJoined = (row: string, columns: readonly string[]) => `CASE WHEN ${row}.id IS NOT NULL THEN ${jsonOf(row, columns)} END`

/**
 * SQL for a JSON array of a value for each found row.
 * @param found SQL from `FROM` on
 * @param order SQL that sorts the array: ` ORDER BY …`
 */
export const jsonList = (value: string, found: string, order = "") => `(SELECT coalesce(json_agg(${value}${order}), '[]') ${found})`
