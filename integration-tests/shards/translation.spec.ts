import { describeShard } from "../support/shards"

describeShard("translation")
