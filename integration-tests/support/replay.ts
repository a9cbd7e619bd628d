/** How many random cases a property is tried with; `FC_RUNS` says another number. */
export const runs = (usual: number) => Number(process.env.FC_RUNS ?? usual)

const { FC_SEED: SEED, FC_PATH: PATH } = process.env

/** Whether one case alone is repeated. */
export const REPLAYS_CASE = PATH !== undefined

/** Repeats a run that has failed: fast-check names its seed and its path. */
export const REPLAY = SEED === undefined ? {} : { seed: Number(SEED), ...(PATH === undefined ? {} : { path: PATH }) }
