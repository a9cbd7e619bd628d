import type { AxiosError, AxiosInstance, AxiosResponse } from "axios"

const PAUSE_MS = 250

/**
 * Makes a client repeat what got no answer at all, because nobody listened or because the connection broke.
 * @param patienceMs for how long; 0 for not at all
 */
export function repeatBrokenRequests(client: AxiosInstance, patienceMs: number): void {
  const since = new WeakMap<object, number>()
  client.interceptors.response.use(undefined, async (error: AxiosError): Promise<AxiosResponse> => {
    const { config, response } = error
    if (config === undefined || response !== undefined) {
      throw error
    }
    const start = since.get(config) ?? Date.now()
    if (Date.now() - start >= patienceMs) {
      throw error
    }
    since.set(config, start)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    return await client.request(config)
  })
}
