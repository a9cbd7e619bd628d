import type { Environment } from "../support/medusa-process"
import type { Instance, ProcessShop } from "../support/process-shop"

/** A Medusa that is killed and restarted, always at the same address. */
export class MortalMedusa {
  kills = 0
  /** rejects should it ever end without having been killed */
  readonly died: Promise<never>
  #instance: Instance
  #reject: (error: unknown) => void = () => undefined

  constructor(
    private readonly shop: ProcessShop,
    private readonly port: number,
    private readonly environment: Environment
  ) {
    this.died = new Promise<never>((_, reject) => (this.#reject = reject))
    this.died.catch(() => undefined)
    this.#instance = this.#launch()
  }

  get url(): string {
    return this.#instance.url
  }

  /** Waits until it answers, or is killed before; whether it answers. */
  async healthy(): Promise<boolean> {
    return await this.#instance.process.healthy(this.url)
  }

  /** Kills it wherever it stands, and starts it again at once. */
  async killAndRestart(): Promise<void> {
    await this.#instance.process.kill()
    this.kills += 1
    this.#instance = this.#launch()
  }

  #launch(): Instance {
    const instance = this.shop.launch(this.port, this.environment)
    instance.process.endedAsAsked().catch(this.#reject)
    return instance
  }
}
