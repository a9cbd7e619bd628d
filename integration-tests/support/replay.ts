/** Whether each property is tried with all of its random cases. */
export const RUNS_WHOLE = process.env.FC_WHOLE !== undefined

/**
 * How many random cases a property is tried with. `FC_RUNS` says another number.
 * @param usual in `npm test`
 * @param whole in `npm run test:properties`, which sets `FC_WHOLE`
 */
export const runs = (usual: number, whole: number) => Number(process.env.FC_RUNS ?? (RUNS_WHOLE ? whole : usual))

const { FC_SEED: SEED, FC_PATH: PATH } = process.env

/** Whether one case alone is repeated. */
export const REPLAYS_CASE = PATH !== undefined

/** Repeats a run that has failed: fast-check names its seed and its path. */
export const REPLAY = SEED === undefined ? {} : { seed: Number(SEED), ...(PATH === undefined ? {} : { path: PATH }) }
